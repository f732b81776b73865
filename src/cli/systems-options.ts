import { choose, numbered, parse } from './arguments.js';

export interface SystemsOptions {
  /** Families, systems, variants, globs; empty: all. */
  readonly names: readonly string[];
  readonly format: 'text' | 'json';
  readonly isListed: boolean;
  readonly jobs?: number;
}

export function parseSystems(args: readonly string[]): SystemsOptions {
  const { values, positionals } = parse('systems', args, { format: { type: 'string' }, list: { type: 'boolean' }, jobs: { type: 'string' } });
  return {
    names: positionals,
    format: choose('--format', values.format, ['text', 'json']) ?? 'text',
    isListed: values.list === true,
    ...numbered('jobs', values.jobs, 64),
  };
}

import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { ExplorationOptions, Severity } from '../model/index.js';
import { UsageError } from './usage.js';

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly format: 'stylish' | 'json';
  readonly isProved: boolean;
  /** Empty: all rules. */
  readonly rules: readonly string[];
  readonly jobs?: number;
  readonly budget?: number;
  readonly failOn: Severity;
}

export interface SimulateOptions {
  readonly target: Target;
  readonly format: 'text' | 'json';
  readonly exploration: Partial<ExplorationOptions>;
  /** File that holds the schedule to replay. */
  readonly schedule?: string;
  readonly isExported: boolean;
}

/** `FILE:LINE` or `FILE:LINE:COLUMN`; without a line the answer is the list of what stands in the file. */
export interface Target {
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
}

const severities = ['error', 'warning', 'information'] as const satisfies readonly Severity[];
const strategies = ['optimal', 'naive', 'pct', 'random'] as const;

export function parseCheck(args: readonly string[]): CheckOptions {
  const { values, positionals } = parse('check', args, {
    format: { type: 'string' },
    'no-prove': { type: 'boolean' },
    rule: { type: 'string', multiple: true },
    jobs: { type: 'string' },
    budget: { type: 'string' },
    'fail-on': { type: 'string' },
    changed: { type: 'boolean' },
  });
  if (values.changed) throw notYet('--changed', 'name the files to check instead.');
  return {
    paths: positionals.length > 0 ? positionals : ['.'],
    format: choose('--format', values.format, ['stylish', 'json'], ['sarif', 'github', 'markdown']) ?? 'stylish',
    isProved: values['no-prove'] !== true,
    rules: values.rule ?? [],
    ...numbered('jobs', values.jobs, 64),
    ...numbered('budget', values.budget),
    failOn: choose('--fail-on', values['fail-on'], severities) ?? 'warning',
  };
}

export function parseSimulate(args: readonly string[]): SimulateOptions {
  const { values, positionals } = parse('simulate', args, {
    format: { type: 'string' },
    strategy: { type: 'string' },
    'max-executions': { type: 'string' },
    'stop-at-first': { type: 'boolean' },
    schedule: { type: 'string' },
    export: { type: 'string' },
    'memory-model': { type: 'string' },
    faults: { type: 'boolean' },
  });
  if (values['memory-model'] !== undefined) throw notYet('--memory-model', 'leave it out: one agent at a time is simulated.');
  if (values.faults) throw notYet('--faults', 'leave it out: external calls succeed.');
  const [target, ...more] = positionals;
  if (target === undefined) throw new UsageError('simulate what? Name a file and a line: raceproof simulate src/account.ts:12');
  if (more.length > 0) throw new UsageError(`simulate takes one FILE:LINE, and got ${positionals.length}: ${positionals.join(' ')}`);
  const exported = choose('--export', values.export, ['json'], ['vitest', 'node', 'svg', 'mermaid']);
  const format = choose('--format', values.format, ['text', 'json']) ?? 'text';
  if (exported && values.schedule !== undefined) throw new UsageError('--export and --schedule exclude each other: what is replayed has been exported already.');
  const { 'max-executions': maxExecutions } = numbered('max-executions', values['max-executions']);
  const strategy = choose('--strategy', values.strategy, strategies);
  return {
    target: targetOf(target),
    format,
    exploration: {
      ...(strategy ? { strategy } : {}),
      ...(maxExecutions !== undefined ? { maxExecutions } : {}),
      ...(values['stop-at-first'] ? { stopAtFirst: true } : {}),
    },
    ...(values.schedule !== undefined ? { schedule: values.schedule } : {}),
    isExported: exported === 'json',
  };
}

export function parseExplain(args: readonly string[]): { readonly rule?: string } {
  const { positionals } = parse('explain', args, {});
  const [rule, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`explain takes one rule, and got ${positionals.length}: ${positionals.join(' ')}`);
  return rule === undefined ? {} : { rule };
}

function targetOf(text: string): Target {
  const match = /^(.+?):(\d+)(?::(\d+))?$/.exec(text);
  if (!match?.[1]) return { path: text };
  if (Number(match[2]) < 1 || match[3] === '0') throw new UsageError(`${text}: lines and columns count from 1.`);
  return { path: match[1], line: Number(match[2]), ...(match[3] ? { column: Number(match[3]) } : {}) };
}

function parse<const O extends NonNullable<ParseArgsConfig['options']>>(command: string, args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const [message] = String(error instanceof Error ? error.message : error).split(/\. To specify|\n/);
    throw new UsageError(`${message?.replace(/\.$/, '')}. See: raceproof ${command} --help`);
  }
}

function choose<const T extends string>(option: string, value: string | undefined, choices: readonly T[], later: readonly string[] = []): T | undefined {
  if (value === undefined) return undefined;
  const choice = choices.find((each) => each === value);
  if (choice !== undefined) return choice;
  if (later.includes(value)) throw notYet(`${option} ${value}`, `use ${listed(choices)}.`);
  throw new UsageError(`${option} ${value || "''"}: no such choice; use ${listed(choices)}.`);
}

function numbered<const K extends string>(name: K, value: string | undefined, most = 1e9): { readonly [key in K]?: number } {
  if (value === undefined) return {};
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= 1 && number <= most)) throw new UsageError(`--${name} ${value || "''"}: a whole number from 1 to ${most} is needed.`);
  return { [name]: number } as { readonly [key in K]?: number };
}

function notYet(what: string, instead: string): UsageError {
  return new UsageError(`${what} is not supported yet; ${instead}`);
}

function listed(choices: readonly string[]): string {
  return choices.length === 1 ? String(choices[0]) : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}

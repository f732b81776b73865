import type { ExplorationOptions, Severity } from '../model/index.js';
import type { FrameworkName } from '../regression/index.js';
import type { Changed } from './changed.js';
import { choose, numbered, parse } from './arguments.js';
import { explorationOf, raceOptions, raceRunOf, type RaceRun } from './race-options.js';
import { UsageError } from './usage.js';

const checkFormats = ['stylish', 'json', 'sarif', 'github', 'markdown'] as const;
export type CheckFormat = (typeof checkFormats)[number];

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly format: CheckFormat;
  readonly isProved: boolean;
  /** True if proved fixes are applied. */
  readonly fixes: boolean;
  /** Empty: all rules. */
  readonly rules: readonly string[];
  readonly jobs?: number;
  readonly budget?: number;
  /** Only files that differ from a commit. */
  readonly changed?: Changed;
  /** Tests are written for confirmed findings; `test`: with what the project uses. */
  readonly exported?: FrameworkName | 'test';
  readonly failOn: Severity;
}

export interface SimulateOptions {
  readonly target: Target;
  readonly format: 'text' | 'json';
  readonly exploration: Partial<ExplorationOptions>;
  readonly race: RaceRun;
  /** Of `race` and `exploration`, what only scenario files know; with a line they are refused. */
  readonly raceOnly: readonly string[];
  /** File that holds the schedule to replay. */
  readonly schedule?: string;
  /** Instead of the report, the witness alone. */
  readonly exported?: 'json' | 'svg' | 'mermaid' | 'race' | 'test' | FrameworkName;
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
    fix: { type: 'boolean' },
    since: { type: 'string' },
    export: { type: 'string' },
  });
  const exported = choose('--export', values.export, ['vitest', 'jest', 'mocha', 'node', 'test']);
  if (values.fix && values['no-prove']) throw new UsageError('--fix and --no-prove exclude each other: only what is proved is changed.');
  if (exported && values['no-prove']) throw new UsageError('--export and --no-prove exclude each other: a test is written of what is proved.');
  if (exported && values.fix) throw new UsageError('--export and --fix exclude each other: a test has to fail on the code before it is cured; write the tests first.');
  return {
    paths: positionals.length > 0 ? positionals : ['.'],
    format: choose('--format', values.format, checkFormats) ?? 'stylish',
    isProved: values['no-prove'] !== true,
    fixes: values.fix === true,
    rules: values.rule ?? [],
    ...numbered('jobs', values.jobs, 64),
    ...numbered('budget', values.budget),
    ...(values.since !== undefined ? { changed: { since: values.since } } : values.changed ? { changed: {} } : {}),
    ...(exported && { exported }),
    failOn: choose('--fail-on', values['fail-on'], severities) ?? 'warning',
  };
}

export function parseSimulate(args: readonly string[]): SimulateOptions {
  const { values, positionals } = parse('simulate', args, {
    ...raceOptions,
    strategy: { type: 'string' },
    seed: { type: 'string' },
    'stop-at-first': { type: 'boolean' },
    schedule: { type: 'string' },
    export: { type: 'string' },
  });
  const [target, ...more] = positionals;
  if (target === undefined) throw new UsageError('simulate what? Name a scenario file, or a file and a line: raceproof simulate src/account.ts:12');
  if (more.length > 0) throw new UsageError(`simulate takes one file, and got ${positionals.length}: ${positionals.join(' ')}`);
  const exported = choose('--export', values.export, ['json', 'svg', 'mermaid', 'race', 'vitest', 'jest', 'mocha', 'node', 'test']);
  const format = choose('--format', values.format, ['text', 'json']) ?? 'text';
  if (exported && values.schedule !== undefined) throw new UsageError('--export and --schedule exclude each other: what is replayed has been exported already.');
  const strategy = choose('--strategy', values.strategy, strategies);
  const { seed } = numbered('seed', values.seed, 2 ** 32 - 1, 0);
  return {
    target: targetOf(target),
    format,
    exploration: { ...(strategy ? { strategy } : {}), ...explorationOf(values), ...(values['stop-at-first'] ? { stopAtFirst: true } : {}) },
    race: { ...raceRunOf(values), ...(seed !== undefined ? { strategySeed: seed } : {}) },
    raceOnly: (['memory-model', 'late-timers', 'preemption-bound', 'seed', 'jobs', 'max-seconds'] as const).filter((name) => values[name] !== undefined),
    ...(values.schedule !== undefined ? { schedule: values.schedule } : {}),
    ...(exported ? { exported } : {}),
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

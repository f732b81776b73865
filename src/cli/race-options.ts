import type { ExplorationOptions, MemoryModel } from '../model/index.js';
import { choose, numbered, parse } from './arguments.js';

/** How a scenario file is run. */
export interface RaceRun {
  readonly memoryModel: MemoryModel;
  readonly areTimersLate: boolean;
  readonly faults: boolean;
  readonly preemptionBound?: number;
  readonly strategySeed?: number;
  readonly maxMilliseconds?: number;
  readonly jobs?: number;
}

export interface TestOptions {
  /** Files, folders and globs; empty: everything below the working directory. */
  readonly patterns: readonly string[];
  readonly format: 'text' | 'json';
  readonly exploration: Partial<ExplorationOptions>;
  readonly race: RaceRun;
}

/** What `simulate` and `test` share. */
export const raceOptions = {
  format: { type: 'string' },
  'max-executions': { type: 'string' },
  'max-seconds': { type: 'string' },
  'memory-model': { type: 'string' },
  'late-timers': { type: 'boolean' },
  faults: { type: 'boolean' },
  'preemption-bound': { type: 'string' },
  jobs: { type: 'string' },
} as const;

export function parseTest(args: readonly string[]): TestOptions {
  const { values, positionals } = parse('test', args, raceOptions);
  return { patterns: positionals, format: choose('--format', values.format, ['text', 'json']) ?? 'text', exploration: explorationOf(values), race: raceRunOf(values) };
}

interface RaceValues {
  readonly 'max-executions'?: string | undefined;
  readonly 'max-seconds'?: string | undefined;
  readonly 'memory-model'?: string | undefined;
  readonly 'late-timers'?: boolean | undefined;
  readonly faults?: boolean | undefined;
  readonly 'preemption-bound'?: string | undefined;
  readonly jobs?: string | undefined;
}

export function explorationOf(values: RaceValues): Partial<ExplorationOptions> {
  const { 'max-executions': maxExecutions } = numbered('max-executions', values['max-executions']);
  return maxExecutions === undefined ? {} : { maxExecutions };
}

export function raceRunOf(values: RaceValues): RaceRun {
  const { 'max-seconds': seconds } = numbered('max-seconds', values['max-seconds'], 1_000_000);
  const { 'preemption-bound': preemptionBound } = numbered('preemption-bound', values['preemption-bound'], 1000, 0);
  return {
    memoryModel: choose('--memory-model', values['memory-model'], ['sc', 'tso']) ?? 'sc',
    areTimersLate: values['late-timers'] === true,
    faults: values.faults === true,
    ...(preemptionBound !== undefined ? { preemptionBound } : {}),
    ...(seconds !== undefined ? { maxMilliseconds: seconds * 1000 } : {}),
    ...numbered('jobs', values.jobs, 64),
  };
}

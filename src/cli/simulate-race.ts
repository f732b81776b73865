import { availableParallelism } from 'node:os';
import type { SourceText } from '../language/index.js';
import type { RaceExploration, RaceOptions, RaceReplay, Schedule } from '../model/index.js';
import { verdictOf, type ClosedRace } from '../proof/index.js';
import { formatRace, formatRaceJson, formatRaceReplay, formatRaceReplayJson, formatRaceWitnessJson } from '../report/index.js';
import { SimulatorError } from '../simulator/index.js';
import { exportRace } from './export.js';
import { progressLine } from './progress-line.js';
import { linesOf, openRace } from './race-file.js';
import type { SimulateOptions } from './options.js';
import type { RaceRun } from './race-options.js';
import type { Shell, Status } from './shell.js';
import { startSimulator } from './simulator.js';
import { UsageError } from './usage.js';

const mostJobs = 4;
const mostExecutions = 1_000_000;
/** A strategy that samples never finds out that it is done. */
const samples = 10_000;
const mostMilliseconds = 600_000;

type Simulator = ReturnType<typeof startSimulator>;

/** `raceproof simulate` for a scenario file: status 1 if a witness was found, 2 if it could not be run. */
export async function simulateRace(source: SourceText, options: SimulateOptions, schedule: Schedule | undefined, shell: Shell): Promise<Status> {
  const { exported } = options;
  if (exported !== undefined && exported !== 'json' && exported !== 'svg' && exported !== 'mermaid') throw new UsageError(`--export ${exported} is for findings: ${source.file} is a test already, which \`raceproof test\` runs.`);
  const closed = openRace(source, shell.cwd, options.race);
  const simulator = startSimulator(schedule ? 1 : jobsOf(options.race));
  try {
    if (schedule) return showReplay(closed, await replay(closed, schedule, simulator), options, shell);
    return show(closed, await explore(closed, options, simulator, shell), { ...options, exported }, shell);
  } finally {
    await simulator.dispose();
  }
}

/** Explores with the budget of the command's options, telling how far it is. */
export async function explore({ race }: ClosedRace, { exploration, race: run }: Pick<SimulateOptions, 'exploration' | 'race'>, simulator: Simulator, shell: Pick<Shell, 'showProgress'>, prefix = ''): Promise<RaceExploration> {
  try {
    return await simulator.exploreRace(race, raceOptions(exploration, run), { onProgress: (progress) => shell.showProgress(prefix + progressLine(progress)) });
  } catch (error) {
    if (error instanceof SimulatorError) return failed(error.message.replace(/^SubjectFailure: /, ''));
    throw error;
  }
}

function failed(reason: string): RaceExploration {
  return { exhaustive: false, executions: 0, wrong: 0, transitions: 0, outcomes: [], problems: [], asked: [], unmodelled: [], failure: { reason } };
}

export function raceOptions(exploration: SimulateOptions['exploration'], { preemptionBound, strategySeed, maxMilliseconds }: RaceRun): RaceOptions {
  const { strategy = 'optimal' } = exploration;
  const isSampling = strategy === 'pct' || strategy === 'random';
  return {
    strategy,
    maxExecutions: exploration.maxExecutions ?? (isSampling ? samples : mostExecutions),
    maxMilliseconds: maxMilliseconds ?? mostMilliseconds,
    stopAtFirst: exploration.stopAtFirst ?? false,
    ...(preemptionBound !== undefined ? { preemptionBound } : {}),
    ...(strategySeed !== undefined ? { strategySeed } : {}),
  };
}

/** Work that is divided is partly done twice, so two workers hardly gain on one; on four processors and more it pays. */
export function jobsOf({ jobs }: RaceRun): number {
  return jobs ?? Math.max(1, Math.min(mostJobs, Math.floor(availableParallelism() / 2)));
}

function show({ race: { program: { file }, memoryModel }, sources }: ClosedRace, exploration: RaceExploration, { format, exported }: { readonly format: SimulateOptions['format']; readonly exported: 'json' | 'svg' | 'mermaid' | undefined }, shell: Shell): Status {
  const verdict = verdictOf(exploration);
  const { witness, failure } = exploration;
  if (exported && witness) shell.print(exported === 'json' ? formatRaceWitnessJson(witness) : exportRace(exported, { file, memoryModel }, witness, linesOf(sources)));
  else if (exported) shell.complain(`nothing to export, as there is no witness (${verdict}).`);
  else shell.print(format === 'json' ? formatRaceJson(exploration, verdict) : formatRace({ file, memoryModel }, exploration, verdict, linesOf(sources), shell.terminal));
  if (verdict === 'unproven' && failure) shell.complain(`${failure.range ? `${failure.range.file}:${failure.range.start.line}` : file}: ${failure.reason}`);
  return verdict === 'confirmed' ? 1 : verdict === 'unproven' && failure ? 2 : 0;
}

async function replay({ race }: ClosedRace, schedule: Schedule, simulator: Simulator): Promise<RaceReplay> {
  try {
    return await simulator.replayRace(race, schedule);
  } catch (error) {
    if (error instanceof SimulatorError) throw new UsageError(`the schedule does not fit this file: ${error.message} Has it changed since? Make a new one with --export json.`);
    throw error;
  }
}

function showReplay({ race: { program: { file }, memoryModel }, sources }: ClosedRace, replay: RaceReplay, { format }: SimulateOptions, shell: Shell): Status {
  shell.print(format === 'json' ? formatRaceReplayJson(replay) : formatRaceReplay({ file, memoryModel }, replay, linesOf(sources), shell.terminal));
  return replay.problems.length > 0 ? 1 : 0;
}

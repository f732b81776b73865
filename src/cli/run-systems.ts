import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { RaceExploration } from '../model/index.js';
import { verdictOf } from '../proof/index.js';
import { formatSystemsJson, formatSystemsTotal, formatVariant, type JudgedVariant } from '../report/index.js';
import { SimulatorError } from '../simulator/index.js';
import { explorationOf, flagsOf, labelOf, settingsOf, surpriseOf, type Chosen } from '../systems/index.js';
import { explainError } from './problem.js';
import { openRace } from './race-file.js';
import { nameOf } from './discover.js';
import type { Shell, Status } from './shell.js';
import { startSimulatorProcess } from './simulator.js';
import { UsageError } from './usage.js';

export interface RunSystemsOptions {
  readonly chosen: readonly Chosen[];
  /** The package's folder, which holds `systems/`. */
  readonly root: string;
  readonly format: 'text' | 'json';
  readonly jobs?: number;
}

const mostJobs = 4;

type Simulator = ReturnType<typeof startSimulatorProcess>;

/** Runs the chosen variants, as many at a time as there are jobs, each as `raceproof simulate` would; prints each when it is judged. */
export async function runSystems({ chosen, root, format, jobs = Math.min(mostJobs, availableParallelism()) }: RunSystemsOptions, shell: Shell): Promise<Status> {
  const startedAt = performance.now();
  const judged: JudgedVariant[] = [];
  const waiting = [...chosen.entries()];
  const width = Math.max(...chosen.map((each) => labelOf(each).length));
  const work = async (): Promise<void> => {
    const simulator = startSimulatorProcess();
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [rank, each] = next;
        shell.showProgress(`${judged.filter(Boolean).length} of ${chosen.length}  ${labelOf(each)}`);
        const result = (judged[rank] = await judge(each, root, simulator, shell.cwd));
        if (format === 'text') shell.print(formatVariant(result, width, shell.terminal));
        else if (result.surprise !== undefined) shell.complain(`${labelOf(each)}: ${result.surprise}. See it: ${result.command.join(' ')}`);
      }
    } finally {
      await simulator.dispose();
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, chosen.length) }, work));
  shell.print(format === 'json' ? formatSystemsJson(judged) : formatSystemsTotal(judged, performance.now() - startedAt, shell.terminal));
  return judged.some(({ surprise }) => surprise !== undefined) ? 1 : 0;
}

async function judge(chosen: Chosen, root: string, simulator: Simulator, cwd: string): Promise<JudgedVariant> {
  const startedAt = performance.now();
  const exploration = await explore(chosen, root, simulator);
  const verdict = verdictOf(exploration);
  const surprise = surpriseOf(chosen.variant, verdict, exploration);
  return { chosen, verdict, executions: exploration.executions, milliseconds: Math.round(performance.now() - startedAt), command: commandFor(chosen, root, cwd), ...(surprise !== undefined && { surprise }) };
}

async function explore({ variant }: Chosen, root: string, simulator: Simulator): Promise<RaceExploration> {
  const file = `systems/${variant.file}`;
  try {
    const { race } = openRace({ file, text: readFileSync(join(root, file), 'utf8') }, root, settingsOf(variant));
    return await simulator.exploreRace(race, explorationOf(variant));
  } catch (error) {
    if (error instanceof UsageError || error instanceof SimulatorError) return failed(error.message.replace(/^SubjectFailure: /, ''));
    if (error instanceof Error && 'code' in error) return failed(`${file}: ${explainError(error)}`);
    throw error;
  }
}

function failed(reason: string): RaceExploration {
  return { exhaustive: false, executions: 0, wrong: 0, transitions: 0, outcomes: [], problems: [], asked: [], unmodelled: [], failure: { reason } };
}

/** The command that shows what a variant does, from where the user stands. */
function commandFor({ variant }: Chosen, root: string, cwd: string): string[] {
  const path = join(root, 'systems', variant.file);
  const name = nameOf(path, cwd);
  return ['raceproof', 'simulate', name.startsWith('..') ? path : name, ...flagsOf(variant)];
}

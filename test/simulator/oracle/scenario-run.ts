import type { Problem, RaceFile } from '../../../src/model/index.js';
import { compileLinked } from '../../../src/language/index.js';
import { explore, exploreSerially } from '../../../src/simulator/explore/index.js';
import { fairExecution, judgeEnd, Tally, type ExecutionEnd, type FoundProblem } from '../../../src/simulator/oracle/index.js';
import type { RaceRunner } from '../../../src/simulator/races/race-end.js';
import { createRaceRunner } from '../../../src/simulator/races/race-runner.js';
import type { Subject } from '../../../src/simulator/runtime/runner.js';

export interface Judged {
  readonly executions: number;
  readonly found: readonly FoundProblem[];
  readonly kinds: readonly string[];
  readonly tally: Tally;
}

export interface RunOptions {
  readonly memoryModel?: 'sc' | 'tso';
  readonly onEnd?: (end: ExecutionEnd) => void;
}

/** Explores a scenario file to the end, and judges every execution. */
export function judgeScenario(text: string, { memoryModel = 'sc', onEnd }: RunOptions = {}): Judged {
  const runner = runnerOf(text, memoryModel);
  const tally = new Tally(runner.asks);
  let executions = 0;
  runner.secrets.forEach((_, secret) => {
    if (runner.asks.serializable) exploreSerially(() => runner.start(secret), { maxExecutions: 1000 }, (end) => { tally.addSerial(end); return 'continue'; });
    const summary = explore(() => runner.start(secret), { strategy: 'optimal', maxExecutions: 100_000 }, (end, path) => {
      tally.add(end, () => path.schedule());
      onEnd?.(end);
      return 'continue';
    });
    if (!summary.exhaustive) throw new Error(`not exhaustive: ${summary.limit}`);
    executions += summary.executions;
  });
  const found = tally.problems(true);
  return { executions, found, kinds: found.map(({ kind }) => kind), tally };
}

/** What is wrong with the execution in which the tasks take turns, cut after `maxTurns`. */
export function judgeFairly(text: string, maxTurns: number): readonly Problem[] {
  const runner = runnerOf(text, 'sc');
  return judgeEnd(fairExecution(() => runner.start(), maxTurns).result, runner.asks);
}

function runnerOf(text: string, memoryModel: 'sc' | 'tso'): RaceRunner {
  const { program } = compileLinked({ file: 'it.race.ts', text } as never, () => undefined);
  const race: RaceFile = { version: 1, program, regions: [], memoryModel, areTimersLate: false, assumptions: {}, seed: 1 };
  return createRaceRunner(race, new Function(`return ${program.code}`)() as Subject);
}

import { expect } from 'vitest';
import { closeRace } from '../../../src/proof/index.js';
import { RaceSession } from '../../../src/simulator/race.js';
import type { Subject } from '../../../src/simulator/runtime/runner.js';

export interface Explored {
  /** What the scenario's `log` holds at the end of each execution, sorted. */
  readonly logs: readonly string[];
  readonly executions: number;
  readonly problems: readonly string[];
}

/** Explores a scenario file to the end; every single execution, and one of each class, must give the same logs. */
export function explored(files: Readonly<Record<string, string>>, mostNaive = 20_000): Explored {
  const { race } = closeRace({ file: 'main.race.ts', text: files['main.race.ts']! }, (file) => (files[file] === undefined ? undefined : { kind: 'file', text: files[file] }));
  const subject = (0, eval)(race.program.code) as Subject;
  const explore = (strategy: 'naive' | 'optimal', maxExecutions: number): Explored & { readonly exhaustive: boolean } => {
    const { exhaustive, failure, outcomes, executions, problems } = new RaceSession(race, subject).explore({ strategy, maxExecutions, maxMilliseconds: 60_000, stopAtFirst: false });
    expect(failure).toBeUndefined();
    return { exhaustive, logs: [...new Set(outcomes.map(({ outcome }) => outcome.state['log']!))].sort(), executions, problems: problems.map(({ kind }) => kind) };
  };
  const { exhaustive, ...found } = explore('optimal', 200_000);
  expect(exhaustive).toBe(true);
  if (mostNaive > 0) {
    const naive = explore('naive', mostNaive);
    expect({ exhaustive: naive.exhaustive, logs: naive.logs }).toEqual({ exhaustive: true, logs: found.logs });
  }
  return found;
}

export const scenario = (tasks: string, setUp = '', more = '') => `import { scenario, agent } from 'raceproof'; import { Worker } from 'node:worker_threads'; import * as net from 'node:net';
  export default scenario(() => { const log: unknown[] = []; ${setUp} return { tasks: { ${tasks} }, observe: () => ({ log }), ${more} }; });`;

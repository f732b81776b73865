import type { Finding, Proof } from '../model/index.js';
import type { ReadModule, SourceText } from '../language/index.js';
import { prove } from '../proof/index.js';
import { startSimulator } from './simulator.js';

type Simulator = ReturnType<typeof startSimulator>;

/** Proves findings, at most `jobs` at the same time, each simulator in a worker of its own. Workers start when they are needed. */
export interface Provers {
  prove(finding: Finding, source: SourceText): Promise<Proof>;
  dispose(): Promise<void>;
}

export function createProvers(jobs: number, budget: number | undefined, read: ReadModule): Provers {
  const all: Simulator[] = [];
  const idle: Simulator[] = [];
  const waiting: ((simulator: Simulator) => void)[] = [];

  const start = (): Simulator => {
    const simulator = startSimulator();
    all.push(simulator);
    return simulator;
  };
  const take = (): Simulator | Promise<Simulator> => idle.pop() ?? (all.length < jobs ? start() : new Promise((resolve) => waiting.push(resolve)));
  const giveBack = (simulator: Simulator): void => {
    const next = waiting.shift();
    if (next) next(simulator);
    else idle.push(simulator);
  };

  return {
    async prove(finding, source) {
      const simulator = await take();
      try {
        return await prove(finding, source, simulator, { read, ...(budget !== undefined && { budget }) });
      } catch (error) {
        return unproven(`the simulator failed: ${error instanceof Error ? error.message : String(error)}`);
      } finally {
        giveBack(simulator);
      }
    },
    async dispose() {
      await Promise.all(all.map((simulator) => simulator.dispose()));
    },
  };
}

/** Nothing was run. */
export function unproven(reason: string): Proof {
  return { verdict: 'unproven', reason, exhaustive: false, executions: 0, wrong: 0, transitions: 0, outcomes: [] };
}

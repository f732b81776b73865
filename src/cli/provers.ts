import type { Configuration, Finding, JudgedFix } from '../model/index.js';
import type { ReadModule, SourceText } from '../language/index.js';
import { prove, proveFixes, type FixOptions, type ScenarioProof } from '../proof/index.js';
import type { FrameworkName } from '../regression/index.js';
import { testFor, type Proved as ProvedSubject, type ProvedTest } from '../regression/node.js';
import { Compiling } from './compiling.js';
import { startSimulator } from './simulator.js';
import { TimeAllowance } from './time-allowance.js';

type Simulator = ReturnType<typeof startSimulator>;

/** Proves findings and what would cure them, at most `jobs` at the same time, each simulator in a worker of its own. Workers start when they are needed. */
export interface Provers {
  /** Of fixes the first that is proved, or all that were tried if none is; of findings that are confirmed or follow from the text. */
  prove(finding: Finding, source: SourceText, configuration: Configuration): Promise<Proved>;
  /** The test that forces the witness of a confirmed finding, run both ways; one after the other, since each starts processes. Rejects with `NoTest` if there is none. */
  test(proved: Omit<ProvedSubject, 'read'>, framework: FrameworkName | undefined, cwd: string): Promise<ProvedTest>;
  dispose(): Promise<void>;
}

export interface Proved {
  readonly proof: ScenarioProof;
  readonly fixes: readonly JudgedFix[];
}

/** Milliseconds for the fixes of one finding. */
const patience = 10_000;
/** For those of all findings together that follow from the text: a repository may have very many of them. */
const patienceForText = 60_000;

export function createProvers(jobs: number, budget: number | undefined, read: ReadModule): Provers {
  const all: Simulator[] = [];
  const idle: Simulator[] = [];
  const waiting: ((simulator: Simulator) => void)[] = [];
  const compiling = new Compiling();
  let tests: Promise<unknown> = Promise.resolve();
  const forText = new TimeAllowance(patienceForText);

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
    async prove(finding, source, configuration) {
      const simulator = await take();
      const options = { read, ...(budget !== undefined && { budget }) };
      try {
        const proof = await compiling.during(() => prove(finding, source, simulator, options));
        const isConfirmed = proof.verdict === 'confirmed';
        const fixes = (most: number): Promise<readonly JudgedFix[]> => fixesOf(finding, source, { ...options, configuration, proof, signal: AbortSignal.timeout(most) }, simulator);
        if (isConfirmed) return { proof, fixes: await fixes(patience) };
        return { proof, fixes: mayBeCuredByText(finding, proof) && forText.left > 0 ? await forText.spend(() => fixes(Math.min(patience, forText.left))) : [] };
      } catch (error) {
        return { proof: unproven(`the simulator failed: ${error instanceof Error ? error.message : String(error)}`), fixes: [] };
      } finally {
        giveBack(simulator);
      }
    },
    test(proved, framework, cwd) {
      const written = tests.then(async () => {
        const simulator = await take();
        try {
          return await testFor({ ...proved, read }, simulator, { cwd, ...(framework && { framework }) });
        } finally {
          giveBack(simulator);
        }
      });
      tests = written.catch(() => undefined);
      return written;
    },
    async dispose() {
      await Promise.all(all.map((simulator) => simulator.dispose()));
    },
  };
}

/** What follows from the text is as good as confirmed, and so is that shared memory is accessed without an order. */
function mayBeCuredByText({ oracle }: Finding, { verdict }: ScenarioProof): boolean {
  return verdict === 'unproven' && (oracle === 'none' || oracle === 'data-race');
}

/** None if they take too long, or if the simulator fails on the changed code: the finding is confirmed all the same. */
async function fixesOf(finding: Finding, source: SourceText, options: FixOptions, simulator: Simulator): Promise<readonly JudgedFix[]> {
  try {
    return await proveFixes(finding, source, simulator, { ...options, most: 1 });
  } catch {
    return [];
  }
}

/** Nothing was run. */
export function unproven(reason: string): ScenarioProof {
  return { verdict: 'unproven', reason, exhaustive: false, executions: 0, wrong: 0, transitions: 0, outcomes: [] };
}

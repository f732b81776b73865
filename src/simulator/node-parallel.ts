import type { RaceExploration, RaceFile, RaceOptions, RaceProgress } from '../model/index.js';
import { exploreInUnits } from './node-units.js';
import type { RaceSubtree } from './race-part.js';
import { SimulatorError } from './simulator.js';
import { unpackExploration } from './worker/packed-exploration.js';
import type { PackedPart } from './worker/packed-part.js';
import type { Answer, Exchange, Question, SimulatorThread } from './node-thread.js';

export interface ParallelOptions {
  /** Milliseconds beyond the exploration's own limit after which a thread that does not answer is killed. */
  readonly grace: number;
  /** An exploration that ends within so many milliseconds is not worth dividing. */
  readonly headStart: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (progress: RaceProgress) => void;
}

/** Threads that explore one file. */
export interface Parallel {
  readonly threads: readonly [SimulatorThread, ...SimulatorThread[]];
  readonly headStart: number;
  readonly onProgress: (progress: RaceProgress) => void;
  /** Milliseconds that are left of the exploration's own. */
  left(): number;
  /** @throws SimulatorError if the answer is of another type. */
  ask<T extends Answer['type']>(thread: SimulatorThread, question: Question, type: T, more?: Partial<Exchange>): Promise<Answer & { type: T }>;
}

/** Enough that no thread waits long for the last part of another; each part repeats some of the work. */
const partsPerThread = 4;

/**
 * Explores a scenario file on several threads. What they found is put together and judged as a whole: the outcomes, the number of
 * executions and the verdict are those of one thread.
 */
export async function exploreRaceInParallel(threads: Parallel['threads'], race: RaceFile, options: RaceOptions, { grace, headStart, signal, onProgress }: ParallelOptions): Promise<RaceExploration> {
  const start = performance.now();
  const left = (): number => Math.max(0, options.maxMilliseconds - (performance.now() - start));
  const ask: Parallel['ask'] = async (thread, question, type, more = {}) => {
    const answer = await thread.ask(question, { program: race.program, limit: left() + grace, signal, ...more });
    if (answer.type === type) return answer as Answer & { type: typeof type };
    if (answer.type === 'race-explored') throw new Unexplorable(unpackExploration(answer.exploration));
    throw new SimulatorError(answer.type === 'failed' ? answer.message : `unexpected answer ${answer.type}`);
  };

  const isDivisible = threads.length > 1 && options.strategy === 'optimal' && options.preemptionBound === undefined && !options.stopAtFirst;
  if (!isDivisible) return unpackExploration((await ask(threads[0], { type: 'explore-race', race, options }, 'race-explored', { onProgress })).exploration);

  const parallel: Parallel = { threads, headStart, onProgress, left, ask };
  try {
    const found = (await exploreInUnits(parallel, race, options)) ?? { parts: await exploreInParts(parallel, race, options) };
    return unpackExploration((await ask(threads[0], { type: 'conclude-race', race, options, ...found }, 'race-explored')).exploration);
  } catch (error) {
    if (error instanceof Unexplorable) return error.exploration;
    throw error;
  }
}

/** The file cannot be run at all. */
class Unexplorable extends Error {
  constructor(readonly exploration: RaceExploration) {
    super('the file cannot be run');
  }
}

/** Divides the classes by the orders of some events into parts, which threads take one after the other. */
async function exploreInParts({ threads, left, ask, onProgress }: Parallel, race: RaceFile, options: RaceOptions): Promise<PackedPart[]> {
  const { subtrees } = await ask(threads[0], { type: 'split-race', race, options, parts: partsPerThread * threads.length }, 'race-split');
  const parts: PackedPart[] = [];
  const waiting: RaceSubtree[] = [...subtrees];
  const done = { executions: 0, transitions: 0 };
  await Promise.all(threads.map(async (thread) => {
    for (let subtree = waiting.shift(); subtree; subtree = waiting.shift()) {
      const budget = { maxExecutions: Math.max(0, options.maxExecutions - done.executions), maxMilliseconds: left() };
      const { part } = await ask(thread, { type: 'explore-part', race, options: { ...options, ...budget }, subtree }, 'part-explored');
      parts.push(part);
      done.executions += part.executions;
      done.transitions += part.transitions;
      onProgress({ ...done, fraction: parts.length / subtrees.length });
    }
  }));
  return parts;
}

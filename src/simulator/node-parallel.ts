import type { RaceExploration, RaceFile, RaceOptions, RaceProgress } from '../model/index.js';
import { mergeParts, type RacePart, type RaceSubtree } from './race-part.js';
import { SimulatorError } from './simulator.js';
import type { Answer, Exchange, Question, SimulatorThread } from './node-thread.js';

export interface ParallelOptions {
  /** Milliseconds beyond the exploration's own limit after which a thread that does not answer is killed. */
  readonly grace: number;
  /** An exploration that ends within so many milliseconds is not worth dividing. */
  readonly headStart: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (progress: RaceProgress) => void;
}

/** Enough that no thread waits long for the last part of another; each part repeats some of the work. */
const partsPerThread = 4;

/**
 * Explores a scenario file on several threads: one tries alone for a moment; then the choices are divided into subtrees that together
 * hold each class once, each thread takes the next one when it is free, and what they found is put together and judged as a whole. The
 * outcomes, the number of executions and the verdict are those of one thread.
 */
export async function exploreRaceInParallel(threads: readonly [SimulatorThread, ...SimulatorThread[]], race: RaceFile, options: RaceOptions, { grace, headStart, signal, onProgress }: ParallelOptions): Promise<RaceExploration> {
  const [first] = threads;
  const start = performance.now();
  const ask = async <T extends Answer['type']>(thread: SimulatorThread, question: Question, type: T, more: Partial<Exchange> = {}): Promise<Answer & { type: T }> => {
    const left = Math.max(0, options.maxMilliseconds - (performance.now() - start));
    const answer = await thread.ask(question, { program: race.program, limit: left + grace, signal, ...more });
    if (answer.type === type) return answer as Answer & { type: T };
    throw new SimulatorError(answer.type === 'failed' ? answer.message : `unexpected answer ${answer.type}`);
  };

  const isDivisible = threads.length > 1 && options.strategy === 'optimal' && options.preemptionBound === undefined && !options.stopAtFirst;
  const alone = await ask(first, { type: 'explore-race', race, options: isDivisible ? { ...options, maxMilliseconds: Math.min(headStart, options.maxMilliseconds) } : options }, 'race-explored', { onProgress });
  if (!isDivisible || alone.exploration.limit !== 'time' || options.maxMilliseconds <= headStart) return alone.exploration;

  const { subtrees } = await ask(first, { type: 'split-race', race, options, parts: partsPerThread * threads.length }, 'race-split');
  const parts: RacePart[] = [];
  const waiting: RaceSubtree[] = [...subtrees];
  const done = { executions: 0, transitions: 0 };
  await Promise.all(threads.map(async (thread) => {
    for (let subtree = waiting.shift(); subtree; subtree = waiting.shift()) {
      const budget = { maxExecutions: Math.max(0, options.maxExecutions - done.executions), maxMilliseconds: Math.max(0, options.maxMilliseconds - (performance.now() - start)) };
      const { part } = await ask(thread, { type: 'explore-part', race, options: { ...options, ...budget }, subtree }, 'part-explored');
      parts.push(part);
      done.executions += part.executions;
      done.transitions += part.transitions;
      onProgress({ ...done, fraction: parts.length / subtrees.length });
    }
  }));
  return (await ask(first, { type: 'conclude-race', race, options, part: mergeParts(parts) }, 'race-explored')).exploration;
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Limit, RaceExploration, RaceFile, RaceOptions, RaceProgress } from '../model/index.js';
import type { PartEnd } from './explored-parts.js';
import type { RaceSubtree } from './race-part.js';
import { SimulatorError } from './simulator.js';
import { unpackExploration } from './worker/packed-exploration.js';
import type { PackedPart } from './worker/packed-part.js';
import type { Answer, Exchange, Question, SimulatorThread } from './node-thread.js';

export interface ParallelOptions {
  /** Milliseconds beyond the exploration's own limit after which a thread that does not answer is killed. */
  readonly grace: number;
  /** An exploration that ends within so many milliseconds is not worth another thread's setting the program up. */
  readonly headStart: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (progress: RaceProgress) => void;
}

type Threads = readonly [SimulatorThread, ...SimulatorThread[]];

/** How questions are asked. @throws Unexplorable if the file cannot be run; SimulatorError if the answer is of another type. */
interface Asking {
  /** Milliseconds that are left of the exploration's own. */
  left(): number;
  ask<T extends Answer['type']>(thread: SimulatorThread, question: Question, type: T, more?: Partial<Exchange>): Promise<Answer & { type: T }>;
}

/** Enough that no thread waits long for the last part of another; each part repeats some of the work. */
const partsPerThread = 4;

/**
 * Explores a scenario file on several threads. What they found is put together and judged as a whole: the outcomes, the number of
 * executions and the verdict are those of one thread.
 */
export async function exploreRaceInParallel(threads: Threads, race: RaceFile, options: RaceOptions, { grace, headStart, signal, onProgress }: ParallelOptions): Promise<RaceExploration> {
  const start = performance.now();
  const left = (): number => Math.max(0, options.maxMilliseconds - (performance.now() - start));
  const ask: Asking['ask'] = async (thread, question, type, more = {}) => {
    const answer = await thread.ask(question, { program: race.program, limit: left() + grace, signal, ...more });
    if (answer.type === type) return answer as Answer & { type: typeof type };
    if (answer.type === 'race-explored') throw new Unexplorable(unpackExploration(answer.exploration));
    throw new SimulatorError(answer.type === 'failed' ? answer.message : `unexpected answer ${answer.type}`);
  };

  const isDivisible = threads.length > 1 && (options.strategy === 'optimal' || options.strategy === 'naive') && options.preemptionBound === undefined && !options.stopAtFirst;
  if (!isDivisible) return unpackExploration((await ask(threads[0], { type: 'explore-race', race, options }, 'race-explored', { onProgress })).exploration);

  try {
    return await new SharedExploration(threads, race, options, { left, ask }, { headStart, onProgress }).run();
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

/** A part that a thread explores. */
interface UnderWay {
  readonly subtree: RaceSubtree;
  executions: number;
  transitions: number;
  /** The share of it that is done. */
  fraction: number;
}

let explorations = 0;

/**
 * An exploration whose classes are divided by the orders of some events into parts, which threads take one after the other. What a thread
 * finds stays there until there are no more parts; then the first one puts all of it together.
 */
class SharedExploration {
  readonly #threads: Threads;
  readonly #race: RaceFile;
  readonly #options: RaceOptions;
  readonly #asking: Asking;
  readonly #headStart: number;
  readonly #onProgress: ParallelOptions['onProgress'];
  readonly #exploration = ++explorations;
  /** Nobody explores them yet. */
  #waiting: RaceSubtree[] = [];
  readonly #underWay = new Map<SimulatorThread, UnderWay>();
  /** Nothing more is begun. */
  #isOver = false;
  /** What all together have met. */
  #limit: Limit | undefined;
  /** Of parts that are done; `share`: of the whole, as far as can be told. */
  readonly #done = { executions: 0, transitions: 0, share: 0 };

  constructor(threads: Threads, race: RaceFile, options: RaceOptions, asking: Asking, { headStart, onProgress }: Pick<ParallelOptions, 'headStart' | 'onProgress'>) {
    this.#threads = threads;
    this.#race = race;
    this.#options = options;
    this.#asking = asking;
    this.#headStart = headStart;
    this.#onProgress = onProgress;
  }

  async run(): Promise<RaceExploration> {
    const [first, ...others] = this.#threads;
    const { ask } = this.#asking;
    const race = this.#race;
    // They start while the first one begins.
    const ready = others.map(async (thread) => thread.ready());
    this.#waiting = [...(await ask(first, { type: 'split-race', race, parts: partsPerThread * this.#threads.length }, 'race-split')).subtrees];
    const firstIsDone = this.#work(first);
    const helping = others.map(async (thread, rank) => {
      await Promise.race([firstIsDone, Promise.all([ready[rank], delay(this.#headStart, undefined, { ref: false })])]);
      return this.#help(thread);
    });
    let parts: (PackedPart | undefined)[];
    try {
      [, ...parts] = await Promise.all([firstIsDone, ...helping]);
    } finally {
      this.#stop();
    }
    const found = { exploration: this.#exploration, parts: parts.filter((part) => part !== undefined), ...(this.#limit !== undefined && { limit: this.#limit }) };
    return unpackExploration((await ask(first, { type: 'conclude-race', race, options: this.#options, ...found }, 'race-explored')).exploration);
  }

  /** What the thread has found, if there was something to do for it. */
  async #help(thread: SimulatorThread): Promise<PackedPart | undefined> {
    if (this.#isOver || this.#waiting.length === 0) return undefined;
    await this.#work(thread);
    return (await this.#asking.ask(thread, { type: 'collect-parts', race: this.#race, exploration: this.#exploration }, 'parts-collected')).part;
  }

  async #work(thread: SimulatorThread): Promise<void> {
    for (let subtree = this.#next(); subtree !== undefined; subtree = this.#next()) await this.#explore(thread, subtree);
  }

  #next(): RaceSubtree | undefined {
    return this.#isOver ? undefined : this.#waiting.shift();
  }

  async #explore(thread: SimulatorThread, subtree: RaceSubtree): Promise<void> {
    const part: UnderWay = { subtree, executions: 0, transitions: 0, fraction: 0 };
    this.#underWay.set(thread, part);
    const options = { ...this.#options, maxExecutions: Math.max(0, this.#options.maxExecutions - this.#executions), maxMilliseconds: this.#asking.left() };
    try {
      const onProgress = (progress: RaceProgress): void => { Object.assign(part, progress); this.#tell(); };
      this.#end(part, await this.#asking.ask(thread, { type: 'explore-part', race: this.#race, options, exploration: this.#exploration, subtree }, 'part-explored', { onProgress }));
    } finally {
      this.#underWay.delete(thread);
    }
  }

  #end({ subtree }: UnderWay, { executions, transitions, limit, isFailed }: PartEnd): void {
    this.#done.executions += executions;
    this.#done.transitions += transitions;
    this.#done.share += subtree.subtree.share;
    if (isFailed || (limit !== undefined && limit !== 'turns')) this.#stop();
  }

  #tell(): void {
    const all = [...this.#underWay.values()];
    const executions = this.#executions;
    const done = all.reduce((sum, { subtree, fraction }) => sum + subtree.subtree.share * fraction, this.#done.share);
    const whole = [...all.map(({ subtree }) => subtree), ...this.#waiting].reduce((sum, { subtree }) => sum + subtree.share, this.#done.share);
    this.#onProgress({ executions, transitions: all.reduce((sum, part) => sum + part.transitions, this.#done.transitions), fraction: Math.min(1, done / whole) });
    if (executions < this.#options.maxExecutions) return;
    this.#limit = 'executions';
    this.#stop();
  }

  get #executions(): number {
    return [...this.#underWay.values()].reduce((sum, part) => sum + part.executions, this.#done.executions);
  }

  #stop(): void {
    this.#isOver = true;
    for (const thread of this.#underWay.keys()) thread.signal({ type: 'stop-part' });
  }
}

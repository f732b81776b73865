import type { Limit, RaceFile, RaceOptions } from '../model/index.js';
import { UnitTree, type Lease } from './explore/index.js';
import type { Parallel } from './node-parallel.js';
import type { SimulatorThread } from './node-thread.js';
import { SimulatorError } from './simulator.js';
import type { RaceReport, RaceUnitEnd } from './race-units.js';
import type { PackedPart } from './worker/packed-part.js';

/** A unit that a thread explores. */
interface UnderWay {
  readonly secret: number;
  readonly tree: UnitTree;
  readonly lease: Lease;
  /** It has been asked to share, and has not answered. */
  isAsked: boolean;
  executions: number;
  transitions: number;
  /** The share of it that is done. */
  fraction: number;
}

/** What threads have found in units. What the first one has found stays there: it may be much, and is put together there with the rest. */
export interface FoundInUnits {
  readonly exploration: number;
  /** What others have found. */
  readonly parts: readonly PackedPart[];
  /** What all together have met. */
  readonly limit?: Limit;
}

let explorations = 0;

/**
 * Explores a scenario file on several threads. The first begins with all of it; one that has nothing to do takes leaves of the wake-up tree that
 * nobody explores, or has another one give a part of its own away. Undefined if the program cannot be divided so, since some of its events
 * do not say beforehand what they touch.
 */
export function exploreInUnits(parallel: Parallel, race: RaceFile, options: RaceOptions): Promise<FoundInUnits | undefined> {
  return new SharedExploration(parallel, race, options).run();
}

class SharedExploration {
  readonly #parallel: Parallel;
  readonly #race: RaceFile;
  readonly #options: RaceOptions;
  readonly #exploration = ++explorations;
  /** By secret. */
  readonly #trees = [new UnitTree()];
  readonly #underWay = new Map<SimulatorThread, UnderWay>();
  /** Those that have explored something. */
  readonly #explorers = new Set<SimulatorThread>();
  /** Nothing more is begun. */
  #isOver = false;
  /** Some unit was not explored to its end, as its own part tells. */
  #isCut = false;
  #isDivisible = true;
  /** What all together have met. */
  #limit: Limit | undefined;
  /** Executions and transitions of units that are done, and how many leaves these had. */
  readonly #done = { executions: 0, transitions: 0, leaves: 0 };
  #changed: (() => void)[] = [];

  constructor(parallel: Parallel, race: RaceFile, options: RaceOptions) {
    this.#parallel = parallel;
    this.#race = race;
    this.#options = options;
  }

  async run(): Promise<FoundInUnits | undefined> {
    const [first, ...rest] = this.#parallel.threads;
    const alone = new AbortController();
    const firstIsDone = this.#work(first).finally(() => alone.abort());
    try {
      await Promise.all([firstIsDone, ...rest.map(async (thread) => { await delay(this.#parallel.headStart, alone.signal); await this.#work(thread); })]);
    } finally {
      this.#stop();
    }
    if (!this.#isDivisible) return undefined;
    const limit = this.#limit;
    if (limit === undefined && !this.#isCut && this.#trees.some(({ planned }) => planned > 0)) throw new SimulatorError('some of the exploration was left out');
    const others = [...this.#explorers].filter((thread) => thread !== first);
    const parts = await Promise.all(others.map((thread) => this.#collect(thread)));
    return { exploration: this.#exploration, parts, ...(limit !== undefined && { limit }) };
  }

  async #collect(thread: SimulatorThread): Promise<PackedPart> {
    return (await this.#parallel.ask(thread, { type: 'collect-units', race: this.#race, exploration: this.#exploration }, 'part-explored')).part;
  }

  async #work(thread: SimulatorThread): Promise<void> {
    for (let unit = await this.#next(thread); unit !== undefined; unit = await this.#next(thread)) await this.#explore(thread, unit);
  }

  /** What the thread explores next, from now on under way; undefined if there is nothing left to do. */
  async #next(thread: SimulatorThread): Promise<UnderWay | undefined> {
    while (!this.#isOver) {
      const secret = this.#trees.findIndex(({ planned }) => planned > 0);
      const tree = this.#trees[secret];
      // Half of what there is, so that another one that comes finds something too.
      if (tree !== undefined) {
        const unit: UnderWay = { secret, tree, lease: tree.take(Math.ceil(tree.planned / 2)), isAsked: false, executions: 0, transitions: 0, fraction: 0 };
        this.#underWay.set(thread, unit);
        return unit;
      }
      if (this.#underWay.size === 0) return undefined;
      this.#askToShare();
      await this.#change();
    }
    return undefined;
  }

  /** The one that has most left, as far as can be told. */
  #askToShare(): void {
    const [most] = [...this.#underWay].filter(([, { isAsked }]) => !isAsked).sort(([, a], [, b]) => a.fraction - b.fraction);
    if (most === undefined) return;
    most[1].isAsked = true;
    most[0].signal({ type: 'share-unit' });
  }

  async #explore(thread: SimulatorThread, unit: UnderWay): Promise<void> {
    this.#explorers.add(thread);
    const { secret, lease } = unit;
    const options = { ...this.#options, maxExecutions: Math.max(0, this.#options.maxExecutions - this.#executions), maxMilliseconds: this.#parallel.left() };
    try {
      const answer = await this.#parallel.ask(thread, { type: 'explore-unit', race: this.#race, options, exploration: this.#exploration, unit: { secret, unit: lease.unit } }, 'unit-explored', {
        onProgress: (progress) => { Object.assign(unit, progress); this.#tell(); },
        onShared: (report) => { unit.isAsked = false; this.#note(unit, report); },
      });
      this.#end(unit, answer);
    } finally {
      this.#underWay.delete(thread);
      this.#wake();
    }
  }

  #note({ tree, lease }: UnderWay, { report, isDivisible, secrets }: RaceReport): void {
    while (this.#trees.length < secrets) this.#trees.push(new UnitTree());
    if (isDivisible) tree.note(lease, report);
    if (isDivisible && !tree.isTorn) return this.#wake();
    this.#isDivisible = false;
    this.#stop();
  }

  #end(unit: UnderWay, answer: RaceReport & RaceUnitEnd): void {
    // Who explored all of it alone has divided nothing.
    const isWhole = unit.lease.unit.branches.length === 0 && unit.tree.isWhole;
    this.#note(unit, isWhole ? { ...answer, isDivisible: true } : answer);
    unit.tree.finish(unit.lease);
    this.#done.executions += answer.executions;
    this.#done.transitions += answer.transitions;
    this.#done.leaves += unit.lease.leaves.length;
    if (answer.isFailed || answer.limit !== undefined) this.#isCut = true;
    if (answer.isFailed || (answer.limit !== undefined && answer.limit !== 'turns')) this.#stop();
  }

  #tell(): void {
    const all = [...this.#underWay.values()];
    const executions = this.#executions;
    const left = all.reduce((sum, unit) => sum + (unit.executions / unit.fraction || 1) - unit.executions, 0);
    const planned = this.#trees.reduce((sum, tree) => sum + tree.planned, 0) * (this.#done.executions / this.#done.leaves || 1);
    this.#parallel.onProgress({ executions, transitions: all.reduce((sum, unit) => sum + unit.transitions, this.#done.transitions), fraction: executions / (executions + left + planned) });
    if (executions < this.#options.maxExecutions) return;
    this.#limit = 'executions';
    this.#stop();
  }

  get #executions(): number {
    return [...this.#underWay.values()].reduce((sum, unit) => sum + unit.executions, this.#done.executions);
  }

  #stop(): void {
    this.#isOver = true;
    for (const thread of this.#underWay.keys()) thread.signal({ type: 'stop-unit' });
    this.#wake();
  }

  /** Until something has changed. */
  #change(): Promise<void> {
    return new Promise((resolve) => this.#changed.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#changed.splice(0)) resolve();
  }
}

/** So many milliseconds, or less if the signal comes before. */
function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); });
  });
}

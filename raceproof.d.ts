/**
 * What a scenario file (`*.race.ts`) imports from 'raceproof'. It is run by `raceproof simulate FILE`, not by Node.
 * docs/scenario-files.md tells how to write one.
 */

/** What `scenario` gives: the default export of a scenario file. */
export interface Scenario {
  readonly kind: 'scenario';
}

/** A task: a function that runs on the main thread, or in an agent of its own. */
export type Task = (() => unknown) | AgentTask;

/** A task that runs in an agent (a thread, a worker) of its own. Made by `agent`. */
export interface AgentTask {
  readonly kind: 'agent';
}

export interface ScenarioPlan {
  /** What may overlap, by name. Each is started once, in any order. */
  tasks: Record<string, Task>;
  /** Checked at the end of every execution: false, or an error that it throws, is a problem. It may wait for a simulated server if no task is an agent. */
  invariant?: () => boolean | void | Promise<boolean | void>;
  /** Demands that every outcome is one that the tasks give when they run one after the other, in some order. */
  serializable?: boolean;
  /** What outcomes compare, asked at the end; shared memory if it is left out. */
  observe?: () => unknown;
  /** What an observer sees who must not learn the secret (see `ScenarioOptions.secrets`). */
  observer?: () => unknown;
  /** Sequential specifications of recorded objects, by their name: each history must be one that the specification allows. */
  linearizable?: Record<string, () => object>;
  /** Reports as starvation if others get a lock more often than this while a task waits for it. */
  bypassBound?: number;
}

export interface ScenarioOptions<S> {
  /** The scenario is run with each of them; what the observer sees must not depend on which. */
  secrets?: readonly S[];
  /**
   * `possibilistic` (default): each secret allows the same set of observations.
   * `observational-determinism`: there is one observation only, whatever the secret and the schedule.
   */
  noninterference?: 'possibilistic' | 'observational-determinism';
  /**
   * Which conditions on values from outside hold, by the text in which they are told: `{ 'store.load() is truthy': false }`. What is not said here
   * is taken for granted as usual, and told with the result.
   */
  assume?: Record<string, boolean>;
  /** Bytes that a pipe between processes holds before who writes has to wait (default 65536, as on Linux). Small ones make full pipes cheap to explore. */
  pipeCapacity?: number;
  /** Calls of what lies outside may also fail, each once in an execution (as `--faults` says for all files). */
  faults?: boolean;
}

/** Says what runs. `setup` is run anew for every execution: it makes the objects that the tasks share. */
export function scenario<S = undefined>(setup: (secret: S) => ScenarioPlan, options?: ScenarioOptions<S>): Scenario;

/**
 * A task in an agent of its own. What it captures is a copy, as in a worker; SharedArrayBuffers, views of them and the primitives
 * below are shared.
 */
export function agent(fn: () => unknown): AgentTask;

/** Blocks the agent until the condition holds; it is a wait, not a loop. The condition reads shared memory and changes nothing. */
export function blockUntil(condition: () => boolean): void;

/** A lock for agents. Not reentrant: locking it again in the same agent is a deadlock. */
export class Mutex {
  lock(): void;
  /** @throws if this agent does not hold it. */
  unlock(): void;
  /** True if it was free and is now held. */
  tryLock(): boolean;
  /** Holds the lock while `fn` runs, and releases it also if `fn` throws. */
  run<T>(fn: () => T): T;
}

/** A counting semaphore for agents. */
export class Semaphore {
  constructor(count: number);
  /** Blocks while the count is 0, then takes one. */
  acquire(): void;
  release(): void;
}

/** A condition variable: signal and continue, so a waiter has to check again what it waited for. */
export class Condition {
  constructor(mutex: Mutex);
  /** Releases the mutex, waits for a signal, and takes the mutex again. */
  wait(): void;
  signal(): void;
  broadcast(): void;
}

/** An object whose method calls are the operations of a history, for `ScenarioPlan.linearizable`. */
export function recorded<T extends object>(name: string, object: T): T;

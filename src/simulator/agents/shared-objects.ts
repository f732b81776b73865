import type { BlockedTask, LoggedKind } from '../oracle/execution-end.js';

/** An operation `{ kind: 'shared' }` as the kind of its object sees it. */
export interface SharedCall {
  readonly agent: string;
  /** Identity of the object: the name of its kind and a number, `port 2`. */
  readonly object: string;
  readonly method: string;
  /** Plain data. */
  readonly payload: unknown;
}

/** Locations, by name (`port 2 tail`). Two events are dependent if one writes what the other touches. */
export interface Touches {
  readonly reads?: readonly string[];
  readonly writes?: readonly string[];
}

/** Something that is to run in an agent's loop, as an event of its own: a message arrives, a worker has ended. */
export interface ArrivalPlan {
  readonly agent: string;
  /** Whose handler runs: see `AgentHost.onInput`. */
  readonly address: string;
  /** What the handler is given. Plain data: it is written down as JSON, so no `undefined` below the top, no class instances. */
  readonly payload: unknown;
  /** What a person reads: `message 1 of port 2 arrives`. */
  readonly label: string;
  /** Id of the event that it tells of, if that is not the one that posts it: what led to it happens before what it leads to. */
  readonly cause?: string;
  /** Arrivals of one channel keep their order. */
  readonly channel?: string;
  readonly touches: Touches;
  /** On whose behalf its turn runs, if several tasks share the agent; absent: the task that posts it, or the agent. */
  readonly task?: string;
  /** How oracles and traces see that it arrives; absent: as a message. */
  readonly logged?: { readonly kind: 'acquire' | 'release'; readonly resource: string; readonly task: string; readonly site: number };
  /** It arrives only when none of these is pending any more. */
  readonly after?: readonly Arrival[];
  /** What it brings depends on when it fires (see `SharedWorld.amend`), so nothing can be said beforehand of what its turn touches. */
  readonly isOpen?: boolean;
  /** While it is pending its agent does not count as idle for good, unless this says so: a signal keeps no process alive. */
  readonly isUnref?: boolean;
  /** Changes the shared state when it fires, before the agent's handler runs. */
  fire?(): void;
}

/**
 * Something that the machine does, in nobody's loop: the kernel delivers a signal. It may happen at any later time, also while the agent
 * that it is about is in the middle of a turn, and runs no code.
 */
export interface HappeningPlan {
  /** On whose lane a person sees it. */
  readonly agent: string;
  readonly label: string;
  /** What it would touch now. Asked right before it happens. */
  touches(): Touches;
  /** Changes the shared state. */
  fire(): void;
}

/** A happening that is pending; its id is made like that of an `Arrival`. */
export interface Happening extends HappeningPlan {
  readonly id: string;
}

/**
 * Whether a call can be performed, as a question about locations. All that it asks for must be among what the call touches.
 * `valueOf` gives what `SharedObjects.valueAt` has said of a location when it was last written, or as set-up has left it.
 */
export interface SharedGuard {
  holds(valueOf: (location: string) => unknown): boolean;
}

/** What an agent waits for that never gets further. */
export type SharedWait = Pick<BlockedTask, 'waits' | 'resource'>;

/** An arrival that is pending. Its id is made of the event that posted it, so it is the same in every execution with the same past. */
export interface Arrival extends ArrivalPlan {
  readonly id: string;
}

/** An agent to be started in the middle of an execution: a worker. */
export interface SpawnPlan {
  /** The same in every execution with the same past; also its name for a person. */
  readonly agent: string;
  /** What the agent factory is given: the file, `workerData`. Plain data. */
  readonly entry: unknown;
}

/** The shared world, as kinds of shared objects see it. */
export interface SharedWorld {
  /** Call it with every change of state: `restore` undoes the change when the execution is taken back. */
  undo(restore: () => void): void;
  /** Makes an event pending for an agent's loop; undone by itself. */
  post(arrival: ArrivalPlan): Arrival;
  /** The pending arrival brings something else now, or comes after others; it stays the same event. Gives what stands for it from here on. */
  amend(arrival: Arrival, change: Pick<ArrivalPlan, 'payload' | 'after'>): Arrival;
  /** It will not arrive after all. Too late is no error. */
  withdraw(arrival: Arrival): void;
  /** Makes something pending that happens in nobody's loop; undone by itself. */
  schedule(happening: HappeningPlan): Happening;
  /** It will not happen after all. Too late is no error. */
  cancel(happening: Happening): void;
  /** An arrival that is pending, or something that listens (`keepsAlive`), may yet give the agent something to do. */
  isHeld(agent: string): boolean;
  /** A new agent; it runs up to its first shared operation at once, as that is nobody's business. */
  spawn(plan: SpawnPlan): void;
  /** The agent does nothing any more. Whatever call may do that writes the location `lifeOf(agent)`, for each step of a spawned agent reads it. */
  terminate(agent: string): void;
  /** Id of the event that is being fired. */
  readonly event: string;
}

/** The objects of one kind in one world, with their state. */
export interface SharedObjects {
  /** What performing the call now would touch. Asked right before. */
  touches(call: SharedCall): Touches;
  /** What `touches` says (of this call) does not depend on the state. Then no execution is begun in vain. */
  readonly areTouchesFixed?: boolean | ((call: SharedCall) => boolean);
  /** Performs the call, which never blocks by itself: see `guardOf`. The result is plain data (JSON, undefined, bigint) and becomes part of what the agent has observed. */
  perform(call: SharedCall): unknown;
  /** A call that may have to wait: its agent stands still, its whole event loop, until the guard holds. Absent: the call can always be performed. */
  guardOf?(call: SharedCall): SharedGuard | undefined;
  /** What guards are told of a location: in the present state, or as set-up has left it. Needed for the locations that guards ask for. */
  valueAt?(location: string, when: 'now' | 'after set-up'): unknown;
  /** What an agent waits for whose call cannot be performed; absent: nothing with a name. Also what the call is shown to be about. */
  waitOf?(call: SharedCall): SharedWait | undefined;
  /** Set-up is over; executions are taken back to this state. */
  settle?(): void;
  /** How oracles and traces see the call that gave `result`; a text is for people only. */
  readonly logged?: (call: SharedCall, result: unknown) => LoggedKind | { readonly text: string } | undefined;
  /** An agent has come to rest and has no event of its own pending: maybe for ever. Gives what this touched. */
  atRest?(agent: string): Touches | undefined;
  /** Something of this kind may yet make an arrival for the agent, so that its loop is not done. */
  keepsAlive?(agent: string): boolean;
  /** What an agent at rest waits for that should have gone on by itself: the reader of a pipe that is full. */
  stuckAt?(agent: string): SharedWait | undefined;
  /** What tasks of the agent have asked for and not been given; what they wait for if they never end. */
  waitsAt?(agent: string): readonly (SharedWait & Pick<BlockedTask, 'task' | 'site'>)[];
  /** The agent does nothing any more: what it has open is closed, as by an operating system. Whoever ends it writes the location `lifeOf(agent)`. */
  ended?(agent: string): void;
}

/**
 * A kind of object that agents share: channels, workers. A world makes its objects anew; set-up acts at once on such a world, so
 * `perform` needs no special case for it. All state must be undoable by `world.undo`.
 */
export interface SharedObjectKind {
  /** First word of the identities of its objects, as given to `AgentPort.identify`: `port`. */
  readonly name: string;
  create(world: SharedWorld): SharedObjects;
}

/** The location that says whether a spawned agent still runs. */
export function lifeOf(agent: string): string {
  return `${agent}${life}`;
}

/** Whose life the location is about, if it is about one. */
export function livesAt(location: string): string | undefined {
  return location.endsWith(life) ? location.slice(0, -life.length) : undefined;
}

const life = ' life';

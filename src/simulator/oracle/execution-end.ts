import type { Outcome } from '../../model/index.js';

export type LoggedKind =
  | 'start' | 'end' | 'event' // of a task; of a turn of an agent's event loop
  | 'read' | 'write' | 'update' // shared memory; a failed compare-exchange is a read
  | 'request' | 'acquire' | 'release' // of a lock or a semaphore; `request`: when it first blocked
  | 'wait' | 'wake' | 'notify' // Atomics.wait, conditions, blockUntil
  | 'send' | 'receive' | 'spawn'
  | 'invoke' | 'respond' // of a recorded operation (linearizability)
  | 'observe'
  | 'use' // of a shared object; `after` says what was done and what came of it
  | 'flush'; // a plain store leaves its agent's store buffer (tso); `write` was when it got there

/** One step of an execution, as oracles read it. Plain data, in the order in which the steps happened. */
export interface LoggedStep {
  readonly index: number;
  readonly agent: string;
  readonly task: string;
  /** Index of the place in the program, or -1. */
  readonly site: number;
  readonly kind: LoggedKind;
  /** Sequentially consistent: Atomics and what the simulator's own primitives do. Only other accesses can race. */
  readonly isAtomic: boolean;
  /** `x[0]`, `mutex forks[1]`, `port 2`. The same text for the same resource. */
  readonly resource?: string;
  readonly before?: string;
  readonly after?: string;
  /** The step that enabled this one: the release behind an acquire, the notify behind a wake, the send behind a receive, the spawn behind a start. */
  readonly enabledBy?: number;
  /** The bytes of shared memory that a read, write, update, wait or notify is about. Only accesses with bytes take part in data races. */
  readonly bytes?: ByteRange;
  /** Of a `wake`: what the condition that came true read, atomically. */
  readonly reads?: readonly ByteRange[];
  /** What an `invoke` calls; what a `respond` answers. */
  readonly call?: RecordedCall;
}

/** Bytes `offset` up to `offset + size` of a buffer. */
export interface ByteRange {
  readonly buffer: string;
  readonly offset: number;
  readonly size: number;
}

/** An operation of a recorded object. */
export interface RecordedCall {
  /** The same in an invoke and its respond; no two calls of an execution have the same. */
  readonly id: string;
  /** The name under which the object is recorded. */
  readonly object: string;
  readonly method: string;
  /** The list of arguments as JSON: the same text for equal values, from which a specification makes them again. */
  readonly args: string;
  /** Of a respond: what it returned or threw, as text; comparable with what a specification says. */
  readonly result?: string;
}

/** A task that can never go on. */
export interface BlockedTask {
  readonly agent: string;
  readonly task: string;
  readonly site: number;
  /** What it waits for. `nothing`: a promise that nobody settles. */
  readonly waits: 'lock' | 'semaphore' | 'notify' | 'signal' | 'condition' | 'memory' | 'message' | 'room' | 'bytes' | 'nothing';
  readonly resource: string;
}

/** A lock that is held, or a unit of a semaphore that was acquired and not released. */
export interface Hold {
  readonly task: string;
  readonly resource: string;
  /** The step that acquired it. */
  readonly step: number;
  /** Absent: a lock. A unit of a semaphore may rightly be released by another task, so it counts as held only where the semaphore is used as a lock. A Web Lock is rightly kept by who stays in charge. */
  readonly of?: 'lock' | 'semaphore' | 'web-lock';
}

/** All that the oracles are told of a complete execution. */
export interface ExecutionEnd {
  /** Made when first asked for: most executions that end in an outcome of many are only counted. */
  readonly outcome: Outcome;
  /** Of the outcome, if it is to be had for less than the outcome itself (`outcomeDigest`). */
  readonly digest?: number;
  /** Whether it ends so, which may be told without the outcome being built. */
  hasOutcome?(outcome: Outcome): boolean;
  readonly steps: readonly LoggedStep[];
  readonly blocked: readonly BlockedTask[];
  readonly holds: readonly Hold[];
  /** Releases of what was not held. */
  readonly misuses: readonly { readonly step: number; readonly text: string }[];
  /** Errors that nobody handled, as text. */
  readonly unhandled: readonly { readonly task: string; readonly text: string }[];
  /** What the scenario's invariant said; absent if it has none. */
  readonly invariant?: { readonly holds: boolean; readonly message: string };
  /** What the observer of a scenario with secrets saw. */
  readonly observed?: string;
  /** Rank of the secret that this execution ran with. */
  readonly secret?: number;
  /** Cut at the limit of turns. */
  readonly isTruncated: boolean;
  /** False: no plain access of shared memory, none of overlapping bytes of another size, so no data race. Spares the oracle the steps. */
  readonly mayRace?: boolean;
  /** Tasks that could have gone on when it was cut. */
  readonly cutOff?: readonly string[];
}

import { canonicalText } from './plain-data.js';

/** Element types of typed arrays, by the prefix of their constructor's name. */
export type ElementType = 'Int8' | 'Uint8' | 'Uint8Clamped' | 'Int16' | 'Uint16' | 'Int32' | 'Uint32' | 'Float32' | 'Float64' | 'BigInt64' | 'BigUint64';

export type ElementValue = number | bigint;

/** One element of shared memory: the buffer's identity (the same in every agent), the place in bytes. */
export interface Cell {
  readonly buffer: string;
  readonly offset: number;
  readonly type: ElementType;
  /** What a person calls it: `flags[1]`. */
  readonly name: string;
}

export type ModifyOperator = 'add' | 'sub' | 'and' | 'or' | 'xor' | 'exchange';

/**
 * What an agent asks of the world it shares with others; one transition each. Plain data, and a function of what the agent has
 * observed before. In braces: the result that `perform` gives back.
 */
export type SharedOp = { /** Index of the place in the program's sites, or -1. */ readonly site: number } & (
  | { readonly kind: 'load'; readonly cell: Cell; readonly isAtomic: boolean } // {the value}
  | { readonly kind: 'store'; readonly cell: Cell; readonly value: ElementValue; readonly isAtomic: boolean } // {undefined}
  | { readonly kind: 'modify'; readonly operator: ModifyOperator; readonly cell: Cell; readonly value: ElementValue } // {the value before}
  | { readonly kind: 'compare-exchange'; readonly cell: Cell; readonly expected: ElementValue; readonly replacement: ElementValue } // {the value before}; failed: a read
  | { readonly kind: 'wait'; readonly cell: Cell; readonly expected: ElementValue; readonly timeout: number } // {'ok' | 'not-equal' | 'timed-out'}; blocks. Infinity: no time-out
  | { readonly kind: 'wait-async'; readonly cell: Cell; readonly expected: ElementValue; readonly timeout: number; readonly token: string } // {'not-equal' | 'timed-out' | 'waiting'}; later the input `woken <token> ok|timed-out` comes to the agent's loop as an event
  | { readonly kind: 'notify'; readonly cell: Cell; readonly count: number } // {how many were woken}
  | { readonly kind: 'lock'; readonly mutex: string; readonly name: string } // {undefined}; blocks
  | { readonly kind: 'try-lock'; readonly mutex: string; readonly name: string } // {boolean}; failed: a read
  | { readonly kind: 'unlock'; readonly mutex: string; readonly name: string } // {'ok' | 'not-held' | 'held-by-another'}
  | { readonly kind: 'acquire'; readonly semaphore: string; readonly initial: number; readonly name: string } // {undefined}; blocks while the count is 0
  | { readonly kind: 'release'; readonly semaphore: string; readonly initial: number; readonly name: string } // {the count before}
  | { readonly kind: 'condition-wait'; readonly condition: string; readonly mutex: string; readonly name: string } // releases the mutex and waits; {undefined} once signalled; the agent then locks the mutex again by an op of its own; {'not-held'} at once, without waiting, if the agent does not hold the mutex
  | { readonly kind: 'signal'; readonly condition: string; readonly isBroadcast: boolean; readonly name: string } // {how many were woken}
  | { readonly kind: 'block-until'; readonly guard: GuardQuestion; readonly name: string } // {undefined}; blocks until the guard holds; reads what the guard read
  | { readonly kind: 'park'; readonly seen: readonly { readonly cell: Cell; readonly value: ElementValue }[] } // {undefined}; a spin loop's iteration had only reads: blocks until one of the cells has another value; touches nothing itself
  | { readonly kind: 'observe'; readonly log: string; readonly text: string } // {undefined}; observed effects of one log are mutually dependent
  | { readonly kind: 'shared'; readonly object: string; readonly method: string; readonly payload: unknown; readonly name: string } // {what the shared object's `perform` gives}: channels, workers
);

/** A guard as a decision tree over values read: what it reads next, or what it says. It grows as values are seen (`Guard` in guard.ts says when). */
export interface GuardQuestion {
  /**
   * Evaluates it where cells have the values that `valueOf` gives; `reads` are the cells it asked for, in order.
   * @throws UnseenValues if the tree does not know them and the agent that asked no longer stands at the operation.
   */
  holds(valueOf: (cell: Cell) => ElementValue): { readonly isTrue: boolean; readonly reads: readonly Cell[] };
}

/** How code that runs inside an agent reaches the shared world: gives the operation's result, or unwinds the agent by an abort. */
export interface AgentPort {
  perform(op: SharedOp): unknown;
  /** An identity for an object that this agent shares: the same in every instance of the agent, and, for what set-up makes, in every agent. */
  identify(kind: string): string;
  /** The agent's name. */
  readonly agent: string;
  /** The place in the program that runs now (a site), for operations. */
  readonly site: number;
  /** Elements of this size are used in the buffer. Said early, it keeps smaller elements from being counted as one location. */
  noteElements?(buffer: string, bytes: number): void;
}

/** A port whose agent has an event loop that the world can give inputs to. */
export interface AgentHost extends AgentPort {
  /** What runs in this agent's loop, as an event, when the world has an input for `address`: a message for `port 2`, `ok` or `timed-out` for the token of a `wait-async`. */
  onInput(address: string, handler: (payload: unknown) => void): void;
}

/** The same text for operations that ask for the same; a condition is known by its place and name. */
export function opKey(op: SharedOp): string {
  let key: string = op.kind;
  for (const field in op) {
    const value = (op as unknown as Record<string, unknown>)[field];
    key += field === 'cell' ? ` ${cellKey(value as Cell)}` : field === 'guard' || field === 'kind' ? '' : field === 'payload' || field === 'seen' ? ` ${canonicalText(value)}` : ` ${field}=${typeof value === 'bigint' ? `${value}n` : Object.is(value, -0) ? '-0' : String(value)}`;
  }
  return key;
}

/** Their keys are the same for sure. False says nothing. */
export function isSameOp(a: SharedOp, b: SharedOp): boolean {
  if (a.kind !== b.kind) return false;
  for (const field in a) {
    const left = (a as unknown as Record<string, unknown>)[field];
    const right = (b as unknown as Record<string, unknown>)[field];
    if (!Object.is(left, right) && (field !== 'cell' || !isSameCell(left as Cell, right as Cell))) return false;
  }
  return true;
}

function isSameCell(a: Cell, b: Cell): boolean {
  return a.offset === b.offset && a.buffer === b.buffer && a.type === b.type && a.name === b.name;
}

function cellKey({ buffer, offset, type, name }: Cell): string {
  return `${buffer}@${offset}:${type}:${name}`;
}

import type { FunctionNode, Node, Variable } from '../../language/index.js';
import type { CollectionKind } from '../catalog/collections.js';
import type { ClassInfo, FunctionInfo } from './functions.js';
import type { Location } from './location.js';
import type { Slot, Value } from './value.js';

/** One activation of a function inside a graph: the entry itself, or a call that was inlined. */
export interface Frame {
  readonly id: number;
  readonly fn: FunctionInfo;
  readonly caller: Frame | undefined;
  /** The call that started it, in the caller's text; for the entry the function itself. */
  readonly at: Node;
}

/**
 * What a write does to its place. `replace`: a new value. `grow`, `shrink`: one element more or less.
 * `clear`: nothing is left.
 */
export type WriteMode = 'replace' | 'grow' | 'shrink' | 'clear';

/** How a lock is taken. */
export interface Acquisition {
  /**
   * `call`: it has to be given back by hand. `run`: a callback runs under it. `done`: a callback runs under it, and gives it back by calling what it
   * is handed. `scope`: it is given back at the end of a block or function.
   */
  readonly form: 'call' | 'run' | 'done' | 'scope';
  /** True if a catalogued library made the lock, so that what it does is certain; false if its name is all that is known. */
  readonly isCertain: boolean;
  /** True if the code goes on only when it has the lock, or when what runs under it has ended. */
  readonly isAwaited: boolean;
  /** How many may hold it at a time; undefined if the code does not tell. */
  readonly permits: number | undefined;
  /** Others who take it this way too may hold it at the same time, as those who only read. */
  readonly isShared?: boolean;
  /** Its answer says whether it was got. */
  readonly mayFail?: boolean;
  /** Whoever waits gives up some time. */
  readonly expires?: boolean;
  /** Callbacks have no other way to say that they are done. */
  readonly saysDoneOnly?: boolean;
  /** Several keys that a list gives are waited for one after the other. */
  readonly takesKeysInOrder?: boolean;
  /** Which of several locks it is. */
  readonly choice?: LockChoice;
  /** Each run of this function, or each instance of this class, makes a lock of its own. */
  readonly madeBy?: FunctionNode | ClassInfo;
  /** Whoever waits may be refused: the waiting then ends with an error, and without the lock. */
  readonly mayRefuse?: boolean;
}

/** Of several locks of one kind, the one that a key, an index or an object chooses. */
export interface LockChoice {
  /** The same for all of them: `lock[]`, `.mutex`. */
  readonly family: string;
  /** What chooses, as written by whoever is asked from outside; `this` for an object's own lock. */
  readonly by: Node;
}

/** Where control goes next; the outcome says which way a branch went. */
export interface Edge {
  readonly to: number;
  readonly outcome?: boolean;
}

interface EffectBase {
  readonly id: number;
  /** The syntax that has the effect; its range is the range of the effect. */
  readonly at: Node;
  readonly frame: Frame;
  readonly next: Edge[];
  /** Where control goes if this throws; undefined: out of the entry. */
  readonly handler: number | undefined;
  /** On a way that nobody waits for, what follows goes on without it: how many such ways lie within each other here. */
  readonly aside?: number;
}

export type Effect =
  | (EffectBase & { readonly kind: 'pass' })
  /** A name, or a field of `this`, is evaluated or given a value here. Only in a graph that was asked for them. */
  | (EffectBase & { readonly kind: 'mention' })
  | (EffectBase & { readonly kind: 'read'; readonly location: Location })
  | (EffectBase & { readonly kind: 'write'; readonly location: Location; readonly value: Value; readonly mode: WriteMode; /** What chose the element. */ readonly index?: Value; /** The key of the element, as it was evaluated. */ readonly key?: Value })
  /** `callee` names the work that is waited for. */
  | (EffectBase & { readonly kind: 'suspend'; readonly awaited: Value; readonly callee: string })
  | (EffectBase & { readonly kind: 'acquire'; readonly lock: string } & Acquisition)
  /** The work that follows is kept as a promise in `place`; if the place was found free in this turn, that is a latch. */
  | (EffectBase & { readonly kind: 'claim'; readonly place: Location })
  /** `isIdempotent`: doing it again does no harm. `isDue`: here it is given back if the callback has done so, or never. */
  | (EffectBase & { readonly kind: 'release'; readonly lock: string; readonly isIdempotent?: boolean; readonly isDue?: boolean })
  /** A loop takes its next element of a collection as it is now; `location` is the collection's contents. */
  | (EffectBase & { readonly kind: 'step'; readonly location: Location; readonly collection: CollectionKind })
  | (EffectBase & { readonly kind: 'assign'; readonly slot: Slot; readonly value: Value })
  /** Something is put into an object that a parameter, or a local variable of a function around the one at hand, holds. */
  | (EffectBase & { readonly kind: 'fill'; readonly variable: Variable; readonly value: Value })
  /** `startsAside`: one way is work that nobody waits for, or even keeps. */
  | (EffectBase & { readonly kind: 'branch'; readonly test: Value; readonly startsAside?: boolean })
  | (EffectBase & { readonly kind: 'call'; readonly callee: string; readonly values: readonly Value[] })
  /** A function of this module is started and not waited for; `kept` is the shared place its promise is stored in. */
  | (EffectBase & { readonly kind: 'spawn'; readonly started: FunctionInfo; /** Nothing keeps its promise. */ readonly isDropped?: boolean; kept?: Location })
  | (EffectBase & { readonly kind: 'return'; readonly value: Value })
  | (EffectBase & { readonly kind: 'throw'; readonly value: Value });

export type EffectKind = Effect['kind'];
export type EffectOf<K extends EffectKind> = Extract<Effect, { kind: K }>;

const byKind = new WeakMap<readonly Effect[], ReadonlyMap<EffectKind, readonly Effect[]>>();

/** The effects of one kind in a finished graph, in their order: most rules ask about a kind that most graphs have none of. */
export function ofKind<K extends EffectKind>(effects: readonly Effect[], kind: K): readonly EffectOf<K>[] {
  let kinds = byKind.get(effects);
  if (!kinds) byKind.set(effects, (kinds = sorted(effects)));
  return (kinds.get(kind) ?? none) as readonly EffectOf<K>[];
}

const none: readonly Effect[] = [];

function sorted(effects: readonly Effect[]): Map<EffectKind, Effect[]> {
  const kinds = new Map<EffectKind, Effect[]>();
  for (const effect of effects) {
    const known = kinds.get(effect.kind);
    if (known) known.push(effect);
    else kinds.set(effect.kind, [effect]);
  }
  return kinds;
}

/** The control-flow graph of one entry, calls within the module inlined. `effects[0]` is where it starts. */
export interface EffectGraph {
  readonly entry: FunctionInfo;
  readonly effects: readonly Effect[];
  /** Functions whose bodies are part of this graph. */
  readonly inlined: ReadonlySet<FunctionInfo>;
  /** True if the graph was cut off because it grew too large. */
  readonly isPartial: boolean;
}

/** An activation and those that have led to it, the outermost last. */
export function framesFrom(frame: Frame): readonly Frame[] {
  return frame.caller ? [frame, ...framesFrom(frame.caller)] : [frame];
}

/** True if an activation is `outer`, or one that it has called. */
export function isWithin(frame: Frame, outer: Frame): boolean {
  return frame === outer || (frame.caller !== undefined && isWithin(frame.caller, outer));
}

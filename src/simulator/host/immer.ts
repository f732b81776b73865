/**
 * immer 10 as the simulator runs it: drafts copy on write, what is produced is frozen, and what no draft has changed stays the same
 * object. The versions of one object are one place to whoever asks what tasks share: a reader of `this.state.x` and a recipe that
 * writes `draft.x` mean the same. (Maps and Sets are drafted by immer's plugin; here they are left as they are.)
 * Source: the package's own documentation, and comparison with it on random recipes.
 */
export interface ImmerWorld {
  /** `version` is another view of `of`: a draft of it, or what a draft of it has become. */
  readonly alias: (version: object, of: object) => void;
  /** Reads of `of` should see `version` from now on. */
  readonly succeed: (version: object, of: object) => void;
  /** A value from outside. */
  readonly isOutside: (value: unknown) => boolean;
  /** An object that has taken over the properties of a value from outside. */
  readonly isMixed: (value: object) => boolean;
}

type Key = string | symbol;
type Path = readonly (string | number)[];
interface Patch { readonly op: 'replace' | 'add' | 'remove'; readonly path: (string | number)[]; readonly value?: unknown }
type Recipe = (draft: unknown, ...more: unknown[]) => unknown;

interface DraftState {
  readonly base: Record<Key, unknown>;
  copy: Record<Key, unknown> | undefined;
  isModified: boolean;
  isFinalized: boolean;
  /** By key: whether it was set (true) or removed (false). */
  readonly assigned: Map<Key, boolean>;
  readonly parent: DraftState | undefined;
  draft: object;
}

export function createImmer(world: ImmerWorld): Record<string, unknown> {
  const states = new WeakMap<object, DraftState>();
  const nothing = Symbol('immer-nothing');
  const immerable = Symbol('immer-draftable');
  let freezes = true;

  const stateOf = (value: unknown): DraftState | undefined => (isObject(value) ? states.get(value) : undefined);
  const isDraft = (value: unknown): boolean => stateOf(value) !== undefined;

  function isDraftable(value: unknown): value is Record<Key, unknown> {
    if (!isObject(value) || typeof value === 'function') return false;
    if (Array.isArray(value)) return true;
    const prototype = Object.getPrototypeOf(value) as object | null;
    if (prototype === null || prototype === Object.prototype || world.isMixed(value)) return true;
    return Boolean((value as Record<Key, unknown>)[immerable]) || Boolean((prototype as { constructor?: Record<Key, unknown> }).constructor?.[immerable]);
  }

  const latest = ({ copy, base }: DraftState): Record<Key, unknown> => copy ?? base;
  const peek = (value: Record<Key, unknown>, key: Key): unknown => latest(stateOf(value) ?? ({ base: value } as DraftState))[key];

  function prepareCopy(state: DraftState): Record<Key, unknown> {
    return (state.copy ??= shallowCopy(state.base));
  }

  function markChanged(state: DraftState): void {
    for (let at: DraftState | undefined = state; at && !at.isModified; at = at.parent) {
      at.isModified = true;
      prepareCopy(at);
    }
  }

  function draftOf(base: Record<Key, unknown>, parent: DraftState | undefined): object {
    const state: DraftState = { base, copy: undefined, isModified: false, isFinalized: false, assigned: new Map(), parent, draft: base };
    const draft = new Proxy<object>(Array.isArray(base) ? [] : {}, traps(state));
    state.draft = draft;
    states.set(draft, state);
    world.alias(draft, base);
    return draft;
  }

  function traps(state: DraftState): ProxyHandler<object> {
    return {
      get(_target, key) {
        const source = latest(state);
        if (!Object.hasOwn(source, key)) return inherited(source, key, state.draft);
        const value = source[key];
        if (state.isFinalized || !isDraftable(value) || isDraft(value)) return value;
        // What was there from the start is drafted when it is looked at.
        if (value !== state.base[key]) return value;
        return (prepareCopy(state)[key] = draftOf(value, state));
      },
      set(_target, key, value: unknown) {
        const setter = setterOf(latest(state), key);
        if (setter) { Reflect.apply(setter, state.draft, [value]); return true; }
        if (!state.isModified) {
          const current = latest(state)[key];
          const known = stateOf(current);
          if (known && known.base === value) { prepareCopy(state)[key] = value; state.assigned.set(key, false); return true; }
          if (Object.is(value, current) && (value !== undefined || Object.hasOwn(state.base, key))) return true;
          markChanged(state);
        }
        const copy = prepareCopy(state);
        if (Object.is(copy[key], value) && (value !== undefined || key in copy)) return true;
        copy[key] = value;
        state.assigned.set(key, true);
        return true;
      },
      deleteProperty(_target, key) {
        if (peek(state.base, key) !== undefined || key in state.base) {
          state.assigned.set(key, false);
          markChanged(state);
        } else state.assigned.delete(key);
        if (state.copy) Reflect.deleteProperty(state.copy, key);
        return true;
      },
      has: (_target, key) => key in latest(state),
      ownKeys: () => Reflect.ownKeys(latest(state)),
      getOwnPropertyDescriptor(_target, key) {
        const owner = latest(state);
        const known = Reflect.getOwnPropertyDescriptor(owner, key);
        if (!known) return known;
        return { writable: true, configurable: !Array.isArray(owner) || key !== 'length', enumerable: known.enumerable === true, value: owner[key] };
      },
      getPrototypeOf: () => Object.getPrototypeOf(state.base) as object | null,
      defineProperty() { throw new Error('[Immer] Object.defineProperty() cannot be used on an Immer draft'); },
      setPrototypeOf() { throw new Error('[Immer] Object.setPrototypeOf() cannot be used on an Immer draft'); },
    };
  }

  /** What a draft has become, the drafts inside it included; patches tell how. */
  function finalize(state: DraftState, path: Path, patches?: Patch[], inverse?: Patch[]): unknown {
    if (!state.isModified) return freeze(state.base, true);
    if (state.isFinalized) return state.copy;
    state.isFinalized = true;
    const copy = state.copy!;
    for (const key of Reflect.ownKeys(copy)) {
      const value = copy[key];
      const inner = stateOf(value);
      const isOld = inner !== undefined && inner.base === state.base[key] && state.assigned.get(key) !== true;
      if (inner) copy[key] = finalize(inner, [...path, keyOf(state, key)], isOld ? patches : undefined, isOld ? inverse : undefined);
      else finalizeInside(value);
    }
    world.alias(copy, state.base);
    world.succeed(copy, state.base);
    if (freezes) Object.freeze(copy);
    if (patches && inverse) (Array.isArray(copy) ? arrayPatches : objectPatches)(state, path, patches, inverse);
    return copy;
  }

  /** Drafts that lie in what is new. */
  function finalizeInside(value: unknown): void {
    if (!isDraftable(value) || isDraft(value) || Object.isFrozen(value)) return;
    for (const key of Reflect.ownKeys(value)) {
      const inner = stateOf(value[key]);
      if (inner) value[key] = finalize(inner, []);
      else finalizeInside(value[key]);
    }
    if (freezes) Object.freeze(value);
  }

  function produceWith(base: unknown, recipe: Recipe, patches?: Patch[], inverse?: Patch[]): unknown {
    // The state as a whole comes from outside: the same object before and behind it.
    if (!isDraftable(base)) {
      const result = recipe(base);
      if (result === nothing) return undefined;
      if (result !== undefined || !world.isOutside(base)) return result === undefined ? base : freeze(result, true);
      patches?.push({ op: 'replace', path: [], value: base });
      inverse?.push({ op: 'replace', path: [], value: base });
      return base;
    }
    const draft = draftOf(base, undefined);
    const state = stateOf(draft)!;
    const result = recipe(draft);
    if (result === undefined || result === draft) return finalize(state, [], patches, inverse);
    if (state.isModified) throw new Error('[Immer] An immer producer returned a new value *and* modified its draft. Either return a new value *or* modify the draft.');
    const replaced = result === nothing ? undefined : ended(result);
    patches?.push({ op: 'replace', path: [], value: replaced });
    inverse?.push({ op: 'replace', path: [], value: base });
    if (isObject(replaced) && !world.isOutside(replaced)) world.succeed(replaced, base);
    return replaced;
  }

  function ended(result: unknown): unknown {
    const inner = stateOf(result);
    if (inner) return finalize(inner, []);
    finalizeInside(result);
    return freeze(result, true);
  }

  function produce(base: unknown, recipe?: unknown): unknown {
    if (typeof base === 'function' && typeof recipe !== 'function' && !world.isOutside(base)) {
      const initial = recipe;
      return (state: unknown = initial, ...more: unknown[]) => produceWith(state, (draft) => (base as Recipe)(draft, ...more));
    }
    if (typeof recipe !== 'function') throw new Error('[Immer] The first or second argument to `produce` must be a function');
    return produceWith(base, recipe as Recipe);
  }

  function produceWithPatches(base: unknown, recipe?: unknown): unknown {
    if (typeof base === 'function' && !world.isOutside(base)) return (state: unknown, ...more: unknown[]) => produceWithPatches(state, (draft: unknown) => (base as Recipe)(draft, ...more));
    const patches: Patch[] = [];
    const inverse: Patch[] = [];
    return [produceWith(base, recipe as Recipe, patches, inverse), patches, inverse];
  }

  function freeze<T>(value: T, isDeep = false): T {
    if (!isDraftable(value) || isDraft(value) || Object.isFrozen(value)) return value;
    Object.freeze(value);
    if (isDeep) for (const key of Reflect.ownKeys(value)) freeze((value as Record<Key, unknown>)[key], true);
    return value;
  }

  /** A copy of what a draft holds now. */
  function current(value: unknown): unknown {
    const state = stateOf(value);
    if (!isDraftable(value) && !state) return value;
    if (state && !state.isModified) return state.base;
    if (!state && Object.isFrozen(value)) return value;
    const copy = shallowCopy(state ? latest(state) : (value as Record<Key, unknown>));
    for (const key of Reflect.ownKeys(copy)) copy[key] = current(copy[key]);
    return copy;
  }

  function original(value: unknown): unknown {
    const state = stateOf(value);
    if (!state) throw new Error('[Immer] `original` expects a draft');
    return state.base;
  }

  function createDraft(base: unknown): object {
    const state = stateOf(base);
    const plain = state ? current(base) : base;
    if (!isDraftable(plain)) throw new Error('[Immer] `createDraft` can only be called on things that are draftable');
    return draftOf(plain, undefined);
  }

  function finishDraft(draft: unknown): unknown {
    const state = stateOf(draft);
    if (!state || state.isFinalized) throw new Error('[Immer] First argument to `finishDraft` must be a draft returned by `createDraft`');
    return finalize(state, []);
  }

  function applyPatches(base: unknown, patches: readonly Patch[]): unknown {
    const whole = [...patches].reverse().find(({ op, path }) => op === 'replace' && path.length === 0);
    const rest = whole ? patches.slice(patches.indexOf(whole) + 1) : patches;
    const apply: Recipe = (draft) => { for (const patch of rest) applyPatch(draft as Record<Key, unknown>, patch); };
    const from = whole ? whole.value : base;
    if (!isDraft(from)) return produceWith(from, apply);
    apply(from);
    return from;
  }

  const immer = {
    produce, produceWithPatches, freeze, current, original, isDraft, isDraftable: (value: unknown) => isDraftable(value) || value instanceof Map || value instanceof Set, nothing, immerable,
    createDraft, finishDraft, applyPatches, castDraft: <T>(value: T) => value, castImmutable: <T>(value: T) => value,
    enablePatches: () => undefined, enableMapSet: () => undefined, enableES5: () => undefined, enableAllPlugins: () => undefined,
    setAutoFreeze: (value: boolean) => { freezes = value; }, setUseStrictShallowCopy: () => undefined, setUseProxies: () => undefined,
  };
  class Immer {
    constructor() { Object.assign(this, immer); }
  }
  return Object.freeze({ __esModule: true, ...immer, Immer, default: produce });
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** An array, or an object with its prototype; getters become what they give. */
function shallowCopy(base: Record<Key, unknown>): Record<Key, unknown> {
  if (Array.isArray(base)) return Array.prototype.slice.call(base) as unknown as Record<Key, unknown>;
  const copy = Object.create(Object.getPrototypeOf(base) as object | null) as Record<Key, unknown>;
  for (const key of Reflect.ownKeys(base)) {
    const { enumerable } = Reflect.getOwnPropertyDescriptor(base, key)!;
    Object.defineProperty(copy, key, { value: base[key], enumerable: enumerable === true, writable: true, configurable: true });
  }
  return copy;
}

function inherited(source: object, key: Key, receiver: object): unknown {
  return Reflect.get(Object.getPrototypeOf(source) as object ?? {}, key, receiver) as unknown;
}

function setterOf(source: object, key: Key): ((value: unknown) => void) | undefined {
  for (let at = Object.getPrototypeOf(source) as object | null; at; at = Object.getPrototypeOf(at) as object | null) {
    const property = Reflect.getOwnPropertyDescriptor(at, key);
    if (property) return property.set;
  }
  return undefined;
}

function keyOf({ base }: DraftState, key: Key): string | number {
  return Array.isArray(base) ? Number(key) : String(key);
}

function objectPatches({ base, copy, assigned }: DraftState, path: Path, patches: Patch[], inverse: Patch[]): void {
  for (const [key, isSet] of assigned) {
    const [before, after] = [base[key], copy![key]];
    const op = !isSet ? 'remove' : Object.hasOwn(base, key) ? 'replace' : 'add';
    if (before === after && op === 'replace') continue;
    const at = [...path, String(key)];
    patches.push(op === 'remove' ? { op, path: at } : { op, path: at, value: after });
    inverse.push(op === 'add' ? { op: 'remove', path: at } : { op: op === 'remove' ? 'add' : 'replace', path: at, value: before });
  }
}

function arrayPatches(state: DraftState, path: Path, patches: Patch[], inverse: Patch[]): void {
  const before = state.base as unknown as unknown[];
  const after = state.copy as unknown as unknown[];
  const common = Math.min(before.length, after.length);
  for (let index = 0; index < common; index++) {
    if (state.assigned.get(String(index)) !== true || before[index] === after[index]) continue;
    patches.push({ op: 'replace', path: [...path, index], value: after[index] });
    inverse.push({ op: 'replace', path: [...path, index], value: before[index] });
  }
  for (let index = common; index < after.length; index++) patches.push({ op: 'add', path: [...path, index], value: after[index] });
  for (let index = before.length - 1; index >= common; index--) inverse.push({ op: 'add', path: [...path, index], value: before[index] });
  if (after.length < before.length) patches.push({ op: 'replace', path: [...path, 'length'], value: after.length });
  if (before.length < after.length) inverse.push({ op: 'replace', path: [...path, 'length'], value: before.length });
}

function applyPatch(draft: Record<Key, unknown>, { op, path, value }: Patch): void {
  let at: unknown = draft;
  for (const key of path.slice(0, -1)) {
    at = (at as Record<Key, unknown>)[String(key)];
    if (!isObject(at)) throw new Error(`[Immer] Cannot apply patch, path doesn't resolve: ${path.join('/')}`);
  }
  const key = path.at(-1)!;
  const holder = at as Record<Key, unknown> & unknown[];
  if (Array.isArray(holder) && op === 'remove') holder.splice(Number(key), 1);
  else if (op === 'remove') Reflect.deleteProperty(holder, String(key));
  else if (Array.isArray(holder) && op === 'add' && key !== 'length') holder.splice(key === '-' ? holder.length : Number(key), 0, value);
  else (holder as Record<Key, unknown>)[String(key)] = value;
}

import { emptied } from '../../runtime/emptied.js';

/** What components need of the execution that they live in. */
export interface RenderingWorld {
  /** A value from outside. */
  readonly isOutside: (value: unknown) => boolean;
  /** What stands for a value from outside: two with the same are equal. */
  readonly labelOf: (value: unknown) => string;
  /** Gives an object an identity that does not depend on the order of events. */
  readonly born: (object: object) => void;
  /** Runs when the microtasks before it have run, for the task at hand. */
  readonly later: (run: () => void) => void;
  /** The order of renders, and of what uses what they have made, tells executions apart. */
  readonly touch: (component: object, kind: 'read' | 'write') => void;
  /** How far the execution is, as regions count. */
  readonly moment: () => Moment;
  /** A component has asked to be rendered again and again. */
  readonly overrun: () => void;
}

/** A point of an execution: see `Recording.moment`. */
export interface Moment {
  readonly step: number;
  readonly position: number;
}

type Callable = (...given: unknown[]) => unknown;
type Dependencies = readonly unknown[] | undefined;

/** What one call of a hook keeps from one render to the next. */
type Slot =
  | { readonly kind: 'state'; readonly cell: StateCell; readonly change: Callable }
  | { readonly kind: 'ref'; readonly ref: object }
  | { readonly kind: 'memo'; value: unknown; dependencies: Dependencies }
  | { readonly kind: 'effect'; dependencies: Dependencies; cleanup: unknown };

/** A component's state, as a place that tasks share. */
export class StateCell {
  state: unknown;
  /** What the program calls it where it looks at it. */
  name: string | undefined;
  /** What renders have shown, with when it was so first: the latest last. */
  shown: { readonly value: unknown; readonly since: Moment }[] = [];

  constructor(state: unknown) {
    this.state = state;
  }
}

/** A component, or a hook of the program's own that stands for one, from its first render on. */
class Component {
  readonly slots: Slot[] = [];
  next = 0;
  readonly effects: (() => void)[] = [];
  isWaiting = false;
  renders = 0;
  readonly run: () => void;

  constructor(run: (component: Component) => void) {
    this.run = () => run(this);
  }
}

/** A component that changes its own state whenever it is rendered would never come to rest. */
const mostRenders = 25;

/**
 * How React calls components (react.dev, "Render and commit"): what a call of a hook gives is kept by its rank; a change of state has the component rendered
 * again when the turn's microtasks have come so far, as after an event of the page; then effects run whose dependencies are others, each after
 * the cleanup of its last run. A change that comes after a suspension may be rendered later in a browser: see `gaps` in the language room.
 */
export class Rendering {
  readonly #world: RenderingWorld;
  #current: Component | undefined;
  readonly #refs = new WeakSet<object>();
  #cells = new Map<unknown, StateCell>();
  /** By function: the one that a hook gave in its place, since nothing it depends on has changed. */
  #kept = new Map<unknown, unknown>();

  constructor(world: RenderingWorld) {
    this.#world = world;
  }

  /** A new execution starts. */
  reset(): void {
    this.#current = undefined;
    this.#cells = emptied(this.#cells);
    this.#kept = emptied(this.#kept);
  }

  /** Calls what may be a component; `rendered` is told what each further render gives. Undefined if it is none. */
  first(call: () => unknown, rendered: (value: unknown) => void): { readonly value: unknown; readonly component: object | undefined } {
    const component = new Component((self) => rendered(this.#render(self, call)));
    this.#world.born(component);
    const value = this.#render(component, call);
    return { value, component: component.slots.length > 0 ? component : undefined };
  }

  /** Somebody uses what the latest render has made. */
  uses(component: object): void {
    this.#world.touch(component, 'read');
  }

  /** The function that is in use where a render has made a new one. */
  inUse(made: unknown): unknown {
    return this.#kept.get(made) ?? made;
  }

  /** The state that a function changes. */
  cellOf(change: unknown): StateCell | undefined {
    return this.#cells.size === 0 ? undefined : this.#cells.get(change);
  }

  #render(component: Component, call: () => unknown): unknown {
    const before = this.#current;
    this.#current = component;
    component.next = 0;
    component.renders++;
    this.#world.touch(component, 'write');
    let value: unknown;
    try {
      value = call();
    } finally {
      this.#current = before;
    }
    for (const effect of component.effects.splice(0)) effect();
    return value;
  }

  /** The slot of the hook that is called now; a call outside any render keeps nothing. */
  #slot<K extends Slot['kind']>(kind: K, make: () => Extract<Slot, { kind: K }>): { readonly slot: Extract<Slot, { kind: K }>; readonly isFirst: boolean } {
    const component = this.#current;
    const rank = component === undefined ? -1 : component.next++;
    const known = component?.slots[rank];
    if (known?.kind === kind) return { slot: known as Extract<Slot, { kind: K }>, isFirst: false };
    const slot = make();
    if (component) component.slots[rank] = slot;
    return { slot, isFirst: true };
  }

  #called(value: unknown, ...given: unknown[]): unknown {
    return typeof value === 'function' && !this.#world.isOutside(value) ? (value as Callable)(...given) : value;
  }

  readonly useState = (initial?: unknown): unknown => this.#state(() => this.#called(initial), (value, next) => this.#called(next, value));

  readonly useReducer = (reducer: unknown, initial?: unknown, make?: unknown): unknown =>
    this.#state(() => (make === undefined ? initial : (make as Callable)(initial)), (value, action) => (reducer as Callable)(value, action));

  #state(initial: () => unknown, next: (value: unknown, given: unknown) => unknown): unknown {
    const component = this.#current;
    const { slot } = this.#slot('state', () => {
      const cell = new StateCell(initial());
      this.#world.born(cell);
      const change = (given: unknown): void => this.#change(cell, next(cell.state, given), component);
      this.#cells.set(change, cell);
      return { kind: 'state', cell, change };
    });
    const { cell, change } = slot;
    if (cell.shown.length === 0 || !Object.is(cell.shown.at(-1)!.value, cell.state)) cell.shown.push({ value: cell.state, since: this.#world.moment() });
    const shown = [cell.state, change];
    this.#world.born(shown);
    return shown;
  }

  #change(cell: StateCell, value: unknown, component: Component | undefined): void {
    if (this.#same(cell.state, value)) return;
    cell.state = value;
    if (!component || component.isWaiting) return;
    component.isWaiting = true;
    this.#world.later(() => {
      component.isWaiting = false;
      if (component.renders < mostRenders) component.run();
      else this.#world.overrun();
    });
  }

  /** Whether an object is what `useRef` gave: what is rendered puts something into it. */
  isRef(object: object): boolean {
    return this.#refs.has(object);
  }

  readonly useRef = (initial?: unknown): object => this.#slot('ref', () => {
    const ref = { current: initial };
    this.#world.born(ref);
    this.#refs.add(ref);
    return { kind: 'ref', ref };
  }).slot.ref;

  readonly useMemo = (make: unknown, dependencies?: Dependencies): unknown => this.#memo(() => this.#called(make), dependencies);

  readonly useCallback = (callback: unknown, dependencies?: Dependencies): unknown => {
    const kept = this.#memo(() => callback, dependencies);
    if (kept !== callback) this.#kept.set(callback, kept);
    return kept;
  };

  #memo(make: () => unknown, dependencies: Dependencies): unknown {
    const { slot, isFirst } = this.#slot('memo', () => ({ kind: 'memo', value: make(), dependencies }));
    if (!isFirst && !this.#areSame(slot.dependencies, dependencies)) {
      slot.value = make();
      slot.dependencies = dependencies;
    }
    return slot.value;
  }

  readonly useEffect = (effect: unknown, dependencies?: Dependencies): void => {
    const component = this.#current;
    const { slot, isFirst } = this.#slot('effect', () => ({ kind: 'effect', dependencies, cleanup: undefined }));
    if (!component || (!isFirst && this.#areSame(slot.dependencies, dependencies))) return;
    slot.dependencies = dependencies;
    component.effects.push(() => {
      this.#called(slot.cleanup);
      slot.cleanup = this.#called(effect);
    });
  };

  /** What an event handler that is no dependency of any effect calls: always the latest. */
  readonly useEffectEvent = (callback: unknown): unknown => callback;

  #areSame(before: Dependencies, now: Dependencies): boolean {
    return before !== undefined && now !== undefined && before.length === now.length && before.every((value, index) => this.#same(value, now[index]));
  }

  #same(a: unknown, b: unknown): boolean {
    return Object.is(a, b) || (this.#world.isOutside(a) && this.#world.isOutside(b) && this.#world.labelOf(a) === this.#world.labelOf(b));
  }
}

import type { ValueOf } from '../explore/execution.js';
import type { Footprint } from '../explore/footprint.js';
import { Action, type Effect } from './action.js';
import type { Slot } from './memory.js';
import type { ElementType, ElementValue, ModifyOperator, SharedOp } from './operations.js';
import type { Places } from './places.js';
import type { StoreBuffer } from './store-buffer.js';
import type { UndoLog } from './undo-log.js';

type Op<K extends SharedOp['kind']> = Extract<SharedOp, { readonly kind: K }>;

/** What actions on memory act on. */
export interface MemoryContext {
  readonly log: UndoLog;
  readonly places: Places;
  /** The agent's store buffer, if plain stores go there. */
  readonly buffer: StoreBuffer | undefined;
  /** Id of the event that is being fired. */
  readonly event: string;
}

abstract class Access extends Action {
  protected readonly context: MemoryContext;
  readonly slot: Slot;
  touched: Footprint;

  constructor(op: SharedOp, context: MemoryContext, slot: Slot) {
    super(op);
    this.context = context;
    this.slot = slot;
    this.touched = context.places.nothing;
  }

  protected effectOf(kind: Effect['kind'], isAtomic: boolean, before?: unknown, after?: unknown): Effect {
    const { slot } = this;
    return {
      kind, resource: slot.name, isAtomic, bytes: { buffer: slot.cell.buffer, offset: slot.cell.offset, size: slot.size },
      ...(before !== undefined && { before: text(before) }), ...(after !== undefined && { after: text(after) }),
    };
  }

  protected write(value: ElementValue): void {
    const { log, places } = this.context;
    log.changed(this.slot, this.slot.get());
    this.slot.set(value);
    this.touched = this.slot.written(places);
  }
}

export class Load extends Access {
  override readonly isFence: boolean;
  override readonly isPlain: boolean;
  readonly #isAtomic: boolean;

  /** `isFence`: it overlaps a buffered store of another size, and has to wait until that has reached memory, as processors do. */
  constructor(op: Op<'load'>, context: MemoryContext, slot: Slot, isFence: boolean) {
    super(op, context, slot);
    this.#isAtomic = op.isAtomic;
    this.isPlain = !op.isAtomic;
    this.isFence = op.isAtomic || isFence;
  }

  override get declared(): Footprint | undefined {
    return this.context.buffer === undefined ? this.slot.read(this.context.places) : undefined;
  }

  describe(task: string): string {
    return `${task} reads ${this.slot.name}`;
  }

  perform(): unknown {
    const { buffer, places } = this.context;
    if (buffer === undefined || this.isFence) {
      this.touched = this.slot.read(places);
      return this.slot.get();
    }
    const own = buffer.newest(this.slot);
    this.touched = own === undefined ? this.slot.read(places) : buffer.ownPlace(this.slot).read;
    return own === undefined ? this.slot.get() : own.value;
  }

  effect(result: unknown): Effect {
    return this.effectOf('read', this.#isAtomic, undefined, result);
  }
}

export class Store extends Access {
  override readonly isFence: boolean;
  override readonly isPlain: boolean;
  readonly #value: ElementValue;
  readonly #isAtomic: boolean;

  constructor(op: Op<'store'>, context: MemoryContext, slot: Slot) {
    super(op, context, slot);
    this.#value = op.value;
    this.#isAtomic = op.isAtomic;
    this.isFence = op.isAtomic;
    this.isPlain = !op.isAtomic;
  }

  override get writes(): Slot {
    return this.slot;
  }

  describe(task: string): string {
    return `${task}: ${this.slot.name} = ${text(this.#value)}`;
  }

  get isBuffered(): boolean {
    return !this.#isAtomic && this.context.buffer !== undefined;
  }

  override get declared(): Footprint {
    return this.isBuffered ? this.context.places.nothing : this.slot.writes(this.context.places);
  }

  perform(): unknown {
    this.before = this.slot.get();
    if (this.isBuffered) {
      this.context.buffer!.push(this.slot, this.#value, this.context.event, this.op.site);
      this.touched = this.context.places.nothing;
    } else {
      this.write(this.#value);
    }
    return undefined;
  }

  effect(_result: unknown, before: unknown): Effect {
    return this.effectOf('write', this.#isAtomic, before, this.#value);
  }
}

/** Atomics.add, sub, and, or, xor, exchange. */
export class Modify extends Access {
  readonly #operator: ModifyOperator;
  readonly #value: ElementValue;

  constructor(op: Op<'modify'>, context: MemoryContext, slot: Slot) {
    super(op, context, slot);
    this.#operator = op.operator;
    this.#value = op.value;
  }

  override get writes(): Slot {
    return this.slot;
  }

  describe(task: string): string {
    return `${task}: ${symbols[this.#operator](this.slot.name, text(this.#value))}`;
  }

  override get declared(): Footprint {
    return this.slot.writes(this.context.places);
  }

  perform(): unknown {
    const before = this.slot.get();
    this.write(modified(this.slot.type, this.#operator, before, this.#value));
    return before;
  }

  effect(result: unknown): Effect {
    return this.effectOf('update', true, result, modified(this.slot.type, this.#operator, result as ElementValue, this.#value));
  }
}

/** Atomics.compareExchange: a read if it fails. */
export class CompareExchange extends Access {
  readonly #expected: ElementValue;
  readonly #replacement: ElementValue;

  constructor(op: Op<'compare-exchange'>, context: MemoryContext, slot: Slot) {
    super(op, context, slot);
    this.#expected = inType(slot.type, op.expected);
    this.#replacement = op.replacement;
  }

  override get writes(): Slot {
    return this.slot;
  }

  describe(task: string): string {
    return `${task} compares ${this.slot.name} with ${text(this.#expected)}, exchanges it for ${text(this.#replacement)}`;
  }

  override get declared(): Footprint {
    return this.#touching(this.slot.get());
  }

  override footprintAt(valueOf: ValueOf): Footprint {
    return this.#touching(this.slot.valueWhere(valueOf));
  }

  #touching(value: ElementValue): Footprint {
    const { places } = this.context;
    return value === this.#expected ? this.slot.writes(places) : this.slot.read(places);
  }

  perform(): unknown {
    const before = this.slot.get();
    if (before === this.#expected) this.write(this.#replacement);
    else this.touched = this.slot.read(this.context.places);
    return before;
  }

  effect(result: unknown): Effect {
    return result === this.#expected ? this.effectOf('update', true, result, this.#replacement) : this.effectOf('read', true, undefined, result);
  }
}

const symbols: Readonly<Record<ModifyOperator, (name: string, value: string) => string>> = {
  add: (name, value) => `${name} += ${value}`, sub: (name, value) => `${name} -= ${value}`, and: (name, value) => `${name} &= ${value}`,
  or: (name, value) => `${name} |= ${value}`, xor: (name, value) => `${name} ^= ${value}`, exchange: (name, value) => `exchanges ${name} for ${value}`,
};

/** The element's value after the operation, as its type holds it (ECMA-262, 25.4.1.2 and following). */
function modified(type: ElementType, operator: ModifyOperator, before: ElementValue, value: ElementValue): ElementValue {
  return inType(type, computed(operator, before as never, value as never));
}

function computed(operator: ModifyOperator, before: number, value: number): ElementValue {
  switch (operator) {
    case 'add': return before + value;
    case 'sub': return before - value;
    case 'and': return before & value;
    case 'or': return before | value;
    case 'xor': return before ^ value;
    case 'exchange': return value;
  }
}

const converters: Readonly<Record<ElementType, Record<number, ElementValue>>> = {
  Int8: new Int8Array(1), Uint8: new Uint8Array(1), Uint8Clamped: new Uint8ClampedArray(1), Int16: new Int16Array(1), Uint16: new Uint16Array(1), Int32: new Int32Array(1), Uint32: new Uint32Array(1),
  Float32: new Float32Array(1), Float64: new Float64Array(1), BigInt64: new BigInt64Array(1) as unknown as Record<number, ElementValue>, BigUint64: new BigUint64Array(1) as unknown as Record<number, ElementValue>,
};

/** What an element of the type holds once the value is stored. */
export function inType(type: ElementType, value: ElementValue): ElementValue {
  const converter = converters[type];
  converter[0] = value;
  return converter[0];
}

export function text(value: unknown): string {
  return typeof value === 'bigint' ? `${value}n` : Object.is(value, -0) ? '-0' : String(value);
}

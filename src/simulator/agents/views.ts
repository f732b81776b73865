import { elementSize, isBigInt, nativeConstructors, nativeLength, toElement, type NativeArray } from './elements.js';
import type { Cell, ElementType, ElementValue } from './operations.js';
import type { SharedBuffer } from './shared-buffer.js';
import type { Named } from './shared-names.js';

const views = new WeakMap<object, View>();

/** The simulator's side of a typed array over shared memory; undefined for every other value. */
export function viewOf(value: unknown): View | undefined {
  return typeof value === 'object' && value !== null ? views.get(value) : undefined;
}

/**
 * A typed array over shared memory: the integer-indexed exotic object of ECMA-262 (10.4.5), with an operation for every access to an
 * element. It is a proxy over a native typed array of the same shape over memory that nobody uses: that one holds the properties a
 * program adds, and knows what is an index, which indices there are, and what may be done to them.
 */
export class View implements ProxyHandler<NativeArray>, Named {
  readonly type: ElementType;
  readonly size: number;
  readonly buffer: SharedBuffer;
  readonly byteOffset: number;
  /** The shape. */
  readonly target: NativeArray;
  /** What the program sees. */
  readonly object: NativeArray;
  /** Its length follows the buffer's. */
  readonly isTracking: boolean;
  #sourceName: string | undefined;
  #length: number;

  /** `target`: a native array over `buffer.shape`, made with the program's `new.target`. */
  constructor(type: ElementType, buffer: SharedBuffer, target: NativeArray, isTracking: boolean) {
    this.type = type;
    this.size = elementSize(type);
    this.buffer = buffer;
    this.target = target;
    this.byteOffset = shapeOffset(target);
    this.isTracking = isTracking;
    this.#length = nativeLength(target);
    this.object = new Proxy(target, this);
    views.set(this.object, this);
    buffer.access.names.register(this.object, this);
    buffer.access.noteElements(buffer.identity, this.size);
  }

  get name(): string {
    return this.#sourceName ?? this.buffer.name;
  }

  set name(name: string) {
    this.#sourceName = name;
  }

  get length(): number {
    if (this.isTracking) {
      this.buffer.byteLength();
      this.#length = nativeLength(this.target);
    }
    return this.#length;
  }

  cell(index: number): Cell {
    return this.buffer.cell(this.type, this.byteOffset + index * this.size, this.#sourceName === undefined ? undefined : `${this.#sourceName}[${index}]`);
  }

  load(index: number): ElementValue {
    const { access } = this.buffer;
    return access.perform({ kind: 'load', site: access.site, cell: this.cell(index), isAtomic: false }) as ElementValue;
  }

  /** `value` as `convert` gives it. */
  store(index: number, value: ElementValue): void {
    const { access } = this.buffer;
    access.perform({ kind: 'store', site: access.site, cell: this.cell(index), value, isAtomic: false });
  }

  convert(value: unknown): ElementValue {
    return toElement(this.type, value);
  }

  /** All elements, read in ascending order, in a native array that only the engine's code sees. */
  snapshot(length = this.length): NativeArray {
    const copy = new nativeConstructors[this.type](length);
    for (let index = 0; index < length; index++) copy[index] = this.load(index) as never;
    return copy;
  }

  /** The element that a property key means, or -1. */
  #indexOf(key: string | symbol): number {
    if (typeof key === 'symbol' || key.charCodeAt(0) > 57) return -1;
    const index = Number(key);
    if (!Number.isInteger(index) || index < 0 || String(index) !== key) return -1;
    // A buffer never shrinks: what was an element stays one.
    return index < this.#length || (this.isTracking && index < this.length) ? index : -1;
  }

  // [[Get]] and its like. Keys that are no element are the native array's business.

  get(target: NativeArray, key: string | symbol, receiver: unknown): unknown {
    const index = this.#indexOf(key);
    return index === -1 ? (Reflect.get(target, key, receiver) as unknown) : this.load(index);
  }

  set(target: NativeArray, key: string | symbol, value: unknown, receiver: unknown): boolean {
    if (receiver !== this.object) return Reflect.set(target, key, value, receiver);
    const index = this.#indexOf(key);
    if (index !== -1) {
      this.store(index, this.convert(value));
      return true;
    }
    // As its own receiver the native array still converts what is stored behind its end.
    return Reflect.set(target, key, value, isNumeric(key) ? target : receiver);
  }

  has(target: NativeArray, key: string | symbol): boolean {
    return this.#indexOf(key) !== -1 || Reflect.has(target, key);
  }

  getOwnPropertyDescriptor(target: NativeArray, key: string | symbol): PropertyDescriptor | undefined {
    const index = this.#indexOf(key);
    return index === -1 ? Reflect.getOwnPropertyDescriptor(target, key) : { value: this.load(index), writable: true, enumerable: true, configurable: true };
  }

  defineProperty(target: NativeArray, key: string | symbol, descriptor: PropertyDescriptor): boolean {
    const index = this.#indexOf(key);
    if (index === -1 || !('value' in descriptor)) return Reflect.defineProperty(target, key, descriptor);
    const isAllowed = Reflect.defineProperty(target, key, { ...descriptor, value: isBigInt(this.type) ? 0n : 0 });
    if (isAllowed) this.store(index, this.convert(descriptor.value));
    return isAllowed;
  }

  deleteProperty(target: NativeArray, key: string | symbol): boolean {
    return this.#indexOf(key) === -1 && Reflect.deleteProperty(target, key);
  }

  ownKeys(target: NativeArray): (string | symbol)[] {
    if (this.isTracking) this.buffer.byteLength();
    return Reflect.ownKeys(target);
  }
}

/** CanonicalNumericIndexString (7.1.21) */
function isNumeric(key: string | symbol): boolean {
  return typeof key === 'string' && (key === '-0' || String(Number(key)) === key);
}

const byteOffsetOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Int32Array.prototype) as object, 'byteOffset')!.get!;

function shapeOffset(array: NativeArray): number {
  return Reflect.apply(byteOffsetOf, array, []) as number;
}

import { clampIndex, elementSize, speciesConstructor, toIndex } from './elements.js';
import type { Cell, ElementType, ElementValue } from './operations.js';
import type { SharedAccess } from './shared-access.js';

/** Bytes beyond which a buffer is refused, as an engine does that has no memory left. */
const mostBytes = 250_000_000;

/** What identifies shared memory, and makes it in another agent. */
export interface BufferPlan {
  readonly identity: string;
  /** When it was made. */
  readonly byteLength: number;
  readonly maxByteLength?: number | undefined;
}

/** What a `SharedArrayBuffer` is for the simulator. */
export class SharedBuffer {
  readonly identity: string;
  readonly access: SharedAccess;
  name: string;
  /** A native buffer of the same size that nobody stores anything in: the engine's own code checks lengths and offsets against it. */
  readonly shape: ArrayBuffer;
  readonly initialLength: number;
  /** What the program sees. */
  object!: object;

  constructor(access: SharedAccess, identity: string, shape: ArrayBuffer) {
    this.access = access;
    this.identity = identity;
    this.name = identity;
    this.shape = shape;
    this.initialLength = shape.byteLength;
  }

  get isGrowable(): boolean {
    return (this.shape as Resizable).resizable === true;
  }

  get maxByteLength(): number {
    return this.isGrowable ? (this.shape as Resizable).maxByteLength : this.initialLength;
  }

  /** Its length now: that of a growable buffer is shared too, and so is read as an operation. */
  byteLength(): number {
    if (!this.isGrowable) return this.initialLength;
    this.#learnLength(this.initialLength + Number(this.access.perform({ kind: 'load', site: this.access.site, cell: this.#growth, isAtomic: true })));
    return this.shape.byteLength;
  }

  /** SharedArrayBuffer.prototype.grow (ECMA-262, 25.2.5.3), steps 5 to 8: a read and a compare-exchange, as often as it takes. */
  grow(length: number): void {
    for (let now = this.byteLength(); now !== length; now = this.shape.byteLength) {
      if (length < now || length > this.maxByteLength) throw new RangeError('SharedArrayBuffer.prototype.grow: Invalid length parameter');
      const before = this.access.perform({ kind: 'compare-exchange', site: this.access.site, cell: this.#growth, expected: now - this.initialLength, replacement: length - this.initialLength });
      this.#learnLength(before === now - this.initialLength ? length : this.initialLength + Number(before));
    }
  }

  /** The bytes that it has gained: memory starts as zeros, and this cell too. */
  get #growth(): Cell {
    return { buffer: `${this.identity} growth`, offset: 0, type: 'Uint32', name: `growth of ${this.name}` };
  }

  /** How to make it in another agent. */
  get plan(): BufferPlan {
    return { identity: this.identity, byteLength: this.initialLength, ...(this.isGrowable && { maxByteLength: this.maxByteLength }) };
  }

  #learnLength(length: number): void {
    if (length > this.shape.byteLength) (this.shape as Resizable).resize(length);
  }

  /** A plain read of the element at `offset`, in bytes. */
  load(type: ElementType, offset: number, name = this.#nameOf(type, offset)): ElementValue {
    return this.access.perform({ kind: 'load', site: this.access.site, cell: this.cell(type, offset, name), isAtomic: false }) as ElementValue;
  }

  /** A plain write of what an element of `type` can hold. */
  store(type: ElementType, offset: number, value: ElementValue, name = this.#nameOf(type, offset)): void {
    this.access.perform({ kind: 'store', site: this.access.site, cell: this.cell(type, offset, name), value, isAtomic: false });
  }

  cell(type: ElementType, offset: number, name = this.#nameOf(type, offset)): Cell {
    return { buffer: this.identity, offset, type, name };
  }

  /** For a view that the source gives no name: `Int32 buffer 1[3]`. */
  #nameOf(type: ElementType, offset: number): string {
    const index = offset / elementSize(type);
    return Number.isInteger(index) ? `${type} ${this.name}[${index}]` : `${type} ${this.name}+${offset}`;
  }
}

type Resizable = ArrayBuffer & { readonly resizable?: boolean; readonly maxByteLength: number; resize(length: number): void };
const NativeArrayBuffer = ArrayBuffer as unknown as new (length?: unknown, options?: unknown) => ArrayBuffer;

const buffers = new WeakMap<object, SharedBuffer>();

/** The simulator's side of a `SharedArrayBuffer`; undefined for every other value. */
export function sharedBufferOf(value: unknown): SharedBuffer | undefined {
  return typeof value === 'object' && value !== null ? buffers.get(value) : undefined;
}

function requireBuffer(value: unknown, method: string): SharedBuffer {
  const buffer = sharedBufferOf(value);
  if (!buffer) throw new TypeError(`Method SharedArrayBuffer.prototype.${method} called on incompatible receiver ${typeof value}`);
  return buffer;
}

export type SharedArrayBufferClass = new (length?: unknown, options?: unknown) => object;

/** `SharedArrayBuffer` of one agent. */
export function createSharedArrayBuffer(access: SharedAccess): SharedArrayBufferClass {
  const Class = class SharedArrayBuffer {
    constructor(length?: unknown, options?: unknown) {
      bind(this, new SharedBuffer(access, access.identify('buffer'), shapeOf(length, options)));
    }

    static get [Symbol.species](): unknown {
      return this;
    }

    get byteLength(): number {
      return requireBuffer(this, 'byteLength').byteLength();
    }

    get growable(): boolean {
      return requireBuffer(this, 'growable').isGrowable;
    }

    get maxByteLength(): number {
      return requireBuffer(this, 'maxByteLength').maxByteLength;
    }

    grow(length: unknown): void {
      const buffer = requireBuffer(this, 'grow');
      if (!buffer.isGrowable) throw new TypeError('Method SharedArrayBuffer.prototype.grow called on incompatible receiver #<SharedArrayBuffer>');
      buffer.grow(toIndex(length));
    }

    slice(start: unknown, end: unknown): object {
      return slice(requireBuffer(this, 'slice'), speciesOf(this, Class), start, end);
    }
  };
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: 'SharedArrayBuffer', configurable: true });
  // A bundler may rename classes that are called like globals.
  Object.defineProperties(Class, { name: { value: 'SharedArrayBuffer', configurable: true }, length: { value: 1, configurable: true } });
  return Class;
}

/** The same memory in another agent, or a message's copy of the object in this one. */
export function adoptBuffer(access: SharedAccess, Class: SharedArrayBufferClass, like: BufferPlan): object {
  const options = like.maxByteLength === undefined ? undefined : { maxByteLength: like.maxByteLength };
  const object = Object.create(Class.prototype as object) as object;
  bind(object, new SharedBuffer(access, like.identity, new NativeArrayBuffer(like.byteLength, options)));
  return object;
}

function bind(object: object, buffer: SharedBuffer): void {
  buffers.set(object, buffer);
  buffer.object = object;
  buffer.access.names.register(object, buffer);
}

function shapeOf(length: unknown, options: unknown): ArrayBuffer {
  const shape = new NativeArrayBuffer(length, options);
  if (shape.byteLength > mostBytes) throw new RangeError('Array buffer allocation failed');
  return shape;
}

/** SharedArrayBuffer.prototype.slice (25.2.5.6). Bytes are copied by words where they are aligned: what a copy may tear is open. */
function slice(from: SharedBuffer, species: SharedArrayBufferClass, start: unknown, end: unknown): object {
  const length = from.byteLength();
  const first = clampIndex(start, length, 0);
  const count = Math.max(clampIndex(end, length, length) - first, 0);
  const made = new species(count);
  const to = requireBuffer(made, 'slice');
  if (to.identity === from.identity) throw new TypeError('ArrayBuffer subclass returned this from species constructor');
  if (to.byteLength() < count) throw new TypeError('Species constructor returned a too small array buffer');
  copyBytes(from, first, to, count);
  return made;
}

function copyBytes(from: SharedBuffer, first: number, to: SharedBuffer, count: number): void {
  for (let at = 0; at < count;) {
    const isWord = (first + at) % 4 === 0 && at % 4 === 0 && count - at >= 4;
    const [type, size] = isWord ? (['Int32', 4] as const) : (['Uint8', 1] as const);
    to.store(type, at, from.load(type, first + at));
    at += size;
  }
}

function speciesOf(object: object, otherwise: SharedArrayBufferClass): SharedArrayBufferClass {
  return speciesConstructor(object, otherwise) as SharedArrayBufferClass;
}

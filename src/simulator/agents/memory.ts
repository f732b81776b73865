import type { Cell, ElementType, ElementValue } from './operations.js';
import type { Place, Places } from './places.js';
import type { Restorable } from './undo-log.js';
import type { Footprint } from '../explore/footprint.js';

/** Bytes of an element. */
export const sizeOf: Readonly<Record<ElementType, number>> = { Int8: 1, Uint8: 1, Uint8Clamped: 1, Int16: 2, Uint16: 2, Int32: 4, Uint32: 4, Float32: 4, Float64: 8, BigInt64: 8, BigUint64: 8 };

type Elements = Record<number, ElementValue>;
const views = {
  Int8: Int8Array, Uint8: Uint8Array, Uint8Clamped: Uint8ClampedArray, Int16: Int16Array, Uint16: Uint16Array, Int32: Int32Array, Uint32: Uint32Array,
  Float32: Float32Array, Float64: Float64Array, BigInt64: BigInt64Array, BigUint64: BigUint64Array,
} as const;

/** What the units of a buffer are read as, for guards. */
const unitTypes: Readonly<Record<number, ElementType>> = { 1: 'Uint8', 2: 'Uint16', 4: 'Int32', 8: 'BigInt64' };

/**
 * Shared memory: real bytes, so elements of all types see one another as ECMA-262 says (GetValueFromBuffer, SetValueInBuffer).
 * A buffer is made of *units*, the locations that the explorer knows: as large as the smallest elements that are used in it when
 * the first footprint is asked for. An element of another size touches all the units that it overlaps.
 */
export class SharedMemory {
  readonly #places: Places;
  readonly #buffers = new Map<string, SharedBuffer>();
  readonly #slots = new Map<string, Slot>();

  constructor(places: Places) {
    this.#places = places;
  }

  slot(cell: Cell): Slot {
    const name = `${cell.buffer}:${cell.offset}:${cell.type}`;
    let slot = this.#slots.get(name);
    if (slot === undefined) {
      this.noteElements(cell.buffer, sizeOf[cell.type]);
      this.#slots.set(name, (slot = new Slot(this.#buffer(cell.buffer), cell)));
    }
    return slot;
  }

  noteElements(buffer: string, bytes: number): void {
    this.#buffer(buffer).noteElements(bytes);
  }

  #buffer(name: string): SharedBuffer {
    let buffer = this.#buffers.get(name);
    if (buffer === undefined) this.#buffers.set(name, (buffer = new SharedBuffer(this.#places, name)));
    return buffer;
  }

  /** Elements of several sizes are used in the same bytes. */
  get hasMixedSizes(): boolean {
    for (const buffer of this.#buffers.values()) if (buffer.hasMixedSizes) return true;
    return false;
  }

  /** Set-up is over: what guards are told of places that no event has written. */
  keepInitial(): void {
    for (const buffer of this.#buffers.values()) buffer.keepInitial();
  }
}

class SharedBuffer {
  readonly #places: Places;
  readonly #name: string;
  #bytes = new ArrayBuffer(256);
  #initial = new ArrayBuffer(0);
  readonly #slots: Slot[] = [];
  hasMixedSizes = false;
  #unit = 8;
  isUnitFixed = false;

  constructor(places: Places, name: string) {
    this.#places = places;
    this.#name = name;
  }

  get bytes(): ArrayBuffer {
    return this.#bytes;
  }

  /** Size of a unit, from now on for good. */
  get unit(): number {
    this.isUnitFixed = true;
    return this.#unit;
  }

  noteElements(size: number): void {
    if (!this.isUnitFixed && size < this.#unit) this.#unit = size;
  }

  place(unit: number): Place {
    return this.#places.of(`${this.#name}@${unit * this.unit}`);
  }

  /** There is memory of the slot from now on; it holds zeros at first. */
  add(slot: Slot, end: number): void {
    this.hasMixedSizes ||= this.#slots.some((other) => other.overlaps(slot) && (other.size !== slot.size || other.cell.offset !== slot.cell.offset));
    this.#slots.push(slot);
    if (end <= this.#bytes.byteLength) return;
    const bytes = new ArrayBuffer(Math.ceil((end * 2) / 8) * 8);
    new Uint8Array(bytes).set(new Uint8Array(this.#bytes));
    this.#bytes = bytes;
    for (const other of this.#slots) other.bind();
  }

  keepInitial(): void {
    this.#initial = this.#bytes.slice(0);
  }

  /** A unit as it is now, as guards are told of it. */
  unitValue(unit: number): ElementValue {
    return readUnit(this.#bytes, unit * this.unit, this.unit);
  }

  initialUnit(unit: number): ElementValue {
    return (unit + 1) * this.unit <= this.#initial.byteLength ? readUnit(this.#initial, unit * this.unit, this.unit) : this.unit === 8 ? 0n : 0;
  }
}

/** One element of shared memory: how it is read and written, and what that touches. */
export class Slot implements Restorable {
  readonly cell: Cell;
  readonly type: ElementType;
  readonly name: string;
  readonly size: number;
  readonly isBigInt: boolean;
  /** The last end of an execution that has looked at it. */
  countedBy = 0;
  readonly #buffer: SharedBuffer;
  #view: Elements | undefined;
  #index = 0;
  #data: DataView | undefined;
  #places: readonly Place[] | undefined;
  #isExact = false;
  #read: Footprint | undefined;
  #writes: Footprint | undefined;

  constructor(buffer: SharedBuffer, cell: Cell) {
    this.#buffer = buffer;
    this.cell = cell;
    this.type = cell.type;
    this.name = cell.name;
    this.size = sizeOf[cell.type];
    this.isBigInt = cell.type.startsWith('Big');
    buffer.add(this, cell.offset + this.size);
    this.bind();
  }

  /** The buffer's bytes have moved. */
  bind(): void {
    const { bytes } = this.#buffer;
    if (this.cell.offset % this.size === 0) {
      this.#index = this.cell.offset / this.size;
      this.#view = new views[this.type](bytes) as unknown as Elements;
    } else {
      this.#data = new DataView(bytes);
    }
  }

  get(): ElementValue {
    return this.#view !== undefined ? this.#view[this.#index]! : readData(this.#data!, this.cell.offset, this.type);
  }

  set(value: ElementValue): void {
    if (this.#view !== undefined) this.#view[this.#index] = value;
    else writeData(this.#data!, this.cell.offset, this.type, value);
  }

  restore(value: unknown): void {
    this.set(value as ElementValue);
  }

  overlaps(other: Slot): boolean {
    return this.cell.buffer === other.cell.buffer && this.cell.offset < other.cell.offset + other.size && other.cell.offset < this.cell.offset + this.size;
  }

  /** The locations that it lies in. */
  get places(): readonly Place[] {
    if (this.#places !== undefined) return this.#places;
    const { unit } = this.#buffer;
    const first = Math.floor(this.cell.offset / unit);
    const last = Math.floor((this.cell.offset + this.size - 1) / unit);
    this.#isExact = first === last && unit === this.size;
    return (this.#places = Array.from({ length: last - first + 1 }, (_, rank) => this.#buffer.place(first + rank)));
  }

  read(places: Places): Footprint {
    return (this.#read ??= this.places.length === 1 ? this.places[0]!.read : places.footprint(this.places.map(({ key }) => key), []));
  }

  /** What any write touches. */
  writes(places: Places): Footprint {
    return (this.#writes ??= places.footprint([], this.places.map(({ key }) => key)));
  }

  /** What a write touches that has just been done. */
  written(places: Places): Footprint {
    const touched = this.places;
    const first = this.#firstUnit();
    if (touched.length === 1) return touched[0]!.write(this.#isExact && this.type === 'Int32' ? this.get() : this.#buffer.unitValue(first));
    return places.footprint([], touched.map(({ key }) => key), touched.map((_, rank) => this.#buffer.unitValue(first + rank)));
  }

  /** The element's value where units have the values that `valueOf` gives. */
  valueWhere(valueOf: (key: number) => unknown): ElementValue {
    const { unit } = this.#buffer;
    const first = this.#firstUnit();
    const bytes = new DataView(new ArrayBuffer(this.places.length * unit));
    this.places.forEach(({ key }, rank) => writeData(bytes, rank * unit, unitTypes[unit]!, (valueOf(key) ?? this.#buffer.initialUnit(first + rank)) as ElementValue));
    return readData(bytes, this.cell.offset - first * unit, this.type);
  }

  #firstUnit(): number {
    return Math.floor(this.cell.offset / this.#buffer.unit);
  }
}

function readUnit(bytes: ArrayBuffer, offset: number, unit: number): ElementValue {
  return readData(new DataView(bytes), offset, unitTypes[unit]!);
}

/** All machines that run JavaScript engines today are little-endian; DataView's other order is the caller's business. */
function readData(data: DataView, offset: number, type: ElementType): ElementValue {
  return type === 'Int8' || type === 'Uint8' ? data[`get${type}`](offset) : type === 'Uint8Clamped' ? data.getUint8(offset) : data[`get${type}`](offset, true);
}

function writeData(data: DataView, offset: number, type: ElementType, value: ElementValue): void {
  if (type === 'Uint8Clamped') new Uint8ClampedArray(data.buffer, data.byteOffset + offset, 1)[0] = value as number;
  else (data[`set${type}`] as (offset: number, value: ElementValue, isLittleEndian: boolean) => void).call(data, offset, value, true);
}

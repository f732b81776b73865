import { DOMException, nodeError } from '../events/errors.js';
import { brandOf, bufferOf, typedArrayName } from './brands.js';
import type { CloneRealm, CloneRecord, Encoded, ForeignView, MovedKind, ObjectRecord } from './record.js';

/**
 * StructuredSerializeWithTransfer (HTML, 2.7.6): writes a value down, and detaches what is transferred. Wording and order of errors are those
 * of Node 20.
 *
 * @throws DOMException `DataCloneError`.
 */
export function serialise(value: unknown, transfer: readonly unknown[], realm: CloneRealm): CloneRecord {
  const writer = new Writer(transfer, realm);
  const encoded = writer.encode(value);
  return writer.finish(encoded);
}

export function dataCloneError(message: string): Error {
  return new DOMException(message, 'DataCloneError');
}

class Writer {
  readonly #transfer: readonly object[];
  readonly #realm: CloneRealm;
  readonly #places = new Map<object, number>();
  readonly #objects: ObjectRecord[] = [];

  constructor(transfer: readonly unknown[], realm: CloneRealm) {
    this.#realm = realm;
    this.#transfer = transfer.map((item) => this.#transferable(item));
    transfer.forEach((item, index) => {
      if (transfer.indexOf(item) !== index) throw dataCloneError(`Transfer list contains duplicate ${this.#kindOf(item)?.name ?? 'ArrayBuffer'}`);
    });
  }

  #transferable(item: unknown): object {
    if (this.#kindOf(item)?.isTransferred || (isObject(item) && brandOf(item) === 'buffer')) return item as object;
    throw nodeError(TypeError, 'ERR_INVALID_TRANSFER_OBJECT', 'Found invalid object in transferList');
  }

  #kindOf(value: unknown): MovedKind | undefined {
    return this.#realm.kinds.find((kind) => kind.is(value));
  }

  /** Only now is anything taken from the sender: what could fail has been done. */
  finish(value: Encoded): CloneRecord {
    const transferred = this.#transfer.flatMap((item) => this.#give(item));
    return { value, objects: this.#objects, transferred };
  }

  /** Node overlooks a detached buffer in the list if the message does not hold it. */
  #give(item: object): number | [] {
    if (!this.#places.has(item) && !this.#kindOf(item) && isDetached(item as ArrayBuffer)) return [];
    const kind = this.#kindOf(item);
    const place = this.#places.get(item) ?? this.#place(item, undefined);
    if (kind) this.#objects[place] = { kind: 'moved', by: kind.name, plan: kind.plan(item) };
    else {
      this.#objects[place] ??= bufferRecord(item as ArrayBuffer);
      detach(item as ArrayBuffer);
    }
    return place;
  }

  encode(value: unknown): Encoded {
    if (typeof value === 'symbol') throw dataCloneError(`${String(value)} could not be cloned.`);
    if (!isObject(value)) return encodePrimitive(value);
    const known = this.#places.get(value);
    return { object: known ?? this.#write(value) };
  }

  #place(object: object, record: ObjectRecord | undefined): number {
    const place = this.#objects.length;
    this.#places.set(object, place);
    this.#objects.push(record as ObjectRecord);
    return place;
  }

  #write(value: object): number {
    const kind = this.#kindOf(value);
    if (kind) return this.#writeMoved(value, kind);
    if (typeof value === 'function') throw dataCloneError(`${value.name || 'function'} could not be cloned.`);
    const view = this.#realm.viewOf?.(value);
    if (view) return this.#writeForeignView(value, view);
    switch (brandOf(value)) {
      case 'array': return this.#withEntries(value, { kind: 'array', length: (value as unknown[]).length, entries: [] });
      case 'map': return this.#writeMap(value as Map<unknown, unknown>);
      case 'set': return this.#writeSet(value as Set<unknown>);
      case 'date': return this.#place(value, { kind: 'date', time: encodePrimitive(Date.prototype.getTime.call(value)) });
      case 'regexp': return this.#place(value, { kind: 'regexp', source: (value as RegExp).source, flags: (value as RegExp).flags });
      case 'boxed': return this.#place(value, { kind: 'boxed', value: encodePrimitive(unboxed(value)) });
      case 'error': return this.#writeError(value as Error);
      case 'buffer': return this.#writeBuffer(value as ArrayBuffer);
      case 'view': return this.#writeView(value as ArrayBufferView & { readonly length?: number });
      case 'refused': throw dataCloneError(`#<${Object.prototype.toString.call(value).slice(8, -1)}> could not be cloned.`);
      default: return this.#withEntries(value, { kind: 'plain', entries: [] });
    }
  }

  #writeMoved(value: object, kind: MovedKind): number {
    if (!kind.isTransferred) return this.#place(value, { kind: 'moved', by: kind.name, plan: kind.plan(value) });
    if (!this.#transfer.includes(value)) throw nodeError(TypeError, 'ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST', 'Object that needs transfer was found in message but not listed in transferList');
    return this.#place(value, undefined);
  }

  /** Own enumerable properties with string keys; getters run, and may take away what comes later. */
  #withEntries(value: object, record: ObjectRecord & { readonly entries: (readonly [string, Encoded])[] }): number {
    const place = this.#place(value, record);
    for (const key of Object.keys(value)) if (Object.hasOwn(value, key)) record.entries.push([key, this.encode((value as Record<string, unknown>)[key])]);
    return place;
  }

  #writeMap(map: Map<unknown, unknown>): number {
    const entries: (readonly [Encoded, Encoded])[] = [];
    const place = this.#place(map, { kind: 'map', entries });
    for (const [key, value] of [...(Map.prototype.entries.call(map) as Iterable<[unknown, unknown]>)]) entries.push([this.encode(key), this.encode(value)]);
    return place;
  }

  #writeSet(set: Set<unknown>): number {
    const items: Encoded[] = [];
    const place = this.#place(set, { kind: 'set', items });
    for (const item of [...(Set.prototype.values.call(set) as Iterable<unknown>)]) items.push(this.encode(item));
    return place;
  }

  #writeError(error: Error): number {
    const fields: (readonly [string, Encoded])[] = [];
    const name = String(error.name);
    const place = this.#place(error, { kind: 'error', name, fields });
    for (const key of ['message', 'cause', 'stack']) {
      const field = Object.getOwnPropertyDescriptor(error, key);
      if (field === undefined || (!('value' in field) && key !== 'stack')) continue;
      const value: unknown = (error as unknown as Record<string, unknown>)[key];
      if (key !== 'stack' || typeof value === 'string') fields.push([key, this.encode(key === 'message' ? String(value) : value)]);
    }
    return place;
  }

  #writeBuffer(buffer: ArrayBuffer): number {
    return this.#place(buffer, bufferRecord(buffer));
  }

  #writeView(view: ArrayBufferView & { readonly length?: number }): number {
    const type = typedArrayName(view) ?? 'DataView';
    const buffer = type === 'DataView' ? (view as DataView<ArrayBuffer>).buffer : bufferOf(view);
    const encoded = this.encode(buffer);
    const length = type === 'DataView' ? view.byteLength : view.length!;
    return this.#place(view, { kind: 'view', type, buffer: encoded, byteOffset: view.byteOffset, ...(!isTracking(view, buffer) && { length }) });
  }

  #writeForeignView(value: object, { type, buffer, byteOffset, length }: ForeignView): number {
    const encoded = this.encode(buffer);
    return this.#place(value, { kind: 'view', type, buffer: encoded, byteOffset, ...(length !== undefined && { length }) });
  }
}

function encodePrimitive(value: unknown): Encoded {
  if (value === undefined) return { special: 'undefined' };
  if (typeof value === 'bigint') return { bigint: String(value) };
  if (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))) return value as string | number | boolean | null;
  return { special: Object.is(value, -0) ? '-0' : (String(value) as 'NaN') };
}

type Resizable = ArrayBuffer & { readonly resizable?: boolean; readonly maxByteLength: number; resize(length: number): void };

function bufferRecord(buffer: ArrayBuffer): ObjectRecord {
  if (isDetached(buffer)) throw dataCloneError('An ArrayBuffer is detached and could not be cloned.');
  const { resizable, maxByteLength } = buffer as Resizable;
  return { kind: 'buffer', bytes: Array.from(new Uint8Array(buffer)), ...(resizable && { maxByteLength }) };
}

function isDetached(buffer: ArrayBuffer): boolean {
  if (buffer.byteLength > 0) return false;
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}

/** Only the platform can detach a buffer, and this is the one way that all of them have. */
const nativeClone = globalThis.structuredClone as (value: unknown, options: { transfer: ArrayBuffer[] }) => unknown;

function detach(buffer: ArrayBuffer): void {
  if (!isDetached(buffer)) nativeClone(undefined, { transfer: [buffer] });
}

/** Whether a view over a resizable buffer has no length of its own: found by changing the buffer's length, and putting it back. */
function isTracking(view: ArrayBufferView, buffer: ArrayBuffer): boolean {
  const resizable = buffer as Resizable;
  if (!resizable.resizable) return false;
  const { byteLength, maxByteLength } = resizable;
  const before = view.byteLength;
  const bytes = new Uint8Array(buffer).slice();
  const element = (view as { readonly BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT ?? 1;
  resizable.resize(byteLength + element <= maxByteLength ? byteLength + element : Math.max(byteLength - element, 0));
  // A view with a length keeps it, or is out of bounds and shows none.
  const isFollowing = view.byteLength !== before && view.byteLength > 0;
  resizable.resize(byteLength);
  new Uint8Array(buffer).set(bytes);
  return isFollowing;
}

function unboxed(value: object): unknown {
  for (const prototype of [Number.prototype, String.prototype, Boolean.prototype, BigInt.prototype]) {
    try {
      return Reflect.apply(prototype.valueOf, value, []) as unknown;
    } catch {
      // Another kind of box.
    }
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

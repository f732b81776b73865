import type { CloneRealm, CloneRecord, Encoded, ObjectRecord } from './record.js';

/** StructuredDeserializeWithTransfer (HTML, 2.7.7): the value in the heap at hand, and what was transferred, in the order of the list. */
export function deserialise(record: CloneRecord, realm: CloneRealm): { readonly value: unknown; readonly transferred: readonly object[] } {
  const reader = new Reader(record.objects, realm);
  return { value: reader.decode(record.value), transferred: record.transferred.map((place) => reader.object(place)) };
}

const errors: Readonly<Record<string, ErrorConstructor>> = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const nativeViews = { DataView, Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array } as unknown as Record<string, new (...args: unknown[]) => object>;
const specials = { undefined, NaN, Infinity, '-Infinity': -Infinity, '-0': -0 };

class Reader {
  readonly #records: readonly ObjectRecord[];
  readonly #realm: CloneRealm;
  readonly #made = new Map<number, object>();

  constructor(records: readonly ObjectRecord[], realm: CloneRealm) {
    this.#records = records;
    this.#realm = realm;
  }

  decode(encoded: Encoded): unknown {
    if (typeof encoded !== 'object' || encoded === null) return encoded;
    if ('special' in encoded) return specials[encoded.special];
    if ('bigint' in encoded) return BigInt(encoded.bigint);
    return this.object(encoded.object);
  }

  object(place: number): object {
    return this.#made.get(place) ?? this.#make(place, this.#records[place]!);
  }

  /** The object is known before what it holds is made: it may hold itself. */
  #make(place: number, record: ObjectRecord): object {
    const object = this.#empty(record);
    this.#made.set(place, object);
    this.#fill(object, record);
    return object;
  }

  #empty(record: ObjectRecord): object {
    switch (record.kind) {
      case 'plain': return {};
      case 'array': return new Array(record.length);
      case 'map': return new Map();
      case 'set': return new Set();
      case 'date': return new Date(this.decode(record.time) as number);
      case 'regexp': return new RegExp(record.source, record.flags);
      case 'boxed': return Object(this.decode(record.value)) as object;
      case 'error': return new (errors[record.name] ?? Error)();
      case 'buffer': return bufferOf(record.bytes, record.maxByteLength);
      case 'view': return this.#view(record.type, [this.decode(record.buffer), record.byteOffset, record.length]);
      case 'moved': return this.#realm.kinds.find(({ name }) => name === record.by)!.adopt(record.plan);
    }
  }

  #view(type: string, args: readonly unknown[]): object {
    const View = (this.#realm.views ?? nativeViews)[type] as new (...args: readonly unknown[]) => object;
    return new View(...args);
  }

  #fill(object: object, record: ObjectRecord): void {
    if (record.kind === 'plain' || record.kind === 'array') for (const [key, value] of record.entries) define(object, key, this.decode(value), true);
    else if (record.kind === 'error') this.#fillError(object, record.fields);
    else if (record.kind === 'map') for (const [key, value] of record.entries) (object as Map<unknown, unknown>).set(this.decode(key), this.decode(value));
    else if (record.kind === 'set') for (const item of record.items) (object as Set<unknown>).add(this.decode(item));
  }

  #fillError(error: object, fields: readonly (readonly [string, Encoded])[]): void {
    Reflect.deleteProperty(error, 'stack');
    for (const [key, value] of fields) define(error, key, this.decode(value), false);
  }
}

function define(object: object, key: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(object, key, { value, enumerable, configurable: true, writable: true });
}

function bufferOf(bytes: readonly number[], maxByteLength: number | undefined): ArrayBuffer {
  const Buffer = ArrayBuffer as unknown as new (length: number, options?: object) => ArrayBuffer;
  const buffer = new Buffer(bytes.length, maxByteLength === undefined ? undefined : { maxByteLength });
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

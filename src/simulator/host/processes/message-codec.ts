import type { OpaqueValues } from '../../runtime/opaque.js';
import { deserialise } from '../messages/deserialise.js';
import type { CloneRealm, CloneRecord, ForeignView, MovedKind } from '../messages/record.js';
import { dataCloneError, serialise } from '../messages/serialise.js';
import type { Serialization } from './process-entry.js';

/** How messages between processes are written. */
export interface MessageCodec {
  /** Plain data: JSON text, or a `CloneRecord`. */
  encode(message: unknown): unknown;
  decode(record: unknown): unknown;
}

export interface CodecWorld {
  readonly opaque: OpaqueValues;
  readonly realm: CloneRealm;
}

export function codecOf(serialization: Serialization, world: CodecWorld): MessageCodec {
  return serialization === 'json' ? jsonCodec(world.opaque) : advancedCodec(world.realm);
}

/** What the program does not know the value of is named, and so it is passed on. */
const opaqueKey = '\u0000opaque';

function jsonCodec(opaque: OpaqueValues): MessageCodec {
  return {
    encode: (message) => JSON.stringify(message, (_key, value: unknown) => (opaque.is(value) ? { [opaqueKey]: opaque.labelOf(value) } : value)),
    decode: (text) => JSON.parse(String(text), (_key, value: unknown) => (isOpaqueRecord(value) ? opaque.settled(value[opaqueKey]!) : value)) as unknown,
  };
}

function isOpaqueRecord(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, opaqueKey);
}

/** The structured clone, for all but what two processes cannot share. Its errors are plain ones. */
function advancedCodec(realm: CloneRealm): MessageCodec {
  const kinds = realm.kinds.map((kind) => (kind.name === 'opaque' ? kind : refused(kind)));
  const isShared = (buffer: object): boolean => realm.kinds.some((kind) => kind.name === 'SharedArrayBuffer' && kind.is(buffer));
  const viewOf = (value: unknown): ForeignView | undefined => {
    const view = realm.viewOf?.(value);
    if (view && isShared(view.buffer)) throw new Error(`a ${view.type} of shared memory in a message to another process is not simulated; send a copy of it, such as Array.from(view)`);
    return view;
  };
  const own: CloneRealm = { ...realm, kinds, viewOf };
  return {
    encode: (message) => {
      try {
        return serialise(message, [], own);
      } catch (error) {
        throw error instanceof Error && error.name === dataCloneError('').name ? new Error(error.message) : error;
      }
    },
    decode: (record) => deserialise(record as CloneRecord, own).value,
  };
}

function refused(kind: MovedKind): MovedKind {
  return { ...kind, isTransferred: false, plan: () => { throw new Error(`#<${kind.name}> could not be cloned.`); } };
}

import { name } from '../events/event.js';
import { deserialise } from '../messages/deserialise.js';
import { serialise } from '../messages/serialise.js';
import { keyAt } from './key-paths.js';
import type { KeyRanges } from './key-ranges.js';
import { compareKeys, valueOf, type Key, type Range } from './keys.js';
import type { Direction, Query, Result } from './records.js';
import { failure, ours, requireOurs, type IndexedDbWorld, type Request } from './requests.js';
import type { Transaction } from './transactions.js';

type Iteration = Extract<Query, { readonly kind: 'iterate' }>;
type Found = Extract<Result, { readonly kind: 'cursor' }>;

/** What a cursor runs over. */
export interface CursorSource {
  readonly object: object;
  readonly transaction: Transaction;
  readonly store: string;
  readonly index: string | undefined;
}

interface CursorState {
  readonly source: CursorSource;
  readonly request: Request;
  readonly direction: Direction;
  readonly iteration: Omit<Iteration, 'count'>;
  /** Where it stands; while it goes on, or behind the last record: undefined. */
  at: Found | undefined;
  last: Found | undefined;
  value: unknown;
}

export type Cursors = ReturnType<typeof createCursors>;

/** `IDBCursor` and `IDBCursorWithValue` (4.8). */
export function createCursors(world: IndexedDbWorld, { requireKey }: KeyRanges) {
  const states = new WeakMap<object, CursorState>();

  function standing(cursor: object, method: string): CursorState & { readonly at: Found } {
    const state = states.get(cursor);
    if (!state) throw new TypeError('Illegal invocation');
    state.source.transaction.requireActive(`'${method}' on 'IDBCursor'`);
    if (!state.at) throw failure('InvalidStateError', `Failed to execute '${method}' on 'IDBCursor': The cursor is being iterated or has iterated past its end.`);
    return state as CursorState & { readonly at: Found };
  }

  function goOn(cursor: object, state: CursorState & { readonly at: Found }, step: Pick<Iteration, 'count' | 'to'>): void {
    const { source: { object, transaction, store }, iteration, request, at } = state;
    (state as CursorState).at = undefined;
    transaction.request(object, store, { ...iteration, ...step, from: { key: at.key, primaryKey: at.primaryKey } }, (result) => stand(cursor, state, result), request);
  }

  function stand(cursor: object, state: CursorState, result: Result): object | null {
    const found = result.kind === 'cursor' ? result : undefined;
    Object.assign(state, { at: found, last: found, value: found?.value && deserialise(found.value, world.realm).value });
    return found ? cursor : null;
  }

  class IDBCursor {
    constructor(key: unknown) {
      requireOurs(key, 'IDBCursor');
    }

    get source(): object { return states.get(this)!.source.object; }
    get direction(): Direction { return states.get(this)!.direction; }
    get request(): object { return states.get(this)!.request; }
    get key(): unknown { return keyIn(states.get(this)!.last?.key); }
    get primaryKey(): unknown { return keyIn(states.get(this)!.last?.primaryKey); }

    advance(given: unknown): void {
      const count = Number(given);
      if (!(count >= 1)) throw new TypeError("Failed to execute 'advance' on 'IDBCursor': A count argument with value 0 (zero) was supplied, must be greater than 0.");
      goOn(this, standing(this, 'advance'), { count: Math.floor(count) });
    }

    continue(given?: unknown): void {
      const state = standing(this, 'continue');
      const key = given === undefined ? undefined : requireKey(given, "'continue' on 'IDBCursor'");
      if (key !== undefined && !isAhead(state, compareKeys(key, state.at.key))) throw failure('DataError', "Failed to execute 'continue' on 'IDBCursor': The parameter is not ahead of this cursor's position.");
      goOn(this, state, { count: 1, ...(key !== undefined && { to: { key } }) });
    }

    continuePrimaryKey(given: unknown, primary: unknown): void {
      const state = standing(this, 'continuePrimaryKey');
      if (state.source.index === undefined || state.direction.endsWith('unique')) throw failure('InvalidAccessError', "Failed to execute 'continuePrimaryKey' on 'IDBCursor': The cursor's source is not an index, or its direction is not 'next' or 'prev'.");
      const [key, primaryKey] = [requireKey(given, "'continuePrimaryKey' on 'IDBCursor'"), requireKey(primary, "'continuePrimaryKey' on 'IDBCursor'")];
      const order = compareKeys(key, state.at.key);
      if (!isAhead(state, order === 0 ? compareKeys(primaryKey, state.at.primaryKey) : order)) throw failure('DataError', "Failed to execute 'continuePrimaryKey' on 'IDBCursor': The parameter is not ahead of this cursor's position.");
      goOn(this, state, { count: 1, to: { key, primaryKey } });
    }

    update(plain: unknown): Request {
      const { source: { transaction, store }, at } = writing(this, 'update');
      const value = serialise(plain, [], world.realm);
      const { keyPath } = transaction.connection.schema[store]!;
      const found = keyPath === null ? { key: at.primaryKey } : keyAt(value, keyPath);
      if (typeof found === 'string' || compareKeys(found.key, at.primaryKey) !== 0) throw failure('DataError', "Failed to execute 'update' on 'IDBCursor': The effective object store of this cursor uses in-line keys and evaluating the key path of the value parameter results in a different value than the cursor's effective key.");
      return transaction.request(this, store, { kind: 'put', value, isAdded: false, ...(keyPath === null && { key: at.primaryKey }) }, () => keyIn(at.primaryKey));
    }

    delete(): Request {
      const { source: { transaction, store }, at } = writing(this, 'delete');
      return transaction.request(this, store, { kind: 'delete', range: { lower: at.primaryKey, upper: at.primaryKey } }, () => undefined);
    }
  }
  name(IDBCursor, 'IDBCursor');

  function writing(cursor: object, method: string): CursorState & { readonly at: Found } {
    const { transaction } = states.get(cursor)!.source;
    transaction.requireActive(`'${method}' on 'IDBCursor'`);
    if (transaction.mode === 'readonly') throw failure('ReadOnlyError', `Failed to execute '${method}' on 'IDBCursor': The record may not be ${method}d inside a read-only transaction.`);
    const state = standing(cursor, method);
    if (state.iteration.isKeyOnly) throw failure('InvalidStateError', `Failed to execute '${method}' on 'IDBCursor': The cursor is a key cursor.`);
    return state;
  }

  class IDBCursorWithValue extends IDBCursor {
    get value(): unknown { return states.get(this)!.value; }
  }
  name(IDBCursorWithValue, 'IDBCursorWithValue');

  /** Opens one: its request gives it, once it stands at a record. */
  function open(source: CursorSource, range: Range, direction: Direction, isKeyOnly: boolean): Request {
    const { object, transaction, store, index } = source;
    const iteration = { kind: 'iterate' as const, range, direction, isKeyOnly, ...(index !== undefined && { index }) };
    const cursor = isKeyOnly ? new IDBCursor(ours) : new IDBCursorWithValue(ours);
    const request: Request = transaction.request(object, store, { ...iteration, count: 1 }, (result) => stand(cursor, states.get(cursor)!, result));
    states.set(cursor, { source, request, direction, iteration, at: undefined, last: undefined, value: undefined });
    return request;
  }

  return { IDBCursor, IDBCursorWithValue, open };
}

function isAhead({ direction }: CursorState, order: number): boolean {
  return direction.startsWith('next') ? order > 0 : order < 0;
}

function keyIn(key: Key | undefined): unknown {
  return key === undefined ? undefined : valueOf(key);
}

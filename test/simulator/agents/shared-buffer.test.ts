import { describe, expect, it } from 'vitest';
import { createSharedMemory, sharedViewPlan } from '../../../src/simulator/agents/shared-memory.js';
import { SequentialPort } from './sequential-port.js';

/** Of ES2024, which these types do not know yet. */
type GrowableClass = new (length: number, options?: { maxByteLength: number }) => SharedArrayBuffer & { grow(length: number): void };
type Globals = typeof globalThis & { SharedArrayBuffer: GrowableClass };

function world(port = new SequentialPort()) {
  const memory = createSharedMemory(port, { Promise, tick: () => undefined });
  return { port, memory, ...(memory.globals as unknown as Globals) };
}

describe('what goes to the shared world', () => {
  it('every access to an element is one operation, and nothing else is', () => {
    const { port, SharedArrayBuffer, Int32Array } = world();
    const view = new Int32Array(new SharedArrayBuffer(16), 4);
    const kinds = (run: () => unknown): string[] => {
      const before = port.performed.length;
      run();
      return port.performed.slice(before).map((op) => ('cell' in op ? `${op.kind} ${op.cell.offset}` : op.kind));
    };
    expect(kinds(() => view[1])).toEqual(['load 8']);
    expect(kinds(() => { view[1]! += 2; })).toEqual(['load 8', 'store 8']);
    expect(kinds(() => [view.length, view.byteOffset, view.buffer, 1 in view, 9 in view, view[9], Reflect.ownKeys(view)])).toEqual([]);
    // [[GetOwnProperty]] of an element gives its value, so ECMA-262 reads here too.
    expect(kinds(() => Object.keys(view))).toEqual(['load 4', 'load 8', 'load 12']);
    expect(kinds(() => view.reverse())).toEqual(['load 4', 'load 12', 'store 4', 'store 12']);
    expect(kinds(() => view.findIndex((value) => value === 2))).toEqual(['load 4', 'load 8']);
    expect(kinds(() => view.sort())).toEqual(['load 4', 'load 8', 'load 12', 'store 4', 'store 8', 'store 12']);
    expect(kinds(() => { view[9] = 1; })).toEqual([]);
    expect(kinds(() => new Int32Array(3).fill(1).sort())).toEqual([]);
  });

  it('a plain access is no atomic one, and carries the place that runs', () => {
    const { port, SharedArrayBuffer, Int32Array, Atomics } = world();
    const view = new Int32Array(new SharedArrayBuffer(8));
    port.site = 7;
    view[1] = 1;
    Atomics.store(view, 1, 2);
    expect(port.performed).toMatchObject([{ kind: 'store', site: 7, isAtomic: false }, { kind: 'store', site: 7, isAtomic: true }]);
  });

  it('a comparator may be suspended: what it throws leaves the elements as they are', () => {
    const { port, SharedArrayBuffer, Int32Array } = world();
    const view = new Int32Array(new SharedArrayBuffer(12));
    view.set([3, 1, 2]);
    expect(() => view.sort(() => { throw new Error('suspended'); })).toThrow('suspended');
    expect(port.performed.slice(-3).map(({ kind }) => kind)).toEqual(['load', 'load', 'load']);
  });

  it('what is set from the same memory is read before it is written', () => {
    const { SharedArrayBuffer, Uint8Array } = world();
    const bytes = new Uint8Array(new SharedArrayBuffer(6));
    bytes.set([1, 2, 3, 4, 5, 6]);
    bytes.subarray(1).set(bytes.subarray(0, 5));
    expect([...bytes]).toEqual([1, 1, 2, 3, 4, 5]);
  });
});

describe('memory of several agents', () => {
  it('is one, under an identity, however it came there', () => {
    const port = new SequentialPort();
    const one = world(port);
    const other = world(port);
    const made = new one.SharedArrayBuffer(8, { maxByteLength: 16 });
    const plan = one.memory.planOf(made);
    expect(plan).toEqual({ identity: 'buffer 1', byteLength: 8, maxByteLength: 16 });
    const taken = other.memory.adopt(plan!) as InstanceType<GrowableClass>;
    expect(taken).toBeInstanceOf(other.SharedArrayBuffer);
    new one.Int32Array(made)[1] = 5;
    expect(new other.Int32Array(taken)[1]).toBe(5);
    taken.grow(12);
    expect(made.byteLength).toBe(12);
    expect(one.memory.planOf({})).toBeUndefined();
  });

  it('a view that was made before the buffer grew elsewhere follows it', () => {
    const port = new SequentialPort();
    const [one, other] = [world(port), world(port)];
    const made = new one.SharedArrayBuffer(8, { maxByteLength: 16 });
    const [tracking, fixed] = [new one.Int32Array(made), new one.Int32Array(made, 0, 2)];
    expect([tracking.length, 2 in tracking]).toEqual([2, false]);
    (other.memory.adopt(one.memory.planOf(made)!) as InstanceType<GrowableClass>).grow(16);
    expect([2 in tracking, tracking[3], tracking.length, fixed.length, Object.keys(tracking)]).toEqual([true, 0, 4, 2, ['0', '1', '2', '3']]);
  });

  it('a view can be written down and made again', () => {
    const { SharedArrayBuffer, Uint16Array, DataView } = world();
    const buffer = new SharedArrayBuffer(16);
    expect(sharedViewPlan(new Uint16Array(buffer, 4, 2))).toEqual({ constructor: 'Uint16Array', buffer, byteOffset: 4, length: 2 });
    expect(sharedViewPlan(new DataView(buffer, 8))).toEqual({ constructor: 'DataView', buffer, byteOffset: 8, length: 8 });
    expect(sharedViewPlan(new Uint16Array(2))).toBeUndefined();
    expect(sharedViewPlan(new SharedArrayBuffer(8, { maxByteLength: 16 }))).toBeUndefined();
    expect(sharedViewPlan(new Uint16Array(new SharedArrayBuffer(8, { maxByteLength: 16 }), 2))).toMatchObject({ byteOffset: 2 });
  });
});

describe('names of cells', () => {
  const nameOf = (port: SequentialPort): string => {
    const op = port.performed.at(-1)!;
    return 'cell' in op ? op.cell.name : op.kind;
  };

  it('come from the source, else from the buffer', () => {
    const { port, memory, SharedArrayBuffer, Int32Array, Uint8Array, DataView } = world();
    const buffer = new SharedArrayBuffer(16);
    const flags = new Int32Array(buffer, 4);
    void flags[1];
    expect(nameOf(port)).toBe('Int32 buffer 1[2]');
    memory.name(buffer, 'sab');
    void new Uint8Array(buffer)[3];
    expect(nameOf(port)).toBe('Uint8 sab[3]');
    new DataView(buffer).getInt16(3);
    expect(nameOf(port)).toBe('Int16 sab+3');
    memory.name(flags, 'flags');
    void flags[1];
    expect(nameOf(port)).toBe('flags[1]');
  });

  it('reach into arrays and literals; the first stays, and no two are the same', () => {
    const { port, memory, SharedArrayBuffer, Int32Array } = world();
    const make = (): Int32Array => new Int32Array(new SharedArrayBuffer(4));
    const [rows, record, other] = [[make(), make()], { left: make() }, make()];
    memory.name(rows, 'rows');
    memory.name(record, 'record');
    memory.name(rows[1], 'second');
    memory.name(other, 'record.left');
    const names = [rows[1]!, record.left, other].map((view) => { void view[0]; return nameOf(port); });
    expect(names).toEqual(['rows[1][0]', 'record.left[0]', 'record.left (2)[0]']);
    expect(() => memory.name([null, 3, { get x(): never { throw new Error('run'); } }], 'n')).not.toThrow();
  });
});

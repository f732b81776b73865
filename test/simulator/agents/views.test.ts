import { describe, expect, it } from 'vitest';
import { createSharedMemory } from '../../../src/simulator/agents/shared-memory.js';
import { excess } from '../../../src/simulator/runtime/sizes.js';
import { SequentialPort } from './sequential-port.js';

const simulated = createSharedMemory(new SequentialPort(), { Promise, tick: () => undefined }).globals as unknown as typeof globalThis;
const { SharedArrayBuffer, Int32Array, Uint8Array, Float64Array, DataView } = simulated;

describe('typed arrays as a program sees them', () => {
  it('are instances over both kinds of memory, and the host\'s too', () => {
    const [shared, ordinary, ofHost] = [new Int32Array(new SharedArrayBuffer(8)), new Int32Array(2), new globalThis.Int32Array(2)];
    const constructors: readonly NewableFunction[] = [Int32Array, Uint8Array, Object.getPrototypeOf(Int32Array) as NewableFunction];
    for (const array of [shared, ordinary, ofHost]) expect(constructors.map((constructor) => (array as unknown) instanceof constructor)).toEqual([true, false, true]);
    class Mine extends Int32Array {}
    expect([new Mine(1) instanceof Mine, ordinary instanceof Mine, new Mine(new SharedArrayBuffer(4) as never) instanceof Int32Array]).toEqual([true, false, true]);
    expect([shared.constructor, ordinary.constructor]).toEqual([Int32Array, Int32Array]);
    expect(new DataView(new SharedArrayBuffer(8)) instanceof DataView && new DataView(new ArrayBuffer(8)) instanceof DataView && new globalThis.DataView(new ArrayBuffer(1)) instanceof DataView).toBe(true);
  });

  it('have the shape of the engine\'s own', () => {
    for (const [own, native] of [[Int32Array, globalThis.Int32Array], [Float64Array, globalThis.Float64Array]] as const) {
      expect(shapeOf(own)).toEqual(shapeOf(native));
      expect(shapeOf(Object.getPrototypeOf(own))).toEqual(shapeOf(Object.getPrototypeOf(native)));
      expect(shapeOf(own.prototype)).toEqual(shapeOf(native.prototype));
      expect(shapeOf(Object.getPrototypeOf(own.prototype))).toEqual(shapeOf(Object.getPrototypeOf(native.prototype)));
    }
    expect(shapeOf(DataView.prototype)).toEqual(shapeOf(globalThis.DataView.prototype));
    expect(shapeOf(SharedArrayBuffer.prototype)).toEqual(shapeOf(globalThis.SharedArrayBuffer.prototype));
    expect(shapeOf(simulated.Atomics).filter((line) => !line.startsWith('pause'))).toEqual(shapeOf(Atomics));
  });

  it('cannot be changed: all executions have the same', () => {
    for (const shared of [Int32Array, Int32Array.prototype, Object.getPrototypeOf(Int32Array.prototype), Int32Array.prototype.map, DataView.prototype, simulated.Atomics]) expect(Object.isFrozen(shared)).toBe(true);
  });

  it('cannot be called without new, and the abstract one not at all', () => {
    expect(() => (Int32Array as unknown as () => void)()).toThrow("Constructor Int32Array requires 'new'");
    expect(() => new (Object.getPrototypeOf(Int32Array) as new () => void)()).toThrow('Abstract class');
    expect(() => new Int32Array(new SharedArrayBuffer(6))).toThrow(RangeError);
  });

  it('keep the properties that a program adds, behind the elements', () => {
    const view = Object.assign(new Uint8Array(new SharedArrayBuffer(2)), { note: 'mine' });
    expect([Object.keys(view), view.note, Object.getOwnPropertyDescriptor(view, '1')]).toEqual([['0', '1', 'note'], 'mine', { value: 0, writable: true, enumerable: true, configurable: true }]);
    expect(Reflect.deleteProperty(view, 'note') && !Reflect.deleteProperty(view, '0')).toBe(true);
    expect(Object.isExtensible(Object.preventExtensions(view))).toBe(false);
    expect(Object.keys(view)).toEqual(['0', '1']);
    expect(() => Object.freeze(view)).toThrow(TypeError);
  });

  it('let instances and subclasses have members of their own', () => {
    class Mine extends Uint8Array {}
    Object.assign(Mine, { from: () => 'mine' });
    const [view, ordinary] = [new Uint8Array(new SharedArrayBuffer(1)), new Uint8Array(1)].map((array) => Object.assign(array, { map: 5 }));
    expect([(Mine.from as () => unknown)(), view!.map, ordinary!.map, typeof Uint8Array.prototype.map]).toEqual(['mine', 5, 5, 'function']);
  });

  it('refuse a buffer that no machine would give', () => {
    expect(() => new SharedArrayBuffer(2 ** 40)).toThrow(RangeError);
    expect(excess(Float64Array, undefined, [1e8])).toEqual({ text: 'a buffer of 100000000 elements was asked for', limit: 'heap' });
    expect(excess(Float64Array, undefined, [1e6])).toBeUndefined();
  });
});

/** Its properties: names, kinds, and what functions say of themselves. */
function shapeOf(object: object): string[] {
  return Reflect.ownKeys(object).filter((key) => key !== Symbol.hasInstance).map((key) => {
    const { value, get, set, enumerable } = Object.getOwnPropertyDescriptor(object, key)!;
    // A frozen method that instances may have their own of is an accessor.
    const member: unknown = value ?? (set ? Reflect.apply(get!, object, []) : get);
    return `${String(key)}: ${typeof member === 'function' ? `${get && !set ? 'getter' : 'function'} ${member.name}/${member.length} ${'prototype' in member}` : String(key === 'prototype' ? '' : member)} ${enumerable}`;
  }).sort();
}

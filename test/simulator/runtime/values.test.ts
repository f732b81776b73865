import { describe, expect, it } from 'vitest';
import { Assumptions } from '../../../src/simulator/runtime/assumptions.js';
import { OpaqueValues } from '../../../src/simulator/runtime/opaque.js';
import { render } from '../../../src/simulator/runtime/render.js';
import { seal } from '../../../src/simulator/runtime/sealed.js';
import { excess } from '../../../src/simulator/runtime/sizes.js';

const opaque = new OpaqueValues({ assumptions: new Assumptions({}), complete: () => ({}), later: () => undefined, effect: () => undefined, unmodelled: () => undefined });

const refuse = (): never => { throw new Error('the subject was run'); };

describe('a value as text', () => {
  const texts: readonly (readonly [unknown, string])[] = [
    [1, '1'], [-0, '0'], ['a"b', '"a\\"b"'], [10n, '10n'], [null, 'null'], [undefined, 'undefined'], [Symbol('s'), 'Symbol(s)'],
    [[1, [2, [3, [4]]]], '[1, [2, [3, […]]]]'], [{ a: { b: { c: { d: 1 } } } }, '{ a: { b: { c: {…} } } }'],
    [new Map([['a', 1]]), 'Map { "a" => 1 }'], [new Set([1]), 'Set { 1 }'], [new Map(), 'Map {}'], [new Date(5), 'Date 5'],
    [new TypeError('no'), 'TypeError: no'], [function named() {}, 'ƒ named'], [() => 1, 'ƒ'], [new (class Account { balance = 3; })(), 'Account { balance: 3 }'],
    [Array.from({ length: 15 }, (_, index) => index), '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … 3 more]'],
    ['x'.repeat(50_000), `"${'x'.repeat(40)}"… (50000 characters)`], [Object.create(null), '{}'],
    [opaque.make('load(1).value', true), 'load(1).value'],
  ];
  for (const [value, text] of texts) it(`is ${text}`, () => expect(render(value, opaque)).toBe(text));

  it('shows a cycle as such', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(render(cycle, opaque)).toBe('{ self: ↻ }');
  });

  it('runs nothing of the subject', () => {
    expect(render({ get a() { return refuse(); }, toString: refuse, toJSON: refuse, [Symbol.toPrimitive]: refuse }, opaque)).toMatch(/^\{ a: ƒ get, /);
    expect(render(new (class M extends Map { override [Symbol.iterator]() { return refuse(); } override get size() { return refuse(); } })(), opaque)).toBe('Map {}');
    expect(render(new Proxy({}, { ownKeys: refuse, getPrototypeOf: refuse }), opaque)).toBe('{…}');
    expect(render(Object.defineProperty(new Error('x'), 'message', { get: refuse }), opaque)).toBe('Error: ');
  });
});

describe('a plain value inside the label of an opaque one', () => {
  it('is short, and runs nothing of the subject', () => {
    expect(opaque.labelOf([1, 'a', { b: 1 }, null, 5])).toBe('[1, "a", {…}, null, …]');
    expect(opaque.labelOf({ a: 1, get b() { return refuse(); } })).toBe('{ a: 1, b: ƒ get }');
    class Named { static readonly name = 'Own'; x = 1; }
    expect(opaque.labelOf(new Named())).toBe('Own { x: 1 }');
    expect(opaque.labelOf(function load() {})).toBe('ƒ load');
  });
});

describe('what executions share', () => {
  it('is frozen with its prototype and methods, and nothing that it inherits', () => {
    class Base { inherited() {} }
    class Shared extends Base { method() {} static own() {} get field() { return 1; } }
    seal(Shared);
    expect([Shared, Shared.prototype, Shared.prototype.method, Shared.own].every(Object.isFrozen)).toBe(true);
    expect([Base, Base.prototype].some(Object.isFrozen)).toBe(false);
  });
});

describe('what is too large for an engine to be interrupted in', () => {
  const anArray = new Array<number>(30_000_000);
  const large: readonly (readonly [Parameters<typeof excess>, string])[] = [
    [[Array, undefined, [1e9]], 'an array of 1000000000 elements was asked for'],
    [[Uint8Array, undefined, [1e9]], 'a buffer of 1000000000 elements was asked for'],
    [[Float64Array, undefined, [1e8]], 'a buffer of 100000000 elements was asked for'],
    [[Array.prototype.fill, anArray, [1]], 'a loop over 30000000 elements was asked for'],
    [[Array.from, Array, [{ length: 1e9 }]], 'a loop over 1000000000 elements was asked for'],
    [[Function.prototype.call, Array.prototype.map, [{ length: 2 ** 53 }]], 'a loop over 9007199254740992 elements was asked for'],
  ];
  for (const [call, what] of large) it(what, () => expect(excess(...call)).toEqual({ text: what, limit: what.startsWith('a loop') ? 'steps' : 'heap' }));

  it('and what is not', () => {
    expect(excess(Array, undefined, [1e6])).toBeUndefined();
    expect(excess(Array, undefined, [1e9, 2])).toBeUndefined();
    expect(excess(Uint8Array, undefined, [1e6])).toBeUndefined();
    expect(excess(Array.from, Array, ['text'])).toBeUndefined();
    expect(excess(Array.from, Array, [{ get length() { return refuse(); } }])).toBeUndefined();
    expect(excess(() => 1, { length: 1e12 }, [])).toBeUndefined();
  });
});

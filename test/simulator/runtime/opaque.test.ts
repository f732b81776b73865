import { describe, expect, it } from 'vitest';
import { Assumptions } from '../../../src/simulator/runtime/assumptions.js';
import { OpaqueValues } from '../../../src/simulator/runtime/opaque.js';

type Opaque = ((...args: unknown[]) => Opaque) & { [key: string]: Opaque };

function values() {
  const completions: string[] = [];
  const opaque = new OpaqueValues({ assumptions: new Assumptions({}), complete: (label) => { completions.push(label); return {}; }, later: () => undefined, effect: () => undefined, unmodelled: () => undefined });
  return { opaque, completions, make: (label: string) => opaque.make(label) as Opaque };
}

describe('values from outside, from one execution to the next', () => {
  it('are the same objects, in the order of making', () => {
    const { opaque, make } = values();
    const first = [make('load'), make('load'), make('save')];
    opaque.reset();
    expect(new Set(first).size).toBe(3);
    expect([make('load'), make('save'), make('load')].map((value) => first.indexOf(value))).toEqual([0, 2, 1]);
  });

  it('keep nothing that was set on them', () => {
    const { opaque, make } = values();
    make('store').count = make('one');
    Object.assign(make('store'), { open: true });
    expect(opaque.labelOf(make('store').count)).toBe('one');
    opaque.reset();
    expect(['count', 'open'].map((key) => opaque.labelOf(make('store')[key]))).toEqual(['store.count', 'store.open']);
  });

  const changes: Record<string, (value: object) => unknown> = {
    'a defined property': (value) => Object.defineProperty(value, 'name', { value: 'changed' }),
    'a prototype': (value) => Reflect.setPrototypeOf(value, { name: 'changed' }),
    'a seal': (value) => Reflect.preventExtensions(value),
    'a mark on the prototype property': (value) => { (Reflect.getOwnPropertyDescriptor(value, 'prototype')!.value as { mark: boolean }).mark = true; },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`${what} is left behind with the object`, () => {
      const { opaque, make } = values();
      const changed = make('store');
      const inner = changed['inner']!;
      change(changed);
      opaque.reset();
      const next = make('store');
      expect(next).not.toBe(changed);
      expect(next['inner']).not.toBe(inner);
      expect([Reflect.isExtensible(next), Object.getOwnPropertyDescriptor(next, 'name')!.value, 'mark' in Reflect.getOwnPropertyDescriptor(next, 'prototype')!.value]).toEqual([true, 'opaque', false]);
    });
  }

  it('are waited for anew', () => {
    const { opaque, completions, make } = values();
    const waitTwice = (): boolean => { const value = make('load'); return opaque.promiseOf(value) === opaque.promiseOf(value); };
    expect(waitTwice()).toBe(true);
    opaque.reset();
    expect(waitTwice()).toBe(true);
    expect(completions).toEqual(['load completes', 'load completes']);
  });

  it('do not share a member with another value of the same label', () => {
    const { opaque, make } = values();
    const members = () => [make('a')['b'], make('a')['b']];
    const [first, second] = members();
    expect(first).not.toBe(second);
    opaque.reset();
    expect(members()).toEqual([first, second]);
    opaque.reset();
    expect(make('a')['b']).not.toBe(make('a.b'));
  });
});

describe('the label of a call', () => {
  const { opaque, make } = values();
  const labelled = (...args: unknown[]): string => opaque.callLabel(make('f'), args);

  it('has the arguments as text, told apart by more than their text', () => {
    expect(labelled()).toBe('f()');
    expect([labelled(1, 'a'), labelled('1', 'a'), labelled(1n), labelled(null, undefined, true)]).toEqual(['f(1, "a")', 'f("1", "a")', 'f(1n)', 'f(null, undefined, true)']);
    expect([labelled({ a: 1 }), labelled('{ a: 1 }'), labelled(make('g')), labelled(Symbol('s'))]).toEqual(['f({ a: 1 })', 'f("{ a: 1 }")', 'f(g)', 'f(Symbol(s))']);
  });

  it('is what the object is like now, not what it was', () => {
    const order = { paid: false };
    const before = labelled(order);
    order.paid = true;
    expect([before, labelled(order)]).toEqual(['f({ paid: false })', 'f({ paid: true })']);
  });
});

describe('values with long labels', () => {
  const long = `load(${'a'.repeat(200)})`;

  it('are named alike before and after they are waited for', () => {
    const { opaque, make } = values();
    const label = opaque.labelOf(make(long));
    expect(label).toMatch(/^load\(a+…[0-9a-z]+$/);
    expect(opaque.labelOf(opaque.settled(label))).toBe(label);
  });

  it('are told of by the labels that they have', () => {
    const told: { value?: string; of?: string }[] = [];
    const opaque = new OpaqueValues({ used: (use) => void told.push(use as never), assumptions: new Assumptions({}), complete: () => ({}), later: () => undefined, effect: () => undefined, unmodelled: () => undefined });
    const pool = new (opaque.make('Pool') as unknown as new (text: string) => Opaque)('a'.repeat(200));
    const { take } = pool;
    const one = take!('b'.repeat(200));
    const [poolLabel, takeLabel, oneLabel] = [pool, take, one].map((value) => opaque.labelOf(value));
    expect(told.map(({ value }) => value)).toEqual([poolLabel, takeLabel, oneLabel]);
    expect(told.map(({ of }) => of)).toEqual(['Pool', poolLabel, takeLabel]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Witness } from '../../src/model/index.js';
import { chooseAssertion, type Seen, type SeenValue } from '../../src/regression/choose.js';
import type { Observer, TestPlan } from '../../src/regression/plan.js';

const observers: readonly Observer[] = [
  { kind: 'state', name: 'log', expression: 'store.log', isLocation: true },
  { kind: 'statuses' },
  { kind: 'state', name: 'total', expression: 'store.total', isLocation: false },
];
const plan = { observers, isOrdered: false } as unknown as TestPlan;
const ended = { outcome: { state: {}, results: { first: 'returned 1', second: 'returned 1' }, effects: {} }, expectedOutcomes: [] } as unknown as Witness;

const literal = (value: unknown): SeenValue => ({ kind: 'literal', value });
const seen = (log: number, total: number): Seen => ({ 0: literal(log), 1: { kind: 'array', items: [literal('fulfilled'), literal('fulfilled')] }, 2: literal(total) });

describe('what a test asserts', () => {
  const racy = { witness: seen(1, 1), serial: [seen(2, 2), seen(2, 2)], again: seen(2, 2) };

  it('is the first that no call after the other leaves', () => {
    expect(chooseAssertion(plan, racy, ended)).toMatchObject({ observer: observers[0], expected: [{ kind: 'literal', value: 2 }] });
  });

  it('is one that cured code leaves', () => {
    expect(chooseAssertion(plan, { ...racy, cured: seen(3, 2) }, ended)).toMatchObject({ observer: observers[2], expected: [{ kind: 'literal', value: 2 }] });
  });

  it('is nothing that another run of the same order leaves in another way', () => {
    expect(chooseAssertion(plan, { ...racy, again: seen(7, 2) }, ended)).toMatchObject({ observer: observers[2] });
    expect(() => chooseAssertion(plan, { ...racy, again: seen(7, 7) }, ended)).toThrow('what goes wrong cannot be seen from outside: the results of the calls end as one call after the other would leave them, and store.log and store.total in another way each time');
  });

  it('is nothing if cured code leaves none of them', () => {
    expect(() => chooseAssertion(plan, { ...racy, cured: seen(3, 3) }, ended)).toThrow(/fails on the code with the fix, too/);
  });
});

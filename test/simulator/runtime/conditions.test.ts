import { describe, expect, it } from 'vitest';
import { Assumptions } from '../../../src/simulator/runtime/assumptions.js';
import { OpaqueConditions } from '../../../src/simulator/runtime/conditions.js';
import { OpaqueValues } from '../../../src/simulator/runtime/opaque.js';

function world(given: Readonly<Record<string, boolean>>) {
  const assumptions = new Assumptions(given);
  const opaque = new OpaqueValues({ assumptions, complete: () => ({}), later: () => undefined, effect: () => undefined, unmodelled: () => undefined });
  return { conditions: new OpaqueConditions(opaque, assumptions), value: opaque.make('driver'), told: () => [...assumptions.asked.values()].map(({ text }) => text) };
}

describe('a value from outside that is taken to be falsy', () => {
  it('has no method that no primitive has, and that it rests on it is told', () => {
    const { conditions, value, told } = world({ 'driver is truthy': false });
    expect(conditions.lacksMethod(value, 'open')).toBe(true);
    expect(told()).toEqual(['driver is falsy']);
  });

  it('may be a text', () => {
    const { conditions, value, told } = world({ 'driver is truthy': false });
    expect(conditions.lacksMethod(value, 'trim')).toBe(false);
    expect(told()).toEqual([]);
  });

  it('is missing, if nothing else is said', () => {
    const { conditions, value } = world({ 'driver is truthy': false });
    conditions.truth(value);
    expect(conditions.missing(value)).toBe(true);
  });
});

it('what is missing has no method at all', () => {
  const { conditions, value } = world({ 'driver is missing': true });
  expect(conditions.lacksMethod(value, 'trim')).toBe(true);
});

it('what nothing was said of has every method', () => {
  const { conditions, value, told } = world({});
  expect(conditions.lacksMethod(value, 'open')).toBe(false);
  expect(told()).toEqual([]);
});

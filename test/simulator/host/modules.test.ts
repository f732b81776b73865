import { expect, it } from 'vitest';
import { createModules } from '../../../src/simulator/host/modules.js';
import { seededRandom } from '../../../src/simulator/host/random.js';
import { Assumptions } from '../../../src/simulator/runtime/assumptions.js';
import { OpaqueValues } from '../../../src/simulator/runtime/opaque.js';

const opaque = new OpaqueValues({ assumptions: new Assumptions({}), complete: () => ({}), later: () => undefined, effect: () => undefined, unmodelled: () => undefined });

it('gives a model once, and the same one ever after', () => {
  let made = 0;
  const modules = createModules(opaque, { known: () => ({ count: ++made }) });
  expect([modules('known'), modules('known')]).toEqual([{ count: 1 }, { count: 1 }]);
});

it('gives values from outside for every other module, named as they are imported', () => {
  const library = createModules(opaque, {})('@scope/some-client.js') as Record<string, unknown>;
  expect(opaque.labelOf(library['connect'])).toBe('connect');
  expect(opaque.labelOf(library['default'])).toBe('someClient');
  expect(library['connect']).toBe(library['connect']);
  expect(library['__esModule']).toBe(true);
});

it('takes no name of a built-in object for a model', () => {
  expect(opaque.is((createModules(opaque, {})('constructor') as Record<string, unknown>)['x'])).toBe(true);
});

it('draws the same numbers from the same seed, all in [0, 1)', () => {
  const draw = (seed: number): number[] => { const random = seededRandom(seed); return Array.from({ length: 1000 }, random); };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(draw(7).every((value) => value >= 0 && value < 1)).toBe(true);
});

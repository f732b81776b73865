import { describe, expect, it } from 'vitest';
import { labelOf, surpriseOf } from '../../src/systems/index.js';
import { Bench, problems, variants } from './bench.js';

/** Run one of them: `npx vitest run test/systems -t peterson`. */
describe.concurrent('every variant of every system is judged as its manifest says', { timeout: 0 }, () => {
  const bench = new Bench();

  it.each(variants.map((chosen) => [labelOf(chosen), chosen] as const))('%s', async (_label, chosen) => {
    const { verdict, exploration } = await bench.judge(chosen);
    expect(surpriseOf(chosen.variant, verdict, exploration)).toBe(undefined);
    expect(exploration.exhaustive || chosen.variant.expected === 'confirmed').toBe(true);
  });
});

it('every manifest is in order', () => {
  expect(problems).toEqual([]);
  expect(variants.length).toBeGreaterThan(0);
});

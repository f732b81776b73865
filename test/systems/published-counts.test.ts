import { describe, expect, it } from 'vitest';
import { chosenIn } from './bench.js';

/**
 * Classes of executions that two published checkers agree upon, and that can be reckoned: at each of n forks one of two neighbours is first, which makes 2^n, less the
 * circles that cannot come about (one of two if all take the left fork first, the other one being the deadlock; both if forks have an order). The manifests pin
 * these numbers, and `variants.test.ts` holds the explorations to them.
 */
describe('numbers of executions that are known', () => {
  const pinned = (system: string, variant: string): number | undefined => chosenIn(system, variant).variant.executions;

  it.each([[2, 'broken-2'], [3, 'broken'], [4, 'broken-4'], [5, 'broken-5']] as const)('%i philosophers, left fork first: 2^n - 1', (count, variant) => {
    expect(pinned('dining-philosophers/naive', variant)).toBe(2 ** count - 1);
  });

  it.each([[2, 'sound-2'], [3, 'sound'], [4, 'sound-4'], [5, 'sound-5']] as const)('%i philosophers, forks in order: 2^n - 2', (count, variant) => {
    expect(pinned('dining-philosophers/resource-hierarchy', variant)).toBe(2 ** count - 2);
  });

  it.each(['sound', 'sound-with-store-buffers'])('Peterson, %s: 4', (variant) => {
    expect(pinned('exclusion/peterson', variant)).toBe(4);
  });
});

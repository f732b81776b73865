import { expect, it } from 'vitest';
import { explored } from './process-runs.js';
import { randomProcesses } from './random-processes.js';

/** A missing footprint shows as an outcome that only the exploration of every interleaving finds. */
it('random processes have the same outcomes, whether every interleaving is run or one of each class', () => {
  let compared = 0;
  for (let seed = 1; seed <= 24; seed++) {
    const files = randomProcesses(seed);
    const [optimal, naive] = [explored(files, 'optimal', 1000), explored(files, 'naive', 3000)];
    expect([seed, optimal.failure]).toEqual([seed, undefined]);
    const [found, all] = [optimal, naive].map(({ outcomes }) => outcomes.map(({ outcome }) => JSON.stringify(outcome.state)).sort());
    if (!optimal.exhaustive) continue;
    expect([seed, found]).toEqual([seed, naive.exhaustive ? all : expect.arrayContaining(all!)]);
    compared++;
  }
  expect(compared).toBeGreaterThan(15);
});

import { expect, it } from 'vitest';
import { TimeAllowance } from '../../src/cli/time-allowance.js';

it('is used up by what is done, and by what fails', async () => {
  let now = 0;
  const allowance = new TimeAllowance(100, () => now);
  expect(await allowance.spend(() => { now += 60; return Promise.resolve('done'); })).toBe('done');
  expect(allowance.left).toBe(40);
  await expect(allowance.spend(() => { now += 60; return Promise.reject(new Error('no')); })).rejects.toThrow('no');
  expect(allowance.left).toBe(0);
});

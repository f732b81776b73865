import { describe, expect, it } from 'vitest';
import { jobsOf, threadsFor } from '../../src/cli/checker-threads.js';

describe('threads that check files', () => {
  it('are none for few files, and no more than there are batches or jobs', () => {
    expect([1, 47].map((files) => threadsFor(files, 4))).toEqual([0, 0]);
    expect([48, 64, 1000].map((files) => threadsFor(files, 4))).toEqual([3, 4, 4]);
    expect(threadsFor(1000, 1)).toBe(1);
  });

  it('are as many as is asked for, else at most four', () => {
    expect(jobsOf({ jobs: 7 })).toBe(7);
    expect(jobsOf({})).toBeLessThanOrEqual(4);
  });
});

import { describe, expect, test } from 'vitest';
import { Stretches } from '../../src/cli/stretches.js';

/** Who takes which batches if the threads take turns in the given order, and then the first goes on alone. */
function taken(tasks: number, threads: number, turns: readonly number[]): string[] {
  const stretches = new Stretches(tasks, threads, 10);
  const batches: string[] = [];
  for (const thread of turns) {
    const batch = stretches.take(thread);
    if (batch) batches.push(`${thread}: ${batch.first}-${batch.end}`);
  }
  for (let batch = stretches.take(0); batch; batch = stretches.take(0)) batches.push(`0: ${batch.first}-${batch.end}`);
  return batches;
}

describe('tasks that threads share', () => {
  test('each thread goes through a stretch of its own', () => {
    expect(taken(60, 2, [0, 1, 0, 1, 0, 1])).toEqual(['0: 0-10', '1: 30-40', '0: 10-20', '1: 40-50', '0: 20-30', '1: 50-60']);
  });

  test('one that is done takes the second half of what the slowest has left', () => {
    expect(taken(80, 2, [1, 0, 0, 0, 0, 0])).toEqual(['1: 40-50', '0: 0-10', '0: 10-20', '0: 20-30', '0: 30-40', '0: 65-75', '0: 75-80', '0: 55-65', '0: 50-55']);
  });

  test.each([[1, 1], [48, 4], [97, 3], [1000, 4]])('all of %i tasks are done once by %i threads', (tasks, threads) => {
    const places = taken(tasks, threads, Array.from({ length: 40 }, (_, turn) => (turn * 7) % threads)).flatMap((batch) => {
      const [first, end] = batch.slice(3).split('-').map(Number) as [number, number];
      return Array.from({ length: end - first }, (_, at) => first + at);
    });
    expect(places.sort((a, b) => a - b)).toEqual(Array.from({ length: tasks }, (_, place) => place));
  });
});

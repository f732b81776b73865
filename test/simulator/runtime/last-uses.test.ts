import { describe, expect, it } from 'vitest';
import { LastUses } from '../../../src/simulator/runtime/loop-identity.js';

describe('whether another task used a place after a step', () => {
  const used = (...notes: readonly (readonly [task: string, step: number])[]) => {
    const uses = new LastUses();
    for (const [task, step] of notes) uses.note(task, step);
    return uses;
  };

  it.each<[string, readonly (readonly [string, number])[], boolean]>([
    ['nobody did', [], false],
    ['only itself', [['first', 7]], false],
    ['another one, before', [['second', 3]], false],
    ['another one, before, and itself after', [['second', 3], ['first', 7]], false],
    ['another one, after', [['first', 3], ['second', 7]], true],
    ['another one, after, and then itself', [['second', 7], ['first', 8], ['first', 9]], true],
    ['a third one', [['second', 3], ['third', 7], ['first', 8]], true],
  ])('%s', (_name, notes, is) => {
    expect(used(...notes).isByAnother('first', 5)).toBe(is);
  });

  it('is forgotten with the execution', () => {
    const uses = used(['second', 7]);
    uses.clear();
    expect(uses.isByAnother('first', 5)).toBe(false);
  });
});

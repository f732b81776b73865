import { describe, expect, it } from 'vitest';
import { judgeEnd } from '../../../src/simulator/oracle/index.js';
import { findCircle } from '../../../src/simulator/oracle/livelock.js';
import { atomic, end, numbered, step, type Step } from './ends.js';

/** Two polite tasks: each takes one lock, sees that the other is taken, gives its own back. */
const polite: Step[] = [
  step('alice', 'acquire', 'a'), step('bob', 'acquire', 'b'), atomic('alice', 'read', 'x', { after: '1' }), atomic('bob', 'read', 'y', { after: '1' }), step('alice', 'release', 'a'), step('bob', 'release', 'b'),
];
const times = (count: number, steps: readonly Step[]): Step[] => Array.from({ length: count }, () => steps).flat();
const cut = (steps: readonly Step[], cutOff: readonly string[]) => judgeEnd(end({ steps, isTruncated: true, cutOff }), {}).map(({ kind, message }) => `${kind}: ${message}`);

describe('livelock', () => {
  it('two polite tasks that go round together', () => {
    expect(cut([step('alice', 'start'), step('bob', 'start'), ...times(40, polite)], ['alice', 'bob'])).toEqual([
      'livelock: alice and bob keep each other busy and repeat the same 6 steps without getting anywhere: 40 times from step 3 on, when the execution was cut',
    ]);
  });

  it('a task alone that polls for what nobody will do', () => {
    expect(cut(times(100, [atomic('alice', 'read', 'flag', { after: '0' })]), ['alice'])).toEqual(['livelock: alice repeats the same step without getting anywhere: 100 times from step 1 on, when the execution was cut']);
  });
});

describe('no livelock', () => {
  it('if the schedule was unfair: somebody could have gone on', () => {
    expect(cut(times(40, polite), ['alice', 'bob', 'carol'])).toEqual([]);
  });

  it('if something changes from round to round', () => {
    expect(cut(Array.from({ length: 100 }, (_, at) => atomic('alice', 'update', 'n', { before: `${at}`, after: `${at + 1}` })), ['alice'])).toEqual([]);
  });

  it('if a round makes progress', () => {
    expect(cut(times(40, [...polite, step('alice', 'observe', 'log')]), ['alice', 'bob'])).toEqual([]);
  });

  it('if the rounds are few, or the lesser part', () => {
    expect(cut(times(7, polite), ['alice', 'bob'])).toEqual([]);
    const way = Array.from({ length: 100 }, (_, at) => atomic('alice', 'write', 'n', { after: `${at}` }));
    expect(cut([...way, ...times(10, polite)], ['alice', 'bob'])).toEqual([]);
  });

  it('if the execution ended, or only tasks that were waiting are left', () => {
    expect(judgeEnd(end({ steps: times(40, polite) }), {})).toEqual([]);
    expect(cut(times(40, polite), [])).toEqual([]);
  });
});

it('the shortest round is found', () => {
  expect(findCircle(numbered(times(16, polite)))).toEqual({ from: 0, length: 6, rounds: 16 });
  expect(findCircle(numbered([...polite.slice(3), ...times(16, polite)]))).toEqual({ from: 3, length: 6, rounds: 16 });
});

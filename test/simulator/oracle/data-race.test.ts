import { describe, expect, it } from 'vitest';
import { judgeEnd, type LoggedStep } from '../../../src/simulator/oracle/index.js';
import { firstDataRace } from '../../../src/simulator/oracle/data-race.js';
import { randomNumbers } from '../../../src/simulator/explore/index.js';
import { atomic, end, numbered, plain, step, type Step } from './ends.js';
import { racesByClosure, randomSteps } from './happens-before-closure.js';

const race = (...steps: Step[]): string => {
  const found = firstDataRace(numbered(steps));
  return found === undefined ? 'none' : `${found.first.index} ${found.second.index}`;
};

describe('data races', () => {
  it('store buffering with plain memory', () => {
    expect(race(plain('alice', 'write', 'x'), plain('alice', 'read', 'y'), plain('bob', 'write', 'y'), plain('bob', 'read', 'x'))).toBe('1 2');
  });

  it('the message names both places', () => {
    const steps = [plain('alice', 'write', 'x[0]', { site: 3 }), plain('bob', 'read', 'x[0]', { site: 9 })];
    expect(judgeEnd(end({ steps }), { dataRaces: true, placeOf: (site) => `sum.race.ts:${site}` })).toEqual([{
      kind: 'data-race', message: 'alice writes x[0] (plain, step 1, at sum.race.ts:3) and bob reads x[0] (plain, step 2, at sum.race.ts:9), and nothing orders the two', steps: [0, 1],
    }]);
    expect(judgeEnd(end({ steps }), {})).toEqual([]);
  });

  it('message passing by a plain flag, not by an atomic one', () => {
    expect(race(plain('alice', 'write', 'data'), plain('alice', 'write', 'flag'), plain('bob', 'read', 'flag'), plain('bob', 'read', 'data'))).toBe('1 2');
    expect(race(plain('alice', 'write', 'data'), atomic('alice', 'write', 'flag'), atomic('bob', 'read', 'flag'), plain('bob', 'read', 'data'))).toBe('none');
    expect(race(atomic('bob', 'read', 'flag'), plain('alice', 'write', 'data'), atomic('alice', 'write', 'flag'), plain('bob', 'read', 'data'))).toBe('1 3');
  });

  it('an atomic read synchronises with the write that it reads from, not with one that was overwritten', () => {
    expect(race(plain('alice', 'write', 'data'), atomic('alice', 'write', 'flag'), atomic('carol', 'write', 'flag'), atomic('bob', 'read', 'flag'), plain('bob', 'read', 'data'))).toBe('0 4');
    expect(race(plain('alice', 'write', 'data'), atomic('alice', 'write', 'flag'), atomic('carol', 'update', 'flag'), atomic('bob', 'read', 'flag'), plain('bob', 'read', 'data'))).toBe('none');
  });

  it('plain and atomic access of one place race', () => {
    expect(race(atomic('alice', 'write', 'x'), plain('bob', 'read', 'x'))).toBe('0 1');
    expect(race(plain('alice', 'write', 'x'), atomic('bob', 'read', 'x'))).toBe('0 1');
    expect(race(atomic('alice', 'read', 'x'), plain('bob', 'read', 'x'))).toBe('none');
    expect(race(atomic('alice', 'update', 'x'), atomic('bob', 'update', 'x'))).toBe('none');
  });

  it('two plain reads never race, nor accesses of one agent', () => {
    expect(race(plain('alice', 'read', 'x'), plain('bob', 'read', 'x'))).toBe('none');
    expect(race(plain('alice', 'write', 'x'), plain('bob', 'write', 'x', { agent: 'alice' }))).toBe('none');
  });

  it('overlapping bytes of another size, atomic ones too', () => {
    const byte = { bytes: { buffer: 'x', offset: 3, size: 1 } };
    expect(race(plain('alice', 'write', 'x[0]'), plain('bob', 'read', 'byte', byte))).toBe('0 1');
    expect(race(plain('alice', 'write', 'x[1]'), plain('bob', 'read', 'byte', byte))).toBe('none');
    expect(race(atomic('alice', 'write', 'x[0]'), atomic('bob', 'read', 'byte', byte))).toBe('0 1');
    expect(race(atomic('alice', 'read', 'x[0]'), atomic('bob', 'read', 'byte', byte))).toBe('none');
  });

  it('locks order what they protect, each lock only its own', () => {
    const inside = (task: string, lock: string): Step[] => [step(task, 'acquire', lock), plain(task, 'write', 'x'), step(task, 'release', lock)];
    expect(race(...inside('alice', 'm'), ...inside('bob', 'm'))).toBe('none');
    expect(race(...inside('alice', 'm'), ...inside('bob', 'n'))).toBe('1 4');
    expect(race(...inside('alice', 'm'), plain('alice', 'write', 'x'), ...inside('bob', 'm'))).toBe('3 5');
  });

  it('all releases of a semaphore come before an acquire', () => {
    expect(race(plain('alice', 'write', 'x'), step('alice', 'release', 's'), step('bob', 'release', 's'), step('carol', 'acquire', 's'), plain('carol', 'read', 'x'))).toBe('none');
  });

  it('send and receive, spawn and start, end and join, notify and wake', () => {
    expect(race(plain('alice', 'write', 'x'), step('alice', 'send', 'port 1'), step('bob', 'receive', 'port 1', { enabledBy: 1 }), plain('bob', 'read', 'x'))).toBe('none');
    expect(race(plain('alice', 'write', 'x'), step('alice', 'send', 'port 1'), step('bob', 'receive', 'port 1'), plain('bob', 'read', 'x'))).toBe('0 3');
    expect(race(plain('alice', 'write', 'x'), step('alice', 'spawn', 'bob'), step('bob', 'start', undefined, { enabledBy: 1 }), plain('bob', 'write', 'x'), step('bob', 'end'), step('alice', 'receive', 'bob', { enabledBy: 4 }), plain('alice', 'read', 'x'))).toBe('none');
    expect(race(atomic('bob', 'wait', 'w'), plain('alice', 'write', 'x'), atomic('alice', 'notify', 'w'), step('bob', 'wake', 'w', { enabledBy: 2 }), plain('bob', 'read', 'x'))).toBe('none');
  });

  it("a place's waiter list is a critical section: a notify comes before a later wait, even if it woke nobody", () => {
    expect(race(plain('alice', 'write', 'x'), atomic('alice', 'notify', 'w'), atomic('bob', 'wait', 'w'), plain('bob', 'read', 'x'))).toBe('none');
    expect(race(plain('alice', 'write', 'x'), atomic('alice', 'notify', 'v'), atomic('bob', 'wait', 'w'), plain('bob', 'read', 'x'))).toBe('0 3');
  });

  it('waiting for a plain write orders nothing', () => {
    const waitsFor = (write: Step): string => race(plain('alice', 'write', 'x'), write, step('bob', 'wake', 'flag', { enabledBy: 1 }), plain('bob', 'read', 'x'));
    expect(waitsFor(plain('alice', 'write', 'flag'))).toBe('0 3');
    expect(waitsFor(atomic('alice', 'write', 'flag'))).toBe('none');
  });

  it('a condition that came true has read atomically', () => {
    const comesTrue = step('bob', 'wake', 'flag is set', { reads: [{ buffer: 'flag', offset: 0, size: 4 }] });
    expect(race(plain('alice', 'write', 'x'), atomic('alice', 'write', 'flag'), comesTrue, plain('bob', 'read', 'x'))).toBe('none');
    expect(race(plain('alice', 'write', 'x'), plain('alice', 'write', 'flag'), comesTrue)).toBe('1 2');
  });

  it('the first race is named, by its later access', () => {
    expect(race(plain('alice', 'write', 'y'), plain('alice', 'write', 'x'), plain('bob', 'write', 'x'), plain('bob', 'write', 'y'))).toBe('1 2');
    expect(race(plain('alice', 'write', 'x'), plain('carol', 'read', 'z'), plain('alice', 'write', 'x'), plain('bob', 'write', 'x'))).toBe('2 3');
  });
});

describe('data races, judged by the closure of happens-before', () => {
  it('agree on 6,000 random traces', () => {
    const random = randomNumbers(11);
    let racy = 0;
    for (let round = 0; round < 6000; round++) {
      const steps: LoggedStep[] = numbered(randomSteps(random));
      const pairs = racesByClosure(steps);
      const found = firstDataRace(steps);
      if (pairs.length === 0) {
        expect(found, JSON.stringify(steps)).toBeUndefined();
        continue;
      }
      racy++;
      const second = Math.min(...pairs.map(([, later]) => later));
      const first = Math.max(...pairs.filter(([, later]) => later === second).map(([earlier]) => earlier));
      expect(found && [found.first.index, found.second.index], JSON.stringify(steps)).toEqual([first, second]);
    }
    expect(racy).toBeGreaterThan(1500);
    expect(racy).toBeLessThan(5500);
  });
});

import { describe, expect, it } from 'vitest';
import { judgeEnd, type Asks } from '../../../src/simulator/oracle/index.js';
import { end, outcome, step, type EndParts } from './ends.js';

const judged = (parts: EndParts, asks: Asks = {}) => judgeEnd(end(parts), asks).map(({ kind, message }) => `${kind}: ${message}`);

describe('lock still held', () => {
  it('a task that ended with it', () => {
    expect(judged({ steps: [step('alice', 'acquire', 'm'), step('alice', 'end')], holds: [{ task: 'alice', resource: 'm', step: 0 }] })).toEqual(['lock-held: alice ended and still holds m (acquired in step 1)']);
  });

  it('released, or held by somebody who is blocked or was cut: not', () => {
    expect(judged({ steps: [step('alice', 'acquire', 'm'), step('alice', 'release', 'm')] })).toEqual([]);
    expect(judged({ holds: [{ task: 'alice', resource: 'm', step: 0 }], isTruncated: true })).toEqual([]);
    const blocked = judged({ holds: [{ task: 'alice', resource: 'm', step: 0 }], blocked: [{ agent: 'alice', task: 'alice', site: -1, waits: 'nothing', resource: '' }] });
    expect(blocked.map((text) => text.split(':')[0])).toEqual(['deadlock']);
  });

  it('a unit of a semaphore that others give back', () => {
    const steps = [step('alice', 'acquire', 's'), step('alice', 'release', 's'), step('bob', 'acquire', 's')];
    expect(judged({ steps, holds: [{ task: 'bob', resource: 's', step: 2, of: 'semaphore' }] })).toEqual(['lock-held: bob ended and still holds s (acquired in step 3)']);
  });

  it('a unit of a semaphore that counts: not', () => {
    expect(judged({ steps: [step('alice', 'release', 'full'), step('bob', 'acquire', 'full')], holds: [{ task: 'bob', resource: 'full', step: 1, of: 'semaphore' }] })).toEqual([]);
    expect(judged({ steps: [step('bob', 'acquire', 'tickets')], holds: [{ task: 'bob', resource: 'tickets', step: 0, of: 'semaphore' }] })).toEqual([]);
  });
});

describe('double release', () => {
  it('tells the place', () => {
    const steps = [step('alice', 'acquire', 'm'), step('alice', 'release', 'm'), step('alice', 'release', 'm', { site: 4 })];
    const misuses = [{ step: 2, text: 'alice unlocks m, which nobody holds' }];
    expect(judged({ steps, misuses }, { placeOf: (site) => `a.race.ts:${site}` })).toEqual(['double-release: alice unlocks m, which nobody holds (step 3, at a.race.ts:4)']);
    expect(judged({ steps })).toEqual([]);
  });
});

describe('unhandled errors and invariants', () => {
  it('unhandled', () => {
    expect(judged({ unhandled: [{ task: 'alice', text: 'Error: no funds' }] })).toEqual(['unhandled: alice: Error: no funds, which nobody handles']);
  });

  it('invariant', () => {
    expect(judged({ invariant: { holds: false, message: 'balance >= 0' }, outcome: outcome({ balance: '-60' }) })).toEqual(['invariant: balance >= 0 (balance = -60)']);
    expect(judged({ invariant: { holds: true, message: '' } })).toEqual([]);
    expect(judged({ invariant: { holds: false, message: '' }, isTruncated: true })).toEqual([]);
  });
});

describe('the most important comes first', () => {
  it('the lock that is released twice stands before the invariant that it breaks, a leftover lock after it', () => {
    const problems = judgeEnd(end({
      steps: [step('alice', 'release', 'm')], misuses: [{ step: 0, text: 'twice' }], invariant: { holds: false, message: '' },
      unhandled: [{ task: 'a', text: 'E' }], holds: [{ task: 'alice', resource: 'm', step: 0 }],
    }), {});
    expect(problems.map(({ kind }) => kind)).toEqual(['double-release', 'invariant', 'unhandled', 'lock-held']);
  });

  it('a clean end is not looked into', () => {
    const steps: never = new Proxy([], { get() { throw new Error('looked at'); } }) as never;
    expect(judgeEnd({ ...end(), steps }, { linearizable: {} })).toEqual([]);
    expect(judgeEnd({ ...end(), steps, mayRace: false }, { dataRaces: true })).toEqual([]);
  });
});

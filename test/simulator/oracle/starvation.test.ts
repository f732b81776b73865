import { describe, expect, it } from 'vitest';
import { Tally } from '../../../src/simulator/oracle/index.js';
import { bypassText, largestBypass } from '../../../src/simulator/oracle/starvation.js';
import { atomic, end, numbered, step, type Step } from './ends.js';

const round = (task: string): Step[] => [step(task, 'acquire', 'm'), step(task, 'release', 'm')];
const text = (...steps: Step[]): string => {
  const bypass = largestBypass(numbered(steps));
  return bypass === undefined ? 'none' : bypassText(bypass);
};

describe('bypass', () => {
  it('counts those who got the lock and had asked later, or not waited', () => {
    const steps = [step('alice', 'acquire', 'm'), step('bob', 'request', 'm'), step('alice', 'release', 'm'), ...round('alice'), step('carol', 'request', 'm'), ...round('carol'), ...round('alice'), ...round('bob')];
    expect(text(...steps)).toBe('bob was bypassed 3 times while it waited for mutex m (asked in step 2, got it in step 11)'.replace('mutex ', ''));
  });

  it('not those who had asked earlier, nor other locks', () => {
    expect(text(step('carol', 'acquire', 'm'), step('alice', 'request', 'm'), step('bob', 'request', 'm'), step('carol', 'release', 'm'), ...round('alice'), ...round('bob'))).toBe('none');
    expect(text(step('bob', 'request', 'm'), step('alice', 'acquire', 'n'), ...round('bob'))).toBe('none');
  });

  it('a task that never got it', () => {
    expect(text(step('bob', 'request', 'm'), ...round('alice'), ...round('alice'))).toBe('bob was bypassed twice while it waited for m (asked in step 1, never got it)');
  });

  it("a lock of the program's own, recorded: from the first step inside the call", () => {
    const call = (task: string, id: number) => ({ id: `${task} ${id}`, object: 'ticket', method: 'lock', args: '[]' });
    const lock = (task: string, id: number, ...inside: Step[]): Step[] => [step(task, 'invoke', undefined, { call: call(task, id) }), ...inside, step(task, 'respond', undefined, { call: { ...call(task, id), result: 'undefined' } })];
    const doorway = atomic('bob', 'update', 'next');
    const invoked = step('bob', 'invoke', undefined, { call: call('bob', 1) });
    const entered = [atomic('bob', 'read', 'serving'), step('bob', 'respond', undefined, { call: { ...call('bob', 1), result: '' } })];
    const alice = lock('alice', 1, atomic('alice', 'update', 'next'));
    expect(text(invoked, ...alice, doorway, ...entered)).toBe('none');
    expect(text(invoked, doorway, ...alice, ...entered)).toBe('bob was bypassed once while it waited for ticket.lock (asked in step 2, got it in step 6)');
    expect(text(invoked, doorway, entered[0]!, ...alice, entered[1]!)).toBe('none');
    expect(text(invoked, doorway, ...alice)).toBe('bob was bypassed once while it waited for ticket.lock (asked in step 2, never got it)');
  });
});

describe('starvation', () => {
  const steps = [step('bob', 'request', 'm'), ...round('alice'), ...round('alice'), ...round('bob')];

  it('more overtakes than the bound', () => {
    const tally = new Tally({ bypassBound: 1 });
    expect(tally.add(end({ steps }))).toEqual([{ kind: 'starvation', message: 'bob was bypassed twice while it waited for m (asked in step 1, got it in step 6); the scenario allows 1', steps: [0, 5] }]);
  });

  it('within the bound the largest bypass is kept, without a bound nothing is counted', () => {
    const tally = new Tally({ bypassBound: 2 });
    expect(tally.add(end({ steps }))).toEqual([]);
    tally.add(end({ steps: [step('carol', 'request', 'm'), ...round('alice')] }));
    expect(tally.bypass).toMatchObject({ task: 'bob', count: 2 });
    const without = new Tally({});
    expect(without.add(end({ steps }))).toEqual([]);
    expect(without.bypass).toBeUndefined();
  });
});

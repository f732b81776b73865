import { describe, expect, it } from 'vitest';
import { judgeEnd, type BlockedTask } from '../../../src/simulator/oracle/index.js';
import { atomic, end, step, type EndParts, type Step } from './ends.js';

const blockedIn = (waits: BlockedTask['waits'], resource: string, task = 'alice'): BlockedTask => ({ agent: task, task, site: -1, waits, resource });
const kinds = (parts: EndParts) => judgeEnd(end(parts), {}).map(({ kind }) => kind);

describe('lost wake-up', () => {
  it('a signal between the check and the wait', () => {
    const steps: Step[] = [atomic('alice', 'read', 'ready'), atomic('bob', 'write', 'ready'), step('bob', 'notify', 'changed'), step('alice', 'wait', 'changed')];
    expect(judgeEnd(end({ steps, blocked: [blockedIn('signal', 'changed')] }), {})).toEqual([{
      kind: 'lost-wakeup', message: 'bob signalled changed (step 3) while nobody waited; alice began to wait afterwards (step 4) and is never woken', steps: [2, 3],
    }]);
  });

  it('a signal to a task that checks nothing', () => {
    const steps = [step('bob', 'notify', 'changed'), step('alice', 'wait', 'changed')];
    expect(kinds({ steps, blocked: [blockedIn('signal', 'changed')] })).toEqual(['lost-wakeup']);
  });

  it('a notify that changes nothing, after which the check sees nothing new', () => {
    const steps = [atomic('bob', 'notify', 'x[0]'), atomic('alice', 'read', 'x[0]'), atomic('alice', 'wait', 'x[0]')];
    expect(kinds({ steps, blocked: [blockedIn('notify', 'x[0]')] })).toEqual(['lost-wakeup']);
  });

  it('the value went to and fro between the check and the wait', () => {
    const steps = [atomic('alice', 'read', 'x'), atomic('bob', 'write', 'x'), atomic('bob', 'notify', 'x'), atomic('carol', 'write', 'x'), atomic('alice', 'wait', 'x')];
    expect(kinds({ steps, blocked: [blockedIn('notify', 'x')] })).toEqual(['lost-wakeup']);
  });

  it('a second signal that tells nothing new', () => {
    const steps = [atomic('bob', 'write', 'items'), step('bob', 'notify', 'c'), atomic('alice', 'read', 'items'), step('bob', 'notify', 'c'), step('alice', 'wait', 'c')];
    expect(judgeEnd(end({ steps, blocked: [blockedIn('signal', 'c')] }), {})).toMatchObject([{ kind: 'lost-wakeup', steps: [3, 4] }]);
  });

  it('a second round: woken once, it missed the second signal', () => {
    const steps = [
      step('alice', 'wait', 'c'), step('bob', 'notify', 'c'), step('alice', 'wake', 'c', { enabledBy: 1 }),
      atomic('alice', 'read', 'items'), atomic('bob', 'write', 'items'), step('bob', 'notify', 'c'), step('alice', 'wait', 'c'),
    ];
    expect(judgeEnd(end({ steps, blocked: [blockedIn('signal', 'c')] }), {})).toMatchObject([{ kind: 'lost-wakeup', steps: [5, 6] }]);
  });

  it('who waits for a lock of the sleeper is told of with it', () => {
    const steps = [step('alice', 'acquire', 'm'), step('bob', 'notify', 'c'), step('alice', 'wait', 'c')];
    const problems = judgeEnd(end({ steps, blocked: [blockedIn('signal', 'c'), blockedIn('lock', 'm', 'carol')], holds: [{ task: 'alice', resource: 'm', step: 0 }] }), {});
    expect(problems.map(({ kind }) => kind)).toEqual(['lost-wakeup']);
    expect(problems[0]!.message.split('\n')[1]).toBe('carol waits for m, which is held by alice (acquired in step 1)');
  });

  it('beside it a cycle is a deadlock of its own', () => {
    const steps = [step('bob', 'notify', 'c'), step('alice', 'wait', 'c')];
    expect(kinds({ steps, blocked: [blockedIn('signal', 'c'), blockedIn('lock', 'm', 'dave')], holds: [{ task: 'dave', resource: 'm', step: 0 }] })).toEqual(['lost-wakeup', 'deadlock']);
  });
});

describe('no wake-up is lost, it is a plain deadlock', () => {
  it('where nobody ever notified', () => {
    expect(kinds({ steps: [step('alice', 'wait', 'c')], blocked: [blockedIn('signal', 'c')] })).toEqual(['deadlock']);
  });

  it('where the signal was for another resource', () => {
    expect(kinds({ steps: [step('bob', 'notify', 'other'), step('alice', 'wait', 'c')], blocked: [blockedIn('signal', 'c')] })).toEqual(['deadlock']);
  });

  it('where the check saw what the signal told of: another consumer took the item', () => {
    const steps = [
      atomic('producer', 'write', 'items'), step('producer', 'notify', 'c'), atomic('bob', 'read', 'items'), atomic('bob', 'write', 'items'),
      atomic('alice', 'read', 'items'), step('alice', 'wait', 'c'),
    ];
    expect(kinds({ steps, blocked: [blockedIn('signal', 'c')] })).toEqual(['deadlock']);
  });

  it('where the signal woke somebody else', () => {
    const steps = [step('bob', 'wait', 'c'), step('carol', 'notify', 'c'), step('bob', 'wake', 'c', { enabledBy: 1 }), step('alice', 'wait', 'c')];
    expect(kinds({ steps, blocked: [blockedIn('signal', 'c')] })).toEqual(['deadlock']);
  });

  it('where everybody ended', () => {
    expect(kinds({ steps: [step('bob', 'notify', 'c'), step('alice', 'wait', 'c'), step('carol', 'notify', 'c'), step('alice', 'wake', 'c', { enabledBy: 2 })] })).toEqual([]);
  });
});

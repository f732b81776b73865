import { describe, expect, it } from 'vitest';
import { judgeEnd, type BlockedTask, type Hold } from '../../../src/simulator/oracle/index.js';
import { findCycle, waitsOf } from '../../../src/simulator/oracle/wait-for.js';
import { randomNumbers } from '../../../src/simulator/explore/index.js';
import { end, step, type EndParts } from './ends.js';

const waiting = (task: string, resource: string, waits: BlockedTask['waits'] = 'lock'): BlockedTask => ({ agent: task, task, site: -1, waits, resource });
const hold = (task: string, resource: string, at: number, of?: Hold['of']): Hold => ({ task, resource, step: at, ...(of && { of }) });
const judged = (parts: EndParts) => judgeEnd(end(parts), {}).map(({ kind, message, steps }) => ({ kind, message, steps }));

describe('deadlock', () => {
  it('AB/BA: tells the cycle with the acquisition of each hold', () => {
    const parts: EndParts = {
      steps: [step('alice', 'start'), step('alice', 'acquire', 'forks[0]'), step('bob', 'start'), step('bob', 'acquire', 'forks[1]'), step('alice', 'request', 'forks[1]'), step('bob', 'request', 'forks[0]')],
      blocked: [waiting('alice', 'forks[1]'), waiting('bob', 'forks[0]')],
      holds: [hold('alice', 'forks[0]', 1), hold('bob', 'forks[1]', 3)],
    };
    expect(judged(parts)).toEqual([{ kind: 'deadlock', message: 'alice holds forks[0] (acquired in step 2) and waits for forks[1], which bob holds (step 4) and waits for forks[0]', steps: [1, 3, 4, 5] }]);
  });

  it('three philosophers: from the earliest acquisition round the table', () => {
    const [{ message } = { message: '' }] = judged({
      blocked: [waiting('alice', 'forks[1]'), waiting('bob', 'forks[2]'), waiting('carol', 'forks[0]')],
      holds: [hold('carol', 'forks[2]', 9), hold('bob', 'forks[1]', 2), hold('alice', 'forks[0]', 5)],
    });
    expect(message).toBe('bob holds forks[1] (acquired in step 3) and waits for forks[2], which carol holds (step 10) and waits for forks[0], which alice holds (step 6) and waits for forks[1]');
  });

  it('a task that locks what it holds', () => {
    expect(judged({ blocked: [waiting('alice', 'm')], holds: [hold('alice', 'm', 0)] })).toMatchObject([{ kind: 'deadlock', message: 'alice waits for m, which alice itself holds (acquired in step 1)' }]);
  });

  it('who waits for a task of the cycle stands below it', () => {
    const [{ message } = { message: '' }] = judged({ blocked: [waiting('alice', 'm'), waiting('bob', 'm')], holds: [hold('alice', 'm', 0)] });
    expect(message.split('\n')).toEqual(['alice waits for m, which alice itself holds (acquired in step 1)', 'bob waits for m, which is held by alice (acquired in step 1)']);
  });

  it.each([
    ['notify', 'x[0]', 'alice waits for a notify of x[0], and nobody is left to notify'],
    ['signal', 'notEmpty', 'alice waits for a signal of notEmpty, and nobody is left to signal'],
    ['condition', 'condition', 'alice waits for a condition, and nobody is left to make it true'],
    ['memory', 'flag[0]', 'alice spins until flag[0] changes, and nobody is left to change it'],
    ['message', 'port 2', 'alice waits for a message on port 2, and nobody is left to send one'],
    ['semaphore', 'full', 'alice waits for a unit of full, and nobody is left to release one'],
    ['nothing', '', 'alice waits for a promise, and nobody is left to settle it'],
  ] as const)('without a cycle: %s', (waits, resource, message) => {
    expect(judged({ blocked: [waiting('alice', resource, waits)] })).toEqual([{ kind: 'deadlock', message, steps: [] }]);
  });

  it('says where', () => {
    const problems = judgeEnd(end({ blocked: [{ ...waiting('alice', 'x[0]', 'notify'), site: 7 }] }), { placeOf: (site) => `a.race.ts:${site}` });
    expect(problems[0]!.message).toBe('alice waits for a notify of x[0] at a.race.ts:7, and nobody is left to notify');
  });

  it('a lock whose holder ended', () => {
    const problems = judged({ blocked: [waiting('bob', 'm')], holds: [hold('alice', 'm', 0)] });
    expect(problems.map(({ kind, message }) => [kind, message])).toEqual([
      ['deadlock', 'bob waits for m, which is held by alice (acquired in step 1); alice ended without releasing it'],
      ['lock-held', 'alice ended and still holds m (acquired in step 1)'],
    ]);
  });

  it('semaphores used as locks have holders', () => {
    const [{ message } = { message: '' }] = judged({
      blocked: [waiting('alice', 's', 'semaphore'), waiting('bob', 'r', 'semaphore')],
      holds: [hold('alice', 'r', 0, 'semaphore'), hold('bob', 's', 1, 'semaphore')],
    });
    expect(message).toBe('alice holds r (acquired in step 1) and waits for s, which bob holds (step 2) and waits for r');
  });

  it('semaphores that count signals have none: a producer that took all free places waits for the consumer, not for itself', () => {
    const steps = [step('producer', 'acquire', 'free'), step('consumer', 'release', 'free'), step('producer', 'acquire', 'free')];
    const [{ message } = { message: '' }] = judged({ steps, blocked: [waiting('producer', 'free', 'semaphore')], holds: [hold('producer', 'free', 2, 'semaphore')] });
    expect(message).toBe('producer waits for a unit of free, and nobody is left to release one');
  });

  it('in an execution that was cut only a cycle of locks is certain', () => {
    const ring: EndParts = { blocked: [waiting('alice', 'm'), waiting('bob', 'n')], holds: [hold('alice', 'n', 0), hold('bob', 'm', 1)] };
    expect(judged({ ...ring, isTruncated: true })).toMatchObject([{ kind: 'deadlock' }]);
    const units: EndParts = { blocked: [waiting('alice', 'm', 'semaphore'), waiting('bob', 'n', 'semaphore')], holds: [hold('alice', 'n', 0, 'semaphore'), hold('bob', 'm', 1, 'semaphore')] };
    expect(judged(units)).toMatchObject([{ kind: 'deadlock' }]);
    expect(judged({ ...units, isTruncated: true })).toEqual([]);
    expect(judged({ blocked: [waiting('alice', 'm'), waiting('bob', 'x', 'notify')], holds: [hold('bob', 'm', 1)], isTruncated: true })).toEqual([]);
  });

  it('nobody blocked: nothing', () => {
    expect(judged({ steps: [step('alice', 'acquire', 'm'), step('alice', 'release', 'm')] })).toEqual([]);
  });
});

describe('cycles, judged by the transitive closure', () => {
  it('are found where there are any, are real and shortest (3,000 random graphs)', () => {
    const random = randomNumbers(7);
    let cyclic = 0;
    for (let round = 0; round < 3000; round++) {
      const { blocked, holds } = randomWaits(random);
      const cycle = findCycle(waitsOf(end({ blocked, holds })));
      const girth = shortestCycle(blocked, holds);
      expect(cycle?.length ?? 0).toBe(girth);
      if (cycle === undefined) continue;
      cyclic++;
      cycle.forEach(({ blocked: waits, hold: held }, at) => {
        expect(held.resource).toBe(waits.resource);
        expect(held.task).toBe(cycle[(at + 1) % cycle.length]!.blocked.task);
      });
    }
    expect(cyclic).toBeGreaterThan(500);
  });
});

function randomWaits(random: () => number): { blocked: BlockedTask[]; holds: Hold[] } {
  const tasks = Array.from({ length: 1 + Math.floor(random() * 6) }, (_, at) => `t${at}`);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const locks = Array.from({ length: 1 + Math.floor(random() * 6) }, (_, at) => `m${at}`);
  return {
    blocked: tasks.filter(() => random() < 0.8).map((task) => waiting(task, pick(locks))),
    holds: locks.filter(() => random() < 0.8).map((lock, at) => hold(pick(tasks), lock, at)),
  };
}

/** Length of a shortest cycle by powers of the wait-for relation; 0 if there is none. */
function shortestCycle(blocked: readonly BlockedTask[], holds: readonly Hold[]): number {
  const names = [...new Set([...blocked, ...holds].map(({ task }) => task))];
  const edge = names.map((from) => names.map((to) => blocked.some(({ task, resource }) => task === from && holds.some((held) => held.task === to && held.resource === resource))));
  let power = edge;
  for (let length = 1; length <= names.length; length++) {
    if (power.some((row, at) => row[at])) return length;
    power = power.map((row) => names.map((_, to) => row.some((on, via) => on && edge[via]![to]!)));
  }
  return 0;
}

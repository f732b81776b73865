import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../../src/model/index.js';
import { Tally, type Asks, type ExecutionEnd, type TallyState } from '../../../src/simulator/oracle/index.js';
import { randomNumbers } from '../../../src/simulator/explore/index.js';
import { end, outcome, step } from './ends.js';
import { queue, specificationOf } from './sequential-objects.js';

const schedule = (...ids: string[]): (() => Schedule) => () => ({ version: 1, events: ids.map((id) => ({ id, task: id, label: id })) });
const broken = (message: string): ExecutionEnd => end({ invariant: { holds: false, message } });

describe('a tally', () => {
  it('counts executions by kind, with the first message and schedule of each', () => {
    const tally = new Tally({});
    tally.add(broken('one'), schedule('a'));
    tally.add(end(), schedule('b'));
    tally.add({ ...broken('two'), unhandled: [{ task: 'alice', text: 'Error' }] }, schedule('c'));
    expect(tally.wrong).toBe(2);
    expect(tally.problems(true)).toEqual([
      { kind: 'invariant', message: 'one (nothing to see)', steps: [], executions: 2, schedule: schedule('a')() },
      { kind: 'unhandled', message: 'alice: Error, which nobody handles', steps: [], executions: 1, schedule: schedule('c')() },
    ]);
  });

  it('asks for a schedule only where it is kept', () => {
    const tally = new Tally({});
    const never = (): Schedule => { throw new Error('asked'); };
    tally.add(end(), never);
    tally.add(broken('one'), schedule('a'));
    tally.add(broken('one'), never);
    expect(tally.wrong).toBe(2);
  });

  it('an execution shows a problem if it has one of its kind', () => {
    const tally = new Tally({});
    tally.add(broken('one'));
    const [problem] = tally.problems(true);
    expect([tally.shows(broken('other'), problem!), tally.shows(end(), problem!)]).toEqual([true, false]);
  });
});

describe('tallies of several threads', () => {
  it('say together how many histories were too large to be judged', () => {
    const linearizable = { queue: specificationOf(queue) };
    linearizable.queue.undecided = 2;
    const one = new Tally({ linearizable });
    const all = new Tally({});
    all.merge(one.state);
    all.merge(one.state);
    expect(all.undecided).toBe(4);
  });

  const asks: Asks = { serializable: true, noninterference: 'possibilistic', bypassBound: 0 };
  const random = randomNumbers(3);
  const ends = Array.from({ length: 400 }, (_, at): [ExecutionEnd, () => Schedule] => [
    end({
      steps: random() < 0.3 ? [step('bob', 'request', 'm'), step('alice', 'acquire', 'm')] : [],
      outcome: outcome({ x: String(Math.floor(random() * 3)) }), secret: Math.floor(random() * 2), observed: `${Math.floor(random() * 100)}`,
      ...(random() < 0.2 && { unhandled: [{ task: 'alice', text: 'Error' }] }), ...(random() < 0.2 && { invariant: { holds: false, message: `${at % 7}` } }),
    }),
    schedule(...Array.from({ length: 1 + Math.floor(random() * 9) }, () => `${Math.floor(random() * 9)}`)),
  ]);
  const fresh = (): Tally => {
    const tally = new Tally(asks);
    tally.addSerial(end({ outcome: outcome({ x: '0' }) }));
    tally.addSerial(end({ outcome: outcome({ x: '1' }) }));
    return tally;
  };

  it('merge to what one would have counted, in whatever order, through JSON', () => {
    const whole = fresh();
    for (const [each, at] of ends) whole.add(each, at);
    const parts = [0, 1, 2].map((part) => {
      const tally = fresh();
      ends.forEach(([each, at], index) => { if (index % 3 === part) tally.add(each, at); });
      return JSON.parse(JSON.stringify(tally.state)) as TallyState;
    });
    const merged = (order: readonly number[]): Tally => {
      const tally = new Tally(asks);
      for (const part of order) tally.merge(parts[part]!);
      return tally;
    };
    const counts = (tally: Tally): unknown => tally.problems(true).map(({ kind, executions }) => [kind, executions]);
    expect(counts(merged([0, 1, 2]))).toEqual(counts(whole));
    expect(merged([0, 1, 2]).wrong).toBe(whole.wrong);
    expect(merged([2, 0, 1]).problems(true)).toEqual(merged([0, 1, 2]).problems(true));
    expect(merged([2, 0, 1]).bypass?.count).toBe(whole.bypass?.count);
    expect(whole.problems(true).map(({ kind }) => kind)).toEqual(['invariant', 'serializability', 'noninterference', 'unhandled', 'starvation']);
  });
});

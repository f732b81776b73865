import { describe, expect, it } from 'vitest';
import { judgeEnd, SequentialSpecification } from '../../../src/simulator/oracle/index.js';
import { historiesOf, historyKey, type HistoryCall } from '../../../src/simulator/oracle/history.js';
import { linearize } from '../../../src/simulator/oracle/linearizability.js';
import { randomNumbers } from '../../../src/simulator/explore/index.js';
import { end, numbered, step, type Step } from './ends.js';
import { answersOf, queue, register, specificationOf, stack } from './sequential-objects.js';

/** `alice push 1`, later `alice -> undefined`: invocations and responses, one a line. */
function history(object: string, ...lines: readonly string[]): Step[] {
  const open = new Map<string, { id: string; method: string; args: string }>();
  return lines.map((line, at) => {
    const [task, ...rest] = line.split(' ') as [string, ...string[]];
    if (rest[0] === '->') return step(task, 'respond', undefined, { call: { object, ...open.get(task)!, result: rest.slice(1).join(' ') } });
    const call = { id: `${task} ${at}`, method: rest[0]!, args: `[${rest.slice(1).join(',')}]` };
    open.set(task, call);
    return step(task, 'invoke', undefined, { call: { object, ...call } });
  });
}

const verdict = (make: Parameters<typeof specificationOf>[0], ...lines: readonly string[]) =>
  judgeEnd(end({ steps: history('it', ...lines) }), { linearizable: { it: specificationOf(make) } }).map(({ kind }) => kind).join() || 'fine';

describe('linearizability', () => {
  it('overlapping operations may take effect in either order', () => {
    expect(verdict(queue, 'alice push 1', 'bob push 2', 'alice -> undefined', 'bob -> undefined', 'alice shift', 'alice -> 2')).toBe('fine');
    expect(verdict(queue, 'alice push 1', 'bob push 2', 'alice -> undefined', 'bob -> undefined', 'alice shift', 'alice -> 1')).toBe('fine');
  });

  it('operations one after the other may not', () => {
    expect(verdict(queue, 'alice push 1', 'alice -> undefined', 'bob push 2', 'bob -> undefined', 'alice shift', 'alice -> 2')).toBe('linearizability');
    expect(verdict(stack, 'alice push 1', 'alice -> undefined', 'bob push 2', 'bob -> undefined', 'alice pop', 'alice -> 2')).toBe('fine');
  });

  it('a stack that lost a push', () => {
    const steps = history('stack', 'alice push 1', 'bob push 2', 'alice -> undefined', 'bob -> undefined', 'alice pop', 'alice -> 2', 'alice pop', 'alice -> undefined');
    expect(judgeEnd(end({ steps }), { linearizable: { stack: specificationOf(stack) } })).toEqual([{
      kind: 'linearizability', steps: [0, 2, 1, 3, 4, 5, 6, 7],
      message: [
        'stack is not linearizable: no sequential order gives what its calls answered',
        '  alice: push(1) -> undefined (steps 1 to 3)', '  bob: push(2) -> undefined (steps 2 to 4)', '  alice: pop() -> 2 (steps 5 to 6)', '  alice: pop() -> undefined (steps 7 to 8)',
        'after push(1), push(2), pop() a sequential stack answers pop() with 1, not undefined',
      ].join('\n'),
    }]);
  });

  it('a stale read, and a read of both values at once', () => {
    expect(verdict(register, 'alice write 1', 'alice -> undefined', 'bob read', 'bob -> 0')).toBe('linearizability');
    expect(verdict(register, 'alice write 1', 'bob read', 'bob -> 1', 'carol read', 'carol -> 0', 'alice -> undefined')).toBe('linearizability');
    expect(verdict(register, 'alice write 1', 'bob read', 'carol read', 'bob -> 1', 'carol -> 0', 'alice -> undefined')).toBe('fine');
  });

  it('an operation that never answered may have happened, with any result, or not', () => {
    expect(verdict(queue, 'alice push 1', 'bob shift', 'bob -> 1')).toBe('fine');
    expect(verdict(queue, 'alice push 1', 'bob shift', 'bob -> undefined')).toBe('fine');
    expect(verdict(register, 'alice swap 1', 'bob read', 'bob -> 1', 'bob read', 'bob -> 0')).toBe('linearizability');
  });

  it('what the specification throws is an answer', () => {
    const strict = () => ({ take: () => { throw new RangeError('empty'); } });
    expect(verdict(strict, 'alice take', 'alice -> throws RangeError')).toBe('fine');
    expect(verdict(strict, 'alice take', 'alice -> 1')).toBe('linearizability');
  });

  it('objects are judged one by one, those without a specification not at all', () => {
    const steps = [...history('queue', 'alice push 1', 'alice -> undefined'), ...history('log', 'bob push 1', 'bob -> 17'), ...history('queue', 'bob shift', 'bob -> undefined')];
    expect(judgeEnd(end({ steps }), { linearizable: { queue: specificationOf(queue) } }).map(({ kind }) => kind)).toEqual(['linearizability']);
    expect(judgeEnd(end({ steps }), { linearizable: { other: specificationOf(queue) } })).toEqual([]);
  });
});

describe('cost', () => {
  it('the object is asked once for each sequence of operations, in whatever history', () => {
    let asked = 0;
    const specification = new SequentialSpecification((operations) => { asked++; return { result: answersOf(queue, operations) }; });
    const judge = (...lines: readonly string[]) => judgeEnd(end({ steps: history('it', ...lines) }), { linearizable: { it: specification } });
    judge('alice push 1', 'alice -> undefined', 'bob shift', 'bob -> 1');
    expect(asked).toBe(2);
    judge('carol push 1', 'carol -> undefined', 'carol shift', 'carol -> 1');
    judge('alice push 1', 'alice -> undefined', 'bob shift', 'bob -> 1', 'bob shift', 'bob -> undefined');
    expect(asked).toBe(3);
  });

  it('a table that has grown too large is begun anew', () => {
    let asked = 0;
    const specification = new SequentialSpecification((operations) => { asked++; return { result: answersOf(queue, operations) }; }, 2);
    const ask = (): number => {
      specification.apply(specification.start(), { method: 'shift', args: '[]' });
      return asked;
    };
    expect([ask(), ask()]).toEqual([1, 1]);
    specification.apply(specification.start(), { method: 'push', args: '[1]' });
    expect(ask()).toBe(3);
  });

  it('states that are equal are searched once: twelve overlapping increments', () => {
    const counter = (): SequentialSpecification => {
      return new SequentialSpecification((operations) => ({ result: 'undefined', state: String(operations.length) }));
    };
    const names = Array.from({ length: 12 }, (_, at) => `t${at}`);
    const lines = [...names.map((name, at) => `${name} add ${at}`), ...names.map((name) => `${name} -> ${name === 't0' ? 'wrong' : 'undefined'}`)];
    const [calls] = [...historiesOf(numbered(history('it', ...lines))).values()];
    expect(linearize(calls!, counter(), 5000).verdict).toBe('wrong');
  });

  it('a search that is too long is given up, and says so', () => {
    const names = Array.from({ length: 9 }, (_, at) => `t${at}`);
    const lines = [...names.map((name, at) => `${name} push ${at}`), ...names.map((name) => `${name} -> ${name === 't0' ? 'wrong' : 'undefined'}`)];
    const [calls] = [...historiesOf(numbered(history('it', ...lines))).values()];
    expect(linearize(calls!, specificationOf(queue), 1000).verdict).toBe('undecided');
  });
});

describe('linearizability, judged by all permutations', () => {
  const random = randomNumbers(23);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const objects = { queue: { make: queue, operations: ['push 1', 'push 2', 'shift', 'shift'] }, stack: { make: stack, operations: ['push 1', 'push 2', 'pop', 'pop'] }, register: { make: register, operations: ['write 1', 'write 2', 'read', 'swap 3'] } };

  it.each(Object.entries(objects))('agree on 3,000 random histories of a %s', (_, { make, operations }) => {
    const specification = specificationOf(make);
    const stated = new SequentialSpecification((done) => ({ result: answersOf(make, done), state: stateText(make, done) }));
    const byKey = new Map<string, boolean>();
    const count = { linearizable: 0, wrong: 0 };
    for (let round = 0; round < 3000; round++) {
      const lines = randomHistory(operations);
      const [calls] = [...historiesOf(numbered(history('it', ...lines))).values()];
      const expected = byPermutations(calls!, make);
      count[expected ? 'linearizable' : 'wrong']++;
      expect(linearize(calls!, specification).verdict, lines.join(', ')).toBe(expected ? 'linearizable' : 'wrong');
      expect(linearize(calls!, stated).verdict, lines.join(', ')).toBe(expected ? 'linearizable' : 'wrong');
      expect(byKey.get(historyKey(calls!)) ?? expected, lines.join(', ')).toBe(expected);
      byKey.set(historyKey(calls!), expected);
    }
    expect(count.linearizable).toBeGreaterThan(300);
    expect(count.wrong).toBeGreaterThan(300);
  });

  function randomHistory(operations: readonly string[]): string[] {
    const tasks = ['a', 'b', 'c'].slice(0, 2 + Math.floor(random() * 2));
    const busy = new Map<string, string>();
    const lines: string[] = [];
    let calls = 2 + Math.floor(random() * 4);
    while (calls > 0 || busy.size > 0) {
      const task = pick(tasks);
      const operation = busy.get(task);
      if (operation === undefined && calls-- > 0) {
        busy.set(task, pick(operations));
        lines.push(`${task} ${busy.get(task)}`);
      } else if (operation !== undefined) {
        if (calls <= 0 && random() < 0.1) break;
        busy.delete(task);
        lines.push(`${task} -> ${/push|write/.test(operation) ? 'undefined' : pick(['1', '2', '0', 'undefined', '3'])}`);
      }
    }
    return lines;
  }
});

/** What a sequential object holds, told by what it answers from there on. */
function stateText(make: typeof queue, done: readonly { method: string; args: string }[]): string {
  const probe = 'read' in make() ? ['read'] : 'shift' in make() ? ['shift', 'shift', 'shift', 'shift', 'shift'] : ['pop', 'pop', 'pop', 'pop', 'pop'];
  return probe.map((_, at) => answersOf(make, [...done, ...probe.slice(0, at + 1).map((method) => ({ method, args: '[]' }))])).join();
}

/** By definition: some choice of the calls that never answered, and some permutation that keeps real time, gives every answer. */
function byPermutations(calls: readonly HistoryCall[], make: typeof queue): boolean {
  const pending = calls.filter(({ responded }) => responded === Infinity);
  const complete = calls.filter(({ responded }) => responded !== Infinity);
  for (let choice = 0; choice < 2 ** pending.length; choice++) {
    const chosen = [...complete, ...pending.filter((_, at) => (choice >> at) & 1)];
    if (permutations(chosen).some((order) => keepsTime(order) && answersAll(order, make))) return true;
  }
  return false;
}

function permutations<T>(items: readonly T[]): T[][] {
  return items.length === 0 ? [[]] : items.flatMap((item, at) => permutations([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [item, ...rest]));
}

function keepsTime(order: readonly HistoryCall[]): boolean {
  return order.every((call, at) => order.slice(at + 1).every((later) => later.responded > call.invoked));
}

function answersAll(order: readonly HistoryCall[], make: typeof queue): boolean {
  return order.every(({ result }, at) => result === undefined || answersOf(make, order.slice(0, at + 1)) === result);
}

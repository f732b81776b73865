import { describe, expect, it } from 'vitest';
import { firstDataRace } from '../../../src/simulator/oracle/data-race.js';
import { racesByClosure } from './happens-before-closure.js';
import { judgeFairly, judgeScenario } from './scenario-run.js';

/** What is wrong with a scenario whose set-up is `body`. */
function kinds(body: string, options?: Parameters<typeof judgeScenario>[1]): readonly string[] {
  return judgeScenario(scenario(body), options).kinds;
}

function scenario(body: string, more = ''): string {
  return `import { scenario, agent, recorded, blockUntil, Mutex, Semaphore, Condition } from 'raceproof';
    const ints = (count: number) => new Int32Array(new SharedArrayBuffer(4 * count));
    export default scenario((secret: number) => { ${body} }${more});`;
}

describe('deadlock', () => {
  const philosophers = (count: number, forksOf: string): string => `
    const forks = Array.from({ length: ${count} }, () => new Mutex());
    const eat = (i: number) => agent(() => { const [a, b] = ${forksOf}; forks[a].lock(); forks[b].lock(); forks[b].unlock(); forks[a].unlock(); });
    return { tasks: { ${Array.from({ length: count }, (_, at) => `p${at}: eat(${at})`).join(', ')} } };`;

  it('AB/BA, and not AB/AB', () => {
    const locking = (first: string, second: string): string => `const forks = [new Mutex(), new Mutex()];
      return { tasks: {
        alice: agent(() => { forks[0].lock(); forks[1].lock(); forks[1].unlock(); forks[0].unlock(); }),
        bob: agent(() => { forks[${first}].lock(); forks[${second}].lock(); forks[${second}].unlock(); forks[${first}].unlock(); }),
      } };`;
    const { found, executions } = judgeScenario(scenario(locking('1', '0')));
    expect(found).toMatchObject([{ kind: 'deadlock', executions: 1, message: 'alice holds mutex forks[0] (acquired in step 3) and waits for mutex forks[1], which bob holds (step 4) and waits for mutex forks[0]' }]);
    expect(executions).toBe(3);
    expect(kinds(locking('0', '1'))).toEqual([]);
  });

  it('dining philosophers, and by the hierarchy of forks', () => {
    const { found } = judgeScenario(scenario(philosophers(3, '[i, (i + 1) % 3]')));
    expect(found).toMatchObject([{ kind: 'deadlock', executions: 1 }]);
    expect(found[0]!.message).toMatch(/^p\d holds .* and waits for .*, which p\d holds .* and waits for .*, which p\d holds .* and waits for /);
    expect(kinds(philosophers(3, '[Math.min(i, (i + 1) % 3), Math.max(i, (i + 1) % 3)]'))).toEqual([]);
  });

  it('a lock that is locked again by its holder', () => {
    const twice = (unlock: string): string => `const m = new Mutex(); return { tasks: { alice: agent(() => { m.lock(); ${unlock} m.lock(); m.unlock(); }) } };`;
    expect(judgeScenario(scenario(twice(''))).found).toMatchObject([{ kind: 'deadlock', message: 'alice waits for mutex m, which alice itself holds (acquired in step 2)' }]);
    expect(kinds(twice('m.unlock();'))).toEqual([]);
  });

  it('a condition that nobody makes true', () => {
    const until = (value: number): string => `const x = ints(1); return { tasks: { alice: agent(() => blockUntil(() => Atomics.load(x, 0) === ${value})), bob: agent(() => { Atomics.store(x, 0, 1); }) } };`;
    const { found } = judgeScenario(scenario(until(2)));
    expect(found).toMatchObject([{ kind: 'deadlock' }]);
    expect(found[0]!.message).toMatch(/^alice waits for a condition at it\.race\.ts:\d+, and nobody is left to make it true$/);
    expect(kinds(until(1))).toEqual([]);
  });

  it('a producer and a consumer that lock before they look for room', () => {
    const buffer = (take: string): string => `const free = new Semaphore(1), full = new Semaphore(0), m = new Mutex();
      return { tasks: {
        producer: agent(() => { free.acquire(); m.lock(); m.unlock(); full.release(); }),
        consumer: agent(() => { ${take} m.unlock(); free.release(); }),
      } };`;
    const { found } = judgeScenario(scenario(buffer('m.lock(); full.acquire();')));
    expect(found.map(({ kind }) => kind)).toEqual(['deadlock']);
    expect(found[0]!.message.split('\n').sort()).toEqual([
      expect.stringMatching(/^consumer waits for a unit of semaphore full.*, and nobody is left to release one$/), expect.stringMatching(/^producer waits for mutex m.*, which is held by consumer/),
    ]);
    expect(kinds(buffer('full.acquire(); m.lock();'))).toEqual([]);
  });
});

describe('lost wake-up', () => {
  it('a notify before the wait, without and with a value that says so', () => {
    const waiting = (notify: string): string => `const flag = ints(1);
      return { tasks: { alice: agent(() => { Atomics.wait(flag, 0, 0); }), bob: agent(() => { ${notify} Atomics.notify(flag, 0); }) } };`;
    const { found } = judgeScenario(scenario(waiting('')));
    expect(found).toMatchObject([{ kind: 'lost-wakeup', executions: 1 }]);
    expect(found[0]!.message).toMatch(/^bob notified flag\[0\] \(step 3, at it\.race\.ts:\d+\) while nobody waited; alice began to wait afterwards \(step \d+, at it\.race\.ts:\d+\) and is never woken$/);
    expect(kinds(waiting('Atomics.store(flag, 0, 1);'))).toEqual([]);
  });

  it('a condition whose check is made before the lock is taken', () => {
    const consumer = (body: string): string => `const ready = ints(1), m = new Mutex(), changed = new Condition(m);
      const isReady = () => Atomics.load(ready, 0) === 1;
      return { tasks: { consumer: agent(() => { ${body} }), producer: agent(() => { m.lock(); Atomics.store(ready, 0, 1); changed.signal(); m.unlock(); }) } };`;
    expect(kinds(consumer('if (!isReady()) { m.lock(); changed.wait(); m.unlock(); }'))).toEqual(['lost-wakeup']);
    expect(kinds(consumer('m.lock(); while (!isReady()) changed.wait(); m.unlock();'))).toEqual([]);
  });

  it('a signal for one where two wait is no lost one', () => {
    const waking = (how: string): string => `const ready = ints(1), m = new Mutex(), changed = new Condition(m);
      const wait = () => { m.lock(); while (Atomics.load(ready, 0) === 0) changed.wait(); m.unlock(); };
      return { tasks: { alice: agent(wait), bob: agent(wait), carol: agent(() => { m.lock(); Atomics.store(ready, 0, 1); changed.${how}(); m.unlock(); }) } };`;
    expect(kinds(waking('signal'))).toEqual(['deadlock']);
    expect(kinds(waking('broadcast'))).toEqual([]);
  });
});

describe('invariant', () => {
  it('`if` where it takes `while`: who is woken takes what another has taken', () => {
    const taking = (check: string): string => `const items = ints(1), fromNothing = ints(1), m = new Mutex(), changed = new Condition(m);
      const take = () => { m.lock(); ${check} (Atomics.load(items, 0) === 0) changed.wait(); if (Atomics.sub(items, 0, 1) <= 0) Atomics.store(fromNothing, 0, 1); m.unlock(); };
      const put = () => { m.lock(); Atomics.add(items, 0, 1); changed.broadcast(); m.unlock(); };
      return { tasks: { alice: agent(take), bob: agent(take), carol: agent(() => { put(); put(); }) }, invariant: () => Atomics.load(fromNothing, 0) === 0 };`;
    expect(kinds(taking('if'))).toEqual(['invariant']);
    expect(kinds(taking('while'))).toEqual([]);
  });

  it('a check and an act without a lock, and with one', () => {
    const withdraw = (body: string): string => `const balance = ints(1), m = new Mutex(); balance[0] = 100;
      const withdraw = () => { ${body} };
      return { tasks: { alice: agent(withdraw), bob: agent(withdraw) }, invariant: () => Atomics.load(balance, 0) >= 0 };`;
    const body = 'if (Atomics.load(balance, 0) >= 80) Atomics.sub(balance, 0, 80);';
    const { found } = judgeScenario(scenario(withdraw(body)));
    expect(found).toMatchObject([{ kind: 'invariant', message: 'the invariant does not hold (balance[0] = -60)' }]);
    expect(kinds(withdraw(`m.run(() => { ${body} });`))).toEqual([]);
  });
});

describe('locks at the end, and released twice', () => {
  it('a way out without unlock', () => {
    const early = (body: string): string => `const x = ints(1), m = new Mutex();
      return { tasks: { alice: agent(() => { ${body} }), bob: agent(() => { Atomics.store(x, 0, 1); }) } };`;
    const { found } = judgeScenario(scenario(early('m.lock(); if (Atomics.load(x, 0) === 1) return; m.unlock();')));
    expect(found).toMatchObject([{ kind: 'lock-held', executions: 1 }]);
    expect(kinds(early('m.run(() => { if (Atomics.load(x, 0) === 1) return; });'))).toEqual([]);
  });

  it('and somebody who waits for it', () => {
    const { found } = judgeScenario(scenario('const m = new Mutex(); return { tasks: { alice: agent(() => { m.lock(); }), bob: agent(() => { m.lock(); m.unlock(); }) } };'));
    expect(found.map(({ kind, executions }) => [kind, executions])).toEqual([['deadlock', 1], ['lock-held', 2]]);
    expect(found[0]!.message).toMatch(/; alice ended without releasing it$/);
  });

  it('unlock twice, unlock of what another holds', () => {
    const unlocking = (body: string): string => `const m = new Mutex(); return { tasks: { alice: agent(() => { m.lock(); m.unlock(); ${body} }), bob: agent(() => { m.lock(); m.unlock(); }) } };`;
    const { found } = judgeScenario(scenario(unlocking('try { m.unlock(); } catch {}')));
    expect(found).toMatchObject([{ kind: 'double-release' }]);
    expect(found[0]!.message).toMatch(/^alice unlocks mutex m, which (nobody|another agent) holds \(step \d+, at it\.race\.ts:\d+\)$/);
    expect(kinds(unlocking(''))).toEqual([]);
  });
});

describe('data races', () => {
  it('store buffering with plain memory, and with Atomics', () => {
    const storing = (write: (at: number) => string, read: (at: number) => string): string => `const m = ints(2);
      return { tasks: { alice: agent(() => { ${write(0)}; return ${read(1)}; }), bob: agent(() => { ${write(1)}; return ${read(0)}; }) } };`;
    const plain = storing((at) => `m[${at}] = 1`, (at) => `m[${at}]`);
    for (const memoryModel of ['sc', 'tso'] as const) {
      const { found } = judgeScenario(scenario(plain), { memoryModel });
      expect(found.map(({ kind }) => kind)).toEqual(['data-race']);
      expect(found[0]!.message).toMatch(/^(alice|bob) (writes|reads) m\[\d\] \(plain, step \d+, at it\.race\.ts:\d+\) and (alice|bob) (writes|reads) m\[\d\] \(plain, step \d+, at it\.race\.ts:\d+\), and nothing orders the two$/);
      expect(kinds(storing((at) => `Atomics.store(m, ${at}, 1)`, (at) => `Atomics.load(m, ${at})`), { memoryModel })).toEqual([]);
    }
  });

  it('message passing: by a plain flag, by an atomic one, by a blocking wait, by a message of a lock', () => {
    const passing = (set: string, get: string): string => `const data = ints(1), flag = ints(1), m = new Mutex();
      return { tasks: { alice: agent(() => { data[0] = 42; ${set} }), bob: agent(() => { ${get} }) } };`;
    expect(kinds(passing('flag[0] = 1;', 'if (flag[0] === 1) return data[0];'))).toEqual(['data-race']);
    expect(kinds(passing('Atomics.store(flag, 0, 1);', 'if (Atomics.load(flag, 0) === 1) return data[0];'))).toEqual([]);
    expect(kinds(passing('Atomics.store(flag, 0, 1);', 'Atomics.load(flag, 0); return data[0];'))).toEqual(['data-race']);
    expect(kinds(passing('Atomics.store(flag, 0, 1);', 'blockUntil(() => Atomics.load(flag, 0) === 1); return data[0];'))).toEqual([]);
    expect(kinds(passing('Atomics.store(flag, 0, 1); Atomics.notify(flag, 0);', 'Atomics.wait(flag, 0, 0); return data[0];'))).toEqual([]);
    expect(kinds(passing('Atomics.store(flag, 0, 1);', 'while (Atomics.load(flag, 0) === 0); return data[0];'))).toEqual([]);
  });

  it('an atomic access beside a plain one', () => {
    const mixed = (read: string): string => `const x = ints(1); return { tasks: { alice: agent(() => { Atomics.store(x, 0, 1); }), bob: agent(() => ${read}) } };`;
    const { found } = judgeScenario(scenario(mixed('x[0]')));
    expect(found).toMatchObject([{ kind: 'data-race' }]);
    expect(found[0]!.message).toMatch(/: an atomic access does not make the plain one safe$/);
    expect(kinds(mixed('Atomics.load(x, 0)'))).toEqual([]);
  });

  it('a lock, a condition, a semaphore order what they protect', () => {
    const counting = (body: string): string => `const x = ints(1), m = new Mutex(), n = new Mutex(), s = new Semaphore(1);
      return { tasks: { alice: agent(() => { m.lock(); s.acquire(); x[0] += 1; s.release(); m.unlock(); }), bob: agent(() => { ${body} }) } };`;
    expect(kinds(counting('m.lock(); x[0] += 1; m.unlock();'))).toEqual([]);
    expect(kinds(counting('s.acquire(); x[0] += 1; s.release();'))).toEqual([]);
    expect(kinds(counting('n.lock(); x[0] += 1; n.unlock();'))).toEqual(['data-race']);
    const handing = `const x = ints(2), m = new Mutex(), c = new Condition(m);
      return { tasks: { alice: agent(() => { m.lock(); while (x[1] === 0) c.wait(); m.unlock(); return x[0]; }), bob: agent(() => { m.lock(); x[0] = 1; x[1] = 1; c.signal(); m.unlock(); }) } };`;
    expect(kinds(handing)).toEqual([]);
  });

  it('overlapping elements of other sizes', () => {
    const views = (offset: number): string => `const buffer = new SharedArrayBuffer(8); const words = new Int32Array(buffer), bytes = new Uint8Array(buffer);
      return { tasks: { alice: agent(() => { Atomics.store(words, 0, 1); }), bob: agent(() => Atomics.load(bytes, ${offset})) } };`;
    expect(kinds(views(3))).toEqual(['data-race']);
    expect(kinds(views(4))).toEqual([]);
  });
});

describe('linearizability', () => {
  /** A stack in shared memory: `head` and `next` hold 1 more than an index. */
  const stack = (publish: string): string => `const head = ints(1), next = ints(8), value = ints(8);
    const stack = recorded('stack', {
      push(slot: number, item: number) { Atomics.store(value, slot, item); for (;;) { const top = Atomics.load(head, 0); Atomics.store(next, slot, top); ${publish} } },
      pop() { for (;;) { const top = Atomics.load(head, 0); if (top === 0) return undefined; if (Atomics.compareExchange(head, 0, top, Atomics.load(next, top - 1)) === top) return Atomics.load(value, top - 1); } },
    });
    const sequential = () => { const items: number[] = []; return { push(_slot: number, item: number) { items.push(item); }, pop() { return items.pop(); } }; };
    return { tasks: { alice: agent(() => { stack.push(0, 10); stack.pop(); stack.pop(); }), bob: agent(() => { stack.push(1, 20); }) }, linearizable: { stack: sequential } };`;

  it('a stack that loses a push, and a Treiber stack', () => {
    const { found } = judgeScenario(scenario(stack('Atomics.store(head, 0, slot + 1); return;')));
    expect(found).toMatchObject([{ kind: 'linearizability' }]);
    expect(found[0]!.message.split('\n')).toEqual([
      'stack is not linearizable: no sequential order gives what its calls answered',
      ...Array.from({ length: 4 }, () => expect.stringMatching(/^ {2}(alice|bob): (push\(\d, \d\d\) -> undefined|pop\(\) -> (\d\d|undefined)) \(steps \d+ to \d+\)$/)),
      expect.stringMatching(/^after push.* a sequential stack answers pop\(\) with \d\d, not undefined$/),
    ]);
    expect(kinds(stack('if (Atomics.compareExchange(head, 0, top, slot + 1) === top) return;'))).toEqual([]);
  });

  /** Vyukov's bounded queue, one producer and one consumer of a place: `turn` says whose the place is. */
  const queue = (push: string): string => `const turn = ints(1), item = ints(1);
    const queue = recorded('queue', {
      push(value: number) { if (Atomics.load(turn, 0) !== 0) return false; ${push} return true; },
      shift() { if (Atomics.load(turn, 0) !== 1) return undefined; const value = Atomics.load(item, 0); Atomics.store(turn, 0, 0); return value; },
    });
    const sequential = () => { const items: number[] = []; return { push(value: number) { return items.length === 0 && items.push(value) > 0; }, shift() { return items.shift(); } }; };
    return { tasks: { producer: agent(() => { queue.push(7); queue.push(8); }), consumer: agent(() => { queue.shift(); }) }, linearizable: { queue: sequential } };`;

  it('a queue that gives a place away before it is filled', () => {
    expect(kinds(queue('Atomics.store(turn, 0, 1); Atomics.store(item, 0, value);'))).toEqual(['linearizability']);
    expect(kinds(queue('Atomics.store(item, 0, value); Atomics.store(turn, 0, 1);'))).toEqual([]);
  });

  it('a register that answers from a cache', () => {
    const register = (read: string): string => `const x = ints(2);
      const register = recorded('register', { write(value: number) { Atomics.store(x, 0, value); }, read() { return ${read}; } });
      const sequential = () => { let now = 0; return { write(value: number) { now = value; }, read() { return now; } }; };
      return { tasks: { alice: agent(() => register.write(1)), bob: agent(() => register.read()) }, linearizable: { register: sequential } };`;
    expect(kinds(register('Atomics.load(x, 1)'))).toEqual(['linearizability']);
    expect(kinds(register('Atomics.load(x, 0)'))).toEqual([]);
  });
});

describe('serializability', () => {
  it('counting in two steps, and in one', () => {
    const counting = (count: string): string => `const x = ints(1); const count = () => { ${count} };
      return { tasks: { alice: agent(count), bob: agent(count) }, serializable: true };`;
    const { found } = judgeScenario(scenario(counting('Atomics.store(x, 0, Atomics.load(x, 0) + 1);')));
    expect(found).toMatchObject([{ kind: 'serializability', executions: 2 }]);
    expect(found[0]!.message).toBe('x[0] = 1: no serial order of the tasks ends so\n  alice, then bob, or bob, then alice: x[0] = 2');
    expect(kinds(counting('Atomics.add(x, 0, 1);'))).toEqual([]);
  });

  it('write skew', () => {
    const skew = (body: (mine: number, other: number) => string): string => `const onCall = ints(2), m = new Mutex(); onCall[0] = onCall[1] = 1;
      return { tasks: { alice: agent(() => { ${body(0, 1)} }), bob: agent(() => { ${body(1, 0)} }) }, serializable: true };`;
    const leave = (mine: number, other: number): string => `if (Atomics.load(onCall, ${other}) === 1) Atomics.store(onCall, ${mine}, 0);`;
    expect(kinds(skew(leave))).toEqual(['serializability']);
    expect(kinds(skew((mine, other) => `m.run(() => { ${leave(mine, other)} });`))).toEqual([]);
  });
});

describe('unhandled errors', () => {
  it('a rejection that comes before somebody looks', () => {
    const rejecting = (body: string): string => `return { tasks: { alice: async () => { ${body} } } };`;
    expect(kinds(rejecting("Promise.reject(new Error('no funds'));"))).toEqual(['unhandled']);
    expect(kinds(rejecting("await Promise.reject(new Error('no funds')).catch(() => undefined);"))).toEqual([]);
  });
});

describe('starvation', () => {
  /** A lock of the program's own. */
  const lock = (enter: string, leave: string): string => `const x = ints(2);
    const lock = recorded('lock', { lock() { ${enter} }, unlock() { ${leave} } });
    const work = () => { lock.lock(); lock.unlock(); };
    return { tasks: { alice: agent(work), bob: agent(() => { work(); work(); }) }, bypassBound: 0 };`;

  it('a lock that whoever is fastest gets, and tickets', () => {
    const { found, tally } = judgeScenario(scenario(lock('while (Atomics.compareExchange(x, 0, 0, 1) !== 0);', 'Atomics.store(x, 0, 0);')));
    expect(found).toMatchObject([{ kind: 'starvation' }]);
    expect(found[0]!.message).toMatch(/^\w+ was bypassed (once|twice) while it waited for lock\.lock \(asked in step \d+, got it in step \d+\); the scenario allows 0$/);
    expect(tally.bypass!.count).toBeGreaterThanOrEqual(1);
    expect(kinds(lock('const ticket = Atomics.add(x, 0, 1); blockUntil(() => Atomics.load(x, 1) === ticket);', 'Atomics.add(x, 1, 1);'))).toEqual([]);
  });
});

describe('livelock', () => {
  const polite = (first: string, second: string): string => scenario(`const a = new Mutex(), b = new Mutex();
    const work = (mine: Mutex, other: Mutex) => { for (;;) { mine.lock(); if (other.tryLock()) break; mine.unlock(); } other.unlock(); mine.unlock(); };
    return { tasks: { alice: agent(() => work(a, b)), bob: agent(() => work(${first}, ${second})) } };`);

  it('two tasks that give way to each other for ever, and two that keep an order', () => {
    const [problem] = judgeFairly(polite('b', 'a'), 400);
    expect(problem).toMatchObject({ kind: 'livelock', message: expect.stringMatching(/^alice and bob keep each other busy and repeat the same 4 steps without getting anywhere: \d+ times from step \d+ on, when the execution was cut$/) as string });
    expect(judgeFairly(polite('a', 'b'), 400)).toEqual([]);
  });

  it('polling for what nobody does, and for what somebody does', () => {
    const polling = (other: string): string => scenario(`const x = ints(1);
      return { tasks: { alice: agent(() => { for (;;) { if (Atomics.or(x, 0, 0) === 1) return; } }), bob: agent(() => { ${other} }) } };`);
    expect(judgeFairly(polling(''), 400)).toMatchObject([{ kind: 'livelock', message: expect.stringMatching(/^alice repeats the same step/) as string }]);
    expect(judgeFairly(polling('Atomics.store(x, 0, 1);'), 400)).toEqual([]);
  });
});

describe('noninterference', () => {
  /** The observer sees who was first. */
  const timing = (before: string, form: string): string => scenario(`const first = ints(1);
    const note = (who: number) => { Atomics.compareExchange(first, 0, 0, who); };
    const wait = () => blockUntil(() => Atomics.load(first, 0) !== 0);
    return { tasks: { alice: agent(() => { ${before} note(1); }), bob: agent(() => note(2)) }, observer: () => first[0] };`, `, { secrets: [0, 1], noninterference: '${form}' }`);

  it('a secret that decides who waits for whom; a schedule shows it', () => {
    const { found, tally } = judgeScenario(timing('if (secret === 1) wait();', 'possibilistic'));
    expect(found).toMatchObject([{ kind: 'noninterference', message: 'the observer may see 1 with secret 0, but never with secret 1', sighting: { secret: 0, observed: '1' } }]);
    expect(found[0]!.schedule!.events.map(({ task }) => task)).toEqual(['alice', 'bob']);
    expect(tally.wrong).toBe(0);
    expect(judgeScenario(timing('', 'possibilistic')).kinds).toEqual([]);
  });

  it('observational determinism: no schedule may show, whatever the secret', () => {
    expect(judgeScenario(timing('', 'observational-determinism')).kinds).toEqual(['observational-determinism']);
    expect(judgeScenario(timing('if (secret === 1) wait();', 'observational-determinism')).kinds).toEqual(['observational-determinism']);
    expect(judgeScenario(timing('wait();', 'observational-determinism')).kinds).toEqual([]);
  });
});

describe('data races of real programs, judged by the closure of happens-before', () => {
  it.each([
    ['plain and atomic counters', 'const add = () => { x[0] += 1; Atomics.add(x, 1, 1); }; return { tasks: { alice: agent(add), bob: agent(add) } };'],
    ['a lock that is not always taken', 'const add = () => { if (Atomics.add(x, 1, 1) === 1) { x[0] += 1; } else m.run(() => { x[0] += 1; }); }; return { tasks: { alice: agent(add), bob: agent(add), carol: agent(add) } };'],
    ['a waiter and a notifier', 'return { tasks: { alice: agent(() => { Atomics.wait(x, 1, 0); return x[0]; }), bob: agent(() => { x[0] = 1; Atomics.store(x, 1, 1); Atomics.notify(x, 1); x[0] = 2; }) } };'],
    ['a chain of three', 'return { tasks: { alice: agent(() => { x[0] = 1; Atomics.store(x, 1, 1); }), bob: agent(() => { if (Atomics.load(x, 1) === 1) Atomics.store(x, 2, 1); }), carol: agent(() => { blockUntil(() => Atomics.load(x, 2) === 1 || Atomics.load(x, 1) === 1); x[0] = 2; }) } };'],
  ])('%s', (_, body) => {
    let ends = 0;
    judgeScenario(scenario(`const x = ints(3), m = new Mutex(); ${body}`), { onEnd: ({ steps, mayRace }) => {
      ends++;
      const pairs = racesByClosure(steps);
      const race = firstDataRace(steps);
      expect(race?.second.index).toBe(pairs.length === 0 ? undefined : Math.min(...pairs.map(([, later]) => later)));
      if (pairs.length > 0) expect(mayRace).toBe(true);
    } });
    expect(ends).toBeGreaterThan(1);
  });
});

import { describe, expect, it } from 'vitest';
import { litmus, type World } from './primitives-litmus.js';

interface Lock { lock(): void; unlock(): void }
type MakeLock = (world: World) => Lock;

const LOCK = 0, NEXT = 0, SERVING = 1, COUNT = 4;

/** Agents add one, not atomically, with the lock held: what each saw, and who is blocked. */
function counts(make: MakeLock, agents = 2, memoryModel: 'sc' | 'tso' = 'sc') {
  const add = ({ m, lock }: World & { lock: Lock }): number => {
    lock.lock();
    const seen = m[COUNT]!;
    m[COUNT] = seen + 1;
    lock.unlock();
    return seen;
  };
  const names = ['a', 'b', 'c'].slice(0, agents);
  return litmus((world) => ({ lock: make(world) }), Object.fromEntries(names.map((name) => [name, add])), { memoryModel });
}

const inTurn = ['0, 1', '1, 0'];

/** "Futexes are tricky", the second mutex: 0 free, 1 held, 2 held with waiters. */
const futex = (notifies: boolean): MakeLock => ({ m, Atomics }) => ({
  lock() {
    let seen = Atomics.compareExchange(m, LOCK, 0, 1);
    while (seen !== 0) {
      if (seen === 2 || Atomics.compareExchange(m, LOCK, 1, 2) !== 0) Atomics.wait(m, LOCK, 2);
      seen = Atomics.compareExchange(m, LOCK, 0, 2);
    }
  },
  unlock() {
    if (Atomics.sub(m, LOCK, 1) === 1) return;
    Atomics.store(m, LOCK, 0);
    if (notifies) Atomics.notify(m, LOCK, 1);
  },
});

const testAndSet: MakeLock = ({ m, Atomics, memory }) => ({
  lock: () => memory.spin(-1, () => Atomics.exchange(m, LOCK, 1) === 1),
  unlock: () => { Atomics.store(m, LOCK, 0); },
});

const compareAndSwap: MakeLock = ({ m, Atomics, memory }) => ({
  lock: () => memory.spin(-1, () => Atomics.compareExchange(m, LOCK, 0, 1) !== 0),
  unlock: () => { Atomics.store(m, LOCK, 0); },
});

const ticket: MakeLock = ({ m, Atomics, memory }) => ({
  lock() {
    const mine = Atomics.add(m, NEXT, 1);
    memory.spin(-1, () => Atomics.load(m, SERVING) !== mine);
  },
  unlock: () => { Atomics.add(m, SERVING, 1); },
});

/** Looks first and takes then: two can look before either takes. */
const lookThenTake: MakeLock = ({ m, Atomics, memory }) => ({
  lock() {
    memory.spin(-1, () => Atomics.load(m, LOCK) === 1);
    Atomics.store(m, LOCK, 1);
  },
  unlock: () => { Atomics.store(m, LOCK, 0); },
});

describe('locks that programs build themselves', () => {
  it.each([['futex', futex(true)], ['test-and-set', testAndSet], ['compare-and-swap', compareAndSwap], ['ticket', ticket]] as const)('%s: one at a time, and nobody is left waiting', (_name, make) => {
    expect(counts(make).ends).toEqual(inTurn);
    expect(counts(make, 2, 'tso').ends).toEqual(inTurn);
  });

  it('ticket, three agents: every order', () => {
    expect(counts(ticket, 3).ends).toEqual(['0, 1, 2', '0, 2, 1', '1, 0, 2', '1, 2, 0', '2, 0, 1', '2, 1, 0']);
  });

  it('a futex that forgets to notify leaves one waiting', () => {
    expect(counts(futex(false)).ends).toEqual(['0, 1', '0, never finished | blocked: b (notify)', '1, 0', 'never finished, 0 | blocked: a (notify)']);
  });

  it('look, then take: both are in', () => {
    expect(counts(lookThenTake).ends).toEqual(['0, 0', ...inTurn]);
  });

  it("the simulator's own mutex", () => {
    expect(counts(({ memory }) => new memory.primitives.Mutex()).ends).toEqual(inTurn);
  });
});

describe('views under a memory model', () => {
  const storeBuffering = (memoryModel: 'sc' | 'tso', isFenced: boolean) => litmus(() => ({}), {
    a: ({ m, Atomics }) => { m[0] = 1; if (isFenced) Atomics.load(m, 7); return m[1]; },
    b: ({ m, Atomics }) => { m[1] = 1; if (isFenced) Atomics.load(m, 7); return m[0]; },
  }, { memoryModel }).ends;

  it('plain elements are buffered under tso; an Atomics operation between is a fence', () => {
    const kept = ['0, 1', '1, 0', '1, 1'];
    expect([storeBuffering('sc', false), storeBuffering('tso', false), storeBuffering('tso', true)]).toEqual([kept, ['0, 0', ...kept], kept]);
  });
});

describe('an agent stops wherever it touches shared memory', () => {
  const raise = ({ m, Atomics }: World): void => { Atomics.store(m, 0, 9); };

  it('between the reads of one call', () => {
    const ends = litmus(() => ({}), { a: ({ m, Atomics }) => { Atomics.store(m, 0, 5); Atomics.store(m, 1, 5); }, b: ({ m }) => m.slice(0, 2).join() }).ends;
    expect(ends).toEqual(['done, "0,0"', 'done, "0,5"', 'done, "5,0"', 'done, "5,5"']);
  });

  it('inside a comparator', () => {
    const ends = litmus(() => ({}), { a: raise, b: ({ m }) => [1, 2].sort((left, right) => (m[0] === 9 ? right - left : left - right)).join() }).ends;
    expect(ends).toEqual(['done, "1,2"', 'done, "2,1"']);
  });

  it('inside a callback, a getter, a generator, a constructor', () => {
    const ends = litmus(() => ({}), {
      a: raise,
      b: ({ m }) => {
        class Reader { readonly seen = m[0]; get again(): number { return m[0]!; } }
        function* twice(): Generator<number> { yield m[0]!; yield m[0]!; }
        const reader = new Reader();
        return [reader.seen, ...[0].map((index) => m[index]), reader.again, ...twice()].join('');
      },
    }).ends;
    expect(ends.map((end) => end.slice(6))).toEqual(['"00000"', '"00009"', '"00099"', '"00999"', '"09999"', '"99999"']);
  });
});

describe('conditions', () => {
  const guarded = ({ memory }: World) => {
    const mutex = new memory.primitives.Mutex();
    return { mutex, changed: new memory.primitives.Condition(mutex) };
  };
  type Guarded = World & ReturnType<typeof guarded>;

  it('are asked again after the variables that they use have changed', () => {
    const { ends } = litmus(() => ({}), {
      a: ({ m, Atomics }) => { for (let step = 1; step <= 3; step++) Atomics.store(m, 0, step); },
      b: ({ m, memory }) => {
        let wanted = 1;
        const met: number[] = [];
        while (wanted <= 3) {
          memory.primitives.blockUntil(() => m[0]! >= wanted);
          met.push(m[0]!);
          wanted++;
        }
        return met.join('');
      },
    });
    expect(ends).toEqual(['done, "123"', 'done, "133"', 'done, "223"', 'done, "233"', 'done, "333"']);
  });

  it('a buffer of one place under a mutex: nobody is left waiting if waiters look again', () => {
    const put = ({ m, mutex, changed }: Guarded): void => mutex.run(() => {
      while (m[0] === 1) changed.wait();
      m[0] = 1;
      changed.broadcast();
    });
    const take = ({ m, mutex, changed }: Guarded): void => mutex.run(() => {
      while (m[0] === 0) changed.wait();
      m[0] = 0;
      changed.broadcast();
    });
    expect(litmus(guarded, { putter: put, taker: take }).ends).toEqual(['done, done']);
    const ends = litmus(guarded, { putter: put, other: put, taker: take }).ends;
    expect(ends).toEqual(['done, done, done']);
  });

  it('a signal that nobody waits for is lost', () => {
    const { ends } = litmus(guarded, { waiter: ({ mutex, changed }) => mutex.run(() => changed.wait()), signaller: ({ changed }) => changed.signal() });
    expect(ends).toEqual(['done, done', 'never finished, done | blocked: waiter (signal)']);
  });
});

import { cas, fetchAdd, load, lock, store, unlock, until, type Op, type Thread, type ThreadProgram } from './thread-programs.js';

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const each = (n: number, name: string, body: (i: number) => Thread): Record<string, Thread> => Object.fromEntries(range(n).map((i) => [`${name}${i}`, body(i)]));

/** Threads made of single operations, whatever these give back. */
const steps = (...ops: Op[]): Thread => function* () { yield* ops; };

export const readers = (n: number): ThreadProgram => ({ threads: { writer: steps(store('x', 1)), ...each(n, 'reader', () => steps(load('x'))) } });

export const lastzero = (n: number): ThreadProgram => ({
  threads: {
    reader: function* (): Generator<Op, unknown, number> { let i = n; while ((yield load(`a${i}`)) !== 0) i--; return i; },
    ...each(n, 'writer', (i) => function* () { const before = yield load(`a${i}`); yield store(`a${i + 1}`, before + 1); }),
  },
});

/** Flanagan, Godefroid: Dynamic partial-order reduction for model checking software, POPL 2005. */
export const indexer = (n: number): ThreadProgram => ({
  threads: each(n, 't', (tid) => function* () {
    for (let i = 1; i <= 4; i++) {
      const key = i * 11 + tid;
      let hash = (key * 7) % 128;
      while ((yield cas(`table${hash}`, 0, key)) === 0) hash = (hash + 1) % 128;
    }
  }),
});

/** The same paper. */
export const filesystem = (n: number): ThreadProgram => ({
  threads: each(n, 't', (tid) => function* () {
    const i = tid % 32;
    yield lock(`locki${i}`);
    if ((yield load(`inode${i}`)) === 0) {
      for (let b = (i * 2) % 26; ; b = (b + 1) % 26) {
        yield lock(`lockb${b}`);
        if ((yield load(`busy${b}`)) === 0) {
          yield store(`busy${b}`, 1);
          yield store(`inode${i}`, b + 1);
          yield unlock(`lockb${b}`);
          break;
        }
        yield unlock(`lockb${b}`);
      }
    }
    yield unlock(`locki${i}`);
  }),
});

export const ainc = (n: number): ThreadProgram => ({ threads: each(n, 't', () => steps(fetchAdd('x', 1))) });

export const inc = (n: number): ThreadProgram => ({ threads: each(n, 't', () => function* () { yield store('x', (yield load('x')) + 1); }) });

export const lockinc = (n: number): ThreadProgram => ({
  threads: each(n, 't', () => function* () { yield lock('m'); yield store('x', (yield load('x')) + 1); yield unlock('m'); }),
});

export const casrot = (n: number): ThreadProgram => ({ threads: each(n, 't', (i) => steps(cas('x', i, i + 1))) });

export const fib = (n: number): ThreadProgram => {
  const add = (to: string, from: string): Thread => function* () { for (let i = 0; i < n; i++) yield store(to, (yield load(to)) + (yield load(from))); };
  return { memory: { x: 1, y: 1 }, threads: { a: add('x', 'y'), b: add('y', 'x'), reader: steps(load('x'), load('y')) } };
};

export const diningNaive = (n: number): ThreadProgram => ({
  threads: each(n, 'p', (i) => steps(lock(`fork${i}`), lock(`fork${(i + 1) % n}`), unlock(`fork${i}`), unlock(`fork${(i + 1) % n}`))),
});

export const diningByHierarchy = (n: number): ThreadProgram => ({
  threads: each(n, 'p', (i) => {
    const [low, high] = [i, (i + 1) % n].sort((a, b) => a - b);
    return steps(lock(`fork${low}`), lock(`fork${high}`), unlock(`fork${high}`), unlock(`fork${low}`));
  }),
});

/** One entry each; the spin waits. Returns 1 if the other one was inside as well. */
export const peterson = (): ThreadProgram => {
  const enter = (me: number): Thread => function* () {
    yield store(`flag${me}`, 1);
    yield store('turn', 1 - me);
    yield until((value) => value(`flag${1 - me}`) === 0 || value('turn') === me);
    yield store(`flag${me}`, 0);
  };
  return { threads: { t0: enter(0), t1: enter(1) } };
};

export const circularBuffer = (n: number): ThreadProgram => {
  const under = (at: string): Thread => function* () { for (let i = 0; i < n; i++) { yield lock('m'); yield store(at, (yield load(at)) + 1); yield unlock('m'); } };
  return { threads: { producer: under('tail'), consumer: under('head') } };
};

/** SCTBench, account_bad.c: what it checks after both transfers is wrong. */
export const accountBad = (): ThreadProgram => ({
  memory: { balance: 1 },
  threads: {
    deposit: function* () { yield lock('m'); yield store('balance', (yield load('balance')) + 2); yield store('deposited', 1); yield unlock('m'); },
    withdraw: function* () { yield lock('m'); yield store('balance', (yield load('balance')) - 4); yield store('withdrawn', 1); yield unlock('m'); },
    check: function* () {
      yield lock('m');
      const isWrong = (yield load('deposited')) === 1 && (yield load('withdrawn')) === 1 && (yield load('balance')) !== 1 - 2 - 4;
      yield unlock('m');
      return isWrong ? 'failed' : 'passed';
    },
  },
});

/** SV-COMP, lazy01_bad.c. */
export const lazy01Bad = (): ThreadProgram => {
  const add = (value: number): Thread => function* () { yield lock('m'); yield store('data', (yield load('data')) + value); yield unlock('m'); };
  return { threads: { a: add(1), b: add(2), check: function* () { yield lock('m'); const isWrong = (yield load('data')) >= 3; yield unlock('m'); return isWrong ? 'failed' : 'passed'; } } };
};

/** SCTBench, deadlock01_bad.c. */
export const deadlock01Bad = (): ThreadProgram => {
  const both = (first: string, second: string, by: number): Thread => function* () {
    yield lock(first); yield lock(second); yield store('counter', (yield load('counter')) + by); yield unlock(second); yield unlock(first);
  };
  return { threads: { a: both('A', 'B', 1), b: both('B', 'A', -1) } };
};

/** SCTBench, twostage_bad.c. */
export const twostage = (): ThreadProgram => ({
  threads: {
    setter: function* () {
      yield lock('m1'); yield store('data1', 1); yield unlock('m1');
      yield lock('m2'); yield store('data2', (yield load('data1')) + 1); yield unlock('m2');
    },
    checker: function* () {
      yield lock('m1');
      const first = yield load('data1');
      yield unlock('m1');
      if (first === 0) return 'passed';
      yield lock('m2');
      const second = yield load('data2');
      yield unlock('m2');
      return second === first + 1 ? 'passed' : 'failed';
    },
  },
});

/** SCTBench, reorder_bad.c: the checker reads a and b again for the second half of its condition. */
export const reorder = (setters: number): ThreadProgram => ({
  threads: {
    ...each(setters, 'setter', () => steps(store('a', 1), store('b', -1))),
    checker: function* () {
      const isRight = ((yield load('a')) === 0 && (yield load('b')) === 0) || ((yield load('a')) === 1 && (yield load('b')) === -1);
      return isRight ? 'passed' : 'failed';
    },
  },
});

/** SCTBench, bluetooth_driver_bad.c: the driver may be stopped after work on it has looked at the flag and before it has counted itself in. */
export const bluetoothDriver = (): ThreadProgram => {
  function* leave(): Generator<Op, void, number> { if ((yield fetchAdd('pendingIo', -1)) === 1) yield store('stoppingEvent', 1); }
  return {
    memory: { pendingIo: 1 },
    threads: {
      add: function* () {
        let isWrong = false;
        if ((yield load('stoppingFlag')) === 0) { yield fetchAdd('pendingIo', 1); isWrong = (yield load('stopped')) === 1; }
        yield* leave();
        return isWrong ? 'failed' : 'passed';
      },
      stop: function* () { yield store('stoppingFlag', 1); yield* leave(); if ((yield load('stoppingEvent')) === 1) yield store('stopped', 1); },
    },
  };
};

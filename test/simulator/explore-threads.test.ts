import { describe, expect, it } from 'vitest';
import { explore, exploreBySwitches, FootprintError, randomNumbers, type SearchProgress } from '../../src/simulator/explore/index.js';
import { minimise } from '../../src/simulator/oracle/index.js';
import { bruteForce, classOf } from './equivalence.js';
import * as benchmarks from './explore-benchmarks.js';
import { randomThreads } from './explore-random-threads.js';
import { cas, load, lock, store, ThreadMachine, unlock, until, type ThreadProgram, type ThreadResult } from './thread-programs.js';

const everything = { maxExecutions: 1_000_000 };

const hasFailed = ({ blocked, returned }: ThreadResult): boolean => blocked.length > 0 || Object.values(returned).includes('failed');

function explored(program: ThreadProgram) {
  let failing = 0;
  const summary = explore(new ThreadMachine(program).start, { ...everything, strategy: 'optimal' }, (result) => {
    if (hasFailed(result)) failing++;
    return 'continue';
  });
  expect(summary).toMatchObject({ exhaustive: true, blocked: 0 });
  return { classes: summary.executions, failing };
}

const classes = (sizes: readonly number[], program: (size: number) => ThreadProgram): number[] => sizes.map((size) => explored(program(size)).classes);

describe('optimal exploration of threads: the published numbers, no execution begun in vain', () => {
  it('readers', () => expect(classes([2, 8, 11], benchmarks.readers)).toEqual([4, 256, 2048]));
  it('lastzero', () => expect(classes([5, 10], benchmarks.lastzero)).toEqual([64, 3328]));
  it('indexer', () => expect(classes([12, 13, 14, 15], benchmarks.indexer)).toEqual([8, 64, 512, 4096]));
  it('filesystem', () => expect(classes([14, 16, 18, 19, 20, 22], benchmarks.filesystem)).toEqual([2, 8, 32, 64, 128, 512]));
  it('ainc', () => expect(classes([2, 3, 4, 5], benchmarks.ainc)).toEqual([2, 6, 24, 120]));
  it('inc', () => expect(classes([2, 3, 4], benchmarks.inc)).toEqual([4, 36, 576]));
  it('lockinc', () => expect(classes([2, 3, 4, 5], benchmarks.lockinc)).toEqual([2, 6, 24, 120]));
  it('casrot', () => expect(classes([2, 3, 4, 5, 6, 7, 8, 9], benchmarks.casrot)).toEqual([2, 5, 14, 43, 144, 523, 2048, 8597]));
  it('fib_bench', () => expect(classes([2, 3, 4], benchmarks.fib)).toEqual([140, 1698, 19605]));
  it('dining philosophers by resource hierarchy', () => expect([3, 4, 5].map((n) => explored(benchmarks.diningByHierarchy(n)))).toEqual([6, 14, 30].map((n) => ({ classes: n, failing: 0 }))));
  it('peterson', () => expect(explored(benchmarks.peterson())).toEqual({ classes: 4, failing: 0 }));
  it('circular_buffer', () => expect(classes([4, 5, 6], benchmarks.circularBuffer)).toEqual([70, 252, 924]));
});

describe('bugs of threads: classes, failing ones, and the fewest preemptions of a failing schedule', () => {
  it.each<[string, ThreadProgram, number, number, number]>([
    ['account_bad', benchmarks.accountBad(), 6, 2, 0],
    ['lazy01_bad', benchmarks.lazy01Bad(), 6, 2, 0],
    ['deadlock01_bad', benchmarks.deadlock01Bad(), 3, 1, 1],
    ['twostage', benchmarks.twostage(), 3, 1, 1],
    ['bluetooth_driver', benchmarks.bluetoothDriver(), 10, 1, 1],
    ['reorder(1)', benchmarks.reorder(1), 4, 1, 1],
    ['reorder(2)', benchmarks.reorder(2), 56, 12, 1],
    ['reorder(3)', benchmarks.reorder(3), 1248, 216, 1],
    ['reorder(4)', benchmarks.reorder(4), 40032, 5760, 1],
    ['dining naive(2)', benchmarks.diningNaive(2), 3, 1, 1],
    ['dining naive(3)', benchmarks.diningNaive(3), 7, 1, 1],
    ['dining naive(4)', benchmarks.diningNaive(4), 15, 1, 1],
    ['dining naive(5)', benchmarks.diningNaive(5), 31, 1, 1],
  ])('%s', (_, program, count, failing, switches) => {
    expect(explored(program)).toEqual({ classes: count, failing });
    expect(minimise(new ThreadMachine(program).start, hasFailed, everything)).toMatchObject({ switches, isMinimal: true });
  });

  it('of the schedules with the fewest preemptions the one with the fewest steps: the deadlock as soon as it can be', () => {
    const witness = minimise(new ThreadMachine(benchmarks.deadlock01Bad()).start, hasFailed, everything);
    expect(witness!.schedule.events.map(({ id }) => id)).toEqual(['a.0', 'b.0']);
  });
});

describe('classes within k preemptions', () => {
  const series = (program: ThreadProgram, most: number): number[] =>
    Array.from({ length: most + 1 }, (_, k) => exploreBySwitches(new ThreadMachine(program).start, k, everything, () => 'continue').executions);

  it('peterson: leaving a thread that spins is one', () => expect(series(benchmarks.peterson(), 2)).toEqual([2, 2, 4]));
  it('inc(3)', () => expect(series(benchmarks.inc(3), 2)).toEqual([6, 24, 36]));
  it('fib_bench(2)', () => expect(series(benchmarks.fib(2), 4)).toEqual([6, 33, 98, 137, 140]));

  it('leaving a thread that waits for a lock is none', () => {
    const held = { a: function* () { yield lock('m'); yield store('x', 1); yield unlock('m'); return 0; } };
    expect(series({ threads: { ...held, b: held.a } }, 1)).toEqual([2, 2]);
  });
});

describe('optimal exploration of threads against brute force', () => {
  it.each([{ size: 6, seeds: 400 }, { size: 8, seeds: 60 }])('each class of random programs of $size operations exactly once, none in vain', ({ size, seeds }) => {
    let blocked = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const machine = new ThreadMachine(randomThreads(randomNumbers(seed), size));
      const expected = bruteForce(machine.start);
      const found: string[] = [];
      const outcomes = new Set<string>();
      const summary = explore(machine.start, { ...everything, strategy: 'optimal' }, (result, path) => {
        found.push(classOf(path.steps.map(({ id }) => id), result.touches));
        outcomes.add(result.outcome);
        blocked += result.blocked.length;
        return 'continue';
      });
      expect({ seed, classes: found.sort(), outcomes, vain: summary.blocked }).toEqual({ seed, classes: [...expected.classes].sort(), outcomes: expected.outcomes, vain: 0 });
    }
    expect(blocked).toBeGreaterThan(seeds / 2);
  });

  it('by switches as well, and without rewinding', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const machine = new ThreadMachine(randomThreads(randomNumbers(seed), 6));
      const count = explore(machine.start, { ...everything, strategy: 'optimal' }, () => 'continue').executions;
      expect({ seed, anew: explore(machine.startAnew, { ...everything, strategy: 'optimal' }, () => 'continue').executions }).toEqual({ seed, anew: count });
      expect({ seed, bySwitches: exploreBySwitches(machine.start, 99, everything, () => 'continue').executions }).toEqual({ seed, bySwitches: count });
    }
  });
});

describe('waits for more than one location', () => {
  it('what holds only between independent writes is found though no two of them race', () => {
    const pulse = (at: string) => function* () { yield store(at, 1); yield store(at, 0); return 0; };
    const wait = function* () { yield until((value) => value('x') === 1 && value('y') === 1); return 'met'; };
    const returned = new Set<unknown>();
    explore(new ThreadMachine({ threads: { a: pulse('x'), b: pulse('y'), wait } }).start, { ...everything, strategy: 'optimal' }, (result) => { returned.add(result.returned['wait']); return 'continue'; });
    expect(returned).toEqual(new Set(['met', undefined]));
  });
});

describe('executions that can be rewound', () => {
  it('fire each branch of the tree once', () => {
    const fired = (start: 'start' | 'startAnew') => explore(new ThreadMachine(benchmarks.readers(4))[start], { ...everything, strategy: 'optimal' }, () => 'continue');
    expect(fired('startAnew').transitions).toBe(16 * 5);
    expect(fired('start')).toMatchObject({ executions: 16, transitions: 63 });
  });
});

describe('what events declare', () => {
  it('a footprint that depends on the state and does not say so is an error', () => {
    const { start } = new ThreadMachine({ threads: { a: function* () { yield cas('x', 0, 1); return 0; }, b: function* () { yield cas('x', 0, 2); yield load('y'); return 0; } } });
    const withoutFootprintAt = () => {
      const execution = start();
      const forget = (events: readonly object[]) => events.map((event) => ({ ...event, footprintAt: undefined })) as unknown as ReturnType<typeof execution.enabled>;
      return { enabled: () => forget(execution.enabled()) as never, fire: (event: never) => execution.fire(event), result: () => 0 };
    };
    expect(() => explore(withoutFootprintAt, { ...everything, strategy: 'optimal' }, () => 'continue')).toThrow(FootprintError);
  });
});

describe('the estimate of how far a search has come', () => {
  it.each([['lastzero(8)', benchmarks.lastzero(8)], ['fib_bench(3)', benchmarks.fib(3)], ['reorder(3)', benchmarks.reorder(3)]])('%s: never far off, near 1 at the end', (_, program) => {
    const seen: SearchProgress[] = [];
    const { executions, transitions } = explore(new ThreadMachine(program).start, { ...everything, strategy: 'optimal', progressEvery: 10, onProgress: (progress) => seen.push(progress) }, () => 'continue');
    expect(seen.length).toBe(Math.floor((executions - 1) / 10));
    expect(seen.at(-1)!.fraction).toBeGreaterThan(0.95);
    expect(seen.at(-1)!.transitions).toBeLessThanOrEqual(transitions);
    const error = seen.map((progress) => Math.abs(progress.fraction - progress.executions / executions));
    expect(error.reduce((sum, one) => sum + one) / error.length).toBeLessThan(0.25);
    const [early, late] = [seen.slice(0, seen.length / 2), seen.slice(seen.length / 2)].map((some) => some.reduce((sum, { fraction }) => sum + fraction, 0) / some.length);
    expect(late!).toBeGreaterThan(early! * 1.5);
  });
});

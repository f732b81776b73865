import { describe, expect, it } from 'vitest';
import { explore, randomNumbers, UnitSearch, UnitTree, type Execution, type Lease, type Path, type Report, type Unit } from '../../src/simulator/explore/index.js';
import { bruteForce, classOf } from './equivalence.js';
import type { ProgramResult } from './event-programs.js';
import * as benchmarks from './explore-benchmarks.js';
import { randomThreads } from './explore-random-threads.js';
import { ThreadMachine, type ThreadProgram } from './thread-programs.js';

const everything = { maxExecutions: 1_000_000 } as const;
const sent = <T>(data: T): T => JSON.parse(JSON.stringify(data)) as T;

interface Worker<R> {
  readonly start: () => Execution<R>;
  under?: { readonly lease: Lease; readonly search: UnitSearch<R> };
}

/**
 * As `workers` processes would share a search: nothing but the text of units and reports passes between them. Who goes on, for how many
 * executions, and who gives something away is drawn by lot; unless they are `isEager`, something is given away only where others have nothing to do.
 */
function exploreInUnits<R>(start: () => () => Execution<R>, random: () => number, onExecution: (result: R, path: Path) => void, { workers = 3, longest = 3, isEager = true } = {}) {
  const tree = new UnitTree();
  const all: Worker<R>[] = Array.from({ length: workers }, () => ({ start: start() }));
  const total = { executions: 0, blocked: 0, transitions: 0, units: 0, told: 0 };
  for (;;) {
    const idle = all.filter(({ under }) => under === undefined);
    const busy = all.filter(({ under }) => under !== undefined);
    if (tree.planned === 0 && busy.length === 0) break;
    const isTaking = tree.planned > 0 && idle.length > 0 && (busy.length === 0 || !isEager || random() < 0.5);
    const among = isTaking ? idle : busy;
    const worker = among[Math.floor(random() * among.length)]!;
    if (isTaking) {
      const lease = tree.take(isEager ? 1 + Math.floor(random() * 3) : Math.ceil(tree.planned / 2));
      total.units++;
      worker.under = { lease, search: new UnitSearch(worker.start, sent<Unit>(lease.unit), everything, (result, path) => { onExecution(result, path); return 'continue'; }) };
      continue;
    }
    const { lease, search } = worker.under!;
    let left = 1 + Math.floor(random() * longest);
    const hasMore = search.goOn(() => --left === 0);
    if (hasMore && (isEager ? random() < 0.3 : idle.length === 0 || tree.planned > 0)) continue;
    const report = sent<Report>(search.report(hasMore));
    total.told += report.reversals.length;
    tree.note(lease, report);
    if (hasMore) continue;
    expect([search.isDivisible, tree.isTorn]).toEqual([true, false]);
    tree.finish(lease);
    total.executions += search.summary.executions;
    total.blocked += search.summary.blocked;
    total.transitions += search.summary.transitions;
    delete worker.under;
  }
  return total;
}

const programs: [string, ThreadProgram][] = [
  ['readers(8)', benchmarks.readers(8)], ['lastzero(8)', benchmarks.lastzero(8)], ['indexer(13)', benchmarks.indexer(13)], ['filesystem(18)', benchmarks.filesystem(18)],
  ['ainc(4)', benchmarks.ainc(4)], ['inc(3)', benchmarks.inc(3)], ['lockinc(4)', benchmarks.lockinc(4)], ['casrot(7)', benchmarks.casrot(7)], ['fib_bench(3)', benchmarks.fib(3)],
  ['dining naive(5)', benchmarks.diningNaive(5)], ['dining by hierarchy(4)', benchmarks.diningByHierarchy(4)], ['peterson', benchmarks.peterson()], ['circular_buffer(5)', benchmarks.circularBuffer(5)],
  ['account_bad', benchmarks.accountBad()], ['lazy01_bad', benchmarks.lazy01Bad()], ['deadlock01_bad', benchmarks.deadlock01Bad()], ['twostage', benchmarks.twostage()],
  ['bluetooth_driver', benchmarks.bluetoothDriver()], ['reorder(3)', benchmarks.reorder(3)],
];

describe('a search that is shared in units', () => {
  it.each(programs)('%s: as many executions as alone, in units of a few and of many, none in vain', (_, program) => {
    const { executions } = explore(new ThreadMachine(program).start, { ...everything, strategy: 'optimal' }, () => 'continue');
    for (const longest of [3, 1000]) {
      for (const seed of [1, 2]) {
        const shared = exploreInUnits(() => new ThreadMachine(program).start, randomNumbers(seed), () => undefined, { longest });
        expect({ longest, seed, executions: shared.executions, blocked: shared.blocked }).toEqual({ longest, seed, executions, blocked: 0 });
      }
    }
  });

  it('little is done twice where something is given away only to those who have nothing to do', () => {
    for (const program of [benchmarks.lastzero(10), benchmarks.fib(4)]) {
      const { executions, transitions } = explore(new ThreadMachine(program).start, { ...everything, strategy: 'optimal' }, () => 'continue');
      const shared = exploreInUnits(() => new ThreadMachine(program).start, randomNumbers(1), () => undefined, { workers: 2, longest: 300, isEager: false });
      expect(shared.executions).toBe(executions);
      expect(shared.units).toBeGreaterThan(5);
      expect(shared.transitions).toBeLessThan(transitions * 1.1);
    }
  });

  it('no class is lost where many leaves share their ways, however the work is divided', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const shared = exploreInUnits(() => new ThreadMachine(benchmarks.lastzero(8)).start, randomNumbers(seed), () => undefined, { workers: 2 + (seed % 2), longest: 1 + (seed * 7) % 140, isEager: false });
      expect({ seed, executions: shared.executions, blocked: shared.blocked }).toEqual({ seed, executions: 704, blocked: 0 });
    }
  });

  it.each([{ size: 6, seeds: 500 }, { size: 8, seeds: 40 }])('each class of random threads of $size operations exactly once, none in vain', ({ size, seeds }) => {
    let told = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const start = (): (() => Execution<ProgramResult>) => new ThreadMachine(randomThreads(randomNumbers(seed), size)).start;
      const expected = bruteForce(start());
      const found: string[] = [];
      const outcomes = new Set<string>();
      const shared = exploreInUnits(start, randomNumbers(seed + 1000), ({ touches, outcome }, path) => {
        found.push(classOf(path.steps.map(({ id }) => id), touches));
        outcomes.add(outcome);
      });
      told += shared.told;
      expect({ seed, classes: found.sort(), outcomes, vain: shared.blocked }).toEqual({ seed, classes: [...expected.classes].sort(), outcomes: expected.outcomes, vain: 0 });
    }
    expect(told).toBeGreaterThan(seeds / 4);
  });
});

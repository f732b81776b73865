import { describe, expect, it } from 'vitest';
import { explore, randomNumbers, splitWork, type Execution, type Path, type Subtree } from '../../src/simulator/explore/index.js';
import { bruteForce, classOf } from './equivalence.js';
import { executionsOf, randomProgram, type ProgramResult } from './event-programs.js';
import * as benchmarks from './explore-benchmarks.js';
import { randomThreads } from './explore-random-threads.js';
import { load, lock, store, ThreadMachine, unlock, type ThreadProgram } from './thread-programs.js';

const everything = { maxExecutions: 1_000_000, strategy: 'optimal' } as const;

/** Each subtree as a thread of its own would explore it: nothing but the subtree's text is shared. */
function exploreParts<R>(start: () => () => Execution<R>, parts: number, onExecution: (result: R, path: Path) => void) {
  const summaries = splitWork(start(), parts).map((subtree) =>
    explore(start(), { ...everything, subtree: JSON.parse(JSON.stringify(subtree)) as Subtree }, (result, path) => { onExecution(result, path); return 'continue'; }));
  const sum = (count: (summary: (typeof summaries)[number]) => number): number => summaries.reduce((total, summary) => total + count(summary), 0);
  return { parts: summaries.length, executions: sum(({ executions }) => executions), blocked: sum(({ blocked }) => blocked), transitions: sum(({ transitions }) => transitions), largest: Math.max(...summaries.map(({ executions }) => executions)) };
}

function classesOfParts(start: () => () => Execution<ProgramResult>, parts: number): string[] {
  const found: string[] = [];
  exploreParts(start, parts, ({ touches }, path) => found.push(classOf(path.steps.map(({ id }) => id), touches)));
  return found.sort();
}

describe('a search that is split', () => {
  it.each<[string, ThreadProgram]>([
    ['readers(8)', benchmarks.readers(8)], ['lastzero(8)', benchmarks.lastzero(8)], ['indexer(13)', benchmarks.indexer(13)], ['filesystem(18)', benchmarks.filesystem(18)],
    ['ainc(4)', benchmarks.ainc(4)], ['inc(3)', benchmarks.inc(3)], ['lockinc(4)', benchmarks.lockinc(4)], ['casrot(7)', benchmarks.casrot(7)], ['fib_bench(3)', benchmarks.fib(3)],
    ['dining naive(5)', benchmarks.diningNaive(5)], ['dining by hierarchy(4)', benchmarks.diningByHierarchy(4)], ['peterson', benchmarks.peterson()], ['circular_buffer(5)', benchmarks.circularBuffer(5)],
    ['account_bad', benchmarks.accountBad()], ['lazy01_bad', benchmarks.lazy01Bad()], ['deadlock01_bad', benchmarks.deadlock01Bad()], ['twostage', benchmarks.twostage()],
    ['bluetooth_driver', benchmarks.bluetoothDriver()], ['reorder(3)', benchmarks.reorder(3)],
  ])('%s: as many executions in all parts together as in the whole', (_, program) => {
    const { executions } = explore(new ThreadMachine(program).start, everything, () => 'continue');
    for (const parts of [2, 8]) expect({ parts, executions: exploreParts(() => new ThreadMachine(program).start, parts, () => undefined).executions }).toEqual({ parts, executions });
  });

  it('parts are of like size, and little is done twice', () => {
    const program = benchmarks.lastzero(10);
    const { transitions } = explore(new ThreadMachine(program).start, everything, () => 'continue');
    const split = exploreParts(() => new ThreadMachine(program).start, 8, () => undefined);
    expect(split).toMatchObject({ parts: 8, executions: 3328, blocked: 0 });
    expect(split.largest).toBeLessThan((3328 / 8) * 1.5);
    expect(split.transitions).toBeLessThan(transitions * 1.2);
  });

  it('each class of random threads is in one part', () => {
    for (let seed = 1; seed <= 250; seed++) {
      const start = () => new ThreadMachine(randomThreads(randomNumbers(seed), 6)).start;
      expect({ seed, classes: classesOfParts(start, 2 ** (1 + (seed % 3))) }).toEqual({ seed, classes: [...bruteForce(start()).classes].sort() });
    }
  });

  it.each([0, 0.4])('each class of random event programs is in one part, though what they touch is known only afterwards (timers: %d)', (timers) => {
    for (let seed = 1; seed <= 250; seed++) {
      const start = () => executionsOf(randomProgram(randomNumbers(seed), 6, timers));
      expect({ seed, classes: classesOfParts(start, 2 ** (1 + (seed % 3))) }).toEqual({ seed, classes: [...bruteForce(start()).classes].sort() });
    }
  });

  it.each([0, 0.4])('where every order of events counts, each is in one part (timers: %d)', (timers) => {
    for (let seed = 1; seed <= 120; seed++) {
      const starts = [() => executionsOf(randomProgram(randomNumbers(seed), 5, timers)), () => new ThreadMachine(randomThreads(randomNumbers(seed), 5)).start];
      for (const start of starts) {
        const sequencesOf = (subtree?: Subtree): string[] => {
          const found: string[] = [];
          explore<ProgramResult>(start(), { ...everything, strategy: 'naive', subtree }, (_, path) => { found.push(path.steps.map(({ id }) => id).join(' ')); return 'continue'; });
          return found;
        };
        const parts = splitWork<ProgramResult>(start(), 2 ** (1 + (seed % 3)));
        expect({ seed, sequences: parts.flatMap(sequencesOf).sort() }).toEqual({ seed, sequences: sequencesOf().sort() });
      }
    }
  });

  it('a program without dependent events is one part', () => {
    const alone = (at: string) => function* () { yield lock(at); yield store(`${at}x`, yield load(`${at}x`)); yield unlock(at); return 0; };
    expect(exploreParts(() => new ThreadMachine({ threads: { a: alone('m'), b: alone('n') } }).start, 8, () => undefined)).toMatchObject({ parts: 1, executions: 1 });
  });
});

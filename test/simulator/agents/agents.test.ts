import { describe, expect, it } from 'vitest';
import { explore, type Strategy } from '../../../src/simulator/explore/index.js';
import { bruteForceOutcomes, overPort, type Program } from './brute-force.js';
import { ops, plainSystem } from './plain-agents.js';
import { randomPrograms } from './random-programs.js';

const everything = { maxExecutions: 1_000_000 };

/** As the brute force writes outcomes down. */
function explored(programs: Readonly<Record<string, Program>>, strategy: Strategy, isTso: boolean) {
  const bodies = Object.fromEntries(Object.entries(programs).map(([name, program]) => [name, overPort(program)]));
  const system = plainSystem({ agents: bodies, memoryModel: isTso ? 'tso' : 'sc' });
  const outcomes = new Set<string>();
  const summary = explore(() => system.start(), { ...everything, strategy }, ({ outcome: { state, results } }) => {
    const memory: number[] = [];
    for (const [name, value] of Object.entries(state)) if (name.startsWith('m[')) memory[Number(name.slice(2, -1))] = Number(value);
    outcomes.add(JSON.stringify({ memory: [...memory].map((value) => value ?? 0), results, output: state['output']?.split(', ') ?? [] }));
    return 'continue';
  });
  expect(summary.exhaustive).toBe(true);
  return { ...summary, outcomes };
}

describe('agents end as a naive interpreter of the same programs says', () => {
  for (const isTso of [false, true]) {
    it(`40 random programs under ${isTso ? 'tso' : 'sc'}, by both strategies`, () => {
      for (const [seed, programs] of randomPrograms(40, isTso)) {
        const expected = [...bruteForceOutcomes(programs, isTso)].map(trimmed).sort();
        for (const strategy of ['naive', 'optimal'] as const) {
          const { outcomes } = explored(programs, strategy, isTso);
          expect([...outcomes].map(trimmed).sort(), `${strategy}, seed ${seed}`).toEqual(expected);
        }
      }
    });
  }
});

/** Memory that was only compared is 0 on both sides. */
function trimmed(outcome: string): string {
  const { memory, ...rest } = JSON.parse(outcome) as { memory: number[] };
  while (memory.length > 0 && memory[memory.length - 1] === 0) memory.pop();
  return JSON.stringify({ memory, ...rest });
}

describe('numbers of classes', () => {
  const count = (programs: Readonly<Record<string, Program>>) => explored(programs, 'optimal', false).executions;
  const threads = (number: number, program: (rank: number) => Program) => Object.fromEntries(Array.from({ length: number }, (_, rank) => [`t${rank}`, program(rank)]));

  it('readers: 2^n', () => {
    expect([1, 2, 5, 8].map((n) => count({ writer: function* () { yield ops.store(0, 1); }, ...threads(n, () => function* () { yield ops.load(0); }) }))).toEqual([2, 4, 32, 256]);
  });

  it('inc: (n!)^2; ainc and lockinc: n!', () => {
    const inc: Program = function* () { const x: number = yield ops.load(0); yield ops.store(0, x + 1); };
    const ainc: Program = function* () { yield ops.add(0, 1); };
    const lockinc: Program = function* () { yield ops.lock('m'); const x: number = yield ops.load(0); yield ops.store(0, x + 1); yield ops.unlock('m'); };
    expect([2, 3].map((n) => count(threads(n, () => inc)))).toEqual([4, 36]);
    expect([2, 3, 4].map((n) => count(threads(n, () => ainc)))).toEqual([2, 6, 24]);
    expect([2, 3, 4].map((n) => count(threads(n, () => lockinc)))).toEqual([2, 6, 24]);
  });

  it('casrot', () => {
    expect([2, 3, 4, 5].map((n) => count(threads(n, (i) => function* () { yield ops.cas(0, i, i + 1); })))).toEqual([2, 5, 14, 43]);
  });

  it('dining philosophers: naive 2^n - 1 with one deadlock, by hierarchy 2^n - 2', () => {
    const philosopher = (left: number, right: number): Program => function* () {
      yield ops.lock(`forks[${left}]`); yield ops.lock(`forks[${right}]`);
      yield ops.unlock(`forks[${right}]`); yield ops.unlock(`forks[${left}]`);
    };
    const naive = (n: number) => threads(n, (i) => philosopher(i, (i + 1) % n));
    const ordered = (n: number) => threads(n, (i) => philosopher(Math.min(i, (i + 1) % n), Math.max(i, (i + 1) % n)));
    expect([2, 3, 4].map((n) => count(naive(n)))).toEqual([3, 7, 15]);
    expect([3, 4].map((n) => count(ordered(n)))).toEqual([6, 14]);
  });
});

import { describe, expect, it } from 'vitest';
import { explore, exploreBySwitches, exploreSerially, NondeterminismError, randomNumbers, replay, ScheduleError, type Path } from '../../src/simulator/explore/index.js';
import { EventLoop } from '../../src/simulator/runtime/loop.js';
import { bruteForce, classOf } from './equivalence.js';
import { add, clear, executionsOf, randomProgram, read, thread, timer, write, type Act, type EventProgram, type ProgramResult } from './event-programs.js';

const everything = { maxExecutions: 1_000_000 };

function count(program: EventProgram, strategy: 'naive' | 'optimal') {
  const outcomes = new Set<string>();
  const summary = explore(executionsOf(program), { ...everything, strategy }, ({ outcome }) => { outcomes.add(outcome); return 'continue'; });
  expect(summary.exhaustive).toBe(true);
  return { executions: summary.executions, outcomes: outcomes.size };
}

/** Threads of the same length, each step an access given by `step(thread, rank)`. */
const threads = (number: number, length: number, step: (thread: number, rank: number) => Act): EventProgram =>
  Object.fromEntries(Array.from({ length: number }, (_, t) => [`t${t}`, thread(...Array.from({ length }, (_, rank) => step(t, rank)))]));

const binomial = (n: number, k: number): number => (k === 0 ? 1 : (binomial(n - 1, k - 1) * n) / k);

describe('naive exploration', () => {
  it('runs every merge of two threads once', () => {
    for (const [n, m] of [[1, 1], [2, 2], [3, 3], [2, 4], [4, 4]] as const) {
      const program = { a: thread(...Array.from({ length: n }, () => read('x'))), b: thread(...Array.from({ length: m }, () => read('x'))) };
      expect(count(program, 'naive').executions).toBe(binomial(n + m, n));
    }
  });

  it('runs three threads of two steps in 6! / 2!^3 orders', () => {
    expect(count(threads(3, 2, () => read('x')), 'naive').executions).toBe(90);
  });
});

describe('optimal exploration: known numbers of classes', () => {
  it('independent tasks: one', () => {
    expect(count(threads(4, 3, (t) => write(`own${t}`)), 'optimal').executions).toBe(1);
  });

  it('readers(n), a writer and n readers of x: 2^n', () => {
    for (const n of [1, 2, 5, 8]) {
      const program = { writer: [write('x')], ...threads(n, 1, () => read('x')) };
      expect(count(program, 'optimal').executions).toBe(2 ** n);
    }
  });

  it('ainc(n), n tasks add to x in one turn: n!', () => {
    expect([2, 3, 4, 5].map((n) => count(threads(n, 1, () => add('x', 1)), 'optimal').executions)).toEqual([2, 6, 24, 120]);
  });

  it('inc(n), n tasks read x, then write it: (n!)^2', () => {
    expect([2, 3, 4].map((n) => count(threads(n, 2, (_, rank) => (rank === 0 ? read('x') : write('x'))), 'optimal').executions)).toEqual([4, 36, 576]);
  });

  describe('lastzero(n): (n + 3) * 2^(n - 2)', () => {
    const scan = (index: number): Act => ({ kind: 'if', variable: `a${index}`, equals: 0, then: [], else: index > 0 ? [{ kind: 'event', acts: [scan(index - 1)] }] : [] });
    const lastzero = (n: number): EventProgram => ({ reader: [scan(n)], ...Object.fromEntries(Array.from({ length: n }, (_, j) => [`w${j + 1}`, thread(read(`a${j}`), write(`a${j + 1}`))])) });

    it('when what a turn touches is known only afterwards', () => {
      expect([2, 3, 4, 5].map((n) => count(lastzero(n), 'optimal').executions)).toEqual([2, 3, 4, 5].map((n) => (n + 3) * 2 ** (n - 2)));
    });

    it('without a single execution begun in vain when it is declared', () => {
      for (const n of [2, 3, 5, 8]) {
        const summary = explore(executionsOf(lastzero(n), { declares: true }), { ...everything, strategy: 'optimal' }, () => 'continue');
        expect(summary).toMatchObject({ executions: (n + 3) * 2 ** (n - 2), blocked: 0 });
      }
    });
  });

  it('fib_bench(n), two threads of n additions and a reader: 140, 1,698, none in vain', () => {
    const addition = (to: string, from: string): Act[] => [read(to), read(from), write(to)];
    for (const [n, classes] of [[2, 140], [3, 1698]] as const) {
      const repeat = (steps: Act[]): Act[] => Array.from({ length: n }, () => steps).flat();
      const program = { a: thread(...repeat(addition('x', 'y'))), b: thread(...repeat(addition('y', 'x'))), c: thread(read('x'), read('y')) };
      expect(explore(executionsOf(program, { declares: true }), { ...everything, strategy: 'optimal' }, () => 'continue')).toMatchObject({ executions: classes, blocked: 0 });
    }
  });

  it('a timer that another task clears fires first in one class, never in the other', () => {
    expect(count({ a: [timer('t', 10, write('x'))], b: [clear('t')] }, 'optimal')).toEqual(count({ a: [timer('t', 10, write('x'))], b: [clear('t')] }, 'naive'));
  });
});

describe('optimal exploration: what is easily missed', () => {
  const both = (program: EventProgram) => {
    const found: string[] = [];
    explore(executionsOf(program), { ...everything, strategy: 'optimal' }, ({ touches }, path) => { found.push(classOf(path.steps.map((step) => step.id), touches)); return 'continue'; });
    expect(found.sort()).toEqual([...bruteForce(executionsOf(program)).classes].sort());
  };

  it('races of an execution that was given up count as well', () => {
    both({ t0: [{ kind: 'if', variable: 'z', equals: 0, then: [write('x')], else: [] }], t1: thread(read('x'), write('x')), t2: thread(write('z', 0), write('z', 1), read('y')) });
  });

  it('a turn that touches something else once another came before it', () => {
    both({ t0: [{ kind: 'if', variable: 'z', equals: 1, then: [add('x', 1)], else: [] }], t1: [write('z')], t2: [write('x', 5)], t3: [read('x')] });
  });

  it('a timer that is set in time to make another wait, which is then cleared', () => {
    both({ a: [timer('early', 5, clear('late'))], b: [timer('late', 10, write('x'))] });
  });
});

describe.each([
  { name: 'programs whose data decide what is touched', timers: 0, seeds: 400 },
  { name: 'programs with timers that overtake and clear each other', timers: 0.4, seeds: 400 },
])('optimal exploration against brute force: $name', ({ timers, seeds }) => {
  it('reports each class exactly once, and so every outcome', () => {
    let classes = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const start = executionsOf(randomProgram(randomNumbers(seed), 6, timers));
      const expected = bruteForce(start);
      const found: string[] = [];
      const outcomes = new Set<string>();
      explore(start, { ...everything, strategy: 'optimal' }, ({ outcome, touches }, path) => {
        found.push(classOf(path.steps.map((step) => step.id), touches));
        outcomes.add(outcome);
        return 'continue';
      });
      expect({ seed, classes: found.sort() }).toEqual({ seed, classes: [...expected.classes].sort() });
      expect({ seed, outcomes: [...outcomes].sort() }).toEqual({ seed, outcomes: [...expected.outcomes].sort() });
      classes += found.length;
    }
    expect(classes).toBeGreaterThan(seeds * 2);
  });

  it('footprints are honest: an outcome is a property of its class (invariant 8)', () => {
    for (let seed = 1; seed <= 100; seed++) {
      for (const outcomes of bruteForce(executionsOf(randomProgram(randomNumbers(seed), 6, timers))).byClass.values()) expect(outcomes.size).toBe(1);
    }
  });
});

describe('exploration by switches', () => {
  const classesWithin = (program: EventProgram, most: number): number => {
    const summary = exploreBySwitches(executionsOf(program), most, everything, (_, path) => {
      expect(path.switches).toBeLessThanOrEqual(most);
      return 'continue';
    });
    expect(summary.exhaustive).toBe(true);
    return summary.executions;
  };

  it('inc(3): 6, 24, 36 classes within 0, 1, 2 switches', () => {
    const program = threads(3, 2, (_, rank) => (rank === 0 ? read('x') : write('x')));
    expect([0, 1, 2].map((most) => classesWithin(program, most))).toEqual([6, 24, 36]);
  });

  it('with enough switches it finds every class once', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const start = executionsOf(randomProgram(randomNumbers(seed), 6));
      expect({ seed, classes: exploreBySwitches(start, 99, everything, () => 'continue').executions }).toEqual({ seed, classes: bruteForce(start).classes.size });
    }
  });

  it('leaving a task that is done or cannot go on is no switch', () => {
    const switches: number[] = [];
    explore(executionsOf({ a: [write('x')], b: thread(read('x'), read('y')) }), { ...everything, strategy: 'naive' }, (_, path) => { switches.push(path.switches); return 'continue'; });
    expect(switches.sort()).toEqual([0, 0, 1]);
  });
});

describe('serial exploration', () => {
  it('runs the tasks one after the other, in every order, each with its own events', () => {
    const paths: string[] = [];
    exploreSerially(executionsOf(threads(3, 2, () => read('x'))), everything, (_, path) => { paths.push(path.steps.map((step) => step.task).join(' ')); return 'continue'; });
    expect(paths.sort()).toEqual(['t0 t0 t1 t1 t2 t2', 't0 t0 t2 t2 t1 t1', 't1 t1 t0 t0 t2 t2', 't1 t1 t2 t2 t0 t0', 't2 t2 t0 t0 t1 t1', 't2 t2 t1 t1 t0 t0']);
  });
});

describe('sampling', () => {
  const program = threads(3, 3, (t) => add('x', t + 1));
  const sampled = (strategy: 'random' | 'pct', seed: number): string[] => {
    const paths: string[] = [];
    const summary = explore(executionsOf(program), { strategy, maxExecutions: 50, seed }, (_, path) => { paths.push(path.steps.map((step) => step.id).join(' ')); return 'continue'; });
    expect(summary).toMatchObject({ executions: 50, exhaustive: false, limit: 'executions' });
    return paths;
  };

  it.each(['random', 'pct'] as const)('%s: a seed gives the same executions, another seed others', (strategy) => {
    expect(sampled(strategy, 7)).toEqual(sampled(strategy, 7));
    expect(sampled(strategy, 7)).not.toEqual(sampled(strategy, 8));
    expect(new Set(sampled(strategy, 7)).size).toBeGreaterThan(10);
  });
});

describe('budgets and schedules', () => {
  const program = threads(2, 2, (_, rank) => (rank === 0 ? read('x') : write('x')));

  it('stops at its limits, and names them', () => {
    for (const strategy of ['naive', 'optimal'] as const) {
      expect(explore(executionsOf(program), { strategy, maxExecutions: 2 }, () => 'continue')).toMatchObject({ executions: 2, exhaustive: false, limit: 'executions' });
      expect(explore(executionsOf(program), { ...everything, strategy }, () => 'stop')).toMatchObject({ executions: 1, exhaustive: false, limit: 'stopped' });
      expect(explore(executionsOf(program), { ...everything, strategy, signal: { aborted: true } }, () => 'continue')).toMatchObject({ executions: 0, exhaustive: false, limit: 'signal' });
      const truncated: boolean[] = [];
      expect(explore(executionsOf(program), { ...everything, strategy, maxTurns: 3 }, (_, path) => { truncated.push(path.isTruncated); return 'continue'; })).toMatchObject({ exhaustive: false, limit: 'turns' });
      expect(truncated).not.toContain(false);
    }
  });

  it('a schedule is plain data and replays to the same outcome', () => {
    const runs: { result: ProgramResult; schedule: ReturnType<Path['schedule']> }[] = [];
    explore(executionsOf(program), { ...everything, strategy: 'optimal' }, (result, path) => { runs.push({ result, schedule: path.schedule() }); return 'continue'; });
    for (const { result, schedule } of runs) {
      const again = replay(executionsOf(program), JSON.parse(JSON.stringify(schedule)) as typeof schedule);
      expect(again.result.outcome).toBe(result.outcome);
      expect(again.path.schedule()).toEqual(schedule);
    }
  });

  it('a schedule that does not fit says where', () => {
    const schedule = { version: 1 as const, events: [{ id: 't0', task: 't0', label: '' }, { id: 't7', task: 't7', label: '' }] };
    expect(() => replay(executionsOf(program), schedule)).toThrow(ScheduleError);
    expect(() => replay(executionsOf(program), schedule)).toThrow('event 2, "t7", cannot happen here; [t1, t0.1] can');
  });
});

describe('what the simulator does not control', () => {
  it.each(['naive', 'optimal'] as const)('%s: a replay that diverges is an error with both traces', (strategy) => {
    const loop = new EventLoop();
    let executions = 0;
    const start = () => {
      executions++;
      loop.reset();
      const body = () => { loop.touch('o', 'x', 'write'); for (let i = 0; i < executions; i++) loop.addEvent({ label: '', fire: () => loop.touch('o', 'x', 'write') }); };
      for (const task of ['a', 'b']) loop.addTask({ task, label: '', fire: body });
      return { enabled: () => loop.enabled(), fire: (event: object) => loop.fire(event as never), result: () => 0 };
    };
    const error = (() => { try { explore(start, { ...everything, strategy }, () => 'continue'); return undefined; } catch (thrown) { return thrown as NondeterminismError; } })();
    expect(error).toBeInstanceOf(NondeterminismError);
    expect(error!.recorded).not.toEqual(error!.observed);
    expect(error!.message).toContain('not deterministic');
  });
});

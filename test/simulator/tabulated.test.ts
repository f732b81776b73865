import { describe, expect, it } from 'vitest';
import { explore, exploreBySwitches, NondeterminismError, randomNumbers, Tabulation, type Execution } from '../../src/simulator/explore/index.js';
import { EventLoop } from '../../src/simulator/runtime/loop.js';
import { add, event, executionsOf, randomProgram, read, thread, write, type Act, type EventProgram, type ProgramResult } from './event-programs.js';

const everything = { maxExecutions: 1_000_000 };

/** How often each outcome was met, whatever the order in which they were. */
function outcomes(start: () => Execution<ProgramResult>, search: typeof naive = naive): { executions: number; counts: [string, number][] } {
  const counts = new Map<string, number>();
  const { executions } = search(start, ({ outcome }) => { counts.set(outcome, (counts.get(outcome) ?? 0) + 1); return 'continue'; });
  return { executions, counts: [...counts].sort(([a], [b]) => (a < b ? -1 : 1)) };
}

const naive = (start: () => Execution<ProgramResult>, onExecution: (result: ProgramResult) => 'continue') => explore(start, { ...everything, strategy: 'naive' }, onExecution);
const twoSwitches: typeof naive = (start, onExecution) => exploreBySwitches(start, 2, everything, onExecution);

/** `start`, counted. */
function counted<R>(start: () => Execution<R>): { start: () => Execution<R>; runs: () => number } {
  let runs = 0;
  return { start: () => { runs++; return start(); }, runs: () => runs };
}

describe('a tabulated program', () => {
  it('does in every order what the program itself does', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const program = randomProgram(randomNumbers(seed), 7, seed % 3);
      for (const search of [naive, twoSwitches]) {
        const { start } = new Tabulation(executionsOf(program));
        expect(outcomes(start, search), JSON.stringify(program)).toEqual(outcomes(executionsOf(program), search));
      }
    }
  });

  it('is run for what is new alone', () => {
    const independent: EventProgram = { a: [write('x'), event(write('x', 2))], b: [write('y'), event(write('y', 2))], c: [write('z'), event(write('z', 2))] };
    const { start, runs } = counted(executionsOf(independent));
    const table = new Tabulation(start);
    expect(outcomes(table.start).executions).toBe(90);
    // As many as there are states with a first event of their own, and far from the 90 orders.
    const first = runs();
    expect(first).toBeLessThanOrEqual(27);
    expect(outcomes(table.start).executions).toBe(90);
    expect(runs()).toBe(first);
  });

  it('is run for a past that is new, whatever else has been fired before', () => {
    const independent: EventProgram = { a: [write('x'), event(write('x', 2))], b: [write('y'), event(write('y', 2))], c: [write('z'), event(write('z', 2))] };
    const { start, runs } = counted(executionsOf(independent));
    expect(outcomes(new Tabulation(start).start).executions).toBe(90);
    // Six events, each with one past: the first path meets them all, and gives the only result.
    expect(runs()).toBe(1);
  });

  it('tells events apart whose creators have seen something else', () => {
    const loop = new EventLoop();
    const start = (): Execution<string> => {
      loop.reset();
      let [seen, x, y] = [0, 0, 0];
      const see = (): void => { loop.touch('x', 'value', 'read'); seen = x; loop.addEvent({ label: 'tell', fire: () => { loop.touch('y', 'value', 'write'); y = seen; } }); };
      loop.addTask({ task: 'a', label: '', fire: see });
      loop.addTask({ task: 'b', label: '', fire: () => { loop.touch('x', 'value', 'write'); x = 1; } });
      return { enabled: () => loop.enabled(), fire: (fired) => loop.fire(fired as never), result: () => `saw ${y}` };
    };
    const counts = (begin: () => Execution<string>): string[] => {
      const seen: string[] = [];
      explore(begin, { ...everything, strategy: 'naive' }, (result) => { seen.push(result); return 'continue'; });
      return seen;
    };
    expect(counts(new Tabulation(start).start)).toEqual(counts(start));
    expect(counts(start)).toEqual(['saw 0', 'saw 0', 'saw 1']);
  });

  it('tells states apart that dependent events have led to', () => {
    const program: EventProgram = { a: [add('x', 1), event(read('x'))], b: [add('x', 10), event(read('x'))] };
    const table = new Tabulation(executionsOf(program));
    expect(outcomes(table.start)).toEqual(outcomes(executionsOf(program)));
    expect(outcomes(table.start).counts.length).toBeGreaterThan(2);
  });

  it('keeps nothing more once it is clear that nothing is met again, and ends as before', () => {
    const chain = (amount: number): Act[] => thread(...Array.from({ length: 7 }, () => add('x', amount)));
    const dependent: EventProgram = { a: chain(1), b: chain(10) };
    const { start, runs } = counted(executionsOf(dependent));
    const table = new Tabulation(start);
    expect(outcomes(table.start)).toEqual(outcomes(executionsOf(dependent)));
    expect(table.isVain).toBe(true);
    // As often as it ends, since no end is looked up.
    expect(runs()).toBe(3432);
  });

  it('goes on keeping what it sees where some of it is met again', () => {
    const chain = (variable: string): Act[] => thread(...Array.from({ length: 5 }, () => add(variable, 1)));
    const table = new Tabulation(executionsOf({ a: chain('x'), b: chain('y'), c: thread(add('x', 2), add('x', 2), add('y', 2), add('y', 2)) }));
    expect(explore(table.start, { maxExecutions: 20_000, strategy: 'naive' }, () => 'continue').executions).toBe(20_000);
    expect(table.isVain).toBe(false);
  });

  it('has to do again what it did before', () => {
    const loop = new EventLoop();
    let runs = 0;
    const start = (): Execution<number> => {
      const run = ++runs;
      loop.reset();
      for (const task of ['a', 'b']) {
        loop.addTask({ task, label: '', fire: () => { loop.touch('x', 'value', 'write'); loop.addEvent({ label: 'one', fire: () => loop.touch('x', 'value', 'write') }); if (run === 3) loop.addEvent({ label: 'another', fire: () => undefined }); } });
      }
      return { enabled: () => loop.enabled(), fire: (fired) => loop.fire(fired as never), result: () => 0 };
    };
    expect(() => explore(new Tabulation(start).start, { ...everything, strategy: 'naive' }, () => 'continue')).toThrow(NondeterminismError);
  });
});

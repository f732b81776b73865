import { describe, expect, it } from 'vitest';
import type { Scenario, TaskPlan } from '../../src/model/index.js';
import { checkModule, compile } from '../../src/language/index.js';
import { explore, Tabulation } from '../../src/simulator/explore/index.js';
import { ScenarioRunner, type Subject } from '../../src/simulator/runtime/runner.js';

/** Calls of these methods of one object, which may overlap. */
function scenarioOf(members: string, calls: readonly string[]): Scenario {
  const text = `import { ask } from './outside';\nexport class Subject {\n${members}\n}\n`;
  const task = (member: string, index: number): TaskPlan => ({ id: `task${index + 1}`, name: `${member}()`, path: { root: 'Subject', steps: [{ kind: 'construct' }, { kind: 'member', name: member }] }, arguments: [] });
  return { version: 1, program: compile(checkModule({ file: 'subject.ts', text })), setup: {}, prelude: [], regions: [], effects: 'all', assumptions: {}, seed: 1, tasks: calls.map(task) };
}

/** What `one` returned, and how often, in all orders. */
function ends(scenario: Scenario, isTabulated: boolean): [string, number][] {
  const runner = new ScenarioRunner(scenario, (0, eval)(scenario.program.code) as Subject);
  const counts = new Map<string, number>();
  const start = (): ReturnType<typeof runner.start> => runner.start();
  explore(isTabulated ? new Tabulation(start).start : start, { strategy: 'naive', maxExecutions: 100_000 }, ({ outcome: { results } }) => {
    counts.set(results['task1']!, (counts.get(results['task1']!) ?? 0) + 1);
    return 'continue';
  });
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What `one` returned, where equivalent orders are explored once. */
function endsOfClasses(scenario: Scenario): string[] {
  const runner = new ScenarioRunner(scenario, (0, eval)(scenario.program.code) as Subject);
  const found = new Set<string>();
  explore(() => runner.start(), { strategy: 'optimal', maxExecutions: 1_000 }, ({ outcome: { results } }) => { found.add(results['task1']!); return 'continue'; });
  return [...found].sort();
}

describe('a function that is put into a field', () => {
  const waiting = 'a = 0; r: any; async one() { await new Promise((r) => { this.r = r; }); return this.a; }';

  it.each([
    ['is called if it is there', 'async two() { await ask(1); this.a++; this.r?.(1); }'],
    ['is called by its name', "async two() { await ask(1); this.a++; this['r']?.(1); }"],
    ['is called in any case', 'async two() { await ask(1); this.a++; this.r(1); }'],
    ['is another one by then', 'h = () => 0; async two() { await ask(1); this.h = () => 5; } async three() { await ask(2); this.a = this.h(); this.r?.(1); }'],
  ])('%s: all ends are found', (_name, members) => {
    const scenario = scenarioOf(`${waiting} ${members}`, members.includes('three') ? ['one', 'two', 'three'] : ['one', 'two', 'two']);
    expect(endsOfClasses(scenario)).toEqual(ends(scenario, false).map(([end]) => end));
    expect(endsOfClasses(scenario).length).toBeGreaterThan(1);
  });
});

describe('a tabulated scenario ends as its program does', () => {
  const counting = 'async two() { this.a++; await ask(3); this.a++; }';

  it.each(['all', 'allSettled'])('where whoever comes last goes on (Promise.%s)', (combine) => {
    const scenario = scenarioOf(`a = 0; async one() { await Promise.${combine}([ask(1), ask(2)]); return this.a; } ${counting}`, ['one', 'two']);
    expect(ends(scenario, true)).toEqual(ends(scenario, false));
    // Five events; after one of the two orders of the first task's own.
    expect(ends(scenario, false)).toEqual([['returned 0', 2], ['returned 1', 6], ['returned 2', 12]]);
  });

  it('where whoever comes first settles a promise', () => {
    const members = 'a = 0; r: any; async one() { await new Promise((r) => { this.r = r; }); return this.a; } async two() { await ask(1); this.a++; const r = this.r; if (r) r(1); }';
    const scenario = scenarioOf(members, ['one', 'two', 'two']);
    expect(ends(scenario, true)).toEqual(ends(scenario, false));
    expect(ends(scenario, false).map(([end]) => end)).toEqual(['never finished', 'returned 1', 'returned 2']);
    expect(endsOfClasses(scenario)).toEqual(['never finished', 'returned 1', 'returned 2']);
  });
});

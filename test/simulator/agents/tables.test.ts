import { describe, expect, it } from 'vitest';
import { explore, NondeterminismError } from '../../../src/simulator/explore/index.js';
import type { AgentSystem } from '../../../src/simulator/agents/index.js';
import { ops, plainSystem, type Body } from './plain-agents.js';

const everything = { maxExecutions: 1_000_000, strategy: 'optimal' as const };

function outcomesOf(system: AgentSystem, strategy: 'naive' | 'optimal' = 'optimal'): Set<string> {
  const outcomes = new Set<string>();
  explore(() => system.start(), { ...everything, strategy }, ({ outcome }) => { outcomes.add(JSON.stringify(outcome)); return 'continue'; });
  return outcomes;
}

const increment: Body = (port) => port.perform(ops.store(0, (port.perform(ops.load(0)) as number) + 1));
const counters = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, rank) => [`t${rank}`, increment]));

describe('tables of agents', () => {
  it('run code for new histories only: 576 classes of four counters need some 30 instances', () => {
    const made = { count: 0 };
    const system = plainSystem({ agents: counters(4), made });
    expect(explore(() => system.start(), everything, () => 'continue').executions).toBe(576);
    expect(made.count).toBeLessThan(30);
    const before = made.count;
    expect(explore(() => system.start(), everything, () => 'continue').executions).toBe(576);
    expect(made.count).toBe(before);
  });

  it('suspend an agent below native code that calls back', () => {
    const sorter: Body = (port) => [3, 1, 2].sort((a, b) => { port.perform(ops.add(0, 1)); return a - b; }).map((value) => value + (port.perform(ops.load(1)) as number));
    const system = plainSystem({ agents: { sorter, other: (port) => port.perform(ops.store(1, 10)) } });
    const results = [...outcomesOf(system)].map((outcome) => (JSON.parse(outcome) as { results: Record<string, string> }).results['sorter']);
    expect(new Set(results)).toEqual(new Set(['returned [1,2,3]', 'returned [1,2,13]', 'returned [1,12,13]', 'returned [11,12,13]']));
  });

  it('stay right when they are pruned in the middle of an exploration', () => {
    const whole = outcomesOf(plainSystem({ agents: counters(3) }));
    const made = { count: 0 };
    expect(outcomesOf(plainSystem({ agents: counters(3), mostNodes: 3, made }))).toEqual(whole);
    expect(made.count).toBeGreaterThan(30);
  });

  it('name both ways when an agent does something else with the same past', () => {
    let runs = 0;
    const moody: Body = (port) => { port.perform(ops.load(0)); port.perform(ops.load(++runs)); port.perform(ops.load(0)); };
    const run = () => outcomesOf(plainSystem({ agents: { moody, other: (port) => port.perform(ops.store(0, 1)) } }));
    expect(run).toThrow(NondeterminismError);
    runs = 0;
    expect(run).toThrow(/:m\[1\].*:m\[\d\]/s);
  });

  it('do not let an agent swallow its own unwinding', () => {
    const stubborn: Body = (port) => {
      for (let count = 0; count < 3; count++) {
        try { port.perform(ops.add(0, 1)); } catch { /* tries again */ }
      }
      return port.perform(ops.load(0));
    };
    const outcomes = outcomesOf(plainSystem({ agents: { stubborn, other: (port) => port.perform(ops.store(0, 10)) } }));
    expect([...outcomes].map((outcome) => (JSON.parse(outcome) as { results: Record<string, string> }).results['stubborn']).sort()).toEqual(['returned 10', 'returned 11', 'returned 12', 'returned 13', 'returned 3']);
  });

  it('rewind to any depth and go another way', () => {
    const system = plainSystem({ agents: counters(2) });
    const execution = system.start();
    const go = (...tasks: string[]) => { for (const task of tasks) execution.fire(execution.enabled().find((event) => event.task === task)!); return execution.result().outcome.state['m[0]']; };
    expect(go('t0', 't1', 't0', 't1')).toBe('1');
    execution.rewind(1);
    expect(go('t0', 't1', 't1')).toBe('2');
    execution.rewind(0);
    expect(execution.enabled().map(({ id }) => id)).toEqual(['t0/1', 't1/1']);
    expect(go('t1', 't1', 't0', 't0')).toBe('2');
  });

  it('give each operation the same id for the same past, and a label', () => {
    const execution = plainSystem({ agents: counters(2) }).start();
    expect(execution.enabled().map(({ id, task, label }) => [id, task, label])).toEqual([['t0/1', 't0', 't0 reads m[0]'], ['t1/1', 't1', 't1 reads m[0]']]);
    execution.fire(execution.enabled()[0]!);
    expect(execution.enabled().map(({ id, label }) => [id, label])).toEqual([['t0/2', 't0: m[0] = 1'], ['t1/1', 't1 reads m[0]']]);
  });

  it('answer final questions from the table, and take back what these change', () => {
    const made = { count: 0 };
    let asked = 0;
    const system = plainSystem({ agents: counters(3), made, evaluate: (port) => { asked++; const sum = port.perform(ops.load(0)); port.perform(ops.store(0, 100)); return { sum: String(sum) }; } });
    const sums = new Set<string>();
    explore(() => system.start(), everything, ({ outcome }) => { sums.add(outcome.state['sum']!); return 'continue'; });
    expect([...sums].sort()).toEqual(['1', '2', '3']);
    expect(asked).toBe(3);
  });
});

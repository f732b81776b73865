import { describe, expect, it } from 'vitest';
import { explore } from '../../../src/simulator/explore/index.js';
import { areSameOutcomes, outcomeDigest } from '../../../src/simulator/oracle/index.js';
import type { Outcome } from '../../../src/model/index.js';
import type { AgentsEnd, Cell } from '../../../src/simulator/agents/index.js';
import { ops, plainSystem, type Plain } from './plain-agents.js';

const float = (name: string, offset: number): Cell => ({ buffer: 'buffer 2', offset, type: 'Float64', name });
const put = (cell: Cell, value: number) => ({ site: -1, kind: 'store', cell, value, isAtomic: true }) as const;

const plains: Readonly<Record<string, Plain>> = {
  'elements and results': { agents: { a: (port) => port.perform(ops.add(0, 1)), b: (port) => { port.perform(ops.store(1, 5)); return port.perform(ops.load(0)); } } },
  'tasks that never finish': { agents: { a: (port) => port.perform(ops.wait(0, 0)), b: (port) => { port.perform(ops.store(0, 1)); } } },
  'zeros of both signs': { agents: { a: (port) => port.perform(put(float('f', 0), -0)), b: (port) => port.perform(put(float('f', 0), 0)), c: (port) => port.perform(put(float('f', 0), NaN)) } },
  'elements of one name': { agents: { a: (port) => port.perform(put(float('f', 0), 1)), b: (port) => { port.perform(put(float('f', 8), 2)); port.perform(put(float('f', 0), 3)); } } },
  'logs': { agents: { a: (port) => port.perform(ops.observe('p')), b: (port) => port.perform(ops.observe('q')) } },
  'what the scenario observes': { agents: { a: (port) => port.perform(ops.store(0, 1)), b: (port) => port.perform(ops.store(0, 2)) }, evaluate: (port) => ({ last: String(port.perform(ops.load(0))) }) },
};

describe('the digest of an end', () => {
  for (const [what, plain] of Object.entries(plains)) {
    it(`is that of its outcome: ${what}`, () => {
      const system = plainSystem(plain);
      let ends = 0;
      explore(() => system.start(), { maxExecutions: 10_000, strategy: 'naive' }, (end) => {
        ends++;
        const { digest } = end;
        expect(digest).toBe(outcomeDigest(end.outcome));
        return 'continue';
      });
      expect(ends).toBeGreaterThan(1);
    });

    it(`and who has it tells outcomes apart as they are told when built: ${what}`, () => {
      const system = plainSystem(plain);
      const known: Outcome[] = [];
      const answers = new Set<boolean>();
      const each = (look: (end: AgentsEnd) => void): void => void explore(() => system.start(), { maxExecutions: 10_000, strategy: 'naive' }, (end) => { look(end); return 'continue'; });
      each(({ outcome }) => known.push(outcome, { ...outcome, state: { ...outcome.state, more: '0' } }));
      each((end) => {
        expect(end.digest).toBeTypeOf('number');
        const told = known.map((outcome) => end.hasOutcome!(outcome));
        expect(told).toEqual(known.map((outcome) => areSameOutcomes(outcome, end.outcome)));
        for (const answer of told) answers.add(answer);
      });
      expect(answers).toEqual(new Set([true, false]));
    });
  }

  it('and of its outcome, stay what they were when the execution goes on', () => {
    const system = plainSystem(plains['elements and results']!);
    const ends: { readonly digest?: number; readonly outcome: object }[] = [];
    const outcomes: string[] = [];
    explore(() => system.start(), { maxExecutions: 100, strategy: 'naive' }, (end) => {
      ends.push(end);
      if (ends.length % 2 === 0) outcomes.push(JSON.stringify(end.outcome));
      return 'continue';
    });
    expect(ends.filter((_, rank) => rank % 2 === 1).map(({ outcome }) => JSON.stringify(outcome))).toEqual(outcomes);
    expect(new Set(ends.map(({ outcome }) => JSON.stringify(outcome)))).toEqual(new Set(['{"state":{"m[0]":"1","m[1]":"5"},"results":{"a":"returned 0","b":"returned 0"},"effects":{}}', '{"state":{"m[0]":"1","m[1]":"5"},"results":{"a":"returned 0","b":"returned 1"},"effects":{}}']));
    expect(new Set(ends.map(({ digest }) => digest)).size).toBe(2);
  });
});

describe('reports', () => {
  it('are shared by the histories that say the same', () => {
    const system = plainSystem({ agents: { a: (port) => { port.perform(ops.load(0)); return 'done'; }, b: (port) => port.perform(ops.store(0, 1)), c: (port) => port.perform(ops.store(0, 2)) } });
    const reports = new Set<unknown>();
    const ends = new Set<unknown>();
    explore(() => system.start(), { maxExecutions: 100, strategy: 'naive' }, () => {
      const { value } = system.players.find(({ name }) => name === 'a')!.node;
      reports.add(value.report);
      ends.add(value);
      return 'continue';
    });
    expect([ends.size, reports.size]).toEqual([3, 1]);
  });
});

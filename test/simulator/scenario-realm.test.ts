import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/index.js';
import { checkModule, compile } from '../../src/language/index.js';
import type { Exploration, Scenario } from '../../src/model/index.js';
import { createRealm, type Subject } from '../../src/simulator/runtime/runner.js';
import { exploreScenario } from '../../src/simulator/scenario.js';

const stock = `import { price, reserve } from './shop';

export class Stock {
  left = 2;

  async buy(customer: string) {
    if (price.isFixed) price.seen = customer;
    const before = this.left;
    if (before < 1) return 'sold out';
    const receipt = await reserve(customer);
    if (receipt.isValid) this.left = before - 1;
    return price.seen;
  }
}
`;

/** The same names, but the tasks have other turns. */
const lazyStock = stock.replace('const before', 'await price.load();\n    const before');

function program(text: string): { readonly scenario: Scenario; readonly subject: Subject } {
  const file = 'stock.ts';
  const task = (id: string, customer: string): Scenario['tasks'][number] => ({ id, name: `buy(${customer})`, path: { root: 'Stock', steps: [{ kind: 'construct' }, { kind: 'member', name: 'buy' }] }, arguments: [{ kind: 'json', text: JSON.stringify(customer) }] });
  const compiled = compile(checkModule({ file, text }));
  return {
    scenario: { version: 1, program: compiled, setup: {}, prelude: [], regions: analyse({ file, text }).findings.map(({ region }) => region), effects: 'changing', assumptions: {}, seed: 1, tasks: [task('task1', 'ann'), task('task2', 'bob')] },
    subject: (0, eval)(compiled.code) as Subject,
  };
}

function explore(scenario: Scenario, subject: Subject, realm = createRealm(), stopAtFirst = false): Exploration {
  return exploreScenario(scenario, subject, { strategy: 'optimal', maxExecutions: 1_000, maxMilliseconds: 60_000, stopAtFirst }, realm);
}

describe('scenarios that are run in one realm, one after the other', () => {
  const { scenario, subject } = program(stock);
  const changing = { ...scenario, assumptions: { 'price.isFixed is truthy': false } };
  const invalid = { ...scenario, assumptions: { 'reserve("ann").isValid is truthy': false } };

  it('end as each does in one of its own', () => {
    const realm = createRealm();
    const other = program(lazyStock);
    const rounds: readonly (readonly [Scenario, Subject])[] = [[scenario, subject], [changing, subject], [invalid, subject], [other.scenario, other.subject], [scenario, subject], [changing, subject]];
    const alone = rounds.map(([one, its]) => explore(one, its));
    expect(new Set(alone.map((exploration) => JSON.stringify(exploration))).size).toBe(4);
    expect(rounds.map(([one, its]) => explore(one, its, realm))).toEqual(alone);
  });

  it('know what events, objects and values of one program are called', () => {
    const realm = createRealm();
    explore(scenario, subject, realm);
    const { keys } = realm.loop;
    const known = keys.whole.length;
    const value = realm.opaque.make('reserve');
    explore(scenario, subject, realm);
    expect([realm.loop.keys === keys, keys.whole.length, realm.opaque.make('reserve') === value]).toEqual([true, known, true]);
  });

  it('know nothing of another program', () => {
    const realm = createRealm();
    explore(scenario, subject, realm);
    const { keys } = realm.loop;
    const value = realm.opaque.make('reserve');
    const other = program(lazyStock);
    explore(other.scenario, other.subject, realm);
    expect([realm.loop.keys === keys, realm.opaque.make('reserve') === value]).toEqual([false, false]);
  });
});

describe('a search that ends at the first witness', () => {
  it('runs the program once for each order that it needs: two serial ones, one that is wrong, the shortest of those, and that for its trace', () => {
    const { scenario, subject } = program(stock);
    let runs = 0;
    const counting: Subject = (...given) => { runs++; return subject(...given); };
    const { witness } = explore(scenario, counting, createRealm(), true);
    expect(witness).toEqual({ ...explore(scenario, subject).witness, expectedOutcomes: witness!.expectedOutcomes });
    expect(runs).toBe(5);
  });
});

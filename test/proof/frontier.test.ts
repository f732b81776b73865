import { expect, it } from 'vitest';
import type { Exploration, Scenario } from '../../src/model/index.js';
import { Frontier } from '../../src/proof/frontier.js';
import type { Explored } from '../../src/proof/explored.js';

const start = { assumptions: {}, program: { sites: [] } } as unknown as Scenario;

/** A run that has asked these conditions; all of them held. */
function run(scenario: Scenario, asked: readonly string[], isReached: boolean): [Explored, Exploration['asked']] {
  const conditions = asked.map((condition) => ({ condition, text: condition, value: true }));
  const exploration = { asked: conditions, reached: [], passed: isReached ? 1 : 0, executions: 1, transitions: 1, wrong: 0, outcomes: [], contended: false } as unknown as Exploration;
  return [{ scenario, exploration, isReached, isTouched: isReached }, conditions];
}

/** The assumptions of what is tried next. */
const turnedIn = (frontier: Frontier): string[] => Object.keys(frontier.next()?.scenario.assumptions ?? {});

it('once a run has come to the region, what was asked on its way is turned round before what kept others away', () => {
  const frontier = new Frontier(start, { decides: () => false });
  expect(turnedIn(frontier)).toEqual([]);
  frontier.addVariants(...run(start, ['a', 'b', 'c', 'd', 'e'], false));
  const arriving = frontier.next()!;
  expect(Object.keys(arriving.scenario.assumptions)).toEqual(['e']);
  frontier.addVariants(...run(arriving.scenario, ['e', 'the answer'], true));
  expect([turnedIn(frontier), turnedIn(frontier)]).toContainEqual(['e', 'the answer']);
});

it('what brought others of the same tasks furthest is tried second', () => {
  const frontier = new Frontier(start, { decides: () => false }, { a: false });
  expect([turnedIn(frontier), turnedIn(frontier), turnedIn(frontier)]).toEqual([[], ['a'], []]);
});

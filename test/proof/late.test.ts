import { expect, it } from 'vitest';
import { conclude } from '../../src/proof/conclude.js';
import type { Explored } from '../../src/proof/explored.js';

/** A scenario that was explored to its end without anything wrong, as far as a conclusion looks at it. */
const sound = {
  scenario: { program: { gaps: [] }, regions: [], tasks: [] },
  exploration: { exhaustive: true, doubtful: false, unmodelled: [], executions: 4, wrong: 0, transitions: 8, outcomes: [] },
  isReached: true, isTouched: true,
} as unknown as Explored;

it('that each scenario was explored whole says something where their number ended the search, and nothing where the clock did', () => {
  const claim = { rule: 'lost-update', isCured: true };
  expect(conclude({ explored: [sound], isComplete: false, isLate: false }, claim)).toMatchObject({ verdict: 'bounded', isEachWhole: true });
  const late = conclude({ explored: [sound], isComplete: false, isLate: true }, claim);
  expect(late.verdict).toBe('bounded');
  expect(late.isEachWhole).toBeUndefined();
});

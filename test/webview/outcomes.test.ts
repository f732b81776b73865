import { describe, expect, it } from 'vitest';
import { compareOutcomes, listOutcomes } from '../../src/webview/timeline/outcomes.js';
import { accountProof, outcomeOf } from './proofs.js';

/** The table as a person sees it, emphasis between asterisks. */
function tableOf({ rows }: ReturnType<typeof compareOutcomes>): readonly string[] {
  return rows.map(({ name, cells }) => [name, ...cells.map(({ text, differs }) => (differs ? `*${text}*` : text))].join(' | '));
}

describe('a failing outcome beside the expected ones', () => {
  it('emphasises what no expected outcome has, and where each expected one departs', () => {
    const { outcome, expectedOutcomes } = accountProof.witness!;
    expect(tableOf(compareOutcomes(outcome, expectedOutcomes))).toEqual([
      'Account#balance | *-60* | *20* | *20*',
      'alice | returned true | returned true | *returned false*',
      'bob | returned true | *returned false* | returned true',
      "audit('withdraw', 80) | *2 times* | *once* | *once*",
    ]);
  });

  it('emphasises the difference from the nearest where every part alone is expected', () => {
    const expected = [outcomeOf({ a: '1', b: '2', c: '0' }), outcomeOf({ a: '2', b: '1', c: '1' })];
    expect(tableOf(compareOutcomes(outcomeOf({ a: '1', b: '1', c: '0' }), expected))).toEqual(['a | 1 | 1 | *2*', 'b | *1* | *2* | 1', 'c | 0 | 0 | *1*']);
  });

  it('has a row for what only one of them has', () => {
    expect(tableOf(compareOutcomes(outcomeOf({}, {}, { 'login()': 2 }), [outcomeOf({ token: '"t"' })]))).toEqual(['token | *not there* | *"t"*', 'login() | *2 times* | *never*']);
  });

  it('shows the nearest three and says how many are left out', () => {
    const expected = ['5', '6', '7', '8'].map((n) => outcomeOf({ n, m: n === '8' ? '1' : '0' }));
    const { columns, rows, omitted } = compareOutcomes(outcomeOf({ n: '9', m: '1' }), expected);
    expect([columns.length, rows[0]?.cells[1]?.text, omitted]).toEqual([4, '8', 1]);
  });
});

it('lists all outcomes, wrong ones first, then the commonest', () => {
  const { columns, rows } = listOutcomes([
    { outcome: outcomeOf({ n: '1' }), count: 2, expected: true },
    { outcome: outcomeOf({ n: '2' }), count: 5, expected: true },
    { outcome: outcomeOf({ n: '3' }), count: 1, expected: false },
  ]);
  expect(columns).toEqual([
    { kind: 'failing', count: 1 },
    { kind: 'expected', count: 5 },
    { kind: 'expected', count: 2 },
  ]);
  expect(rows[0]?.cells.map(({ text }) => text)).toEqual(['3', '2', '1']);
});

import { expect, it } from 'vitest';
import { moveLine, type Edit } from '../../src/extension/edits.js';

/** Replaces from line and character `from` to line `to`, lines from 0. */
function edit([line, character]: readonly [number, number], to: number, text: string): Edit {
  return { range: { start: { line, character }, end: { line: to } }, text };
}

it.each([
  ['a line typed above', 10, edit([2, 5], 2, '\nnew'), 11],
  ['a line typed below', 10, edit([20, 0], 20, '\n'), 10],
  ['a word typed in the line', 10, edit([9, 4], 9, 'word'), 10],
  ['Enter in the middle of the line', 10, edit([9, 4], 9, '\n'), 10],
  ['Enter at the start of the line', 10, edit([9, 0], 9, '\n'), 11],
  ['three lines deleted above', 10, edit([1, 0], 4, ''), 7],
  ['the line deleted with its neighbours', 10, edit([7, 0], 11, ''), 8],
])('%s', (_, line, change, moved) => {
  expect(moveLine(line, [change])).toBe(moved);
});

it('applies edits in their order', () => {
  expect(moveLine(10, [edit([0, 0], 0, '\n\n'), edit([3, 0], 4, '')])).toBe(11);
});

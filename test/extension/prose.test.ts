import { expect, it } from 'vitest';
import { plain, prose, sentence } from '../../src/extension/prose.js';

it('keeps code as code, and everything else as text', () => {
  expect(prose('`a * b` is *read* by <b>[x](command:y)')).toBe('`a * b` is \\*read\\* by \\<b\\>\\[x\\]\\(command:y\\)');
});

it('is one line', () => {
  expect(prose('first\n\n# second')).toBe('first \\# second');
});

it('does not open a code span that is never closed', () => {
  expect(prose('a ` b')).toBe('a \\` b');
});

it('makes a sentence of a clause', () => {
  expect(sentence('all 4 interleavings end well')).toBe('All 4 interleavings end well.');
  expect(sentence('`x` is read.')).toBe('`x` is read.');
});

it('stands code in single quotes where no markdown is shown', () => {
  expect(plain('`balance` is checked, `withdraw` suspends')).toBe("'balance' is checked, 'withdraw' suspends");
});

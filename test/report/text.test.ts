import { describe, expect, it } from 'vitest';
import { clip, pad, widthOf, wrap } from '../../src/report/columns.js';
import { printable, printableJson } from '../../src/report/index.js';

describe('text of a user never steers the terminal', () => {
  it.each([
    ['\u001b[2J', '\\x1b[2J'],
    ['\u009b31m', '\\x9b31m'],
    ['a\u0007b', 'a\\x07b'],
    ['a\nb\r', 'a\\nb\\r'],
    ['user\u202enimda', 'user\\u202enimda'],
    ['a\u2028b', 'a\\u2028b'],
    ['\ud800', '\\ud800'],
    ['\u{e0041}', '\\u{e0041}'],
    ['a\tb', 'a  b'],
    ['naïve → 漢字 🚀', 'naïve → 漢字 🚀'],
  ])('%j', (text, shown) => expect(printable(text)).toBe(shown));

  it('JSON keeps its value', () => {
    const value = { text: 'a\u009b\u202e\u{e0041}\u001b\n"\\' };
    const json = printableJson(value);
    expect(JSON.parse(json)).toEqual(value);
    expect(json).not.toMatch(/[^\P{Control}\n]|\p{Format}/u);
  });
});

describe('columns', () => {
  it('counts wide characters twice and combining marks not at all', () => {
    expect(['abc', '漢字', 'e\u0301', '🚀', ''].map(widthOf)).toEqual([3, 4, 1, 2, 0]);
  });

  it('cuts and fills to a width', () => {
    expect(clip('balance', 4)).toBe('bal…');
    expect(clip('漢字漢字', 4)).toBe('漢…');
    expect(clip('full', 4)).toBe('full');
    expect(pad('漢', 4)).toBe('漢  ');
  });

  it('wraps between words, and inside a word that is too long', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('abcdefghij k', 4)).toEqual(['abcd', 'efgh', 'ij k']);
    expect(wrap('', 4)).toEqual(['']);
  });
});

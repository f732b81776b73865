import { expect, it } from 'vitest';
import { mentionedNames } from '../../../src/simulator/runtime/program-names.js';

const program = (body: string, names = ['fetch', 'Date', '__dirname']) => ({ version: 1 as const, file: 'a.ts', code: `(function (__rp, ${names.join(', ')}) { "use strict"; ${body} })`, names, sites: [], gaps: [] });

it('asks for values of the names that a program mentions, and no others', () => {
  expect(mentionedNames(program('return fetch(Date);'))).toEqual(['fetch', 'Date', undefined]);
  expect(mentionedNames(program('prefetch(Dates, $fetch, a.__dirname);'))).toEqual([undefined, undefined, undefined]);
});

it('knows what only names a property', () => {
  expect(mentionedNames(program('rp.get(this, "fetch"); a.Date; a?.\n__dirname;'))).toEqual([undefined, undefined, '__dirname']);
  expect(mentionedNames(program('[...fetch, `"${Date}"`, "" + __dirname + ""];'))).toEqual(['fetch', 'Date', '__dirname']);
});

it('asks for all where an escape may spell a name', () => {
  expect(mentionedNames(program('return \\u0066etch();'))).toEqual(['fetch', 'Date', '__dirname']);
});

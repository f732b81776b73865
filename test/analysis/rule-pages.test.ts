import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ruleCatalogue } from '../../src/analysis/index.js';
import { findings } from './expectations.js';

/** The code of a page's fenced blocks that carry the mark. */
function examples(page: string, mark: string): string[] {
  return [...page.matchAll(/^```ts (\w+)\n([\s\S]*?)^```$/gm)].filter(([, name]) => name === mark).map(([, , code]) => code ?? '');
}

describe.each(ruleCatalogue.map(({ id }) => id))('docs/rules/%s.md', (id) => {
  const page = readFileSync(new URL(`../../docs/rules/${id}.md`, import.meta.url), 'utf8');

  test('has a racy and a correct example', () => {
    expect(examples(page, 'racy').length).toBeGreaterThan(0);
    expect(examples(page, 'correct').length).toBeGreaterThan(0);
  });

  test.each(examples(page, 'racy'))('its racy example %# is reported once, by this rule', (code) => {
    expect(findings(code).map(({ rule }) => rule)).toEqual([id]);
  });

  test.each(examples(page, 'correct'))('its correct example %# is met with silence', (code) => {
    expect(findings(code)).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, test } from 'vitest';
import { situations } from './eslint-cases.js';
import { findings } from './expectations.js';

/** What ESLint's rule says: `by option` if it is silent once told to leave properties alone. */
function saidByEslint(code: string): string {
  const reports = (allowProperties: boolean): boolean =>
    new Linter().verify(code, [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser as Linter.Parser }, rules: { 'require-atomic-updates': ['error', { allowProperties }] } }], 'case.ts').length > 0;
  return !reports(false) ? 'silent' : reports(true) ? 'reports' : 'by option';
}

describe('situations of require-atomic-updates', () => {
  test.each(situations.map((situation) => [situation.name, situation] as const))('%s', (_name, { code, racy, eslint }) => {
    expect(findings(code).map(({ rule, message }) => `${rule}: ${message}`)).toHaveLength(racy ? 1 : 0);
    expect(saidByEslint(code)).toBe(eslint);
  });

  test('the page tells all of them, and why', () => {
    const page = readFileSync(new URL('../../docs/eslint-cases.md', import.meta.url), 'utf8');
    for (const { name, racy, why, eslint } of situations) expect(page).toContain(`| ${name} | ${eslint} | ${racy ? 'racy' : 'correct'} | ${why} |`);
  });
});

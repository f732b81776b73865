import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/analysis/index.js';
import { modules } from './whole-modules.js';

const rulesIn = (text: string): string[] => {
  const { findings, failure } = analyse({ file: /require\(|module\.exports/.test(text) ? 'module.js' : 'module.ts', text });
  expect(failure).toBeUndefined();
  return findings.map(({ rule }) => rule);
};

describe.each(Object.entries(modules))('%s', (_name, { rules, racy, cured }) => {
  test('is accused once, by a rule that tells it', () => {
    const found = rulesIn(racy);
    expect(rules).toContain(found[0]);
    expect(found).toHaveLength(1);
  });

  test('is met with silence once it is cured', () => {
    expect(rulesIn(cured)).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';
import { reviewPairs } from './review-pairs.js';

function fileFor(code: string): string {
  return code.includes('require(') ? 'subject.js' : code.includes('/>') ? 'subject.tsx' : 'subject.ts';
}

describe.each(Object.entries(reviewPairs))('%s', (rule, list) => {
  test.each(list)('%s', (_name, racy, cured) => {
    const told = (code: string): string[] => findings(code, fileFor(code)).map((finding) => finding.rule);
    expect({ racy: told(racy), cured: told(cured) }).toEqual({ racy: [rule], cured: [] });
  });
});

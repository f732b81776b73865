import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';
import { reviewPairs } from './review-pairs.js';

describe.each(Object.entries(reviewPairs))('%s', (rule, list) => {
  test.each(list)('%s', (_name, racy, cured) => {
    const told = (code: string): string[] => findings(code, code.includes('require(') ? 'subject.js' : 'subject.ts').map((finding) => finding.rule);
    expect({ racy: told(racy), cured: told(cured) }).toEqual({ racy: [rule], cured: [] });
  });
});

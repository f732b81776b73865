import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';
import { lockPairs } from './lock-pairs.js';

describe.each(Object.entries(lockPairs))('%s', (rule, list) => {
  test.each(list)('%s', (_name, racy, cured) => {
    const told = (code: string): string[] => findings(code).map((finding) => finding.rule);
    expect({ racy: told(racy), cured: told(cured) }).toEqual({ racy: [rule], cured: [] });
  });
});

import { describe, expect, test } from 'vitest';
import { contractPairs, contractTwins } from './contract-pairs.js';
import { findings } from './expectations.js';

function told(code: string): string[] {
  return findings(code, 'subject.ts').map((finding) => finding.rule);
}

describe.each(Object.entries(contractPairs))('%s', (rule, list) => {
  test.each(list)('%s', (_name, racy, cured) => {
    expect({ racy: told(racy), cured: told(cured) }).toEqual({ racy: [rule], cured: [] });
  });
});

test.each(Object.entries(contractTwins))('silent: %s', (_name, code) => {
  expect(told(code)).toEqual([]);
});

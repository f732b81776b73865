import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';
import { historyPairs, historyTwins } from './history-pairs.js';

const told = (code: string): string[] => findings(code).map((finding) => finding.rule);

describe.each(Object.entries(historyPairs))('%s', (rule, list) => {
  test.each(list)('%s', (_name, racy, cured) => {
    expect({ racy: told(racy), cured: told(cured) }).toEqual({ racy: [rule], cured: [] });
  });
});

test.each(Object.entries(historyTwins))('silent: %s', (_name, code) => {
  expect(told(code)).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';
import { fixedBugs, nearTwins } from './fixed-bugs.js';

const told = (code: string): string[] => findings(code, code.includes('require(') ? 'subject.js' : 'subject.ts').map(({ rule }) => rule);

describe.each(Object.entries(fixedBugs))('%s', (rule, list) => {
  test.each(list)('%s', (_name, racy, cured) => {
    expect({ racy: told(racy), cured: told(cured) }).toEqual({ racy: [rule], cured: [] });
  });
});

test.each(Object.entries(nearTwins))('silent: %s', (_name, code) => {
  expect(told(code)).toEqual([]);
});

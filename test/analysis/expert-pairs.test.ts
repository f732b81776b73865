import { describe, expect, test } from 'vitest';
import { expertPairs, expertTwins } from './expert-pairs.js';
import { findings } from './expectations.js';

function fileFor(code: string): string {
  return code.includes('require(') ? 'subject.js' : /<\/\w+>/.test(code) ? 'subject.tsx' : 'subject.ts';
}

describe.each(Object.entries(expertPairs))('%s', (rule, list) => {
  test.each(list)('%s', (_name, racy, cured) => {
    const told = (code: string): string[] => findings(code, fileFor(code)).map((finding) => finding.rule);
    expect({ racy: told(racy), cured: told(cured) }).toEqual({ racy: [rule], cured: [] });
  });
});

test.each(Object.entries(expertTwins))('silent: %s', (_name, code) => {
  expect(findings(code, fileFor(code)).map((finding) => finding.rule)).toEqual([]);
});

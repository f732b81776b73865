import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runSimulated } from '../simulated-run.js';
import { bySpecification, lockPrograms, prelude } from './locks-programs.js';

/** What Chromium logs; `test/webview/locks.test.ts` compares it with the browser that is there. */
const facts = JSON.parse(readFileSync(new URL('./locks-facts.json', import.meta.url), 'utf8')) as Record<string, string[]>;

describe('navigator.locks, as in Chromium', () => {
  const names = Object.keys(lockPrograms);
  const simulated = runSimulated(names.map((name) => `(async () => { ${prelude}\n${lockPrograms[name]} })()`));
  it.each(names.map((name, index) => [name, index] as const))('%s', (name, index) => {
    expect(simulated[index]).toEqual(bySpecification[name] ?? facts[name]);
  });
});

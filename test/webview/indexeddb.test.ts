import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { indexedDbPrograms, prelude } from '../simulator/host/indexeddb-programs.js';
import { programsInBrowser } from './programs.js';

/** The facts that the simulator is compared with are what the browser at hand does. */
const facts = JSON.parse(readFileSync(new URL('../simulator/host/indexeddb-facts.json', import.meta.url), 'utf8')) as Record<string, string[]>;

describe('IndexedDB in Chromium', () => {
  const logged = programsInBrowser();

  it.each(Object.entries(indexedDbPrograms))('%s', async (name, program) => {
    expect(await logged(`${prelude}\n${program}`)).toEqual(facts[name]);
  });
});

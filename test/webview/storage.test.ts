import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { storagePrograms } from '../simulator/host/storage-programs.js';
import { programsInBrowser } from './programs.js';

/** The facts that the simulator is compared with are what the browser at hand does. */
const facts = JSON.parse(readFileSync(new URL('../simulator/host/storage-facts.json', import.meta.url), 'utf8')) as Record<string, string[]>;

describe('web storage in Chromium', () => {
  const logged = programsInBrowser();

  it.each(Object.entries(storagePrograms))('%s', async (name, program) => {
    expect(await logged(program)).toEqual(facts[name]);
  });
});

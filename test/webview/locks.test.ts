import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lockPrograms, prelude } from '../simulator/host/locks-programs.js';
import { programsInBrowser } from './programs.js';

/** The facts that the simulator is compared with are what the browser at hand does. */
const facts = JSON.parse(readFileSync(new URL('../simulator/host/locks-facts.json', import.meta.url), 'utf8')) as Record<string, string[]>;

describe('navigator.locks in Chromium', () => {
  const run = programsInBrowser();
  const logged = (program: string): Promise<string[]> => run(`${prelude}\n${program}`);

  it.each(Object.entries(lockPrograms))('%s', async (name, program) => {
    // Tasks of one turn of the browser's own loop may change places when the machine is busy: what is pinned is one of the things that it does.
    let lines = await logged(program);
    for (let attempt = 1; attempt < 4 && lines.join() !== facts[name]!.join(); attempt++) lines = await logged(program);
    expect(lines).toEqual(facts[name]);
  });
});

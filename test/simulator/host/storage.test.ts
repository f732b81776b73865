import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { closeRace } from '../../../src/proof/index.js';
import { RaceSession } from '../../../src/simulator/race.js';
import type { Subject } from '../../../src/simulator/runtime/runner.js';
import { explored, scenario } from './scenario-logs.js';
import { storagePrograms } from './storage-programs.js';

/** What Chromium logs; `test/webview/storage.test.ts` compares it with the browser that is there. */
const facts = JSON.parse(readFileSync(new URL('./storage-facts.json', import.meta.url), 'utf8')) as Record<string, string[]>;

const one = (tasks: string, setUp = ''): Record<string, string> => ({ 'main.race.ts': scenario(tasks, setUp) });

describe('web storage, as in Chromium', () => {
  it.each(Object.entries(storagePrograms))('%s', (name, program) => {
    const { race } = closeRace({ file: 'main.race.ts', text: `import { scenario } from 'raceproof';
      export default scenario(() => { const lines: string[] = []; const log = (line: unknown) => { lines.push(String(line)); }; return { tasks: { a: async () => { ${program} } }, observe: () => Object.fromEntries(lines.map((line, at) => ['line ' + at, line])) }; });` }, () => undefined);
    const { outcomes, failure } = new RaceSession(race, (0, eval)(race.program.code) as Subject).explore({ strategy: 'optimal', maxExecutions: 10, maxMilliseconds: 60_000, stopAtFirst: false });
    expect(failure).toBeUndefined();
    const { state } = outcomes[0]!.outcome;
    expect(facts[name]!.map((_, at) => JSON.parse(state[`line ${at}`]!) as string)).toEqual(facts[name]);
    expect(Object.keys(state)).toHaveLength(facts[name]!.length);
  });
});

describe('web storage that is shared', () => {
  const visit = (between: string): string => `const n = Number(localStorage.getItem('n')); ${between} localStorage.setItem('n', String(n + 1)); log.push(localStorage.getItem('n'));`;
  const pause = `const pause = () => new Promise((resolve) => setImmediate(resolve));`;

  it('is changed in one turn, or torn by a suspension', () => {
    expect(explored(one(`a: async () => { ${visit('')} }, b: async () => { ${visit('')} }`)).logs).toEqual(['["1", "2"]']);
    expect(explored(one(`a: async () => { ${visit('await pause();')} }, b: async () => { ${visit('await pause();')} }`, pause)).logs).toEqual(['["1", "1"]', '["1", "2"]']);
  });

  it('belongs to all agents, between which even one turn is torn, but a session to each alone', () => {
    const agents = (area: string): Record<string, string> => {
      const task = `agent(() => { const n = Number(${area}.getItem('n')); ${area}.setItem('n', String(n + 1)); Atomics.add(sum, 0, Number(${area}.getItem('n'))); })`;
      return { 'main.race.ts': `import { scenario, agent } from 'raceproof'; export default scenario(() => { const sum = new Int32Array(new SharedArrayBuffer(4)); return { tasks: { a: ${task}, b: ${task} }, observe: () => ({ log: Atomics.load(sum, 0) }) }; });` };
    };
    expect(explored(agents('localStorage')).logs).toEqual(['2', '3', '4']);
    expect(explored(agents('sessionStorage')).logs).toEqual(['2']);
  });

  it('has an interleaving more only where the same key is touched', () => {
    expect(explored(one(`a: () => { localStorage.setItem('x', '1'); }, b: () => { localStorage.setItem('y', '1'); }`)).executions).toBe(1);
    expect(explored(one(`a: () => { localStorage.getItem('x'); }, b: () => { localStorage.getItem('x'); }`)).executions).toBe(1);
    expect(explored(one(`a: () => { localStorage.setItem('x', '1'); }, b: () => { localStorage.getItem('x'); }`)).executions).toBe(2);
    expect(explored(one(`a: () => { localStorage.setItem('x', '1'); }, b: () => { void localStorage.length; }`)).executions).toBe(2);
    expect(explored(one(`a: () => { localStorage.clear(); }, b: () => { localStorage.setItem('x', '1'); }`)).executions).toBe(2);
  });
});

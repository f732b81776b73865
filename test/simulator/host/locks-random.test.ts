import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/simulator/host/random.js';
import { closeRace } from '../../../src/proof/index.js';
import { RaceSession } from '../../../src/simulator/race.js';
import type { Subject } from '../../../src/simulator/runtime/runner.js';

/** Tasks that ask for locks in many ways, each on the main thread or on one of its own; what they hear of is seen by all in a file. */
function program(seed: number): string {
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  let places = 0;
  const told = (what: string): string => `tell('${++places}${what}');`;
  const request = (depth: number): string => {
    const how = pick(['', '', `{ mode: 'shared' }, `, `{ ifAvailable: true }, `, `{ steal: true }, `, `{ signal: control.signal }, `]);
    const inner = depth > 0 && random() < 0.4 ? request(depth - 1) : random() < 0.4 ? 'await null;' : '';
    return `await navigator.locks.request('${pick(['l', 'l', 'm'])}', ${how}async (lock) => { tell('${++places}' + (lock ? 'has' : 'none')); ${inner} }).then(() => { ${told('after')} }, (error) => { tell('${++places}' + error.name); });`;
  };
  const step = (): string => (random() < 0.15 ? `control.abort(); ${told('abort')}` : random() < 0.12 ? `{ const { held, pending } = await navigator.locks.query(); tell('${++places}' + held.length + pending.length); }` : request(1));
  const task = (name: string): string => {
    const body = `async () => { const control = new AbortController(); ${Array.from({ length: 1 + Math.floor(random() * 1.4) }, step).join(' ')} }`;
    return `${name}: ${random() < 0.4 ? `agent(${body})` : body}`;
  };
  return `import { scenario, agent } from 'raceproof'; import * as fs from 'node:fs'; const tell = (line: string) => { fs.appendFileSync('/told', line + ' '); };
    export default scenario(() => ({ tasks: { ${['a', 'b'].map(task).join(', ')} }, observe: () => (fs.existsSync('/told') ? fs.readFileSync('/told', 'utf8') : '') }));`;
}

/** Every outcome, and every kind of problem. */
function found(text: string, strategy: 'naive' | 'optimal'): { readonly outcomes: readonly string[]; readonly problems: readonly string[] } | undefined {
  const { race } = closeRace({ file: 'main.race.ts', text }, () => undefined);
  const { exhaustive, failure, outcomes, problems } = new RaceSession(race, (0, eval)(race.program.code) as Subject).explore({ strategy, maxExecutions: 5_000, maxMilliseconds: 60_000, stopAtFirst: false });
  expect(failure).toBeUndefined();
  return exhaustive ? { outcomes: outcomes.map(({ outcome }) => JSON.stringify(outcome)).sort(), problems: problems.map(({ kind }) => kind).sort() } : undefined;
}

describe('random uses of locks have the same outcomes, whether every interleaving is run or one of each class', () => {
  it.each([1, 2, 3, 4])('programs of lot %d', (lot) => {
    let compared = 0;
    let several = 0;
    for (let seed = lot * 1000; seed < lot * 1000 + 15; seed++) {
      const text = program(seed);
      const naive = found(text, 'naive');
      if (naive === undefined) continue;
      expect({ seed, text, ...found(text, 'optimal') }).toEqual({ seed, text, ...naive });
      compared++;
      if (naive.outcomes.length > 1) several++;
    }
    expect(compared).toBeGreaterThan(4);
    expect(several).toBeGreaterThan(2);
  });
});

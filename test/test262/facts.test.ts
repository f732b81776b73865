import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildRealms } from './bundles.mjs';
import type { Fact } from './facts/fact.js';
import { factsByArea } from './facts/index.js';
import { runNatively, simulate } from './facts/run-facts.js';
import type { Realm } from './suite/realm.js';
import { realmFactory } from './suite/realms.js';

/** Whether the Node that runs this has a built-in, such as `Promise.try`. */
function isKnownHere(path: string): boolean {
  return path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], globalThis) !== undefined;
}

const texts = (facts: readonly Fact[], logs: readonly string[]): string[] => facts.map(([what], index) => `${what}: ${logs[index]}`);
const expected = (facts: readonly Fact[]): string[] => texts(facts, facts.map(([, , logs]) => logs));
const programs = (facts: readonly Fact[]): string[] => facts.map(([, program]) => program);

/** What test262 tests of promises and async code, in programs of our own: each logs the same in a locked-down realm as in Node. */
describe('what ECMA-262 says', () => {
  const folder = mkdtempSync(join(tmpdir(), 'raceproof-facts-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let realm: Realm;
  beforeAll(async () => {
    realm = realmFactory((await buildRealms(folder)).subject)();
  });

  for (const [area, facts] of Object.entries(factsByArea)) {
    describe(area, () => {
      it('holds in the simulator, for code that runs as every subject does', () => {
        expect(texts(facts, simulate(programs(facts), realm))).toEqual(expected(facts));
      });

      it('holds in Node, as far as this one has what it takes', () => {
        const known = facts.filter(([, , , needs]) => needs === undefined || isKnownHere(needs));
        expect(texts(known, runNatively(programs(known)))).toEqual(expected(known));
      });
    });
  }
});

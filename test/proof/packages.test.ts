import { describe, expect, it } from 'vitest';
import { closeRace, verdictOf } from '../../src/proof/index.js';
import { matters } from '../../src/proof/packages.js';
import { installed } from '../simulator/library-run.js';
import { projectAbove } from './files.js';
import { useEngine } from './judging.js';
import { fileURLToPath } from 'node:url';

const engine = useEngine();
const root = fileURLToPath(new URL('../../', import.meta.url));

/** A count behind a lock of a library, which is passed one at a time if `locked`. */
const users: Readonly<Record<string, { readonly locked: string; readonly open: string }>> = {
  'p-limit': { locked: `import pLimit from 'p-limit'; const limit = pLimit(1); const guarded = (work: () => Promise<void>) => limit(work);`, open: `import pLimit from 'p-limit'; const limit = pLimit(2); const guarded = (work: () => Promise<void>) => limit(work);` },
  'p-queue': { locked: `import PQueue from 'p-queue'; const queue = new PQueue({ concurrency: 1 }); const guarded = (work: () => Promise<void>) => queue.add(work);`, open: `import PQueue from 'p-queue'; const queue = new PQueue({ concurrency: 2 }); const guarded = (work: () => Promise<void>) => queue.add(work);` },
  'async-lock': { locked: `import AsyncLock from 'async-lock'; const lock = new AsyncLock(); const guarded = (work: () => Promise<void>) => lock.acquire('key', work);`, open: `import AsyncLock from 'async-lock'; const lock = new AsyncLock(); let n = 0; const guarded = (work: () => Promise<void>) => lock.acquire('key' + n++, work);` },
  'async-sema': { locked: `import { Sema } from 'async-sema'; const sema = new Sema(1); const guarded = async (work: () => Promise<void>) => { await sema.acquire(); try { await work(); } finally { sema.release(); } };`, open: `import { Sema } from 'async-sema'; const sema = new Sema(2); const guarded = async (work: () => Promise<void>) => { await sema.acquire(); try { await work(); } finally { sema.release(); } };` },
  'await-lock': { locked: `import AwaitLock from 'await-lock'; const lock = new AwaitLock(); const guarded = async (work: () => Promise<void>) => { await lock.acquireAsync(); try { await work(); } finally { lock.release(); } };`, open: `import AwaitLock from 'await-lock'; const lock = new AwaitLock(); const guarded = async (work: () => Promise<void>) => { if (lock.acquired) return; await work(); };` },
  mutexify: { locked: `import mutexify from 'mutexify/promise'; const lock = mutexify(); const guarded = async (work: () => Promise<void>) => { const release = await lock(); try { await work(); } finally { release(); } };`, open: `import mutexify from 'mutexify/promise'; const guarded = async (work: () => Promise<void>) => { const release = await mutexify()(); try { await work(); } finally { release(); } };` },
  'semaphore-async-await': { locked: `import { Lock } from 'semaphore-async-await'; const lock = new Lock(); const guarded = (work: () => Promise<void>) => lock.execute(work);`, open: `import { Lock } from 'semaphore-async-await'; const guarded = (work: () => Promise<void>) => new Lock().execute(work);` },
};

const counter = (lock: string): string => `
  ${lock}
  import { load } from 'far-away';
  let count = 0;
  export function add() { return guarded(async () => { const before = count; await load(); count = before + 1; }); }`;

describe('a library that keeps tasks apart is run for real', () => {
  it.each(['async-lock', 'async-sema', 'await-lock', 'mutexify'])('%s, of a finding', async (name) => {
    const { locked, open } = users[name]!;
    const run = async (lock: string) => engine.run(counter(lock), 'add', 'src/counter.ts', projectAbove({ 'src/counter.ts': counter(lock) }, root));
    const [kept, torn] = [await run(locked), await run(open)];
    expect(kept.verdict, kept.reason).toBe('refuted');
    expect(torn.verdict, torn.reason).toBe('confirmed');
  });

  it.each(Object.keys(users))('%s, in a scenario file', async (name) => {
    const explore = async (lock: string) => {
      const text = `import { scenario } from 'raceproof'; ${lock}
        export default scenario(() => {
          let count = 0;
          const add = () => guarded(async () => { const before = count; await new Promise((resolve) => setTimeout(resolve, 1)); count = before + 1; });
          return { tasks: { a: add, b: add }, invariant: () => count === 2 };
        });`;
      const { race } = closeRace({ file: 'counter.race.ts', text }, projectAbove({ 'counter.race.ts': text }, root));
      return engine.simulator.exploreRace(race, { strategy: 'optimal', maxExecutions: 5_000, maxMilliseconds: 10_000, stopAtFirst: false });
    };
    expect(verdictOf(await explore(users[name]!.locked))).toBe('refuted');
    expect(verdictOf(await explore(users[name]!.open))).toBe('confirmed');
  });
});

describe('which packages are worth running', () => {
  it.each([['p-limit', true], ['async-lock', true], ['mitt', true], ['zustand', true], ['typescript', false], ['preact', false], ['picocolors', false]])('%s: %s', (name, expected) => {
    const manifest = installed(`node_modules/${name}/package.json`);
    expect(matters(name, manifest?.kind === 'file' ? manifest.text : '')).toBe(expected);
  });
});

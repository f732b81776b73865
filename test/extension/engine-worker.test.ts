import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundles, settingsOf } from '../../esbuild.mjs';
import { CallCancelled, Engine } from '../../src/extension/engine.js';
import type { FilePlaces } from '../../src/extension/read-files.js';

const account = `export class Account {
  balance = 100;
  async withdraw(amount: number, audit: (amount: number) => Promise<void>) {
    if (this.balance >= amount) {
      await audit(amount);
      this.balance -= amount;
    }
  }
}
`;

const folder = mkdtempSync(join(tmpdir(), 'raceproof-engine-'));
const bundled = (name: string): string => join(folder, name);
const log: string[] = [];
let engine: Engine;

beforeAll(async () => {
  for (const bundle of bundles) {
    const name = bundle.outfile.replace('dist/', '');
    if (name === 'engine.cjs' || name === 'simulator-worker.js') await build({ ...settingsOf(bundle), sourcemap: false, outfile: bundled(name.replace('.js', '.mjs')) });
  }
  engine = new Engine({ engineWorker: bundled('engine.cjs'), simulatorWorker: bundled('simulator-worker.mjs'), log: (line) => log.push(line) });
});

afterAll(() => {
  engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const source = (text: string, file = 'subject.ts'): { readonly file: string; readonly text: string } => ({ file, text });

describe('the real engine, behind its calls', () => {
  it('finds, proves and simulates', async () => {
    const { findings } = await engine.call('analyse', { source: source(account) });
    const [finding] = findings;
    expect(findings).toHaveLength(1);
    expect(finding).toMatchObject({ rule: 'check-then-act', range: { start: { line: 6, column: 7 } } });
    expect((await engine.call('prove', { source: source(account), finding: finding! })).verdict).toBe('confirmed');
    const simulation = await engine.call('simulate', { source: source(account), subject: { line: 3, column: 10 } });
    expect(simulation).toMatchObject({ kind: 'simulated', proof: { verdict: 'confirmed' } });
  });

  it('proves fixes, with the lock of a library that the project depends on', async () => {
    const { findings: [finding] } = await engine.call('analyse', { source: source(account) });
    const [own] = await engine.call('fix', { source: source(account), finding: finding! });
    expect(own).toMatchObject({ verdict: 'proved' });
    const borrowed = await engine.call('fix', { source: source(account), finding: finding!, texts: { 'package.json': '{ "dependencies": { "async-mutex": "*" } }' } });
    const mutex = borrowed.find(({ title }) => title === 'Guard `balance` with a mutex of async-mutex');
    expect(mutex).toMatchObject({ verdict: 'proved' });
    expect(mutex!.edits.map(({ text }) => text).join('')).toContain("from 'async-mutex'");
  });

  it('links what is imported: texts that it is given go before files on disk', async () => {
    const root = mkdtempSync(join(tmpdir(), 'raceproof-workspace-'));
    const lock = 'export class Gate { #last: Promise<unknown> = Promise.resolve(); enter<T>(work: () => Promise<T>) { const next = this.#last.then(work); this.#last = next; return next; } }\n';
    const open = lock.replace('this.#last.then(work)', 'work()');
    const text = "import { Gate } from './gate';\nlet n = 0;\nconst gate = new Gate();\nexport async function add(g: () => Promise<void>) {\n  await gate.enter(async () => { const before = n; await g(); n = before + 1; });\n}\n";
    const simulate = async (places: FilePlaces): Promise<unknown> => {
      const simulation = await engine.call('simulate', { source: source(text), subject: { line: 4, column: 10 }, ...places });
      return simulation.kind === 'simulated' && simulation.proof.verdict;
    };
    try {
      writeFileSync(join(root, 'gate.ts'), lock);
      expect(await simulate({ root })).toBe('refuted');
      expect(await simulate({ root, texts: { 'gate.ts': open } })).toBe('confirmed');
      expect(await simulate({ texts: { 'gate.ts': lock } })).toBe('refuted');
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it('says so where nothing stands that can be simulated', async () => {
    expect(await engine.call('simulate', { source: source('export const one = 1;\n'), subject: { line: 1, column: 1 } })).toEqual({ kind: 'no-subject' });
    expect(await engine.call('simulate', { source: source('async function f( {'), subject: { line: 1, column: 1 } })).toMatchObject({ kind: 'syntax-error', range: { start: { line: 1 } } });
  });

  it('lets go of a simulation that is cancelled, and answers the next', async () => {
    const endless = 'let n = 0;\nexport async function spin(g: () => Promise<number>) {\n  const before = n;\n  await g();\n  for (;;) n = before + 1;\n}\n';
    const stop = new AbortController();
    const call = engine.call('simulate', { source: source(endless), subject: { line: 3, column: 3 } }, stop.signal);
    setTimeout(() => stop.abort(), 100);
    await expect(call).rejects.toBeInstanceOf(CallCancelled);
    expect(await engine.call('simulate', { source: source(account), subject: { line: 3, column: 10 } })).toMatchObject({ kind: 'simulated' });
  });

  it.each([
    ['nothing', ''],
    ['a byte order mark', '\uFEFFawait'],
    ['binary', 'await \u0000\u0001\uFFFE async \uD800 let'],
    ['half a class', 'export class Half {\n  async open( {\n    await this.\n'],
    ['ten thousand brackets', `async function f() { await ${'('.repeat(10_000)}`],
    ['three thousand nested lists', `let n = 0; export async function f(g) { n = ${'['.repeat(3_000)}await g()${']'.repeat(3_000)}; }`],
    ['five thousand operators', `let n = 0; export async function f(g) { n = n${' + 1'.repeat(5_000)} + await g(); }`],
    ['hostile names', 'export class __proto__ { constructor = 1; async toString(hasOwnProperty) { const v = this.constructor; await hasOwnProperty(); this.constructor = v + 1; } }'],
    ['one long line', `let n = 0; async function f() { await 0; } /* ${'x'.repeat(500_000)} */`],
  ])('survives %s', async (_, text) => {
    const deaths = log.filter((line) => line.startsWith('Engine stopped')).length;
    const settled = await engine.call('analyse', { source: source(text) }).then((analysis) => analysis.file, (error: unknown) => String(error));
    expect(typeof settled).toBe('string');
    expect((await engine.call('analyse', { source: source(account) })).findings).toHaveLength(1);
    expect(log.filter((line) => line.startsWith('Engine stopped'))).toHaveLength(deaths);
  });
});

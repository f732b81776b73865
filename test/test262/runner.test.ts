import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changed, classify, type Exception } from './suite/exceptions.js';
import { exclusionOf, proposalsOf } from './suite/selection.js';
import { parseTest } from './suite/test-file.js';

/** A suite of our own in the shape of test262. */
const suite: Readonly<Record<string, string>> = {
  'features.txt': '## Proposed language features\n# A proposal\nfuture-thing\n\n## Standard language features\nasync-functions\n',
  'harness/sta.js': 'function Test262Error(message) { this.message = message; }',
  'harness/assert.js': 'function assert(fact, message) { if (fact !== true) throw new Test262Error(message); }',
  'harness/doneprintHandle.js': `function $DONE(error) { print(error ? 'Test262:AsyncTestFailure:' + error.message : 'Test262:AsyncTestComplete'); }`,
  'harness/extra.js': 'function isPromise(value) { return value instanceof Promise; }',
  'test/built-ins/Promise/passes.js': '/*---\nincludes: [extra.js]\n---*/\nassert(isPromise(Promise.resolve()), "a promise");',
  'test/built-ins/Promise/fails.js': '/*---\ndescription: x\n---*/\nassert(false, "on purpose");',
  'test/built-ins/Promise/done.js': '/*---\nflags: [async]\n---*/\n(async () => { await null; assert(true); })().then($DONE, $DONE);',
  'test/built-ins/Promise/fails-later.js': '/*---\nflags: [async]\n---*/\nPromise.reject(new Test262Error("later")).then($DONE, $DONE);',
  'test/built-ins/Promise/never.js': '/*---\nflags: [async]\n---*/\nnew Promise(() => {}).then($DONE);',
  'test/built-ins/Promise/throws.js': '/*---\nnegative:\n  phase: runtime\n  type: TypeError\n---*/\nnull.x;',
  'test/built-ins/Promise/patches.js': '/*---\ndescription: x\n---*/\nPromise.prototype.then = 1; assert(Promise.prototype.then === 1);',
  'test/built-ins/Promise/afterwards.js': '/*---\ndescription: x\n---*/\nassert(typeof Promise.prototype.then === "function", "a realm of its own");',
  'test/built-ins/Promise/syntax.js': '/*---\nnegative:\n  phase: parse\n  type: SyntaxError\n---*/\n@@',
};

describe('run.mjs', () => {
  const root = mkdtempSync(join(tmpdir(), 'raceproof-suite-'));
  afterAll(() => rmSync(root, { recursive: true }));
  let results: Record<string, { machinery?: string; subject?: string; excluded?: string }>;
  let run: ReturnType<typeof spawnSync>;
  beforeAll(() => {
    for (const [path, text] of Object.entries(suite)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    run = spawnSync(process.execPath, [fileURLToPath(new URL('run.mjs', import.meta.url)), root, '--json', join(root, 'results.json')], { encoding: 'utf8' });
    const list = JSON.parse(readFileSync(join(root, 'results.json'), 'utf8')) as { path: string }[];
    results = Object.fromEntries(list.map(({ path, ...result }) => [/([\w-]+)\.js$/.exec(path)![1]!, result]));
  });

  it('tells what passes and what does not, in both modes', () => {
    const failed = { passes: undefined, done: undefined, throws: undefined, afterwards: undefined, fails: 'Test262Error: on purpose', 'fails-later': 'Test262:AsyncTestFailure:later', never: 'never done' };
    for (const [name, failure] of Object.entries(failed)) expect([name, results[name]!.machinery, results[name]!.subject]).toEqual([name, failure, failure]);
  });

  it('lets a test change the built-ins of the machinery, but not those of a subject', () => {
    expect(results['patches']!.machinery).toBeUndefined();
    expect(results['patches']!.subject).toMatch(/read only/);
  });

  it('exits with 1 and names what fails without being known', () => {
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('fails (machinery): built-ins/Promise/fails.js: Test262Error: on purpose');
    expect(run.stdout).toContain('machinery: 5 of 8 pass');
    expect(results['syntax']).toHaveProperty('excluded');
  });
});

describe('front matter', () => {
  it('is read in both forms of lists', () => {
    const test = parseTest('a.js', '/*---\nflags: [async, onlyStrict]\nincludes:\n  - one.js\n  - two.js\nfeatures: []\nnegative:\n  phase: parse\n  type: SyntaxError\n---*/');
    expect(test).toMatchObject({ flags: ['async', 'onlyStrict'], includes: ['one.js', 'two.js'], features: [], negative: { phase: 'parse', type: 'SyntaxError' } });
  });

  it('excludes by class', () => {
    const proposals = proposalsOf(suite['features.txt']!);
    const why = (front: string, text = ''): string | undefined => exclusionOf(parseTest('a.js', `/*---\n${front}\n---*/\n${text}`), proposals);
    expect([why('flags: [noStrict]'), why('flags: [module]'), why('features: [future-thing]'), why('', '$262.createRealm()')].every((reason) => reason !== undefined)).toBe(true);
    expect([why('features: [async-functions]'), why('flags: [async]'), why('negative:\n  phase: runtime\n  type: X')]).toEqual([undefined, undefined, undefined]);
  });
});

describe('known exceptions', () => {
  const known: Exception = { mode: 'subject', reason: 'frozen', matches: /read only/, count: 2 };

  it('take in what they match, in their mode', () => {
    const { counts, unexpected } = classify([{ path: 'a', machinery: undefined, subject: 'read only' }, { path: 'b', machinery: 'read only', subject: 'read only' }, { path: 'c', machinery: undefined, subject: undefined }], [known]);
    expect([counts.get(known), unexpected]).toEqual([1, ['fails (machinery): b: read only']]);
  });

  it('tell when one more, or one less, fails than is written down', () => {
    expect(changed(new Map([[known, 1]]))).toEqual(['1 instead of 2 fail (subject): frozen']);
    expect(changed(new Map([[known, 2]]))).toEqual([]);
  });
});

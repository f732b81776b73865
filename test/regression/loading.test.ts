import { describe, expect, it } from 'vitest';
import { useEngine } from '../proof/judging.js';
import { writeFor } from './project.js';

const engine = useEngine();
/** Milliseconds for what starts vitest several times. */
const patience = 180_000;

describe('what happens while the file under test is loaded', () => {
  const versions = (get: string): string => `import { coerce } from 'semver';
const oldest = coerce('1')!.version;
export class Versions {
  value: string | undefined;
  asked: Promise<string> | undefined;
  constructor(private readonly source: { load(text: string): Promise<string> }) {}
  async get(text: string): Promise<string> { ${get} return this.value!; }
}
`;
  const ask = 'this.source.load(coerce(text)!.version + oldest)';

  it('finds stand-ins that know their answers', async () => {
    const test = await writeFor(versions(`if (!this.value) this.value = await ${ask};`), engine.simulator, { file: 'src/versions.ts', cured: versions(`this.value = await (this.asked ??= ${ask});`) });
    expect(test.text).toContain("const { Versions } = await import('./versions');");
    expect(test.text).not.toContain("import { Versions } from './versions';");
    expect(test.text).toContain('}, 30_000);');
    expect(test.passesOnCure).toBe(true);
  }, patience);

  const counter = (bump: string): string => `import { complain } from './complain';
export class Counter {
  value = 0;
  async bump(save: () => Promise<void>): Promise<void> { ${bump} if (this.value < 0) complain(); }
}
`;

  it('is not hindered by modules that play no part', async () => {
    const test = await writeFor(counter('const before = this.value; await save(); this.value = before + 1;'), engine.simulator, {
      file: 'src/counter.ts', files: { 'src/complain.ts': "import './display';\nexport declare function complain(): void;\n", 'src/display.ts': "throw new Error('no display');\n" },
      cured: counter('await save(); this.value += 1;'),
    });
    expect(test.text).toContain("// What else is imported plays no part here.\nvi.mock('./complain', () => ({}));");
    expect(test.passesOnCure).toBe(true);
  }, patience);
});

it('what is seen is written down though the file under test has its files replaced', async () => {
  const counter = (bump: string): string => `import { writeFileSync } from 'node:fs';
export class Counter {
  value = 0;
  constructor(private readonly path: string) {}
  async bump(save: () => Promise<void>): Promise<void> { ${bump} writeFileSync(this.path, JSON.stringify({ value: this.value })); }
}
`;
  const test = await writeFor(counter('const before = this.value; await save(); this.value = before + 1;'), engine.simulator, { file: 'src/counter.ts', cured: counter('await save(); this.value += 1;') });
  expect(test.text).toContain("vi.mock('node:fs', () => ({ writeFileSync: () => {} }));");
  expect(test.passesOnCure).toBe(true);
}, patience);

it('a global that the code asks the window for is there', async () => {
  const home = (load: string): string => `declare const window: { bridge?: unknown };
let known: string | undefined;
let asked: Promise<string> | undefined;
export async function find(ask: () => Promise<string>): Promise<string> {
  if (known) return known;
  if (typeof window !== 'undefined' && window.bridge) { ${load} return known; }
  return 'nowhere';
}
`;
  const test = await writeFor(home('known = await ask();'), engine.simulator, { file: 'src/home.ts', cured: home('known = await (asked ??= ask());') });
  expect(test.text).toContain("vi.stubGlobal('bridge', true);\n");
  expect(test.text).toContain("vi.stubGlobal('window', globalThis);\n");
  expect(test.passesOnCure).toBe(true);
}, patience);

describe('what the witness takes for granted', () => {
  const node = { type: 'module', scripts: { test: 'node --test' } };
  const cache = (check: string, load: string): string => `export class Cache {
  constructor(source) { this.source = source; }
  async get(key) { ${check} ${load} return this.value; }
}
`;
  const racy = 'if (!this.value) this.value = await this.source.load(key);';
  const cured = 'this.value = await (this.asked ??= this.source.load(key));';

  it.each([
    ['that a list is not empty', "if ((await this.source.list()).length === 0) throw new Error('nothing there');", "'list'"],
    ['that something is text', "if (typeof this.source.path !== 'string' || this.source.path.length === 0) throw new Error('no path');", "path: 'path'"],
    ['that something is a number', "if (typeof this.source.size !== 'number') throw new Error('no size');", 'size: 1'],
    ['that something is an object', "if (typeof this.source.options !== 'object' || !this.source.options) throw new Error('no options');", 'options: {}'],
  ])('is so: %s', async (_what, check, text) => {
    const test = await writeFor(cache(check, racy), engine.simulator, { file: 'cache.js', manifest: node, cured: cache(check, cured) });
    expect(test.text).toContain(text);
    expect(test.passesOnCure).toBe(true);
  });

  it('is so deep in a field', async () => {
    const client = (apply: string): string => `export class Client {
  applied = false;
  applying;
  constructor(options) { this.options = { ...options, metadata: undefined }; }
  async connect(server) { await server.open(); if (this.options.metadata) { ${apply} } }
}
`;
    const test = await writeFor(client('if (!this.applied) { await server.update(this.options.metadata); this.applied = true; }'), engine.simulator, { file: 'client.js', manifest: node, cured: client('await (this.applying ??= server.update(this.options.metadata));') });
    expect(test.text).toContain('client.options.metadata = ');
    expect(test.passesOnCure).toBe(true);
  });
});

it('what the environment has to say is said', async () => {
  const cache = (load: string): string => `export class Cache {
  value: string | undefined;
  asked: Promise<string> | undefined;
  constructor(private readonly source: { load(): Promise<string> }) {}
  async get(): Promise<string | undefined> { if (!process.env.CACHE_FOLDER) return undefined; ${load} return this.value; }
}
`;
  const test = await writeFor(cache('if (!this.value) this.value = await this.source.load();'), engine.simulator, { file: 'src/cache.ts', cured: cache('this.value = await (this.asked ??= this.source.load());') });
  expect(test.text).toContain("vi.stubEnv('CACHE_FOLDER', 'CACHE_FOLDER');");
  expect(test.text).toContain('vi.unstubAllEnvs();');
  expect(test.passesOnCure).toBe(true);
}, patience);

it('what a function gives and a class extends is a class', async () => {
  const cache = (get: string): string => `import { coerce } from 'semver';
export class Cache extends coerce('1') {
  constructor(source) { super(); this.source = source; }
  async get(key) { this.note(key); ${get} return this.value; }
}
`;
  const test = await writeFor(cache('if (!this.value) this.value = await this.source.load(key);'), engine.simulator, { file: 'src/cache.js', cured: cache('this.value = await (this.asked ??= this.source.load(key));') });
  expect(test.text).toMatch(/coerce: \(\) => class \{ note = /);
  expect(test.passesOnCure).toBe(true);
}, patience);

it('an export of a replaced module that only Node comes to is there', async () => {
  const cache = (get: string): string => `import { note, warn } from './log';
export class Cache {
  value: string | undefined;
  asked: Promise<string> | undefined;
  constructor(private readonly source: any) {}
  async get(key: string): Promise<string> { note(key); if (JSON.stringify(this.source.settings) === undefined) warn('no settings'); ${get} return this.value!; }
}
`;
  const test = await writeFor(cache('if (!this.value) this.value = await this.source.load(key);'), engine.simulator, {
    file: 'src/cache.ts', files: { 'src/log.ts': 'export declare function note(text: string): void;\nexport declare function warn(text: string): void;\n' },
    cured: cache('this.value = await (this.asked ??= this.source.load(key));'),
  });
  expect(test.text).toContain("vi.mock('./log', () => ({ note: () => {}, warn: () => {} }));");
  expect(test.passesOnCure).toBe(true);
}, patience);

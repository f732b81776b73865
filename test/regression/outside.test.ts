import { describe, expect, it } from 'vitest';
import { useEngine } from '../proof/judging.js';
import { writeFor } from './project.js';

const engine = useEngine();
/** Milliseconds for what starts vitest several times. */
const patience = 180_000;
const node = { type: 'module', scripts: { test: 'node --test' } };

describe('what calls back later', () => {
  const driver = (connect: string): string => `export class Driver {
  constructor(server) { this.server = server; }
  async connect() { ${connect} return this.client; }
  open() { return new Promise((resolve, reject) => { this.server.connect((error, client) => (error ? reject(error) : resolve(client))); }); }
}
`;

  it('is called back by the test, in the order of the witness', async () => {
    const test = await writeFor(driver('if (!this.client) this.client = await this.open();'), engine.simulator, { file: 'driver.js', manifest: node, cured: driver('this.opening ??= this.open(); this.client = await this.opening;') });
    expect(test.text).toMatch(/secondConnect\.resolve\(\[null, /);
    expect(test.passesOnCure).toBe(true);
  });

  it('is called back in cured code, too, where the second call comes after its turn', async () => {
    const cured = driver('const before = this.last; let over; this.last = new Promise((done) => { over = done; }); await before; if (!this.client) this.client = await this.open(); over();');
    const test = await writeFor(driver('if (!this.client) this.client = await this.open(); await this.server.use(this.client);'), engine.simulator, { file: 'driver.js', manifest: node, cured: cured.replace('over();', 'await this.server.use(this.client); over();') });
    expect(test.passesOnCure).toBe(true);
  });
});

it('an interval fires when its turn has come, and is not waited for', async () => {
  const poller = (start: string): string => `export class Poller {
  timer: ReturnType<typeof setInterval> | undefined;
  starting: Promise<void> | undefined;
  constructor(private readonly source: { load(): Promise<void>; ping(): Promise<void> }) {}
  async start(): Promise<void> { if (this.timer) return; ${start} }
  private async run(): Promise<void> { await this.source.load(); this.timer = setInterval(() => void this.source.ping(), 1000); }
}
`;
  const test = await writeFor(poller('await this.run();'), engine.simulator, { file: 'src/poller.ts', cured: poller('await (this.starting ??= this.run());') });
  expect(test.text).not.toContain('runAllTimers');
  expect(test.passesOnCure).toBe(true);
}, patience);

describe('what fails', () => {
  const store = (save: string): string => `import { Mutex } from 'async-mutex';
export class Store {
  mutex = new Mutex();
  constructor(db) { this.db = db; }
  async save(value) { const release = await this.mutex.acquire(); ${save} }
}
`;

  it('is rejected where the witness has it so', async () => {
    const test = await writeFor(store('await this.db.write(value); release();'), engine.simulator, { file: 'store.js', manifest: node, cured: store('try { await this.db.write(value); } finally { release(); }') });
    expect(test.rule).toBe('lock-not-released');
    expect(test.text).toContain('firstWrite.reject(new Error(');
    expect(test.passesOnCure).toBe(true);
  });
});

describe('what is imported', () => {
  const cache = (imports: string, key: string): string => `${imports}
export class Cache {
  constructor(source) { this.source = source; }
  async get(path) { if (!this.value) this.value = await this.source.load(${key}); return this.value; }
}
`;

  it('stays as it is if it only computes', async () => {
    const { text } = await writeFor(cache("import { basename } from 'node:path';", 'basename(path)'), engine.simulator, { file: 'cache.js', manifest: node });
    expect(text).not.toContain('node:path');
  });

  it('stays as it is if the order does not hang on it and the framework cannot stand in for it', async () => {
    const { text } = await writeFor(cache("import { nameOf } from './names.js';", 'nameOf(path)'), engine.simulator, { file: 'cache.js', manifest: node, files: { 'names.js': 'export function nameOf(path) { return String(path); }\n' } });
    expect(text).not.toContain('names');
  });

  it('is never a package that would do who knows what with made-up values', async () => {
    await expect(writeFor(cache("import ts from 'typescript';", 'ts.getDefaultLibFileName(path)'), engine.simulator, { file: 'cache.js', manifest: node })).rejects.toThrow("node:test cannot stand in for 'typescript'");
  });

  it('keeps what else its module exports where a file that is real asks for that', async () => {
    const versions = (get: string): string => `const { valid } = require('semver');\nconst { pad } = require('./pad.js');\nclass Versions {\n  constructor(source) { this.source = source; }\n  async get(text) { ${get} return this.value; }\n}\nmodule.exports = { Versions };\n`;
    const ask = 'this.source.load(pad(valid(text)))';
    const test = await writeFor(versions(`if (!this.value) this.value = await ${ask};`), engine.simulator, {
      file: 'src/versions.js', manifest: { scripts: { test: 'node --test' } }, cured: versions(`this.value = await (this.asked ??= ${ask});`),
      files: {
        'src/pad.js': "require('./a.js');\nfunction pad(text) { return `v${text}`; }\nmodule.exports = { pad };\n", 'src/a.js': "require('./b.js');\n", 'src/b.js': "require('./far.js');\n",
        'src/far.js': "const { coerce } = require('semver');\nmodule.exports = { oldest: coerce('1').version };\n",
      },
    });
    expect(test.text).toMatch(/\{ \.\.\.require\('semver'\), valid(?:: .*)? \}/);
    expect(test.passesOnCure).toBe(true);
  }, patience);

  it('is named from the file that imports it', async () => {
    const test = await writeFor("import { load } from './data/load';\nexport class Settings {\n  value: string | undefined;\n  async get(): Promise<string> { if (!this.value) this.value = await load(); return this.value; }\n}\n", engine.simulator, {
      file: 'src/settings.ts',
      files: {
        'src/data/load.ts': "import { next } from './more/next';\nexport function load(): Promise<string> { return next(); }\n",
        'src/data/more/next.ts': "import { last } from '../far/last';\nexport function next(): Promise<string> { return last(); }\n",
        'src/data/far/last.ts': "export async function last(): Promise<string> { return 'text'; }\n",
      },
    });
    expect(test.text).toContain("vi.mock('./data/far/last'");
  }, patience);
});

describe('what is only seen from inside', () => {
  it('is read through a field that another file declares', async () => {
    const counter = (bump: string): string => `import { Base } from './base.js';\nexport class Counter extends Base {\n  async bump(save: () => Promise<void>): Promise<void> { ${bump} }\n}\n`;
    const test = await writeFor(counter('const before = this.count; await save(); this.count = before + 1;'), engine.simulator, {
      file: 'src/counter.ts', files: { 'src/base.ts': 'export class Base {\n  protected count = 0;\n}\n' }, cured: counter('await save(); this.count += 1;'),
    });
    expect(test.text).toContain("expect(counter['count']).toBe(2)");
    expect(test.passesOnCure).toBe(true);
  }, patience);

  it('is read deep in such a field', async () => {
    const rates = (load: string): string => `import { Base } from './base.js';\nexport class Rates extends Base {\n  #latest = 0;\n  async load(api: { find(currency: string): Promise<string> }, currency: string): Promise<void> { ${load} }\n}\n`;
    const test = await writeFor(rates('this.#latest++; this.state.rates.shown = await api.find(currency);'), engine.simulator, {
      file: 'src/rates.ts', files: { 'src/base.ts': "export class Base {\n  readonly state = { rates: { shown: 'none', source: new (class Source { name = 'bank'; })() } };\n}\n" },
      cured: rates('const own = ++this.#latest; const rate = await api.find(currency); if (own === this.#latest) this.state.rates.shown = rate;'),
    });
    expect(test.text).toContain("expect(rates['state'].rates.shown).toBe(");
    expect(test.passesOnCure).toBe(true);
  }, patience);
});

it('a method that a class inherits from outside is played where it holds the order', async () => {
  const reader = (get: string): string => `import { ESLint } from 'eslint';\nexport class Reader extends ESLint {\n  async get() { ${get} return this.value; }\n}\n`;
  const test = await writeFor(reader('if (!this.value) this.value = await this.loadFormatter();'), engine.simulator, { file: 'src/reader.js', manifest: node, cured: reader('this.value = await (this.loading ??= this.loadFormatter());') });
  expect(test.text).toContain('reader.loadFormatter = loadFormatter;');
  expect(test.passesOnCure).toBe(true);
});

it('the one instance that a module exports of its class is what is called', async () => {
  const service = (take: string): string => `class Service {\n  count = 0;\n  async take(save) { ${take} }\n}\nexport const service = new Service();\n`;
  const test = await writeFor(service('const before = this.count; await save(); this.count = before + 1;'), engine.simulator, { file: 'service.js', manifest: node, cured: service('await save(); this.count += 1;') });
  expect(test.text).toContain("import { service } from './service.js'");
});

it('an instance has what any of its class has', async () => {
  const pool = (get: string): string => `export class Pool {
  constructor(options) { this.Client = options.Client; this.idle = new this.Client('idle'); }
  async get() { ${get} return this.client; }
  make() { const client = new this.Client('used'); return client.connect(); }
}
`;
  const test = await writeFor(pool('if (!this.client) this.client = await this.make();'), engine.simulator, { file: 'pool.js', manifest: node, cured: pool('this.client = await (this.making ??= this.make());') });
  expect(test.passesOnCure).toBe(true);
});

describe('answers', () => {
  it('of calls that look alike are told apart by what is in their lists', async () => {
    const search = (show: string): string => `interface Row { size: number; name: string }
interface Api { find(text: string): Promise<Row[]> }
export class Search {
  rows: Row[] = [];
  #latest = 0;
  constructor(private readonly api: Api) {}
  async show(text: string): Promise<void> { ${show} }
}
`;
    const test = await writeFor(search('this.#latest++; this.rows = await this.api.find(text);'), engine.simulator, { file: 'src/search.ts', cured: search('const own = ++this.#latest; const rows = await this.api.find(text); if (own === this.#latest) this.rows = rows;') });
    expect(test.text).toMatch(/\[\{ name: 'find/);
    expect(test.passesOnCure).toBe(true);
  }, patience);

  it('are told apart, too, where the code asks whether there is anything in them', async () => {
    const search = (show: string): string => `interface Row { name: string }
export class Search {
  rows: Row[] = [];
  #latest = 0;
  constructor(private readonly api: { find(text: string): Promise<Row[]> }) {}
  async show(text: string): Promise<boolean> { ${show} }
}
`;
    const test = await writeFor(search('this.#latest++; this.rows = await this.api.find(text); return this.rows.length > 0;'), engine.simulator, {
      file: 'src/search.ts', cured: search('const own = ++this.#latest; const rows = await this.api.find(text); if (own === this.#latest) this.rows = rows; return rows.length > 0;'),
    });
    expect(test.text).toMatch(/expect\(search\.rows\)\.toEqual\(\[\{ name: 'find/);
    expect(test.passesOnCure).toBe(true);
  }, patience);

  it('are told apart where nobody declares what they are', async () => {
    const search = (show: string): string => `export class Search {\n  constructor(api) { this.api = api; this.latest = 0; }\n  async show(text) { ${show} }\n}\n`;
    const test = await writeFor(search('this.latest++; this.rows = await this.api.find(text); return this.rows.length > 0;'), engine.simulator, {
      file: 'search.js', manifest: node, cured: search('const own = ++this.latest; const rows = await this.api.find(text); if (own === this.latest) this.rows = rows; return rows.length > 0;'),
    });
    expect(test.passesOnCure).toBe(true);
  });

  it('that are used as text are text', async () => {
    const home = (load: string): string => `export class Home {\n  constructor(settings, api) { this.settings = settings; this.api = api; }\n  async page() { ${load} return this.page_; }\n}\n`;
    const ask = "this.api.get(this.settings.url.trim().replace('a', 'b').slice(1))";
    const test = await writeFor(home(`if (!this.page_) this.page_ = await ${ask};`), engine.simulator, { file: 'home.js', manifest: node, cured: home(`this.page_ = await (this.asked ??= ${ask});`) });
    expect(test.text).toMatch(/url: 'url'/);
    expect(test.passesOnCure).toBe(true);
  });
});

describe('what Node comes to that the simulator has not run', () => {
  const cache = (get: string, warn: string): string => `export class Cache {
  constructor(source) { this.source = source; }
  async get(key) { if (JSON.stringify(this.source.settings) === undefined) ${warn} ${get} return this.value; }
}
`;
  const racy = 'if (!this.value) this.value = await this.source.load(key);';
  const cured = 'this.value = await (this.asked ??= this.source.load(key));';

  it.each([
    ['a function', "this.source.warn('no settings');", 'warn: '],
    ['what a function gives', "this.source.warn('no settings').later.soon();", 'later: '],
    ['a list', 'for (const one of this.source.fallbacks) this.last = one;', 'fallbacks: ['],
    ['a promise', "this.source.warn('no settings').then(() => undefined);", 'warn: async '],
  ])('is there all the same, be it %s', async (_what, warn, text) => {
    const test = await writeFor(cache(racy, warn), engine.simulator, { file: 'cache.js', manifest: node, cured: cache(cured, warn) });
    expect(test.text).toContain(text);
    expect(test.text).not.toContain('mockNoted');
    expect(test.passesOnCure).toBe(true);
  });
});

it('brings setImmediate along where the project runs its tests without one', async () => {
  const counter = (bump: string): string => `export class Counter {\n  value = 0;\n  async bump(save: () => Promise<void>): Promise<void> { ${bump} }\n}\n`;
  const test = await writeFor(counter('const before = this.value; await save(); this.value = before + 1;'), engine.simulator, {
    file: 'src/counter.ts', files: { 'vitest.config.js': "export default { test: { setupFiles: ['./setup.js'] } };\n", 'setup.js': "delete globalThis.setImmediate;\n" }, cured: counter('await save(); this.value += 1;'),
  });
  expect(test.text).toContain("import { setImmediate } from 'node:timers';");
  expect(test.passesOnCure).toBe(true);
}, patience);

it('goes where the framework looks for tests', async () => {
  const test = await writeFor('export class Counter {\n  value = 0;\n  async bump(save: () => Promise<void>) { const before = this.value; await save(); this.value = before + 1; }\n}\n', engine.simulator, {
    file: 'src/counter.ts', files: { 'vitest.config.js': "export default { test: { include: ['test/**/*.test.ts'] } };\n", 'src/old.test.ts': '', 'test/new.test.ts': '' },
  });
  expect(test.file).toBe('test/counter.race.test.ts');
}, patience);

it('goes where tests of the framework are, if those beside the file are of another one', async () => {
  const test = await writeFor('export class Counter {\n  value = 0;\n  async bump(save: () => Promise<void>) { const before = this.value; await save(); this.value = before + 1; }\n}\n', engine.simulator, {
    file: 'src/counter.ts', files: { 'vitest.config.js': "export default { test: { include: ['src/sdk/**/*.test.ts'] } };\n", 'src/old.test.ts': "import { it } from 'mocha';\n", 'src/sdk/new.test.ts': "import { it } from 'vitest';\nit('runs', () => {});\n" },
  });
  expect(test.file).toBe('src/sdk/counter.race.test.ts');
}, patience);

it('counts calls by what is called, however long it takes to say where that comes from', async () => {
  const fields = ['region', 'secretOfTheAccount', 'resourceOfTheAccount', 'nameOfTheDatabase', 'optionsOfTheService', 'optionsOfTheFormat'].map((name) => `this.options.${name}`).join(', ');
  const driver = (load: string): string => `export class Driver {\n  constructor(options) { this.options = options; }\n  async connect() { ${load} }\n}\n`;
  const ask = `new this.options.QueryRunner(${fields}).currentDatabase()`;
  const test = await writeFor(driver(`if (!this.database) this.database = await ${ask};`), engine.simulator, { file: 'driver.js', manifest: node, cured: driver(`this.database = await (this.asked ??= ${ask});`) });
  expect(test.text).toContain('assert.equal(currentDatabase.mock.callCount(), 1)');
  expect(test.passesOnCure).toBe(true);
});

it('waits for what is imported while the calls run', async () => {
  const home = (load: string): string => `let endpoint: string | undefined;\nexport async function find(): Promise<string> { ${load} return endpoint!; }\n`;
  const ask = "import('./core').then(({ invoke }) => invoke('endpoint'))";
  const test = await writeFor(home("if (endpoint) return endpoint; const { invoke } = await import('./core'); endpoint = await invoke('endpoint');"), engine.simulator, {
    file: 'src/home.ts', files: { 'src/core.ts': "export declare function invoke(name: string): Promise<string>;\n" }, cured: `let asked: Promise<string> | undefined;\n${home(`endpoint = await (asked ??= ${ask});`)}`,
  });
  expect(test.text).toContain('await vi.dynamicImportSettled();');
  expect(test.passesOnCure).toBe(true);
}, patience);

it('a list that a pattern takes apart has all that is taken', async () => {
  const cache = (load: string): string => `export class Cache {\n  constructor(pool) { this.pool = pool; }\n  async get() { ${load} return this.value; }\n  async load() { const [client, release] = await this.pool.obtain(); const value = await client.fetch(); release(); return value; }\n}\n`;
  const test = await writeFor(cache('if (!this.value) this.value = await this.load();'), engine.simulator, { file: 'cache.js', manifest: node, cured: cache('this.value = await (this.loading ??= this.load());') });
  expect(test.text).toMatch(/obtain = mock\.fn\(inTurn\(.*\[\{ fetch \}, /);
  expect(test.passesOnCure).toBe(true);
});

it('what each run draws anew shows nothing', async () => {
  const counter = (id: string): string => `export class Counter {\n  #value = 0;\n  #id = ${id};\n  get snapshot() { return { id: this.#id, value: this.#value }; }\n  async bump(save) { const before = this.#value; await save(); this.#value = before + 1; }\n}\n`;
  expect((await writeFor(counter('1'), engine.simulator, { file: 'counter.js', manifest: node })).text).toContain('counter.snapshot');
  await expect(writeFor(counter('Math.random()'), engine.simulator, { file: 'counter.js', manifest: node })).rejects.toThrow(/and counter\.snapshot in another way each time/);
});

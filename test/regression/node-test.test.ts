import { describe, expect, it } from 'vitest';
import { useEngine } from '../proof/judging.js';
import { writeFor } from './project.js';

const engine = useEngine();
const manifest = { type: 'module', scripts: { test: 'node --test' } };

const account = (take: string): string => `
export class Account {
  #balance = 100;
  constructor(ledger) { this.ledger = ledger; }
  get balance() { return this.#balance; }
  async withdraw(amount) {
    if (this.#balance < amount) throw new Error('not enough');
    ${take}
  }
}
`;

describe('a test for node:test', () => {
  it('forces the order of the witness, fails on the racy code and passes on the cured', async () => {
    const test = await writeFor(account('await this.ledger.append(amount); this.#balance -= amount;'), engine.simulator, {
      file: 'src/account.js', manifest, cured: account('this.#balance -= amount; await this.ledger.append(amount);'),
    });
    expect(test.failure).toContain('-100');
    expect(test.passesOnCure).toBe(true);
    expect(test.file).toBe('src/account.race.test.js');
    expect(test.text).not.toMatch(/from ['"]raceproof/);
    await expect(test.text).toMatchFileSnapshot('golden/account.race.test.js.txt');
  });

  it('compares what the calls give where no state can be read', async () => {
    const sequence = (take: string): string => `export function createSequence(store) { let next = 1; return { async take() { ${take} } }; }\n`;
    const test = await writeFor(sequence('const mine = next; await store.reserve(mine); next = mine + 1; return mine;'), engine.simulator, {
      file: 'sequence.js', manifest, cured: sequence('const mine = next++; await store.reserve(mine); return mine;'),
    });
    expect(test.passesOnCure).toBe(true);
  });

  it('lets calls fail that take all places but one before', async () => {
    const images = (body: string): string => `import { Sema } from 'async-sema';
const slots = new Sema(3);
export class Images {
  constructor(source) { this.source = source; }
  async load(name) {
    await slots.acquire();
    ${body}
  }
}
`;
    const test = await writeFor(images("const raw = await this.source.read(name); if (!raw.isThere) throw new Error('gone'); slots.release(); return raw;"), engine.simulator, {
      file: 'images.js', manifest, cured: images("try { const raw = await this.source.read(name); if (!raw.isThere) throw new Error('gone'); return raw; } finally { slots.release(); }"),
    });
    expect(test.text).toContain('await Promise.allSettled([images.load(');
    expect(test.passesOnCure).toBe(true);
  });

  it('counts how often the work is done, and lets a cure share it', async () => {
    const session = (body: string): string => `export class Session { constructor(client) { this.client = client; } async bearer() { ${body} return this.token; } }\n`;
    const test = await writeFor(session('if (!this.token) this.token = await this.client.requestToken();'), engine.simulator, {
      file: 'session.js', manifest, cured: session('this.token ??= this.client.requestToken();'),
    });
    expect(test.text).toContain('requestToken.mock.callCount(), 1)');
    expect(test.passesOnCure).toBe(true);
  });

  it('stands in for what CommonJS requires', async () => {
    const serve = (body: string): string => `const { persist } = require('./store');\nlet served = 0;\nasync function serve() { ${body} return served; }\nmodule.exports = { serve };\n`;
    const test = await writeFor(serve('const before = served; await persist(before); served = before + 1;'), engine.simulator, {
      file: 'serve.js', manifest: { scripts: { test: 'node --test' } }, files: { 'store.js': "throw new Error('the real store');\n" }, cured: serve('await persist(served); served = served + 1;'),
    });
    expect(test.file).toBe('serve.race.test.js');
    expect(test.passesOnCure).toBe(true);
    await expect(test.text).toMatchFileSnapshot('golden/serve.race.test.js.txt');
  });

  it('turns the clock on for what waits for a timer', async () => {
    const poll = (body: string): string => `export const seen = { count: 0 };\nexport class Poller {\n  count = 0;\n  async poll() { ${body} }\n}\n`;
    const wait = 'await new Promise((resolve) => setTimeout(resolve, 50));';
    const test = await writeFor(poll(`const before = this.count; ${wait} this.count = before + 1;`), engine.simulator, { file: 'poll.js', manifest, cured: poll(`${wait} this.count = this.count + 1;`) });
    expect(test.text).toContain('mock.timers.enable');
    expect(test.passesOnCure).toBe(true);
  });
});

describe('what stands in for the outside', () => {
  it('answers as other executions than the witness take for granted, too', async () => {
    // Only a call that comes after another looks whether the tokens have run out: they have not, or it would ask again rightly.
    const session = (body: string): string => `export class Session {\n  constructor(provider) { this.provider = provider; }\n  async token() { ${body} return this.tokens.access; }\n}\n`;
    const test = await writeFor(session('if (!this.tokens || this.tokens.expiresAt <= Date.now()) this.tokens = await this.provider.refresh();'), engine.simulator, { file: 'session.js', manifest });
    expect(test.text).toContain('expiresAt: Number.MAX_SAFE_INTEGER');
    expect(test.text).toContain('refresh.mock.callCount(), 1)');
  });
});

describe('the calls', () => {
  const stock = `import { Mutex } from 'async-mutex';
const mutex = new Mutex();
let stock = 10;
export const left = () => stock;
export async function sell(charge) { await mutex.runExclusive(async () => { const before = stock; await charge(); stock = before - 1; }); }
export function restock(count) { stock = count; }
`;

  it('are made in one turn where that is what the witness does', async () => {
    const { text } = await writeFor(account('await this.ledger.append(amount); this.#balance -= amount;'), engine.simulator, { file: 'account.js', manifest });
    expect(text).toContain('Promise.allSettled([account.withdraw(100), account.withdraw(100)])');
  });

  it('are made one after the other where the first turn of one has to be over', async () => {
    const { text } = await writeFor(stock, engine.simulator, { file: 'stock.js', manifest });
    expect(text).toContain('const first = Promise.allSettled([sell(charge)]);\n  await settled();\n  const second = Promise.allSettled([restock(1)]);');
  });
});

it('makes the calls in one turn where nothing else breaks the code', async () => {
  const once = (guard: string): string => `let made;\nlet isMaking = false;\nasync function make() { return { made: true }; }\nexport async function initialize() { if (made) throw new Error('twice'); ${guard} const fresh = await make(); made = fresh; }\n`;
  const test = await writeFor(once(''), engine.simulator, { file: 'once.js', manifest, cured: once("if (isMaking) throw new Error('busy'); isMaking = true;") });
  expect(test.text).toContain('Promise.allSettled([initialize(), initialize()])');
  expect(test.passesOnCure).toBe(true);
});

it('is not offered if it fails on the code with the fix, too', async () => {
  const racy = account('await this.ledger.append(amount); this.#balance -= amount;');
  await expect(writeFor(racy, engine.simulator, { file: 'account.js', manifest, cured: `${racy}// the same\n` })).rejects.toThrow(/fails on the code with the fix, too/);
});

describe('no test is offered', () => {
  const refused = (text: string, options: object = {}): Promise<string> => writeFor(text, engine.simulator, { file: 'subject.js', manifest, ...options }).then(() => 'a test', (error: Error) => `${error.name}: ${error.message}`);
  const counter = (rest: string, save = 'save'): string => `let count = 0;\nexport async function bump(save) { const before = count; await ${save}(before); count = before + 1; }\n${rest}`;

  it('where nothing from outside shows what goes wrong', async () => {
    expect(await refused(counter(''))).toMatch(/^NoTest: what goes wrong cannot be seen from outside: .*; an exported function that returns count would let a test see it$/);
    expect(await refused(counter('export const current = () => count;'))).toBe('a test');
  });

  it('where the function is not exported', async () => {
    expect(await refused("import express from 'express';\nconst app = express();\nlet hits = 0;\napp.post('/', async (req, res) => { const before = hits; await req.body.save(); hits = before + 1; res.json({ hits }); });\n"))
      .toBe('NoTest: what runs is a function that the module hands to others; a test cannot name it');
  });

  it('where the framework cannot stand in for a module', async () => {
    const text = "import { persist } from 'far-store';\nexport let served = 0;\nexport async function serve() { const before = served; await persist(before); served = before + 1; }\n";
    expect(await refused(text)).toMatch(/^NoTest: node:test cannot stand in for 'far-store'/);
  });

  it('where the project has no framework that is known', async () => {
    expect(await refused(counter('export const current = () => count;'), { manifest: {} })).toMatch(/^NoTest: the project has no vitest, no jest and no mocha/);
  });

  it('in the style of ava', async () => {
    expect(await refused(counter('export const current = () => count;'), { manifest: { devDependencies: { ava: '6' }, scripts: { test: 'ava' } } })).toMatch(/^NoTest: tests are not written in the style of ava; --export node/);
  });
});

describe('a test in a project of another kind', () => {
  const cache = (get: string): string => `export abstract class Cache {
  private value: string | undefined;
  protected abstract load(): Promise<string>;
  async get(): Promise<string> { ${get} return this.value!; }
}
`;
  const racy = 'if (this.value === undefined) this.value = await this.load();';

  it('imports what vitest gives, though tests of another framework beside it find theirs as globals; and plays what an abstract class leaves to others', async () => {
    const test = await writeFor(cache(racy), engine.simulator, {
      file: 'src/cache.ts', framework: 'vitest', manifest: { type: 'module', devDependencies: { mocha: '*' } },
      files: { 'src/other.test.ts': "describe('other', () => {\n  it('is there', () => {});\n});\n" },
      cured: cache('this.loading ??= this.load(); this.value = await this.loading;').replace('private value', 'private loading: Promise<string> | undefined; private value'),
    });
    expect(test.passesOnCure).toBe(true);
    expect(test.text).toMatch(/^import \{ expect, it, vi \} from 'vitest';/);
    expect(test.text).toContain('new (Cache as unknown as new (...given: unknown[]) => Cache)()');
    expect(test.text).toMatch(/cache\['load'\] = load;/);
  });
});

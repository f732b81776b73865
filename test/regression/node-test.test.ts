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

describe('no test is offered', () => {
  const refused = (text: string, options: object = {}): Promise<string> => writeFor(text, engine.simulator, { file: 'subject.js', manifest, ...options }).then(() => 'a test', (error: Error) => `${error.name}: ${error.message}`);
  const counter = (rest: string, save = 'save'): string => `let count = 0;\nexport async function bump(save) { const before = count; await ${save}(before); count = before + 1; }\n${rest}`;

  it('where nothing from outside shows what goes wrong', async () => {
    expect(await refused(counter(''))).toMatch(/^NoTest: what goes wrong cannot be seen from outside/);
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
    expect(await refused(counter('export const current = () => count;'), { manifest: {} })).toMatch(/^NoTest: the project has no vitest and no jest/);
  });
});

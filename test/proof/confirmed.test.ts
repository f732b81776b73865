import { describe, expect, it } from 'vitest';
import { useEngine } from './judging.js';

const engine = useEngine();

const programs: readonly { readonly title: string; readonly rule: string; readonly switches: number; readonly wrong: object; readonly text: string; readonly file?: string }[] = [
  {
    title: 'an account checked before it is audited', rule: 'check-then-act', switches: 1, wrong: { 'Account#balance': '-100' },
    text: `
      import { audit } from './audit';
      export class Account {
        balance = 100;
        async withdraw(amount: number) {
          if (this.balance >= amount) {
            await audit(amount);
            this.balance -= amount;
          }
        }
      }`,
  },
  {
    title: 'a counter behind helpers', rule: 'lost-update', switches: 1, wrong: { 'Visits#count': '1' },
    text: `
      import { log } from './log';
      export class Visits {
        private count = 0;
        private read() { return this.count; }
        private write(value: number) { this.count = value; }
        async visit() {
          const before = this.read();
          await log(before);
          this.write(before + 1);
        }
      }`,
  },
  {
    title: 'a module variable updated with an awaited operand', rule: 'lost-update', switches: 1, wrong: { total: '1' },
    text: `
      import { price } from './prices';
      let total = 0;
      export async function add() {
        total += (await price(), 1);
      }`,
  },
  {
    title: 'a private field', rule: 'lost-update', switches: 1, wrong: { 'Meter.#units': '1' },
    text: `
      import { sample } from './probe';
      export class Meter {
        #units = 0;
        async record() {
          const units = this.#units;
          await sample();
          this.#units = units + 1;
        }
      }`,
  },
  {
    title: 'a variable captured by a factory', rule: 'lost-update', switches: 1, wrong: { next: '2' },
    text: `
      import { reserve } from './store';
      export function createSequence() {
        let next = 1;
        return {
          async take() {
            const mine = next;
            await reserve(mine);
            next = mine + 1;
            return mine;
          },
        };
      }`,
  },
  {
    title: 'an entry of a Map', rule: 'lost-update', switches: 1, wrong: {},
    text: `
      import { notify } from './bus';
      const stock = new Map<string, number>();
      export async function receive(sku: string) {
        const have = stock.get(sku) ?? 0;
        await notify(sku);
        stock.set(sku, have + 1);
      }`,
  },
  {
    title: 'a token fetched twice', rule: 'double-initialization', switches: 1, wrong: {},
    text: `
      export class Session {
        private token: string | undefined;
        constructor(private readonly client: { requestToken(): Promise<string> }) {}
        async bearer() {
          if (!this.token) this.token = await this.client.requestToken();
          return this.token;
        }
      }`,
  },
  {
    title: 'a then chain', rule: 'double-initialization', switches: 1, wrong: {},
    text: `
      import { open } from './database';
      let connection: object | null = null;
      export function connect(): Promise<object> {
        if (connection) return Promise.resolve(connection);
        return open().then((opened: object) => {
          connection = opened;
          return opened;
        });
      }`,
  },
  {
    title: 'a class exported by a statement of its own', rule: 'check-then-act', switches: 1, wrong: { 'Wallet#money': '-1' },
    text: `
      import { audit } from './audit';
      class Wallet {
        constructor(public money: number) {}
        async pay(sum: number) {
          const isEnough = this.money >= sum;
          if (!isEnough) return;
          await audit(sum);
          this.money = this.money - sum;
        }
      }
      export { Wallet };`,
  },
  {
    title: 'a CommonJS module in JavaScript', rule: 'lost-update', switches: 1, wrong: { served: '1' }, file: 'subject.js',
    text: `
      const { persist } = require('./store');
      let served = 0;
      async function serve() {
        const before = served;
        await persist(before);
        served = before + 1;
      }
      module.exports = { serve };`,
  },
  {
    title: 'a stock kept under keys of the file', rule: 'check-then-act', switches: 1, wrong: {},
    text: `
      import { log } from './log';
      const inventory: Record<string, number> = { apple: 5, pear: 2 };
      export async function take(name: string, count: number) {
        if ((inventory[name] ?? 0) < count) return false;
        await log(name, count);
        inventory[name]! -= count;
        return true;
      }`,
  },
  {
    title: 'a route handler, whose stock has to be nearly sold first', rule: 'check-then-act', switches: 1, wrong: { stock: '-1' },
    text: `
      import express from 'express';
      import { charge } from './billing';
      const app = express();
      let stock = 10;
      app.post('/buy', async (request, response) => {
        if (stock <= 0) return response.end();
        await charge(request.body.card);
        stock = stock - 1;
        response.json({ stock });
      });`,
  },
];

describe('a race is confirmed with the fewest switches', () => {
  it.each(programs)('$title', async ({ text, rule, switches, wrong, file }) => {
    const judged = await engine.check(text, file);
    expect(judged.map(({ finding, proof }) => [finding.rule, proof.verdict])).toEqual([[rule, 'confirmed']]);
    const { witness } = judged[0]!.proof;
    expect(witness!.switches).toBe(switches);
    expect(witness!.outcome.state).toMatchObject(wrong);
    expect(witness!.expectedOutcomes).not.toContainEqual(witness!.outcome);
    const [act, write] = witness!.trace.conflict!;
    expect(witness!.trace.steps[act]!.task).not.toBe(witness!.trace.steps[write]!.task);
    expect([act, write].map((index) => witness!.trace.steps[index]!.kind)).toEqual(['write', 'write']);
  });

  it('replays to the same trace every time', async () => {
    const [{ proof }] = (await engine.check(programs[0]!.text)) as [Awaited<ReturnType<typeof engine.check>>[0]];
    for (let round = 0; round < 3; round++) {
      expect(await engine.simulator.replay(proof.scenario!, proof.witness!.schedule)).toEqual(proof.witness!.trace);
    }
  });

  it('compares only what tasks write: a place that only some executions read says nothing', async () => {
    const [judged] = await engine.check(`
      interface Token { readonly value: string; readonly expiresAt: number }
      export class Session {
        private token: Token | undefined;
        constructor(private readonly client: { requestToken(): Promise<Token> }) {}
        async bearer() {
          if (!this.token || this.token.expiresAt < Date.now()) this.token = await this.client.requestToken();
          return this.token.value;
        }
      }`);
    const { witness } = judged!.proof;
    expect([witness!.outcome, ...witness!.expectedOutcomes].map(({ state }) => Object.keys(state))).toEqual([['Session#token'], ['Session#token']]);
  });

  it('lists what a witness takes for granted', async () => {
    const [judged] = await engine.check(`
      import { settings } from './settings';
      import { open } from './database';
      let connection: unknown;
      export async function connect() {
        if (!settings.isEnabled) return undefined;
        if (connection === undefined) connection = await open(settings.url);
        return connection;
      }`);
    expect(judged!.proof.verdict).toBe('confirmed');
    expect(judged!.proof.witness!.assumptions).toContainEqual({ condition: 'settings.isEnabled is truthy', text: 'settings.isEnabled is truthy', value: true });
  });
});

import { describe, expect, it } from 'vitest';
import { useEngine } from './judging.js';

const engine = useEngine();

/** Cured or rightly overlapping code: the rules are silent, and running it all the same finds nothing wrong. */
const programs: readonly { readonly title: string; readonly name: string; readonly text: string }[] = [
  {
    title: 'a mutex around check and act', name: 'Account.withdraw',
    text: `
      import { Mutex } from 'async-mutex';
      import { audit } from './audit';
      export class Account {
        balance = 100;
        readonly mutex = new Mutex();
        async withdraw(amount: number) {
          const release = await this.mutex.acquire();
          try {
            if (this.balance >= amount) {
              await audit(amount);
              this.balance -= amount;
            }
          } finally {
            release();
          }
        }
      }`,
  },
  {
    title: 'runExclusive', name: 'add',
    text: `
      import { Mutex } from 'async-mutex';
      import { price } from './prices';
      const mutex = new Mutex();
      let total = 0;
      export function add() {
        return mutex.runExclusive(async () => {
          const before = total;
          await price();
          total = before + 1;
        });
      }`,
  },
  {
    title: 'a Web Lock', name: 'add',
    text: `
      import { price } from './prices';
      let total = 0;
      export function add() {
        return navigator.locks.request('total', async () => {
          const before = total;
          await price();
          total = before + 1;
        });
      }`,
  },
  {
    title: 'a Web Lock whose name is not known', name: 'Accounts.add',
    text: `
      export class Accounts {
        total = 0;
        constructor(private readonly tenant: string) {}
        async add() {
          await navigator.locks.request(\`accounts of \${this.tenant}\`, { mode: 'exclusive' }, async () => {
            const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(String(this.total)));
            this.total = this.total + digest.byteLength;
          });
        }
      }`,
  },
  {
    title: 'a memoised promise', name: 'Session.bearer',
    text: `
      export class Session {
        private token: Promise<string> | undefined;
        constructor(private readonly client: { requestToken(): Promise<string> }) {}
        async bearer() {
          this.token ??= this.client.requestToken();
          return this.token;
        }
      }`,
  },
  {
    title: 'a re-check after the last suspension', name: 'Account.withdraw',
    text: `
      import { audit } from './audit';
      export class Account {
        balance = 100;
        async withdraw(amount: number) {
          if (this.balance < amount) return false;
          await audit(amount);
          if (this.balance < amount) return false;
          this.balance -= amount;
          return true;
        }
      }`,
  },
  {
    title: 'a busy flag that answers "busy"', name: 'Importer.run',
    text: `
      import { work } from './work';
      export class Importer {
        private busy = false;
        private done = 0;
        async run() {
          if (this.busy) return false;
          this.busy = true;
          try {
            const before = this.done;
            await work();
            this.done = before + 1;
            return true;
          } finally {
            this.busy = false;
          }
        }
      }`,
  },
  {
    title: 'a seat refused while its payment is pending', name: 'Hall.book',
    text: `
      import { pay } from './payments';
      export class Hall {
        private readonly seats = new Map<string, 'pending' | 'sold'>();
        async book(seat: string) {
          if (this.seats.has(seat)) throw new Error('taken');
          this.seats.set(seat, 'pending');
          try {
            await pay(seat);
            this.seats.set(seat, 'sold');
          } catch (error) {
            this.seats.delete(seat);
            throw error;
          }
        }
      }`,
  },
  {
    title: 'a sequence number compared before the write', name: 'Search.type',
    text: `
      import { query } from './api';
      export class Search {
        private latest = 0;
        results: unknown;
        async type(text: string) {
          const mine = ++this.latest;
          const found = await query(text);
          if (mine !== this.latest) return;
          this.results = found;
        }
      }`,
  },
  {
    title: 'a promise chain as a queue', name: 'Ledger.append',
    text: `
      import { store } from './store';
      export class Ledger {
        private tail: Promise<unknown> = Promise.resolve();
        private length = 0;
        append(): Promise<unknown> {
          this.tail = this.tail.then(async () => {
            const at = this.length;
            await store(at);
            this.length = at + 1;
          });
          return this.tail;
        }
      }`,
  },
  {
    title: 'a cache of computed answers, filled twice with the same one', name: 'digestOf',
    text: `
      const digests = new Map<string, string>();
      export async function digestOf(text: string): Promise<string> {
        const known = digests.get(text);
        if (known !== undefined) return known;
        const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
        const digest = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
        digests.set(text, digest);
        return digest;
      }`,
  },
];

describe('correct code is not accused', () => {
  it.each(programs)('$title', async ({ text, name }) => {
    expect(await engine.check(text)).toEqual([]);
    const proof = await engine.run(text, name);
    expect(proof.verdict, proof.reason).toBe('refuted');
    expect(proof.executions).toBeGreaterThan(0);
  });

  it('keeps nobody out by a lock that is shared', async () => {
    const proof = await engine.run(`
      import { price } from './prices';
      let total = 0;
      export function add() {
        return navigator.locks.request('total', { mode: 'shared' }, async () => {
          const before = total;
          await price();
          total = before + 1;
        });
      }`, 'add');
    expect(proof.verdict).toBe('confirmed');
  });

  it('refutes nothing where text is evaluated, whose accesses nobody sees', async () => {
    const proof = await engine.run(`
      import { Mutex } from 'async-mutex';
      const mutex = new Mutex();
      let total = 0;
      export function add() {
        return mutex.runExclusive(async () => {
          const before = total;
          await fetch(eval('"/x"'));
          total = before + 1;
        });
      }`, 'add');
    expect(proof.verdict).toBe('bounded');
  });

  it('does not take a function that serialises data for a lock', async () => {
    const proof = await engine.run(`
      import { serializeVault, limitOf } from './vault';
      let total = 0;
      export async function add(data: object) {
        const before = total;
        await fetch(serializeVault(data, limitOf(data)));
        total = before + 1;
      }`, 'add');
    expect(proof.verdict, proof.reason).toBe('confirmed');
  });

  it('refutes no loop over what others take from: which element goes, and when, is theirs to choose', async () => {
    const [judged] = await engine.check(`
      export class Hub {
        private listeners: string[] = ['a', 'b', 'c'];
        remove(listener: string) { const at = this.listeners.indexOf(listener); if (at >= 0) this.listeners.splice(at, 1); }
        async all() { for (const listener of this.listeners) { await fetch(listener); } }
      }`);
    expect(judged!.finding.rule).toBe('unstable-iteration');
    expect(judged!.proof.verdict, judged!.proof.reason).not.toBe('refuted');
  });

  it('says what it cannot model instead of guessing', async () => {
    const proof = await engine.run(`
      import PQueue from 'p-queue-of-ours';
      const queue = new PQueue();
      let total = 0;
      export function add() {
        return queue.runExclusive(async () => {
          const before = total;
          await fetch('/x');
          total = before + 1;
        });
      }`, 'add');
    expect(proof.verdict).toBe('unproven');
    expect(proof.reason).toMatch(/runExclusive.* may keep other tasks out/);
  });

  it('but a credential that is acquired keeps nobody out', async () => {
    const login = (acquire: string): string => `
      import { Identities } from 'identities-of-others';
      const identities = new Identities();
      export class Login {
        private account: object | undefined;
        async open(code: string) {
          if (!this.account) {
            const { account } = await identities.${acquire}(code);
            this.account = account;
          }
          return this.account;
        }
      }`;
    const [credential] = await engine.check(login('acquireTokenByCode'));
    expect(credential!.proof.verdict, credential!.proof.reason).toBe('confirmed');
    const proof = await engine.run(login('acquireToken'), 'Login.open');
    expect(proof.verdict).toBe('unproven');
    expect(proof.reason).toMatch(/acquireToken.* may keep other tasks out/);
  });
});

it('is not refuted by a way without the suspension that was flagged', async () => {
  const [judged] = await engine.check(`
    export class Network {
      private isTest = false;
      private starting: Promise<void> | undefined;
      private readonly origin = 'mainnet';
      async toggle() {
        const next = !this.isTest;
        if (this.origin === 'regtest') await this.starting;
        this.isTest = next;
      }
    }`);
  expect(judged?.finding.rule).toBe('lost-update');
  expect(judged!.proof.verdict, judged!.proof.reason).toBe('unproven');
  expect(judged!.proof.reason).toMatch(/^no run of \d+ scenarios suspended between its look at `Network#isTest` and what depends on it; a scenario file \(simulate --export race\) can set up what makes subject\.ts:8 wait$/);
});

it('tries what set-up leaves empty where only that leads through the suspension', async () => {
  const [judged] = await engine.check(`
    export class Network {
      private isTest = false;
      private starting: Promise<void> | null = null;
      async toggle() {
        const next = !this.isTest;
        const pending = this.starting;
        if (pending) await pending;
        this.isTest = next;
      }
    }`);
  expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
});

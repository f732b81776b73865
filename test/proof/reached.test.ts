import { describe, expect, it } from 'vitest';
import { useEngine } from './judging.js';

const engine = useEngine();

/** What once kept runs of real code from what was flagged. */
describe('runs come to', () => {
  it('a method of the object that a factory returns', async () => {
    const [judged] = await engine.check(`
      import { git } from './git';
      export async function begin(cwd: string) {
        const head = await git(cwd);
        let isCompleted = false;
        return {
          async rollback() {
            if (isCompleted) return;
            await git(head);
            isCompleted = true;
          },
        };
      }`);
    expect(judged?.finding.rule).toBe('double-initialization');
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
  });

  describe('a private method', () => {
    const authentication = (handedOver: string): string => `
      import { Client, seedOf, sign } from './parts';
      export class Authentication {
        #known: Record<string, string> = {};
        #client = new Client();
        ${handedOver}
        async #sign(message: string): Promise<string> {
          if (this.#known[message]) return this.#known[message];
          const result = await sign(message, await seedOf(message));
          this.#known[message] = result;
          return result;
        }
      }`;

    it.each([
      'constructor() { this.#client = new Client({ sign: this.#sign.bind(this) }); }',
      "constructor() { this.#listen(); } #listen() { this.#client.on('sign', this.#sign.bind(this)); }",
    ])('that an object gives away while it is made: %s', async (handedOver) => {
      const [judged] = await engine.check(authentication(handedOver));
      expect(judged?.finding.rule).toBe('double-initialization');
      expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
    });

    it('not if it is given away later, when more may have happened', async () => {
      const [judged] = await engine.check(authentication("listen() { this.#client.on('sign', this.#sign.bind(this)); }"));
      expect(judged!.proof).toMatchObject({ verdict: 'unproven', reason: 'no way to start Authentication.#sign from outside the module was found; export what leads to it, or call it in a scenario file' });
    });
  });

  it('what a file holds that is a program by itself', async () => {
    const [judged] = await engine.check(`#!/usr/bin/env node
      import { save } from './store';
      let total = 0;
      export async function add() {
        const before = total;
        await save(before);
        total = before + 1;
      }`);
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
  });

  it('the body of an async generator', async () => {
    const [judged] = await engine.check(`
      import { select } from './models';
      export class Handler {
        private client: object | undefined;
        async *messages() {
          yield await this.getClient();
        }
        private async getClient() {
          if (this.client) return this.client;
          const found = await select();
          this.client = found;
          return found;
        }
      }`);
    expect(judged?.finding.rule).toBe('double-initialization');
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
  });

  it('what is behind a parsed address', async () => {
    const [judged] = await engine.check(`
      import { open } from './net';
      export class Client {
        private connection: object | undefined;
        private readonly host: string;
        constructor(url: string) { this.host = new URL(url).host; }
        async connect() {
          if (this.connection) return;
          const opened = await open(this.host);
          this.connection = opened;
        }
      }`);
    expect(judged?.finding.rule).toBe('double-initialization');
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
  });

  it('what is behind a reduction of something from outside', async () => {
    const [judged] = await engine.check(`
      import { save } from './store';
      let total = 0;
      export async function add(items: { list(): readonly { n: number }[] }) {
        const [some] = items.list().reduce<[number[], number[]]>(([even, odd], { n }) => [[...even, n], odd], [[], []]);
        const before = total;
        await save(some);
        total = before + 1;
      }`);
    expect(judged?.finding.rule).toBe('lost-update');
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
  });

  const pooled = (connecting: string): string => `
      interface Client { version(): Promise<string> }
      type Take = (error: unknown, client: Client, release: () => void) => void;
      export class Driver {
        private client: Client | undefined;
        private opening: Promise<Client> | undefined;
        constructor(private readonly pool: { connect(take: Take): void }) {}
        async connect() {
          ${connecting}
        }
        private take(): Promise<Client> {
          return new Promise<Client>((done, fail) => {
            this.pool.connect((error, client, release) => {
              if (error) return fail(error);
              release();
              done(client);
            });
          });
        }
      }`;

  it('what is behind a callback that takes several answers', async () => {
    const [judged] = await engine.check(pooled('if (!this.client) this.client = await this.take();'));
    expect(judged?.finding.rule).toBe('double-initialization');
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
  });

  it('the same, with a promise that all share: nothing is wrong', async () => {
    const proof = await engine.run(pooled('this.client = await (this.opening ??= this.take());'), 'Driver.connect');
    expect(proof.verdict).not.toBe('confirmed');
  });

  it('what needs an argument that may be left out, taking nothing else for granted', async () => {
    const [judged] = await engine.check(`
      interface Source { readonly name: string; version(): Promise<string> }
      export class Driver {
        private source: Source | undefined;
        private version: string | undefined;
        constructor(source?: Source) {
          if (source) this.source = source;
        }
        load(text: string) { if (text === 'no') throw new Error(text); }
        async connect() {
          if (this.source!.name === 'none') return;
          if (!this.version) this.version = await this.source!.version();
        }
      }`);
    expect(judged?.finding.rule).toBe('double-initialization');
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
    expect(judged!.proof.witness!.assumptions.map(({ text }) => text)).toEqual(['source is truthy', 'source.name !== "none"']);
  });

  it('a handler that is made before a call that goes on until something happens', async () => {
    const [judged] = await engine.check(`
      interface Socket { on(type: string, listener: (message: { text: string }) => Promise<void>): void; ended(): Promise<void>; answer(): Promise<string> }
      export class Client {
        private key: string | undefined;
        constructor(private readonly socket: Socket) {}
        async run() {
          const handle = async (message: { text: string }) => {
            if (this.key === undefined) this.key = await this.socket.answer() + message.text;
          };
          this.socket.on('message', handle);
          await new Promise<void>(() => undefined);
        }
      }`);
    expect(judged?.finding.rule).toBe('double-initialization');
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
  });

  const subscribing = (subscribe: string): string => `
      interface Far { subscribe(key: string): Promise<() => void>; }
      export class Adapter {
        private readonly subscriptions = new Map<string, unknown>();
        constructor(private readonly far: Far) {}
        async receive(message: { data: string }) {
          try {
            const frame = JSON.parse(message.data) as { kind: string; key: string };
            if (frame.kind !== 'subscribe') return;
            ${subscribe}
          } catch {
            // A text that is none of ours.
          }
        }
      }`;

  it('what is behind a text that has to be parsed', async () => {
    const [judged] = await engine.check(subscribing('if (!this.subscriptions.has(frame.key)) this.subscriptions.set(frame.key, await this.far.subscribe(frame.key));'));
    expect(judged?.finding.rule).toBe('double-initialization');
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
  });

  it('the same, when what is asked for is put away at once: nothing is wrong', async () => {
    const proof = await engine.run(subscribing('if (!this.subscriptions.has(frame.key)) this.subscriptions.set(frame.key, this.far.subscribe(frame.key)); await this.subscriptions.get(frame.key);'), 'Adapter.receive');
    expect(proof.verdict).toBe('refuted');
  });

  it('what is behind words that an argument is compared with', async () => {
    const [judged] = await engine.check(`
      interface Far { load(): Promise<number> }
      export class Store {
        private settings: number | undefined;
        constructor(private readonly far: Far) {}
        async handle(verb: string) {
          if (verb === 'ping') return 0;
          switch (verb) {
            case 'configure':
              if (this.settings === undefined) this.settings = await this.far.load();
              return this.settings;
            default:
              return -1;
          }
        }
      }`);
    expect(judged?.finding.rule).toBe('double-initialization');
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
    expect(judged!.proof.scenario!.tasks.map(({ name }) => name)).toEqual(['handle("configure")', 'handle("configure")']);
  });

  it('what is behind such words and something that comes from outside, each of which lets nothing through without the other', async () => {
    const [judged] = await engine.check(`
      interface Far { isHeadless(): boolean; load(path: string): Promise<number> }
      export class Previews {
        private opened: number | undefined;
        constructor(private readonly far: Far) {}
        async open(tool: string, input: unknown) {
          if (this.far.isHeadless() || this.opened !== undefined) return;
          if (tool === 'editor') await this.show(input as { path: string });
        }
        private async show(input: { path: string }) {
          if (typeof input.path !== 'string') throw new Error('no path');
          this.opened = await this.far.load(input.path);
        }
      }`);
    expect(judged?.finding.rule).toBe('double-initialization');
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
    expect(judged!.proof.scenario!.tasks.map(({ name }) => name)).toEqual(['open("editor", input)', 'open("editor", input)']);
  });

  it('what is behind a date that has passed', async () => {
    const [judged] = await engine.check(`
      interface Far { login(): Promise<string>; validUntil(): number }
      export class Session {
        private token: string | undefined;
        constructor(private readonly far: Far) {}
        async renew() {
          const isExpired = Date.now() >= this.far.validUntil();
          if (!isExpired) return;
          if (this.token === undefined) this.token = await this.far.login();
        }
      }`);
    expect(judged?.finding.rule).toBe('double-initialization');
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
  });

  it('what a state decides that another method sets, whatever that is called', async () => {
    const [judged] = await engine.check(`
      interface Far { load(): Promise<number> }
      export class Reader {
        private phase: 'idle' | 'busy' = 'idle';
        private pages: number | undefined;
        constructor(private readonly far: Far) {}
        title() { return 'a reader'; }
        goBusy() { this.turn('busy'); }
        private turn(to: 'idle' | 'busy') { this.phase = to; }
        async read() {
          if (this.phase !== 'busy') throw new Error('nothing to read');
          if (this.pages === undefined) this.pages = await this.far.load();
          return this.pages;
        }
      }`);
    expect(judged?.finding.rule).toBe('double-initialization');
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
    expect(judged!.proof.scenario!.prelude.map(({ name }) => name)).toEqual(['goBusy()']);
  });

  const cachedAnswer = (probe: string): string => `
      interface Result { readonly out: string; readonly notes: readonly { readonly kind: string; readonly isOld: boolean }[] }
      export class Checker {
        private isFit: boolean | undefined;
        private probing: Promise<boolean> | undefined;
        constructor(private readonly run: (...words: string[]) => Promise<Result>) {}
        async check() { return ${probe}; }
        private async probe() {
          if (this.isFit === true) return true;
          const result = await this.run('is it fit');
          const [note] = result.notes;
          const kinds = ['a', 'b', 'c'].filter((kind) => note!.kind === kind);
          if (kinds.length > 0 && note!.isOld) this.run('tell', kinds.join());
          this.isFit = result.out === 'true';
          return this.isFit;
        }
      }`;

  it('the answer that is worth keeping, before all that has nothing to do with it', async () => {
    const [judged] = await engine.check(cachedAnswer('this.probe()'));
    expect(judged?.finding.rule).toBe('double-initialization');
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
    expect(judged!.proof.witness!.assumptions.map(({ text }) => text)).toContain('run("is it fit").out === "true"');
  });

  it('the same, when all wait for one probe: nothing is wrong', async () => {
    const proof = await engine.run(cachedAnswer('(this.probing ??= this.probe())'), 'Checker.check');
    expect(proof.verdict).not.toBe('confirmed');
  });

  it('a function that the initialiser of a field makes', async () => {
    const [judged] = await engine.check(`
      interface Far { open(): Promise<void> }
      export class Notifier {
        private readonly push = {
          isOpen: false,
          open: async (): Promise<void> => {
            if (this.push.isOpen) return;
            await this.far.open();
            this.push.isOpen = true;
          },
        };
        private far: Far;
        constructor(far: Far, bus: { subscribe(type: string, handler: () => Promise<void>): void }) {
          this.far = far;
          bus.subscribe('opened', this.push.open);
        }
      }`);
    expect(judged?.finding.rule).toBe('double-initialization');
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
  });

  it('a function of an object that a private helper makes, whatever its caller does with the object', async () => {
    const [judged] = await engine.check(`
      import { far } from './far';
      export class Feed {
        #listeners = new Set<() => void>();
        #source: { stop(): void } | undefined;
        async subscribe(listener: () => void) {
          await far.token();
          this.#source = far.start();
          return [1, this.#disposable(listener)];
        }
        #disposable(listener: () => void) {
          this.#listeners.add(listener);
          return { dispose: () => {
            this.#listeners.delete(listener);
            if (this.#listeners.size === 0 && this.#source) { this.#source.stop(); this.#source = undefined; }
          } };
        }
      }`);
    expect(judged!.finding.overlaps[0]![1].path!.steps.map(({ kind }) => kind)).toEqual(['construct', 'member', 'call', 'closure']);
    expect(judged!.proof.executions, judged!.proof.reason).toBeGreaterThan(0);
  });
});

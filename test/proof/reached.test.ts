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
});

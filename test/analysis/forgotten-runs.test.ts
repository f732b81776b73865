import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';
import { pair } from './pairs.js';

const told = (code: string): string[] => findings(code).map(({ rule }) => rule);

/** The end of an earlier run takes away what a later one has put under the same key; and a run that looks whose it is. */
const pairs = [
  pair('an entry that is dropped some time after the answer', `
    const running: Record<string, Promise<unknown>> = {};
    export async function load(key: string, ask: (key: string) => Promise<unknown>, mayShare: boolean) {
      const isShared = typeof running[key] !== 'undefined' && mayShare;
      if (isShared) return running[key];
      const asked = (running[key] = ask(key));
      const data = await running[key];
      setTimeout(() => { <<delete running[key];|||if (running[key] === asked) delete running[key];>> }, 2000);
      return data;
    }`),
  pair('two who have waited for the same run', `
    const running = new Map<string, Promise<void>>();
    export async function execute(id: string, work: () => Promise<void>) {
      if (running.has(id)) await running.get(id);
      const execution = work();
      running.set(id, execution);
      await execution;
      <<running.delete(id);|||if (running.get(id) === execution) running.delete(id);>>
    }
    export const isRunning = (id: string) => running.has(id);`),
];

describe.each(pairs)('%s', (_name, racy, cured) => {
  test('is told, and its cure is not', () => expect({ racy: told(racy), cured: told(cured) }).toEqual({ racy: ['out-of-order-response'], cured: [] }));
});

/** As it should be. */
const sound: readonly (readonly [string, string])[] = [
  ['what is put there only if nothing is, so that whoever comes later waits for the same', `
    export class Auth {
      private pending: Promise<Client> | null = null;
      async getClient(): Promise<Client> {
        this.pending = this.pending || this.determine();
        try { return await this.pending; } finally { this.pending = null; }
      }
      private async determine() { if (this.known) return new Client(this.known); return lookUp(); }
    }`],
  ['a run that is joined', `
    const running = new Map<string, Promise<unknown>>();
    export async function load(id: string, work: () => Promise<unknown>) {
      const known = running.get(id);
      if (known) return known;
      const execution = work();
      running.set(id, execution);
      try { return await execution; } finally { running.delete(id); }
    }`],
  ['a job that comes once', `
    export class Worker {
      private readonly active = new Map<string, Promise<void>>();
      constructor(private readonly run: (job: Job) => Promise<void>) {}
      async process(job: Job) {
        const work = this.run(job);
        this.active.set(job.id, work);
        await work;
        this.active.delete(job.id);
      }
      isActive(id: string) { return this.active.has(id); }
    }`],
  ['a reply under a number of its own', `
    const pending = new Map<number, Promise<string>>();
    let last = 0;
    export async function ask(port: Port, text: string) {
      const callId = ++last;
      if (pending.has(callId)) throw new Error('twice');
      const reply = port.request(callId, text);
      pending.set(callId, reply);
      const answer = await reply;
      pending.delete(callId);
      return answer;
    }`],
];

test.each(sound)('silent: %s', (_name, code) => {
  expect(told(code)).toEqual([]);
});

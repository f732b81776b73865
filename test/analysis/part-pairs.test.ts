import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';
import { pair } from './pairs.js';
import type { Pair } from './pairs.js';

/** Races whose two parts stand apart: in accessors, helpers, named callbacks and lanes; and their cures. */
const pairs: Record<string, readonly Pair[]> = {
  'lost-update': [
    pair('a getter that a pattern picks', `export class Gauge { #cell = { value: 0 }; constructor(private meter: Meter) {}
      get level() { return this.#cell.value; } set level(next: number) { this.#cell.value = next; }
      async sample() { <<const { level } = this; const flow = await this.meter.read();|||const flow = await this.meter.read(); const { level } = this;>> this.level = level + flow; } }`),
    pair('a setter that `Object.assign` sets', `export class Gauge { #cell = { value: 0 }; constructor(private meter: Meter) {}
      get level() { return this.#cell.value; } set level(next: number) { this.#cell.value = next; }
      async sample() { <<const before = this.level; const flow = await this.meter.read();|||const flow = await this.meter.read(); const before = this.level;>> Object.assign(this, { level: before + flow }); } }`),
    pair('a callback by its name', `let next = 100; const issued: number[] = [];
      export function stamp(file: string) { const ticket = next; <<|||next = ticket + 1;>>
        const done = (error: Error | null, info: Stats) => { if (error) throw error; issued.push(info.size); <<next = ticket + 1;|||>> };
        stat(file, done); }`),
  ],
  'check-then-act': [
    pair('lanes that share a queue', `export async function crawl(tasks: Task[], lanes: number) { const queue = [...tasks];
      const lane = async () => { <<while (queue.length > 0) { const task = queue[0]!; await download(task); queue.shift(); }|||for (let task = queue.shift(); task; task = queue.shift()) await download(task);>> };
      await Promise.all(Array.from({ length: lanes }, lane)); }`),
  ],
  'concurrency-cap-exceeded': [
    pair('work in a set, that takes itself out again', `export class Consumer { private readonly running = new Set<Promise<void>>(); constructor(private source: Source, private limit: number) {}
      <<async tick() { if (this.running.size >= this.limit) return; const message = await this.source.receive(); const work: Promise<void> = this.handle(message).finally(() => this.running.delete(work)); this.running.add(work); }|||tick() { if (this.running.size >= this.limit) return; const work: Promise<void> = this.next().finally(() => this.running.delete(work)); this.running.add(work); }>>
      private async next() { await this.handle(await this.source.receive()); }
      private async handle(message: Message) { await deliver(message); } }`),
  ],
  'torn-update': [
    pair('what is asked for with what has just been put down', `export class Flags { private revision = ''; private flags: Flag[] = []; constructor(private api: Api) {}
      async reload() { <<this.revision = await this.api.head(); this.flags = await this.api.flags(this.revision);|||const revision = await this.api.head(); const flags = await this.api.flags(revision); this.revision = revision; this.flags = flags;>> }
      evaluate(key: string) { const flag = this.flags.find((one) => one.key === key); return { revision: this.revision, on: flag?.rollout === 100 }; } }`),
    pair('parts of one thing, of which one decides about the other', `export class Tokens { private token = ''; private expiresAt = 0; constructor(private clock: Clock) {}
      async accept(grant: Grant) { <<this.token = grant.token; this.expiresAt = (await this.clock.now()) + grant.ttl;|||const now = await this.clock.now(); this.token = grant.token; this.expiresAt = now + grant.ttl;>> }
      header(now: number) { return this.expiresAt > now ? this.token : undefined; } }`),
  ],
  'missing-await': [
    pair('a callback in braces gives nothing to wait for', `export class Batch { private stored: string[] = []; constructor(private repo: Repo) {}
      private async store(item: Item) { await this.repo.save(item); this.stored.push(item.id); }
      async run(items: Item[]) { await Promise.all(items.map((item) => { <<this.store(item);|||return this.store(item);>> })); return this.stored; } }`),
    pair('promises that `Array.from` makes', `export async function thumbnails(image: Buffer, widths: number[]) { const thumbs: Thumb[] = [];
      <<Array.from(widths|||await Promise.all(Array.from(widths>>, async (width) => { const out = await resize(image, width); thumbs.push({ width, bytes: out.length }); })<<|||)>>;
      return thumbs; }`),
  ],
  'lost-event': [
    pair('replies that a consumer brings', `export class Client { private readonly pending = new Map<string, (body: unknown) => void>(); constructor(private channel: Channel) { channel.consume('replies', ({ id, body }: Reply) => this.onReply(id, body)); }
      async call(method: string, id: string) { <<await this.channel.publish(method, { id }); return new Promise((resolve) => this.pending.set(id, resolve));|||const reply = new Promise((resolve) => this.pending.set(id, resolve)); await this.channel.publish(method, { id }); return reply;>> }
      private onReply(id: string, body: unknown) { this.pending.get(id)?.(body); this.pending.delete(id); } }`),
    pair('a wait that a helper makes', `export class Mailbox { private letters: string[] = []; private wakes: (() => void)[] = [];
      private arrived() { return new Promise<void>((resolve) => this.wakes.push(resolve)); }
      post(letter: string) { this.letters.push(letter); const due = this.wakes; this.wakes = []; for (const wake of due) wake(); }
      async take() { <<const isEmpty = this.letters.length === 0; await trace('take'); if (isEmpty) await this.arrived();|||await trace('take'); while (this.letters.length === 0) await this.arrived();>> return this.letters.shift(); } }`),
  ],
};

describe.each(Object.entries(pairs))('%s', (rule, list) => {
  test.each(list)('%s', (_name, racy, cured) => {
    const told = (code: string): string[] => findings(code).map((finding) => finding.rule);
    expect({ racy: told(racy), cured: told(cured) }).toEqual({ racy: [rule], cured: [] });
  });
});

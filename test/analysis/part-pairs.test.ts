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
    pair('contents that are changed, and put back as a whole', `export class Todos { todos: readonly Todo[] = []; add(todo: Todo) { this.todos = [...this.todos, todo]; }
      async toggle(id: number) { const before = this.todos; this.todos = before.map((one) => (one.id === id ? { ...one, done: !one.done } : one));
        try { await save(id); } catch { <<this.todos = before;|||this.todos = this.todos.map((one) => (one.id === id ? { ...one, done: !one.done } : one));>> } } }`),
    pair('contents that helpers copy and put back', `export class Outline { #tree: Record<string, string> = {}; copy() { return this.#tree; } put(tree: Record<string, string>) { this.#tree = tree; }
      async rename(id: string, text: string) { const before = this.copy(); this.put({ ...before, [id]: text }); await push(id).catch(() => this.put(<<before|||{ ...this.copy(), [id]: before[id]! }>>)); } }`),
    pair('a callback by its name', `let next = 100; const issued: number[] = [];
      export function stamp(file: string) { const ticket = next; <<|||next = ticket + 1;>>
        const done = (error: Error | null, info: Stats) => { if (error) throw error; issued.push(info.size); <<next = ticket + 1;|||>> };
        stat(file, done); }`),
  ],
  'check-then-act': [
    pair('one that is found in a list of what a map holds', `export class Board { private readonly jobs = new Map<string, { state: string; owner?: string }>();
      add(id: string) { this.jobs.set(id, { state: 'queued' }); }
      async claim(worker: string) { <<|||await heartbeat(worker);>> const job = [...this.jobs.values()].find((one) => one.state === 'queued'); if (!job) return undefined; <<await heartbeat(worker);|||>> job.state = 'running'; job.owner = worker; return job; } }`),
    pair('one that is found among those of a list', `export class Pool { private readonly all: { busy: boolean; host: string }[] = [];
      add(host: string) { this.all.push({ busy: false, host }); }
      async take(host: string) { const one = this.all.filter((each) => each.host === host).find((each) => !each.busy); if (!one) throw new Error('none'); <<await ping(host); one.busy = true;|||one.busy = true; await ping(host);>> return one; } }`),
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
  'stale-context': [
    pair('what is selected is looked at only when the answer is there', `export class Notes { private notes = new Map<string, string>(); private currentNote = 'inbox'; constructor(private spellcheck: (text: string) => Promise<string>) {}
      open(name: string) { this.currentNote = name; }
      async correct(text: string) { <<const corrected = await this.spellcheck(text); this.notes.set(this.currentNote, corrected);|||const note = this.currentNote; const corrected = await this.spellcheck(text); this.notes.set(note, corrected);>> } }`),
    pair('what was asked with nothing of the caller is for whichever is selected', `export class Notes { private notes = new Map<string, string>(); private currentNote = 'inbox';
      open(name: string) { this.currentNote = name; }
      async paste(<<text: string|||>>) { const pasted = await translate(<<text|||'clipboard'>>); this.notes.set(this.currentNote, pasted); } }`),
    pair('the language of a request, which helpers set and read', `import express from 'express';
      const texts: Record<string, Record<string, string>> = {}; let locale = 'en'; const setLocale = (next: string) => { locale = next; }; const t = (key: string) => texts[locale]?.[key] ?? key;
      const app = express();
      app.get('/invoices/:id', async (req, res) => { <<setLocale(req.language);|||const language = req.language;>> const invoice = await loadInvoice(req.params.id); res.send(<<t('total')|||texts[language].total>> + invoice.total); });`),
  ],
  'missing-await': [
    pair('an event that is told while what it tells of is under way, and waited for afterwards', `import { EventEmitter } from 'node:events';
      export class Store extends EventEmitter { private rows: Row[] = []; constructor(private source: Source) { super(); }
        async reload() { const next = this.source.rows().then((rows) => { this.rows = rows; }); <<this.emit('reloaded'); await next;|||await next; this.emit('reloaded');>> }
        first() { return this.rows[0]; } }`),
    pair('a callback in braces gives nothing to wait for', `export class Batch { private stored: string[] = []; constructor(private repo: Repo) {}
      private async store(item: Item) { await this.repo.save(item); this.stored.push(item.id); }
      async run(items: Item[]) { await Promise.all(items.map((item) => { <<this.store(item);|||return this.store(item);>> })); return this.stored; } }`),
    pair('a helper that fails on nothing', `let messages: Record<string, string> | undefined;
      export async function setup(locale: string) { messages = await fetchMessages(locale); }
      export function translate(key: string) { return messages![key] ?? key; }
      export async function start(render: (title: string) => void) { <<|||await >>setup('de'); render(translate('title')); }`),
    pair('rows that a helper puts there', `export class Seeder { constructor(private db: Db) {}
      private async insertUsers(names: string[]) { for (const name of names) await this.db.insert('users', { name }); }
      async seed(names: string[]) { <<|||await >>this.insertUsers(names); return await this.db.count('users'); } }`),
    pair('promises that `Array.from` makes', `export async function thumbnails(image: Buffer, widths: number[]) { const thumbs: Thumb[] = [];
      <<Array.from(widths|||await Promise.all(Array.from(widths>>, async (width) => { const out = await resize(image, width); thumbs.push({ width, bytes: out.length }); })<<|||)>>;
      return thumbs; }`),
  ],
  'lost-event': [
    pair('an answer that has yet to be asked for', `import { Worker } from 'node:worker_threads';
      export async function resize(path: string) { const worker = new Worker('./resize.js'); <<worker.postMessage(path);|||>> const size = await sizeOf(path);
        const answer = new Promise((resolve) => worker.once('message', resolve)); <<worker.ref();|||worker.postMessage({ path, size });>> return answer; }`),
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

test('what an object gives by itself comes after the object', () => {
  const code = `export class Fetcher { private browser?: Browser; private page?: Page;
    async launch() { this.browser = await launch(); this.page = await this.browser.newPage(); }
    async close() { await this.browser?.close(); this.browser = undefined; this.page = undefined; }
    content() { if (!this.browser || !this.page) throw new Error('closed'); return read(this.browser, this.page); } }`;
  expect(findings(code).filter(({ rule }) => rule === 'torn-update')).toEqual([]);
});

test('what a list is mapped by, under the lock of who maps it, lacks no lock', () => {
  const code = `import { Mutex } from 'async-mutex';
    export class Wallet { readonly #lock = new Mutex(); constructor(private providers: Provider[]) {}
      async #locked<T>(work: () => Promise<T>) { const release = await this.#lock.acquire(); try { return await work(); } finally { release(); } }
      async discover() { return this.#locked(async () => { let most = 0;
        const run = async (provider: Provider): Promise<void> => { const target = Math.max(provider.index, most); const found = await provider.discover(target); if (found && target + 1 > most) most = target + 1; };
        await Promise.all(this.providers.map(run)); return most; }); } }`;
  expect(findings(code)).toEqual([]);
});

import { expect, test } from 'vitest';
import { findingsIn } from './expectations.js';

const queue = `import { AsyncQueue } from '@sapphire/async-queue';`;
const counters = (last: string): string => `export class Loader { started = 0; finished = 0; constructor(private readonly start: (name: string) => Promise<void>) {}
  private async load(name: string) { this.started++; try { await this.start(name); } finally { ${last}; if (this.started === this.finished) { this.started = 0; this.finished = 0; } } }
  async first(name: string) { await this.load(name); }
  async again(name: string) { await this.load(name); } }`;
const cache = (work: string): string => `export class Commits { private cached = new Map<string, Commit>(); async show(sha: string) { const commit = this.cached.get(sha) ?? (await ${work}(sha)); this.cached.set(sha, commit); return commit; } reset() { this.cached.clear(); } }`;
const outbox = (retake: string): string => `export class Outbox { private waiting = new Map<string, Control>(); constructor(private readonly stream: Stream) {}
  async send(id: string, rpc: Rpc) { ${retake} try { await this.stream.send({ id, rpc }); } catch { return; } this.waiting.set(id, control); }
  onAnswer(id: string, answer: Answer) { const one = this.waiting.get(id); if (one) { one.resolve(answer); this.waiting.delete(id); } } }`;

const session = (declared: string, elsewhere: string): string => `export class Sessions { private session: Session | undefined;
  async ensure() { ${declared} if (this.session === undefined) { this.session = await createSession(); } return this.session; }
  async onChanged(next: Session) { ${elsewhere} this.session = next; } }`;

const sweep = `export class Sweeper { constructor(private readonly context: { state: Memento }) {}
  get(key: string) { return this.context.state.get(key); }
  async sweep() { for (const key of this.context.state.keys()) await this.context.state.update(key, undefined); }
  async drop(key: string) { await this.context.state.update(key, undefined); } }`;

/** Each is correct beside its like that is not, or that is told. */
const cases: readonly (readonly [name: string, code: string, found: readonly string[]])[] = [
  ['a variable that stands for one of two queues', `${queue} export class Handler { #all = new AsyncQueue(); #limited: AsyncQueue | null = null;
    async send(run: () => Promise<void>) { let queue = this.#all; await queue.wait(); if (this.#limited) { queue = this.#limited; const turn = queue.wait(); this.#all.shift(); await turn; } try { await run(); } finally { queue.shift(); } } }`, []],
  ['a variable that always stands for the same queue', `${queue} export class Handler { #all = new AsyncQueue(); async send(run: () => Promise<void>) { const queue = this.#all; await queue.wait(); await this.#all.wait(); try { await run(); } finally { queue.shift(); queue.shift(); } } }`, ['self-deadlock Handler.#all']],
  ['started and finished', counters('this.finished++'), []],
  ['one up, the other down', counters('this.finished--'), ['torn-update Loader#started']],
  ['a cache that is asked with ??', cache('getCommit'), []],
  ['what is made with ??', cache('createCommit'), ['lost-update Commits#cached[*]']],
  ['what was taken out and is put back', outbox('const control = this.waiting.get(id); this.waiting.delete(id); if (!control) return;'), []],
  ['a logger that is declared with using keeps nobody out', session('using scope = startScopedLogger("ensure");', ''), ['double-initialization Sessions#session']],
  ['what is waited for and declared with using may', session('using scope = await this.turn();', ''), []],
  ['what says that it is a lock, and everybody takes it', session('using held = acquireSessionLock();', 'using held = acquireSessionLock();'), []],
  ['the keys of a store, which are a list made anew', sweep, []],
  ['what is new', outbox('const control = new Control();'), ['lost-event Outbox#waiting']],
];

test.each(cases)('%s', (_name, code, found) => {
  expect(findingsIn(code)).toEqual(found);
});

import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';
import { pair } from './pairs.js';
import type { Pair } from './pairs.js';

/** Races as services, editors and pages write them, and their cures, by the rule that accuses the one and is silent on the other. */
const pairs: Record<string, readonly Pair[]> = {
  'lost-update': [
    pair('an entry, or a first one that holds an answer', `const calls: Record<string, { count: number; day: string }> = {};
      export async function ask(key: string) { const day = clock.format(0); const call = calls[key] ?? { count: 0, day };
        <<await work(key); calls[key] = { day, count: call.count + 1 };|||calls[key] = { day, count: call.count + 1 }; await work(key);>> }`),
  ],
  'check-then-act': [
    pair('a set within a map', `const rooms = new Map<string, Set<string>>();
      export async function join(name: string, guest: string) { const room = rooms.get(name); if (!room) return; <<if (room.size >= 4) return; await greet(guest);|||await greet(guest); if (room.size >= 4) return;>> room.add(guest); }`),
    pair('a list in a record that has a name', `interface Room { seats: string[] } type Rooms = Record<string, Room>;
      export class Hall { private rooms: Rooms = {}; async join(name: string, guest: string) { <<if (this.rooms[name].seats.length >= 4) return; await greet(guest);|||await greet(guest); if (this.rooms[name].seats.length >= 4) return;>> this.rooms[name].seats.push(guest); } }`),
    pair('places that are being made are counted too', `export class Pool { private readonly all: Page[] = []; <<|||private opening = 0;>>
      async open() { if (this.all.length<<||| + this.opening>> >= 3) throw new Error('full'); <<this.all.push(await launch());|||this.opening++; try { const page = await launch(); this.all.push(page); } finally { this.opening--; }>> } }`),
  ],
  'double-initialization': [
    pair('what has been seen is marked late, and listed twice', `export class Crawl { private seen = new Set<string>(); readonly pages: string[] = [];
      async visit(url: string) { if (this.seen.has(url)) return; <<const page = await download(url); this.seen.add(url);|||this.seen.add(url); const page = await download(url);>> this.pages.push(page); } }`),
  ],
  'out-of-order-response': [
    pair('a listener by its own method', `export class Todos { private items: string[] = []; <<|||private asked = 0;>>
      constructor() { window.onDidChangeActiveTextEditor((editor) => { if (editor) this.scan(editor.uri); }); }
      get list() { return this.items; }
      private async scan(uri: string) { <<|||const asked = ++this.asked;>> const text = await readFile(uri); <<|||if (asked !== this.asked) return;>> this.items = text.split('x'); } }`),
    pair('what is typed is asked for', `const input = document.querySelector('#text'); const view = document.querySelector('#view'); <<|||let asked = 0;>>
      input.addEventListener('input', async () => { <<|||const mine = ++asked;>> const html = await fetch('/render', { body: input.value }); <<|||if (mine !== asked) return;>> view.innerHTML = html; });`),
    pair('what is typed into a field of an object is asked for', `export class Search { hits: Hit[] = []; <<|||private asked = 0;>>
      constructor(private input: HTMLInputElement) { input.addEventListener('input', () => void this.onInput()); }
      private async onInput() { <<|||const mine = ++this.asked;>> const hits = await search(this.input.value.trim()); <<|||if (mine !== this.asked) return;>> this.hits = hits; this.render(); }
      private render() { list.textContent = this.hits.join(); } }`),
    pair('what somebody else chooses is asked for', `export class List { filter = ''; rows: string[] = []; <<|||private asked = 0;>>
      setFilter(filter: string) { this.filter = filter; }
      async reload() { <<|||const asked = ++this.asked;>> const rows = await fetchRows(this.filter); <<|||if (asked !== this.asked) return;>> this.rows = rows; } }`),
  ],
  'concurrency-cap-exceeded': [
    pair('both ways suspend', `let active = 0; const queue: (() => void)[] = [];
      export async function limit(task: () => Promise<void>) { <<if (active >= 2) await new Promise<void>((r) => queue.push(r)); await tick();|||await tick(); while (active >= 2) await new Promise<void>((r) => queue.push(r));>> active++;
        try { await task(); } finally { active--; queue.shift()?.(); } }`),
  ],
  'lost-event': [
    pair('sent by a method, looked up and called at once', `export class Host { private waiting = new Map<string, (v: unknown) => void>();
      onReply(m: Reply) { this.waiting.get(m.id)?.(m.result); this.waiting.delete(m.id); }
      async call(id: string) { <<await this.send({ id }); return new Promise((resolve) => { this.waiting.set(id, resolve); });|||const reply = new Promise((resolve) => { this.waiting.set(id, resolve); }); await this.send({ id }); return reply;>> }
      private send(m: object) { return new Promise<void>((done) => this.child.send(m, done)); } }`),
    pair('a handler that is put on what the constructor is given', `export class Rpc { private seq = 0; private pending = new Map<number, (r: unknown) => void>();
      constructor(private readonly channel: Channel) { channel.onmessage = (m) => { this.pending.get(m.id)?.(m.result); this.pending.delete(m.id); }; }
      async call(method: string) { const id = ++this.seq; <<await this.channel.send({ id, method }); return new Promise((resolve) => { this.pending.set(id, resolve); });|||const reply = new Promise((resolve) => { this.pending.set(id, resolve); }); await this.channel.send({ id, method }); return reply;>> } }`),
    pair('a page that is clicked, then waited for', `export async function open(page: Page) { <<await page.click('#go'); await page.waitForNavigation();|||await Promise.all([page.waitForNavigation(), page.click('#go')]);>> }`),
  ],
  'lock-not-released': [
    pair('a function that takes the lock and gives it back to its caller', `import Redlock from 'redlock'; const redlock = new Redlock([]);
      async function lockOrder(id: string) { return redlock.acquire([id], 5000); }
      export async function pay(id: string) { const lock = await lockOrder(id); <<await charge(id); await lock.release();|||try { await charge(id); } finally { await lock.release(); }>> }`),
    pair('a function that gives back the releaser by its name', `import { Mutex } from 'async-mutex'; const mutex = new Mutex();
      async function enter() { const release = await mutex.acquire(); return release; }
      export async function handle(id: string) { const release = await enter(); <<await work(id); release();|||try { await work(id); } finally { release(); }>> }`),
  ],
  'uncancelled-effect': [
    pair('a callback that another dependency makes anew', `import { useCallback, useEffect, useState } from 'react';
      export function useReport(year: number) { const [rows, setRows] = useState<string[]>([]);
        const load = useCallback(async (<<|||signal: AbortSignal>>) => { const res = await fetch('/report/' + year); const body = await res.json(); <<|||if (!signal.aborted)>> setRows(body); }, [year]);
        useEffect(() => { <<void load();|||const ctl = new AbortController(); void load(ctl.signal); return () => ctl.abort();>> }, [load]); return rows; }`),
    pair('a function of the component, which remembers the latest', `import { useEffect, useRef, useState } from 'react'; declare const api: { user(id: string): Promise<User> };
      export function useUser(id: string) { const [user, setUser] = useState<User>(); const latest = useRef(0);
        const refresh = async () => { <<|||const mine = ++latest.current;>> const found = await api.user(id); <<|||if (mine === latest.current)>> setUser(found); };
        useEffect(() => { refresh(); }, [id]); return { user, refresh }; }`),
    pair('and one that is asked whether it is still wanted', `import { useCallback, useEffect, useState } from 'react'; declare function search(q: string): Promise<string[]>;
      export function useSearch(q: string) { const [hits, setHits] = useState<string[]>([]);
        const run = useCallback(async (term: string, isCurrent: () => boolean) => { const found = await search(term); <<|||if (isCurrent())>> setHits(found); }, []);
        useEffect(() => { let current = true; run(q, () => current).catch(console.error); return () => { current = false; }; }, [q, run]); return hits; }`),
  ],
  'missing-await': [
    pair('a row that is told of before it is there', `declare const repo: { insert(o: Order): Promise<void>; get(id: string): Promise<Order> };
      export async function place(order: Order) { <<|||await>> repo.insert(order); bus.emit('order-placed', order.id); }`),
    pair('a row that is asked for before it is there', `interface Store { save(s: Session): Promise<void>; find(id: string): Promise<Session | null> }
      export class Login { constructor(private readonly sessions: Store) {}
        async login(id: string, user: string) { const session = { id, user }; <<|||await>> this.sessions.save(session); return await this.sessions.find(session.id); } }`),
    pair('and not one that something else is waited for before', `declare const repo: { insert(o: Order): Promise<void> };
      export async function place(order: Order) { repo.insert(order); <<|||await settled();>> bus.emit('order-placed', order.id); }`),
  ],
  'self-deadlock': [
    pair('children by the name of the function', `import pLimit from 'p-limit'; const limit = pLimit(1); interface Branch { children: Branch[] }
      <<export const saveTree = (node: Branch): Promise<void> => limit(async () => { await store(node); await Promise.all(node.children.map(saveTree)); });|||export const saveTree = async (node: Branch): Promise<void> => { await limit(() => store(node)); await Promise.all(node.children.map(saveTree)); };>>`),
  ],
  'non-atomic-update': [
    pair('a sum that is written out', `const DONE = 0, FAILED = 1;
      export function makeStats(sab: SharedArrayBuffer) { const cells = new Int32Array(sab); const inc = (i: number) => { <<cells[i] = cells[i] + 1;|||Atomics.add(cells, i, 1);>> };
        return { done: () => inc(DONE), failed: () => inc(FAILED) }; }`),
    pair('a counter by its number, which a function of the file is given', `import { parentPort, workerData } from 'node:worker_threads'; const counters = new Uint32Array(workerData.sab as SharedArrayBuffer);
      function bump(slot: number, by = 1) { <<const old = Atomics.load(counters, slot); Atomics.store(counters, slot, old + by);|||Atomics.add(counters, slot, by);>> }
      parentPort!.on('message', (m: { bytes: number }) => { bump(0); bump(1, m.bytes); });`),
    pair('and not by a number of its own', `import { parentPort, workerData } from 'node:worker_threads'; const counters = new Uint32Array(workerData.sab as SharedArrayBuffer);
      function bump(slot: number) { const old = Atomics.load(counters, slot); Atomics.store(counters, slot, old + 1); }
      parentPort!.on('message', () => { bump(<<0|||workerData.id>>); });`),
  ],
  'unchecked-wait': [
    pair('one more is taken at each turn', `export function consume(view: Int32Array) { for (;;) { <<if|||while>> (Atomics.load(view, 0) === 0) Atomics.wait(view, 0, 0); const left = Atomics.sub(view, 0, 1); handle(left); } }`),
    pair('and nobody looks whether there was one', `export function consume(view: Int32Array) { for (;;) { if (Atomics.load(view, 0) === 0) Atomics.wait(view, 0, 0); const left = Atomics.sub(view, 0, 1);<<||| if (left <= 0) { Atomics.add(view, 0, 1); continue; }>> handle(left); } }`),
  ],
};

describe.each(Object.entries(pairs))('%s', (rule, list) => {
  test.each(list)('%s', (_name, racy, cured) => {
    const told = (code: string): string[] => findings(code).map((finding) => finding.rule);
    expect({ racy: told(racy), cured: told(cured) }).toEqual({ racy: [rule], cured: [] });
  });
});

test('where something is found does not depend on what it is compared with', () => {
  const code = `export class Sessions { private list: Session[] = [];
    close(id: string) { const at = this.list.findIndex((s) => s.id === id); if (at >= 0) this.list.splice(at, 1); }
    async sweep() { for (const session of [...this.list]) { const alive = await session.ping(); if (!alive) this.close(session.id); } } }`;
  expect(findings(code)).toEqual([]);
});

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
    pair('a page that is clicked, then waited for', `export async function open(page: Page) { <<await page.click('#go'); await page.waitForNavigation();|||await Promise.all([page.waitForNavigation(), page.click('#go')]);>> }`),
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

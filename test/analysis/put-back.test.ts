import { expect, test } from 'vitest';
import { findingsIn } from './expectations.js';

/** A count or flag that is copied, changed and put back as it was. */
const cases: readonly (readonly [name: string, code: string, found: readonly string[]])[] = [
  ['a flag in finally', `export class Form { loading = false; async run() { const was = this.loading; this.loading = true; try { await work(); } finally { this.loading = was; } } }`, ['lost-update Form#loading']],
  ['a count', `let depth = 0; export async function enter() { const before = depth; depth = before + 1; await work(); depth = before; }`, ['lost-update depth']],
  ['a count that is raised in place', `let depth = 0; export async function enter() { const before = depth; depth++; await work(); depth = before; }`, ['lost-update depth']],
  ['a flag that is set to what it is not', `let muted = false; export async function silently() { muted = true; await work(); muted = false; }`, []],
  ['a count that is taken back', `let depth = 0; export async function enter() { depth++; await work(); depth--; }`, []],
  ['in one turn', `let muted = false; export async function silently() { const before = muted; muted = true; workNow(); muted = before; await rest(); }`, []],
  ['somebody is in already', `let busy = false; export async function run() { if (busy) return; const before = busy; busy = true; try { await work(); } finally { busy = before; } }`, []],
  ['under a lock', `import { Mutex } from 'async-mutex'; const mutex = new Mutex(); let muted = false; export const silently = () => mutex.runExclusive(async () => { const before = muted; muted = true; await work(); muted = before; });`, []],
  ['an object of one call', `export async function run(options: Options) { const before = options.quiet; options.quiet = true; await work(options); options.quiet = before; }`, []],
  ['what is shown before it is saved', `export class List { items: string[] = []; async rename(next: string[]) { const before = this.items; this.items = next; try { await save(next); } catch { this.items = before; } } }`, []],
  ['a mode that is only looked at', `export class Editor { mode = 'view'; async show() { const before = this.mode; await work(); this.mode = before; } }`, []],
];

test.each(cases)('%s', (_name, code, found) => {
  expect(findingsIn(code)).toEqual(found);
});

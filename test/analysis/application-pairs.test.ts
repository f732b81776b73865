import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';
import { pair } from './pairs.js';
import type { Pair } from './pairs.js';

/** Races of stores, services and components, and their cures, by the rule that accuses the one and is silent on the other. */
const pairs: Record<string, readonly Pair[]> = {
  'lost-update': [
    pair('fields that a base class puts back', `class Store<S extends object> { protected state: S; constructor(first: S) { this.state = first; } protected put(next: S) { this.state = next; } }
export class Cart extends Store<{ items: string[]; total: number }> {
  async add(sku: string) { <<const { items, total } = this.state; const price = await priceOf(sku);|||const price = await priceOf(sku); const { items, total } = this.state;>> this.put({ items: [...items, sku], total: total + price }); }
}`),
    pair('fields that two helpers hand on', `let state = { names: [] as string[], count: 0 };
function keep(next: typeof state) { state = next; }
function change(next: typeof state) { keep(next); }
export async function add(name: string) { <<const { names, count } = state; await check(name);|||await check(name); const { names, count } = state;>> change({ names: [...names, name], count: count + 1 }); }`),
  ],
  'lost-event': [
    pair('once of Node, after the request', `import { once } from 'node:events';
export async function ask(device: Device, question: string) { <<await device.write(question); const [answer] = await once(device, 'reply');|||const answered = once(device, 'reply'); await device.write(question); const [answer] = await answered;>> return answer; }`),
    pair('a child that is listened to late, for errors first', `import { spawn } from 'node:child_process';
export async function lint(file: string) {
  const child = spawn('lint', [file]);
  <<await note(String(child.pid)); return new Promise((resolve, reject) => { child.on('error', reject); child.on('exit', resolve); });|||const ended = new Promise((resolve, reject) => { child.on('error', reject); child.on('exit', resolve); }); await note(String(child.pid)); return ended;>>
}`),
    pair('a flag of another object, looked at before the wait', `class Engine extends EventEmitter { ready = false; boot() { setTimeout(() => { this.ready = true; this.emit('ready'); }, 10); } }
const engine = new Engine();
export async function run(name: string) {
  <<const wasReady = engine.ready; const script = await load(name); if (!wasReady)|||const script = await load(name); if (!engine.ready)>> await new Promise((resolve) => engine.once('ready', resolve));
  script();
}
engine.boot();`),
  ],
};

describe.each(Object.entries(pairs))('%s', (rule, list) => {
  test.each(list)('%s', (_name, racy, cured) => {
    expect(findings(racy).map((finding) => finding.rule)).toEqual([rule]);
    expect(findings(cured).map((finding) => finding.rule)).toEqual([]);
  });
});

const correct: Record<string, string> = {
  'once for the drain of what was written': `import { once } from 'node:events'; export async function copy(out: Stream, chunk: string) { await out.write(chunk); await once(out, 'drain'); }`,
  'a child that is listened to for errors at once': `import { spawn } from 'node:child_process'; export async function start(file: string) { const child = spawn('serve', [file]); child.on('error', report); child.on('exit', report); await note(file); child.on('error', show); }`,
  'a flag that is asked again after each wait': `class Engine extends EventEmitter { ready = false; boot() { setTimeout(() => { this.ready = true; this.emit('ready'); }, 10); } } const engine = new Engine(); export async function run() { while (!engine.ready) { await load('x'); if (engine.ready) return; await new Promise((resolve) => engine.once('ready', resolve)); } } engine.boot();`,
  'fields that are put back over the state of now': `let state = { names: [] as string[], count: 0 }; function put(next: typeof state) { state = next; } export async function add(name: string) { const { length } = name; await check(length); put({ names: [...state.names, name], count: state.count + 1 }); }`,
};

test.each(Object.entries(correct))('%s is met with silence', (_name, code) => expect(findings(code)).toEqual([]));

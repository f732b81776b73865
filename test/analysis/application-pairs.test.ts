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
  'stale-write-back': [
    pair('a field of an old state, laid over the one of now by a helper', `export function store() {
  let state = { votes: {} as Record<string, number>, total: 0 };
  const get = () => state;
  const patch = (part: Partial<typeof state>) => { state = { ...state, ...part }; };
  return { get, async vote(id: string) { <<const { total, votes } = get(); const weight = await submit(id);|||const weight = await submit(id); const { total, votes } = get();>> patch({ total: total + weight, votes: { ...votes, [id]: weight } }); } };
}`),
  ],
  'concurrency-cap-exceeded': [
    pair('a count of any name, and a line of those who wait', `export function gate(most: number) {
  let n = 0; const line: (() => void)[] = [];
  async function enter() { <<if|||while>> (n >= most) await new Promise<void>((resolve) => line.push(resolve)); n++; }
  function leave() { n--; line.shift()?.(); }
  return async (work: () => Promise<void>) => { await enter(); try { await work(); } finally { leave(); } };
}`),
  ],
  'uncancelled-effect': [
    pair('what a reducer is told', `import { useEffect, useReducer } from 'react';
export function useRows(url: string) {
  const [state, dispatch] = useReducer(reducer, empty);
  useEffect(() => { <<dispatch({ type: 'start' }); fetch(url).then((r) => r.json()).then((rows) => dispatch({ type: 'done', rows }));|||let isOn = true; dispatch({ type: 'start' }); fetch(url).then((r) => r.json()).then((rows) => { if (isOn) dispatch({ type: 'done', rows }); }); return () => { isOn = false; };>> }, [url]);
  return state;
}`),
    pair('what a reducer is told, and for which question', `import { useEffect, useReducer } from 'react';
export function useRows(url: string) {
  const [state, dispatch] = useReducer(reducer, empty);
  useEffect(() => { (async () => { const rows = await load(url); dispatch({ type: 'done', <<rows|||rows, url>> }); })(); }, [url]);
  return state;
}`),
  ],
  'stale-context': [
    pair('a question that is put down where the answer goes', `interface Chat { messages: string[] }
export class Talk { private active: Chat = { messages: [] }; open(chat: Chat) { this.active = chat; }
  async ask(question: string) { <<this.active.messages.push(question); const answer = await this.model.reply(question); this.active.messages.push(answer);|||const { active } = this; active.messages.push(question); const answer = await this.model.reply(question); active.messages.push(answer);>> }
}`),
    pair('the user of a request in a variable of the module', `let currentUser: User | undefined; const users = new WeakMap<Request, User>();
export async function authenticate(req: Request, res: Response, next: () => void) { const user = await userOf(req.headers.authorization); <<currentUser = user;|||users.set(req, user);>> next(); }
export async function profile(req: Request, res: Response) { await audit(req.path); res.json(<<currentUser|||users.get(req)>>); }`),
    pair('the editor in front of the user', `import * as vscode from 'vscode';
export async function format() {
  const first = vscode.window.activeTextEditor;
  const text = first?.document.getText();
  if (text === undefined) return;
  const formatted = await formatter.format(text);
  <<const editor = vscode.window.activeTextEditor;|||const editor = first;>>
  await editor?.edit((edit) => edit.replace(whole, formatted));
}`),
    pair('the editor in front of the user, compared', `import { window } from 'vscode';
export async function mark() {
  const { document } = window.activeTextEditor!;
  const ranges = await server.ranges(document.uri);
  const editor = window.activeTextEditor;
  if (<<editor|||editor?.document === document>>) editor.setDecorations(style, ranges);
}`),
  ],
  'unstable-iteration': [
    pair('the length asked for once', `const plugins: Plugin[] = []; export function add(p: Plugin) { plugins.push(p); return () => { plugins.splice(plugins.indexOf(p), 1); }; }
export async function start() { <<for (let i = 0, n = plugins.length; i < n; i++) await plugins[i].start();|||const all = plugins.slice(); for (let i = 0, n = all.length; i < n; i++) await all[i].start();>> }`),
    pair('a while that counts', `const plugins: Plugin[] = []; export function add(p: Plugin) { plugins.push(p); return () => { plugins.splice(plugins.indexOf(p), 1); }; }
export async function start() { let i = 0; <<while (i < plugins.length) await plugins[i++].start();|||const all = [...plugins]; while (i < all.length) await all[i++].start();>> }`),
  ],
  'use-before-ready': [
    pair('a hook of a framework that returns nothing', `export class Events { private channel!: Channel; <<onModuleInit() { connect('broker').then((channel) => { this.channel = channel; }); }|||async onModuleInit() { this.channel = await connect('broker'); }>> publish(topic: string) { this.channel.publish(topic); } }`),
    pair('an init that is over at once', `export class Conf { private values?: Map<string, string>; init() { <<void this.load();|||return this.load();>> } private async load() { this.values = await readAll(); } get(key: string) { return this.values!.get(key); } }`),
  ],
  'missing-await': [
    pair('a chain that a reduce makes', `export async function run(steps: Step[]) { const context: Record<string, unknown> = {}; <<|||await >>steps.reduce((before, step) => before.then(() => step.run(context)), Promise.resolve()); return { ...context }; }`),
    pair('a chain that a reduce makes of async functions', `export async function total(files: string[]) { let sum = 0; <<|||await >>files.reduce(async (before, file) => { await before; sum += (await read(file)).length; }, Promise.resolve()); return sum; }`),
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
  'a user who is read at once by the next handler': `let currentUser: User | undefined; export function authenticate(req: Request, res: Response, next: () => void) { currentUser = userOf(req.headers.authorization); next(); } export async function profile(req: Request, res: Response) { const user = currentUser; await audit(req.path); res.json(user); }`,
  'a reduce to a promise, of what nobody looks at': `export function warm(urls: string[]) { const seen = new Set<string>(); urls.reduce((before, url) => before.then(() => load(url, seen)), Promise.resolve()); }`,
  'a limit that is a pause only': `let tries = 0; export async function next() { if (tries >= 3) await new Promise((resolve) => setTimeout(resolve, 1000)); tries++; } export function undo() { tries--; }`,
  'an answer that is laid over the state of now': `let draft = { title: '', savedAt: 0 }; export function edit(title: string) { draft = { ...draft, title }; } export async function save() { const savedAt = await upload(draft); draft = { ...draft, savedAt }; }`,
  'a field made of another that was read before, as its own kind': `let state = { page: 0, seen: 0 }; function patch(part: Partial<typeof state>) { state = { ...state, ...part }; } export async function go() { const { page } = state; const rows = await list(page); patch({ seen: rows.length }); }`,
  'a selection that is written to before and after': `let current: Doc = first; export function select(doc: Doc) { current = doc; } export async function touch(note: string) { current.notes.push(note); const size = await measure(); current.notes.push(size); }`,
  'a list that is worked off by position, and only grows': `const jobs: Job[] = []; export function add(job: Job) { jobs.push(job); } export async function work() { let i = 0; while (i < jobs.length) { await jobs[i].run(); i++; } }`,
  'a set-up in whose method nothing is used unasked': `export class Conf { private values?: Map<string, string>; init() { void this.load(); } private async load() { this.values = await readAll(); } get(key: string) { return this.values?.get(key); } size() { if (!this.values) throw new Error('not yet'); return this.values.size; } }`,
  'another editor for what another question brought': `import { window } from 'vscode'; export async function two() { const a = await left(window.activeTextEditor!.document); show(a); const b = await right(); const editor = window.activeTextEditor; await editor?.edit((edit) => edit.insert(start, b)); }`,
  'fields that are put back over the state of now': `let state = { names: [] as string[], count: 0 }; function put(next: typeof state) { state = next; } export async function add(name: string) { const { length } = name; await check(length); put({ names: [...state.names, name], count: state.count + 1 }); }`,
};

test.each(Object.entries(correct))('%s is met with silence', (_name, code) => expect(findings(code)).toEqual([]));

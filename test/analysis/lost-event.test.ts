import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';

/** A bug and its cure. */
type Pair = readonly [name: string, racy: string, cured: string];

const handler = `export function onMessage(m: Message) { const waiting = pending.get(m.id); pending.delete(m.id); waiting?.resolve(m.result); }`;
const map = `const pending = new Map<string, Waiting>(); let next = 0;`;

const pairs: readonly Pair[] = [
  ['a pending map, written after the await',
    `${map} export async function call(m: string) { const id = String(next++); const d = defer(); await channel.send({ id, m }); pending.set(id, d); return d.promise; } ${handler}`,
    `${map} export async function call(m: string) { const id = String(next++); const d = defer(); pending.set(id, d); await channel.send({ id, m }); return d.promise; } ${handler}`],
  ['the message in a variable of its own',
    `${map} export async function call(m: string) { const id = String(next++); const message = { jsonrpc: '2.0', id, m }; const d = defer(); await writer.write(message); pending.set(id, d); return d.promise; } ${handler}`,
    `${map} export async function call(m: string) { const id = String(next++); const message = { jsonrpc: '2.0', id, m }; const d = defer(); pending.set(id, d); await writer.write(message); return d.promise; } ${handler}`],
  ['the message serialised first',
    `${map} export async function call(m: string) { const id = String(next++); const text = JSON.stringify({ id, m }); const d = defer(); await writer.write(text); pending.set(id, d); return d.promise; } ${handler}`,
    `${map} export async function call(m: string) { const id = String(next++); const text = JSON.stringify({ id, m }); const d = defer(); pending.set(id, d); try { await writer.write(text); } catch (e) { pending.delete(id); throw e; } return d.promise; } ${handler}`],
  ['an async executor, with a failure',
    `${map} export function call(m: string) { const id = String(next++); return new Promise(async (resolve, reject) => { try { await writer.write({ id, m }); pending.set(id, { resolve, reject }); } catch (error) { reject(error); } }); } ${handler}`,
    `${map} export function call(m: string) { const id = String(next++); return new Promise(async (resolve, reject) => { pending.set(id, { resolve, reject }); try { await writer.write({ id, m }); } catch (error) { pending.delete(id); reject(error); } }); } ${handler}`],
  ['a class with private state',
    `export class Rpc { #pending = new Map<number, Waiting>(); #id = 0; async call(m: string) { const id = this.#id++; await this.port.post({ id, m }); return new Promise((resolve) => { this.#pending.set(id, { resolve }); }); } receive(m: Message) { const w = this.#pending.get(m.id); this.#pending.delete(m.id); w?.resolve(m.result); } }`,
    `export class Rpc { #pending = new Map<number, Waiting>(); #id = 0; async call(m: string) { const id = this.#id++; const answer = new Promise((resolve) => { this.#pending.set(id, { resolve }); }); await this.port.post({ id, m }); return answer; } receive(m: Message) { const w = this.#pending.get(m.id); this.#pending.delete(m.id); w?.resolve(m.result); } }`],
  ['a record of callbacks',
    `const waiting: Record<string, Callback> = {}; export async function ask(id: string, cb: Callback) { await bus.publish('ask', id); waiting[id] = cb; } export function answered(id: string, v: string) { const cb = waiting[id]; delete waiting[id]; cb?.(v); }`,
    `const waiting: Record<string, Callback> = {}; export async function ask(id: string, cb: Callback) { waiting[id] = cb; await bus.publish('ask', id); } export function answered(id: string, v: string) { const cb = waiting[id]; delete waiting[id]; cb?.(v); }`],
  ['a promise chain',
    `${map} export function call(m: string) { const id = String(next++); const d = defer(); return channel.send({ id, m }).then(() => { pending.set(id, d); return d.promise; }); } ${handler}`,
    `${map} export function call(m: string) { const id = String(next++); const d = defer(); pending.set(id, d); return channel.send({ id, m }).then(() => d.promise); } ${handler}`],
  ['a listener after the await',
    `export async function ask(socket: Socket, q: string) { await socket.send(q); return new Promise((resolve) => socket.once('answer', resolve)); }`,
    `export async function ask(socket: Socket, q: string) { const answer = new Promise((resolve) => socket.once('answer', resolve)); await socket.send(q); return answer; }`],
  ['a listener of a field',
    `export class Peer { constructor(private readonly wire: Wire) {} async hello() { await this.wire.write('hello'); this.wire.on('data', (d) => this.greet(d)); } private greet(d: string) { log(d); } }`,
    `export class Peer { constructor(private readonly wire: Wire) {} async hello() { this.wire.on('data', (d) => this.greet(d)); await this.wire.write('hello'); } private greet(d: string) { log(d); } }`],
  ['addEventListener',
    `export async function ping(port: Port) { await port.request('ping'); await new Promise((resolve) => port.addEventListener('message', resolve)); }`,
    `export async function ping(port: Port) { const pong = new Promise((resolve) => port.addEventListener('message', resolve)); await port.request('ping'); await pong; }`],
  ['an event that says that it has been done, and a deferred promise',
    `export class Handler { constructor(private readonly client: Client) {} async store(type: string, value: string) { await this.client.setAccountData(type, value); const echo = defer(); const heard = (event: Event) => { if (event.type !== type) return; this.client.off(ClientEvent.AccountData, heard); echo.resolve(); }; this.client.on(ClientEvent.AccountData, heard); await echo.promise; } }`,
    `export class Handler { constructor(private readonly client: Client) {} async store(type: string, value: string) { const echo = defer(); const heard = (event: Event) => { if (event.type !== type) return; this.client.off(ClientEvent.AccountData, heard); echo.resolve(); }; this.client.on(ClientEvent.AccountData, heard); await this.client.setAccountData(type, value); await echo.promise; } }`],
  ['the event that work is named by, once it has been waited for',
    `import { once } from 'node:events'; export async function boot(engine: Engine) { await engine.start(); await once(engine, 'started'); }`,
    `import { once } from 'node:events'; export async function boot(engine: Engine) { const started = once(engine, 'started'); await engine.start(); await started; }`],
  ['an answer to an event of the object itself, given at once',
    `export class Peer extends EventEmitter { ask(body: Body, done: (answer: Answer) => void) { const id = newId(); this.emit('request', id, body); const event = answerTo(id); this.once(event, done); setTimeout(() => this.removeListener(event, done), 500); } answer(id: string, body: Answer) { this.emit(answerTo(id), body); } }`,
    `export class Peer extends EventEmitter { ask(body: Body, done: (answer: Answer) => void) { const id = newId(); const event = answerTo(id); this.once(event, done); setTimeout(() => this.removeListener(event, done), 500); this.emit('request', id, body); } answer(id: string, body: Answer) { this.emit(answerTo(id), body); } }`],
  ['a picker that is shown before it is filled',
    `export async function pick(load: () => Promise<Item[]>) { const picker = window.createQuickPick(); picker.show(); picker.items = await load(); return new Promise((resolve) => { picker.onDidAccept(() => resolve(picker.selectedItems[0])); picker.onDidHide(() => resolve(undefined)); }); }`,
    `export async function pick(load: () => Promise<Item[]>) { const picker = window.createQuickPick(); picker.show(); const picked = new Promise((resolve) => { picker.onDidAccept(() => resolve(picker.selectedItems[0])); picker.onDidHide(() => resolve(undefined)); }); picker.items = await load(); return picked; }`],
  ['a picker whose events are handed to others, and that is filled on some ways only',
    `export async function pick(fill?: (box: Box) => Promise<void>) { const box = vscode.window.createQuickPick<Item>(); try { box.show(); if (fill) { await fill(box); } const accepted = asPromise(box.onDidAccept); return await Promise.race([accepted, asPromise(box.onDidHide)]); } finally { box.dispose(); } }`,
    `export async function pick(fill?: (box: Box) => Promise<void>) { const box = vscode.window.createQuickPick<Item>(); try { box.show(); const accepted = asPromise(box.onDidAccept); const hidden = asPromise(box.onDidHide); if (fill) { await fill(box); } return await Promise.race([accepted, hidden]); } finally { box.dispose(); } }`],
  ['a question that is answered while something is looked up',
    `export async function ask() { const box = window.createInputBox(); box.show(); const known = await readKnown(); box.onDidAccept(() => store(box.value, known)); }`,
    `export async function ask() { const box = window.createInputBox(); const known = await readKnown(); box.onDidAccept(() => store(box.value, known)); box.show(); }`],
  ['a page that speaks as soon as it is loaded',
    `export async function open(page: string) { const panel = window.createWebviewPanel('a', 'A', 1); panel.webview.html = page; const state = await readState(); panel.webview.onDidReceiveMessage((message) => answer(message, state)); }`,
    `export async function open(page: string) { const panel = window.createWebviewPanel('a', 'A', 1); const state = await readState(); panel.webview.onDidReceiveMessage((message) => answer(message, state)); panel.webview.html = page; }`],
  ['an object that is made after the question, and tells of something else',
    `export async function end(id: string) { if (await isFinished(id)) return; const events = createEvents(id); await new Promise<void>((resolve) => { events.once('completed', () => resolve()); }); }`,
    `export async function end(id: string) { const events = createEvents(id); const ended = new Promise<void>((resolve) => { events.once('completed', () => resolve()); }); if (await isFinished(id)) return; await ended; }`],
  ['a message that is posted, and an entry after another wait',
    `${map} export async function call(m: string) { const id = String(next++); worker.postMessage({ id, m }); await report(m); return new Promise((resolve) => { pending.set(id, { resolve }); }); } ${handler}`,
    `${map} export async function call(m: string) { const id = String(next++); const answer = new Promise((resolve) => { pending.set(id, { resolve }); }); worker.postMessage({ id, m }); await report(m); return answer; } ${handler}`],
  ['a message that a helper posts, and a chain before the entry',
    `export class Rpc { #pending = new Map<number, Waiting>(); #id = 0; #tell(body: object) { this.port.postMessage(body); } call(m: string) { const id = this.#id++; this.#tell({ id, m }); return this.log.append(m).then(() => new Promise((resolve) => { this.#pending.set(id, { resolve }); })); } receive(m: Message) { const w = this.#pending.get(m.id); this.#pending.delete(m.id); w?.resolve(m.result); } }`,
    `export class Rpc { #pending = new Map<number, Waiting>(); #id = 0; #tell(body: object) { this.port.postMessage(body); } call(m: string) { const id = this.#id++; const answer = new Promise((resolve) => { this.#pending.set(id, { resolve }); }); this.#tell({ id, m }); return this.log.append(m).then(() => answer); } receive(m: Message) { const w = this.#pending.get(m.id); this.#pending.delete(m.id); w?.resolve(m.result); } }`],
];

const correct: Record<string, string> = {
  'a server that is entered once it runs, and closed by whoever takes it out': `const servers = new Map<string, Running>(); export async function start(id: string) { panel.postMessage({ starting: id }); await stop(id); const server = await listen(id); servers.set(id, { server, since: Date.now() }); } export async function stop(id: string) { const running = servers.get(id); if (running) await running.server.close(); servers.delete(id); }`,
  'what is closed by whoever takes it out': `const servers = new Map<string, Running>(); export async function start(id: string) { panel.postMessage({ starting: id }); await stop(id); servers.set(id, { server: makeServer(id) }); } export async function stop(id: string) { const running = servers.get(id); if (running) await running.server.close(); servers.delete(id); }`,
  'a connection that is made once the question is answered': `export async function probe(path: string) { if (!(await isSocket(path))) return; await new Promise<void>((resolve) => { const socket = net.connect(path, () => { socket.end(); resolve(); }).on('error', () => resolve()); }); }`,
  'posted and registered in one turn, and a wait afterwards': `${map} export async function call(m: string) { const id = String(next++); const d = defer(); worker.postMessage({ id, m }); pending.set(id, d); await report(m); return d.promise; } ${handler}`,
  'an entry that is renewed after a wait': `${map} export async function call(m: string) { const id = String(next++); const d = defer(); worker.postMessage({ id, m }); pending.set(id, d); await report(m); if (pending.has(id)) pending.set(id, withTimeout(d)); return d.promise; } ${handler}`,
  'an entry that is made before the message is posted, after a wait': `${map} export async function call(m: string) { const id = String(next++); const d = defer(); await report(m); pending.set(id, d); worker.postMessage({ id, m }); return d.promise; } ${handler}`,
  'another message that the same helper has posted before': `export class Rpc { #pending = new Map<number, Waiting>(); #id = 0; #tell(body: object) { this.port.postMessage(body); } async call(m: string) { this.#tell({ hello: m }); await this.log.append(m); const id = this.#id++; const answer = new Promise((resolve) => { this.#pending.set(id, { resolve }); }); this.#tell({ id, m }); return answer; } receive(m: Message) { const w = this.#pending.get(m.id); this.#pending.delete(m.id); w?.resolve(m.result); } }`,
  'what comes of its own after the start': `import { once } from 'node:events'; export async function boot(engine: Engine) { await engine.start(); await once(engine, 'message'); }`,
  'an event that is not waited for': `export async function boot(engine: Engine) { await engine.start(); engine.on('started', () => show(engine)); }`,
  'the event of another object': `import { once } from 'node:events'; export async function boot(engine: Engine, car: Car) { await engine.start(); await once(car, 'started'); }`,
  'what is known of a job once it is posted': `const jobs = new Map<string, Job>(); export async function start(id: string) { worker.postMessage({ id }); const job = await describe(id); jobs.set(id, job); } export function end(id: string) { const job = jobs.get(id); jobs.delete(id); job?.log('ended'); }`,
  'sent and registered in one turn': `${map} export function call(m: string) { const id = String(next++); const d = defer(); channel.send({ id, m }); pending.set(id, d); return d.promise; } ${handler}`,
  'a cache of what was written': `const written = new Map<string, Row>(); export async function save(id: string, row: Row) { await store.write(id, row); written.set(id, row); } export function last(id: string) { return written.get(id); }`,
  'an answer that is stored': `export class Store { data = new Map<string, Model>(); async create(id: string) { const res = await client.post('/create', { id }); this.data.set(res.id, new Model(res)); } remove(id: string) { const model = this.data.get(id); this.data.delete(id); model?.dispose(); } }`,
  'a row that is stored once it is written': `export class Store { data = new Map<string, Row>(); async save(id: string, row: Row) { await db.write(id, row); this.data.set(id, row); } remove(id: string) { if (this.data.get(id)?.locked) return; this.data.delete(id); } }`,
  'a box that is shown once somebody listens': `export async function ask(load: () => Promise<Item[]>) { const box = window.createQuickPick(); box.onDidAccept(() => done(box)); box.show(); box.items = await load(); box.onDidTriggerButton(() => box.hide()); box.onDidAccept(() => log('accepted')); }`,
  'a box that is shown when it is filled': `export async function ask(load: () => Promise<Item[]>) { const box = window.createQuickPick(); box.items = await load(); box.show(); return new Promise((resolve) => box.onDidAccept(resolve)); }`,
  'a box that cannot be answered yet': `export async function ask(load: () => Promise<Item[]>) { const box = window.createQuickPick(); box.items = known; box.enabled = false; box.show(); box.items = await load(); box.enabled = true; box.items = box.items.concat(more); return new Promise((resolve) => box.onDidAccept(resolve)); }`,
  'a box with nothing to choose from yet': `export async function ask(load: () => Promise<Item[]>) { const box = window.createQuickPick(); const count = () => box.items.length; box.onDidTriggerButton(() => log(count())); box.show(); box.items = await load(); box.onDidAccept(() => done(box)); }`,
  'a wait on a way that leaves': `export async function ask(load?: () => Promise<Item[]>) { const box = window.createInputBox(); box.show(); if (load) { await load(); return undefined; } return new Promise((resolve) => box.onDidAccept(resolve)); }`,
  'another object is listened to': `export async function go(socket: Socket, timer: Timer) { await socket.send('x'); timer.once('tick', () => log('tick')); }`,
  'a listener that was there before': `export async function go(socket: Socket) { socket.on('answer', keep); await socket.send('x'); socket.on('close', () => log('closed')); }`,
  'what was told is another\'s': `export class Peer extends EventEmitter { open(id: string, done: () => void) { this.emit('opening', id); this.once(\`closed \${id}\`, done); } close(id: string) { setTimeout(() => this.emit(\`closed \${id}\`), 1); } }`,
  'a loop that sends again': `export async function go(socket: Socket) { for (;;) { const answer = new Promise((resolve) => socket.once('answer', resolve)); await socket.send('x'); if (await answer) return; } }`,
};

describe('lost-event', () => {
  test.each(pairs)('is found in %s, and not once it is cured', (_name, racy, cured) => {
    expect(findings(racy).map(({ rule }) => rule)).toEqual(['lost-event']);
    expect(findings(cured)).toEqual([]);
  });

  test.each(Object.entries(correct))('is silent on %s', (_name, code) => {
    expect(findings(code).filter(({ rule }) => rule === 'lost-event')).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';

/** Code that uses what it gave away, and the same job done right. */
const pairs: Record<string, readonly [racy: string, cured: string]> = {
  'a buffer': [
    'export function f(worker) { const buffer = new ArrayBuffer(8); worker.postMessage(buffer, [buffer]); return buffer.byteLength; }',
    'export function f(worker) { const buffer = new ArrayBuffer(8); const size = buffer.byteLength; worker.postMessage(buffer, [buffer]); return size; }',
  ],
  'a view of it': [
    'export function f(worker) { const buffer = new ArrayBuffer(8); const view = new Uint8Array(buffer); worker.postMessage(buffer, [buffer]); view[0] = 1; }',
    'export function f(worker) { const buffer = new ArrayBuffer(8); const view = new Uint8Array(buffer); view[0] = 1; worker.postMessage(buffer, [buffer]); }',
  ],
  'the memory under a view': [
    'export function f(worker) { const view = new Float32Array(64); worker.postMessage(view, [view.buffer]); return view.length; }',
    'export function f(worker) { const view = new Float32Array(64); worker.postMessage(view.slice()); return view.length; }',
  ],
  'another view of the memory': [
    'export function f(port) { const bytes = new Uint8Array(64); const words = new Uint32Array(bytes.buffer); port.postMessage({ bytes }, [bytes.buffer]); return words[1]; }',
    'export function f(port) { const bytes = new Uint8Array(64); const words = new Uint32Array(8); port.postMessage({ bytes }, [bytes.buffer]); return words[1]; }',
  ],
  'a part of a view': [
    'export function f(port) { const all = new Uint8Array(64); const head = all.subarray(0, 8); port.postMessage(all, [all.buffer]); return sum(head); }',
    'export function f(port) { const all = new Uint8Array(64); const head = all.slice(0, 8); port.postMessage(all, [all.buffer]); return sum(head); }',
  ],
  'an option': [
    'export function f(port, data: ArrayBuffer) { port.postMessage({ data }, { transfer: [data] }); log.write(data.byteLength); }',
    'export function f(port, data: ArrayBuffer) { const size = data.byteLength; port.postMessage({ data }, { transfer: [data] }); log.write(size); }',
  ],
  'an origin': [
    'export function f(frame, data: ArrayBuffer) { frame.contentWindow.postMessage({ data }, "https://x.org", [data]); return new DataView(data); }',
    'export function f(frame, data: ArrayBuffer) { frame.contentWindow.postMessage({ data }, "https://x.org"); return new DataView(data); }',
  ],
  'a clone': [
    'export function f(buffer: ArrayBuffer) { const mine = structuredClone(buffer, { transfer: [buffer] }); return new Uint8Array(buffer); }',
    'export function f(buffer: ArrayBuffer) { const mine = structuredClone(buffer, { transfer: [buffer] }); return new Uint8Array(mine); }',
  ],
  'a longer buffer': [
    'export function grow(buffer: ArrayBuffer) { const longer = buffer.transfer(64); new Uint8Array(longer).set(new Uint8Array(buffer)); return longer; }',
    'export function grow(buffer: ArrayBuffer) { const longer = buffer.transfer(64); new Uint8Array(longer).fill(0); return longer; }',
  ],
  'a buffer in its own variable': [
    'export function grow(old: ArrayBuffer) { let buffer = old; const view = new Uint8Array(buffer); buffer = buffer.transfer(64); view[0] = 1; return buffer; }',
    'export function grow(old: ArrayBuffer) { let buffer = old; let view = new Uint8Array(buffer); buffer = buffer.transfer(64); view = new Uint8Array(buffer); view[0] = 1; return buffer; }',
  ],
  'a loop': [
    'export function feed(worker, chunks) { let buffer = new ArrayBuffer(64); for (const chunk of chunks) { new Uint8Array(buffer).set(chunk); worker.postMessage(buffer, [buffer]); } }',
    'export function feed(worker, chunks) { for (const chunk of chunks) { const buffer = new ArrayBuffer(64); new Uint8Array(buffer).set(chunk); worker.postMessage(buffer, [buffer]); } }',
  ],
  'a loop that gives the variable another buffer': [
    'export function feed(worker, chunks) { let buffer = new ArrayBuffer(64); const view = new Uint8Array(buffer); for (const chunk of chunks) { view.set(chunk); worker.postMessage(buffer, [buffer]); buffer = new ArrayBuffer(64); } }',
    'export function feed(worker, chunks) { let buffer = new ArrayBuffer(64); let view = new Uint8Array(buffer); for (const chunk of chunks) { view.set(chunk); worker.postMessage(buffer, [buffer]); buffer = new ArrayBuffer(64); view = new Uint8Array(buffer); } }',
  ],
  'several receivers': [
    'export function spread(workers, table: ArrayBuffer) { for (const worker of workers) worker.postMessage(table, [table]); }',
    'export function spread(workers, table: ArrayBuffer) { for (const worker of workers) { const copy = table.slice(0); worker.postMessage(copy, [copy]); } }',
  ],
  'several receivers of a callback': [
    'export function spread(workers, table: ArrayBuffer) { workers.forEach((worker) => worker.postMessage({ table }, [table])); }',
    'export function spread(workers, table: ArrayBuffer) { workers.forEach((worker) => worker.postMessage({ table })); }',
  ],
  'a port': [
    'export function f(worker) { const { port1, port2 } = new MessageChannel(); worker.postMessage({ port: port2 }, [port2]); port2.on("message", done); }',
    'export function f(worker) { const { port1, port2 } = new MessageChannel(); worker.postMessage({ port: port2 }, [port2]); port1.on("message", done); }',
  ],
  'a port of a channel': [
    'export function f(worker) { const channel = new MessageChannel(); worker.postMessage("port", [channel.port2]); channel.port2.onmessage = done; }',
    'export function f(worker) { const channel = new MessageChannel(); worker.postMessage("port", [channel.port2]); channel.port1.onmessage = done; }',
  ],
  'a stream': [
    'export async function f(worker, response) { const stream = response.body; worker.postMessage({ stream }, [stream]); for await (const chunk of stream) use(chunk); }',
    'export async function f(worker, response) { const [stream, mine] = response.body.tee(); worker.postMessage({ stream }, [stream]); for await (const chunk of mine) use(chunk); }',
  ],
  'an image': [
    'export function f(worker, bitmap, context) { worker.postMessage({ bitmap }, [bitmap]); context.drawImage(bitmap, 0, 0); }',
    'export function f(worker, bitmap, context) { context.drawImage(bitmap, 0, 0); worker.postMessage({ bitmap }, [bitmap]); bitmap.close(); }',
  ],
  'a branch': [
    'export function f(worker, buffer: ArrayBuffer, far) { if (far) worker.postMessage(buffer, [buffer]); return digest(buffer); }',
    'export function f(worker, buffer: ArrayBuffer, far) { if (far) { worker.postMessage(buffer, [buffer]); return; } return digest(buffer); }',
  ],
  'a failure': [
    'export function f(worker, buffer: ArrayBuffer) { try { worker.postMessage(buffer, [buffer]); } finally { digest(buffer); } }',
    'export function f(worker, buffer: ArrayBuffer) { try { worker.postMessage(buffer, [buffer]); } catch { digest(buffer); } }',
  ],
  'a wait': [
    'export async function f(worker) { let buffer = new ArrayBuffer(8); worker.postMessage(buffer, [buffer]); const answer = await once(worker, "message"); return digest(buffer, answer); }',
    'export async function f(worker) { let buffer = new ArrayBuffer(8); worker.postMessage(buffer, [buffer]); buffer = await once(worker, "message"); return digest(buffer); }',
  ],
  'a helper': [
    'function send(worker, payload) { worker.postMessage({ payload }, [payload]); } export function f(worker) { const buffer = new ArrayBuffer(8); send(worker, buffer); return new Uint8Array(buffer)[0]; }',
    'function send(worker, payload) { worker.postMessage({ payload }); } export function f(worker) { const buffer = new ArrayBuffer(8); send(worker, buffer); return new Uint8Array(buffer)[0]; }',
  ],
  'a helper that uses it': [
    'const total = (bytes) => bytes.reduce((a, b) => a + b); export function f(worker) { const bytes = new Uint8Array(8); worker.postMessage(bytes, [bytes.buffer]); return total(bytes); }',
    'const total = (bytes) => bytes.reduce((a, b) => a + b); export function f(worker) { const bytes = new Uint8Array(8); const sum = total(bytes); worker.postMessage(bytes, [bytes.buffer]); return sum; }',
  ],
  'a field': [
    'export class Pump { #bytes = new Uint8Array(64); pump(worker) { worker.postMessage(this.#bytes, [this.#bytes.buffer]); this.#bytes.fill(0); } }',
    'export class Pump { #bytes = new Uint8Array(64); pump(worker) { worker.postMessage(this.#bytes, [this.#bytes.buffer]); this.#bytes = new Uint8Array(64); this.#bytes.fill(0); } }',
  ],
  'a field with a method that renews it': [
    'export class Pump { bytes = new Uint8Array(64); pump(worker) { worker.postMessage(this.bytes, [this.bytes.buffer]); this.rewind(); this.bytes[0] = 1; } rewind() { this.at = 0; } }',
    'export class Pump { bytes = new Uint8Array(64); pump(worker) { worker.postMessage(this.bytes, [this.bytes.buffer]); this.rewind(); this.bytes[0] = 1; } rewind() { this.bytes = new Uint8Array(64); } }',
  ],
  'the next run of a method': [
    'export class Meter { #samples = new Float32Array(128); process(input) { this.#samples.set(input); this.port.postMessage(this.#samples, [this.#samples.buffer]); } }',
    'export class Meter { #samples = new Float32Array(128); process(input) { this.#samples.set(input); this.port.postMessage(this.#samples, [this.#samples.buffer]); this.#samples = new Float32Array(128); } }',
  ],
  'the next run of a handler': [
    'const scratch = new Uint8Array(64); socket.on("data", (data) => { scratch.set(data); worker.postMessage(scratch, [scratch.buffer]); });',
    'const scratch = new Uint8Array(64); socket.on("data", (data) => { scratch.set(data); const copy = scratch.slice(); worker.postMessage(copy, [copy.buffer]); });',
  ],
  'a list with a name': [
    'export function f(worker, image: ArrayBuffer) { const transfer = [image]; worker.postMessage({ image }, transfer); return hash(image); }',
    'export function f(worker, image: ArrayBuffer) { const transfer = []; worker.postMessage({ image }, transfer); return hash(image); }',
  ],
  'a list that grows': [
    'export function f(worker, image: ArrayBuffer) { const transfer = []; transfer.push(image); worker.postMessage({ image }, { transfer }); return hash(image); }',
    'export function f(worker, image: ArrayBuffer, give) { const transfer = []; if (give) transfer.push(image); worker.postMessage({ image }, { transfer }); if (!give) return hash(image); }',
  ],
  'a new worker': [
    'export function f(data: ArrayBuffer) { const worker = new Worker("./w.js", { workerData: data, transferList: [data] }); worker.on("exit", done); return data.slice(0, 4); }',
    'export function f(data: ArrayBuffer) { const head = data.slice(0, 4); const worker = new Worker("./w.js", { workerData: data, transferList: [data] }); worker.on("exit", done); return head; }',
  ],
  'the main scope of a script': [
    'const buffer = new ArrayBuffer(8); self.postMessage(buffer, [buffer]); const view = new Uint8Array(buffer);',
    'const buffer = new ArrayBuffer(8); const view = new Uint8Array(buffer); self.postMessage(buffer, [buffer]);',
  ],
  'a handler of the answer': [
    'export function f(worker) { const pixels = new Uint8ClampedArray(64); worker.onmessage = () => paint(pixels); worker.postMessage(pixels, [pixels.buffer]); }',
    'export function f(worker) { const pixels = new Uint8ClampedArray(64); worker.onmessage = ({ data }) => paint(data); worker.postMessage(pixels, [pixels.buffer]); }',
  ],
  'a timer': [
    'export function f(port) { const bytes = new Uint8Array(64); port.postMessage(bytes, [bytes.buffer]); setTimeout(() => report(bytes.length), 10); }',
    'export function f(port) { const bytes = new Uint8Array(64); const { length } = bytes; port.postMessage(bytes, [bytes.buffer]); setTimeout(() => report(length), 10); }',
  ],
  'a continuation': [
    'export function f(port, job) { const bytes = new Uint8Array(64); port.postMessage(bytes, [bytes.buffer]); return job().then(() => bytes[0]); }',
    'export function f(port, job) { const bytes = new Uint8Array(64); return job().then(() => { port.postMessage(bytes, [bytes.buffer]); }); }',
  ],
  'a message that was taken apart': [
    'export function f() { self.onmessage = ({ data: { id, pixels } }) => { self.postMessage({ id, pixels }, [pixels.buffer]); history.add(pixels[0]); }; }',
    'export function f() { self.onmessage = ({ data: { id, pixels } }) => { history.add(pixels[0]); self.postMessage({ id, pixels }, [pixels.buffer]); }; }',
  ],
  'a part of an object': [
    'export function f(worker, frame) { worker.postMessage(frame, [frame.data.buffer]); return checksum(frame.data[0]); }',
    'export function f(worker, frame) { worker.postMessage(frame, [frame.data.buffer]); return checksum(frame.id); }',
  ],
  'two receivers': [
    'export function f(a, b, data: ArrayBuffer) { a.postMessage({ data }, [data]); b.postMessage({ data }); }',
    'export function f(a, b, data: ArrayBuffer) { a.postMessage({ data }); b.postMessage({ data }, [data]); }',
  ],
  'a remote call': [
    'import * as Comlink from "comlink"; export async function f(api) { const bytes = new Uint8Array(64); await api.load(Comlink.transfer(bytes, [bytes.buffer])); return bytes.at(0); }',
    'import * as Comlink from "comlink"; export async function f(api) { let bytes = new Uint8Array(64); bytes = await api.load(Comlink.transfer(bytes, [bytes.buffer])); return bytes.at(0); }',
  ],
  'a pool of workers': [
    'export async function f(pool, input: ArrayBuffer) { const output = await pool.run({ input }, { transferList: [input] }); return compare(input, output); }',
    'export async function f(pool, input: ArrayBuffer) { const output = await pool.run({ input: input.slice(0) }); return compare(input, output); }',
  ],
};

describe.each(Object.entries(pairs))('%s', (_, [racy, cured]) => {
  test('is reported once', () => expect(findings(racy).map(({ rule }) => rule)).toEqual(['use-after-transfer']));
  test('is met with silence when cured', () => expect(findings(cured)).toEqual([]));
});

test.each([
  ['asking whether it is detached', 'export function f(worker, buffer: ArrayBuffer) { worker.postMessage(buffer, [buffer]); if (buffer.byteLength === 0) count(); if (buffer.detached) count(); }'],
  ['letting go of it', 'export class A { f(worker) { worker.postMessage(this.port, [this.port]); this.port = null; } g(worker, port) { worker.postMessage(port, [port]); this.ports.delete(port); port.close(); } }'],
  ['conditions that exclude each other', 'export function f(worker, buffer: ArrayBuffer, isLast) { if (isLast) worker.postMessage(buffer, [buffer]); count(); if (!isLast) fill(buffer); }'],
  ['a list that is empty at times', 'export function f(worker, buffer: ArrayBuffer, give) { worker.postMessage({ buffer }, give ? [buffer] : []); return hash(buffer); }'],
  ['a message without a list', 'export function f(worker, buffer: ArrayBuffer) { worker.postMessage({ buffer }); return hash(buffer); }'],
  ['an origin in place of a list', 'export function f(buffer: ArrayBuffer) { window.postMessage({ buffer }, "*"); return hash(buffer); }'],
  ['money', 'export async function f(token, to) { await token.transfer(to); return token.balance(); }'],
  ['another element', 'export function f(worker, buffers, count) { for (let i = 0; i < count; i++) worker.postMessage(buffers[i], [buffers[i]]); }'],
  ['each element once', 'export function f(worker, buffers) { for (const buffer of buffers) worker.postMessage(buffer, [buffer]); }'],
  ['a call of many', 'const shared = new Uint8Array(8); export function start(worker) { worker.postMessage(shared, [shared.buffer]); }'],
  ['a field that the answer brings back', 'export class A { #bytes = new Uint8Array(8); constructor(worker) { worker.onmessage = ({ data }) => { this.#bytes = data; }; } push(worker, input) { this.#bytes.set(input); worker.postMessage(this.#bytes, [this.#bytes.buffer]); } }'],
  ['a variable that the answer brings back', 'let bytes = new Uint8Array(8); worker.onmessage = ({ data }) => { bytes = data; }; export async function push(input) { worker.postMessage(bytes, [bytes.buffer]); await turn(); bytes.set(input); }'],
  ['a copy made before', 'export function f(worker, view: Uint8Array) { const copy = new Uint8Array(view); worker.postMessage(copy, [copy.buffer]); return view[0]; }'],
  ['a test of what is transferred', 'test("moves", () => { const buffer = new ArrayBuffer(8); port.postMessage(buffer, [buffer]); assert.strictEqual(buffer.byteLength, 0); expect(buffer.byteLength).toBe(0); });'],
])('%s is met with silence', (_, code) => expect(findings(code)).toEqual([]));

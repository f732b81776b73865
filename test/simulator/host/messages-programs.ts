/** Facts about cloning and channels, each a program that logs. `wait` lets everything come to rest. */
export const prelude = `
const { receiveMessageOnPort } = require('worker_threads');
const wait = async () => { for (let n = 0; n < 8; n++) await new Promise((resolve) => setImmediate(resolve)); };
const logged = (...values) => log(values.map(String).join(' '));
const guard = (f) => { try { logged(f()); } catch (e) { logged('threw', e.name, e.code); } };
const watched = (name, port) => { port.on('message', (v) => logged(name, v)); port.on('close', () => logged(name, 'closed')); return port; };
const pair = () => { const { port1, port2 } = new MessageChannel(); watched('p1', port1); watched('p2', port2); return [port1, port2]; };
`;

export const channelPrograms: Readonly<Record<string, string>> = {
  'messages arrive in order, each a turn of its own': `const { port1, port2 } = new MessageChannel();
    port2.on('message', (v) => { logged(v); Promise.resolve().then(() => logged('job', v)); process.nextTick(() => logged('tick', v)); if (v === 3) port2.close(); });
    port1.postMessage(1); port1.postMessage(2); logged('sync'); port1.postMessage(3);`,
  'posting before the port is started keeps the messages': `const { port1, port2 } = new MessageChannel(); port1.postMessage('early'); wait().then(() => port2.on('message', (v) => { logged(v); port1.close(); }));`,
  'onmessage starts, and is given an event': `const { port1, port2 } = new MessageChannel();
    port2.onmessage = function (e) { logged(e.constructor.name, e.type, e.data, e.target === port2, this === port2, e.ports.length, e.source, e.origin === '', e.isTrusted); port2.close(); }; port1.postMessage(1);`,
  'addEventListener starts as well': `const { port1, port2 } = new MessageChannel(); port2.addEventListener('message', (e) => { logged(e.data); port2.close(); }); port1.postMessage(1);`,
  'once takes one, the next waits': `const { port1, port2 } = new MessageChannel(); port2.once('message', (v) => logged(v)); port1.postMessage(1); port1.postMessage(2); wait().then(() => port2.once('message', (v) => { logged(v); port2.close(); }));`,
  'taking the last listener away stops the port': `const { port1, port2 } = new MessageChannel(); const f = (v) => { logged(v); port2.off('message', f); wait().then(() => port2.on('message', (v) => { logged('again', v); if (v === 3) port2.close(); })); };
    port2.on('message', f); port1.postMessage(1); port1.postMessage(2); port1.postMessage(3);`,
  'onmessage can be taken away and set again': `const { port1, port2 } = new MessageChannel(); port2.onmessage = (e) => { logged(e.data); port2.onmessage = null; }; port1.postMessage(1); port1.postMessage(2);
    wait().then(() => { port2.onmessage = (e) => { logged('b', e.data); port2.close(); }; });`,
  'started without a listener, a message is lost': `const { port1, port2 } = new MessageChannel(); port1.postMessage(1); port2.start(); wait().then(() => { port2.on('message', (v) => logged('lost', v)); port1.postMessage(2); return wait(); }).then(() => port1.close());`,
  'what was posted before a close arrives, what is posted after it does not': `const { port1, port2 } = new MessageChannel(); watched('p2', port2); port1.postMessage('x'); port1.close(); port1.postMessage('y'); logged('sync');`,
  'a closed port receives nothing, and both ends are told': `const [p1, p2] = pair(); p2.postMessage('x'); p1.close(); p2.postMessage('y'); logged('sync');`,
  'a port that is closed while it receives still gets what has come': `const { port1, port2 } = new MessageChannel(); port2.on('message', (v) => { logged(v); if (v === 1) port2.close(); }); port2.on('close', () => logged('c2')); port1.on('close', () => logged('c1')); port1.postMessage(1); port1.postMessage(2);`,
  'an end that was not started is told of the close after its messages': `const { port1, port2 } = new MessageChannel(); port2.on('close', () => logged('c2')); port1.postMessage('x'); port1.close(); wait().then(() => { logged('later'); port2.on('message', (v) => logged(v)); });`,
  'close calls back': `const { port1, port2 } = new MessageChannel(); port2.on('close', () => logged('c2')); port1.close(() => logged('called back')); logged('sync');`,
  'receiveMessageOnPort takes at once': `const { port1, port2 } = new MessageChannel(); port1.postMessage(1); port1.postMessage(undefined); logged(JSON.stringify([receiveMessageOnPort(port2), receiveMessageOnPort(port2)]), receiveMessageOnPort(port2)); guard(() => receiveMessageOnPort({})); port1.close();`,
  'a transferred port takes its messages along, and its old object does nothing': `const a = new MessageChannel(), b = new MessageChannel(); b.port1.postMessage('early');
    a.port2.on('message', (m) => { m.on('message', (v) => { logged('via', v); if (v === 'late') { m.close(); a.port1.close(); } }); logged(m instanceof MessagePort, m === b.port2); });
    a.port1.postMessage(b.port2, [b.port2]); b.port2.postMessage(1); logged('posted'); b.port1.postMessage('late');`,
  'ports of a message are in the event': `const { port1, port2 } = new MessageChannel(), c = new MessageChannel(); port2.onmessage = (e) => { logged(e.ports.length, e.data.deep[0] === e.ports[0]); port2.close(); e.ports[0].close(); }; port1.postMessage({ deep: [c.port1] }, { transfer: [c.port1] });`,
  'what cannot be posted': `const { port1, port2 } = new MessageChannel(), c = new MessageChannel(); guard(() => port1.postMessage(() => 1)); guard(() => port1.postMessage()); guard(() => port1.postMessage(1, [port1])); guard(() => port1.postMessage(c.port1)); guard(() => port1.postMessage(1, [c.port1, c.port1]));
    guard(() => port1.postMessage(1, [{}])); guard(() => port1.postMessage(c.port1, 3)); guard(() => new MessagePort()); port1.close(); c.port1.close();`,
  'a value is cloned when it is posted': `const { port1, port2 } = new MessageChannel(); const value = { n: 1 }; port2.on('message', (v) => { logged(v.n, v === value); port2.close(); }); port1.postMessage(value); value.n = 2;`,
  'buffers are moved': `const { port1, port2 } = new MessageChannel(); const bytes = new Uint8Array([1, 2, 3]); port2.on('message', (v) => { logged([...v], v.buffer.byteLength); port2.close(); }); port1.postMessage(bytes, [bytes.buffer]); logged(bytes.length, bytes.buffer.byteLength);`,
  'an error in a listener does not stop the port': `const { port1, port2 } = new MessageChannel(); port2.on('message', (v) => { logged(v); if (v === 2) port2.close(); process.nextTick(() => logged('tick')); }); port2.on('message', (v) => { if (v === 1) throw 7; }); port1.postMessage(1); port1.postMessage(2);`,
  'ports are emitters': `const { port1, port2 } = new MessageChannel(); port2.on('foo', (v) => logged('foo', v)); port2.addEventListener('foo', (e) => logged(e.constructor.name, e.detail)); logged(port2.emit('foo', 3), port2.listenerCount('foo'), port2.emit('bar')); port1.close();`,
  'broadcast reaches all others of the name, in order': `const [a, b, c] = ['x', 'x', 'y'].map((name) => new BroadcastChannel(name)); const got = { a: [], b: [], c: [] };
    for (const [n, q] of Object.entries({ a, b, c })) q.onmessage = (e) => got[n].push(e.data + e.constructor.name + (e.target === q) + q.name);
    a.postMessage(1); b.postMessage(2); a.postMessage(3); wait().then(() => { logged(JSON.stringify(got)); for (const q of [a, b, c]) q.close(); });`,
  'a closed broadcast channel neither sends nor receives': `const a = new BroadcastChannel('x'), b = new BroadcastChannel('x'); b.onmessage = (e) => logged('b', e.data); a.postMessage(1); a.close(); guard(() => a.postMessage(2)); guard(() => new BroadcastChannel());
    wait().then(() => { const c = new BroadcastChannel('x'); c.postMessage(3); b.close(); c.close(); return wait(); }).then(() => logged('end'));`,
  'MessageEvent': `const e = new MessageEvent('message', { data: 1, origin: 'o', lastEventId: 5 }); logged(e.data, e.origin, e.lastEventId, e.source, e.ports.length, e instanceof Event); const t = new EventTarget(); t.addEventListener('message', (e) => logged(e.data)); t.dispatchEvent(e);`,
};

const clones: readonly string[] = [
  '[1, , 3]', 'Object.assign([1, 2], { extra: 1, length: 5 })', '({ a: undefined, b: null, c: -0, d: NaN, e: 1n, f: [Infinity, -Infinity] })', 'new Map([[{ a: 1 }, new Set([1, [2]])]])',
  'new Date(5)', 'new Date(NaN)', '/a(b)/giu', 'Object.assign(/x/g, { lastIndex: 3 })', '[Object(1), Object("s"), Object(true), Object(2n)]', 'new TypeError("m", { cause: [1] })',
  'Object.assign(new RangeError("m"), { extra: 1, name: "Own" })', 'new (class Own extends TypeError { constructor() { super("m"); this.name = "URIError"; } })()', 'new AggregateError([1], "m")', 'Object.assign(new Error("m"), { message: { toString: () => "text" } })',
  'new ArrayBuffer(3)', 'new Uint8Array([1, 2, 3]).subarray(1)', 'new DataView(new ArrayBuffer(8), 2, 3)', 'new Float64Array(2)', 'new BigInt64Array([5n])', 'new Uint8ClampedArray([300])', 'new Uint16Array(new ArrayBuffer(4, { maxByteLength: 8 }))', 'new Uint16Array(new ArrayBuffer(4, { maxByteLength: 4 }), 2)', 'new ArrayBuffer(2, { maxByteLength: 4 })',
  '(() => { const b = new ArrayBuffer(8); return [b, new Uint8Array(b, 1, 2), new Uint8Array(b, 4)]; })()', '(() => { const a = [1]; a.push(a, { a }); return a; })()', '(() => { const m = new Map(); m.set(m, m); return m; })()', '(() => { const s = {}; return [s, s, new Set([s])]; })()',
  'new (class A { x = 1; #y = 2; get z() { return 3; } })()', 'Object.create({ inherited: 1 }, { own: { value: 1, enumerable: true }, hidden: { value: 2 } })', '({ get a() { return 4; }, [Symbol()]: 1 })', 'Object.freeze({ a: 1 })', '({ get a() { delete this.b; return 1; }, b: 2 })', '({ __proto__: null, a: 1 })', 'JSON.parse(\'{"__proto__": 5}\')',
  '() => 1', 'class A {}', 'Symbol("s")', 'Object(Symbol())', 'new WeakMap()', 'new WeakSet()', 'new WeakRef({})', 'Promise.resolve()', '(function* () {})()', '(async function* () {})()', '[].values()', 'new Map().keys()', '({ deep: [() => 1] })', '(function () { return arguments; })(1)', 'new Event("x")', 'new EventTarget()', 'new DOMException("m", "AbortError")', 'Math', '"text"', 'undefined', 'null',
];

const transfers: readonly string[] = [
  `const b = new ArrayBuffer(4); const c = structuredClone({ b, v: new Uint8Array(b, 1) }, { transfer: [b] }); logged(b.byteLength, c.b.byteLength, c.v.length, c.v.buffer === c.b); guard(() => new Uint8Array(b)); guard(() => structuredClone(b)); guard(() => b.slice());`,
  `const b = new ArrayBuffer(4); structuredClone(1, { transfer: [b] }); logged(b.byteLength); guard(() => structuredClone(1, { transfer: [b] }));`,
  `const b = new ArrayBuffer(4); guard(() => structuredClone([b, () => 1], { transfer: [b] })); logged(b.byteLength);`,
  `const b = new ArrayBuffer(1); guard(() => structuredClone(1, { transfer: [b, b] })); guard(() => structuredClone(1, { transfer: [{}] })); guard(() => structuredClone(1, { transfer: 3 })); guard(() => structuredClone(1, 5)); guard(() => structuredClone(1, null)); guard(() => structuredClone());`,
  `const b = new ArrayBuffer(2, { maxByteLength: 4 }); const c = structuredClone(b, { transfer: [b] }); logged(c.maxByteLength, c.resizable, b.byteLength);`,
  `const { port1, port2 } = new MessageChannel(); const moved = structuredClone([port1], { transfer: [port1] })[0]; moved.on('message', (v) => { logged(v); moved.close(); }); port2.postMessage('x'); logged(moved !== port1);`,
];

/** What a clone shows of itself: kinds, prototypes, own keys, identities. */
const shown = `
const seen = new Map();
const shape = (v) => {
  if (typeof v !== 'object' || v === null) return Object.is(v, -0) ? '-0' : typeof v + ' ' + String(v);
  if (seen.has(v)) return '#' + seen.get(v);
  seen.set(v, seen.size);
  const proto = Object.getPrototypeOf(v);
  const kind = (proto === null ? 'null' : proto.constructor.name) + (v instanceof Date ? ' ' + v.getTime() : v instanceof RegExp ? ' ' + v + v.lastIndex : '') + (v instanceof ArrayBuffer ? ' ' + v.byteLength + ' ' + v.resizable + ' ' + v.maxByteLength + ' ' + [...new Uint8Array(v)] : '');
  const inner = v instanceof Map ? [...v].map(([k, x]) => shape(k) + '=>' + shape(x)) : v instanceof Set ? [...v].map(shape) : ArrayBuffer.isView(v) ? [v.byteOffset, v.byteLength, shape(v.buffer)] : [];
  const boxed = [Number, String, Boolean, BigInt].some((B) => v instanceof B) ? ' ' + String(v.valueOf()) : '';
  const keys = ArrayBuffer.isView(v) ? [] : Reflect.ownKeys(v).filter((key) => key !== 'stack').map((key) => { const d = Object.getOwnPropertyDescriptor(v, key); return String(key) + (d.enumerable ? '' : '!') + (d.writable ? '' : '?') + ':' + ('value' in d ? shape(d.value) : 'getter'); });
  return kind + boxed + '(' + [...inner, ...keys].join(', ') + ')';
};
`;

export const clonePrograms: Readonly<Record<string, string>> = {
  ...Object.fromEntries(clones.map((text) => [text, `${shown} try { log(shape(structuredClone(${text}))); } catch (e) { logged('threw', e.name, e.code, e instanceof DOMException); }`])),
  ...Object.fromEntries(transfers.map((text) => [text, text])),
};

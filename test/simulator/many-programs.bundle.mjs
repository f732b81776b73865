// src/simulator/explore/trace.ts
var UNSETTLED = Number.MAX_SAFE_INTEGER;

// src/simulator/explore/cuts.ts
var NO_BODY = new Uint32Array(0);

// src/simulator/explore/footprint.ts
var WHOLE = "*";
var Keys = class {
  #byObject = /* @__PURE__ */ new Map();
  /** By key: the key of the whole object that it belongs to (its own number if it is that). */
  whole = [];
  of(object, property) {
    let properties = this.#byObject.get(object);
    if (properties === void 0) {
      properties = /* @__PURE__ */ new Map();
      this.#byObject.set(object, properties);
      this.#add(properties, WHOLE, this.whole.length);
    }
    const name2 = typeof property === "string" ? property : String(property);
    return properties.get(name2) ?? this.#add(properties, name2, properties.get(WHOLE) ?? 0);
  }
  #add(properties, name2, whole) {
    const key = this.whole.length;
    this.whole.push(whole);
    properties.set(name2, key);
    return key;
  }
};
var Footprint = class _Footprint {
  keys;
  reads;
  writes;
  /** What the turn gave to each of `writes`, rank by rank, if guards may ask for it. */
  values;
  /** One bit for each touched object, folded into 32: most pairs of turns are told apart by these alone. */
  #readMask;
  #writeMask;
  constructor(keys, reads, writes, values) {
    this.keys = keys;
    this.reads = reads;
    this.writes = writes;
    this.values = values;
    this.#readMask = maskOf(keys, reads);
    this.#writeMask = maskOf(keys, writes);
  }
  /** The same, with what it gave to each of its writes. */
  giving(values) {
    return new _Footprint(this.keys, this.reads, this.writes, values);
  }
  /** Touches the same locations in the same ways. */
  isLike(other) {
    if (isSameList(this.writes, other.writes) && isSameList(this.reads, other.reads)) return true;
    return isSameSet(this.writes, other.writes) && isSameSet(this.#onlyRead(), other.#onlyRead());
  }
  /** Touches no location but this one. */
  isOnly(key) {
    return this.reads.every((read) => read === key) && this.writes.every((write2) => write2 === key);
  }
  #onlyRead() {
    return this.reads.filter((key) => !this.writes.includes(key));
  }
  conflictsWith(other) {
    if ((this.#writeMask & (other.#readMask | other.#writeMask)) === 0 && (this.#readMask & other.#writeMask) === 0) return false;
    const { whole } = this.keys;
    return overlaps(whole, this.writes, other.writes) || overlaps(whole, this.writes, other.reads) || overlaps(whole, this.reads, other.writes);
  }
};
function isSameList(some, others) {
  if (some.length !== others.length) return false;
  for (let i = 0; i < some.length; i++) if (some[i] !== others[i]) return false;
  return true;
}
function isSameSet(some, others) {
  return some.length === others.length && some.every((key) => others.includes(key));
}
function maskOf(keys, touched) {
  let mask = 0;
  for (let i = 0; i < touched.length; i++) mask |= 1 << (keys.whole[touched[i]] * 2654435761 >>> 27);
  return mask;
}
function overlaps(whole, left, right) {
  for (let i = 0; i < left.length; i++) {
    const a = left[i];
    const wholeOfA = whole[a];
    for (let j = 0; j < right.length; j++) {
      const b = right[j];
      if (a === b || wholeOfA === b || whole[b] === a) return true;
    }
  }
  return false;
}
var NOTHING = [];
var FootprintRecorder = class {
  keys;
  #reads = [];
  #writes = [];
  #turn = 0;
  #readIn = [];
  #writtenIn = [];
  #empty;
  constructor(keys = new Keys()) {
    this.keys = keys;
    this.#empty = new Footprint(keys, NOTHING, NOTHING);
  }
  touch(object, property, kind) {
    this.touchKey(this.keys.of(object, property), kind);
  }
  touchKey(key, kind) {
    while (this.#readIn.length <= key) {
      this.#readIn.push(-1);
      this.#writtenIn.push(-1);
    }
    if (this.#writtenIn[key] === this.#turn) return;
    if (kind === "write") {
      this.#writtenIn[key] = this.#turn;
      this.#writes.push(key);
    } else if (this.#readIn[key] !== this.#turn) {
      this.#readIn[key] = this.#turn;
      this.#reads.push(key);
    }
  }
  /** The footprint since the last call. */
  take() {
    this.#turn++;
    if (this.#reads.length === 0 && this.#writes.length === 0) return this.#empty;
    const footprint = new Footprint(this.keys, this.#reads, this.#writes);
    this.#reads = [];
    this.#writes = [];
    return footprint;
  }
};

// src/simulator/explore/random.ts
function randomNumbers(seed) {
  let state = seed | 0;
  return () => {
    state = state + 1831565813 | 0;
    let mixed = Math.imul(state ^ state >>> 15, 1 | state);
    mixed = mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed;
    return ((mixed ^ mixed >>> 14) >>> 0) / 4294967296;
  };
}

// test/simulator/host/random-events.ts
function randomEventProgram(random) {
  const writer = new Writer(random);
  return `${prelude}
${laters[writer.below(laters.length)]}
${writer.program()}`;
}
var laters = [
  `const later = (f) => void setTimeout(f, 1); const pause = (v, o) => require('timers/promises').setTimeout(1, v, o);`,
  `const later = (f) => void setImmediate(f); const pause = (v, o) => require('timers/promises').setImmediate(v, o);`,
  `const wire = new MessageChannel(); const jobs = []; let posted = 0, done = 0;
const later = (f) => { track(1); jobs.push(f); wire.port1.postMessage(posted++); };
const pause = (v) => new Promise((resolve) => later(() => resolve(v)));
wire.port2.on('message', (n) => { track(-1); jobs[n](); });
later(() => {});`
];
var prelude = `
const { EventEmitter, once, on } = require('events');
let fuel = 40;
const spend = () => fuel-- > 0;
const show = (value) => {
  if (value instanceof Event) return 'event ' + value.type + ' ' + value.eventPhase + ' ' + value.defaultPrevented + ' ' + show(value.detail);
  if (value instanceof Error || (typeof DOMException === 'function' && value instanceof DOMException)) return 'error ' + value.name + ' ' + value.code + ' ' + show(value.cause);
  if (typeof value === 'function') return 'function';
  if (typeof value === 'symbol') return String(value);
  if (value instanceof Map) return 'map ' + show([...value]);
  if (value instanceof Set) return 'set ' + show([...value]);
  if (value instanceof Date) return 'date ' + value.getTime();
  if (value instanceof Promise) return 'promise';
  if (Array.isArray(value)) return '[' + value.map(show).join(' ') + ']';
  if (ArrayBuffer.isView(value)) return value.constructor.name + ' ' + value.byteOffset + ' ' + value.byteLength;
  if (typeof value === 'object' && value !== null) return '{' + Object.keys(value).map((key) => key + ' ' + show(value[key])).join(' ') + '}';
  return Object.is(value, -0) ? '-0' : typeof value === 'bigint' ? value + 'n' : String(value);
};
const guard = (label, f) => { try { const r = f(); log(label + ' ' + show(typeof r === 'object' && r !== null && !Array.isArray(r) ? 'object' : r)); } catch (e) { log(label + ' threw ' + show(e)); } };
const settle = (label, p) => p.then((v) => log(label + ' ' + show(v)), (e) => log(label + ' failed ' + show(e)));
const emitters = [new EventEmitter(), new (class Own extends EventEmitter { constructor() { super({ captureRejections: true }); } })(), new EventEmitter()];
emitters[2][Symbol.for('nodejs.rejection')] = (error, type, ...args) => log('rejection ' + show(error) + ' ' + String(type) + ' ' + show(args));
const targets = [new EventTarget(), new (class Target extends EventTarget {})()];
const controllers = [new AbortController(), new AbortController()];
const any = AbortSignal.any([controllers[0].signal, controllers[1].signal]);
const f = [0, 1, 2].map((n) => function (...args) { log('f' + n + ' ' + show(args) + ' ' + (emitters.includes(this) || targets.includes(this))); });
const g = [0, 1].map((n) => ({ handleEvent(event) { log('g' + n + ' ' + show(event) + (this === g[n])); } }));
`;
var Writer = class {
  #random;
  #labels = 0;
  #budget = 45;
  constructor(random) {
    this.#random = random;
  }
  program() {
    return `${Array.from({ length: 5 + this.below(8) }, () => this.#statement(3)).join("\n")}
log('end of main');`;
  }
  #statement(depth) {
    if (this.#budget-- <= 0) return `log('${this.#label()}');`;
    return this.#pick([() => this.#emitter(depth), () => this.#emitter(depth), () => this.#emitter(depth), () => this.#target(depth), () => this.#target(depth), () => this.#signal(depth), () => this.#waiting(depth), () => this.#waiting(depth), () => this.#schedule(depth), () => this.#clone()])();
  }
  #nested(depth) {
    return depth > 0 ? `if (spend()) { ${this.#statement(depth - 1)} }` : "";
  }
  #emitter(depth) {
    const e = `emitters[${this.below(3)}]`;
    const listener = () => this.#pick([
      () => `f[${this.below(3)}]`,
      () => `f[${this.below(3)}]`,
      () => `(...args) => { log('${this.#label()} ' + show(args)); ${this.#nested(depth)} }`,
      () => `async () => { log('${this.#label()}'); ${this.#pick(["", "await null; "])}throw ${this.#number()}; }`,
      () => `() => { log('${this.#label()}'); return ${this.#pick(["1", "null", `{ then(a, b) { log('then'); b(${this.#number()}); } }`, `{ get then() { throw ${this.#number()}; } }`])}; }`
    ])();
    const type = this.#type();
    return this.#guarded(this.#pick([
      () => `${e}.${this.#pick(["on", "on", "on", "addListener", "once", "once", "prependListener", "prependOnceListener"])}(${type}, ${listener()})`,
      () => `${e}.${this.#pick(["on", "on", "once", "prependListener"])}(${type}, ${listener()})`,
      () => `${e}.emit(${type}${this.#pick(["", `, ${this.#number()}`, `, ${this.#number()}, 'x'`])})`,
      () => `${e}.emit(${type}, ${this.#number()})`,
      () => `${e}.emit(${type}, ${this.#number()})`,
      () => `${e}.emit('error', ${this.#pick([`new Error('e')`, `new TypeError('e')`, `'text'`, "7", "{ a: 1 }", ""])})`,
      () => `${e}.${this.#pick(["off", "removeListener"])}(${type}, f[${this.below(3)}])`,
      () => `${e}.removeAllListeners(${this.#pick(["", type, type])})`,
      () => `${e}.eventNames().map(String)`,
      () => `[${e}.listenerCount(${type}), ${e}.listenerCount(${type}, f[0]), ${e}.listeners(${type}).map((l) => f.indexOf(l)), ${e}.rawListeners(${type}).map((l) => f.indexOf(l))]`,
      () => `${e}.on(${this.#pick(["'newListener'", "'removeListener'", "require('events').errorMonitor", "'error'"])}, ${this.#pick([`(...args) => { log('${this.#label()} ' + show(args)); ${this.#nested(depth)} }`, "f[0]", "f[1]"])})`,
      () => `${e}.on('a', ${this.#pick(["undefined", "null", "3", "{}"])})`
    ])());
  }
  #target(depth) {
    const t = this.#pick(["targets[0]", "targets[1]", "targets[0]", "controllers[0].signal", "any"]);
    const type = t.startsWith("targets") ? this.#pick([`'a'`, `'a'`, `'b'`]) : `'abort'`;
    const listener = () => this.#pick([
      () => `f[${this.below(3)}]`,
      () => `g[${this.below(2)}]`,
      () => `function (event) { log('${this.#label()} ' + show(event) + (this === event.target)); ${this.#pick(["", "", "event.preventDefault();", "event.stopImmediatePropagation();", "event.stopPropagation();"])} ${this.#nested(depth)} }`,
      () => `() => { log('${this.#label()}'); throw ${this.#number()}; }`,
      () => `async () => { log('${this.#label()}'); throw ${this.#number()}; }`,
      () => `{ handleEvent() { log('${this.#label()}'); throw ${this.#number()}; } }`
    ])();
    const options = this.#pick(["", "", ", { once: true }", ", true", ", { capture: true }", ", { passive: true }", ", { signal: controllers[1].signal }", ", { once: true, signal: any }"]);
    return this.#guarded(this.#pick([
      () => `${t}.addEventListener(${type}, ${listener()}${options})`,
      () => `${t}.addEventListener(${type}, ${listener()}${options})`,
      () => `${t}.dispatchEvent(new ${this.#pick([`Event(${type}`, `Event(${type}, { cancelable: true }`, `CustomEvent(${type}, { detail: ${this.#number()}, cancelable: true }`])}))`,
      () => `${t}.dispatchEvent(new Event(${type}, { cancelable: true, bubbles: true }))`,
      () => `${t}.removeEventListener(${type}, ${this.#pick(["f[0]", "f[1]", "f[2]", "g[0]", "g[1]"])}${this.#pick(["", "", ", true", ", { capture: true }"])})`,
      () => `require('events').getEventListeners(${t}, ${type}).map((l) => f.indexOf(l))`,
      () => `${t}.${this.#pick([`addEventListener(${type})`, `addEventListener(${type}, 3)`, `addEventListener(${type}, null)`, `dispatchEvent({})`, `dispatchEvent()`, `addEventListener(${type}, f[0], { signal: 3 })`])}`
    ])());
  }
  #signal(depth) {
    const c = `controllers[${this.below(2)}]`;
    return this.#guarded(this.#pick([
      () => `${c}.abort(${this.#pick(["", this.#number(), `new Error('stop')`])})`,
      () => `[${c}.signal.aborted, ${c}.signal.reason, any.aborted]`,
      () => `any.throwIfAborted()`,
      () => `(${this.#pick(["any", `${c}.signal`])}.onabort = ${this.#pick(["null", "f[0]", `() => { log('${this.#label()}'); ${this.#nested(depth)} }`])}, 0)`,
      // Not in a listener: Node 20 fails an assertion of its own where a signal is followed that is just being aborted.
      () => depth < 3 ? "any.reason" : `AbortSignal.any([any, ${c}.signal, AbortSignal.abort(${this.#number()})]).reason`,
      () => depth < 3 ? "any.aborted" : `AbortSignal.any([any, ${c}.signal]).addEventListener('abort', f[2])`,
      () => `new AbortSignal()`
    ])());
  }
  #waiting(depth) {
    const e = this.#pick(["emitters[0]", "emitters[1]", "emitters[2]", "targets[0]"]);
    const type = this.#pick([`'a'`, `'a'`, `'b'`, `'error'`]);
    const options = this.#pick(["", "", `, { signal: controllers[${this.below(2)}].signal }`, `, { signal: any }`]);
    const label = this.#label();
    return this.#pick([
      () => `settle('${label}', once(${e}, ${type}${options}));`,
      () => `settle('${label}', once(${e}, ${type}${options}));`,
      () => `(async () => { try { for await (const args of on(${e}, ${type}${options})) { log('${label} ' + show(args)); ${this.#pick(["", "break;", `if (args[0] % 2) return 'odd';`, "await null;", `throw ${this.#number()};`])} ${this.#nested(depth)} } } catch (error) { log('${label} caught ' + show(error)); } finally { log('${label} over'); } })();`,
      () => `{ const it = on(emitters[${this.below(3)}], 'a', { close: ['b'] }); ${Array.from({ length: 1 + this.below(4) }, () => this.#pick([() => `settle('${this.#label()}', it.next());`, () => `settle('${this.#label()}', it.next());`, () => `settle('${this.#label()}', it.return());`, () => `guard('${this.#label()}', () => it.throw(${this.#pick([`new Error('x')`, "3"])}));`, () => `guard('${this.#label()}', () => emitters[0].emit('a', ${this.#number()}));`])()).join(" ")} }`,
      () => `settle('${label}', pause(${this.#number()}${options}));`,
      () => `(async () => { await pause(); ${this.#statement(depth - 1)} })();`
    ])();
  }
  #schedule(depth) {
    const how = this.#pick(["queueMicrotask", "process.nextTick", "later", "later", "Promise.resolve().then"]);
    return `${how}(() => { log('${this.#label()}'); ${this.#nested(depth)} });`;
  }
  #clone() {
    const value = (depth) => this.#pick([
      () => this.#pick([this.#number(), "-0", "NaN", "undefined", "null", `'s'`, "true", `${this.#number()}n`]),
      () => depth > 0 ? `[${value(depth - 1)}, , ${value(depth - 1)}]` : "[]",
      () => depth > 0 ? `{ a: ${value(depth - 1)}, b: ${value(depth - 1)}, get c() { log('get'); return ${value(depth - 1)}; } }` : "{}",
      () => depth > 0 ? `new Map([[${value(depth - 1)}, ${value(depth - 1)}]])` : "new Map()",
      () => depth > 0 ? `new Set([${value(depth - 1)}, 1])` : "new Set()",
      () => `new Date(${this.#number()})`,
      () => `new ${this.#pick(["Error", "TypeError", "RangeError", "AggregateError"])}(${this.#pick([`'m'`, `'m', { cause: 1 }`])})`,
      () => `new Uint8Array(new ArrayBuffer(8), ${this.below(3)}, ${this.below(3)})`,
      () => `Object(${this.#number()})`,
      () => this.#pick(["f[0]", "Symbol()", "new WeakMap()", "Promise.resolve()", "(function* () {})()", `new (class A { x = 1; })()`, "/x/gi", "targets", "new Event(1)"])
    ])();
    return `guard('${this.#label()}', () => show(structuredClone(${value(3)})));`;
  }
  #guarded(expression) {
    return `guard('${this.#label()}', () => ${expression});`;
  }
  #type() {
    return this.#pick([`'a'`, `'a'`, `'a'`, `'b'`, `'b'`, `Symbol.iterator`, "5", `'toString'`]);
  }
  #number() {
    return String(this.below(20));
  }
  #label() {
    return `L${++this.#labels}`;
  }
  below(limit) {
    return Math.floor(this.#random() * limit);
  }
  #pick(choices) {
    return choices[this.below(choices.length)];
  }
};

// test/simulator/host/stream-programs.ts
var prelude2 = `
const stream = require('stream');
const { Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished, addAbortSignal, compose } = stream;
const shown = (v) => v instanceof Error ? (v.code || v.name) + ':' + v.message : Buffer.isBuffer(v) ? 'B' + v.toString('latin1') : typeof v === 'object' && v !== null ? JSON.stringify(v) : String(v);
const say = (...values) => log(values.map(shown).join(' '));
const watch = (name, s, ...types) => { for (const type of types.length ? types : ['error', 'end', 'finish', 'close', 'drain', 'pause', 'resume', 'pipe', 'unpipe']) s.on(type, (v) => say(name, type, ...(v instanceof Error ? [v] : []))); return s; };
const ticks = (name) => { process.nextTick(() => say(name, 'tick')); Promise.resolve().then(() => say(name, 'job')); setImmediate(() => say(name, 'immediate')); };
const later = (run, ...args) => setImmediate(() => run(...args));
const turn = () => new Promise((resolve) => setImmediate(resolve));
const source = (items, options = {}) => { let n = 0; return new Readable({ objectMode: true, ...options, read() { say('read'); this.push(n < items.length ? items[n++] : null); } }); };
const slow = (items, options = {}) => { let n = 0; return new Readable({ objectMode: true, ...options, read() { setImmediate(() => { this.push(n < items.length ? items[n++] : null); }); } }); };
const sink = (name, options = {}) => new Writable({ objectMode: true, ...options, write(chunk, encoding, callback) { say(name, 'write', chunk, encoding); callback(); } });
const slowSink = (name, options = {}) => new Writable({ objectMode: true, ...options, write(chunk, encoding, callback) { say(name, 'write', chunk); setImmediate(() => { say(name, 'wrote', chunk); callback(); }); } });
const states = (s) => say('state', s.readable, s.readableFlowing, s.readableLength, s.readableEnded, s.writable, s.writableLength, s.writableEnded, s.writableFinished, s.writableNeedDrain, s.destroyed, s.closed, s.errored, s.readableAborted, s.writableCorked);
const guard = (...fs) => { for (const f of fs) try { say(f()); } catch (e) { say('threw', e); } };
`;

// test/simulator/host/random-streams.ts
function randomStreamProgram(random) {
  return `${prelude2}
${helpers}
${new Writer2(random).program()}`;
}
var helpers = `
let fuel = 60;
const spend = () => fuel-- > 0;
const soon = (how, run) => how === 'now' ? run() : how === 'tick' ? process.nextTick(run) : how === 'job' ? Promise.resolve().then(run) : how === 'turn' ? setImmediate(run) : setImmediate(() => setImmediate(run));
const attempt = (label, run) => { if (!spend()) return; try { const r = run(); say(label, typeof r === 'function' || (typeof r === 'object' && r !== null && !Buffer.isBuffer(r)) ? typeof r : r); } catch (e) { say(label, 'threw', e); } };
const settle = (label, p) => p.then((v) => say(label, v), (e) => say(label, 'failed', e));
`;
var moments = ["now", "now", "tick", "job", "turn", "turns"];
var Writer2 = class {
  #random;
  #readables = [];
  #writables = [];
  #count = 0;
  #isObject = false;
  constructor(random) {
    this.#random = random;
  }
  program() {
    this.#isObject = this.#below(2) === 0;
    const lines = [];
    for (let n = 1 + this.#below(2); n > 0; n--) lines.push(this.#source());
    for (let n = this.#below(3); n > 0; n--) lines.push(this.#through());
    for (let n = 1 + this.#below(2); n > 0; n--) lines.push(this.#sink());
    for (let n = 1 + this.#below(3); n > 0; n--) lines.push(this.#join());
    for (let n = 1 + this.#below(8); n > 0; n--) lines.push(this.#later(this.#action()));
    return lines.join("\n");
  }
  #below(limit) {
    return Math.floor(this.#random() * limit);
  }
  #pick(items) {
    return items[this.#below(items.length)];
  }
  #chance(of) {
    return this.#below(of) === 0;
  }
  #name(kind) {
    return `${kind}${this.#count++}`;
  }
  #chunk() {
    const text = this.#pick(["'a'", "'bc'", "'d\xE9f'", "'ghijk'", "''"]);
    return this.#isObject ? this.#pick(["1", "{ x: 2 }", text, "true"]) : this.#pick([text, `Buffer.from(${text})`, text]);
  }
  #options(more) {
    const options = [`objectMode: ${this.#isObject}`, ...more];
    if (this.#chance(2)) options.push(`highWaterMark: ${this.#pick([0, 1, 2, 3, 5])}`);
    if (this.#chance(8)) options.push("autoDestroy: false");
    if (this.#chance(10)) options.push("emitClose: false");
    if (this.#chance(8)) options.push(`destroy(error, callback) { say('destroying', error); soon('${this.#pick(moments)}', () => callback(${this.#pick(["error", "error", "new Error('destroyed')"])})); }`);
    if (this.#chance(8)) options.push(`construct(callback) { soon('${this.#pick(moments)}', () => { say('constructed'); callback(${this.#chance(4) ? "new Error('construct')" : ""}); }); }`);
    return `{ ${options.join(", ")} }`;
  }
  /** A write method; some of the writes fail. */
  #write(name2) {
    const fails = this.#chance(6) ? `n === ${1 + this.#below(3)} ? new Error('write') : null` : "";
    return `write: ((n) => function (chunk, encoding, callback) { n++; say('${name2} writes', chunk, encoding); soon('${this.#pick(moments)}', () => { callback(${fails}); }); })(0)`;
  }
  #source() {
    const name2 = this.#name("r");
    this.#readables.push(name2);
    const items = Array.from({ length: this.#below(6) }, () => this.#chunk());
    const kind = this.#below(4);
    if (kind === 0) return `const ${name2} = watch('${name2}', Readable.from([${items.join(", ")}], ${this.#options([])}));`;
    if (kind === 1) return `const ${name2} = watch('${name2}', Readable.from((async function* () { for (const x of [${items.join(", ")}]) { ${this.#chance(2) ? "await turn();" : ""} yield x; } ${this.#chance(5) ? "throw new Error('source');" : ""} })(), { objectMode: ${this.#isObject} }));`;
    if (kind === 2) return `const ${name2} = watch('${name2}', new Readable(${this.#options([`read: () => say('${name2} reads')`])}));`;
    return `const ${name2} = watch('${name2}', new Readable(${this.#options([`read: ((items) => function () { soon('${this.#pick(moments)}', () => { if (!spend()) return; ${this.#chance(6) ? `if (items.length === 1) return this.destroy(new Error('read'));` : ""} this.push(items.length > 0 ? items.shift() : null); }); })([${items.join(", ")}])`])}));`;
  }
  #through() {
    const name2 = this.#name("t");
    this.#readables.push(name2);
    this.#writables.push(name2);
    const kind = this.#below(3);
    if (kind === 0) return `const ${name2} = watch('${name2}', new PassThrough(${this.#options([])}));`;
    const body2 = this.#pick(["callback(null, chunk)", "this.push(chunk); callback()", "this.push(chunk); callback(null, chunk)", "callback()", "callback(new Error('transform'))"]);
    const flush = this.#chance(2) ? [`flush(callback) { say('${name2} flushes'); soon('${this.#pick(moments)}', () => callback(${this.#pick(["", `null, ${this.#chunk()}`, "new Error('flush')"])})); }`] : [];
    const final = this.#chance(6) ? [`final(callback) { say('${name2} final'); soon('${this.#pick(moments)}', callback); }`] : [];
    if (kind === 1) return `const ${name2} = watch('${name2}', new Transform(${this.#options([`transform(chunk, encoding, callback) { say('${name2} transforms', chunk); soon('${this.#pick(moments)}', () => { ${body2}; }); }`, ...flush, ...final])}));`;
    return `const ${name2} = watch('${name2}', new Duplex(${this.#options([this.#write(name2), `read() { say('${name2} reads'); }`, ...final, ...this.#chance(3) ? ["allowHalfOpen: false"] : []])}));`;
  }
  #sink() {
    const name2 = this.#name("w");
    this.#writables.push(name2);
    const writev = this.#chance(4) ? [`writev(chunks, callback) { say('${name2} writev', chunks.length); soon('${this.#pick(moments)}', () => callback(${this.#chance(5) ? "new Error('writev')" : ""})); }`] : [];
    const final = this.#chance(3) ? [`final(callback) { say('${name2} final'); soon('${this.#pick(moments)}', () => callback(${this.#chance(4) ? "new Error('final')" : ""})); }`] : [];
    return `const ${name2} = watch('${name2}', new Writable(${this.#options([this.#write(name2), ...writev, ...final])}));`;
  }
  #join() {
    const r = this.#pick(this.#readables);
    const t = this.#pick([...this.#downstream(r).filter((name2) => name2.startsWith("t")), "new PassThrough({ objectMode: true })"]);
    const w = this.#pick(this.#downstream(t.startsWith("t") ? t : r));
    switch (this.#below(9)) {
      case 0:
        return `attempt('pipe', () => ${r}.pipe(${w}${this.#chance(4) ? ", { end: false }" : ""}));`;
      case 1:
        return `attempt('chain', () => ${r}.pipe(${t}).pipe(${w}));`;
      case 2:
        return `attempt('pipeline', () => pipeline(${r}, ${this.#chance(2) ? `${t}, ` : ""}${w}, (e) => { say('pipeline of ${r}', e); }));`;
      case 3:
        return `attempt('pipeline', () => settle('pipeline of ${r}', require('stream/promises').pipeline(${r}, ${w})));`;
      case 4:
        return `(async () => { try { for await (const x of ${r}) { say('item of ${r}', x); ${this.#pick(["", "await turn();", "await null;", "if (!spend()) break;", "throw new Error('loop');"])} } say('loop over'); } catch (e) { say('loop', e); } })();`;
      case 5:
        return `${r}.on('data', (x) => { say('data of ${r}', x); ${this.#chance(3) ? `attempt('inside', () => ${this.#action()});` : ""} });`;
      case 6:
        return `${r}.on('readable', () => { if (!spend()) return; for (let x; (x = ${r}.read(${this.#pick(["", "", "1", "2"])})) !== null;) say('read of ${r}', x); });`;
      case 7:
        return `attempt('finished', () => finished(${this.#pick([r, w])}, (e) => { say('finished', e); }));`;
      default:
        return `settle('finished', require('stream/promises').finished(${this.#pick([r, w])}));`;
    }
  }
  #action() {
    const r = this.#pick(this.#readables);
    const w = this.#pick(this.#downstream(r));
    const any2 = this.#pick([r, w]);
    return this.#pick([
      `${w}.write(${this.#chunk()})`,
      `${w}.write(${this.#chunk()}, (e) => { say('written to ${w}', e); })`,
      `${w}.write(${this.#chunk()})`,
      `${w}.end()`,
      `${w}.end(${this.#chunk()}, (e) => { say('ended ${w}', e); })`,
      `${w}.cork()`,
      `${w}.uncork()`,
      `${any2}.destroy()`,
      `${any2}.destroy(new Error('own'))`,
      `${r}.push(${this.#chunk()})`,
      `${r}.push(null)`,
      `${r}.unshift(${this.#chunk()})`,
      `${r}.pause()`,
      `${r}.resume()`,
      `${r}.read(${this.#pick(["", "0", "1", "3"])})`,
      `${r}.unpipe(${this.#pick(["", w])})`,
      `${r}.pipe(${w})`,
      `states(${any2})`,
      `${r}.setEncoding('utf8')`,
      `${r}.removeAllListeners('${this.#pick(["data", "readable"])}')`,
      `${w}.once('drain', () => attempt('drained', () => ${w}.write(${this.#chunk()})))`
    ]);
  }
  /** What the data of a stream may flow into: streams that were made after it, so that nothing flows in a circle. */
  #downstream(readable) {
    const rank = (name2) => Number(name2.slice(1));
    return this.#writables.filter((name2) => rank(name2) > rank(readable));
  }
  #later(action) {
    return `soon('${this.#pick(moments)}', () => attempt(${JSON.stringify(action)}, () => ${action}));`;
  }
};

// test/simulator/native-run.ts
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
var runner = fileURLToPath(new URL("./native-run.mjs", import.meta.url));
function runNatively(programs, rest = 0) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--no-warnings", runner, String(rest)], { input: JSON.stringify(programs), encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

// test/simulator/random-async.ts
function randomAsyncProgram(random) {
  return `${prelude3}
${new Writer3(random).program()}`;
}
var prelude3 = `
class Special extends Promise {}
class Loud extends Promise { then(a, b) { log('own then'); return super.then(a, b); } }
class Foreign extends Promise { static get [Symbol.species]() { return Promise; } }
const show = (value) => {
  if (value instanceof AggregateError) return 'aggregate ' + value.errors.map(show).join(' ');
  if (value instanceof Error) return 'error ' + value.name;
  if (typeof value === 'function') return 'function';
  if (value instanceof Promise) return 'promise';
  if (Array.isArray(value)) return '[' + value.map(show).join(' ') + ']';
  if (typeof value === 'object' && value !== null) return '{' + Object.keys(value).map((key) => key + ' ' + show(value[key])).join(' ') + '}';
  return String(value);
};
const make = {
  plain: (id, value) => ({ then(resolve) { log('then ' + id); resolve(value); } }),
  callable: (id, value) => Object.assign(() => {}, { then(resolve) { log('then ' + id); resolve(value); } }),
  rejecting: (id, value) => ({ then(resolve, reject) { log('then ' + id); reject(value); } }),
  throwing: (id, value) => ({ then() { log('then ' + id); throw value; } }),
  late: (id, value) => ({ then(resolve) { log('then ' + id); queueMicrotask(() => { log('late ' + id); resolve(value); }); } }),
  twice: (id, value) => ({ then(resolve, reject) { log('then ' + id); resolve(value); reject(value); throw value; } }),
  getter: (id, value) => ({ get then() { log('get then ' + id); return (resolve) => resolve(value); } }),
  promise: (id, value) => { const p = Promise.resolve(value); p.then = function (a, b) { log('then ' + id); return Promise.prototype.then.call(this, a, b); }; return p; },
  proto: (id, value) => Object.create({ then(resolve) { log('then ' + id); process.nextTick(resolve, value); } }),
  trap: (id, value) => ({ get then() { log('get then ' + id); throw value; } }),
};
`;
var Writer3 = class {
  #random;
  #labels = 0;
  #budget = 40;
  constructor(random) {
    this.#random = random;
  }
  program() {
    const later = this.#pick(["setTimeout", "setImmediate"]);
    return `const later = ${later};
${Array.from({ length: 2 + this.#below(3) }, () => this.#top()).join("\n")}
log('end of main');`;
  }
  #top() {
    return this.#pick([
      () => `(async () => {
${this.#body(3)}
})().then((v) => log('${this.#label()} ' + show(v)), (e) => log('${this.#label()} ' + show(e)));`,
      () => `(async () => {
${this.#body(3)}
})();`,
      () => `(${this.#promise(3)}).then((v) => log('${this.#label()} ' + show(v)));`,
      () => this.#generatorUse(),
      () => this.#tick(2)
    ])();
  }
  /** Requests that overlap: none waits for the one before. */
  #generatorUse() {
    const requests = Array.from({ length: 1 + this.#below(4) }, () => {
      const request = this.#pick([() => `g.next(${this.#number()})`, () => `g.next(${this.#number()})`, () => `g.return(${this.#value(1)})`, () => `g.throw(${this.#number()})`])();
      return `${request}.then((v) => log('${this.#label()} ' + show(v)), (e) => log('${this.#label()} ' + show(e)));`;
    });
    return `{ const g = (${this.#generator(2)})();
${requests.join("\n")} }`;
  }
  #body(depth) {
    return Array.from({ length: 1 + this.#below(3) }, () => this.#statement(depth)).join("\n");
  }
  #statement(depth) {
    if (depth <= 0 || this.#budget-- <= 0) return `log('${this.#label()}');`;
    return this.#pick([
      () => `log('${this.#label()} ' + show(await ${this.#value(depth - 1)}));`,
      () => `log('${this.#label()} ' + show(await ${this.#value(depth - 1)}));`,
      () => `await null; log('${this.#label()}');`,
      () => this.#try(depth - 1),
      () => `return ${this.#value(depth - 1)};`,
      () => `if (${this.#number()} % 3 === 0) throw ${this.#number()};`,
      () => `for await (const x of ${this.#iterable(depth - 1)}) { log('${this.#label()} ' + show(x)); ${this.#pick(["", "", "break;", `await ${this.#value(0)};`, `if (${this.#number()} % 4 === 0) return x;`])} }`,
      () => this.#tick(depth - 1),
      () => `${this.#promise(depth - 1)};`,
      () => `outer: for (const x of [${this.#number()}, ${this.#number()}]) { for await (const y of ${this.#iterable(depth - 1)}) { log('${this.#label()} ' + show(y)); if (x % 2) continue outer; ${this.#pick(["break outer;", "break;", ""])} } }`,
      () => `log('${this.#label()} ' + show(await Promise.all([${this.#number()}, ${this.#number()}].map(async (x) => { await ${this.#value(depth - 1)}; log('${this.#label()} ' + x); return x; }))));`,
      () => `try { return await ${this.#value(depth - 1)}; } finally { ${this.#pick([`log('${this.#label()}');`, `await ${this.#number()};`, `throw ${this.#number()};`, `return ${this.#value(0)};`])} }`,
      () => `{ const it = (function* () { try { log('${this.#label()} ' + show(yield ${this.#value(depth - 1)})); yield* [${this.#value(0)}]; } finally { log('${this.#label()}'); } })(); for (const p of it) { log('${this.#label()} ' + show(await p)); ${this.#pick(["", "break;"])} } }`,
      () => `await (class { #p = ${this.#value(depth - 1)}; static async of() { return new this().run(); } async run(x = ${this.#value(0)}) { log('${this.#label()} ' + show(await this.#p)); return x; } }).of();`,
      () => `try { log('${this.#label()} ' + show(await Promise.all([${this.#value(depth - 1)}, ${this.#value(depth - 1)}]))); } catch (e) { log('${this.#label()} ' + show(e)); }`
    ])();
  }
  #try(depth) {
    const handler = this.#pick([
      () => `catch (e) { log('${this.#label()} ' + show(e)); ${this.#statement(depth)} }`,
      () => `finally { log('${this.#label()}'); ${this.#pick([() => "", () => `await ${this.#value(depth)};`])()} }`,
      () => `catch { ${this.#statement(depth)} } finally { log('${this.#label()}'); }`
    ])();
    return `try { ${this.#body(depth)} } ${handler}`;
  }
  #tick(depth) {
    const schedule = this.#pick(["queueMicrotask", "process.nextTick", "later"]);
    return `${schedule}(() => { log('${this.#label()}'); ${depth > 0 ? this.#pick([() => this.#tick(depth - 1), () => `${this.#promise(depth - 1)};`, () => ""])() : ""} });`;
  }
  #iterable(depth) {
    return this.#pick([() => `[${this.#value(depth)}, ${this.#value(depth)}]`, () => `(${this.#generator(depth)})()`, () => `(${this.#generator(depth)})()`])();
  }
  #generator(depth) {
    const statements = Array.from({ length: 1 + this.#below(3) }, () => this.#generatorStatement(depth));
    return `async function* () {
${statements.join("\n")}
}`;
  }
  #generatorStatement(depth) {
    if (this.#budget-- <= 0) return `yield ${this.#number()};`;
    return this.#pick([
      () => `log('${this.#label()} ' + show(yield ${this.#value(depth - 1)}));`,
      () => `log('${this.#label()} ' + show(yield ${this.#value(depth - 1)}));`,
      () => `log('${this.#label()} ' + show(yield* ${depth > 0 ? this.#iterable(depth - 1) : `[${this.#number()}]`}));`,
      () => `try { yield ${this.#value(depth - 1)}; ${this.#statement(depth - 1)} } finally { log('${this.#label()}'); ${this.#pick(["", `await ${this.#number()};`, `yield ${this.#number()};`])} }`,
      () => `try { yield* ${depth > 0 ? this.#iterable(depth - 1) : `[${this.#number()}]`}; } catch (e) { log('${this.#label()} ' + show(e)); yield ${this.#number()}; }`,
      () => this.#statement(depth)
    ])();
  }
  /** Anything that may be awaited. */
  #value(depth) {
    if (depth <= 0 || this.#random() < 0.2) return this.#pick([() => this.#number(), () => `Promise.resolve(${this.#number()})`, () => this.#thenable("" + this.#number())])();
    return this.#promise(depth);
  }
  #thenable(value) {
    const kind = this.#pick(["plain", "plain", "callable", "rejecting", "throwing", "late", "late", "twice", "getter", "trap", "promise", "proto"]);
    return `make.${kind}('${this.#label()}', ${value})`;
  }
  #promise(depth) {
    if (this.#budget-- <= 0) return `Promise.resolve(${this.#number()})`;
    const inner = () => this.#value(depth - 1);
    const promise = () => depth > 1 ? this.#promise(depth - 1) : `Promise.resolve(${this.#value(0)})`;
    const settle = this.#pick(["queueMicrotask", "process.nextTick", "later"]);
    return this.#pick([
      () => `Promise.resolve(${inner()})`,
      () => `${this.#pick(["Special", "Foreign", "Loud"])}.resolve(${inner()})`,
      () => `Promise.reject(${this.#number()})`,
      () => `new Promise((resolve, reject) => { log('${this.#label()}'); ${this.#pick(["resolve", "resolve", "reject"])}(${inner()}); })`,
      () => `new ${this.#pick(["Promise", "Special"])}((resolve) => ${settle}(() => { log('${this.#label()}'); resolve(${inner()}); }))`,
      () => `new Promise(() => { throw ${this.#number()}; })`,
      () => `(async () => { ${this.#body(depth - 1)} })()`,
      () => `(async () => { ${this.#body(depth - 1)} })()`,
      () => `(async () => ${inner()})()`,
      () => `${promise()}.then((v) => { log('${this.#label()} ' + show(v)); return ${inner()}; })`,
      () => `${promise()}.then((v) => { log('${this.#label()} ' + show(v)); throw ${this.#number()}; }, (e) => { log('${this.#label()} ' + show(e)); return ${inner()}; })`,
      () => `${promise()}.then(${this.#number()}, undefined)`,
      () => `${promise()}.catch((e) => { log('${this.#label()} ' + show(e)); return ${inner()}; })`,
      () => `${promise()}.finally(() => { log('${this.#label()}'); ${this.#pick([() => "", () => `return ${inner()};`, () => `throw ${this.#number()};`])()} })`,
      () => `${this.#pick(["Promise", "Promise", "Special", "Loud"])}.${this.#pick(["all", "allSettled", "any", "race"])}([${inner()}, ${inner()}, ${this.#number()}].slice(0, ${this.#below(4)}))`,
      () => `Promise.${this.#pick(["all", "allSettled", "any", "race"])}((function* () { yield ${inner()}; ${this.#pick(["", `throw ${this.#number()};`, `return ${inner()};`])} yield ${inner()}; })())`,
      () => `(${this.#generator(depth - 1)})().next()`
    ])();
  }
  #number() {
    return String(this.#below(20));
  }
  #label() {
    return `L${++this.#labels}`;
  }
  #below(limit) {
    return Math.floor(this.#random() * limit);
  }
  #pick(choices) {
    return choices[this.#below(choices.length)];
  }
};

// test/simulator/simulated-run.ts
import ts from "typescript";

// src/simulator/runtime/sealed.ts
function seal(...shared) {
  for (const value of shared) {
    if (Object.isFrozen(value)) continue;
    Object.freeze(value);
    for (const { value: member2, get, set } of Object.values(Object.getOwnPropertyDescriptors(value))) {
      seal(...[member2, get, set].filter((part) => typeof part === "function" || typeof part === "object" && part !== null && part === value.prototype));
    }
  }
}
function sealClasses(...classes2) {
  const methods2 = classes2.flatMap((constructor) => [constructor, constructor.prototype]).flatMap((shared) => Reflect.ownKeys(shared).map((key) => allowOverride(shared, key)));
  seal(...classes2, ...methods2.filter((method4) => typeof method4 === "function"));
}
function allowOverride(shared, key) {
  const { value, writable, configurable, enumerable } = Object.getOwnPropertyDescriptor(shared, key);
  if (!writable || !configurable) return void 0;
  Object.defineProperty(shared, key, {
    get: () => value,
    set(given) {
      if (this === shared) throw new TypeError(`Cannot assign to read only property '${String(key)}'`);
      Object.defineProperty(this, key, { value: given, writable: true, enumerable: true, configurable: true });
    },
    enumerable: enumerable === true,
    configurable: true
  });
  return value;
}

// src/simulator/host/events/errors.ts
function nodeError(Class, code, message) {
  return Object.assign(new Class(message), { code });
}
function invalidArgument(name2, expected, value) {
  const what = name2.includes(".") ? "property" : "argument";
  return nodeError(TypeError, "ERR_INVALID_ARG_TYPE", `The "${name2}" ${what} must be ${expected}. Received ${received(value)}`);
}
function missingArguments(...names2) {
  const list2 = names2.map((name2) => `"${name2}"`).join(" and ");
  return nodeError(TypeError, "ERR_MISSING_ARGS", `The ${list2} argument${names2.length > 1 ? "s" : ""} must be specified`);
}
function requireFunction(name2, value) {
  if (typeof value !== "function") throw invalidArgument(name2, "of type function", value);
}
function requireSignal(name2, value) {
  if (value !== void 0 && (typeof value !== "object" || value === null || !("aborted" in value))) throw invalidArgument(name2, "an instance of AbortSignal", value);
}
function received(value) {
  if (value === void 0 || value === null) return String(value);
  if (typeof value === "function") return value.name ? `function ${value.name}` : "function ";
  if (typeof value !== "object") return `type ${typeof value} (${typeof value === "string" ? `'${value}'` : typeof value === "bigint" ? `${value}n` : String(value)})`;
  const constructor = value.constructor;
  return typeof constructor === "function" && constructor.name ? `an instance of ${constructor.name}` : "[Object: null prototype] {}";
}
var codes = { InvalidCharacterError: 5, NotFoundError: 8, NotSupportedError: 9, InvalidStateError: 11, AbortError: 20, TimeoutError: 23, DataCloneError: 25 };
var DOMException2 = class extends Error {
  #name;
  constructor(message = "", options = "Error") {
    super(String(message));
    this.#name = typeof options === "object" && options !== null ? String(options.name ?? "Error") : String(options);
    if (typeof options === "object" && options !== null && "cause" in options) this.cause = options.cause;
  }
  get name() {
    return this.#name;
  }
  get code() {
    return codes[this.#name] ?? 0;
  }
  get [Symbol.toStringTag]() {
    return "DOMException";
  }
};
seal(DOMException2);
function abortError(reason) {
  const error = new Error("The operation was aborted");
  Object.defineProperty(error, "cause", { value: reason, configurable: true, writable: true });
  return Object.assign(error, { code: "ABORT_ERR", name: "AbortError" });
}

// src/simulator/host/buffer/encodings.ts
var names = {
  utf8: "utf8",
  "utf-8": "utf8",
  utf16le: "utf16le",
  "utf-16le": "utf16le",
  ucs2: "utf16le",
  "ucs-2": "utf16le",
  latin1: "latin1",
  binary: "latin1",
  ascii: "ascii",
  base64: "base64",
  base64url: "base64url",
  hex: "hex"
};
function encodingNamed(name2) {
  if (typeof name2 !== "string") return void 0;
  const lower2 = name2.toLowerCase();
  return Object.hasOwn(names, lower2) ? names[lower2] : void 0;
}
function unknownEncoding(name2) {
  return nodeError(TypeError, "ERR_UNKNOWN_ENCODING", `Unknown encoding: ${String(name2)}`);
}
function requireEncoding(name2) {
  if (name2 === void 0 || name2 === null || name2 === "") return "utf8";
  const encoding = encodingNamed(name2);
  if (encoding === void 0) throw unknownEncoding(name2);
  return encoding;
}
var encoder = new TextEncoder();
var decoder = new TextDecoder("utf-8", { ignoreBOM: true });
var strict = new TextDecoder("utf-8", { fatal: true });
var base64Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
var base64urlLetters = `${base64Letters.slice(0, 62)}-_`;
var valueOfLetter = new Map([...base64Letters, "-", "_"].map((letter, index) => [letter.charCodeAt(0), index < 64 ? index : index - 2]));
function encode(text, encoding) {
  switch (encoding) {
    case "utf8":
      return encoder.encode(text);
    case "utf16le":
      return fromUnits(text, 2);
    case "latin1":
    case "ascii":
      return fromUnits(text, 1);
    case "hex":
      return fromHex(text);
    default:
      return fromBase64(text);
  }
}
function byteLengthOf(text, encoding) {
  switch (encoding) {
    case "utf8":
      return encoder.encode(text).length;
    case "utf16le":
      return text.length * 2;
    case "latin1":
    case "ascii":
      return text.length;
    case "hex":
      return text.length >>> 1;
    default:
      return (text.length - (text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0)) * 3 >>> 2;
  }
}
function decode(bytes, encoding) {
  switch (encoding) {
    case "utf8":
      return decoder.decode(bytes);
    case "utf16le":
      return units(bytes.length >>> 1, (index) => bytes[2 * index] | bytes[2 * index + 1] << 8);
    case "latin1":
      return units(bytes.length, (index) => bytes[index]);
    case "ascii":
      return units(bytes.length, (index) => bytes[index] & 127);
    case "hex":
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    case "base64":
      return toBase64(bytes, base64Letters, "=");
    case "base64url":
      return toBase64(bytes, base64urlLetters, "");
  }
}
function units(count, unit) {
  let text = "";
  for (let index = 0; index < count; index++) text += String.fromCharCode(unit(index));
  return text;
}
function fromUnits(text, size) {
  const bytes = new Uint8Array(text.length * size);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    bytes[index * size] = unit;
    if (size === 2) bytes[index * size + 1] = unit >>> 8;
  }
  return bytes;
}
function fromHex(text) {
  const bytes = new Uint8Array(text.length >>> 1);
  for (let index = 0; index < bytes.length; index++) {
    const pair = text.slice(index * 2, index * 2 + 2);
    if (!/^[0-9a-f]{2}$/i.test(pair)) return bytes.slice(0, index);
    bytes[index] = Number.parseInt(pair, 16);
  }
  return bytes;
}
function fromBase64(text) {
  const bytes = [];
  let bits = 0;
  let count = 0;
  for (let index = 0; index < text.length && text[index] !== "="; index++) {
    const value = valueOfLetter.get(text.charCodeAt(index));
    if (value === void 0) continue;
    bits = (bits << 6 | value) & 4095;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push(bits >>> count & 255);
  }
  return Uint8Array.from(bytes);
}
function toBase64(bytes, letters, padding) {
  let text = "";
  for (let index = 0; index < bytes.length; index += 3) {
    const known3 = Math.min(3, bytes.length - index);
    const bits = bytes[index] << 16 | (bytes[index + 1] ?? 0) << 8 | (bytes[index + 2] ?? 0);
    for (let letter = 0; letter < 4; letter++) text += letter <= known3 ? letters[bits >>> 18 - 6 * letter & 63] : padding;
  }
  return text;
}
function isUtf8(bytes) {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

// src/simulator/agents/elements.ts
var nativeConstructors = {
  Int8: Int8Array,
  Uint8: Uint8Array,
  Uint8Clamped: Uint8ClampedArray,
  Int16: Int16Array,
  Uint16: Uint16Array,
  Int32: Int32Array,
  Uint32: Uint32Array,
  Float32: Float32Array,
  Float64: Float64Array,
  BigInt64: BigInt64Array,
  BigUint64: BigUint64Array
};
var elementTypes = Object.keys(nativeConstructors);
var nativeTypedArray = Object.getPrototypeOf(Int32Array);
var tagOf = getter("@@toStringTag");
var lengthOf = getter("length");
function getter(name2) {
  const get = Object.getOwnPropertyDescriptor(nativeTypedArray.prototype, name2 === "length" ? name2 : Symbol.toStringTag).get;
  return (array) => Reflect.apply(get, array, []);
}
function nativeType(value) {
  return tagOf(value)?.slice(0, -"Array".length);
}
var scratch = Object.fromEntries(elementTypes.map((type) => [type, new nativeConstructors[type](1)]));

// src/simulator/agents/shared-buffer.ts
var buffers = /* @__PURE__ */ new WeakMap();
function sharedBufferOf(value) {
  return typeof value === "object" && value !== null ? buffers.get(value) : void 0;
}

// src/simulator/runtime/intrinsics.ts
var computing = /* @__PURE__ */ new Set([
  parseInt,
  parseFloat,
  isNaN,
  isFinite,
  decodeURI,
  decodeURIComponent,
  encodeURI,
  encodeURIComponent,
  Number,
  String,
  BigInt,
  RegExp,
  ArrayBuffer,
  Uint8Array,
  DataView,
  ...functionsOf(JSON),
  ...functionsOf(Math),
  ...functionsOf(Number),
  ...functionsOf(Reflect),
  Object.keys,
  Object.values,
  Object.entries,
  Object.fromEntries,
  Object.getOwnPropertyNames,
  Array.isArray,
  Uint8Array.from,
  Date.parse,
  String.fromCharCode
]);
var ofPlatform = /* @__PURE__ */ new WeakSet();
function computes(...functions) {
  for (const each of functions) ofPlatform.add(each);
}
function functionsOf(namespace) {
  return Object.getOwnPropertyNames(namespace).map((name2) => namespace[name2]).filter((value) => typeof value === "function");
}

// src/simulator/runtime/emptied.ts
function emptied(table) {
  if (table.size === 0) return table;
  return table instanceof Map ? /* @__PURE__ */ new Map() : /* @__PURE__ */ new Set();
}

// src/simulator/runtime/jobs.ts
var JobQueue = class {
  #jobs = [];
  #head = 0;
  #tail = 0;
  get isEmpty() {
    return this.#head === this.#tail;
  }
  add(job) {
    this.#jobs[this.#tail++] = job;
  }
  take() {
    if (this.isEmpty) return void 0;
    const job = this.#jobs[this.#head];
    this.#jobs[this.#head++] = void 0;
    if (this.isEmpty) this.#head = this.#tail = 0;
    return job;
  }
  clear() {
    this.#jobs.length = 0;
    this.#head = this.#tail = 0;
  }
};
var CallbackJob = class {
  task;
  #callback;
  #args;
  constructor(task, callback, args) {
    this.task = task;
    this.#callback = callback;
    this.#args = args;
  }
  run() {
    const callback = this.#callback;
    callback(...this.#args);
  }
};

// src/simulator/runtime/loop-abort.ts
var SimulationAbort = class extends Error {
  /** `steps`, or why in words. */
  limit;
  /** The limit that was overrun; undefined where it was none. */
  overrun;
  constructor(limit, overrun = limit === "steps" ? limit : void 0) {
    super(`the execution was ended: it overran its limit of ${limit}`);
    this.name = "SimulationAbort";
    this.limit = limit;
    this.overrun = overrun;
  }
};
function isAbort(error) {
  return error instanceof SimulationAbort;
}

// src/simulator/runtime/loop-events.ts
var LoopEvent = class {
  id;
  task;
  label;
  channel;
  creator;
  name;
  /** Place in its channel: earlier first, ties in creation order. */
  due;
  fire;
  isCancellable;
  footprint;
  phase;
  isPending = false;
  after;
  /** How many of `after` are pending. */
  waiting = 0;
  /** Those that wait for this one. */
  followers;
  constructor(name2, task, plan, due, phase = plan.phase ?? "poll") {
    this.id = name2.id;
    this.task = task;
    this.label = plan.label;
    this.channel = plan.channel;
    this.creator = name2.creator?.id;
    this.name = name2;
    this.due = due;
    this.fire = plan.fire;
    this.isCancellable = plan.isCancellable ?? false;
    this.footprint = plan.footprint;
    this.phase = phase;
    this.after = plan.after;
  }
};
var LoopEvents = class {
  #enabled = [];
  #channels = /* @__PURE__ */ new Map();
  #areTimersHeld = false;
  clear() {
    this.#enabled = [];
    this.#channels = emptied(this.#channels);
    this.#areTimersHeld = false;
  }
  enabled() {
    return this.#enabled;
  }
  add(event) {
    event.isPending = true;
    if (event.after !== void 0) for (const earlier of event.after) this.#follow(event, earlier);
    if (event.channel === void 0) this.#enable(event);
    else this.#enqueue(event, this.#channel(event.channel));
  }
  remove(event) {
    if (!event.isPending) return;
    event.isPending = false;
    if (event.channel === void 0) this.#disable(event);
    else this.#dequeue(event, this.#channel(event.channel));
    if (event.followers !== void 0) for (const follower of event.followers) this.#free(follower);
  }
  /** No timer fires until they are released. False if they are held already. */
  holdTimers() {
    if (this.#areTimersHeld) return false;
    this.#areTimersHeld = true;
    for (const event of this.#enabled.filter(({ phase }) => phase === "timers")) this.#disable(event);
    return true;
  }
  /** False if they were not held. */
  releaseTimers() {
    if (!this.#areTimersHeld) return false;
    this.#areTimersHeld = false;
    for (const [first] of this.#channels.values()) if (first?.phase === "timers") this.#enable(first);
    return true;
  }
  #follow(event, earlier) {
    if (!earlier.isPending) return;
    event.waiting++;
    (earlier.followers ??= []).push(event);
  }
  #free(follower) {
    follower.waiting--;
    if (follower.isPending && this.#isFirst(follower)) this.#enable(follower);
  }
  #isFirst(event) {
    return event.channel === void 0 || this.#channel(event.channel)[0] === event;
  }
  #channel(name2) {
    let channel = this.#channels.get(name2);
    if (channel === void 0) this.#channels.set(name2, channel = []);
    return channel;
  }
  #enqueue(event, channel) {
    let place = channel.length;
    while (place > 0 && channel[place - 1].due > event.due) place--;
    channel.splice(place, 0, event);
    if (place > 0) return;
    if (channel.length > 1) this.#disable(channel[1]);
    this.#enable(event);
  }
  #dequeue(event, channel) {
    const place = channel.indexOf(event);
    channel.splice(place, 1);
    if (place > 0) return;
    this.#disable(event);
    if (channel.length > 0) this.#enable(channel[0]);
  }
  #enable(event) {
    if (event.waiting === 0 && !(this.#areTimersHeld && event.phase === "timers")) this.#enabled.push(event);
  }
  /** Nothing happens to one that was not enabled. */
  #disable(event) {
    const enabled = this.#enabled;
    const last = enabled.length - 1;
    let place = enabled.indexOf(event);
    if (place < 0) return;
    for (; place < last; place++) enabled[place] = enabled[place + 1];
    enabled.pop();
  }
};

// src/simulator/runtime/loop-identity.ts
var ObjectName = class {
  id;
  /** Of the object that it names, if that is one in each execution. */
  record = new ObjectRecord(this);
  #keys;
  #numbers = /* @__PURE__ */ new Map();
  constructor(keys, id) {
    this.#keys = keys;
    this.id = id;
  }
  /** The number of a key of this object, as footprints have it. */
  key(property) {
    const known3 = this.#numbers.get(property);
    if (known3 !== void 0) return known3;
    const number = this.#keys.of(this.id, property);
    this.#numbers.set(property, number);
    return number;
  }
};
var LocationRecord = class {
  object;
  key;
  /** The key as text: names that read alike are one. */
  name;
  /** Different for any two; nothing else is said by it. */
  number;
  /** The location of the same object that was added before. */
  next;
  /** Its number in footprints, or -1 while that is not known. */
  touched = -1;
  /** A task has written it. What no task writes ends the same in every execution. */
  isWritten = false;
  /** The place of a region that used it, preferably as its read; -1: none did. */
  site = -1;
  isRead = false;
  /** The value that it was last seen with. */
  last = void 0;
  execution;
  constructor(object, key, name2, number, next2, execution) {
    this.object = object;
    this.key = key;
    this.name = name2;
    this.number = number;
    this.next = next2;
    this.execution = execution;
  }
  /** It serves another execution. */
  renew(object, key, execution) {
    this.object = object;
    this.key = key;
    this.isWritten = false;
    this.site = -1;
    this.isRead = false;
    this.last = void 0;
    this.execution = execution;
  }
};
var fewLocations = 12;
var ObjectRecord = class {
  name;
  #last = void 0;
  #count = 0;
  #byName = void 0;
  constructor(name2) {
    this.name = name2;
  }
  /** It is known by another name from here on. */
  rename(name2) {
    this.name = name2;
    for (let location2 = this.#last; location2 !== void 0; location2 = location2.next) location2.touched = -1;
  }
  /** The record of a property of this object, which is made if it is new. */
  location(object, key, { execution, nextNumber }) {
    const name2 = typeof key === "string" ? key : String(key);
    const known3 = this.#find(name2);
    if (known3 === void 0) return this.#add(new LocationRecord(object, key, name2, nextNumber(), this.#last, execution));
    if (known3.execution !== execution) known3.renew(object, key, execution);
    return known3;
  }
  #find(name2) {
    if (this.#byName !== void 0) return this.#byName.get(name2);
    let location2 = this.#last;
    while (location2 !== void 0 && location2.name !== name2) location2 = location2.next;
    return location2;
  }
  #add(location2) {
    this.#last = location2;
    this.#count++;
    if (this.#byName !== void 0) this.#byName.set(location2.name, location2);
    else if (this.#count > fewLocations) this.#byName = byName(location2);
    return location2;
  }
};
function byName(last) {
  const table = /* @__PURE__ */ new Map();
  for (let location2 = last; location2 !== void 0; location2 = location2.next) table.set(location2.name, location2);
  return table;
}
var fewObjects = 12;
var mostHeld = 2e3;
var Identity = class {
  #keys;
  #unborn;
  #first = new Array(fewObjects).fill(void 0);
  #firstRecords = new Array(fewObjects).fill(void 0);
  #size = 0;
  #held = /* @__PURE__ */ new Map();
  #others;
  #names = /* @__PURE__ */ new Map();
  #turn;
  #rank = 0;
  #locations = 0;
  execution = 0;
  nextNumber = () => ++this.#locations;
  constructor(keys) {
    this.#keys = keys;
    this.#unborn = new ObjectName(keys, 0);
  }
  /** Forget all objects: a new execution starts. */
  clear() {
    this.execution++;
    this.#first.fill(void 0);
    this.#firstRecords.fill(void 0);
    this.#size = 0;
    this.#held = emptied(this.#held);
    this.#others = void 0;
  }
  /** Births from here on belong to the turn of the event with this name. */
  enterTurn(turn) {
    this.#turn = turn;
    this.#rank = 0;
  }
  born(object) {
    const known3 = this.#find(object);
    if (known3 !== void 0 && known3.name !== this.#unborn) return known3.name.id;
    const name2 = this.#nextBirth();
    if (known3 === void 0) this.#add(object, name2.record);
    else known3.rename(name2);
    return name2.id;
  }
  /** To footprints `object`, which is new, is the same as `other`: both are views of one memory. */
  alias(object, other) {
    this.#add(object, this.record(other));
  }
  #nextBirth() {
    const turn = this.#turn;
    const rank = ++this.#rank;
    return turn.births[rank] ??= new ObjectName(this.#keys, `#${turn.id}:${rank}`);
  }
  /** Identity that is the same in every execution in which the object has the same past; for `touch`. */
  of(object) {
    return this.#find(object)?.name.id ?? 0;
  }
  /** All that this execution knows of an object. */
  record(object) {
    return this.#find(object) ?? this.#add(object, new ObjectRecord(this.#unborn));
  }
  /** For what is known by a text that is the same in all executions, not by its birth. */
  recordOfText(text) {
    let name2 = this.#names.get(text);
    if (name2 === void 0) this.#names.set(text, name2 = new ObjectName(this.#keys, text));
    return name2.record;
  }
  #find(object) {
    const first = this.#first;
    const few = this.#size < fewObjects ? this.#size : fewObjects;
    for (let index = 0; index < few; index++) if (first[index] === object) return this.#firstRecords[index];
    return this.#size <= fewObjects ? void 0 : this.#held.get(object) ?? this.#others?.get(object);
  }
  #add(object, record) {
    const place = this.#size++;
    if (place < fewObjects) {
      this.#first[place] = object;
      this.#firstRecords[place] = record;
    } else if (place < mostHeld) this.#held.set(object, record);
    else (this.#others ??= /* @__PURE__ */ new WeakMap()).set(object, record);
    return record;
  }
  /** The record of a property of `object`, whose own record is `owner`. */
  location(owner, object, key) {
    return owner.location(object, key, this);
  }
};

// src/simulator/runtime/loop-names.ts
var EventName = class {
  id;
  creator;
  /** Small number unique to this name within its tree; stable over executions. */
  index;
  /** Objects that the turn of this event makes, by rank from 1. */
  births = [];
  /** Keys of footprints of the promises that it makes, by rank. */
  promises = [];
  #names;
  #children = [];
  constructor(names2, index, id, creator) {
    this.#names = names2;
    this.index = index;
    this.id = id;
    this.creator = creator;
  }
  /** The name of the `rank`th event (from 1) that the turn of this event creates. Ranks are asked in order. */
  child(rank) {
    const known3 = this.#children[rank - 1];
    if (known3 !== void 0) return known3;
    const created = this.#names.make(`${this.id}.${rank}`, this);
    this.#children[rank - 1] = created;
    return created;
  }
};
var EventNames = class {
  #roots = /* @__PURE__ */ new Map();
  #count = 0;
  root(id) {
    const known3 = this.#roots.get(id);
    if (known3 !== void 0) return known3;
    const created = this.make(id, void 0);
    this.#roots.set(id, created);
    return created;
  }
  make(id, creator) {
    return new EventName(this, this.#count++, id, creator);
  }
};

// src/simulator/runtime/loop.ts
var SETUP = "setup";
var DEFAULT_STEPS = 1e6;
var IMMEDIATES = "immediates";
var DEFAULT_INTERVAL_FIRINGS = 5;
var EventLoop = class {
  agent;
  identity;
  finished = /* @__PURE__ */ new Set();
  errors = [];
  /** Is asked about an error that no code handled; true: it has dealt with it. Gone with the execution. */
  onError;
  /** Which limit of the environment cut this execution short, though it did not end it. */
  bounded;
  /** The task on whose behalf code runs now. */
  task = SETUP;
  /** Rank of the running turn: the set-up is 0, the first fired event 1. */
  turn = 0;
  turnEvent;
  areTimersLate = false;
  /** The immediates that run next, as one event (invariant 4). */
  #immediates;
  #names = new EventNames();
  #events = new LoopEvents();
  #recorder = new FootprintRecorder();
  /** What channels are called in footprints. */
  #channels = /* @__PURE__ */ new Map();
  #nextTicks = new JobQueue();
  #microtasks = new JobQueue();
  #rejected = [];
  #creator = this.#names.root(SETUP);
  #created = 0;
  #promises = 0;
  #isInTurn = false;
  #steps = 0;
  #stepLimit = DEFAULT_STEPS;
  #intervalFirings = DEFAULT_INTERVAL_FIRINGS;
  #overrun;
  #now = 0;
  constructor(options = {}) {
    this.agent = options.agent ?? "main";
    this.identity = new Identity(this.#recorder.keys);
  }
  /** Back to the state before any code has run. */
  reset(limits = {}) {
    this.identity.clear();
    this.finished = emptied(this.finished);
    this.errors = [];
    this.onError = void 0;
    this.bounded = void 0;
    this.task = SETUP;
    this.turn = 0;
    this.turnEvent = void 0;
    this.areTimersLate = limits.areTimersLate ?? false;
    this.#immediates = void 0;
    this.#events.clear();
    this.#recorder.take();
    this.#nextTicks.clear();
    this.#microtasks.clear();
    this.#rejected = [];
    this.#creator = this.#names.root(SETUP);
    this.#created = 0;
    this.#promises = 0;
    this.#isInTurn = false;
    this.#steps = 0;
    this.#stepLimit = limits.steps ?? DEFAULT_STEPS;
    this.#intervalFirings = limits.intervalFirings ?? DEFAULT_INTERVAL_FIRINGS;
    this.#overrun = void 0;
    this.#now = 0;
    this.identity.enterTurn(this.#creator);
  }
  /** Runs `run` and the jobs it leaves as the turn `setup`, which is no choice. May be used once per execution, before any event fires. */
  setup(run) {
    this.#runTurn(SETUP, run);
    this.#recorder.take();
  }
  /** A task that may start at any time. */
  addTask(start) {
    return this.#add(new LoopEvent(this.#names.root(start.task), start.task, start, 0, "any"));
  }
  /** Something that may happen at any later time (invariant 7 gives its id). */
  addEvent(plan) {
    if (plan.channel !== void 0) this.#touchChannel(plan.channel, "tail");
    return this.addOrderedEvent(plan, 0);
  }
  /** For platform objects with an order of their own; they touch what that order depends on themselves (invariant 8). */
  addOrderedEvent(plan, due) {
    if (!this.#isInTurn) throw new Error(`the event "${plan.label}" was created outside any turn`);
    return this.#add(new LoopEvent(this.#creator.child(++this.#created), plan.task ?? this.task, plan, due));
  }
  #add(event) {
    this.#events.add(event);
    return event;
  }
  /** The event, created as cancellable, will not fire. Too late is no error. */
  cancel(event) {
    if (!event.isCancellable) throw new Error(`the event "${event.label}" was not created as cancellable`);
    this.touch(event.id, "pending", "write");
    if (event.channel !== void 0) {
      this.#touchChannel(event.channel, "head");
      this.#touchChannel(event.channel, "tail");
    }
    this.#events.remove(event);
  }
  /** For platform objects with an order of their own. */
  removeOrderedEvent(event) {
    this.#events.remove(event);
  }
  /** What may fire next. The array is the loop's own: it changes with the next turn. */
  enabled() {
    return this.#events.enabled();
  }
  /** Fires an enabled event: one turn (invariant 1). Throws only an abort. */
  fire(event) {
    if (!event.isPending) throw new Error(`the event "${event.id}" is not pending`);
    this.turn++;
    this.turnEvent = event;
    this.#creator = event.name;
    this.#created = 0;
    this.#promises = 0;
    this.identity.enterTurn(event.name);
    this.#events.remove(event);
    if (event.isCancellable) this.touch(event.id, "pending", "write");
    if (event.channel !== void 0) this.#touchChannel(event.channel, "head");
    this.#runTurn(event.task, event.fire);
    if (event.phase === "poll") this.#pollEnds();
    return this.#recorder.take();
  }
  /** Behind I/O come the immediates, and only then timers again. */
  #pollEnds() {
    this.touch(IMMEDIATES, "queue", "read");
    if (this.#immediates?.isPending === true && this.#events.holdTimers()) this.touch(IMMEDIATES, "hold", "write");
  }
  /** These immediates run next; `undefined`: they have begun to run, or none is left. */
  setImmediates(event) {
    this.touch(IMMEDIATES, "queue", "write");
    this.#immediates = event;
    if (event === void 0 && this.#events.releaseTimers()) this.touch(IMMEDIATES, "hold", "write");
  }
  /** A timer fires: none does while immediates go before it. */
  noteTimer() {
    this.touch(IMMEDIATES, "hold", "read");
  }
  #runTurn(task, run) {
    this.#isInTurn = true;
    const outer = setRunning(this);
    try {
      this.runMacrotask(task, run);
    } finally {
      setRunning(outer);
      this.#isInTurn = false;
      this.task = SETUP;
    }
  }
  /** A callback and the jobs that it leaves. A turn is one, or several that nothing can come between. */
  runMacrotask(task, run) {
    this.runCallback(task, run);
    do
      this.#drain();
    while (this.#noteUnhandled());
  }
  /** Runs a callback of the platform: what it throws nobody catches. */
  runCallback(task, run) {
    this.task = task;
    try {
      this.tick();
      run();
    } catch (error) {
      this.#noteUncaught(error);
    }
  }
  #noteUncaught(error) {
    if (isAbort(error)) throw error;
    this.#note({ kind: "uncaught", reason: error, task: this.task, turn: this.turn });
  }
  /** Invariant 3. */
  #drain() {
    do {
      this.#empty(this.#nextTicks);
      this.#empty(this.#microtasks);
    } while (!this.#nextTicks.isEmpty);
  }
  #empty(queue) {
    for (let job = queue.take(); job !== void 0; job = queue.take()) this.#runJob(job);
  }
  #runJob(job) {
    this.task = job.task;
    try {
      this.tick();
      job.run();
    } catch (error) {
      this.#noteUncaught(error);
    }
  }
  /** Adds a promise job (invariant 2). */
  addMicrotask(job) {
    this.#microtasks.add(job);
  }
  queueMicrotask(callback) {
    this.#microtasks.add(new CallbackJob(this.task, requireCallback(callback), []));
  }
  nextTick(callback, ...args) {
    this.#nextTicks.add(new CallbackJob(this.task, requireCallback(callback), args));
  }
  /** Runs `run` under another task: AsyncLocalStorage.run. */
  runAs(task, run) {
    const before = this.task;
    this.task = task;
    try {
      return run();
    } finally {
      this.task = before;
    }
  }
  /** A function that runs under today's task whenever it is called: AsyncResource.bind. */
  bind(run) {
    const { task } = this;
    return (...args) => this.runAs(task, () => run(...args));
  }
  finish(task) {
    this.finished.add(task);
  }
  isFinished(task) {
    return this.finished.has(task);
  }
  /** A promise was rejected and nobody reacts to it yet (ECMA-262, HostPromiseRejectionTracker "reject"). */
  noteRejection(promise, reason) {
    this.#rejected.push({ kind: "unhandledRejection", reason, task: this.task, turn: this.turn, promise });
  }
  /** Somebody reacts to it now ("handle"). */
  noteHandled(promise) {
    if (this.#rejected.length > 0) this.#rejected = this.#rejected.filter((error) => error.promise !== promise);
  }
  /** Invariant 9. True if somebody dealt with one, and may have left jobs. */
  #noteUnhandled() {
    if (this.#rejected.length === 0) return false;
    const rejected = this.#rejected;
    this.#rejected = [];
    for (const error of rejected) this.#note(error);
    return this.onError !== void 0;
  }
  #note(error) {
    if (this.onError?.(error) !== true) this.errors.push(error);
  }
  /** What the numbers in footprints stand for. */
  get keys() {
    return this.#recorder.keys;
  }
  /** This turn reads or writes a shared place; `*` is all of the object. */
  touch(object, property, kind) {
    this.#recorder.touch(object, property, kind);
  }
  #touchChannel(channel, end) {
    let name2 = this.#channels.get(channel);
    if (name2 === void 0) this.#channels.set(channel, name2 = new ObjectName(this.#recorder.keys, `channel ${channel}`));
    this.touchKey(name2.key(end), "write");
  }
  /** The name of the event whose turn runs, or ran last. */
  get turnName() {
    return this.#creator;
  }
  /** Gives the rank of a promise among those that this turn makes. */
  countPromise() {
    return this.#promises++;
  }
  /** This turn settles a promise of another turn, or adds a reaction to it. */
  touchPromise(turn, rank, kind) {
    this.#recorder.touchKey(turn.promises[rank] ??= this.#recorder.keys.of(`promise ${turn.id}:${rank}`, "state"), kind);
  }
  /** As `touch`, for a key whose number is known (`ObjectName.key`). */
  touchKey(key, kind) {
    this.#recorder.touchKey(key, kind);
  }
  /** A footprint to declare for an event: exactly what its turn is going to touch. */
  footprintOf(touches) {
    const keysOf = (kind) => touches.filter((touch2) => touch2.kind === kind).map(({ object, property }) => this.#recorder.keys.of(object, property));
    return new Footprint(this.#recorder.keys, keysOf("read"), keysOf("write"));
  }
  /** Counts steps of the subject; throws the abort once they are too many (invariant 10). */
  tick(steps = 1) {
    this.#steps += steps;
    if (this.#steps > this.#stepLimit) this.abort("steps");
    if (this.#overrun !== void 0) throw this.#overrun;
  }
  /** Ends the execution: throws now and at every later step. */
  abort(limit, overrun) {
    this.#overrun ??= new SimulationAbort(limit, overrun);
    throw this.#overrun;
  }
  /** Milliseconds since the start of the execution, read from the virtual clock. */
  now() {
    this.touch("clock", "now", "read");
    return this.#now;
  }
  /** A timer fires: its deadline becomes the time (invariant 5). */
  advanceClock(deadline) {
    this.touch("clock", "now", "write");
    if (deadline > this.#now) this.#now = deadline;
  }
  /** Whether an interval that has fired `firings` times fires again. Endless ones are bounded, or no execution would end. */
  mayRepeat(firings, label) {
    if (firings < this.#intervalFirings) return true;
    this.bounded ??= `${label} was stopped after ${firings} firings`;
    return false;
  }
};
var running;
function runningLoop() {
  return running;
}
function setRunning(loop) {
  const before = running;
  running = loop;
  return before;
}
function requireCallback(callback) {
  if (typeof callback !== "function") throw new TypeError('The "callback" argument must be of type function.');
  return callback;
}

// src/simulator/host/events/inspect.ts
function inspectBriefly(value) {
  if (typeof value === "string") return `'${value}'`;
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return value.name ? `[Function: ${value.name}]` : "[Function (anonymous)]";
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `[ ${value.map(inspectPart).join(", ")} ]`;
  const fields = Object.entries(value).map(([key, part]) => `${key}: ${inspectPart(part)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}
function inspectPart(value) {
  if (typeof value !== "object" || value === null) return inspectBriefly(value);
  return Array.isArray(value) ? "[Array]" : "[Object]";
}

// src/simulator/host/buffer/memory.ts
var buffers2 = /* @__PURE__ */ new WeakSet();
function bufferBorn(buffer) {
  buffers2.add(buffer);
  runningLoop()?.identity.born(buffer);
  return buffer;
}
function partBorn(part, whole) {
  buffers2.add(part);
  runningLoop()?.identity.alias(part, whole);
  return part;
}
function touchBytes(buffer, kind) {
  const loop = runningLoop();
  if (loop !== void 0) loop.touch(loop.identity.of(buffer), "*", kind);
}

// src/simulator/host/buffer/ranges.ts
function outOfRange(name2, range, value) {
  return nodeError(RangeError, "ERR_OUT_OF_RANGE", `The value of "${name2}" is out of range. It must be ${range}. Received ${receivedNumber(value)}`);
}
function outOfBounds(name2) {
  return nodeError(RangeError, "ERR_BUFFER_OUT_OF_BOUNDS", name2 === void 0 ? "Attempt to access memory outside buffer bounds" : `"${name2}" is outside of buffer bounds`);
}
function receivedNumber(value) {
  if (typeof value === "number" && Number.isInteger(value) && Math.abs(value) > 2 ** 32) return grouped(String(value));
  if (typeof value === "bigint") return `${value > 2n ** 32n || value < -(2n ** 32n) ? grouped(String(value)) : value}n`;
  return inspectBriefly(value);
}
function grouped(digits) {
  return digits.replace(/\B(?=(\d{3})+$)/g, "_");
}
function requireInteger(value, name2, least, most, joint = "&&") {
  if (typeof value !== "number") throw invalidArgument(name2, "of type number", value);
  if (!Number.isInteger(value)) throw outOfRange(name2, "an integer", value);
  if (value < least || value > most) throw outOfRange(name2, `>= ${least} ${joint} <= ${most}`, value);
  return value;
}

// src/simulator/host/buffer/contents.ts
function isUint8Array(value) {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === "[object Uint8Array]";
}
function requireBytes(name2, value) {
  if (!isUint8Array(value)) throw invalidArgument(name2, "an instance of Buffer or Uint8Array", value);
  return value;
}
function bytesOf(buffer, start = 0, end = buffer.length) {
  return new Uint8Array(buffer.buffer, buffer.byteOffset + start, Math.max(0, end - start));
}
function toText(encoding, start = 0, end) {
  const { length } = this;
  const from = Number(start) <= 0 ? 0 : Math.trunc(Number(start)) || 0;
  const to = end === void 0 || Number(end) > length ? length : Math.trunc(Number(end)) || 0;
  if (from >= length || to <= from) return "";
  const known3 = encoding === void 0 ? "utf8" : encodingNamed(`${encoding}`);
  if (known3 === void 0) throw unknownEncoding(encoding);
  touchBytes(this, "read");
  return decode(bytesOf(this, from, to), known3);
}
function write(text, offset, length, encoding) {
  const [name2, start, room] = writePlace(this, offset, length, encoding);
  const known3 = !name2 ? "utf8" : encodingNamed(`${name2}`);
  if (known3 === void 0) throw unknownEncoding(name2);
  if (typeof text !== "string") throw nodeError(TypeError, "ERR_INVALID_ARG_TYPE", "argument must be a string");
  return writeText(this, text, start, room, known3);
}
function writePlace(buffer, offset, length, encoding) {
  if (offset === void 0) return [void 0, 0, buffer.length];
  if (length === void 0 && typeof offset === "string") return [offset, 0, buffer.length];
  const start = requireInteger(offset, "offset", 0, buffer.length);
  const rest = buffer.length - start;
  if (length === void 0) return [encoding, start, rest];
  if (typeof length === "string") return [length, start, rest];
  return [encoding, start, Math.min(requireInteger(length, "length", 0, buffer.length), rest)];
}
function writeText(buffer, text, start, room, encoding) {
  const bytes = encode(text, encoding);
  let count = Math.min(bytes.length, room);
  if (encoding === "utf16le") count -= count % 2;
  else if (encoding === "utf8") while (count > 0 && count < bytes.length && (bytes[count] & 192) === 128) count--;
  touchBytes(buffer, "write");
  bytesOf(buffer).set(bytes.subarray(0, count), start);
  return count;
}
function fill(value, offset, end, encoding) {
  return fillBytes(this, value, offset, end, encoding);
}
function fillBytes(buffer, given, offset, end, encoding) {
  let value = given;
  if (typeof value === "string") {
    const [name2, from, to] = typeof offset === "string" ? [offset, void 0, void 0] : typeof end === "string" ? [end, offset, void 0] : [encoding, offset, end];
    if (name2 !== void 0 && name2 !== null && typeof name2 !== "string") throw invalidArgument("encoding", "of type string", name2);
    value = encode(value, requireEncoding(name2));
    if (given !== "" && value.length === 0) throw nodeError(TypeError, "ERR_INVALID_ARG_VALUE", `The argument 'value' is invalid. Received ${inspectBriefly(given)}`);
    return fillRange(buffer, value, from, to);
  }
  if (typeof value === "boolean") value = Number(value);
  return fillRange(buffer, isUint8Array(value) ? filling(value, given) : Uint8Array.of(Number(value) & 255), offset, end);
}
function filling(value, given) {
  touchBytes(value, "read");
  if (value.length === 0) throw nodeError(TypeError, "ERR_INVALID_ARG_VALUE", `The argument 'value' is invalid. Received ${String(Reflect.apply(inspect, given, []))}`);
  return bytesOf(value).slice();
}
function fillRange(buffer, pattern, offset, end) {
  const start = offset === void 0 ? 0 : requireInteger(offset, "offset", 0, 2 ** 32);
  const stop = end === void 0 ? buffer.length : requireInteger(end, "end", 0, buffer.length);
  touchBytes(buffer, "write");
  for (let index = start; index < stop; index++) buffer[index] = pattern.length === 0 ? 0 : pattern[(index - start) % pattern.length];
  return buffer;
}
function copy(target, targetStart, sourceStart, sourceEnd) {
  const to = requireBytes("target", target);
  const start = targetStart === void 0 ? 0 : coerced(targetStart);
  if (start < 0) throw outOfRange("targetStart", ">= 0", start);
  const from = sourceStart === void 0 ? 0 : coerced(sourceStart);
  if (from < 0 || from > this.length) throw outOfRange("sourceStart", `>= 0 && <= ${this.length}`, from);
  const end = sourceEnd === void 0 ? this.length : coerced(sourceEnd);
  if (end < 0) throw outOfRange("sourceEnd", ">= 0", end);
  if (start >= to.length || from >= end) return 0;
  const count = Math.min(end - from, to.length - start, this.length - from);
  touchBytes(this, "read");
  touchBytes(to, "write");
  bytesOf(to).set(bytesOf(this, from, from + count), start);
  return count;
}
function coerced(value) {
  const number = Math.trunc(Number(value));
  return Number.isNaN(number) ? 0 : number;
}
function equals(other) {
  return order(this, requireBytes("otherBuffer", other)) === 0;
}
function order(a, b) {
  touchBytes(a, "read");
  touchBytes(b, "read");
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) if (a[index] !== b[index]) return a[index] < b[index] ? -1 : 1;
  return Math.sign(a.length - b.length);
}
function compare(target, targetStart, targetEnd, sourceStart, sourceEnd) {
  const other = requireBytes("target", target);
  const most = 2 ** 32;
  const [tStart, tEnd] = [targetStart === void 0 ? 0 : requireInteger(targetStart, "targetStart", 0, most), targetEnd === void 0 ? other.length : requireInteger(targetEnd, "targetEnd", 0, other.length)];
  const [sStart, sEnd] = [sourceStart === void 0 ? 0 : requireInteger(sourceStart, "sourceStart", 0, most), sourceEnd === void 0 ? this.length : requireInteger(sourceEnd, "sourceEnd", 0, this.length)];
  if (sStart >= sEnd) return tStart >= tEnd ? 0 : -1;
  if (tStart >= tEnd) return 1;
  touchBytes(this, "read");
  touchBytes(other, "read");
  return order(bytesOf(this, Math.min(sStart, this.length), sEnd), bytesOf(other, Math.min(tStart, other.length), tEnd));
}
function indexOf(value, byteOffset, encoding) {
  return search(this, value, byteOffset, encoding, true);
}
function lastIndexOf(value, byteOffset, encoding) {
  return search(this, value, byteOffset, encoding, false);
}
function includes(value, byteOffset, encoding) {
  return search(this, value, byteOffset, encoding, true) !== -1;
}
function search(buffer, value, byteOffset, encoding, isForward) {
  const name2 = typeof byteOffset === "string" ? byteOffset : encoding;
  const given = typeof byteOffset === "string" ? void 0 : Number(byteOffset === null || byteOffset === void 0 || Array.isArray(byteOffset) ? byteOffset === null ? 0 : NaN : byteOffset);
  const from = given === void 0 || Number.isNaN(given) ? isForward ? 0 : buffer.length : Math.trunc(Math.max(-2147483648, Math.min(2147483647, given)));
  const known3 = typeof value === "string" ? requireEncoding(name2) : "utf8";
  const wanted = sought(value, known3);
  touchBytes(buffer, "read");
  const start = from < 0 ? from + buffer.length : from;
  const step = known3 === "utf16le" ? 2 : 1;
  if (isForward) return forward(buffer, wanted, Math.max(0, start), step);
  if (wanted.length === 0) return Math.max(0, Math.min(start, buffer.length));
  return start < 0 ? -1 : backward(buffer, wanted, Math.min(start, buffer.length - wanted.length), step);
}
function sought(value, encoding) {
  if (typeof value === "number") return Uint8Array.of(value & 255);
  if (typeof value === "string") return encode(value, encoding);
  if (!isUint8Array(value)) throw invalidArgument("value", "one of type number or string or an instance of Buffer or Uint8Array", value);
  touchBytes(value, "read");
  return value;
}
function forward(buffer, wanted, start, step) {
  if (wanted.length === 0) return Math.min(start, buffer.length);
  for (let at = start; at + wanted.length <= buffer.length; at += step) if (wanted.every((byte, index) => buffer[at + index] === byte)) return at;
  return -1;
}
function backward(buffer, wanted, start, step) {
  for (let at = start; at >= 0; at -= step) if (wanted.every((byte, index) => buffer[at + index] === byte)) return at;
  return -1;
}
function swapper(size) {
  return { [`swap${size * 8}`]() {
    if (this.length % size !== 0) throw nodeError(RangeError, "ERR_INVALID_BUFFER_SIZE", `Buffer size must be a multiple of ${size * 8}-bits`);
    touchBytes(this, "write");
    for (let at = 0; at < this.length; at += size) bytesOf(this, at, at + size).reverse();
    return this;
  } }[`swap${size * 8}`];
}
function toJSON() {
  touchBytes(this, "read");
  return { type: "Buffer", data: Array.from(bytesOf(this)) };
}
function inspect() {
  touchBytes(this, "read");
  const most = 50;
  const shown = Array.from(bytesOf(this, 0, Math.min(most, this.length)), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  const rest = this.length - most;
  return `<${this.constructor.name} ${shown}${rest > 0 ? ` ... ${rest} more byte${rest > 1 ? "s" : ""}` : ""}>`;
}

// src/simulator/host/buffer/numbers.ts
var fixed = {
  UInt8: { bytes: 1, view: "Uint8", least: 0, most: 255 },
  Int8: { bytes: 1, view: "Int8", least: -128, most: 127 },
  UInt16: { bytes: 2, view: "Uint16", least: 0, most: 65535 },
  Int16: { bytes: 2, view: "Int16", least: -32768, most: 32767 },
  UInt32: { bytes: 4, view: "Uint32", least: 0, most: 4294967295 },
  Int32: { bytes: 4, view: "Int32", least: -2147483648, most: 2147483647 },
  Float: { bytes: 4, view: "Float32" },
  Double: { bytes: 8, view: "Float64" },
  BigInt64: { bytes: 8, view: "BigInt64", least: -(2n ** 63n), most: 2n ** 63n - 1n },
  BigUInt64: { bytes: 8, view: "BigUint64", least: 0n, most: 2n ** 64n - 1n }
};
function numberMethods() {
  const methods2 = {};
  const add = (name2, method4) => {
    for (const spelling of /* @__PURE__ */ new Set([name2, name2.replace("UInt", "Uint")])) methods2[spelling] = method4;
  };
  for (const [type, facts] of Object.entries(fixed)) {
    for (const order2 of facts.bytes === 1 ? [""] : ["LE", "BE"]) {
      add(`read${type}${order2}`, { [`read${type}${order2}`](offset = 0) {
        return readFixed(this, offset, facts, order2 === "LE");
      } }[`read${type}${order2}`]);
      add(`write${type}${order2}`, { [`write${type}${order2}`](value, offset = 0) {
        return writeFixed(this, value, offset, facts, order2 === "LE");
      } }[`write${type}${order2}`]);
    }
  }
  for (const isSigned of [false, true]) {
    for (const order2 of ["LE", "BE"]) {
      const type = `${isSigned ? "Int" : "UInt"}${order2}`;
      add(`read${type}`, { [`read${type}`](offset, bytes) {
        return readSized(this, offset, bytes, isSigned, order2);
      } }[`read${type}`]);
      add(`write${type}`, { [`write${type}`](value, offset, bytes) {
        return writeSized(this, value, offset, bytes, isSigned, order2);
      } }[`write${type}`]);
    }
  }
  return methods2;
}
function viewOf(buffer) {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
function requireOffset(buffer, offset, bytes) {
  if (typeof offset !== "number") throw invalidArgument("offset", "of type number", offset);
  const last = buffer.length - bytes;
  if (offset >= 0 && offset <= last && Number.isInteger(offset)) return offset;
  throw boundsError(offset, last, "offset");
}
function boundsError(value, last, name2) {
  if (Math.floor(value) !== value) return outOfRange(name2, "an integer", value);
  return last < 0 ? outOfBounds() : outOfRange(name2, `>= ${name2 === "offset" ? 0 : 1} and <= ${last}`, value);
}
function readFixed(buffer, offset, { bytes, view }, isLittle) {
  const at = requireOffset(buffer, offset, bytes);
  touchBytes(buffer, "read");
  return viewOf(buffer)[`get${view}`](at, isLittle);
}
function writeFixed(buffer, given, offset, { bytes, view, least, most }, isLittle) {
  const value = typeof least === "bigint" ? given : +given;
  if (least !== void 0 && (value < least || value > most)) throw valueRange(value, least, most, bytes);
  if (typeof least === "bigint" && typeof value !== "bigint") throw new TypeError("Cannot mix BigInt and other types, use explicit conversions");
  const at = requireOffset(buffer, offset, bytes);
  touchBytes(buffer, "write");
  viewOf(buffer)[`set${view}`](at, value, isLittle);
  return at + bytes;
}
function valueRange(value, least, most, bytes) {
  const n = typeof least === "bigint" ? "n" : "";
  if (bytes <= 4) return outOfRange("value", `>= ${least} and <= ${most}`, value);
  if (least === 0 || least === 0n) return outOfRange("value", `>= 0${n} and < 2${n} ** ${bytes * 8}${n}`, value);
  return outOfRange("value", `>= -(2${n} ** ${bytes * 8 - 1}${n}) and < 2${n} ** ${bytes * 8 - 1}${n}`, value);
}
function requireSize(bytes) {
  if (typeof bytes !== "number") throw invalidArgument("byteLength", "of type number", bytes);
  if (!Number.isInteger(bytes) || bytes < 1 || bytes > 6) throw boundsError(bytes, 6, "byteLength");
  return bytes;
}
function readSized(buffer, offset, size, isSigned, order2) {
  if (offset === void 0) throw invalidArgument("offset", "of type number", offset);
  const bytes = requireSize(size);
  const at = requireOffset(buffer, offset, bytes);
  touchBytes(buffer, "read");
  let value = 0;
  for (let index = 0; index < bytes; index++) value = value * 256 + buffer[at + (order2 === "BE" ? index : bytes - 1 - index)];
  return isSigned && value >= 2 ** (bytes * 8 - 1) ? value - 2 ** (bytes * 8) : value;
}
function writeSized(buffer, given, offset, size, isSigned, order2) {
  const bytes = requireSize(size);
  const value = +given;
  const [least, most] = isSigned ? [-(2 ** (bytes * 8 - 1)), 2 ** (bytes * 8 - 1) - 1] : [0, 2 ** (bytes * 8) - 1];
  if (value < least || value > most) throw valueRange(value, least, most, bytes);
  const at = requireOffset(buffer, offset === void 0 ? 0 : offset, bytes);
  touchBytes(buffer, "write");
  let rest = value < 0 ? value + 2 ** (bytes * 8) : value;
  for (let index = 0; index < bytes; index++) {
    buffer[at + (order2 === "LE" ? index : bytes - 1 - index)] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return at + bytes;
}

// src/simulator/host/buffer/pool.ts
var location = "Buffer pool";
var Pool = class {
  static defaultSize = 8192;
  #make;
  #size;
  #isSeen;
  #memory;
  #freed;
  #used = 0;
  constructor(make2, size, isSeen) {
    this.#make = make2;
    this.#size = size;
    this.#isSeen = isSeen;
  }
  take(length) {
    const size = this.#size();
    if (length >= size >>> 1) return this.own(length);
    this.#touch();
    if (this.#memory === void 0 || length > this.#memory.byteLength - this.#used) this.#renew(size);
    const made2 = this.#make(this.#memory, this.#used, length);
    this.#used = this.#used + length + 7 & ~7;
    return made2;
  }
  /** Memory that is no part of the pool. */
  own(length) {
    this.#touch();
    return this.#make(this.#memoryOf(length));
  }
  #renew(size) {
    if (this.#memory) this.#freed = new Uint8Array(this.#memory.slice(0));
    this.#memory = this.#memoryOf(size);
    this.#used = 0;
  }
  #memoryOf(length) {
    const made2 = new Uint8Array(length);
    const freed = this.#freed;
    if (freed !== void 0 && freed.length > 0) for (let at = 0; at < length; at += freed.length) made2.set(freed.subarray(0, Math.min(freed.length, length - at)), at);
    return made2.buffer;
  }
  #touch() {
    if (this.#isSeen) runningLoop()?.touch(location, "memory", "write");
  }
};

// src/simulator/host/buffer/buffer.ts
var maxLength = 2 ** 32;
var mostBytes = 25e7;
var inspectCustom = /* @__PURE__ */ Symbol.for("nodejs.util.inspect.custom");
var methods = {
  ...numberMethods(),
  ...textMethods(),
  toString: toText,
  toLocaleString: toText,
  write,
  fill,
  copy,
  equals,
  compare,
  indexOf,
  lastIndexOf,
  includes,
  swap16: swapper(2),
  swap32: swapper(4),
  swap64: swapper(8),
  toJSON,
  inspect,
  [inspectCustom]: inspect
};
for (const key of Reflect.ownKeys(methods)) seal(methods[key]);
computes(...Object.values(methods));
function textMethods() {
  const names2 = { ascii: "ascii", base64: "base64", base64url: "base64url", latin1: "latin1", hex: "hex", ucs2: "utf16le", utf8: "utf8" };
  return Object.fromEntries(Object.entries(names2).flatMap(([name2, encoding]) => [
    [`${name2}Slice`, function(start, end) {
      return Reflect.apply(toText, this, [encoding, start, end]);
    }],
    [`${name2}Write`, function(text, offset = 0, length = this.length - offset) {
      return writeText(this, text, offset, Math.min(length, this.length - offset), encoding);
    }]
  ]));
}
var methodDescriptors = Object.fromEntries(Reflect.ownKeys(methods).map((key) => [key, hidden(methods[key])]));
function createBuffer({ showsPool, opaque: opaque2 }) {
  class FastBuffer extends Uint8Array {
  }
  const make2 = (buffer, offset = 0, length = buffer.byteLength - offset) => bufferBorn(new FastBuffer(buffer, offset, length));
  const pool = new Pool(make2, () => Buffer.poolSize, showsPool);
  const Buffer = function Buffer2(value, encodingOrOffset, length) {
    if (typeof value !== "number") return from(value, encodingOrOffset, length);
    if (typeof encodingOrOffset === "string") throw invalidArgument("string", "of type string", value);
    return alloc(value);
  };
  function requireSize2(size) {
    if (typeof size !== "number") throw invalidArgument("size", "of type number", size);
    if (!(size >= 0 && size <= maxLength)) throw outOfRange("size", `>= 0 && <= ${maxLength}`, size);
    if (size > mostBytes) runningLoop()?.abort(`a Buffer of ${size} bytes was asked for`, "heap");
    return Math.trunc(size);
  }
  function from(value, encodingOrOffset, length) {
    if (typeof value === "string") return fromText(value, encodingOrOffset);
    if (typeof value === "object" && value !== null) {
      if (sharedBufferOf(value)) throw new Error("Buffer.from(SharedArrayBuffer) is not simulated; make a Uint8Array over the shared memory instead");
      if (value instanceof ArrayBuffer) return fromMemory(value, encodingOrOffset, length);
      const inner = value.valueOf?.();
      if (inner !== null && inner !== void 0 && inner !== value && (typeof inner === "string" || typeof inner === "object")) return from(inner, encodingOrOffset, length);
      const made2 = fromObject(value);
      if (made2) return made2;
      const primitive = value[Symbol.toPrimitive];
      const text = typeof primitive === "function" ? Reflect.apply(primitive, value, ["string"]) : void 0;
      if (typeof text === "string") return fromText(text, encodingOrOffset);
    }
    throw nodeError(TypeError, "ERR_INVALID_ARG_TYPE", `The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object. Received ${invalidArgument("", "", value).message.split("Received ")[1]}`);
  }
  function fromText(text, encoding) {
    return fromBytes(encode(text, typeof encoding === "string" ? requireEncoding(encoding) : "utf8"));
  }
  function fromBytes(bytes) {
    if (bytes.length === 0) return make2(new ArrayBuffer(0));
    const made2 = pool.take(bytes.length);
    made2.set(bytes);
    return made2;
  }
  function fromMemory(buffer, byteOffset, length) {
    const offset = byteOffset === void 0 || Number.isNaN(Number(byteOffset)) ? 0 : Number(byteOffset);
    const room = buffer.byteLength - offset;
    if (room < 0) throw outOfBounds("offset");
    const count = length === void 0 ? room : Math.max(0, Number(length) || 0);
    if (count > room) throw outOfBounds("length");
    return make2(buffer, offset, count);
  }
  function fromObject(value) {
    if (value.length !== void 0 || value instanceof ArrayBuffer) {
      if (typeof value.length !== "number" || value.length <= 0) return make2(new ArrayBuffer(0));
      if (ArrayBuffer.isView(value)) touchBytes(value, "read");
      return fromBytes(value);
    }
    return value.type === "Buffer" && Array.isArray(value.data) ? fromBytes(value.data) : void 0;
  }
  function alloc(size, fill2, encoding) {
    const made2 = make2(new ArrayBuffer(requireSize2(size)));
    return fill2 !== void 0 && fill2 !== 0 && made2.length > 0 ? fillBytes(made2, fill2, 0, made2.length, encoding) : made2;
  }
  function concat(list2, total) {
    if (!Array.isArray(list2)) throw invalidArgument("list", "an instance of Array", list2);
    if (list2.length === 0) return make2(new ArrayBuffer(0));
    const parts2 = list2;
    if (parts2.some((part) => opaque2.is(part))) return opaque2.make(`Buffer.concat(${opaque2.labelOf(list2)})`, true);
    const length = total === void 0 ? parts2.reduce((sum, part) => sum + (part.length || 0), 0) : requireInteger(total, "length", 0, maxLength);
    const made2 = allocUnsafe(length);
    let at = 0;
    parts2.forEach((part, index) => {
      requireBytes(`list[${index}]`, part);
      touchBytes(part, "read");
      const taken = bytesOf(part, 0, Math.min(part.length, length - at));
      made2.set(taken, at);
      at += taken.length;
    });
    bytesOf(made2).fill(0, at);
    return made2;
  }
  function allocUnsafe(size) {
    const length = requireSize2(size);
    return length === 0 ? make2(new ArrayBuffer(0)) : pool.take(length);
  }
  function subarray(start, end) {
    const { length } = this;
    const first = position(start, length);
    const last = end === void 0 ? length : position(end, length);
    return partBorn(new FastBuffer(this.buffer, this.byteOffset + first, Math.max(0, last - first)), this);
  }
  const statics = {
    from,
    alloc,
    allocUnsafe,
    concat,
    allocUnsafeSlow: (size) => pool.own(requireSize2(size)),
    of: (...items) => fromBytes(items),
    isBuffer: (value) => value instanceof Buffer,
    compare: (a, b) => order(requireBytes("buf1", a), requireBytes("buf2", b)),
    isEncoding: (encoding) => encodingNamed(encoding) !== void 0,
    byteLength: (value, encoding) => {
      if (typeof value === "string") return byteLengthOf(value, encodingNamed(encoding) ?? "utf8");
      if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer || sharedBufferOf(value)) return value.byteLength;
      throw invalidArgument("string", "of type string or an instance of Buffer or ArrayBuffer", value);
    },
    copyBytesFrom: (view, offset, length) => {
      if (!ArrayBuffer.isView(view) || view instanceof DataView) throw invalidArgument("view", "an instance of TypedArray", view);
      const first = offset === void 0 ? 0 : requireInteger(offset, "offset", 0, Number.MAX_SAFE_INTEGER);
      const count = length === void 0 ? void 0 : first + requireInteger(length, "length", 0, Number.MAX_SAFE_INTEGER);
      touchBytes(view, "read");
      const part = Reflect.apply(Uint8Array.prototype.slice, view, [first, count]);
      return fromBytes(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    }
  };
  for (const [key, value] of Object.entries(statics)) Object.defineProperty(Buffer, key, { value, writable: true, enumerable: true, configurable: true });
  computes(Buffer, ...Object.values(statics));
  Object.setPrototypeOf(Buffer, Uint8Array);
  Object.defineProperties(Buffer, { poolSize: { value: Pool.defaultSize, writable: true, enumerable: true, configurable: true }, prototype: { value: FastBuffer.prototype }, [Symbol.species]: { get: () => FastBuffer, configurable: true } });
  Object.defineProperties(FastBuffer.prototype, {
    ...methodDescriptors,
    constructor: hidden(Buffer),
    subarray: hidden(subarray),
    slice: hidden(function slice(start, end) {
      return Reflect.apply(subarray, this, [start, end]);
    }),
    parent: { get() {
      return this instanceof Buffer ? this.buffer : void 0;
    }, configurable: true, enumerable: true },
    offset: { get() {
      return this instanceof Buffer ? this.byteOffset : void 0;
    }, configurable: true, enumerable: true }
  });
  return Buffer;
}
function position(value, length) {
  const at = Math.trunc(Number(value));
  if (!at) return 0;
  return at < 0 ? Math.max(0, at + length) : Math.min(at, length);
}
function hidden(value) {
  return { value, writable: true, configurable: true, enumerable: true };
}

// src/simulator/host/buffer/index.ts
var buffers3 = /* @__PURE__ */ new WeakMap();
function bufferOf(platform, { opaque: opaque2, showsPool = true }) {
  let made2 = buffers3.get(platform);
  if (made2 === void 0) buffers3.set(platform, made2 = createBuffer({ opaque: opaque2, showsPool }));
  return made2;
}
function createBufferModule(platform, world2) {
  const Buffer = bufferOf(platform, world2);
  const isAscii = (bytes) => Array.from(Buffer.from(bytes)).every((byte) => byte < 128);
  return {
    Buffer,
    SlowBuffer: Buffer.allocUnsafeSlow,
    constants: Object.freeze({ MAX_LENGTH: maxLength, MAX_STRING_LENGTH: 536870888 }),
    kMaxLength: maxLength,
    kStringMaxLength: 536870888,
    INSPECT_MAX_BYTES: 50,
    isUtf8: (bytes) => isUtf8(Buffer.from(bytes)),
    isAscii,
    atob: platform.global("atob"),
    btoa: platform.global("btoa"),
    Blob: world2.opaque.make("Blob"),
    File: world2.opaque.make("File"),
    transcode: () => {
      throw new Error("buffer.transcode is not simulated");
    }
  };
}

// src/simulator/host/events/event.ts
var trusted = /* @__PURE__ */ Symbol("trusted");
function createEventClasses({ loop }) {
  let stateOf;
  class Event {
    #state = { type: "", target: null, isDispatched: false, isStopped: false };
    #bubbles;
    #cancelable;
    #composed;
    #isTrusted;
    #isCanceled = false;
    #isPropagationStopped = false;
    static {
      stateOf = (event) => #state in event ? event.#state : void 0;
    }
    constructor(type, options) {
      if (arguments.length === 0) throw missingArguments("type");
      if (options !== void 0 && options !== null && typeof options !== "object") throw invalidArgument("options", "of type object", options);
      this.#state.type = String(type);
      this.#bubbles = Boolean(options?.bubbles);
      this.#cancelable = Boolean(options?.cancelable);
      this.#composed = Boolean(options?.composed);
      this.#isTrusted = options?.[trusted] === true;
    }
    initEvent(type, bubbles = false, cancelable = false) {
      if (this.#state.isDispatched) return;
      this.#state.type = String(type);
      this.#bubbles = Boolean(bubbles);
      this.#cancelable = Boolean(cancelable);
    }
    stopPropagation() {
      this.#isPropagationStopped = true;
    }
    stopImmediatePropagation() {
      this.#isPropagationStopped = true;
      this.#state.isStopped = true;
    }
    preventDefault() {
      this.#isCanceled = true;
    }
    composedPath() {
      return this.#state.isDispatched ? [this.#state.target] : [];
    }
    get type() {
      return this.#state.type;
    }
    get target() {
      return this.#state.target;
    }
    get srcElement() {
      return this.#state.target;
    }
    get currentTarget() {
      return this.#state.isDispatched ? this.#state.target : null;
    }
    get eventPhase() {
      return this.#state.isDispatched ? 2 : 0;
    }
    get bubbles() {
      return this.#bubbles;
    }
    get cancelable() {
      return this.#cancelable;
    }
    get composed() {
      return this.#composed;
    }
    get isTrusted() {
      return this.#isTrusted;
    }
    get defaultPrevented() {
      return this.#cancelable && this.#isCanceled;
    }
    get returnValue() {
      return !this.defaultPrevented;
    }
    get cancelBubble() {
      return this.#isPropagationStopped;
    }
    set cancelBubble(value) {
      if (value) this.#isPropagationStopped = true;
    }
    /** The clock is looked at when it is asked for, or every event would depend on the timers; within a turn it stands still. */
    get timeStamp() {
      return loop.now();
    }
  }
  name(Event, "Event");
  for (const [value, constant] of ["NONE", "CAPTURING_PHASE", "AT_TARGET", "BUBBLING_PHASE"].entries()) Object.defineProperty(Event, constant, { value, enumerable: true });
  class CustomEvent extends Event {
    #detail;
    constructor(type, options) {
      if (arguments.length === 0) throw missingArguments("type");
      super(type, options);
      this.#detail = options?.detail ?? null;
    }
    get detail() {
      return this.#detail;
    }
  }
  name(CustomEvent, "CustomEvent");
  return {
    Event,
    CustomEvent,
    /** Undefined for what is no event. */
    stateOf: (value) => typeof value === "object" && value !== null ? stateOf(value) : void 0,
    /** An event of the platform itself. */
    trustedEvent: (type) => new Event(type, { [trusted]: true })
  };
}
function name(Class, tag3) {
  for (const [key, member2] of Object.entries(Object.getOwnPropertyDescriptors(Class.prototype))) if (key !== "constructor") Object.defineProperty(Class.prototype, key, { ...member2, enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: tag3, configurable: true });
}

// src/simulator/host/web/called.ts
function called(Class, title) {
  Object.defineProperty(Class, "name", { value: title, configurable: true });
  name(Class, title);
}

// src/simulator/host/web/host-errors.ts
var classes = { RangeError, SyntaxError, TypeError };
function ofThisRealm(run, code) {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof DOMException) throw new DOMException2(error.message, error.name);
    const given = error.code;
    const Class = classes[error.name] ?? Error;
    throw typeof given === "string" ? nodeError(Class, given, error.message) : code === void 0 ? new Class(error.message) : nodeError(Class, code, error.message);
  }
}

// src/simulator/host/web/encoding.ts
var HostDecoder = TextDecoder;
var encoder2 = new TextEncoder();
var SimulatedTextEncoder = class {
  get encoding() {
    return "utf-8";
  }
  encode(text = "") {
    return encoder2.encode(String(text));
  }
  encodeInto(text, target) {
    if (typeof text !== "string") throw invalidArgument("src", "of type string", text);
    if (!ArrayBuffer.isView(target)) throw invalidArgument("dest", "an instance of Uint8Array", target);
    touchBytes(target, "write");
    const { read, written } = encoder2.encodeInto(text, new Uint8Array(target.buffer, target.byteOffset, target.byteLength));
    return { read, written };
  }
};
var SimulatedTextDecoder = class {
  #decoder;
  constructor(label = "utf-8", options = {}) {
    runningLoop()?.identity.born(this);
    try {
      this.#decoder = new HostDecoder(String(label), { fatal: Boolean(options?.fatal), ignoreBOM: Boolean(options?.ignoreBOM) });
    } catch {
      throw nodeError(RangeError, "ERR_ENCODING_NOT_SUPPORTED", `The "${String(label)}" encoding is not supported`);
    }
  }
  get encoding() {
    return this.#decoder.encoding;
  }
  get fatal() {
    return this.#decoder.fatal;
  }
  get ignoreBOM() {
    return this.#decoder.ignoreBOM;
  }
  decode(input, options = {}) {
    const loop = runningLoop();
    loop?.touch(loop.identity.of(this), "rest", "write");
    const bytes = input === void 0 ? void 0 : plainBytes(input);
    return ofThisRealm(() => this.#decoder.decode(bytes, { stream: Boolean(options?.stream) }));
  }
};
function plainBytes(input) {
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  if (ArrayBuffer.isView(input)) {
    touchBytes(input, "read");
    return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  }
  if (typeof input === "object" && input !== null && input.BYTES_PER_ELEMENT === 1) return Uint8Array.from(input);
  throw nodeError(TypeError, "ERR_INVALID_ARG_TYPE", 'The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.');
}
called(SimulatedTextEncoder, "TextEncoder");
called(SimulatedTextDecoder, "TextDecoder");
sealClasses(SimulatedTextEncoder, SimulatedTextDecoder);
computes(SimulatedTextEncoder.prototype.encode, SimulatedTextDecoder.prototype.decode);
var base64 = {
  atob: () => (text) => ofThisRealm(() => atob(text)),
  btoa: () => (text) => ofThisRealm(() => btoa(text))
};

// src/simulator/host/web/url.ts
var HostURL = URL;
var HostSearchParams = URLSearchParams;
var isOurs = /* @__PURE__ */ Symbol("of a URL");
function touch(object, kind) {
  const loop = runningLoop();
  loop?.touch(loop.identity.of(object), "url", kind);
}
function born(object) {
  runningLoop()?.identity.born(object);
}
var SimulatedSearchParams = class {
  #params;
  /** Whose location it is: the URL that it belongs to. */
  #owner;
  constructor(init = "", key, owner) {
    this.#owner = owner ?? this;
    if (key === isOurs) this.#params = init;
    else {
      born(this);
      this.#params = ofThisRealm(() => new HostSearchParams(initOf(init)));
    }
  }
  #read() {
    touch(this.#owner, "read");
    return this.#params;
  }
  #write() {
    touch(this.#owner, "write");
    return this.#params;
  }
  get size() {
    return [...this.#read()].length;
  }
  append(key, value) {
    ofThisRealm(() => this.#write().append(String(key), String(value)));
  }
  set(key, value) {
    ofThisRealm(() => this.#write().set(String(key), String(value)));
  }
  delete(key, ...value) {
    ofThisRealm(() => this.#write().delete(String(key), ...value));
  }
  get(key) {
    return ofThisRealm(() => this.#read().get(String(key)));
  }
  getAll(key) {
    return ofThisRealm(() => [...this.#read().getAll(String(key))]);
  }
  has(key, ...value) {
    return ofThisRealm(() => this.#read().has(String(key), ...value));
  }
  sort() {
    this.#write().sort();
  }
  toString() {
    return this.#read().toString();
  }
  forEach(callback, self) {
    if (typeof callback !== "function") throw nodeError(TypeError, "ERR_INVALID_ARG_TYPE", 'The "callback" argument must be of type function.');
    for (const [key, value] of this.entries()) Reflect.apply(callback, self, [value, key, this]);
  }
  *entries() {
    for (let index = 0; ; index++) {
      const entry = [...this.#read()][index];
      if (entry === void 0) return;
      yield [entry[0], entry[1]];
    }
  }
  *keys() {
    for (const [key] of this.entries()) yield key;
  }
  *values() {
    for (const [, value] of this.entries()) yield value;
  }
  [Symbol.iterator]() {
    return this.entries();
  }
};
function initOf(init) {
  if (init === void 0 || init === null) return "";
  if (typeof init !== "object" && typeof init !== "function") return String(init);
  const iterate = init[Symbol.iterator];
  if (iterate === void 0 || iterate === null) return Object.entries(init).map(([key, value]) => [key, String(value)]);
  if (typeof iterate !== "function") throw nodeError(TypeError, "ERR_ARG_NOT_ITERABLE", "Query pairs must be iterable");
  return [...init].map((pair) => {
    const two = typeof pair === "object" && pair !== null && Symbol.iterator in pair ? [...pair] : [];
    if (two.length !== 2) throw nodeError(TypeError, "ERR_INVALID_TUPLE", "Each query pair must be an iterable [name, value] tuple");
    return [String(two[0]), String(two[1])];
  });
}
var parts = ["href", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash"];
var urls = /* @__PURE__ */ new WeakMap();
function hostOf(url) {
  const host = urls.get(url);
  if (!host) throw nodeError(TypeError, "ERR_INVALID_THIS", 'Value of "this" must be of type URL');
  return host;
}
function parse(input, base) {
  try {
    return new HostURL(input, base);
  } catch {
    throw Object.assign(nodeError(TypeError, "ERR_INVALID_URL", "Invalid URL"), { input, ...base !== void 0 && { base } });
  }
}
var SimulatedURL = class {
  #params;
  constructor(input, base) {
    born(this);
    if (arguments.length === 0) throw nodeError(TypeError, "ERR_MISSING_ARGS", 'The "url" argument must be specified');
    urls.set(this, parse(String(input), base === void 0 ? void 0 : String(base)));
  }
  static canParse(input, base) {
    try {
      parse(String(input), base === void 0 ? void 0 : String(base));
      return true;
    } catch {
      return false;
    }
  }
  static createObjectURL() {
    throw new Error("URL.createObjectURL is not simulated");
  }
  get origin() {
    touch(this, "read");
    return hostOf(this).origin;
  }
  get searchParams() {
    return this.#params ??= new SimulatedSearchParams(hostOf(this).searchParams, isOurs, this);
  }
  toString() {
    touch(this, "read");
    return hostOf(this).href;
  }
  toJSON() {
    return this.toString();
  }
};
for (const part of parts) {
  Object.defineProperty(SimulatedURL.prototype, part, {
    get() {
      touch(this, "read");
      return hostOf(this)[part];
    },
    set(value) {
      touch(this, "write");
      setPart(hostOf(this), part, String(value));
    },
    enumerable: true,
    configurable: true
  });
}
function setPart(url, part, text) {
  if (part === "href") url.href = parse(text, void 0).href;
  else ofThisRealm(() => {
    url[part] = text;
  });
}
called(SimulatedURL, "URL");
called(SimulatedSearchParams, "URLSearchParams");
sealClasses(SimulatedURL, SimulatedSearchParams);
computes(SimulatedURL, SimulatedSearchParams, ...Object.values(Object.getOwnPropertyDescriptors(SimulatedSearchParams.prototype)).flatMap(({ value }) => typeof value === "function" ? [value] : []));

// src/simulator/host/global-names.ts
var ownGlobals = {
  Buffer: bufferOf,
  TextEncoder: () => SimulatedTextEncoder,
  TextDecoder: () => SimulatedTextDecoder,
  URL: () => SimulatedURL,
  URLSearchParams: () => SimulatedSearchParams,
  atob: base64.atob,
  btoa: base64.btoa
};
var machineGlobals = {};

// src/simulator/host/abort.ts
function createAbort(world2, events, { EventTarget, defineHandler }) {
  const { loop, timers: timers2 } = world2;
  const states = /* @__PURE__ */ new WeakMap();
  const isOurs2 = /* @__PURE__ */ Symbol("made by the platform");
  class AbortSignal extends EventTarget {
    constructor(key) {
      if (key !== isOurs2) throw nodeError(TypeError, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor");
      super();
    }
    get aborted() {
      return stateOf(this, "aborted").isAborted;
    }
    get reason() {
      return stateOf(this, "reason").reason;
    }
    throwIfAborted() {
      const { isAborted, reason } = stateOf(this, "aborted");
      if (isAborted) throw reason;
    }
    static abort(reason) {
      return signal({ isAborted: true, reason: reasonOr(reason) });
    }
    static timeout(milliseconds) {
      if (typeof milliseconds !== "number") throw invalidArgument("delay", "of type number", milliseconds);
      const created = signal();
      timers2.setTimeout(() => abort(created, new DOMException2("The operation was aborted due to timeout", "TimeoutError")), milliseconds);
      return created;
    }
    static any(signals2) {
      if (!Array.isArray(signals2)) throw invalidArgument("signals", "an instance of Array", signals2);
      const sources = /* @__PURE__ */ new Set();
      const result = signal({ sources });
      for (const source of signals2) {
        const { isAborted, reason } = stateOf(source, "aborted");
        if (isAborted) {
          abort(result, reason);
          return result;
        }
        for (const followed of states.get(source).sources ?? [source]) follow(result, followed, sources);
      }
      return result;
    }
  }
  name(AbortSignal, "AbortSignal");
  defineHandler(AbortSignal, "abort");
  function follow(result, source, sources) {
    if (sources.has(source)) return;
    sources.add(source);
    loop.touch(loop.identity.of(source), "dependants", "write");
    states.get(source).dependants.add(result);
  }
  function signal(init = {}) {
    const created = new AbortSignal(isOurs2);
    states.set(created, { isAborted: false, reason: void 0, dependants: /* @__PURE__ */ new Set(), sources: void 0, ...init });
    return created;
  }
  function stateOf(target, key) {
    const state = states.get(target);
    if (state === void 0) throw nodeError(TypeError, "ERR_INVALID_THIS", 'Value of "this" must be of type AbortSignal');
    loop.touch(loop.identity.of(target), key, "read");
    return state;
  }
  function abort(target, reason) {
    const state = states.get(target);
    const identity = loop.identity.of(target);
    loop.touch(identity, "aborted", "read");
    if (state.isAborted) return;
    for (const key of ["aborted", "reason"]) loop.touch(identity, key, "write");
    loop.touch(identity, "dependants", "read");
    state.isAborted = true;
    state.reason = reason;
    target.dispatchEvent(events.trustedEvent("abort"));
    for (const dependant of state.dependants) abort(dependant, reason);
  }
  class AbortController {
    /** Made at once, so that it is the same object to footprints whoever asks for it first. */
    #signal = signal();
    get signal() {
      return this.#signal;
    }
    abort(reason) {
      abort(this.signal, reasonOr(reason));
    }
  }
  name(AbortController, "AbortController");
  return { AbortController, AbortSignal };
}
function reasonOr(reason) {
  return reason === void 0 ? new DOMException2("This operation was aborted", "AbortError") : reason;
}

// src/simulator/host/events/world.ts
function touchListeners({ loop }, target, type, kind) {
  loop.touch(loop.identity.of(target), type === "*" ? "*" : `on ${String(type)}`, kind);
}

// src/simulator/host/events/emitter.ts
var errorMonitor = /* @__PURE__ */ Symbol("events.errorMonitor");
var captureRejectionSymbol = /* @__PURE__ */ Symbol.for("nodejs.rejection");
function createEmitters(world2) {
  const { loop, timers: timers2 } = world2;
  const states = /* @__PURE__ */ new WeakMap();
  const defaults = { captures: false, maxListeners: 10 };
  function EventEmitter(options) {
    loop.identity.born(this);
    const captures = options?.captureRejections;
    if (captures !== void 0 && typeof captures !== "boolean" && captures) throw nodeError(TypeError, "ERR_INVALID_ARG_TYPE", 'The "options.captureRejections" property must be of type boolean.');
    states.set(this, { lists: emptyLists(), captures: captures ? true : defaults.captures, maxListeners: void 0 });
  }
  function stateOf(emitter) {
    let state = states.get(emitter);
    if (state === void 0) states.set(emitter, state = { lists: emptyLists(), captures: void 0, maxListeners: void 0 });
    return state;
  }
  function add(emitter, type, listener, isFirst) {
    requireFunction("listener", listener);
    const state = stateOf(emitter);
    touchListeners(world2, emitter, type, "write");
    touchListeners(world2, emitter, "newListener", "read");
    if (state.lists["newListener"] !== void 0) emitter.emit("newListener", type, listener.listener ?? listener);
    const list2 = state.lists[type] ??= [];
    if (isFirst) list2.unshift(listener);
    else list2.push(listener);
    return emitter;
  }
  function once(emitter, type, listener) {
    requireFunction("listener", listener);
    let isFired = false;
    const wrapper = function(...args) {
      if (isFired) return void 0;
      emitter.removeListener(type, wrapper);
      isFired = true;
      return Reflect.apply(listener, emitter, args);
    };
    wrapper.listener = listener;
    return wrapper;
  }
  function remove(emitter, type, listener) {
    requireFunction("listener", listener);
    touchListeners(world2, emitter, type, "write");
    touchListeners(world2, emitter, "removeListener", "read");
    const { lists } = stateOf(emitter);
    const list2 = lists[type];
    const place = list2?.findLastIndex((known3) => known3 === listener || known3.listener === listener) ?? -1;
    if (list2 === void 0 || place < 0) return;
    const told = list2.length === 1 ? list2[0].listener ?? listener : listener;
    if (list2.length === 1) Reflect.deleteProperty(lists, type);
    else list2.splice(place, 1);
    if (lists["removeListener"] !== void 0) emitter.emit("removeListener", type, told);
  }
  function removeAll(emitter, types2) {
    const state = stateOf(emitter);
    touchListeners(world2, emitter, types2.length === 0 ? "*" : types2[0], "write");
    if (state.lists["removeListener"] === void 0) {
      if (types2.length === 0) state.lists = emptyLists();
      else Reflect.deleteProperty(state.lists, types2[0]);
    } else if (types2.length === 0) {
      for (const type of Reflect.ownKeys(state.lists)) if (type !== "removeListener") emitter.removeAllListeners(type);
      emitter.removeAllListeners("removeListener");
      state.lists = emptyLists();
    } else for (const listener of [...state.lists[types2[0]] ?? []].reverse()) emitter.removeListener(types2[0], listener);
  }
  function emit(emitter, type, args) {
    const { lists } = stateOf(emitter);
    touchListeners(world2, emitter, type, "read");
    if (type === "error") {
      if (lists[errorMonitor] !== void 0) emitter.emit(errorMonitor, ...args);
      if (lists["error"] === void 0) throw unhandledError(args);
    }
    const list2 = lists[type];
    if (list2 === void 0) return false;
    for (const listener of [...list2]) captureRejection(emitter, Reflect.apply(listener, emitter, args), type, args);
    return true;
  }
  function captureRejection(emitter, result, type, args) {
    if (result === void 0 || result === null || !(stateOf(emitter).captures ?? defaults.captures)) return;
    try {
      const { then } = result;
      if (typeof then === "function") Reflect.apply(then, result, [void 0, (error) => timers2.nextTick(() => rejected(emitter, error, type, args))]);
    } catch (error) {
      if (isAbort(error)) throw error;
      emitter.emit("error", error);
    }
  }
  function rejected(emitter, error, type, args) {
    const handler = emitter[captureRejectionSymbol];
    if (typeof handler === "function") {
      Reflect.apply(handler, emitter, [error, type, ...args]);
      return;
    }
    const state = stateOf(emitter);
    const before = state.captures;
    try {
      state.captures = false;
      emitter.emit("error", error);
    } finally {
      state.captures = before;
    }
  }
  function listeners(emitter, type) {
    touchListeners(world2, emitter, type, "read");
    return stateOf(emitter).lists[type] ?? [];
  }
  Object.assign(EventEmitter.prototype, {
    on(type, listener) {
      return add(this, type, listener, false);
    },
    prependListener(type, listener) {
      return add(this, type, listener, true);
    },
    once(type, listener) {
      return this.on(type, once(this, type, listener));
    },
    prependOnceListener(type, listener) {
      return this.prependListener(type, once(this, type, listener));
    },
    removeListener(type, listener) {
      remove(this, type, listener);
      return this;
    },
    removeAllListeners(...types2) {
      removeAll(this, types2);
      return this;
    },
    emit(type, ...args) {
      return emit(this, type, args);
    },
    listeners(type) {
      return listeners(this, type).map((listener) => listener.listener ?? listener);
    },
    rawListeners(type) {
      return [...listeners(this, type)];
    },
    listenerCount(type, listener) {
      return listeners(this, type).filter((known3) => listener === void 0 || listener === null || known3 === listener || known3.listener === listener).length;
    },
    eventNames() {
      touchListeners(world2, this, "*", "read");
      return Reflect.ownKeys(stateOf(this).lists);
    },
    setMaxListeners(count) {
      stateOf(this).maxListeners = count;
      return this;
    },
    getMaxListeners() {
      return stateOf(this).maxListeners ?? defaults.maxListeners;
    }
  });
  const prototype = EventEmitter.prototype;
  prototype["addListener"] = prototype["on"];
  prototype["off"] = prototype["removeListener"];
  return { EventEmitter, defaults };
}
function emptyLists() {
  return /* @__PURE__ */ Object.create(null);
}
function unhandledError(args) {
  const [error] = args;
  if (error instanceof Error) return error;
  return Object.assign(nodeError(Error, "ERR_UNHANDLED_ERROR", `Unhandled error. (${inspectBriefly(error)})`), { context: error });
}

// src/simulator/host/events/listeners.ts
var Link = class {
  next;
  previous;
  isRemoved = false;
  listener;
  constructor(listener) {
    this.listener = listener;
  }
};
var ListenerList = class {
  #root = new Link();
  size = 0;
  add(listener) {
    let last = this.#root;
    for (let link2 = last.next; link2 !== void 0; link2 = link2.next) {
      if (link2.listener.listener === listener.listener && link2.listener.isCapture === listener.isCapture) return false;
      last = link2;
    }
    const link = new Link(listener);
    link.previous = last;
    last.next = link;
    this.size++;
    return true;
  }
  remove(listener, isCapture) {
    for (let link = this.#root.next; link !== void 0; link = link.next) {
      if (link.listener.listener !== listener || link.listener.isCapture !== isCapture) continue;
      this.#unlink(link);
      return true;
    }
    return false;
  }
  /** Calls each that `isCalled` allows when its turn comes; one that is registered for once is taken out before, which `onRemoved` is told. */
  visit(isCalled, call, onRemoved) {
    let link = this.#root.next;
    while (link !== void 0) {
      const { next: next2 } = link;
      const listener = link.listener;
      if (!link.isRemoved && isCalled(listener)) {
        if (listener.isOnce) {
          this.#unlink(link);
          onRemoved();
        }
        call(listener);
      }
      link = next2;
    }
  }
  registered() {
    const found = [];
    for (let link = this.#root.next; link !== void 0; link = link.next) found.push(link.listener.listener);
    return found;
  }
  #unlink(link) {
    link.previous.next = link.next;
    if (link.next !== void 0) link.next.previous = link.previous;
    link.isRemoved = true;
    this.size--;
  }
};

// src/simulator/host/events/event-target.ts
var nodeStyle = /* @__PURE__ */ Symbol("node style");
var resistant = /* @__PURE__ */ Symbol("resistant");
var ownListener = { once: true, [resistant]: true };
var ownLastingListener = { [resistant]: true };
function createEventTargets(world2, events) {
  const { loop, timers: timers2, Promise: Promise2 } = world2;
  let stateOf;
  class EventTarget {
    #state = { lists: /* @__PURE__ */ new Map(), handlers: /* @__PURE__ */ new Map(), onCount: void 0 };
    static {
      stateOf = (target) => #state in target ? target.#state : void 0;
    }
    constructor() {
      loop.identity.born(this);
    }
    addEventListener(type, listener, options) {
      const state = required(this);
      if (arguments.length < 2) throw missingArguments("type", "listener");
      const given = typeof options === "boolean" ? { capture: options } : options ?? {};
      if (typeof given !== "object") throw invalidArgument("options", "of type object", given);
      const { once, capture, signal } = given;
      requireSignal("options.signal", signal);
      if (signal?.aborted) return;
      if (!isListener(listener)) return;
      signal?.addEventListener("abort", () => this.removeEventListener(type, listener, given), ownListener);
      const key = String(type);
      touchListeners(world2, this, key, "write");
      const list2 = listOf(state, key);
      if (!list2.add({ listener, call: caller(listener), isCapture: Boolean(capture), isOnce: Boolean(once), isNodeStyle: given[nodeStyle] === true, isResistant: given[resistant] === true })) return;
      state.onCount?.(key, list2.size);
    }
    removeEventListener(type, listener, options) {
      const state = required(this);
      if (arguments.length < 2) throw missingArguments("type", "listener");
      if (!isListener(listener)) return;
      const key = String(type);
      touchListeners(world2, this, key, "write");
      const list2 = state.lists.get(key);
      if (list2?.remove(listener, options?.capture === true)) removed(state, key, list2);
    }
    dispatchEvent(event) {
      required(this);
      if (arguments.length < 1) throw missingArguments("event");
      const eventState = events.stateOf(event);
      if (eventState === void 0) throw invalidArgument("event", "an instance of Event", event);
      if (eventState.isDispatched) throw nodeError(Error, "ERR_EVENT_RECURSION", `The event "${event.type}" is already being dispatched`);
      dispatch(this, event.type, event, () => event);
      return !event.defaultPrevented;
    }
  }
  name(EventTarget, "EventTarget");
  function required(target) {
    const state = typeof target === "object" && target !== null ? stateOf(target) : void 0;
    if (state === void 0) throw nodeError(TypeError, "ERR_INVALID_THIS", 'Value of "this" must be of type EventTarget');
    return state;
  }
  function dispatch(target, type, value, makeEvent) {
    const state = required(target);
    touchListeners(world2, target, type, "read");
    const list2 = state.lists.get(type);
    const made2 = {};
    const enter = () => {
      const event = made2.event = makeEvent();
      Object.assign(events.stateOf(event), { target, isDispatched: true });
      return event;
    };
    if (events.stateOf(value) !== void 0) enter();
    list2?.visit(
      (listener) => listener.isResistant || !made2.event || !events.stateOf(made2.event).isStopped,
      (listener) => callOne(target, listener, listener.isNodeStyle ? value : made2.event ?? enter()),
      () => {
        touchListeners(world2, target, type, "write");
        state.onCount?.(type, list2.size);
      }
    );
    if (made2.event) events.stateOf(made2.event).isDispatched = false;
  }
  function callOne(target, listener, argument) {
    try {
      const result = listener.call(target, argument);
      if (!listener.isNodeStyle) events.stateOf(argument).isDispatched = false;
      reportRejection(result);
    } catch (error) {
      if (isAbort(error)) throw error;
      report(error);
    }
  }
  function reportRejection(result) {
    const then = result === void 0 || result === null ? void 0 : result.then;
    if (typeof then === "function") Reflect.apply(then, result, [void 0, report]);
  }
  function report(error) {
    timers2.nextTick(() => {
      throw error;
    });
  }
  function caller(listener) {
    if (typeof listener === "function") return (target, argument) => Reflect.apply(listener, target, [argument]);
    return (_target, argument) => new Promise2((resolve, reject) => {
      const { handleEvent } = listener;
      if (handleEvent) Promise2.resolve(Reflect.apply(handleEvent, listener, [argument])).then(() => resolve(), reject);
      else resolve();
    });
  }
  class NodeEventTarget extends EventTarget {
    static defaultMaxListeners = 10;
    on(type, listener) {
      this.addEventListener(type, listener, { [nodeStyle]: true });
      return this;
    }
    addListener(type, listener) {
      return this.on(type, listener);
    }
    once(type, listener) {
      this.addEventListener(type, listener, { once: true, [nodeStyle]: true });
      return this;
    }
    off(type, listener, options) {
      this.removeEventListener(type, listener, options);
      return this;
    }
    removeListener(type, listener, options) {
      return this.off(type, listener, options);
    }
    removeAllListeners(type) {
      const { lists } = required(this);
      touchListeners(world2, this, type === void 0 ? "*" : String(type), "write");
      if (type === void 0) lists.clear();
      else lists.delete(String(type));
      return this;
    }
    emit(type, value) {
      if (typeof type !== "string") throw invalidArgument("type", "of type string", type);
      const hadListeners = this.listenerCount(type) > 0;
      dispatch(this, type, value, () => new events.CustomEvent(type, { detail: value }));
      return hadListeners;
    }
    eventNames() {
      touchListeners(world2, this, "*", "read");
      return [...required(this).lists.keys()];
    }
    listenerCount(type) {
      touchListeners(world2, this, String(type), "read");
      return required(this).lists.get(String(type))?.size ?? 0;
    }
    setMaxListeners() {
      return this;
    }
    getMaxListeners() {
      return NodeEventTarget.defaultMaxListeners;
    }
  }
  name(NodeEventTarget, "EventTarget");
  function defineHandler(Class, type) {
    Object.defineProperty(Class.prototype, `on${type}`, {
      get() {
        touchListeners(world2, this, type, "read");
        return required(this).handlers.get(type)?.handler ?? null;
      },
      set(value) {
        setHandler(this, required(this), type, value);
      },
      configurable: true,
      enumerable: true
    });
  }
  function setHandler(target, state, type, value) {
    touchListeners(world2, target, type, "write");
    const known3 = state.handlers.get(type);
    if (known3 === void 0) {
      const created = handlerOf(value);
      state.handlers.set(type, created);
      target.addEventListener(type, created);
      return;
    }
    const list2 = listOf(state, type);
    for (const [isThere, by] of [[typeof known3.handler === "function", -1], [typeof value === "function", 1]]) {
      if (!isThere) continue;
      list2.size += by;
      state.onCount?.(type, list2.size);
    }
    known3.handler = value;
  }
  return {
    EventTarget,
    NodeEventTarget,
    dispatch,
    defineHandler,
    isTarget: (value) => typeof value === "object" && value !== null && stateOf(value) !== void 0,
    watch: (target, onCount) => {
      required(target).onCount = onCount;
    },
    listenersOf: (target, type) => required(target).lists.get(type)?.registered() ?? []
  };
}
function listOf({ lists }, type) {
  let list2 = lists.get(type);
  if (list2 === void 0) lists.set(type, list2 = new ListenerList());
  return list2;
}
function removed(state, type, list2) {
  if (list2.size === 0) state.lists.delete(type);
  state.onCount?.(type, list2.size);
}
function handlerOf(value) {
  const call = function(event) {
    return typeof call.handler === "function" ? Reflect.apply(call.handler, this, [event]) : void 0;
  };
  call.handler = value;
  return call;
}
function isListener(listener) {
  if (typeof listener === "function" || typeof listener === "object" && listener !== null) return true;
  if (listener === void 0 || listener === null) return false;
  throw invalidArgument("listener", "an instance of EventListener", listener);
}

// src/simulator/runtime/async-driver.ts
var sequences = /* @__PURE__ */ new WeakSet();
function markSequence(sequence) {
  sequences.add(sequence);
  return sequence;
}
function isSequence(value) {
  return typeof value === "object" && value !== null && sequences.has(value);
}
var BodyDriver = class {
  runtime;
  body;
  #token;
  #sequence;
  constructor(runtime, body2) {
    this.runtime = runtime;
    this.body = body2;
  }
  /** The resumption to go on with after an `onYield` that gave false. */
  next = "next";
  nextValue;
  /** Runs the body from one suspension to the next. */
  run(resumption, value) {
    this.next = resumption;
    this.nextValue = value;
    for (; ; ) {
      let result;
      try {
        result = this.#advance();
      } catch (error) {
        if (isAbort(error)) throw error;
        return this.onThrow(error);
      }
      if (result.done) return this.onReturn(result.value);
      if (this.onYield(result.value)) return;
    }
  }
  #advance() {
    const value = this.nextValue;
    this.nextValue = void 0;
    if (this.next === "next") return this.body.next(value);
    return this.next === "throw" ? this.body.throw(value) : this.body.return(value);
  }
  /** Await(value). False if that failed at once, which the body sees as a throw. */
  suspend(value) {
    if (isSequence(value)) return this.#stepSequence(value, false, void 0);
    const { hooks, core } = this.runtime;
    try {
      core.await(value, this);
    } catch (error) {
      if (isAbort(error)) throw error;
      return this.proceed("throw", error);
    }
    this.#token = hooks.onSuspend?.(value);
    return true;
  }
  /** The body goes on at once. */
  proceed(resumption, value) {
    this.next = resumption;
    this.nextValue = value;
    return false;
  }
  /** The suspension is over: tells the trace. */
  resumed() {
    const token = this.#token;
    this.#token = void 0;
    this.runtime.hooks.onResume?.(token);
  }
  resume(isRejected, value) {
    this.resumed();
    const sequence = this.#sequence;
    this.#sequence = void 0;
    if (sequence === void 0) this.run(isRejected ? "throw" : "next", value);
    else if (!this.#stepSequence(sequence, isRejected, value)) this.run(this.next, this.nextValue);
  }
  #stepSequence(sequence, isRejected, value) {
    let outcome = { isRejected, value };
    for (; ; ) {
      let step;
      try {
        step = sequence.step(outcome.isRejected, outcome.value);
      } catch (error) {
        if (isAbort(error)) throw error;
        return this.proceed("throw", error);
      }
      if ("gives" in step) return this.proceed("next", step.gives);
      if (this.suspend(step.awaits)) {
        this.#sequence = sequence;
        return true;
      }
      outcome = { isRejected: true, value: this.nextValue };
    }
  }
};

// src/simulator/runtime/promise-capability.ts
function capabilityOf(constructor) {
  if (!isConstructor(constructor)) throw new TypeError(`${describe(constructor)} is not a constructor`);
  let resolve;
  let reject;
  const promise = new constructor((givenResolve, givenReject) => {
    if (resolve !== void 0 || reject !== void 0) throw new TypeError("Promise executor has already been invoked with non-undefined arguments");
    resolve = givenResolve;
    reject = givenReject;
  });
  if (typeof resolve !== "function" || typeof reject !== "function") throw new TypeError("Promise resolve or reject function is not callable");
  return { promise, resolve, reject };
}
function isConstructor(value) {
  if (typeof value !== "function") return false;
  try {
    Reflect.construct(Object, [], value);
    return true;
  } catch {
    return false;
  }
}
function isObject(value) {
  return typeof value === "object" && value !== null || typeof value === "function";
}
function describe(value) {
  if (typeof value === "function") return value.name || "function";
  return isObject(value) ? "#<Object>" : String(value);
}

// src/simulator/runtime/suppressed-error.ts
var known;
function suppressedError() {
  return known ??= create();
}
function create() {
  function SuppressedError(error, suppressed, message) {
    const own = new.target ? new.target.prototype : prototype;
    const made2 = message === void 0 ? new Error() : new Error(`${message}`);
    Object.setPrototypeOf(made2, isObject(own) ? own : prototype);
    return Object.defineProperties(made2, { error: hidden2(error), suppressed: hidden2(suppressed) });
  }
  const prototype = Object.create(Error.prototype, { constructor: hidden2(SuppressedError), name: hidden2("SuppressedError"), message: hidden2("") });
  Object.defineProperties(SuppressedError, { name: { value: "SuppressedError", configurable: true }, length: { value: 3, configurable: true }, prototype: { value: prototype, writable: false } });
  return Object.setPrototypeOf(SuppressedError, Error.prototype.constructor);
}
function hidden2(value) {
  return { value, writable: true, enumerable: false, configurable: true };
}

// src/simulator/runtime/async-dispose.ts
var disposalSymbols = {
  dispose: Symbol.dispose ?? /* @__PURE__ */ Symbol("Symbol.dispose"),
  asyncDispose: Symbol.asyncDispose ?? /* @__PURE__ */ Symbol("Symbol.asyncDispose")
};
var Disposal = class {
  #scope;
  /** A resource without a method still takes a tick, once, unless another await does it. */
  #needsAwait = false;
  #hasAwaited = false;
  #isFirst = true;
  /** What a sync method has thrown, seen by the scope when the await of its rejected promise is over. */
  #rejection;
  constructor(scope2) {
    this.#scope = scope2;
  }
  step(isRejected, value) {
    if (!this.#isFirst && isRejected) this.#fail(value);
    this.#isFirst = false;
    if (this.#rejection) this.#fail(this.#rejection.error);
    this.#rejection = void 0;
    for (let resource = this.#top(); resource !== void 0; resource = this.#top()) {
      if (!resource.isAsync && this.#takeOwedAwait()) return NOTHING2;
      this.#scope.stack.pop();
      const awaited = this.#dispose(resource);
      if (awaited !== void 0) return awaited;
    }
    if (this.#takeOwedAwait()) return NOTHING2;
    if (this.#scope.hasError) throw this.#scope.error;
    return { gives: void 0 };
  }
  #top() {
    return this.#scope.stack[this.#scope.stack.length - 1];
  }
  #takeOwedAwait() {
    const isOwed = this.#needsAwait && !this.#hasAwaited;
    if (isOwed) this.#needsAwait = false;
    return isOwed;
  }
  #dispose(resource) {
    if (resource.dispose === void 0) {
      this.#needsAwait = true;
      return void 0;
    }
    try {
      const result = Reflect.apply(resource.dispose, resource.value, []);
      if (!resource.isAsync) return void 0;
      this.#hasAwaited = true;
      return resource.isFallback ? NOTHING2 : { awaits: result };
    } catch (error) {
      if (isAbort(error)) throw error;
      return this.#threw(resource, error);
    }
  }
  #threw(resource, error) {
    if (!resource.isFallback) {
      this.#fail(error);
      return void 0;
    }
    this.#hasAwaited = true;
    this.#rejection = { error };
    return NOTHING2;
  }
  #fail(error) {
    const scope2 = this.#scope;
    scope2.error = scope2.hasError ? new (suppressedError())(error, scope2.error, "An error was suppressed during disposal.") : error;
    scope2.hasError = true;
  }
};
var NOTHING2 = { awaits: void 0 };
var disposal = {
  __addDisposableResource: (scope2, value, isAsync) => {
    addResource(scope2, value, isAsync);
    return value;
  },
  /** What this returns, the emit awaits; a scope without `await using` is disposed at once. */
  __disposeResources: (scope2) => {
    const sequence = new Disposal(scope2);
    if (scope2.stack.some((resource) => resource.isAsync)) return markSequence(sequence);
    sequence.step(false, void 0);
    return void 0;
  }
};
function addResource(scope2, value, isAsync) {
  if (value === null || value === void 0) {
    if (isAsync) scope2.stack.push({ value: void 0, isAsync, dispose: void 0 });
    return;
  }
  if (!isObject(value)) throw new TypeError("Object expected.");
  scope2.stack.push({ value, isAsync, ...disposeMethod(value, isAsync) });
}
function disposeMethod(value, isAsync) {
  const asyncMethod = isAsync ? methodOf(value, disposalSymbols.asyncDispose) : void 0;
  const dispose = asyncMethod ?? methodOf(value, disposalSymbols.dispose);
  if (dispose === void 0) throw new TypeError("Object not disposable.");
  return { dispose, isFallback: isAsync && asyncMethod === void 0 };
}
function methodOf(value, name2) {
  const method4 = value[name2];
  if (method4 === void 0 || method4 === null) return void 0;
  if (typeof method4 !== "function") throw new TypeError("Object not disposable.");
  return method4;
}

// src/simulator/host/events/once-and-on.ts
function createOnceAndOn(world2) {
  const { loop, Promise: Promise2 } = world2;
  function addAbortListener(signal, listener) {
    if (signal === void 0) throw invalidArgument("signal", "an instance of AbortSignal", signal);
    requireSignal("signal", signal);
    requireFunction("listener", listener);
    const { aborted } = signal;
    if (aborted) loop.queueMicrotask(() => listener());
    else listen(signal, "abort", listener, ownListener);
    return { [disposalSymbols.dispose]: () => {
      if (!aborted) unlisten(signal, "abort", listener);
    } };
  }
  function nextArguments(source, type, signal) {
    return new Promise2((resolve, reject) => {
      const failed = (error) => {
        unlisten(source, type, arrived);
        if (signal) unlisten(signal, "abort", aborted);
        reject(error);
      };
      const arrived = (...args) => {
        if (typeof source.removeListener === "function") unlisten(source, "error", failed);
        if (signal) unlisten(signal, "abort", aborted);
        resolve(args);
      };
      const aborted = () => {
        unlisten(source, type, arrived);
        unlisten(source, "error", failed);
        reject(abortError(signal?.reason));
      };
      listen(source, type, arrived, ownListener);
      if (type !== "error" && typeof source.once === "function") listen(source, "error", failed, ownListener);
      if (signal) listen(signal, "abort", aborted, ownListener);
    });
  }
  function once(source, type, options) {
    return new Promise2((resolve) => {
      const signal = options?.signal;
      requireSignal("options.signal", signal);
      if (signal?.aborted) throw abortError(signal.reason);
      resolve(nextArguments(source, type, signal));
    });
  }
  function on(source, type, options = {}) {
    const { signal } = options;
    requireSignal("options.signal", signal);
    if (signal?.aborted) throw abortError(signal.reason);
    const queue = new EventQueue(world2, source, options);
    queue.listen(source, type, (...args) => queue.arrived(args));
    if (type !== "error" && typeof source.on === "function") queue.listen(source, "error", (error) => queue.failed(error));
    for (const closing of options.close ?? []) queue.listen(source, closing, () => void queue.close());
    if (signal) queue.atEnd(addAbortListener(signal, () => queue.failed(abortError(signal.reason)))[disposalSymbols.dispose]);
    return {
      next: () => queue.next(),
      return: () => queue.close(),
      throw: (error) => {
        if (!(error instanceof Error)) throw invalidArgument("EventEmitter.AsyncIterator", "an instance of Error", error);
        queue.failed(error);
      },
      [Symbol.asyncIterator]() {
        return this;
      }
    };
  }
  return { once, on, addAbortListener };
}
var EventQueue = class {
  #world;
  #source;
  #high;
  #low;
  #arrived = [];
  #waiting = [];
  #undo = [];
  #error;
  #isPaused = false;
  #isClosed = false;
  constructor(world2, source, { highWaterMark, lowWaterMark }) {
    this.#world = world2;
    this.#source = source;
    this.#high = highWaterMark ?? Number.MAX_SAFE_INTEGER;
    this.#low = lowWaterMark ?? 1;
    world2.loop.identity.born(this);
  }
  listen(source, type, listener) {
    listen(source, type, listener);
    this.atEnd(() => unlisten(source, type, listener));
  }
  atEnd(undo) {
    this.#undo.push(undo);
  }
  arrived(args) {
    this.#touch();
    const waiting = this.#waiting.shift();
    if (waiting) return waiting.resolve({ value: args, done: false });
    this.#arrived.push(args);
    if (this.#isPaused || this.#arrived.length <= this.#high) return;
    this.#isPaused = true;
    this.#source.pause();
  }
  failed(error) {
    this.#touch();
    const waiting = this.#waiting.shift();
    if (waiting) waiting.reject(error);
    else this.#error = error ? { reason: error } : void 0;
    void this.close();
  }
  next() {
    this.#touch();
    const { Promise: Promise2 } = this.#world;
    const value = this.#arrived.shift();
    if (value !== void 0) {
      this.#resume();
      return Promise2.resolve({ value, done: false });
    }
    const error = this.#error;
    this.#error = void 0;
    if (error) return Promise2.reject(error.reason);
    if (this.#isClosed) return this.close();
    return new Promise2((resolve, reject) => void this.#waiting.push({ resolve, reject }));
  }
  close() {
    this.#touch();
    for (let undo = this.#undo.pop(); undo !== void 0; undo = this.#undo.pop()) undo();
    this.#isClosed = true;
    const result = { value: void 0, done: true };
    for (let waiting = this.#waiting.shift(); waiting !== void 0; waiting = this.#waiting.shift()) waiting.resolve(result);
    return this.#world.Promise.resolve(result);
  }
  #resume() {
    if (!this.#isPaused || this.#arrived.length >= this.#low) return;
    this.#source.resume();
    this.#isPaused = false;
  }
  #touch() {
    const { loop } = this.#world;
    loop.touch(loop.identity.of(this), "queue", "write");
  }
};
function listen(source, type, listener, options) {
  if (typeof source.on === "function") Reflect.apply(options === ownListener ? source.once : source.on, source, [type, listener]);
  else if (typeof source.addEventListener === "function") Reflect.apply(source.addEventListener, source, [type, listener, options]);
  else throw invalidArgument("emitter", "an instance of EventEmitter", source);
}
function unlisten(source, type, listener) {
  if (typeof source.removeListener === "function") Reflect.apply(source.removeListener, source, [type, listener]);
  else if (typeof source.removeEventListener === "function") Reflect.apply(source.removeEventListener, source, [type, listener]);
  else throw invalidArgument("emitter", "an instance of EventEmitter", source);
}

// src/simulator/host/events/process-events.ts
var signals = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGURG: 23,
  SIGWINCH: 28,
  SIGIO: 29
};
var ignored = /* @__PURE__ */ new Set(["SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH", "SIGPIPE"]);
var unstoppable = /* @__PURE__ */ new Set(["SIGKILL", "SIGSTOP"]);
var emitterMethods = ["on", "once", "off", "addListener", "removeListener", "prependListener", "prependOnceListener", "removeAllListeners", "emit", "listenerCount", "listeners", "rawListeners", "eventNames", "setMaxListeners", "getMaxListeners"];
function createProcessEvents({ loop }, events, pid) {
  let made2;
  const emitter = () => made2 ??= make2();
  function make2() {
    const created = new (events()).emitters.EventEmitter();
    const before = loop.onError;
    loop.onError = (error) => handles(created, error) || before?.(error) === true;
    return created;
  }
  function handles(process2, { kind, reason, promise }) {
    const isRejection = kind === "unhandledRejection";
    if (isRejection && process2.emit("unhandledRejection", reason, promise)) return true;
    return process2.emit("uncaughtException", reason, isRejection ? kind : "uncaughtException");
  }
  function kill(target, signal = "SIGTERM") {
    if (signal === 0) return true;
    const name2 = typeof signal === "number" ? Object.keys(signals).find((known3) => signals[known3] === signal) : String(signal);
    if (name2 === void 0 || !Object.hasOwn(signals, name2)) throw nodeError(TypeError, "ERR_UNKNOWN_SIGNAL", `Unknown signal: ${String(signal)}`);
    if (target !== pid || unstoppable.has(name2)) loop.abort("process.kill() was called");
    loop.addEvent({ label: `${name2} arrives`, fire: () => arrive(name2) });
    return true;
  }
  function arrive(name2) {
    if (emitter().emit(name2, name2, signals[name2]) || ignored.has(name2)) return;
    loop.abort(`${name2} ended the process`);
  }
  const own = { kill };
  for (const name2 of emitterMethods) {
    own[name2] = function(...args) {
      const process2 = emitter();
      const result = Reflect.apply(process2[name2], process2, args);
      return result === process2 ? this : result;
    };
  }
  return own;
}

// src/simulator/host/events/index.ts
function createEvents(world2) {
  const events = createEventClasses(world2);
  const targets = createEventTargets(world2, events);
  const emitters = createEmitters(world2);
  const abort = createAbort(world2, events, targets);
  const { Event, CustomEvent } = events;
  return {
    events,
    targets,
    emitters,
    abort,
    globals: { Event, CustomEvent, EventTarget: targets.EventTarget, DOMException: DOMException2, AbortController: abort.AbortController, AbortSignal: abort.AbortSignal },
    module: eventsModule(world2, targets, emitters)
  };
}
function eventsModule(world2, targets, { EventEmitter, defaults }) {
  const listenersOf = (source, type) => {
    if (typeof source.listeners === "function") return source.listeners(type);
    if (targets.isTarget(source)) return targets.listenersOf(source, String(type));
    throw invalidArgument("emitter", "an instance of EventEmitter or EventTarget", source);
  };
  const members = {
    ...createOnceAndOn(world2),
    EventEmitter,
    default: EventEmitter,
    errorMonitor,
    captureRejectionSymbol,
    usingDomains: false,
    getEventListeners: listenersOf,
    getMaxListeners: (source) => source.getMaxListeners?.() ?? defaults.maxListeners,
    setMaxListeners: (count = defaults.maxListeners, ...sources) => {
      if (sources.length === 0) defaults.maxListeners = count;
      for (const source of sources) source.setMaxListeners?.(count);
    },
    listenerCount: (emitter, type) => {
      const { listenerCount } = emitter;
      return Reflect.apply(typeof listenerCount === "function" ? listenerCount : EventEmitter.prototype.listenerCount, emitter, [type]);
    }
  };
  Object.assign(EventEmitter, members);
  Object.defineProperty(EventEmitter, "captureRejections", { enumerable: true, get: () => defaults.captures, set: (value) => {
    if (typeof value !== "boolean") throw nodeError(TypeError, "ERR_INVALID_ARG_TYPE", 'The "EventEmitter.captureRejections" property must be of type boolean.');
    defaults.captures = value;
  } });
  Object.defineProperty(EventEmitter, "defaultMaxListeners", { enumerable: true, get: () => defaults.maxListeners, set: (value) => {
    defaults.maxListeners = value;
  } });
  Object.defineProperty(EventEmitter, "__esModule", { value: true });
  return EventEmitter;
}

// src/simulator/host/messages/deserialise.ts
function deserialise(record, realm) {
  const reader = new Reader(record.objects, realm);
  return { value: reader.decode(record.value), transferred: record.transferred.map((place) => reader.object(place)) };
}
var errors = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
var nativeViews = { DataView, Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array };
var specials = { undefined: void 0, NaN: NaN, Infinity: Infinity, "-Infinity": -Infinity, "-0": -0 };
var Reader = class {
  #records;
  #realm;
  #made = /* @__PURE__ */ new Map();
  constructor(records, realm) {
    this.#records = records;
    this.#realm = realm;
  }
  decode(encoded) {
    if (typeof encoded !== "object" || encoded === null) return encoded;
    if ("special" in encoded) return specials[encoded.special];
    if ("bigint" in encoded) return BigInt(encoded.bigint);
    return this.object(encoded.object);
  }
  object(place) {
    return this.#made.get(place) ?? this.#make(place, this.#records[place]);
  }
  /** The object is known before what it holds is made: it may hold itself. */
  #make(place, record) {
    const object = this.#empty(record);
    this.#made.set(place, object);
    this.#fill(object, record);
    return object;
  }
  #empty(record) {
    switch (record.kind) {
      case "plain":
        return {};
      case "array":
        return new Array(record.length);
      case "map":
        return /* @__PURE__ */ new Map();
      case "set":
        return /* @__PURE__ */ new Set();
      case "date":
        return new Date(this.decode(record.time));
      case "regexp":
        return new RegExp(record.source, record.flags);
      case "boxed":
        return Object(this.decode(record.value));
      case "error":
        return new (errors[record.name] ?? Error)();
      case "buffer":
        return bufferOf2(record.bytes, record.maxByteLength);
      case "view":
        return this.#view(record.type, [this.decode(record.buffer), record.byteOffset, record.length]);
      case "moved":
        return this.#realm.kinds.find(({ name: name2 }) => name2 === record.by).adopt(record.plan);
    }
  }
  #view(type, args) {
    const View = (this.#realm.views ?? nativeViews)[type];
    return new View(...args);
  }
  #fill(object, record) {
    if (record.kind === "plain" || record.kind === "array") for (const [key, value] of record.entries) define(object, key, this.decode(value), true);
    else if (record.kind === "error") this.#fillError(object, record.fields);
    else if (record.kind === "map") for (const [key, value] of record.entries) object.set(this.decode(key), this.decode(value));
    else if (record.kind === "set") for (const item of record.items) object.add(this.decode(item));
  }
  #fillError(error, fields) {
    Reflect.deleteProperty(error, "stack");
    for (const [key, value] of fields) define(error, key, this.decode(value), false);
  }
};
function define(object, key, value, enumerable) {
  Object.defineProperty(object, key, { value, enumerable, configurable: true, writable: true });
}
function bufferOf2(bytes, maxByteLength) {
  const Buffer = ArrayBuffer;
  const buffer = new Buffer(bytes.length, maxByteLength === void 0 ? void 0 : { maxByteLength });
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

// src/simulator/host/messages/endpoints.ts
var endpointKind = "port";
var endpoints = { name: endpointKind, create: endpointsOf };
var ofWorlds = /* @__PURE__ */ new WeakMap();
function endpointsOf(world2) {
  let made2 = ofWorlds.get(world2);
  if (made2 === void 0) ofWorlds.set(world2, made2 = new Endpoints(world2));
  return made2;
}
var Endpoints = class {
  areTouchesFixed = true;
  #world;
  #states = /* @__PURE__ */ new Map();
  constructor(world2) {
    this.#world = world2;
  }
  touches({ object, method: method4, payload }) {
    const { to } = payload;
    if (method4 === "post") return { reads: [`${to} state`], writes: [`${to} tail`] };
    const isMember = to?.startsWith("channel ");
    return { writes: [...isMember ? [`${to} state`, `${to} tail`] : [], `${object} state`, `${object} tail`, `${object} head`] };
  }
  logged({ method: method4 }) {
    return method4 === "post" ? "send" : void 0;
  }
  perform({ agent, object, method: method4, payload }) {
    const given = payload;
    switch (method4) {
      case "open":
        return this.open(object, given.to, agent, false);
      case "post":
        return this.#post(object, { kind: "message", record: given.record });
      case "start":
        return this.#start(object, agent);
      case "stop":
        return this.#stop(object);
      case "receive":
        return this.#receive(object);
      case "close":
        return this.#close(object, agent, given.isReceiving === true);
      case "leave":
        return this.#leave(object);
      case "enter":
        return this.#set(object, { owner: agent });
      default:
        throw new Error(`a port has no method ${method4}`);
    }
  }
  open(object, to, owner, isStarted) {
    const isMember = to.startsWith("channel ");
    this.#set(object, { peer: isMember ? void 0 : to, channel: isMember ? to : void 0, owner, isStarted: isMember || isStarted, isClosed: false, queue: [] });
  }
  /** Something may still arrive at one of the agent's ends. */
  isListening(agent) {
    for (const { owner, isStarted, isClosed } of this.#states.values()) if (owner === agent && isStarted && !isClosed) return true;
    return false;
  }
  #set(object, change) {
    const before = this.#states.get(object);
    this.#world.undo(() => before ? this.#states.set(object, before) : this.#states.delete(object));
    this.#states.set(object, { ...before, ...change });
  }
  #post(object, delivery) {
    const from = this.#states.get(object);
    if (from.isClosed) return;
    for (const [id, state] of this.#states) if (id === from.peer || id !== object && state.channel !== void 0 && state.channel === from.channel) this.#enqueue(id, delivery);
  }
  #enqueue(object, delivery) {
    const state = this.#states.get(object);
    if (state.isClosed) return;
    const arrives = state.isStarted || delivery.kind === "close" && state.queue.length === 0;
    this.#set(object, { queue: [...state.queue, { delivery, arrival: arrives ? this.#arrive(object, state.owner, delivery) : void 0 }] });
  }
  #arrive(object, agent, delivery) {
    return this.#world.post({
      agent,
      address: object,
      payload: delivery,
      channel: object,
      label: delivery.kind === "message" ? `message arrives at ${object}` : `${object} closes`,
      touches: { writes: delivery.kind === "message" ? [`${object} head`] : closingTouches(object, this.#states.get(object).peer) },
      fire: () => this.#arrived(object, delivery)
    });
  }
  #arrived(object, delivery) {
    const state = this.#states.get(object);
    this.#set(object, { queue: state.queue.slice(1), ...delivery.kind === "close" && { isClosed: true } });
    if (delivery.kind === "close" && state.peer !== void 0) this.#enqueue(state.peer, { kind: "close" });
  }
  #start(object, owner) {
    const { queue } = this.#states.get(object);
    this.#set(object, { owner, isStarted: true, queue: queue.map(({ delivery, arrival }) => ({ delivery, arrival: arrival ?? this.#arrive(object, owner, delivery) })) });
  }
  #stop(object) {
    if (this.#states.get(object).isClosed) return;
    this.#set(object, { isStarted: false, queue: this.#withdrawn(object) });
  }
  #leave(object) {
    this.#set(object, { isStarted: false, owner: void 0, queue: this.#withdrawn(object) });
  }
  #withdrawn(object) {
    return this.#states.get(object).queue.map(({ delivery, arrival }) => {
      if (arrival) this.#world.withdraw(arrival);
      return { delivery, arrival: void 0 };
    });
  }
  /** The first message without an event; null if there is none. */
  #receive(object) {
    const [first, ...queue] = this.#states.get(object).queue;
    if (first?.delivery.kind !== "message") return null;
    if (first.arrival) this.#world.withdraw(first.arrival);
    this.#set(object, { queue });
    return first.delivery.record;
  }
  /** Node goes on with what has come when a port is closed while it is receiving; else nothing arrives any more. */
  #close(object, agent, isReceiving) {
    const { queue, isClosed, channel } = this.#states.get(object);
    if (isClosed) return;
    const kept = isReceiving && channel === void 0 ? queue : (this.#withdrawn(object), []);
    const arrival = channel === void 0 ? this.#arrive(object, agent, { kind: "close" }) : void 0;
    this.#set(object, { isClosed: true, queue: arrival ? [...kept, { delivery: { kind: "close" }, arrival }] : [] });
  }
};
function closingTouches(object, peer) {
  return [`${object} head`, `${object} state`, ...peer === void 0 ? [] : [`${peer} state`, `${peer} tail`]];
}

// src/simulator/host/messages/brands.ts
var getter2 = (prototype, key) => {
  const get = Object.getOwnPropertyDescriptor(prototype, key).get;
  return (value) => Reflect.apply(get, value, []);
};
var method = (prototype, key, ...args) => {
  const call = prototype[key];
  return (value) => Reflect.apply(call, value, args);
};
var TypedArray = Object.getPrototypeOf(Uint8Array.prototype);
var tests = [
  ["date", method(Date.prototype, "getTime")],
  ["map", getter2(Map.prototype, "size")],
  ["set", getter2(Set.prototype, "size")],
  ["buffer", getter2(ArrayBuffer.prototype, "byteLength")],
  ["view", getter2(DataView.prototype, "buffer")],
  ["boxed", method(Number.prototype, "valueOf")],
  ["boxed", method(String.prototype, "valueOf")],
  ["boxed", method(Boolean.prototype, "valueOf")],
  ["boxed", method(BigInt.prototype, "valueOf")],
  ["refused", method(Symbol.prototype, "valueOf")],
  ["refused", method(WeakMap.prototype, "has", {})],
  ["refused", method(WeakSet.prototype, "has", {})],
  ["refused", method(WeakRef.prototype, "deref")]
];
var typedArrayName = getter2(TypedArray, Symbol.toStringTag);
var bufferOf3 = getter2(TypedArray, "buffer");
var refusedTags = new Set(["Generator", "AsyncGenerator", "Promise", "FinalizationRegistry", "Array Iterator", "Map Iterator", "Set Iterator", "String Iterator", "RegExp String Iterator", "Arguments"].map((tag3) => `[object ${tag3}]`));
var isGlobal = getter2(RegExp.prototype, "global");
var tag = method(Object.prototype, "toString");
function brandOf(value) {
  if (Array.isArray(value)) return "array";
  if (typedArrayName(value) !== void 0) return "view";
  if (value !== RegExp.prototype && passes(isGlobal, value)) return "regexp";
  for (const [brand, test] of tests) if (passes(test, value)) return brand;
  const text = String(tag(value));
  if (refusedTags.has(text)) return "refused";
  return isError(value, text) ? "error" : "plain";
}
function isError(value, text) {
  return text === "[object Error]" || value instanceof Error && Object.hasOwn(value, "stack") && !text.startsWith("[object DOMException");
}
function passes(test, value) {
  try {
    test(value);
    return true;
  } catch {
    return false;
  }
}

// src/simulator/host/messages/serialise.ts
function serialise(value, transfer, realm) {
  const writer = new Writer4(transfer, realm);
  const encoded = writer.encode(value);
  return writer.finish(encoded);
}
function dataCloneError(message) {
  return new DOMException2(message, "DataCloneError");
}
var Writer4 = class {
  #transfer;
  #realm;
  #places = /* @__PURE__ */ new Map();
  #objects = [];
  constructor(transfer, realm) {
    this.#realm = realm;
    this.#transfer = transfer.map((item) => this.#transferable(item));
    transfer.forEach((item, index) => {
      if (transfer.indexOf(item) !== index) throw dataCloneError(`Transfer list contains duplicate ${this.#kindOf(item)?.name ?? "ArrayBuffer"}`);
    });
  }
  #transferable(item) {
    if (this.#kindOf(item)?.isTransferred || isObject2(item) && brandOf(item) === "buffer") return item;
    throw nodeError(TypeError, "ERR_INVALID_TRANSFER_OBJECT", "Found invalid object in transferList");
  }
  #kindOf(value) {
    return this.#realm.kinds.find((kind) => kind.is(value));
  }
  /** Only now is anything taken from the sender: what could fail has been done. */
  finish(value) {
    const transferred = this.#transfer.flatMap((item) => this.#give(item));
    return { value, objects: this.#objects, transferred };
  }
  /** Node overlooks a detached buffer in the list if the message does not hold it. */
  #give(item) {
    if (!this.#places.has(item) && !this.#kindOf(item) && isDetached(item)) return [];
    const kind = this.#kindOf(item);
    const place = this.#places.get(item) ?? this.#place(item, void 0);
    if (kind) this.#objects[place] = { kind: "moved", by: kind.name, plan: kind.plan(item) };
    else {
      this.#objects[place] ??= bufferRecord(item);
      detach(item);
    }
    return place;
  }
  encode(value) {
    if (typeof value === "symbol") throw dataCloneError(`${String(value)} could not be cloned.`);
    if (!isObject2(value)) return encodePrimitive(value);
    const known3 = this.#places.get(value);
    return { object: known3 ?? this.#write(value) };
  }
  #place(object, record) {
    const place = this.#objects.length;
    this.#places.set(object, place);
    this.#objects.push(record);
    return place;
  }
  #write(value) {
    const kind = this.#kindOf(value);
    if (kind) return this.#writeMoved(value, kind);
    if (typeof value === "function") throw dataCloneError(`${value.name || "function"} could not be cloned.`);
    const view = this.#realm.viewOf?.(value);
    if (view) return this.#writeForeignView(value, view);
    switch (brandOf(value)) {
      case "array":
        return this.#withEntries(value, { kind: "array", length: value.length, entries: [] });
      case "map":
        return this.#writeMap(value);
      case "set":
        return this.#writeSet(value);
      case "date":
        return this.#place(value, { kind: "date", time: encodePrimitive(Date.prototype.getTime.call(value)) });
      case "regexp":
        return this.#place(value, { kind: "regexp", source: value.source, flags: value.flags });
      case "boxed":
        return this.#place(value, { kind: "boxed", value: encodePrimitive(unboxed(value)) });
      case "error":
        return this.#writeError(value);
      case "buffer":
        return this.#writeBuffer(value);
      case "view":
        return this.#writeView(value);
      case "refused":
        throw dataCloneError(`#<${Object.prototype.toString.call(value).slice(8, -1)}> could not be cloned.`);
      default:
        return this.#withEntries(value, { kind: "plain", entries: [] });
    }
  }
  #writeMoved(value, kind) {
    if (!kind.isTransferred) return this.#place(value, { kind: "moved", by: kind.name, plan: kind.plan(value) });
    if (!this.#transfer.includes(value)) throw nodeError(TypeError, "ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST", "Object that needs transfer was found in message but not listed in transferList");
    return this.#place(value, void 0);
  }
  /** Own enumerable properties with string keys; getters run, and may take away what comes later. */
  #withEntries(value, record) {
    const place = this.#place(value, record);
    for (const key of Object.keys(value)) if (Object.hasOwn(value, key)) record.entries.push([key, this.encode(value[key])]);
    return place;
  }
  #writeMap(map) {
    const entries = [];
    const place = this.#place(map, { kind: "map", entries });
    for (const [key, value] of [...Map.prototype.entries.call(map)]) entries.push([this.encode(key), this.encode(value)]);
    return place;
  }
  #writeSet(set) {
    const items = [];
    const place = this.#place(set, { kind: "set", items });
    for (const item of [...Set.prototype.values.call(set)]) items.push(this.encode(item));
    return place;
  }
  #writeError(error) {
    const fields = [];
    const name2 = String(error.name);
    const place = this.#place(error, { kind: "error", name: name2, fields });
    for (const key of ["message", "cause", "stack"]) {
      const field = Object.getOwnPropertyDescriptor(error, key);
      if (field === void 0 || !("value" in field) && key !== "stack") continue;
      const value = error[key];
      if (key !== "stack" || typeof value === "string") fields.push([key, this.encode(key === "message" ? String(value) : value)]);
    }
    return place;
  }
  #writeBuffer(buffer) {
    return this.#place(buffer, bufferRecord(buffer));
  }
  #writeView(view) {
    const type = typedArrayName(view) ?? "DataView";
    const buffer = type === "DataView" ? view.buffer : bufferOf3(view);
    const encoded = this.encode(buffer);
    const length = type === "DataView" ? view.byteLength : view.length;
    return this.#place(view, { kind: "view", type, buffer: encoded, byteOffset: view.byteOffset, ...!isTracking(view, buffer) && { length } });
  }
  #writeForeignView(value, { type, buffer, byteOffset, length }) {
    const encoded = this.encode(buffer);
    return this.#place(value, { kind: "view", type, buffer: encoded, byteOffset, ...length !== void 0 && { length } });
  }
};
function encodePrimitive(value) {
  if (value === void 0) return { special: "undefined" };
  if (typeof value === "bigint") return { bigint: String(value) };
  if (typeof value !== "number" || Number.isFinite(value) && !Object.is(value, -0)) return value;
  return { special: Object.is(value, -0) ? "-0" : String(value) };
}
function bufferRecord(buffer) {
  if (isDetached(buffer)) throw dataCloneError("An ArrayBuffer is detached and could not be cloned.");
  const { resizable, maxByteLength } = buffer;
  return { kind: "buffer", bytes: Array.from(new Uint8Array(buffer)), ...resizable && { maxByteLength } };
}
function isDetached(buffer) {
  if (buffer.byteLength > 0) return false;
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}
var nativeClone = globalThis.structuredClone;
function detach(buffer) {
  if (!isDetached(buffer)) nativeClone(void 0, { transfer: [buffer] });
}
function isTracking(view, buffer) {
  const resizable = buffer;
  if (!resizable.resizable) return false;
  const { byteLength, maxByteLength } = resizable;
  const before = view.byteLength;
  const bytes = new Uint8Array(buffer).slice();
  const element = view.BYTES_PER_ELEMENT ?? 1;
  resizable.resize(byteLength + element <= maxByteLength ? byteLength + element : Math.max(byteLength - element, 0));
  const isFollowing = view.byteLength !== before && view.byteLength > 0;
  resizable.resize(byteLength);
  new Uint8Array(buffer).set(bytes);
  return isFollowing;
}
function unboxed(value) {
  for (const prototype of [Number.prototype, String.prototype, Boolean.prototype, BigInt.prototype]) {
    try {
      return Reflect.apply(prototype.valueOf, value, []);
    } catch {
    }
  }
  return void 0;
}
function isObject2(value) {
  return typeof value === "object" && value !== null || typeof value === "function";
}

// src/simulator/host/messages/broadcast-channel.ts
function createBroadcastChannel({ host, events }, { MessageEvent, realm }) {
  const { EventTarget, defineHandler } = events.targets;
  class BroadcastChannel extends EventTarget {
    #name;
    #id;
    #isClosed = false;
    constructor(...args) {
      if (args.length === 0) throw missingArguments("name");
      super();
      this.#name = String(args[0]);
      this.#id = host.identify(endpointKind);
      this.#call("open", { to: this.#channel });
      host.onInput(this.#id, (delivery) => this.#receive(delivery));
    }
    get name() {
      return this.#name;
    }
    postMessage(...args) {
      if (args.length === 0) throw missingArguments("message");
      if (this.#isClosed) throw new DOMException2("BroadcastChannel is closed.", "InvalidStateError");
      this.#call("post", { to: this.#channel, record: serialise(args[0], [], realm) });
    }
    close() {
      if (this.#isClosed) return;
      this.#isClosed = true;
      this.#call("close", { to: this.#channel });
    }
    ref() {
      return this;
    }
    unref() {
      return this;
    }
    get #channel() {
      return `channel ${this.#name}`;
    }
    #call(method4, payload) {
      host.perform({ kind: "shared", site: host.site, object: this.#id, method: method4, payload, name: this.#channel });
    }
    #receive(delivery) {
      if (delivery.kind === "message" && !this.#isClosed) this.dispatchEvent(new MessageEvent("message", { data: deserialise(delivery.record, realm).value }));
    }
  }
  name(BroadcastChannel, "EventTarget");
  for (const type of ["message", "messageerror"]) defineHandler(BroadcastChannel, type);
  return BroadcastChannel;
}

// src/simulator/host/messages/structured-clone.ts
function createStructuredClone(realm) {
  return function structuredClone(...args) {
    if (args.length === 0) throw nodeError(TypeError, "ERR_MISSING_ARGS", 'The "value" argument must be specified');
    const [value, options] = args;
    if (options !== void 0 && options !== null && typeof options !== "object") throw nodeError(TypeError, "ERR_INVALID_ARG_TYPE", 'The "options" argument must be either an object or undefined');
    return deserialise(serialise(value, transferList(options), realm), realm).value;
  };
}
function transferList(given) {
  if (given === void 0 || given === null) return [];
  const list2 = isIterable(given) || typeof given !== "object" ? given : given.transfer;
  if (list2 === void 0 || list2 === null) return [];
  if (!isIterable(list2)) throw nodeError(TypeError, "ERR_INVALID_ARG_TYPE", "Optional transferList argument must be an iterable");
  return [...list2];
}
function isIterable(value) {
  return typeof value === "object" && value !== null && typeof value[Symbol.iterator] === "function";
}

// src/simulator/host/messages/message-port.ts
function createPorts({ host, loop, events, realm: given }) {
  const { Event } = events.events;
  const { NodeEventTarget, dispatch, defineHandler, watch } = events.targets;
  const states = /* @__PURE__ */ new WeakMap();
  const isOurs2 = /* @__PURE__ */ Symbol("made by the platform");
  class MessageEvent extends Event {
    #init;
    constructor(type, init = {}) {
      super(type, init);
      const { data = null, origin = "", lastEventId = "", source = null, ports = [] } = init;
      this.#init = { data, origin: String(origin), lastEventId: String(lastEventId), source, ports: [...ports] };
    }
    get data() {
      return this.#init.data;
    }
    get origin() {
      return this.#init.origin;
    }
    get lastEventId() {
      return this.#init.lastEventId;
    }
    get source() {
      return this.#init.source;
    }
    get ports() {
      return this.#init.ports;
    }
  }
  name(MessageEvent, "Event");
  class MessagePort extends NodeEventTarget {
    constructor(key) {
      if (key !== isOurs2) throw nodeError(TypeError, "ERR_CONSTRUCT_CALL_INVALID", "Constructor cannot be called");
      super();
    }
    postMessage(...args) {
      if (args.length === 0) throw nodeError(TypeError, "ERR_MISSING_ARGS", "Not enough arguments to MessagePort.postMessage");
      const transfer = transferList(args[1]);
      if (transfer.includes(this)) throw dataCloneError("Transfer list contains source port");
      const record = serialise(args[0], transfer, realm);
      const state = states.get(this);
      if (!state.isDetached) call(state, "post", { to: state.peer, record });
    }
    start() {
      const state = states.get(this);
      if (!state.isDetached) call(state, "start");
    }
    close(callback) {
      if (typeof callback === "function") this.once("close", callback);
      const state = states.get(this);
      if (state.isDetached) return;
      state.isDetached = true;
      call(state, "close", { isReceiving: state.turn === loop.turn });
    }
    ref() {
      states.get(this).hasRef = true;
    }
    unref() {
      states.get(this).hasRef = false;
    }
    hasRef() {
      return states.get(this).hasRef;
    }
  }
  name(MessagePort, "MessagePort");
  for (const type of ["message", "messageerror"]) defineHandler(MessagePort, type);
  function call({ id }, method4, payload = {}) {
    return host.perform({ kind: "shared", site: host.site, object: id, method: method4, payload, name: id });
  }
  function adopt(plan) {
    const port = new MessagePort(isOurs2);
    const state = { ...plan, isDetached: false, turn: -1, hasRef: false };
    states.set(port, state);
    watch(port, (type, size) => {
      if (type !== "message" || state.isDetached) return;
      state.hasRef = size > 0;
      if (size <= 1) call(state, size === 1 ? "start" : "stop");
    });
    host.onInput(plan.id, (delivery) => receive(port, state, delivery));
    return port;
  }
  function receive(port, state, delivery) {
    state.turn = loop.turn;
    if (delivery.kind === "message") {
      const { value, transferred } = deserialise(delivery.record, realm);
      const ports = transferred.filter((object) => states.has(object));
      dispatch(port, "message", value, () => new MessageEvent("message", { data: value, ports }));
    } else {
      state.isDetached = true;
      port.dispatchEvent(new Event("close"));
    }
  }
  const portKind = {
    name: "MessagePort",
    isTransferred: true,
    is: (value) => typeof value === "object" && value !== null && states.has(value),
    plan: (port) => {
      const state = states.get(port);
      if (state.isDetached) throw dataCloneError("MessagePort in transfer list is already detached");
      call(state, "leave");
      state.isDetached = true;
      return { id: state.id, peer: state.peer };
    },
    adopt: (plan) => {
      call(plan, "enter");
      return adopt(plan);
    }
  };
  const realm = { ...given, kinds: [...given.kinds, portKind] };
  class MessageChannel {
    port1;
    port2;
    constructor() {
      const [first, second] = [host.identify(endpointKind), host.identify(endpointKind)];
      call({ id: first, peer: second }, "open", { to: second });
      call({ id: second, peer: first }, "open", { to: first });
      this.port1 = adopt({ id: first, peer: second });
      this.port2 = adopt({ id: second, peer: first });
      Object.defineProperty(this, Symbol.toStringTag, { value: "MessageChannel", configurable: true });
    }
  }
  function receiveMessageOnPort(port) {
    const state = typeof port === "object" && port !== null ? states.get(port) : void 0;
    if (state === void 0) throw invalidArgument("port", "a MessagePort instance", port);
    const record = state.isDetached ? null : call(state, "receive");
    return record === null ? void 0 : { message: deserialise(record, realm).value };
  }
  return { MessagePort, MessageChannel, MessageEvent, receiveMessageOnPort, adopt, realm };
}

// src/simulator/host/messages/workers.ts
var workerKind = "worker";
var workers = { name: workerKind, create: (world2) => new Workers(world2) };
var Workers = class {
  areTouchesFixed = true;
  #world;
  #endpoints;
  #states = /* @__PURE__ */ new Map();
  constructor(world2) {
    this.#world = world2;
    this.#endpoints = endpointsOf(world2);
  }
  touches({ object, method: method4 }) {
    return { writes: method4 === "start" ? [`${object} life`, "worker count"] : [`${object} life`] };
  }
  logged({ method: method4 }) {
    return method4 === "start" ? "spawn" : void 0;
  }
  perform({ agent, object, method: method4, payload }) {
    const given = payload;
    switch (method4) {
      case "start":
        return this.#start(object, agent, given.entry);
      case "watch":
        return this.#watch(object, given.news);
      case "terminate":
        this.#set(object, { isExitWatched: true });
        return this.#end(object, 1);
      case "exit":
        return this.#end(object, given.code);
      case "fail":
        return this.#fail(object, given.record);
      default:
        throw new Error(`a worker has no method ${method4}`);
    }
  }
  /** Gives the number of its thread. */
  #start(object, starter, entry) {
    const { id, peer } = entry.port;
    this.#endpoints.open(peer, id, starter, true);
    this.#endpoints.open(id, peer, object, false);
    this.#set(object, { starter, port: entry.port, code: void 0, isExitWatched: false, told: [] });
    const threadId = this.#states.size;
    this.#world.spawn({ agent: object, entry: { ...entry, threadId } });
    return threadId;
  }
  #set(object, change) {
    const before = this.#states.get(object);
    this.#world.undo(() => before ? this.#states.set(object, before) : this.#states.delete(object));
    this.#states.set(object, { ...before, ...change });
  }
  /** Whoever listens in the turn that starts it hears of everything; an end that was told to nobody is told now. */
  #watch(object, news) {
    if (news === "exit") {
      this.#set(object, { isExitWatched: true });
      this.#tellExit(object);
      return;
    }
    const { told } = this.#states.get(object);
    for (const { arrival } of told) this.#world.withdraw(arrival);
    this.#set(object, { told: [] });
    for (const each of [{ kind: "online" }, ...told.map((known3) => known3.news)]) this.#tell(object, each);
  }
  #end(object, code) {
    if (this.#states.get(object).code === void 0) this.#stop(object, code);
    this.#tellExit(object);
  }
  #fail(object, record) {
    if (this.#states.get(object).code !== void 0) return;
    this.#stop(object, 1);
    this.#tell(object, { kind: "error", record });
    this.#tellExit(object);
  }
  #stop(object, code) {
    this.#set(object, { code });
    this.#world.terminate(object);
  }
  #tellExit(object) {
    const { code, isExitWatched, told } = this.#states.get(object);
    if (code !== void 0 && isExitWatched && !told.some(({ news }) => news.kind === "exit")) this.#tell(object, { kind: "exit", code });
  }
  /** Behind the messages that the worker has sent. */
  #tell(object, news) {
    const { starter, port, told } = this.#states.get(object);
    const arrival = this.#world.post({ agent: starter, address: object, payload: news, channel: port.peer, label: labels[news.kind](object), touches: { writes: [`${port.peer} head`] } });
    this.#set(object, { told: [...told, { news, arrival }] });
  }
  atRest(agent) {
    const state = this.#states.get(agent);
    if (state && state.code === void 0 && !this.#endpoints.isListening(agent)) this.#end(agent, 0);
  }
};
var labels = {
  online: (worker) => `${worker} is running`,
  error: (worker) => `${worker} fails`,
  exit: (worker) => `${worker} ends`
};

// src/simulator/host/messages/worker.ts
function createWorkers({ host, events, Promise: Promise2, loop }, { realm, MessageEvent }) {
  const { EventEmitter } = events.emitters;
  const { EventTarget, defineHandler } = events.targets;
  const { Event } = events.events;
  class Thread {
    id = host.identify(workerKind);
    threadId;
    #port;
    #peer;
    hasExited = false;
    constructor(file, { workerData, transferList: list2, name: label }, onMessage, onNews) {
      if (typeof file !== "string" && !(typeof file === "object" && file !== null && "href" in file)) throw invalidArgument("filename", "of type string or an instance of URL", file);
      this.#port = host.identify(endpointKind);
      this.#peer = host.identify(endpointKind);
      host.onInput(this.#port, (delivery) => {
        if (delivery.kind === "message") onMessage(deserialise(delivery.record, realm).value);
      });
      host.onInput(this.id, (news) => {
        this.hasExited ||= news.kind === "exit";
        onNews(news);
      });
      const data = serialise(workerData, transferList(list2), realm);
      const entry = { file: fileOf(file), worker: this.id, name: label === void 0 ? "" : String(label), data, port: { id: this.#peer, peer: this.#port } };
      this.threadId = this.#call("start", { entry });
    }
    post(args) {
      if (args.length === 0) throw missingArguments("message");
      const record = serialise(args[0], transferList(args[1]), realm);
      host.perform({ kind: "shared", site: host.site, object: this.#port, method: "post", payload: { to: this.#peer, record }, name: this.#port });
    }
    watch(news) {
      this.#call("watch", { news });
    }
    terminate() {
      this.#call("terminate", {});
    }
    #call(method4, payload) {
      return host.perform({ kind: "shared", site: host.site, object: this.id, method: method4, payload, name: this.id });
    }
  }
  class NodeWorker extends EventEmitter {
    #thread;
    #watched = /* @__PURE__ */ new Set();
    #turn = loop.turn;
    constructor(file, options = {}) {
      super();
      this.#thread = new Thread(file, options, (value) => void this.emit("message", value), (news) => this.#told(news));
      this.on("newListener", (type) => this.#watch(type));
    }
    /** That it runs is told only to who listens at once. */
    #watch(type) {
      if (this.#watched.has(type) || !(type === "exit" || type === "online" && loop.turn === this.#turn)) return;
      this.#watched.add(type);
      this.#thread.watch(type);
    }
    #told(news) {
      if (news.kind === "error") this.emit("error", deserialise(news.record, realm).value);
      else if (news.kind === "exit") this.emit("exit", news.code);
      else this.emit("online");
    }
    get threadId() {
      return this.#thread.hasExited ? -1 : this.#thread.threadId;
    }
    postMessage(...args) {
      if (!this.#thread.hasExited) this.#thread.post(args);
    }
    terminate() {
      if (this.#thread.hasExited) return Promise2.resolve();
      const ended = new Promise2((resolve) => void this.once("exit", resolve));
      this.#thread.terminate();
      return ended;
    }
    ref() {
    }
    unref() {
    }
  }
  class WebWorker extends EventTarget {
    #thread;
    constructor(file, options = {}) {
      super();
      this.#thread = new Thread(file, { name: options.name }, (data) => void this.dispatchEvent(new MessageEvent("message", { data })), (news) => this.#told(news));
    }
    #told(news) {
      if (news.kind !== "error") return;
      const error = deserialise(news.record, realm).value;
      const event = Object.assign(new Event("error", { cancelable: true }), { error, message: error instanceof Error ? `Uncaught ${error.name}: ${error.message}` : `Uncaught ${String(error)}` });
      this.dispatchEvent(event);
    }
    postMessage(...args) {
      this.#thread.post(args);
    }
    terminate() {
      this.#thread.terminate();
    }
  }
  name(WebWorker, "Worker");
  for (const type of ["message", "messageerror", "error"]) defineHandler(WebWorker, type);
  return { NodeWorker, WebWorker };
}
function fileOf(file) {
  const text = typeof file === "string" ? file : String(file.href);
  return text.replace(/^file:\/\//, "").replace(/^\.?\//, "");
}

// src/simulator/host/messages/worker-scope.ts
function createWorkerScope({ host, loop }, { adopt, realm }, entry) {
  const parentPort = adopt(entry.port);
  const call = (method4, payload) => host.perform({ kind: "shared", site: host.site, object: entry.worker, method: method4, payload, name: entry.worker });
  const exit = (code = 0) => void call("exit", { code: Number(code) });
  const before = loop.onError;
  loop.onError = (error) => {
    if (before?.(error) === true) return true;
    const { reason } = error;
    call("fail", { record: recordOf(reason, (value) => serialise(value, [], realm)) });
    return true;
  };
  const globals = {
    postMessage: (...args) => parentPort.postMessage(...args),
    addEventListener: (...args) => parentPort.addEventListener(...args),
    removeEventListener: (...args) => parentPort.removeEventListener(...args),
    close: () => exit(0),
    name: entry.name
  };
  return {
    threads: { isMainThread: false, parentPort, threadId: entry.threadId, workerData: deserialise(entry.data, realm).value },
    exit,
    globals,
    /** Gives `self` what the scope has. Its listeners are those of the port to who started the worker. */
    extend(object) {
      Object.assign(object, globals);
      for (const type of ["onmessage", "onmessageerror"]) {
        const port = parentPort;
        Object.defineProperty(object, type, { get: () => port[type], set: (value) => {
          port[type] = value;
        }, enumerable: true, configurable: true });
      }
      return object;
    }
  };
}
function recordOf(reason, clone) {
  try {
    return clone(reason);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== dataCloneError("").name) throw error;
    return clone(new Error(String(reason)));
  }
}

// src/simulator/host/messages/local-host.ts
var LocalHost = class {
  agent;
  site = -1;
  #loop;
  #objects;
  #handlers = /* @__PURE__ */ new Map();
  #events = /* @__PURE__ */ new Map();
  #turn = -1;
  #rank = 0;
  constructor(loop, kinds2) {
    this.#loop = loop;
    this.agent = loop.agent;
    this.#objects = new Map(kinds2.map((kind) => [kind.name, kind.create(this)]));
  }
  get event() {
    return this.#loop.turnEvent?.id ?? "";
  }
  /** Named by the turn that makes it, so that it has the same name in every execution with the same past. */
  identify(kind) {
    const { turn } = this.#loop;
    if (turn !== this.#turn) this.#rank = 0;
    this.#turn = turn;
    this.#rank++;
    return `${kind} ${this.event === "" ? "" : `${this.event}:`}${this.#rank}`;
  }
  perform(op) {
    if (op.kind !== "shared") throw new Error(`there is no shared memory here: ${op.kind}`);
    const call = { agent: this.agent, object: op.object, method: op.method, payload: op.payload };
    const objects = this.#objects.get(op.object.split(" ", 1)[0]);
    this.#touch(objects.touches(call));
    return objects.perform(call);
  }
  onInput(address, handler) {
    this.#handlers.set(address, handler);
  }
  undo() {
  }
  post(plan) {
    const { address, payload, label, channel, touches } = plan;
    const handler = () => {
      this.#touch(touches);
      this.#events.delete(arrival);
      plan.fire?.();
      this.#handlers.get(address)(payload);
    };
    const event = this.#loop.addEvent({ label, fire: handler, isCancellable: true, ...channel !== void 0 && { channel } });
    const arrival = { ...plan, id: event.id };
    this.#events.set(arrival, event);
    return arrival;
  }
  withdraw(arrival) {
    const event = this.#events.get(arrival);
    if (event) this.#loop.cancel(event);
    this.#events.delete(arrival);
  }
  spawn() {
    throw new Error("a scenario without agents starts none");
  }
  terminate() {
    throw new Error("a scenario without agents ends none");
  }
  #touch({ reads = [], writes = [] }) {
    for (const location2 of reads) this.#loop.touch(location2, "value", "read");
    for (const location2 of writes) this.#loop.touch(location2, "value", "write");
  }
};

// src/simulator/host/messages/index.ts
function createMessages(world2, entry) {
  const ports = createPorts(world2);
  const { MessageChannel, MessagePort, MessageEvent, receiveMessageOnPort, realm } = ports;
  let workers2;
  const BroadcastChannel = createBroadcastChannel(world2, ports);
  return {
    ports,
    globals: { structuredClone: createStructuredClone(realm), MessageChannel, MessagePort, MessageEvent, BroadcastChannel },
    threads: { MessageChannel, MessagePort, BroadcastChannel, receiveMessageOnPort },
    get workers() {
      return workers2 ??= createWorkers(world2, ports);
    },
    scope: entry && createWorkerScope(world2, ports, entry)
  };
}

// src/simulator/host/kinds.ts
var localKinds = [endpoints];
var agentKinds = [...localKinds, workers];

// src/simulator/host/events/timers-promises.ts
function createTimersPromises(world2, helpers2) {
  const { timers: timers2, Promise: Promise2 } = world2;
  function wait(delay, value, options, check) {
    try {
      check();
      requireOptions(options);
    } catch (error) {
      return Promise2.reject(error);
    }
    const { signal } = options;
    if (signal?.aborted) return Promise2.reject(abortError(signal.reason));
    let onAbort;
    const result = new Promise2((resolve, reject) => {
      let isDone = false;
      const handle = delay.begin(() => {
        isDone = true;
        resolve(value);
      });
      if (!signal) return;
      onAbort = () => {
        if (isDone) return;
        isDone = true;
        delay.clear(handle);
        reject(abortError(signal.reason));
      };
      signal.addEventListener("abort", onAbort, ownLastingListener);
    });
    return onAbort ? finallyOf(result, () => signal.removeEventListener("abort", onAbort)) : result;
  }
  function finallyOf(promise, run) {
    return new Promise2((resolve, reject) => {
      new Promise2((inner, fail) => void promise.then(inner, fail)).finally(run).then(resolve, reject);
    });
  }
  function setTimeout(delay, value, options = {}) {
    return wait({ begin: (run) => timers2.setTimeout(run, delay), clear: timers2.clearTimeout }, value, options, () => requireDelay(delay));
  }
  function setImmediate(value, options = {}) {
    return wait({ begin: timers2.setImmediate, clear: timers2.clearImmediate }, value, options, () => void 0);
  }
  function setInterval(delay, value, options = {}) {
    const { __asyncGenerator, __await } = helpers2;
    return __asyncGenerator(void 0, [], function* () {
      requireDelay(delay);
      requireOptions(options);
      const { signal } = options;
      if (signal?.aborted) throw abortError(signal.reason);
      const firings = new Firings();
      const interval = timers2.setInterval(() => firings.fired(), delay);
      const onAbort = () => {
        timers2.clearInterval(interval);
        firings.resume(() => Promise2.reject(abortError(signal.reason)));
      };
      try {
        signal?.addEventListener("abort", onAbort, ownListener);
        while (!signal?.aborted) {
          if (firings.count === 0) yield __await(new Promise2((resolve) => {
            firings.waiting = resolve;
          }));
          for (; firings.count > 0; firings.count--) yield yield __await(value);
        }
        throw abortError(signal.reason);
      } finally {
        timers2.clearInterval(interval);
        signal?.removeEventListener("abort", onAbort);
      }
    });
  }
  const scheduler = Object.freeze({
    wait: (delay, options) => setTimeout(delay, void 0, options),
    yield: () => setImmediate()
  });
  return { __esModule: true, setTimeout, setImmediate, setInterval, scheduler, default: { setTimeout, setImmediate, setInterval, scheduler } };
}
var Firings = class {
  count = 0;
  waiting;
  fired() {
    this.count++;
    this.resume(() => void 0);
  }
  resume(value) {
    const { waiting } = this;
    this.waiting = void 0;
    waiting?.(value());
  }
};
function requireDelay(delay) {
  if (delay !== void 0 && typeof delay !== "number") throw invalidArgument("delay", "of type number", delay);
}
function requireOptions(options) {
  if (typeof options !== "object" || options === null || Array.isArray(options)) throw invalidArgument("options", "of type object", options);
  const { signal, ref } = options;
  requireSignal("options.signal", signal);
  if (ref !== void 0 && typeof ref !== "boolean") throw nodeError(TypeError, "ERR_INVALID_ARG_TYPE", 'The "options.ref" property must be of type boolean.');
}

// node-library:raceproof:node-library
function instantiate(world2, external) {
  const { primordials, internalBinding, process: process2, queueMicrotask, globalThis: globalThis2, __touch, __caught, __awaiter, __asyncGenerator, __asyncDelegator, __asyncValues, __await, __rest } = world2;
  const files = {
    "internal/querystring": function(module, exports, require2) {
      "use strict";
      const { Array: Array2, Int8Array: Int8Array2, NumberPrototypeToString, StringPrototypeCharCodeAt, StringPrototypeSlice, StringPrototypeToUpperCase } = primordials;
      const { ERR_INVALID_URI } = require2("internal/errors").codes;
      const hexTable = new Array2(256);
      for (let i = 0; i < 256; ++i)
        hexTable[i] = "%" + StringPrototypeToUpperCase((i < 16 ? "0" : "") + NumberPrototypeToString(i, 16));
      const isHexTable = new Int8Array2([
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        1,
        1,
        1,
        1,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        1,
        1,
        1,
        1,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0
      ]);
      function encodeStr(str, noEscapeTable, hexTable2) {
        const len = str.length;
        if (len === 0)
          return "";
        let out = "";
        let lastPos = 0;
        let i = 0;
        outer: for (; i < len; i++) {
          let c = StringPrototypeCharCodeAt(str, i);
          while (c < 128) {
            if (noEscapeTable[c] !== 1) {
              if (lastPos < i)
                out += StringPrototypeSlice(str, lastPos, i);
              lastPos = i + 1;
              out += hexTable2[c];
            }
            if (++i === len)
              break outer;
            c = StringPrototypeCharCodeAt(str, i);
          }
          if (lastPos < i)
            out += StringPrototypeSlice(str, lastPos, i);
          if (c < 2048) {
            lastPos = i + 1;
            out += hexTable2[192 | c >> 6] + hexTable2[128 | c & 63];
            continue;
          }
          if (c < 55296 || c >= 57344) {
            lastPos = i + 1;
            out += hexTable2[224 | c >> 12] + hexTable2[128 | c >> 6 & 63] + hexTable2[128 | c & 63];
            continue;
          }
          ++i;
          if (i >= len)
            throw new ERR_INVALID_URI();
          const c2 = StringPrototypeCharCodeAt(str, i) & 1023;
          lastPos = i + 1;
          c = 65536 + ((c & 1023) << 10 | c2);
          out += hexTable2[240 | c >> 18] + hexTable2[128 | c >> 12 & 63] + hexTable2[128 | c >> 6 & 63] + hexTable2[128 | c & 63];
        }
        if (lastPos === 0)
          return str;
        if (lastPos < len)
          return out + StringPrototypeSlice(str, lastPos);
        return out;
      }
      module.exports = {
        encodeStr,
        hexTable,
        isHexTable
      };
    },
    "internal/streams/add-abort-signal": function(module, exports, require2) {
      "use strict";
      const { SymbolDispose } = require2("internal/util");
      const { AbortError, codes: codes2 } = require2("internal/errors");
      const { isNodeStream, isWebStream, kControllerErrorFunction } = require2("internal/streams/utils");
      const eos = require2("internal/streams/end-of-stream");
      const { ERR_INVALID_ARG_TYPE } = codes2;
      let addAbortListener;
      const validateAbortSignal = (signal, name2) => {
        if (typeof signal !== "object" || !("aborted" in signal)) {
          throw new ERR_INVALID_ARG_TYPE(name2, "AbortSignal", signal);
        }
      };
      module.exports.addAbortSignal = function addAbortSignal(signal, stream) {
        __touch(stream);
        validateAbortSignal(signal, "signal");
        if (!isNodeStream(stream) && !isWebStream(stream)) {
          throw new ERR_INVALID_ARG_TYPE("stream", ["ReadableStream", "WritableStream", "Stream"], stream);
        }
        return module.exports.addAbortSignalNoValidate(signal, stream);
      };
      module.exports.addAbortSignalNoValidate = function(signal, stream) {
        __touch(stream);
        if (typeof signal !== "object" || !("aborted" in signal)) {
          return stream;
        }
        const onAbort = isNodeStream(stream) ? () => {
          __touch(stream);
          stream.destroy(new AbortError(void 0, { cause: signal.reason }));
        } : () => {
          __touch(stream);
          stream[kControllerErrorFunction](new AbortError(void 0, { cause: signal.reason }));
        };
        if (signal.aborted) {
          onAbort();
        } else {
          addAbortListener !== null && addAbortListener !== void 0 ? addAbortListener : addAbortListener = require2("internal/events/abort_listener").addAbortListener;
          const disposable = addAbortListener(signal, onAbort);
          eos(stream, disposable[SymbolDispose]);
        }
        return stream;
      };
    },
    "internal/streams/compose": function(module, exports, require2) {
      "use strict";
      const { ArrayPrototypeSlice } = primordials;
      const { pipeline } = require2("internal/streams/pipeline");
      const Duplex = require2("internal/streams/duplex");
      const { destroyer } = require2("internal/streams/destroy");
      const { isNodeStream, isReadable, isWritable, isWebStream, isTransformStream, isWritableStream, isReadableStream } = require2("internal/streams/utils");
      const { AbortError, codes: { ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS } } = require2("internal/errors");
      const eos = require2("internal/streams/end-of-stream");
      module.exports = function compose(...streams) {
        if (streams.length === 0) {
          throw new ERR_MISSING_ARGS("streams");
        }
        if (streams.length === 1) {
          return Duplex.from(streams[0]);
        }
        const orgStreams = ArrayPrototypeSlice(streams);
        if (typeof streams[0] === "function") {
          streams[0] = Duplex.from(streams[0]);
        }
        if (typeof streams[streams.length - 1] === "function") {
          const idx = streams.length - 1;
          streams[idx] = Duplex.from(streams[idx]);
        }
        for (let n = 0; n < streams.length; ++n) {
          if (!isNodeStream(streams[n]) && !isWebStream(streams[n])) {
            continue;
          }
          if (n < streams.length - 1 && !(isReadable(streams[n]) || isReadableStream(streams[n]) || isTransformStream(streams[n]))) {
            throw new ERR_INVALID_ARG_VALUE(`streams[${n}]`, orgStreams[n], "must be readable");
          }
          if (n > 0 && !(isWritable(streams[n]) || isWritableStream(streams[n]) || isTransformStream(streams[n]))) {
            throw new ERR_INVALID_ARG_VALUE(`streams[${n}]`, orgStreams[n], "must be writable");
          }
        }
        let ondrain;
        let onfinish;
        let onreadable;
        let onclose;
        let d;
        function onfinished(err) {
          const cb = onclose;
          onclose = null;
          if (cb) {
            cb(err);
          } else if (err) {
            d.destroy(err);
          } else if (!readable && !writable) {
            d.destroy();
          }
        }
        const head = streams[0];
        const tail = pipeline(streams, onfinished);
        const writable = !!(isWritable(head) || isWritableStream(head) || isTransformStream(head));
        const readable = !!(isReadable(tail) || isReadableStream(tail) || isTransformStream(tail));
        d = new Duplex({
          writableObjectMode: !!(head === null || head === void 0 ? void 0 : head.writableObjectMode),
          readableObjectMode: !!(tail === null || tail === void 0 ? void 0 : tail.readableObjectMode),
          writable,
          readable
        });
        if (writable) {
          if (isNodeStream(head)) {
            d._write = function(chunk, encoding, callback) {
              if (head.write(chunk, encoding)) {
                callback();
              } else {
                ondrain = callback;
              }
            };
            d._final = function(callback) {
              head.end();
              onfinish = callback;
            };
            head.on("drain", function() {
              if (ondrain) {
                const cb = ondrain;
                ondrain = null;
                cb();
              }
            });
          } else if (isWebStream(head)) {
            const writable2 = isTransformStream(head) ? head.writable : head;
            const writer = writable2.getWriter();
            d._write = function(chunk, encoding, callback) {
              return __awaiter(this, void 0, void 0, function* () {
                try {
                  yield writer.ready;
                  writer.write(chunk).catch(() => {
                  });
                  callback();
                } catch (err) {
                  __caught(err);
                  callback(err);
                }
              });
            };
            d._final = function(callback) {
              return __awaiter(this, void 0, void 0, function* () {
                try {
                  yield writer.ready;
                  writer.close().catch(() => {
                  });
                  onfinish = callback;
                } catch (err) {
                  __caught(err);
                  callback(err);
                }
              });
            };
          }
          const toRead = isTransformStream(tail) ? tail.readable : tail;
          eos(toRead, () => {
            if (onfinish) {
              const cb = onfinish;
              onfinish = null;
              cb();
            }
          });
        }
        if (readable) {
          if (isNodeStream(tail)) {
            tail.on("readable", function() {
              if (onreadable) {
                const cb = onreadable;
                onreadable = null;
                cb();
              }
            });
            tail.on("end", function() {
              d.push(null);
            });
            d._read = function() {
              while (true) {
                const buf = tail.read();
                if (buf === null) {
                  onreadable = d._read;
                  return;
                }
                if (!d.push(buf)) {
                  return;
                }
              }
            };
          } else if (isWebStream(tail)) {
            const readable2 = isTransformStream(tail) ? tail.readable : tail;
            const reader = readable2.getReader();
            d._read = function() {
              return __awaiter(this, void 0, void 0, function* () {
                while (true) {
                  try {
                    const { value, done } = yield reader.read();
                    if (!d.push(value)) {
                      return;
                    }
                    if (done) {
                      d.push(null);
                      return;
                    }
                  } catch (__error) {
                    __caught(__error);
                    return;
                  }
                }
              });
            };
          }
        }
        d._destroy = function(err, callback) {
          if (!err && onclose !== null) {
            err = new AbortError();
          }
          onreadable = null;
          ondrain = null;
          onfinish = null;
          if (isNodeStream(tail)) {
            destroyer(tail, err);
          }
          if (onclose === null) {
            callback(err);
          } else {
            onclose = callback;
          }
        };
        return d;
      };
    },
    "internal/streams/destroy": function(module, exports, require2) {
      "use strict";
      const { aggregateTwoErrors: aggregateTwoErrors2, codes: { ERR_MULTIPLE_CALLBACK }, AbortError } = require2("internal/errors");
      const { Symbol: Symbol2 } = primordials;
      const { kIsDestroyed, isDestroyed, isFinished, isServerRequest, kState, kErrorEmitted, kEmitClose, kClosed, kCloseEmitted, kConstructed, kDestroyed, kAutoDestroy, kErrored } = require2("internal/streams/utils");
      const kDestroy = Symbol2("kDestroy");
      const kConstruct = Symbol2("kConstruct");
      function checkError(err, w, r) {
        if (err) {
          err.stack;
          if (w && !w.errored) {
            w.errored = err;
          }
          if (r && !r.errored) {
            r.errored = err;
          }
        }
      }
      function destroy(err, cb) {
        __touch(this);
        const r = this._readableState;
        const w = this._writableState;
        const s = w || r;
        if (w && (w[kState] & kDestroyed) !== 0 || r && (r[kState] & kDestroyed) !== 0) {
          if (typeof cb === "function") {
            cb();
          }
          return this;
        }
        checkError(err, w, r);
        if (w) {
          w[kState] |= kDestroyed;
        }
        if (r) {
          r[kState] |= kDestroyed;
        }
        if ((s[kState] & kConstructed) === 0) {
          this.once(kDestroy, function(er) {
            __touch(this);
            _destroy(this, aggregateTwoErrors2(er, err), cb);
          });
        } else {
          _destroy(this, err, cb);
        }
        return this;
      }
      function _destroy(self, err, cb) {
        __touch(self);
        let called2 = false;
        function onDestroy(err2) {
          __touch(self);
          if (called2) {
            return;
          }
          called2 = true;
          const r = self._readableState;
          const w = self._writableState;
          checkError(err2, w, r);
          if (w) {
            w[kState] |= kClosed;
          }
          if (r) {
            r[kState] |= kClosed;
          }
          if (typeof cb === "function") {
            cb(err2);
          }
          if (err2) {
            process2.nextTick(emitErrorCloseNT, self, err2);
          } else {
            process2.nextTick(emitCloseNT, self);
          }
        }
        try {
          self._destroy(err || null, onDestroy);
        } catch (err2) {
          __caught(err2);
          onDestroy(err2);
        }
      }
      function emitErrorCloseNT(self, err) {
        __touch(self);
        emitErrorNT(self, err);
        emitCloseNT(self);
      }
      function emitCloseNT(self) {
        __touch(self);
        const r = self._readableState;
        const w = self._writableState;
        if (w) {
          w[kState] |= kCloseEmitted;
        }
        if (r) {
          r[kState] |= kCloseEmitted;
        }
        if (w && (w[kState] & kEmitClose) !== 0 || r && (r[kState] & kEmitClose) !== 0) {
          self.emit("close");
        }
      }
      function emitErrorNT(self, err) {
        __touch(self);
        const r = self._readableState;
        const w = self._writableState;
        if (w && (w[kState] & kErrorEmitted) !== 0 || r && (r[kState] & kErrorEmitted) !== 0) {
          return;
        }
        if (w) {
          w[kState] |= kErrorEmitted;
        }
        if (r) {
          r[kState] |= kErrorEmitted;
        }
        self.emit("error", err);
      }
      function undestroy() {
        __touch(this);
        const r = this._readableState;
        const w = this._writableState;
        if (r) {
          r.constructed = true;
          r.closed = false;
          r.closeEmitted = false;
          r.destroyed = false;
          r.errored = null;
          r.errorEmitted = false;
          r.reading = false;
          r.ended = r.readable === false;
          r.endEmitted = r.readable === false;
        }
        if (w) {
          w.constructed = true;
          w.destroyed = false;
          w.closed = false;
          w.closeEmitted = false;
          w.errored = null;
          w.errorEmitted = false;
          w.finalCalled = false;
          w.prefinished = false;
          w.ended = w.writable === false;
          w.ending = w.writable === false;
          w.finished = w.writable === false;
        }
      }
      function errorOrDestroy(stream, err, sync) {
        __touch(stream);
        __touch(this);
        const r = stream._readableState;
        const w = stream._writableState;
        if (w && (w[kState] ? (w[kState] & kDestroyed) !== 0 : w.destroyed) || r && (r[kState] ? (r[kState] & kDestroyed) !== 0 : r.destroyed)) {
          return this;
        }
        if (r && (r[kState] & kAutoDestroy) !== 0 || w && (w[kState] & kAutoDestroy) !== 0) {
          stream.destroy(err);
        } else if (err) {
          err.stack;
          if (w && (w[kState] & kErrored) === 0) {
            w.errored = err;
          }
          if (r && (r[kState] & kErrored) === 0) {
            r.errored = err;
          }
          if (sync) {
            process2.nextTick(emitErrorNT, stream, err);
          } else {
            emitErrorNT(stream, err);
          }
        }
      }
      function construct(stream, cb) {
        __touch(stream);
        if (typeof stream._construct !== "function") {
          return;
        }
        const r = stream._readableState;
        const w = stream._writableState;
        if (r) {
          r[kState] &= ~kConstructed;
        }
        if (w) {
          w[kState] &= ~kConstructed;
        }
        stream.once(kConstruct, cb);
        if (stream.listenerCount(kConstruct) > 1) {
          return;
        }
        process2.nextTick(constructNT, stream);
      }
      function constructNT(stream) {
        __touch(stream);
        let called2 = false;
        function onConstruct(err) {
          __touch(stream);
          if (called2) {
            errorOrDestroy(stream, err !== null && err !== void 0 ? err : new ERR_MULTIPLE_CALLBACK());
            return;
          }
          called2 = true;
          const r = stream._readableState;
          const w = stream._writableState;
          const s = w || r;
          if (r) {
            r[kState] |= kConstructed;
          }
          if (w) {
            w[kState] |= kConstructed;
          }
          if (s.destroyed) {
            stream.emit(kDestroy, err);
          } else if (err) {
            errorOrDestroy(stream, err, true);
          } else {
            stream.emit(kConstruct);
          }
        }
        try {
          stream._construct((err) => {
            process2.nextTick(onConstruct, err);
          });
        } catch (err) {
          __caught(err);
          process2.nextTick(onConstruct, err);
        }
      }
      function isRequest(stream) {
        __touch(stream);
        return (stream === null || stream === void 0 ? void 0 : stream.setHeader) && typeof stream.abort === "function";
      }
      function emitCloseLegacy(stream) {
        __touch(stream);
        stream.emit("close");
      }
      function emitErrorCloseLegacy(stream, err) {
        __touch(stream);
        stream.emit("error", err);
        process2.nextTick(emitCloseLegacy, stream);
      }
      function destroyer(stream, err) {
        __touch(stream);
        if (!stream || isDestroyed(stream)) {
          return;
        }
        if (!err && !isFinished(stream)) {
          err = new AbortError();
        }
        if (isServerRequest(stream)) {
          stream.socket = null;
          stream.destroy(err);
        } else if (isRequest(stream)) {
          stream.abort();
        } else if (isRequest(stream.req)) {
          stream.req.abort();
        } else if (typeof stream.destroy === "function") {
          stream.destroy(err);
        } else if (typeof stream.close === "function") {
          stream.close();
        } else if (err) {
          process2.nextTick(emitErrorCloseLegacy, stream, err);
        } else {
          process2.nextTick(emitCloseLegacy, stream);
        }
        if (!stream.destroyed) {
          stream[kIsDestroyed] = true;
        }
      }
      module.exports = {
        construct,
        destroyer,
        destroy,
        undestroy,
        errorOrDestroy
      };
    },
    "internal/streams/duplex": function(module, exports, require2) {
      "use strict";
      const { ObjectDefineProperties, ObjectGetOwnPropertyDescriptor, ObjectKeys, ObjectSetPrototypeOf } = primordials;
      module.exports = Duplex;
      const Stream = require2("internal/streams/legacy").Stream;
      const Readable = require2("internal/streams/readable");
      const Writable = require2("internal/streams/writable");
      const { addAbortSignal } = require2("internal/streams/add-abort-signal");
      const destroyImpl = require2("internal/streams/destroy");
      const { kOnConstructed } = require2("internal/streams/utils");
      ObjectSetPrototypeOf(Duplex.prototype, Readable.prototype);
      ObjectSetPrototypeOf(Duplex, Readable);
      {
        const keys = ObjectKeys(Writable.prototype);
        for (let i = 0; i < keys.length; i++) {
          const method4 = keys[i];
          if (!Duplex.prototype[method4])
            Duplex.prototype[method4] = Writable.prototype[method4];
        }
      }
      Duplex.prototype.destroy = Writable.prototype.destroy;
      function Duplex(options) {
        var _a;
        __touch(this);
        if (!(this instanceof Duplex))
          return new Duplex(options);
        (_a = this._events) !== null && _a !== void 0 ? _a : this._events = {
          close: void 0,
          error: void 0,
          prefinish: void 0,
          finish: void 0,
          drain: void 0,
          data: void 0,
          end: void 0,
          readable: void 0
        };
        this._readableState = new Readable.ReadableState(options, this, true);
        this._writableState = new Writable.WritableState(options, this, true);
        if (options) {
          this.allowHalfOpen = options.allowHalfOpen !== false;
          if (options.readable === false) {
            this._readableState.readable = false;
            this._readableState.ended = true;
            this._readableState.endEmitted = true;
          }
          if (options.writable === false) {
            this._writableState.writable = false;
            this._writableState.ending = true;
            this._writableState.ended = true;
            this._writableState.finished = true;
          }
          if (typeof options.read === "function")
            this._read = options.read;
          if (typeof options.write === "function")
            this._write = options.write;
          if (typeof options.writev === "function")
            this._writev = options.writev;
          if (typeof options.destroy === "function")
            this._destroy = options.destroy;
          if (typeof options.final === "function")
            this._final = options.final;
          if (typeof options.construct === "function")
            this._construct = options.construct;
          if (options.signal)
            addAbortSignal(options.signal, this);
        } else {
          this.allowHalfOpen = true;
        }
        Stream.call(this, options);
        if (this._construct != null) {
          destroyImpl.construct(this, () => {
            __touch(this);
            this._readableState[kOnConstructed](this);
            this._writableState[kOnConstructed](this);
          });
        }
      }
      ObjectDefineProperties(Duplex.prototype, {
        writable: Object.assign({ __proto__: null }, ObjectGetOwnPropertyDescriptor(Writable.prototype, "writable")),
        writableHighWaterMark: Object.assign({ __proto__: null }, ObjectGetOwnPropertyDescriptor(Writable.prototype, "writableHighWaterMark")),
        writableObjectMode: Object.assign({ __proto__: null }, ObjectGetOwnPropertyDescriptor(Writable.prototype, "writableObjectMode")),
        writableBuffer: Object.assign({ __proto__: null }, ObjectGetOwnPropertyDescriptor(Writable.prototype, "writableBuffer")),
        writableLength: Object.assign({ __proto__: null }, ObjectGetOwnPropertyDescriptor(Writable.prototype, "writableLength")),
        writableFinished: Object.assign({ __proto__: null }, ObjectGetOwnPropertyDescriptor(Writable.prototype, "writableFinished")),
        writableCorked: Object.assign({ __proto__: null }, ObjectGetOwnPropertyDescriptor(Writable.prototype, "writableCorked")),
        writableEnded: Object.assign({ __proto__: null }, ObjectGetOwnPropertyDescriptor(Writable.prototype, "writableEnded")),
        writableNeedDrain: Object.assign({ __proto__: null }, ObjectGetOwnPropertyDescriptor(Writable.prototype, "writableNeedDrain")),
        destroyed: {
          __proto__: null,
          get() {
            __touch(this);
            if (this._readableState === void 0 || this._writableState === void 0) {
              return false;
            }
            return this._readableState.destroyed && this._writableState.destroyed;
          },
          set(value) {
            __touch(this);
            if (this._readableState && this._writableState) {
              this._readableState.destroyed = value;
              this._writableState.destroyed = value;
            }
          }
        }
      });
      let webStreamsAdapters;
      function lazyWebStreams() {
        if (webStreamsAdapters === void 0)
          webStreamsAdapters = require2("internal/webstreams/adapters");
        return webStreamsAdapters;
      }
      Duplex.fromWeb = function(pair, options) {
        return lazyWebStreams().newStreamDuplexFromReadableWritablePair(pair, options);
      };
      Duplex.toWeb = function(duplex) {
        __touch(duplex);
        return lazyWebStreams().newReadableWritablePairFromDuplex(duplex);
      };
      let duplexify;
      Duplex.from = function(body2) {
        if (!duplexify) {
          duplexify = require2("internal/streams/duplexify");
        }
        return duplexify(body2, "body");
      };
    },
    "internal/streams/duplexify": function(module, exports, require2) {
      "use strict";
      const { isReadable, isWritable, isIterable: isIterable2, isNodeStream, isReadableNodeStream, isWritableNodeStream, isDuplexNodeStream, isReadableStream, isWritableStream } = require2("internal/streams/utils");
      const eos = require2("internal/streams/end-of-stream");
      const { AbortError, codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_RETURN_VALUE } } = require2("internal/errors");
      const { destroyer } = require2("internal/streams/destroy");
      const Duplex = require2("internal/streams/duplex");
      const Readable = require2("internal/streams/readable");
      const Writable = require2("internal/streams/writable");
      const { createDeferredPromise } = require2("internal/util");
      const from = require2("internal/streams/from");
      const { isBlob } = require2("internal/blob");
      const { AbortController } = require2("internal/abort_controller");
      const { FunctionPrototypeCall } = primordials;
      class Duplexify extends Duplex {
        constructor(options) {
          super(options);
          if ((options === null || options === void 0 ? void 0 : options.readable) === false) {
            this._readableState.readable = false;
            this._readableState.ended = true;
            this._readableState.endEmitted = true;
          }
          if ((options === null || options === void 0 ? void 0 : options.writable) === false) {
            this._writableState.writable = false;
            this._writableState.ending = true;
            this._writableState.ended = true;
            this._writableState.finished = true;
          }
        }
      }
      module.exports = function duplexify(body2, name2) {
        if (isDuplexNodeStream(body2)) {
          return body2;
        }
        if (isReadableNodeStream(body2)) {
          return _duplexify({ readable: body2 });
        }
        if (isWritableNodeStream(body2)) {
          return _duplexify({ writable: body2 });
        }
        if (isNodeStream(body2)) {
          return _duplexify({ writable: false, readable: false });
        }
        if (isReadableStream(body2)) {
          return _duplexify({ readable: Readable.fromWeb(body2) });
        }
        if (isWritableStream(body2)) {
          return _duplexify({ writable: Writable.fromWeb(body2) });
        }
        if (typeof body2 === "function") {
          const { value, write: write2, final, destroy } = fromAsyncGen(body2);
          if (isDuplexNodeStream(value)) {
            return value;
          }
          if (isIterable2(value)) {
            return from(Duplexify, value, {
              objectMode: true,
              write: write2,
              final,
              destroy
            });
          }
          const then2 = value === null || value === void 0 ? void 0 : value.then;
          if (typeof then2 === "function") {
            let d;
            const promise = FunctionPrototypeCall(then2, value, (val) => {
              if (val != null) {
                throw new ERR_INVALID_RETURN_VALUE("nully", "body", val);
              }
            }, (err) => {
              destroyer(d, err);
            });
            return d = new Duplexify({
              objectMode: true,
              readable: false,
              write: write2,
              final(cb) {
                final(() => __awaiter(this, void 0, void 0, function* () {
                  try {
                    yield promise;
                    process2.nextTick(cb, null);
                  } catch (err) {
                    __caught(err);
                    process2.nextTick(cb, err);
                  }
                }));
              },
              destroy
            });
          }
          throw new ERR_INVALID_RETURN_VALUE("Iterable, AsyncIterable or AsyncFunction", name2, value);
        }
        if (isBlob(body2)) {
          return duplexify(body2.arrayBuffer());
        }
        if (isIterable2(body2)) {
          return from(Duplexify, body2, {
            objectMode: true,
            writable: false
          });
        }
        if (isReadableStream(body2 === null || body2 === void 0 ? void 0 : body2.readable) && isWritableStream(body2 === null || body2 === void 0 ? void 0 : body2.writable)) {
          return Duplexify.fromWeb(body2);
        }
        if (typeof (body2 === null || body2 === void 0 ? void 0 : body2.writable) === "object" || typeof (body2 === null || body2 === void 0 ? void 0 : body2.readable) === "object") {
          const readable = (body2 === null || body2 === void 0 ? void 0 : body2.readable) ? isReadableNodeStream(body2 === null || body2 === void 0 ? void 0 : body2.readable) ? body2 === null || body2 === void 0 ? void 0 : body2.readable : duplexify(body2.readable) : void 0;
          const writable = (body2 === null || body2 === void 0 ? void 0 : body2.writable) ? isWritableNodeStream(body2 === null || body2 === void 0 ? void 0 : body2.writable) ? body2 === null || body2 === void 0 ? void 0 : body2.writable : duplexify(body2.writable) : void 0;
          return _duplexify({ readable, writable });
        }
        const then = body2 === null || body2 === void 0 ? void 0 : body2.then;
        if (typeof then === "function") {
          let d;
          FunctionPrototypeCall(then, body2, (val) => {
            if (val != null) {
              d.push(val);
            }
            d.push(null);
          }, (err) => {
            destroyer(d, err);
          });
          return d = new Duplexify({
            objectMode: true,
            writable: false,
            read() {
            }
          });
        }
        throw new ERR_INVALID_ARG_TYPE(name2, [
          "Blob",
          "ReadableStream",
          "WritableStream",
          "Stream",
          "Iterable",
          "AsyncIterable",
          "Function",
          "{ readable, writable } pair",
          "Promise"
        ], body2);
      };
      function fromAsyncGen(fn) {
        let { promise, resolve } = createDeferredPromise();
        const ac = new AbortController();
        const signal = ac.signal;
        const value = fn((function() {
          return __asyncGenerator(this, arguments, function* () {
            while (true) {
              const _promise = promise;
              promise = null;
              const { chunk, done, cb } = yield __await(_promise);
              process2.nextTick(cb);
              if (done)
                return yield __await(void 0);
              if (signal.aborted)
                throw new AbortError(void 0, { cause: signal.reason });
              ({ promise, resolve } = createDeferredPromise());
              yield yield __await(chunk);
            }
          });
        })(), { signal });
        return {
          value,
          write(chunk, encoding, cb) {
            const _resolve = resolve;
            resolve = null;
            _resolve({ chunk, done: false, cb });
          },
          final(cb) {
            const _resolve = resolve;
            resolve = null;
            _resolve({ done: true, cb });
          },
          destroy(err, cb) {
            ac.abort();
            cb(err);
          }
        };
      }
      function _duplexify(pair) {
        const r = pair.readable && typeof pair.readable.read !== "function" ? Readable.wrap(pair.readable) : pair.readable;
        const w = pair.writable;
        let readable = !!isReadable(r);
        let writable = !!isWritable(w);
        let ondrain;
        let onfinish;
        let onreadable;
        let onclose;
        let d;
        function onfinished(err) {
          const cb = onclose;
          onclose = null;
          if (cb) {
            cb(err);
          } else if (err) {
            d.destroy(err);
          }
        }
        d = new Duplexify({
          readableObjectMode: !!(r === null || r === void 0 ? void 0 : r.readableObjectMode),
          writableObjectMode: !!(w === null || w === void 0 ? void 0 : w.writableObjectMode),
          readable,
          writable
        });
        if (writable) {
          eos(w, (err) => {
            __touch(writable);
            writable = false;
            if (err) {
              destroyer(r, err);
            }
            onfinished(err);
          });
          d._write = function(chunk, encoding, callback) {
            if (w.write(chunk, encoding)) {
              callback();
            } else {
              ondrain = callback;
            }
          };
          d._final = function(callback) {
            w.end();
            onfinish = callback;
          };
          w.on("drain", function() {
            if (ondrain) {
              const cb = ondrain;
              ondrain = null;
              cb();
            }
          });
          w.on("finish", function() {
            if (onfinish) {
              const cb = onfinish;
              onfinish = null;
              cb();
            }
          });
        }
        if (readable) {
          eos(r, (err) => {
            __touch(readable);
            readable = false;
            if (err) {
              destroyer(r, err);
            }
            onfinished(err);
          });
          r.on("readable", function() {
            if (onreadable) {
              const cb = onreadable;
              onreadable = null;
              cb();
            }
          });
          r.on("end", function() {
            d.push(null);
          });
          d._read = function() {
            while (true) {
              const buf = r.read();
              if (buf === null) {
                onreadable = d._read;
                return;
              }
              if (!d.push(buf)) {
                return;
              }
            }
          };
        }
        d._destroy = function(err, callback) {
          if (!err && onclose !== null) {
            err = new AbortError();
          }
          onreadable = null;
          ondrain = null;
          onfinish = null;
          if (onclose === null) {
            callback(err);
          } else {
            onclose = callback;
            destroyer(w, err);
            destroyer(r, err);
          }
        };
        return d;
      }
    },
    "internal/streams/duplexpair": function(module, exports, require2) {
      "use strict";
      var _DuplexSide_otherSide;
      const { Symbol: Symbol2 } = primordials;
      const { Duplex } = require2("stream");
      const assert = require2("internal/assert");
      const kCallback = Symbol2("Callback");
      const kInitOtherSide = Symbol2("InitOtherSide");
      class DuplexSide extends Duplex {
        constructor(options) {
          super(options);
          _DuplexSide_otherSide.set(this, null);
          this[kCallback] = null;
          __classPrivateFieldSet(this, _DuplexSide_otherSide, null, "f");
        }
        [(_DuplexSide_otherSide = /* @__PURE__ */ new WeakMap(), kInitOtherSide)](otherSide) {
          __touch(this);
          if (__classPrivateFieldGet(this, _DuplexSide_otherSide, "f") === null) {
            __classPrivateFieldSet(this, _DuplexSide_otherSide, otherSide, "f");
          } else {
            assert(__classPrivateFieldGet(this, _DuplexSide_otherSide, "f") === null);
          }
        }
        _read() {
          __touch(this);
          const callback = this[kCallback];
          if (callback) {
            this[kCallback] = null;
            callback();
          }
        }
        _write(chunk, encoding, callback) {
          __touch(this);
          assert(__classPrivateFieldGet(this, _DuplexSide_otherSide, "f") !== null);
          assert(__classPrivateFieldGet(this, _DuplexSide_otherSide, "f")[kCallback] === null);
          if (chunk.length === 0) {
            process2.nextTick(callback);
          } else {
            __classPrivateFieldGet(this, _DuplexSide_otherSide, "f").push(chunk);
            __classPrivateFieldGet(this, _DuplexSide_otherSide, "f")[kCallback] = callback;
          }
        }
        _final(callback) {
          __touch(this);
          __classPrivateFieldGet(this, _DuplexSide_otherSide, "f").on("end", callback);
          __classPrivateFieldGet(this, _DuplexSide_otherSide, "f").push(null);
        }
      }
      function duplexPair(options) {
        const side0 = new DuplexSide(options);
        const side1 = new DuplexSide(options);
        side0[kInitOtherSide](side1);
        side1[kInitOtherSide](side0);
        return [side0, side1];
      }
      module.exports = duplexPair;
    },
    "internal/streams/end-of-stream": function(module, exports, require2) {
      "use strict";
      const { AbortError, codes: codes2 } = require2("internal/errors");
      const { ERR_INVALID_ARG_TYPE, ERR_STREAM_PREMATURE_CLOSE } = codes2;
      const { kEmptyObject, once, SymbolDispose } = require2("internal/util");
      const { validateAbortSignal, validateFunction, validateObject, validateBoolean } = require2("internal/validators");
      const { Promise: Promise2, PromisePrototypeThen } = primordials;
      const { isClosed, isReadable, isReadableNodeStream, isReadableStream, isReadableFinished, isReadableErrored, isWritable, isWritableNodeStream, isWritableStream, isWritableFinished, isWritableErrored, isNodeStream, willEmitClose: _willEmitClose, kIsClosedPromise } = require2("internal/streams/utils");
      let addAbortListener;
      function isRequest(stream) {
        __touch(stream);
        return stream.setHeader && typeof stream.abort === "function";
      }
      const nop = () => {
      };
      function eos(stream, options, callback) {
        var _a, _b;
        __touch(stream);
        if (arguments.length === 2) {
          callback = options;
          options = kEmptyObject;
        } else if (options == null) {
          options = kEmptyObject;
        } else {
          validateObject(options, "options");
        }
        validateFunction(callback, "callback");
        validateAbortSignal(options.signal, "options.signal");
        callback = once(callback);
        if (isReadableStream(stream) || isWritableStream(stream)) {
          return eosWeb(stream, options, callback);
        }
        if (!isNodeStream(stream)) {
          throw new ERR_INVALID_ARG_TYPE("stream", ["ReadableStream", "WritableStream", "Stream"], stream);
        }
        const readable = (_a = options.readable) !== null && _a !== void 0 ? _a : isReadableNodeStream(stream);
        const writable = (_b = options.writable) !== null && _b !== void 0 ? _b : isWritableNodeStream(stream);
        const wState = stream._writableState;
        const rState = stream._readableState;
        const onlegacyfinish = () => {
          __touch(stream);
          if (!stream.writable) {
            onfinish();
          }
        };
        let willEmitClose = _willEmitClose(stream) && isReadableNodeStream(stream) === readable && isWritableNodeStream(stream) === writable;
        let writableFinished = isWritableFinished(stream, false);
        const onfinish = () => {
          __touch(stream);
          __touch(readable);
          writableFinished = true;
          if (stream.destroyed) {
            willEmitClose = false;
          }
          if (willEmitClose && (!stream.readable || readable)) {
            return;
          }
          if (!readable || readableFinished) {
            callback.call(stream);
          }
        };
        let readableFinished = isReadableFinished(stream, false);
        const onend = () => {
          __touch(stream);
          __touch(writable);
          readableFinished = true;
          if (stream.destroyed) {
            willEmitClose = false;
          }
          if (willEmitClose && (!stream.writable || writable)) {
            return;
          }
          if (!writable || writableFinished) {
            callback.call(stream);
          }
        };
        const onerror = (err) => {
          __touch(stream);
          callback.call(stream, err);
        };
        let closed = isClosed(stream);
        const onclose = () => {
          __touch(stream);
          __touch(readable);
          __touch(writable);
          closed = true;
          const errored = isWritableErrored(stream) || isReadableErrored(stream);
          if (errored && typeof errored !== "boolean") {
            return callback.call(stream, errored);
          }
          if (readable && !readableFinished && isReadableNodeStream(stream, true)) {
            if (!isReadableFinished(stream, false))
              return callback.call(stream, new ERR_STREAM_PREMATURE_CLOSE());
          }
          if (writable && !writableFinished) {
            if (!isWritableFinished(stream, false))
              return callback.call(stream, new ERR_STREAM_PREMATURE_CLOSE());
          }
          callback.call(stream);
        };
        const onclosed = () => {
          __touch(stream);
          closed = true;
          const errored = isWritableErrored(stream) || isReadableErrored(stream);
          if (errored && typeof errored !== "boolean") {
            return callback.call(stream, errored);
          }
          callback.call(stream);
        };
        const onrequest = () => {
          __touch(stream);
          stream.req.on("finish", onfinish);
        };
        if (isRequest(stream)) {
          stream.on("complete", onfinish);
          if (!willEmitClose) {
            stream.on("abort", onclose);
          }
          if (stream.req) {
            onrequest();
          } else {
            stream.on("request", onrequest);
          }
        } else if (writable && !wState) {
          stream.on("end", onlegacyfinish);
          stream.on("close", onlegacyfinish);
        }
        if (!willEmitClose && typeof stream.aborted === "boolean") {
          stream.on("aborted", onclose);
        }
        stream.on("end", onend);
        stream.on("finish", onfinish);
        if (options.error !== false) {
          stream.on("error", onerror);
        }
        stream.on("close", onclose);
        if (closed) {
          process2.nextTick(onclose);
        } else if ((wState === null || wState === void 0 ? void 0 : wState.errorEmitted) || (rState === null || rState === void 0 ? void 0 : rState.errorEmitted)) {
          if (!willEmitClose) {
            process2.nextTick(onclosed);
          }
        } else if (!readable && (!willEmitClose || isReadable(stream)) && (writableFinished || isWritable(stream) === false) && (wState == null || wState.pendingcb === void 0 || wState.pendingcb === 0)) {
          process2.nextTick(onclosed);
        } else if (!writable && (!willEmitClose || isWritable(stream)) && (readableFinished || isReadable(stream) === false)) {
          process2.nextTick(onclosed);
        } else if (rState && stream.req && stream.aborted) {
          process2.nextTick(onclosed);
        }
        const cleanup = () => {
          __touch(stream);
          callback = nop;
          stream.removeListener("aborted", onclose);
          stream.removeListener("complete", onfinish);
          stream.removeListener("abort", onclose);
          stream.removeListener("request", onrequest);
          if (stream.req)
            stream.req.removeListener("finish", onfinish);
          stream.removeListener("end", onlegacyfinish);
          stream.removeListener("close", onlegacyfinish);
          stream.removeListener("finish", onfinish);
          stream.removeListener("end", onend);
          stream.removeListener("error", onerror);
          stream.removeListener("close", onclose);
        };
        if (options.signal && !closed) {
          const abort = () => {
            __touch(stream);
            const endCallback = callback;
            cleanup();
            endCallback.call(stream, new AbortError(void 0, { cause: options.signal.reason }));
          };
          if (options.signal.aborted) {
            process2.nextTick(abort);
          } else {
            addAbortListener !== null && addAbortListener !== void 0 ? addAbortListener : addAbortListener = require2("internal/events/abort_listener").addAbortListener;
            const disposable = addAbortListener(options.signal, abort);
            const originalCallback = callback;
            callback = once((...args) => {
              __touch(stream);
              disposable[SymbolDispose]();
              originalCallback.apply(stream, args);
            });
          }
        }
        return cleanup;
      }
      function eosWeb(stream, options, callback) {
        __touch(stream);
        let isAborted = false;
        let abort = nop;
        if (options.signal) {
          abort = () => {
            __touch(stream);
            isAborted = true;
            callback.call(stream, new AbortError(void 0, { cause: options.signal.reason }));
          };
          if (options.signal.aborted) {
            process2.nextTick(abort);
          } else {
            addAbortListener !== null && addAbortListener !== void 0 ? addAbortListener : addAbortListener = require2("internal/events/abort_listener").addAbortListener;
            const disposable = addAbortListener(options.signal, abort);
            const originalCallback = callback;
            callback = once((...args) => {
              __touch(stream);
              disposable[SymbolDispose]();
              originalCallback.apply(stream, args);
            });
          }
        }
        const resolverFn = (...args) => {
          __touch(stream);
          if (!isAborted) {
            process2.nextTick(() => {
              __touch(stream);
              return callback.apply(stream, args);
            });
          }
        };
        PromisePrototypeThen(stream[kIsClosedPromise].promise, resolverFn, resolverFn);
        return nop;
      }
      function finished(stream, opts) {
        __touch(stream);
        let autoCleanup = false;
        if (opts === null) {
          opts = kEmptyObject;
        }
        if (opts === null || opts === void 0 ? void 0 : opts.cleanup) {
          validateBoolean(opts.cleanup, "cleanup");
          autoCleanup = opts.cleanup;
        }
        return new Promise2((resolve, reject) => {
          __touch(stream);
          const cleanup = eos(stream, opts, (err) => {
            if (autoCleanup) {
              cleanup();
            }
            if (err) {
              reject(err);
            } else {
              resolve();
            }
          });
        });
      }
      module.exports = eos;
      module.exports.finished = finished;
    },
    "internal/streams/from": function(module, exports, require2) {
      "use strict";
      const { PromisePrototypeThen, SymbolAsyncIterator, SymbolIterator } = primordials;
      const { Buffer } = require2("buffer");
      const { ERR_INVALID_ARG_TYPE, ERR_STREAM_NULL_VALUES } = require2("internal/errors").codes;
      function from(Readable, iterable, opts) {
        let iterator;
        if (typeof iterable === "string" || iterable instanceof Buffer) {
          return new Readable(Object.assign(Object.assign({ objectMode: true }, opts), { read() {
            __touch(this);
            this.push(iterable);
            this.push(null);
          } }));
        }
        let isAsync;
        if (iterable && iterable[SymbolAsyncIterator]) {
          isAsync = true;
          iterator = iterable[SymbolAsyncIterator]();
        } else if (iterable && iterable[SymbolIterator]) {
          isAsync = false;
          iterator = iterable[SymbolIterator]();
        } else {
          throw new ERR_INVALID_ARG_TYPE("iterable", ["Iterable"], iterable);
        }
        const readable = new Readable(Object.assign({ objectMode: true, highWaterMark: 1 }, opts));
        let reading = false;
        let isAsyncValues = false;
        readable._read = function() {
          if (!reading) {
            reading = true;
            if (isAsync) {
              nextAsync();
            } else if (isAsyncValues) {
              nextSyncWithAsyncValues();
            } else {
              nextSyncWithSyncValues();
            }
          }
        };
        readable._destroy = function(error, cb) {
          PromisePrototypeThen(close2(error), () => process2.nextTick(cb, error), (e) => process2.nextTick(cb, e || error));
        };
        function close2(error) {
          return __awaiter(this, void 0, void 0, function* () {
            const hadError = error !== void 0 && error !== null;
            const hasThrow = typeof iterator.throw === "function";
            if (hadError && hasThrow) {
              const { value, done } = yield iterator.throw(error);
              yield value;
              if (done) {
                return;
              }
            }
            if (typeof iterator.return === "function") {
              const { value } = yield iterator.return();
              yield value;
            }
          });
        }
        function nextSyncWithSyncValues() {
          __touch(readable);
          for (; ; ) {
            try {
              const { value, done } = iterator.next();
              if (done) {
                readable.push(null);
                return;
              }
              if (value && typeof value.then === "function") {
                return changeToAsyncValues(value);
              }
              if (value === null) {
                reading = false;
                throw new ERR_STREAM_NULL_VALUES();
              }
              if (readable.push(value)) {
                continue;
              }
              reading = false;
            } catch (err) {
              __caught(err);
              readable.destroy(err);
            }
            break;
          }
        }
        function changeToAsyncValues(value) {
          return __awaiter(this, void 0, void 0, function* () {
            __touch(readable);
            isAsyncValues = true;
            try {
              const res = yield value;
              if (res === null) {
                reading = false;
                throw new ERR_STREAM_NULL_VALUES();
              }
              if (readable.push(res)) {
                nextSyncWithAsyncValues();
                return;
              }
              reading = false;
            } catch (err) {
              __caught(err);
              readable.destroy(err);
            }
          });
        }
        function nextSyncWithAsyncValues() {
          return __awaiter(this, void 0, void 0, function* () {
            __touch(readable);
            for (; ; ) {
              try {
                const { value, done } = iterator.next();
                if (done) {
                  readable.push(null);
                  return;
                }
                const res = value && typeof value.then === "function" ? yield value : value;
                if (res === null) {
                  reading = false;
                  throw new ERR_STREAM_NULL_VALUES();
                }
                if (readable.push(res)) {
                  continue;
                }
                reading = false;
              } catch (err) {
                __caught(err);
                readable.destroy(err);
              }
              break;
            }
          });
        }
        function nextAsync() {
          return __awaiter(this, void 0, void 0, function* () {
            __touch(readable);
            for (; ; ) {
              try {
                const { value, done } = yield iterator.next();
                if (done) {
                  readable.push(null);
                  return;
                }
                if (value === null) {
                  reading = false;
                  throw new ERR_STREAM_NULL_VALUES();
                }
                if (readable.push(value)) {
                  continue;
                }
                reading = false;
              } catch (err) {
                __caught(err);
                readable.destroy(err);
              }
              break;
            }
          });
        }
        return readable;
      }
      module.exports = from;
    },
    "internal/streams/legacy": function(module, exports, require2) {
      "use strict";
      const { ArrayIsArray, ObjectSetPrototypeOf, ReflectOwnKeys } = primordials;
      const EE = require2("events");
      function Stream(opts) {
        __touch(this);
        EE.call(this, opts);
      }
      ObjectSetPrototypeOf(Stream.prototype, EE.prototype);
      ObjectSetPrototypeOf(Stream, EE);
      Stream.prototype.pipe = function(dest, options) {
        __touch(dest);
        __touch(this);
        const source = this;
        function ondata(chunk) {
          __touch(dest);
          if (dest.writable && dest.write(chunk) === false && source.pause) {
            source.pause();
          }
        }
        source.on("data", ondata);
        function ondrain() {
          if (source.readable && source.resume) {
            source.resume();
          }
        }
        dest.on("drain", ondrain);
        if (!dest._isStdio && (!options || options.end !== false)) {
          source.on("end", onend);
          source.on("close", onclose);
        }
        let didOnEnd = false;
        function onend() {
          __touch(dest);
          if (didOnEnd)
            return;
          didOnEnd = true;
          dest.end();
        }
        function onclose() {
          __touch(dest);
          if (didOnEnd)
            return;
          didOnEnd = true;
          if (typeof dest.destroy === "function")
            dest.destroy();
        }
        function onerror(er) {
          __touch(this);
          cleanup();
          if (EE.listenerCount(this, "error") === 0) {
            this.emit("error", er);
          }
        }
        prependListener(source, "error", onerror);
        prependListener(dest, "error", onerror);
        function cleanup() {
          __touch(dest);
          source.removeListener("data", ondata);
          dest.removeListener("drain", ondrain);
          source.removeListener("end", onend);
          source.removeListener("close", onclose);
          source.removeListener("error", onerror);
          dest.removeListener("error", onerror);
          source.removeListener("end", cleanup);
          source.removeListener("close", cleanup);
          dest.removeListener("close", cleanup);
        }
        source.on("end", cleanup);
        source.on("close", cleanup);
        dest.on("close", cleanup);
        dest.emit("pipe", source);
        return dest;
      };
      Stream.prototype.eventNames = function eventNames2() {
        __touch(this);
        const names2 = [];
        for (const key of ReflectOwnKeys(this._events)) {
          if (typeof this._events[key] === "function" || ArrayIsArray(this._events[key]) && this._events[key].length > 0) {
            names2.push(key);
          }
        }
        return names2;
      };
      function prependListener(emitter, event, fn) {
        if (typeof emitter.prependListener === "function")
          return emitter.prependListener(event, fn);
        if (!emitter._events || !emitter._events[event])
          emitter.on(event, fn);
        else if (ArrayIsArray(emitter._events[event]))
          emitter._events[event].unshift(fn);
        else
          emitter._events[event] = [fn, emitter._events[event]];
      }
      module.exports = { Stream, prependListener };
    },
    "internal/streams/operators": function(module, exports, require2) {
      "use strict";
      const { AbortController, AbortSignal } = require2("internal/abort_controller");
      const { codes: { ERR_INVALID_ARG_VALUE, ERR_INVALID_ARG_TYPE, ERR_MISSING_ARGS, ERR_OUT_OF_RANGE }, AbortError } = require2("internal/errors");
      const { validateAbortSignal, validateInteger, validateObject } = require2("internal/validators");
      const { kWeakHandler, kResistStopPropagation } = require2("internal/event_target");
      const { finished } = require2("internal/streams/end-of-stream");
      const staticCompose = require2("internal/streams/compose");
      const { addAbortSignalNoValidate } = require2("internal/streams/add-abort-signal");
      const { isWritable, isNodeStream } = require2("internal/streams/utils");
      const { deprecate } = require2("internal/util");
      const { ArrayPrototypePush, Boolean: Boolean2, MathFloor, Number: Number2, NumberIsNaN, Promise: Promise2, PromiseReject, PromiseResolve, PromisePrototypeThen, Symbol: Symbol2 } = primordials;
      const kEmpty = Symbol2("kEmpty");
      const kEof = Symbol2("kEof");
      function compose(stream, options) {
        __touch(stream);
        __touch(this);
        if (options != null) {
          validateObject(options, "options");
        }
        if ((options === null || options === void 0 ? void 0 : options.signal) != null) {
          validateAbortSignal(options.signal, "options.signal");
        }
        if (isNodeStream(stream) && !isWritable(stream)) {
          throw new ERR_INVALID_ARG_VALUE("stream", stream, "must be writable");
        }
        const composedStream = staticCompose(this, stream);
        if (options === null || options === void 0 ? void 0 : options.signal) {
          addAbortSignalNoValidate(options.signal, composedStream);
        }
        return composedStream;
      }
      function map(fn, options) {
        __touch(this);
        if (typeof fn !== "function") {
          throw new ERR_INVALID_ARG_TYPE("fn", ["Function", "AsyncFunction"], fn);
        }
        if (options != null) {
          validateObject(options, "options");
        }
        if ((options === null || options === void 0 ? void 0 : options.signal) != null) {
          validateAbortSignal(options.signal, "options.signal");
        }
        let concurrency = 1;
        if ((options === null || options === void 0 ? void 0 : options.concurrency) != null) {
          concurrency = MathFloor(options.concurrency);
        }
        let highWaterMark = concurrency - 1;
        if ((options === null || options === void 0 ? void 0 : options.highWaterMark) != null) {
          highWaterMark = MathFloor(options.highWaterMark);
        }
        validateInteger(concurrency, "options.concurrency", 1);
        validateInteger(highWaterMark, "options.highWaterMark", 0);
        highWaterMark += concurrency;
        return function map2() {
          return __asyncGenerator(this, arguments, function* map_1() {
            __touch(this);
            const signal = AbortSignal.any([options === null || options === void 0 ? void 0 : options.signal].filter(Boolean2));
            const stream = this;
            const queue = [];
            const signalOpt = { signal };
            let next2;
            let resume;
            let done = false;
            let cnt = 0;
            function onCatch() {
              done = true;
              afterItemProcessed();
            }
            function afterItemProcessed() {
              cnt -= 1;
              maybeResume();
            }
            function maybeResume() {
              if (resume && !done && cnt < concurrency && queue.length < highWaterMark) {
                resume();
                resume = null;
              }
            }
            function pump() {
              return __awaiter(this, void 0, void 0, function* () {
                var _a, e_1, _b, _c;
                __touch(stream);
                try {
                  try {
                    for (var _d = true, stream_1 = __asyncValues(stream), stream_1_1; stream_1_1 = yield stream_1.next(), _a = stream_1_1.done, !_a; _d = true) {
                      _c = stream_1_1.value;
                      _d = false;
                      let val = _c;
                      if (done) {
                        return;
                      }
                      if (signal.aborted) {
                        throw new AbortError();
                      }
                      try {
                        val = fn(val, signalOpt);
                        if (val === kEmpty) {
                          continue;
                        }
                        val = PromiseResolve(val);
                      } catch (err) {
                        __caught(err);
                        val = PromiseReject(err);
                      }
                      cnt += 1;
                      PromisePrototypeThen(val, afterItemProcessed, onCatch);
                      queue.push(val);
                      if (next2) {
                        next2();
                        next2 = null;
                      }
                      if (!done && (queue.length >= highWaterMark || cnt >= concurrency)) {
                        yield new Promise2((resolve) => {
                          resume = resolve;
                        });
                      }
                    }
                  } catch (e_1_1) {
                    e_1 = { error: e_1_1 };
                  } finally {
                    try {
                      if (!_d && !_a && (_b = stream_1.return)) yield _b.call(stream_1);
                    } finally {
                      if (e_1) throw e_1.error;
                    }
                  }
                  queue.push(kEof);
                } catch (err) {
                  __caught(err);
                  const val = PromiseReject(err);
                  PromisePrototypeThen(val, afterItemProcessed, onCatch);
                  queue.push(val);
                } finally {
                  done = true;
                  if (next2) {
                    next2();
                    next2 = null;
                  }
                }
              });
            }
            pump();
            try {
              while (true) {
                while (queue.length > 0) {
                  const val = yield __await(queue[0]);
                  if (val === kEof) {
                    return yield __await(void 0);
                  }
                  if (signal.aborted) {
                    throw new AbortError();
                  }
                  if (val !== kEmpty) {
                    yield yield __await(val);
                  }
                  queue.shift();
                  maybeResume();
                }
                yield __await(new Promise2((resolve) => {
                  next2 = resolve;
                }));
              }
            } finally {
              done = true;
              if (resume) {
                resume();
                resume = null;
              }
            }
          });
        }.call(this);
      }
      function asIndexedPairs(options = void 0) {
        __touch(this);
        if (options != null) {
          validateObject(options, "options");
        }
        if ((options === null || options === void 0 ? void 0 : options.signal) != null) {
          validateAbortSignal(options.signal, "options.signal");
        }
        return function asIndexedPairs2() {
          return __asyncGenerator(this, arguments, function* asIndexedPairs_1() {
            var _a, e_2, _b, _c;
            var _d;
            __touch(this);
            let index = 0;
            try {
              for (var _e = true, _f = __asyncValues(this), _g; _g = yield __await(_f.next()), _a = _g.done, !_a; _e = true) {
                _c = _g.value;
                _e = false;
                const val = _c;
                if ((_d = options === null || options === void 0 ? void 0 : options.signal) === null || _d === void 0 ? void 0 : _d.aborted) {
                  throw new AbortError({ cause: options.signal.reason });
                }
                yield yield __await([index++, val]);
              }
            } catch (e_2_1) {
              e_2 = { error: e_2_1 };
            } finally {
              try {
                if (!_e && !_a && (_b = _f.return)) yield __await(_b.call(_f));
              } finally {
                if (e_2) throw e_2.error;
              }
            }
          });
        }.call(this);
      }
      function some(fn_1) {
        return __awaiter(this, arguments, void 0, function* (fn, options = void 0) {
          var _a, e_3, _b, _c;
          __touch(this);
          try {
            for (var _d = true, _e = __asyncValues(filter.call(this, fn, options)), _f; _f = yield _e.next(), _a = _f.done, !_a; _d = true) {
              _c = _f.value;
              _d = false;
              const unused = _c;
              return true;
            }
          } catch (e_3_1) {
            e_3 = { error: e_3_1 };
          } finally {
            try {
              if (!_d && !_a && (_b = _e.return)) yield _b.call(_e);
            } finally {
              if (e_3) throw e_3.error;
            }
          }
          return false;
        });
      }
      function every(fn_1) {
        return __awaiter(this, arguments, void 0, function* (fn, options = void 0) {
          __touch(this);
          if (typeof fn !== "function") {
            throw new ERR_INVALID_ARG_TYPE("fn", ["Function", "AsyncFunction"], fn);
          }
          return !(yield some.call(this, (...args) => __awaiter(this, void 0, void 0, function* () {
            return !(yield fn(...args));
          }), options));
        });
      }
      function find3(fn, options) {
        return __awaiter(this, void 0, void 0, function* () {
          var _a, e_4, _b, _c;
          __touch(this);
          try {
            for (var _d = true, _e = __asyncValues(filter.call(this, fn, options)), _f; _f = yield _e.next(), _a = _f.done, !_a; _d = true) {
              _c = _f.value;
              _d = false;
              const result = _c;
              return result;
            }
          } catch (e_4_1) {
            e_4 = { error: e_4_1 };
          } finally {
            try {
              if (!_d && !_a && (_b = _e.return)) yield _b.call(_e);
            } finally {
              if (e_4) throw e_4.error;
            }
          }
          return void 0;
        });
      }
      function forEach(fn, options) {
        return __awaiter(this, void 0, void 0, function* () {
          var _a, e_5, _b, _c;
          __touch(this);
          if (typeof fn !== "function") {
            throw new ERR_INVALID_ARG_TYPE("fn", ["Function", "AsyncFunction"], fn);
          }
          function forEachFn(value, options2) {
            return __awaiter(this, void 0, void 0, function* () {
              yield fn(value, options2);
              return kEmpty;
            });
          }
          try {
            for (var _d = true, _e = __asyncValues(map.call(this, forEachFn, options)), _f; _f = yield _e.next(), _a = _f.done, !_a; _d = true) {
              _c = _f.value;
              _d = false;
              const unused = _c;
              ;
            }
          } catch (e_5_1) {
            e_5 = { error: e_5_1 };
          } finally {
            try {
              if (!_d && !_a && (_b = _e.return)) yield _b.call(_e);
            } finally {
              if (e_5) throw e_5.error;
            }
          }
        });
      }
      function filter(fn, options) {
        __touch(this);
        if (typeof fn !== "function") {
          throw new ERR_INVALID_ARG_TYPE("fn", ["Function", "AsyncFunction"], fn);
        }
        function filterFn(value, options2) {
          return __awaiter(this, void 0, void 0, function* () {
            if (yield fn(value, options2)) {
              return value;
            }
            return kEmpty;
          });
        }
        return map.call(this, filterFn, options);
      }
      class ReduceAwareErrMissingArgs extends ERR_MISSING_ARGS {
        constructor() {
          super("reduce");
          this.message = "Reduce of an empty stream requires an initial value";
        }
      }
      function reduce(reducer, initialValue, options) {
        var arguments_1 = arguments;
        return __awaiter(this, void 0, void 0, function* () {
          var _a, e_6, _b, _c;
          var _d, _e;
          __touch(this);
          if (typeof reducer !== "function") {
            throw new ERR_INVALID_ARG_TYPE("reducer", ["Function", "AsyncFunction"], reducer);
          }
          if (options != null) {
            validateObject(options, "options");
          }
          if ((options === null || options === void 0 ? void 0 : options.signal) != null) {
            validateAbortSignal(options.signal, "options.signal");
          }
          let hasInitialValue = arguments_1.length > 1;
          if ((_d = options === null || options === void 0 ? void 0 : options.signal) === null || _d === void 0 ? void 0 : _d.aborted) {
            const err = new AbortError(void 0, { cause: options.signal.reason });
            this.once("error", () => {
            });
            yield finished(this.destroy(err));
            throw err;
          }
          const ac = new AbortController();
          const signal = ac.signal;
          if (options === null || options === void 0 ? void 0 : options.signal) {
            const opts = { once: true, [kWeakHandler]: this, [kResistStopPropagation]: true };
            options.signal.addEventListener("abort", () => ac.abort(), opts);
          }
          let gotAnyItemFromStream = false;
          try {
            try {
              for (var _f = true, _g = __asyncValues(this), _h; _h = yield _g.next(), _a = _h.done, !_a; _f = true) {
                _c = _h.value;
                _f = false;
                const value = _c;
                gotAnyItemFromStream = true;
                if ((_e = options === null || options === void 0 ? void 0 : options.signal) === null || _e === void 0 ? void 0 : _e.aborted) {
                  throw new AbortError();
                }
                if (!hasInitialValue) {
                  initialValue = value;
                  hasInitialValue = true;
                } else {
                  initialValue = yield reducer(initialValue, value, { signal });
                }
              }
            } catch (e_6_1) {
              e_6 = { error: e_6_1 };
            } finally {
              try {
                if (!_f && !_a && (_b = _g.return)) yield _b.call(_g);
              } finally {
                if (e_6) throw e_6.error;
              }
            }
            if (!gotAnyItemFromStream && !hasInitialValue) {
              throw new ReduceAwareErrMissingArgs();
            }
          } finally {
            ac.abort();
          }
          return initialValue;
        });
      }
      function toArray(options) {
        return __awaiter(this, void 0, void 0, function* () {
          var _a, e_7, _b, _c;
          var _d;
          __touch(this);
          if (options != null) {
            validateObject(options, "options");
          }
          if ((options === null || options === void 0 ? void 0 : options.signal) != null) {
            validateAbortSignal(options.signal, "options.signal");
          }
          const result = [];
          try {
            for (var _e = true, _f = __asyncValues(this), _g; _g = yield _f.next(), _a = _g.done, !_a; _e = true) {
              _c = _g.value;
              _e = false;
              const val = _c;
              if ((_d = options === null || options === void 0 ? void 0 : options.signal) === null || _d === void 0 ? void 0 : _d.aborted) {
                throw new AbortError(void 0, { cause: options.signal.reason });
              }
              ArrayPrototypePush(result, val);
            }
          } catch (e_7_1) {
            e_7 = { error: e_7_1 };
          } finally {
            try {
              if (!_e && !_a && (_b = _f.return)) yield _b.call(_f);
            } finally {
              if (e_7) throw e_7.error;
            }
          }
          return result;
        });
      }
      function flatMap(fn, options) {
        __touch(this);
        const values = map.call(this, fn, options);
        return function flatMap2() {
          return __asyncGenerator(this, arguments, function* flatMap_1() {
            var _a, e_8, _b, _c;
            try {
              for (var _d = true, values_1 = __asyncValues(values), values_1_1; values_1_1 = yield __await(values_1.next()), _a = values_1_1.done, !_a; _d = true) {
                _c = values_1_1.value;
                _d = false;
                const val = _c;
                yield __await(yield* __asyncDelegator(__asyncValues(val)));
              }
            } catch (e_8_1) {
              e_8 = { error: e_8_1 };
            } finally {
              try {
                if (!_d && !_a && (_b = values_1.return)) yield __await(_b.call(values_1));
              } finally {
                if (e_8) throw e_8.error;
              }
            }
          });
        }.call(this);
      }
      function toIntegerOrInfinity(number) {
        number = Number2(number);
        if (NumberIsNaN(number)) {
          return 0;
        }
        if (number < 0) {
          throw new ERR_OUT_OF_RANGE("number", ">= 0", number);
        }
        return number;
      }
      function drop(number, options = void 0) {
        __touch(this);
        if (options != null) {
          validateObject(options, "options");
        }
        if ((options === null || options === void 0 ? void 0 : options.signal) != null) {
          validateAbortSignal(options.signal, "options.signal");
        }
        number = toIntegerOrInfinity(number);
        return function drop2() {
          return __asyncGenerator(this, arguments, function* drop_1() {
            var _a, e_9, _b, _c;
            var _d, _e;
            __touch(this);
            if ((_d = options === null || options === void 0 ? void 0 : options.signal) === null || _d === void 0 ? void 0 : _d.aborted) {
              throw new AbortError();
            }
            try {
              for (var _f = true, _g = __asyncValues(this), _h; _h = yield __await(_g.next()), _a = _h.done, !_a; _f = true) {
                _c = _h.value;
                _f = false;
                const val = _c;
                if ((_e = options === null || options === void 0 ? void 0 : options.signal) === null || _e === void 0 ? void 0 : _e.aborted) {
                  throw new AbortError();
                }
                if (number-- <= 0) {
                  yield yield __await(val);
                }
              }
            } catch (e_9_1) {
              e_9 = { error: e_9_1 };
            } finally {
              try {
                if (!_f && !_a && (_b = _g.return)) yield __await(_b.call(_g));
              } finally {
                if (e_9) throw e_9.error;
              }
            }
          });
        }.call(this);
      }
      function take(number, options = void 0) {
        __touch(this);
        if (options != null) {
          validateObject(options, "options");
        }
        if ((options === null || options === void 0 ? void 0 : options.signal) != null) {
          validateAbortSignal(options.signal, "options.signal");
        }
        number = toIntegerOrInfinity(number);
        return function take2() {
          return __asyncGenerator(this, arguments, function* take_1() {
            var _a, e_10, _b, _c;
            var _d, _e;
            __touch(this);
            if ((_d = options === null || options === void 0 ? void 0 : options.signal) === null || _d === void 0 ? void 0 : _d.aborted) {
              throw new AbortError();
            }
            try {
              for (var _f = true, _g = __asyncValues(this), _h; _h = yield __await(_g.next()), _a = _h.done, !_a; _f = true) {
                _c = _h.value;
                _f = false;
                const val = _c;
                if ((_e = options === null || options === void 0 ? void 0 : options.signal) === null || _e === void 0 ? void 0 : _e.aborted) {
                  throw new AbortError();
                }
                if (number-- > 0) {
                  yield yield __await(val);
                }
                if (number <= 0) {
                  return yield __await(void 0);
                }
              }
            } catch (e_10_1) {
              e_10 = { error: e_10_1 };
            } finally {
              try {
                if (!_f && !_a && (_b = _g.return)) yield __await(_b.call(_g));
              } finally {
                if (e_10) throw e_10.error;
              }
            }
          });
        }.call(this);
      }
      module.exports.streamReturningOperators = {
        asIndexedPairs: deprecate(asIndexedPairs, "readable.asIndexedPairs will be removed in a future version."),
        drop,
        filter,
        flatMap,
        map,
        take,
        compose
      };
      module.exports.promiseReturningOperators = {
        every,
        forEach,
        reduce,
        toArray,
        some,
        find: find3
      };
    },
    "internal/streams/passthrough": function(module, exports, require2) {
      "use strict";
      const { ObjectSetPrototypeOf } = primordials;
      module.exports = PassThrough;
      const Transform = require2("internal/streams/transform");
      ObjectSetPrototypeOf(PassThrough.prototype, Transform.prototype);
      ObjectSetPrototypeOf(PassThrough, Transform);
      function PassThrough(options) {
        __touch(this);
        if (!(this instanceof PassThrough))
          return new PassThrough(options);
        Transform.call(this, options);
      }
      PassThrough.prototype._transform = function(chunk, encoding, cb) {
        cb(null, chunk);
      };
    },
    "internal/streams/pipeline": function(module, exports, require2) {
      "use strict";
      const { ArrayIsArray, Promise: Promise2, SymbolAsyncIterator } = primordials;
      const eos = require2("internal/streams/end-of-stream");
      const { SymbolDispose, once } = require2("internal/util");
      const destroyImpl = require2("internal/streams/destroy");
      const Duplex = require2("internal/streams/duplex");
      const { aggregateTwoErrors: aggregateTwoErrors2, codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_RETURN_VALUE, ERR_MISSING_ARGS, ERR_STREAM_DESTROYED, ERR_STREAM_PREMATURE_CLOSE }, AbortError } = require2("internal/errors");
      const { validateFunction, validateAbortSignal } = require2("internal/validators");
      const { isIterable: isIterable2, isReadable, isReadableNodeStream, isNodeStream, isTransformStream, isWebStream, isReadableStream, isReadableFinished } = require2("internal/streams/utils");
      const { AbortController } = require2("internal/abort_controller");
      let PassThrough;
      let Readable;
      let addAbortListener;
      function destroyer(stream, reading, writing) {
        __touch(stream);
        let finished = false;
        stream.on("close", () => {
          finished = true;
        });
        const cleanup = eos(stream, { readable: reading, writable: writing }, (err) => {
          finished = !err;
        });
        return {
          destroy: (err) => {
            __touch(stream);
            if (finished)
              return;
            finished = true;
            destroyImpl.destroyer(stream, err || new ERR_STREAM_DESTROYED("pipe"));
          },
          cleanup
        };
      }
      function popCallback(streams) {
        validateFunction(streams[streams.length - 1], "streams[stream.length - 1]");
        return streams.pop();
      }
      function makeAsyncIterable(val) {
        if (isIterable2(val)) {
          return val;
        } else if (isReadableNodeStream(val)) {
          return fromReadable(val);
        }
        throw new ERR_INVALID_ARG_TYPE("val", ["Readable", "Iterable", "AsyncIterable"], val);
      }
      function fromReadable(val) {
        return __asyncGenerator(this, arguments, function* fromReadable_1() {
          if (!Readable) {
            Readable = require2("internal/streams/readable");
          }
          yield __await(yield* __asyncDelegator(__asyncValues(Readable.prototype[SymbolAsyncIterator].call(val))));
        });
      }
      function pumpToNode(iterable_1, writable_1, finish_1, _a) {
        return __awaiter(this, arguments, void 0, function* (iterable, writable, finish, { end }) {
          var _b, iterable_2, iterable_2_1;
          var _c, e_1, _d, _e;
          __touch(writable);
          let error;
          let onresolve = null;
          const resume = (err) => {
            if (err) {
              error = err;
            }
            if (onresolve) {
              const callback = onresolve;
              onresolve = null;
              callback();
            }
          };
          const wait = () => new Promise2((resolve, reject) => {
            if (error) {
              reject(error);
            } else {
              onresolve = () => {
                if (error) {
                  reject(error);
                } else {
                  resolve();
                }
              };
            }
          });
          writable.on("drain", resume);
          const cleanup = eos(writable, { readable: false }, resume);
          try {
            if (writable.writableNeedDrain) {
              yield wait();
            }
            try {
              for (_b = true, iterable_2 = __asyncValues(iterable); iterable_2_1 = yield iterable_2.next(), _c = iterable_2_1.done, !_c; _b = true) {
                _e = iterable_2_1.value;
                _b = false;
                const chunk = _e;
                if (!writable.write(chunk)) {
                  yield wait();
                }
              }
            } catch (e_1_1) {
              e_1 = { error: e_1_1 };
            } finally {
              try {
                if (!_b && !_c && (_d = iterable_2.return)) yield _d.call(iterable_2);
              } finally {
                if (e_1) throw e_1.error;
              }
            }
            if (end) {
              writable.end();
              yield wait();
            }
            finish();
          } catch (err) {
            __caught(err);
            finish(error !== err ? aggregateTwoErrors2(error, err) : err);
          } finally {
            cleanup();
            writable.off("drain", resume);
          }
        });
      }
      function pumpToWeb(readable_1, writable_1, finish_1, _a) {
        return __awaiter(this, arguments, void 0, function* (readable, writable, finish, { end }) {
          var _b, readable_2, readable_2_1;
          var _c, e_2, _d, _e;
          __touch(readable);
          __touch(writable);
          if (isTransformStream(writable)) {
            writable = writable.writable;
          }
          const writer = writable.getWriter();
          try {
            try {
              for (_b = true, readable_2 = __asyncValues(readable); readable_2_1 = yield readable_2.next(), _c = readable_2_1.done, !_c; _b = true) {
                _e = readable_2_1.value;
                _b = false;
                const chunk = _e;
                yield writer.ready;
                writer.write(chunk).catch(() => {
                });
              }
            } catch (e_2_1) {
              e_2 = { error: e_2_1 };
            } finally {
              try {
                if (!_b && !_c && (_d = readable_2.return)) yield _d.call(readable_2);
              } finally {
                if (e_2) throw e_2.error;
              }
            }
            yield writer.ready;
            if (end) {
              yield writer.close();
            }
            finish();
          } catch (err) {
            __caught(err);
            try {
              yield writer.abort(err);
              finish(err);
            } catch (err2) {
              __caught(err2);
              finish(err2);
            }
          }
        });
      }
      function pipeline(...streams) {
        return pipelineImpl(streams, once(popCallback(streams)));
      }
      function pipelineImpl(streams, callback, opts) {
        if (streams.length === 1 && ArrayIsArray(streams[0])) {
          streams = streams[0];
        }
        if (streams.length < 2) {
          throw new ERR_MISSING_ARGS("streams");
        }
        const ac = new AbortController();
        const signal = ac.signal;
        const outerSignal = opts === null || opts === void 0 ? void 0 : opts.signal;
        const lastStreamCleanup = [];
        validateAbortSignal(outerSignal, "options.signal");
        function abort() {
          finishImpl(new AbortError(void 0, { cause: outerSignal === null || outerSignal === void 0 ? void 0 : outerSignal.reason }));
        }
        addAbortListener !== null && addAbortListener !== void 0 ? addAbortListener : addAbortListener = require2("internal/events/abort_listener").addAbortListener;
        let disposable;
        if (outerSignal) {
          disposable = addAbortListener(outerSignal, abort);
        }
        let error;
        let value;
        const destroys = [];
        let finishCount = 0;
        function finish(err) {
          finishImpl(err, --finishCount === 0);
        }
        function finishImpl(err, final) {
          if (err && (!error || error.code === "ERR_STREAM_PREMATURE_CLOSE")) {
            error = err;
          }
          if (!error && !final) {
            return;
          }
          while (destroys.length) {
            destroys.shift()(error);
          }
          disposable === null || disposable === void 0 ? void 0 : disposable[SymbolDispose]();
          ac.abort();
          if (final) {
            if (!error) {
              lastStreamCleanup.forEach((fn) => fn());
            }
            process2.nextTick(callback, error, value);
          }
        }
        let ret;
        for (let i = 0; i < streams.length; i++) {
          const stream = streams[i];
          const reading = i < streams.length - 1;
          const writing = i > 0;
          const end = reading || (opts === null || opts === void 0 ? void 0 : opts.end) !== false;
          const isLastStream = i === streams.length - 1;
          if (isNodeStream(stream)) {
            let onError = function(err) {
              if (err && err.name !== "AbortError" && err.code !== "ERR_STREAM_PREMATURE_CLOSE") {
                finish(err);
              }
            };
            if (end) {
              const { destroy, cleanup } = destroyer(stream, reading, writing);
              destroys.push(destroy);
              if (isReadable(stream) && isLastStream) {
                lastStreamCleanup.push(cleanup);
              }
            }
            stream.on("error", onError);
            if (isReadable(stream) && isLastStream) {
              lastStreamCleanup.push(() => {
                __touch(stream);
                stream.removeListener("error", onError);
              });
            }
          }
          if (i === 0) {
            if (typeof stream === "function") {
              ret = stream({ signal });
              if (!isIterable2(ret)) {
                throw new ERR_INVALID_RETURN_VALUE("Iterable, AsyncIterable or Stream", "source", ret);
              }
            } else if (isIterable2(stream) || isReadableNodeStream(stream) || isTransformStream(stream)) {
              ret = stream;
            } else {
              ret = Duplex.from(stream);
            }
          } else if (typeof stream === "function") {
            if (isTransformStream(ret)) {
              ret = makeAsyncIterable(ret === null || ret === void 0 ? void 0 : ret.readable);
            } else {
              ret = makeAsyncIterable(ret);
            }
            ret = stream(ret, { signal });
            if (reading) {
              if (!isIterable2(ret, true)) {
                throw new ERR_INVALID_RETURN_VALUE("AsyncIterable", `transform[${i - 1}]`, ret);
              }
            } else {
              if (!PassThrough) {
                PassThrough = require2("internal/streams/passthrough");
              }
              const pt = new PassThrough({
                objectMode: true
              });
              const then = ret === null || ret === void 0 ? void 0 : ret.then;
              if (typeof then === "function") {
                finishCount++;
                then.call(ret, (val) => {
                  value = val;
                  if (val != null) {
                    pt.write(val);
                  }
                  if (end) {
                    pt.end();
                  }
                  process2.nextTick(finish);
                }, (err) => {
                  pt.destroy(err);
                  process2.nextTick(finish, err);
                });
              } else if (isIterable2(ret, true)) {
                finishCount++;
                pumpToNode(ret, pt, finish, { end });
              } else if (isReadableStream(ret) || isTransformStream(ret)) {
                const toRead = ret.readable || ret;
                finishCount++;
                pumpToNode(toRead, pt, finish, { end });
              } else {
                throw new ERR_INVALID_RETURN_VALUE("AsyncIterable or Promise", "destination", ret);
              }
              ret = pt;
              const { destroy, cleanup } = destroyer(ret, false, true);
              destroys.push(destroy);
              if (isLastStream) {
                lastStreamCleanup.push(cleanup);
              }
            }
          } else if (isNodeStream(stream)) {
            if (isReadableNodeStream(ret)) {
              finishCount += 2;
              const cleanup = pipe(ret, stream, finish, { end });
              if (isReadable(stream) && isLastStream) {
                lastStreamCleanup.push(cleanup);
              }
            } else if (isTransformStream(ret) || isReadableStream(ret)) {
              const toRead = ret.readable || ret;
              finishCount++;
              pumpToNode(toRead, stream, finish, { end });
            } else if (isIterable2(ret)) {
              finishCount++;
              pumpToNode(ret, stream, finish, { end });
            } else {
              throw new ERR_INVALID_ARG_TYPE("val", ["Readable", "Iterable", "AsyncIterable", "ReadableStream", "TransformStream"], ret);
            }
            ret = stream;
          } else if (isWebStream(stream)) {
            if (isReadableNodeStream(ret)) {
              finishCount++;
              pumpToWeb(makeAsyncIterable(ret), stream, finish, { end });
            } else if (isReadableStream(ret) || isIterable2(ret)) {
              finishCount++;
              pumpToWeb(ret, stream, finish, { end });
            } else if (isTransformStream(ret)) {
              finishCount++;
              pumpToWeb(ret.readable, stream, finish, { end });
            } else {
              throw new ERR_INVALID_ARG_TYPE("val", ["Readable", "Iterable", "AsyncIterable", "ReadableStream", "TransformStream"], ret);
            }
            ret = stream;
          } else {
            ret = Duplex.from(stream);
          }
        }
        if ((signal === null || signal === void 0 ? void 0 : signal.aborted) || (outerSignal === null || outerSignal === void 0 ? void 0 : outerSignal.aborted)) {
          process2.nextTick(abort);
        }
        return ret;
      }
      function pipe(src, dst, finish, { end }) {
        __touch(src);
        let ended = false;
        dst.on("close", () => {
          if (!ended) {
            finish(new ERR_STREAM_PREMATURE_CLOSE());
          }
        });
        src.pipe(dst, { end: false });
        if (end) {
          let endFn = function() {
            ended = true;
            dst.end();
          };
          if (isReadableFinished(src)) {
            process2.nextTick(endFn);
          } else {
            src.once("end", endFn);
          }
        } else {
          finish();
        }
        eos(src, { readable: true, writable: false }, (err) => {
          __touch(src);
          const rState = src._readableState;
          if (err && err.code === "ERR_STREAM_PREMATURE_CLOSE" && (rState && rState.ended && !rState.errored && !rState.errorEmitted)) {
            src.once("end", finish).once("error", finish);
          } else {
            finish(err);
          }
        });
        return eos(dst, { readable: false, writable: true }, finish);
      }
      module.exports = { pipelineImpl, pipeline };
    },
    "internal/streams/readable": function(module, exports, require2) {
      "use strict";
      const { ArrayPrototypeIndexOf, NumberIsInteger, NumberIsNaN, NumberParseInt, ObjectDefineProperties, ObjectKeys, ObjectSetPrototypeOf, Promise: Promise2, SafeSet, Symbol: Symbol2, SymbolAsyncIterator, SymbolSpecies, TypedArrayPrototypeSet } = primordials;
      module.exports = Readable;
      Readable.ReadableState = ReadableState;
      const EE = require2("events");
      const { Stream, prependListener } = require2("internal/streams/legacy");
      const { Buffer } = require2("buffer");
      const { SymbolAsyncDispose } = require2("internal/util");
      const { addAbortSignal } = require2("internal/streams/add-abort-signal");
      const eos = require2("internal/streams/end-of-stream");
      let debug = require2("internal/util/debuglog").debuglog("stream", (fn) => {
        debug = fn;
      });
      const destroyImpl = require2("internal/streams/destroy");
      const { getHighWaterMark, getDefaultHighWaterMark } = require2("internal/streams/state");
      const { kState, kObjectMode, kErrorEmitted, kAutoDestroy, kEmitClose, kDestroyed, kClosed, kCloseEmitted, kErrored, kConstructed, kOnConstructed } = require2("internal/streams/utils");
      const { aggregateTwoErrors: aggregateTwoErrors2, codes: { ERR_INVALID_ARG_TYPE, ERR_METHOD_NOT_IMPLEMENTED, ERR_OUT_OF_RANGE, ERR_STREAM_PUSH_AFTER_EOF, ERR_STREAM_UNSHIFT_AFTER_END_EVENT, ERR_UNKNOWN_ENCODING }, AbortError } = require2("internal/errors");
      const { validateObject } = require2("internal/validators");
      const FastBuffer = Buffer[SymbolSpecies];
      const { StringDecoder: StringDecoder2 } = require2("string_decoder");
      const from = require2("internal/streams/from");
      ObjectSetPrototypeOf(Readable.prototype, Stream.prototype);
      ObjectSetPrototypeOf(Readable, Stream);
      const nop = () => {
      };
      const { errorOrDestroy } = destroyImpl;
      const kErroredValue = Symbol2("kErroredValue");
      const kDefaultEncodingValue = Symbol2("kDefaultEncodingValue");
      const kDecoderValue = Symbol2("kDecoderValue");
      const kEncodingValue = Symbol2("kEncodingValue");
      const kEnded = 1 << 9;
      const kEndEmitted = 1 << 10;
      const kReading = 1 << 11;
      const kSync = 1 << 12;
      const kNeedReadable = 1 << 13;
      const kEmittedReadable = 1 << 14;
      const kReadableListening = 1 << 15;
      const kResumeScheduled = 1 << 16;
      const kMultiAwaitDrain = 1 << 17;
      const kReadingMore = 1 << 18;
      const kDataEmitted = 1 << 19;
      const kDefaultUTF8Encoding = 1 << 20;
      const kDecoder = 1 << 21;
      const kEncoding = 1 << 22;
      const kHasFlowing = 1 << 23;
      const kFlowing = 1 << 24;
      const kHasPaused = 1 << 25;
      const kPaused = 1 << 26;
      const kDataListening = 1 << 27;
      function makeBitMapDescriptor(bit) {
        return {
          enumerable: false,
          get() {
            __touch(this);
            return (this[kState] & bit) !== 0;
          },
          set(value) {
            __touch(this);
            if (value)
              this[kState] |= bit;
            else
              this[kState] &= ~bit;
          }
        };
      }
      ObjectDefineProperties(ReadableState.prototype, {
        objectMode: makeBitMapDescriptor(kObjectMode),
        ended: makeBitMapDescriptor(kEnded),
        endEmitted: makeBitMapDescriptor(kEndEmitted),
        reading: makeBitMapDescriptor(kReading),
        constructed: makeBitMapDescriptor(kConstructed),
        sync: makeBitMapDescriptor(kSync),
        needReadable: makeBitMapDescriptor(kNeedReadable),
        emittedReadable: makeBitMapDescriptor(kEmittedReadable),
        readableListening: makeBitMapDescriptor(kReadableListening),
        resumeScheduled: makeBitMapDescriptor(kResumeScheduled),
        errorEmitted: makeBitMapDescriptor(kErrorEmitted),
        emitClose: makeBitMapDescriptor(kEmitClose),
        autoDestroy: makeBitMapDescriptor(kAutoDestroy),
        destroyed: makeBitMapDescriptor(kDestroyed),
        closed: makeBitMapDescriptor(kClosed),
        closeEmitted: makeBitMapDescriptor(kCloseEmitted),
        multiAwaitDrain: makeBitMapDescriptor(kMultiAwaitDrain),
        readingMore: makeBitMapDescriptor(kReadingMore),
        dataEmitted: makeBitMapDescriptor(kDataEmitted),
        errored: {
          __proto__: null,
          enumerable: false,
          get() {
            __touch(this);
            return (this[kState] & kErrored) !== 0 ? this[kErroredValue] : null;
          },
          set(value) {
            __touch(this);
            if (value) {
              this[kErroredValue] = value;
              this[kState] |= kErrored;
            } else {
              this[kState] &= ~kErrored;
            }
          }
        },
        defaultEncoding: {
          __proto__: null,
          enumerable: false,
          get() {
            __touch(this);
            return (this[kState] & kDefaultUTF8Encoding) !== 0 ? "utf8" : this[kDefaultEncodingValue];
          },
          set(value) {
            __touch(this);
            if (value === "utf8" || value === "utf-8") {
              this[kState] |= kDefaultUTF8Encoding;
            } else {
              this[kState] &= ~kDefaultUTF8Encoding;
              this[kDefaultEncodingValue] = value;
            }
          }
        },
        decoder: {
          __proto__: null,
          enumerable: false,
          get() {
            __touch(this);
            return (this[kState] & kDecoder) !== 0 ? this[kDecoderValue] : null;
          },
          set(value) {
            __touch(this);
            if (value) {
              this[kDecoderValue] = value;
              this[kState] |= kDecoder;
            } else {
              this[kState] &= ~kDecoder;
            }
          }
        },
        encoding: {
          __proto__: null,
          enumerable: false,
          get() {
            __touch(this);
            return (this[kState] & kEncoding) !== 0 ? this[kEncodingValue] : null;
          },
          set(value) {
            __touch(this);
            if (value) {
              this[kEncodingValue] = value;
              this[kState] |= kEncoding;
            } else {
              this[kState] &= ~kEncoding;
            }
          }
        },
        flowing: {
          __proto__: null,
          enumerable: false,
          get() {
            __touch(this);
            return (this[kState] & kHasFlowing) !== 0 ? (this[kState] & kFlowing) !== 0 : null;
          },
          set(value) {
            __touch(this);
            if (value == null) {
              this[kState] &= ~(kHasFlowing | kFlowing);
            } else if (value) {
              this[kState] |= kHasFlowing | kFlowing;
            } else {
              this[kState] |= kHasFlowing;
              this[kState] &= ~kFlowing;
            }
          }
        }
      });
      function ReadableState(options, stream, isDuplex) {
        __touch(this);
        this[kState] = kEmitClose | kAutoDestroy | kConstructed | kSync;
        if (options && options.objectMode)
          this[kState] |= kObjectMode;
        if (isDuplex && options && options.readableObjectMode)
          this[kState] |= kObjectMode;
        this.highWaterMark = options ? getHighWaterMark(this, options, "readableHighWaterMark", isDuplex) : getDefaultHighWaterMark(false);
        this.buffer = [];
        this.bufferIndex = 0;
        this.length = 0;
        this.pipes = [];
        if (options && options.emitClose === false)
          this[kState] &= ~kEmitClose;
        if (options && options.autoDestroy === false)
          this[kState] &= ~kAutoDestroy;
        const defaultEncoding = options === null || options === void 0 ? void 0 : options.defaultEncoding;
        if (defaultEncoding == null || defaultEncoding === "utf8" || defaultEncoding === "utf-8") {
          this[kState] |= kDefaultUTF8Encoding;
        } else if (Buffer.isEncoding(defaultEncoding)) {
          this.defaultEncoding = defaultEncoding;
        } else {
          throw new ERR_UNKNOWN_ENCODING(defaultEncoding);
        }
        this.awaitDrainWriters = null;
        if (options && options.encoding) {
          this.decoder = new StringDecoder2(options.encoding);
          this.encoding = options.encoding;
        }
      }
      ReadableState.prototype[kOnConstructed] = function onConstructed(stream) {
        __touch(stream);
        __touch(this);
        if ((this[kState] & kNeedReadable) !== 0) {
          maybeReadMore(stream, this);
        }
      };
      function Readable(options) {
        var _a;
        __touch(this);
        if (!(this instanceof Readable))
          return new Readable(options);
        (_a = this._events) !== null && _a !== void 0 ? _a : this._events = {
          close: void 0,
          error: void 0,
          data: void 0,
          end: void 0,
          readable: void 0
        };
        this._readableState = new ReadableState(options, this, false);
        if (options) {
          if (typeof options.read === "function")
            this._read = options.read;
          if (typeof options.destroy === "function")
            this._destroy = options.destroy;
          if (typeof options.construct === "function")
            this._construct = options.construct;
          if (options.signal)
            addAbortSignal(options.signal, this);
        }
        Stream.call(this, options);
        if (this._construct != null) {
          destroyImpl.construct(this, () => {
            __touch(this);
            this._readableState[kOnConstructed](this);
          });
        }
      }
      Readable.prototype.destroy = destroyImpl.destroy;
      Readable.prototype._undestroy = destroyImpl.undestroy;
      Readable.prototype._destroy = function(err, cb) {
        cb(err);
      };
      Readable.prototype[EE.captureRejectionSymbol] = function(err) {
        __touch(this);
        this.destroy(err);
      };
      Readable.prototype[SymbolAsyncDispose] = function() {
        __touch(this);
        let error;
        if (!this.destroyed) {
          error = this.readableEnded ? null : new AbortError();
          this.destroy(error);
        }
        return new Promise2((resolve, reject) => {
          __touch(this);
          return eos(this, (err) => err && err !== error ? reject(err) : resolve(null));
        });
      };
      Readable.prototype.push = function(chunk, encoding) {
        __touch(this);
        debug("push", chunk);
        const state = this._readableState;
        return (state[kState] & kObjectMode) === 0 ? readableAddChunkPushByteMode(this, state, chunk, encoding) : readableAddChunkPushObjectMode(this, state, chunk, encoding);
      };
      Readable.prototype.unshift = function(chunk, encoding) {
        __touch(this);
        debug("unshift", chunk);
        const state = this._readableState;
        return (state[kState] & kObjectMode) === 0 ? readableAddChunkUnshiftByteMode(this, state, chunk, encoding) : readableAddChunkUnshiftObjectMode(this, state, chunk);
      };
      function readableAddChunkUnshiftByteMode(stream, state, chunk, encoding) {
        __touch(stream);
        if (chunk === null) {
          state[kState] &= ~kReading;
          onEofChunk(stream, state);
          return false;
        }
        if (typeof chunk === "string") {
          encoding = encoding || state.defaultEncoding;
          if (state.encoding !== encoding) {
            if (state.encoding) {
              chunk = Buffer.from(chunk, encoding).toString(state.encoding);
            } else {
              chunk = Buffer.from(chunk, encoding);
            }
          }
        } else if (Stream._isArrayBufferView(chunk)) {
          chunk = Stream._uint8ArrayToBuffer(chunk);
        } else if (chunk !== void 0 && !(chunk instanceof Buffer)) {
          errorOrDestroy(stream, new ERR_INVALID_ARG_TYPE("chunk", ["string", "Buffer", "TypedArray", "DataView"], chunk));
          return false;
        }
        if (!(chunk && chunk.length > 0)) {
          return canPushMore(state);
        }
        return readableAddChunkUnshiftValue(stream, state, chunk);
      }
      function readableAddChunkUnshiftObjectMode(stream, state, chunk) {
        __touch(stream);
        if (chunk === null) {
          state[kState] &= ~kReading;
          onEofChunk(stream, state);
          return false;
        }
        return readableAddChunkUnshiftValue(stream, state, chunk);
      }
      function readableAddChunkUnshiftValue(stream, state, chunk) {
        __touch(stream);
        if ((state[kState] & kEndEmitted) !== 0)
          errorOrDestroy(stream, new ERR_STREAM_UNSHIFT_AFTER_END_EVENT());
        else if ((state[kState] & (kDestroyed | kErrored)) !== 0)
          return false;
        else
          addChunk(stream, state, chunk, true);
        return canPushMore(state);
      }
      function readableAddChunkPushByteMode(stream, state, chunk, encoding) {
        __touch(stream);
        if (chunk === null) {
          state[kState] &= ~kReading;
          onEofChunk(stream, state);
          return false;
        }
        if (typeof chunk === "string") {
          encoding = encoding || state.defaultEncoding;
          if (state.encoding !== encoding) {
            chunk = Buffer.from(chunk, encoding);
            encoding = "";
          }
        } else if (chunk instanceof Buffer) {
          encoding = "";
        } else if (Stream._isArrayBufferView(chunk)) {
          chunk = Stream._uint8ArrayToBuffer(chunk);
          encoding = "";
        } else if (chunk !== void 0) {
          errorOrDestroy(stream, new ERR_INVALID_ARG_TYPE("chunk", ["string", "Buffer", "TypedArray", "DataView"], chunk));
          return false;
        }
        if (!chunk || chunk.length <= 0) {
          state[kState] &= ~kReading;
          maybeReadMore(stream, state);
          return canPushMore(state);
        }
        if ((state[kState] & kEnded) !== 0) {
          errorOrDestroy(stream, new ERR_STREAM_PUSH_AFTER_EOF());
          return false;
        }
        if ((state[kState] & (kDestroyed | kErrored)) !== 0) {
          return false;
        }
        state[kState] &= ~kReading;
        if ((state[kState] & kDecoder) !== 0 && !encoding) {
          chunk = state[kDecoderValue].write(chunk);
          if (chunk.length === 0) {
            maybeReadMore(stream, state);
            return canPushMore(state);
          }
        }
        addChunk(stream, state, chunk, false);
        return canPushMore(state);
      }
      function readableAddChunkPushObjectMode(stream, state, chunk, encoding) {
        __touch(stream);
        if (chunk === null) {
          state[kState] &= ~kReading;
          onEofChunk(stream, state);
          return false;
        }
        if ((state[kState] & kEnded) !== 0) {
          errorOrDestroy(stream, new ERR_STREAM_PUSH_AFTER_EOF());
          return false;
        }
        if ((state[kState] & (kDestroyed | kErrored)) !== 0) {
          return false;
        }
        state[kState] &= ~kReading;
        if ((state[kState] & kDecoder) !== 0 && !encoding) {
          chunk = state[kDecoderValue].write(chunk);
        }
        addChunk(stream, state, chunk, false);
        return canPushMore(state);
      }
      function canPushMore(state) {
        return (state[kState] & kEnded) === 0 && (state.length < state.highWaterMark || state.length === 0);
      }
      function addChunk(stream, state, chunk, addToFront) {
        __touch(stream);
        if ((state[kState] & (kFlowing | kSync | kDataListening)) === (kFlowing | kDataListening) && state.length === 0) {
          if ((state[kState] & kMultiAwaitDrain) !== 0) {
            state.awaitDrainWriters.clear();
          } else {
            state.awaitDrainWriters = null;
          }
          state[kState] |= kDataEmitted;
          stream.emit("data", chunk);
        } else {
          state.length += (state[kState] & kObjectMode) !== 0 ? 1 : chunk.length;
          if (addToFront) {
            if (state.bufferIndex > 0) {
              state.buffer[--state.bufferIndex] = chunk;
            } else {
              state.buffer.unshift(chunk);
            }
          } else {
            state.buffer.push(chunk);
          }
          if ((state[kState] & kNeedReadable) !== 0)
            emitReadable(stream);
        }
        maybeReadMore(stream, state);
      }
      Readable.prototype.isPaused = function() {
        __touch(this);
        const state = this._readableState;
        return (state[kState] & kPaused) !== 0 || (state[kState] & (kHasFlowing | kFlowing)) === kHasFlowing;
      };
      Readable.prototype.setEncoding = function(enc) {
        __touch(this);
        const state = this._readableState;
        const decoder2 = new StringDecoder2(enc);
        state.decoder = decoder2;
        state.encoding = state.decoder.encoding;
        let content = "";
        for (const data of state.buffer.slice(state.bufferIndex)) {
          content += decoder2.write(data);
        }
        state.buffer.length = 0;
        state.bufferIndex = 0;
        if (content !== "")
          state.buffer.push(content);
        state.length = content.length;
        return this;
      };
      const MAX_HWM = 1073741824;
      function computeNewHighWaterMark(n) {
        if (n > MAX_HWM) {
          throw new ERR_OUT_OF_RANGE("size", "<= 1GiB", n);
        } else {
          n--;
          n |= n >>> 1;
          n |= n >>> 2;
          n |= n >>> 4;
          n |= n >>> 8;
          n |= n >>> 16;
          n++;
        }
        return n;
      }
      function howMuchToRead(n, state) {
        if (n <= 0 || state.length === 0 && (state[kState] & kEnded) !== 0)
          return 0;
        if ((state[kState] & kObjectMode) !== 0)
          return 1;
        if (NumberIsNaN(n)) {
          if ((state[kState] & kFlowing) !== 0 && state.length)
            return state.buffer[state.bufferIndex].length;
          return state.length;
        }
        if (n <= state.length)
          return n;
        return (state[kState] & kEnded) !== 0 ? state.length : 0;
      }
      Readable.prototype.read = function(n) {
        __touch(this);
        debug("read", n);
        if (n === void 0) {
          n = NaN;
        } else if (!NumberIsInteger(n)) {
          n = NumberParseInt(n, 10);
        }
        const state = this._readableState;
        const nOrig = n;
        if (n > state.highWaterMark)
          state.highWaterMark = computeNewHighWaterMark(n);
        if (n !== 0)
          state[kState] &= ~kEmittedReadable;
        if (n === 0 && (state[kState] & kNeedReadable) !== 0 && ((state.highWaterMark !== 0 ? state.length >= state.highWaterMark : state.length > 0) || (state[kState] & kEnded) !== 0)) {
          debug("read: emitReadable");
          if (state.length === 0 && (state[kState] & kEnded) !== 0)
            endReadable(this);
          else
            emitReadable(this);
          return null;
        }
        n = howMuchToRead(n, state);
        if (n === 0 && (state[kState] & kEnded) !== 0) {
          if (state.length === 0)
            endReadable(this);
          return null;
        }
        let doRead = (state[kState] & kNeedReadable) !== 0;
        debug("need readable", doRead);
        if (state.length === 0 || state.length - n < state.highWaterMark) {
          doRead = true;
          debug("length less than watermark", doRead);
        }
        if ((state[kState] & (kReading | kEnded | kDestroyed | kErrored | kConstructed)) !== kConstructed) {
          doRead = false;
          debug("reading, ended or constructing", doRead);
        } else if (doRead) {
          debug("do read");
          state[kState] |= kReading | kSync;
          if (state.length === 0)
            state[kState] |= kNeedReadable;
          try {
            this._read(state.highWaterMark);
          } catch (err) {
            __caught(err);
            errorOrDestroy(this, err);
          }
          state[kState] &= ~kSync;
          if ((state[kState] & kReading) === 0)
            n = howMuchToRead(nOrig, state);
        }
        let ret;
        if (n > 0)
          ret = fromList(n, state);
        else
          ret = null;
        if (ret === null) {
          state[kState] |= state.length <= state.highWaterMark ? kNeedReadable : 0;
          n = 0;
        } else {
          state.length -= n;
          if ((state[kState] & kMultiAwaitDrain) !== 0) {
            state.awaitDrainWriters.clear();
          } else {
            state.awaitDrainWriters = null;
          }
        }
        if (state.length === 0) {
          if ((state[kState] & kEnded) === 0)
            state[kState] |= kNeedReadable;
          if (nOrig !== n && (state[kState] & kEnded) !== 0)
            endReadable(this);
        }
        if (ret !== null && (state[kState] & (kErrorEmitted | kCloseEmitted)) === 0) {
          state[kState] |= kDataEmitted;
          this.emit("data", ret);
        }
        return ret;
      };
      function onEofChunk(stream, state) {
        __touch(stream);
        debug("onEofChunk");
        if ((state[kState] & kEnded) !== 0)
          return;
        const decoder2 = (state[kState] & kDecoder) !== 0 ? state[kDecoderValue] : null;
        if (decoder2) {
          const chunk = decoder2.end();
          if (chunk && chunk.length) {
            state.buffer.push(chunk);
            state.length += (state[kState] & kObjectMode) !== 0 ? 1 : chunk.length;
          }
        }
        state[kState] |= kEnded;
        if ((state[kState] & kSync) !== 0) {
          emitReadable(stream);
        } else {
          state[kState] &= ~kNeedReadable;
          state[kState] |= kEmittedReadable;
          emitReadable_(stream);
        }
      }
      function emitReadable(stream) {
        __touch(stream);
        const state = stream._readableState;
        debug("emitReadable");
        state[kState] &= ~kNeedReadable;
        if ((state[kState] & kEmittedReadable) === 0) {
          debug("emitReadable", (state[kState] & kFlowing) !== 0);
          state[kState] |= kEmittedReadable;
          process2.nextTick(emitReadable_, stream);
        }
      }
      function emitReadable_(stream) {
        __touch(stream);
        const state = stream._readableState;
        debug("emitReadable_");
        if ((state[kState] & (kDestroyed | kErrored)) === 0 && (state.length || (state[kState] & kEnded) !== 0)) {
          stream.emit("readable");
          state[kState] &= ~kEmittedReadable;
        }
        state[kState] |= (state[kState] & (kFlowing | kEnded)) === 0 && state.length <= state.highWaterMark ? kNeedReadable : 0;
        flow(stream);
      }
      function maybeReadMore(stream, state) {
        __touch(stream);
        if ((state[kState] & (kReadingMore | kConstructed)) === kConstructed) {
          state[kState] |= kReadingMore;
          process2.nextTick(maybeReadMore_, stream, state);
        }
      }
      function maybeReadMore_(stream, state) {
        __touch(stream);
        while ((state[kState] & (kReading | kEnded)) === 0 && (state.length < state.highWaterMark || (state[kState] & kFlowing) !== 0 && state.length === 0)) {
          const len = state.length;
          debug("maybeReadMore read 0");
          stream.read(0);
          if (len === state.length)
            break;
        }
        state[kState] &= ~kReadingMore;
      }
      Readable.prototype._read = function(n) {
        throw new ERR_METHOD_NOT_IMPLEMENTED("_read()");
      };
      Readable.prototype.pipe = function(dest, pipeOpts) {
        __touch(dest);
        __touch(this);
        const src = this;
        const state = this._readableState;
        if (state.pipes.length === 1) {
          if ((state[kState] & kMultiAwaitDrain) === 0) {
            state[kState] |= kMultiAwaitDrain;
            state.awaitDrainWriters = new SafeSet(state.awaitDrainWriters ? [state.awaitDrainWriters] : []);
          }
        }
        state.pipes.push(dest);
        debug("pipe count=%d opts=%j", state.pipes.length, pipeOpts);
        const doEnd = (!pipeOpts || pipeOpts.end !== false) && dest !== process2.stdout && dest !== process2.stderr;
        const endFn = doEnd ? onend : unpipe;
        if ((state[kState] & kEndEmitted) !== 0)
          process2.nextTick(endFn);
        else
          src.once("end", endFn);
        dest.on("unpipe", onunpipe);
        function onunpipe(readable, unpipeInfo) {
          __touch(src);
          __touch(readable);
          debug("onunpipe");
          if (readable === src) {
            if (unpipeInfo && unpipeInfo.hasUnpiped === false) {
              unpipeInfo.hasUnpiped = true;
              cleanup();
            }
          }
        }
        function onend() {
          __touch(dest);
          debug("onend");
          dest.end();
        }
        let ondrain;
        let cleanedUp = false;
        function cleanup() {
          __touch(dest);
          __touch(src);
          debug("cleanup");
          dest.removeListener("close", onclose);
          dest.removeListener("finish", onfinish);
          if (ondrain) {
            dest.removeListener("drain", ondrain);
          }
          dest.removeListener("error", onerror);
          dest.removeListener("unpipe", onunpipe);
          src.removeListener("end", onend);
          src.removeListener("end", unpipe);
          src.removeListener("data", ondata);
          cleanedUp = true;
          if (ondrain && state.awaitDrainWriters && (!dest._writableState || dest._writableState.needDrain))
            ondrain();
        }
        function pause() {
          __touch(dest);
          __touch(src);
          if (!cleanedUp) {
            if (state.pipes.length === 1 && state.pipes[0] === dest) {
              debug("false write response, pause", 0);
              state.awaitDrainWriters = dest;
              state[kState] &= ~kMultiAwaitDrain;
            } else if (state.pipes.length > 1 && state.pipes.includes(dest)) {
              debug("false write response, pause", state.awaitDrainWriters.size);
              state.awaitDrainWriters.add(dest);
            }
            src.pause();
          }
          if (!ondrain) {
            ondrain = pipeOnDrain(src, dest);
            dest.on("drain", ondrain);
          }
        }
        src.on("data", ondata);
        function ondata(chunk) {
          __touch(dest);
          debug("ondata");
          const ret = dest.write(chunk);
          debug("dest.write", ret);
          if (ret === false) {
            pause();
          }
        }
        function onerror(er) {
          __touch(dest);
          debug("onerror", er);
          unpipe();
          dest.removeListener("error", onerror);
          if (dest.listenerCount("error") === 0) {
            const s = dest._writableState || dest._readableState;
            if (s && !s.errorEmitted) {
              errorOrDestroy(dest, er);
            } else {
              dest.emit("error", er);
            }
          }
        }
        prependListener(dest, "error", onerror);
        function onclose() {
          __touch(dest);
          dest.removeListener("finish", onfinish);
          unpipe();
        }
        dest.once("close", onclose);
        function onfinish() {
          __touch(dest);
          debug("onfinish");
          dest.removeListener("close", onclose);
          unpipe();
        }
        dest.once("finish", onfinish);
        function unpipe() {
          __touch(dest);
          __touch(src);
          debug("unpipe");
          src.unpipe(dest);
        }
        dest.emit("pipe", src);
        if (dest.writableNeedDrain === true) {
          pause();
        } else if ((state[kState] & kFlowing) === 0) {
          debug("pipe resume");
          src.resume();
        }
        return dest;
      };
      function pipeOnDrain(src, dest) {
        __touch(src);
        __touch(dest);
        return function pipeOnDrainFunctionResult() {
          __touch(src);
          __touch(dest);
          const state = src._readableState;
          if (state.awaitDrainWriters === dest) {
            debug("pipeOnDrain", 1);
            state.awaitDrainWriters = null;
          } else if ((state[kState] & kMultiAwaitDrain) !== 0) {
            debug("pipeOnDrain", state.awaitDrainWriters.size);
            state.awaitDrainWriters.delete(dest);
          }
          if ((!state.awaitDrainWriters || state.awaitDrainWriters.size === 0) && (state[kState] & kDataListening) !== 0) {
            src.resume();
          }
        };
      }
      Readable.prototype.unpipe = function(dest) {
        __touch(dest);
        __touch(this);
        const state = this._readableState;
        const unpipeInfo = { hasUnpiped: false };
        if (state.pipes.length === 0)
          return this;
        if (!dest) {
          const dests = state.pipes;
          state.pipes = [];
          this.pause();
          for (let i = 0; i < dests.length; i++)
            dests[i].emit("unpipe", this, { hasUnpiped: false });
          return this;
        }
        const index = ArrayPrototypeIndexOf(state.pipes, dest);
        if (index === -1)
          return this;
        state.pipes.splice(index, 1);
        if (state.pipes.length === 0)
          this.pause();
        dest.emit("unpipe", this, unpipeInfo);
        return this;
      };
      Readable.prototype.on = function(ev, fn) {
        __touch(this);
        const res = Stream.prototype.on.call(this, ev, fn);
        const state = this._readableState;
        if (ev === "data") {
          state[kState] |= kDataListening;
          state[kState] |= this.listenerCount("readable") > 0 ? kReadableListening : 0;
          if ((state[kState] & (kHasFlowing | kFlowing)) !== kHasFlowing) {
            this.resume();
          }
        } else if (ev === "readable") {
          if ((state[kState] & (kEndEmitted | kReadableListening)) === 0) {
            state[kState] |= kReadableListening | kNeedReadable | kHasFlowing;
            state[kState] &= ~(kFlowing | kEmittedReadable);
            debug("on readable");
            if (state.length) {
              emitReadable(this);
            } else if ((state[kState] & kReading) === 0) {
              process2.nextTick(nReadingNextTick, this);
            }
          }
        }
        return res;
      };
      Readable.prototype.addListener = Readable.prototype.on;
      Readable.prototype.removeListener = function(ev, fn) {
        __touch(this);
        const state = this._readableState;
        const res = Stream.prototype.removeListener.call(this, ev, fn);
        if (ev === "readable") {
          process2.nextTick(updateReadableListening, this);
        } else if (ev === "data" && this.listenerCount("data") === 0) {
          state[kState] &= ~kDataListening;
        }
        return res;
      };
      Readable.prototype.off = Readable.prototype.removeListener;
      Readable.prototype.removeAllListeners = function(ev) {
        __touch(this);
        const res = Stream.prototype.removeAllListeners.apply(this, arguments);
        if (ev === "readable" || ev === void 0) {
          process2.nextTick(updateReadableListening, this);
        }
        return res;
      };
      function updateReadableListening(self) {
        __touch(self);
        const state = self._readableState;
        if (self.listenerCount("readable") > 0) {
          state[kState] |= kReadableListening;
        } else {
          state[kState] &= ~kReadableListening;
        }
        if ((state[kState] & (kHasPaused | kPaused | kResumeScheduled)) === (kHasPaused | kResumeScheduled)) {
          state[kState] |= kHasFlowing | kFlowing;
        } else if ((state[kState] & kDataListening) !== 0) {
          self.resume();
        } else if ((state[kState] & kReadableListening) === 0) {
          state[kState] &= ~(kHasFlowing | kFlowing);
        }
      }
      function nReadingNextTick(self) {
        __touch(self);
        debug("readable nexttick read 0");
        self.read(0);
      }
      Readable.prototype.resume = function() {
        __touch(this);
        const state = this._readableState;
        if ((state[kState] & kFlowing) === 0) {
          debug("resume");
          state[kState] |= kHasFlowing;
          if ((state[kState] & kReadableListening) === 0) {
            state[kState] |= kFlowing;
          } else {
            state[kState] &= ~kFlowing;
          }
          resume(this, state);
        }
        state[kState] |= kHasPaused;
        state[kState] &= ~kPaused;
        return this;
      };
      function resume(stream, state) {
        __touch(stream);
        if ((state[kState] & kResumeScheduled) === 0) {
          state[kState] |= kResumeScheduled;
          process2.nextTick(resume_, stream, state);
        }
      }
      function resume_(stream, state) {
        __touch(stream);
        debug("resume", (state[kState] & kReading) !== 0);
        if ((state[kState] & kReading) === 0) {
          stream.read(0);
        }
        state[kState] &= ~kResumeScheduled;
        stream.emit("resume");
        flow(stream);
        if ((state[kState] & (kFlowing | kReading)) === kFlowing)
          stream.read(0);
      }
      Readable.prototype.pause = function() {
        __touch(this);
        const state = this._readableState;
        debug("call pause");
        if ((state[kState] & (kHasFlowing | kFlowing)) !== kHasFlowing) {
          debug("pause");
          state[kState] |= kHasFlowing;
          state[kState] &= ~kFlowing;
          this.emit("pause");
        }
        state[kState] |= kHasPaused | kPaused;
        return this;
      };
      function flow(stream) {
        __touch(stream);
        const state = stream._readableState;
        debug("flow");
        while ((state[kState] & kFlowing) !== 0 && stream.read() !== null)
          ;
      }
      Readable.prototype.wrap = function(stream) {
        __touch(stream);
        __touch(this);
        let paused = false;
        stream.on("data", (chunk) => {
          __touch(stream);
          __touch(this);
          if (!this.push(chunk) && stream.pause) {
            paused = true;
            stream.pause();
          }
        });
        stream.on("end", () => {
          __touch(this);
          this.push(null);
        });
        stream.on("error", (err) => {
          __touch(this);
          errorOrDestroy(this, err);
        });
        stream.on("close", () => {
          __touch(this);
          this.destroy();
        });
        stream.on("destroy", () => {
          __touch(this);
          this.destroy();
        });
        this._read = () => {
          __touch(stream);
          if (paused && stream.resume) {
            paused = false;
            stream.resume();
          }
        };
        const streamKeys = ObjectKeys(stream);
        for (let j = 1; j < streamKeys.length; j++) {
          const i = streamKeys[j];
          if (this[i] === void 0 && typeof stream[i] === "function") {
            this[i] = stream[i].bind(stream);
          }
        }
        return this;
      };
      Readable.prototype[SymbolAsyncIterator] = function() {
        __touch(this);
        return streamToAsyncIterator(this);
      };
      Readable.prototype.iterator = function(options) {
        __touch(this);
        if (options !== void 0) {
          validateObject(options, "options");
        }
        return streamToAsyncIterator(this, options);
      };
      function streamToAsyncIterator(stream, options) {
        __touch(stream);
        if (typeof stream.read !== "function") {
          stream = Readable.wrap(stream, { objectMode: true });
        }
        const iter = createAsyncIterator(stream, options);
        iter.stream = stream;
        return iter;
      }
      function createAsyncIterator(stream, options) {
        return __asyncGenerator(this, arguments, function* createAsyncIterator_1() {
          __touch(stream);
          let callback = nop;
          function next2(resolve) {
            __touch(stream);
            __touch(this);
            if (this === stream) {
              callback();
              callback = nop;
            } else {
              callback = resolve;
            }
          }
          stream.on("readable", next2);
          let error;
          const cleanup = eos(stream, { writable: false }, (err) => {
            error = err ? aggregateTwoErrors2(error, err) : null;
            callback();
            callback = nop;
          });
          try {
            while (true) {
              const chunk = stream.destroyed ? null : stream.read();
              if (chunk !== null) {
                yield yield __await(chunk);
              } else if (error) {
                throw error;
              } else if (error === null) {
                return yield __await(void 0);
              } else {
                yield __await(new Promise2(next2));
              }
            }
          } catch (err) {
            __caught(err);
            error = aggregateTwoErrors2(error, err);
            throw error;
          } finally {
            if ((error || (options === null || options === void 0 ? void 0 : options.destroyOnReturn) !== false) && (error === void 0 || stream._readableState.autoDestroy)) {
              destroyImpl.destroyer(stream, null);
            } else {
              stream.off("readable", next2);
              cleanup();
            }
          }
        });
      }
      ObjectDefineProperties(Readable.prototype, {
        readable: {
          __proto__: null,
          get() {
            __touch(this);
            const r = this._readableState;
            return !!r && r.readable !== false && !r.destroyed && !r.errorEmitted && !r.endEmitted;
          },
          set(val) {
            __touch(this);
            if (this._readableState) {
              this._readableState.readable = !!val;
            }
          }
        },
        readableDidRead: {
          __proto__: null,
          enumerable: false,
          get: function() {
            __touch(this);
            return this._readableState.dataEmitted;
          }
        },
        readableAborted: {
          __proto__: null,
          enumerable: false,
          get: function() {
            __touch(this);
            return !!(this._readableState.readable !== false && (this._readableState.destroyed || this._readableState.errored) && !this._readableState.endEmitted);
          }
        },
        readableHighWaterMark: {
          __proto__: null,
          enumerable: false,
          get: function() {
            __touch(this);
            return this._readableState.highWaterMark;
          }
        },
        readableBuffer: {
          __proto__: null,
          enumerable: false,
          get: function() {
            __touch(this);
            return this._readableState && this._readableState.buffer;
          }
        },
        readableFlowing: {
          __proto__: null,
          enumerable: false,
          get: function() {
            __touch(this);
            return this._readableState.flowing;
          },
          set: function(state) {
            __touch(this);
            if (this._readableState) {
              this._readableState.flowing = state;
            }
          }
        },
        readableLength: {
          __proto__: null,
          enumerable: false,
          get() {
            __touch(this);
            return this._readableState.length;
          }
        },
        readableObjectMode: {
          __proto__: null,
          enumerable: false,
          get() {
            __touch(this);
            return this._readableState ? this._readableState.objectMode : false;
          }
        },
        readableEncoding: {
          __proto__: null,
          enumerable: false,
          get() {
            __touch(this);
            return this._readableState ? this._readableState.encoding : null;
          }
        },
        errored: {
          __proto__: null,
          enumerable: false,
          get() {
            __touch(this);
            return this._readableState ? this._readableState.errored : null;
          }
        },
        closed: {
          __proto__: null,
          get() {
            __touch(this);
            return this._readableState ? this._readableState.closed : false;
          }
        },
        destroyed: {
          __proto__: null,
          enumerable: false,
          get() {
            __touch(this);
            return this._readableState ? this._readableState.destroyed : false;
          },
          set(value) {
            __touch(this);
            if (!this._readableState) {
              return;
            }
            this._readableState.destroyed = value;
          }
        },
        readableEnded: {
          __proto__: null,
          enumerable: false,
          get() {
            __touch(this);
            return this._readableState ? this._readableState.endEmitted : false;
          }
        }
      });
      ObjectDefineProperties(ReadableState.prototype, {
        pipesCount: {
          __proto__: null,
          get() {
            __touch(this);
            return this.pipes.length;
          }
        },
        paused: {
          __proto__: null,
          get() {
            __touch(this);
            return (this[kState] & kPaused) !== 0;
          },
          set(value) {
            __touch(this);
            this[kState] |= kHasPaused;
            if (value) {
              this[kState] |= kPaused;
            } else {
              this[kState] &= ~kPaused;
            }
          }
        }
      });
      Readable._fromList = fromList;
      function fromList(n, state) {
        if (state.length === 0)
          return null;
        let idx = state.bufferIndex;
        let ret;
        const buf = state.buffer;
        const len = buf.length;
        if ((state[kState] & kObjectMode) !== 0) {
          ret = buf[idx];
          buf[idx++] = null;
        } else if (!n || n >= state.length) {
          if ((state[kState] & kDecoder) !== 0) {
            ret = "";
            while (idx < len) {
              ret += buf[idx];
              buf[idx++] = null;
            }
          } else if (len - idx === 0) {
            ret = Buffer.alloc(0);
          } else if (len - idx === 1) {
            ret = buf[idx];
            buf[idx++] = null;
          } else {
            ret = Buffer.allocUnsafe(state.length);
            let i = 0;
            while (idx < len) {
              TypedArrayPrototypeSet(ret, buf[idx], i);
              i += buf[idx].length;
              buf[idx++] = null;
            }
          }
        } else if (n < buf[idx].length) {
          ret = buf[idx].slice(0, n);
          buf[idx] = buf[idx].slice(n);
        } else if (n === buf[idx].length) {
          ret = buf[idx];
          buf[idx++] = null;
        } else if ((state[kState] & kDecoder) !== 0) {
          ret = "";
          while (idx < len) {
            const str = buf[idx];
            if (n > str.length) {
              ret += str;
              n -= str.length;
              buf[idx++] = null;
            } else {
              if (n === buf.length) {
                ret += str;
                buf[idx++] = null;
              } else {
                ret += str.slice(0, n);
                buf[idx] = str.slice(n);
              }
              break;
            }
          }
        } else {
          ret = Buffer.allocUnsafe(n);
          const retLen = n;
          while (idx < len) {
            const data = buf[idx];
            if (n > data.length) {
              TypedArrayPrototypeSet(ret, data, retLen - n);
              n -= data.length;
              buf[idx++] = null;
            } else {
              if (n === data.length) {
                TypedArrayPrototypeSet(ret, data, retLen - n);
                buf[idx++] = null;
              } else {
                TypedArrayPrototypeSet(ret, new FastBuffer(data.buffer, data.byteOffset, n), retLen - n);
                buf[idx] = new FastBuffer(data.buffer, data.byteOffset + n, data.length - n);
              }
              break;
            }
          }
        }
        if (idx === len) {
          state.buffer.length = 0;
          state.bufferIndex = 0;
        } else if (idx > 1024) {
          state.buffer.splice(0, idx);
          state.bufferIndex = 0;
        } else {
          state.bufferIndex = idx;
        }
        return ret;
      }
      function endReadable(stream) {
        __touch(stream);
        const state = stream._readableState;
        debug("endReadable");
        if ((state[kState] & kEndEmitted) === 0) {
          state[kState] |= kEnded;
          process2.nextTick(endReadableNT, state, stream);
        }
      }
      function endReadableNT(state, stream) {
        __touch(stream);
        debug("endReadableNT");
        if ((state[kState] & (kErrored | kCloseEmitted | kEndEmitted)) === 0 && state.length === 0) {
          state[kState] |= kEndEmitted;
          stream.emit("end");
          if (stream.writable && stream.allowHalfOpen === false) {
            process2.nextTick(endWritableNT, stream);
          } else if (state.autoDestroy) {
            const wState = stream._writableState;
            const autoDestroy = !wState || wState.autoDestroy && (wState.finished || wState.writable === false);
            if (autoDestroy) {
              stream.destroy();
            }
          }
        }
      }
      function endWritableNT(stream) {
        __touch(stream);
        const writable = stream.writable && !stream.writableEnded && !stream.destroyed;
        if (writable) {
          stream.end();
        }
      }
      Readable.from = function(iterable, opts) {
        return from(Readable, iterable, opts);
      };
      let webStreamsAdapters;
      function lazyWebStreams() {
        if (webStreamsAdapters === void 0)
          webStreamsAdapters = require2("internal/webstreams/adapters");
        return webStreamsAdapters;
      }
      Readable.fromWeb = function(readableStream, options) {
        return lazyWebStreams().newStreamReadableFromReadableStream(readableStream, options);
      };
      Readable.toWeb = function(streamReadable, options) {
        return lazyWebStreams().newReadableStreamFromStreamReadable(streamReadable, options);
      };
      Readable.wrap = function(src, options) {
        var _a, _b;
        __touch(src);
        return new Readable(Object.assign(Object.assign({ objectMode: (_b = (_a = src.readableObjectMode) !== null && _a !== void 0 ? _a : src.objectMode) !== null && _b !== void 0 ? _b : true }, options), { destroy(err, callback) {
          __touch(src);
          destroyImpl.destroyer(src, err);
          callback(err);
        } })).wrap(src);
      };
    },
    "internal/streams/state": function(module, exports, require2) {
      "use strict";
      const { MathFloor, NumberIsInteger } = primordials;
      const { validateInteger } = require2("internal/validators");
      const { ERR_INVALID_ARG_VALUE } = require2("internal/errors").codes;
      let defaultHighWaterMarkBytes = 16 * 1024;
      let defaultHighWaterMarkObjectMode = 16;
      function highWaterMarkFrom(options, isDuplex, duplexKey) {
        return options.highWaterMark != null ? options.highWaterMark : isDuplex ? options[duplexKey] : null;
      }
      function getDefaultHighWaterMark(objectMode) {
        return objectMode ? defaultHighWaterMarkObjectMode : defaultHighWaterMarkBytes;
      }
      function setDefaultHighWaterMark(objectMode, value) {
        validateInteger(value, "value", 0);
        if (objectMode) {
          defaultHighWaterMarkObjectMode = value;
        } else {
          defaultHighWaterMarkBytes = value;
        }
      }
      function getHighWaterMark(state, options, duplexKey, isDuplex) {
        const hwm = highWaterMarkFrom(options, isDuplex, duplexKey);
        if (hwm != null) {
          if (!NumberIsInteger(hwm) || hwm < 0) {
            const name2 = isDuplex ? `options.${duplexKey}` : "options.highWaterMark";
            throw new ERR_INVALID_ARG_VALUE(name2, hwm);
          }
          return MathFloor(hwm);
        }
        return getDefaultHighWaterMark(state.objectMode);
      }
      module.exports = {
        getHighWaterMark,
        getDefaultHighWaterMark,
        setDefaultHighWaterMark
      };
    },
    "internal/streams/transform": function(module, exports, require2) {
      "use strict";
      const { ObjectSetPrototypeOf, Symbol: Symbol2 } = primordials;
      module.exports = Transform;
      const { ERR_METHOD_NOT_IMPLEMENTED } = require2("internal/errors").codes;
      const Duplex = require2("internal/streams/duplex");
      const { getHighWaterMark } = require2("internal/streams/state");
      ObjectSetPrototypeOf(Transform.prototype, Duplex.prototype);
      ObjectSetPrototypeOf(Transform, Duplex);
      const kCallback = Symbol2("kCallback");
      function Transform(options) {
        __touch(this);
        if (!(this instanceof Transform))
          return new Transform(options);
        const readableHighWaterMark = options ? getHighWaterMark(this, options, "readableHighWaterMark", true) : null;
        if (readableHighWaterMark === 0) {
          options = Object.assign(Object.assign({}, options), { highWaterMark: null, readableHighWaterMark, writableHighWaterMark: options.writableHighWaterMark || 0 });
        }
        Duplex.call(this, options);
        this._readableState.sync = false;
        this[kCallback] = null;
        if (options) {
          if (typeof options.transform === "function")
            this._transform = options.transform;
          if (typeof options.flush === "function")
            this._flush = options.flush;
        }
        this.on("prefinish", prefinish);
      }
      function final(cb) {
        __touch(this);
        if (typeof this._flush === "function" && !this.destroyed) {
          this._flush((er, data) => {
            __touch(this);
            if (er) {
              if (cb) {
                cb(er);
              } else {
                this.destroy(er);
              }
              return;
            }
            if (data != null) {
              this.push(data);
            }
            this.push(null);
            if (cb) {
              cb();
            }
          });
        } else {
          this.push(null);
          if (cb) {
            cb();
          }
        }
      }
      function prefinish() {
        __touch(this);
        if (this._final !== final) {
          final.call(this);
        }
      }
      Transform.prototype._final = final;
      Transform.prototype._transform = function(chunk, encoding, callback) {
        throw new ERR_METHOD_NOT_IMPLEMENTED("_transform()");
      };
      Transform.prototype._write = function(chunk, encoding, callback) {
        __touch(this);
        const rState = this._readableState;
        const wState = this._writableState;
        const length = rState.length;
        this._transform(chunk, encoding, (err, val) => {
          __touch(this);
          if (err) {
            callback(err);
            return;
          }
          if (val != null) {
            this.push(val);
          }
          if (rState.ended) {
            process2.nextTick(callback);
          } else if (wState.ended || length === rState.length || rState.length < rState.highWaterMark) {
            callback();
          } else {
            this[kCallback] = callback;
          }
        });
      };
      Transform.prototype._read = function() {
        __touch(this);
        if (this[kCallback]) {
          const callback = this[kCallback];
          this[kCallback] = null;
          callback();
        }
      };
    },
    "internal/streams/utils": function(module, exports, require2) {
      "use strict";
      const { SymbolAsyncIterator, SymbolIterator, SymbolFor, Symbol: Symbol2 } = primordials;
      const kIsDestroyed = SymbolFor("nodejs.stream.destroyed");
      const kIsErrored = SymbolFor("nodejs.stream.errored");
      const kIsReadable = SymbolFor("nodejs.stream.readable");
      const kIsWritable = SymbolFor("nodejs.stream.writable");
      const kIsDisturbed = SymbolFor("nodejs.stream.disturbed");
      const kOnConstructed = Symbol2("kOnConstructed");
      const kIsClosedPromise = SymbolFor("nodejs.webstream.isClosedPromise");
      const kControllerErrorFunction = SymbolFor("nodejs.webstream.controllerErrorFunction");
      const kState = Symbol2("kState");
      const kObjectMode = 1 << 0;
      const kErrorEmitted = 1 << 1;
      const kAutoDestroy = 1 << 2;
      const kEmitClose = 1 << 3;
      const kDestroyed = 1 << 4;
      const kClosed = 1 << 5;
      const kCloseEmitted = 1 << 6;
      const kErrored = 1 << 7;
      const kConstructed = 1 << 8;
      function isReadableNodeStream(obj, strict2 = false) {
        var _a;
        return !!(obj && typeof obj.pipe === "function" && typeof obj.on === "function" && (!strict2 || typeof obj.pause === "function" && typeof obj.resume === "function") && (!obj._writableState || ((_a = obj._readableState) === null || _a === void 0 ? void 0 : _a.readable) !== false) && (!obj._writableState || obj._readableState));
      }
      function isWritableNodeStream(obj) {
        var _a;
        return !!(obj && typeof obj.write === "function" && typeof obj.on === "function" && (!obj._readableState || ((_a = obj._writableState) === null || _a === void 0 ? void 0 : _a.writable) !== false));
      }
      function isDuplexNodeStream(obj) {
        return !!(obj && (typeof obj.pipe === "function" && obj._readableState) && typeof obj.on === "function" && typeof obj.write === "function");
      }
      function isNodeStream(obj) {
        return obj && (obj._readableState || obj._writableState || typeof obj.write === "function" && typeof obj.on === "function" || typeof obj.pipe === "function" && typeof obj.on === "function");
      }
      function isReadableStream(obj) {
        return !!(obj && !isNodeStream(obj) && typeof obj.pipeThrough === "function" && typeof obj.getReader === "function" && typeof obj.cancel === "function");
      }
      function isWritableStream(obj) {
        return !!(obj && !isNodeStream(obj) && typeof obj.getWriter === "function" && typeof obj.abort === "function");
      }
      function isTransformStream(obj) {
        return !!(obj && !isNodeStream(obj) && typeof obj.readable === "object" && typeof obj.writable === "object");
      }
      function isWebStream(obj) {
        return isReadableStream(obj) || isWritableStream(obj) || isTransformStream(obj);
      }
      function isIterable2(obj, isAsync) {
        if (obj == null)
          return false;
        if (isAsync === true)
          return typeof obj[SymbolAsyncIterator] === "function";
        if (isAsync === false)
          return typeof obj[SymbolIterator] === "function";
        return typeof obj[SymbolAsyncIterator] === "function" || typeof obj[SymbolIterator] === "function";
      }
      function isDestroyed(stream) {
        __touch(stream);
        if (!isNodeStream(stream))
          return null;
        const wState = stream._writableState;
        const rState = stream._readableState;
        const state = wState || rState;
        return !!(stream.destroyed || stream[kIsDestroyed] || (state === null || state === void 0 ? void 0 : state.destroyed));
      }
      function isWritableEnded(stream) {
        __touch(stream);
        if (!isWritableNodeStream(stream))
          return null;
        if (stream.writableEnded === true)
          return true;
        const wState = stream._writableState;
        if (wState === null || wState === void 0 ? void 0 : wState.errored)
          return false;
        if (typeof (wState === null || wState === void 0 ? void 0 : wState.ended) !== "boolean")
          return null;
        return wState.ended;
      }
      function isWritableFinished(stream, strict2) {
        __touch(stream);
        if (!isWritableNodeStream(stream))
          return null;
        if (stream.writableFinished === true)
          return true;
        const wState = stream._writableState;
        if (wState === null || wState === void 0 ? void 0 : wState.errored)
          return false;
        if (typeof (wState === null || wState === void 0 ? void 0 : wState.finished) !== "boolean")
          return null;
        return !!(wState.finished || strict2 === false && wState.ended === true && wState.length === 0);
      }
      function isReadableEnded(stream) {
        __touch(stream);
        if (!isReadableNodeStream(stream))
          return null;
        if (stream.readableEnded === true)
          return true;
        const rState = stream._readableState;
        if (!rState || rState.errored)
          return false;
        if (typeof (rState === null || rState === void 0 ? void 0 : rState.ended) !== "boolean")
          return null;
        return rState.ended;
      }
      function isReadableFinished(stream, strict2) {
        __touch(stream);
        if (!isReadableNodeStream(stream))
          return null;
        const rState = stream._readableState;
        if (rState === null || rState === void 0 ? void 0 : rState.errored)
          return false;
        if (typeof (rState === null || rState === void 0 ? void 0 : rState.endEmitted) !== "boolean")
          return null;
        return !!(rState.endEmitted || strict2 === false && rState.ended === true && rState.length === 0);
      }
      function isReadable(stream) {
        __touch(stream);
        if (stream && stream[kIsReadable] != null)
          return stream[kIsReadable];
        if (typeof (stream === null || stream === void 0 ? void 0 : stream.readable) !== "boolean")
          return null;
        if (isDestroyed(stream))
          return false;
        return isReadableNodeStream(stream) && stream.readable && !isReadableFinished(stream);
      }
      function isWritable(stream) {
        __touch(stream);
        if (stream && stream[kIsWritable] != null)
          return stream[kIsWritable];
        if (typeof (stream === null || stream === void 0 ? void 0 : stream.writable) !== "boolean")
          return null;
        if (isDestroyed(stream))
          return false;
        return isWritableNodeStream(stream) && stream.writable && !isWritableEnded(stream);
      }
      function isFinished(stream, opts) {
        __touch(stream);
        if (!isNodeStream(stream)) {
          return null;
        }
        if (isDestroyed(stream)) {
          return true;
        }
        if ((opts === null || opts === void 0 ? void 0 : opts.readable) !== false && isReadable(stream)) {
          return false;
        }
        if ((opts === null || opts === void 0 ? void 0 : opts.writable) !== false && isWritable(stream)) {
          return false;
        }
        return true;
      }
      function isWritableErrored(stream) {
        var _a, _b;
        __touch(stream);
        if (!isNodeStream(stream)) {
          return null;
        }
        if (stream.writableErrored) {
          return stream.writableErrored;
        }
        return (_b = (_a = stream._writableState) === null || _a === void 0 ? void 0 : _a.errored) !== null && _b !== void 0 ? _b : null;
      }
      function isReadableErrored(stream) {
        var _a, _b;
        __touch(stream);
        if (!isNodeStream(stream)) {
          return null;
        }
        if (stream.readableErrored) {
          return stream.readableErrored;
        }
        return (_b = (_a = stream._readableState) === null || _a === void 0 ? void 0 : _a.errored) !== null && _b !== void 0 ? _b : null;
      }
      function isClosed(stream) {
        __touch(stream);
        if (!isNodeStream(stream)) {
          return null;
        }
        if (typeof stream.closed === "boolean") {
          return stream.closed;
        }
        const wState = stream._writableState;
        const rState = stream._readableState;
        if (typeof (wState === null || wState === void 0 ? void 0 : wState.closed) === "boolean" || typeof (rState === null || rState === void 0 ? void 0 : rState.closed) === "boolean") {
          return (wState === null || wState === void 0 ? void 0 : wState.closed) || (rState === null || rState === void 0 ? void 0 : rState.closed);
        }
        if (typeof stream._closed === "boolean" && isOutgoingMessage(stream)) {
          return stream._closed;
        }
        return null;
      }
      function isOutgoingMessage(stream) {
        __touch(stream);
        return typeof stream._closed === "boolean" && typeof stream._defaultKeepAlive === "boolean" && typeof stream._removedConnection === "boolean" && typeof stream._removedContLen === "boolean";
      }
      function isServerResponse(stream) {
        __touch(stream);
        return typeof stream._sent100 === "boolean" && isOutgoingMessage(stream);
      }
      function isServerRequest(stream) {
        var _a;
        __touch(stream);
        return typeof stream._consuming === "boolean" && typeof stream._dumped === "boolean" && ((_a = stream.req) === null || _a === void 0 ? void 0 : _a.upgradeOrConnect) === void 0;
      }
      function willEmitClose(stream) {
        __touch(stream);
        if (!isNodeStream(stream))
          return null;
        const wState = stream._writableState;
        const rState = stream._readableState;
        const state = wState || rState;
        return !state && isServerResponse(stream) || !!(state && state.autoDestroy && state.emitClose && state.closed === false);
      }
      function isDisturbed(stream) {
        var _a;
        __touch(stream);
        return !!(stream && ((_a = stream[kIsDisturbed]) !== null && _a !== void 0 ? _a : stream.readableDidRead || stream.readableAborted));
      }
      function isErrored(stream) {
        var _a, _b, _c, _d, _e, _f, _g, _h, _j, _k;
        __touch(stream);
        return !!(stream && ((_j = (_g = (_e = (_c = (_b = (_a = stream[kIsErrored]) !== null && _a !== void 0 ? _a : stream.readableErrored) !== null && _b !== void 0 ? _b : stream.writableErrored) !== null && _c !== void 0 ? _c : (_d = stream._readableState) === null || _d === void 0 ? void 0 : _d.errorEmitted) !== null && _e !== void 0 ? _e : (_f = stream._writableState) === null || _f === void 0 ? void 0 : _f.errorEmitted) !== null && _g !== void 0 ? _g : (_h = stream._readableState) === null || _h === void 0 ? void 0 : _h.errored) !== null && _j !== void 0 ? _j : (_k = stream._writableState) === null || _k === void 0 ? void 0 : _k.errored));
      }
      module.exports = {
        kOnConstructed,
        isDestroyed,
        kIsDestroyed,
        isDisturbed,
        kIsDisturbed,
        isErrored,
        kIsErrored,
        isReadable,
        kIsReadable,
        kIsClosedPromise,
        kControllerErrorFunction,
        kIsWritable,
        isClosed,
        isDuplexNodeStream,
        isFinished,
        isIterable: isIterable2,
        isReadableNodeStream,
        isReadableStream,
        isReadableEnded,
        isReadableFinished,
        isReadableErrored,
        isNodeStream,
        isWebStream,
        isWritable,
        isWritableNodeStream,
        isWritableStream,
        isWritableEnded,
        isWritableFinished,
        isWritableErrored,
        isServerRequest,
        isServerResponse,
        willEmitClose,
        isTransformStream,
        kState,
        kObjectMode,
        kErrorEmitted,
        kAutoDestroy,
        kEmitClose,
        kDestroyed,
        kClosed,
        kCloseEmitted,
        kErrored,
        kConstructed
      };
    },
    "internal/streams/writable": function(module, exports, require2) {
      "use strict";
      const { ArrayPrototypeSlice, Error: Error2, FunctionPrototypeSymbolHasInstance, ObjectDefineProperty, ObjectDefineProperties, ObjectSetPrototypeOf, Promise: Promise2, StringPrototypeToLowerCase, Symbol: Symbol2, SymbolHasInstance } = primordials;
      module.exports = Writable;
      Writable.WritableState = WritableState;
      const EE = require2("events");
      const Stream = require2("internal/streams/legacy").Stream;
      const { Buffer } = require2("buffer");
      const destroyImpl = require2("internal/streams/destroy");
      const eos = require2("internal/streams/end-of-stream");
      const { SymbolAsyncDispose } = require2("internal/util");
      const { addAbortSignal } = require2("internal/streams/add-abort-signal");
      const { getHighWaterMark, getDefaultHighWaterMark } = require2("internal/streams/state");
      const { AbortError, codes: { ERR_INVALID_ARG_TYPE, ERR_METHOD_NOT_IMPLEMENTED, ERR_MULTIPLE_CALLBACK, ERR_STREAM_ALREADY_FINISHED, ERR_STREAM_CANNOT_PIPE, ERR_STREAM_DESTROYED, ERR_STREAM_NULL_VALUES, ERR_STREAM_WRITE_AFTER_END, ERR_UNKNOWN_ENCODING } } = require2("internal/errors");
      const { kState, kObjectMode, kErrorEmitted, kAutoDestroy, kEmitClose, kDestroyed, kClosed, kCloseEmitted, kErrored, kConstructed, kOnConstructed } = require2("internal/streams/utils");
      const { errorOrDestroy } = destroyImpl;
      ObjectSetPrototypeOf(Writable.prototype, Stream.prototype);
      ObjectSetPrototypeOf(Writable, Stream);
      function nop() {
      }
      const kOnFinishedValue = Symbol2("kOnFinishedValue");
      const kErroredValue = Symbol2("kErroredValue");
      const kDefaultEncodingValue = Symbol2("kDefaultEncodingValue");
      const kWriteCbValue = Symbol2("kWriteCbValue");
      const kAfterWriteTickInfoValue = Symbol2("kAfterWriteTickInfoValue");
      const kBufferedValue = Symbol2("kBufferedValue");
      const kSync = 1 << 9;
      const kFinalCalled = 1 << 10;
      const kNeedDrain = 1 << 11;
      const kEnding = 1 << 12;
      const kFinished = 1 << 13;
      const kDecodeStrings = 1 << 14;
      const kWriting = 1 << 15;
      const kBufferProcessing = 1 << 16;
      const kPrefinished = 1 << 17;
      const kAllBuffers = 1 << 18;
      const kAllNoop = 1 << 19;
      const kOnFinished = 1 << 20;
      const kHasWritable = 1 << 21;
      const kWritable = 1 << 22;
      const kCorked = 1 << 23;
      const kDefaultUTF8Encoding = 1 << 24;
      const kWriteCb = 1 << 25;
      const kExpectWriteCb = 1 << 26;
      const kAfterWriteTickInfo = 1 << 27;
      const kAfterWritePending = 1 << 28;
      const kBuffered = 1 << 29;
      const kEnded = 1 << 30;
      function makeBitMapDescriptor(bit) {
        return {
          enumerable: false,
          get() {
            __touch(this);
            return (this[kState] & bit) !== 0;
          },
          set(value) {
            __touch(this);
            if (value)
              this[kState] |= bit;
            else
              this[kState] &= ~bit;
          }
        };
      }
      ObjectDefineProperties(WritableState.prototype, {
        objectMode: makeBitMapDescriptor(kObjectMode),
        finalCalled: makeBitMapDescriptor(kFinalCalled),
        needDrain: makeBitMapDescriptor(kNeedDrain),
        ending: makeBitMapDescriptor(kEnding),
        ended: makeBitMapDescriptor(kEnded),
        finished: makeBitMapDescriptor(kFinished),
        destroyed: makeBitMapDescriptor(kDestroyed),
        decodeStrings: makeBitMapDescriptor(kDecodeStrings),
        writing: makeBitMapDescriptor(kWriting),
        sync: makeBitMapDescriptor(kSync),
        bufferProcessing: makeBitMapDescriptor(kBufferProcessing),
        constructed: makeBitMapDescriptor(kConstructed),
        prefinished: makeBitMapDescriptor(kPrefinished),
        errorEmitted: makeBitMapDescriptor(kErrorEmitted),
        emitClose: makeBitMapDescriptor(kEmitClose),
        autoDestroy: makeBitMapDescriptor(kAutoDestroy),
        closed: makeBitMapDescriptor(kClosed),
        closeEmitted: makeBitMapDescriptor(kCloseEmitted),
        allBuffers: makeBitMapDescriptor(kAllBuffers),
        allNoop: makeBitMapDescriptor(kAllNoop),
        errored: {
          __proto__: null,
          enumerable: false,
          get() {
            __touch(this);
            return (this[kState] & kErrored) !== 0 ? this[kErroredValue] : null;
          },
          set(value) {
            __touch(this);
            if (value) {
              this[kErroredValue] = value;
              this[kState] |= kErrored;
            } else {
              this[kState] &= ~kErrored;
            }
          }
        },
        writable: {
          __proto__: null,
          enumerable: false,
          get() {
            __touch(this);
            return (this[kState] & kHasWritable) !== 0 ? (this[kState] & kWritable) !== 0 : void 0;
          },
          set(value) {
            __touch(this);
            if (value == null) {
              this[kState] &= ~(kHasWritable | kWritable);
            } else if (value) {
              this[kState] |= kHasWritable | kWritable;
            } else {
              this[kState] |= kHasWritable;
              this[kState] &= ~kWritable;
            }
          }
        },
        defaultEncoding: {
          __proto__: null,
          enumerable: false,
          get() {
            __touch(this);
            return (this[kState] & kDefaultUTF8Encoding) !== 0 ? "utf8" : this[kDefaultEncodingValue];
          },
          set(value) {
            __touch(this);
            if (value === "utf8" || value === "utf-8") {
              this[kState] |= kDefaultUTF8Encoding;
            } else {
              this[kState] &= ~kDefaultUTF8Encoding;
              this[kDefaultEncodingValue] = value;
            }
          }
        },
        writecb: {
          __proto__: null,
          enumerable: false,
          get() {
            __touch(this);
            return (this[kState] & kWriteCb) !== 0 ? this[kWriteCbValue] : nop;
          },
          set(value) {
            __touch(this);
            this[kWriteCbValue] = value;
            if (value) {
              this[kState] |= kWriteCb;
            } else {
              this[kState] &= ~kWriteCb;
            }
          }
        },
        afterWriteTickInfo: {
          __proto__: null,
          enumerable: false,
          get() {
            __touch(this);
            return (this[kState] & kAfterWriteTickInfo) !== 0 ? this[kAfterWriteTickInfoValue] : null;
          },
          set(value) {
            __touch(this);
            this[kAfterWriteTickInfoValue] = value;
            if (value) {
              this[kState] |= kAfterWriteTickInfo;
            } else {
              this[kState] &= ~kAfterWriteTickInfo;
            }
          }
        },
        buffered: {
          __proto__: null,
          enumerable: false,
          get() {
            __touch(this);
            return (this[kState] & kBuffered) !== 0 ? this[kBufferedValue] : [];
          },
          set(value) {
            __touch(this);
            this[kBufferedValue] = value;
            if (value) {
              this[kState] |= kBuffered;
            } else {
              this[kState] &= ~kBuffered;
            }
          }
        }
      });
      function WritableState(options, stream, isDuplex) {
        __touch(stream);
        __touch(this);
        this[kState] = kSync | kConstructed | kEmitClose | kAutoDestroy;
        if (options && options.objectMode)
          this[kState] |= kObjectMode;
        if (isDuplex && options && options.writableObjectMode)
          this[kState] |= kObjectMode;
        this.highWaterMark = options ? getHighWaterMark(this, options, "writableHighWaterMark", isDuplex) : getDefaultHighWaterMark(false);
        if (!options || options.decodeStrings !== false)
          this[kState] |= kDecodeStrings;
        if (options && options.emitClose === false)
          this[kState] &= ~kEmitClose;
        if (options && options.autoDestroy === false)
          this[kState] &= ~kAutoDestroy;
        const defaultEncoding = options ? options.defaultEncoding : null;
        if (defaultEncoding == null || defaultEncoding === "utf8" || defaultEncoding === "utf-8") {
          this[kState] |= kDefaultUTF8Encoding;
        } else if (Buffer.isEncoding(defaultEncoding)) {
          this[kState] &= ~kDefaultUTF8Encoding;
          this[kDefaultEncodingValue] = defaultEncoding;
        } else {
          throw new ERR_UNKNOWN_ENCODING(defaultEncoding);
        }
        this.length = 0;
        this.corked = 0;
        this.onwrite = onwrite.bind(void 0, stream);
        this.writelen = 0;
        resetBuffer(this);
        this.pendingcb = 0;
      }
      function resetBuffer(state) {
        state[kBufferedValue] = null;
        state.bufferedIndex = 0;
        state[kState] |= kAllBuffers | kAllNoop;
        state[kState] &= ~kBuffered;
      }
      WritableState.prototype.getBuffer = function getBuffer() {
        __touch(this);
        return (this[kState] & kBuffered) === 0 ? [] : ArrayPrototypeSlice(this.buffered, this.bufferedIndex);
      };
      ObjectDefineProperty(WritableState.prototype, "bufferedRequestCount", {
        __proto__: null,
        get() {
          __touch(this);
          return (this[kState] & kBuffered) === 0 ? 0 : this[kBufferedValue].length - this.bufferedIndex;
        }
      });
      WritableState.prototype[kOnConstructed] = function onConstructed(stream) {
        __touch(stream);
        __touch(this);
        if ((this[kState] & kWriting) === 0) {
          clearBuffer(stream, this);
        }
        if ((this[kState] & kEnding) !== 0) {
          finishMaybe(stream, this);
        }
      };
      function Writable(options) {
        var _a;
        __touch(this);
        if (!(this instanceof Writable))
          return new Writable(options);
        (_a = this._events) !== null && _a !== void 0 ? _a : this._events = {
          close: void 0,
          error: void 0,
          prefinish: void 0,
          finish: void 0,
          drain: void 0
        };
        this._writableState = new WritableState(options, this, false);
        if (options) {
          if (typeof options.write === "function")
            this._write = options.write;
          if (typeof options.writev === "function")
            this._writev = options.writev;
          if (typeof options.destroy === "function")
            this._destroy = options.destroy;
          if (typeof options.final === "function")
            this._final = options.final;
          if (typeof options.construct === "function")
            this._construct = options.construct;
          if (options.signal)
            addAbortSignal(options.signal, this);
        }
        Stream.call(this, options);
        if (this._construct != null) {
          destroyImpl.construct(this, () => {
            __touch(this);
            this._writableState[kOnConstructed](this);
          });
        }
      }
      ObjectDefineProperty(Writable, SymbolHasInstance, {
        __proto__: null,
        value: function(object) {
          __touch(this);
          if (FunctionPrototypeSymbolHasInstance(this, object))
            return true;
          if (this !== Writable)
            return false;
          return object && object._writableState instanceof WritableState;
        }
      });
      Writable.prototype.pipe = function() {
        __touch(this);
        errorOrDestroy(this, new ERR_STREAM_CANNOT_PIPE());
      };
      function _write(stream, chunk, encoding, cb) {
        __touch(stream);
        const state = stream._writableState;
        if (cb == null || typeof cb !== "function") {
          cb = nop;
        }
        if (chunk === null) {
          throw new ERR_STREAM_NULL_VALUES();
        }
        if ((state[kState] & kObjectMode) === 0) {
          if (!encoding) {
            encoding = (state[kState] & kDefaultUTF8Encoding) !== 0 ? "utf8" : state.defaultEncoding;
          } else if (encoding !== "buffer" && !Buffer.isEncoding(encoding)) {
            throw new ERR_UNKNOWN_ENCODING(encoding);
          }
          if (typeof chunk === "string") {
            if ((state[kState] & kDecodeStrings) !== 0) {
              chunk = Buffer.from(chunk, encoding);
              encoding = "buffer";
            }
          } else if (chunk instanceof Buffer) {
            encoding = "buffer";
          } else if (Stream._isArrayBufferView(chunk)) {
            chunk = Stream._uint8ArrayToBuffer(chunk);
            encoding = "buffer";
          } else {
            throw new ERR_INVALID_ARG_TYPE("chunk", ["string", "Buffer", "TypedArray", "DataView"], chunk);
          }
        }
        let err;
        if ((state[kState] & kEnding) !== 0) {
          err = new ERR_STREAM_WRITE_AFTER_END();
        } else if ((state[kState] & kDestroyed) !== 0) {
          err = new ERR_STREAM_DESTROYED("write");
        }
        if (err) {
          process2.nextTick(cb, err);
          errorOrDestroy(stream, err, true);
          return err;
        }
        state.pendingcb++;
        return writeOrBuffer(stream, state, chunk, encoding, cb);
      }
      Writable.prototype.write = function(chunk, encoding, cb) {
        __touch(this);
        if (encoding != null && typeof encoding === "function") {
          cb = encoding;
          encoding = null;
        }
        return _write(this, chunk, encoding, cb) === true;
      };
      Writable.prototype.cork = function() {
        __touch(this);
        const state = this._writableState;
        state[kState] |= kCorked;
        state.corked++;
      };
      Writable.prototype.uncork = function() {
        __touch(this);
        const state = this._writableState;
        if (state.corked) {
          state.corked--;
          if (!state.corked) {
            state[kState] &= ~kCorked;
          }
          if ((state[kState] & kWriting) === 0)
            clearBuffer(this, state);
        }
      };
      Writable.prototype.setDefaultEncoding = function setDefaultEncoding(encoding) {
        __touch(this);
        if (typeof encoding === "string")
          encoding = StringPrototypeToLowerCase(encoding);
        if (!Buffer.isEncoding(encoding))
          throw new ERR_UNKNOWN_ENCODING(encoding);
        this._writableState.defaultEncoding = encoding;
        return this;
      };
      function writeOrBuffer(stream, state, chunk, encoding, callback) {
        __touch(stream);
        const len = (state[kState] & kObjectMode) !== 0 ? 1 : chunk.length;
        state.length += len;
        if ((state[kState] & (kWriting | kErrored | kCorked | kConstructed)) !== kConstructed) {
          if ((state[kState] & kBuffered) === 0) {
            state[kState] |= kBuffered;
            state[kBufferedValue] = [];
          }
          state[kBufferedValue].push({ chunk, encoding, callback });
          if ((state[kState] & kAllBuffers) !== 0 && encoding !== "buffer") {
            state[kState] &= ~kAllBuffers;
          }
          if ((state[kState] & kAllNoop) !== 0 && callback !== nop) {
            state[kState] &= ~kAllNoop;
          }
        } else {
          state.writelen = len;
          if (callback !== nop) {
            state.writecb = callback;
          }
          state[kState] |= kWriting | kSync | kExpectWriteCb;
          stream._write(chunk, encoding, state.onwrite);
          state[kState] &= ~kSync;
        }
        const ret = state.length < state.highWaterMark || state.length === 0;
        if (!ret) {
          state[kState] |= kNeedDrain;
        }
        return ret && (state[kState] & (kDestroyed | kErrored)) === 0;
      }
      function doWrite(stream, state, writev, len, chunk, encoding, cb) {
        __touch(stream);
        state.writelen = len;
        if (cb !== nop) {
          state.writecb = cb;
        }
        state[kState] |= kWriting | kSync | kExpectWriteCb;
        if ((state[kState] & kDestroyed) !== 0)
          state.onwrite(new ERR_STREAM_DESTROYED("write"));
        else if (writev)
          stream._writev(chunk, state.onwrite);
        else
          stream._write(chunk, encoding, state.onwrite);
        state[kState] &= ~kSync;
      }
      function onwriteError(stream, state, er, cb) {
        __touch(stream);
        --state.pendingcb;
        cb(er);
        errorBuffer(state);
        errorOrDestroy(stream, er);
      }
      function onwrite(stream, er) {
        __touch(stream);
        const state = stream._writableState;
        if ((state[kState] & kExpectWriteCb) === 0) {
          errorOrDestroy(stream, new ERR_MULTIPLE_CALLBACK());
          return;
        }
        const sync = (state[kState] & kSync) !== 0;
        const cb = (state[kState] & kWriteCb) !== 0 ? state[kWriteCbValue] : nop;
        state.writecb = null;
        state[kState] &= ~(kWriting | kExpectWriteCb);
        state.length -= state.writelen;
        state.writelen = 0;
        if (er) {
          er.stack;
          if ((state[kState] & kErrored) === 0) {
            state[kErroredValue] = er;
            state[kState] |= kErrored;
          }
          if (stream._readableState && !stream._readableState.errored) {
            stream._readableState.errored = er;
          }
          if (sync) {
            process2.nextTick(onwriteError, stream, state, er, cb);
          } else {
            onwriteError(stream, state, er, cb);
          }
        } else {
          if ((state[kState] & kBuffered) !== 0) {
            clearBuffer(stream, state);
          }
          if (sync) {
            const needDrain = (state[kState] & kNeedDrain) !== 0 && state.length === 0;
            const needTick = needDrain || state[kState] & kDestroyed !== 0 || cb !== nop;
            if (cb === nop) {
              if ((state[kState] & kAfterWritePending) === 0 && needTick) {
                process2.nextTick(afterWrite, stream, state, 1, cb);
                state[kState] |= kAfterWritePending;
              } else {
                state.pendingcb--;
                if ((state[kState] & kEnding) !== 0) {
                  finishMaybe(stream, state, true);
                }
              }
            } else if ((state[kState] & kAfterWriteTickInfo) !== 0 && state[kAfterWriteTickInfoValue].cb === cb) {
              state[kAfterWriteTickInfoValue].count++;
            } else if (needTick) {
              state[kAfterWriteTickInfoValue] = { count: 1, cb, stream, state };
              process2.nextTick(afterWriteTick, state[kAfterWriteTickInfoValue]);
              state[kState] |= kAfterWritePending | kAfterWriteTickInfo;
            } else {
              state.pendingcb--;
              if ((state[kState] & kEnding) !== 0) {
                finishMaybe(stream, state, true);
              }
            }
          } else {
            afterWrite(stream, state, 1, cb);
          }
        }
      }
      function afterWriteTick({ stream, state, count, cb }) {
        __touch(stream);
        state[kState] &= ~kAfterWriteTickInfo;
        state[kAfterWriteTickInfoValue] = null;
        return afterWrite(stream, state, count, cb);
      }
      function afterWrite(stream, state, count, cb) {
        __touch(stream);
        state[kState] &= ~kAfterWritePending;
        const needDrain = (state[kState] & (kEnding | kNeedDrain | kDestroyed)) === kNeedDrain && state.length === 0;
        if (needDrain) {
          state[kState] &= ~kNeedDrain;
          stream.emit("drain");
        }
        while (count-- > 0) {
          state.pendingcb--;
          cb(null);
        }
        if ((state[kState] & kDestroyed) !== 0) {
          errorBuffer(state);
        }
        if ((state[kState] & kEnding) !== 0) {
          finishMaybe(stream, state, true);
        }
      }
      function errorBuffer(state) {
        var _a, _b;
        if ((state[kState] & kWriting) !== 0) {
          return;
        }
        if ((state[kState] & kBuffered) !== 0) {
          for (let n = state.bufferedIndex; n < state.buffered.length; ++n) {
            const { chunk, callback } = state[kBufferedValue][n];
            const len = (state[kState] & kObjectMode) !== 0 ? 1 : chunk.length;
            state.length -= len;
            callback((_a = state.errored) !== null && _a !== void 0 ? _a : new ERR_STREAM_DESTROYED("write"));
          }
        }
        callFinishedCallbacks(state, (_b = state.errored) !== null && _b !== void 0 ? _b : new ERR_STREAM_DESTROYED("end"));
        resetBuffer(state);
      }
      function clearBuffer(stream, state) {
        __touch(stream);
        if ((state[kState] & (kDestroyed | kBufferProcessing | kCorked | kBuffered | kConstructed)) !== (kBuffered | kConstructed)) {
          return;
        }
        const objectMode = (state[kState] & kObjectMode) !== 0;
        const { [kBufferedValue]: buffered, bufferedIndex } = state;
        const bufferedLength = buffered.length - bufferedIndex;
        if (!bufferedLength) {
          return;
        }
        let i = bufferedIndex;
        state[kState] |= kBufferProcessing;
        if (bufferedLength > 1 && stream._writev) {
          state.pendingcb -= bufferedLength - 1;
          const callback = (state[kState] & kAllNoop) !== 0 ? nop : (err) => {
            for (let n = i; n < buffered.length; ++n) {
              buffered[n].callback(err);
            }
          };
          const chunks = (state[kState] & kAllNoop) !== 0 && i === 0 ? buffered : ArrayPrototypeSlice(buffered, i);
          chunks.allBuffers = (state[kState] & kAllBuffers) !== 0;
          doWrite(stream, state, true, state.length, chunks, "", callback);
          resetBuffer(state);
        } else {
          do {
            const { chunk, encoding, callback } = buffered[i];
            buffered[i++] = null;
            const len = objectMode ? 1 : chunk.length;
            doWrite(stream, state, false, len, chunk, encoding, callback);
          } while (i < buffered.length && (state[kState] & kWriting) === 0);
          if (i === buffered.length) {
            resetBuffer(state);
          } else if (i > 256) {
            buffered.splice(0, i);
            state.bufferedIndex = 0;
          } else {
            state.bufferedIndex = i;
          }
        }
        state[kState] &= ~kBufferProcessing;
      }
      Writable.prototype._write = function(chunk, encoding, cb) {
        __touch(this);
        if (this._writev) {
          this._writev([{ chunk, encoding }], cb);
        } else {
          throw new ERR_METHOD_NOT_IMPLEMENTED("_write()");
        }
      };
      Writable.prototype._writev = null;
      Writable.prototype.end = function(chunk, encoding, cb) {
        var _a;
        __touch(this);
        const state = this._writableState;
        if (typeof chunk === "function") {
          cb = chunk;
          chunk = null;
          encoding = null;
        } else if (typeof encoding === "function") {
          cb = encoding;
          encoding = null;
        }
        let err;
        if (chunk != null) {
          const ret = _write(this, chunk, encoding);
          if (ret instanceof Error2) {
            err = ret;
          }
        }
        if ((state[kState] & kCorked) !== 0) {
          state.corked = 1;
          this.uncork();
        }
        if (err) {
        } else if ((state[kState] & (kEnding | kErrored)) === 0) {
          state[kState] |= kEnding;
          finishMaybe(this, state, true);
          state[kState] |= kEnded;
        } else if ((state[kState] & kFinished) !== 0) {
          err = new ERR_STREAM_ALREADY_FINISHED("end");
        } else if ((state[kState] & kDestroyed) !== 0) {
          err = new ERR_STREAM_DESTROYED("end");
        }
        if (typeof cb === "function") {
          if (err) {
            process2.nextTick(cb, err);
          } else if ((state[kState] & kErrored) !== 0) {
            process2.nextTick(cb, state[kErroredValue]);
          } else if ((state[kState] & kFinished) !== 0) {
            process2.nextTick(cb, null);
          } else {
            state[kState] |= kOnFinished;
            (_a = state[kOnFinishedValue]) !== null && _a !== void 0 ? _a : state[kOnFinishedValue] = [];
            state[kOnFinishedValue].push(cb);
          }
        }
        return this;
      };
      function needFinish(state) {
        return (state[kState] & (kEnding | kDestroyed | kConstructed | kFinished | kWriting | kErrorEmitted | kCloseEmitted | kErrored | kBuffered)) === (kEnding | kConstructed) && state.length === 0;
      }
      function onFinish(stream, state, err) {
        __touch(stream);
        if ((state[kState] & kPrefinished) !== 0) {
          errorOrDestroy(stream, err !== null && err !== void 0 ? err : new ERR_MULTIPLE_CALLBACK());
          return;
        }
        state.pendingcb--;
        if (err) {
          callFinishedCallbacks(state, err);
          errorOrDestroy(stream, err, (state[kState] & kSync) !== 0);
        } else if (needFinish(state)) {
          state[kState] |= kPrefinished;
          stream.emit("prefinish");
          state.pendingcb++;
          process2.nextTick(finish, stream, state);
        }
      }
      function prefinish(stream, state) {
        __touch(stream);
        if ((state[kState] & (kPrefinished | kFinalCalled)) !== 0) {
          return;
        }
        if (typeof stream._final === "function" && (state[kState] & kDestroyed) === 0) {
          state[kState] |= kFinalCalled | kSync;
          state.pendingcb++;
          try {
            stream._final((err) => {
              __touch(stream);
              return onFinish(stream, state, err);
            });
          } catch (err) {
            __caught(err);
            onFinish(stream, state, err);
          }
          state[kState] &= ~kSync;
        } else {
          state[kState] |= kFinalCalled | kPrefinished;
          stream.emit("prefinish");
        }
      }
      function finishMaybe(stream, state, sync) {
        __touch(stream);
        if (needFinish(state)) {
          prefinish(stream, state);
          if (state.pendingcb === 0) {
            if (sync) {
              state.pendingcb++;
              process2.nextTick((stream2, state2) => {
                __touch(stream2);
                if (needFinish(state2)) {
                  finish(stream2, state2);
                } else {
                  state2.pendingcb--;
                }
              }, stream, state);
            } else if (needFinish(state)) {
              state.pendingcb++;
              finish(stream, state);
            }
          }
        }
      }
      function finish(stream, state) {
        __touch(stream);
        state.pendingcb--;
        state[kState] |= kFinished;
        callFinishedCallbacks(state, null);
        stream.emit("finish");
        if ((state[kState] & kAutoDestroy) !== 0) {
          const rState = stream._readableState;
          const autoDestroy = !rState || rState.autoDestroy && (rState.endEmitted || rState.readable === false);
          if (autoDestroy) {
            stream.destroy();
          }
        }
      }
      function callFinishedCallbacks(state, err) {
        if ((state[kState] & kOnFinished) === 0) {
          return;
        }
        const onfinishCallbacks = state[kOnFinishedValue];
        state[kOnFinishedValue] = null;
        state[kState] &= ~kOnFinished;
        for (let i = 0; i < onfinishCallbacks.length; i++) {
          onfinishCallbacks[i](err);
        }
      }
      ObjectDefineProperties(Writable.prototype, {
        closed: {
          __proto__: null,
          get() {
            __touch(this);
            return this._writableState ? (this._writableState[kState] & kClosed) !== 0 : false;
          }
        },
        destroyed: {
          __proto__: null,
          get() {
            __touch(this);
            return this._writableState ? (this._writableState[kState] & kDestroyed) !== 0 : false;
          },
          set(value) {
            __touch(this);
            if (!this._writableState)
              return;
            if (value)
              this._writableState[kState] |= kDestroyed;
            else
              this._writableState[kState] &= ~kDestroyed;
          }
        },
        writable: {
          __proto__: null,
          get() {
            __touch(this);
            const w = this._writableState;
            return !!w && w.writable !== false && (w[kState] & (kEnding | kEnded | kDestroyed | kErrored)) === 0;
          },
          set(val) {
            __touch(this);
            if (this._writableState) {
              this._writableState.writable = !!val;
            }
          }
        },
        writableFinished: {
          __proto__: null,
          get() {
            __touch(this);
            const state = this._writableState;
            return state ? (state[kState] & kFinished) !== 0 : false;
          }
        },
        writableObjectMode: {
          __proto__: null,
          get() {
            __touch(this);
            const state = this._writableState;
            return state ? (state[kState] & kObjectMode) !== 0 : false;
          }
        },
        writableBuffer: {
          __proto__: null,
          get() {
            __touch(this);
            const state = this._writableState;
            return state && state.getBuffer();
          }
        },
        writableEnded: {
          __proto__: null,
          get() {
            __touch(this);
            const state = this._writableState;
            return state ? (state[kState] & kEnding) !== 0 : false;
          }
        },
        writableNeedDrain: {
          __proto__: null,
          get() {
            __touch(this);
            const state = this._writableState;
            return state ? (state[kState] & (kDestroyed | kEnding | kNeedDrain)) === kNeedDrain : false;
          }
        },
        writableHighWaterMark: {
          __proto__: null,
          get() {
            __touch(this);
            const state = this._writableState;
            return state && state.highWaterMark;
          }
        },
        writableCorked: {
          __proto__: null,
          get() {
            __touch(this);
            const state = this._writableState;
            return state ? state.corked : 0;
          }
        },
        writableLength: {
          __proto__: null,
          get() {
            __touch(this);
            const state = this._writableState;
            return state && state.length;
          }
        },
        errored: {
          __proto__: null,
          enumerable: false,
          get() {
            __touch(this);
            const state = this._writableState;
            return state ? state.errored : null;
          }
        },
        writableAborted: {
          __proto__: null,
          get: function() {
            __touch(this);
            const state = this._writableState;
            return (state[kState] & (kHasWritable | kWritable)) !== kHasWritable && (state[kState] & (kDestroyed | kErrored)) !== 0 && (state[kState] & kFinished) === 0;
          }
        }
      });
      const destroy = destroyImpl.destroy;
      Writable.prototype.destroy = function(err, cb) {
        __touch(this);
        const state = this._writableState;
        if ((state[kState] & (kBuffered | kOnFinished)) !== 0 && (state[kState] & kDestroyed) === 0) {
          process2.nextTick(errorBuffer, state);
        }
        destroy.call(this, err, cb);
        return this;
      };
      Writable.prototype._undestroy = destroyImpl.undestroy;
      Writable.prototype._destroy = function(err, cb) {
        cb(err);
      };
      Writable.prototype[EE.captureRejectionSymbol] = function(err) {
        __touch(this);
        this.destroy(err);
      };
      let webStreamsAdapters;
      function lazyWebStreams() {
        if (webStreamsAdapters === void 0)
          webStreamsAdapters = require2("internal/webstreams/adapters");
        return webStreamsAdapters;
      }
      Writable.fromWeb = function(writableStream, options) {
        return lazyWebStreams().newStreamWritableFromWritableStream(writableStream, options);
      };
      Writable.toWeb = function(streamWritable) {
        return lazyWebStreams().newWritableStreamFromStreamWritable(streamWritable);
      };
      Writable.prototype[SymbolAsyncDispose] = function() {
        __touch(this);
        let error;
        if (!this.destroyed) {
          error = this.writableFinished ? null : new AbortError();
          this.destroy(error);
        }
        return new Promise2((resolve, reject) => {
          __touch(this);
          return eos(this, (err) => err && err.name !== "AbortError" ? reject(err) : resolve(null));
        });
      };
    },
    "internal/util/comparisons": function(module, exports, require2) {
      "use strict";
      const { ArrayIsArray, ArrayPrototypeFilter, ArrayPrototypePush, BigIntPrototypeValueOf, BooleanPrototypeValueOf, DatePrototypeGetTime, Error: Error2, NumberIsNaN, NumberPrototypeValueOf, ObjectGetOwnPropertySymbols, ObjectGetPrototypeOf, ObjectIs, ObjectKeys, ObjectPrototypeHasOwnProperty, ObjectPrototypePropertyIsEnumerable, ObjectPrototypeToString, SafeSet, StringPrototypeValueOf, SymbolPrototypeValueOf, TypedArrayPrototypeGetSymbolToStringTag, TypedArrayPrototypeGetByteLength, Uint8Array: Uint8Array2 } = primordials;
      const { compare: compare2 } = internalBinding("buffer");
      const assert = require2("internal/assert");
      const { isURL } = require2("internal/url");
      const types2 = require2("internal/util/types");
      const { isAnyArrayBuffer, isArrayBufferView, isDate, isMap, isRegExp, isSet, isNativeError, isBoxedPrimitive, isNumberObject, isStringObject, isBooleanObject, isBigIntObject, isSymbolObject, isFloat32Array, isFloat64Array, isKeyObject, isCryptoKey } = types2;
      const { constants: { ONLY_ENUMERABLE, SKIP_SYMBOLS }, getOwnNonIndexProperties } = internalBinding("util");
      const kStrict = true;
      const kLoose = false;
      const kNoIterator = 0;
      const kIsArray = 1;
      const kIsSet = 2;
      const kIsMap = 3;
      let kKeyObject;
      function areSimilarRegExps(a, b) {
        return a.source === b.source && a.flags === b.flags && a.lastIndex === b.lastIndex;
      }
      function areSimilarFloatArrays(a, b) {
        if (a.byteLength !== b.byteLength) {
          return false;
        }
        const len = TypedArrayPrototypeGetByteLength(a);
        for (let offset = 0; offset < len; offset++) {
          if (a[offset] !== b[offset]) {
            return false;
          }
        }
        return true;
      }
      function areSimilarTypedArrays(a, b) {
        if (a.byteLength !== b.byteLength) {
          return false;
        }
        return compare2(new Uint8Array2(a.buffer, a.byteOffset, a.byteLength), new Uint8Array2(b.buffer, b.byteOffset, b.byteLength)) === 0;
      }
      function areEqualArrayBuffers(buf1, buf2) {
        return buf1.byteLength === buf2.byteLength && compare2(new Uint8Array2(buf1), new Uint8Array2(buf2)) === 0;
      }
      function isEqualBoxedPrimitive(val1, val2) {
        if (isNumberObject(val1)) {
          return isNumberObject(val2) && ObjectIs(NumberPrototypeValueOf(val1), NumberPrototypeValueOf(val2));
        }
        if (isStringObject(val1)) {
          return isStringObject(val2) && StringPrototypeValueOf(val1) === StringPrototypeValueOf(val2);
        }
        if (isBooleanObject(val1)) {
          return isBooleanObject(val2) && BooleanPrototypeValueOf(val1) === BooleanPrototypeValueOf(val2);
        }
        if (isBigIntObject(val1)) {
          return isBigIntObject(val2) && BigIntPrototypeValueOf(val1) === BigIntPrototypeValueOf(val2);
        }
        if (isSymbolObject(val1)) {
          return isSymbolObject(val2) && SymbolPrototypeValueOf(val1) === SymbolPrototypeValueOf(val2);
        }
        assert.fail(`Unknown boxed type ${val1}`);
      }
      function innerDeepEqual(val1, val2, strict2, memos) {
        if (val1 === val2) {
          return val1 !== 0 || ObjectIs(val1, val2) || !strict2;
        }
        if (strict2) {
          if (typeof val1 === "number") {
            return NumberIsNaN(val1) && NumberIsNaN(val2);
          }
          if (typeof val2 !== "object" || typeof val1 !== "object" || val1 === null || val2 === null || ObjectGetPrototypeOf(val1) !== ObjectGetPrototypeOf(val2)) {
            return false;
          }
        } else {
          if (val1 === null || typeof val1 !== "object") {
            if (val2 === null || typeof val2 !== "object") {
              return val1 == val2 || NumberIsNaN(val1) && NumberIsNaN(val2);
            }
            return false;
          }
          if (val2 === null || typeof val2 !== "object") {
            return false;
          }
        }
        const val1Tag = ObjectPrototypeToString(val1);
        const val2Tag = ObjectPrototypeToString(val2);
        if (val1Tag !== val2Tag) {
          return false;
        }
        if (ArrayIsArray(val1)) {
          if (!ArrayIsArray(val2) || val1.length !== val2.length) {
            return false;
          }
          const filter = strict2 ? ONLY_ENUMERABLE : ONLY_ENUMERABLE | SKIP_SYMBOLS;
          const keys1 = getOwnNonIndexProperties(val1, filter);
          const keys2 = getOwnNonIndexProperties(val2, filter);
          if (keys1.length !== keys2.length) {
            return false;
          }
          return keyCheck(val1, val2, strict2, memos, kIsArray, keys1);
        } else if (val1Tag === "[object Object]") {
          return keyCheck(val1, val2, strict2, memos, kNoIterator);
        } else if (isDate(val1)) {
          if (!isDate(val2) || DatePrototypeGetTime(val1) !== DatePrototypeGetTime(val2)) {
            return false;
          }
        } else if (isRegExp(val1)) {
          if (!isRegExp(val2) || !areSimilarRegExps(val1, val2)) {
            return false;
          }
        } else if (isArrayBufferView(val1)) {
          if (TypedArrayPrototypeGetSymbolToStringTag(val1) !== TypedArrayPrototypeGetSymbolToStringTag(val2)) {
            return false;
          }
          if (!strict2 && (isFloat32Array(val1) || isFloat64Array(val1))) {
            if (!areSimilarFloatArrays(val1, val2)) {
              return false;
            }
          } else if (!areSimilarTypedArrays(val1, val2)) {
            return false;
          }
          const filter = strict2 ? ONLY_ENUMERABLE : ONLY_ENUMERABLE | SKIP_SYMBOLS;
          const keys1 = getOwnNonIndexProperties(val1, filter);
          const keys2 = getOwnNonIndexProperties(val2, filter);
          if (keys1.length !== keys2.length) {
            return false;
          }
          return keyCheck(val1, val2, strict2, memos, kNoIterator, keys1);
        } else if (isSet(val1)) {
          if (!isSet(val2) || val1.size !== val2.size) {
            return false;
          }
          return keyCheck(val1, val2, strict2, memos, kIsSet);
        } else if (isMap(val1)) {
          if (!isMap(val2) || val1.size !== val2.size) {
            return false;
          }
          return keyCheck(val1, val2, strict2, memos, kIsMap);
        } else if (isAnyArrayBuffer(val1)) {
          if (!isAnyArrayBuffer(val2) || !areEqualArrayBuffers(val1, val2)) {
            return false;
          }
        } else if (isNativeError(val1) || val1 instanceof Error2) {
          if (!isNativeError(val2) && !(val2 instanceof Error2)) {
            return false;
          }
          const message1Enumerable = ObjectPrototypePropertyIsEnumerable(val1, "message");
          const name1Enumerable = ObjectPrototypePropertyIsEnumerable(val1, "name");
          const cause1Enumerable = ObjectPrototypePropertyIsEnumerable(val1, "cause");
          const errors1Enumerable = ObjectPrototypePropertyIsEnumerable(val1, "errors");
          if (message1Enumerable !== ObjectPrototypePropertyIsEnumerable(val2, "message") || !message1Enumerable && val1.message !== val2.message || (name1Enumerable !== ObjectPrototypePropertyIsEnumerable(val2, "name") || !name1Enumerable && val1.name !== val2.name) || (cause1Enumerable !== ObjectPrototypePropertyIsEnumerable(val2, "cause") || !cause1Enumerable && !innerDeepEqual(val1.cause, val2.cause, strict2, memos)) || (errors1Enumerable !== ObjectPrototypePropertyIsEnumerable(val2, "errors") || !errors1Enumerable && !innerDeepEqual(val1.errors, val2.errors, strict2, memos))) {
            return false;
          }
        } else if (isBoxedPrimitive(val1)) {
          if (!isEqualBoxedPrimitive(val1, val2)) {
            return false;
          }
        } else if (ArrayIsArray(val2) || isArrayBufferView(val2) || isSet(val2) || isMap(val2) || isDate(val2) || isRegExp(val2) || isAnyArrayBuffer(val2) || isBoxedPrimitive(val2) || isNativeError(val2) || val2 instanceof Error2) {
          return false;
        } else if (isKeyObject(val1)) {
          if (!isKeyObject(val2) || !val1.equals(val2)) {
            return false;
          }
        } else if (isCryptoKey(val1)) {
          kKeyObject !== null && kKeyObject !== void 0 ? kKeyObject : kKeyObject = require2("internal/crypto/util").kKeyObject;
          if (!isCryptoKey(val2) || val1.extractable !== val2.extractable || !innerDeepEqual(val1.algorithm, val2.algorithm, strict2, memos) || !innerDeepEqual(val1.usages, val2.usages, strict2, memos) || !innerDeepEqual(val1[kKeyObject], val2[kKeyObject], strict2, memos)) {
            return false;
          }
        } else if (isURL(val1)) {
          if (!isURL(val2) || val1.href !== val2.href) {
            return false;
          }
        }
        return keyCheck(val1, val2, strict2, memos, kNoIterator);
      }
      function getEnumerables(val, keys) {
        return ArrayPrototypeFilter(keys, (k) => ObjectPrototypePropertyIsEnumerable(val, k));
      }
      function keyCheck(val1, val2, strict2, memos, iterationType, aKeys) {
        const isArrayLikeObject = aKeys !== void 0;
        if (aKeys === void 0) {
          aKeys = ObjectKeys(val1);
        }
        if (aKeys.length > 0) {
          for (const key of aKeys) {
            if (!ObjectPrototypePropertyIsEnumerable(val2, key)) {
              return false;
            }
          }
        }
        if (!isArrayLikeObject) {
          if (aKeys.length !== ObjectKeys(val2).length) {
            return false;
          }
          if (strict2) {
            const symbolKeysA = ObjectGetOwnPropertySymbols(val1);
            if (symbolKeysA.length !== 0) {
              let count = 0;
              for (const key of symbolKeysA) {
                if (ObjectPrototypePropertyIsEnumerable(val1, key)) {
                  if (!ObjectPrototypePropertyIsEnumerable(val2, key)) {
                    return false;
                  }
                  ArrayPrototypePush(aKeys, key);
                  count++;
                } else if (ObjectPrototypePropertyIsEnumerable(val2, key)) {
                  return false;
                }
              }
              const symbolKeysB = ObjectGetOwnPropertySymbols(val2);
              if (symbolKeysA.length !== symbolKeysB.length && getEnumerables(val2, symbolKeysB).length !== count) {
                return false;
              }
            } else {
              const symbolKeysB = ObjectGetOwnPropertySymbols(val2);
              if (symbolKeysB.length !== 0 && getEnumerables(val2, symbolKeysB).length !== 0) {
                return false;
              }
            }
          }
        }
        if (aKeys.length === 0 && (iterationType === kNoIterator || iterationType === kIsArray && val1.length === 0 || val1.size === 0)) {
          return true;
        }
        if (memos === void 0) {
          memos = {
            set: void 0,
            a: val1,
            b: val2,
            c: void 0,
            d: void 0,
            deep: false,
            deleteFailures: false
          };
          return objEquiv(val1, val2, strict2, aKeys, memos, iterationType);
        }
        if (memos.set === void 0) {
          if (memos.deep === false) {
            if (memos.a === val1) {
              if (memos.b === val2)
                return true;
            }
            memos.c = val1;
            memos.d = val2;
            memos.deep = true;
            const result = objEquiv(val1, val2, strict2, aKeys, memos, iterationType);
            memos.deep = false;
            return result;
          }
          memos.set = new SafeSet();
          memos.set.add(memos.a);
          memos.set.add(memos.b);
          memos.set.add(memos.c);
          memos.set.add(memos.d);
        }
        const { set } = memos;
        const originalSize = set.size;
        set.add(val1);
        set.add(val2);
        if (originalSize === set.size) {
          return true;
        }
        const areEq = objEquiv(val1, val2, strict2, aKeys, memos, iterationType);
        if (areEq || memos.deleteFailures) {
          set.delete(val1);
          set.delete(val2);
        }
        return areEq;
      }
      function setHasEqualElement(set, val2, strict2, memo) {
        const { deleteFailures } = memo;
        memo.deleteFailures = true;
        for (const val1 of set) {
          if (innerDeepEqual(val1, val2, strict2, memo)) {
            set.delete(val1);
            memo.deleteFailures = deleteFailures;
            return true;
          }
        }
        memo.deleteFailures = deleteFailures;
        return false;
      }
      function findLooseMatchingPrimitives(prim) {
        switch (typeof prim) {
          case "undefined":
            return null;
          case "object":
            return void 0;
          case "symbol":
            return false;
          case "string":
            prim = +prim;
          case "number":
            if (NumberIsNaN(prim)) {
              return false;
            }
        }
        return true;
      }
      function setMightHaveLoosePrim(a, b, prim) {
        const altValue = findLooseMatchingPrimitives(prim);
        if (altValue != null)
          return altValue;
        return b.has(altValue) && !a.has(altValue);
      }
      function mapMightHaveLoosePrim(a, b, prim, item, memo) {
        const altValue = findLooseMatchingPrimitives(prim);
        if (altValue != null) {
          return altValue;
        }
        const curB = b.get(altValue);
        if (curB === void 0 && !b.has(altValue) || !innerDeepEqual(item, curB, false, memo)) {
          return false;
        }
        return !a.has(altValue) && innerDeepEqual(item, curB, false, memo);
      }
      function setEquiv(a, b, strict2, memo) {
        let set = null;
        for (const val of a) {
          if (!b.has(val)) {
            if ((typeof val !== "object" || val === null) && (strict2 || !setMightHaveLoosePrim(a, b, val))) {
              return false;
            }
            if (set === null) {
              if (b.size === 1) {
                return innerDeepEqual(val, b.values().next().value, strict2, memo);
              }
              set = new SafeSet();
            }
            set.add(val);
          }
        }
        if (set !== null) {
          for (const val of b) {
            if (typeof val === "object" && val !== null) {
              if (!a.has(val) && !setHasEqualElement(set, val, strict2, memo)) {
                return false;
              }
            } else if (!strict2 && !a.has(val) && !setHasEqualElement(set, val, strict2, memo)) {
              return false;
            }
          }
          return set.size === 0;
        }
        return true;
      }
      function mapHasEqualEntry(set, map, key2, item2, strict2, memo) {
        const { deleteFailures } = memo;
        memo.deleteFailures = true;
        for (const key1 of set) {
          if (innerDeepEqual(key1, key2, strict2, memo) && innerDeepEqual(map.get(key1), item2, strict2, memo)) {
            set.delete(key1);
            memo.deleteFailures = deleteFailures;
            return true;
          }
        }
        memo.deleteFailures = deleteFailures;
        return false;
      }
      function mapEquiv(a, b, strict2, memo) {
        let set = null;
        for (const { 0: key, 1: item1 } of a) {
          if (typeof key === "object" && key !== null) {
            if (set === null) {
              if (b.size === 1) {
                const { 0: key2, 1: item2 } = b.entries().next().value;
                return innerDeepEqual(key, key2, strict2, memo) && innerDeepEqual(item1, item2, strict2, memo);
              }
              set = new SafeSet();
            }
            set.add(key);
          } else {
            const item2 = b.get(key);
            if (item2 === void 0 && !b.has(key) || !innerDeepEqual(item1, item2, strict2, memo)) {
              if (strict2)
                return false;
              if (!mapMightHaveLoosePrim(a, b, key, item1, memo))
                return false;
              if (set === null) {
                set = new SafeSet();
              }
              set.add(key);
            }
          }
        }
        if (set !== null) {
          for (const { 0: key, 1: item } of b) {
            if (typeof key === "object" && key !== null) {
              if (!mapHasEqualEntry(set, a, key, item, strict2, memo))
                return false;
            } else if (!strict2 && (!a.has(key) || !innerDeepEqual(a.get(key), item, strict2, memo)) && !mapHasEqualEntry(set, a, key, item, strict2, memo)) {
              return false;
            }
          }
          return set.size === 0;
        }
        return true;
      }
      function objEquiv(a, b, strict2, keys, memos, iterationType) {
        if (keys.length > 0) {
          for (const key of keys) {
            if (!innerDeepEqual(a[key], b[key], strict2, memos)) {
              return false;
            }
          }
        }
        if (iterationType === kIsArray) {
          for (let i = 0; i < a.length; i++) {
            if (ObjectPrototypeHasOwnProperty(a, i)) {
              if (!ObjectPrototypeHasOwnProperty(b, i) || !innerDeepEqual(a[i], b[i], strict2, memos)) {
                return false;
              }
            } else if (ObjectPrototypeHasOwnProperty(b, i)) {
              return false;
            } else {
              const keysA = ObjectKeys(a);
              for (; i < keysA.length; i++) {
                const key = keysA[i];
                if (!ObjectPrototypeHasOwnProperty(b, key) || !innerDeepEqual(a[key], b[key], strict2, memos)) {
                  return false;
                }
              }
              return keysA.length === ObjectKeys(b).length;
            }
          }
        } else if (iterationType === kIsSet) {
          if (!setEquiv(a, b, strict2, memos)) {
            return false;
          }
        } else if (iterationType === kIsMap) {
          if (!mapEquiv(a, b, strict2, memos)) {
            return false;
          }
        }
        return true;
      }
      function isDeepEqual(val1, val2) {
        return innerDeepEqual(val1, val2, kLoose);
      }
      function isDeepStrictEqual(val1, val2) {
        return innerDeepEqual(val1, val2, kStrict);
      }
      module.exports = {
        isDeepEqual,
        isDeepStrictEqual
      };
    },
    "internal/util/inspect": function(module, exports, require2) {
      "use strict";
      const { Array: Array2, ArrayIsArray, ArrayPrototypeFilter, ArrayPrototypeForEach, ArrayPrototypeIncludes, ArrayPrototypeIndexOf, ArrayPrototypeJoin, ArrayPrototypeMap, ArrayPrototypePop, ArrayPrototypePush, ArrayPrototypePushApply, ArrayPrototypeSlice, ArrayPrototypeSplice, ArrayPrototypeSort, ArrayPrototypeUnshift, BigIntPrototypeValueOf, BooleanPrototypeValueOf, DatePrototypeGetTime, DatePrototypeToISOString, DatePrototypeToString, ErrorPrototypeToString, Function: Function2, FunctionPrototype, FunctionPrototypeBind, FunctionPrototypeCall, FunctionPrototypeSymbolHasInstance, FunctionPrototypeToString, JSONStringify, MapPrototypeGetSize, MapPrototypeEntries, MathFloor, MathMax, MathMin, MathRound, MathSqrt, MathTrunc, Number: Number2, NumberIsFinite, NumberIsNaN, NumberParseFloat, NumberParseInt, NumberPrototypeToString, NumberPrototypeValueOf, Object: Object2, ObjectAssign, ObjectDefineProperty, ObjectGetOwnPropertyDescriptor, ObjectGetOwnPropertyNames, ObjectGetOwnPropertySymbols, ObjectGetPrototypeOf, ObjectIs, ObjectKeys, ObjectPrototype, ObjectPrototypeHasOwnProperty, ObjectPrototypePropertyIsEnumerable, ObjectSeal, ObjectSetPrototypeOf, ReflectApply, ReflectOwnKeys, RegExp: RegExp2, RegExpPrototypeExec, RegExpPrototypeSymbolReplace, RegExpPrototypeSymbolSplit, RegExpPrototypeToString, SafeStringIterator, SafeMap, SafeSet, SetPrototypeGetSize, SetPrototypeValues, String: String2, StringPrototypeCharCodeAt, StringPrototypeCodePointAt, StringPrototypeIncludes, StringPrototypeIndexOf, StringPrototypeLastIndexOf, StringPrototypeNormalize, StringPrototypePadEnd, StringPrototypePadStart, StringPrototypeRepeat, StringPrototypeReplaceAll, StringPrototypeSlice, StringPrototypeSplit, StringPrototypeEndsWith, StringPrototypeStartsWith, StringPrototypeToLowerCase, StringPrototypeTrim, StringPrototypeValueOf, SymbolPrototypeToString, SymbolPrototypeValueOf, SymbolIterator, SymbolToPrimitive, SymbolToStringTag, TypedArrayPrototypeGetLength, TypedArrayPrototypeGetSymbolToStringTag, Uint8Array: Uint8Array2, globalThis: globalThis3, uncurryThis: uncurryThis2 } = primordials;
      const { constants: { ALL_PROPERTIES, ONLY_ENUMERABLE, kPending, kRejected }, getOwnNonIndexProperties, getPromiseDetails, getProxyDetails, previewEntries: previewEntries2, getConstructorName: internalGetConstructorName, getExternalValue } = internalBinding("util");
      const { customInspectSymbol, isError: isError2, join, removeColors } = require2("internal/util");
      const { isStackOverflowError } = require2("internal/errors");
      const { isAsyncFunction, isGeneratorFunction, isAnyArrayBuffer, isArrayBuffer, isArgumentsObject, isBoxedPrimitive, isDataView, isExternal, isMap, isMapIterator, isModuleNamespaceObject, isNativeError, isPromise, isSet, isSetIterator, isWeakMap, isWeakSet, isRegExp, isDate, isTypedArray, isStringObject, isNumberObject, isBooleanObject, isBigIntObject } = require2("internal/util/types");
      const assert = require2("internal/assert");
      const { BuiltinModule } = require2("internal/bootstrap/realm");
      const { validateObject, validateString, kValidateObjectAllowArray } = require2("internal/validators");
      let hexSlice;
      let internalUrl;
      function pathToFileUrlHref(filepath) {
        internalUrl !== null && internalUrl !== void 0 ? internalUrl : internalUrl = require2("internal/url");
        return internalUrl.pathToFileURL(filepath).href;
      }
      function isURL(value) {
        internalUrl !== null && internalUrl !== void 0 ? internalUrl : internalUrl = require2("internal/url");
        return typeof value.href === "string" && value instanceof internalUrl.URL;
      }
      const builtInObjects = new SafeSet(ArrayPrototypeFilter(ObjectGetOwnPropertyNames(globalThis3), (e) => RegExpPrototypeExec(/^[A-Z][a-zA-Z0-9]+$/, e) !== null));
      const isUndetectableObject = (v) => typeof v === "undefined" && v !== void 0;
      const inspectDefaultOptions = ObjectSeal({
        showHidden: false,
        depth: 2,
        colors: false,
        customInspect: true,
        showProxy: false,
        maxArrayLength: 100,
        maxStringLength: 1e4,
        breakLength: 80,
        compact: 3,
        sorted: false,
        getters: false,
        numericSeparator: false
      });
      const kObjectType = 0;
      const kArrayType = 1;
      const kArrayExtrasType = 2;
      const strEscapeSequencesRegExp = /[\x00-\x1f\x27\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
      const strEscapeSequencesReplacer = /[\x00-\x1f\x27\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
      const strEscapeSequencesRegExpSingle = /[\x00-\x1f\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
      const strEscapeSequencesReplacerSingle = /[\x00-\x1f\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
      const keyStrRegExp = /^[a-zA-Z_][a-zA-Z_0-9]*$/;
      const numberRegExp = /^(0|[1-9][0-9]*)$/;
      const coreModuleRegExp = /^ {4}at (?:[^/\\(]+ \(|)node:(.+):\d+:\d+\)?$/;
      const classRegExp = /^(\s+[^(]*?)\s*{/;
      const stripCommentsRegExp = /(\/\/.*?\n)|(\/\*(.|\n)*?\*\/)/g;
      const kMinLineLength = 16;
      const kWeak = 0;
      const kIterator = 1;
      const kMapEntries = 2;
      const meta = [
        "\\x00",
        "\\x01",
        "\\x02",
        "\\x03",
        "\\x04",
        "\\x05",
        "\\x06",
        "\\x07",
        "\\b",
        "\\t",
        "\\n",
        "\\x0B",
        "\\f",
        "\\r",
        "\\x0E",
        "\\x0F",
        "\\x10",
        "\\x11",
        "\\x12",
        "\\x13",
        "\\x14",
        "\\x15",
        "\\x16",
        "\\x17",
        "\\x18",
        "\\x19",
        "\\x1A",
        "\\x1B",
        "\\x1C",
        "\\x1D",
        "\\x1E",
        "\\x1F",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "\\'",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "\\\\",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "\\x7F",
        "\\x80",
        "\\x81",
        "\\x82",
        "\\x83",
        "\\x84",
        "\\x85",
        "\\x86",
        "\\x87",
        "\\x88",
        "\\x89",
        "\\x8A",
        "\\x8B",
        "\\x8C",
        "\\x8D",
        "\\x8E",
        "\\x8F",
        "\\x90",
        "\\x91",
        "\\x92",
        "\\x93",
        "\\x94",
        "\\x95",
        "\\x96",
        "\\x97",
        "\\x98",
        "\\x99",
        "\\x9A",
        "\\x9B",
        "\\x9C",
        "\\x9D",
        "\\x9E",
        "\\x9F"
      ];
      const ansi = new RegExp2("[\\u001B\\u009B][[\\]()#;?]*(?:(?:(?:(?:;[-a-zA-Z\\d\\/\\#&.:=?%@~_]+)*|[a-zA-Z\\d]+(?:;[-a-zA-Z\\d\\/\\#&.:=?%@~_]*)*)?(?:\\u0007|\\u001B\\u005C|\\u009C))|(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PR-TZcf-nq-uy=><~]))", "g");
      let getStringWidth;
      function getUserOptions(ctx, isCrossContext) {
        const ret = Object2.assign({ stylize: ctx.stylize, showHidden: ctx.showHidden, depth: ctx.depth, colors: ctx.colors, customInspect: ctx.customInspect, showProxy: ctx.showProxy, maxArrayLength: ctx.maxArrayLength, maxStringLength: ctx.maxStringLength, breakLength: ctx.breakLength, compact: ctx.compact, sorted: ctx.sorted, getters: ctx.getters, numericSeparator: ctx.numericSeparator }, ctx.userOptions);
        if (isCrossContext) {
          ObjectSetPrototypeOf(ret, null);
          for (const key of ObjectKeys(ret)) {
            if ((typeof ret[key] === "object" || typeof ret[key] === "function") && ret[key] !== null) {
              delete ret[key];
            }
          }
          ret.stylize = ObjectSetPrototypeOf((value, flavour) => {
            let stylized;
            try {
              stylized = `${ctx.stylize(value, flavour)}`;
            } catch (__error) {
              __caught(__error);
            }
            if (typeof stylized !== "string")
              return value;
            return stylized;
          }, null);
        }
        return ret;
      }
      function inspect2(value, opts) {
        const ctx = {
          budget: {},
          indentationLvl: 0,
          seen: [],
          currentDepth: 0,
          stylize: stylizeNoColor,
          showHidden: inspectDefaultOptions.showHidden,
          depth: inspectDefaultOptions.depth,
          colors: inspectDefaultOptions.colors,
          customInspect: inspectDefaultOptions.customInspect,
          showProxy: inspectDefaultOptions.showProxy,
          maxArrayLength: inspectDefaultOptions.maxArrayLength,
          maxStringLength: inspectDefaultOptions.maxStringLength,
          breakLength: inspectDefaultOptions.breakLength,
          compact: inspectDefaultOptions.compact,
          sorted: inspectDefaultOptions.sorted,
          getters: inspectDefaultOptions.getters,
          numericSeparator: inspectDefaultOptions.numericSeparator
        };
        if (arguments.length > 1) {
          if (arguments.length > 2) {
            if (arguments[2] !== void 0) {
              ctx.depth = arguments[2];
            }
            if (arguments.length > 3 && arguments[3] !== void 0) {
              ctx.colors = arguments[3];
            }
          }
          if (typeof opts === "boolean") {
            ctx.showHidden = opts;
          } else if (opts) {
            const optKeys = ObjectKeys(opts);
            for (let i = 0; i < optKeys.length; ++i) {
              const key = optKeys[i];
              if (ObjectPrototypeHasOwnProperty(inspectDefaultOptions, key) || key === "stylize") {
                ctx[key] = opts[key];
              } else if (ctx.userOptions === void 0) {
                ctx.userOptions = opts;
              }
            }
          }
        }
        if (ctx.colors)
          ctx.stylize = stylizeWithColor;
        if (ctx.maxArrayLength === null)
          ctx.maxArrayLength = Infinity;
        if (ctx.maxStringLength === null)
          ctx.maxStringLength = Infinity;
        return formatValue(ctx, value, 0);
      }
      inspect2.custom = customInspectSymbol;
      ObjectDefineProperty(inspect2, "defaultOptions", {
        __proto__: null,
        get() {
          return inspectDefaultOptions;
        },
        set(options) {
          validateObject(options, "options");
          return ObjectAssign(inspectDefaultOptions, options);
        }
      });
      const defaultFG = 39;
      const defaultBG = 49;
      inspect2.colors = {
        __proto__: null,
        reset: [0, 0],
        bold: [1, 22],
        dim: [2, 22],
        italic: [3, 23],
        underline: [4, 24],
        blink: [5, 25],
        inverse: [7, 27],
        hidden: [8, 28],
        strikethrough: [9, 29],
        doubleunderline: [21, 24],
        black: [30, defaultFG],
        red: [31, defaultFG],
        green: [32, defaultFG],
        yellow: [33, defaultFG],
        blue: [34, defaultFG],
        magenta: [35, defaultFG],
        cyan: [36, defaultFG],
        white: [37, defaultFG],
        bgBlack: [40, defaultBG],
        bgRed: [41, defaultBG],
        bgGreen: [42, defaultBG],
        bgYellow: [43, defaultBG],
        bgBlue: [44, defaultBG],
        bgMagenta: [45, defaultBG],
        bgCyan: [46, defaultBG],
        bgWhite: [47, defaultBG],
        framed: [51, 54],
        overlined: [53, 55],
        gray: [90, defaultFG],
        redBright: [91, defaultFG],
        greenBright: [92, defaultFG],
        yellowBright: [93, defaultFG],
        blueBright: [94, defaultFG],
        magentaBright: [95, defaultFG],
        cyanBright: [96, defaultFG],
        whiteBright: [97, defaultFG],
        bgGray: [100, defaultBG],
        bgRedBright: [101, defaultBG],
        bgGreenBright: [102, defaultBG],
        bgYellowBright: [103, defaultBG],
        bgBlueBright: [104, defaultBG],
        bgMagentaBright: [105, defaultBG],
        bgCyanBright: [106, defaultBG],
        bgWhiteBright: [107, defaultBG]
      };
      function defineColorAlias(target, alias) {
        ObjectDefineProperty(inspect2.colors, alias, {
          __proto__: null,
          get() {
            return this[target];
          },
          set(value) {
            this[target] = value;
          },
          configurable: true,
          enumerable: false
        });
      }
      defineColorAlias("gray", "grey");
      defineColorAlias("gray", "blackBright");
      defineColorAlias("bgGray", "bgGrey");
      defineColorAlias("bgGray", "bgBlackBright");
      defineColorAlias("dim", "faint");
      defineColorAlias("strikethrough", "crossedout");
      defineColorAlias("strikethrough", "strikeThrough");
      defineColorAlias("strikethrough", "crossedOut");
      defineColorAlias("hidden", "conceal");
      defineColorAlias("inverse", "swapColors");
      defineColorAlias("inverse", "swapcolors");
      defineColorAlias("doubleunderline", "doubleUnderline");
      inspect2.styles = ObjectAssign({ __proto__: null }, {
        special: "cyan",
        number: "yellow",
        bigint: "yellow",
        boolean: "yellow",
        undefined: "grey",
        null: "bold",
        string: "green",
        symbol: "green",
        date: "magenta",
        regexp: "red",
        module: "underline"
      });
      function addQuotes(str, quotes) {
        if (quotes === -1) {
          return `"${str}"`;
        }
        if (quotes === -2) {
          return `\`${str}\``;
        }
        return `'${str}'`;
      }
      function escapeFn(str) {
        const charCode = StringPrototypeCharCodeAt(str);
        return meta.length > charCode ? meta[charCode] : `\\u${NumberPrototypeToString(charCode, 16)}`;
      }
      function strEscape(str) {
        let escapeTest = strEscapeSequencesRegExp;
        let escapeReplace = strEscapeSequencesReplacer;
        let singleQuote = 39;
        if (StringPrototypeIncludes(str, "'")) {
          if (!StringPrototypeIncludes(str, '"')) {
            singleQuote = -1;
          } else if (!StringPrototypeIncludes(str, "`") && !StringPrototypeIncludes(str, "${")) {
            singleQuote = -2;
          }
          if (singleQuote !== 39) {
            escapeTest = strEscapeSequencesRegExpSingle;
            escapeReplace = strEscapeSequencesReplacerSingle;
          }
        }
        if (str.length < 5e3 && RegExpPrototypeExec(escapeTest, str) === null)
          return addQuotes(str, singleQuote);
        if (str.length > 100) {
          str = RegExpPrototypeSymbolReplace(escapeReplace, str, escapeFn);
          return addQuotes(str, singleQuote);
        }
        let result = "";
        let last = 0;
        for (let i = 0; i < str.length; i++) {
          const point = StringPrototypeCharCodeAt(str, i);
          if (point === singleQuote || point === 92 || point < 32 || point > 126 && point < 160) {
            if (last === i) {
              result += meta[point];
            } else {
              result += `${StringPrototypeSlice(str, last, i)}${meta[point]}`;
            }
            last = i + 1;
          } else if (point >= 55296 && point <= 57343) {
            if (point <= 56319 && i + 1 < str.length) {
              const point2 = StringPrototypeCharCodeAt(str, i + 1);
              if (point2 >= 56320 && point2 <= 57343) {
                i++;
                continue;
              }
            }
            result += `${StringPrototypeSlice(str, last, i)}\\u${NumberPrototypeToString(point, 16)}`;
            last = i + 1;
          }
        }
        if (last !== str.length) {
          result += StringPrototypeSlice(str, last);
        }
        return addQuotes(result, singleQuote);
      }
      function stylizeWithColor(str, styleType) {
        const style = inspect2.styles[styleType];
        if (style !== void 0) {
          const color = inspect2.colors[style];
          if (color !== void 0)
            return `\x1B[${color[0]}m${str}\x1B[${color[1]}m`;
        }
        return str;
      }
      function stylizeNoColor(str) {
        return str;
      }
      function getEmptyFormatArray() {
        return [];
      }
      function isInstanceof(object, proto) {
        try {
          return object instanceof proto;
        } catch (__error) {
          __caught(__error);
          return false;
        }
      }
      const wellKnownPrototypes = new SafeMap();
      wellKnownPrototypes.set(ObjectPrototype, { name: "Object", constructor: Object2 });
      wellKnownPrototypes.set(FunctionPrototype, { name: "Function", constructor: Function2 });
      function getConstructorName(obj, ctx, recurseTimes, protoProps) {
        let firstProto;
        const tmp = obj;
        while (obj || isUndetectableObject(obj)) {
          const wellKnownPrototypeNameAndConstructor = wellKnownPrototypes.get(obj);
          if (wellKnownPrototypeNameAndConstructor != null) {
            const { name: name2, constructor } = wellKnownPrototypeNameAndConstructor;
            if (FunctionPrototypeSymbolHasInstance(constructor, tmp)) {
              if (protoProps !== void 0 && firstProto !== obj) {
                addPrototypeProperties(ctx, tmp, firstProto || tmp, recurseTimes, protoProps);
              }
              return name2;
            }
          }
          const descriptor = ObjectGetOwnPropertyDescriptor(obj, "constructor");
          if (descriptor !== void 0 && typeof descriptor.value === "function" && descriptor.value.name !== "" && isInstanceof(tmp, descriptor.value)) {
            if (protoProps !== void 0 && (firstProto !== obj || !builtInObjects.has(descriptor.value.name))) {
              addPrototypeProperties(ctx, tmp, firstProto || tmp, recurseTimes, protoProps);
            }
            return String2(descriptor.value.name);
          }
          obj = ObjectGetPrototypeOf(obj);
          if (firstProto === void 0) {
            firstProto = obj;
          }
        }
        if (firstProto === null) {
          return null;
        }
        const res = internalGetConstructorName(tmp);
        if (recurseTimes > ctx.depth && ctx.depth !== null) {
          return `${res} <Complex prototype>`;
        }
        const protoConstr = getConstructorName(firstProto, ctx, recurseTimes + 1, protoProps);
        if (protoConstr === null) {
          return `${res} <${inspect2(firstProto, Object2.assign(Object2.assign({}, ctx), { customInspect: false, depth: -1 }))}>`;
        }
        return `${res} <${protoConstr}>`;
      }
      function addPrototypeProperties(ctx, main, obj, recurseTimes, output) {
        let depth = 0;
        let keys;
        let keySet;
        do {
          if (depth !== 0 || main === obj) {
            obj = ObjectGetPrototypeOf(obj);
            if (obj === null) {
              return;
            }
            const descriptor = ObjectGetOwnPropertyDescriptor(obj, "constructor");
            if (descriptor !== void 0 && typeof descriptor.value === "function" && builtInObjects.has(descriptor.value.name)) {
              return;
            }
          }
          if (depth === 0) {
            keySet = new SafeSet();
          } else {
            ArrayPrototypeForEach(keys, (key) => keySet.add(key));
          }
          keys = ReflectOwnKeys(obj);
          ArrayPrototypePush(ctx.seen, main);
          for (const key of keys) {
            if (key === "constructor" || ObjectPrototypeHasOwnProperty(main, key) || depth !== 0 && keySet.has(key)) {
              continue;
            }
            const desc = ObjectGetOwnPropertyDescriptor(obj, key);
            if (typeof desc.value === "function") {
              continue;
            }
            const value = formatProperty(ctx, obj, recurseTimes, key, kObjectType, desc, main);
            if (ctx.colors) {
              ArrayPrototypePush(output, `\x1B[2m${value}\x1B[22m`);
            } else {
              ArrayPrototypePush(output, value);
            }
          }
          ArrayPrototypePop(ctx.seen);
        } while (++depth !== 3);
      }
      function getPrefix(constructor, tag3, fallback, size = "") {
        if (constructor === null) {
          if (tag3 !== "" && fallback !== tag3) {
            return `[${fallback}${size}: null prototype] [${tag3}] `;
          }
          return `[${fallback}${size}: null prototype] `;
        }
        if (tag3 !== "" && constructor !== tag3) {
          return `${constructor}${size} [${tag3}] `;
        }
        return `${constructor}${size} `;
      }
      function getKeys(value, showHidden) {
        let keys;
        const symbols = ObjectGetOwnPropertySymbols(value);
        if (showHidden) {
          keys = ObjectGetOwnPropertyNames(value);
          if (symbols.length !== 0)
            ArrayPrototypePushApply(keys, symbols);
        } else {
          try {
            keys = ObjectKeys(value);
          } catch (err) {
            __caught(err);
            assert(isNativeError(err) && err.name === "ReferenceError" && isModuleNamespaceObject(value));
            keys = ObjectGetOwnPropertyNames(value);
          }
          if (symbols.length !== 0) {
            const filter = (key) => ObjectPrototypePropertyIsEnumerable(value, key);
            ArrayPrototypePushApply(keys, ArrayPrototypeFilter(symbols, filter));
          }
        }
        return keys;
      }
      function getCtxStyle(value, constructor, tag3) {
        let fallback = "";
        if (constructor === null) {
          fallback = internalGetConstructorName(value);
          if (fallback === tag3) {
            fallback = "Object";
          }
        }
        return getPrefix(constructor, tag3, fallback);
      }
      function formatProxy(ctx, proxy, recurseTimes) {
        if (recurseTimes > ctx.depth && ctx.depth !== null) {
          return ctx.stylize("Proxy [Array]", "special");
        }
        recurseTimes += 1;
        ctx.indentationLvl += 2;
        const res = [
          formatValue(ctx, proxy[0], recurseTimes),
          formatValue(ctx, proxy[1], recurseTimes)
        ];
        ctx.indentationLvl -= 2;
        return reduceToSingleString(ctx, res, "", ["Proxy [", "]"], kArrayExtrasType, recurseTimes);
      }
      function formatValue(ctx, value, recurseTimes, typedArray) {
        if (typeof value !== "object" && typeof value !== "function" && !isUndetectableObject(value)) {
          return formatPrimitive(ctx.stylize, value, ctx);
        }
        if (value === null) {
          return ctx.stylize("null", "null");
        }
        const context = value;
        const proxy = getProxyDetails(value, !!ctx.showProxy);
        if (proxy !== void 0) {
          if (proxy === null || proxy[0] === null) {
            return ctx.stylize("<Revoked Proxy>", "special");
          }
          if (ctx.showProxy) {
            return formatProxy(ctx, proxy, recurseTimes);
          }
          value = proxy;
        }
        if (ctx.customInspect) {
          const maybeCustom = value[customInspectSymbol];
          if (typeof maybeCustom === "function" && maybeCustom !== inspect2 && !(value.constructor && value.constructor.prototype === value)) {
            const depth = ctx.depth === null ? null : ctx.depth - recurseTimes;
            const isCrossContext = proxy !== void 0 || !(context instanceof Object2);
            const ret = FunctionPrototypeCall(maybeCustom, context, depth, getUserOptions(ctx, isCrossContext), inspect2);
            if (ret !== context) {
              if (typeof ret !== "string") {
                return formatValue(ctx, ret, recurseTimes);
              }
              return StringPrototypeReplaceAll(ret, "\n", `
${StringPrototypeRepeat(" ", ctx.indentationLvl)}`);
            }
          }
        }
        if (ctx.seen.includes(value)) {
          let index = 1;
          if (ctx.circular === void 0) {
            ctx.circular = new SafeMap();
            ctx.circular.set(value, index);
          } else {
            index = ctx.circular.get(value);
            if (index === void 0) {
              index = ctx.circular.size + 1;
              ctx.circular.set(value, index);
            }
          }
          return ctx.stylize(`[Circular *${index}]`, "special");
        }
        return formatRaw(ctx, value, recurseTimes, typedArray);
      }
      function formatRaw(ctx, value, recurseTimes, typedArray) {
        let keys;
        let protoProps;
        if (ctx.showHidden && (recurseTimes <= ctx.depth || ctx.depth === null)) {
          protoProps = [];
        }
        const constructor = getConstructorName(value, ctx, recurseTimes, protoProps);
        if (protoProps !== void 0 && protoProps.length === 0) {
          protoProps = void 0;
        }
        let tag3 = value[SymbolToStringTag];
        if (typeof tag3 !== "string" || tag3 !== "" && (ctx.showHidden ? ObjectPrototypeHasOwnProperty : ObjectPrototypePropertyIsEnumerable)(value, SymbolToStringTag)) {
          tag3 = "";
        }
        let base = "";
        let formatter = getEmptyFormatArray;
        let braces;
        let noIterator = true;
        let i = 0;
        const filter = ctx.showHidden ? ALL_PROPERTIES : ONLY_ENUMERABLE;
        let extrasType = kObjectType;
        if (SymbolIterator in value || constructor === null) {
          noIterator = false;
          if (ArrayIsArray(value)) {
            const prefix = constructor !== "Array" || tag3 !== "" ? getPrefix(constructor, tag3, "Array", `(${value.length})`) : "";
            keys = getOwnNonIndexProperties(value, filter);
            braces = [`${prefix}[`, "]"];
            if (value.length === 0 && keys.length === 0 && protoProps === void 0)
              return `${braces[0]}]`;
            extrasType = kArrayExtrasType;
            formatter = formatArray;
          } else if (isSet(value)) {
            const size = SetPrototypeGetSize(value);
            const prefix = getPrefix(constructor, tag3, "Set", `(${size})`);
            keys = getKeys(value, ctx.showHidden);
            formatter = constructor !== null ? FunctionPrototypeBind(formatSet, null, value) : FunctionPrototypeBind(formatSet, null, SetPrototypeValues(value));
            if (size === 0 && keys.length === 0 && protoProps === void 0)
              return `${prefix}{}`;
            braces = [`${prefix}{`, "}"];
          } else if (isMap(value)) {
            const size = MapPrototypeGetSize(value);
            const prefix = getPrefix(constructor, tag3, "Map", `(${size})`);
            keys = getKeys(value, ctx.showHidden);
            formatter = constructor !== null ? FunctionPrototypeBind(formatMap, null, value) : FunctionPrototypeBind(formatMap, null, MapPrototypeEntries(value));
            if (size === 0 && keys.length === 0 && protoProps === void 0)
              return `${prefix}{}`;
            braces = [`${prefix}{`, "}"];
          } else if (isTypedArray(value)) {
            keys = getOwnNonIndexProperties(value, filter);
            let bound = value;
            let fallback = "";
            if (constructor === null) {
              fallback = TypedArrayPrototypeGetSymbolToStringTag(value);
              bound = new primordials[fallback](value);
            }
            const size = TypedArrayPrototypeGetLength(value);
            const prefix = getPrefix(constructor, tag3, fallback, `(${size})`);
            braces = [`${prefix}[`, "]"];
            if (value.length === 0 && keys.length === 0 && !ctx.showHidden)
              return `${braces[0]}]`;
            formatter = FunctionPrototypeBind(formatTypedArray, null, bound, size);
            extrasType = kArrayExtrasType;
          } else if (isMapIterator(value)) {
            keys = getKeys(value, ctx.showHidden);
            braces = getIteratorBraces("Map", tag3);
            formatter = FunctionPrototypeBind(formatIterator, null, braces);
          } else if (isSetIterator(value)) {
            keys = getKeys(value, ctx.showHidden);
            braces = getIteratorBraces("Set", tag3);
            formatter = FunctionPrototypeBind(formatIterator, null, braces);
          } else {
            noIterator = true;
          }
        }
        if (noIterator) {
          keys = getKeys(value, ctx.showHidden);
          braces = ["{", "}"];
          if (typeof value === "function") {
            base = getFunctionBase(value, constructor, tag3);
            if (keys.length === 0 && protoProps === void 0)
              return ctx.stylize(base, "special");
          } else if (constructor === "Object") {
            if (isArgumentsObject(value)) {
              braces[0] = "[Arguments] {";
            } else if (tag3 !== "") {
              braces[0] = `${getPrefix(constructor, tag3, "Object")}{`;
            }
            if (keys.length === 0 && protoProps === void 0) {
              return `${braces[0]}}`;
            }
          } else if (isRegExp(value)) {
            base = RegExpPrototypeToString(constructor !== null ? value : new RegExp2(value));
            const prefix = getPrefix(constructor, tag3, "RegExp");
            if (prefix !== "RegExp ")
              base = `${prefix}${base}`;
            if (keys.length === 0 && protoProps === void 0 || recurseTimes > ctx.depth && ctx.depth !== null) {
              return ctx.stylize(base, "regexp");
            }
          } else if (isDate(value)) {
            base = NumberIsNaN(DatePrototypeGetTime(value)) ? DatePrototypeToString(value) : DatePrototypeToISOString(value);
            const prefix = getPrefix(constructor, tag3, "Date");
            if (prefix !== "Date ")
              base = `${prefix}${base}`;
            if (keys.length === 0 && protoProps === void 0) {
              return ctx.stylize(base, "date");
            }
          } else if (isError2(value)) {
            base = formatError(value, constructor, tag3, ctx, keys);
            if (keys.length === 0 && protoProps === void 0)
              return base;
          } else if (isAnyArrayBuffer(value)) {
            const arrayType = isArrayBuffer(value) ? "ArrayBuffer" : "SharedArrayBuffer";
            const prefix = getPrefix(constructor, tag3, arrayType);
            if (typedArray === void 0) {
              formatter = formatArrayBuffer;
            } else if (keys.length === 0 && protoProps === void 0) {
              return prefix + `{ byteLength: ${formatNumber(ctx.stylize, value.byteLength, false)} }`;
            }
            braces[0] = `${prefix}{`;
            ArrayPrototypeUnshift(keys, "byteLength");
          } else if (isDataView(value)) {
            braces[0] = `${getPrefix(constructor, tag3, "DataView")}{`;
            ArrayPrototypeUnshift(keys, "byteLength", "byteOffset", "buffer");
          } else if (isPromise(value)) {
            braces[0] = `${getPrefix(constructor, tag3, "Promise")}{`;
            formatter = formatPromise;
          } else if (isWeakSet(value)) {
            braces[0] = `${getPrefix(constructor, tag3, "WeakSet")}{`;
            formatter = ctx.showHidden ? formatWeakSet : formatWeakCollection;
          } else if (isWeakMap(value)) {
            braces[0] = `${getPrefix(constructor, tag3, "WeakMap")}{`;
            formatter = ctx.showHidden ? formatWeakMap : formatWeakCollection;
          } else if (isModuleNamespaceObject(value)) {
            braces[0] = `${getPrefix(constructor, tag3, "Module")}{`;
            formatter = formatNamespaceObject.bind(null, keys);
          } else if (isBoxedPrimitive(value)) {
            base = getBoxedBase(value, ctx, keys, constructor, tag3);
            if (keys.length === 0 && protoProps === void 0) {
              return base;
            }
          } else if (isURL(value) && !(recurseTimes > ctx.depth && ctx.depth !== null)) {
            base = value.href;
            if (keys.length === 0 && protoProps === void 0) {
              return base;
            }
          } else {
            if (keys.length === 0 && protoProps === void 0) {
              if (isExternal(value)) {
                const address = getExternalValue(value).toString(16);
                return ctx.stylize(`[External: ${address}]`, "special");
              }
              return `${getCtxStyle(value, constructor, tag3)}{}`;
            }
            braces[0] = `${getCtxStyle(value, constructor, tag3)}{`;
          }
        }
        if (recurseTimes > ctx.depth && ctx.depth !== null) {
          let constructorName2 = StringPrototypeSlice(getCtxStyle(value, constructor, tag3), 0, -1);
          if (constructor !== null)
            constructorName2 = `[${constructorName2}]`;
          return ctx.stylize(constructorName2, "special");
        }
        recurseTimes += 1;
        ctx.seen.push(value);
        ctx.currentDepth = recurseTimes;
        let output;
        const indentationLvl = ctx.indentationLvl;
        try {
          output = formatter(ctx, value, recurseTimes);
          for (i = 0; i < keys.length; i++) {
            ArrayPrototypePush(output, formatProperty(ctx, value, recurseTimes, keys[i], extrasType));
          }
          if (protoProps !== void 0) {
            ArrayPrototypePushApply(output, protoProps);
          }
        } catch (err) {
          __caught(err);
          if (!isStackOverflowError(err))
            throw err;
          const constructorName2 = StringPrototypeSlice(getCtxStyle(value, constructor, tag3), 0, -1);
          return handleMaxCallStackSize(ctx, err, constructorName2, indentationLvl);
        }
        if (ctx.circular !== void 0) {
          const index = ctx.circular.get(value);
          if (index !== void 0) {
            const reference = ctx.stylize(`<ref *${index}>`, "special");
            if (ctx.compact !== true) {
              base = base === "" ? reference : `${reference} ${base}`;
            } else {
              braces[0] = `${reference} ${braces[0]}`;
            }
          }
        }
        ctx.seen.pop();
        if (ctx.sorted) {
          const comparator = ctx.sorted === true ? void 0 : ctx.sorted;
          if (extrasType === kObjectType) {
            ArrayPrototypeSort(output, comparator);
          } else if (keys.length > 1) {
            const sorted = ArrayPrototypeSort(ArrayPrototypeSlice(output, output.length - keys.length), comparator);
            ArrayPrototypeUnshift(sorted, output, output.length - keys.length, keys.length);
            ReflectApply(ArrayPrototypeSplice, null, sorted);
          }
        }
        const res = reduceToSingleString(ctx, output, base, braces, extrasType, recurseTimes, value);
        const budget = ctx.budget[ctx.indentationLvl] || 0;
        const newLength = budget + res.length;
        ctx.budget[ctx.indentationLvl] = newLength;
        if (newLength > 2 ** 27) {
          ctx.depth = -1;
        }
        return res;
      }
      function getIteratorBraces(type, tag3) {
        if (tag3 !== `${type} Iterator`) {
          if (tag3 !== "")
            tag3 += "] [";
          tag3 += `${type} Iterator`;
        }
        return [`[${tag3}] {`, "}"];
      }
      function getBoxedBase(value, ctx, keys, constructor, tag3) {
        let fn;
        let type;
        if (isNumberObject(value)) {
          fn = NumberPrototypeValueOf;
          type = "Number";
        } else if (isStringObject(value)) {
          fn = StringPrototypeValueOf;
          type = "String";
          keys.splice(0, value.length);
        } else if (isBooleanObject(value)) {
          fn = BooleanPrototypeValueOf;
          type = "Boolean";
        } else if (isBigIntObject(value)) {
          fn = BigIntPrototypeValueOf;
          type = "BigInt";
        } else {
          fn = SymbolPrototypeValueOf;
          type = "Symbol";
        }
        let base = `[${type}`;
        if (type !== constructor) {
          if (constructor === null) {
            base += " (null prototype)";
          } else {
            base += ` (${constructor})`;
          }
        }
        base += `: ${formatPrimitive(stylizeNoColor, fn(value), ctx)}]`;
        if (tag3 !== "" && tag3 !== constructor) {
          base += ` [${tag3}]`;
        }
        if (keys.length !== 0 || ctx.stylize === stylizeNoColor)
          return base;
        return ctx.stylize(base, StringPrototypeToLowerCase(type));
      }
      function getClassBase(value, constructor, tag3) {
        const hasName = ObjectPrototypeHasOwnProperty(value, "name");
        const name2 = hasName && value.name || "(anonymous)";
        let base = `class ${name2}`;
        if (constructor !== "Function" && constructor !== null) {
          base += ` [${constructor}]`;
        }
        if (tag3 !== "" && constructor !== tag3) {
          base += ` [${tag3}]`;
        }
        if (constructor !== null) {
          const superName = ObjectGetPrototypeOf(value).name;
          if (superName) {
            base += ` extends ${superName}`;
          }
        } else {
          base += " extends [null prototype]";
        }
        return `[${base}]`;
      }
      function getFunctionBase(value, constructor, tag3) {
        const stringified = FunctionPrototypeToString(value);
        if (StringPrototypeStartsWith(stringified, "class") && stringified[stringified.length - 1] === "}") {
          const slice = StringPrototypeSlice(stringified, 5, -1);
          const bracketIndex = StringPrototypeIndexOf(slice, "{");
          if (bracketIndex !== -1 && (!StringPrototypeIncludes(StringPrototypeSlice(slice, 0, bracketIndex), "(") || RegExpPrototypeExec(classRegExp, RegExpPrototypeSymbolReplace(stripCommentsRegExp, slice)) !== null)) {
            return getClassBase(value, constructor, tag3);
          }
        }
        let type = "Function";
        if (isGeneratorFunction(value)) {
          type = `Generator${type}`;
        }
        if (isAsyncFunction(value)) {
          type = `Async${type}`;
        }
        let base = `[${type}`;
        if (constructor === null) {
          base += " (null prototype)";
        }
        if (value.name === "") {
          base += " (anonymous)";
        } else {
          base += `: ${value.name}`;
        }
        base += "]";
        if (constructor !== type && constructor !== null) {
          base += ` ${constructor}`;
        }
        if (tag3 !== "" && constructor !== tag3) {
          base += ` [${tag3}]`;
        }
        return base;
      }
      function identicalSequenceRange(a, b) {
        for (let i = 0; i < a.length - 3; i++) {
          const pos = ArrayPrototypeIndexOf(b, a[i]);
          if (pos !== -1) {
            const rest = b.length - pos;
            if (rest > 3) {
              let len = 1;
              const maxLen = MathMin(a.length - i, rest);
              while (maxLen > len && a[i + len] === b[pos + len]) {
                len++;
              }
              if (len > 3) {
                return { len, offset: i };
              }
            }
          }
        }
        return { len: 0, offset: 0 };
      }
      function getStackString(error) {
        return error.stack ? String2(error.stack) : ErrorPrototypeToString(error);
      }
      function getStackFrames(ctx, err, stack) {
        const frames = StringPrototypeSplit(stack, "\n");
        let cause;
        try {
          ({ cause } = err);
        } catch (__error) {
          __caught(__error);
        }
        if (cause != null && isError2(cause)) {
          const causeStack = getStackString(cause);
          const causeStackStart = StringPrototypeIndexOf(causeStack, "\n    at");
          if (causeStackStart !== -1) {
            const causeFrames = StringPrototypeSplit(StringPrototypeSlice(causeStack, causeStackStart + 1), "\n");
            const { len, offset } = identicalSequenceRange(frames, causeFrames);
            if (len > 0) {
              const skipped = len - 2;
              const msg = `    ... ${skipped} lines matching cause stack trace ...`;
              frames.splice(offset + 1, skipped, ctx.stylize(msg, "undefined"));
            }
          }
        }
        return frames;
      }
      function improveStack(stack, constructor, name2, tag3) {
        let len = name2.length;
        if (constructor === null || StringPrototypeEndsWith(name2, "Error") && StringPrototypeStartsWith(stack, name2) && (stack.length === len || stack[len] === ":" || stack[len] === "\n")) {
          let fallback = "Error";
          if (constructor === null) {
            const start = RegExpPrototypeExec(/^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n {4}at)/, stack) || RegExpPrototypeExec(/^([a-z_A-Z0-9-]*Error)$/, stack);
            fallback = start && start[1] || "";
            len = fallback.length;
            fallback = fallback || "Error";
          }
          const prefix = StringPrototypeSlice(getPrefix(constructor, tag3, fallback), 0, -1);
          if (name2 !== prefix) {
            if (StringPrototypeIncludes(prefix, name2)) {
              if (len === 0) {
                stack = `${prefix}: ${stack}`;
              } else {
                stack = `${prefix}${StringPrototypeSlice(stack, len)}`;
              }
            } else {
              stack = `${prefix} [${name2}]${StringPrototypeSlice(stack, len)}`;
            }
          }
        }
        return stack;
      }
      function removeDuplicateErrorKeys(ctx, keys, err, stack) {
        if (!ctx.showHidden && keys.length !== 0) {
          for (const name2 of ["name", "message", "stack"]) {
            const index = ArrayPrototypeIndexOf(keys, name2);
            if (index !== -1 && StringPrototypeIncludes(stack, err[name2])) {
              ArrayPrototypeSplice(keys, index, 1);
            }
          }
        }
      }
      function markNodeModules(ctx, line) {
        let tempLine = "";
        let lastPos = 0;
        let searchFrom = 0;
        while (true) {
          const nodeModulePosition = StringPrototypeIndexOf(line, "node_modules", searchFrom);
          if (nodeModulePosition === -1) {
            break;
          }
          const separator = line[nodeModulePosition - 1];
          const after = line[nodeModulePosition + 12];
          if (after !== "/" && after !== "\\" || separator !== "/" && separator !== "\\") {
            searchFrom = nodeModulePosition + 1;
            continue;
          }
          const moduleStart = nodeModulePosition + 13;
          tempLine += StringPrototypeSlice(line, lastPos, moduleStart);
          let moduleEnd = StringPrototypeIndexOf(line, separator, moduleStart);
          if (line[moduleStart] === "@") {
            moduleEnd = StringPrototypeIndexOf(line, separator, moduleEnd + 1);
          }
          const nodeModule = StringPrototypeSlice(line, moduleStart, moduleEnd);
          tempLine += ctx.stylize(nodeModule, "module");
          lastPos = moduleEnd;
          searchFrom = moduleEnd;
        }
        if (lastPos !== 0) {
          line = tempLine + StringPrototypeSlice(line, lastPos);
        }
        return line;
      }
      function markCwd(ctx, line, workingDirectory) {
        let cwdStartPos = StringPrototypeIndexOf(line, workingDirectory);
        let tempLine = "";
        let cwdLength = workingDirectory.length;
        if (cwdStartPos !== -1) {
          if (StringPrototypeSlice(line, cwdStartPos - 7, cwdStartPos) === "file://") {
            cwdLength += 7;
            cwdStartPos -= 7;
          }
          const start = line[cwdStartPos - 1] === "(" ? cwdStartPos - 1 : cwdStartPos;
          const end = start !== cwdStartPos && StringPrototypeEndsWith(line, ")") ? -1 : line.length;
          const workingDirectoryEndPos = cwdStartPos + cwdLength + 1;
          const cwdSlice = StringPrototypeSlice(line, start, workingDirectoryEndPos);
          tempLine += StringPrototypeSlice(line, 0, start);
          tempLine += ctx.stylize(cwdSlice, "undefined");
          tempLine += StringPrototypeSlice(line, workingDirectoryEndPos, end);
          if (end === -1) {
            tempLine += ctx.stylize(")", "undefined");
          }
        } else {
          tempLine += line;
        }
        return tempLine;
      }
      function safeGetCWD() {
        let workingDirectory;
        try {
          workingDirectory = process2.cwd();
        } catch (__error) {
          __caught(__error);
          return;
        }
        return workingDirectory;
      }
      function formatError(err, constructor, tag3, ctx, keys) {
        const name2 = err.name != null ? String2(err.name) : "Error";
        let stack = getStackString(err);
        removeDuplicateErrorKeys(ctx, keys, err, stack);
        if ("cause" in err && (keys.length === 0 || !ArrayPrototypeIncludes(keys, "cause"))) {
          ArrayPrototypePush(keys, "cause");
        }
        if (ArrayIsArray(err.errors) && (keys.length === 0 || !ArrayPrototypeIncludes(keys, "errors"))) {
          ArrayPrototypePush(keys, "errors");
        }
        stack = improveStack(stack, constructor, name2, tag3);
        let pos = err.message && StringPrototypeIndexOf(stack, err.message) || -1;
        if (pos !== -1)
          pos += err.message.length;
        const stackStart = StringPrototypeIndexOf(stack, "\n    at", pos);
        if (stackStart === -1) {
          stack = `[${stack}]`;
        } else {
          let newStack = StringPrototypeSlice(stack, 0, stackStart);
          const stackFramePart = StringPrototypeSlice(stack, stackStart + 1);
          const lines = getStackFrames(ctx, err, stackFramePart);
          if (ctx.colors) {
            const workingDirectory = safeGetCWD();
            let esmWorkingDirectory;
            for (let line of lines) {
              const core = RegExpPrototypeExec(coreModuleRegExp, line);
              if (core !== null && BuiltinModule.exists(core[1])) {
                newStack += `
${ctx.stylize(line, "undefined")}`;
              } else {
                newStack += "\n";
                line = markNodeModules(ctx, line);
                if (workingDirectory !== void 0) {
                  let newLine = markCwd(ctx, line, workingDirectory);
                  if (newLine === line) {
                    esmWorkingDirectory !== null && esmWorkingDirectory !== void 0 ? esmWorkingDirectory : esmWorkingDirectory = pathToFileUrlHref(workingDirectory);
                    newLine = markCwd(ctx, line, esmWorkingDirectory);
                  }
                  line = newLine;
                }
                newStack += line;
              }
            }
          } else {
            newStack += `
${ArrayPrototypeJoin(lines, "\n")}`;
          }
          stack = newStack;
        }
        if (ctx.indentationLvl !== 0) {
          const indentation = StringPrototypeRepeat(" ", ctx.indentationLvl);
          stack = StringPrototypeReplaceAll(stack, "\n", `
${indentation}`);
        }
        return stack;
      }
      function groupArrayElements(ctx, output, value) {
        let totalLength = 0;
        let maxLength2 = 0;
        let i = 0;
        let outputLength = output.length;
        if (ctx.maxArrayLength < output.length) {
          outputLength--;
        }
        const separatorSpace = 2;
        const dataLen = new Array2(outputLength);
        for (; i < outputLength; i++) {
          const len = getStringWidth(output[i], ctx.colors);
          dataLen[i] = len;
          totalLength += len + separatorSpace;
          if (maxLength2 < len)
            maxLength2 = len;
        }
        const actualMax = maxLength2 + separatorSpace;
        if (actualMax * 3 + ctx.indentationLvl < ctx.breakLength && (totalLength / actualMax > 5 || maxLength2 <= 6)) {
          const approxCharHeights = 2.5;
          const averageBias = MathSqrt(actualMax - totalLength / output.length);
          const biasedMax = MathMax(actualMax - 3 - averageBias, 1);
          const columns = MathMin(MathRound(MathSqrt(approxCharHeights * biasedMax * outputLength) / biasedMax), MathFloor((ctx.breakLength - ctx.indentationLvl) / actualMax), ctx.compact * 4, 15);
          if (columns <= 1) {
            return output;
          }
          const tmp = [];
          const maxLineLength = [];
          for (let i2 = 0; i2 < columns; i2++) {
            let lineMaxLength = 0;
            for (let j = i2; j < output.length; j += columns) {
              if (dataLen[j] > lineMaxLength)
                lineMaxLength = dataLen[j];
            }
            lineMaxLength += separatorSpace;
            maxLineLength[i2] = lineMaxLength;
          }
          let order2 = StringPrototypePadStart;
          if (value !== void 0) {
            for (let i2 = 0; i2 < output.length; i2++) {
              if (typeof value[i2] !== "number" && typeof value[i2] !== "bigint") {
                order2 = StringPrototypePadEnd;
                break;
              }
            }
          }
          for (let i2 = 0; i2 < outputLength; i2 += columns) {
            const max = MathMin(i2 + columns, outputLength);
            let str = "";
            let j = i2;
            for (; j < max - 1; j++) {
              const padding = maxLineLength[j - i2] + output[j].length - dataLen[j];
              str += order2(`${output[j]}, `, padding, " ");
            }
            if (order2 === StringPrototypePadStart) {
              const padding = maxLineLength[j - i2] + output[j].length - dataLen[j] - separatorSpace;
              str += StringPrototypePadStart(output[j], padding, " ");
            } else {
              str += output[j];
            }
            ArrayPrototypePush(tmp, str);
          }
          if (ctx.maxArrayLength < output.length) {
            ArrayPrototypePush(tmp, output[outputLength]);
          }
          output = tmp;
        }
        return output;
      }
      function handleMaxCallStackSize(ctx, err, constructorName2, indentationLvl) {
        ctx.seen.pop();
        ctx.indentationLvl = indentationLvl;
        return ctx.stylize(`[${constructorName2}: Inspection interrupted prematurely. Maximum call stack size exceeded.]`, "special");
      }
      function addNumericSeparator(integerString) {
        let result = "";
        let i = integerString.length;
        assert(i !== 0);
        const start = integerString[0] === "-" ? 1 : 0;
        for (; i >= start + 4; i -= 3) {
          result = `_${StringPrototypeSlice(integerString, i - 3, i)}${result}`;
        }
        return i === integerString.length ? integerString : `${StringPrototypeSlice(integerString, 0, i)}${result}`;
      }
      function addNumericSeparatorEnd(integerString) {
        let result = "";
        let i = 0;
        for (; i < integerString.length - 3; i += 3) {
          result += `${StringPrototypeSlice(integerString, i, i + 3)}_`;
        }
        return i === 0 ? integerString : `${result}${StringPrototypeSlice(integerString, i)}`;
      }
      const remainingText = (remaining) => `... ${remaining} more item${remaining > 1 ? "s" : ""}`;
      function formatNumber(fn, number, numericSeparator) {
        if (!numericSeparator) {
          if (ObjectIs(number, -0)) {
            return fn("-0", "number");
          }
          return fn(`${number}`, "number");
        }
        const numberString = String2(number);
        const integer = MathTrunc(number);
        if (integer === number) {
          if (!NumberIsFinite(number) || StringPrototypeIncludes(numberString, "e")) {
            return fn(numberString, "number");
          }
          return fn(addNumericSeparator(numberString), "number");
        }
        if (NumberIsNaN(number)) {
          return fn(numberString, "number");
        }
        const decimalIndex = StringPrototypeIndexOf(numberString, ".");
        const integerPart = StringPrototypeSlice(numberString, 0, decimalIndex);
        const fractionalPart = StringPrototypeSlice(numberString, decimalIndex + 1);
        return fn(`${addNumericSeparator(integerPart)}.${addNumericSeparatorEnd(fractionalPart)}`, "number");
      }
      function formatBigInt(fn, bigint, numericSeparator) {
        const string = String2(bigint);
        if (!numericSeparator) {
          return fn(`${string}n`, "bigint");
        }
        return fn(`${addNumericSeparator(string)}n`, "bigint");
      }
      function formatPrimitive(fn, value, ctx) {
        if (typeof value === "string") {
          let trailer = "";
          if (value.length > ctx.maxStringLength) {
            const remaining = value.length - ctx.maxStringLength;
            value = StringPrototypeSlice(value, 0, ctx.maxStringLength);
            trailer = `... ${remaining} more character${remaining > 1 ? "s" : ""}`;
          }
          if (ctx.compact !== true && value.length > kMinLineLength && value.length > ctx.breakLength - ctx.indentationLvl - 4) {
            return ArrayPrototypeJoin(ArrayPrototypeMap(RegExpPrototypeSymbolSplit(/(?<=\n)/, value), (line) => fn(strEscape(line), "string")), ` +
${StringPrototypeRepeat(" ", ctx.indentationLvl + 2)}`) + trailer;
          }
          return fn(strEscape(value), "string") + trailer;
        }
        if (typeof value === "number")
          return formatNumber(fn, value, ctx.numericSeparator);
        if (typeof value === "bigint")
          return formatBigInt(fn, value, ctx.numericSeparator);
        if (typeof value === "boolean")
          return fn(`${value}`, "boolean");
        if (typeof value === "undefined")
          return fn("undefined", "undefined");
        return fn(SymbolPrototypeToString(value), "symbol");
      }
      function formatNamespaceObject(keys, ctx, value, recurseTimes) {
        const output = new Array2(keys.length);
        for (let i = 0; i < keys.length; i++) {
          try {
            output[i] = formatProperty(ctx, value, recurseTimes, keys[i], kObjectType);
          } catch (err) {
            __caught(err);
            assert(isNativeError(err) && err.name === "ReferenceError");
            const tmp = { [keys[i]]: "" };
            output[i] = formatProperty(ctx, tmp, recurseTimes, keys[i], kObjectType);
            const pos = StringPrototypeLastIndexOf(output[i], " ");
            output[i] = StringPrototypeSlice(output[i], 0, pos + 1) + ctx.stylize("<uninitialized>", "special");
          }
        }
        keys.length = 0;
        return output;
      }
      function formatSpecialArray(ctx, value, recurseTimes, maxLength2, output, i) {
        const keys = ObjectKeys(value);
        let index = i;
        for (; i < keys.length && output.length < maxLength2; i++) {
          const key = keys[i];
          const tmp = +key;
          if (tmp > 2 ** 32 - 2) {
            break;
          }
          if (`${index}` !== key) {
            if (RegExpPrototypeExec(numberRegExp, key) === null) {
              break;
            }
            const emptyItems = tmp - index;
            const ending = emptyItems > 1 ? "s" : "";
            const message = `<${emptyItems} empty item${ending}>`;
            ArrayPrototypePush(output, ctx.stylize(message, "undefined"));
            index = tmp;
            if (output.length === maxLength2) {
              break;
            }
          }
          ArrayPrototypePush(output, formatProperty(ctx, value, recurseTimes, key, kArrayType));
          index++;
        }
        const remaining = value.length - index;
        if (output.length !== maxLength2) {
          if (remaining > 0) {
            const ending = remaining > 1 ? "s" : "";
            const message = `<${remaining} empty item${ending}>`;
            ArrayPrototypePush(output, ctx.stylize(message, "undefined"));
          }
        } else if (remaining > 0) {
          ArrayPrototypePush(output, remainingText(remaining));
        }
        return output;
      }
      function formatArrayBuffer(ctx, value) {
        let buffer;
        try {
          buffer = new Uint8Array2(value);
        } catch (__error) {
          __caught(__error);
          return [ctx.stylize("(detached)", "special")];
        }
        if (hexSlice === void 0)
          hexSlice = uncurryThis2(require2("buffer").Buffer.prototype.hexSlice);
        let str = StringPrototypeTrim(RegExpPrototypeSymbolReplace(/(.{2})/g, hexSlice(buffer, 0, MathMin(ctx.maxArrayLength, buffer.length)), "$1 "));
        const remaining = buffer.length - ctx.maxArrayLength;
        if (remaining > 0)
          str += ` ... ${remaining} more byte${remaining > 1 ? "s" : ""}`;
        return [`${ctx.stylize("[Uint8Contents]", "special")}: <${str}>`];
      }
      function formatArray(ctx, value, recurseTimes) {
        const valLen = value.length;
        const len = MathMin(MathMax(0, ctx.maxArrayLength), valLen);
        const remaining = valLen - len;
        const output = [];
        for (let i = 0; i < len; i++) {
          if (!ObjectPrototypeHasOwnProperty(value, i)) {
            return formatSpecialArray(ctx, value, recurseTimes, len, output, i);
          }
          ArrayPrototypePush(output, formatProperty(ctx, value, recurseTimes, i, kArrayType));
        }
        if (remaining > 0) {
          ArrayPrototypePush(output, remainingText(remaining));
        }
        return output;
      }
      function formatTypedArray(value, length, ctx, ignored2, recurseTimes) {
        const maxLength2 = MathMin(MathMax(0, ctx.maxArrayLength), length);
        const remaining = value.length - maxLength2;
        const output = new Array2(maxLength2);
        const elementFormatter = value.length > 0 && typeof value[0] === "number" ? formatNumber : formatBigInt;
        for (let i = 0; i < maxLength2; ++i) {
          output[i] = elementFormatter(ctx.stylize, value[i], ctx.numericSeparator);
        }
        if (remaining > 0) {
          output[maxLength2] = remainingText(remaining);
        }
        if (ctx.showHidden) {
          ctx.indentationLvl += 2;
          for (const key of [
            "BYTES_PER_ELEMENT",
            "length",
            "byteLength",
            "byteOffset",
            "buffer"
          ]) {
            const str = formatValue(ctx, value[key], recurseTimes, true);
            ArrayPrototypePush(output, `[${key}]: ${str}`);
          }
          ctx.indentationLvl -= 2;
        }
        return output;
      }
      function formatSet(value, ctx, ignored2, recurseTimes) {
        const length = value.size;
        const maxLength2 = MathMin(MathMax(0, ctx.maxArrayLength), length);
        const remaining = length - maxLength2;
        const output = [];
        ctx.indentationLvl += 2;
        let i = 0;
        for (const v of value) {
          if (i >= maxLength2)
            break;
          ArrayPrototypePush(output, formatValue(ctx, v, recurseTimes));
          i++;
        }
        if (remaining > 0) {
          ArrayPrototypePush(output, remainingText(remaining));
        }
        ctx.indentationLvl -= 2;
        return output;
      }
      function formatMap(value, ctx, ignored2, recurseTimes) {
        const length = value.size;
        const maxLength2 = MathMin(MathMax(0, ctx.maxArrayLength), length);
        const remaining = length - maxLength2;
        const output = [];
        ctx.indentationLvl += 2;
        let i = 0;
        for (const { 0: k, 1: v } of value) {
          if (i >= maxLength2)
            break;
          ArrayPrototypePush(output, `${formatValue(ctx, k, recurseTimes)} => ${formatValue(ctx, v, recurseTimes)}`);
          i++;
        }
        if (remaining > 0) {
          ArrayPrototypePush(output, remainingText(remaining));
        }
        ctx.indentationLvl -= 2;
        return output;
      }
      function formatSetIterInner(ctx, recurseTimes, entries, state) {
        const maxArrayLength = MathMax(ctx.maxArrayLength, 0);
        const maxLength2 = MathMin(maxArrayLength, entries.length);
        const output = new Array2(maxLength2);
        ctx.indentationLvl += 2;
        for (let i = 0; i < maxLength2; i++) {
          output[i] = formatValue(ctx, entries[i], recurseTimes);
        }
        ctx.indentationLvl -= 2;
        if (state === kWeak && !ctx.sorted) {
          ArrayPrototypeSort(output);
        }
        const remaining = entries.length - maxLength2;
        if (remaining > 0) {
          ArrayPrototypePush(output, remainingText(remaining));
        }
        return output;
      }
      function formatMapIterInner(ctx, recurseTimes, entries, state) {
        const maxArrayLength = MathMax(ctx.maxArrayLength, 0);
        const len = entries.length / 2;
        const remaining = len - maxArrayLength;
        const maxLength2 = MathMin(maxArrayLength, len);
        const output = new Array2(maxLength2);
        let i = 0;
        ctx.indentationLvl += 2;
        if (state === kWeak) {
          for (; i < maxLength2; i++) {
            const pos = i * 2;
            output[i] = `${formatValue(ctx, entries[pos], recurseTimes)} => ${formatValue(ctx, entries[pos + 1], recurseTimes)}`;
          }
          if (!ctx.sorted)
            ArrayPrototypeSort(output);
        } else {
          for (; i < maxLength2; i++) {
            const pos = i * 2;
            const res = [
              formatValue(ctx, entries[pos], recurseTimes),
              formatValue(ctx, entries[pos + 1], recurseTimes)
            ];
            output[i] = reduceToSingleString(ctx, res, "", ["[", "]"], kArrayExtrasType, recurseTimes);
          }
        }
        ctx.indentationLvl -= 2;
        if (remaining > 0) {
          ArrayPrototypePush(output, remainingText(remaining));
        }
        return output;
      }
      function formatWeakCollection(ctx) {
        return [ctx.stylize("<items unknown>", "special")];
      }
      function formatWeakSet(ctx, value, recurseTimes) {
        const entries = previewEntries2(value);
        return formatSetIterInner(ctx, recurseTimes, entries, kWeak);
      }
      function formatWeakMap(ctx, value, recurseTimes) {
        const entries = previewEntries2(value);
        return formatMapIterInner(ctx, recurseTimes, entries, kWeak);
      }
      function formatIterator(braces, ctx, value, recurseTimes) {
        const { 0: entries, 1: isKeyValue } = previewEntries2(value, true);
        if (isKeyValue) {
          braces[0] = RegExpPrototypeSymbolReplace(/ Iterator] {$/, braces[0], " Entries] {");
          return formatMapIterInner(ctx, recurseTimes, entries, kMapEntries);
        }
        return formatSetIterInner(ctx, recurseTimes, entries, kIterator);
      }
      function formatPromise(ctx, value, recurseTimes) {
        let output;
        const { 0: state, 1: result } = getPromiseDetails(value);
        if (state === kPending) {
          output = [ctx.stylize("<pending>", "special")];
        } else {
          ctx.indentationLvl += 2;
          const str = formatValue(ctx, result, recurseTimes);
          ctx.indentationLvl -= 2;
          output = [
            state === kRejected ? `${ctx.stylize("<rejected>", "special")} ${str}` : str
          ];
        }
        return output;
      }
      function formatProperty(ctx, value, recurseTimes, key, type, desc, original = value) {
        let name2, str;
        let extra = " ";
        desc = desc || ObjectGetOwnPropertyDescriptor(value, key) || { value: value[key], enumerable: true };
        if (desc.value !== void 0) {
          const diff = ctx.compact !== true || type !== kObjectType ? 2 : 3;
          ctx.indentationLvl += diff;
          str = formatValue(ctx, desc.value, recurseTimes);
          if (diff === 3 && ctx.breakLength < getStringWidth(str, ctx.colors)) {
            extra = `
${StringPrototypeRepeat(" ", ctx.indentationLvl)}`;
          }
          ctx.indentationLvl -= diff;
        } else if (desc.get !== void 0) {
          const label = desc.set !== void 0 ? "Getter/Setter" : "Getter";
          const s = ctx.stylize;
          const sp = "special";
          if (ctx.getters && (ctx.getters === true || ctx.getters === "get" && desc.set === void 0 || ctx.getters === "set" && desc.set !== void 0)) {
            try {
              const tmp = FunctionPrototypeCall(desc.get, original);
              ctx.indentationLvl += 2;
              if (tmp === null) {
                str = `${s(`[${label}:`, sp)} ${s("null", "null")}${s("]", sp)}`;
              } else if (typeof tmp === "object") {
                str = `${s(`[${label}]`, sp)} ${formatValue(ctx, tmp, recurseTimes)}`;
              } else {
                const primitive = formatPrimitive(s, tmp, ctx);
                str = `${s(`[${label}:`, sp)} ${primitive}${s("]", sp)}`;
              }
              ctx.indentationLvl -= 2;
            } catch (err) {
              __caught(err);
              const message = `<Inspection threw (${err.message})>`;
              str = `${s(`[${label}:`, sp)} ${message}${s("]", sp)}`;
            }
          } else {
            str = ctx.stylize(`[${label}]`, sp);
          }
        } else if (desc.set !== void 0) {
          str = ctx.stylize("[Setter]", "special");
        } else {
          str = ctx.stylize("undefined", "undefined");
        }
        if (type === kArrayType) {
          return str;
        }
        if (typeof key === "symbol") {
          const tmp = RegExpPrototypeSymbolReplace(strEscapeSequencesReplacer, SymbolPrototypeToString(key), escapeFn);
          name2 = `[${ctx.stylize(tmp, "symbol")}]`;
        } else if (key === "__proto__") {
          name2 = "['__proto__']";
        } else if (desc.enumerable === false) {
          const tmp = RegExpPrototypeSymbolReplace(strEscapeSequencesReplacer, key, escapeFn);
          name2 = `[${tmp}]`;
        } else if (RegExpPrototypeExec(keyStrRegExp, key) !== null) {
          name2 = ctx.stylize(key, "name");
        } else {
          name2 = ctx.stylize(strEscape(key), "string");
        }
        return `${name2}:${extra}${str}`;
      }
      function isBelowBreakLength(ctx, output, start, base) {
        let totalLength = output.length + start;
        if (totalLength + output.length > ctx.breakLength)
          return false;
        for (let i = 0; i < output.length; i++) {
          if (ctx.colors) {
            totalLength += removeColors(output[i]).length;
          } else {
            totalLength += output[i].length;
          }
          if (totalLength > ctx.breakLength) {
            return false;
          }
        }
        return base === "" || !StringPrototypeIncludes(base, "\n");
      }
      function reduceToSingleString(ctx, output, base, braces, extrasType, recurseTimes, value) {
        if (ctx.compact !== true) {
          if (typeof ctx.compact === "number" && ctx.compact >= 1) {
            const entries = output.length;
            if (extrasType === kArrayExtrasType && entries > 6) {
              output = groupArrayElements(ctx, output, value);
            }
            if (ctx.currentDepth - recurseTimes < ctx.compact && entries === output.length) {
              const start = output.length + ctx.indentationLvl + braces[0].length + base.length + 10;
              if (isBelowBreakLength(ctx, output, start, base)) {
                const joinedOutput = join(output, ", ");
                if (!StringPrototypeIncludes(joinedOutput, "\n")) {
                  return `${base ? `${base} ` : ""}${braces[0]} ${joinedOutput} ${braces[1]}`;
                }
              }
            }
          }
          const indentation2 = `
${StringPrototypeRepeat(" ", ctx.indentationLvl)}`;
          return `${base ? `${base} ` : ""}${braces[0]}${indentation2}  ${join(output, `,${indentation2}  `)}${indentation2}${braces[1]}`;
        }
        if (isBelowBreakLength(ctx, output, 0, base)) {
          return `${braces[0]}${base ? ` ${base}` : ""} ${join(output, ", ")} ` + braces[1];
        }
        const indentation = StringPrototypeRepeat(" ", ctx.indentationLvl);
        const ln = base === "" && braces[0].length === 1 ? " " : `${base ? ` ${base}` : ""}
${indentation}  `;
        return `${braces[0]}${ln}${join(output, `,
${indentation}  `)} ${braces[1]}`;
      }
      function hasBuiltInToString(value) {
        const getFullProxy = false;
        const proxyTarget = getProxyDetails(value, getFullProxy);
        if (proxyTarget !== void 0) {
          if (proxyTarget === null) {
            return true;
          }
          value = proxyTarget;
        }
        let hasOwnToString = ObjectPrototypeHasOwnProperty;
        let hasOwnToPrimitive = ObjectPrototypeHasOwnProperty;
        if (typeof value.toString !== "function") {
          if (typeof value[SymbolToPrimitive] !== "function") {
            return true;
          } else if (ObjectPrototypeHasOwnProperty(value, SymbolToPrimitive)) {
            return false;
          }
          hasOwnToString = returnFalse;
        } else if (ObjectPrototypeHasOwnProperty(value, "toString")) {
          return false;
        } else if (typeof value[SymbolToPrimitive] !== "function") {
          hasOwnToPrimitive = returnFalse;
        } else if (ObjectPrototypeHasOwnProperty(value, SymbolToPrimitive)) {
          return false;
        }
        let pointer = value;
        do {
          pointer = ObjectGetPrototypeOf(pointer);
        } while (!hasOwnToString(pointer, "toString") && !hasOwnToPrimitive(pointer, SymbolToPrimitive));
        const descriptor = ObjectGetOwnPropertyDescriptor(pointer, "constructor");
        return descriptor !== void 0 && typeof descriptor.value === "function" && builtInObjects.has(descriptor.value.name);
      }
      function returnFalse() {
        return false;
      }
      const firstErrorLine = (error) => StringPrototypeSplit(error.message, "\n", 1)[0];
      let CIRCULAR_ERROR_MESSAGE;
      function tryStringify(arg) {
        try {
          return JSONStringify(arg);
        } catch (err) {
          __caught(err);
          if (!CIRCULAR_ERROR_MESSAGE) {
            try {
              const a = {};
              a.a = a;
              JSONStringify(a);
            } catch (circularError) {
              __caught(circularError);
              CIRCULAR_ERROR_MESSAGE = firstErrorLine(circularError);
            }
          }
          if (err.name === "TypeError" && firstErrorLine(err) === CIRCULAR_ERROR_MESSAGE) {
            return "[Circular]";
          }
          throw err;
        }
      }
      function format(...args) {
        return formatWithOptionsInternal(void 0, args);
      }
      function formatWithOptions(inspectOptions, ...args) {
        validateObject(inspectOptions, "inspectOptions", kValidateObjectAllowArray);
        return formatWithOptionsInternal(inspectOptions, args);
      }
      function formatNumberNoColor(number, options) {
        var _a;
        return formatNumber(stylizeNoColor, number, (_a = options === null || options === void 0 ? void 0 : options.numericSeparator) !== null && _a !== void 0 ? _a : inspectDefaultOptions.numericSeparator);
      }
      function formatBigIntNoColor(bigint, options) {
        var _a;
        return formatBigInt(stylizeNoColor, bigint, (_a = options === null || options === void 0 ? void 0 : options.numericSeparator) !== null && _a !== void 0 ? _a : inspectDefaultOptions.numericSeparator);
      }
      function formatWithOptionsInternal(inspectOptions, args) {
        const first = args[0];
        let a = 0;
        let str = "";
        let join2 = "";
        if (typeof first === "string") {
          if (args.length === 1) {
            return first;
          }
          let tempStr;
          let lastPos = 0;
          for (let i = 0; i < first.length - 1; i++) {
            if (StringPrototypeCharCodeAt(first, i) === 37) {
              const nextChar = StringPrototypeCharCodeAt(first, ++i);
              if (a + 1 !== args.length) {
                switch (nextChar) {
                  case 115: {
                    const tempArg = args[++a];
                    if (typeof tempArg === "number") {
                      tempStr = formatNumberNoColor(tempArg, inspectOptions);
                    } else if (typeof tempArg === "bigint") {
                      tempStr = formatBigIntNoColor(tempArg, inspectOptions);
                    } else if (typeof tempArg !== "object" || tempArg === null || !hasBuiltInToString(tempArg)) {
                      tempStr = String2(tempArg);
                    } else {
                      tempStr = inspect2(tempArg, Object2.assign(Object2.assign({}, inspectOptions), { compact: 3, colors: false, depth: 0 }));
                    }
                    break;
                  }
                  case 106:
                    tempStr = tryStringify(args[++a]);
                    break;
                  case 100: {
                    const tempNum = args[++a];
                    if (typeof tempNum === "bigint") {
                      tempStr = formatBigIntNoColor(tempNum, inspectOptions);
                    } else if (typeof tempNum === "symbol") {
                      tempStr = "NaN";
                    } else {
                      tempStr = formatNumberNoColor(Number2(tempNum), inspectOptions);
                    }
                    break;
                  }
                  case 79:
                    tempStr = inspect2(args[++a], inspectOptions);
                    break;
                  case 111:
                    tempStr = inspect2(args[++a], Object2.assign(Object2.assign({}, inspectOptions), { showHidden: true, showProxy: true, depth: 4 }));
                    break;
                  case 105: {
                    const tempInteger = args[++a];
                    if (typeof tempInteger === "bigint") {
                      tempStr = formatBigIntNoColor(tempInteger, inspectOptions);
                    } else if (typeof tempInteger === "symbol") {
                      tempStr = "NaN";
                    } else {
                      tempStr = formatNumberNoColor(NumberParseInt(tempInteger), inspectOptions);
                    }
                    break;
                  }
                  case 102: {
                    const tempFloat = args[++a];
                    if (typeof tempFloat === "symbol") {
                      tempStr = "NaN";
                    } else {
                      tempStr = formatNumberNoColor(NumberParseFloat(tempFloat), inspectOptions);
                    }
                    break;
                  }
                  case 99:
                    a += 1;
                    tempStr = "";
                    break;
                  case 37:
                    str += StringPrototypeSlice(first, lastPos, i);
                    lastPos = i + 1;
                    continue;
                  default:
                    continue;
                }
                if (lastPos !== i - 1) {
                  str += StringPrototypeSlice(first, lastPos, i - 1);
                }
                str += tempStr;
                lastPos = i + 1;
              } else if (nextChar === 37) {
                str += StringPrototypeSlice(first, lastPos, i);
                lastPos = i + 1;
              }
            }
          }
          if (lastPos !== 0) {
            a++;
            join2 = " ";
            if (lastPos < first.length) {
              str += StringPrototypeSlice(first, lastPos);
            }
          }
        }
        while (a < args.length) {
          const value = args[a];
          str += join2;
          str += typeof value !== "string" ? inspect2(value, inspectOptions) : value;
          join2 = " ";
          a++;
        }
        return str;
      }
      function isZeroWidthCodePoint(code) {
        return code <= 31 || code >= 127 && code <= 159 || code >= 768 && code <= 879 || code >= 8203 && code <= 8207 || code >= 8400 && code <= 8447 || code >= 65024 && code <= 65039 || code >= 65056 && code <= 65071 || code >= 917760 && code <= 917999;
      }
      if (internalBinding("config").hasIntl) {
        const icu = internalBinding("icu");
        getStringWidth = function getStringWidth2(str, removeControlChars = true) {
          let width = 0;
          if (removeControlChars) {
            str = stripVTControlCharacters(str);
          }
          for (let i = 0; i < str.length; i++) {
            const code = str.charCodeAt(i);
            if (code >= 127) {
              width += icu.getStringWidth(StringPrototypeNormalize(StringPrototypeSlice(str, i), "NFC"));
              break;
            }
            width += code >= 32 ? 1 : 0;
          }
          return width;
        };
      } else {
        getStringWidth = function getStringWidth2(str, removeControlChars = true) {
          let width = 0;
          if (removeControlChars)
            str = stripVTControlCharacters(str);
          str = StringPrototypeNormalize(str, "NFC");
          for (const char of new SafeStringIterator(str)) {
            const code = StringPrototypeCodePointAt(char, 0);
            if (isFullWidthCodePoint(code)) {
              width += 2;
            } else if (!isZeroWidthCodePoint(code)) {
              width++;
            }
          }
          return width;
        };
        const isFullWidthCodePoint = (code) => {
          return code >= 4352 && (code <= 4447 || code === 9001 || code === 9002 || code >= 11904 && code <= 12871 && code !== 12351 || code >= 12880 && code <= 19903 || code >= 19968 && code <= 42182 || code >= 43360 && code <= 43388 || code >= 44032 && code <= 55203 || code >= 63744 && code <= 64255 || code >= 65040 && code <= 65049 || code >= 65072 && code <= 65131 || code >= 65281 && code <= 65376 || code >= 65504 && code <= 65510 || code >= 110592 && code <= 110593 || code >= 127488 && code <= 127569 || code >= 127744 && code <= 128591 || code >= 131072 && code <= 262141);
        };
      }
      function stripVTControlCharacters(str) {
        validateString(str, "str");
        return RegExpPrototypeSymbolReplace(ansi, str, "");
      }
      module.exports = {
        identicalSequenceRange,
        inspect: inspect2,
        inspectDefaultOptions,
        format,
        formatWithOptions,
        getStringWidth,
        stripVTControlCharacters,
        isZeroWidthCodePoint
      };
    },
    "internal/validators": function(module, exports, require2) {
      "use strict";
      const { ArrayIsArray, ArrayPrototypeIncludes, ArrayPrototypeJoin, ArrayPrototypeMap, NumberIsFinite, NumberIsInteger, NumberIsNaN, NumberMAX_SAFE_INTEGER, NumberMIN_SAFE_INTEGER, NumberParseInt, ObjectPrototypeHasOwnProperty, RegExpPrototypeExec, String: String2, StringPrototypeToUpperCase, StringPrototypeTrim } = primordials;
      const { hideStackFrames, codes: { ERR_SOCKET_BAD_PORT: { HideStackFramesError: ERR_SOCKET_BAD_PORT }, ERR_INVALID_ARG_TYPE: { HideStackFramesError: ERR_INVALID_ARG_TYPE }, ERR_INVALID_ARG_VALUE: { HideStackFramesError: ERR_INVALID_ARG_VALUE }, ERR_OUT_OF_RANGE: { HideStackFramesError: ERR_OUT_OF_RANGE }, ERR_UNKNOWN_SIGNAL: { HideStackFramesError: ERR_UNKNOWN_SIGNAL } } } = require2("internal/errors");
      const { normalizeEncoding } = require2("internal/util");
      const { isAsyncFunction, isArrayBufferView } = require2("internal/util/types");
      const { signals: signals2 } = internalBinding("constants").os;
      function isInt32(value) {
        return value === (value | 0);
      }
      function isUint32(value) {
        return value === value >>> 0;
      }
      const octalReg = /^[0-7]+$/;
      const modeDesc = "must be a 32-bit unsigned integer or an octal string";
      function parseFileMode(value, name2, def) {
        value !== null && value !== void 0 ? value : value = def;
        if (typeof value === "string") {
          if (RegExpPrototypeExec(octalReg, value) === null) {
            throw new ERR_INVALID_ARG_VALUE(name2, value, modeDesc);
          }
          value = NumberParseInt(value, 8);
        }
        validateUint32(value, name2);
        return value;
      }
      const validateInteger = hideStackFrames((value, name2, min = NumberMIN_SAFE_INTEGER, max = NumberMAX_SAFE_INTEGER) => {
        if (typeof value !== "number")
          throw new ERR_INVALID_ARG_TYPE(name2, "number", value);
        if (!NumberIsInteger(value))
          throw new ERR_OUT_OF_RANGE(name2, "an integer", value);
        if (value < min || value > max)
          throw new ERR_OUT_OF_RANGE(name2, `>= ${min} && <= ${max}`, value);
      });
      const validateInt32 = hideStackFrames((value, name2, min = -2147483648, max = 2147483647) => {
        if (typeof value !== "number") {
          throw new ERR_INVALID_ARG_TYPE(name2, "number", value);
        }
        if (!NumberIsInteger(value)) {
          throw new ERR_OUT_OF_RANGE(name2, "an integer", value);
        }
        if (value < min || value > max) {
          throw new ERR_OUT_OF_RANGE(name2, `>= ${min} && <= ${max}`, value);
        }
      });
      const validateUint32 = hideStackFrames((value, name2, positive = false) => {
        if (typeof value !== "number") {
          throw new ERR_INVALID_ARG_TYPE(name2, "number", value);
        }
        if (!NumberIsInteger(value)) {
          throw new ERR_OUT_OF_RANGE(name2, "an integer", value);
        }
        const min = positive ? 1 : 0;
        const max = 4294967295;
        if (value < min || value > max) {
          throw new ERR_OUT_OF_RANGE(name2, `>= ${min} && <= ${max}`, value);
        }
      });
      const validateString = hideStackFrames((value, name2) => {
        if (typeof value !== "string")
          throw new ERR_INVALID_ARG_TYPE(name2, "string", value);
      });
      const validateNumber = hideStackFrames((value, name2, min = void 0, max) => {
        if (typeof value !== "number")
          throw new ERR_INVALID_ARG_TYPE(name2, "number", value);
        if (min != null && value < min || max != null && value > max || (min != null || max != null) && NumberIsNaN(value)) {
          throw new ERR_OUT_OF_RANGE(name2, `${min != null ? `>= ${min}` : ""}${min != null && max != null ? " && " : ""}${max != null ? `<= ${max}` : ""}`, value);
        }
      });
      const validateOneOf = hideStackFrames((value, name2, oneOf) => {
        if (!ArrayPrototypeIncludes(oneOf, value)) {
          const allowed = ArrayPrototypeJoin(ArrayPrototypeMap(oneOf, (v) => typeof v === "string" ? `'${v}'` : String2(v)), ", ");
          const reason = "must be one of: " + allowed;
          throw new ERR_INVALID_ARG_VALUE(name2, value, reason);
        }
      });
      const validateBoolean = hideStackFrames((value, name2) => {
        if (typeof value !== "boolean")
          throw new ERR_INVALID_ARG_TYPE(name2, "boolean", value);
      });
      const kValidateObjectNone = 0;
      const kValidateObjectAllowNullable = 1 << 0;
      const kValidateObjectAllowArray = 1 << 1;
      const kValidateObjectAllowFunction = 1 << 2;
      const kValidateObjectAllowObjects = kValidateObjectAllowArray | kValidateObjectAllowFunction;
      const kValidateObjectAllowObjectsAndNull = kValidateObjectAllowNullable | kValidateObjectAllowArray | kValidateObjectAllowFunction;
      const validateObject = hideStackFrames((value, name2, options = kValidateObjectNone) => {
        if (options === kValidateObjectNone) {
          if (value === null || ArrayIsArray(value)) {
            throw new ERR_INVALID_ARG_TYPE(name2, "Object", value);
          }
          if (typeof value !== "object") {
            throw new ERR_INVALID_ARG_TYPE(name2, "Object", value);
          }
        } else {
          const throwOnNullable = (kValidateObjectAllowNullable & options) === 0;
          if (throwOnNullable && value === null) {
            throw new ERR_INVALID_ARG_TYPE(name2, "Object", value);
          }
          const throwOnArray = (kValidateObjectAllowArray & options) === 0;
          if (throwOnArray && ArrayIsArray(value)) {
            throw new ERR_INVALID_ARG_TYPE(name2, "Object", value);
          }
          const throwOnFunction = (kValidateObjectAllowFunction & options) === 0;
          const typeofValue = typeof value;
          if (typeofValue !== "object" && (throwOnFunction || typeofValue !== "function")) {
            throw new ERR_INVALID_ARG_TYPE(name2, "Object", value);
          }
        }
      });
      const validateDictionary = hideStackFrames((value, name2) => {
        if (value != null && typeof value !== "object" && typeof value !== "function") {
          throw new ERR_INVALID_ARG_TYPE(name2, "a dictionary", value);
        }
      });
      const validateArray = hideStackFrames((value, name2, minLength = 0) => {
        if (!ArrayIsArray(value)) {
          throw new ERR_INVALID_ARG_TYPE(name2, "Array", value);
        }
        if (value.length < minLength) {
          const reason = `must be longer than ${minLength}`;
          throw new ERR_INVALID_ARG_VALUE(name2, value, reason);
        }
      });
      const validateStringArray = hideStackFrames((value, name2) => {
        validateArray(value, name2);
        for (let i = 0; i < value.length; ++i) {
          if (typeof value[i] !== "string") {
            throw new ERR_INVALID_ARG_TYPE(`${name2}[${i}]`, "string", value[i]);
          }
        }
      });
      const validateBooleanArray = hideStackFrames((value, name2) => {
        validateArray(value, name2);
        for (let i = 0; i < value.length; ++i) {
          if (value[i] !== true && value[i] !== false) {
            throw new ERR_INVALID_ARG_TYPE(`${name2}[${i}]`, "boolean", value[i]);
          }
        }
      });
      function validateAbortSignalArray(value, name2) {
        validateArray(value, name2);
        for (let i = 0; i < value.length; i++) {
          const signal = value[i];
          const indexedName = `${name2}[${i}]`;
          if (signal == null) {
            throw new ERR_INVALID_ARG_TYPE(indexedName, "AbortSignal", signal);
          }
          validateAbortSignal(signal, indexedName);
        }
      }
      const validateSignalName = hideStackFrames((signal, name2 = "signal") => {
        validateString(signal, name2);
        if (signals2[signal] === void 0) {
          if (signals2[StringPrototypeToUpperCase(signal)] !== void 0) {
            throw new ERR_UNKNOWN_SIGNAL(signal + " (signals must use all capital letters)");
          }
          throw new ERR_UNKNOWN_SIGNAL(signal);
        }
      });
      const validateBuffer = hideStackFrames((buffer, name2 = "buffer") => {
        if (!isArrayBufferView(buffer)) {
          throw new ERR_INVALID_ARG_TYPE(name2, ["Buffer", "TypedArray", "DataView"], buffer);
        }
      });
      const validateEncoding = hideStackFrames((data, encoding) => {
        const normalizedEncoding = normalizeEncoding(encoding);
        const length = data.length;
        if (normalizedEncoding === "hex" && length % 2 !== 0) {
          throw new ERR_INVALID_ARG_VALUE("encoding", encoding, `is invalid for data of length ${length}`);
        }
      });
      const validatePort = hideStackFrames((port, name2 = "Port", allowZero = true) => {
        if (typeof port !== "number" && typeof port !== "string" || typeof port === "string" && StringPrototypeTrim(port).length === 0 || +port !== +port >>> 0 || port > 65535 || port === 0 && !allowZero) {
          throw new ERR_SOCKET_BAD_PORT(name2, port, allowZero);
        }
        return port | 0;
      });
      const validateAbortSignal = hideStackFrames((signal, name2) => {
        if (signal !== void 0 && (signal === null || typeof signal !== "object" || !("aborted" in signal))) {
          throw new ERR_INVALID_ARG_TYPE(name2, "AbortSignal", signal);
        }
      });
      const validateFunction = hideStackFrames((value, name2) => {
        if (typeof value !== "function")
          throw new ERR_INVALID_ARG_TYPE(name2, "Function", value);
      });
      const validatePlainFunction = hideStackFrames((value, name2) => {
        if (typeof value !== "function" || isAsyncFunction(value))
          throw new ERR_INVALID_ARG_TYPE(name2, "Function", value);
      });
      const validateUndefined = hideStackFrames((value, name2) => {
        if (value !== void 0)
          throw new ERR_INVALID_ARG_TYPE(name2, "undefined", value);
      });
      function validateUnion(value, name2, union) {
        if (!ArrayPrototypeIncludes(union, value)) {
          throw new ERR_INVALID_ARG_TYPE(name2, `('${ArrayPrototypeJoin(union, "|")}')`, value);
        }
      }
      const linkValueRegExp = /^(?:<[^>]*>)(?:\s*;\s*[^;"\s]+(?:=(")?[^;"\s]*\1)?)*$/;
      const validateLinkHeaderFormat = hideStackFrames((value, name2) => {
        if (typeof value === "undefined" || !RegExpPrototypeExec(linkValueRegExp, value)) {
          throw new ERR_INVALID_ARG_VALUE(name2, value, 'must be an array or string of format "</styles.css>; rel=preload; as=style"');
        }
      });
      const validateInternalField = hideStackFrames((object, fieldKey, className) => {
        if (typeof object !== "object" || object === null || !ObjectPrototypeHasOwnProperty(object, fieldKey)) {
          throw new ERR_INVALID_ARG_TYPE("this", className, object);
        }
      });
      const validateLinkHeaderValue = hideStackFrames((hints) => {
        if (typeof hints === "string") {
          validateLinkHeaderFormat.withoutStackTrace(hints, "hints");
          return hints;
        } else if (ArrayIsArray(hints)) {
          const hintsLength = hints.length;
          let result = "";
          if (hintsLength === 0) {
            return result;
          }
          for (let i = 0; i < hintsLength; i++) {
            const link = hints[i];
            validateLinkHeaderFormat.withoutStackTrace(link, "hints");
            result += link;
            if (i !== hintsLength - 1) {
              result += ", ";
            }
          }
          return result;
        }
        throw new ERR_INVALID_ARG_VALUE("hints", hints, 'must be an array or string of format "</styles.css>; rel=preload; as=style"');
      });
      const validateFiniteNumber = hideStackFrames((number, name2) => {
        if (number === void 0) {
          return false;
        }
        if (NumberIsFinite(number)) {
          return true;
        }
        if (NumberIsNaN(number)) {
          return false;
        }
        validateNumber(number, name2);
        throw new ERR_OUT_OF_RANGE(name2, "a finite number", number);
      });
      const checkRangesOrGetDefault = hideStackFrames((number, name2, lower2, upper, def) => {
        if (!validateFiniteNumber(number, name2)) {
          return def;
        }
        if (number < lower2 || number > upper) {
          throw new ERR_OUT_OF_RANGE(name2, `>= ${lower2} and <= ${upper}`, number);
        }
        return number;
      });
      module.exports = {
        isInt32,
        isUint32,
        parseFileMode,
        validateArray,
        validateStringArray,
        validateBooleanArray,
        validateAbortSignalArray,
        validateBoolean,
        validateBuffer,
        validateDictionary,
        validateEncoding,
        validateFunction,
        validateInt32,
        validateInteger,
        validateNumber,
        validateObject,
        kValidateObjectNone,
        kValidateObjectAllowNullable,
        kValidateObjectAllowArray,
        kValidateObjectAllowFunction,
        kValidateObjectAllowObjects,
        kValidateObjectAllowObjectsAndNull,
        validateOneOf,
        validatePlainFunction,
        validatePort,
        validateSignalName,
        validateString,
        validateUint32,
        validateUndefined,
        validateUnion,
        validateAbortSignal,
        validateLinkHeaderValue,
        validateInternalField,
        validateFiniteNumber,
        checkRangesOrGetDefault
      };
    },
    "path": function(module, exports, require2) {
      "use strict";
      const { ArrayPrototypeIncludes, ArrayPrototypeJoin, ArrayPrototypeSlice, FunctionPrototypeBind, StringPrototypeCharCodeAt, StringPrototypeIncludes, StringPrototypeIndexOf, StringPrototypeLastIndexOf, StringPrototypeRepeat, StringPrototypeReplace, StringPrototypeSlice, StringPrototypeSplit, StringPrototypeToLowerCase, StringPrototypeToUpperCase } = primordials;
      const { CHAR_UPPERCASE_A, CHAR_LOWERCASE_A, CHAR_UPPERCASE_Z, CHAR_LOWERCASE_Z, CHAR_DOT, CHAR_FORWARD_SLASH, CHAR_BACKWARD_SLASH, CHAR_COLON, CHAR_QUESTION_MARK } = require2("internal/constants");
      const { validateObject, validateString } = require2("internal/validators");
      const { getLazy, emitExperimentalWarning } = require2("internal/util");
      const lazyMinimatch = getLazy(() => require2("internal/deps/minimatch/index"));
      const platformIsWin32 = process2.platform === "win32";
      const platformIsOSX = process2.platform === "darwin";
      function isPathSeparator(code) {
        return code === CHAR_FORWARD_SLASH || code === CHAR_BACKWARD_SLASH;
      }
      function isPosixPathSeparator(code) {
        return code === CHAR_FORWARD_SLASH;
      }
      const WINDOWS_RESERVED_NAMES = [
        "CON",
        "PRN",
        "AUX",
        "NUL",
        "COM1",
        "COM2",
        "COM3",
        "COM4",
        "COM5",
        "COM6",
        "COM7",
        "COM8",
        "COM9",
        "LPT1",
        "LPT2",
        "LPT3",
        "LPT4",
        "LPT5",
        "LPT6",
        "LPT7",
        "LPT8",
        "LPT9",
        "COM\xB9",
        "COM\xB2",
        "COM\xB3",
        "LPT\xB9",
        "LPT\xB2",
        "LPT\xB3"
      ];
      function isWindowsReservedName(path, colonIndex) {
        const devicePart = StringPrototypeToUpperCase(StringPrototypeSlice(path, 0, colonIndex));
        return ArrayPrototypeIncludes(WINDOWS_RESERVED_NAMES, devicePart);
      }
      function isWindowsDeviceRoot(code) {
        return code >= CHAR_UPPERCASE_A && code <= CHAR_UPPERCASE_Z || code >= CHAR_LOWERCASE_A && code <= CHAR_LOWERCASE_Z;
      }
      function normalizeString(path, allowAboveRoot, separator, isPathSeparator2) {
        let res = "";
        let lastSegmentLength = 0;
        let lastSlash = -1;
        let dots = 0;
        let code = 0;
        for (let i = 0; i <= path.length; ++i) {
          if (i < path.length)
            code = StringPrototypeCharCodeAt(path, i);
          else if (isPathSeparator2(code))
            break;
          else
            code = CHAR_FORWARD_SLASH;
          if (isPathSeparator2(code)) {
            if (lastSlash === i - 1 || dots === 1) {
            } else if (dots === 2) {
              if (res.length < 2 || lastSegmentLength !== 2 || StringPrototypeCharCodeAt(res, res.length - 1) !== CHAR_DOT || StringPrototypeCharCodeAt(res, res.length - 2) !== CHAR_DOT) {
                if (res.length > 2) {
                  const lastSlashIndex = StringPrototypeLastIndexOf(res, separator);
                  if (lastSlashIndex === -1) {
                    res = "";
                    lastSegmentLength = 0;
                  } else {
                    res = StringPrototypeSlice(res, 0, lastSlashIndex);
                    lastSegmentLength = res.length - 1 - StringPrototypeLastIndexOf(res, separator);
                  }
                  lastSlash = i;
                  dots = 0;
                  continue;
                } else if (res.length !== 0) {
                  res = "";
                  lastSegmentLength = 0;
                  lastSlash = i;
                  dots = 0;
                  continue;
                }
              }
              if (allowAboveRoot) {
                res += res.length > 0 ? `${separator}..` : "..";
                lastSegmentLength = 2;
              }
            } else {
              if (res.length > 0)
                res += `${separator}${StringPrototypeSlice(path, lastSlash + 1, i)}`;
              else
                res = StringPrototypeSlice(path, lastSlash + 1, i);
              lastSegmentLength = i - lastSlash - 1;
            }
            lastSlash = i;
            dots = 0;
          } else if (code === CHAR_DOT && dots !== -1) {
            ++dots;
          } else {
            dots = -1;
          }
        }
        return res;
      }
      function formatExt(ext) {
        return ext ? `${ext[0] === "." ? "" : "."}${ext}` : "";
      }
      function _format(sep, pathObject) {
        validateObject(pathObject, "pathObject");
        const dir = pathObject.dir || pathObject.root;
        const base = pathObject.base || `${pathObject.name || ""}${formatExt(pathObject.ext)}`;
        if (!dir) {
          return base;
        }
        return dir === pathObject.root ? `${dir}${base}` : `${dir}${sep}${base}`;
      }
      function glob(path, pattern, windows) {
        emitExperimentalWarning("glob");
        validateString(path, "path");
        validateString(pattern, "pattern");
        return lazyMinimatch().minimatch(path, pattern, {
          __proto__: null,
          nocase: platformIsOSX || platformIsWin32,
          windowsPathsNoEscape: true,
          nonegate: true,
          nocomment: true,
          optimizationLevel: 2,
          platform: windows ? "win32" : "posix",
          nocaseMagicOnly: true
        });
      }
      const win32 = {
        resolve(...args) {
          let resolvedDevice = "";
          let resolvedTail = "";
          let resolvedAbsolute = false;
          for (let i = args.length - 1; i >= -1; i--) {
            let path;
            if (i >= 0) {
              path = args[i];
              validateString(path, `paths[${i}]`);
              if (path.length === 0) {
                continue;
              }
            } else if (resolvedDevice.length === 0) {
              path = process2.cwd();
            } else {
              path = process2.env[`=${resolvedDevice}`] || process2.cwd();
              if (path === void 0 || StringPrototypeToLowerCase(StringPrototypeSlice(path, 0, 2)) !== StringPrototypeToLowerCase(resolvedDevice) && StringPrototypeCharCodeAt(path, 2) === CHAR_BACKWARD_SLASH) {
                path = `${resolvedDevice}\\`;
              }
            }
            const len = path.length;
            let rootEnd = 0;
            let device = "";
            let isAbsolute = false;
            const code = StringPrototypeCharCodeAt(path, 0);
            if (len === 1) {
              if (isPathSeparator(code)) {
                rootEnd = 1;
                isAbsolute = true;
              }
            } else if (isPathSeparator(code)) {
              isAbsolute = true;
              if (isPathSeparator(StringPrototypeCharCodeAt(path, 1))) {
                let j = 2;
                let last = j;
                while (j < len && !isPathSeparator(StringPrototypeCharCodeAt(path, j))) {
                  j++;
                }
                if (j < len && j !== last) {
                  const firstPart = StringPrototypeSlice(path, last, j);
                  last = j;
                  while (j < len && isPathSeparator(StringPrototypeCharCodeAt(path, j))) {
                    j++;
                  }
                  if (j < len && j !== last) {
                    last = j;
                    while (j < len && !isPathSeparator(StringPrototypeCharCodeAt(path, j))) {
                      j++;
                    }
                    if (j === len || j !== last) {
                      if (firstPart !== "." && firstPart !== "?") {
                        device = `\\\\${firstPart}\\${StringPrototypeSlice(path, last, j)}`;
                        rootEnd = j;
                      } else {
                        device = `\\\\${firstPart}`;
                        rootEnd = 4;
                      }
                    }
                  }
                }
              } else {
                rootEnd = 1;
              }
            } else if (isWindowsDeviceRoot(code) && StringPrototypeCharCodeAt(path, 1) === CHAR_COLON) {
              device = StringPrototypeSlice(path, 0, 2);
              rootEnd = 2;
              if (len > 2 && isPathSeparator(StringPrototypeCharCodeAt(path, 2))) {
                isAbsolute = true;
                rootEnd = 3;
              }
            }
            if (device.length > 0) {
              if (resolvedDevice.length > 0) {
                if (StringPrototypeToLowerCase(device) !== StringPrototypeToLowerCase(resolvedDevice))
                  continue;
              } else {
                resolvedDevice = device;
              }
            }
            if (resolvedAbsolute) {
              if (resolvedDevice.length > 0)
                break;
            } else {
              resolvedTail = `${StringPrototypeSlice(path, rootEnd)}\\${resolvedTail}`;
              resolvedAbsolute = isAbsolute;
              if (isAbsolute && resolvedDevice.length > 0) {
                break;
              }
            }
          }
          resolvedTail = normalizeString(resolvedTail, !resolvedAbsolute, "\\", isPathSeparator);
          return resolvedAbsolute ? `${resolvedDevice}\\${resolvedTail}` : `${resolvedDevice}${resolvedTail}` || ".";
        },
        normalize(path) {
          validateString(path, "path");
          const len = path.length;
          if (len === 0)
            return ".";
          let rootEnd = 0;
          let device;
          let isAbsolute = false;
          const code = StringPrototypeCharCodeAt(path, 0);
          if (len === 1) {
            return isPosixPathSeparator(code) ? "\\" : path;
          }
          if (isPathSeparator(code)) {
            isAbsolute = true;
            if (isPathSeparator(StringPrototypeCharCodeAt(path, 1))) {
              let j = 2;
              let last = j;
              while (j < len && !isPathSeparator(StringPrototypeCharCodeAt(path, j))) {
                j++;
              }
              if (j < len && j !== last) {
                const firstPart = StringPrototypeSlice(path, last, j);
                last = j;
                while (j < len && isPathSeparator(StringPrototypeCharCodeAt(path, j))) {
                  j++;
                }
                if (j < len && j !== last) {
                  last = j;
                  while (j < len && !isPathSeparator(StringPrototypeCharCodeAt(path, j))) {
                    j++;
                  }
                  if (j === len || j !== last) {
                    if (firstPart === "." || firstPart === "?") {
                      device = `\\\\${firstPart}`;
                      rootEnd = 4;
                    } else if (j === len) {
                      return `\\\\${firstPart}\\${StringPrototypeSlice(path, last)}\\`;
                    } else {
                      device = `\\\\${firstPart}\\${StringPrototypeSlice(path, last, j)}`;
                      rootEnd = j;
                    }
                  }
                }
              }
            } else {
              rootEnd = 1;
            }
          } else {
            const colonIndex2 = StringPrototypeIndexOf(path, ":");
            if (colonIndex2 > 0) {
              if (isWindowsDeviceRoot(code) && colonIndex2 === 1) {
                device = StringPrototypeSlice(path, 0, 2);
                rootEnd = 2;
                if (len > 2 && isPathSeparator(StringPrototypeCharCodeAt(path, 2))) {
                  isAbsolute = true;
                  rootEnd = 3;
                }
              } else if (isWindowsReservedName(path, colonIndex2)) {
                device = StringPrototypeSlice(path, 0, colonIndex2 + 1);
                rootEnd = colonIndex2 + 1;
              }
            }
          }
          let tail = rootEnd < len ? normalizeString(StringPrototypeSlice(path, rootEnd), !isAbsolute, "\\", isPathSeparator) : "";
          if (tail.length === 0 && !isAbsolute)
            tail = ".";
          if (tail.length > 0 && isPathSeparator(StringPrototypeCharCodeAt(path, len - 1)))
            tail += "\\";
          if (!isAbsolute && device === void 0 && StringPrototypeIncludes(path, ":")) {
            if (tail.length >= 2 && isWindowsDeviceRoot(StringPrototypeCharCodeAt(tail, 0)) && StringPrototypeCharCodeAt(tail, 1) === CHAR_COLON) {
              return `.\\${tail}`;
            }
            let index = StringPrototypeIndexOf(path, ":");
            do {
              if (index === len - 1 || isPathSeparator(StringPrototypeCharCodeAt(path, index + 1))) {
                return `.\\${tail}`;
              }
            } while ((index = StringPrototypeIndexOf(path, ":", index + 1)) !== -1);
          }
          const colonIndex = StringPrototypeIndexOf(path, ":");
          if (isWindowsReservedName(path, colonIndex)) {
            return `.\\${device !== null && device !== void 0 ? device : ""}${tail}`;
          }
          if (device === void 0) {
            return isAbsolute ? `\\${tail}` : tail;
          }
          return isAbsolute ? `${device}\\${tail}` : `${device}${tail}`;
        },
        isAbsolute(path) {
          validateString(path, "path");
          const len = path.length;
          if (len === 0)
            return false;
          const code = StringPrototypeCharCodeAt(path, 0);
          return isPathSeparator(code) || len > 2 && isWindowsDeviceRoot(code) && StringPrototypeCharCodeAt(path, 1) === CHAR_COLON && isPathSeparator(StringPrototypeCharCodeAt(path, 2));
        },
        join(...args) {
          if (args.length === 0)
            return ".";
          let joined2;
          let firstPart;
          for (let i = 0; i < args.length; ++i) {
            const arg = args[i];
            validateString(arg, "path");
            if (arg.length > 0) {
              if (joined2 === void 0)
                joined2 = firstPart = arg;
              else
                joined2 += `\\${arg}`;
            }
          }
          if (joined2 === void 0)
            return ".";
          let needsReplace = true;
          let slashCount = 0;
          if (isPathSeparator(StringPrototypeCharCodeAt(firstPart, 0))) {
            ++slashCount;
            const firstLen = firstPart.length;
            if (firstLen > 1 && isPathSeparator(StringPrototypeCharCodeAt(firstPart, 1))) {
              ++slashCount;
              if (firstLen > 2) {
                if (isPathSeparator(StringPrototypeCharCodeAt(firstPart, 2)))
                  ++slashCount;
                else {
                  needsReplace = false;
                }
              }
            }
          }
          if (needsReplace) {
            while (slashCount < joined2.length && isPathSeparator(StringPrototypeCharCodeAt(joined2, slashCount))) {
              slashCount++;
            }
            if (slashCount >= 2)
              joined2 = `\\${StringPrototypeSlice(joined2, slashCount)}`;
          }
          return win32.normalize(joined2);
        },
        relative(from, to) {
          validateString(from, "from");
          validateString(to, "to");
          if (from === to)
            return "";
          const fromOrig = win32.resolve(from);
          const toOrig = win32.resolve(to);
          if (fromOrig === toOrig)
            return "";
          from = StringPrototypeToLowerCase(fromOrig);
          to = StringPrototypeToLowerCase(toOrig);
          if (from === to)
            return "";
          if (fromOrig.length !== from.length || toOrig.length !== to.length) {
            const fromSplit = StringPrototypeSplit(fromOrig, "\\");
            const toSplit = StringPrototypeSplit(toOrig, "\\");
            if (fromSplit[fromSplit.length - 1] === "") {
              fromSplit.pop();
            }
            if (toSplit[toSplit.length - 1] === "") {
              toSplit.pop();
            }
            const fromLen2 = fromSplit.length;
            const toLen2 = toSplit.length;
            const length2 = fromLen2 < toLen2 ? fromLen2 : toLen2;
            let i2;
            for (i2 = 0; i2 < length2; i2++) {
              if (StringPrototypeToLowerCase(fromSplit[i2]) !== StringPrototypeToLowerCase(toSplit[i2])) {
                break;
              }
            }
            if (i2 === 0) {
              return toOrig;
            } else if (i2 === length2) {
              if (toLen2 > length2) {
                return ArrayPrototypeJoin(ArrayPrototypeSlice(toSplit, i2), "\\");
              }
              if (fromLen2 > length2) {
                return StringPrototypeRepeat("..\\", fromLen2 - 1 - i2) + "..";
              }
              return "";
            }
            return StringPrototypeRepeat("..\\", fromLen2 - i2) + ArrayPrototypeJoin(ArrayPrototypeSlice(toSplit, i2), "\\");
          }
          let fromStart = 0;
          while (fromStart < from.length && StringPrototypeCharCodeAt(from, fromStart) === CHAR_BACKWARD_SLASH) {
            fromStart++;
          }
          let fromEnd = from.length;
          while (fromEnd - 1 > fromStart && StringPrototypeCharCodeAt(from, fromEnd - 1) === CHAR_BACKWARD_SLASH) {
            fromEnd--;
          }
          const fromLen = fromEnd - fromStart;
          let toStart = 0;
          while (toStart < to.length && StringPrototypeCharCodeAt(to, toStart) === CHAR_BACKWARD_SLASH) {
            toStart++;
          }
          let toEnd = to.length;
          while (toEnd - 1 > toStart && StringPrototypeCharCodeAt(to, toEnd - 1) === CHAR_BACKWARD_SLASH) {
            toEnd--;
          }
          const toLen = toEnd - toStart;
          const length = fromLen < toLen ? fromLen : toLen;
          let lastCommonSep = -1;
          let i = 0;
          for (; i < length; i++) {
            const fromCode = StringPrototypeCharCodeAt(from, fromStart + i);
            if (fromCode !== StringPrototypeCharCodeAt(to, toStart + i))
              break;
            else if (fromCode === CHAR_BACKWARD_SLASH)
              lastCommonSep = i;
          }
          if (i !== length) {
            if (lastCommonSep === -1)
              return toOrig;
          } else {
            if (toLen > length) {
              if (StringPrototypeCharCodeAt(to, toStart + i) === CHAR_BACKWARD_SLASH) {
                return StringPrototypeSlice(toOrig, toStart + i + 1);
              }
              if (i === 2) {
                return StringPrototypeSlice(toOrig, toStart + i);
              }
            }
            if (fromLen > length) {
              if (StringPrototypeCharCodeAt(from, fromStart + i) === CHAR_BACKWARD_SLASH) {
                lastCommonSep = i;
              } else if (i === 2) {
                lastCommonSep = 3;
              }
            }
            if (lastCommonSep === -1)
              lastCommonSep = 0;
          }
          let out = "";
          for (i = fromStart + lastCommonSep + 1; i <= fromEnd; ++i) {
            if (i === fromEnd || StringPrototypeCharCodeAt(from, i) === CHAR_BACKWARD_SLASH) {
              out += out.length === 0 ? ".." : "\\..";
            }
          }
          toStart += lastCommonSep;
          if (out.length > 0)
            return `${out}${StringPrototypeSlice(toOrig, toStart, toEnd)}`;
          if (StringPrototypeCharCodeAt(toOrig, toStart) === CHAR_BACKWARD_SLASH)
            ++toStart;
          return StringPrototypeSlice(toOrig, toStart, toEnd);
        },
        toNamespacedPath(path) {
          if (typeof path !== "string" || path.length === 0)
            return path;
          const resolvedPath = win32.resolve(path);
          if (resolvedPath.length <= 2)
            return path;
          if (StringPrototypeCharCodeAt(resolvedPath, 0) === CHAR_BACKWARD_SLASH) {
            if (StringPrototypeCharCodeAt(resolvedPath, 1) === CHAR_BACKWARD_SLASH) {
              const code = StringPrototypeCharCodeAt(resolvedPath, 2);
              if (code !== CHAR_QUESTION_MARK && code !== CHAR_DOT) {
                return `\\\\?\\UNC\\${StringPrototypeSlice(resolvedPath, 2)}`;
              }
            }
          } else if (isWindowsDeviceRoot(StringPrototypeCharCodeAt(resolvedPath, 0)) && StringPrototypeCharCodeAt(resolvedPath, 1) === CHAR_COLON && StringPrototypeCharCodeAt(resolvedPath, 2) === CHAR_BACKWARD_SLASH) {
            return `\\\\?\\${resolvedPath}`;
          }
          return resolvedPath;
        },
        dirname(path) {
          validateString(path, "path");
          const len = path.length;
          if (len === 0)
            return ".";
          let rootEnd = -1;
          let offset = 0;
          const code = StringPrototypeCharCodeAt(path, 0);
          if (len === 1) {
            return isPathSeparator(code) ? path : ".";
          }
          if (isPathSeparator(code)) {
            rootEnd = offset = 1;
            if (isPathSeparator(StringPrototypeCharCodeAt(path, 1))) {
              let j = 2;
              let last = j;
              while (j < len && !isPathSeparator(StringPrototypeCharCodeAt(path, j))) {
                j++;
              }
              if (j < len && j !== last) {
                last = j;
                while (j < len && isPathSeparator(StringPrototypeCharCodeAt(path, j))) {
                  j++;
                }
                if (j < len && j !== last) {
                  last = j;
                  while (j < len && !isPathSeparator(StringPrototypeCharCodeAt(path, j))) {
                    j++;
                  }
                  if (j === len) {
                    return path;
                  }
                  if (j !== last) {
                    rootEnd = offset = j + 1;
                  }
                }
              }
            }
          } else if (isWindowsDeviceRoot(code) && StringPrototypeCharCodeAt(path, 1) === CHAR_COLON) {
            rootEnd = len > 2 && isPathSeparator(StringPrototypeCharCodeAt(path, 2)) ? 3 : 2;
            offset = rootEnd;
          }
          let end = -1;
          let matchedSlash = true;
          for (let i = len - 1; i >= offset; --i) {
            if (isPathSeparator(StringPrototypeCharCodeAt(path, i))) {
              if (!matchedSlash) {
                end = i;
                break;
              }
            } else {
              matchedSlash = false;
            }
          }
          if (end === -1) {
            if (rootEnd === -1)
              return ".";
            end = rootEnd;
          }
          return StringPrototypeSlice(path, 0, end);
        },
        basename(path, suffix) {
          if (suffix !== void 0)
            validateString(suffix, "suffix");
          validateString(path, "path");
          let start = 0;
          let end = -1;
          let matchedSlash = true;
          if (path.length >= 2 && isWindowsDeviceRoot(StringPrototypeCharCodeAt(path, 0)) && StringPrototypeCharCodeAt(path, 1) === CHAR_COLON) {
            start = 2;
          }
          if (suffix !== void 0 && suffix.length > 0 && suffix.length <= path.length) {
            if (suffix === path)
              return "";
            let extIdx = suffix.length - 1;
            let firstNonSlashEnd = -1;
            for (let i = path.length - 1; i >= start; --i) {
              const code = StringPrototypeCharCodeAt(path, i);
              if (isPathSeparator(code)) {
                if (!matchedSlash) {
                  start = i + 1;
                  break;
                }
              } else {
                if (firstNonSlashEnd === -1) {
                  matchedSlash = false;
                  firstNonSlashEnd = i + 1;
                }
                if (extIdx >= 0) {
                  if (code === StringPrototypeCharCodeAt(suffix, extIdx)) {
                    if (--extIdx === -1) {
                      end = i;
                    }
                  } else {
                    extIdx = -1;
                    end = firstNonSlashEnd;
                  }
                }
              }
            }
            if (start === end)
              end = firstNonSlashEnd;
            else if (end === -1)
              end = path.length;
            return StringPrototypeSlice(path, start, end);
          }
          for (let i = path.length - 1; i >= start; --i) {
            if (isPathSeparator(StringPrototypeCharCodeAt(path, i))) {
              if (!matchedSlash) {
                start = i + 1;
                break;
              }
            } else if (end === -1) {
              matchedSlash = false;
              end = i + 1;
            }
          }
          if (end === -1)
            return "";
          return StringPrototypeSlice(path, start, end);
        },
        extname(path) {
          validateString(path, "path");
          let start = 0;
          let startDot = -1;
          let startPart = 0;
          let end = -1;
          let matchedSlash = true;
          let preDotState = 0;
          if (path.length >= 2 && StringPrototypeCharCodeAt(path, 1) === CHAR_COLON && isWindowsDeviceRoot(StringPrototypeCharCodeAt(path, 0))) {
            start = startPart = 2;
          }
          for (let i = path.length - 1; i >= start; --i) {
            const code = StringPrototypeCharCodeAt(path, i);
            if (isPathSeparator(code)) {
              if (!matchedSlash) {
                startPart = i + 1;
                break;
              }
              continue;
            }
            if (end === -1) {
              matchedSlash = false;
              end = i + 1;
            }
            if (code === CHAR_DOT) {
              if (startDot === -1)
                startDot = i;
              else if (preDotState !== 1)
                preDotState = 1;
            } else if (startDot !== -1) {
              preDotState = -1;
            }
          }
          if (startDot === -1 || end === -1 || preDotState === 0 || preDotState === 1 && startDot === end - 1 && startDot === startPart + 1) {
            return "";
          }
          return StringPrototypeSlice(path, startDot, end);
        },
        format: FunctionPrototypeBind(_format, null, "\\"),
        parse(path) {
          validateString(path, "path");
          const ret = { root: "", dir: "", base: "", ext: "", name: "" };
          if (path.length === 0)
            return ret;
          const len = path.length;
          let rootEnd = 0;
          let code = StringPrototypeCharCodeAt(path, 0);
          if (len === 1) {
            if (isPathSeparator(code)) {
              ret.root = ret.dir = path;
              return ret;
            }
            ret.base = ret.name = path;
            return ret;
          }
          if (isPathSeparator(code)) {
            rootEnd = 1;
            if (isPathSeparator(StringPrototypeCharCodeAt(path, 1))) {
              let j = 2;
              let last = j;
              while (j < len && !isPathSeparator(StringPrototypeCharCodeAt(path, j))) {
                j++;
              }
              if (j < len && j !== last) {
                last = j;
                while (j < len && isPathSeparator(StringPrototypeCharCodeAt(path, j))) {
                  j++;
                }
                if (j < len && j !== last) {
                  last = j;
                  while (j < len && !isPathSeparator(StringPrototypeCharCodeAt(path, j))) {
                    j++;
                  }
                  if (j === len) {
                    rootEnd = j;
                  } else if (j !== last) {
                    rootEnd = j + 1;
                  }
                }
              }
            }
          } else if (isWindowsDeviceRoot(code) && StringPrototypeCharCodeAt(path, 1) === CHAR_COLON) {
            if (len <= 2) {
              ret.root = ret.dir = path;
              return ret;
            }
            rootEnd = 2;
            if (isPathSeparator(StringPrototypeCharCodeAt(path, 2))) {
              if (len === 3) {
                ret.root = ret.dir = path;
                return ret;
              }
              rootEnd = 3;
            }
          }
          if (rootEnd > 0)
            ret.root = StringPrototypeSlice(path, 0, rootEnd);
          let startDot = -1;
          let startPart = rootEnd;
          let end = -1;
          let matchedSlash = true;
          let i = path.length - 1;
          let preDotState = 0;
          for (; i >= rootEnd; --i) {
            code = StringPrototypeCharCodeAt(path, i);
            if (isPathSeparator(code)) {
              if (!matchedSlash) {
                startPart = i + 1;
                break;
              }
              continue;
            }
            if (end === -1) {
              matchedSlash = false;
              end = i + 1;
            }
            if (code === CHAR_DOT) {
              if (startDot === -1)
                startDot = i;
              else if (preDotState !== 1)
                preDotState = 1;
            } else if (startDot !== -1) {
              preDotState = -1;
            }
          }
          if (end !== -1) {
            if (startDot === -1 || preDotState === 0 || preDotState === 1 && startDot === end - 1 && startDot === startPart + 1) {
              ret.base = ret.name = StringPrototypeSlice(path, startPart, end);
            } else {
              ret.name = StringPrototypeSlice(path, startPart, startDot);
              ret.base = StringPrototypeSlice(path, startPart, end);
              ret.ext = StringPrototypeSlice(path, startDot, end);
            }
          }
          if (startPart > 0 && startPart !== rootEnd)
            ret.dir = StringPrototypeSlice(path, 0, startPart - 1);
          else
            ret.dir = ret.root;
          return ret;
        },
        matchesGlob(path, pattern) {
          return glob(path, pattern, true);
        },
        sep: "\\",
        delimiter: ";",
        win32: null,
        posix: null
      };
      const posixCwd = (() => {
        if (platformIsWin32) {
          const regexp = /\\/g;
          return () => {
            const cwd = StringPrototypeReplace(process2.cwd(), regexp, "/");
            return StringPrototypeSlice(cwd, StringPrototypeIndexOf(cwd, "/"));
          };
        }
        return () => process2.cwd();
      })();
      const posix = {
        resolve(...args) {
          let resolvedPath = "";
          let resolvedAbsolute = false;
          for (let i = args.length - 1; i >= 0 && !resolvedAbsolute; i--) {
            const path = args[i];
            validateString(path, `paths[${i}]`);
            if (path.length === 0) {
              continue;
            }
            resolvedPath = `${path}/${resolvedPath}`;
            resolvedAbsolute = StringPrototypeCharCodeAt(path, 0) === CHAR_FORWARD_SLASH;
          }
          if (!resolvedAbsolute) {
            const cwd = posixCwd();
            resolvedPath = `${cwd}/${resolvedPath}`;
            resolvedAbsolute = StringPrototypeCharCodeAt(cwd, 0) === CHAR_FORWARD_SLASH;
          }
          resolvedPath = normalizeString(resolvedPath, !resolvedAbsolute, "/", isPosixPathSeparator);
          if (resolvedAbsolute) {
            return `/${resolvedPath}`;
          }
          return resolvedPath.length > 0 ? resolvedPath : ".";
        },
        normalize(path) {
          validateString(path, "path");
          if (path.length === 0)
            return ".";
          const isAbsolute = StringPrototypeCharCodeAt(path, 0) === CHAR_FORWARD_SLASH;
          const trailingSeparator = StringPrototypeCharCodeAt(path, path.length - 1) === CHAR_FORWARD_SLASH;
          path = normalizeString(path, !isAbsolute, "/", isPosixPathSeparator);
          if (path.length === 0) {
            if (isAbsolute)
              return "/";
            return trailingSeparator ? "./" : ".";
          }
          if (trailingSeparator)
            path += "/";
          return isAbsolute ? `/${path}` : path;
        },
        isAbsolute(path) {
          validateString(path, "path");
          return path.length > 0 && StringPrototypeCharCodeAt(path, 0) === CHAR_FORWARD_SLASH;
        },
        join(...args) {
          if (args.length === 0)
            return ".";
          const path = [];
          for (let i = 0; i < args.length; ++i) {
            const arg = args[i];
            validateString(arg, "path");
            if (arg.length > 0) {
              path.push(arg);
            }
          }
          if (path.length === 0)
            return ".";
          return posix.normalize(ArrayPrototypeJoin(path, "/"));
        },
        relative(from, to) {
          validateString(from, "from");
          validateString(to, "to");
          if (from === to)
            return "";
          from = posix.resolve(from);
          to = posix.resolve(to);
          if (from === to)
            return "";
          const fromStart = 1;
          const fromEnd = from.length;
          const fromLen = fromEnd - fromStart;
          const toStart = 1;
          const toLen = to.length - toStart;
          const length = fromLen < toLen ? fromLen : toLen;
          let lastCommonSep = -1;
          let i = 0;
          for (; i < length; i++) {
            const fromCode = StringPrototypeCharCodeAt(from, fromStart + i);
            if (fromCode !== StringPrototypeCharCodeAt(to, toStart + i))
              break;
            else if (fromCode === CHAR_FORWARD_SLASH)
              lastCommonSep = i;
          }
          if (i === length) {
            if (toLen > length) {
              if (StringPrototypeCharCodeAt(to, toStart + i) === CHAR_FORWARD_SLASH) {
                return StringPrototypeSlice(to, toStart + i + 1);
              }
              if (i === 0) {
                return StringPrototypeSlice(to, toStart + i);
              }
            } else if (fromLen > length) {
              if (StringPrototypeCharCodeAt(from, fromStart + i) === CHAR_FORWARD_SLASH) {
                lastCommonSep = i;
              } else if (i === 0) {
                lastCommonSep = 0;
              }
            }
          }
          let out = "";
          for (i = fromStart + lastCommonSep + 1; i <= fromEnd; ++i) {
            if (i === fromEnd || StringPrototypeCharCodeAt(from, i) === CHAR_FORWARD_SLASH) {
              out += out.length === 0 ? ".." : "/..";
            }
          }
          return `${out}${StringPrototypeSlice(to, toStart + lastCommonSep)}`;
        },
        toNamespacedPath(path) {
          return path;
        },
        dirname(path) {
          validateString(path, "path");
          if (path.length === 0)
            return ".";
          const hasRoot = StringPrototypeCharCodeAt(path, 0) === CHAR_FORWARD_SLASH;
          let end = -1;
          let matchedSlash = true;
          for (let i = path.length - 1; i >= 1; --i) {
            if (StringPrototypeCharCodeAt(path, i) === CHAR_FORWARD_SLASH) {
              if (!matchedSlash) {
                end = i;
                break;
              }
            } else {
              matchedSlash = false;
            }
          }
          if (end === -1)
            return hasRoot ? "/" : ".";
          if (hasRoot && end === 1)
            return "//";
          return StringPrototypeSlice(path, 0, end);
        },
        basename(path, suffix) {
          if (suffix !== void 0)
            validateString(suffix, "suffix");
          validateString(path, "path");
          let start = 0;
          let end = -1;
          let matchedSlash = true;
          if (suffix !== void 0 && suffix.length > 0 && suffix.length <= path.length) {
            if (suffix === path)
              return "";
            let extIdx = suffix.length - 1;
            let firstNonSlashEnd = -1;
            for (let i = path.length - 1; i >= 0; --i) {
              const code = StringPrototypeCharCodeAt(path, i);
              if (code === CHAR_FORWARD_SLASH) {
                if (!matchedSlash) {
                  start = i + 1;
                  break;
                }
              } else {
                if (firstNonSlashEnd === -1) {
                  matchedSlash = false;
                  firstNonSlashEnd = i + 1;
                }
                if (extIdx >= 0) {
                  if (code === StringPrototypeCharCodeAt(suffix, extIdx)) {
                    if (--extIdx === -1) {
                      end = i;
                    }
                  } else {
                    extIdx = -1;
                    end = firstNonSlashEnd;
                  }
                }
              }
            }
            if (start === end)
              end = firstNonSlashEnd;
            else if (end === -1)
              end = path.length;
            return StringPrototypeSlice(path, start, end);
          }
          for (let i = path.length - 1; i >= 0; --i) {
            if (StringPrototypeCharCodeAt(path, i) === CHAR_FORWARD_SLASH) {
              if (!matchedSlash) {
                start = i + 1;
                break;
              }
            } else if (end === -1) {
              matchedSlash = false;
              end = i + 1;
            }
          }
          if (end === -1)
            return "";
          return StringPrototypeSlice(path, start, end);
        },
        extname(path) {
          validateString(path, "path");
          let startDot = -1;
          let startPart = 0;
          let end = -1;
          let matchedSlash = true;
          let preDotState = 0;
          for (let i = path.length - 1; i >= 0; --i) {
            const char = path[i];
            if (char === "/") {
              if (!matchedSlash) {
                startPart = i + 1;
                break;
              }
              continue;
            }
            if (end === -1) {
              matchedSlash = false;
              end = i + 1;
            }
            if (char === ".") {
              if (startDot === -1)
                startDot = i;
              else if (preDotState !== 1)
                preDotState = 1;
            } else if (startDot !== -1) {
              preDotState = -1;
            }
          }
          if (startDot === -1 || end === -1 || preDotState === 0 || preDotState === 1 && startDot === end - 1 && startDot === startPart + 1) {
            return "";
          }
          return StringPrototypeSlice(path, startDot, end);
        },
        format: FunctionPrototypeBind(_format, null, "/"),
        parse(path) {
          validateString(path, "path");
          const ret = { root: "", dir: "", base: "", ext: "", name: "" };
          if (path.length === 0)
            return ret;
          const isAbsolute = StringPrototypeCharCodeAt(path, 0) === CHAR_FORWARD_SLASH;
          let start;
          if (isAbsolute) {
            ret.root = "/";
            start = 1;
          } else {
            start = 0;
          }
          let startDot = -1;
          let startPart = 0;
          let end = -1;
          let matchedSlash = true;
          let i = path.length - 1;
          let preDotState = 0;
          for (; i >= start; --i) {
            const code = StringPrototypeCharCodeAt(path, i);
            if (code === CHAR_FORWARD_SLASH) {
              if (!matchedSlash) {
                startPart = i + 1;
                break;
              }
              continue;
            }
            if (end === -1) {
              matchedSlash = false;
              end = i + 1;
            }
            if (code === CHAR_DOT) {
              if (startDot === -1)
                startDot = i;
              else if (preDotState !== 1)
                preDotState = 1;
            } else if (startDot !== -1) {
              preDotState = -1;
            }
          }
          if (end !== -1) {
            const start2 = startPart === 0 && isAbsolute ? 1 : startPart;
            if (startDot === -1 || preDotState === 0 || preDotState === 1 && startDot === end - 1 && startDot === startPart + 1) {
              ret.base = ret.name = StringPrototypeSlice(path, start2, end);
            } else {
              ret.name = StringPrototypeSlice(path, start2, startDot);
              ret.base = StringPrototypeSlice(path, start2, end);
              ret.ext = StringPrototypeSlice(path, startDot, end);
            }
          }
          if (startPart > 0)
            ret.dir = StringPrototypeSlice(path, 0, startPart - 1);
          else if (isAbsolute)
            ret.dir = "/";
          return ret;
        },
        matchesGlob(path, pattern) {
          return glob(path, pattern, false);
        },
        sep: "/",
        delimiter: ":",
        win32: null,
        posix: null
      };
      posix.win32 = win32.win32 = win32;
      posix.posix = win32.posix = posix;
      win32._makeLong = win32.toNamespacedPath;
      posix._makeLong = posix.toNamespacedPath;
      module.exports = platformIsWin32 ? win32 : posix;
    },
    "querystring": function(module, exports, require2) {
      "use strict";
      const { Array: Array2, ArrayIsArray, Int8Array: Int8Array2, MathAbs, NumberIsFinite, ObjectKeys, String: String2, StringPrototypeCharCodeAt, StringPrototypeSlice, decodeURIComponent: decodeURIComponent2 } = primordials;
      const { Buffer } = require2("buffer");
      const { encodeStr, hexTable, isHexTable } = require2("internal/querystring");
      const QueryString = module.exports = {
        unescapeBuffer,
        unescape: qsUnescape,
        escape: qsEscape,
        stringify,
        encode: stringify,
        parse: parse2,
        decode: parse2
      };
      const unhexTable = new Int8Array2([
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        10,
        11,
        12,
        13,
        14,
        15,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        10,
        11,
        12,
        13,
        14,
        15,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        -1
      ]);
      function unescapeBuffer(s, decodeSpaces) {
        const out = Buffer.allocUnsafe(s.length);
        let index = 0;
        let outIndex = 0;
        let currentChar;
        let nextChar;
        let hexHigh;
        let hexLow;
        const maxLength2 = s.length - 2;
        let hasHex = false;
        while (index < s.length) {
          currentChar = StringPrototypeCharCodeAt(s, index);
          if (currentChar === 43 && decodeSpaces) {
            out[outIndex++] = 32;
            index++;
            continue;
          }
          if (currentChar === 37 && index < maxLength2) {
            currentChar = StringPrototypeCharCodeAt(s, ++index);
            hexHigh = unhexTable[currentChar];
            if (!(hexHigh >= 0)) {
              out[outIndex++] = 37;
              continue;
            } else {
              nextChar = StringPrototypeCharCodeAt(s, ++index);
              hexLow = unhexTable[nextChar];
              if (!(hexLow >= 0)) {
                out[outIndex++] = 37;
                index--;
              } else {
                hasHex = true;
                currentChar = hexHigh * 16 + hexLow;
              }
            }
          }
          out[outIndex++] = currentChar;
          index++;
        }
        return hasHex ? out.slice(0, outIndex) : out;
      }
      function qsUnescape(s, decodeSpaces) {
        try {
          return decodeURIComponent2(s);
        } catch (__error) {
          __caught(__error);
          return QueryString.unescapeBuffer(s, decodeSpaces).toString();
        }
      }
      const noEscape = new Int8Array2([
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        1,
        1,
        1,
        1,
        0,
        0,
        1,
        1,
        0,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        0,
        0,
        0,
        0,
        1,
        0,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        0,
        0,
        0,
        1,
        0
      ]);
      function qsEscape(str) {
        if (typeof str !== "string") {
          if (typeof str === "object")
            str = String2(str);
          else
            str += "";
        }
        return encodeStr(str, noEscape, hexTable);
      }
      function stringifyPrimitive(v) {
        if (typeof v === "string")
          return v;
        if (typeof v === "number" && NumberIsFinite(v))
          return "" + v;
        if (typeof v === "bigint")
          return "" + v;
        if (typeof v === "boolean")
          return v ? "true" : "false";
        return "";
      }
      function encodeStringified(v, encode2) {
        if (typeof v === "string")
          return v.length ? encode2(v) : "";
        if (typeof v === "number" && NumberIsFinite(v)) {
          return MathAbs(v) < 1e21 ? "" + v : encode2("" + v);
        }
        if (typeof v === "bigint")
          return "" + v;
        if (typeof v === "boolean")
          return v ? "true" : "false";
        return "";
      }
      function encodeStringifiedCustom(v, encode2) {
        return encode2(stringifyPrimitive(v));
      }
      function stringify(obj, sep, eq, options) {
        sep = sep || "&";
        eq = eq || "=";
        let encode2 = QueryString.escape;
        if (options && typeof options.encodeURIComponent === "function") {
          encode2 = options.encodeURIComponent;
        }
        const convert = encode2 === qsEscape ? encodeStringified : encodeStringifiedCustom;
        if (obj !== null && typeof obj === "object") {
          const keys = ObjectKeys(obj);
          const len = keys.length;
          let fields = "";
          for (let i = 0; i < len; ++i) {
            const k = keys[i];
            const v = obj[k];
            let ks = convert(k, encode2);
            ks += eq;
            if (ArrayIsArray(v)) {
              const vlen = v.length;
              if (vlen === 0)
                continue;
              if (fields)
                fields += sep;
              for (let j = 0; j < vlen; ++j) {
                if (j)
                  fields += sep;
                fields += ks;
                fields += convert(v[j], encode2);
              }
            } else {
              if (fields)
                fields += sep;
              fields += ks;
              fields += convert(v, encode2);
            }
          }
          return fields;
        }
        return "";
      }
      function charCodes2(str) {
        if (str.length === 0)
          return [];
        if (str.length === 1)
          return [StringPrototypeCharCodeAt(str, 0)];
        const ret = new Array2(str.length);
        for (let i = 0; i < str.length; ++i)
          ret[i] = StringPrototypeCharCodeAt(str, i);
        return ret;
      }
      const defSepCodes = [38];
      const defEqCodes = [61];
      function addKeyVal(obj, key, value, keyEncoded, valEncoded, decode2) {
        if (key.length > 0 && keyEncoded)
          key = decodeStr(key, decode2);
        if (value.length > 0 && valEncoded)
          value = decodeStr(value, decode2);
        if (obj[key] === void 0) {
          obj[key] = value;
        } else {
          const curValue = obj[key];
          if (curValue.pop)
            curValue[curValue.length] = value;
          else
            obj[key] = [curValue, value];
        }
      }
      function parse2(qs, sep, eq, options) {
        const obj = { __proto__: null };
        if (typeof qs !== "string" || qs.length === 0) {
          return obj;
        }
        const sepCodes = !sep ? defSepCodes : charCodes2(String2(sep));
        const eqCodes = !eq ? defEqCodes : charCodes2(String2(eq));
        const sepLen = sepCodes.length;
        const eqLen = eqCodes.length;
        let pairs = 1e3;
        if (options && typeof options.maxKeys === "number") {
          pairs = options.maxKeys > 0 ? options.maxKeys : -1;
        }
        let decode2 = QueryString.unescape;
        if (options && typeof options.decodeURIComponent === "function") {
          decode2 = options.decodeURIComponent;
        }
        const customDecode = decode2 !== qsUnescape;
        let lastPos = 0;
        let sepIdx = 0;
        let eqIdx = 0;
        let key = "";
        let value = "";
        let keyEncoded = customDecode;
        let valEncoded = customDecode;
        const plusChar = customDecode ? "%20" : " ";
        let encodeCheck = 0;
        for (let i = 0; i < qs.length; ++i) {
          const code = StringPrototypeCharCodeAt(qs, i);
          if (code === sepCodes[sepIdx]) {
            if (++sepIdx === sepLen) {
              const end = i - sepIdx + 1;
              if (eqIdx < eqLen) {
                if (lastPos < end) {
                  key += StringPrototypeSlice(qs, lastPos, end);
                } else if (key.length === 0) {
                  if (--pairs === 0)
                    return obj;
                  lastPos = i + 1;
                  sepIdx = eqIdx = 0;
                  continue;
                }
              } else if (lastPos < end) {
                value += StringPrototypeSlice(qs, lastPos, end);
              }
              addKeyVal(obj, key, value, keyEncoded, valEncoded, decode2);
              if (--pairs === 0)
                return obj;
              keyEncoded = valEncoded = customDecode;
              key = value = "";
              encodeCheck = 0;
              lastPos = i + 1;
              sepIdx = eqIdx = 0;
            }
          } else {
            sepIdx = 0;
            if (eqIdx < eqLen) {
              if (code === eqCodes[eqIdx]) {
                if (++eqIdx === eqLen) {
                  const end = i - eqIdx + 1;
                  if (lastPos < end)
                    key += StringPrototypeSlice(qs, lastPos, end);
                  encodeCheck = 0;
                  lastPos = i + 1;
                }
                continue;
              } else {
                eqIdx = 0;
                if (!keyEncoded) {
                  if (code === 37) {
                    encodeCheck = 1;
                    continue;
                  } else if (encodeCheck > 0) {
                    if (isHexTable[code] === 1) {
                      if (++encodeCheck === 3)
                        keyEncoded = true;
                      continue;
                    } else {
                      encodeCheck = 0;
                    }
                  }
                }
              }
              if (code === 43) {
                if (lastPos < i)
                  key += StringPrototypeSlice(qs, lastPos, i);
                key += plusChar;
                lastPos = i + 1;
                continue;
              }
            }
            if (code === 43) {
              if (lastPos < i)
                value += StringPrototypeSlice(qs, lastPos, i);
              value += plusChar;
              lastPos = i + 1;
            } else if (!valEncoded) {
              if (code === 37) {
                encodeCheck = 1;
              } else if (encodeCheck > 0) {
                if (isHexTable[code] === 1) {
                  if (++encodeCheck === 3)
                    valEncoded = true;
                } else {
                  encodeCheck = 0;
                }
              }
            }
          }
        }
        if (lastPos < qs.length) {
          if (eqIdx < eqLen)
            key += StringPrototypeSlice(qs, lastPos);
          else if (sepIdx < sepLen)
            value += StringPrototypeSlice(qs, lastPos);
        } else if (eqIdx === 0 && key.length === 0) {
          return obj;
        }
        addKeyVal(obj, key, value, keyEncoded, valEncoded, decode2);
        return obj;
      }
      function decodeStr(s, decoder2) {
        try {
          return decoder2(s);
        } catch (__error) {
          __caught(__error);
          return QueryString.unescape(s, true);
        }
      }
    },
    "stream": function(module, exports, require2) {
      "use strict";
      const { ObjectDefineProperty, ObjectKeys, ReflectApply } = primordials;
      const { promisify: { custom: customPromisify2 } } = require2("internal/util");
      const { streamReturningOperators, promiseReturningOperators } = require2("internal/streams/operators");
      const { codes: { ERR_ILLEGAL_CONSTRUCTOR } } = require2("internal/errors");
      const compose = require2("internal/streams/compose");
      const { setDefaultHighWaterMark, getDefaultHighWaterMark } = require2("internal/streams/state");
      const { pipeline } = require2("internal/streams/pipeline");
      const { destroyer } = require2("internal/streams/destroy");
      const eos = require2("internal/streams/end-of-stream");
      const internalBuffer = require2("internal/buffer");
      const promises = require2("stream/promises");
      const utils = require2("internal/streams/utils");
      const { isArrayBufferView, isUint8Array: isUint8Array2 } = require2("internal/util/types");
      const Stream = module.exports = require2("internal/streams/legacy").Stream;
      Stream.isDestroyed = utils.isDestroyed;
      Stream.isDisturbed = utils.isDisturbed;
      Stream.isErrored = utils.isErrored;
      Stream.isReadable = utils.isReadable;
      Stream.isWritable = utils.isWritable;
      Stream.Readable = require2("internal/streams/readable");
      const streamKeys = ObjectKeys(streamReturningOperators);
      for (let i = 0; i < streamKeys.length; i++) {
        let fn = function(...args) {
          if (new.target) {
            throw new ERR_ILLEGAL_CONSTRUCTOR();
          }
          return Stream.Readable.from(ReflectApply(op, this, args));
        };
        const key = streamKeys[i];
        const op = streamReturningOperators[key];
        ObjectDefineProperty(fn, "name", { __proto__: null, value: op.name });
        ObjectDefineProperty(fn, "length", { __proto__: null, value: op.length });
        ObjectDefineProperty(Stream.Readable.prototype, key, {
          __proto__: null,
          value: fn,
          enumerable: false,
          configurable: true,
          writable: true
        });
      }
      const promiseKeys = ObjectKeys(promiseReturningOperators);
      for (let i = 0; i < promiseKeys.length; i++) {
        let fn = function(...args) {
          if (new.target) {
            throw new ERR_ILLEGAL_CONSTRUCTOR();
          }
          return ReflectApply(op, this, args);
        };
        const key = promiseKeys[i];
        const op = promiseReturningOperators[key];
        ObjectDefineProperty(fn, "name", { __proto__: null, value: op.name });
        ObjectDefineProperty(fn, "length", { __proto__: null, value: op.length });
        ObjectDefineProperty(Stream.Readable.prototype, key, {
          __proto__: null,
          value: fn,
          enumerable: false,
          configurable: true,
          writable: true
        });
      }
      Stream.Writable = require2("internal/streams/writable");
      Stream.Duplex = require2("internal/streams/duplex");
      Stream.Transform = require2("internal/streams/transform");
      Stream.PassThrough = require2("internal/streams/passthrough");
      Stream.duplexPair = require2("internal/streams/duplexpair");
      Stream.pipeline = pipeline;
      const { addAbortSignal } = require2("internal/streams/add-abort-signal");
      Stream.addAbortSignal = addAbortSignal;
      Stream.finished = eos;
      Stream.destroy = destroyer;
      Stream.compose = compose;
      Stream.setDefaultHighWaterMark = setDefaultHighWaterMark;
      Stream.getDefaultHighWaterMark = getDefaultHighWaterMark;
      ObjectDefineProperty(Stream, "promises", {
        __proto__: null,
        configurable: true,
        enumerable: true,
        get() {
          return promises;
        }
      });
      ObjectDefineProperty(pipeline, customPromisify2, {
        __proto__: null,
        enumerable: true,
        get() {
          return promises.pipeline;
        }
      });
      ObjectDefineProperty(eos, customPromisify2, {
        __proto__: null,
        enumerable: true,
        get() {
          return promises.finished;
        }
      });
      Stream.Stream = Stream;
      Stream._isArrayBufferView = isArrayBufferView;
      Stream._isUint8Array = isUint8Array2;
      Stream._uint8ArrayToBuffer = function _uint8ArrayToBuffer(chunk) {
        return new internalBuffer.FastBuffer(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      };
    },
    "stream/consumers": function(module, exports, require2) {
      "use strict";
      const { JSONParse } = primordials;
      const { TextDecoder: TextDecoder2 } = require2("internal/encoding");
      const { Blob } = require2("internal/blob");
      const { Buffer } = require2("buffer");
      function blob(stream) {
        return __awaiter(this, void 0, void 0, function* () {
          var _a, stream_1, stream_1_1;
          var _b, e_1, _c, _d;
          const chunks = [];
          try {
            for (_a = true, stream_1 = __asyncValues(stream); stream_1_1 = yield stream_1.next(), _b = stream_1_1.done, !_b; _a = true) {
              _d = stream_1_1.value;
              _a = false;
              const chunk = _d;
              chunks.push(chunk);
            }
          } catch (e_1_1) {
            e_1 = { error: e_1_1 };
          } finally {
            try {
              if (!_a && !_b && (_c = stream_1.return)) yield _c.call(stream_1);
            } finally {
              if (e_1) throw e_1.error;
            }
          }
          return new Blob(chunks);
        });
      }
      function arrayBuffer(stream) {
        return __awaiter(this, void 0, void 0, function* () {
          const ret = yield blob(stream);
          return ret.arrayBuffer();
        });
      }
      function buffer(stream) {
        return __awaiter(this, void 0, void 0, function* () {
          return Buffer.from(yield arrayBuffer(stream));
        });
      }
      function text(stream) {
        return __awaiter(this, void 0, void 0, function* () {
          var _a, stream_2, stream_2_1;
          var _b, e_2, _c, _d;
          const dec = new TextDecoder2();
          let str = "";
          try {
            for (_a = true, stream_2 = __asyncValues(stream); stream_2_1 = yield stream_2.next(), _b = stream_2_1.done, !_b; _a = true) {
              _d = stream_2_1.value;
              _a = false;
              const chunk = _d;
              if (typeof chunk === "string")
                str += chunk;
              else
                str += dec.decode(chunk, { stream: true });
            }
          } catch (e_2_1) {
            e_2 = { error: e_2_1 };
          } finally {
            try {
              if (!_a && !_b && (_c = stream_2.return)) yield _c.call(stream_2);
            } finally {
              if (e_2) throw e_2.error;
            }
          }
          str += dec.decode(void 0, { stream: false });
          return str;
        });
      }
      function json(stream) {
        return __awaiter(this, void 0, void 0, function* () {
          const str = yield text(stream);
          return JSONParse(str);
        });
      }
      module.exports = {
        arrayBuffer,
        blob,
        buffer,
        text,
        json
      };
    },
    "stream/promises": function(module, exports, require2) {
      "use strict";
      const { ArrayPrototypePop, Promise: Promise2 } = primordials;
      const { isIterable: isIterable2, isNodeStream, isWebStream } = require2("internal/streams/utils");
      const { pipelineImpl: pl } = require2("internal/streams/pipeline");
      const { finished } = require2("internal/streams/end-of-stream");
      require2("stream");
      function pipeline(...streams) {
        return new Promise2((resolve, reject) => {
          let signal;
          let end;
          const lastArg = streams[streams.length - 1];
          if (lastArg && typeof lastArg === "object" && !isNodeStream(lastArg) && !isIterable2(lastArg) && !isWebStream(lastArg)) {
            const options = ArrayPrototypePop(streams);
            signal = options.signal;
            end = options.end;
          }
          pl(streams, (err, value) => {
            if (err) {
              reject(err);
            } else {
              resolve(value);
            }
          }, { signal, end });
        });
      }
      module.exports = {
        finished,
        pipeline
      };
    }
  };
  const loaded = /* @__PURE__ */ new Map();
  return function require2(name2) {
    if (!Object.hasOwn(files, name2)) return external(name2);
    let module = loaded.get(name2);
    if (module === void 0) {
      loaded.set(name2, module = { exports: {} });
      files[name2](module, module.exports, require2);
    }
    return module.exports;
  };
}

// src/simulator/host/node-library/bindings.ts
var promiseStates = { kPending: 0, kFulfilled: 1, kRejected: 2 };
var propertyFilters = { ALL_PROPERTIES: 0, ONLY_ENUMERABLE: 2 };
function bindingOf(name2, _world) {
  if (!Object.hasOwn(bindings, name2)) throw new Error(`internalBinding('${name2}') is not simulated`);
  return bindings[name2];
}
var bindings = {
  constants: { os: { signals } },
  config: { hasIntl: false },
  buffer: { compare: order },
  util: {
    constants: { ...promiseStates, ...propertyFilters, kExiting: 0, kExitCode: 1, kHasExitCode: 2 },
    getOwnNonIndexProperties: (object, filter) => Reflect.ownKeys(object).filter((key) => !isIndex(key) && (filter !== propertyFilters.ONLY_ENUMERABLE || Object.prototype.propertyIsEnumerable.call(object, key))),
    getPromiseDetails: () => [promiseStates.kPending],
    getProxyDetails: () => void 0,
    previewEntries,
    getConstructorName: (object) => Object.prototype.toString.call(object).slice(8, -1),
    getExternalValue: () => 0n
  }
};
function isIndex(key) {
  return typeof key === "string" && String(Number(key) >>> 0) === key && key !== "4294967295";
}
function previewEntries(_iterator, isIterator) {
  return isIterator ? [[], false] : [];
}

// src/simulator/host/node-library/errors.ts
function createNodeErrors(inspect2) {
  const receivedBy = (value) => specificType(value, inspect2);
  const codes2 = Object.fromEntries(Object.entries(messages(receivedBy, inspect2)).map(([code, [message, ...classes2]]) => [code, codeOf(code, message, classes2)]));
  codes2["ERR_OUT_OF_RANGE"] = codeOf("ERR_OUT_OF_RANGE", (name2, range, value) => outOfRange(name2, range, value).message, [RangeError]);
  return {
    codes: codes2,
    aggregateTwoErrors,
    isStackOverflowError: (error) => error instanceof RangeError && /call stack/.test(error.message),
    determineSpecificType: receivedBy,
    hideStackFrames: (run) => Object.assign(run, { withoutStackTrace: run }),
    AbortError: function AbortError(message = "The operation was aborted", options) {
      const error = abortError(void 0);
      error.message = message;
      if (options === void 0 || !("cause" in options)) delete error.cause;
      else error.cause = options.cause;
      return error;
    }
  };
}
function messages(received2, inspect2) {
  return {
    ERR_ILLEGAL_CONSTRUCTOR: ["Illegal constructor", TypeError],
    ERR_INVALID_ARG_TYPE: [(name2, expected, value) => `The ${name2.endsWith(" argument") ? name2 : `"${name2}" ${name2.includes(".") ? "property" : "argument"}`} must be ${expectation([expected].flat())}. Received ${received2(value)}`, TypeError],
    ERR_INVALID_ARG_VALUE: [(name2, value, reason = "is invalid") => `The ${name2.includes(".") ? "property" : "argument"} '${name2}' ${reason}. Received ${cut(inspect2(value))}`, TypeError, RangeError],
    ERR_INVALID_RETURN_VALUE: [(input, name2, value) => `Expected ${input} to be returned from the "${name2}" function but got ${received2(value)}.`, TypeError, RangeError],
    ERR_INVALID_STATE: ["Invalid state: %s", Error, TypeError, RangeError],
    ERR_INVALID_URI: ["URI malformed", URIError],
    ERR_METHOD_NOT_IMPLEMENTED: ["The %s method is not implemented", Error],
    ERR_MISSING_ARGS: [(...names2) => `The ${list(names2.map((name2) => [name2].flat().map((one) => `"${one}"`).join(" or ")), "and")} argument${names2.length > 1 ? "s" : ""} must be specified`, TypeError],
    ERR_MULTIPLE_CALLBACK: ["Callback called multiple times", Error],
    ERR_SOCKET_BAD_PORT: [(name2, port) => `${name2} should be >= 0 and < 65536. Received ${received2(port)}.`, RangeError],
    ERR_STREAM_ALREADY_FINISHED: ["Cannot call %s after a stream was finished", Error],
    ERR_STREAM_CANNOT_PIPE: ["Cannot pipe, not readable", Error],
    ERR_STREAM_DESTROYED: ["Cannot call %s after a stream was destroyed", Error],
    ERR_STREAM_NULL_VALUES: ["May not write null values to stream", TypeError],
    ERR_STREAM_PREMATURE_CLOSE: ["Premature close", Error],
    ERR_STREAM_PUSH_AFTER_EOF: ["stream.push() after EOF", Error],
    ERR_STREAM_UNSHIFT_AFTER_END_EVENT: ["stream.unshift() after end event", Error],
    ERR_STREAM_WRITE_AFTER_END: ["write after end", Error],
    ERR_UNKNOWN_ENCODING: ["Unknown encoding: %s", TypeError],
    ERR_UNKNOWN_SIGNAL: ["Unknown signal: %s", TypeError],
    ERR_FALSY_VALUE_REJECTION: ["Promise was rejected with falsy value", Error],
    ERR_AMBIGUOUS_ARGUMENT: [(name2, reason) => `The "${name2}" argument is ambiguous. ${reason}`, TypeError]
  };
}
function codeOf(code, message, classes2) {
  const text = (args) => typeof message === "function" ? message(...args) : args.reduce((so, argument) => so.replace("%s", () => String(argument)), message);
  const made2 = (Class) => function(...args) {
    return nodeError(Class, code, text(args));
  };
  const main = made2(classes2[0]);
  return Object.assign(main, { HideStackFramesError: main }, Object.fromEntries(classes2.slice(1).map((Class) => [Class.name, made2(Class)])));
}
var types = /* @__PURE__ */ new Set(["string", "function", "number", "object", "Function", "Object", "boolean", "bigint", "symbol"]);
function expectation(expected) {
  const kinds2 = expected.filter((one) => types.has(one)).map((one) => one.toLowerCase());
  const instances = expected.filter((one) => !types.has(one) && /^([A-Z][a-z0-9]*)+$/.test(one));
  const other = expected.filter((one) => !types.has(one) && !instances.includes(one));
  if (instances.length > 0 && kinds2.includes("object")) {
    kinds2.splice(kinds2.indexOf("object"), 1);
    instances.push("Object");
  }
  const parts2 = [];
  if (kinds2.length > 0) parts2.push(`${kinds2.length > 1 ? "one of type" : "of type"} ${list(kinds2, "or")}`);
  if (instances.length > 0) parts2.push(`an instance of ${list(instances, "or")}`);
  if (other.length > 0) parts2.push(other.length > 1 ? `one of ${list(other, "or")}` : `${other[0].toLowerCase() === other[0] ? "" : "an "}${other[0]}`);
  return parts2.join(" or ");
}
function list(items, word) {
  if (items.length < 3) return items.join(` ${word} `);
  return `${items.slice(0, -1).join(", ")}, ${word} ${items.at(-1)}`;
}
function cut(text) {
  return text.length > 128 ? `${text.slice(0, 128)}...` : text;
}
function specificType(value, inspect2) {
  if (value === null || value === void 0) return String(value);
  if (typeof value === "function") return `function ${value.name}`;
  if (typeof value === "object") {
    const { constructor } = value;
    return constructor && "name" in constructor ? `an instance of ${String(constructor.name)}` : inspect2(value, { depth: -1 });
  }
  if (typeof value !== "string") return `type ${typeof value} (${typeof value === "bigint" ? `${value}n` : Object.is(value, -0) ? "-0" : String(value)})`;
  const shown = value.length > 28 ? `${value.slice(0, 25)}...` : value;
  return `type string (${shown.includes("'") ? JSON.stringify(shown) : `'${shown}'`})`;
}
function aggregateTwoErrors(inner, outer) {
  if (!inner || !outer || inner === outer) return inner || outer;
  if (Array.isArray(outer.errors)) {
    outer.errors.push(inner);
    return outer;
  }
  return Object.assign(new AggregateError([outer, inner], outer.message), { code: outer.code });
}
function letAbortPass(error) {
  if (isAbort(error)) throw error;
}

// src/simulator/runtime/async-function.ts
var AsyncFunctionDriver = class extends BodyDriver {
  #promise;
  constructor(runtime, body2, promise) {
    super(runtime, body2);
    this.#promise = promise;
  }
  start() {
    this.run("next", void 0);
  }
  onYield(value) {
    return this.suspend(value);
  }
  onReturn(value) {
    this.runtime.core.resolve(this.#promise, value);
  }
  onThrow(error) {
    this.runtime.core.reject(this.#promise, error);
  }
};
function createAwaiter(runtime) {
  return (thisArg, args, _constructor, generator) => {
    const promise = runtime.core.create();
    try {
      const body2 = Reflect.apply(generator, thisArg, args ?? []);
      new AsyncFunctionDriver(runtime, body2, promise).start();
    } catch (error) {
      if (isAbort(error)) throw error;
      runtime.core.reject(promise, error);
    }
    return promise;
  };
}

// src/simulator/runtime/async-generator.ts
var Awaited = class {
  value;
  constructor(value) {
    this.value = value;
  }
};
var Delegated = class {
  value;
  constructor(value) {
    this.value = value;
  }
};
var ReturnNow = class {
  value;
  constructor(value) {
    this.value = value;
  }
};
var AsyncGeneratorDriver = class extends BodyDriver {
  #state = "suspended-start";
  #queue = [];
  /** Unwrapping a `return` that arrived at a `yield`: its value is being awaited. */
  #isUnwrappingReturn = false;
  request(resumption, value) {
    const promise = this.runtime.core.create();
    if (this.#answerAtOnce(resumption, value, promise)) return promise;
    this.#queue.push({ resumption, value, promise });
    if (this.#state === "suspended-yield") this.#resumeAtYield();
    else if (this.#state === "suspended-start" && resumption === "next") this.#start(value);
    else if (this.#state === "suspended-start" || this.#state === "completed") this.#awaitReturn();
    return promise;
  }
  /** Requests to a generator that has ended, or is ended by this before it began, need no queue; `return` does, for it awaits. */
  #answerAtOnce(resumption, value, promise) {
    if (resumption === "throw" && this.#state === "suspended-start") this.#state = "completed";
    if (resumption === "return" || this.#state !== "completed") return false;
    if (resumption === "throw") this.runtime.core.reject(promise, value);
    else this.runtime.core.resolve(promise, { value: void 0, done: true });
    return true;
  }
  #start(value) {
    this.#state = "executing";
    this.run("next", value);
  }
  #resumeAtYield() {
    this.#state = "executing";
    if (!this.#takeResumption()) this.run(this.next, this.nextValue);
  }
  /** AsyncGeneratorUnwrapYieldResumption of the first request. True if the body has to wait first. */
  #takeResumption() {
    const { resumption, value } = this.#queue[0];
    if (resumption !== "return") return this.proceed(resumption, value);
    this.#isUnwrappingReturn = true;
    if (this.suspend(value)) return true;
    this.#isUnwrappingReturn = false;
    return false;
  }
  resume(isRejected, value) {
    if (!this.#isUnwrappingReturn) return super.resume(isRejected, value);
    this.#isUnwrappingReturn = false;
    this.resumed();
    this.run(isRejected ? "throw" : "return", value);
  }
  onYield(value) {
    if (value instanceof Awaited) return value.value instanceof Delegated ? this.proceed("next", value.value.value) : this.suspend(value.value);
    if (value instanceof ReturnNow) return this.proceed("return", value.value);
    return this.#yield(value);
  }
  /** AsyncGeneratorYield; the value has been awaited already. */
  #yield(value) {
    this.#completeStep(value, false);
    if (this.#queue.length > 0) return this.#takeResumption();
    this.#state = "suspended-yield";
    return true;
  }
  onReturn(value) {
    this.#state = "draining";
    this.#completeStep(value, true);
    this.#drain();
  }
  onThrow(error) {
    this.#state = "draining";
    this.runtime.core.reject(this.#queue.shift().promise, error);
    this.#drain();
  }
  /** AsyncGeneratorCompleteStep */
  #completeStep(value, done) {
    this.runtime.core.resolve(this.#queue.shift().promise, { value, done });
  }
  /** AsyncGeneratorDrainQueue */
  #drain() {
    for (let request = this.#queue[0]; request !== void 0; request = this.#queue[0]) {
      if (request.resumption === "return") return this.#awaitReturn();
      if (request.resumption === "throw") this.runtime.core.reject(this.#queue.shift().promise, request.value);
      else this.#completeStep(void 0, true);
    }
    this.#state = "completed";
  }
  /** AsyncGeneratorAwaitReturn */
  #awaitReturn() {
    const { core } = this.runtime;
    this.#state = "draining";
    const settle = (isRejected, value) => {
      if (isRejected) core.reject(this.#queue.shift().promise, value);
      else this.#completeStep(value, true);
      this.#drain();
    };
    try {
      core.await(this.#queue[0].value, { resume: settle });
    } catch (error) {
      if (isAbort(error)) throw error;
      settle(true, error);
    }
  }
};
function createAsyncGenerators(runtime) {
  const drivers = /* @__PURE__ */ new WeakMap();
  function request(receiver, resumption, value) {
    const driver = isObject(receiver) ? drivers.get(receiver) : void 0;
    if (driver !== void 0) return driver.request(resumption, value);
    const promise = runtime.core.create();
    runtime.core.reject(promise, new TypeError(`${resumption} method called on incompatible receiver`));
    return promise;
  }
  const asyncIteratorPrototype = {
    [Symbol.asyncIterator]() {
      return this;
    },
    [disposalSymbols.asyncDispose]() {
      return disposeIterator(runtime, this);
    }
  };
  for (const key of Reflect.ownKeys(asyncIteratorPrototype)) Object.defineProperty(asyncIteratorPrototype, key, { enumerable: false });
  const prototype = Object.create(asyncIteratorPrototype, {
    next: method2((receiver, value) => request(receiver, "next", value)),
    return: method2((receiver, value) => request(receiver, "return", value)),
    throw: method2((receiver, value) => request(receiver, "throw", value)),
    [Symbol.toStringTag]: { value: "AsyncGenerator", configurable: true }
  });
  seal(asyncIteratorPrototype, prototype, ...Reflect.ownKeys(asyncIteratorPrototype).map((key) => asyncIteratorPrototype[key]));
  return {
    __await: (value) => new Awaited(value),
    __nothing: new Delegated(void 0),
    __asyncGenerator: (thisArg, args, generator) => {
      const body2 = Reflect.apply(generator, thisArg, args ?? []);
      const asyncGenerator = Object.create(prototype);
      drivers.set(asyncGenerator, new AsyncGeneratorDriver(runtime, body2));
      return asyncGenerator;
    }
  };
}
function disposeIterator({ core }, iterator) {
  const promise = core.create();
  try {
    const { return: close2 } = iterator;
    if (close2 === void 0 || close2 === null) core.resolve(promise, void 0);
    else core.derive(core.promiseResolve(Reflect.apply(close2, iterator, [])), () => void 0, void 0, promise);
  } catch (error) {
    if (isAbort(error)) throw error;
    core.reject(promise, error);
  }
  return promise;
}
function method2(run) {
  return {
    value(value) {
      return run(this, value);
    },
    writable: true,
    configurable: true
  };
}

// src/simulator/runtime/async-iteration.ts
var NO_THROW = 'The iterator does not provide a "throw" method';
var Delegation = class {
  #inner;
  #next;
  #round = "request";
  constructor({ inner, method: method4 }) {
    this.#inner = inner;
    this.#next = method4;
  }
  [Symbol.iterator]() {
    return this;
  }
  next(value) {
    const round = this.#round;
    this.#round = "request";
    if (round === "request") return this.#ask("result", Reflect.apply(this.#next, this.#inner, [value]));
    if (round === "return-value") return this.#return(value);
    if (round === "close") throw new TypeError(NO_THROW);
    return this.#unwrap(value, round === "return-result");
  }
  throw(error) {
    const round = this.#round;
    this.#round = "request";
    if (round === "close") throw new TypeError(NO_THROW);
    if (round !== "request") throw error;
    const method4 = methodOf2(this.#inner, "throw");
    if (method4 !== void 0) return this.#ask("result", Reflect.apply(method4, this.#inner, [error]));
    const close2 = methodOf2(this.#inner, "return");
    if (close2 === void 0) throw new TypeError(NO_THROW);
    return this.#ask("close", Reflect.apply(close2, this.#inner, []));
  }
  return(value) {
    if (this.#round === "returning") return { value, done: true };
    const method4 = methodOf2(this.#inner, "return");
    if (method4 === void 0) return this.#ask("return-value", value);
    return this.#ask("return-result", Reflect.apply(method4, this.#inner, [value]));
  }
  #ask(round, awaited) {
    this.#round = round;
    return { value: new Awaited(awaited), done: false };
  }
  #unwrap(result, isReturn) {
    if (!isObject(result)) throw new TypeError(`Iterator result ${String(result)} is not an object`);
    const { done } = result;
    const { value } = result;
    if (!done) return { value, done: false };
    return isReturn ? this.#return(value) : { value: new Delegated(value), done: true };
  }
  #return(value) {
    this.#round = "returning";
    return { value: new ReturnNow(value), done: false };
  }
};
function methodOf2(object, name2) {
  const method4 = object[name2];
  if (method4 === void 0 || method4 === null) return void 0;
  if (typeof method4 !== "function") throw new TypeError(`${String(name2)} is not a function`);
  return method4;
}
var AsyncFromSyncIterator = class {
  #runtime;
  #inner;
  #next;
  constructor(runtime, inner) {
    this.#runtime = runtime;
    this.#inner = inner;
    this.#next = inner.next;
  }
  [Symbol.asyncIterator]() {
    return this;
  }
  next(...value) {
    return this.#answer((promise) => this.#continueWith(Reflect.apply(this.#next, this.#inner, value), promise));
  }
  return(...value) {
    return this.#answer((promise) => {
      const method4 = methodOf2(this.#inner, "return");
      if (method4 === void 0) this.#runtime.core.resolve(promise, { value: value[0], done: true });
      else this.#continueWith(Reflect.apply(method4, this.#inner, value), promise);
    });
  }
  throw(error) {
    return this.#answer((promise) => {
      const method4 = methodOf2(this.#inner, "throw");
      if (method4 === void 0) this.#runtime.core.reject(promise, error);
      else this.#continueWith(Reflect.apply(method4, this.#inner, [error]), promise);
    });
  }
  /** What the inner iterator throws rejects the promise. */
  #answer(ask) {
    const { core } = this.#runtime;
    const promise = core.create();
    try {
      ask(promise);
    } catch (error) {
      if (isAbort(error)) throw error;
      core.reject(promise, error);
    }
    return promise;
  }
  /** AsyncFromSyncIteratorContinuation: the value is awaited, then wrapped again. */
  #continueWith(result, promise) {
    const { core } = this.#runtime;
    if (!isObject(result)) throw new TypeError(`Iterator result ${String(result)} is not an object`);
    const done = Boolean(result.done);
    const wrapper = core.promiseResolve(result.value);
    core.derive(wrapper, (value) => ({ value, done }), void 0, promise);
  }
};
var CheckedResult = class {
  #awaited;
  #isFirst = true;
  constructor(awaited) {
    this.#awaited = awaited;
  }
  step(isRejected, value) {
    if (this.#isFirst) {
      this.#isFirst = false;
      return { awaits: this.#awaited };
    }
    if (isRejected) throw value;
    if (!isObject(value)) throw new TypeError(`Iterator result ${String(value)} is not an object`);
    return { gives: value };
  }
};
var StepByStep = class {
  inner;
  method;
  constructor(inner) {
    this.inner = inner;
    this.method = inner.next;
  }
  next() {
    return markSequence(new CheckedResult(Reflect.apply(this.method, this.inner, [])));
  }
  get return() {
    const method4 = methodOf2(this.inner, "return");
    return method4 && (() => markSequence(new CheckedResult(Reflect.apply(method4, this.inner, []))));
  }
};
function openAsyncIterator(runtime, iterable) {
  const asyncMethod = methodOf2(iterable, Symbol.asyncIterator);
  if (asyncMethod !== void 0) return openIterator(iterable, asyncMethod, Symbol.asyncIterator);
  const method4 = methodOf2(iterable, Symbol.iterator);
  return method4 && new AsyncFromSyncIterator(runtime, openIterator(iterable, method4, Symbol.iterator));
}
function openIterator(iterable, method4, symbol) {
  const iterator = Reflect.apply(method4, iterable, []);
  if (!isObject(iterator)) throw new TypeError(`Result of the ${String(symbol)} method is not an object`);
  return iterator;
}
function createAsyncIteration(runtime) {
  return {
    __asyncDelegator: (steps) => new Delegation(steps),
    __asyncValues: (iterable) => {
      const iterator = openAsyncIterator(runtime, iterable);
      if (iterator === void 0) throw new TypeError(`${describe(iterable)} is not async iterable`);
      return new StepByStep(iterator);
    }
  };
}

// src/simulator/runtime/array-from-async.ts
var ofLoop = /* @__PURE__ */ new WeakMap();
function registerFromAsync(runtime) {
  const run = createAwaiter(runtime);
  ofLoop.set(runtime.loop, function(items, mapper, thisArg) {
    return run(void 0, [], void 0, () => body(runtime, this, items, mapper, thisArg));
  });
}
function* body(runtime, constructor, items, mapper, thisArg) {
  if (mapper !== void 0 && typeof mapper !== "function") throw new TypeError("the mapper is not a function");
  const map = mapper === void 0 ? void 0 : (value, index) => Reflect.apply(mapper, thisArg, [value, index]);
  const iterator = openAsyncIterator(runtime, items);
  return yield* iterator ? fromIterator(constructor, iterator, map) : fromArrayLike(constructor, Object(items), map);
}
function* fromIterator(constructor, iterator, map) {
  const target = isConstructor(constructor) ? Reflect.construct(constructor, []) : [];
  const steps = new StepByStep(iterator);
  for (let index = 0; ; index++) {
    const result = yield steps.next();
    if (result.done) return withLength(target, index);
    const { value } = result;
    try {
      define2(target, index, map ? yield map(value, index) : value);
    } catch (error) {
      if (isAbort(error)) throw error;
      yield* close(iterator);
      throw error;
    }
  }
}
function* close(iterator) {
  try {
    const method4 = methodOf2(iterator, "return");
    if (method4 !== void 0) yield Reflect.apply(method4, iterator, []);
  } catch (error) {
    if (isAbort(error)) throw error;
  }
}
function* fromArrayLike(constructor, items, map) {
  const length = toLength(items.length);
  const target = isConstructor(constructor) ? Reflect.construct(constructor, [length]) : new Array(length);
  for (let index = 0; index < length; index++) {
    const value = yield items[index];
    define2(target, index, map ? yield map(value, index) : value);
  }
  return withLength(target, length);
}
function define2(target, index, value) {
  const isDefined = Reflect.defineProperty(target, index, { value, writable: true, enumerable: true, configurable: true });
  if (!isDefined) throw new TypeError(`Cannot add property ${index}`);
}
function withLength(target, length) {
  target.length = length;
  return target;
}
function toLength(value) {
  const length = Math.trunc(+value);
  return length > 0 ? Math.min(length, Number.MAX_SAFE_INTEGER) : 0;
}

// src/simulator/runtime/async.ts
function createAsyncHelpers(loop, core, hooks = {}) {
  const runtime = { loop, core, hooks };
  registerFromAsync(runtime);
  return { __awaiter: createAwaiter(runtime), ...createAsyncGenerators(runtime), ...createAsyncIteration(runtime), ...disposal };
}

// src/simulator/host/node-library/string-decoder.ts
var StringDecoder = class {
  encoding;
  #rest = new Uint8Array(0);
  constructor(encoding) {
    runningLoop()?.identity.born(this);
    this.encoding = requireEncoding(encoding);
  }
  write(chunk) {
    if (typeof chunk === "string") return chunk;
    if (!ArrayBuffer.isView(chunk)) throw invalidArgument("buf", "an instance of Buffer, TypedArray, or DataView", chunk);
    this.#touch();
    touchBytes(chunk, "read");
    const bytes = joined(this.#rest, bytesOf(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)));
    const kept = incomplete(bytes, this.encoding);
    this.#rest = bytes.slice(bytes.length - kept);
    return decode(bytes.subarray(0, bytes.length - kept), this.encoding);
  }
  end(chunk) {
    this.#touch();
    const text = chunk === void 0 ? "" : this.write(chunk);
    const last = decode(this.#rest, this.encoding);
    this.#rest = new Uint8Array(0);
    return text + last;
  }
  #touch() {
    const loop = runningLoop();
    loop?.touch(loop.identity.of(this), "*", "write");
  }
};
sealClasses(StringDecoder);
function joined(first, second) {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
function incomplete(bytes, encoding) {
  const { length } = bytes;
  switch (encoding) {
    case "utf8":
      return incompleteUtf8(bytes);
    case "utf16le":
      return length % 2 + (length > 1 && (bytes[length - length % 2 - 1] & 252) === 216 ? 2 : 0);
    case "base64":
    case "base64url":
      return length % 3;
    default:
      return 0;
  }
}
function incompleteUtf8(bytes) {
  for (let count = 1; count <= Math.min(4, bytes.length); count++) {
    const byte = bytes[bytes.length - count];
    if ((byte & 192) === 128) continue;
    const needed = (byte & 224) === 192 ? 2 : (byte & 240) === 224 ? 3 : (byte & 248) === 240 ? 4 : 1;
    return needed > count ? count : 0;
  }
  return 0;
}

// src/simulator/host/node-library/types.ts
var tag2 = (name2) => (value) => Object.prototype.toString.call(value) === `[object ${name2}]`;
var slot = (read) => (value) => {
  if (typeof value !== "object" || value === null) return false;
  try {
    read(value);
    return true;
  } catch {
    return false;
  }
};
var getter3 = (prototype, key) => {
  const { get } = Object.getOwnPropertyDescriptor(prototype, key);
  return (value) => Reflect.apply(get, value, []);
};
var method3 = (prototype, key, ...args) => (value) => Reflect.apply(prototype[key], value, args);
var none = () => false;
var functionTag = (name2) => (value) => typeof value === "function" && Object.prototype.toString.call(value) === `[object ${name2}]`;
var fixed2 = {
  isMap: slot(getter3(Map.prototype, "size")),
  isSet: slot(getter3(Set.prototype, "size")),
  isWeakMap: slot(method3(WeakMap.prototype, "has", {})),
  isWeakSet: slot(method3(WeakSet.prototype, "has", {})),
  isDate: slot(method3(Date.prototype, "getTime")),
  isRegExp: tag2("RegExp"),
  isNumberObject: slot(method3(Number.prototype, "valueOf")),
  isStringObject: slot(method3(String.prototype, "valueOf")),
  isBooleanObject: slot(method3(Boolean.prototype, "valueOf")),
  isBigIntObject: slot(method3(BigInt.prototype, "valueOf")),
  isSymbolObject: slot(method3(Symbol.prototype, "valueOf")),
  isArrayBuffer: slot(getter3(ArrayBuffer.prototype, "byteLength")),
  isDataView: slot(getter3(DataView.prototype, "byteLength")),
  isArrayBufferView: (value) => ArrayBuffer.isView(value),
  isTypedArray: (value) => nativeType(value) !== void 0,
  isNativeError: (value) => value instanceof Error,
  isArgumentsObject: tag2("Arguments"),
  isMapIterator: tag2("Map Iterator"),
  isSetIterator: tag2("Set Iterator"),
  isModuleNamespaceObject: tag2("Module"),
  isGeneratorObject: tag2("Generator"),
  isGeneratorFunction: functionTag("GeneratorFunction"),
  isAsyncFunction: functionTag("AsyncFunction"),
  isExternal: none,
  isProxy: none,
  isKeyObject: none,
  isCryptoKey: none,
  isEventTarget: none,
  isWeakReference: none
};
function createTypes({ Promise: Promise2, realm }) {
  const isShared = (value) => realm?.kinds?.some(({ name: name2, is }) => name2 === "SharedArrayBuffer" && is(value)) ?? false;
  const views = Object.fromEntries(["Int8", "Uint8", "Uint8Clamped", "Int16", "Uint16", "Int32", "Uint32", "Float32", "Float64", "BigInt64", "BigUint64"].map((type) => [`is${type}Array`, ((value) => nativeType(value) === type)]));
  return {
    ...fixed2,
    ...views,
    isSharedArrayBuffer: isShared,
    isAnyArrayBuffer: (value) => fixed2["isArrayBuffer"](value) || isShared(value),
    isBoxedPrimitive: (value) => ["Number", "String", "Boolean", "BigInt", "Symbol"].some((kind) => fixed2[`is${kind}Object`](value)),
    isPromise: (value) => value instanceof Promise2
  };
}

// src/simulator/host/node-library/internals.ts
var customPromisify = /* @__PURE__ */ Symbol.for("nodejs.util.promisify.custom");
function internalsOf(platform, world2, inspect2) {
  const types2 = createTypes(world2);
  return {
    buffer: () => createBufferModule(platform, world2),
    events: () => platform.events.module,
    string_decoder: () => ({ StringDecoder }),
    "internal/errors": () => createNodeErrors(inspect2),
    "internal/util": () => internalUtil(world2),
    "internal/util/types": () => types2,
    "internal/util/debuglog": () => ({ debuglog: () => () => void 0 }),
    "internal/abort_controller": () => platform.events.globals,
    "internal/blob": () => ({ isBlob: () => false }),
    "internal/event_target": () => ({ kResistStopPropagation: /* @__PURE__ */ Symbol("resist"), kWeakHandler: /* @__PURE__ */ Symbol("weak") }),
    "internal/events/abort_listener": () => ({ addAbortListener: platform.events.module.addAbortListener }),
    "internal/buffer": () => ({ FastBuffer: bufferOf(platform, world2)[Symbol.species] }),
    "internal/encoding": () => ({ TextDecoder: SimulatedTextDecoder }),
    "internal/assert": () => (value, message) => {
      if (!value) throw new Error(message ?? "an invariant of the library does not hold");
    },
    "internal/constants": () => charCodes,
    "internal/url": () => ({ isURL: (value) => value instanceof SimulatedURL, URL: SimulatedURL }),
    "internal/bootstrap/realm": () => ({ BuiltinModule: { exists: () => false } }),
    "internal/webstreams/adapters": () => {
      throw new Error("web streams are not simulated");
    }
  };
}
function internalUtil({ Promise: Promise2 }) {
  return {
    kEmptyObject: Object.freeze(/* @__PURE__ */ Object.create(null)),
    customInspectSymbol: /* @__PURE__ */ Symbol.for("nodejs.util.inspect.custom"),
    SymbolDispose: disposalSymbols.dispose,
    SymbolAsyncDispose: disposalSymbols.asyncDispose,
    promisify: { custom: customPromisify },
    once: (callback) => {
      let isCalled = false;
      return function(...args) {
        if (isCalled) return void 0;
        isCalled = true;
        return Reflect.apply(callback, this, args);
      };
    },
    createDeferredPromise: () => {
      const deferred = {};
      deferred.promise = new Promise2((resolve, reject) => Object.assign(deferred, { resolve, reject }));
      return deferred;
    },
    deprecate: (run) => run,
    isError: (value) => value instanceof Error || Object.prototype.toString.call(value) === "[object Error]",
    join: (parts2, separator) => parts2.join(separator),
    // eslint-disable-next-line no-control-regex -- the escapes that colour a terminal
    removeColors: (text) => text.replace(/\u001b\[\d\d?m/g, ""),
    normalizeEncoding: (name2) => name2 === void 0 || name2 === null || name2 === "" ? "utf8" : encodingNamed(`${name2}`),
    emitExperimentalWarning: () => void 0,
    isWindows: false,
    isMacOS: false,
    getLazy: (make2) => {
      let made2;
      return () => (made2 ??= { value: make2() }).value;
    }
  };
}
var charCodes = {
  CHAR_UPPERCASE_A: 65,
  CHAR_LOWERCASE_A: 97,
  CHAR_UPPERCASE_Z: 90,
  CHAR_LOWERCASE_Z: 122,
  CHAR_DOT: 46,
  CHAR_FORWARD_SLASH: 47,
  CHAR_BACKWARD_SLASH: 92,
  CHAR_COLON: 58,
  CHAR_QUESTION_MARK: 63
};

// src/simulator/host/node-library/primordials.ts
var uncurryThis = (method4) => Function.prototype.call.bind(method4);
var TypedArray2 = Object.getPrototypeOf(Uint8Array);
var special = {
  uncurryThis,
  applyBind: (method4) => Function.prototype.apply.bind(method4),
  SafeMap: Map,
  SafeSet: Set,
  SafeWeakMap: WeakMap,
  SafeWeakSet: WeakSet,
  SafeWeakRef: WeakRef,
  FunctionPrototype: Function.prototype,
  ObjectPrototype: Object.prototype,
  TypedArray: TypedArray2,
  /** What iterates over a text, or an array, whatever is done to the iterators of the language. */
  SafeStringIterator: function(text) {
    return text[Symbol.iterator]();
  },
  SafeArrayIterator: function(array) {
    return array[Symbol.iterator]();
  },
  ArrayPrototypePushApply: (array, items) => array.push(...items)
};
var bases = ["AggregateError", "ArrayBuffer", "Array", "BigInt", "Boolean", "DataView", "Date", "Error", "Function", "JSON", "Map", "Math", "Number", "Object", "Reflect", "RegExp", "Set", "String", "Symbol", "TypedArray", "Uint8Array", "WeakMap", "WeakSet"];
var known2 = /* @__PURE__ */ new Map();
function primordialsOf(own) {
  return new Proxy(own, { get: (_target, name2) => Object.hasOwn(own, name2) ? own[name2] : primordial(String(name2)) });
}
function primordial(name2) {
  if (!known2.has(name2)) known2.set(name2, Object.hasOwn(special, name2) ? special[name2] : find2(name2));
  return known2.get(name2);
}
function find2(name2) {
  const whole = globalThis[name2];
  if (whole !== void 0) return whole;
  const base = bases.find((each) => name2.startsWith(each));
  if (base === void 0) return void 0;
  const owner = base === "TypedArray" ? TypedArray2 : globalThis[base];
  const rest = name2.slice(base.length);
  if (!rest.startsWith("Prototype")) return member(owner, rest);
  const { prototype } = owner;
  const method4 = rest.slice("Prototype".length);
  const direct = member(prototype, method4);
  if (typeof direct === "function") return uncurryThis(direct);
  return uncurryThis(Object.getOwnPropertyDescriptor(prototype, keyOf(prototype, method4.replace(/^Get/, ""))).get);
}
function member(owner, name2) {
  const key = keyOf(owner, name2);
  try {
    return key === void 0 ? void 0 : owner[key];
  } catch {
    return void 0;
  }
}
function keyOf(owner, name2) {
  const symbol = name2.startsWith("Symbol") ? Symbol[lowerFirst(name2.slice("Symbol".length))] : void 0;
  return [symbol, lowerFirst(name2), name2].find((key) => key !== void 0 && key in owner);
}
function lowerFirst(name2) {
  return name2.charAt(0).toLowerCase() + name2.slice(1);
}

// src/simulator/host/node-library/index.ts
var made = /* @__PURE__ */ new WeakMap();
function libraryOf(platform, world2, helpers2) {
  let library = made.get(platform);
  if (library === void 0) made.set(platform, library = make(platform, world2, helpers2));
  return library;
}
function make(platform, world2, helpers2) {
  const { Promise: Promise2, timers: timers2 } = world2;
  const internals = internalsOf(platform, world2, inspectBriefly);
  const loaded = /* @__PURE__ */ new Map();
  const external = (name2) => {
    if (!loaded.has(name2)) {
      if (!Object.hasOwn(internals, name2)) throw new Error(`${name2} of Node's library is not simulated`);
      loaded.set(name2, internals[name2]());
    }
    return loaded.get(name2);
  };
  return instantiate({
    ...helpers2,
    primordials: primordialsOf(promisesOf(Promise2)),
    internalBinding: (name2) => bindingOf(name2, world2),
    process: { nextTick: timers2.nextTick, cwd: () => "/", emitWarning: () => void 0, versions: {}, binding: void 0 },
    queueMicrotask: timers2.queueMicrotask,
    globalThis: {},
    __touch: toucher(world2),
    __caught: letAbortPass
  }, external);
}
function promisesOf(Promise2) {
  const { then } = Promise2.prototype;
  return {
    Promise: Promise2,
    PromiseResolve: (value) => Promise2.resolve(value),
    PromiseReject: (reason) => Promise2.reject(reason),
    PromisePrototypeThen: (promise, ...reactions) => Reflect.apply(then, promise, reactions)
  };
}
function toucher({ loop }) {
  return (stream) => {
    if (typeof stream !== "object" || stream === null) return;
    const identity = loop.identity.of(stream);
    if (identity !== 0 || isStream(stream)) loop.touch(identity, "*", "write");
  };
}
function isStream(value) {
  return value._readableState !== void 0 || value._writableState !== void 0;
}

// src/simulator/host/node-modules.ts
var ownModules = {
  buffer: createBufferModule,
  events: ({ events }) => events.module,
  stream: (...world2) => withDefault(libraryOf(...world2)("stream")),
  "stream/promises": (...world2) => libraryOf(...world2)("stream/promises"),
  "stream/consumers": (...world2) => libraryOf(...world2)("stream/consumers"),
  string_decoder: () => ({ StringDecoder }),
  timers: (platform, { timers: { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } }, helpers2) => ({ setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate, promises: platform.module("timers/promises", helpers2) }),
  "timers/promises": (_platform, world2, helpers2) => createTimersPromises(world2, helpers2),
  worker_threads: ({ messages: messages2 }, { opaque: opaque2, host }) => ({
    ...messages2.threads,
    isMainThread: true,
    parentPort: null,
    workerData: null,
    threadId: 0,
    Worker: startsAgents({ host }) ? messages2.workers.NodeWorker : opaque2.make("Worker"),
    ...messages2.scope?.threads
  })
};
var machineModules = {};
var modules = { ...ownModules, ...machineModules };
function makeModule(name2, platform, world2, helpers2) {
  return modules[name2](platform, world2, helpers2);
}
function modelsOf(makers, current, helpers2) {
  return Object.fromEntries(Object.keys(makers).flatMap((name2) => [name2, `node:${name2}`].map((specifier) => [specifier, () => current().module(name2, helpers2)])));
}
function withDefault(module) {
  return Object.defineProperty(module, "default", { value: module, configurable: true });
}

// src/simulator/host/platform.ts
var eventNames = ["Event", "CustomEvent", "EventTarget", "DOMException", "AbortController", "AbortSignal"];
var messageNames = ["structuredClone", "MessageChannel", "MessagePort", "MessageEvent", "BroadcastChannel"];
var scopeNames = /* @__PURE__ */ new Set(["postMessage", "addEventListener", "removeEventListener", "close", "name"]);
var platformNames = /* @__PURE__ */ new Set([...eventNames, ...messageNames]);
var Platform = class {
  #world;
  #events;
  #messages;
  #host;
  #modules = /* @__PURE__ */ new Map();
  constructor(world2) {
    this.#world = world2;
  }
  get events() {
    return this.#events ??= createEvents(this.#world);
  }
  /** How the shared world is reached. */
  get host() {
    return this.#host ??= this.#world.host ?? new LocalHost(this.#world.loop, localKinds);
  }
  get messages() {
    return this.#messages ??= this.#makeMessages();
  }
  #makeMessages() {
    const { loop, opaque: opaque2, Promise: Promise2, realm, worker } = this.#world;
    return createMessages({ loop, host: this.host, Promise: Promise2, events: this.events, realm: { ...realm, kinds: [...realm?.kinds ?? [], fromOutside(opaque2)] } }, worker);
  }
  /** Whether it has a value for a global name. */
  has(name2) {
    return platformNames.has(name2) || this.#maker(name2) !== void 0 || name2 === "Worker" && startsAgents(this.#world) || this.#world.worker !== void 0 && scopeNames.has(name2);
  }
  global(name2) {
    if (name2 === "Worker") return this.messages.workers.WebWorker;
    const maker = this.#maker(name2);
    if (maker !== void 0) return maker(this, this.#world);
    if (scopeNames.has(name2)) return this.messages.scope.globals[name2];
    const { globals } = eventNames.includes(name2) ? this.events : this.messages;
    return globals[name2];
  }
  #maker(name2) {
    if (Object.hasOwn(ownGlobals, name2)) return ownGlobals[name2];
    return this.#world.hasMachine === true && Object.hasOwn(machineGlobals, name2) ? machineGlobals[name2] : void 0;
  }
  /** What makes `process` an emitter that hears of signals and errors. In a worker, `exit` ends that worker alone. */
  processMembers(pid) {
    const members = createProcessEvents(this.#world, () => this.events, pid);
    return this.#world.worker === void 0 ? members : { ...members, exit: (code) => this.messages.scope.exit(code) };
  }
  /** `self` of a worker: its names, and handlers that can be set. */
  extendGlobalObject(object) {
    return this.#world.worker === void 0 ? object : this.messages.scope.extend(object);
  }
  /** One of Node's modules, by its name without `node:`. */
  module(name2, helpers2) {
    const known3 = this.#modules.get(name2);
    if (known3 !== void 0) return known3;
    const made2 = makeModule(name2, this, this.#world, helpers2);
    this.#modules.set(name2, made2);
    return made2;
  }
};
function platformModels(current, helpers2, { hasMachine }) {
  return { ...modelsOf(ownModules, current, helpers2), ...hasMachine && modelsOf(machineModules, current, helpers2) };
}
function startsAgents({ host }) {
  return host !== void 0 && !(host instanceof LocalHost);
}
function fromOutside(opaque2) {
  const sent = /* @__PURE__ */ new Map();
  return {
    name: "opaque",
    isTransferred: false,
    is: (value) => opaque2.is(value),
    plan: (value) => {
      const label = opaque2.labelOf(value);
      sent.set(label, value);
      return label;
    },
    adopt: (label) => sent.get(label) ?? opaque2.settled(label)
  };
}

// src/simulator/runtime/assumptions.ts
var Assumptions = class {
  #given;
  asked = /* @__PURE__ */ new Map();
  constructor(given) {
    this.#given = given;
  }
  /** A new execution starts. */
  reset() {
    this.asked = emptied(this.asked);
  }
  /** Whether a condition holds; asks once and answers the same for the same condition ever after. */
  holds({ condition: condition2, whenTrue, whenFalse }, byDefault) {
    const known3 = this.asked.get(condition2);
    if (known3) return known3.value;
    const value = Object.hasOwn(this.#given, condition2) ? this.#given[condition2] : byDefault;
    this.asked.set(condition2, { condition: condition2, text: value ? whenTrue : whenFalse, value });
    return value;
  }
  /** What is taken for granted already, without asking. */
  known({ condition: condition2 }) {
    return this.asked.get(condition2)?.value ?? this.#given[condition2];
  }
};
var isInstance = (label, of) => condition(`${label} is an instance of ${of}`, `${label} is no instance of ${of}`);
var callsBackAtOnce = (label) => condition(`${label} runs its callback at once`, `${label} does not run its callback`);
function condition(whenTrue, whenFalse) {
  return { condition: whenTrue, whenTrue, whenFalse };
}

// src/simulator/runtime/emit-helpers.ts
function emitHelpers(isOpaque) {
  return {
    __rest: (given, excluded) => {
      const source = Object(given);
      const rest = {};
      for (const key of Reflect.ownKeys(source)) if (!excluded.includes(key) && Object.prototype.propertyIsEnumerable.call(source, key)) rest[key] = source[key];
      return rest;
    },
    __decorate: (decorators, target, key, given) => {
      const own = decorators.filter((decorator) => !isOpaque(decorator));
      if (key === void 0) return own.reduceRight((decorated, decorate) => decorate(decorated) ?? decorated, target);
      const descriptor = given === null ? Object.getOwnPropertyDescriptor(target, key) : given;
      const result = own.reduceRight((current, decorate) => decorate(target, key, current) ?? current, descriptor);
      if (result && own.length > 0) Object.defineProperty(target, key, result);
      return result;
    },
    __param: (index, decorate) => isOpaque(decorate) ? decorate : (target, key) => decorate(target, key, index),
    __metadata: () => () => void 0,
    __importDefault: (module) => module?.__esModule ? module : { default: module },
    __importStar: importStar,
    __exportStar: (module, exports) => {
      for (const key of Object.keys(module)) if (key !== "default" && !Object.hasOwn(exports, key)) Object.defineProperty(exports, key, { enumerable: true, get: () => module[key] });
    },
    __createBinding: (target, module, key, as = key) => Object.defineProperty(target, as, { enumerable: true, get: () => module[key] }),
    __setFunctionName: (target, name2, prefix) => Object.defineProperty(target, "name", { configurable: true, value: prefix ? `${prefix} ${String(name2)}` : typeof name2 === "symbol" ? `[${name2.description ?? ""}]` : name2 }),
    __propKey: (key) => typeof key === "symbol" ? key : String(key),
    __makeTemplateObject: (cooked, raw) => Object.freeze(Object.defineProperty(cooked, "raw", { value: raw })),
    __assign: Object.assign,
    __classPrivateFieldGet: privateGet,
    __classPrivateFieldSet: privateSet,
    __classPrivateFieldIn: (state, receiver) => {
      if (receiver === null || typeof receiver !== "object" && typeof receiver !== "function") throw new TypeError("Cannot use 'in' operator on non-object");
      return typeof state === "function" ? receiver === state : state.has(receiver);
    }
  };
}
function importStar(module) {
  if (module === null || typeof module !== "object" && typeof module !== "function" || module.__esModule) return module;
  const all2 = {};
  for (const key of Object.keys(module)) if (key !== "default") Object.defineProperty(all2, key, { enumerable: true, get: () => module[key] });
  return Object.defineProperty(all2, "default", { enumerable: true, value: module });
}
function privateGet(receiver, state, kind, member2) {
  if (typeof state === "function" ? receiver !== state || !member2 : !state.has(receiver)) throw new TypeError("Cannot read private member from an object whose class did not declare it");
  if (kind === "m") return member2;
  if (kind === "a") return member2.call(receiver);
  return member2 ? member2.value : state.get(receiver);
}
function privateSet(receiver, state, value, kind, member2) {
  if (kind === "m") throw new TypeError("Private method is not writable");
  if (typeof state === "function" ? receiver !== state || !member2 : !state.has(receiver)) throw new TypeError("Cannot write private member to an object whose class did not declare it");
  if (kind === "a") member2.call(receiver, value);
  else if (member2) member2.value = value;
  else state.set(receiver, value);
  return value;
}

// src/simulator/runtime/opaque-kinds.ts
var longestLabel = 160;
var mostKinds = 2e4;
var runsAtOnce = /* @__PURE__ */ new Set(["map", "forEach", "filter", "some", "every", "find", "findIndex", "reduce", "flatMap", "sort", "each", "replace"]);
var registers = /^(on|off|add\w*Listener|remove\w*Listener|subscribe|unsubscribe|use|register|unregister|watch|listen|observe|get|post|put|patch|delete|all|route|describe|it|test|before|after|beforeEach|afterEach)$/;
var excluding = new Set("acquire lock locks locked mutex exclusive exclusively semaphore transaction synchronized serialize serialized enqueue limit limiter limited throttle debounce critical atomic atomically".split(" "));
var CallNode = class {
  byValue = /* @__PURE__ */ new Map();
  byText = /* @__PURE__ */ new Map();
  label;
};
var OpaqueKind = class {
  label;
  /** The last name in the expression. */
  name;
  /** What an external operation has given: it is no thenable and cannot be waited for. */
  isSettled;
  /** What a person reads of the event that settles it. */
  completion;
  runsAtOnce;
  /** A call of it hands a callback over for good: it is called, if at all, from somewhere else. */
  registers;
  /** A call of it may keep other tasks out. */
  isExcluding;
  /** Values of this kind that executions have used, in the order in which each takes them; see `OpaqueValues`. */
  values = [];
  /** How many of them the execution numbered `usedIn` has taken. */
  used = 0;
  usedIn = -1;
  #calls = new CallNode();
  constructor(label, isSettled, name2) {
    this.label = label;
    this.isSettled = isSettled;
    this.name = name2;
    this.completion = `${label} completes`;
    this.runsAtOnce = runsAtOnce.has(name2);
    this.registers = registers.test(name2);
    this.isExcluding = isExcluding(name2);
  }
  /** The label of a call of it. */
  callLabel(args, labelOf) {
    let node = this.#calls;
    for (let index = 0; index < args.length; index++) node = next(node, args[index], labelOf);
    return node.label ??= `${this.label}(${args.map(labelOf).join(", ")})`;
  }
};
function next(node, argument, labelOf) {
  const isPlain = argument === null || typeof argument !== "object" && typeof argument !== "function" && typeof argument !== "symbol";
  const key = isPlain ? argument : labelOf(argument);
  const nodes = isPlain ? node.byValue : node.byText;
  let child = nodes.get(key);
  if (child === void 0) nodes.set(key, child = new CallNode());
  return child;
}
var OpaqueKinds = class {
  #byLabel = /* @__PURE__ */ new Map();
  /** They are too many to be kept for further executions. */
  get areTooMany() {
    return this.#byLabel.size > mostKinds;
  }
  clear() {
    this.#byLabel.clear();
  }
  /** `name` is by default what the label ends with. */
  of(label, isSettled, name2) {
    let entry = this.#byLabel.get(label);
    if (entry === void 0) this.#byLabel.set(label, entry = { name: lastName(label), kinds: [] });
    const { kinds: kinds2 } = entry;
    const given = name2 ?? entry.name;
    for (const kind2 of kinds2) if (kind2.isSettled === isSettled && kind2.name === given) return kind2;
    const kind = new OpaqueKind(shortened(label), isSettled, given);
    kinds2.push(kind);
    return kind;
  }
};
function lastName(label) {
  return /([\w$]+)(?:\(.*\))?$/s.exec(label)?.[1] ?? "";
}
function isExcluding(name2) {
  return name2.split(/(?=[A-Z])|_/).some((word) => excluding.has(word.toLowerCase()));
}
function shortened(label) {
  return label.length <= longestLabel ? label : `${label.slice(0, longestLabel)}\u2026${hash(label)}`;
}
function hash(text) {
  let value = 2166136261;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 16777619);
  return (value >>> 0).toString(36);
}

// src/simulator/runtime/render.ts
var intrinsicNames = new Map([Object, Array, Map, Set, WeakMap, WeakSet, Date, RegExp, Promise, Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError, ArrayBuffer, Uint8Array].map((constructor) => [constructor.prototype, constructor.name]));
function constructorName(value) {
  const prototype = Object.getPrototypeOf(value);
  const intrinsic = intrinsicNames.get(prototype);
  if (intrinsic !== void 0) return intrinsic;
  const constructor = typeof prototype === "object" && prototype !== null ? Object.getOwnPropertyDescriptor(prototype, "constructor")?.value : void 0;
  return typeof constructor === "function" ? nameOf(constructor) : "";
}
function nameOf(value) {
  const name2 = Object.getOwnPropertyDescriptor(value, "name")?.value;
  return typeof name2 === "string" ? name2 : "";
}

// src/simulator/runtime/opaque.ts
var OpaqueValues = class {
  #world;
  #states = /* @__PURE__ */ new WeakMap();
  #kinds = new OpaqueKinds();
  /** Properties that the subject has set, by label: shared by all values of the same identity. */
  #owns = /* @__PURE__ */ new Map();
  #given = /* @__PURE__ */ new Map();
  #execution = 0;
  #isChanged = false;
  constructor(world2) {
    this.#world = world2;
  }
  /** A new execution starts. */
  reset() {
    this.#execution++;
    this.#owns = emptied(this.#owns);
    this.#given = emptied(this.#given);
    if (this.#isChanged || this.#kinds.areTooMany) this.#kinds.clear();
    this.#isChanged = false;
  }
  is(value) {
    return typeof value === "function" && this.#states.has(value);
  }
  /** The label of an opaque value, or what stands for a plain one inside a label. */
  labelOf = (value) => this.knownLabel(value) ?? plainLabel(value, this.labelOf);
  /** The label of an opaque value; undefined for any other. */
  knownLabel(value) {
    return typeof value === "function" ? this.#states.get(value)?.kind.label : void 0;
  }
  /** The last name in the expression that made an opaque value: `error` of `response.error`, `load` of `load(1)`. */
  nameOf(value) {
    return (typeof value === "function" ? this.#states.get(value)?.kind.name : void 0) ?? "";
  }
  /** The label of what a call of an opaque value gives. */
  callLabel(callable, args) {
    return this.#states.get(callable).kind.callLabel(args, this.labelOf);
  }
  /** What no event has to give first; the same object for the same label, so that it is the same key of a Map. */
  settled(label, name2) {
    let value = this.#given.get(label);
    if (!value) this.#given.set(label, value = this.make(label, true, name2));
    return value;
  }
  make(label, isSettled = false, name2) {
    const kind = this.#kinds.of(label, isSettled, name2);
    if (kind.usedIn !== this.#execution) {
      kind.usedIn = this.#execution;
      kind.used = 0;
    }
    return kind.values[kind.used++] ??= this.#create(kind);
  }
  #create(kind) {
    const state = { kind, children: /* @__PURE__ */ new Map(), completion: void 0, completedIn: -1 };
    const proxy = new Proxy(function opaque2() {
    }, this.#handler(state));
    this.#states.set(proxy, state);
    return proxy;
  }
  /** The promise behind a value that is waited for; undefined for what is no opaque value or has been given by an event already. */
  promiseOf(value) {
    const state = typeof value === "function" ? this.#states.get(value) : void 0;
    return state === void 0 || state.kind.isSettled ? void 0 : this.#completion(state);
  }
  #completion(state) {
    if (state.completion !== void 0 && state.completedIn === this.#execution) return state.completion;
    const { kind } = state;
    state.completedIn = this.#execution;
    return state.completion = this.#world.complete(kind.completion, () => this.settled(kind.label, kind.name));
  }
  #handler(state) {
    return {
      get: (_target, key) => this.#property(state, key),
      set: (_target, key, value) => {
        this.#setOwn(state, key, value);
        return true;
      },
      has: () => true,
      deleteProperty: (_target, key) => {
        this.#setOwn(state, key, void 0);
        return true;
      },
      getPrototypeOf: () => Object.prototype,
      apply: (_target, _self, args) => this.#call(state, args),
      construct: (target, args, newTarget) => this.#construct(state, args, newTarget, this.#states.get(newTarget) === state || newTarget === target),
      // What reaches the target stays there.
      defineProperty: (target, key, descriptor) => {
        this.#isChanged = true;
        return Reflect.defineProperty(target, key, descriptor);
      },
      setPrototypeOf: (target, prototype) => {
        this.#isChanged = true;
        return Reflect.setPrototypeOf(target, prototype);
      },
      preventExtensions: (target) => {
        this.#isChanged = true;
        return Reflect.preventExtensions(target);
      },
      getOwnPropertyDescriptor: (target, key) => {
        if (key === "prototype") this.#isChanged = true;
        return Reflect.getOwnPropertyDescriptor(target, key);
      }
    };
  }
  #setOwn({ kind: { label } }, key, value) {
    let own = this.#owns.get(label);
    if (own === void 0) this.#owns.set(label, own = /* @__PURE__ */ new Map());
    own.set(key, value);
  }
  #property(state, key) {
    const { kind: { label }, children } = state;
    const own = this.#owns.size === 0 ? void 0 : this.#owns.get(label);
    if (own?.has(key) === true) return own.get(key);
    if (typeof key === "symbol") return this.#symbolProperty(label, key);
    if (key === "then" || key === "catch" || key === "finally") return this.#promiseMethod(state, key);
    if (key === "toJSON") return () => label;
    if (key === "prototype") return this.settled(memberLabel(label, key), key);
    let child = children.get(key);
    if (child === void 0) children.set(key, child = this.#create(this.#kinds.of(memberLabel(label, key), false, key)));
    return child;
  }
  #symbolProperty(label, key) {
    const one = () => this.settled(`${label}[0]`);
    if (key === Symbol.toPrimitive) return (hint) => hint === "number" ? Number.NaN : `<${label}>`;
    if (key === Symbol.iterator) return () => [one()][Symbol.iterator]();
    if (key === Symbol.asyncIterator) return () => this.#asyncIterator(label, one);
    if (key === Symbol.hasInstance) return (value) => this.#world.assumptions.holds(isInstance(this.labelOf(value), label), false);
    return void 0;
  }
  /** Gives one element, then ends; each step is an event of its own. */
  #asyncIterator(label, one) {
    const steps = [() => ({ value: one(), done: false }), () => ({ value: void 0, done: true })];
    return {
      next: () => this.#world.complete(`${label} next completes`, steps.shift() ?? (() => ({ value: void 0, done: true }))),
      return: () => this.#world.complete(`${label} return completes`, () => ({ value: void 0, done: true }))
    };
  }
  #promiseMethod(state, key) {
    if (state.kind.isSettled) return void 0;
    return (...handlers) => this.#completion(state)[key](...handlers);
  }
  #construct({ kind }, args, newTarget, isDirect) {
    if (!isDirect) return Object.create(newTarget.prototype);
    const label = `new ${kind.callLabel(args, this.labelOf)}`;
    this.#world.effect(label);
    return this.make(label, true);
  }
  #call({ kind }, args) {
    const label = kind.callLabel(args, this.labelOf);
    if (kind.isExcluding) this.#world.unmodelled(`\`${kind.label}\` may keep other tasks out`);
    this.#world.effect(label);
    if (this.#world.keeps && (kind.registers || args.some((argument) => this.#holdsFunctions(argument)))) this.#world.keeps(`\`${kind.label}\``);
    if (kind.registers) return this.make(label);
    const callback = args.find((argument) => typeof argument === "function" && !this.is(argument));
    return callback === void 0 ? this.make(label) : this.#callWith(callback, kind, label);
  }
  /** An object with functions in it, or a list of functions. */
  #holdsFunctions(value) {
    if (typeof value !== "object" || value === null || this.is(value)) return false;
    const properties = Object.getOwnPropertyDescriptors(value);
    return Object.values(properties).some((property) => typeof property.value === "function" && !this.is(property.value));
  }
  #callWith(callback, { name: name2, runsAtOnce: runsAtOnce2 }, label) {
    const one = this.settled(`${label}[0]`);
    if (runsAtOnce2) {
      const result = callback(one, 0);
      return name2 === "map" || name2 === "flatMap" ? [result] : this.make(label);
    }
    if (name2 === "once" || isErrorFirst(callback)) {
      this.#world.later(`${label} calls back`, () => void (isErrorFirst(callback) ? callback(null, one) : callback(one)));
      return this.make(label, true);
    }
    if (!this.#world.assumptions.holds(callsBackAtOnce(name2 || label), true)) return this.make(label);
    return callback(one);
  }
};
function memberLabel(label, key) {
  return /^[\w$]+$/.test(key) ? `${label}.${key}` : `${label}[${JSON.stringify(key)}]`;
}
function isErrorFirst(callback) {
  return /^(?:function\s*\w*\s*)?\(?\s*_?(?:err|error|e)\b/.test(Function.prototype.toString.call(callback));
}
function plainLabel(value, labelOf) {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return nameOf(value) ? `\u0192 ${nameOf(value)}` : "\u0192";
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(Object.getOwnPropertyDescriptors(value)).filter(([, { enumerable }]) => enumerable).slice(0, 4).map(([key, field]) => [key, "value" in field ? shallow(field.value, labelOf) : "\u0192 get"]);
  if (Array.isArray(value)) return `[${fields.map(([, item]) => item).join(", ")}${value.length > 4 ? ", \u2026" : ""}]`;
  const constructor = constructorName(value);
  const name2 = constructor && constructor !== "Object" ? `${constructor} ` : "";
  const entries = fields.map(([key, item]) => `${key}: ${item}`);
  return entries.length === 0 ? `${name2}{}` : `${name2}{ ${entries.join(", ")} }`;
}
function shallow(value, labelOf) {
  return typeof value === "object" && value !== null ? "{\u2026}" : labelOf(value);
}

// src/simulator/runtime/promise-combinators.ts
function subscribeAll(constructor, capability, iterable, subscribe, finish) {
  const { promise, reject } = capability;
  try {
    const { resolve } = constructor;
    if (typeof resolve !== "function") throw new TypeError("Promise resolve or reject function is not callable");
    let index = 0;
    for (const element of iterable) subscribe(Reflect.apply(resolve, constructor, [element]), index++);
    finish();
  } catch (error) {
    if (isAbort(error)) throw error;
    reject(error);
  }
  return promise;
}
var Collection = class {
  results = [];
  #missing = 1;
  #complete;
  constructor(complete) {
    this.#complete = complete;
  }
  expect() {
    this.results.push(void 0);
    this.#missing++;
  }
  /** A function that stores what it is given (made into a result) at `index`; all functions of one element share `element`. */
  slot(index, element, make2) {
    return (value) => {
      if (element.isDone) return;
      element.isDone = true;
      this.results[index] = make2(value);
      this.arrive();
    };
  }
  arrive = () => {
    if (--this.#missing > 0) return;
    const complete = this.#complete;
    complete(this.results);
  };
};
var same = (value) => value;
function all(constructor, capability, iterable) {
  const values = new Collection(capability.resolve);
  const subscribe = (promise, index) => {
    values.expect();
    promise.then(values.slot(index, { isDone: false }, same), capability.reject);
  };
  return subscribeAll(constructor, capability, iterable, subscribe, values.arrive);
}
function allSettled(constructor, capability, iterable) {
  const settlements = new Collection(capability.resolve);
  const subscribe = (promise, index) => {
    settlements.expect();
    const element = { isDone: false };
    promise.then(
      settlements.slot(index, element, (value) => ({ status: "fulfilled", value })),
      settlements.slot(index, element, (reason) => ({ status: "rejected", reason }))
    );
  };
  return subscribeAll(constructor, capability, iterable, subscribe, settlements.arrive);
}
function any(constructor, capability, iterable) {
  const { reject } = capability;
  const errors2 = new Collection((results) => reject(new AggregateError(results, "All promises were rejected")));
  const subscribe = (promise, index) => {
    errors2.expect();
    promise.then(capability.resolve, errors2.slot(index, { isDone: false }, same));
  };
  return subscribeAll(constructor, capability, iterable, subscribe, errors2.arrive);
}
function race(constructor, capability, iterable) {
  return subscribeAll(constructor, capability, iterable, (promise) => promise.then(capability.resolve, capability.reject), () => void 0);
}

// src/simulator/runtime/promise-jobs.ts
var PendingReaction = class {
  task;
  isRejected = false;
  argument = void 0;
  constructor(task) {
    this.task = task;
  }
};
var AwaitReaction = class extends PendingReaction {
  #awaiter;
  constructor(task, awaiter) {
    super(task);
    this.#awaiter = awaiter;
  }
  run() {
    this.#awaiter.resume(this.isRejected, this.argument);
  }
};
var AdoptReaction = class extends PendingReaction {
  #core;
  #promise;
  constructor(task, core, promise) {
    super(task);
    this.#core = core;
    this.#promise = promise;
  }
  run() {
    if (this.isRejected) this.#core.reject(this.#promise, this.argument);
    else this.#core.resolve(this.#promise, this.argument);
  }
};
var ThenReaction = class extends PendingReaction {
  #onFulfilled;
  #onRejected;
  #derived;
  constructor(task, onFulfilled, onRejected, derived) {
    super(task);
    this.#onFulfilled = onFulfilled;
    this.#onRejected = onRejected;
    this.#derived = derived;
  }
  run() {
    const handler = this.isRejected ? this.#onRejected : this.#onFulfilled;
    let settle = this.isRejected && handler === void 0 ? this.#derived?.reject : this.#derived?.resolve;
    let result = this.argument;
    try {
      if (handler !== void 0) result = handler(this.argument);
    } catch (error) {
      if (isAbort(error)) throw error;
      settle = this.#derived?.reject;
      result = error;
    }
    settle?.(result);
  }
};
var PlainThenReaction = class extends PendingReaction {
  #core;
  #onFulfilled;
  #onRejected;
  #derived;
  constructor(task, core, onFulfilled, onRejected, derived) {
    super(task);
    this.#core = core;
    this.#onFulfilled = onFulfilled;
    this.#onRejected = onRejected;
    this.#derived = derived;
  }
  run() {
    const handler = this.isRejected ? this.#onRejected : this.#onFulfilled;
    if (handler === void 0) this.#pass();
    else this.#call(handler);
  }
  #pass() {
    if (this.isRejected) this.#core.reject(this.#derived, this.argument);
    else this.#core.resolve(this.#derived, this.argument);
  }
  #call(handler) {
    let result;
    try {
      result = handler(this.argument);
    } catch (error) {
      if (isAbort(error)) throw error;
      this.#core.reject(this.#derived, error);
      return;
    }
    this.#core.resolve(this.#derived, result);
  }
};

// src/simulator/runtime/promise-slots.ts
var PromiseSlots = class {
  state = "pending";
  /** [[PromiseResult]] */
  result;
  isHandled = false;
  #loop;
  #promise;
  /** The turn that made it, and its rank among that turn's promises: who it is in footprints. */
  #turn;
  #rank;
  /** Most promises have one reaction: then no list is made. */
  #reactions;
  constructor(loop, promise) {
    this.#loop = loop;
    this.#promise = promise;
    this.#turn = loop.turnName;
    this.#rank = loop.countPromise();
  }
  /**
   * Invariant 8 of the loop: the order of reactions is the order in which they were added, and one that is added before the promise is
   * settled runs in another turn than one that is added after. The turn that made the promise comes before all that know it.
   */
  #touch(kind) {
    if (this.#loop.turnName !== this.#turn) this.#loop.touchPromise(this.#turn, this.#rank, kind);
  }
  /** FulfillPromise */
  fulfill(value) {
    this.#settle("fulfilled", value);
  }
  /** RejectPromise */
  reject(reason) {
    if (this.state === "pending" && !this.isHandled) this.#loop.noteRejection(this.#promise, reason);
    this.#settle("rejected", reason);
  }
  /** PerformPromiseThen, steps 9 to 12. */
  react(reaction) {
    this.#touch(this.state === "pending" ? "write" : "read");
    if (this.state === "pending") this.#wait(reaction);
    else {
      if (this.state === "rejected" && !this.isHandled) this.#loop.noteHandled(this.#promise);
      this.#queue(reaction);
    }
    this.isHandled = true;
  }
  markHandled() {
    if (this.state === "rejected" && !this.isHandled) this.#loop.noteHandled(this.#promise);
    this.isHandled = true;
  }
  #settle(state, result) {
    if (this.state !== "pending") return;
    this.#touch("write");
    this.state = state;
    this.result = result;
    const reactions = this.#reactions;
    this.#reactions = void 0;
    if (reactions === void 0) return;
    if (Array.isArray(reactions)) for (const reaction of reactions) this.#queue(reaction);
    else this.#queue(reactions);
  }
  #wait(reaction) {
    if (this.#reactions === void 0) this.#reactions = reaction;
    else if (Array.isArray(this.#reactions)) this.#reactions.push(reaction);
    else this.#reactions = [this.#reactions, reaction];
  }
  /** NewPromiseReactionJob */
  #queue(reaction) {
    reaction.isRejected = this.state === "rejected";
    reaction.argument = this.result;
    this.#loop.addMicrotask(reaction);
  }
};

// src/simulator/runtime/promise.ts
function createPromise(loop, hooks = {}) {
  const noExecutor = () => void 0;
  let slotsOf;
  const SimPromise = class Promise {
    #slots = new PromiseSlots(loop, this);
    static {
      slotsOf = (value) => #slots in value ? value.#slots : void 0;
    }
    constructor(executor) {
      if (executor === noExecutor) return;
      if (typeof executor !== "function") throw new TypeError(`Promise resolver ${describe(executor)} is not a function`);
      const { resolve: resolve2, reject: reject2 } = resolvingFunctions(this);
      attempt(() => executor(resolve2, reject2), reject2);
    }
    static get [Symbol.species]() {
      return this;
    }
    static all(iterable) {
      return all(this, newCapability(this), iterable);
    }
    static allSettled(iterable) {
      return allSettled(this, newCapability(this), iterable);
    }
    static any(iterable) {
      return any(this, newCapability(this), iterable);
    }
    static race(iterable) {
      return race(this, newCapability(this), iterable);
    }
    static reject(reason) {
      const { promise, reject: reject2 } = newCapability(this);
      reject2(reason);
      return promise;
    }
    static resolve(value) {
      return promiseResolve(requireReceiver(this, "PromiseResolve"), value);
    }
    static try(callback, ...args) {
      const { promise, resolve: resolve2, reject: reject2 } = newCapability(requireReceiver(this, "Promise.try"));
      attempt(() => resolve2(callback(...args)), reject2);
      return promise;
    }
    static withResolvers() {
      const { promise, resolve: resolve2, reject: reject2 } = newCapability(this);
      return { promise, resolve: resolve2, reject: reject2 };
    }
    then(onFulfilled, onRejected) {
      const slots2 = slotsOf(requireReceiver(this, "Promise.prototype.then"));
      if (slots2 === void 0) throw new TypeError(`Method Promise.prototype.then called on incompatible receiver ${describe(this)}`);
      const constructor = speciesConstructor2(this);
      if (constructor === SimPromise) {
        const derived = create2();
        slots2.react(new PlainThenReaction(loop.task, core, handlerOf2(onFulfilled), handlerOf2(onRejected), derived));
        return derived;
      }
      const capability = newCapability(constructor);
      slots2.react(new ThenReaction(loop.task, handlerOf2(onFulfilled), handlerOf2(onRejected), capability));
      return capability.promise;
    }
    catch(onRejected) {
      return this.then(void 0, onRejected);
    }
    finally(onFinally) {
      const constructor = speciesConstructor2(requireReceiver(this, "Promise.prototype.finally"));
      const promise = this;
      if (typeof onFinally !== "function") return promise.then(onFinally, onFinally);
      const afterwards = (next2) => promiseResolve(constructor, onFinally()).then(next2);
      return promise.then(
        (value) => afterwards(() => value),
        (reason) => afterwards(() => {
          throw reason;
        })
      );
    }
  };
  Object.defineProperty(SimPromise.prototype, Symbol.toStringTag, { value: "Promise", configurable: true });
  const originalThen = SimPromise.prototype.then;
  class ThenableJob {
    task = loop.task;
    #promise;
    #thenable;
    #then;
    constructor(promise, thenable, then) {
      this.#promise = promise;
      this.#thenable = thenable;
      this.#then = then;
    }
    run() {
      const slots2 = this.#then === originalThen ? slotsOf(this.#thenable) : void 0;
      if (slots2 !== void 0 && this.#thenable.constructor === SimPromise) slots2.react(new AdoptReaction(this.task, core, this.#promise));
      else this.#callThen();
    }
    #callThen() {
      const { resolve: resolve2, reject: reject2 } = resolvingFunctions(this.#promise);
      attempt(() => Reflect.apply(this.#then, this.#thenable, [resolve2, reject2]), reject2);
    }
  }
  function slots(promise) {
    const found = slotsOf(promise);
    if (found === void 0) throw new TypeError("not a promise of this loop");
    return found;
  }
  function create2() {
    return new SimPromise(noExecutor);
  }
  function resolvingFunctions(promise) {
    let isResolved = false;
    const once = (settle) => (value) => {
      if (isResolved) return;
      isResolved = true;
      settle(promise, value);
    };
    return { resolve: once(resolve), reject: once(reject) };
  }
  function resolve(promise, resolution) {
    if (!isObject(resolution)) return slots(promise).fulfill(resolution);
    if (resolution === promise) return reject(promise, new TypeError("Chaining cycle detected for promise #<Promise>"));
    const external = hooks.isExternal?.(resolution);
    if (external !== void 0) return loop.addMicrotask(new ThenableJob(promise, external, originalThen));
    let then;
    try {
      then = resolution.then;
    } catch (error) {
      if (isAbort(error)) throw error;
      return reject(promise, error);
    }
    if (typeof then === "function") loop.addMicrotask(new ThenableJob(promise, resolution, then));
    else slots(promise).fulfill(resolution);
  }
  function reject(promise, reason) {
    slots(promise).reject(reason);
  }
  function promiseResolve(constructor, value) {
    if (isObject(value)) {
      const external = constructor === SimPromise ? hooks.isExternal?.(value) : void 0;
      if (external !== void 0) return external;
      if (slotsOf(value) !== void 0 && value.constructor === constructor) return value;
    }
    if (constructor !== SimPromise) {
      const { promise: promise2, resolve: resolve2 } = newCapability(constructor);
      resolve2(value);
      return promise2;
    }
    const promise = create2();
    resolve(promise, value);
    return promise;
  }
  function newCapability(constructor) {
    if (constructor !== SimPromise) return capabilityOf(constructor);
    const promise = create2();
    return { promise, ...resolvingFunctions(promise) };
  }
  function speciesConstructor2(promise) {
    const { constructor } = promise;
    if (constructor === void 0) return SimPromise;
    if (!isObject(constructor)) throw new TypeError("The .constructor property is not an object");
    const species = constructor[Symbol.species];
    return species ?? SimPromise;
  }
  const core = {
    create: create2,
    resolve,
    reject,
    promiseResolve: (value) => promiseResolve(SimPromise, value),
    isPromise: (value) => isObject(value) && slotsOf(value) !== void 0,
    state: (promise) => slots(promise).state,
    result: (promise) => slots(promise).result,
    markHandled: (promise) => slots(promise).markHandled(),
    await: (value, awaiter) => slots(promiseResolve(SimPromise, value)).react(new AwaitReaction(loop.task, awaiter)),
    derive: (promise, onFulfilled, onRejected, derived) => slots(promise).react(new PlainThenReaction(loop.task, core, onFulfilled, onRejected, derived))
  };
  return { Promise: SimPromise, core };
}
function attempt(run, fail) {
  try {
    run();
  } catch (error) {
    if (isAbort(error)) throw error;
    fail(error);
  }
}
function handlerOf2(value) {
  return typeof value === "function" ? value : void 0;
}
function requireReceiver(receiver, method4) {
  if (!isObject(receiver)) throw new TypeError(`${method4} called on non-object`);
  return receiver;
}

// src/simulator/runtime/timer-order.ts
var TIMERS = "timers";
var TimerOrder = class {
  #loop;
  #channel;
  #armed = [];
  constructor(loop) {
    this.#loop = loop;
    this.#channel = `${loop.agent} ${TIMERS}`;
  }
  clear() {
    this.#armed = [];
  }
  arm(plan, due, delay) {
    const loop = this.#loop;
    if (!loop.areTimersLate) return loop.addOrderedEvent({ task: plan.task ?? loop.task, label: plan.label, fire: plan.fire, phase: "timers", channel: this.#channel }, due);
    this.#armed = this.#armed.filter(({ event: event2 }) => event2.isPending);
    const after = this.#armed.filter((other) => other.delay < delay).map(({ event: event2 }) => event2);
    const event = loop.addOrderedEvent({ ...plan, phase: "timers", channel: `${loop.agent} ${delay} ms ${TIMERS}`, after }, due);
    this.#armed.push({ event, delay });
    return event;
  }
};

// src/simulator/runtime/timers-handles.ts
var IMMEDIATES2 = "immediates";
var Timeout = class {
  number;
  #loop;
  #order;
  #callback;
  #args;
  #delay;
  #repeats;
  #task;
  #event;
  #isRef = true;
  #isCleared = false;
  #firings = 0;
  constructor(loop, order2, callback, args, delay, repeats) {
    this.#loop = loop;
    this.#order = order2;
    this.#callback = callback;
    this.#args = args;
    this.#delay = delay;
    this.#repeats = repeats;
    this.#task = loop.task;
    this.#event = this.#arm();
    this.number = this.#event.name.index + 1;
  }
  #arm() {
    const loop = this.#loop;
    const due = loop.now() + this.#delay;
    loop.touch(TIMERS, "order", "write");
    return this.#order.arm({ task: this.#task, label: this.#label(), fire: () => this.#fire(due) }, due, this.#delay);
  }
  #label() {
    return this.#repeats ? `interval of ${this.#delay} ms fires` : `timer of ${this.#delay} ms fires`;
  }
  #fire(due) {
    const loop = this.#loop;
    loop.noteTimer();
    loop.advanceClock(due);
    this.#event = void 0;
    this.#firings++;
    loop.runCallback(this.#task, () => Reflect.apply(this.#callback, this, this.#args));
    if (this.#repeats && !this.#isCleared && this.#event === void 0 && loop.mayRepeat(this.#firings, `the interval of ${this.#delay} ms`)) this.#event = this.#arm();
  }
  clear() {
    this.#isCleared = true;
    this.#disarm();
  }
  #disarm() {
    this.#loop.now();
    if (this.#event !== void 0) this.#loop.removeOrderedEvent(this.#event);
    this.#event = void 0;
  }
  close() {
    this.clear();
    return this;
  }
  /** Starts its delay anew, even if it has fired. */
  refresh() {
    if (this.#isCleared) return this;
    this.#disarm();
    this.#event = this.#arm();
    return this;
  }
  ref() {
    return this.#setRef(true);
  }
  unref() {
    return this.#setRef(false);
  }
  hasRef() {
    return this.#isRef;
  }
  #setRef(isRef) {
    this.#isRef = isRef;
    return this;
  }
  [Symbol.toPrimitive]() {
    return this.number;
  }
};
seal(Timeout);
var Immediates = class {
  #loop;
  #waiting = [];
  #event;
  constructor(loop) {
    this.#loop = loop;
  }
  clear() {
    this.#waiting = [];
    this.#event = void 0;
  }
  add(immediate) {
    const loop = this.#loop;
    this.#event ??= loop.addEvent({ label: "immediate fires", channel: `${loop.agent} ${IMMEDIATES2}`, isCancellable: true, phase: "check", fire: () => this.#run() });
    loop.setImmediates(this.#event);
    this.#waiting.push(immediate);
  }
  remove(immediate) {
    const loop = this.#loop;
    if (this.#event === void 0 || !this.#waiting.includes(immediate)) return;
    this.#waiting = this.#waiting.filter((other) => other !== immediate);
    loop.setImmediates(this.#event);
    if (this.#waiting.length > 0) return;
    loop.cancel(this.#event);
    this.#event = void 0;
    loop.setImmediates(void 0);
  }
  /** One that is cleared by another that runs before it does not run. */
  #run() {
    const running2 = this.#waiting;
    this.clear();
    this.#loop.setImmediates(void 0);
    for (const immediate of running2) if (!immediate.isCleared) this.#loop.runMacrotask(immediate.task, () => immediate.run());
  }
};
var Immediate = class {
  task;
  isCleared = false;
  #immediates;
  #callback;
  #args;
  #isRef = true;
  constructor(loop, immediates, callback, args) {
    this.task = loop.task;
    this.#immediates = immediates;
    this.#callback = callback;
    this.#args = args;
    immediates.add(this);
  }
  run() {
    Reflect.apply(this.#callback, this, this.#args);
  }
  clear() {
    this.isCleared = true;
    this.#immediates.remove(this);
  }
  ref() {
    return this.#setRef(true);
  }
  unref() {
    return this.#setRef(false);
  }
  hasRef() {
    return this.#isRef;
  }
  #setRef(isRef) {
    this.#isRef = isRef;
    return this;
  }
};
seal(Immediate);

// src/simulator/runtime/timers.ts
function createTimers(loop) {
  const order2 = new TimerOrder(loop);
  const immediates = new Immediates(loop);
  let byNumber = /* @__PURE__ */ new Map();
  function register(timeout) {
    byNumber.set(timeout.number, timeout);
    return timeout;
  }
  function clear(handle) {
    const timeout = typeof handle === "number" || typeof handle === "string" ? byNumber.get(Number(handle)) : handle;
    if (timeout instanceof Timeout || timeout instanceof Immediate) timeout.clear();
  }
  return {
    setTimeout: (callback, delay, ...args) => register(new Timeout(loop, order2, requireFunction2(callback), args, duration(delay), false)),
    setInterval: (callback, delay, ...args) => register(new Timeout(loop, order2, requireFunction2(callback), args, duration(delay), true)),
    setImmediate: (callback, ...args) => new Immediate(loop, immediates, requireFunction2(callback), args),
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
    queueMicrotask: (callback) => loop.queueMicrotask(callback),
    nextTick: (callback, ...args) => loop.nextTick(callback, ...args),
    dateNow: () => EPOCH + loop.now(),
    performanceNow: () => loop.now(),
    /** Forgets the handles of the execution before. */
    reset: () => {
      byNumber = emptied(byNumber);
      order2.clear();
      immediates.clear();
    }
  };
}
var EPOCH = 17040672e5;
var LONGEST = 2 ** 31 - 1;
function duration(delay) {
  const milliseconds = Number(delay);
  return milliseconds >= 1 && milliseconds <= LONGEST ? Math.trunc(milliseconds) : 1;
}
function requireFunction2(callback) {
  if (typeof callback !== "function") throw new TypeError('The "callback" argument must be of type function.');
  return callback;
}

// test/simulator/simulated-run.ts
function lower(program) {
  const compilerOptions = { target: ts.ScriptTarget.ES2016, module: ts.ModuleKind.ESNext, noEmitHelpers: true, alwaysStrict: false };
  return ts.transpileModule(program, { compilerOptions }).outputText;
}
function simulatedWorld() {
  const loop = new EventLoop();
  const { Promise: Promise2, core } = createPromise(loop);
  const timers2 = createTimers(loop);
  const names2 = { Promise: Promise2, ...emitHelpers(() => false), ...createAsyncHelpers(loop, core), ...timers2 };
  return { loop, Promise: Promise2, core, timers: timers2, names: names2 };
}
var world = simulatedWorld();
var timers = world.timers;
var scope = world.names;
var opaque = new OpaqueValues({ assumptions: new Assumptions({}), complete: () => ({}), later: () => void 0, effect: () => void 0, unmodelled: () => void 0 });
var ownNames = ["log", "require", "track", "process", ...platformNames, ...Object.keys(ownGlobals)];
function ownValues(log) {
  const platform = new Platform({ ...world, opaque, hasMachine: true });
  const models = platformModels(() => platform, scope, { hasMachine: true });
  const own = { log, require: (name2) => models[name2](), track: () => void 0, process: { nextTick: timers.nextTick, pid: 1, ...platform.processMembers(1) } };
  return ownNames.map((name2) => own[name2] ?? platform.global(name2));
}
function lowerAll(programs) {
  const text = programs.map((program, index) => `function program${index}(${ownNames.join(", ")}) {
${program}
}`).join("\n");
  const list2 = programs.map((_, index) => `program${index}`).join(", ");
  return new Function(...Object.keys(scope), `${lower(text)}
return [${list2}];`)(...Object.values(scope));
}
function runSimulated(programs) {
  return lowerAll(programs).map(runOne);
}
function runOne(program) {
  const { loop } = world;
  const lines = [];
  loop.reset();
  timers.reset();
  loop.errors = Object.assign([], { push: (...errors2) => lines.push(...errors2.map(describe2)) });
  loop.setup(() => program(...ownValues((line) => lines.push(line))));
  for (let event = loop.enabled()[0]; event !== void 0; event = loop.enabled()[0]) loop.fire(event);
  return lines;
}
function describe2({ kind, reason }) {
  const text = reason instanceof Error ? reason.name : typeof reason === "number" ? String(reason) : typeof reason;
  return `${kind === "uncaught" ? "uncaught" : "unhandled"} ${text}`;
}

// test/simulator/many-programs.ts
var kinds = { async: randomAsyncProgram, events: randomEventProgram, streams: randomStreamProgram };
var batch = 250;
function compareMany(kind, count, first) {
  let differing = 0;
  let lines = 0;
  for (let from = first; from < first + count; from += batch) {
    const programs = Array.from({ length: Math.min(batch, first + count - from) }, (_, index) => kinds[kind](randomNumbers(from + index)));
    const native = runNatively(programs);
    const simulated = runSimulated(programs);
    programs.forEach((program, index) => {
      lines += native[index].length;
      if (native[index].join("\n") === simulated[index].join("\n")) return;
      if (differing++ < 3) console.log(`seed ${from + index}
${program}
--- Node
${native[index].join("\n")}
--- simulated
${simulated[index].join("\n")}
`);
    });
  }
  console.log(`${kind}: ${count} programs from seed ${first}, ${lines} lines, ${differing} differ`);
  return differing;
}
export {
  compareMany
};

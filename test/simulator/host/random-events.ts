/**
 * Random programs over emitters, event targets, abort signals, their promises and iterators, clones and ports, as JavaScript text. Nested
 * statements run on `fuel`, so that listeners which emit come to an end. Like `randomAsyncProgram`, a program schedules by one means only
 * (`later`), so Node has but one order for it.
 */
export function randomEventProgram(random: () => number): string {
  const writer = new Writer(random);
  return `${prelude}\n${laters[writer.below(laters.length)]}\n${writer.program()}`;
}

/** `later` runs a callback in a turn of its own, `pause` is the promise for that. */
const laters = [
  `const later = (f) => void setTimeout(f, 1); const pause = (v, o) => require('timers/promises').setTimeout(1, v, o);`,
  `const later = (f) => void setImmediate(f); const pause = (v, o) => require('timers/promises').setImmediate(v, o);`,
  `const wire = new MessageChannel(); const jobs = []; let posted = 0, done = 0;
const later = (f) => { track(1); jobs.push(f); wire.port1.postMessage(posted++); };
const pause = (v) => new Promise((resolve) => later(() => resolve(v)));
wire.port2.on('message', (n) => { track(-1); jobs[n](); });
later(() => {});`,
];

export const prelude = `
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

class Writer {
  readonly #random: () => number;
  #labels = 0;
  #budget = 45;

  constructor(random: () => number) {
    this.#random = random;
  }

  program(): string {
    return `${Array.from({ length: 5 + this.below(8) }, () => this.#statement(3)).join('\n')}\nlog('end of main');`;
  }

  #statement(depth: number): string {
    if (this.#budget-- <= 0) return `log('${this.#label()}');`;
    return this.#pick([() => this.#emitter(depth), () => this.#emitter(depth), () => this.#emitter(depth), () => this.#target(depth), () => this.#target(depth), () => this.#signal(depth), () => this.#waiting(depth), () => this.#waiting(depth), () => this.#schedule(depth), () => this.#clone()])();
  }

  #nested(depth: number): string {
    return depth > 0 ? `if (spend()) { ${this.#statement(depth - 1)} }` : '';
  }

  #emitter(depth: number): string {
    const e = `emitters[${this.below(3)}]`;
    const listener = (): string => this.#pick([
      () => `f[${this.below(3)}]`,
      () => `f[${this.below(3)}]`,
      () => `(...args) => { log('${this.#label()} ' + show(args)); ${this.#nested(depth)} }`,
      () => `async () => { log('${this.#label()}'); ${this.#pick(['', 'await null; '])}throw ${this.#number()}; }`,
      () => `() => { log('${this.#label()}'); return ${this.#pick(['1', 'null', `{ then(a, b) { log('then'); b(${this.#number()}); } }`, `{ get then() { throw ${this.#number()}; } }`])}; }`,
    ])();
    const type = this.#type();
    return this.#guarded(this.#pick([
      () => `${e}.${this.#pick(['on', 'on', 'on', 'addListener', 'once', 'once', 'prependListener', 'prependOnceListener'])}(${type}, ${listener()})`,
      () => `${e}.${this.#pick(['on', 'on', 'once', 'prependListener'])}(${type}, ${listener()})`,
      () => `${e}.emit(${type}${this.#pick(['', `, ${this.#number()}`, `, ${this.#number()}, 'x'`])})`,
      () => `${e}.emit(${type}, ${this.#number()})`,
      () => `${e}.emit(${type}, ${this.#number()})`,
      () => `${e}.emit('error', ${this.#pick([`new Error('e')`, `new TypeError('e')`, `'text'`, '7', '{ a: 1 }', ''])})`,
      () => `${e}.${this.#pick(['off', 'removeListener'])}(${type}, f[${this.below(3)}])`,
      () => `${e}.removeAllListeners(${this.#pick(['', type, type])})`,
      () => `${e}.eventNames().map(String)`,
      () => `[${e}.listenerCount(${type}), ${e}.listenerCount(${type}, f[0]), ${e}.listeners(${type}).map((l) => f.indexOf(l)), ${e}.rawListeners(${type}).map((l) => f.indexOf(l))]`,
      () => `${e}.on(${this.#pick(["'newListener'", "'removeListener'", "require('events').errorMonitor", "'error'"])}, ${this.#pick([`(...args) => { log('${this.#label()} ' + show(args)); ${this.#nested(depth)} }`, 'f[0]', 'f[1]'])})`,
      () => `${e}.on('a', ${this.#pick(['undefined', 'null', '3', '{}'])})`,
    ])());
  }

  #target(depth: number): string {
    const t = this.#pick(['targets[0]', 'targets[1]', 'targets[0]', 'controllers[0].signal', 'any']);
    const type = t.startsWith('targets') ? this.#pick([`'a'`, `'a'`, `'b'`]) : `'abort'`;
    const listener = (): string => this.#pick([
      () => `f[${this.below(3)}]`,
      () => `g[${this.below(2)}]`,
      () => `function (event) { log('${this.#label()} ' + show(event) + (this === event.target)); ${this.#pick(['', '', 'event.preventDefault();', 'event.stopImmediatePropagation();', 'event.stopPropagation();'])} ${this.#nested(depth)} }`,
      () => `() => { log('${this.#label()}'); throw ${this.#number()}; }`,
      () => `async () => { log('${this.#label()}'); throw ${this.#number()}; }`,
      () => `{ handleEvent() { log('${this.#label()}'); throw ${this.#number()}; } }`,
    ])();
    const options = this.#pick(['', '', ', { once: true }', ', true', ', { capture: true }', ', { passive: true }', ', { signal: controllers[1].signal }', ', { once: true, signal: any }']);
    return this.#guarded(this.#pick([
      () => `${t}.addEventListener(${type}, ${listener()}${options})`,
      () => `${t}.addEventListener(${type}, ${listener()}${options})`,
      () => `${t}.dispatchEvent(new ${this.#pick([`Event(${type}`, `Event(${type}, { cancelable: true }`, `CustomEvent(${type}, { detail: ${this.#number()}, cancelable: true }`])}))`,
      () => `${t}.dispatchEvent(new Event(${type}, { cancelable: true, bubbles: true }))`,
      () => `${t}.removeEventListener(${type}, ${this.#pick(['f[0]', 'f[1]', 'f[2]', 'g[0]', 'g[1]'])}${this.#pick(['', '', ', true', ', { capture: true }'])})`,
      () => `require('events').getEventListeners(${t}, ${type}).map((l) => f.indexOf(l))`,
      () => `${t}.${this.#pick([`addEventListener(${type})`, `addEventListener(${type}, 3)`, `addEventListener(${type}, null)`, `dispatchEvent({})`, `dispatchEvent()`, `addEventListener(${type}, f[0], { signal: 3 })`])}`,
    ])());
  }

  #signal(depth: number): string {
    const c = `controllers[${this.below(2)}]`;
    return this.#guarded(this.#pick([
      () => `${c}.abort(${this.#pick(['', this.#number(), `new Error('stop')`])})`,
      () => `[${c}.signal.aborted, ${c}.signal.reason, any.aborted]`,
      () => `any.throwIfAborted()`,
      () => `(${this.#pick(['any', `${c}.signal`])}.onabort = ${this.#pick(['null', 'f[0]', `() => { log('${this.#label()}'); ${this.#nested(depth)} }`])}, 0)`,
      // Not in a listener: Node 20 fails an assertion of its own where a signal is followed that is just being aborted.
      () => (depth < 3 ? 'any.reason' : `AbortSignal.any([any, ${c}.signal, AbortSignal.abort(${this.#number()})]).reason`),
      () => (depth < 3 ? 'any.aborted' : `AbortSignal.any([any, ${c}.signal]).addEventListener('abort', f[2])`),
      () => `new AbortSignal()`,
    ])());
  }

  #waiting(depth: number): string {
    const e = this.#pick(['emitters[0]', 'emitters[1]', 'emitters[2]', 'targets[0]']);
    const type = this.#pick([`'a'`, `'a'`, `'b'`, `'error'`]);
    const options = this.#pick(['', '', `, { signal: controllers[${this.below(2)}].signal }`, `, { signal: any }`]);
    const label = this.#label();
    return this.#pick([
      () => `settle('${label}', once(${e}, ${type}${options}));`,
      () => `settle('${label}', once(${e}, ${type}${options}));`,
      () => `(async () => { try { for await (const args of on(${e}, ${type}${options})) { log('${label} ' + show(args)); ${this.#pick(['', 'break;', `if (args[0] % 2) return 'odd';`, 'await null;', `throw ${this.#number()};`])} ${this.#nested(depth)} } } catch (error) { log('${label} caught ' + show(error)); } finally { log('${label} over'); } })();`,
      () => `{ const it = on(emitters[${this.below(3)}], 'a', { close: ['b'] }); ${Array.from({ length: 1 + this.below(4) }, () => this.#pick([() => `settle('${this.#label()}', it.next());`, () => `settle('${this.#label()}', it.next());`, () => `settle('${this.#label()}', it.return());`, () => `guard('${this.#label()}', () => it.throw(${this.#pick([`new Error('x')`, '3'])}));`, () => `guard('${this.#label()}', () => emitters[0].emit('a', ${this.#number()}));`])()).join(' ')} }`,
      () => `settle('${label}', pause(${this.#number()}${options}));`,
      () => `(async () => { await pause(); ${this.#statement(depth - 1)} })();`,
    ])();
  }

  #schedule(depth: number): string {
    const how = this.#pick(['queueMicrotask', 'process.nextTick', 'later', 'later', 'Promise.resolve().then']);
    return `${how}(() => { log('${this.#label()}'); ${this.#nested(depth)} });`;
  }

  #clone(): string {
    const value = (depth: number): string => this.#pick([
      () => this.#pick([this.#number(), '-0', 'NaN', 'undefined', 'null', `'s'`, 'true', `${this.#number()}n`]),
      () => (depth > 0 ? `[${value(depth - 1)}, , ${value(depth - 1)}]` : '[]'),
      () => (depth > 0 ? `{ a: ${value(depth - 1)}, b: ${value(depth - 1)}, get c() { log('get'); return ${value(depth - 1)}; } }` : '{}'),
      () => (depth > 0 ? `new Map([[${value(depth - 1)}, ${value(depth - 1)}]])` : 'new Map()'),
      () => (depth > 0 ? `new Set([${value(depth - 1)}, 1])` : 'new Set()'),
      () => `new Date(${this.#number()})`,
      () => `new ${this.#pick(['Error', 'TypeError', 'RangeError', 'AggregateError'])}(${this.#pick([`'m'`, `'m', { cause: 1 }`])})`,
      () => `new Uint8Array(new ArrayBuffer(8), ${this.below(3)}, ${this.below(3)})`,
      () => `Object(${this.#number()})`,
      () => this.#pick(['f[0]', 'Symbol()', 'new WeakMap()', 'Promise.resolve()', '(function* () {})()', `new (class A { x = 1; })()`, '/x/gi', 'targets', 'new Event(1)']),
    ])();
    return `guard('${this.#label()}', () => show(structuredClone(${value(3)})));`;
  }

  #guarded(expression: string): string {
    return `guard('${this.#label()}', () => ${expression});`;
  }

  #type(): string {
    return this.#pick([`'a'`, `'a'`, `'a'`, `'b'`, `'b'`, `Symbol.iterator`, '5', `'toString'`]);
  }

  #number(): string {
    return String(this.below(20));
  }

  #label(): string {
    return `L${++this.#labels}`;
  }

  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }
}

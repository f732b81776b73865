import { prelude } from './stream-programs.js';

/**
 * Random programs over streams, as JavaScript text: some sources, transforms and sinks with options of all kinds, joined in some ways, on which some
 * actions are done at once, in ticks, in promise jobs and in later turns. All later turns are made by `setImmediate`, so Node has but one order.
 */
export function randomStreamProgram(random: () => number): string {
  return `${prelude}\n${helpers}\n${new Writer(random).program()}`;
}

const helpers = `
let fuel = 60;
const spend = () => fuel-- > 0;
const soon = (how, run) => how === 'now' ? run() : how === 'tick' ? process.nextTick(run) : how === 'job' ? Promise.resolve().then(run) : how === 'turn' ? setImmediate(run) : setImmediate(() => setImmediate(run));
const attempt = (label, run) => { if (!spend()) return; try { const r = run(); say(label, typeof r === 'function' || (typeof r === 'object' && r !== null && !Buffer.isBuffer(r)) ? typeof r : r); } catch (e) { say(label, 'threw', e); } };
const settle = (label, p) => p.then((v) => say(label, v), (e) => say(label, 'failed', e));
`;

const moments = ['now', 'now', 'tick', 'job', 'turn', 'turns'];

class Writer {
  readonly #random: () => number;
  readonly #readables: string[] = [];
  readonly #writables: string[] = [];
  #count = 0;
  #isObject = false;

  constructor(random: () => number) {
    this.#random = random;
  }

  program(): string {
    this.#isObject = this.#below(2) === 0;
    const lines: string[] = [];
    for (let n = 1 + this.#below(2); n > 0; n--) lines.push(this.#source());
    for (let n = this.#below(3); n > 0; n--) lines.push(this.#through());
    for (let n = 1 + this.#below(2); n > 0; n--) lines.push(this.#sink());
    for (let n = 1 + this.#below(3); n > 0; n--) lines.push(this.#join());
    for (let n = 1 + this.#below(8); n > 0; n--) lines.push(this.#later(this.#action()));
    return lines.join('\n');
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#below(items.length)]!;
  }

  #chance(of: number): boolean {
    return this.#below(of) === 0;
  }

  #name(kind: string): string {
    return `${kind}${this.#count++}`;
  }

  #chunk(): string {
    const text = this.#pick(["'a'", "'bc'", "'déf'", "'ghijk'", "''"]);
    return this.#isObject ? this.#pick(['1', '{ x: 2 }', text, 'true']) : this.#pick([text, `Buffer.from(${text})`, text]);
  }

  #options(more: readonly string[]): string {
    const options = [`objectMode: ${this.#isObject}`, ...more];
    if (this.#chance(2)) options.push(`highWaterMark: ${this.#pick([0, 1, 2, 3, 5])}`);
    if (this.#chance(8)) options.push('autoDestroy: false');
    if (this.#chance(10)) options.push('emitClose: false');
    if (this.#chance(8)) options.push(`destroy(error, callback) { say('destroying', error); soon('${this.#pick(moments)}', () => callback(${this.#pick(['error', 'error', "new Error('destroyed')"])})); }`);
    if (this.#chance(8)) options.push(`construct(callback) { soon('${this.#pick(moments)}', () => { say('constructed'); callback(${this.#chance(4) ? "new Error('construct')" : ''}); }); }`);
    return `{ ${options.join(', ')} }`;
  }

  /** A write method; some of the writes fail. */
  #write(name: string): string {
    const fails = this.#chance(6) ? `n === ${1 + this.#below(3)} ? new Error('write') : null` : '';
    return `write: ((n) => function (chunk, encoding, callback) { n++; say('${name} writes', chunk, encoding); soon('${this.#pick(moments)}', () => { callback(${fails}); }); })(0)`;
  }

  #source(): string {
    const name = this.#name('r');
    this.#readables.push(name);
    const items = Array.from({ length: this.#below(6) }, () => this.#chunk());
    const kind = this.#below(4);
    if (kind === 0) return `const ${name} = watch('${name}', Readable.from([${items.join(', ')}], ${this.#options([])}));`;
    if (kind === 1) return `const ${name} = watch('${name}', Readable.from((async function* () { for (const x of [${items.join(', ')}]) { ${this.#chance(2) ? 'await turn();' : ''} yield x; } ${this.#chance(5) ? "throw new Error('source');" : ''} })(), { objectMode: ${this.#isObject} }));`;
    if (kind === 2) return `const ${name} = watch('${name}', new Readable(${this.#options([`read: () => say('${name} reads')`])}));`;
    return `const ${name} = watch('${name}', new Readable(${this.#options([`read: ((items) => function () { soon('${this.#pick(moments)}', () => { if (!spend()) return; ${this.#chance(6) ? `if (items.length === 1) return this.destroy(new Error('read'));` : ''} this.push(items.length > 0 ? items.shift() : null); }); })([${items.join(', ')}])`])}));`;
  }

  #through(): string {
    const name = this.#name('t');
    this.#readables.push(name);
    this.#writables.push(name);
    const kind = this.#below(3);
    if (kind === 0) return `const ${name} = watch('${name}', new PassThrough(${this.#options([])}));`;
    const body = this.#pick(['callback(null, chunk)', 'this.push(chunk); callback()', 'this.push(chunk); callback(null, chunk)', 'callback()', "callback(new Error('transform'))"]);
    const flush = this.#chance(2) ? [`flush(callback) { say('${name} flushes'); soon('${this.#pick(moments)}', () => callback(${this.#pick(['', `null, ${this.#chunk()}`, "new Error('flush')"])})); }`] : [];
    const final = this.#chance(6) ? [`final(callback) { say('${name} final'); soon('${this.#pick(moments)}', callback); }`] : [];
    if (kind === 1) return `const ${name} = watch('${name}', new Transform(${this.#options([`transform(chunk, encoding, callback) { say('${name} transforms', chunk); soon('${this.#pick(moments)}', () => { ${body}; }); }`, ...flush, ...final])}));`;
    return `const ${name} = watch('${name}', new Duplex(${this.#options([this.#write(name), `read() { say('${name} reads'); }`, ...final, ...(this.#chance(3) ? ['allowHalfOpen: false'] : [])])}));`;
  }

  #sink(): string {
    const name = this.#name('w');
    this.#writables.push(name);
    const writev = this.#chance(4) ? [`writev(chunks, callback) { say('${name} writev', chunks.length); soon('${this.#pick(moments)}', () => callback(${this.#chance(5) ? "new Error('writev')" : ''})); }`] : [];
    const final = this.#chance(3) ? [`final(callback) { say('${name} final'); soon('${this.#pick(moments)}', () => callback(${this.#chance(4) ? "new Error('final')" : ''})); }`] : [];
    return `const ${name} = watch('${name}', new Writable(${this.#options([this.#write(name), ...writev, ...final])}));`;
  }

  #join(): string {
    const r = this.#pick(this.#readables);
    const t = this.#pick([...this.#downstream(r).filter((name) => name.startsWith('t')), 'new PassThrough({ objectMode: true })']);
    const w = this.#pick(this.#downstream(t.startsWith('t') ? t : r));
    switch (this.#below(9)) {
      case 0: return `attempt('pipe', () => ${r}.pipe(${w}${this.#chance(4) ? ', { end: false }' : ''}));`;
      case 1: return `attempt('chain', () => ${r}.pipe(${t}).pipe(${w}));`;
      case 2: return `attempt('pipeline', () => pipeline(${r}, ${this.#chance(2) ? `${t}, ` : ''}${w}, (e) => { say('pipeline of ${r}', e); }));`;
      case 3: return `attempt('pipeline', () => settle('pipeline of ${r}', require('stream/promises').pipeline(${r}, ${w})));`;
      case 4: return `(async () => { try { for await (const x of ${r}) { say('item of ${r}', x); ${this.#pick(['', 'await turn();', 'await null;', "if (!spend()) break;", "throw new Error('loop');"])} } say('loop over'); } catch (e) { say('loop', e); } })();`;
      case 5: return `${r}.on('data', (x) => { say('data of ${r}', x); ${this.#chance(3) ? `attempt('inside', () => ${this.#action()});` : ''} });`;
      case 6: return `${r}.on('readable', () => { if (!spend()) return; for (let x; (x = ${r}.read(${this.#pick(['', '', '1', '2'])})) !== null;) say('read of ${r}', x); });`;
      case 7: return `attempt('finished', () => finished(${this.#pick([r, w])}, (e) => { say('finished', e); }));`;
      default: return `settle('finished', require('stream/promises').finished(${this.#pick([r, w])}));`;
    }
  }

  #action(): string {
    const r = this.#pick(this.#readables);
    const w = this.#pick(this.#downstream(r));
    const any = this.#pick([r, w]);
    return this.#pick([
      `${w}.write(${this.#chunk()})`, `${w}.write(${this.#chunk()}, (e) => { say('written to ${w}', e); })`, `${w}.write(${this.#chunk()})`, `${w}.end()`, `${w}.end(${this.#chunk()}, (e) => { say('ended ${w}', e); })`,
      `${w}.cork()`, `${w}.uncork()`, `${any}.destroy()`, `${any}.destroy(new Error('own'))`, `${r}.push(${this.#chunk()})`, `${r}.push(null)`, `${r}.unshift(${this.#chunk()})`,
      `${r}.pause()`, `${r}.resume()`, `${r}.read(${this.#pick(['', '0', '1', '3'])})`, `${r}.unpipe(${this.#pick(['', w])})`, `${r}.pipe(${w})`, `states(${any})`, `${r}.setEncoding('utf8')`, `${r}.removeAllListeners('${this.#pick(['data', 'readable'])}')`,
      `${w}.once('drain', () => attempt('drained', () => ${w}.write(${this.#chunk()})))`,
    ]);
  }

  /** What the data of a stream may flow into: streams that were made after it, so that nothing flows in a circle. */
  #downstream(readable: string): string[] {
    const rank = (name: string): number => Number(name.slice(1));
    return this.#writables.filter((name) => rank(name) > rank(readable));
  }

  #later(action: string): string {
    return `soon('${this.#pick(moments)}', () => attempt(${JSON.stringify(action)}, () => ${action}));`;
  }
}

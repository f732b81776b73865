/**
 * Random async programs, as JavaScript text: nested async functions and generators, thenables of every kind, subclasses, rejections
 * handled or not, combinators, ticks, microtasks and timers. A program uses `log`, `show`, `make` (see `prelude`) and the globals
 * of Node; what it logs, in which order, is all that is compared.
 */
export function randomAsyncProgram(random: () => number): string {
  return `${prelude}\n${new Writer(random).program()}`;
}

/** Values that programs share. Each thenable logs when its `then` is called. */
const prelude = `
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

class Writer {
  readonly #random: () => number;
  #labels = 0;
  #budget = 40;

  constructor(random: () => number) {
    this.#random = random;
  }

  program(): string {
    const later = this.#pick(['setTimeout', 'setImmediate']);
    return `const later = ${later};\n${Array.from({ length: 2 + this.#below(3) }, () => this.#top()).join('\n')}\nlog('end of main');`;
  }

  #top(): string {
    return this.#pick([
      () => `(async () => {\n${this.#body(3)}\n})().then((v) => log('${this.#label()} ' + show(v)), (e) => log('${this.#label()} ' + show(e)));`,
      () => `(async () => {\n${this.#body(3)}\n})();`,
      () => `(${this.#promise(3)}).then((v) => log('${this.#label()} ' + show(v)));`,
      () => this.#generatorUse(),
      () => this.#tick(2),
    ])();
  }

  /** Requests that overlap: none waits for the one before. */
  #generatorUse(): string {
    const requests = Array.from({ length: 1 + this.#below(4) }, () => {
      const request = this.#pick([() => `g.next(${this.#number()})`, () => `g.next(${this.#number()})`, () => `g.return(${this.#value(1)})`, () => `g.throw(${this.#number()})`])();
      return `${request}.then((v) => log('${this.#label()} ' + show(v)), (e) => log('${this.#label()} ' + show(e)));`;
    });
    return `{ const g = (${this.#generator(2)})();\n${requests.join('\n')} }`;
  }

  #body(depth: number): string {
    return Array.from({ length: 1 + this.#below(3) }, () => this.#statement(depth)).join('\n');
  }

  #statement(depth: number): string {
    if (depth <= 0 || this.#budget-- <= 0) return `log('${this.#label()}');`;
    return this.#pick([
      () => `log('${this.#label()} ' + show(await ${this.#value(depth - 1)}));`,
      () => `log('${this.#label()} ' + show(await ${this.#value(depth - 1)}));`,
      () => `await null; log('${this.#label()}');`,
      () => this.#try(depth - 1),
      () => `return ${this.#value(depth - 1)};`,
      () => `if (${this.#number()} % 3 === 0) throw ${this.#number()};`,
      () => `for await (const x of ${this.#iterable(depth - 1)}) { log('${this.#label()} ' + show(x)); ${this.#pick(['', '', 'break;', `await ${this.#value(0)};`, `if (${this.#number()} % 4 === 0) return x;`])} }`,
      () => this.#tick(depth - 1),
      () => `${this.#promise(depth - 1)};`,
      () => `outer: for (const x of [${this.#number()}, ${this.#number()}]) { for await (const y of ${this.#iterable(depth - 1)}) { log('${this.#label()} ' + show(y)); if (x % 2) continue outer; ${this.#pick(['break outer;', 'break;', ''])} } }`,
      () => `log('${this.#label()} ' + show(await Promise.all([${this.#number()}, ${this.#number()}].map(async (x) => { await ${this.#value(depth - 1)}; log('${this.#label()} ' + x); return x; }))));`,
      () => `try { return await ${this.#value(depth - 1)}; } finally { ${this.#pick([`log('${this.#label()}');`, `await ${this.#number()};`, `throw ${this.#number()};`, `return ${this.#value(0)};`])} }`,
      () => `{ const it = (function* () { try { log('${this.#label()} ' + show(yield ${this.#value(depth - 1)})); yield* [${this.#value(0)}]; } finally { log('${this.#label()}'); } })(); for (const p of it) { log('${this.#label()} ' + show(await p)); ${this.#pick(['', 'break;'])} } }`,
      () => `await (class { #p = ${this.#value(depth - 1)}; static async of() { return new this().run(); } async run(x = ${this.#value(0)}) { log('${this.#label()} ' + show(await this.#p)); return x; } }).of();`,
      () => `try { log('${this.#label()} ' + show(await Promise.all([${this.#value(depth - 1)}, ${this.#value(depth - 1)}]))); } catch (e) { log('${this.#label()} ' + show(e)); }`,
    ])();
  }

  #try(depth: number): string {
    const handler = this.#pick([
      () => `catch (e) { log('${this.#label()} ' + show(e)); ${this.#statement(depth)} }`,
      () => `finally { log('${this.#label()}'); ${this.#pick([() => '', () => `await ${this.#value(depth)};`])()} }`,
      () => `catch { ${this.#statement(depth)} } finally { log('${this.#label()}'); }`,
    ])();
    return `try { ${this.#body(depth)} } ${handler}`;
  }

  #tick(depth: number): string {
    const schedule = this.#pick(['queueMicrotask', 'process.nextTick', 'later']);
    return `${schedule}(() => { log('${this.#label()}'); ${depth > 0 ? this.#pick([() => this.#tick(depth - 1), () => `${this.#promise(depth - 1)};`, () => ''])() : ''} });`;
  }

  #iterable(depth: number): string {
    return this.#pick([() => `[${this.#value(depth)}, ${this.#value(depth)}]`, () => `(${this.#generator(depth)})()`, () => `(${this.#generator(depth)})()`])();
  }

  #generator(depth: number): string {
    const statements = Array.from({ length: 1 + this.#below(3) }, () => this.#generatorStatement(depth));
    return `async function* () {\n${statements.join('\n')}\n}`;
  }

  #generatorStatement(depth: number): string {
    if (this.#budget-- <= 0) return `yield ${this.#number()};`;
    return this.#pick([
      () => `log('${this.#label()} ' + show(yield ${this.#value(depth - 1)}));`,
      () => `log('${this.#label()} ' + show(yield ${this.#value(depth - 1)}));`,
      () => `log('${this.#label()} ' + show(yield* ${depth > 0 ? this.#iterable(depth - 1) : `[${this.#number()}]`}));`,
      () => `try { yield ${this.#value(depth - 1)}; ${this.#statement(depth - 1)} } finally { log('${this.#label()}'); ${this.#pick(['', `await ${this.#number()};`, `yield ${this.#number()};`])} }`,
      () => `try { yield* ${depth > 0 ? this.#iterable(depth - 1) : `[${this.#number()}]`}; } catch (e) { log('${this.#label()} ' + show(e)); yield ${this.#number()}; }`,
      () => this.#statement(depth),
    ])();
  }

  /** Anything that may be awaited. */
  #value(depth: number): string {
    if (depth <= 0 || this.#random() < 0.2) return this.#pick([() => this.#number(), () => `Promise.resolve(${this.#number()})`, () => this.#thenable('' + this.#number())])();
    return this.#promise(depth);
  }

  #thenable(value: string): string {
    const kind = this.#pick(['plain', 'plain', 'callable', 'rejecting', 'throwing', 'late', 'late', 'twice', 'getter', 'trap', 'promise', 'proto']);
    return `make.${kind}('${this.#label()}', ${value})`;
  }

  #promise(depth: number): string {
    if (this.#budget-- <= 0) return `Promise.resolve(${this.#number()})`;
    const inner = (): string => this.#value(depth - 1);
    const promise = (): string => (depth > 1 ? this.#promise(depth - 1) : `Promise.resolve(${this.#value(0)})`);
    const settle = this.#pick(['queueMicrotask', 'process.nextTick', 'later']);
    return this.#pick([
      () => `Promise.resolve(${inner()})`,
      () => `${this.#pick(['Special', 'Foreign', 'Loud'])}.resolve(${inner()})`,
      () => `Promise.reject(${this.#number()})`,
      () => `new Promise((resolve, reject) => { log('${this.#label()}'); ${this.#pick(['resolve', 'resolve', 'reject'])}(${inner()}); })`,
      () => `new ${this.#pick(['Promise', 'Special'])}((resolve) => ${settle}(() => { log('${this.#label()}'); resolve(${inner()}); }))`,
      () => `new Promise(() => { throw ${this.#number()}; })`,
      () => `(async () => { ${this.#body(depth - 1)} })()`,
      () => `(async () => { ${this.#body(depth - 1)} })()`,
      () => `(async () => ${inner()})()`,
      () => `${promise()}.then((v) => { log('${this.#label()} ' + show(v)); return ${inner()}; })`,
      () => `${promise()}.then((v) => { log('${this.#label()} ' + show(v)); throw ${this.#number()}; }, (e) => { log('${this.#label()} ' + show(e)); return ${inner()}; })`,
      () => `${promise()}.then(${this.#number()}, undefined)`,
      () => `${promise()}.catch((e) => { log('${this.#label()} ' + show(e)); return ${inner()}; })`,
      () => `${promise()}.finally(() => { log('${this.#label()}'); ${this.#pick([() => '', () => `return ${inner()};`, () => `throw ${this.#number()};`])()} })`,
      () => `${this.#pick(['Promise', 'Promise', 'Special', 'Loud'])}.${this.#pick(['all', 'allSettled', 'any', 'race'])}([${inner()}, ${inner()}, ${this.#number()}].slice(0, ${this.#below(4)}))`,
      () => `Promise.${this.#pick(['all', 'allSettled', 'any', 'race'])}((function* () { yield ${inner()}; ${this.#pick(['', `throw ${this.#number()};`, `return ${inner()};`])} yield ${inner()}; })())`,
      () => `(${this.#generator(depth - 1)})().next()`,
    ])();
  }

  #number(): string {
    return String(this.#below(20));
  }

  #label(): string {
    return `L${++this.#labels}`;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<T>(choices: readonly T[]): T {
    return choices[this.#below(choices.length)]!;
  }
}

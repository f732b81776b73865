import { describe, expect, it } from 'vitest';
import { project } from './files.js';
import { useEngine } from './judging.js';

const engine = useEngine();

const standard = { 'tsconfig.json': '{}' };
const experimental = { 'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true } }' };

/** One call after the other: what a decorator of a real project does. */
const serialise = `
  const last = new WeakMap<object, Promise<unknown>>();
  function queued<A extends unknown[], R>(method: (...args: A) => Promise<R>) {
    return function (this: object, ...args: A): Promise<R> {
      const next = (last.get(this) ?? Promise.resolve()).then(() => method.apply(this, args));
      last.set(this, next.catch(() => undefined));
      return next;
    };
  }`;

const counter = (decorator: string, imports = '', modifiers = '') => `
  import { far } from 'far-away';
  ${imports}
  ${modifiers}
  export class Counter {
    count = 0;
    ${decorator} async add() { const before = this.count; await far(); this.count = before + 1; }
  }`;

async function verdict(text: string, files: Readonly<Record<string, string>> = {}, name = 'Counter.add', file = 'src/counter.ts') {
  const proof = await engine.run(text, name, file, project({ [file]: text, ...files }));
  return `${proof.verdict}: ${proof.reason}`;
}

describe('decorators run', () => {
  it('standard ones of a method', async () => {
    const files = { ...standard, 'src/queued.ts': `${serialise} export function Queued(method: never, context: ClassMethodDecoratorContext) { return queued(method); }` };
    expect(await verdict(counter('@Queued', `import { Queued } from './queued';`), files)).toMatch(/^refuted/);
    expect(await verdict(counter('', `import { Queued } from './queued';`), files)).toMatch(/^confirmed/);
  });

  it('experimental ones of a method, made by a factory', async () => {
    const files = { ...experimental, 'src/queued.ts': `${serialise} export function Queued() { return (target: object, key: string, descriptor: PropertyDescriptor) => { descriptor.value = queued(descriptor.value); return descriptor; }; }` };
    expect(await verdict(counter('@Queued()', `import { Queued } from './queued';`), files)).toMatch(/^refuted/);
  });

  it('standard ones of fields, accessors and classes', async () => {
    const text = `import { far } from 'far-away';
      function twice(_: undefined, { name }: ClassFieldDecoratorContext) { return (value: number) => value * 2; }
      function offset(target: ClassAccessorDecoratorTarget<unknown, number>) { return { get(this: object) { return target.get.call(this) + 1; } }; }
      function named(made: never, { addInitializer }: ClassDecoratorContext) { addInitializer(function (this: { label?: string }) { this.label = 'Counter'; }); }
      @named export class Counter { @twice start = 3; @offset accessor step = 1; total = 0; static label?: string;
        async add() { if (this.start !== 6 || this.step !== 2 || Counter.label !== 'Counter') return; const before = this.total; await far(); this.total = before + this.step; } }`;
    expect(await verdict(text, standard)).toMatch(/^confirmed/);
  });

  it('one from outside may keep tasks out', async () => {
    expect(await verdict(counter('@Synchronized', `import { Synchronized } from 'locks-of-others';`), experimental)).toMatch(/^unproven: .*Synchronized.* may keep other tasks out/);
    expect(await verdict(counter('@Logged', `import { Logged } from 'logs-of-others';`), experimental)).toMatch(/^confirmed/);
  });
});

describe('the rest of TypeScript', () => {
  it.each<[string, string, string?, string?]>([
    ['enums, const enums and namespaces', `import { far } from 'far-away'; enum Kind { A = 1, B } const enum Size { Small = 2 } namespace Limits { export const most = Kind.B + Size.Small; export namespace Inner { export const one = 1; } }
      export class Counter { count = 0; async add() { const before = this.count; if (before >= Limits.most) return; await far(); this.count = before + Limits.Inner.one; } }`],
    ['parameter properties, overloads and an abstract base class', `import { far } from 'far-away';
      abstract class Base { protected constructor(protected count: number) {} protected abstract step(): number; add(): Promise<void>; add(by: number): Promise<void>; async add(by = this.step()) { const before = this.count; await far(); this.count = before + by; } }
      export class Counter extends Base { constructor(private readonly by: number) { super(0); } protected step() { return this.by; } async run() { await this.add(); } }`, 'Counter.run'],
    ['an abstract class that nobody extends', `export abstract class Counter { private count = 0; protected abstract load(): Promise<number>; async add() { const before = this.count; await this.load(); this.count = before + 1; } }`],
    ['an await at the top level', `import { far } from 'far-away'; const config = await far(); export class Counter { count = 0; async add() { const before = this.count; await far(config); this.count = before + 1; } }`],
    ['CommonJS', `const { far } = require('far-away'); class Counter { constructor() { this.count = 0; } async add() { const before = this.count; await far(); this.count = before + 1; } } module.exports = Counter;`, 'Counter.add', 'src/counter.cjs'],
    ['JSX, whose elements are values from outside', `import { far } from 'far-away'; let shown = 0; export async function show() { const before = shown; await far(<div onClick={() => shown}><b>{before}</b><></></div>); shown = before + 1; }`, 'show', 'src/show.tsx'],
    ['import = require() of a module that is called', `import far = require('far-away'); export class Counter { count = 0; async add() { const before = this.count; await far(); this.count = before + 1; } }`],
    ['require() of a module that is called', `const far = require('far-away'); class Counter { constructor() { this.count = 0; } async add() { const before = this.count; await far(); this.count = before + 1; } } exports.Counter = Counter;`, 'Counter.add', 'src/counter.js'],
    ['satisfies, assertions, generics and private names', `import { far } from 'far-away'; export class Counter<T extends number = number> { #count = 0 as T; async add() { const before = this.#count!; await far(<const>{ a: 1 } satisfies object); this.#count = (before + 1) as T; } }`],
    ['using', `import { far } from 'far-away'; export class Counter { count = 0; async add() { await using file = { async [Symbol.asyncDispose]() { await far(); } }; const before = this.count; await far(file); this.count = before + 1; } }`],
  ])('%s', async (_title, text, name = 'Counter.add', file = 'src/counter.ts') => {
    expect(await verdict(text, {}, name, file)).toMatch(/^confirmed/);
  });
});

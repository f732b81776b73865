import { describe, expect, it } from 'vitest';
import { createAnalyser } from '../../src/analysis/index.js';
import type { Finding } from '../../src/model/index.js';
import { prove } from '../../src/proof/index.js';
import { project } from './files.js';
import { useEngine } from './judging.js';

const engine = useEngine();

const queue = `
  export class Turnstile {
    #last: Promise<unknown> = Promise.resolve();
    enqueue<T>(work: () => Promise<T>): Promise<T> {
      const next = this.#last.then(work);
      this.#last = next.catch(() => undefined);
      return next;
    }
  }`;

/** A counter whose increments go through a queue from another file. */
const counter = (specifier: string, clause = '{ Turnstile }', made = 'new Turnstile()') => `
  import ${clause} from '${specifier}';
  import { load } from 'far-away';
  export class Counter {
    private count = 0;
    private readonly queue = ${made};
    add() {
      return this.queue.enqueue(async () => {
        const before = this.count;
        await load();
        this.count = before + 1;
      });
    }
  }`;


function findingsOf(file: string, files: Readonly<Record<string, string>>): readonly Finding[] {
  return createAnalyser(project(files)).analyse({ file, text: files[file]! }).findings;
}

async function verdict(text: string, files: Readonly<Record<string, string>>, name = 'Counter.add', file = 'src/counter.ts') {
  return engine.run(text, name, file, project({ [file]: text, ...files }));
}

describe('what the subject imports is linked in', () => {
  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['a relative file', counter('./queue'), { 'src/queue.ts': queue }],
    ['an index file', counter('./lib'), { 'src/lib/index.ts': queue }],
    ['a barrel', counter('./lib'), { 'src/lib/index.ts': `export * from './other'; export * from './queue';`, 'src/lib/other.ts': 'export const other = 1;', 'src/lib/queue.ts': queue }],
    ['a re-export under another name', counter('./lib', '{ Gate }', 'new Gate()'), { 'src/lib/index.ts': `export { Turnstile as Gate } from './queue';`, 'src/lib/queue.ts': queue }],
    ['an import that is exported again', counter('./lib'), { 'src/lib/index.ts': `import { Turnstile } from './queue'; export { Turnstile };`, 'src/lib/queue.ts': queue }],
    ['a default export', counter('./queue', 'Turnstile'), { 'src/queue.ts': queue.replace('export class', 'export default class') }],
    ['a namespace', counter('./queue', '* as queues', 'new queues.Turnstile()'), { 'src/queue.ts': queue }],
    ['a namespace that is passed on', counter('./lib', '{ queues }', 'new queues.Turnstile()'), { 'src/lib/index.ts': `export * as queues from './queue';`, 'src/lib/queue.ts': queue }],
    ['a factory in a third file', counter('./make', '{ make }', 'make()'), { 'src/make.ts': `import { Turnstile } from './queue'; export const make = () => new Turnstile();`, 'src/queue.ts': queue }],
    ['a base class in a third file', counter('./named', '{ Named }', 'new Named()'), { 'src/named.ts': `import { Turnstile } from './queue'; export class Named extends Turnstile { name = 'n'; }`, 'src/queue.ts': queue }],
    ['CommonJS', counter('./queue.js'), { 'src/queue.js': queue.replace('export class', 'class').replace(/<T>|: Promise<(?:unknown|T)>|: \(\) => Promise<T>/g, '') + '\nexports.Turnstile = Turnstile;' }],
    ['export =', counter('./queue', 'Turnstile'), { 'src/queue.ts': `${queue.replace('export class', 'class')}\nexport = Turnstile;` }],
    ['import = require()', counter('./queue').replace(/import \{ Turnstile \} from '(.*)'/, `import queues = require('$1')`).replace('new Turnstile', 'new queues.Turnstile'), { 'src/queue.ts': queue }],
    ['a circle', counter('./queue') + '\nexport const size = 1;', { 'src/queue.ts': `import { size } from './counter'; export const twice = () => size * 2;${queue}` }],
    ['paths of a tsconfig', counter('@lib/queue'), { 'tsconfig.json': '{ "compilerOptions": { /* short names */ "paths": { "@lib/*": ["./src/library/*"], }, } }', 'src/library/queue.ts': queue }],
    ['paths of a configuration that is extended', counter('@lib/queue'), { 'src/tsconfig.json': '{ "extends": "../base" }', 'base.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@lib/*": ["none/*", "src/library/*"] } } }', 'src/library/queue.ts': queue }],
    ['a package of the workspace that is not built', counter('@our/queues'), { 'package.json': '{ "workspaces": ["packages/*"] }', 'packages/q/package.json': '{ "name": "@our/queues", "main": "./dist/queue.js" }', 'packages/q/src/queue.ts': queue }],
    ['a package of a pnpm workspace', counter('@our/queues/gate'), { 'pnpm-workspace.yaml': 'packages:\n  # ours\n  - "packages/**"\n', 'packages/q/package.json': '{ "name": "@our/queues", "exports": { "./gate": { "types": "./dist/queue.d.ts", "import": "./dist/queue.mjs" } } }', 'packages/q/src/queue.ts': queue }],
  ])('%s', async (_title, text, files) => {
    const proof = await verdict(text, files);
    expect(proof.verdict, proof.reason).toBe('refuted');
    const broken = await verdict(text, Object.fromEntries(Object.entries(files).map(([file, content]) => [file, content.replace('this.#last.then(work)', 'work()')])));
    expect(broken.verdict, broken.reason).toBe('confirmed');
  });

  it('without a reader imports stay opaque', async () => {
    const proof = await engine.run(counter('./queue'), 'Counter.add');
    expect(proof.reason).toMatch(/enqueue` may keep other tasks out/);
  });

  it('a variable of another file is the same location for all', async () => {
    const files = { 'src/state.ts': 'export let total = 0; export function setTotal(to: number) { total = to; }' };
    const text = `import { total, setTotal } from './state'; import { load } from 'far-away';
      export async function add() { const before = total; await load(); setTotal(before + 1); }`;
    const [judged] = await engine.check(text, 'src/counter.ts', project(files));
    const proof = judged?.proof ?? (await verdict(text, files, 'add'));
    expect(proof.outcomes.length).toBeGreaterThan(0);
  });
});

describe('only as much as is needed', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`src/lib/part${index}.ts`, `import './part${(index + 1) % 500}'; export const part${index} = ${index};`]));

  it('a barrel of 500 files is not pulled in', async () => {
    const files = { ...many, 'src/lib/index.ts': `${Object.keys(many).map((_, index) => `export * from './part${index}';`).join('\n')}\nexport * from './queue';`, 'src/lib/queue.ts': queue };
    const read = project(files);
    const started = performance.now();
    const proof = await engine.run(counter('./lib'), 'Counter.add', 'src/counter.ts', read);
    expect(proof.verdict, proof.reason).toBe('refuted');
    expect(proof.scenario!.program.code).not.toContain('src/lib/part7.ts');
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('tells what was left out', async () => {
    const long = `export const table = [${'1,'.repeat(250_000)}];${queue}`;
    const proof = await verdict(counter('./queue'), { 'src/queue.ts': long });
    expect(proof.verdict).toBe('unproven');
    expect(proof.reason).toMatch(/'\.\/queue', since what it leads to is too large/);
  });

  it('a file that cannot be loaded is left out', async () => {
    const text = `${counter('./queue')}\nimport { tool } from './broken';\nexport const tools = [tool()];\nregister(tool);`;
    const proof = await verdict(text, { 'src/queue.ts': queue, 'src/broken.ts': `export function tool() { return 1; }\nthrow new Error('no such device');` });
    expect(proof.verdict, proof.reason).toBe('refuted');
  });
});

describe('what is declared in other files', () => {
  const base = `
    export abstract class Store {
      protected total = 0;
      abstract load(): Promise<void>;
      async add(amount: number) { const before = this.total; await this.load(); this.total = before + amount; }
    }`;

  it('a method of a base class is started on the class that extends it', async () => {
    const text = `import { Store } from './store'; import { far } from 'far-away';
      export class Account extends Store {
        async load() { await far(); }
        async reset() { const before = this.total; await far(); this.total = before - 1; }
      }`;
    const files = { 'src/account.ts': text, 'src/store.ts': base };
    const read = project(files);
    const judged = await prove(findingsOf('src/account.ts', files)[0]!, { file: 'src/account.ts', text }, engine.simulator, { read });
    expect(judged.verdict, judged.reason).toBe('confirmed');
  });

  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['a literal of a union in a third file', 'mode: Mode', { 'src/types.ts': `export * from './modes';`, 'src/modes.ts': `export type Mode = 'read' | 'append' | 'write';` }],
    ['a member of an enum', 'mode: Mode', { 'src/types.ts': `export enum Mode { Read = 'read', Write = 'write' }` }],
    ['a field of an interface that extends another', '{ mode }: Mode', { 'src/types.ts': `interface Base { mode: 'read' | 'write' } export interface Mode extends Base { name: string }` }],
  ])('an argument is %s', async (_title, parameter, files) => {
    const text = `import type { Mode } from './types'; import { far } from 'far-away';
      export class Log { private lines = 0;
        async use(${parameter}) { if (!(JSON.stringify([mode]) === '["write"]')) return; const before = this.lines; await far(); this.lines = before + 1; } }`;
    const proof = await verdict(text, files, 'Log.use');
    expect(proof.verdict, proof.reason).toBe('confirmed');
  });
});

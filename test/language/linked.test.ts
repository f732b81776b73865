import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { CompileError, type LinkedProgram } from '../../src/language/index.js';
import { linked, runLinked } from './differential.js';

const lines = (text: string): string[] => text.trim().split('\n').map((line) => line.trim());

describe('files that import each other become one program', () => {
  it('ES modules: names, defaults, renamed, namespaces, types that vanish', () => {
    const log = runLinked({
      'main.ts': `import Account, { fee as charge, type Kind } from './bank/account';
        import * as all from './bank/account.js';
        import type { Gone } from './gone';
        import { Unused } from './gone-too';
        export const kind: Kind | Gone | Unused = 'fee';
        log(new Account(5).balance, charge(2), Object.keys(all).sort(), all.default === Account);`,
      'bank/account.ts': `import { rate } from '../rates';
        export type Kind = 'fee';
        export const fee = (n: number): number => n * rate;
        export default class Account { constructor(readonly balance: number) {} }`,
      'rates.ts': 'export const rate = 3;',
    });
    expect(log).toEqual(['5 6 [ \'default\', \'fee\' ] true', "exports { kind: 'fee' }"]);
  });

  it('re-exports: by name, all, as a namespace, of defaults', () => {
    const log = runLinked({
      'main.ts': `import { a, b, ns, renamed, thing } from './index'; log(a, b, ns.b, renamed, thing());`,
      'index.ts': `export * from './a'; export * as ns from './b'; export { b, b as renamed } from './b'; export { default as thing } from './a';`,
      'a.ts': `export const a = 'a'; export default function thing() { return 'thing'; }`,
      'b.ts': `export const b = 'b';`,
    });
    expect(log[0]).toBe("a b b b thing");
  });

  it('bindings are live', () => {
    const log = runLinked({ 'main.ts': `import { count, add } from './counter'; log(count); add(); log(count);`, 'counter.ts': 'export let count = 0; export function add() { count++; }' });
    expect(log.slice(0, 2)).toEqual(['0', '1']);
  });

  it('each is loaded once, in the order of the imports', () => {
    const log = runLinked({ 'main.ts': `import './a'; import './b'; log('main');`, 'a.ts': `import './b'; log('a');`, 'b.ts': `log('b');` });
    expect(log.slice(0, 3)).toEqual(['b', 'a', 'main']);
  });

  it('circles give what there is so far', () => {
    const log = runLinked({
      'main.ts': `import { even } from './even'; log(even(7), even(10));`,
      'even.ts': `import { odd } from './odd'; export function even(n: number): boolean { return n === 0 || odd(n - 1); }`,
      'odd.ts': `import { even } from './even'; export function odd(n: number): boolean { return n !== 0 && even(n - 1); } log(typeof even);`,
    });
    expect(log.slice(0, 2)).toEqual(["'function'".slice(1, -1), 'false true']);
  });

  it('CommonJS: exports, module.exports, circles, require.main, __filename, this', () => {
    const log = runLinked({
      'main.cjs': `const { a } = require('./lib/a'); const whole = require('./lib/whole.js'); log(a(), whole(2), __filename, __dirname, require.main === module, this === module.exports); exports.done = true;`,
      'lib/a.js': `exports.early = 1; const b = require('./b'); exports.a = () => b.seen; log(require.main === module, __dirname);`,
      'lib/b.js': `const a = require('./a'); exports.seen = Object.keys(a);`,
      'lib/whole.js': `module.exports = (n) => n * 2;`,
    });
    expect(log).toEqual(lines(`false /lib
      [ 'early' ] 4 /main.cjs / true true
      exports { done: true }`));
  });

  it('an ES module takes a CommonJS one as its default, and by its names', () => {
    const log = runLinked({ 'main.ts': `import whole, { half } from './old.cjs'; import * as all from './old.cjs'; log(whole.half(4), half(8), all.half(2), all.default === whole);`, 'old.cjs': `exports.half = (n) => n / 2;` });
    expect(log[0]).toBe('2 4 1 true');
  });

  it('JSON', () => {
    const log = runLinked({ 'main.ts': `import config from './config.json'; import { port } from './config.json'; log(config, port, require('./config').port);`, 'config.json': '\n{ "port": 80, "__proto__": { "x": 1 } }' });
    expect(log[0]).toBe("{ port: 80, ['__proto__']: { x: 1 } } 80 80");
  });

  it('import.meta is the module\'s own', () => {
    const log = runLinked({ 'main.ts': `import './lib/a'; log(import.meta.url);`, 'lib/a.ts': 'log(import.meta.url, import.meta.dirname);' });
    expect(log.slice(0, 2)).toEqual(['file:///lib/a.ts /lib', 'file:///main.ts']);
  });

  it('import() of a local file, by name and by default', () => {
    const log = runLinked({
      'main.ts': `async function main() { const { a } = await import('./lib/a.js'); const old = await import('./old.cjs'); log(a, old.default === require('./old.cjs'), old.b); } void main();`,
      'lib/a.ts': `export const a: number = 1;`, 'old.cjs': `module.exports = { b: 2 };`,
    });
    expect(log[0]).toBe('1 true 2');
  });

  it('packages stay with the host', () => {
    expect(runLinked({ 'main.ts': `import { area } from 'shapes'; import './a'; log(area(2));`, 'a.js': `log(require('plain').answer);` }).slice(0, 2)).toEqual(['42', '4']);
  });

  it('finds a file as bundlers do: source before output, folders by their index, what is no module left alone', () => {
    const log = runLinked({
      'main.ts': `import { from } from './a.js'; import { here } from './lib'; import './style.css'; import { dotted } from './user.service'; log(from, here, dotted);`,
      'a.ts': `export const from = 'source';`, 'a.js': `exports.from = 'output';`, 'lib/index.tsx': `export const here = 'index';`, 'style.css': 'a {}', 'user.service.ts': 'export const dotted = true;',
    });
    expect(log.at(-2)).toBe('source index true');
    expect(runLinked({ 'main.js': `log(require('./a.js').from);`, 'a.ts': `export const from = 'source';`, 'a.js': `exports.from = 'output';` })[0]).toBe('output');
  });

  it('a module that throws throws at its importer, and is loaded anew', () => {
    const log = runLinked({ 'main.cjs': `for (const _ of [1, 2]) try { require('./bad'); } catch (error) { log(error.message); }`, 'bad.js': `log('loads'); throw new Error('bad');` });
    expect(log.slice(0, 4)).toEqual(['loads', 'bad', 'loads', 'bad']);
  });
});

describe('variables of modules are apart', () => {
  const { program } = linked({ 'main.ts': `import { b } from './b'; let count = 0; export const add = () => { count++; return b(); };`, 'b.ts': 'let count = 0; export const b = () => { count++; return count; };' });

  it('each module has a scope of its own', () => {
    expect(program.code.match(/const __scope\w* = __rp\.scope\(\)/g)).toHaveLength(2);
    expect(program.code).not.toContain('moduleScope');
  });

  it('places carry their file', () => {
    const places = program.sites.filter(({ text }) => text === 'count++').map(({ range }) => `${range.file}:${range.start.line}`);
    expect(places).toEqual(['main.ts:1', 'b.ts:1']);
  });
});

describe('a variable that another module sees change is one location: a property of the exports of its module', () => {
  const counter = `export let count = 0; let inner = 1; export { inner as outer, inner as again }; export function add() { count++; inner = count; [count] = [count]; }`;
  const accessesIn = (files: Record<string, string>): string[] => {
    const { code } = linked({ ...files, 'counter.ts': counter }).program;
    return [...code.matchAll(/__rp\.(got|setting)\(\d+, ((?:require\("[^"]+"\)|exports), "\w+")/g)].map(([, hook, place]) => `${hook} ${place}`);
  };

  it('where it is assigned', () => {
    const own = accessesIn({ 'main.ts': `import './counter';` });
    expect(own.sort()).toEqual(['got exports, "count"', 'got exports, "count"', 'got exports, "count"', 'setting exports, "count"', 'setting exports, "count"', 'setting exports, "outer"']);
  });

  it.each([
    [`import { count } from './counter'; log(count);`, {}, ['got require("/counter.ts"), "count"']],
    [`import { again as mine } from './counter'; log({ mine });`, {}, ['got require("/counter.ts"), "outer"']],
    [`import { total } from './index'; log(total);`, { 'index.ts': `export { count as total } from './counter';` }, ['got require("/counter.ts"), "count"']],
    [`import { total } from './index'; log(total);`, { 'index.ts': `import { count } from './counter'; export { count as total };` }, ['got require("/counter.ts"), "count"']],
    [`import { outer } from './index'; log(outer);`, { 'index.ts': `export * from './nothing'; export * from './counter';`, 'nothing.ts': `export * from './index';` }, ['got require("/counter.ts"), "outer"']],
    [`import { add } from './counter'; add();`, {}, []],
  ])('%s', (text, files, accesses) => expect(accessesIn({ 'main.ts': text, ...files }).filter((access) => access.includes('require'))).toEqual(accesses));

  it('and computes the same', () => {
    const log = runLinked({ 'main.ts': `import { total, add } from './index'; import * as all from './index'; add(); add(); log(total, all.total, { total });`, 'index.ts': `export { count as total, add } from './counter';`, 'counter.ts': counter });
    expect(log[0]).toBe('2 2 { total: 2 }');
  });
});

describe('workers', () => {
  const worker = { 'jobs/w.ts': `import { answer } from '../lib'; log('worker', answer);`, 'lib.ts': 'export const answer = 42;' };
  const runsWorker = (text: string, file = 'jobs/main.ts'): LinkedProgram => linked({ [file]: text, ...worker });

  it.each([
    `new Worker(new URL('./w.ts', import.meta.url))`,
    `new Worker(new URL('w.js', import.meta.url), { type: 'module' })`,
    `new threads.Worker(fileURLToPath(new URL('./w.js', import.meta.url)))`,
    `new Worker('./jobs/w.ts')`,
    `new Worker('./w.js')`,
    `new Worker(path.join(__dirname, 'w.js'))`,
    `new Worker(join(import.meta.dirname, '..', 'jobs', 'w.js'))`,
    'new Worker(`${__dirname}/w.js`)',
    `new Worker(__dirname + '/w.js')`,
    `new Worker(require.resolve('./w'))`,
    `const file = new URL('./w.ts', import.meta.url); new Worker(file.href)`,
  ])('%s', (text) => {
    const { program, sources } = runsWorker(text);
    expect(sources.map(({ file }) => file)).toEqual(['jobs/main.ts', 'jobs/w.ts', 'lib.ts']);
    expect(program.code).toContain('"/jobs/w.ts"');
  });

  it.each(['new Worker(__filename)', 'new Worker(new URL(import.meta.url))', 'new Worker(fileURLToPath(import.meta.url))', 'const self = __filename; new Worker(self)'])('%s runs the file itself', (text) => {
    expect(runsWorker(text).program.code).toMatch(/\["?\/jobs\/main\.ts|\[ ?"\/jobs\/main\.ts"/);
  });

  it('what cannot be read off stays as it is', () => {
    expect(runsWorker('declare const file: string; new Worker(file); new Worker("./nowhere.js");').sources).toHaveLength(1);
  });

  it('a worker runs a file of the same program', () => {
    expect(runLinked({ 'main.ts': `new Worker(new URL('./jobs/w.ts', import.meta.url)); export {};`, ...worker }, 'jobs/w.ts')).toEqual(['worker 42', 'exports {}']);
  });
});

describe('what cannot be linked is told with its place', () => {
  const failure = (files: Readonly<Record<string, string>>): string => {
    try {
      linked(files);
    } catch (error) {
      if (error instanceof CompileError) return `${error.range?.file}:${error.range?.start.line}:${error.range?.start.column} ${error.message}`;
      throw error;
    }
    return 'no error';
  };

  it.each<[string, Record<string, string>, RegExp]>([
    ['a file that is not there', { 'main.ts': `\nimport { a } from './a'; log(a);` }, /^main\.ts:2:19 there is no file '.\/a' \(.*\); correct the path$/],
    ['a re-export of it', { 'main.ts': `import './a';`, 'a.ts': `export * from './b';` }, /^a\.ts:1:15 there is no file '.\/b'/],
    ['an import() of it', { 'main.ts': `export const f = () => import('./a');` }, /^main\.ts:1:31 there is no file/],
    ['a folder without an index', { 'main.ts': `import './lib';`, 'lib/a.ts': '' }, /^main\.ts:1:8 '.\/lib' is a folder without an index file/],
    ['a syntax error', { 'main.ts': `import './a';`, 'a.ts': '\n\nconst = 5;' }, /^a\.ts:3:7 syntax error: /],
    ['bad JSON', { 'main.ts': `import './a.json';`, 'a.json': '{\n  "a": }' }, /^a\.json:2:8 this is no JSON/],
    ["the runtime's name", { 'main.ts': 'log(__rp);' }, /^main\.ts:1:5 the name __rp/],
  ])('%s', (_what, files, message) => expect(failure(files)).toMatch(message));
});

describe('shared memory comes from the runtime', () => {
  it('names of views are parameters', () => {
    const { program } = linked({ 'main.ts': 'export const a = new Int32Array(2);' });
    expect(program.names).toEqual(expect.arrayContaining(['Int32Array', 'Float64Array', 'BigUint64Array', 'DataView', 'SharedArrayBuffer', 'Atomics']));
    expect(new Script(program.code)).toBeDefined();
  });
});

describe('modules that await at their top level', () => {
  it('who imports one waits for it, and for what it waits for', () => {
    const log = runLinked({
      'main.ts': `import { value } from './slow'; import './side'; import { later } from './passed'; log('main', value, later);`,
      'slow.ts': `log('slow starts'); export const value = await new Promise<number>((resolve) => setTimeout(() => resolve(7), 5)); log('slow ends');`,
      'side.ts': `log('side');`,
      'passed.ts': `export { value as later } from './slow'; log('passed');`,
    });
    expect(log.slice(0, 5)).toEqual(['slow starts', 'side', 'slow ends', 'passed', 'main 7 7']);
  });

  it('two are under way at the same time', () => {
    const log = runLinked({
      'main.ts': `import './a'; import './b'; log('main');`,
      'a.ts': `log('a starts'); await new Promise((resolve) => setTimeout(resolve, 9)); log('a ends'); export {};`,
      'b.ts': `log('b starts'); for await (const x of [1, Promise.resolve(2)]) log('b', x); export {};`,
    });
    expect(log.slice(0, 6)).toEqual(['a starts', 'b starts', 'b 1', 'b 2', 'a ends', 'main']);
  });

  it('what one throws is thrown by who imports it', () => {
    const log = runLinked({ 'main.ts': `import './broken'; log('never');`, 'broken.ts': `await null; throw new Error('no'); export {};` });
    expect(log).toContain('threw Error: no');
    expect(log).not.toContain('never');
  });

  it('import() waits for it', () => {
    const log = runLinked({ 'main.ts': `import('./slow').then(({ value }) => log('got', value));`, 'slow.ts': `export const value = await Promise.resolve(3);` });
    expect(log[0]).toBe('got 3');
  });
});

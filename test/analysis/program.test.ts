import { describe, expect, test } from 'vitest';
import { createAnalyser } from '../../src/analysis/index.js';
import type { ReadModule } from '../../src/language/index.js';

type Files = Record<string, string>;

/** `file:line rule location` of what is found in a program, file by file. */
function findingsOf(files: Files): string[] {
  const analyser = createAnalyser(readOf(files));
  return Object.entries(files).flatMap(([file, text]) => analyser.analyse({ file, text }).findings.map(({ rule, location, range }) => `${range.file}:${range.start.line} ${rule} ${location}`));
}

function readOf(files: Files): ReadModule {
  return (file) => (file in files ? { kind: 'file', text: files[file]! } : Object.keys(files).some((name) => name.startsWith(`${file}/`)) ? { kind: 'folder' } : undefined);
}

const sale = `export async function sell(order: Order) {
  const before = getStock();
  await charge(order);
  setStock(before - 1);
}`;
const stock = `let stock = 10;
export const getStock = () => stock;
export function setStock(value: number) { stock = value; }`;

/** A base class in another file that has the state changed by recipes, as immer makes them. */
const base = `import { produceWithPatches } from 'immer';
export class BaseController<S> {
  #internalState: S;
  get state(): S { return this.#internalState; }
  protected update(change: (state: S) => void | S) {
    const [next, patches] = produceWithPatches(this.#internalState, change);
    if (patches.length > 0) this.#internalState = next;
    return patches;
  }
}`;

const racy: Record<string, [Files, string[]]> = {
  'a race that is found in the file that it lies in, and not once more where it is called': [
    {
      'app.ts': `import { Sessions } from './sessions';\nexport class App {\n  private readonly sessions = new Sessions();\n  async restore() {\n    const active = this.sessions.active;\n    if (!active) return;\n    await this.sessions.restore({ from: active.id });\n  }\n}`,
      'sessions.ts': `export class Sessions {\n  active: Session | undefined;\n  async restore(input: Input) {\n    const active = this.active;\n    const restored = await restore(active, input);\n    this.active = { ...active, id: restored, input };\n  }\n}`,
    },
    ['sessions.ts:6 stale-write-back Sessions#active'],
  ],
  'a part of a state that a base class holds': [
    { 'rates.ts': `import { BaseController } from './base';\nexport class Rates extends BaseController<State> {\n  async add() {\n    const { total } = this.state;\n    await prepare();\n    this.update((state) => { state.total = total + 1; });\n  }\n}`, 'base.ts': base },
    ['rates.ts:6 lost-update Rates#state.total'],
  ],
  'a read and a write in helpers of another file': [
    { 'sell.ts': `import { getStock, setStock } from './stock';\n${sale}`, 'stock.ts': stock },
    ['sell.ts:5 lost-update stock'],
  ],
  'the same behind a barrel': [
    { 'sell.ts': `import { getStock, setStock } from './lib';\n${sale}`, 'lib/index.ts': `export * from './stock';`, 'lib/stock.ts': stock },
    ['sell.ts:5 lost-update stock'],
  ],
  'renamed on the way': [
    { 'sell.ts': `import { read as getStock, write as setStock } from './lib/index.js';\n${sale}`, 'lib/index.ts': `export { getStock as read, setStock as write } from './stock.js';`, 'lib/stock.ts': stock },
    ['sell.ts:5 lost-update stock'],
  ],
  'a namespace': [
    { 'sell.ts': `import * as store from './stock';\n${sale.replace('getStock', 'store.getStock').replace('setStock', 'store.setStock')}`, 'stock.ts': stock },
    ['sell.ts:5 lost-update stock'],
  ],
  'CommonJS': [
    { 'sell.js': `const { getStock, setStock } = require('./stock');\nexports.sell = async function sell(order) {\n  const before = getStock();\n  await charge(order);\n  setStock(before - 1);\n}`, 'stock.js': `let stock = 10;\nmodule.exports = { getStock: () => stock, setStock(value) { stock = value; } };` },
    ['sell.js:5 lost-update stock'],
  ],
  'an instance that another file exports': [
    { 'sell.ts': `import { store } from './store';\nexport async function sell(order: Order) {\n  if (store.left > 0) {\n    await charge(order);\n    store.take();\n  }\n}`, 'store.ts': `class Store {\n  left = 10;\n  take() { this.left -= 1; }\n}\nexport const store = new Store();` },
    ['sell.ts:5 check-then-act Store#left'],
  ],
  'an instance that is the default export': [
    { 'sell.ts': `import store from './store';\nexport async function sell(order: Order) {\n  if (store.left > 0) {\n    await charge(order);\n    store.take();\n  }\n}`, 'store.ts': `class Store {\n  left = 10;\n  take() { this.left -= 1; }\n}\nexport default new Store();` },
    ['sell.ts:5 check-then-act Store#left'],
  ],
  'a dependency that is injected by its type': [
    { 'sell.ts': `import { Store } from './store';\nexport class Shop {\n  constructor(private readonly store: Store) {}\n  async sell(order: Order) {\n    if (this.store.has()) {\n      await charge(order);\n      this.store.take();\n    }\n  }\n}`, 'store.ts': `export class Store {\n  #left = 10;\n  has() { return this.#left > 0; }\n  take() { this.#left -= 1; }\n}` },
    ['sell.ts:7 check-then-act Store.#left'],
  ],
  'a base class in another file': [
    { 'shop.ts': `import { Base } from './base';\nexport class Shop extends Base {\n  async sell(order: Order) {\n    const before = this.stock;\n    await charge(order);\n    this.stock = before - 1;\n  }\n}`, 'base.ts': `export abstract class Base {\n  protected stock = 10;\n  abstract sell(order: Order): Promise<void>;\n}` },
    ['shop.ts:6 lost-update Base#stock'],
  ],
  'a mutex of another file that guards only one of two': [
    { 'a.ts': `import { mutex } from './lock';\nlet n = 0;\nexport const inc = () => mutex.runExclusive(async () => { const before = n; await work(); n = before + 1; });`, 'b.ts': `let n = 0;\nexport const inc = async () => { const before = n; await work(); n = before + 1; };`, 'lock.ts': `import { Mutex } from 'async-mutex';\nexport const mutex = new Mutex();` },
    ['b.ts:2 lost-update n'],
  ],
};

const correct: Record<string, Files> = {
  'two parts of a state that a base class holds': {
    'rates.ts': `import { BaseController } from './base';\nexport class Rates extends BaseController<State> {\n  async enable() {\n    if (this.state.isOn) return;\n    await prepare();\n    this.update((state) => { state.token = 'x'; });\n  }\n  off() { this.update((state) => { state.token = undefined; }); }\n}`,
    'base.ts': base,
  },
  'a lock of another file': {
    'a.ts': `import { gate } from './lock';\nlet n = 0;\nexport async function inc() {\n  const free = await gate.acquire();\n  try { const before = n; await work(); n = before + 1; } finally { free(); }\n}`,
    'lock.ts': `import { Mutex } from 'async-mutex';\nexport const gate = new Mutex();`,
  },
  'a lock that a base class holds': {
    'shop.ts': `import { Base } from './base';\nexport class Shop extends Base {\n  #stock = 1;\n  sell() { return this.guard.runExclusive(async () => { const before = this.#stock; await charge(); this.#stock = before - 1; }); }\n}`,
    'base.ts': `import { Mutex } from 'async-mutex';\nexport class Base { protected readonly guard = new Mutex(); }`,
  },
  'a wrapper of another file that runs one at a time': {
    'a.ts': `import { oneAtATime } from './turns';\nlet n = 0;\nexport const inc = () => oneAtATime(async () => { const before = n; await work(); n = before + 1; });`,
    'turns.ts': `let tail: Promise<unknown> = Promise.resolve();\nexport function oneAtATime<T>(task: () => Promise<T>): Promise<T> {\n  const result = tail.then(task);\n  tail = result.catch(() => undefined);\n  return result;\n}`,
  },
  'constants of another file': {
    'a.ts': `import { State } from './state';\nlet state = State.Idle;\nexport async function start() {\n  if (state !== State.Idle) return;\n  state = State.Busy;\n  try { await work(); } finally { state = State.Idle; }\n}`,
    'state.ts': `export enum State { Idle, Busy }`,
  },
  'modules that import each other': { 'a.ts': `import { b } from './b';\nexport const a = async () => { await b(); };`, 'b.ts': `import { a } from './a';\nexport const b = async () => { await a(); };` },
  'exports that lead in a circle': { 'a.ts': `export * from './b';\nimport { x } from './b';\nexport const run = async () => { await x(); };`, 'b.ts': `export * from './a';` },
  'a module that is not there, and one that cannot be parsed': { 'a.ts': `import { x } from './gone';\nimport { y } from './broken';\nexport const run = async () => { await x(); y(); };`, 'broken.ts': `export class {` },
};

describe('a program of several files', () => {
  test.each(Object.entries(racy))('%s', (_name, [files, expected]) => {
    expect(findingsOf(files)).toEqual(expected);
  });

  test.each(Object.entries(correct))('silence on %s', (_name, files) => {
    expect(findingsOf(files)).toEqual([]);
  });

  test('finds a lock taken again by way of a wrapper in another file', () => {
    const wrapper = `import { Mutex } from 'async-mutex';
const mutex = new Mutex();
export async function withLock<T>(work: () => Promise<T>): Promise<T> {
  const release = await mutex.acquire();
  try { return await work(); } finally { release(); }
}`;
    const install = (inner: string): string => `import { withLock } from './wrapper';
export function install(name: string): Promise<void> {
  return withLock(async () => {
    for (const one of await dependenciesOf(name)) await ${inner}(one);
  });
}`;
    expect(findingsOf({ 'wrapper.ts': wrapper, 'packages.ts': install('install') })).toEqual(['packages.ts:3 self-deadlock mutex']);
    expect(findingsOf({ 'wrapper.ts': wrapper, 'packages.ts': install('unpack') })).toEqual([]);
  });

  test('says in which file the parts of a region stand', () => {
    const [files] = racy['a read and a write in helpers of another file']!;
    const [finding] = createAnalyser(readOf(files)).analyse({ file: 'sell.ts', text: files['sell.ts']! }).findings;
    expect(finding!.message).toBe('`stock` is read at line 2 of stock.ts, `sell` suspends at line 4, and another `sell` can write it before line 3 of stock.ts.');
    expect(finding!.region.acts.map(({ file }) => file)).toEqual(['stock.ts']);
  });

  test('forgets what it concluded from a file that has changed', () => {
    const files: Files = { 'a.ts': `import { gate } from './lock';\nlet n = 0;\nexport const inc = () => gate.run(async () => { const before = n; await work(); n = before + 1; });`, 'lock.ts': `export const gate = { run: async (f: () => Promise<void>) => { await f(); } };` };
    const analyser = createAnalyser(readOf(files));
    const count = (): number => analyser.analyse({ file: 'a.ts', text: files['a.ts']! }).findings.length;
    expect(count()).toBe(1);
    files['lock.ts'] = `import { Mutex } from 'async-mutex';\nconst m = new Mutex();\nexport const gate = { run: (f: () => Promise<void>) => m.runExclusive(f) };`;
    analyser.forget('lock.ts');
    expect(count()).toBe(0);
  });
});

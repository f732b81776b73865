import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { FrameworkName } from '../../src/regression/frameworks.js';
import { nothing, type Stub, type TestPlan, type Value } from '../../src/regression/plan.js';
import { renderTest } from '../../src/regression/render.js';
import type { Style } from '../../src/regression/style.js';

const style: Style = { quote: "'", semicolons: true, indent: '  ', isTypeScript: true, isModule: true, becomesCommonJs: false, word: 'it', areGlobal: false, extension: '' };

function stub(name: string, value: Value, pending: readonly string[] = []): Stub {
  return { name, label: name, calls: pending.map((one, at) => ({ task: at === 0 ? 'first' : 'second', value, pending: one })), others: [], fallback: value, isPromise: true, isWatched: false };
}

const found: Value = { kind: 'object', entries: [['id', { kind: 'literal', value: 'a' }]] };
const [post, fetch, charge] = [stub('post', nothing, ['firstPost', 'secondPost']), stub('fetch', found, ['firstFetch', 'secondFetch']), stub('charge', found, ['firstCharge', 'secondCharge'])];
const plan: TestPlan = {
  file: './till.ts', title: 'two calls of add lose no update', story: 'Found by Raceproof.', imports: [{ local: 'Till', exported: 'Till' }], isCommonJs: false,
  modules: [{ specifier: 'far', importer: 'till.ts', entries: [['post', { kind: 'stub', stub: post }]], isRequired: false, isPart: false }],
  globals: [['fetch', { kind: 'stub', stub: fetch }]],
  stubs: [post, fetch, charge],
  objects: [{ name: 'till', call: { callee: 'Till', isNew: true, arguments: [{ kind: 'object', entries: [['charge', { kind: 'stub', stub: charge }]] }] }, isAwaited: false }],
  assignments: [], environment: [], prelude: [],
  tasks: ['first', 'second'].map((name) => ({ name, call: { callee: 'till.add', isNew: false, arguments: [{ kind: 'literal', value: 1 }] } })),
  steps: [{ kind: 'start', task: 0 }, { kind: 'start', task: 1 }, { kind: 'settle', pending: 'secondPost', value: nothing, about: 'post()' }, { kind: 'settle', pending: 'firstFetch', value: found, about: 'fetch()' }],
  observers: [], isOrdered: false, isTogether: false,
};

function rendered(framework: FrameworkName, how: Partial<Style> = {}, what: Partial<TestPlan> = {}, importsLate = false): string {
  return renderTest({ plan: { ...plan, ...what }, framework, style: { ...style, ...how } }, 'started-at-once', { observer: { kind: 'state', name: 'total', expression: 'till.total', isLocation: true }, expected: [{ kind: 'literal', value: 2 }], isWaiting: true }, importsLate);
}

/** As @jest/globals 29 and Node declare what a test uses. */
const declared: Readonly<Record<string, string>> = {
  'till.ts': 'export class Till { total = 0; constructor(readonly gateway: { charge(amount: number): Promise<{ id: string }> }) {} async add(by: number): Promise<void> { await this.gateway.charge(by); } }',
  'far.d.ts': "declare module 'far' { export function post(amount: number): Promise<void>; }",
  'jest.d.ts': `declare module '@jest/globals' {
    type FunctionLike = (...args: any) => any; type UnknownFunction = (...args: unknown[]) => unknown;
    type ResolveType<T extends FunctionLike> = ReturnType<T> extends PromiseLike<infer U> ? U : never;
    interface Mock<T extends FunctionLike = UnknownFunction> extends Function { (...args: Parameters<T>): ReturnType<T>; mockReturnValue(value: ReturnType<T>): this; mockReturnValueOnce(value: ReturnType<T>): this; mockResolvedValue(value: ResolveType<T>): this; mock: { calls: Parameters<T>[] } }
    export const jest: { fn<T extends FunctionLike = UnknownFunction>(implementation?: T): Mock<T>; mock(name: string, factory: () => unknown): unknown };
    export const it: (name: string, run: () => unknown, milliseconds?: number) => void; export const afterEach: (run: () => unknown) => void;
    export const expect: (value: unknown) => { toBe(value: unknown): void };
  }`,
  'node.d.ts': `declare const require: { (name: string): any; resolve(name: string): string; cache: Record<string, { exports: unknown; loaded: boolean } | undefined> }; declare function setImmediate(run: (value: unknown) => void): unknown; declare function it(name: string, run: () => unknown): void; declare function afterEach(run: () => unknown): void;
    declare module 'node:test' { export const mock: { fn(run?: (...args: any[]) => any): ((...args: any[]) => any) & { mock: { mockImplementation(run: (...args: any[]) => any): void } } }; }
    declare module 'node:assert/strict' { const assert: { equal(actual: unknown, expected: unknown): void }; export default assert; }`,
};

/** What the compiler says of it in strict mode, as ts-jest asks it. */
function complaints(text: string): string[] {
  const files = new Map<string, string>([...Object.entries(declared), ['till.race.test.ts', text]].map(([name, content]) => [`/project/${name}`, content!]));
  const settings: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, strict: true, noUnusedLocals: true, noEmit: true, types: [], lib: ['lib.es2023.d.ts'] };
  const host = ts.createCompilerHost(settings);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, ...rest) => (files.has(name) ? ts.createSourceFile(name, files.get(name)!, ts.ScriptTarget.ES2022, true) : getSourceFile.call(host, name, ...rest));
  host.fileExists = (name) => files.has(name) || fileExists.call(host, name);
  host.directoryExists = () => true;
  host.readFile = (name) => files.get(name) ?? readFile.call(host, name);
  return ts.getPreEmitDiagnostics(ts.createProgram([...files.keys()], settings, host)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

describe('a test for jest', () => {
  it('type-checks with the stubs of @jest/globals, in strict mode', () => {
    const text = rendered('jest');
    expect(text).toContain("import { afterEach, expect, it, jest } from '@jest/globals';\n\nconst mockPost = jest.fn<(...args: any[]) => any>();\njest.mock('far', () => ({ post: (...args: unknown[]) => mockPost(...args) }));");
    expect(text).toContain("  Reflect.deleteProperty(globalThis, 'fetch');");
    expect(complaints(text)).toEqual([]);
    expect(complaints(text.replaceAll('jest.fn<(...args: any[]) => any>()', 'jest.fn()'))).not.toEqual([]);
  });

  it('does not declare in CommonJS what is there', () => {
    const text = rendered('jest', { isTypeScript: false, isModule: false });
    expect(text).toContain("const { afterEach, expect, it } = require('@jest/globals');\n\nconst mockPost = jest.fn();\njest.mock('far', () => ({ post: (...args) => mockPost(...args) }));\n\nconst { Till } = require('./till');");
    expect(() => new Function('jest', 'require', text)).not.toThrow();
  });
});

it('a test for jest loads late without making modules of what it loads', () => {
  const text = rendered('jest', {}, {}, true);
  expect(text).toContain("  const { Till } = require('./till') as typeof import('./till');\n  const till = new Till({ charge });");
  expect(text).toContain('}, 30_000);');
  expect(complaints(text)).toEqual([]);
});

it('what is long stands on lines of its own, and what is replaced in part keeps the rest', () => {
  const entries = ['currency', 'customer', 'description', 'idempotencyKey', 'returnAddress'].map((key): [string, Value] => [key, { kind: 'object', entries: [['name', { kind: 'literal', value: key }]] }]);
  const modules = [{ ...plan.modules[0]!, entries: [['settings', { kind: 'object', entries } as Value] as const], isPart: true }];
  const text = rendered('vitest', {}, { modules });
  expect(text).toContain(`vi.mock('far', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  settings: {
    currency: { name: 'currency' },
    customer: { name: 'customer' },
    description: { name: 'description' },
    idempotencyKey: { name: 'idempotencyKey' },
    returnAddress: { name: 'returnAddress' },
  },
}));`);
  expect(rendered('vitest', {}, { modules: [{ ...plan.modules[0]!, entries: [], isPart: true }] })).toContain('({ ...(await importOriginal<object>()) })');
});

it('a test that has nothing to arrange begins with what it does', () => {
  expect(rendered('vitest', {}, { modules: [], stubs: [], globals: [], objects: [], steps: plan.steps.slice(0, 2) })).toContain("async () => {\n  const calls = ");
});

describe('a test for mocha', () => {
  it('asserts and plays with what Node brings along', () => {
    const text = rendered('mocha', { isTypeScript: false, isModule: false, areGlobal: true });
    expect(text).toContain("const assert = require('node:assert/strict');\nconst { mock } = require('node:test');\n\nconst post = mock.fn();\nrequire.cache[require.resolve('far')] = { loaded: true, exports: { post } };\ndelete require.cache[require.resolve('./till')];");
    expect(text).toContain("const { Till } = require('./till');\ndelete require.cache[require.resolve('far')];\ndelete require.cache[require.resolve('./till')];");
    expect(text).toContain("it('two calls of add lose no update', async () => {");
    expect(text).toContain('  assert.equal(till.total, 2);');
  });

  it('type-checks where TypeScript becomes CommonJS', () => {
    const text = rendered('mocha', { areGlobal: true, becomesCommonJs: true }, { modules: plan.modules.map((module) => ({ ...module, isPart: true })) });
    expect(text).toContain("const post = mock.fn();\nrequire.cache[require.resolve('far')] = { loaded: true, exports: { ...require('far'), post } } as never;");
    expect(text).toContain("const { Till } = require('./till') as typeof import('./till');");
    expect(complaints(text)).toEqual([]);
  });

  it('type-checks', () => {
    expect(complaints(rendered('mocha', { areGlobal: true }, { modules: [], stubs: [fetch, charge], steps: plan.steps.filter((step) => step.kind !== 'settle' || step.pending !== 'secondPost') }))).toEqual([]);
  });
});

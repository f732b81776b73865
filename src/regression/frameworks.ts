import type { Style } from './style.js';
import type { Writer } from './writer.js';

/** A test framework, as far as its words differ from those of the others. */
export interface Framework {
  readonly name: FrameworkName;
  /** What a stub is made with, called without arguments: a function that counts its calls and does what it is told. */
  readonly stub: (style: Style) => string;
  /** What says what has to hold: `expect`, or Node's own `assert`. */
  readonly asserts: 'expect' | 'assert';
  /** How a stub is told what to give, call after call: by methods, or by a function that is handed over. */
  readonly isTold: 'by-methods' | 'by-function';
  readonly callCount: (stub: string) => string;
  readonly useTimers: (w: Writer) => string;
  readonly nextTimer: (milliseconds: number) => string;
  readonly allTimers: string | undefined;
  readonly realTimers: string;
  /** A module as it is, whatever stands in for it in the test; absent: nothing stands in for what is imported. */
  readonly actual?: (specifier: string) => string;
  /** Waits for modules that are imported while the calls run; absent: they are there once promise jobs have run, where they become CommonJS. */
  readonly importsSettled?: string;
  /** Statements that begin the file. `needs`: what of the framework is used. */
  readonly imports: (w: Writer, needs: { readonly stubs: boolean; readonly afterEach: boolean }) => string[];
}

export type FrameworkName = 'vitest' | 'jest' | 'node' | 'mocha';

const faked = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'];
/** What jest fakes unless it is told not to. */
const kept = ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'];

/** What Node itself brings along: stubs, timers and assertions. */
const ofNode: Omit<Framework, 'name' | 'imports'> = {
  asserts: 'assert', stub: () => 'mock.fn()', isTold: 'by-function',
  callCount: (stub) => `${stub}.mock.callCount()`,
  useTimers: (w) => `mock.timers.enable({ apis: [${['setTimeout', 'setInterval', 'Date'].map((name) => w.string(name)).join(', ')}] })`,
  nextTimer: (milliseconds) => `mock.timers.tick(${milliseconds})`, allTimers: undefined, realTimers: 'mock.timers.reset()',
};

export const frameworks: Readonly<Record<FrameworkName, Framework>> = {
  vitest: {
    name: 'vitest', asserts: 'expect', stub: () => 'vi.fn()', isTold: 'by-methods',
    callCount: (stub) => `${stub}.mock.calls.length`,
    useTimers: (w) => `vi.useFakeTimers({ toFake: [${faked.map((name) => w.string(name)).join(', ')}] })`,
    nextTimer: () => 'await vi.advanceTimersToNextTimerAsync()', allTimers: 'await vi.runAllTimersAsync()', realTimers: 'vi.useRealTimers()',
    importsSettled: 'await vi.dynamicImportSettled()', actual: (specifier) => `await vi.importActual(${specifier})`,
    imports: (w, { stubs, afterEach }) => {
      const names = [...(w.style.areGlobal ? [] : [...(afterEach ? ['afterEach'] : []), 'expect', w.style.word]), ...(stubs && !w.style.areGlobal ? ['vi'] : [])];
      return names.length === 0 ? [] : [imported(w, `{ ${names.join(', ')} }`, 'vitest')];
    },
  },
  jest: {
    // Imported from @jest/globals a stub without a type may give nothing.
    name: 'jest', asserts: 'expect', stub: ({ isTypeScript, areGlobal }) => (isTypeScript && !areGlobal ? 'jest.fn<(...args: any[]) => any>()' : 'jest.fn()'), isTold: 'by-methods',
    callCount: (stub) => `${stub}.mock.calls.length`,
    useTimers: (w) => `jest.useFakeTimers({ doNotFake: [${kept.map((name) => w.string(name)).join(', ')}] })`,
    nextTimer: () => 'await jest.advanceTimersToNextTimerAsync()', allTimers: 'await jest.runAllTimersAsync()', realTimers: 'jest.useRealTimers()', actual: (specifier) => `jest.requireActual(${specifier})`,
    // To a module of CommonJS jest itself is handed, so that it may not be declared again.
    imports: (w, { stubs, afterEach }) => (w.style.areGlobal ? [] : [imported(w, `{ ${[...(afterEach ? ['afterEach'] : []), 'expect', w.style.word, ...(stubs && w.style.isModule ? ['jest'] : [])].join(', ')} }`, '@jest/globals')]),
  },
  node: {
    ...ofNode, name: 'node',
    imports: (w, { stubs, afterEach }) => [imported(w, 'assert', 'node:assert/strict'), imported(w, `{ ${[...(afterEach ? ['afterEach'] : []), w.style.word, ...(stubs ? ['mock'] : [])].join(', ')} }`, 'node:test')],
  },
  mocha: {
    ...ofNode, name: 'mocha',
    imports: (w, { stubs }) => [imported(w, 'assert', 'node:assert/strict'), ...(stubs ? [imported(w, '{ mock }', 'node:test')] : [])],
  },
};

/** `import { it } from 'node:test'`, or what CommonJS says instead. */
export function imported(w: Writer, what: string, from: string): string {
  return w.style.isModule ? `import ${what} from ${w.string(from)}` : `const ${what.replaceAll(' as ', ': ')} = require(${w.string(from)})`;
}

/** The specifier by which a test imports the file under test, whose path from the test is given. */
export function specifierOf(file: string, style: Style): string {
  const bare = file.replace(/\.[cm]?[jt]sx?$/, '');
  const written = file.slice(bare.length);
  if (style.extension === '.ts' || (style.isModule && !style.isTypeScript)) return file;
  return style.extension === '' && !/^\.[cm]/.test(written) ? bare : `${bare}${written.replace('t', 'j').replace('sx', 's')}`;
}

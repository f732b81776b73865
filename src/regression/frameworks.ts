import type { Style } from './style.js';
import type { Writer } from './writer.js';

/** A test framework, as far as its words differ from those of the others. */
export interface Framework {
  readonly name: FrameworkName;
  /** What a stub is made with: a function that counts its calls and does what it is told. */
  readonly stub: string;
  /** How a stub is told what to give, call after call: by methods, or by a function that is handed over. */
  readonly isTold: 'by-methods' | 'by-function';
  readonly callCount: (stub: string) => string;
  readonly useTimers: (w: Writer) => string;
  readonly nextTimer: (milliseconds: number) => string;
  readonly allTimers: string | undefined;
  readonly realTimers: string;
  /** Statements that begin the file. `needs`: what of the framework is used. */
  readonly imports: (w: Writer, needs: { readonly stubs: boolean; readonly afterEach: boolean }) => string[];
}

export type FrameworkName = 'vitest' | 'jest' | 'node';

const faked = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'];
/** What jest fakes unless it is told not to. */
const kept = ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'];

export const frameworks: Readonly<Record<FrameworkName, Framework>> = {
  vitest: {
    name: 'vitest', stub: 'vi.fn()', isTold: 'by-methods',
    callCount: (stub) => `${stub}.mock.calls.length`,
    useTimers: (w) => `vi.useFakeTimers({ toFake: [${faked.map((name) => w.string(name)).join(', ')}] })`,
    nextTimer: () => 'await vi.advanceTimersToNextTimerAsync()', allTimers: 'await vi.runAllTimersAsync()', realTimers: 'vi.useRealTimers()',
    imports: (w, { stubs, afterEach }) => {
      const names = [...(w.style.areGlobal ? [] : [...(afterEach ? ['afterEach'] : []), 'expect', w.style.word]), ...(stubs && !w.style.areGlobal ? ['vi'] : [])];
      return names.length === 0 ? [] : [imported(w, `{ ${names.join(', ')} }`, 'vitest')];
    },
  },
  jest: {
    name: 'jest', stub: 'jest.fn()', isTold: 'by-methods',
    callCount: (stub) => `${stub}.mock.calls.length`,
    useTimers: (w) => `jest.useFakeTimers({ doNotFake: [${kept.map((name) => w.string(name)).join(', ')}] })`,
    nextTimer: () => 'await jest.advanceTimersToNextTimerAsync()', allTimers: 'await jest.runAllTimersAsync()', realTimers: 'jest.useRealTimers()',
    imports: (w, { stubs, afterEach }) => (w.style.areGlobal ? [] : [imported(w, `{ ${[...(afterEach ? ['afterEach'] : []), 'expect', w.style.word, ...(stubs ? ['jest'] : [])].join(', ')} }`, '@jest/globals')]),
  },
  node: {
    name: 'node', stub: 'mock.fn()', isTold: 'by-function',
    callCount: (stub) => `${stub}.mock.callCount()`,
    useTimers: (w) => `mock.timers.enable({ apis: [${['setTimeout', 'setInterval', 'Date'].map((name) => w.string(name)).join(', ')}] })`,
    nextTimer: (milliseconds) => `mock.timers.tick(${milliseconds})`, allTimers: undefined, realTimers: 'mock.timers.reset()',
    imports: (w, { stubs, afterEach }) => [imported(w, 'assert', 'node:assert/strict'), imported(w, `{ ${[...(afterEach ? ['afterEach'] : []), w.style.word, ...(stubs ? ['mock'] : [])].join(', ')} }`, 'node:test')],
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

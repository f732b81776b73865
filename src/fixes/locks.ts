import type { Node } from '../language/index.js';
import type { Draft } from './draft.js';
import type { FlaggedCode } from './flagged-code.js';
import { declareAbove, declareBeside, type Home } from './homes.js';
import { importNamed } from './imports.js';

export interface NewLock {
  /** The expression that means it, an object with `runExclusive`. */
  readonly lock: string;
  /** Where it comes from, for a title. */
  readonly from: string;
}

/** Declares a mutex beside the state that it guards: of the library that the project has, or of a few lines. */
export function makeLock(code: FlaggedCode, draft: Draft, home: Home): NewLock {
  const hasLibrary = code.packages.has('async-mutex');
  const type = hasLibrary ? importNamed(code, draft, 'async-mutex', 'Mutex') : ownMutex(code, draft, home.kind === 'class' ? home.node : home.statement);
  const lock = declareBeside(code, draft, home, { name: code.fresh('mutex', 'lock', 'ownMutex'), value: `new ${type}()`, isConstant: true });
  return { lock, from: hasLibrary ? ' of async-mutex' : '' };
}

/** Declares a mutex for each object that is handed to the function, kept as long as the object is, so that work on one does not wait for work on another. */
export function makeLockOf(code: FlaggedCode, draft: Draft, fn: Node, owner: string): NewLock {
  const hasLibrary = code.packages.has('async-mutex');
  const type = hasLibrary ? importNamed(code, draft, 'async-mutex', 'Mutex') : ownMutex(code, draft, fn);
  const [mutexes, mutexOf] = [code.fresh('mutexes', 'ownMutexes'), code.fresh('mutexOf', 'ownMutexOf')];
  const { unit, semicolon, isTyped } = code.layout;
  const typed = (text: string): string => (isTyped ? text : '');
  declareAbove(code, draft, fn, [
    `const ${mutexes} = new WeakMap${typed(`<object, ${type}>`)}()${semicolon}`,
    '',
    `function ${mutexOf}(owner${typed(': object')})${typed(`: ${type}`)} {`,
    `${unit}let mutex = ${mutexes}.get(owner)${semicolon}`,
    `${unit}if (!mutex) ${mutexes}.set(owner, (mutex = new ${type}()))${semicolon}`,
    `${unit}return mutex${semicolon}`,
    '}',
  ]);
  return { lock: `${mutexOf}(${owner})`, from: hasLibrary ? ' of async-mutex' : '' };
}

/** A chain of promises: what is given runs when all before it has ended, whether or not that failed. */
function ownMutex(code: FlaggedCode, draft: Draft, place: Node): string {
  const name = code.fresh('Mutex', 'SerialMutex');
  const { unit, semicolon, isTyped } = code.layout;
  const typed = (text: string): string => (isTyped ? text : '');
  declareAbove(code, draft, place, [
    '/** Runs one piece of work after the other. */',
    `class ${name} {`,
    `${unit}#last${typed(': Promise<unknown>')} = Promise.resolve()${semicolon}`,
    '',
    `${unit}runExclusive${typed('<T>')}(work${typed(': () => T | Promise<T>')})${typed(': Promise<T>')} {`,
    `${unit}${unit}const run = this.#last.then(work)${semicolon}`,
    `${unit}${unit}this.#last = run.catch(() => {})${semicolon}`,
    `${unit}${unit}return run${semicolon}`,
    `${unit}}`,
    '}',
  ]);
  return name;
}

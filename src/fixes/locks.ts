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
  const type = hasLibrary ? importNamed(code, draft, 'async-mutex', 'Mutex') : ownMutex(code, draft, home);
  const lock = declareBeside(code, draft, home, { name: code.fresh('mutex', 'lock', 'ownMutex'), value: `new ${type}()`, isConstant: true });
  return { lock, from: hasLibrary ? ' of async-mutex' : '' };
}

/** A chain of promises: what is given runs when all before it has ended, whether or not that failed. */
function ownMutex(code: FlaggedCode, draft: Draft, home: Home): string {
  const name = code.fresh('Mutex', 'SerialMutex');
  const { unit, semicolon, isTyped } = code.layout;
  const typed = (text: string): string => (isTyped ? text : '');
  const place = home.kind === 'class' ? home.node : home.statement;
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

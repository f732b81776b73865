import type { Draft } from './draft.js';
import type { FlaggedCode } from './flagged-code.js';
import { declareAbove, type Home } from './homes.js';

/** Declares a class that keeps promises while they are pending, for functions whose type nobody has written; gives its name. */
export function inFlightClass(code: FlaggedCode, draft: Draft, home: Home): string {
  const name = code.fresh('InFlight', 'WorkInFlight');
  const { unit, semicolon } = code.layout;
  declareAbove(code, draft, home.kind === 'class' ? home.node : home.statement, [
    '/** Work that is under way, by key: who asks for the same meanwhile gets the same promise. */',
    `class ${name}<K> {`,
    `${unit}readonly #promises = new Map<K, Promise<unknown>>()${semicolon}`,
    '',
    `${unit}run<T>(key: K, work: () => Promise<T>): Promise<T> {`,
    `${unit}${unit}const known = this.#promises.get(key) as Promise<T> | undefined${semicolon}`,
    `${unit}${unit}if (known) return known${semicolon}`,
    `${unit}${unit}const promise = work().finally(() => this.#promises.delete(key))${semicolon}`,
    `${unit}${unit}this.#promises.set(key, promise)${semicolon}`,
    `${unit}${unit}return promise${semicolon}`,
    `${unit}}`,
    '}',
  ]);
  return name;
}

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { mayChange, named, realPath, refusal } from './node-bounds.js';

/** A function of `fs`, whichever form it has. */
type Call = (...given: unknown[]) => unknown;
/** The text of what would be changed beyond the bounds; undefined if nothing would. */
type Judge = (given: readonly unknown[]) => string | undefined;

const { lstatSync, readdirSync, statSync } = fs;

/** An argument as a path; undefined for what names no file, such as a descriptor, which had to be opened first. */
function pathOf(given: unknown): string | undefined {
  if (typeof given === 'string') return given;
  if (Buffer.isBuffer(given) || given instanceof Uint8Array) return Buffer.from(given).toString();
  return given instanceof URL || (typeof given === 'object' && given !== null && 'href' in given && 'protocol' in given) ? fileURLToPath(String(given)) : undefined;
}

function judged(verb: string, given: unknown, isEntry: boolean): string | undefined {
  const written = pathOf(given);
  if (written === undefined) return undefined;
  const real = realPath(written, isEntry);
  return mayChange(real) ? undefined : `${verb} ${named(real)}`;
}

/** Acts on what the argument of this rank leads to. */
const target = (verb: string, rank = 0): Judge => (given) => judged(verb, given[rank], false);
/** Acts on the name itself, which may be that of a link. */
const entry = (verb: string, ...ranks: number[]): Judge => (given) => ranks.map((rank) => judged(verb, given[rank], true)).find((one) => one !== undefined);

/** What is there already is not made, and what is not there not removed: the call itself says so, or does nothing. */
function making(given: readonly unknown[]): string | undefined {
  const written = pathOf(given[0]);
  return written !== undefined && statSync(written, { throwIfNoEntry: false })?.isDirectory() === true ? undefined : judged('make', written, true);
}

function removing(given: readonly unknown[]): string | undefined {
  const written = pathOf(given[0]);
  return written !== undefined && lstatSync(written, { throwIfNoEntry: false }) === undefined ? undefined : judged('remove', written, true);
}

function opening(given: readonly unknown[]): string | undefined {
  const flags = given[1];
  const { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND } = fs.constants;
  const isWriting = typeof flags === 'number' ? (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND)) !== 0 : typeof flags === 'string' && !/^(?:r|rs|sr)$/.test(flags);
  return isWriting ? judged('write', given[0], false) : undefined;
}

/** A folder that is copied over another one goes through the links that are there. */
function copyingTree(given: readonly unknown[]): string | undefined {
  return judged('write', given[1], false) ?? throughLinks(realPath(pathOf(given[1]) ?? '', false));
}

function throughLinks(folder: string): string | undefined {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  for (const one of readdirSync(folder, { withFileTypes: true })) {
    const inside = path.join(folder, one.name);
    const found = one.isSymbolicLink() ? judged('write', inside, false) : one.isDirectory() ? throughLinks(inside) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

const judges: Readonly<Record<string, Judge>> = {
  appendFile: target('write'), chmod: target('change the rights of'), chown: target('change the owner of'), copyFile: target('write', 1), cp: copyingTree,
  createWriteStream: (given) => opening([given[0], (given[1] as { flags?: unknown } | undefined)?.flags ?? 'w']), lchmod: entry('change the rights of', 0), lchown: entry('change the owner of', 0),
  link: entry('link', 0, 1), lutimes: entry('change the times of', 0), mkdir: making, mkdtemp: (given) => judged('make', `${pathOf(given[0]) ?? ''}x`, true), open: opening,
  rename: entry('rename', 0, 1), rm: removing, rmdir: removing, symlink: entry('make', 1), truncate: target('write'), unlink: removing, utimes: target('change the times of'),
  writeFile: target('write'), WriteStream: (given) => opening([given[0], (given[1] as { flags?: unknown } | undefined)?.flags ?? 'w']),
};

/** Has everything in `fs` that changes files keep to the bounds: what throws, what calls back and what promises. */
export function guardFiles(): void {
  for (const [name, judge] of Object.entries(judges)) {
    replace(fs, name, judge, (error, given) => fail(error, given));
    replace(fs, `${name}Sync`, judge, raise);
    replace(fs.promises, name, judge, (error) => Promise.reject(error));
  }
}

function raise(error: Error): never {
  throw error;
}

/** To the callback, as `fs` does; streams have none. */
function fail(error: Error, given: readonly unknown[]): void {
  const callback = given.findLast((one) => typeof one === 'function') as ((error: Error) => void) | undefined;
  if (!callback) throw error;
  process.nextTick(callback, error);
}

function replace(owner: object, name: string, judge: Judge, refuse: (error: Error, given: readonly unknown[]) => unknown): void {
  const original = (owner as Record<string, Call | undefined>)[name];
  if (typeof original !== 'function') return;
  const guarded = function (this: unknown, ...given: unknown[]): unknown {
    const found = judge(given);
    if (found !== undefined) return refuse(refusal(found), given);
    return new.target ? Reflect.construct(original, given, new.target === guarded ? original : new.target) : original.apply(this, given);
  };
  Object.defineProperties(guarded, Object.getOwnPropertyDescriptors(original));
  Object.defineProperty(owner, name, { value: guarded, configurable: true, enumerable: true, writable: true });
}

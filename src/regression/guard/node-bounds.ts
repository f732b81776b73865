import fs from 'node:fs';
import path from 'node:path';

/** How far a trial run may reach; all paths are absolute and real. Written at the head of the guard's text (node-guard.ts). */
export interface Bounds {
  /** The folder of links in which it runs. */
  readonly overlay: string;
  /** What `os.tmpdir()` says to it. */
  readonly temporary: string;
  /** The project that the links lead to: paths in it are told as they are there. */
  readonly project: string;
  /** Where refusals are written, one a line, since what is run may catch the error. */
  readonly record: string;
  /** Where the numbers of the processes that are started are written, one a line, since they do not end with who has started them. */
  readonly started: string;
  /** The guard's own file. */
  readonly guard: string;
}

declare const RACEPROOF_BOUNDS: Bounds;
export const bounds: Bounds = RACEPROOF_BOUNDS;

// As they are before anything is replaced.
const { appendFileSync, lstatSync, readlinkSync } = fs;

/** Tells the run, and what has started it, that something was not let through. */
export function refusal(what: string): Error {
  appendFileSync(bounds.record, `${what}\n`);
  return unrecorded(what);
}

/** A process has been started. */
export function started(pid: number): void {
  appendFileSync(bounds.started, `${pid}\n`);
}

/** Tells the run alone: it may do well without. */
export function unrecorded(what: string): Error {
  return Object.assign(new Error(`this would ${what}, which the trial run of a test may not`), { code: 'ERR_RACEPROOF_REFUSED' });
}

const longestChain = 40;

/**
 * Where the system would go for a path, link by link, also where nothing is yet. `isEntry`: the last name is meant itself, not what it links to.
 * `a/link/../b` is a sibling of what the link leads to, which `path.resolve` does not know.
 */
export function realPath(given: string, isEntry: boolean): string {
  const absolute = path.isAbsolute(given) ? given : `${process.cwd()}${path.sep}${given}`;
  let { root: here } = path.parse(absolute);
  const names = namesIn(absolute.slice(here.length));
  for (let links = 0; names.length > 0;) {
    const name = names.shift()!;
    const next = name === '..' ? path.dirname(here) : path.join(here, name);
    if (name === '..' || (isEntry && names.length === 0) || lstatSync(next, { throwIfNoEntry: false })?.isSymbolicLink() !== true) here = next;
    else {
      if (++links > longestChain) return next;
      const target = readlinkSync(next);
      if (path.isAbsolute(target)) here = path.parse(target).root;
      names.unshift(...namesIn(target.slice(path.parse(target).root.length)));
    }
  }
  return here;
}

function namesIn(relative: string): string[] {
  return relative.split(path.sep === '\\' ? /[\\/]/ : '/').filter((name) => name !== '' && name !== '.');
}

/** What frameworks keep beside packages. */
const cacheOfFramework = /[\\/]node_modules[\\/]\.(?:vite|vitest|vite-temp|cache)(?:[\\/]|$)/;

const devices = new Set(['/dev/null', '/dev/stdout', '/dev/stderr', '/dev/tty', '\\\\.\\nul']);

/** A real path that a run may change. */
export function mayChange(real: string): boolean {
  return isWithin(real, bounds.overlay) || isWithin(real, bounds.temporary) || cacheOfFramework.test(real) || devices.has(real.toLowerCase());
}

function isWithin(real: string, folder: string): boolean {
  return real === folder || real.startsWith(`${folder}${path.sep}`);
}

/** A real path as a person knows it. */
export function named(real: string): string {
  return isWithin(real, bounds.project) ? path.relative(bounds.project, real).replaceAll('\\', '/') : real;
}

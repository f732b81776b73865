import { requireInteger } from '../buffer/ranges.js';
import { invalidArgument, nodeError, requireFunction } from '../events/errors.js';
import { requirePath, type Options } from './arguments.js';
import { systemError } from './errors.js';
import type { Operations, Steps } from './operations/index.js';
import type { createStats } from './stats.js';

type Stats = InstanceType<ReturnType<typeof createStats>['Stats']>;
type ByPath = Operations['byPath'];

interface CopyOptions {
  readonly dereference: boolean;
  readonly errorOnExist: boolean;
  readonly force: boolean;
  readonly preserveTimestamps: boolean;
  readonly recursive: boolean;
  readonly verbatimSymlinks: boolean;
  readonly mode: number;
}

const defaults = { dereference: false, errorOnExist: false, force: true, preserveTimestamps: false, recursive: false, verbatimSymlinks: false } as const;

/** What Node says of each way in which a copy is refused. */
const refusals = {
  ERR_FS_CP_EINVAL: 'Invalid src or dest', ERR_FS_CP_DIR_TO_NON_DIR: 'Cannot overwrite non-directory with directory', ERR_FS_CP_NON_DIR_TO_DIR: 'Cannot overwrite directory with non-directory',
  ERR_FS_CP_EEXIST: 'Target already exists', ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY: 'Cannot overwrite symlink in subdirectory of self', ERR_FS_EISDIR: 'Path is a directory',
} as const;

function refusal(code: keyof typeof refusals, errno: string, text: string, path: string): Error {
  return systemError(code, refusals[code], { syscall: 'cp', path, errno, text });
}

/**
 * `fs.cp`: of calls of `fs` itself, one after the other, so that others may come between any two. Source: lib/internal/fs/cp of Node 20.
 * `isAtOnce`: as `cpSync` has it, which differs in what a link is compared with and in one error's number.
 */
export const copying = (byPath: ByPath, isAtOnce: boolean) => (src: unknown, dest: unknown, options?: unknown): Steps<undefined> => {
  const given = copyOptions(options);
  return new Copy(byPath, given, isAtOnce).run(requirePath(src, 'src'), requirePath(dest, 'dest'));
};

class Copy {
  readonly #byPath: ByPath;
  readonly #options: CopyOptions;
  readonly #isAtOnce: boolean;
  #isBegun = false;

  constructor(byPath: ByPath, options: CopyOptions, isAtOnce: boolean) {
    this.#byPath = byPath;
    this.#options = options;
    this.#isAtOnce = isAtOnce;
  }

  *run(src: string, dest: string): Steps<undefined> {
    const [source, target] = yield* this.#check(src, dest);
    yield* this.#checkParents(src, source, dest);
    const parent = parentOf(dest);
    if ((yield* this.#statIfThere('stat', parent)) === undefined) yield* this.#call('mkdir', parent, { recursive: true });
    yield* this.#copy(target, src, dest);
    return undefined;
  }

  /** The first call is the event that has begun already; each other one is an event of its own. */
  *#call<T = unknown>(name: keyof ByPath, ...args: readonly unknown[]): Steps<T> {
    if (this.#isBegun) yield `${name} ${String(args[0])}`;
    this.#isBegun = true;
    return (yield* Reflect.apply(this.#byPath[name], undefined, args) as Steps) as T;
  }

  *#statIfThere(name: 'stat' | 'lstat', path: string): Steps<Stats | undefined> {
    try {
      return yield* this.#call<Stats>(name, path);
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ENOENT') throw error;
      return undefined;
    }
  }

  get #stat(): 'stat' | 'lstat' {
    return this.#options.dereference ? 'stat' : 'lstat';
  }

  *#check(src: string, dest: string): Steps<readonly [Stats, Stats | undefined]> {
    const source = yield* this.#call<Stats>(this.#stat, src);
    const target = yield* this.#statIfThere(this.#stat, dest);
    if (target !== undefined) {
      if (target.ino === source.ino) throw refusal('ERR_FS_CP_EINVAL', 'EINVAL', 'src and dest cannot be the same', dest);
      if (source.isDirectory() && !target.isDirectory()) throw refusal('ERR_FS_CP_DIR_TO_NON_DIR', 'EISDIR', `cannot overwrite non-directory ${dest} with directory ${src}`, dest);
      if (!source.isDirectory() && target.isDirectory()) throw refusal('ERR_FS_CP_NON_DIR_TO_DIR', 'ENOTDIR', `cannot overwrite directory ${dest} with non-directory ${src}`, dest);
    }
    if (source.isDirectory() && isWithin(src, dest)) throw refusal('ERR_FS_CP_EINVAL', 'EINVAL', `cannot copy ${src} to a subdirectory of self ${dest}`, dest);
    return [source, target];
  }

  /** Through a link, too, nothing is copied into itself. */
  *#checkParents(src: string, source: Stats, dest: string): Steps<undefined> {
    const parent = resolve(parentOf(dest));
    if (parent === resolve(parentOf(src)) || parent === '/') return undefined;
    const status = yield* this.#statIfThere('stat', parent);
    if (status === undefined) return undefined;
    if (status.ino === source.ino) throw refusal('ERR_FS_CP_EINVAL', 'EINVAL', `cannot copy ${src} to a subdirectory of self ${dest}`, dest);
    return yield* this.#checkParents(src, source, parent);
  }

  *#copy(target: Stats | undefined, src: string, dest: string): Steps<undefined> {
    const source = yield* this.#call<Stats>(this.#stat, src);
    if (source.isSymbolicLink()) return yield* this.#copyLink(target, src, dest);
    if (!source.isDirectory()) return yield* this.#copyFile(source, target, src, dest);
    if (this.#options.recursive) return yield* this.#copyDirectory(source, target, src, dest);
    const error = refusal('ERR_FS_EISDIR', 'EISDIR', `${src} is a directory (not copied)`, src);
    throw this.#isAtOnce ? Object.assign(error, { errno: 22 }) : error; // EINVAL: so it stands in Node
  }

  *#copyFile(source: Stats, target: Stats | undefined, src: string, dest: string): Steps<undefined> {
    const { force, errorOnExist, preserveTimestamps, mode } = this.#options;
    if (target !== undefined && !force) {
      if (errorOnExist) throw refusal('ERR_FS_CP_EEXIST', 'EEXIST', `${dest} already exists`, dest);
      return undefined;
    }
    if (target !== undefined) yield* this.#call('unlink', dest);
    yield* this.#call('copyFile', src, dest, mode);
    if (preserveTimestamps) {
      if ((source.mode & 0o200) === 0) yield* this.#call('chmod', dest, source.mode | 0o200);
      const { atime, mtime } = yield* this.#call<Stats>('stat', src);
      yield* this.#call('utimes', dest, atime, mtime);
    }
    yield* this.#call('chmod', dest, source.mode);
    return undefined;
  }

  *#copyDirectory(source: Stats, target: Stats | undefined, src: string, dest: string): Steps<undefined> {
    if (target === undefined) yield* this.#call('mkdir', dest);
    for (const name of yield* this.#call<readonly string[]>('readdir', src)) {
      const [from, to] = [join(src, name), join(dest, name)];
      const [, inner] = yield* this.#check(from, to);
      yield* this.#copy(inner, from, to);
    }
    if (target === undefined) yield* this.#call('chmod', dest, source.mode);
    return undefined;
  }

  *#copyLink(target: Stats | undefined, src: string, dest: string): Steps<undefined> {
    const text = yield* this.#call<string>('readlink', src);
    const goal = this.#options.verbatimSymlinks || text.startsWith('/') ? text : resolve(join(parentOf(src), text));
    if (target !== undefined) {
      const present = yield* this.#presentGoal(dest);
      if (present !== undefined) {
        if (isWithin(goal, present)) throw refusal('ERR_FS_CP_EINVAL', 'EINVAL', `cannot copy ${goal} to a subdirectory of self ${present}`, dest);
        const status = yield* this.#call<Stats>('stat', this.#isAtOnce ? dest : src);
        if (status.isDirectory() && isWithin(present, goal)) throw refusal('ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY', 'EINVAL', `cannot overwrite ${present} with ${goal}`, dest);
        yield* this.#call('unlink', dest);
      }
    }
    yield* this.#call('symlink', goal, dest);
    return undefined;
  }

  /** Where a link that is there leads to; undefined if it is none, and then making one over it fails. */
  *#presentGoal(dest: string): Steps<string | undefined> {
    try {
      const text = yield* this.#call<string>('readlink', dest);
      return text.startsWith('/') ? text : resolve(join(parentOf(dest), text));
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'EINVAL') throw error;
      return undefined;
    }
  }
}

function copyOptions(given: unknown): CopyOptions {
  if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given))) throw invalidArgument('options', 'of type object', given);
  const options: Options = { ...defaults, ...(given as Options | undefined) };
  for (const name of Object.keys(defaults)) if (typeof options[name] !== 'boolean') throw invalidArgument(`options.${name}`, 'of type boolean', options[name]);
  const mode = options['mode'] === undefined || options['mode'] === null ? 0 : requireInteger(options['mode'], 'mode', 0, 7);
  if (options['dereference'] === true && options['verbatimSymlinks'] === true) throw nodeError(TypeError, 'ERR_INCOMPATIBLE_OPTION_PAIR', 'Option "dereference" cannot be used in combination with option "verbatimSymlinks"');
  if (options['filter'] !== undefined) {
    requireFunction('options.filter', options['filter']);
    throw new Error('the option "filter" of fs.cp is not simulated');
  }
  return { ...(options as unknown as CopyOptions), mode };
}

/** Only the names are compared. */
function isWithin(outer: string, inner: string): boolean {
  const [above, below] = [outer, inner].map((path) => resolve(path).split('/').filter(Boolean));
  return above!.every((name, at) => below![at] === name);
}

function parentOf(path: string): string {
  const trimmed = path.replace(/(?<=.)\/+$/, '');
  const at = trimmed.lastIndexOf('/');
  return at < 0 ? '.' : trimmed.slice(0, at).replace(/(?<=.)\/+$/, '') || '/';
}

function join(folder: string, name: string): string {
  const joined = resolve(`${folder}/${name}`);
  return folder.startsWith('/') ? joined : joined.slice(1) || '.';
}

/** The simulated process is at the root, and stays there. */
function resolve(path: string): string {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}

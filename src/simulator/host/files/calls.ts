import type { Touches } from '../../agents/shared-objects.js';
import { constants } from './constants.js';
import type { FileNews } from './watches.js';
import { contentOf, entryAt, linksOf, namesOf, type Description, type Inode, type Tree, type Walked } from './tree.js';

/** What a call to the kernel is given. */
export interface Given {
  readonly path: string;
  readonly dest: string;
  /** Identity of an open file; of what is to be made. */
  readonly handle: string;
  readonly flags: number;
  readonly mode: number;
  readonly bytes: string;
  readonly length: number;
  /** Null: at the position of the open file, which moves on. */
  readonly position: number | null;
  /** Of the caller's clock: milliseconds since 1970. */
  readonly now: number;
  /** The open file is closed with this call. */
  readonly closes?: boolean;
  readonly follows?: boolean;
  /** Times to be set, in milliseconds since 1970. */
  readonly accessed?: number;
  readonly modified?: number;
  /** Of a watch: it keeps its process alive. */
  readonly persists?: boolean;
}

/** What a call would touch now, and what it does. Plain data comes back; `fails` gives the code of POSIX. */
export interface Plan {
  readonly touches: Touches;
  /** What watchers are told, if it does not fail. */
  readonly news?: readonly FileNews[];
  run(): unknown;
}

export interface Failure {
  readonly code: string;
}

/** What `stat` gives. */
export interface Status {
  readonly kind: Inode['kind'];
  readonly mode: number;
  readonly links: number;
  readonly size: number;
  readonly born: number;
  readonly modified: number;
  readonly changed: number;
  readonly accessed: number;
  readonly inode: string;
}

const { O_CREAT, O_EXCL, O_TRUNC, O_APPEND, O_DIRECTORY, O_NOFOLLOW } = constants;
/** Bytes that one file may have. */
const mostBytes = 2 ** 28;

type Call = (tree: Tree, given: Given) => Plan;

function fails(code: string, reads: readonly string[], writes: readonly string[] = []): Plan {
  return { touches: { reads, writes }, run: (): Failure => ({ code }) };
}

const readsFlags = (flags: number): boolean => (flags & 3) !== 1;
const writesFlags = (flags: number): boolean => (flags & 3) !== 0;
const stateOf = (handle: string): string => `state of ${handle}`;
const positionOf = (handle: string): string => `position of ${handle}`;

function open(tree: Tree, { path, flags, mode, handle, now }: Given): Plan {
  const isExclusive = (flags & O_CREAT) !== 0 && (flags & O_EXCL) !== 0;
  const isSlashed = (flags & O_CREAT) !== 0 && /.\/$/.test(path);
  const { reads, code, place, inode } = tree.walk(isSlashed ? path.replace(/\/+$/, '') : path, !isExclusive && (flags & O_NOFOLLOW) === 0);
  if (code !== undefined) return fails(code, reads);
  if (isSlashed) return fails('EISDIR', reads);
  const description: Description = { inode: inode ?? handle, position: 0, flags, ...(place && { place }) };
  if (inode === undefined) {
    if ((flags & O_CREAT) === 0) return fails('ENOENT', reads);
    return { touches: { reads: [...reads, namesOf(place!.directory)], writes: [entryAt(place!.directory, place!.name), stateOf(handle)] }, news: [{ inode: place!.directory, cause: 'create', name: place!.name }], run: () => {
      make(tree, handle, { kind: 'file', mode: mode & ~0o022 }, now);
      tree.enter(place!.directory, place!.name, handle, now);
      tree.describe(handle, description);
      return null;
    } };
  }
  if (isExclusive) return fails('EEXIST', reads);
  const { kind } = tree.inode(inode);
  if (kind === 'link') return fails('ELOOP', reads);
  if (kind === 'directory' && (writesFlags(flags) || (flags & O_CREAT) !== 0)) return fails('EISDIR', reads);
  if (kind !== 'directory' && (flags & O_DIRECTORY) !== 0) return fails('ENOTDIR', reads);
  const empties = (flags & O_TRUNC) !== 0 && writesFlags(flags);
  return { touches: { reads, writes: [stateOf(handle), ...(empties ? [contentOf(inode)] : [])] }, news: empties ? modified(description) : [], run: () => {
    if (empties) tree.change(inode, { content: '', ...modifiedAt(tree, inode, now) });
    tree.describe(handle, description);
    return null;
  } };
}

function make(tree: Tree, key: string, { kind, mode, content = '' }: Pick<Inode, 'kind' | 'mode'> & { content?: string }, now: number): void {
  tree.change(key, { kind, mode, content, entries: new Map(), links: kind === 'directory' ? 2 : 1, born: now, modified: now, changed: now });
}

/** Times that calls of different locations set only grow, for then their order does not matter. */
function modifiedAt(tree: Tree, inode: string, now: number): Pick<Inode, 'modified' | 'changed'> {
  return { modified: now, changed: Math.max(tree.inode(inode).changed, now) };
}

/** Of calls to open files: closes them too, if asked to. */
function withOpen(given: Given, tree: Tree, plan: (description: Description, state: string) => Plan): Plan {
  const { handle, closes } = given;
  const state = stateOf(handle);
  const description = tree.description(handle);
  if (description === undefined) return fails('EBADF', [state]);
  const { touches, run, news = [] } = plan(description, state);
  if (closes !== true) return { touches: { ...touches, reads: [state, ...(touches.reads ?? [])] }, news, run };
  return { touches: { ...touches, writes: [state, ...(touches.writes ?? [])] }, news: [...news, ...goneWith(tree, description, handle)], run: () => {
    const result = run();
    tree.describe(handle, undefined);
    return result;
  } };
}

const close: Call = (tree, given) => withOpen({ ...given, closes: true }, tree, () => ({ touches: {}, run: () => null }));

/** Up to `length` bytes. */
const read: Call = (tree, given) => withOpen(given, tree, (description) => {
  const { handle, position, length } = given;
  if (!readsFlags(description.flags)) return fails('EBADF', []);
  const { inode } = description;
  if (tree.inode(inode).kind === 'directory') return fails('EISDIR', []);
  return { touches: { reads: [contentOf(inode)], writes: position === null ? [positionOf(handle)] : [] }, run: () => {
    const from = position ?? description.position;
    const bytes = tree.inode(inode).content.slice(from, from + length);
    if (position === null) tree.describe(handle, { ...description, position: from + bytes.length });
    return { bytes };
  } };
});

const write: Call = (tree, given) => withOpen(given, tree, (description) => {
  const { handle, position, bytes, now } = given;
  const { inode, flags } = description;
  if (!writesFlags(flags)) return fails('EBADF', []);
  return { touches: { writes: [contentOf(inode), ...(position === null ? [positionOf(handle)] : [])] }, news: bytes === '' ? [] : modified(description), run: () => {
    const { content } = tree.inode(inode);
    // Linux appends even where a position is given.
    const from = (flags & O_APPEND) !== 0 ? content.length : (position ?? description.position);
    if (from + bytes.length > mostBytes) return { code: 'EFBIG' };
    if (bytes !== '') tree.change(inode, { content: content.slice(0, from).padEnd(from, '\0') + bytes + content.slice(from + bytes.length), ...modifiedAt(tree, inode, now) });
    if (position === null) tree.describe(handle, { ...description, position: from + bytes.length });
    return { count: bytes.length };
  } };
});

const truncate: Call = (tree, given) => withOpen(given, tree, (description) => {
  const { inode, flags } = description;
  const { length, now } = given;
  if (!writesFlags(flags)) return fails('EINVAL', []);
  if (length > mostBytes) return fails('EFBIG', []);
  return { touches: { writes: [contentOf(inode)] }, news: modified(description), run: () => {
    tree.change(inode, { content: tree.inode(inode).content.slice(0, length).padEnd(length, '\0'), ...modifiedAt(tree, inode, now) });
    return null;
  } };
});

/** Without following a link in the last place unless asked to. */
const stat: Call = (tree, { path, follows }) => {
  const { reads, code, inode } = tree.walk(path, follows === true);
  return code === undefined && inode !== undefined ? status(tree, inode, reads) : fails(code ?? 'ENOENT', reads);
};

const fstat: Call = (tree, given) => withOpen(given, tree, ({ inode }) => status(tree, inode, []));

function status(tree: Tree, inode: string, reads: readonly string[]): Plan {
  const { kind } = tree.inode(inode);
  const touches = kind === 'directory' ? { reads: [...reads, linksOf(inode)], writes: [namesOf(inode)] } : { reads: [...reads, linksOf(inode), contentOf(inode)] };
  return { touches, run: (): Status => {
    const { mode, links, content, born, modified, changed, accessed = born } = tree.inode(inode);
    return { kind, mode, links, size: kind === 'directory' ? 4096 : content.length, born, modified, changed, accessed, inode };
  } };
}

/** The program runs as root: only to execute a file that nobody may execute is denied. */
const access: Call = (tree, { path, mode }) => {
  const { reads, code, inode } = tree.walk(path, true);
  if (code !== undefined || inode === undefined) return fails(code ?? 'ENOENT', reads);
  const { kind, mode: bits } = tree.inode(inode);
  const touched = [...reads, linksOf(inode)];
  return (mode & constants.X_OK) !== 0 && kind === 'file' && (bits & 0o111) === 0 ? fails('EACCES', touched) : { touches: { reads: touched }, run: () => null };
};

const mkdir: Call = (tree, { path, mode, handle, now }) => {
  const { reads, code, place, inode } = tree.walk(path, false);
  if (code !== undefined) return fails(code === 'ENOTDIR' && isFileWithSlash(tree, path) ? 'EEXIST' : code, reads);
  if (inode !== undefined || place === undefined) return fails('EEXIST', reads);
  return { touches: { reads: [...reads, namesOf(place.directory)], writes: [entryAt(place.directory, place.name)] }, news: [{ inode: place.directory, cause: 'create', name: place.name }], run: () => {
    make(tree, handle, { kind: 'directory', mode: mode & ~0o022 }, now);
    tree.enter(place.directory, place.name, handle, now);
    countLinks(tree, place.directory, 1, now);
    return null;
  } };
};

function isFileWithSlash(tree: Tree, path: string): boolean {
  return path.endsWith('/') && tree.walk(path.replace(/\/+$/, ''), false).inode !== undefined;
}

/** Counts commute: who adds to a directory only reads its names. */
function countLinks(tree: Tree, inode: string, by: number, now: number): void {
  const { links, changed } = tree.inode(inode);
  tree.change(inode, { links: links + by, changed: Math.max(changed, now) });
}

/** Who watches the directory is told before who watches the file. */
function modified({ inode, place }: Description): FileNews[] {
  return [...(place ? [{ inode: place.directory, cause: 'modify', name: place.name } as const] : []), { inode, cause: 'modify' }];
}

/** An inode loses a name; with the last one it is gone, unless it is open. */
function unnamed(tree: Tree, inode: string): FileNews[] {
  const { kind, links } = tree.inode(inode);
  return [...(kind === 'directory' ? [] : [{ inode, cause: 'attrib' } as const]), ...(kind === 'directory' || (links === 1 && !tree.isOpen(inode)) ? gone(inode) : [])];
}

function gone(inode: string): FileNews[] {
  return [{ inode, cause: 'gone' }, { inode, cause: 'ignored' }];
}

/** The last who had it open closes what has no name any more. */
function goneWith(tree: Tree, { inode }: Description, handle: string): FileNews[] {
  return tree.inode(inode).links === 0 && !tree.isOpen(inode, handle) ? gone(inode) : [];
}

/** What is moved is told of it after what it replaces, and before that is gone. */
function overwritten(tree: Tree, moved: string, replaced: string | undefined): FileNews[] {
  const [first, ...rest] = replaced === undefined ? [] : unnamed(tree, replaced);
  const isAttrib = first?.cause === 'attrib';
  return [...(isAttrib ? [first] : []), { inode: moved, cause: 'moved' }, ...(first === undefined || isAttrib ? rest : [first, ...rest])];
}

/** Removing a name: what both kinds of it do. */
function remove(tree: Tree, { reads, place, inode }: Walked, now: number, also: readonly string[] = []): Plan {
  const { directory, name } = place!;
  const isDirectory = tree.inode(inode!).kind === 'directory';
  return { touches: { reads: [...reads, namesOf(directory)], writes: [entryAt(directory, name), linksOf(inode!), ...also] }, news: [...unnamed(tree, inode!), { inode: directory, cause: 'delete', name }], run: () => {
    tree.enter(directory, name, undefined, now);
    countLinks(tree, inode!, isDirectory ? -2 : -1, now);
    if (isDirectory) countLinks(tree, directory, -1, now);
    return null;
  } };
}

const unlink: Call = (tree, { path, now }) => {
  const walked = tree.walk(path, false);
  const { reads, code, inode, place } = walked;
  if (code !== undefined || inode === undefined) return fails(code ?? 'ENOENT', reads);
  return tree.inode(inode).kind === 'directory' || place === undefined ? fails('EISDIR', reads) : remove(tree, walked, now);
};

const rmdir: Call = (tree, { path, now }) => {
  const walked = tree.walk(path, false);
  const { reads, code, inode, place } = walked;
  if (code !== undefined || inode === undefined) return fails(code ?? 'ENOENT', reads);
  const { kind, entries } = tree.inode(inode);
  if (kind !== 'directory') return fails('ENOTDIR', reads);
  if (/(^|\/)\.\/*$/.test(path)) return fails('EINVAL', reads);
  if (place === undefined) return fails(/(^|\/)\.\.\/*$/.test(path) ? 'ENOTEMPTY' : 'EBUSY', reads, [namesOf(inode)]);
  return entries.size > 0 ? fails('ENOTEMPTY', reads, [namesOf(inode)]) : remove(tree, walked, now, [namesOf(inode)]);
};

/** Atomic: nobody finds neither of the two, and whoever has the old file open keeps it. */
const rename: Call = (tree, { path, dest, now }) => {
  const from = tree.walk(path, false);
  const to = tree.walk(dest, false);
  const reads = [...from.reads, ...to.reads];
  const code = from.code ?? (from.inode === undefined ? 'ENOENT' : to.code);
  if (code !== undefined) return fails(code, reads);
  if (from.place === undefined || to.place === undefined) return fails('EBUSY', reads);
  const moved = from.inode!;
  const isDirectory = tree.inode(moved).kind === 'directory';
  if (!isDirectory && to.hasSlash) return fails('ENOTDIR', reads);
  if (isDirectory && `${to.path}/`.startsWith(`${from.path}/`) && to.path !== from.path) return fails('EINVAL', reads);
  const replaced = to.inode;
  if (replaced === moved) return { touches: { reads }, run: () => null };
  const news: FileNews[] = [{ inode: from.place.directory, cause: 'from', name: from.place.name }, { inode: to.place.directory, cause: 'to', name: to.place.name }];
  const replacedNode = replaced === undefined ? undefined : tree.inode(replaced);
  if (replacedNode !== undefined && isDirectory !== (replacedNode.kind === 'directory')) {
    return fails(isDirectory ? 'ENOTDIR' : `${from.path}/`.startsWith(`${to.path}/`) ? 'ENOTEMPTY' : 'EISDIR', reads);
  }
  const seen = isDirectory && replaced !== undefined ? [namesOf(replaced)] : [];
  if (replacedNode !== undefined && replacedNode.entries.size > 0) return fails('ENOTEMPTY', reads, seen);
  const { place: source } = from;
  const { place: target } = to;
  return { touches: { reads: [...reads, namesOf(source.directory), namesOf(target.directory)], writes: [entryAt(source.directory, source.name), entryAt(target.directory, target.name), linksOf(moved), ...(replaced === undefined ? [] : [linksOf(replaced)]), ...seen] }, news: [...news, ...overwritten(tree, moved, replaced)], run: () => {
    tree.moveOpen(moved, source, target);
    tree.enter(source.directory, source.name, undefined, now);
    tree.enter(target.directory, target.name, moved, now);
    countLinks(tree, moved, 0, now);
    if (replaced !== undefined) countLinks(tree, replaced, isDirectory ? -2 : -1, now);
    if (isDirectory) {
      countLinks(tree, source.directory, -1, now);
      if (replaced === undefined) countLinks(tree, target.directory, 1, now);
    }
    return null;
  } };
};

const link: Call = (tree, { path, dest, now }) => {
  const from = tree.walk(path, false);
  const to = tree.walk(dest, false);
  const reads = [...from.reads, ...to.reads];
  const code = from.code ?? (from.inode === undefined ? 'ENOENT' : to.code);
  if (code !== undefined) return fails(code, reads);
  if (to.inode !== undefined) return fails('EEXIST', reads);
  if (tree.inode(from.inode!).kind === 'directory') return fails('EPERM', reads);
  if (to.hasSlash) return fails('ENOENT', reads);
  const { directory, name } = to.place!;
  return { touches: { reads: [...reads, namesOf(directory)], writes: [entryAt(directory, name), linksOf(from.inode!)] }, news: [{ inode: from.inode!, cause: 'attrib' }, { inode: directory, cause: 'create', name }], run: () => {
    tree.enter(directory, name, from.inode, now);
    countLinks(tree, from.inode!, 1, now);
    return null;
  } };
};

/** `path` is the target, whatever it says; `dest` is where the link is made. */
const symlink: Call = (tree, { path, dest, handle, now }) => {
  const { reads, code, inode, place, hasSlash } = tree.walk(dest, false);
  if (code !== undefined) return fails(code, reads);
  if (inode !== undefined || place === undefined) return fails('EEXIST', reads);
  if (path === '' || hasSlash) return fails('ENOENT', reads);
  return { touches: { reads: [...reads, namesOf(place.directory)], writes: [entryAt(place.directory, place.name)] }, news: [{ inode: place.directory, cause: 'create', name: place.name }], run: () => {
    make(tree, handle, { kind: 'link', mode: 0o777, content: path }, now);
    tree.enter(place.directory, place.name, handle, now);
    return null;
  } };
};

const readlink: Call = (tree, { path }) => {
  const { reads, code, inode } = tree.walk(path, false);
  if (code !== undefined || inode === undefined) return fails(code ?? 'ENOENT', reads);
  const { kind, content } = tree.inode(inode);
  return kind === 'link' ? { touches: { reads }, run: () => ({ bytes: content }) } : fails('EINVAL', reads);
};

const realpath: Call = (tree, { path }) => {
  const { reads, code, inode, path: real } = tree.walk(path, true);
  return code === undefined && inode !== undefined ? { touches: { reads }, run: () => ({ path: real }) } : fails(code ?? 'ENOENT', reads);
};

/** What is to be watched: the watch itself is no matter of the tree. */
export function watched(tree: Tree, path: string): { readonly reads: readonly string[]; readonly code?: string; readonly inode?: string } {
  const { reads, code, inode } = tree.walk(path, true);
  return code !== undefined || inode === undefined ? { reads, code: code ?? 'ENOENT' } : { reads, inode };
}

/** Names in order, each with its kind: in Node the order is the file system's. */
const readdir: Call = (tree, { path }) => {
  const { reads, code, inode } = tree.walk(path, true);
  if (code !== undefined || inode === undefined) return fails(code ?? 'ENOENT', reads);
  const { kind, entries } = tree.inode(inode);
  if (kind !== 'directory') return fails('ENOTDIR', reads);
  const list = [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, key]) => ({ name, kind: tree.inode(key).kind }));
  return { touches: { reads, writes: [namesOf(inode)] }, run: () => ({ list }) };
};

type Attributes = (given: Given) => { readonly change: Partial<Inode>; readonly ofContent: boolean };

const permissions: Attributes = ({ mode }) => ({ change: { mode: mode & 0o7777 }, ofContent: false });
const times: Attributes = ({ accessed, modified: since }) => ({ change: { accessed: accessed!, modified: since! }, ofContent: true });

/** What is said of an inode, without its content. */
function described(tree: Tree, { inode, place }: Pick<Description, 'inode' | 'place'>, reads: readonly string[], attributes: Attributes, given: Given): Plan {
  const cause = tree.inode(inode).kind === 'directory' ? 'attrib of directory' : 'attrib';
  const { change, ofContent } = attributes(given);
  return { touches: { reads, writes: [linksOf(inode), ...(ofContent ? [contentOf(inode)] : [])] }, news: [...(place ? [{ inode: place.directory, cause, name: place.name } as const] : []), { inode, cause }], run: () => {
    tree.change(inode, { ...change, changed: Math.max(tree.inode(inode).changed, given.now) });
    return null;
  } };
}

const byPath = (attributes: Attributes): Call => (tree, given) => {
  const { reads, code, inode, place } = tree.walk(given.path, given.follows !== false);
  return code !== undefined || inode === undefined ? fails(code ?? 'ENOENT', reads) : described(tree, { inode, ...(place && { place }) }, reads, attributes, given);
};
const byHandle = (attributes: Attributes): Call => (tree, given) => withOpen(given, tree, (description) => described(tree, description, [], attributes, given));

export const calls: Readonly<Record<string, Call>> = { open, close, read, write, truncate, stat, fstat, access, mkdir, unlink, rmdir, rename, link, symlink, readlink, realpath, readdir, chmod: byPath(permissions), fchmod: byHandle(permissions), utime: byPath(times), futime: byHandle(times) };
export type CallName = 'open' | 'close' | 'read' | 'write' | 'truncate' | 'stat' | 'fstat' | 'access' | 'mkdir' | 'unlink' | 'rmdir' | 'rename' | 'link' | 'symlink' | 'readlink' | 'realpath' | 'readdir' | 'chmod' | 'fchmod' | 'utime' | 'futime' | 'watch' | 'unwatch';

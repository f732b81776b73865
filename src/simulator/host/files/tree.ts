import type { SharedWorld } from '../../agents/shared-objects.js';

/** A file, directory or symbolic link. It is never changed, only replaced, so that an undo is the one before. */
export interface Inode {
  readonly kind: 'file' | 'directory' | 'link';
  /** Bytes as characters up to U+00FF; of a link, its target. */
  readonly content: string;
  /** Of a directory: keys of inodes by name. */
  readonly entries: ReadonlyMap<string, string>;
  /** Permission bits. */
  readonly mode: number;
  readonly links: number;
  /** Milliseconds since 1970. */
  readonly born: number;
  readonly modified: number;
  readonly changed: number;
  /** When it was last read, as far as somebody has said so; absent: when it was born. */
  readonly accessed?: number;
}

/** An open file (POSIX: open file description). */
export interface Description {
  readonly inode: string;
  readonly position: number;
  readonly flags: number;
  /** The entry by which it was opened, wherever that is now: who watches the directory is told of what is written. Absent: none. */
  readonly place?: { readonly directory: string; readonly name: string };
}

/** Where a path leads. `code`: it leads nowhere, for this reason. */
export interface Walked {
  /** Locations of the directory entries that decided it. */
  readonly reads: readonly string[];
  readonly code?: string;
  /** The directory that holds the last name; absent for the root and for paths that end in `..`. */
  readonly place?: { readonly directory: string; readonly name: string };
  /** What is there; absent: nothing is, but it could be made. */
  readonly inode?: string;
  /** The path without links, for messages. */
  readonly path: string;
  readonly hasSlash: boolean;
}

export const rootKey = 'root';
const mostLinks = 40;

/** The location of one name in a directory: whether it is there, and what it is. */
export function entryAt(directory: string, name: string): string {
  return `entry ${name} of ${directory}`;
}

/** The location of all names of a directory. Who lists them writes it, and who adds or removes one reads it: so two who add do not depend on each other. */
export function namesOf(directory: string): string {
  return `names of ${directory}`;
}

export function contentOf(inode: string): string {
  return `content of ${inode}`;
}

/** How many names an inode has, and its permissions. */
export function linksOf(inode: string): string {
  return `links of ${inode}`;
}

/** The state of all files, with undo. */
export class Tree {
  readonly #world: SharedWorld;
  readonly #inodes = new Map<string, Inode>();
  readonly #descriptions = new Map<string, Description>();

  constructor(world: SharedWorld, born: number) {
    this.#world = world;
    const directory = { kind: 'directory', content: '', mode: 0o755, links: 2, born, modified: born, changed: born } as const;
    this.#inodes.set(rootKey, { ...directory, links: 3, entries: new Map([['tmp', 'tmp']]) });
    this.#inodes.set('tmp', { ...directory, mode: 0o1777, entries: new Map() });
  }

  inode(key: string): Inode {
    return this.#inodes.get(key)!;
  }

  description(handle: string): Description | undefined {
    return this.#descriptions.get(handle);
  }

  /** Somebody has it open, though it may have no name any more. */
  isOpen(inode: string, but?: string): boolean {
    return [...this.#descriptions].some(([handle, description]) => handle !== but && description.inode === inode);
  }

  /** An entry has another place now, and so have the files that were opened by it. */
  moveOpen(inode: string, from: Required<Description>['place'], to: Required<Description>['place']): void {
    for (const [handle, description] of this.#descriptions) {
      const { place } = description;
      if (description.inode === inode && place?.directory === from.directory && place.name === from.name) this.describe(handle, { ...description, place: to });
    }
  }

  change(key: string, change: Partial<Inode>): void {
    this.#replace(this.#inodes, key, { ...this.#inodes.get(key), ...change } as Inode);
  }

  describe(handle: string, description: Description | undefined): void {
    this.#replace(this.#descriptions, handle, description);
  }

  /** Names `inode` in a directory, or takes the name away. Times only grow, so it does not matter which of two entries came first. */
  enter(directory: string, name: string, inode: string | undefined, now: number): void {
    const { entries, modified, changed } = this.inode(directory);
    const changedEntries = new Map(entries);
    if (inode === undefined) changedEntries.delete(name);
    else changedEntries.set(name, inode);
    this.change(directory, { entries: changedEntries, modified: Math.max(modified, now), changed: Math.max(changed, now) });
  }

  #replace<T>(map: Map<string, T>, key: string, value: T | undefined): void {
    const before = map.get(key);
    this.#world.undo(() => (before === undefined ? map.delete(key) : map.set(key, before)));
    if (value === undefined) map.delete(key);
    else map.set(key, value);
  }

  /** Follows a path from the root, for the working directory is `/` (POSIX, 4.13). `follows`: a link in the last place is followed too. */
  walk(path: string, follows: boolean): Walked {
    const reads: string[] = [];
    const parts = namesIn(path);
    const stack: { name: string; key: string }[] = [];
    const hasSlash = /.\/\.?$/.test(path);
    const pathOf = (...last: string[]): string => `/${[...stack.map(({ name }) => name), ...last].join('/')}`;
    const current = (): string => stack.at(-1)?.key ?? rootKey;
    const fail = (code: string): Walked => ({ reads, code, path: pathOf(), hasSlash });
    if (path === '') return fail('ENOENT');
    for (let links = 0; parts.length > 0;) {
      const name = parts.shift()!;
      const directory = current();
      if (this.inode(directory).kind !== 'directory') return fail('ENOTDIR');
      if (name === '..') {
        stack.pop();
        continue;
      }
      if (name.length > 255) return fail('ENAMETOOLONG');
      reads.push(entryAt(directory, name));
      const key = this.inode(directory).entries.get(name);
      const isLast = parts.length === 0;
      const link = key !== undefined && this.inode(key).kind === 'link' ? this.inode(key).content : undefined;
      if (link !== undefined && (!isLast || follows || hasSlash)) {
        if (++links > mostLinks) return fail('ELOOP');
        if (link.startsWith('/')) stack.length = 0;
        parts.unshift(...namesIn(link));
        continue;
      }
      if (isLast) {
        if (key !== undefined && hasSlash && this.inode(key).kind !== 'directory') return fail('ENOTDIR');
        return { reads, place: { directory, name }, path: pathOf(name), hasSlash, ...(key !== undefined && { inode: key }) };
      }
      if (key === undefined) return fail('ENOENT');
      stack.push({ name, key });
    }
    return { reads, inode: current(), path: pathOf(), hasSlash };
  }
}

function namesIn(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}

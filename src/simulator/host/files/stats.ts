import type { Status } from './calls.js';
import { constants } from './constants.js';

const typeBits = { file: constants.S_IFREG, directory: constants.S_IFDIR, link: constants.S_IFLNK } as const;
type Kind = keyof typeof typeBits;

/** `fs.Stats` and `fs.Dirent` of one execution. */
export function createStats() {
  class Stats {
    readonly dev = 1;
    readonly mode!: number;
    readonly nlink!: number;
    readonly uid = 0;
    readonly gid = 0;
    readonly rdev = 0;
    readonly blksize = 4096;
    readonly ino!: number;
    readonly size!: number;
    readonly blocks!: number;
    readonly atimeMs!: number;
    readonly mtimeMs!: number;
    readonly ctimeMs!: number;
    readonly birthtimeMs!: number;
    readonly atime!: Date;
    readonly mtime!: Date;
    readonly ctime!: Date;
    readonly birthtime!: Date;

    constructor(status: Status) {
      const { mode, links, size, born, modified, changed, accessed, kind, inode } = status;
      const times = { atimeMs: accessed, mtimeMs: modified, ctimeMs: changed, birthtimeMs: born };
      Object.assign(this, { mode: mode | typeBits[kind], nlink: links, ino: numberOf(inode), size, blocks: Math.ceil(size / 4096) * 8, ...times, atime: new Date(accessed), mtime: new Date(modified), ctime: new Date(changed), birthtime: new Date(born) });
    }

    isFile(): boolean { return is(this, constants.S_IFREG); }
    isDirectory(): boolean { return is(this, constants.S_IFDIR); }
    isSymbolicLink(): boolean { return is(this, constants.S_IFLNK); }
    isFIFO(): boolean { return false; }
    isSocket(): boolean { return false; }
    isBlockDevice(): boolean { return false; }
    isCharacterDevice(): boolean { return false; }
  }

  class Dirent {
    readonly name: unknown;
    readonly parentPath: string;
    readonly path: string;
    readonly #kind: Kind;

    constructor(name: unknown, path: string, kind: Kind) {
      this.name = name;
      this.parentPath = path;
      this.path = path;
      this.#kind = kind;
    }

    isFile(): boolean { return this.#kind === 'file'; }
    isDirectory(): boolean { return this.#kind === 'directory'; }
    isSymbolicLink(): boolean { return this.#kind === 'link'; }
    isFIFO(): boolean { return false; }
    isSocket(): boolean { return false; }
    isBlockDevice(): boolean { return false; }
    isCharacterDevice(): boolean { return false; }
  }

  return { Stats, Dirent };
}

function is({ mode }: { readonly mode: number }, type: number): boolean {
  return (mode & constants.S_IFMT) === type;
}

/** A number for an identity: the same in every execution with the same past (FNV-1a). */
function numberOf(identity: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < identity.length; index++) hash = Math.imul(hash ^ identity.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

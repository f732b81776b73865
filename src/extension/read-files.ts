import { readdirSync, readFileSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { ReadModule } from '../language/index.js';

/** Where the engine finds files beside the one that it is asked about. */
export interface FilePlaces {
  /** Absolute path of the folder that names are relative to; absent where there is no file system. */
  readonly root?: string;
  /** Texts by name, which go before what is on disk: those that are open and not saved, and all there are in a virtual workspace. */
  readonly texts?: Readonly<Record<string, string>>;
  /** How often the host was told that something on disk has changed: while it stays, so does what was read. Absent where nobody watches. */
  readonly revision?: number;
}

/** A reader of those files; it has to be made anew once they may have changed. */
export function readFiles({ root, texts = {} }: FilePlaces): ReadModule {
  const folders = new Set(Object.keys(texts).flatMap((file) => [...file.matchAll(/\//g)].map(({ index }) => file.slice(0, index))));
  return (file) => {
    if (Object.hasOwn(texts, file)) return { kind: 'file', text: texts[file]! };
    const path = root === undefined ? undefined : join(root, file);
    const found = path === undefined ? undefined : statsOf(path);
    if (found?.isDirectory()) return { kind: 'folder', names: () => readdirSync(path!) };
    if (found?.isFile()) return { kind: 'file', text: readFileSync(path!, 'utf8') };
    return folders.has(file) ? { kind: 'folder' } : undefined;
  };
}

/** Below a file there is nothing. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

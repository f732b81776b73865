import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadModule } from '../../src/language/index.js';

/** Files of a project that is written down, and counts how often each was asked for. */
export function project(files: Readonly<Record<string, string>>): ReadModule & { readonly asked: ReadonlyMap<string, number> } {
  const asked = new Map<string, number>();
  const paths = Object.keys(files);
  const read: ReadModule = (file) => {
    asked.set(file, (asked.get(file) ?? 0) + 1);
    if (Object.hasOwn(files, file)) return { kind: 'file', text: files[file]! };
    const folder = file === '.' || file === '' ? '' : `${file}/`;
    if (!paths.some((path) => path.startsWith(folder))) return undefined;
    return { kind: 'folder', names: () => [...new Set(paths.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length).split('/')[0]!))] };
  };
  return Object.assign(read, { asked });
}

/** The files of a project that is written down, and what is installed in a real folder. */
export function projectAbove(files: Readonly<Record<string, string>>, root: string): ReadModule {
  const own = project(files);
  return (file) => {
    const found = own(file);
    if (found || !file.includes('node_modules/')) return found;
    const path = join(root, file);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) return { kind: 'folder', names: () => readdirSync(path) };
    return stats?.isFile() ? { kind: 'file', text: readFileSync(path, 'utf8') } : undefined;
  };
}

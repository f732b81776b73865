import { folderOf, joined, resolvePath, type ReadModule, type Resolution } from '../resolve.js';
import { objectOf, readObject, textsOf } from './json.js';
import { foldersAbove, targetsOf } from './packages.js';

/** Folders that builds write to, and where their sources lie. */
const built = /^(?:\.\/)?(?:dist|lib|build|out|esm|cjs)(?:\/(?:esm|cjs|es|module|src))?\//;

/** Finds the packages of a monorepo by the globs of its root, whether they are installed and built or not. */
export class Workspaces {
  readonly #read: ReadModule;
  /** By the folder of a root: where its packages lie, by name. */
  readonly #roots = new Map<string, ReadonlyMap<string, string> | undefined>();

  constructor(read: ReadModule) {
    this.#read = read;
  }

  /** The source that a subpath of a workspace package means; undefined if no workspace has it. */
  resolve(from: string, name: string, subpath: string): Resolution | undefined {
    for (const root of foldersAbove(folderOf(from))) {
      const folder = this.#packagesOf(root)?.get(name);
      if (folder !== undefined) return this.#source(folder, subpath);
    }
    return undefined;
  }

  #source(folder: string, subpath: string): Resolution {
    const manifest = readObject(joined(folder, 'package.json'), this.#read) ?? {};
    const targets = [...textsOf(manifest['source']), ...targetsOf(manifest, subpath)];
    const sources = targets.flatMap((target) => [target.replace(built, 'src/').replace(/(?:\.d)?\.[cm]?[jt]s$/, ''), target]);
    const plain = subpath === '.' ? ['src/index', 'index'] : [`src/${subpath}`, `src/${subpath}/index`, subpath];
    for (const path of [...sources, ...plain]) {
      const found = resolvePath(joined(folder, path), true, this.#read);
      if (found.kind === 'file') return found;
    }
    return { kind: 'missing' };
  }

  #packagesOf(root: string): ReadonlyMap<string, string> | undefined {
    if (this.#roots.has(root)) return this.#roots.get(root);
    const globs = this.#globs(root);
    const packages = globs && new Map(globs.flatMap((glob) => this.#foldersOf(root, glob)).flatMap((folder): [string, string][] => {
      const name = readObject(joined(folder, 'package.json'), this.#read)?.['name'];
      return typeof name === 'string' ? [[name, folder]] : [];
    }));
    this.#roots.set(root, packages);
    return packages;
  }

  #globs(root: string): string[] | undefined {
    const workspaces = readObject(joined(root, 'package.json'), this.#read)?.['workspaces'];
    const globs = textsOf(objectOf(workspaces)?.['packages'] ?? workspaces);
    if (globs.length > 0) return globs;
    const pnpm = this.#read(joined(root, 'pnpm-workspace.yaml'));
    if (pnpm?.kind !== 'file') return undefined;
    const list = /^packages:\s*\n((?:[ \t]*(?:-.*|#.*)?\r?\n?)*)/m.exec(pnpm.text)?.[1] ?? '';
    return [...list.matchAll(/^\s*-\s*['"]?([^'"#\s]+)/gm)].map((match) => match[1]!);
  }

  /** `packages/*`, `packages/**`, `apps/web`; what starts with `!` is left alone. */
  #foldersOf(root: string, glob: string): string[] {
    if (glob.startsWith('!')) return [];
    let folders = [root];
    for (const part of glob.split('/').filter((each) => each !== '' && each !== '.')) {
      folders = part.includes('*') ? folders.flatMap((folder) => this.#childrenOf(folder)) : folders.map((folder) => joined(folder, part));
    }
    return folders;
  }

  #childrenOf(folder: string): string[] {
    const found = this.#read(folder === '' ? '.' : folder);
    const names = found?.kind === 'folder' ? (found.names?.() ?? []) : [];
    return names.filter((name) => name !== 'node_modules' && !name.startsWith('.')).map((name) => joined(folder, name));
  }
}

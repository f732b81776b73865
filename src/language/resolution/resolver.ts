import { isLocal, resolveLocal, resolvePath, type ReadModule, type Resolution } from '../resolve.js';
import { installedFolder, resolveInPackage, resolvePrivate, splitPackage } from './packages.js';
import { Projects, type ProjectSettings } from './tsconfig.js';
import { Workspaces } from './workspaces.js';

/** A file of the program's own, or of an installed package. */
export type Found = Extract<Resolution, { kind: 'file' }> & { /** The folder of the package that it belongs to, if it is a dependency's. */ readonly dependency?: string };

/** Finds what a specifier means as bundlers do: relative, by `paths`, a workspace's package, an installed one. */
export class Resolver {
  readonly read: ReadModule;
  readonly #projects: Projects;
  readonly #workspaces: Workspaces;
  readonly #known = new Map<string, Found | undefined>();

  constructor(read: ReadModule) {
    this.read = read;
    this.#projects = new Projects(read);
    this.#workspaces = new Workspaces(read);
  }

  settingsOf(file: string): ProjectSettings {
    return this.#projects.of(file);
  }

  resolve(from: string, specifier: string): Found | undefined {
    const key = `${from.slice(0, from.lastIndexOf('/') + 1)} ${/\.[cm]?jsx?$/.test(from)} ${specifier}`;
    if (!this.#known.has(key)) this.#known.set(key, this.#resolve(from, specifier));
    return this.#known.get(key);
  }

  #resolve(from: string, specifier: string): Found | undefined {
    if (isLocal(specifier)) return inside(from, fileOf(resolveLocal(from, specifier, this.read)));
    const home = dependencyOf(from);
    if (specifier.startsWith('#')) {
      const found = fileOf(resolvePrivate(from, specifier, this.read));
      if (found) return inside(from, found);
    }
    if (home === undefined) {
      const mapped = this.#projects.pathsOf(from, specifier).map((path) => fileOf(resolvePath(path, true, this.read))).find((found) => found);
      if (mapped) return inside(mapped.file, mapped);
    }
    const wanted = splitPackage(specifier);
    if (!wanted || isBuiltIn(specifier)) return undefined;
    const own = home === undefined ? fileOf(this.#workspaces.resolve(from, wanted.name, wanted.subpath)) : undefined;
    if (own) return own;
    const folder = installedFolder(from, wanted.name, this.read);
    const found = folder === undefined ? undefined : fileOf(resolveInPackage(folder, wanted.subpath, this.read));
    return found && { ...found, dependency: folder! };
  }
}

function fileOf(resolution: Resolution | undefined): Extract<Resolution, { kind: 'file' }> | undefined {
  return resolution?.kind === 'file' ? resolution : undefined;
}

/** A file that is found from inside a package belongs to it. */
function inside(from: string, found: Found | undefined): Found | undefined {
  const dependency = dependencyOf(from);
  return found && dependency !== undefined ? { ...found, dependency } : found;
}

/** The folder of the installed package that a file lies in. */
export function dependencyOf(file: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

const builtIns: ReadonlySet<string> = new Set(
  ('assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 https inspector module net os path perf_hooks ' +
    'process punycode querystring readline repl stream string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads zlib').split(' '),
);

/** A module of Node's own, `node:fs` or `fs/promises`. */
export function isBuiltIn(specifier: string): boolean {
  return specifier.startsWith('node:') || builtIns.has(specifier.split('/')[0]!);
}

/** A module of a linked program: its function, and the files that its specifiers mean, or the files that have the names which it imports. */
export type LinkedModule = readonly [factory: ModuleFactory, imports: Readonly<Record<string, ImportTarget>>];

/** `*` as name: the exports of the file as a whole. */
type ImportTarget = string | Readonly<Record<string, readonly [file: string, name: string]>>;

type ModuleFactory = (module: CommonModule, exports: unknown, require: Require, importMeta: object, filename: string, dirname: string) => void;

interface CommonModule {
  exports: unknown;
  readonly id: string;
  readonly filename: string;
  loaded: boolean;
}

interface Require {
  (specifier: unknown): unknown;
  readonly main: CommonModule | undefined;
  readonly resolve: (specifier: unknown) => unknown;
}

export interface LinkingWorld {
  readonly modules: Readonly<Record<string, LinkedModule>>;
  /** The host's `require`, for packages. */
  readonly require: (specifier: unknown) => unknown;
  readonly born: (object: object) => void;
}

/**
 * Loads modules as CommonJS does: each once, when it is first asked for. One that is asked for while it is being loaded, as in a
 * circle of imports, is given as far as it is; one whose load failed is loaded anew.
 */
export class LinkedModules {
  readonly #world: LinkingWorld;
  readonly #loaded = new Map<string, CommonModule>();
  #main: CommonModule | undefined;

  constructor(world: LinkingWorld) {
    this.#world = world;
  }

  /** The exports of a file, run as the main module of its agent. */
  start(file: string): unknown {
    return this.#load(file, true);
  }

  #load(file: string, isMain = false): unknown {
    const known = this.#loaded.get(file);
    if (known) return known.exports;
    const entry = this.#world.modules[file];
    if (!entry) throw Object.assign(new Error(`Cannot find module '/${file}'`), { code: 'MODULE_NOT_FOUND' });
    const [factory, imports] = entry;
    const path = `/${file}`;
    const module: CommonModule = { exports: {}, id: isMain ? '.' : path, filename: path, loaded: false };
    this.#world.born(module);
    this.#world.born(module.exports as object);
    if (isMain) this.#main = module;
    this.#loaded.set(file, module);
    try {
      Reflect.apply(factory, undefined, [module, module.exports, this.#requireOf(imports), importMetaOf(path), path, folderOf(path)]);
    } catch (error) {
      this.#loaded.delete(file);
      throw error;
    }
    module.loaded = true;
    return module.exports;
  }

  #requireOf(imports: Readonly<Record<string, ImportTarget>>): Require {
    const assembled = new Map<string, unknown>();
    const targetOf = (name: string): ImportTarget | undefined => (Object.hasOwn(imports, name) ? imports[name] : undefined);
    const fileOf = (specifier: unknown): string | undefined => {
      const name = String(specifier);
      const target = targetOf(name);
      if (typeof target === 'string') return target;
      return name.startsWith('/') && this.#world.modules[name.slice(1)] ? name.slice(1) : undefined;
    };
    const require = (specifier: unknown): unknown => {
      const file = fileOf(specifier);
      if (file !== undefined) return this.#load(file);
      const name = String(specifier);
      const names = targetOf(name);
      if (typeof names !== 'object') return this.#world.require(specifier);
      if (!assembled.has(name)) assembled.set(name, this.#assemble(names, name));
      return assembled.get(name);
    };
    return Object.assign(require, { main: this.#main, resolve: (specifier: unknown) => (fileOf(specifier) === undefined ? specifier : `/${fileOf(specifier)}`) });
  }

  /** Names of which each is taken from the file that has it, once it is used; all others are the host's. */
  #assemble(names: Exclude<ImportTarget, string>, specifier: string): unknown {
    return new Proxy({}, {
      get: (_target, key) => {
        if (key === '__esModule') return true;
        if (typeof key === 'symbol') return undefined;
        if (!Object.hasOwn(names, key)) return (this.#world.require(specifier) as Record<string, unknown>)[key];
        const [file, name] = names[key]!;
        return exported(this.#load(file), name);
      },
      has: (_target, key) => typeof key === 'string',
    });
  }
}

function exported(exports: unknown, name: string): unknown {
  if (name === '*') return exports;
  const isCommonJs = name === 'default' && !(exports as { __esModule?: unknown } | undefined)?.__esModule;
  return isCommonJs ? exports : (exports as Record<string, unknown>)[name];
}

/** What `import()` gives of a module: its own names, and a CommonJS one as a whole as `default`. */
export function namespaceOf(exports: unknown): unknown {
  if (typeof exports === 'object' && exports !== null && (exports as { __esModule?: unknown }).__esModule) return exports;
  const named: object = typeof exports === 'object' && exports !== null ? exports : {};
  return { ...named, default: exports };
}

function importMetaOf(path: string): object {
  return { url: `file://${path}`, filename: path, dirname: folderOf(path) };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

/** A module of a linked program: its function, and the files that its specifiers mean. */
export type LinkedModule = readonly [factory: ModuleFactory, imports: Readonly<Record<string, string>>];

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

  #requireOf(imports: Readonly<Record<string, string>>): Require {
    const fileOf = (specifier: unknown): string | undefined => {
      const name = String(specifier);
      if (Object.hasOwn(imports, name)) return imports[name];
      return name.startsWith('/') && this.#world.modules[name.slice(1)] ? name.slice(1) : undefined;
    };
    const require = (specifier: unknown): unknown => {
      const file = fileOf(specifier);
      return file === undefined ? this.#world.require(specifier) : this.#load(file);
    };
    return Object.assign(require, { main: this.#main, resolve: (specifier: unknown) => (fileOf(specifier) === undefined ? specifier : `/${fileOf(specifier)}`) });
  }
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

/**
 * A module of a linked program: its function, and the files that its specifiers mean, or the files that have the names which it imports. With `before`, files
 * that are loaded first, it may suspend while it is loaded (ECMA-262, 16.2.1.5.3), and its function may give a promise.
 */
export type LinkedModule = readonly [factory: ModuleFactory, imports: Readonly<Record<string, ImportTarget>>, before?: readonly string[]];

/** `*` as name: the exports of the file as a whole. */
type ImportTarget = string | Readonly<Record<string, readonly [file: string, name: string]>>;

type ModuleFactory = (module: CommonModule, exports: unknown, require: Require, importMeta: object, filename: string, dirname: string) => unknown;

interface CommonModule {
  exports: unknown;
  readonly id: string;
  readonly filename: string;
  loaded: boolean;
  /** Settles once a module that suspends is loaded. */
  loading?: Promise<unknown>;
}

export interface Require {
  (specifier: unknown): unknown;
  readonly main: CommonModule | undefined;
  readonly resolve: (specifier: unknown) => unknown;
  /** What `import()` gives. */
  readonly namespace: (specifier: unknown) => unknown;
}

export interface LinkingWorld {
  readonly modules: Readonly<Record<string, LinkedModule>>;
  /** The host's `require`, for packages. */
  readonly require: (specifier: unknown) => unknown;
  readonly born: (object: object) => void;
  /** What bundlers add to `import.meta`. */
  readonly bundler: object;
  /** Runs a generator as an async function. */
  readonly run: (body: () => Generator<unknown, unknown, unknown>) => Promise<unknown>;
  /** Nobody hears of what was thrown while the main module was loaded, but everybody. */
  readonly fail: (error: unknown) => void;
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
    const [factory, imports, before] = entry;
    const path = `/${file}`;
    const folder = folderOf(path);
    const module: CommonModule = { exports: {}, id: isMain ? '.' : path, filename: path, loaded: false };
    this.#world.born(module);
    this.#world.born(module.exports as object);
    if (isMain) this.#main = module;
    this.#loaded.set(file, module);
    const require = this.#requireOf(imports);
    const evaluate = (): unknown => {
      const result = Reflect.apply(factory, undefined, [module, module.exports, require, { url: `file://${path}`, filename: path, dirname: folder, ...this.#world.bundler }, path, folder]) as unknown;
      module.loaded = true;
      return result;
    };
    try {
      if (before) module.loading = this.#loadAfter(before, evaluate);
      else evaluate();
    } catch (error) {
      this.#loaded.delete(file);
      throw error;
    }
    if (isMain) void module.loading?.then(undefined, this.#world.fail);
    return module.exports;
  }

  /** Those before it are started in order, and waited for together. */
  #loadAfter(before: readonly string[], evaluate: () => unknown): Promise<unknown> {
    const pending = before.flatMap((file) => {
      this.#load(file);
      return this.#loaded.get(file)?.loading ?? [];
    });
    return this.#world.run(function* () {
      for (const each of pending) yield each;
      const result = evaluate();
      if (result !== undefined) yield result;
      return undefined;
    });
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
    const namespace = (specifier: unknown): unknown => {
      const exports = require(specifier);
      const loading = this.#loaded.get(fileOf(specifier) ?? '')?.loading;
      return loading ? loading.then(() => namespaceOf(exports)) : namespaceOf(exports);
    };
    return Object.assign(require, { namespace, main: this.#main, resolve: (specifier: unknown) => (fileOf(specifier) === undefined ? specifier : `/${fileOf(specifier)}`) });
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
function namespaceOf(exports: unknown): unknown {
  if (typeof exports === 'object' && exports !== null && (exports as { __esModule?: unknown }).__esModule) return exports;
  const named: object = typeof exports === 'object' && exports !== null ? exports : {};
  return { ...named, default: exports };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

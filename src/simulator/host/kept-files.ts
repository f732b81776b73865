import type { AccessKind } from '../runtime/locations.js';

/** A file that a finding is about, as a place that tasks share. */
export class KeptFile {
  text: string;
  /** What stands for its path: two with the same are one file. */
  readonly label: string;

  constructor(label: string, text: string) {
    this.label = label;
    this.text = text;
  }
}

/** What kept files need of the execution they live in. */
export interface KeptFilesWorld {
  /** What stands for a path. */
  readonly labelOf: (path: unknown) => string;
  /** A promise of what `value` gives when the scheduler fires an event of this label. */
  readonly complete: (label: string, value: () => unknown) => object;
  /** Runs `callback` when the scheduler fires an event of its own. */
  readonly later: (label: string, callback: () => void) => void;
  /** Where the subject is. */
  readonly site: () => number;
  readonly access: (site: number, kind: AccessKind, file: KeptFile, value: unknown) => void;
  /** Somebody outside has made a part of the text, from what nobody can say. */
  readonly isMadeOutside: (text: string) => boolean;
  readonly unmodelled: (what: string) => void;
}

type Members = Readonly<Record<string, (...given: unknown[]) => unknown>>;
type Callback = (...given: unknown[]) => void;

/** These read or describe, or make what is there anyway: whatever they give comes from outside. */
const harmless = /^(?:l?stat|fstat|statfs|readdir|opendir|realpath|readlink|l?chmod|l?chown|l?utimes|watch|watchFile|unwatchFile|createReadStream|constants|promises|default)(?:Sync)?$/;

/**
 * The files of a finding that is about a file (design, section 5.1): `readFile` gives what `writeFile` has put there, and before that what the scenario says that each file holds. Each call does its work at once, in an event of its own: slower files only
 * make more ends. Everything else about files stays outside, and what may change a file or keep others out has no model. Paths are told apart by what has made them, so two names of one file are two files; that hides ends, and makes none up.
 */
export class KeptFiles {
  readonly #world: KeptFilesWorld;
  #files = new Map<string, KeptFile>();
  #initial = '';

  constructor(world: KeptFilesWorld) {
    this.#world = world;
  }

  /** A new execution starts, in which every file holds `text`. */
  reset(text: string): void {
    this.#files = new Map();
    this.#initial = text;
  }

  /** What `import` gives for a module of files: what is modelled here, and of the rest what comes from outside. */
  module(name: string, outside: object): object {
    const promised: Members = { readFile: (path, options) => this.#promise('readFile', path, () => this.#read(path, options)), writeFile: (path, data, options) => this.#promise('writeFile', path, () => this.#write(path, data, options)), appendFile: (path, data) => this.#promise('appendFile', path, () => this.#append(path, data)), access: (path) => this.#promise('access', path, () => () => undefined) };
    return name.endsWith('promises') ? this.#over(promised, outside) : this.#over(this.#plain(), outside, () => this.#over(promised, Reflect.get(outside, 'promises') as object));
  }

  #plain(): Members {
    return {
      readFile: (...given) => this.#callBack('readFile', given, ([path, options]) => this.#read(path, options)),
      writeFile: (...given) => this.#callBack('writeFile', given, ([path, data, options]) => this.#write(path, data, options)),
      appendFile: (...given) => this.#callBack('appendFile', given, ([path, data]) => this.#append(path, data)),
      access: (...given) => this.#callBack('access', given, () => () => undefined),
      readFileSync: (path, options) => this.#read(path, options)(),
      writeFileSync: (path, data, options) => this.#write(path, data, options)(),
      appendFileSync: (path, data) => this.#append(path, data)(),
      existsSync: () => true,
      accessSync: () => undefined,
    };
  }

  #over(members: Members, outside: object, promises?: () => object): object {
    let known: object | undefined;
    const get = (key: string | symbol): unknown => {
      if (key === 'default') return module;
      if (key === 'promises' && promises !== undefined) return (known ??= promises());
      if (typeof key === 'string' && Object.hasOwn(members, key)) return members[key];
      const given: unknown = Reflect.get(outside, key);
      return typeof key === 'symbol' || harmless.test(key) || typeof given !== 'function' ? given : (...args: unknown[]): unknown => this.#other(key, given, args);
    };
    const module = new Proxy(function files() {}, { get: (_target, key) => get(key), has: (_target, key) => Reflect.has(outside, key) });
    return module;
  }

  /** A folder that may be there already keeps nobody out. */
  #other(name: string, outside: unknown, args: readonly unknown[]): unknown {
    const isRepeatable = /^mkdir(?:Sync)?$/.test(name) && (args[1] as { readonly recursive?: unknown } | undefined)?.recursive === true;
    if (!isRepeatable) this.#world.unmodelled(`\`${name}\` may change a file, or keep other tasks out`);
    return Reflect.apply(outside as Callback, undefined, args);
  }

  #promise(name: string, path: unknown, begin: () => () => unknown): object {
    return this.#world.complete(this.#eventOf(name, path), begin());
  }

  #callBack(name: string, given: readonly unknown[], begin: (given: readonly unknown[]) => () => unknown): void {
    const callback = given.findLast((one): one is Callback => typeof one === 'function');
    const run = begin(given.filter((one) => one !== callback));
    this.#world.later(this.#eventOf(name, given[0]), () => {
      const value = run();
      if (value === undefined) callback?.(null);
      else callback?.(null, value);
    });
  }

  #eventOf(name: string, path: unknown): string {
    return `${name} ${this.#world.labelOf(path)} completes`;
  }

  #at(path: unknown): KeptFile {
    const label = this.#world.labelOf(path);
    let file = this.#files.get(label);
    if (file === undefined) this.#files.set(label, (file = new KeptFile(label, this.#initial)));
    return file;
  }

  #read(path: unknown, options: unknown): () => unknown {
    this.#refuse(options);
    const [file, site] = [this.#at(path), this.#world.site()];
    return () => {
      this.#world.access(site, 'read', file, file.text);
      return file.text;
    };
  }

  #write(path: unknown, data: unknown, options: unknown): () => undefined {
    this.#refuse(options);
    return this.#change(path, data, () => '');
  }

  #append(path: unknown, data: unknown): () => undefined {
    return this.#change(path, data, ({ text }) => text);
  }

  #change(path: unknown, data: unknown, before: (file: KeptFile) => string): () => undefined {
    const [file, site] = [this.#at(path), this.#world.site()];
    // Twice through what nobody knows may be the same as once.
    if (typeof data !== 'string' || this.#world.isMadeOutside(data)) this.#world.unmodelled('what is written to the file is made by something outside');
    return () => {
      file.text = `${before(file)}${typeof data === 'string' ? data : this.#world.labelOf(data)}`;
      this.#world.access(site, 'write', file, file.text);
      return undefined;
    };
  }

  /** `flag: 'wx'` lets only one of two write. */
  #refuse(options: unknown): void {
    const flag: unknown = typeof options === 'object' && options !== null ? (options as { readonly flag?: unknown }).flag : undefined;
    if (flag !== undefined && flag !== 'r' && flag !== 'w') this.#world.unmodelled('`flag` may keep other tasks out');
  }
}

/** A module that files are reached by. */
export function isOfFiles(specifier: string): boolean {
  return /^(?:(?:node:)?fs(?:\/promises)?|fs-extra|graceful-fs)$/.test(specifier);
}

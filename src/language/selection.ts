import ts from 'typescript';
import type { CheckedModule } from './compile.js';
import { Reach, type Demand } from './demand.js';
import { closureOf } from './dependencies.js';
import { moduleExports, type ModuleExports } from './module-exports.js';
import { resolveInPackage, splitPackage } from './resolution/packages.js';
import { isBuiltIn, type Found } from './resolution/resolver.js';
import type { Sources } from './sources.js';

/** What an import gives: a file as a whole, or names of one or several files; names that are not here stay with the host. */
export type ImportTarget = string | Readonly<Record<string, readonly [file: string, name: string]>>;

/** An import that running code uses and that stays a value from outside, though it could be read. */
export interface LeftOut {
  readonly specifier: string;
  readonly why: string;
}

/** The files beside the subject's own that are made part of its program. */
export interface Selection {
  readonly files: ReadonlyMap<string, Found>;
  /** By the importing file and the specifier. */
  readonly imports: ReadonlyMap<string, ReadonlyMap<string, ImportTarget>>;
  readonly leftOut: readonly LeftOut[];
}

export interface SelectionOptions {
  /** Modules that the simulator has itself. */
  readonly hasModel: (specifier: string) => boolean;
  /** Whether a package is worth running, by its name and its manifest. */
  readonly matters: (name: string, manifest: string) => boolean;
  /** Files that shall not take part. */
  readonly without: ReadonlySet<string>;
  /** Files that have to, since what is flagged lies in them. */
  readonly needed: ReadonlySet<string>;
}

const mostFiles = 10;
const mostBytes = 120_000;
/** One file that is no base class. */
const mostBytesOfOne = 60_000;
/** A file of the project that orders tasks takes part whatever else does. */
const mostBytesOfOrdering = 20_000;
/** A file that holds what is flagged, or the other task. */
const mostBytesOfFlagged = 500_000;
const ordering = /lock|mutex|semaphore|queue|latch|barrier|serialize|limiter/i;
/** Imports are followed this far from the subject; base classes further. */
const mostHops = 2;
/** Files that are read to find out where a name comes from. */
const mostRead = 80;

/** Follows what running `seeds` uses into other files, the nearest first, within a budget. */
export function select(entry: CheckedModule, seeds: readonly ts.Node[], sources: Sources, options: SelectionOptions): Selection {
  return new Selector(entry, sources, options).run(seeds);
}

interface Definition {
  readonly found: Found;
  /** `*`: the file as a whole. */
  readonly name: string;
  readonly node?: ts.Node;
}

class Selector {
  readonly #entry: CheckedModule;
  readonly #sources: Sources;
  readonly #options: SelectionOptions;
  readonly #files = new Map<string, Found>();
  readonly #imports = new Map<string, Map<string, ImportTarget>>();
  readonly #leftOut = new Map<string, LeftOut>();
  readonly #exports = new Map<string, ModuleExports>();
  readonly #queue: Demand[] = [];
  readonly #reach = new Reach((demand) => void this.#queue.push(demand));
  readonly #read = new Set<string>();
  /** How many imports away from the subject each file lies. */
  readonly #hops = new Map<string, number>();
  #bytes = 0;

  constructor(entry: CheckedModule, sources: Sources, options: SelectionOptions) {
    this.#entry = entry;
    this.#sources = sources;
    this.#options = options;
    this.#hops.set(entry.file, 0);
  }

  run(seeds: readonly ts.Node[]): Selection {
    for (const seed of seeds) this.#reach.add(seed, this.#entry);
    for (let demand = this.#queue.shift(); demand; demand = this.#queue.shift()) this.#follow(demand);
    return { files: this.#files, imports: this.#imports, leftOut: [...this.#leftOut.values()] };
  }

  #follow({ from, specifier, name, isBase }: Demand): void {
    const hops = (this.#hops.get(from.file) ?? 0) + 1;
    const orders = ordering.test(name) && (this.#sources.resolver.resolve(from.file, specifier)?.text.length ?? Infinity) <= mostBytesOfOrdering;
    const isNeeded = isBase || orders || this.#options.needed.has(this.#sources.resolver.resolve(from.file, specifier)?.file ?? '');
    if (hops > mostHops && !isNeeded && this.#files.get(from.file)?.dependency === undefined) return;
    if (this.#options.hasModel(specifier) || isBuiltIn(specifier)) return;
    const found = this.#sources.resolver.resolve(from.file, specifier);
    if (!found || this.#options.without.has(found.file)) return;
    const definition = found.dependency === undefined ? this.#definition(found, name, new Set()) : this.#ofDependency(from, found, specifier, name);
    if (!definition && found.dependency === undefined && !this.#mayRead(found)) this.#refuse(specifier, 'what it leads to is too large');
    if (!definition || this.#options.without.has(definition.found.file)) return;
    if (!this.#take(definition.found, specifier, isNeeded || this.#options.needed.has(definition.found.file))) return;
    this.#note(from.file, specifier, name, definition);
    if (!this.#hops.has(definition.found.file)) this.#hops.set(definition.found.file, isBase ? hops - 1 : hops);
    if (definition.found.file.endsWith('.json')) return;
    const module = definition.found.file === this.#entry.file ? this.#entry : this.#sources.check(definition.found);
    this.#reach.add(definition.node ?? module.source, module);
  }

  #note(from: string, specifier: string, name: string, { found, name: exported }: Definition): void {
    let imports = this.#imports.get(from);
    if (!imports) this.#imports.set(from, (imports = new Map()));
    const known = imports.get(specifier);
    if (typeof known === 'string') return;
    const isWhole = exported === '*' && (name === '*' || found.dependency !== undefined);
    imports.set(specifier, isWhole ? found.file : { ...known, [name]: [found.file, exported] });
  }

  /** Whether a file may take part. */
  #take(found: Found, specifier: string, isNeeded: boolean): boolean {
    if (found.file === this.#entry.file || this.#files.has(found.file)) return true;
    const isFlagged = this.#options.needed.has(found.file) && found.text.length <= mostBytesOfFlagged;
    // What a package needs beside its entry has been weighed with it.
    const isWeighed = found.dependency !== undefined && [...this.#files.values()].some(({ dependency }) => dependency !== undefined);
    const isTooLarge = (this.#bytes + found.text.length > mostBytes && !(isNeeded && found.text.length <= mostBytesOfOrdering)) || (!isNeeded && found.text.length > mostBytesOfOne);
    const isFull = this.#files.size >= mostFiles && !(isNeeded && found.text.length <= mostBytesOfOrdering);
    if (!isWeighed && !isFlagged && (isFull || isTooLarge)) return this.#refuse(specifier, 'what it leads to is too large');
    this.#files.set(found.file, found);
    this.#bytes += found.dependency === undefined ? found.text.length : 0;
    return true;
  }

  #refuse(specifier: string, why: string): false {
    this.#leftOut.set(specifier, { specifier, why });
    return false;
  }

  /** The file that gives a name its value, through all that only pass it on. */
  #definition(found: Found, name: string, seen: Set<string>): Definition | undefined {
    const key = `${found.file}\n${name}`;
    if (seen.has(key)) return undefined;
    seen.add(key);
    if (found.file.endsWith('.json') || name === '*') return { found, name: '*' };
    const exports = this.#exportsOf(found);
    if (!exports) return undefined;
    if (!exports.areKnown) return { found, name };
    const exported = exports.byName.get(name);
    if (exported?.kind === 'own') return this.#own(found, name, exported.node, seen);
    if (exported) return this.#passed(found, exported.specifier, exported.name, seen);
    for (const star of name === 'default' ? [] : exports.stars) {
      const behind = this.#passed(found, star, name, seen);
      if (behind) return behind;
    }
    return undefined;
  }

  /** A name that is imported first and then exported is passed on, too. */
  #own(found: Found, name: string, node: ts.Node, seen: Set<string>): Definition | undefined {
    const clause = ts.isImportSpecifier(node) ? node.parent.parent : ts.isNamespaceImport(node) ? node.parent : ts.isImportClause(node) ? node : undefined;
    if (!clause || !ts.isStringLiteral(clause.parent.moduleSpecifier)) return { found, name, node };
    const imported = ts.isImportSpecifier(node) ? (node.propertyName ?? node.name).text : ts.isNamespaceImport(node) ? '*' : 'default';
    return this.#passed(found, clause.parent.moduleSpecifier.text, imported, seen);
  }

  #passed({ file }: Found, specifier: string, name: string, seen: Set<string>): Definition | undefined {
    const next = this.#sources.resolver.resolve(file, specifier);
    if (!next || next.dependency !== undefined || !mayExport(next.text, name)) return undefined;
    return this.#definition(next, name, seen);
  }

  #exportsOf(found: Found): ModuleExports | undefined {
    const known = this.#exports.get(found.file);
    if (known) return known;
    if (!this.#mayRead(found)) return undefined;
    this.#read.add(found.file);
    const exports = moduleExports(this.#sources.check(found));
    this.#exports.set(found.file, exports);
    return exports;
  }

  #mayRead({ text }: Found): boolean {
    return this.#read.size < mostRead && text.length <= mostBytes;
  }

  /** Packages run as a whole, or not at all; of one that is too large a piece with a file of its own may do. */
  #ofDependency(from: CheckedModule, found: Found, specifier: string, name: string): Definition | undefined {
    const { resolver } = this.#sources;
    if (this.#files.get(from.file)?.dependency !== undefined) return { found, name: '*' };
    const wanted = splitPackage(specifier);
    const manifest = resolver.read(`${found.dependency!}/package.json`);
    if (!wanted || manifest?.kind !== 'file' || !this.#options.matters(`${specifier} ${name}`, manifest.text)) return undefined;
    const closure = closureOf(found, resolver, this.#options.hasModel);
    if ('files' in closure) return this.#takeAll(closure.files, found);
    const piece = wanted.subpath === '.' && /^\w+$/.test(name) && name !== 'default' ? resolveInPackage(found.dependency!, `./${name}`, resolver.read) : undefined;
    const whole = piece?.kind === 'file' ? { ...piece, dependency: found.dependency! } : undefined;
    const small = whole && closureOf(whole, resolver, this.#options.hasModel);
    if (small && 'files' in small) return this.#takeAll(small.files, whole, 'default');
    this.#refuse(specifier, closure.refused);
    return undefined;
  }

  #takeAll(files: ReadonlyMap<string, Found>, entry: Found, name = '*'): Definition {
    for (const [file, found] of files) this.#files.set(file, found);
    return { found: entry, name };
  }
}

/** A module that does not mention a name cannot export it, except by what it passes on as a whole. */
function mayExport(text: string, name: string): boolean {
  return name === '*' || name === 'default' || text.includes(name) || /\bexport\s*\*/.test(text) || !/\bexport\b/.test(text);
}

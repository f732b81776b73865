import ts from 'typescript';
import type { Program, Site } from '../model/index.js';
import { refuseLostAssignments } from './agents.js';
import { assemble, factoryOf, lowerJson, orderAsync, type LinkedModule } from './assemble.js';
import { CompileError } from './compile-error.js';
import { lower, type CheckedModule } from './compile.js';
import { closureOf } from './dependencies.js';
import { ExportedVariables } from './exported-variables.js';
import { ambientNames, intrinsicNames, sharedMemoryNames } from './globals.js';
import { numbered } from './hooks.js';
import { importsOf, type ImportPlace } from './imports.js';
import { dependencyOf, isBuiltIn, type Found } from './resolution/resolver.js';
import { isLocal, joined, resolveLocal, type ReadModule } from './resolve.js';
import { rangeOf } from './sites.js';
import type { SourceText } from './source.js';
import { sourcesOf, type Sources } from './sources.js';
import { workersOf, type WorkerPlace } from './workers.js';

export type { ReadModule } from './resolve.js';

/** Each module has its own of the first five; shared memory comes from the runtime. */
const known: ReadonlySet<string> = new Set([...intrinsicNames, 'module', 'exports', 'require', '__filename', '__dirname', ...sharedMemoryNames]);

export interface LinkedProgram {
  readonly program: Program;
  /** Every source file in it, the entry first; none of installed packages. */
  readonly sources: readonly SourceText[];
}

/**
 * Lowers a file and everything that it imports, or runs as a worker, to one program that gives the exports of the module that was asked for.
 * Installed packages are run for real if they are plain JavaScript of a moderate size; the others, and those that have a model, stay with the host's `require`.
 *
 * @throws CompileError with the place of what is wrong.
 */
export function compileLinked(entry: SourceText, read: ReadModule, hasModel: (specifier: string) => boolean = () => false): LinkedProgram {
  return new Linker(sourcesOf(read), hasModel).link(entry);
}

class Linker {
  readonly #sources: Sources;
  readonly #hasModel: (specifier: string) => boolean;
  readonly #sites: Site[] = [];
  readonly #gaps: string[] = [];
  readonly #free = new Set<string>();
  readonly #asyncFiles = new Set<string>();
  readonly #own: SourceText[] = [];
  /** In the order in which they are found, each once: imports may lead in a circle. */
  readonly #modules = new Map<string, LinkedModule | undefined>();
  readonly #variables: ExportedVariables;
  readonly #waiting: SourceText[] = [];

  constructor(sources: Sources, hasModel: (specifier: string) => boolean) {
    this.#sources = sources;
    this.#hasModel = hasModel;
    this.#variables = new ExportedVariables(sources, (file) => dependencyOf(file) === undefined || this.#modules.has(file));
  }

  link(entry: SourceText): LinkedProgram {
    this.#ask(entry);
    for (let source = this.#waiting.shift(); source; source = this.#waiting.shift()) {
      this.#modules.set(source.file, source.file.endsWith('.json') ? lowerJson(source) : this.#lower(source));
    }
    const names = [...new Set([...ambientNames, ...sharedMemoryNames, ...this.#free])];
    const modules = orderAsync(this.#modules as ReadonlyMap<string, LinkedModule>, (file) => this.#asyncFiles.has(file));
    const program = assemble({ entry: entry.file, modules, names, sites: this.#sites, gaps: this.#gaps });
    return { program, sources: this.#own };
  }

  #ask(source: SourceText): void {
    if (this.#modules.has(source.file)) return;
    this.#modules.set(source.file, undefined);
    this.#waiting.push(source);
  }

  #lower(source: SourceText): LinkedModule {
    const isOwn = dependencyOf(source.file) === undefined;
    if (isOwn) this.#own.push(source);
    const module = this.#sources.check(source);
    const workers = workersOf(module).flatMap((place) => this.#worker(source.file, place));
    const { code, isAsync, free, gaps, required, sites } = lower(module, known, { linked: { paths: new Map(workers), imported: (name) => this.#variables.of(module, name) } });
    if (isAsync) this.#asyncFiles.add(source.file);
    if (isOwn) refuseLostAssignments(module);
    for (const name of free) this.#free.add(name);
    this.#gaps.push(...gaps);
    const factory = factoryOf(numbered(code, this.#sites.length), ts.isExternalModule(module.source));
    this.#sites.push(...sites);
    return { factory, imports: this.#imports(module, required) };
  }

  #imports(module: CheckedModule, required: ReadonlySet<string>): Record<string, string> {
    const imports: Record<string, string> = {};
    for (const place of importsOf(module)) {
      if (place.kind === 'static' && !required.has(place.specifier)) continue;
      const found = isLocal(place.specifier) ? this.#local(module, place) : this.#named(module, place.specifier);
      if (!found) continue;
      this.#ask(found);
      imports[place.specifier] = found.file;
    }
    return imports;
  }

  #local(module: CheckedModule, { specifier, node }: ImportPlace): SourceText | undefined {
    const found = resolveLocal(module.file, specifier, this.#sources.resolver.read);
    if (found.kind === 'file') return found;
    // What a package asks for in vain, it asks for at its own risk.
    if (found.kind === 'asset' || dependencyOf(module.file) !== undefined) return undefined;
    throw new CompileError(whyUnresolved(specifier, found.kind), rangeOf(module.source, node, module.file));
  }

  /** A package, or a file of the project's own under another name. */
  #named(module: CheckedModule, specifier: string): Found | undefined {
    if (this.#hasModel(specifier) || isBuiltIn(specifier)) return undefined;
    const found = this.#sources.resolver.resolve(module.file, specifier);
    const isWeighed = found?.dependency === undefined || dependencyOf(module.file) !== undefined;
    return isWeighed || 'files' in closureOf(found, this.#sources.resolver, this.#hasModel) ? found : undefined;
  }

  /** Node takes a plain path as relative to the working directory, browsers to the module. What is found nowhere stays as it is. */
  #worker(file: string, { node, base, path }: WorkerPlace): [ts.Expression, string][] {
    if (base === 'self') return [[node, absolute(file)]];
    const bases = base === 'module' ? [file] : ['', file];
    const found = bases.map((from) => resolveLocal(from, isLocal(path) ? path : `./${path}`, this.#sources.resolver.read)).find(({ kind }) => kind === 'file');
    if (found?.kind !== 'file') return [];
    this.#ask(found);
    return [[node, absolute(found.file)]];
  }
}

/** What `__filename` says: the working directory is the root of the program's world. */
function absolute(file: string): string {
  return `/${joined('', file)}`;
}

function whyUnresolved(specifier: string, kind: 'missing' | 'folder'): string {
  if (kind === 'folder') return `'${specifier}' is a folder without an index file; name a file in it`;
  return `there is no file '${specifier}' (.ts, .tsx, .js, .mjs, .cjs, .json or a folder with an index were tried); correct the path`;
}

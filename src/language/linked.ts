import ts from 'typescript';
import type { Program, Site } from '../model/index.js';
import { refuseLostAssignments } from './agents.js';
import { CompileError } from './compile-error.js';
import { checkModule, lower, wrap, type CheckedModule } from './compile.js';
import { ambientNames, intrinsicNames, sharedMemoryNames } from './globals.js';
import { exportsOf, importedName, type ExportedVariable, type ExportTable, type ImportedName } from './exports.js';
import { importMetaName } from './hooks.js';
import { importsOf } from './imports.js';
import { isLocal, joined, resolveLocal, type ReadModule } from './resolve.js';
import { rangeOf, rangeOfText, SiteTable } from './sites.js';
import type { SourceText } from './source.js';
import { workersOf, type WorkerPlace } from './workers.js';

export type { ReadModule } from './resolve.js';

/** Each module has its own of the first five; shared memory comes from the runtime. */
const known: ReadonlySet<string> = new Set([...intrinsicNames, 'module', 'exports', 'require', '__filename', '__dirname', ...sharedMemoryNames]);

export interface LinkedProgram {
  readonly program: Program;
  /** Every source file in it, the entry first. */
  readonly sources: readonly SourceText[];
}

/**
 * Lowers a file and everything local that it imports, or runs as a worker, to one program. Its function calls
 * `__rp.link({ file: [factory, imports] }, entry, require)` and gives what that gives: the exports of the module that was asked for.
 * Packages stay with the host's `require`.
 *
 * @throws CompileError with the place of what is wrong.
 */
export function compileLinked(entry: SourceText, read: ReadModule): LinkedProgram {
  return new Linker(read).link(entry);
}

interface LinkedModule {
  readonly factory: string;
  readonly imports: Readonly<Record<string, string>>;
}

class Linker {
  readonly #read: ReadModule;
  readonly #sites: Site[] = [];
  readonly #gaps: string[] = [];
  readonly #free = new Set<string>();
  readonly #sources: SourceText[] = [];
  /** In the order in which they are found, each once: imports may lead in a circle. */
  readonly #modules = new Map<string, LinkedModule | undefined>();
  /** Modules that were read, be it only to see what they export. */
  readonly #checked = new Map<string, CheckedModule>();
  readonly #exports = new Map<string, ExportTable>();
  readonly #waiting: SourceText[] = [];

  constructor(read: ReadModule) {
    this.#read = read;
  }

  link(entry: SourceText): LinkedProgram {
    this.#ask(entry);
    for (let source = this.#waiting.shift(); source; source = this.#waiting.shift()) {
      this.#modules.set(source.file, source.file.endsWith('.json') ? lowerJson(source) : this.#lower(source));
    }
    const names = [...new Set([...ambientNames, ...sharedMemoryNames, ...this.#free])];
    const modules = [...this.#modules].map(([file, module]) => `${JSON.stringify(file)}: [${module!.factory}, ${JSON.stringify(module!.imports)}]`);
    const body = `return __rp.link({ __proto__: null,\n${modules.join(',\n')}\n}, ${JSON.stringify(entry.file)}, require);`;
    return { program: { version: 1, file: entry.file, code: wrap(body, names), names, sites: this.#sites, gaps: this.#gaps }, sources: this.#sources };
  }

  #ask(source: SourceText): void {
    if (this.#modules.has(source.file)) return;
    this.#modules.set(source.file, undefined);
    this.#waiting.push(source);
  }

  #lower(source: SourceText): LinkedModule {
    this.#sources.push(source);
    const module = this.#check(source);
    const workers = workersOf(module).flatMap((place) => this.#worker(source.file, place));
    const { code, free, gaps, required } = lower(module, new SiteTable(module.source, source.file, this.#sites), known, { linked: { paths: new Map(workers), imported: (name) => this.#imported(module, name) } });
    refuseLostAssignments(module);
    for (const name of free) this.#free.add(name);
    this.#gaps.push(...gaps);
    return { factory: factoryOf(code, ts.isExternalModule(module.source)), imports: this.#imports(module, required) };
  }

  #imports(module: CheckedModule, required: ReadonlySet<string>): Record<string, string> {
    const imports: Record<string, string> = {};
    for (const { specifier, node, kind } of importsOf(module)) {
      if (!isLocal(specifier) || (kind === 'static' && !required.has(specifier))) continue;
      const found = resolveLocal(module.file, specifier, this.#read);
      if (found.kind === 'asset') continue;
      if (found.kind !== 'file') throw new CompileError(whyUnresolved(specifier, found.kind), rangeOf(module.source, node, module.file));
      this.#ask(found);
      imports[specifier] = found.file;
    }
    return imports;
  }

  #check(source: SourceText): CheckedModule {
    let module = this.#checked.get(source.file);
    if (!module) this.#checked.set(source.file, (module = checkModule(source)));
    return module;
  }

  /** A name that was imported is read where the variable lives, however many modules have passed it on. */
  #imported({ file, checker }: CheckedModule, name: ts.Identifier): ExportedVariable | undefined {
    const symbol = ts.isShorthandPropertyAssignment(name.parent) ? checker.getShorthandAssignmentValueSymbol(name.parent) : checker.getSymbolAtLocation(name);
    const imported = importedName(symbol);
    return imported && this.#exported(file, imported, new Set());
  }

  #exported(from: string, { specifier, name }: ImportedName, seen: Set<string>): ExportedVariable | undefined {
    const found = isLocal(specifier) ? resolveLocal(from, specifier, this.#read) : undefined;
    if (found?.kind !== 'file' || found.file.endsWith('.json') || seen.has(`${found.file} ${name}`)) return undefined;
    seen.add(`${found.file} ${name}`);
    let table = this.#exports.get(found.file);
    if (!table) this.#exports.set(found.file, (table = exportsOf(this.#check(found))));
    const own = table.variables.get(name);
    if (own !== undefined) return { file: found.file, name: own };
    const passed = table.passed.get(name);
    if (passed) return this.#exported(found.file, passed, seen);
    for (const star of name === 'default' ? [] : table.stars) {
      const behind = this.#exported(found.file, { specifier: star, name }, seen);
      if (behind) return behind;
    }
    return undefined;
  }

  /** Node takes a plain path as relative to the working directory, browsers to the module. What is found nowhere stays as it is. */
  #worker(file: string, { node, base, path }: WorkerPlace): [ts.Expression, string][] {
    if (base === 'self') return [[node, absolute(file)]];
    const bases = base === 'module' ? [file] : ['', file];
    const found = bases.map((from) => resolveLocal(from, isLocal(path) ? path : `./${path}`, this.#read)).find(({ kind }) => kind === 'file');
    if (found?.kind !== 'file') return [];
    this.#ask(found);
    return [[node, absolute(found.file)]];
  }
}

/** What `__filename` says: the working directory is the root of the program's world. */
function absolute(file: string): string {
  return `/${joined('', file)}`;
}

function factoryOf(code: string, isEcmaScript: boolean): string {
  return `(function (module, exports, require, ${importMetaName}, __filename, __dirname) { (function () {\n${code}\n}).call(${isEcmaScript ? 'undefined' : 'exports'}); })`;
}

function lowerJson({ file, text }: SourceText): LinkedModule {
  const json = text.replace(/^\ufeff/, '');
  try {
    JSON.parse(json);
  } catch (error) {
    const parsed = ts.parseJsonText(file, text) as ts.JsonSourceFile & { readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[] };
    const place = parsed.parseDiagnostics?.[0];
    throw new CompileError(`this is no JSON: ${place ? ts.flattenDiagnosticMessageText(place.messageText, ' ') : (error as Error).message}`, rangeOfText(parsed, file, place?.start, place?.length));
  }
  return { factory: `(function (module) { module.exports = JSON.parse(${JSON.stringify(json)}); })`, imports: {} };
}

function whyUnresolved(specifier: string, kind: 'missing' | 'folder'): string {
  if (kind === 'folder') return `'${specifier}' is a folder without an index file; name a file in it`;
  return `there is no file '${specifier}' (.ts, .tsx, .js, .mjs, .cjs, .json or a folder with an index were tried); correct the path`;
}

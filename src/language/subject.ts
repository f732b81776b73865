import ts from 'typescript';
import type { Program, Site, SourceRange } from '../model/index.js';
import { assemble, factoryOf, lastingFactoryOf, lowerJson, orderAsync, type LinkedModule } from './assemble.js';
import { awaitsAtTop, checkModule, compile, lower, type CheckedModule, type LoweredModule } from './compile.js';
import { Cut, without, type Starts } from './cut.js';
import { ExportedVariables } from './exported-variables.js';
import { exportsOf, importedName, type ExportedVariable, type ExportTable } from './exports.js';
import { ambientNames, intrinsicNames } from './globals.js';
import { numbered } from './hooks.js';
import type { Found } from './resolution/resolver.js';
import type { ReadModule } from './resolve.js';
import { seedsOf } from './seeds.js';
import { select, type LeftOut, type Selection } from './selection.js';
import type { SourceText } from './source.js';
import { sourcesOf, type Sources } from './sources.js';
import type { FindType } from './signature.js';
import { typesThrough } from './types.js';

/** Each module has its own of these. */
const ofModules = ['module', 'exports', 'require', '__filename', '__dirname'];
const known: ReadonlySet<string> = new Set([...intrinsicNames, ...ofModules]);

export interface SubjectOptions {
  /** Function expressions to catch when they are created, by `line:column`. */
  readonly closures: ReadonlySet<string>;
  /** What will run: imports that these places use are linked in. */
  readonly places: readonly SourceRange[];
  /** Gives other files; without it the subject's own is all there is. */
  readonly read?: ReadModule;
  /** The other files tell types only; what they do stays outside. */
  readonly isAlone?: boolean;
  /** Modules that the simulator has itself. */
  readonly hasModel: (specifier: string) => boolean;
  /** Whether an installed package is worth running, by its name and its manifest. */
  readonly matters: (name: string, manifest: string) => boolean;
  /** Files that shall not take part. */
  readonly without?: ReadonlySet<string>;
  /** Functions that nothing leads to from here, as far as names tell, are left out, and say so if they are run. */
  readonly starts?: Starts;
}

export interface CompiledSubject {
  readonly module: CheckedModule;
  readonly program: Program;
  /** Other files that take part. */
  readonly linked: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** Another file of the program's own, where a task may be declared. */
  readonly moduleAt: (file: string) => CheckedModule | undefined;
  readonly findType: FindType;
}

/**
 * Lowers the file that holds a finding, with what it imports linked in as far as the places that will run use it; the rest stays opaque.
 * @throws CompileError if the file itself cannot be lowered.
 */
export function compileSubject(source: SourceText, options: SubjectOptions): CompiledSubject {
  const { closures, read, places, starts, isAlone = false, without = new Set<string>() } = options;
  const sources = sourcesOf(read ?? nothing);
  const module = read ? sources.check(source) : checkModule(source);
  const selection = read && !isAlone ? select(module, seedsOf(module, places), sources, { ...options, without, needed: new Set(places.map(({ file }) => file)) }) : none;
  const cut = starts && new Cut(module, selection, sources, starts);
  const runs = (each: CheckedModule): CheckedModule => cut?.of(each) ?? each;
  const program = read || awaitsAtTop(module.source) ? new SubjectLinker(runs(module), selection, (found) => runs(sources.check(found)), sources, closures).link() : compile(runs(module), closures);
  return { module, program, linked: [...selection.files.keys()], leftOut: selection.leftOut, moduleAt: (file) => (file === source.file ? module : moduleAt(file, sources)), findType: typesThrough(module, sources) };
}

function moduleAt(file: string, sources: Sources): CheckedModule | undefined {
  const found = sources.resolver.read(file);
  return found?.kind === 'file' ? sources.check({ file, text: found.text }) : undefined;
}

const nothing: ReadModule = () => undefined;
const none: Selection = { files: new Map(), imports: new Map(), leftOut: [] };

class SubjectLinker {
  readonly #entry: CheckedModule;
  readonly #selection: Selection;
  readonly #check: (found: Found) => CheckedModule;
  readonly #closures: ReadonlySet<string>;
  readonly #sites: Site[] = [];
  readonly #gaps: string[] = [];
  readonly #free = new Set<string>();
  readonly #asyncFiles = new Set<string>();
  #isLasting = false;
  readonly #variables: ExportedVariables;

  constructor(entry: CheckedModule, selection: Selection, check: (found: Found) => CheckedModule, sources: Sources, closures: ReadonlySet<string>) {
    this.#entry = entry;
    this.#selection = selection;
    this.#check = check;
    this.#closures = closures;
    this.#variables = new ExportedVariables(sources, (file) => this.#isLinked(file));
  }

  link(): Program {
    const { files } = this.#selection;
    const linked = new Map<string, LinkedModule>([[this.#entry.file, this.#lower(this.#entry)]]);
    for (const [file, found] of files) linked.set(file, file.endsWith('.json') ? lowerJson(found) : this.#lower(this.#check(found)));
    const modules = orderAsync(linked, (file) => this.#asyncFiles.has(file));
    const names = [...new Set([...ambientNames, ...this.#free])];
    return assemble({ entry: this.#entry.file, modules, names, sites: this.#sites, gaps: this.#gaps, isLasting: this.#isLasting });
  }

  #lower(module: CheckedModule): LinkedModule {
    const { code, isAsync, isLifted, free, gaps, sites } = this.#lowered(module);
    const text = numbered(code, this.#sites.length);
    const factory = isLifted ? lastingFactoryOf(text) : factoryOf(text, ts.isExternalModule(module.source));
    this.#isLasting ||= isLifted;
    this.#sites.push(...sites);
    if (isAsync) this.#asyncFiles.add(module.file);
    for (const name of free) this.#free.add(name);
    this.#gaps.push(...gaps);
    return { factory, imports: Object.fromEntries(this.#selection.imports.get(module.file) ?? []) };
  }

  #lowered(module: CheckedModule): LoweredModule {
    const isEntry = module === this.#entry;
    const imported = (name: ts.Identifier): ExportedVariable | undefined => this.#imported(module, name);
    const mayLift = !this.#leadsBack(module.file);
    const key = JSON.stringify([isEntry && [...this.#closures].sort(), mayLift, importedNamesOf(module).map((name) => imported(name))]);
    return remembered(module, key, (wanted) => lower(wanted, known, { ...(isEntry && { closures: this.#closures }), mayLift, linked: { paths: new Map(), imported, isSubject: isEntry } }));
  }

  /** Imports lead from a file to itself, so that it may be used before it is loaded. */
  #leadsBack(file: string): boolean {
    const seen = new Set<string>();
    const waiting = [...this.#importedBy(file)];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (at === file) return true;
      if (seen.has(at)) continue;
      seen.add(at);
      waiting.push(...this.#importedBy(at));
    }
    return false;
  }

  #importedBy(file: string): readonly string[] {
    const targets = [...(this.#selection.imports.get(file)?.values() ?? [])];
    return targets.flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target).map(([from]) => from)));
  }

  #isLinked(file: string): boolean {
    return file === this.#entry.file || this.#selection.files.has(file);
  }

  /** A variable of another file that changes: read where it lives. */
  #imported(module: CheckedModule, name: ts.Identifier): ExportedVariable | undefined {
    const symbol = ts.isShorthandPropertyAssignment(name.parent) ? module.checker.getShorthandAssignmentValueSymbol(name.parent) : module.checker.getSymbolAtLocation(name);
    const imported = importedName(symbol);
    const target = imported && this.#selection.imports.get(module.file)?.get(imported.specifier);
    if (!target) return undefined;
    if (typeof target === 'string') return this.#variables.of(module, name);
    const [file, exported] = Object.hasOwn(target, imported.name) ? target[imported.name]! : [];
    const variable = file === undefined || file.endsWith('.json') ? undefined : this.#tableOf(file).variables.get(exported!);
    return variable === undefined ? undefined : { file: file!, name: variable };
  }

  #tableOf(file: string): ExportTable {
    return exportsOf(file === this.#entry.file ? this.#entry : this.#check(this.#selection.files.get(file)!));
  }
}

/** A file that was lowered without some of its functions. */
interface Lowering {
  readonly missing: ReadonlySet<ts.Node>;
  readonly made: LoweredModule;
}

const lowered = new WeakMap<ts.SourceFile, Map<string, Lowering>>();

/**
 * What was made of a file for one program serves others that need no more of its functions, and what is made anew has all that was needed so far.
 * Not if something in it cannot be watched: that would be said of programs that do without it.
 */
function remembered(module: CheckedModule, key: string, make: (module: CheckedModule) => LoweredModule): LoweredModule {
  const { source, missing } = module;
  let known = lowered.get(source);
  if (!known) lowered.set(source, (known = new Map()));
  const kind = `${missing.size === 0 ? 'whole' : 'cut'} ${key}`;
  const before = known.get(kind);
  if (before && isWithin(before.missing, missing) && (before.missing.size === missing.size || before.made.gaps.length === 0)) return before.made;
  const wanted = before ? without(module, [...missing].filter((body) => before.missing.has(body))) : module;
  let lowering: Lowering = { missing: wanted.missing, made: make(wanted) };
  if (lowering.made.gaps.length > 0 && wanted.missing.size < missing.size) lowering = { missing, made: make(module) };
  known.set(kind, lowering);
  return lowering.made;
}

function isWithin<T>(some: ReadonlySet<T>, all: ReadonlySet<T>): boolean {
  return some.size <= all.size && [...some].every((one) => all.has(one));
}

/** The names by which a module knows what it imports. */
function importedNamesOf({ source }: CheckedModule): ts.Identifier[] {
  return source.statements.flatMap((statement) => {
    const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
    const named = clause?.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements.map(({ name }) => name) : [];
    return clause?.name ? [clause.name, ...named] : named;
  });
}

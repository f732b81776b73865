import ts from 'typescript';
import type { EntryPath, SourceRange } from '../model/index.js';
import type { CheckedModule } from './compile.js';
import { Reach, type Demand } from './demand.js';
import { moduleExports } from './module-exports.js';
import { missedAt, seedsOf } from './seeds.js';
import type { Selection } from './selection.js';
import type { Sources } from './sources.js';

/** Bodies shorter than this stay: leaving them out would save nothing. */
const leastLength = 60;

/** From where the modules of a program run. */
export interface Starts {
  readonly places: readonly SourceRange[];
  /** The ways to what tasks call. */
  readonly paths: readonly EntryPath[];
  /** Functions that a run has come to although they were left out. */
  readonly missed?: readonly SourceRange[];
}

/**
 * The modules of a program without the bodies of functions that nothing leads to, as far as names tell. Everything else stays at its place, and a body
 * that is missing says so when it is run, so that a program that needs it can be made anew with all.
 */
export class Cut {
  readonly #entry: CheckedModule;
  readonly #selection: Selection;
  readonly #sources: Sources;
  readonly #queue: Demand[] = [];
  readonly #reach = new Reach((demand) => void this.#queue.push(demand));

  constructor(entry: CheckedModule, selection: Selection, sources: Sources, { places, paths, missed = [] }: Starts) {
    this.#entry = entry;
    this.#selection = selection;
    this.#sources = sources;
    for (const { steps } of paths) for (const step of steps) if (step.kind === 'member') this.#reach.call(step.name);
    const roots = new Set(paths.map(({ root }) => root));
    for (const statement of entry.source.statements) if (namesOf(statement).some((name) => roots.has(name))) this.#reach.add(statement, entry);
    for (const module of this.#modules()) {
      for (const node of [...loadingOf(module.source), ...seedsOf(module, places), ...missedAt(module, missed)]) this.#reach.add(node, module);
    }
    for (let demand = this.#queue.shift(); demand; demand = this.#queue.shift()) this.#follow(demand);
  }

  /** The same module if nothing of it can be left out. */
  of(module: CheckedModule): CheckedModule {
    if (this.#selection.files.get(module.file)?.dependency !== undefined) return module;
    const bodies: ts.Block[] = [];
    const visit = (node: ts.Node): void => {
      if (isCuttable(node) && !this.#reach.has(node)) bodies.push(node.body);
      else ts.forEachChild(node, visit);
    };
    visit(module.source);
    return bodies.length === 0 ? module : without(module, bodies);
  }

  #modules(): CheckedModule[] {
    const others = [...this.#selection.files].filter(([file]) => !file.endsWith('.json') && file !== this.#entry.file);
    return [this.#entry, ...others.map(([, found]) => this.#sources.check(found))];
  }

  #follow({ from, specifier, name }: Demand): void {
    const target = this.#selection.imports.get(from.file)?.get(specifier);
    if (target === undefined) return;
    if (typeof target === 'string') return this.#export(target, '*');
    for (const [known, [file, exported]] of Object.entries(target)) if (name === '*' || name === known) this.#export(file, exported);
  }

  #export(file: string, name: string): void {
    const found = file === this.#entry.file ? undefined : this.#selection.files.get(file);
    if (file.endsWith('.json') || (!found && file !== this.#entry.file)) return;
    const module = found ? this.#sources.check(found) : this.#entry;
    const exported = name === '*' ? undefined : moduleExports(module).byName.get(name);
    this.#reach.add(exported?.kind === 'own' ? exported.node : module.source, module);
  }
}

/** A method, a function with a name of its own or in a variable: what is run when it is called, and makes no object. */
function isCuttable(node: ts.Node): node is ts.FunctionLikeDeclaration & { readonly body: ts.Block } {
  const isFunction = ts.isFunctionDeclaration(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node) || (ts.isMethodDeclaration(node) && !ts.isComputedPropertyName(node.name));
  return isFunction && node.body !== undefined && ts.isBlock(node.body) && node.body.end - node.body.pos >= leastLength;
}

/** What runs while a module is loaded, without what it only declares. */
function loadingOf(source: ts.SourceFile): ts.Node[] {
  return source.statements.flatMap((statement): ts.Node[] => {
    if (ts.isFunctionDeclaration(statement) || ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) return [];
    if (ts.isClassDeclaration(statement)) return loadingOfClass(statement);
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(({ initializer, name }) => [...(initializer ? loadingOfValue(initializer) : []), ...(ts.isIdentifier(name) ? [] : [name])]);
    return ts.isExportAssignment(statement) ? loadingOfValue(statement.expression) : [statement];
  });
}

function loadingOfValue(value: ts.Expression): ts.Node[] {
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return [];
  return ts.isClassExpression(value) ? loadingOfClass(value) : [value];
}

function loadingOfClass(node: ts.ClassLikeDeclaration): ts.Node[] {
  const isDecorated = [node, ...node.members].some((each) => ts.canHaveDecorators(each) && (ts.getDecorators(each) ?? []).length > 0);
  // Decorators may do anything with the class.
  if (isDecorated) return [node];
  const bases = (node.heritageClauses ?? []).filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword).flatMap(({ types }) => types.map(({ expression }) => expression));
  const isStatic = (member: ts.ClassElement): boolean => ts.isClassStaticBlockDeclaration(member) || (ts.isPropertyDeclaration(member) && member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) === true);
  const keys = node.members.flatMap(({ name }) => (name && ts.isComputedPropertyName(name) ? [name] : []));
  return [...bases, ...node.members.filter(isStatic), ...keys];
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  if (ts.isExportAssignment(statement)) return ['default'];
  return ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) ? [statement.name?.text ?? 'default', 'default'] : [];
}

const made = new WeakMap<CheckedModule, Map<string, CheckedModule>>();

/** The same text, tree and names: only what is lowered is less. */
export function without(module: CheckedModule, bodies: readonly ts.Node[]): CheckedModule {
  let known = made.get(module);
  if (!known) made.set(module, (known = new Map()));
  const key = bodies.map(({ pos }) => pos).join();
  let cut = known.get(key);
  if (!cut) known.set(key, (cut = { file: module.file, source: module.source, decorators: module.decorators, missing: new Set(bodies), get checker() { return module.checker; }, get program() { return module.program; } }));
  return cut;
}

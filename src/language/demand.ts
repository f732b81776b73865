import ts from 'typescript';
import type { CheckedModule } from './compile.js';
import { declarationOf } from './module-exports.js';

/** A name that running code takes from another module; `*`: the module as a whole. */
export interface Demand {
  readonly from: CheckedModule;
  readonly specifier: string;
  readonly name: string;
  /** A class of the running code extends it. */
  readonly isBase: boolean;
}

/**
 * What running some code may use, followed through names: functions, classes (their bases, fields and constructors, and the methods that are
 * called by a name that occurs), variables with what they hold. Imports are told, not followed.
 */
export class Reach {
  readonly #demand: (demand: Demand) => void;
  readonly #seen = new Set<ts.Node>();
  readonly #told = new Set<string>();
  readonly #names = new Set<string>();
  readonly #classes: { readonly node: ts.ClassLikeDeclaration; readonly module: CheckedModule }[] = [];

  constructor(demand: (demand: Demand) => void) {
    this.#demand = demand;
  }

  /** Adds a piece of a module and all that it leads to. */
  add(node: ts.Node, module: CheckedModule): void {
    const pending: ts.Node[] = [node];
    for (let next = pending.pop(); next; next = pending.pop()) this.#visit(next, module, pending);
  }

  /** Somebody calls methods of this name. */
  call(name: string): void {
    if (this.#names.has(name)) return;
    this.#names.add(name);
    for (const { node, module } of [...this.#classes]) for (const member of node.members) if (nameOf(member) === name) this.add(member, module);
  }

  has(node: ts.Node): boolean {
    return this.#seen.has(node);
  }

  #visit(node: ts.Node, module: CheckedModule, pending: ts.Node[]): void {
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    if (isOnlyType(node)) return;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return this.#passOn(node, module);
    if (ts.isClassLike(node)) return this.#class(node, module, pending);
    if (ts.isIdentifier(node)) return this.#identifier(node, module, pending);
    if (ts.isCallExpression(node)) this.#call(node, module);
    if (ts.isPropertyAccessExpression(node)) {
      this.#name(node.name.text, module, pending);
      pending.push(node.expression);
      return;
    }
    if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) this.#name((node.propertyName ?? node.name).getText(module.source), module, pending);
    ts.forEachChild(node, (child) => void pending.push(child));
  }

  /** The parts of a class that run whenever it is used; its methods once somebody names them. */
  #class(node: ts.ClassLikeDeclaration, module: CheckedModule, pending: ts.Node[]): void {
    this.#classes.push({ node, module });
    for (const modifier of ts.canHaveDecorators(node) ? ts.getDecorators(node) ?? [] : []) pending.push(modifier);
    for (const clause of node.heritageClauses ?? []) if (clause.token === ts.SyntaxKind.ExtendsKeyword) pending.push(...clause.types.map(({ expression }) => expression));
    for (const member of node.members) {
      if (ts.canHaveDecorators(member)) pending.push(...(ts.getDecorators(member) ?? []));
      const isRun = ts.isPropertyDeclaration(member) || ts.isConstructorDeclaration(member) || ts.isClassStaticBlockDeclaration(member);
      if (isRun || this.#names.has(nameOf(member))) pending.push(member);
    }
  }

  #name(name: string, module: CheckedModule, pending: ts.Node[]): void {
    if (this.#names.has(name)) return;
    this.#names.add(name);
    for (const known of this.#classes) {
      for (const member of known.node.members) {
        if (nameOf(member) !== name) continue;
        if (known.module === module) pending.push(member);
        else this.add(member, known.module);
      }
    }
  }

  #identifier(node: ts.Identifier, module: CheckedModule, pending: ts.Node[]): void {
    // What a function binds lies within it, and a function is added as a whole: most names need not be looked up.
    if (!namesAtTop(module.source).has(node.text)) return;
    const { checker } = module;
    const symbol = ts.isShorthandPropertyAssignment(node.parent) ? checker.getShorthandAssignmentValueSymbol(node.parent) : checker.getSymbolAtLocation(node);
    const declaration = declarationOf(symbol);
    if (!declaration || declaration.getSourceFile() !== module.source) return;
    const specifier = specifierOf(declaration);
    if (specifier !== undefined) return this.#import(node, declaration, specifier, module);
    if (ts.isVariableDeclaration(declaration) || ts.isFunctionDeclaration(declaration) || ts.isClassLike(declaration) || ts.isEnumDeclaration(declaration) || ts.isModuleDeclaration(declaration)) pending.push(declaration);
    if (ts.isBindingElement(declaration)) pending.push(rootOf(declaration));
  }

  #import(node: ts.Identifier, declaration: ts.Declaration, specifier: string, module: CheckedModule): void {
    const isBase = ts.isExpressionWithTypeArguments(node.parent) && ts.isHeritageClause(node.parent.parent);
    for (const name of importedNames(node, declaration)) this.#tell({ from: module, specifier, name, isBase });
  }

  /** `import './x'` and `export … from './x'` of a module that runs as a whole; other imports matter where their names are used. */
  #passOn(node: ts.ImportDeclaration | ts.ExportDeclaration, module: CheckedModule): void {
    if (!node.moduleSpecifier || !ts.isStringLiteral(node.moduleSpecifier) || (ts.isImportDeclaration(node) ? node.importClause : node.isTypeOnly)) return;
    const clause = ts.isExportDeclaration(node) ? node.exportClause : undefined;
    const names = clause && ts.isNamedExports(clause) ? clause.elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ propertyName, name }) => (propertyName ?? name).text) : ['*'];
    for (const name of names) this.#tell({ from: module, specifier: node.moduleSpecifier.text, name, isBase: false });
  }

  /** `require('x')` that no variable keeps, and `import('x')`. */
  #call(node: ts.CallExpression, module: CheckedModule): void {
    const [argument] = node.arguments;
    const isLoading = node.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(node.expression) && node.expression.text === 'require');
    if (isLoading && argument && ts.isStringLiteralLike(argument)) this.#tell({ from: module, specifier: argument.text, name: '*', isBase: false });
  }

  #tell(demand: Demand): void {
    const key = `${demand.from.file}\n${demand.specifier}\n${demand.name}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#demand(demand);
  }
}

const atTop = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

/** The names that a module binds outside its functions. */
function namesAtTop(source: ts.SourceFile): ReadonlySet<string> {
  const known = atTop.get(source);
  if (known) return known;
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    const { name } = node as ts.NamedDeclaration;
    const binds = ts.isVariableDeclaration(node) || ts.isBindingElement(node) || ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node) || ts.isImportClause(node) || ts.isImportSpecifier(node) || ts.isNamespaceImport(node) || ts.isImportEqualsDeclaration(node);
    if (binds && name && ts.isIdentifier(name)) names.add(name.text);
    if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) ts.forEachChild(node, visit);
  };
  visit(source);
  atTop.set(source, names);
  return names;
}

function isOnlyType(node: ts.Node): boolean {
  if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return true;
  return ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) === true);
}

function nameOf({ name }: ts.ClassElement): string {
  return name && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteral(name)) ? name.text : '';
}

function rootOf(element: ts.BindingElement): ts.Node {
  let node: ts.Node = element;
  while (!ts.isVariableDeclaration(node) && !ts.isParameter(node) && node.parent) node = node.parent;
  return node;
}

/** The module that a declaration imports from. */
function specifierOf(declaration: ts.Declaration): string | undefined {
  const literal = ts.isImportEqualsDeclaration(declaration)
    ? ts.isExternalModuleReference(declaration.moduleReference) ? declaration.moduleReference.expression : undefined
    : ts.isImportClause(declaration) ? declaration.parent.moduleSpecifier
    : ts.isNamespaceImport(declaration) ? declaration.parent.parent.moduleSpecifier
    : ts.isImportSpecifier(declaration) ? declaration.parent.parent.parent.moduleSpecifier
    : undefined;
  return literal && ts.isStringLiteralLike(literal) ? literal.text : undefined;
}

function importedNames(node: ts.Identifier, declaration: ts.Declaration): string[] {
  if (ts.isImportSpecifier(declaration)) return [(declaration.propertyName ?? declaration.name).text];
  if (ts.isImportClause(declaration)) return ['default'];
  const { parent } = node;
  const isMember = ts.isPropertyAccessExpression(parent) && parent.expression === node;
  return ts.isNamespaceImport(declaration) && isMember ? [parent.name.text] : ['*'];
}

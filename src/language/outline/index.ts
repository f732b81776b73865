import ts from 'typescript';
import type { EntryPath, SourceRange } from '../../model/index.js';
import type { CheckedModule } from '../compile.js';
import { moduleExports } from '../module-exports.js';
import type { ReadModule } from '../resolve.js';
import type { SourceText } from '../source.js';
import { sourcesOf, type Sources } from '../sources.js';
import { typesThrough } from '../types.js';
import { DeclaredTypes, type Declared } from './declared-types.js';
import { exportedNames, type ExportedNames } from './exported-names.js';
import { loadedWith } from './loaded-with.js';
import { classLine, instanceReaders, moduleReaders, productReaders, type Reader } from './readers.js';

export type { Declared, DeclaredType, TypeStep } from './declared-types.js';
export type { Reader } from './readers.js';

/** What a test of a module can reach of it, and read without changing anything. */
export class ModuleOutline {
  readonly exported: ExportedNames;
  readonly types: DeclaredTypes;
  readonly #module: CheckedModule;
  readonly #sources: Sources;

  constructor(source: SourceText, read: ReadModule = () => undefined) {
    this.#sources = sourcesOf(read);
    this.#module = this.#sources.check(source);
    this.exported = exportedNames(this.#module);
    this.types = new DeclaredTypes(typesThrough(this.#module, this.#sources));
  }

  /** What shows the state of the object that the last step of a path calls a member of. */
  readersOf({ root, steps }: EntryPath): readonly Reader[] {
    if (steps[0]?.kind === 'construct') return instanceReaders(this.#module.source, root);
    return steps[0]?.kind === 'call' ? productReaders(this.#module.source, root) : [];
  }

  /** What shows the state of the module; by their local names. */
  get readers(): readonly Reader[] {
    return moduleReaders(this.#module.source, (name) => this.exported.byLocal.has(name));
  }

  /** The type of a parameter of what `new root(…)` or `root(…)` runs. */
  setupParameter({ root, steps }: EntryPath, name: string): Declared | undefined {
    const { source } = this.#module;
    if (steps[0]?.kind !== 'construct') return this.#parameterOf(this.#functionNamed(root), name);
    const constructor = classLine(source, root).flatMap(({ members }) => members.filter((member): member is ts.ConstructorDeclaration => ts.isConstructorDeclaration(member) && !!member.body))[0];
    return this.#parameterOf(constructor, name);
  }

  /** The type of a parameter of the function at a range, or of the largest one within it. */
  parameterAt(range: SourceRange, name: string): Declared | undefined {
    return this.#parameterOf(this.functionAt(range), name);
  }

  isAsyncAt(range: SourceRange): boolean {
    const found = this.functionAt(range);
    return found !== undefined && ts.canHaveModifiers(found) && ts.getModifiers(found)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
  }

  functionAt({ file, start, end }: SourceRange): ts.SignatureDeclaration | undefined {
    const { source } = this.#module;
    if (file !== this.#module.file) return undefined;
    const offset = ({ line, column }: SourceRange['start']): number => (line > source.getLineStarts().length ? source.end : ts.getPositionOfLineAndCharacter(source, line - 1, 0) + column - 1);
    const [from, to] = [offset(start), offset(end)];
    let best: ts.SignatureDeclaration | undefined;
    const visit = (node: ts.Node): void => {
      if (node.end < from || node.getStart(source) > to) return;
      if (isFunctionWithBody(node) && node.end <= to && (node.end === to || node.getStart(source) >= from) && (!best || node.end - node.pos > best.end - best.pos)) best = node;
      ts.forEachChild(node, visit);
    };
    visit(source);
    return best;
  }

  /** What a module of the program's own declares an export to be. */
  importedType(specifier: string, name: string): Declared | undefined {
    const found = this.#sources.resolver.resolve(this.#module.file, specifier);
    if (!found || found.dependency !== undefined || found.file.endsWith('.json')) return undefined;
    const exported = moduleExports(this.#sources.check(found)).byName.get(name);
    return exported?.kind === 'own' ? typeOf(exported.node) : undefined;
  }

  /** The exported variable that the module fills with an instance of a class of its own, as a module does with its one service. */
  exportedInstanceOf(name: string): string | undefined {
    const isMade = ({ initializer }: ts.VariableDeclaration): boolean => !!initializer && ts.isNewExpression(initializer) && ts.isIdentifier(initializer.expression) && initializer.expression.text === name;
    const declarations = this.#module.source.statements.flatMap((statement) => (ts.isVariableStatement(statement) ? [...statement.declarationList.declarations] : []));
    return declarations.flatMap((one) => (ts.isIdentifier(one.name) && this.exported.byLocal.has(one.name.text) && isMade(one) ? [one.name.text] : []))[0];
  }

  /** Whether the module names another one by this specifier, in whatever way. */
  imports(specifier: string): boolean {
    const { text } = this.#module.source;
    return [`'${specifier}'`, `"${specifier}"`].some((written) => text.includes(written));
  }

  /** The specifiers of what is loaded with the module, and the files that they lead to where these are at hand. */
  get loadedWith(): readonly { readonly specifier: string; readonly file?: string }[] {
    const { file, source } = this.#module;
    return loadedWith(source).map((specifier) => {
      const found = this.#sources.resolver.resolve(file, specifier);
      return { specifier, ...(found && { file: found.file }) };
    });
  }

  /** Whether the module's text waits for its modules, as `require` does not. */
  isRequired(specifier: string): boolean {
    const { text } = this.#module.source;
    if ([`'${specifier}'`, `"${specifier}"`].some((written) => text.includes(`import(${written})`))) return false;
    return !this.#module.source.statements.some((statement) => (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) && statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier) && statement.moduleSpecifier.text === specifier);
  }

  #functionNamed(name: string): ts.SignatureDeclaration | undefined {
    for (const statement of this.#module.source.statements) {
      if (ts.isFunctionDeclaration(statement) && statement.body && (statement.name?.text ?? 'default') === name) return statement;
      if (!ts.isVariableStatement(statement)) continue;
      for (const declaration of statement.declarationList.declarations) {
        if (ts.isIdentifier(declaration.name) && declaration.name.text === name && declaration.initializer && isFunctionWithBody(declaration.initializer)) return declaration.initializer;
      }
    }
    return undefined;
  }

  #parameterOf(declaration: ts.SignatureDeclaration | undefined, name: string): Declared | undefined {
    return declaration?.parameters.find((parameter) => ts.isIdentifier(parameter.name) && parameter.name.text === name)?.type;
  }
}

function isFunctionWithBody(node: ts.Node): node is ts.FunctionDeclaration | ts.MethodDeclaration | ts.FunctionExpression | ts.ArrowFunction {
  return (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node)) && !!node.body;
}

function typeOf(node: ts.Node): Declared | undefined {
  if (ts.isFunctionDeclaration(node)) return node;
  if (!ts.isVariableDeclaration(node)) return undefined;
  return node.type ?? (node.initializer && (ts.isArrowFunction(node.initializer) || ts.isFunctionExpression(node.initializer)) ? node.initializer : undefined);
}

import ts from 'typescript';
import { runtimeName } from './hooks.js';
import { hookOf, isExported, isInert, type TopLevel } from './inert.js';
import { keepGenerator } from './kept-generators.js';

export interface ModuleNames {
  /** What the source assigns to anywhere, beside its first value. */
  readonly assigned: ReadonlySet<string>;
  /** What it imports, by its own names. */
  readonly imported: ReadonlySet<string>;
}

/**
 * Takes out of a lowered ES module what need not be made anew whenever it is loaded, for the engine learns each class and each generator function anew:
 * its variables, and the classes that are made of nothing but methods. What comes out is the body of a function that gives another one, which loads the module:
 *
 *     var source, Tally, kept, generators = [];
 *     var make = function () { class Tally { … } return [Tally]; };
 *     return function () {
 *       kept = __rp.kept(kept, make), Tally = kept.values[0];
 *       source = require("./source");
 *       exports.Tally = Tally;
 *     };
 *
 *  1. Executions never overlap: one is over when a module is loaded for the next.
 *  2. A variable that has no value yet has one of the execution before, which nobody may see. So a module is left as it is if a statement at its top level runs
 *     code of the module itself. (Imports must not lead in a circle, which the caller sees to.)
 *  3. A class that an execution has changed is made anew for the next (`Hooks.kept`).
 *  4. Every other object that the program can get hold of is made anew.
 */
export function lifting(names: ModuleNames, onLifted: () => void): ts.TransformerFactory<ts.SourceFile> {
  return () => (source) => {
    const lifted = new Module(source.statements, names).lift();
    if (lifted === undefined) return source;
    onLifted();
    return ts.factory.updateSourceFile(source, ts.setTextRange(ts.factory.createNodeArray(lifted), source.statements));
  };
}

type NamedClass = ts.ClassDeclaration & { readonly name: ts.Identifier };

class Module implements TopLevel {
  readonly #statements: readonly ts.Statement[];
  readonly #names: ModuleNames;
  /** What the module binds at its top level, by its text; true: it has its value. */
  readonly #bound = new Map<string, boolean>();
  readonly #variables: ts.Identifier[] = [];
  /** What has its value before the first statement runs. */
  readonly #first: ts.Statement[] = [];
  readonly #kept: NamedClass[] = [];
  readonly #rest: ts.Statement[] = [];
  readonly #generators = ts.factory.createUniqueName('__generators');
  #generatorCount = 0;

  constructor(statements: readonly ts.Statement[], names: ModuleNames) {
    this.#statements = statements;
    this.#names = names;
  }

  isOwn(name: string): boolean {
    return this.#bound.has(name) || this.isImported(name);
  }

  hasValue(name: string): boolean {
    return this.#bound.get(name) !== false;
  }

  isImported(name: string): boolean {
    return this.#names.imported.has(name);
  }

  /** Undefined if it has to stay as it is, or nothing would be won. */
  lift(): ts.Statement[] | undefined {
    if (!this.#statements.every((statement) => this.#bind(statement)) || !this.#statements.every((statement) => this.#move(statement))) return undefined;
    return this.#kept.length + this.#generatorCount === 0 ? undefined : this.#written();
  }

  /** False if something is bound twice, or in a way that is not followed. */
  #bind(statement: ts.Statement): boolean {
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.every(({ name }) => ts.isIdentifier(name) && this.#declare(name));
    if (!ts.isClassDeclaration(statement) && !ts.isFunctionDeclaration(statement)) return true;
    const { name } = statement;
    if (name === undefined || name.text === '' || this.#names.assigned.has(name.text) || !this.#declare(name)) return false;
    if (ts.isFunctionDeclaration(statement)) this.#bound.set(name.text, true);
    return true;
  }

  /** What is generated for an import has no text before it is written, and nothing of the source can mean it. */
  #declare(name: ts.Identifier): boolean {
    this.#variables.push(name);
    if (name.text === '') return true;
    if (this.isOwn(name.text)) return false;
    this.#bound.set(name.text, false);
    return true;
  }

  /** False if the statement might see a variable that has no value yet. */
  #move(statement: ts.Statement): boolean {
    if (ts.isFunctionDeclaration(statement)) return this.#function(statement);
    if (ts.isClassDeclaration(statement)) return this.#class(statement);
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.every((declaration) => this.#variable(declaration, statement.declarationList.flags));
    // Types leave nothing behind.
    if (ts.isNotEmittedStatement(statement) || ts.isEmptyStatement(statement)) return true;
    if (!ts.isExpressionStatement(statement) || !isInert(statement.expression, this)) return false;
    this.#rest.push(statement);
    return true;
  }

  #function({ name, body, modifiers, asteriskToken, parameters }: ts.FunctionDeclaration): boolean {
    if (!name || !body || modifiers?.length) return false;
    // In an expression its name means the function itself, which is another one in each execution.
    const kept = keepGenerator({ body, parameters }, (generator) => (mentions(generator, name.text) ? undefined : this.#slot(this.#generators)));
    this.#first.push(assign(name, ts.factory.createFunctionExpression(undefined, asteriskToken, name, undefined, parameters, undefined, kept ?? body)));
    return true;
  }

  #slot(generators: ts.Identifier): ts.Expression {
    return ts.factory.createElementAccessExpression(generators, this.#generatorCount++);
  }

  #class(statement: ts.ClassDeclaration): boolean {
    const { name, members, heritageClauses, modifiers } = statement;
    if (!name || modifiers?.length || !members.every(isMethod) || !(heritageClauses ?? []).every(({ types }) => types.every(({ expression }) => this.#isBase(expression)))) return false;
    this.#bound.set(name.text, true);
    if (heritageClauses === undefined && !this.#isUsedAtOnce(name.text)) this.#kept.push(statement as NamedClass);
    else this.#rest.push(assign(name, ts.factory.createClassExpression(undefined, name, undefined, heritageClauses, members)));
    return true;
  }

  /** A class of another module, or one that is there already. */
  #isBase(expression: ts.Expression): boolean {
    return ts.isIdentifier(expression) && expression.text !== '' && (this.isImported(expression.text) || this.hasValue(expression.text));
  }

  /** Something may be put into the class when the module is loaded, so that it would have to be made anew in any case. */
  #isUsedAtOnce(name: string): boolean {
    return this.#statements.some((statement) => ts.isExpressionStatement(statement) && !isExport(statement.expression) && hookOf(statement.expression) === undefined && mentions(statement, name));
  }

  #variable({ name, initializer }: ts.VariableDeclaration, flags: ts.NodeFlags): boolean {
    if (!ts.isIdentifier(name)) return false;
    // To assign to a constant is an error.
    if ((flags & ts.NodeFlags.Const) !== 0 && this.#names.assigned.has(name.text)) return false;
    if (initializer && !isInert(initializer, this)) return false;
    if (name.text !== '') this.#bound.set(name.text, true);
    const nothing = ts.factory.createVoidZero();
    const isBlockScoped = (flags & ts.NodeFlags.BlockScoped) !== 0;
    if (!isBlockScoped) this.#first.unshift(assign(name, nothing));
    if (initializer || isBlockScoped) this.#rest.push(assign(name, initializer ?? nothing));
    return true;
  }

  #written(): ts.Statement[] {
    const { factory } = ts;
    const kept = factory.createUniqueName('__kept');
    const make = factory.createUniqueName('__make');
    const list = factory.createArrayLiteralExpression();
    const run = [...this.#first, ...(this.#kept.length > 0 ? this.#takeKept(kept, make) : []), ...this.#rest];
    return [
      variables([...this.#variables.map((name) => [name] as const), [this.#generators, list], [kept], [make, this.#maker()]]),
      factory.createReturnStatement(factory.createFunctionExpression(undefined, undefined, undefined, undefined, [], undefined, factory.createBlock(run, true))),
    ];
  }

  #takeKept(kept: ts.Identifier, make: ts.Identifier): ts.Statement[] {
    const { factory } = ts;
    const hook = factory.createPropertyAccessExpression(factory.createIdentifier(runtimeName), 'kept');
    const values = factory.createPropertyAccessExpression(kept, 'values');
    return [assign(kept, factory.createCallExpression(hook, undefined, [kept, make])), ...this.#kept.map(({ name }, index) => assign(name, factory.createElementAccessExpression(values, index)))];
  }

  /** Their generators find them around, and are theirs. */
  #maker(): ts.Expression {
    const { factory } = ts;
    const generators = factory.createUniqueName('__generators');
    const classes = this.#kept.map((each) => {
      const members = each.members.map((member) => (ts.isMethodDeclaration(member) ? withBody(member, keepGenerator(member, () => this.#slot(generators))) : member));
      return factory.updateClassDeclaration(each, undefined, each.name, undefined, undefined, members);
    });
    const body = [variables([[generators, factory.createArrayLiteralExpression()]]), ...classes, factory.createReturnStatement(factory.createArrayLiteralExpression(this.#kept.map(({ name }) => name)))];
    return factory.createFunctionExpression(undefined, undefined, undefined, undefined, [], undefined, factory.createBlock(body, true));
  }
}

function withBody(method: ts.MethodDeclaration, body: ts.Block | undefined): ts.MethodDeclaration {
  return body ? ts.factory.updateMethodDeclaration(method, method.modifiers, method.asteriskToken, method.name, undefined, undefined, method.parameters, undefined, body) : method;
}

/** A member that is there once and for all. */
function isMethod(member: ts.ClassElement): boolean {
  if (ts.isSemicolonClassElement(member) || ts.isConstructorDeclaration(member)) return true;
  return (ts.isMethodDeclaration(member) || ts.isAccessor(member)) && !ts.isComputedPropertyName(member.name);
}

function isExport(node: ts.Expression): boolean {
  return ts.isBinaryExpression(node) && isExported(node.left) && (ts.isIdentifier(node.right) || ts.isVoidExpression(node.right) || isExport(node.right));
}

function mentions(node: ts.Node, name: string): boolean {
  return (ts.isIdentifier(node) && node.text === name) || (ts.forEachChild(node, (child) => mentions(child, name) || undefined) ?? false);
}

/** Its first value, which the statements that export the name hand on in their own time. */
function assign(name: ts.Identifier, value: ts.Expression): ts.Statement {
  return ts.factory.createExpressionStatement(ts.setEmitFlags(ts.factory.createAssignment(name, value), ts.EmitFlags.NoSubstitution));
}

function variables(declared: readonly (readonly [name: ts.Identifier, value?: ts.Expression])[]): ts.Statement {
  return ts.factory.createVariableStatement(undefined, ts.factory.createVariableDeclarationList(declared.map(([name, value]) => ts.factory.createVariableDeclaration(name, undefined, undefined, value))));
}

import ts from 'typescript';
import type { HookFactory } from './hooks.js';
import type { ExportedVariable } from './exports.js';
import type { HookStates } from './hook-states.js';
import { picksOf } from './patterns.js';
import { isAssignmentOperator, isDeclaredName, type SharedVariable, type VariableTable } from './variables.js';

const f = ts.factory;

/** An expression that may be written down twice, and the one that evaluates it first. */
interface Stable {
  readonly first: ts.Expression;
  readonly again: ts.Expression;
}

type Member = ts.PropertyAccessExpression | ts.ElementAccessExpression;

/** Rewrites reads, writes and calls into hooks. Invariants: see `instrument`. */
export class AccessRewriter {
  readonly #hooks: HookFactory;
  readonly #variables: VariableTable;
  readonly #states: HookStates;
  readonly #gaps: string[];
  readonly #visit: (node: ts.Expression) => ts.Expression;
  readonly #imported: ((node: ts.Identifier) => ExportedVariable | undefined) | undefined;

  constructor(hooks: HookFactory, variables: VariableTable, states: HookStates, gaps: string[], visit: (node: ts.Expression) => ts.Expression, imported?: (node: ts.Identifier) => ExportedVariable | undefined) {
    this.#hooks = hooks;
    this.#variables = variables;
    this.#states = states;
    this.#gaps = gaps;
    this.#visit = visit;
    this.#imported = imported;
  }

  /** The rewritten expression, or undefined if it is no access. */
  rewrite(node: ts.Expression): ts.Expression | undefined {
    if (isJsxTag(node)) return node;
    if (isIterationTarget(node)) return this.#iterationTarget(node);
    if (ts.isOptionalChain(node)) return this.#chain(node, (value) => value);
    if (ts.isIdentifier(node)) return this.readName(node);
    if (isMember(node)) return this.#read(node);
    if (ts.isCallExpression(node)) return this.#call(node);
    if (ts.isTaggedTemplateExpression(node)) return f.updateTaggedTemplateExpression(node, this.#tag(node), node.typeArguments, this.#template(node.template));
    if (ts.isNewExpression(node)) return this.#hooks.at('construct', node, this.#visit(node.expression), this.#arguments(node.arguments ?? []));
    if (ts.isBinaryExpression(node) && isAssignmentOperator(node.operatorToken.kind)) return this.#assignment(node);
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return this.#increment(node);
    if (ts.isDeleteExpression(node)) return this.#delete(node);
    return undefined;
  }

  /** The read of a variable that others may change, of this module or another one. */
  readName(node: ts.Identifier): ts.Expression | undefined {
    const variable = this.#variables.at(node);
    if (variable) return this.#readVariable(node, variable);
    const change = this.#states.changeAt(node);
    if (change) return this.#hooks.at('shown', node, f.createStringLiteral(node.text), f.createIdentifier(change.text), node);
    const imported = isDeclaredName(node) ? undefined : this.#imported?.(node);
    return imported && this.#hooks.at('got', node, this.#hooks.exportsOf(imported.file), f.createStringLiteral(imported.name), node);
  }

  #readVariable(node: ts.Identifier, variable: SharedVariable): ts.Expression {
    if (this.#imported && variable.exportedAs !== undefined) return this.#hooks.at('got', node, this.#hooks.exportsOf(undefined), f.createStringLiteral(variable.exportedAs), node);
    return this.#hooks.at('readVariable', node, this.#hooks.scope(variable.owner), f.createStringLiteral(variable.name), node);
  }

  /** Gives `value`, and reports that the variable has it. */
  #writeVariable(node: ts.Identifier, variable: SharedVariable, value: ts.Expression): ts.Expression {
    if (this.#imported && variable.exportedAs !== undefined) return this.#hooks.at('setting', node, this.#hooks.exportsOf(undefined), f.createStringLiteral(variable.exportedAs), value);
    return this.#hooks.at('writeVariable', node, this.#hooks.scope(variable.owner), f.createStringLiteral(variable.name), value);
  }

  #read(node: Member): ts.Expression | undefined {
    if (node.expression.kind === ts.SyntaxKind.SuperKeyword) return undefined;
    return this.#get(node, this.#visit(node.expression));
  }

  /** Reads `node`'s property of an object that is evaluated already or by `object`. */
  #get(node: Member, object: ts.Expression): ts.Expression {
    if (ts.isElementAccessExpression(node)) return this.#hooks.at('get', node, object, this.#visit(node.argumentExpression));
    if (!ts.isPrivateIdentifier(node.name)) return this.#hooks.at('get', node, object, f.createStringLiteral(node.name.text));
    const base = this.#stable(object);
    return this.#hooks.at('got', node, base.first, f.createStringLiteral(node.name.text), f.createPropertyAccessExpression(base.again, node.name));
  }

  /** `for (x of …)` with a target that is no declaration: assigned natively. */
  #iterationTarget(node: ts.Expression): ts.Expression {
    if (!ts.isIdentifier(node) || this.#variables.at(node)) this.#gaps.push(`loop assigns to ${node.getText()}`);
    return node;
  }

  // Calls

  #call(node: ts.CallExpression): ts.Expression | undefined {
    const callee = skipParentheses(node.expression);
    if (callee.kind === ts.SyntaxKind.SuperKeyword) return undefined;
    if (callee.kind === ts.SyntaxKind.ImportKeyword) return this.#hooks.importModule(node, node.arguments.slice(0, 1).map(this.#visit));
    if (isMember(callee) && !ts.isOptionalChain(callee)) {
      if (callee.expression.kind === ts.SyntaxKind.SuperKeyword) return undefined;
      const base = this.#stable(this.#visit(callee.expression));
      return this.#method(node, callee, base.first, base.again);
    }
    if (isMember(callee)) return this.#callOfChain(node, callee);
    if (ts.isIdentifier(callee) && callee.text === 'require' && node.arguments.length === 1) return undefined;
    return this.#hooks.at('invoke', node, this.#visit(node.expression), this.#arguments(node.arguments));
  }

  /** `(a?.b)(x)`: the parentheses end the chain, but what it names keeps its receiver (ECMA-262, 13.3.6.1). */
  #callOfChain(node: ts.CallExpression, callee: Member): ts.Expression {
    const [receiver, callable] = [this.#hooks.temporary(), this.#hooks.temporary()];
    const key = ts.isPropertyAccessExpression(callee) ? f.createStringLiteral(callee.name.text) : this.#visit(callee.argumentExpression);
    const found = this.#chain(callee.expression, (base) => this.#guarded(callee, base, (object) =>
      f.createCommaListExpression([f.createAssignment(receiver, object), f.createElementAccessExpression(receiver, key)])));
    const fetch = f.createCommaListExpression([f.createAssignment(receiver, f.createVoidZero()), f.createAssignment(callable, found), receiver]);
    return this.#hooks.at('call', node, f.createParenthesizedExpression(fetch), f.createStringLiteral(callee.getText()), callable, this.#arguments(node.arguments));
  }

  #method(node: ts.CallExpression, callee: Member, first: ts.Expression, again: ts.Expression): ts.Expression {
    if (ts.isElementAccessExpression(callee)) {
      const key = this.#stable(this.#visit(callee.argumentExpression));
      return this.#hooks.at('call', node, first, key.first, f.createElementAccessExpression(again, key.again), this.#arguments(node.arguments));
    }
    return this.#hooks.at('call', node, first, f.createStringLiteral(callee.name.text), f.createPropertyAccessExpression(again, callee.name), this.#arguments(node.arguments));
  }

  /** What a template calls: a tag that is a member has its object as receiver. */
  #tag(node: ts.TaggedTemplateExpression): ts.Expression {
    const tag = skipParentheses(node.tag);
    if (!isMember(tag) || ts.isOptionalChain(tag)) return this.#hooks.at('tag', node, f.createVoidZero(), this.#visit(node.tag));
    if (tag.expression.kind === ts.SyntaxKind.SuperKeyword) return tag;
    const base = this.#stable(this.#visit(tag.expression));
    const callable = ts.isPropertyAccessExpression(tag) ? f.createPropertyAccessExpression(base.again, tag.name) : f.createElementAccessExpression(base.again, this.#visit(tag.argumentExpression));
    return this.#hooks.at('tag', node, base.first, callable);
  }

  #template(node: ts.TemplateLiteral): ts.TemplateLiteral {
    if (!ts.isTemplateExpression(node)) return node;
    return f.updateTemplateExpression(node, node.head, node.templateSpans.map((span) => f.updateTemplateSpan(span, this.#visit(span.expression), span.literal)));
  }

  #arguments(args: readonly ts.Expression[]): ts.Expression {
    return f.createArrayLiteralExpression(args.map((argument) => this.#visit(argument)));
  }

  /** Optional chains (ECMA-262, 13.3.9): a nullish base makes the whole rest of the chain undefined. */
  #chain(node: ts.Expression, rest: (value: ts.Expression) => ts.Expression): ts.Expression {
    if (ts.isNonNullExpression(node)) return this.#chain(node.expression, rest);
    if (!ts.isOptionalChain(node)) return rest(this.#visit(node));
    if (ts.isCallExpression(node)) return this.#chainCall(node, rest);
    const member = node as Member;
    return this.#chain(member.expression, (base) => this.#guarded(member, base, (object) => rest(this.#get(member, object))));
  }

  #chainCall(node: ts.CallExpression, rest: (value: ts.Expression) => ts.Expression): ts.Expression {
    const callee = skipParentheses(node.expression);
    if (isMember(callee) && callee.expression.kind === ts.SyntaxKind.SuperKeyword) return this.#guarded(node, callee, (callable) => rest(this.#hooks.at('call', node, f.createThis(), f.createStringLiteral(callee.getText()), callable, this.#arguments(node.arguments))));
    if (!isMember(callee)) {
      return this.#chain(node.expression, (base) => this.#guarded(node, base, (callable) => rest(this.#hooks.at('invoke', node, callable, this.#arguments(node.arguments)))));
    }
    return this.#chain(callee.expression, (base) => this.#guarded(callee, base, (object) => {
      const receiver = this.#stable(object);
      if (!node.questionDotToken) return rest(this.#method(node, callee, receiver.first, receiver.again));
      const key = ts.isElementAccessExpression(callee) ? this.#stable(this.#visit(callee.argumentExpression)) : undefined;
      const name = ts.isPropertyAccessExpression(callee) ? f.createStringLiteral(callee.name.text) : undefined;
      const callable = this.#hooks.temporary();
      // That there is nothing to call is seen by a read as any other: somebody may put it there.
      const fetched = ts.isPropertyAccessExpression(callee) && ts.isPrivateIdentifier(callee.name)
        ? this.#hooks.at('got', callee, receiver.first, name!, f.createPropertyAccessExpression(receiver.again, callee.name))
        : this.#hooks.at('get', callee, receiver.first, name ?? key!.first);
      const isMissing = this.#hooks.at('nullish', callee, f.createAssignment(callable, fetched));
      return conditional(isMissing, f.createVoidZero(), rest(this.#hooks.at('call', node, receiver.again, name ?? key!.again, callable, this.#arguments(node.arguments))));
    }));
  }

  #guarded(link: Member | ts.CallExpression, base: ts.Expression, rest: (value: ts.Expression) => ts.Expression): ts.Expression {
    if (!link.questionDotToken) return rest(base);
    const value = this.#hooks.temporary();
    return conditional(this.#hooks.at('nullish', link.expression, f.createAssignment(value, base)), f.createVoidZero(), rest(value));
  }

  // Writes

  #assignment(node: ts.BinaryExpression): ts.Expression | undefined {
    const target = skipParentheses(node.left);
    const operator = ts.tokenToString(node.operatorToken.kind)!.slice(0, -1);
    if (ts.isObjectLiteralExpression(target) || ts.isArrayLiteralExpression(target)) return this.#destructuring(node, target);
    if (ts.isIdentifier(target)) return this.#assignVariable(node, target, operator);
    if (!isMember(target) || target.expression.kind === ts.SyntaxKind.SuperKeyword) return undefined;
    const place = this.#place(target);
    if (operator === '') return place.write(this.#visit(node.right));
    const read = place.read();
    if (isLogical(operator)) {
      const current = this.#hooks.temporary();
      return this.#logical(operator, target, f.createAssignment(current, read), current, place.writeAgain(this.#visit(node.right)));
    }
    return place.write(this.#operation(node, operator, place.readAgain(), this.#visit(node.right)));
  }

  #assignVariable(node: ts.BinaryExpression, target: ts.Identifier, operator: string): ts.Expression | undefined {
    const variable = this.#variables.at(target);
    const read = variable ? this.#readVariable(target, variable) : target;
    const write = (value: ts.Expression): ts.Expression => {
      if (!variable) return f.createParenthesizedExpression(f.createAssignment(target, value));
      // A function without a name takes that of the variable only where it is assigned directly (ECMA-262, 13.15.2).
      if (isAnonymousFunction(value)) return this.#writeVariable(target, variable, f.createAssignment(target, value));
      return f.createParenthesizedExpression(f.createAssignment(target, this.#writeVariable(target, variable, value)));
    };
    if (operator === '') return variable && write(this.#visit(node.right));
    if (isLogical(operator)) return this.#logical(operator, target, read, target, write(this.#visit(node.right)));
    return write(this.#operation(node, operator, read, this.#visit(node.right)));
  }

  #operation(node: ts.Node, operator: string, left: ts.Expression, right: ts.Expression): ts.Expression {
    return this.#hooks.at('op', node, f.createStringLiteral(operator), left, right);
  }

  #logical(operator: string, place: ts.Node, test: ts.Expression, current: ts.Expression, write: ts.Expression): ts.Expression {
    const condition = this.#hooks.at(operator === '??' ? 'nullish' : 'cond', place, test);
    return operator === '||' ? conditional(condition, current, write) : conditional(condition, write, current);
  }

  #increment(node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): ts.Expression | undefined {
    if (node.operator !== ts.SyntaxKind.PlusPlusToken && node.operator !== ts.SyntaxKind.MinusMinusToken) return undefined;
    const target = skipParentheses(node.operand);
    const by = node.operator === ts.SyntaxKind.PlusPlusToken ? f.createNumericLiteral(1) : f.createPrefixMinus(f.createNumericLiteral(1));
    const step = (value: ts.Expression): ts.Expression => this.#hooks.at('step', node, value, by);
    if (ts.isIdentifier(target)) {
      const variable = this.#variables.at(target);
      if (!variable) return undefined;
      const write = (value: ts.Expression): ts.Expression => f.createAssignment(target, this.#writeVariable(target, variable, value));
      return this.#stepped(node, this.#readVariable(target, variable), (value) => write(step(value)));
    }
    if (!isMember(target) || target.expression.kind === ts.SyntaxKind.SuperKeyword) return undefined;
    const place = this.#place(target);
    if (ts.isPrefixUnaryExpression(node)) return place.write(step(place.readAgain()));
    return this.#stepped(node, place.read(), (value) => place.writeAgain(step(value)));
  }

  #stepped(node: ts.Node, read: ts.Expression, write: (value: ts.Expression) => ts.Expression): ts.Expression {
    if (ts.isPrefixUnaryExpression(node)) return f.createParenthesizedExpression(write(read));
    const old = this.#hooks.temporary();
    return f.createParenthesizedExpression(f.createCommaListExpression([f.createAssignment(old, this.#hooks.call('numeric', [read])), write(old), old]));
  }

  /** Destructuring assigns natively; the writes are reported right after, in the same turn. */
  #destructuring(node: ts.BinaryExpression, target: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression): ts.Expression {
    const reports: ts.Expression[] = [];
    const collect = (pattern: ts.Node): void => {
      if (ts.isIdentifier(pattern)) {
        const variable = this.#variables.at(pattern);
        if (variable) reports.push(this.#writeVariable(pattern, variable, pattern));
      } else if (ts.isPropertyAccessExpression(pattern) && pattern.expression.kind === ts.SyntaxKind.ThisKeyword && !ts.isPrivateIdentifier(pattern.name)) {
        reports.push(this.#hooks.at('wrote', pattern, pattern.expression, f.createStringLiteral(pattern.name.text)));
      } else if (ts.isElementAccessExpression(pattern) && isSteady(pattern.expression) && isSteady(pattern.argumentExpression)) {
        reports.push(this.#hooks.at('wrote', pattern, pattern.expression, pattern.argumentExpression));
      } else if (ts.isPropertyAccessExpression(pattern) && isSteady(pattern.expression) && !ts.isPrivateIdentifier(pattern.name)) {
        reports.push(this.#hooks.at('wrote', pattern, pattern.expression, f.createStringLiteral(pattern.name.text)));
      } else if (isMember(pattern as ts.Expression)) this.#gaps.push(`destructuring assignment to ${pattern.getText()}`);
      else if (ts.isShorthandPropertyAssignment(pattern)) collect(pattern.name);
      else if (ts.isPropertyAssignment(pattern)) collect(pattern.initializer);
      else if (ts.isBinaryExpression(pattern)) collect(pattern.left);
      else if (ts.isSpreadAssignment(pattern) || ts.isSpreadElement(pattern)) collect(pattern.expression);
      else if (ts.isObjectLiteralExpression(pattern)) pattern.properties.forEach(collect);
      else if (ts.isArrayLiteralExpression(pattern)) pattern.elements.forEach(collect);
    };
    collect(target);
    const assign = f.updateBinaryExpression(node, node.left, node.operatorToken, this.#hooks.call('picked', [this.#visit(node.right), picksOf(target, this.#hooks)]));
    if (reports.length === 0) return assign;
    const value = this.#hooks.temporary();
    return f.createParenthesizedExpression(f.createCommaListExpression([f.createAssignment(value, f.createParenthesizedExpression(assign)), ...reports, value]));
  }

  #delete(node: ts.DeleteExpression): ts.Expression | undefined {
    const target = skipParentheses(node.expression);
    if (!isMember(target) || target.expression.kind === ts.SyntaxKind.SuperKeyword) return undefined;
    const remove = (object: ts.Expression): ts.Expression =>
      this.#hooks.at('remove', target, object, ts.isElementAccessExpression(target) ? this.#visit(target.argumentExpression) : f.createStringLiteral(target.name.text));
    if (!ts.isOptionalChain(target)) return remove(this.#visit(target.expression));
    // A chain that ends early deletes nothing, and that is a success.
    const chain = this.#chain(target.expression, (base) => this.#guarded(target, base, remove));
    return f.createParenthesizedExpression(f.createStrictInequality(chain, f.createFalse()));
  }

  /** A property as a target: `read` and `write` evaluate object and key, the `Again` forms use what was evaluated. */
  #place(target: Member): Record<'read' | 'readAgain', () => ts.Expression> & Record<'write' | 'writeAgain', (value: ts.Expression) => ts.Expression> {
    const object = this.#stable(this.#visit(target.expression));
    if (ts.isPropertyAccessExpression(target) && ts.isPrivateIdentifier(target.name)) {
      const name = target.name;
      const key = f.createStringLiteral(name.text);
      const plain = f.createPropertyAccessExpression(object.again, name);
      const read = (base: ts.Expression): ts.Expression => this.#hooks.at('got', target, base, key, plain);
      const write = (value: ts.Expression): ts.Expression => f.createParenthesizedExpression(f.createAssignment(plain, this.#hooks.at('setting', target, object.again, key, value)));
      return {
        read: () => read(object.first), readAgain: () => read(object.again), writeAgain: write,
        write: (value) => (object.first === object.again ? write(value) : f.createParenthesizedExpression(f.createCommaListExpression([object.first, write(value)]))),
      };
    }
    const key: Stable = ts.isElementAccessExpression(target) ? this.#stable(this.#visit(target.argumentExpression)) : same(f.createStringLiteral((target.name as ts.Identifier).text));
    return {
      read: () => this.#hooks.at('get', target, object.first, key.first),
      readAgain: () => this.#hooks.at('get', target, object.again, key.again),
      write: (value) => this.#hooks.at('set', target, object.first, key.first, value),
      writeAgain: (value) => this.#hooks.at('set', target, object.again, key.again, value),
    };
  }

  #stable(node: ts.Expression): Stable {
    const isPlain = node.kind === ts.SyntaxKind.ThisKeyword || ts.isStringLiteral(node) || ts.isNumericLiteral(node) || (ts.isIdentifier(node));
    if (isPlain) return same(node);
    const name = this.#hooks.temporary();
    return { first: f.createAssignment(name, node), again: name };
  }
}

function same(node: ts.Expression): Stable {
  return { first: node, again: node };
}

function conditional(test: ts.Expression, whenTrue: ts.Expression, whenFalse: ts.Expression): ts.Expression {
  return f.createParenthesizedExpression(f.createConditionalExpression(test, undefined, whenTrue, undefined, whenFalse));
}

function isJsxTag(node: ts.Node): boolean {
  const { parent } = node;
  return parent && (ts.isJsxOpeningLikeElement(parent) || ts.isJsxClosingElement(parent)) && parent.tagName === node;
}

function isIterationTarget(node: ts.Node): boolean {
  const { parent } = node;
  return parent && (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === node;
}

function isMember(node: ts.Node): node is Member {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

function isLogical(operator: string): boolean {
  return operator === '&&' || operator === '||' || operator === '??';
}

/** IsAnonymousFunctionDefinition */
export function isAnonymousFunction(node: ts.Expression): boolean {
  const inner = skipParentheses(node);
  return ts.isArrowFunction(inner) || ((ts.isFunctionExpression(inner) || ts.isClassExpression(inner)) && !inner.name);
}

/** What stands inside parentheses and type assertions. */
export function skipParentheses(node: ts.Expression): ts.Expression {
  while (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isTypeAssertionExpression(node)) node = node.expression;
  return node;
}

/** Evaluated again it gives the same, and does nothing: a name, `this`, a literal. */
function isSteady(node: ts.Expression): boolean {
  const plain = skipParentheses(node);
  return ts.isIdentifier(plain) || ts.isLiteralExpression(plain) || plain.kind === ts.SyntaxKind.ThisKeyword;
}

import { isFunction } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { unwrap } from '../flow/places.js';
import { calleeText } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { isChaining } from '../model/promise-chains.js';
import { textOf } from '../model/text.js';
import { PromiseCalls } from './gives-promise.js';
import { isMeant, MISUSED } from './meant.js';

/** A promise is taken for what it will give: it is always true, and has none of the fields. */
export interface Unresolved {
  readonly at: Node;
  readonly name: string;
  /** What is wrong with it. */
  readonly harm: string;
}

/** Where a module asks a promise, and not what it gives. */
export function unresolvedIn(model: ModuleModel): Unresolved[] {
  const calls = new PromiseCalls(model);
  const found: Unresolved[] = [];
  for (const node of model.module.nodes.ofAny(...ASKING)) {
    for (const asked of askedBy(node)) if (givesPromise(asked, calls) && !isMeant(asked, MISUSED, model)) found.push({ at: asked, name: calleeText(asked.callee), harm: 'a promise is always true, whatever it will give' });
  }
  for (const node of model.module.nodes.of('VariableDeclarator')) {
    const call = node.init && lastAsked(node.init)[0];
    if (call && givesPromise(call, calls) && isOnlyAsked(node, model) && !isMeant(call, MISUSED, model)) found.push({ at: call, name: calleeText(call.callee), harm: `\`${calleeText(node.id)}\` is taken for what the promise will give` });
  }
  for (const node of model.module.nodes.ofAny('TemplateLiteral', 'BinaryExpression')) {
    for (const part of partsOfText(node)) {
      const call = callBehind(part, model);
      if (givesPromise(call, calls) && !isMeant(call, MISUSED, model) && !isMeant(part, MISUSED, model)) found.push({ at: part, name: calleeText(call.callee), harm: 'the text says `[object Promise]`' });
    }
  }
  for (const node of model.module.nodes.of('CallExpression')) {
    if (node.callee.type === 'MemberExpression' && node.arguments.some((argument) => isFunction(argument) && argument.async) && isArray(node.callee.object, model)) {
      const harm = harmOf(node, calleeText(node.callee));
      if (harm !== undefined && !isMeant(node, MISUSED, model)) found.push({ at: node, name: `${calleeText(node.callee)}(async …)`, harm });
    }
  }
  return found;
}

const ASKING = ['IfStatement', 'WhileStatement', 'ConditionalExpression', 'UnaryExpression', 'LogicalExpression'] as const;

function givesPromise(node: Node, calls: PromiseCalls): node is TSESTree.CallExpression {
  return node.type === 'CallExpression' && calls.functionCalled(node) !== undefined && calls.isPromise(node);
}

/** The expressions whose truth decides what happens. */
function askedBy(node: Node): Node[] {
  switch (node.type) {
    case 'IfStatement': case 'WhileStatement': case 'ConditionalExpression':
      return lastAsked(node.test);
    case 'UnaryExpression':
      return node.operator === '!' ? lastAsked(node.argument) : [];
    case 'LogicalExpression':
      return node.operator === '??' ? [] : [unwrap(node.left)];
    default:
      return [];
  }
}

/** Of `a || b` in a condition the last part is asked like the first, which is found by itself. */
function lastAsked(node: Node): Node[] {
  const expression = unwrap(node);
  return expression.type === 'LogicalExpression' ? lastAsked(expression.right) : [expression];
}

/** True for a name that conditions look at and fields are taken of, and that nobody waits for or hands on. */
function isOnlyAsked({ id }: TSESTree.VariableDeclarator, { scopes }: ModuleModel): boolean {
  const variable = id.type === 'Identifier' ? scopes.variableOf(id) : undefined;
  const uses = variable?.references.filter(({ init }) => !init).map(({ identifier }) => identifier as Node) ?? [];
  const isAsked = (use: Node): boolean => askedBy(use.parent!).includes(use) || (use.parent!.type === 'LogicalExpression' && use.parent!.operator !== '??');
  const isLookedInto = ({ parent }: Node): boolean => parent?.type === 'MemberExpression' && !isChaining(calleeText(parent));
  return uses.some(isAsked) && uses.every((use) => (isAsked(use) && !isHandedOn(use)) || isLookedInto(use));
}

/** `found && use(found)` gives the promise itself where that is what comes out. */
function isHandedOn({ parent }: Node): boolean {
  return parent?.type === 'LogicalExpression' && !/^(?:IfStatement|WhileStatement|ConditionalExpression|UnaryExpression|LogicalExpression)$/.test(parent.parent.type);
}

/** What becomes part of a text: of a template that no function takes its parts from, of `'…' + value`. */
function partsOfText(node: TSESTree.TemplateLiteral | TSESTree.BinaryExpression): Node[] {
  if (node.type === 'TemplateLiteral') return node.parent.type === 'TaggedTemplateExpression' ? [] : node.expressions.map(unwrap);
  if (node.operator !== '+') return [];
  const [left, right] = [unwrap(node.left), unwrap(node.right)];
  return [...(isText(left) ? [right] : []), ...(isText(right) ? [left] : [])];
}

function isText(node: Node): boolean {
  if (node.type === 'BinaryExpression') return node.operator === '+' && [node.left, node.right].some((side) => isText(unwrap(side)));
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
}

/** The call itself, or the one whose answer a constant of this name is. */
function callBehind(node: Node, { scopes }: ModuleModel): Node {
  const definition = node.type === 'Identifier' ? scopes.variableOf(node)?.defs[0] : undefined;
  return definition?.type === 'Variable' && definition.parent.kind === 'const' && definition.node.id === definition.name && definition.node.init ? unwrap(definition.node.init) : node;
}

function harmOf(call: TSESTree.CallExpression, name: string): string | undefined {
  if (/^(?:filter|some|find|findIndex|findLast)$/.test(name)) return 'it takes the promise of every callback for a yes, since a promise is always true';
  if (name === 'every') return 'a promise is always true, so it never says no';
  if (call.parent.type !== 'AwaitExpression') return undefined;
  if (name === 'forEach') return 'it gives nothing that could be awaited, and goes on before any callback has ended';
  return name === 'map' || name === 'flatMap' ? 'an array of promises is there at once; only `Promise.all` waits for them' : undefined;
}

/** True if an expression is an array by its own text or type, or is called like several of something. Streams and cursors take async callbacks. */
function isArray(node: Node, model: ModuleModel): boolean {
  const expression = unwrap(node);
  switch (expression.type) {
    case 'ArrayExpression':
      return true;
    case 'CallExpression':
      return /^(?:keys|values|entries|from|split|map|filter|slice|concat|sort|reverse|flat|flatMap)$/.test(calleeText(expression.callee)) && !isStream(expression, model);
    case 'Identifier': {
      const definition = model.scopes.variableOf(expression)?.defs[0];
      const type = definition?.name.type === 'Identifier' ? definition.name.typeAnnotation?.typeAnnotation : undefined;
      if (type) return type.type === 'TSArrayType' || (type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && /^(?:Readonly)?Array$/.test(type.typeName.name)) || (type.type === 'TSTypeOperator' && type.typeAnnotation?.type === 'TSArrayType');
      if (definition?.type === 'Variable' && definition.node.id.type === 'Identifier' && definition.node.init) return isArray(definition.node.init, model) || (PLURAL.test(expression.name) && !isStream(definition.node.init, model));
      return PLURAL.test(expression.name);
    }
    case 'MemberExpression':
      return PLURAL.test(calleeText(expression));
    default:
      return false;
  }
}

const PLURAL = /(?:[^s]s|List|Array|items)$/;

function isStream(node: Node, model: ModuleModel): boolean {
  return /stream|cursor|readable|observable|pipe|iter|\$|query|effect/i.test(textOf(node, model));
}

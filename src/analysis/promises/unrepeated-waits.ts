import { isFunction, walk } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { onlyExpression } from '../memory/atomic-operations.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';
import { textIn } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';
import { PromiseCalls } from './gives-promise.js';

/** A task waits because a collection is empty, and when it goes on takes from it without looking again. */
export interface UnrepeatedWait {
  readonly fn: FunctionInfo;
  readonly test: Node;
  readonly wait: TSESTree.AwaitExpression;
  readonly taking: TSESTree.CallExpression;
  /** `this.items` */
  readonly collection: string;
}

/** `if (items.length === 0) await notEmpty.wait(); return items.shift()!`: by then somebody else may have taken what came. */
export function unrepeatedWaitsIn(model: ModuleModel): UnrepeatedWait[] {
  return model.module.nodes.of('IfStatement').flatMap((statement) => unrepeatedAt(statement, model) ?? []);
}

function unrepeatedAt(statement: TSESTree.IfStatement, model: ModuleModel): UnrepeatedWait | undefined {
  const textOf = textIn(model);
  const asked = statement.alternate ? undefined : emptyAsked(statement.test);
  const wait = asked && waitIn(statement.consequent, model);
  const fn = wait && model.table.around(statement);
  if (!asked || !wait || !fn?.isAsync || isRepeated(statement) || isLocked(statement, fn) || !isShared(asked, fn, model)) return undefined;
  const collection = textOf(asked);
  const later = ownNodes(functionAround(statement)).filter(({ range }) => range[0] >= statement.range[1]);
  const taking = later.find((node): node is TSESTree.CallExpression => node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && /^(?:shift|pop)$/.test(calleeText(node.callee)) && textOf(node.callee.object) === collection);
  if (!taking || !isCountedOn(taking)) return undefined;
  const isLookedAt = later.some((node) => node.range[1] <= taking.range[0] && node.type === 'MemberExpression' && textOf(node.object) === collection && /^(?:length|size)$/.test(calleeText(node)));
  return isLookedAt ? undefined : { fn, test: statement.test, wait, taking, collection };
}

/** The collection in `items.length === 0`, `!items.length`, `items.length < 1`. */
function emptyAsked(given: Node): Node | undefined {
  const test = unwrap(given);
  if (test.type === 'UnaryExpression' && test.operator === '!') return measured(test.argument);
  const isEmpty = test.type === 'BinaryExpression' && test.right.type === 'Literal' && ((/^(?:===?|<=)$/.test(test.operator) && test.right.value === 0) || (test.operator === '<' && test.right.value === 1));
  return isEmpty ? measured(test.left) : undefined;
}

function measured(given: Node): Node | undefined {
  const node = unwrap(given);
  return node.type === 'MemberExpression' && !node.computed && calleeText(node) === 'length' ? unwrap(node.object) : undefined;
}

/** All that is done is to wait until somebody says that something has come. */
function waitIn(consequent: Node, model: ModuleModel): TSESTree.AwaitExpression | undefined {
  const [only, ...more] = consequent.type === 'BlockStatement' ? consequent.body : [consequent];
  const awaited = more.length === 0 && only?.type === 'ExpressionStatement' && only.expression.type === 'AwaitExpression' ? only.expression : undefined;
  const call = awaited && unwrap(awaited.argument);
  const name = call?.type === 'CallExpression' ? calleeText(call.callee) : call?.type === 'NewExpression' && calleeText(call.callee) === 'Promise' ? 'wait' : '';
  const isWait = /^(?:wait\w*|once|until\w*|when\w*|next\w*|signal\w*)$/i.test(name) || (call?.type === 'CallExpression' && isMadeToWait(call, model));
  return awaited && isWait && !isTimer(awaited) ? awaited : undefined;
}

/** `this.sleep()`, where all that it does is `return new Promise((resolve) => this.sleepers.push(resolve))`. */
function isMadeToWait(call: TSESTree.CallExpression, model: ModuleModel): boolean {
  const fn = new PromiseCalls(model).functionCalled(call);
  const made = fn?.module === model.module ? onlyExpression(fn.node.body) : undefined;
  const [executor] = made?.type === 'NewExpression' && calleeText(made.callee) === 'Promise' ? made.arguments : [];
  const kept = executor && isFunction(executor) ? onlyExpression(executor.body) : undefined;
  return kept?.type === 'CallExpression' && /^(?:push|unshift|add|enqueue)$/.test(calleeText(kept.callee));
}

function isTimer(awaited: Node): boolean {
  let found = false;
  walk(awaited, (node) => {
    found ||= node.type === 'CallExpression' && /^set(?:Timeout|Immediate)$/.test(calleeText(node.callee));
  });
  return found;
}

/** True if a loop around it, in its own function, comes back to it. */
function isRepeated(node: Node): boolean {
  const end = functionAround(node);
  for (let at = node.parent; at && at !== end; at = at.parent) if (/^(?:For|While|DoWhile)/.test(at.type)) return true;
  return false;
}

/** Whoever has a lock to itself meanwhile is alone with the collection. */
function isLocked(node: Node, { node: fn }: FunctionInfo): boolean {
  for (let at = node.parent; at; at = at.parent) if (at.type === 'CallExpression' && /exclusive|lock|synchron/i.test(calleeText(at.callee))) return true;
  return ownNodes(fn).some((other) => other.type === 'CallExpression' && /^(?:acquire\w*|lock)$/.test(calleeText(other.callee)) && other.range[1] <= node.range[0]);
}

/** A field, or a variable that other calls have too. */
function isShared(collection: Node, fn: FunctionInfo, model: ModuleModel): boolean {
  if (collection.type === 'MemberExpression') return collection.object.type === 'ThisExpression';
  const variable = collection.type === 'Identifier' ? model.scopes.variableOf(collection) : undefined;
  return variable !== undefined && variable.scope.variableScope.block !== fn.node && model.sharing.isSharedVariable(variable);
}

/** True if nobody asks whether anything was there: it is asserted, used at once, or returned as it is. */
function isCountedOn({ parent }: Node): boolean {
  return parent?.type === 'TSNonNullExpression' || parent?.type === 'MemberExpression' || parent?.type === 'ReturnStatement' || parent?.type === 'CallExpression' || (parent?.type === 'TSAsExpression');
}

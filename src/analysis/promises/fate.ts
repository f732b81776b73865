import type { Node, TSESTree } from '../../language/index.js';
import type { Frame } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import type { Links } from '../model/module.js';
import { isChaining } from '../model/promise-chains.js';
import { FLOATING, isMeant } from './meant.js';

/**
 * What becomes of the promise of some work. `dropped`: nobody can wait for it. `renounced`: the same, said by `void`, or by a comment that keeps a linter quiet.
 * `handled`: nobody waits for it, but what fails comes to a `catch`. `kept`: somebody has it.
 */
export type Fate = 'dropped' | 'renounced' | 'handled' | 'kept';

/**
 * Follows the value of an expression to whoever gets it; a function that is part of another's graph hands it to its call.
 * @param ofResult What becomes of what the function at hand returns.
 */
export function fateOf(node: Node, frame: Frame, links: Links, ofResult = fateOfResult): Fate {
  const holder = node.parent;
  switch (holder?.type) {
    case 'ExpressionStatement':
      return isMeant(holder, FLOATING, links.modelOf(frame.fn.module)) ? 'renounced' : 'dropped';
    case 'UnaryExpression':
      return holder.operator === 'void' ? 'renounced' : 'kept';
    case 'ChainExpression': case 'TSAsExpression': case 'TSNonNullExpression':
      return fateOf(holder, frame, links, ofResult);
    case 'SequenceExpression':
      return holder.expressions.at(-1) === node ? fateOf(holder, frame, links, ofResult) : 'dropped';
    case 'ConditionalExpression':
      return holder.test === node ? 'kept' : fateOf(holder, frame, links, ofResult);
    case 'LogicalExpression':
      return holder.left === node ? 'kept' : fateOf(holder, frame, links, ofResult);
    case 'ArrayExpression':
      return holder.parent.type === 'CallExpression' ? fateOf(holder, frame, links, ofResult) : 'kept';
    case 'CallExpression':
      return isCombinator(holder) && holder.arguments[0] === node ? fateOf(holder, frame, links, ofResult) : 'kept';
    case 'MemberExpression':
      return fateOfChain(node, holder, frame, links, ofResult);
    case 'ReturnStatement':
      return ofResult(frame, links);
    case 'ArrowFunctionExpression':
      return holder.body === node ? ofResult(frame, links) : 'kept';
    case 'VariableDeclarator':
      return holder.id.type === 'Identifier' && isUnused(holder.id, frame, links) ? 'dropped' : 'kept';
    default:
      return 'kept';
  }
}

function isCombinator({ callee }: TSESTree.CallExpression): boolean {
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'Promise' && /^(?:all|allSettled|race|any)$/.test(calleeText(callee));
}

/** `work().catch(report)` is the same work. */
function fateOfChain(node: Node, member: Node, frame: Frame, links: Links, ofResult: typeof fateOfResult): Fate {
  const call = member.parent;
  if (member.type !== 'MemberExpression' || member.object !== node || call?.type !== 'CallExpression' || call.callee !== member) return 'kept';
  const name = calleeText(member);
  if (!isChaining(name)) return 'kept';
  const fate = fateOf(call, frame, links, ofResult);
  return fate === 'dropped' && (name === 'catch' || call.arguments.length > 1) ? 'handled' : fate;
}

/** What a function returns is its call's value. Callbacks hand it to whoever called them. */
function fateOfResult({ at, fn, caller }: Frame, links: Links): Fate {
  const call = caller ? at : callOf(fn.node);
  if (!call) return 'kept';
  if (call.type === 'MemberExpression') return caller ? fateOf(call, caller, links) : 'kept';
  if (call.type === 'NewExpression') return calleeText(call.callee) === 'Promise' ? 'dropped' : 'kept';
  if (call.type !== 'CallExpression') return 'kept';
  const isCallback = caller ? call.arguments.some((argument) => argument.range[0] <= fn.node.range[0] && fn.node.range[1] <= argument.range[1]) : true;
  if (isCallback && calleeText(call.callee) === 'forEach') return 'dropped';
  if (!caller) return 'kept';
  const name = calleeText(call.callee);
  return !isCallback || isChaining(name) || name === 'map' ? fateOf(call, caller, links) : 'kept';
}

/** The call that a function expression is handed to. */
function callOf(fn: Node): Node | undefined {
  const call = fn.parent;
  return call?.type === 'CallExpression' && call.callee !== fn ? call : undefined;
}

function isUnused(name: Node, { fn }: Frame, links: Links): boolean {
  return links.modelOf(fn.module).scopes.variableOf(name)?.references.every((reference) => !reference.isRead()) ?? false;
}

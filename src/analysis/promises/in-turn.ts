import { isFunction } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import type { Effect } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import { isTest } from '../model/tests.js';
import { textOf } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';
import type { StartedWork } from './started.js';

/** `failures++`: a step that nobody looks at is the same before and after another one. */
export function isMereStep({ at }: Effect): boolean {
  const step = at.parent?.type === 'UpdateExpression' ? at.parent : at.type === 'UpdateExpression' ? at : undefined;
  const holder = step?.parent;
  return holder?.type === 'ExpressionStatement' || (holder?.type === 'ArrowFunctionExpression' && holder.body === step);
}

/**
 * `queue.take().then(() => { n = 1; }); queue.take().then(() => expect(n).toBe(1));` in a test: both ask the same object, and that it answers in turn is what is tested. So is
 * what the test looks at once it has waited for the object.
 */
export function isAnsweredInTurn(use: Effect, { at: start, frame: { fn } }: StartedWork): boolean {
  if (!isTest(fn.module.source.file)) return false;
  const asked = receiverOf(start, fn);
  if (asked === undefined) return false;
  for (let at = use.at; at.parent && at !== fn.node; at = at.parent) {
    const call = isFunction(at) && at.parent?.type === 'CallExpression' && at.parent.arguments.includes(at as never) ? at.parent : undefined;
    if (call && receiverOf(call, fn) === asked) return true;
  }
  return false;
}

/** `await mutex.destroy()`: in a test, to wait for an object is to wait for what it was asked before. */
export function waitsForSame({ kind, at }: Effect, { at: start, frame: { fn } }: StartedWork): boolean {
  if (kind !== 'suspend' || at.type !== 'AwaitExpression' || !isTest(fn.module.source.file)) return false;
  const waited = receiverOf(unwrap(at.argument), fn);
  return waited !== undefined && waited === receiverOf(start, fn);
}

/** The object that a chain of calls begins with: `group` of `group.key('A').submit(work)`, `this.core` of `this.core.close().then(done)`. */
function receiverOf(node: Node, fn: StartedWork['frame']['fn']): string | undefined {
  let call: Node = unwrap(node);
  let receiver: Node | undefined;
  while (call.type === 'CallExpression' && call.callee.type === 'MemberExpression') {
    receiver = unwrap(call.callee.object);
    call = receiver;
  }
  return receiver && isName(receiver) && !/^(?:Promise|Object|Array)$/.test(calleeText(receiver)) ? textOf(receiver, fn) : undefined;
}

function isName(node: Node): node is TSESTree.Identifier | TSESTree.MemberExpression {
  return node.type === 'Identifier' || (node.type === 'MemberExpression' && (node.object.type === 'ThisExpression' || isName(node.object)));
}

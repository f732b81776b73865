import { isFunction, type FunctionNode, type Node } from '../language/index.js';
import type { Draft } from './draft.js';
import type { FlaggedCode } from './flagged-code.js';
import { calledName, nameOf } from './region-parts.js';
import { allNodes, functionAround, ownNodes } from './syntax.js';

/** A function that returns nothing, and whose end nobody in the file waits for, may become an async one. */
export function madeAsync(code: FlaggedCode, draft: Draft, fn: FunctionNode): boolean {
  const returned = fn.returnType && code.textOf(fn.returnType.typeAnnotation);
  if ((returned !== undefined && returned !== 'void') || returnsValue(fn) || callsOf(code, fn)?.length !== 0) return false;
  return writeAsync(draft, fn, 'void');
}

/**
 * A function whose value is used may become an async one if every call in the file waits already. What waits in other files is not known: who uses this says so.
 * A getter, a constructor or a generator cannot.
 */
export function madeAwaitable(code: FlaggedCode, draft: Draft, fn: FunctionNode): boolean {
  const calls = callsOf(code, fn)?.filter((call) => !isOfMember(call));
  if (!calls?.every(({ parent }) => parent?.type === 'AwaitExpression')) return false;
  return writeAsync(draft, fn, fn.returnType && code.textOf(fn.returnType.typeAnnotation));
}

/** Undefined where it has no name to be called by. */
function callsOf(code: FlaggedCode, fn: FunctionNode): Node[] | undefined {
  const name = nameOf(fn);
  return name === undefined ? undefined : allNodes(code.module.program).filter((node) => node.type === 'CallExpression' && calledName(node.callee) === name);
}

/** `this.db.get(id)`: what a member holds has methods of its own, which may be named like these. */
function isOfMember(call: Node): boolean {
  return call.type === 'CallExpression' && call.callee.type === 'MemberExpression' && call.callee.object.type === 'MemberExpression';
}

function returnsValue(fn: FunctionNode): boolean {
  return (fn.type === 'ArrowFunctionExpression' && fn.body.type !== 'BlockStatement') || ownNodes(fn).some((node) => node.type === 'ReturnStatement' && node.argument !== null && functionAround(node) === fn);
}

function writeAsync(draft: Draft, fn: FunctionNode, returned: string | undefined): boolean {
  const { parent } = fn;
  if (fn.generator || (parent?.type === 'MethodDefinition' && parent.kind !== 'method') || (parent?.type === 'Property' && parent.kind !== 'init')) return false;
  const start = parent?.type === 'MethodDefinition' || (parent?.type === 'Property' && parent.method) ? parent.key.range[0] : fn.range[0];
  draft.insert(start, 'async ');
  if (fn.returnType) draft.replace(fn.returnType.typeAnnotation.range[0], fn.returnType.typeAnnotation.range[1], `Promise<${returned}>`);
  return isFunction(fn);
}

import { walk } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { isEnding } from '../catalog/work.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import { isLink } from '../model/promise-chains.js';
import { functionAround } from '../model/shared-memory.js';
import type { ModuleModel } from '../model/module.js';
import { unwrap } from '../model/unwrap.js';
import { PromiseCalls } from './gives-promise.js';
import { FLOATING, isMeant } from './meant.js';

/** A promise that leaves a `try`, or a block with a `using`, before its work has ended: what the statement is there for comes too early or not at all. */
export interface EscapedPromise {
  /** The call whose promise leaves. */
  readonly call: TSESTree.CallExpression;
  readonly name: string;
  /** The `catch` that its failure does not come to, or the `finally`, or the end of the `using`, that comes before the work has ended. */
  readonly clause: TSESTree.CatchClause | TSESTree.BlockStatement | TSESTree.VariableDeclaration;
  readonly kind: 'uncaught' | 'unfinished' | 'disposed';
  /** Other promises that leave it in the same way. */
  readonly others: readonly TSESTree.CallExpression[];
}

/** The promises that leave the `try` statements of a module, by a `return` without `await` or because they are dropped. */
export function escapedPromisesIn(model: ModuleModel): EscapedPromise[] {
  const calls = new PromiseCalls(model);
  const found: EscapedPromise[] = [];
  for (const node of model.module.nodes.of('TryStatement')) {
    const [first, ...others] = escapesOf(node, calls, model);
    // One clause that nothing comes to is one mistake.
    if (first) found.push({ ...first, others: others.map(({ call }) => call) });
  }
  for (const node of model.module.nodes.of('VariableDeclaration')) {
    const [first, ...others] = /using$/.test(node.kind) ? outlivingOf(node, calls, model) : [];
    if (first) found.push({ call: first, name: startName(first), clause: node, kind: 'disposed', others });
  }
  return found;
}

/** `using held = await mutex.lock(); return work();`: the calls whose promises are returned while what is declared so is disposed of. */
function outlivingOf(node: TSESTree.VariableDeclaration, calls: PromiseCalls, model: ModuleModel): TSESTree.CallExpression[] {
  const block = node.parent;
  const own = functionAround(node);
  const found: TSESTree.CallExpression[] = [];
  if (block.type !== 'BlockStatement') return found;
  walk(block, (at) => {
    const call = at.type === 'ReturnStatement' && at.argument && at.range[0] > node.range[1] && functionAround(at) === own ? promiseOf(at.argument) : undefined;
    if (call && calls.isPromise(call) && !isMeant(at, /return-?await/i, model)) found.push(call);
  });
  return found;
}

function escapesOf(node: TSESTree.TryStatement, calls: PromiseCalls, model: ModuleModel): Omit<EscapedPromise, 'others'>[] {
  const { handler, finalizer } = node;
  const catches = handler && !onlyRethrows(handler) ? handler : undefined;
  const cleansAlways = finalizer?.body.some(({ type }) => type !== 'IfStatement');
  if (!catches && !finalizer) return [];
  return ownStatements(node).flatMap((statement) => {
    const isReturn = statement.type === 'ReturnStatement';
    const expression = statement.type === 'ReturnStatement' || (statement.type === 'ExpressionStatement' && catches) ? (isReturn ? statement.argument : statement.expression) : undefined;
    const call = expression && promiseOf(expression);
    const takesAway = call && finalizer && givesUp(finalizer, call, model) && isAsyncAround(call, model);
    const cleans = finalizer && (cleansAlways || takesAway) ? finalizer : undefined;
    if (!call || !(calls.isPromise(call) || (takesAway && calls.mayBePromise(call))) || isCaught(call) || !(catches || (cleans && !isFollowedUp(call)))) return [];
    if (isMeant(statement, isReturn ? /return-?await/i : FLOATING, model)) return [];
    const name = startName(call);
    if (isReturn && catches && doesTheSame(catches, call, model.module.source.text)) return [];
    if (isReturn) return [{ call, name, clause: catches ?? cleans!, kind: catches ? 'uncaught' : 'unfinished' } as const];
    // A promise that is dropped may be meant to be; where its failure cannot matter nobody wants to hear of it.
    const started = calls.functionCalled(call);
    return started && mayFail(started) && !isAside(name) ? [{ call, name, clause: catches!, kind: 'uncaught' } as const] : [];
  });
}

/** `finally { if (isOwn) await runner.release() }`: what the call was handed is ended there, on some ways at least. */
function givesUp(finalizer: TSESTree.BlockStatement, { arguments: handed }: TSESTree.CallExpression, { scopes }: ModuleModel): boolean {
  const variables = new Set(handed.flatMap((argument) => (argument.type === 'Identifier' ? (scopes.variableOf(argument) ?? []) : [])));
  let ends = false;
  walk(finalizer, (node) => {
    const call = node.type === 'AwaitExpression' ? unwrap(node.argument) : undefined;
    const of = call?.type === 'CallExpression' && call.callee.type === 'MemberExpression' && (isEnding(calleeText(call.callee)) || /^release/.test(calleeText(call.callee))) ? unwrap(call.callee.object) : undefined;
    const variable = of?.type === 'Identifier' ? scopes.variableOf(of) : undefined;
    ends ||= variable !== undefined && variables.has(variable);
  });
  return ends;
}

function isAsyncAround(node: Node, { table }: ModuleModel): boolean {
  return table.around(node)?.isAsync === true;
}

/** The statements of the block itself; those of functions and of `try`s inside it are theirs. */
function ownStatements({ block }: TSESTree.TryStatement): Node[] {
  const own = functionAround(block);
  const found: Node[] = [];
  walk(block, (node) => {
    if ((node.type === 'ReturnStatement' || node.type === 'ExpressionStatement') && functionAround(node) === own && tryAround(node) === block.parent) found.push(node);
  });
  return found;
}

/** The innermost `try` whose block, not whose clauses, a node is in. */
function tryAround(node: Node): Node | undefined {
  for (let at: Node = node; at.parent; at = at.parent) if (at.parent.type === 'TryStatement') return at.parent.block === at ? at.parent : tryAround(at.parent);
  return undefined;
}

function promiseOf(expression: Node): TSESTree.CallExpression | undefined {
  switch (expression.type) {
    case 'CallExpression':
      return expression;
    case 'TSAsExpression': case 'TSNonNullExpression': case 'ChainExpression':
      return promiseOf(expression.expression);
    case 'ConditionalExpression':
      return promiseOf(expression.consequent) ?? promiseOf(expression.alternate);
    default:
      return undefined;
  }
}

/** True if a link of the chain takes what fails. */
function isCaught(call: Node): boolean {
  if (!isLink(call)) return false;
  const name = calleeText(call.callee);
  return name === 'catch' || (name === 'then' && call.arguments.length > 1) || isCaught(call.callee.object);
}

/** True if the chain has a `finally` of its own. */
function isFollowedUp(call: Node): boolean {
  return isLink(call) && (calleeText(call.callee) === 'finally' || isFollowedUp(call.callee.object));
}

/** True if what the clause does about a failure is to do the same again: then it is meant for what failed before. */
function doesTheSame(clause: TSESTree.CatchClause, call: Node, text: string): boolean {
  const own = text.slice(...call.range);
  let found = false;
  walk(clause, (node) => { found ||= node.type === 'CallExpression' && text.slice(...node.range) === own; });
  return found;
}

function onlyRethrows({ body: { body }, param }: TSESTree.CatchClause): boolean {
  const [only] = body;
  return body.length === 1 && only?.type === 'ThrowStatement' && only.argument.type === 'Identifier' && param?.type === 'Identifier' && only.argument.name === param.name;
}

/** False for a function that catches whatever may happen in it. */
function mayFail({ isAsync, node }: FunctionInfo): boolean {
  if (node.body?.type !== 'BlockStatement') return isAsync;
  return isAsync && !node.body.body.some((statement) => statement.type === 'TryStatement' && statement.handler && !leaves(statement.handler));
}

function leaves(clause: TSESTree.CatchClause): boolean {
  let throws = false;
  walk(clause, (node) => { throws ||= node.type === 'ThrowStatement'; });
  return throws;
}

/** Logs, metrics and the like: nobody waits for them, and nobody misses them. */
function isAside(name: string): boolean {
  return /log|track|metric|telemetry|report|analytic|audit|notify|ping|heartbeat|capture|prefetch|preload|warm|poll|background/i.test(name);
}

function startName(node: Node): string {
  if (node.type !== 'CallExpression') return calleeText(node);
  return isLink(node) ? startName(node.callee.object) : calleeText(node.callee) || 'the call';
}

import { isFunction } from '../../language/index.js';
import type { FunctionNode, Node, TSESTree } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';
import { textIn } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';
import { isLink } from '../model/promise-chains.js';
import { PromiseCalls } from '../promises/gives-promise.js';

/** A queue of promises, `this.tail = this.tail.finally(() => work())`, that one failure stays in for ever. */
export interface BrokenQueue {
  /** The assignment that puts the next piece of work at the end. */
  readonly at: TSESTree.AssignmentExpression;
  /** The link that runs the work and passes on what failed before. */
  readonly link: TSESTree.CallExpression;
  /** `this.tail` */
  readonly queue: string;
  readonly fn: FunctionInfo;
}

/**
 * The queues of a module whose end is kept beyond the call, and that nothing brings back once a piece of work has failed. One that goes on with `then` may be
 * meant to stop; one that goes on whatever has happened is not.
 */
export function brokenQueuesIn(model: ModuleModel): BrokenQueue[] {
  const calls = new PromiseCalls(model);
  const textOf = textIn(model);
  const assignments = model.module.nodes.of('AssignmentExpression').filter(({ operator }) => operator === '=');
  const found: BrokenQueue[] = [];
  for (const at of assignments) {
    const fn = model.table.around(at);
    const queue = textOf(at.left);
    if (!fn || fn.kind === 'constructor' || !isKept(at.left, fn, model)) continue;
    const links = linksOf(valueOf(at.right, fn, model));
    const [first] = links;
    if (!first || calleeText(first.callee) !== 'finally' || !isEndOf(first.callee, queue, textOf) || links.some(heals) || !mayFail(first, calls, model)) continue;
    if (isHeardOf(at, queue, model) && !assignments.some((other) => textOf(other.left) === queue && isBegunAnew(other, queue, textOf))) found.push({ at, link: first, queue, fn });
  }
  return found;
}

/** True for a field of `this`, and a variable that outlives the function. */
function isKept(target: Node, fn: FunctionInfo, model: ModuleModel): boolean {
  if (target.type === 'MemberExpression') return target.object.type === 'ThisExpression' && !target.computed;
  const variable = target.type === 'Identifier' ? model.scopes.variableOf(target) : undefined;
  return variable !== undefined && variable.scope.variableScope.block.range[0] < fn.node.range[0];
}

/** What is kept under a name of the same function first: `const next = this.tail.then(…); this.tail = next`. */
function valueOf(right: Node, fn: FunctionInfo, model: ModuleModel): Node {
  const given = unwrap(right);
  const variable = given.type === 'Identifier' ? model.scopes.variableOf(given) : undefined;
  const definition = variable?.defs[0];
  return definition?.type === 'Variable' && definition.node.init && functionAround(definition.node) === fn.node ? unwrap(definition.node.init) : given;
}

/** The calls of a chain, `a.then(…).finally(…)`, the first in time first. */
function linksOf(node: Node): TSESTree.CallExpression[] {
  if (!isLink(node)) return [];
  return [...linksOf(unwrap(node.callee.object)), node];
}

/** False for a queue that only ever grows: what `finally` runs is run whatever failed before, and nobody looks at what came of it. */
function isHeardOf(at: TSESTree.AssignmentExpression, queue: string, model: ModuleModel): boolean {
  if (at.parent.type !== 'ExpressionStatement' || unwrap(at.right).type === 'Identifier') return true;
  const textOf = textIn(model);
  return model.module.nodes.ofAny('MemberExpression', 'Identifier').some((node) => textOf(node) === queue && !isTarget(node) && !isGrownFrom(node, queue, textOf));
}

/** Where the name is written, declared, or is part of a longer one. */
function isTarget(node: Node): boolean {
  const { parent } = node;
  return (parent?.type === 'AssignmentExpression' && parent.left === node) || parent?.type === 'PropertyDefinition' || parent?.type === 'VariableDeclarator';
}

/** `this.tail = this.tail.finally(…)` */
function isGrownFrom(node: Node, queue: string, textOf: (node: Node) => string): boolean {
  let at = node;
  while (at.parent && /^(?:MemberExpression|CallExpression|LogicalExpression)$/.test(at.parent.type) && at.parent.range[0] === node.range[0]) at = at.parent;
  return at.parent?.type === 'AssignmentExpression' && at.parent.right === at && textOf(at.parent.left) === queue;
}

/** `this.tail.then`, `(this.tail ?? Promise.resolve()).then` */
function isEndOf(callee: Node, queue: string, textOf: (node: Node) => string): boolean {
  if (callee.type !== 'MemberExpression') return false;
  const base = unwrap(callee.object);
  return textOf(base) === queue || (base.type === 'LogicalExpression' && textOf(base.left) === queue);
}

/** `catch`, and `then` with a second handler. */
function heals({ callee, arguments: handlers }: TSESTree.CallExpression): boolean {
  const name = calleeText(callee);
  return name === 'catch' || (name === 'then' && handlers.length > 1);
}

/** True if what the link runs can fail, as far as it can be seen. */
function mayFail({ arguments: [work] }: TSESTree.CallExpression, calls: PromiseCalls, model: ModuleModel): boolean {
  if (!work) return false;
  if (!isFunction(work)) return work.type === 'Identifier' && model.scopes.variableOf(work)?.defs[0]?.type === 'Parameter';
  if (isCovered(work)) return false;
  const run = work.body.type === 'BlockStatement' ? ownNodes(work).flatMap((node) => (node.type === 'AwaitExpression' ? [node.argument] : node.type === 'ReturnStatement' && node.argument ? [node.argument] : [])) : [work.body];
  return run.some((node) => {
    const call = unwrap(node.type === 'AwaitExpression' ? node.argument : node);
    if (call.type !== 'CallExpression' || linksOf(call).some(heals)) return false;
    const called = calls.functionCalled(call);
    return called ? (called.isAsync || calls.isPromise(call)) && !isCovered(called.node) : !NEVER_FAILING.test(calleeText(call.callee));
  });
}

const NEVER_FAILING = /^(?:sleep|delay|wait|tick|setTimeout|resolve|allSettled)$/i;

/** True if all that a function does stands in a `try` whose failures end there. */
function isCovered({ body }: FunctionNode): boolean {
  if (body.type !== 'BlockStatement') return false;
  const risky = body.body.filter(({ type }) => type !== 'VariableDeclaration' && type !== 'IfStatement');
  return risky.length > 0 && risky.every((statement) => statement.type === 'TryStatement' && statement.handler !== null && !ownNodes(statement.handler).some(({ type }) => type === 'ThrowStatement'));
}

/** The queue is begun anew: with nothing in it, for each piece of work, or by what is done if something fails. */
function isBegunAnew(assignment: TSESTree.AssignmentExpression, queue: string, textOf: (node: Node) => string): boolean {
  const links = linksOf(unwrap(assignment.right));
  if (links.some(heals)) return true;
  const isLonger = assignment.right.type === 'Identifier' || (links[0] !== undefined && isEndOf(links[0].callee, queue, textOf));
  return !isLonger && functionAround(assignment).type !== 'Program' && !isInConstructor(assignment);
}

function isInConstructor(node: Node): boolean {
  const { parent } = functionAround(node);
  return parent?.type === 'MethodDefinition' && parent.kind === 'constructor';
}

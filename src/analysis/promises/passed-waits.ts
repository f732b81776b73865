import { isWithin } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { isEnding, isRunning } from '../catalog/work.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { ownNodes } from '../model/shared-memory.js';
import { textIn } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';

/** Only the first run waits for what all of them need: it has changed, before that, what sends runs on the way that waits. */
export interface PassedWait {
  readonly fn: FunctionInfo;
  /** `this.origin` */
  readonly flag: string;
  readonly test: Node;
  readonly set: TSESTree.AssignmentExpression;
  readonly wait: TSESTree.AwaitExpression;
  /** What is waited for: `this.ready`, or the object that is made anew. */
  readonly needed: string;
  /** What a run that does not wait goes on with. */
  readonly use: Node;
  /** True if the work is done on an object that is there all the time, and that others use meanwhile. */
  readonly isRemade: boolean;
}

/**
 * `if (!this.origin) { this.origin = of(request); await this.ready; } return this.answer(request)`: a promise that is kept is waited for by the first alone.
 * `if (this.isOld) { this.isOld = false; await this.store.close(); await this.store.open(); } return this.store`: whoever comes meanwhile gets what is being made anew.
 */
export function passedWaitsIn(model: ModuleModel): PassedWait[] {
  return model.module.nodes.of('IfStatement').flatMap((decision) => {
    const fn = model.table.around(decision);
    return fn?.isAsync && !fn.isGenerator && !isEnding(fn.ownName) && model.entryOf(fn)?.overlapsItself ? (passedBy(decision, fn, model) ?? []) : [];
  });
}

function passedBy(decision: TSESTree.IfStatement, fn: FunctionInfo, model: ModuleModel): PassedWait | undefined {
  const { consequent, alternate, test } = decision;
  const next = following(decision);
  if (consequent.type !== 'BlockStatement' || alternate || !next || leaves(consequent)) return undefined;
  const nodes = ownNodes(fn.node);
  const textOf = textIn(model);
  const waits = nodes.filter((node): node is TSESTree.AwaitExpression => node.type === 'AwaitExpression' && isWithin(node, consequent));
  const [first] = waits;
  const set = first && consequent.body.map(assignmentOf).find((assignment) => assignment && assignment.range[1] < first.range[0] && decides(test, assignment, textOf) && isShared(assignment.left, model));
  if (!set || LOCKED.test(textOf(fn.node))) return undefined;
  const flag = textOf(set.left);
  // What is changed once more when all is done says that the work is under way.
  if (nodes.some((node) => node.type === 'AssignmentExpression' && node !== set && node.range[0] > set.range[1] && textOf(node.left) === flag && !isInCatch(node))) return undefined;
  const passed = { fn, flag, test, set, use: next };
  const after = nodes.filter((node) => node.range[0] >= decision.range[1]);
  if (after.some((node) => node.type === 'AwaitExpression' && textOf(unwrap(node.argument)) === flag)) return undefined;
  if (!isNothing(set.right)) {
    const kept = waits.find(({ argument }) => isKept(argument, flag, model, textOf));
    const needed = kept && textOf(unwrap(kept.argument));
    const isWaitedForByAll = nodes.some((node) => !isWithin(node, decision) && ASKING.test(node.type) && textOf(partOf(node)) === needed);
    return kept && needed !== undefined && !isWaitedForByAll && doesMore(next) ? { ...passed, wait: kept, needed, isRemade: false } : undefined;
  }
  const remade = waits.flatMap((wait) => remadeBy(wait, model, textOf));
  const needed = remade.find((object) => object !== flag && after.some((node) => node.type === 'ReturnStatement' && node.argument && textOf(unwrap(node.argument)) === object));
  return needed === undefined ? undefined : { ...passed, wait: first!, needed, isRemade: true };
}

/** A promise is waited for, given, or followed by a chain. */
const ASKING = /^(?:AwaitExpression|ReturnStatement|MemberExpression)$/;

const LOCKED = /\block|mutex|acquire|runExclusive|semaphore/i;

/** The statement after a condition in its block. */
function following(decision: TSESTree.IfStatement): Node | undefined {
  const { parent } = decision;
  return parent.type === 'BlockStatement' ? parent.body[parent.body.indexOf(decision) + 1] : undefined;
}

function leaves({ body }: TSESTree.BlockStatement): boolean {
  return /^(?:Return|Throw|Continue|Break)Statement$/.test(body.at(-1)?.type ?? '');
}

function assignmentOf(statement: Node): TSESTree.AssignmentExpression | undefined {
  const expression = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
  return expression?.type === 'AssignmentExpression' && expression.operator === '=' ? expression : undefined;
}

/** True if what is set turns the condition over: `!place` and something is put there, `place` and it is lowered. */
function decides(test: Node, { left, right }: TSESTree.AssignmentExpression, textOf: (node: Node) => string): boolean {
  const place = textOf(left);
  if (test.type === 'UnaryExpression' && test.operator === '!') return textOf(test.argument) === place && !isNothing(right);
  if (test.type === 'BinaryExpression') return /^===?$/.test(test.operator) && textOf(test.left) === place && /^(?:null|undefined)$/.test(textOf(test.right)) && !isNothing(right);
  return textOf(test) === place && isNothing(right);
}

function isNothing(value: Node): boolean {
  return (value.type === 'Literal' && (value.value === false || value.value === null)) || (value.type === 'Identifier' && value.name === 'undefined');
}

/** A field, or a variable of the module. */
function isShared(place: Node, { scopes, sharing }: ModuleModel): boolean {
  const root = rootOf(place);
  if (root.type === 'ThisExpression') return true;
  const variable = root.type === 'Identifier' ? scopes.variableOf(root) : undefined;
  return variable !== undefined && sharing.activationOf(variable) === undefined;
}

function rootOf(place: Node): Node {
  const at = unwrap(place);
  return at.type === 'MemberExpression' && !at.computed ? rootOf(at.object) : at;
}

/** A promise that others can wait for too: what was put into the place itself, or one that lies elsewhere. */
function isKept(awaited: Node, flag: string, model: ModuleModel, textOf: (node: Node) => string): boolean {
  const promise = unwrap(awaited);
  return (promise.type === 'Identifier' || promise.type === 'MemberExpression') && (textOf(promise) === flag || isShared(promise, model));
}

/** What a node waits for, gives or looks into. */
function partOf(node: Node): Node {
  if (node.type === 'AwaitExpression') return unwrap(node.argument);
  if (node.type === 'MemberExpression') return unwrap(node.object);
  return node.type === 'ReturnStatement' && node.argument ? unwrap(node.argument) : node;
}

/** More than to say that it has been done. */
function doesMore(next: Node): boolean {
  if (next.type === 'ReturnStatement') return next.argument !== null && next.argument.type !== 'Literal';
  return !(next.type === 'ExpressionStatement' && next.expression.type === 'CallExpression' && /^(?:log|debug|info|warn|trace)$/.test(calleeText(next.expression.callee)));
}

/** The objects that a call ends, or sets up, and that are in a shared place: `this.store`, of `await this.store.connection.close()`. */
function remadeBy({ argument }: TSESTree.AwaitExpression, model: ModuleModel, textOf: (node: Node) => string): string[] {
  const call = unwrap(argument);
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return [];
  const name = calleeText(call.callee);
  return (isEnding(name) || isRunning(name)) && isShared(call.callee.object, model) ? above(call.callee.object).map(textOf) : [];
}

function above(place: Node): Node[] {
  const at = unwrap(place);
  return at.type === 'MemberExpression' ? [at, ...above(at.object)] : at.type === 'ThisExpression' ? [] : [at];
}

function isInCatch(node: Node): boolean {
  for (let at: Node | undefined = node; at; at = at.parent) if (at.type === 'CatchClause') return true;
  return false;
}

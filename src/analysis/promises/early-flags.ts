import { isWithin } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { isEnding, isRunning, isStarting } from '../catalog/work.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { ownNodes } from '../model/shared-memory.js';
import { textIn } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';
import { goesOn } from './goes-on.js';

/** A flag says that something has been done, and is set before that is waited for: whoever comes meanwhile goes on without it. */
export interface EarlyFlag {
  readonly fn: FunctionInfo;
  /** `this.loaded` */
  readonly flag: string;
  readonly test: Node;
  /** `this.loaded = true` */
  readonly set: TSESTree.AssignmentExpression;
  readonly wait: TSESTree.AwaitExpression;
  /** Who waits for the function and then counts on it; undefined if others are to call it. */
  readonly caller: FunctionInfo | undefined;
}

/** What the flag says is there for everybody once it is done. What says that something has begun, `started`, or goes on, `loading`, is set first. */
const DONE = /^(?:loaded|initiali[sz]ed|inited|ready|purged|migrated|populated|hydrated|synced|seeded|prepared|fetched|restored|connected)$/;

function saysDone(flag: string): boolean {
  return DONE.test(/[A-Z]?[a-z]*$/.exec(flag)![0].toLowerCase());
}

/** The flags of a module that are set in the turn in which they were found unset, and before what they stand for. */
export function earlyFlagsIn(model: ModuleModel): EarlyFlag[] {
  return model.table.functions.flatMap((fn) => (fn.isAsync && !fn.isGenerator ? (earlyFlagOf(fn, model) ?? []) : []));
}

function earlyFlagOf(fn: FunctionInfo, model: ModuleModel): EarlyFlag | undefined {
  const nodes = ownNodes(fn.node);
  const waits = nodes.filter((node): node is TSESTree.AwaitExpression => node.type === 'AwaitExpression' && unwrap(node.argument).type === 'CallExpression');
  if (waits.length === 0 || isEnding(fn.ownName)) return undefined;
  const textOf = textIn(model);
  for (const set of nodes) {
    if (set.type !== 'AssignmentExpression' || set.operator !== '=' || set.right.type !== 'Literal' || set.right.value !== true || set.parent.type !== 'ExpressionStatement') continue;
    const flag = textOf(set.left);
    const decision = saysDone(flag) && isShared(set.left, model) ? nodes.find((node): node is TSESTree.IfStatement => node.type === 'IfStatement' && node.range[0] < set.range[0] && isPassedBy(node, set, flag, textOf)) : undefined;
    const wait = decision && waits.find((node) => node.range[0] > set.range[1] && (!isWithin(set, decision.consequent) || isWithin(node, decision.consequent)));
    if (!decision || !wait || nodes.some((node) => node.type === 'AwaitExpression' && node.range[1] > decision.test.range[0] && node.range[0] < set.range[0])) continue;
    if (isTakenBack(nodes, set, flag, textOf) || waitsOtherwise(nodes, decision, set) || LOCKED.test(textOf(fn.node))) continue;
    const caller = callerOf(fn, model);
    if (caller || isForMany(fn, model)) return { fn, flag, test: decision.test, set, wait, caller };
  }
  return undefined;
}

const LOCKED = /\block|mutex|acquire|runExclusive|semaphore/i;

/** A field, or a variable of the module. */
function isShared(place: Node, { scopes, sharing }: ModuleModel): boolean {
  if (place.type === 'MemberExpression') return !place.computed;
  const variable = place.type === 'Identifier' ? scopes.variableOf(place) : undefined;
  return variable !== undefined && sharing.activationOf(variable) === undefined;
}

/** `if (this.loaded) return;` before the flag is set, or `if (!this.loaded) { … }` around it. */
function isPassedBy({ test, consequent, alternate }: TSESTree.IfStatement, set: Node, flag: string, textOf: (node: Node) => string): boolean {
  const conditions = partsOf(test);
  if (isWithin(set, consequent)) return conditions.some((part) => part.type === 'UnaryExpression' && part.operator === '!' && textOf(part.argument) === flag);
  const [only, ...more] = consequent.type === 'BlockStatement' ? consequent.body : [consequent];
  return !alternate && more.length === 0 && only?.type === 'ReturnStatement' && !gives(only.argument) && conditions.some((part) => textOf(part) === flag);
}

function partsOf(test: Node): Node[] {
  return test.type === 'LogicalExpression' ? [...partsOf(test.left), ...partsOf(test.right)] : [test];
}

/** True if whoever comes meanwhile gets something that may be waited for. */
function gives(value: Node | null): boolean {
  return value !== null && value.type !== 'Literal' && !(value.type === 'Identifier' && value.name === 'undefined');
}

/** True if the flag is lowered when all is done: then it says that the work is under way. */
function isTakenBack(nodes: readonly Node[], set: Node, flag: string, textOf: (node: Node) => string): boolean {
  return nodes.some((node) => node.type === 'AssignmentExpression' && node !== set && node.range[0] > set.range[1] && textOf(node.left) === flag && !isInCatch(node));
}

function isInCatch(node: Node): boolean {
  for (let at: Node | undefined = node; at; at = at.parent) if (at.type === 'CatchClause') return true;
  return false;
}

/** `await this.loading` further down: whoever finds the flag set waits for a promise that is kept. */
function waitsOtherwise(nodes: readonly Node[], decision: Node, set: Node): boolean {
  return !isWithin(set, decision) ? false : nodes.some((node) => node.type === 'AwaitExpression' && node.range[0] > decision.range[1] && unwrap(node.argument).type !== 'CallExpression');
}

/** A function of the module that waits for it and then does more, and that may well be called while another waits. */
function callerOf(fn: FunctionInfo, { module, table }: ModuleModel): FunctionInfo | undefined {
  for (const node of module.nodes.of('AwaitExpression')) {
    const call = unwrap(node.argument);
    const caller = call.type === 'CallExpression' && fn.ownName !== '' && calleeText(call.callee) === fn.ownName && isOwn(call.callee, fn) ? table.around(node) : undefined;
    if (caller && caller !== fn && caller.kind !== 'constructor' && !isRunning(caller.ownName) && !isStarting(caller.ownName) && !isEnding(caller.ownName) && goesOn(node)) return caller;
  }
  return undefined;
}

function isOwn(callee: Node, { owner }: FunctionInfo): boolean {
  return owner ? callee.type === 'MemberExpression' && callee.object.type === 'ThisExpression' : callee.type === 'Identifier';
}

/** By its name it is for all who need what it does, whoever is the first. */
const FOR_ALL = /^[#_]*(?:ensure|maybe|purge|prepare)(?![a-z])|(?:Once|IfNeeded|IfNecessary)$/;

function isForMany(fn: FunctionInfo, model: ModuleModel): boolean {
  return FOR_ALL.test(fn.ownName) && model.entryOf(fn) !== undefined;
}

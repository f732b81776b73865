import { isFunction, isWithin, walk } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';
import { unwrap } from '../model/unwrap.js';
import { isDropped } from '../flow/waited-for.js';

/** A loop that goes on while a flag is set, and that does not notice if it was stopped and started anew while it waited: then there are two. */
export interface RestartedLoop {
  readonly loop: FunctionInfo;
  readonly flag: string;
  /** Where the loop looks at the flag after a wait, and the wait. */
  readonly test: Node;
  readonly wait: Node;
  /** Who sets the flag and starts the loop, where, and who takes the flag away. */
  readonly starter: FunctionInfo;
  readonly start: Node;
  readonly stop: Node;
}

/** The loops of a module's classes, and of its own functions. */
export function restartedLoopsIn(model: ModuleModel): RestartedLoop[] {
  const { functions, classes } = model.table;
  return [...classes.map(({ members }) => members), functions.filter(({ owner, parent }) => !owner && !parent)].flatMap((family) => family.flatMap((loop) => restartedLoop(loop, family) ?? []));
}

interface Round {
  readonly flag: string;
  readonly goesOnWhen: boolean;
  readonly test: Node;
  readonly wait: Node;
}

function restartedLoop(loop: FunctionInfo, family: readonly FunctionInfo[]): RestartedLoop | undefined {
  const round = loop.isAsync ? roundOf(loop) : undefined;
  if (!round) return undefined;
  const settings = family.flatMap((fn) => settingsOf(fn, round.flag));
  if (settings.some(({ value }) => value === undefined)) return undefined;
  const stop = settings.find(({ value, by }) => value === !round.goesOnWhen && by !== loop && by.kind !== 'constructor');
  for (const { by: starter, value } of stop ? settings : []) {
    if (value !== round.goesOnWhen || starter === loop || starter.kind === 'constructor' || asksForMore(starter, round.flag, loop)) continue;
    const start = startOf(loop, starter, family, 0);
    if (start) return { loop, starter, start, stop: stop!.at, ...round };
  }
  return undefined;
}

/** `while (this.running) { …; await sleep(); }`, `await work(); if (this.running) setTimeout(() => this.poll())`: nothing but the flag says whether to go on. */
function roundOf(loop: FunctionInfo): Round | undefined {
  const own = ownNodes(loop.node);
  const waits = own.filter((node) => node.type === 'AwaitExpression');
  for (const node of own) {
    if (node.type !== 'WhileStatement' && node.type !== 'IfStatement') continue;
    const asked = flagIn(node.test);
    const wait = asked && waits.find((at) => (node.type === 'WhileStatement' ? isWithin(at, node.body) : at.range[1] <= node.range[0]));
    if (!wait || (node.type === 'IfStatement' && !goesRound(node, loop))) continue;
    const leaves = node.type === 'IfStatement' && isLeaving(node.consequent);
    return { flag: asked.flag, goesOnWhen: asked.whenTrue !== leaves, test: node.test, wait };
  }
  return undefined;
}

function flagIn(test: Node): { readonly flag: string; readonly whenTrue: boolean } | undefined {
  const node = unwrap(test);
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const inner = flagIn(node.argument);
    return inner && { flag: inner.flag, whenTrue: !inner.whenTrue };
  }
  const flag = nameOf(node);
  return flag === undefined ? undefined : { flag, whenTrue: true };
}

/** `this.running`, `running` */
function nameOf(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'MemberExpression' && !node.computed && node.object.type === 'ThisExpression' ? `this.${calleeText(node)}` : undefined;
}

/** The loop starts itself again, and does not take back the timer of another round first. */
function goesRound(node: TSESTree.IfStatement, loop: FunctionInfo): boolean {
  const scope = isLeaving(node.consequent) ? loop.node : node.consequent;
  let again = false;
  let clears = false;
  walk(loop.node, (at) => {
    if (at.type !== 'CallExpression') return;
    clears ||= /^[#_]*(?:clear|cancel)/.test(calleeText(at.callee));
    again ||= isCallOf(at, loop) && isWithin(at, scope) && at.range[0] > node.range[0] && !isAwaited(at);
  });
  return again && !clears;
}

function isLeaving(consequent: Node): boolean {
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
  return last?.type === 'ReturnStatement';
}

function isCallOf(node: Node, { ownName, owner }: FunctionInfo): node is TSESTree.CallExpression {
  return node.type === 'CallExpression' && nameOf(node.callee) === (owner ? `this.${ownName}` : ownName);
}

function isAwaited(call: Node): boolean {
  return call.parent?.type === 'AwaitExpression';
}

interface Setting {
  readonly by: FunctionInfo;
  readonly at: Node;
  /** Undefined if it is neither true nor false. */
  readonly value: boolean | undefined;
}

function settingsOf(by: FunctionInfo, flag: string): Setting[] {
  return ownNodes(by.node).flatMap((at) => {
    if (at.type !== 'AssignmentExpression' || nameOf(at.left) !== flag) return [];
    return [{ by, at, value: at.operator === '=' && at.right.type === 'Literal' && typeof at.right.value === 'boolean' ? at.right.value : undefined }];
  });
}

/** Whoever starts the loop looks first whether a round is still under way: at something else that the loop writes. */
function asksForMore(starter: FunctionInfo, flag: string, loop: FunctionInfo): boolean {
  const written = new Set(ownNodes(loop.node).flatMap((node) => (node.type === 'AssignmentExpression' ? [nameOf(node.left)] : [])));
  return ownNodes(starter.node).some((node) => {
    if (node.type === 'AwaitExpression') return nameOf(unwrap(node.argument)) !== undefined;
    if (node.type !== 'IfStatement') return false;
    let asks = false;
    walk(node.test, (at) => {
      const name = nameOf(at);
      asks ||= name !== undefined && name !== flag && written.has(name);
    });
    return asks;
  });
}

/** How far a starter may be from the call that starts the loop. */
const MOST_HOPS = 2;

/** The call by which a function, or one that it calls, starts the loop and forgets it. */
function startOf(loop: FunctionInfo, by: FunctionInfo, family: readonly FunctionInfo[], hops: number): Node | undefined {
  const calls = ownNodes(by.node).filter((node) => node.type === 'CallExpression');
  const start = calls.find((call) => isCallOf(call, loop) && isForgotten(call));
  if (start || hops === MOST_HOPS) return start;
  for (const call of calls) {
    const next = family.find((fn) => fn !== loop && fn !== by && isCallOf(call, fn));
    const further = next && startOf(loop, next, family, hops + 1);
    if (further) return further;
  }
  return undefined;
}

/** `this.poll()`, `void this.poll()`, `this.poll().catch(report)`: nobody can wait for it to end. */
function isForgotten(call: Node): boolean {
  const link = call.parent?.type === 'MemberExpression' && call.parent.object === call ? call.parent.parent : undefined;
  if (link?.type === 'CallExpression' && calleeText(link.callee) === 'catch') return isForgotten(link);
  const holder = call.parent?.type === 'UnaryExpression' ? call.parent.parent : call.parent;
  return holder?.type === 'ExpressionStatement' && isFunction(functionAround(call)) && isDropped(call);
}

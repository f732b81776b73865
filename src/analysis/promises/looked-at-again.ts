import { isFunction, walk } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import { framesFrom } from '../model/effect.js';
import type { Effect, Frame } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';
import { textOf } from '../model/text.js';
import type { StartedWork } from './started.js';
import type { LateWrite } from './late-writes.js';

/** True if whoever looks too early looks again once it is there: nothing is missed by that. */
export function isLookedAtAgain(use: Effect, { effect: write }: LateWrite, work: StartedWork): boolean {
  return isPolled(use) || isReactive(use) || isAskedByFiller(use, write, work);
}

/** `for (;;) { while (queue.length > 0) …; await woken; }`, a condition in what an interval calls: the next round sees it. */
function isPolled({ at, frame }: Effect): boolean {
  return isAsked(at, frame) && (isInEndlessLoop(at, frame.fn.node) || isCalledByInterval(frame));
}

/** True if the function looks whether it is there, here or before. */
function isAsked(at: Node, { fn }: Frame): boolean {
  const subject = at.type === 'CallExpression' && at.callee.type === 'MemberExpression' ? at.callee.object : at;
  const place = textOf(subject, fn);
  return isCondition(at) || ownNodes(fn.node).some((node) => (node.type === 'IfStatement' || node.type === 'WhileStatement') && node.range[0] < at.range[0] && textOf(node.test, fn).includes(place));
}

/** True for what decides whether something is done. */
function isCondition(node: Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case 'IfStatement': case 'WhileStatement': case 'ConditionalExpression': return parent.test === node;
    case 'UnaryExpression': case 'LogicalExpression': case 'BinaryExpression': return isCondition(parent);
    case 'MemberExpression': return parent.object === node && isCondition(parent);
    default: return false;
  }
}

function isInEndlessLoop(node: Node, home: Node): boolean {
  for (let at = node; at.parent && at !== home; at = at.parent) {
    const isEndless = (at.type === 'WhileStatement' && at.test.type === 'Literal' && Boolean(at.test.value)) || (at.type === 'ForStatement' && !at.test);
    if (isEndless && waits(at)) return true;
  }
  return false;
}

function waits(loop: Node): boolean {
  let found = false;
  walk(loop, (at) => { found ||= at.type === 'AwaitExpression' || at.type === 'YieldExpression'; });
  return found;
}

function isCalledByInterval(frame: Frame): boolean {
  if (framesFrom(frame).some(({ fn }) => isOfInterval(fn.node))) return true;
  const { ownName, module } = frame.fn;
  return ownName !== '' && module.nodes.of('CallExpression').some((call) => calleeText(call.callee) === ownName && isOfInterval(functionAround(call)));
}

function isOfInterval(fn: Node): boolean {
  return isCallbackOf(fn, /^setInterval$/);
}

function isCallbackOf(fn: Node, callee: RegExp): boolean {
  return fn.parent?.type === 'CallExpression' && fn.parent.arguments[0] === fn && callee.test(calleeText(fn.parent.callee));
}

/** What runs its callback anew when a signal that it has read changes. */
const REACTIVE = /^(?:effect|watchEffect|autorun|computed|createEffect|createMemo|createComputed)$/;

/** `effect(() => show(user.value))`, where the place is a signal. */
function isReactive({ at, frame }: Effect): boolean {
  for (let node: Node | undefined = at; node && node !== frame.fn.node.parent; node = node.parent) if (isFunction(node) && isCallbackOf(node, REACTIVE)) return true;
  return false;
}

/** `load().then((api) => { this.api = api; show(); }); show();`: what looks too early is called once more by what fills the place. */
function isAskedByFiller({ frame }: Effect, write: Effect, { late, frame: starter }: StartedWork): boolean {
  if (frame.fn === starter.fn) return false;
  return late.slice(late.indexOf(write) + 1).some((effect) => (effect.kind === 'spawn' && effect.started === frame.fn) || isOf(effect.frame, frame));
}

function isOf(frame: Frame, asking: Frame): boolean {
  return framesFrom(frame).some((at) => at !== asking && at.fn === asking.fn);
}

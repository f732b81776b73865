import { isFunction, isWithin, walk } from '../../language/index.js';
import type { Node, TSESTree, Variable } from '../../language/index.js';
import { eachElement } from '../catalog/collections.js';
import type { Effect } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import { isChaining } from '../model/promise-chains.js';
import { textOf } from '../model/text.js';
import type { LateWrite } from './late-writes.js';
import type { StartedWork } from './started.js';

/** True if a run that dropped some work may look at what the work has yet to write, and misses nothing by that. */
export function isNotMissed(use: Effect, { variable }: LateWrite, work: StartedWork): boolean {
  return isFilledOnDemand(use, work) || (variable !== undefined && isHeldForLater(use.at, variable, work.frame.fn)) || NOT_YET.test(textOf(statementOf(use.at), use.frame.fn)) || isAskedAnew(use, work.at) || isOnAnotherWay(use, work);
}

/** `if (this.size === undefined) { this.measure().catch(() => {}); } return this.size;`: whoever asks gets what is there, or nothing, and the code says that it is meant so. */
function isFilledOnDemand({ at, frame: { fn } }: Effect, { at: start, frame }: StartedWork): boolean {
  if (fn !== frame.fn || at.parent?.type !== 'ReturnStatement' || !/\.catch\(/.test(textOf(start, fn))) return false;
  const place = textOf(at, fn);
  return conditionsOf(start, fn).some((test) => textOf(test, fn).includes(place));
}

/**
 * True for a variable that holds an object with methods of its own, `new Disposables()` or `{ id, dispose() { … } }`: who gets it asks it to do something, whatever it holds by then. A list or a
 * record is its content.
 */
export function holdsHandle({ defs: [definition] }: Variable): boolean {
  const init = definition?.type === 'Variable' ? definition.node.init : undefined;
  if (init?.type === 'NewExpression') return !PLAIN.test(calleeText(init.callee));
  return init?.type === 'ObjectExpression' && init.properties.some((property) => property.type === 'Property' && isFunction(property.value));
}

/** Collections of the language, which are what they hold. */
const PLAIN = /^(?:Array|Map|Set|WeakMap|WeakSet|Object|Proxy|Headers|FormData|URLSearchParams|\w*Array)$/;

/** `let stop = () => { isOff = true; }; start().then((made) => { stop = made; }); return toHandle(() => stop())`: what is given away looks at it when it is called, and there is something from the start. */
function isHeldForLater(use: Node, { defs: [definition] }: Variable, { node: home }: FunctionInfo): boolean {
  const init = definition?.type === 'Variable' ? definition.node.init : undefined;
  if (!init || /^(?:Literal|Identifier|ArrayExpression)$/.test(init.type)) return false;
  let isCalledLater = false;
  for (let at = use; at.parent && at !== home; at = at.parent) {
    if (at.type === 'ReturnStatement') return isCalledLater;
    if (isFunction(at)) isCalledLater = at.parent?.type !== 'CallExpression' || !(eachElement.has(calleeText(at.parent.callee)) || isChaining(calleeText(at.parent.callee)));
  }
  return false;
}

/** `expect(isDone).toBe(false)`, `assert(!isDone)`: that it has not come yet is what a test wants to see. */
const NOT_YET = /^(?:expect|assert)\b(?!.*\.not\b)(?:.*(?:toBeFalsy|toBeUndefined|toBeNull|isFalse|isUndefined|isNull|isEmpty|\bbe\.(?:false|undefined|null|empty)\b|toHaveLength\(0\)|(?:toBe|[eE]quals?|eql|is)\((?:[^()]*,\s*)?(?:false|undefined|null|0|\[\]|''|"")\))|(?:\.ok)?\(!)/s;

function statementOf(node: Node): Node {
  let at = node;
  while (at.parent && !/Statement$|Declaration$|^ArrowFunction/.test(at.type)) at = at.parent;
  return at;
}

/** In an effect of a component that looks whether it is there: it is run again, and the work brings the first state along. */
function isAskedAnew({ at, frame: { fn } }: Effect, start: Node): boolean {
  const effect = effectAround(at);
  if (!effect || isWithin(start, effect)) return false;
  const place = textOf(at, fn);
  let isAsked = false;
  walk(effect, (node) => { isAsked ||= node.type === at.type && node.range[0] <= at.range[0] && isTested(node) && textOf(node, fn) === place; });
  return isAsked;
}

function effectAround(node: Node): Node | undefined {
  for (let at: Node | undefined = node; at; at = at.parent) if (isFunction(at) && at.parent?.type === 'CallExpression' && at.parent.arguments[0] === at && /^use\w*Effect$/.test(calleeText(at.parent.callee))) return at;
  return undefined;
}

/** `if (ref.current)`, `ref.current && …`, `ref.current?.stop()` */
function isTested(node: Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case 'IfStatement': case 'ConditionalExpression': return parent.test === node;
    case 'UnaryExpression': return parent.operator === '!';
    case 'LogicalExpression': return parent.left === node || isTested(parent);
    case 'MemberExpression': return parent.object === node && (parent.optional || isTested(parent));
    default: return false;
  }
}

/** `if (key === THEME) { load(); } if (key === SIZE) { show(this.loaded); }`: no run comes to both. */
function isOnAnotherWay(use: Effect, { at, frame }: StartedWork): boolean {
  if (use.frame.fn !== frame.fn) return false;
  const asked = answersAt(use.at, frame.fn);
  return [...answersAt(at, frame.fn)].some(([subject, answer]) => asked.has(subject) && asked.get(subject) !== answer);
}

/** What has been compared with which constant, and was equal, on the way to a node within its function. */
function answersAt(node: Node, fn: FunctionInfo): Map<string, string> {
  const answers = new Map<string, string>();
  for (const { left, right } of conditionsOf(node, fn).flatMap(equalitiesIn)) if (isConstant(right, fn)) answers.set(textOf(left, fn), textOf(right, fn));
  return answers;
}

/** The conditions that held on the way to a node within its function, the nearest first. */
function conditionsOf(node: Node, fn: FunctionInfo): TSESTree.Expression[] {
  const tests: TSESTree.Expression[] = [];
  for (let at = node; at.parent && at !== fn.node; at = at.parent) if (at.parent.type === 'IfStatement' && at.parent.consequent === at) tests.push(at.parent.test);
  return tests;
}

function equalitiesIn(test: TSESTree.Expression): TSESTree.BinaryExpression[] {
  if (test.type === 'LogicalExpression' && test.operator === '&&') return [...equalitiesIn(test.left), ...equalitiesIn(test.right)];
  return test.type === 'BinaryExpression' && /^===?$/.test(test.operator) ? [test] : [];
}

/** A literal, `THEME`, `Mode.Dark` */
function isConstant(node: Node, fn: FunctionInfo): boolean {
  return node.type === 'Literal' || (/^(?:Identifier|MemberExpression)$/.test(node.type) && /^[A-Z][\w.]*$/.test(textOf(node, fn)));
}

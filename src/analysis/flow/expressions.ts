import { isFunction } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { Effect, EffectOf } from '../model/effect.js';
import { ownNodes } from '../model/shared-memory.js';
import { choice, mix, unknownValue } from '../model/value.js';
import type { Value } from '../model/value.js';
import { assignTo, readMember, readVariable } from './access.js';
import { lowerCall, lowerNew } from './calls.js';
import { lowerStored, storedAccessOf } from './kept-elsewhere.js';
import { calleeOf } from './inline.js';
import { isReleaserIdempotent, releaserNamed } from './locks.js';
import type { Lowering } from './lowering.js';
import { elementStep, placeOf, unwrap } from './places.js';
import { stepInto } from '../model/location.js';
import { isChaining } from '../model/promise-chains.js';
import { readPlace } from './access.js';

/** Adds the effects of an expression in the order of evaluation; gives where its value comes from. */
export function lowerExpression(l: Lowering, node: Node, isAwaited = false): Value {
  switch (node.type) {
    case 'Identifier':
      return readVariable(l, node);
    case 'Literal':
      return { kind: 'constant', isEmpty: node.value === null || node.value === false || node.value === 0 || node.value === '', text: String(node.value) };
    case 'MemberExpression':
      return readMember(l, node);
    case 'CallExpression':
      return lowerCall(l, node, isAwaited);
    case 'NewExpression':
      return lowerNew(l, node);
    case 'AwaitExpression':
      return lowerAwait(l, node);
    case 'YieldExpression':
      return lowerYield(l, node);
    case 'AssignmentExpression':
      return lowerAssignment(l, node);
    case 'UpdateExpression':
      return lowerUpdate(l, node);
    case 'UnaryExpression':
      return lowerUnary(l, node);
    case 'BinaryExpression':
      return lowerBinary(l, node);
    case 'LogicalExpression':
      return lowerLogical(l, node, isAwaited);
    case 'ConditionalExpression':
      return lowerConditional(l, node, isAwaited);
    case 'SequenceExpression':
      return node.expressions.map((expression) => lowerExpression(l, expression)).at(-1) ?? unknownValue;
    case 'TemplateLiteral':
      return mix(node.expressions.map((expression) => lowerExpression(l, expression)));
    case 'TaggedTemplateExpression':
      return mix([lowerExpression(l, node.tag), lowerExpression(l, node.quasi)]);
    case 'ArrayExpression':
      return node.elements.length === 0 ? emptyLiteral('[]') : mix(node.elements.map((element) => (element ? lowerExpression(l, element) : unknownValue)), 'literal');
    case 'ObjectExpression':
      return node.properties.length === 0 ? emptyLiteral('{}') : mix(node.properties.map((property) => lowerProperty(l, property)), 'literal');
    case 'SpreadElement':
      return lowerContents(l, node.argument);
    case 'ChainExpression': case 'TSAsExpression': case 'TSNonNullExpression': case 'TSSatisfiesExpression': case 'TSTypeAssertion': case 'TSInstantiationExpression':
      return lowerExpression(l, node.expression, isAwaited);
    case 'ImportExpression':
      return mix([lowerExpression(l, node.source)], 'import');
    case 'JSXElement': case 'JSXFragment': case 'JSXExpressionContainer': case 'JSXOpeningElement': case 'JSXAttribute': case 'JSXSpreadAttribute':
      return lowerElement(l, node);
    default:
      return unknownValue;
  }
}

function emptyLiteral(text: string): Value {
  return { kind: 'constant', isEmpty: true, text };
}

function lowerProperty(l: Lowering, property: TSESTree.ObjectLiteralElement): Value {
  if (property.type === 'SpreadElement') return mix([lowerContents(l, property.argument)], 'snapshot');
  const key = property.computed ? lowerExpression(l, property.key) : unknownValue;
  return isFunction(property.value) ? unknownValue : mix([key, lowerExpression(l, property.value)]);
}

/** Everything that a shared collection holds, as iteration and spreading read it; the range is that of the expression. */
export function lowerContents(l: Lowering, expression: Node): Value {
  const value = lowerExpression(l, expression);
  const place = placeOf(l, expression);
  const contents = place && stepInto(place, { kind: 'element' });
  return contents ? mix([value, readPlace(l, expression, contents)]) : value;
}

function lowerElement(l: Lowering, node: Node): Value {
  switch (node.type) {
    case 'JSXElement':
      lowerElement(l, node.openingElement);
      return mix(node.children.map((child) => lowerElement(l, child)));
    case 'JSXFragment':
      return mix(node.children.map((child) => lowerElement(l, child)));
    case 'JSXOpeningElement':
      return mix(node.attributes.map((attribute) => lowerElement(l, attribute)));
    case 'JSXAttribute':
      return node.value ? lowerElement(l, node.value) : unknownValue;
    case 'JSXSpreadAttribute':
      return lowerExpression(l, node.argument);
    case 'JSXExpressionContainer':
      return node.expression.type === 'JSXEmptyExpression' ? unknownValue : lowerExpression(l, node.expression);
    default:
      return unknownValue;
  }
}

function lowerAwait(l: Lowering, node: TSESTree.AwaitExpression): Value {
  const stored = storedAccessOf(l, node.argument);
  const asked = lowerExpression(l, node.argument, true);
  const value = stored?.isAtOnce ? lowerStored(l, stored, asked) : asked;
  // Waiting for a lock is a suspension already; nothing is waited for once it is there.
  if (l.graph.effects.at(-1)?.kind !== 'acquire') l.suspend(node, value, awaitedName(node.argument));
  // A store does what it is asked for while the task waits.
  return stored && !stored.isAtOnce ? lowerStored(l, stored, value) : value;
}

/** The name of the work that an awaited expression starts. */
export function awaitedName(expression: Node): string {
  const node = unwrap(expression);
  if (node.type === 'CallExpression') {
    const name = calleeText(node.callee);
    if ((isChaining(name) || name === 'toPromise') && node.callee.type === 'MemberExpression') return awaitedName(node.callee.object);
    return /^(?:firstValueFrom|lastValueFrom)$/.test(name) && node.arguments[0] ? awaitedName(node.arguments[0]) : name;
  }
  if (node.type === 'ImportExpression') return 'import';
  return node.type === 'NewExpression' ? `new ${calleeText(node.callee)}` : '';
}

/** In an async generator the consumer decides when to go on. In any other generator the caller does, in the same turn as far as is known. */
function lowerYield(l: Lowering, node: TSESTree.YieldExpression): Value {
  const value = node.argument ? lowerExpression(l, node.argument, true) : unknownValue;
  if (l.fn.isAsync) l.suspend(node, value, node.argument ? awaitedName(node.argument) : 'yield');
  return value;
}

function lowerAssignment(l: Lowering, node: TSESTree.AssignmentExpression): Value {
  const { left, operator } = node;
  if (operator === '=') {
    const before = l.graph.effects.length;
    if (left.type === 'MemberExpression') lowerTargetParts(l, left);
    const value = lowerExpression(l, node.right);
    noteKept(l, left, before);
    noteReleaser(l, left, node.right);
    assignTo(l, left, value);
    return value;
  }
  const old = lowerExpression(l, left);
  if (operator === '||=' || operator === '&&=' || operator === '??=') {
    const test: Value = operator === '&&=' ? { kind: 'not', of: old } : old;
    const branch = l.graph.add('branch', left, { test });
    const end = l.graph.join(node);
    l.graph.continueAt(branch, true);
    l.graph.goTo(end);
    l.graph.continueAt(branch, false);
    const before = l.graph.effects.length;
    const value = lowerExpression(l, node.right);
    noteKept(l, left, before);
    assignTo(l, left, value);
    l.graph.goTo(end);
    l.graph.continueAt(end);
    return choice([old, value]);
  }
  const value = mix([old, lowerExpression(l, node.right)], operator.slice(0, -1));
  assignTo(l, left, value);
  return value;
}

/** Evaluates the object and key of a property that is about to be written. */
function lowerTargetParts(l: Lowering, target: TSESTree.MemberExpression): void {
  const object = unwrap(target.object);
  if (object.type === 'Identifier') l.mention(object);
  if (object.type !== 'ThisExpression' && object.type !== 'Super' && object.type !== 'Identifier') lowerExpression(l, object);
  if (target.computed && target.property.type !== 'Literal') l.keys.set(target, lowerExpression(l, target.property));
}

/** A promise of a function of this module that is put into a shared place: it is the place's work in flight. */
function noteKept(l: Lowering, target: Node, from: number): void {
  const place = placeOf(l, target);
  if (!place) return;
  for (let id = from; id < l.graph.effects.length; id++) {
    const effect = l.graph.effects[id]!;
    if (effect.kind === 'spawn') effect.kept = place;
  }
}

/** `release = await mutex.acquire()`: from here on calling `release` gives the lock back. */
export function noteReleaser(l: Lowering, target: Node, source: Node): void {
  const node = unwrap(source);
  const call = node.type === 'AwaitExpression' ? unwrap(node.argument) : node;
  if (call.type !== 'CallExpression') return;
  const lock = givenBy(call, l.graph.effects);
  const taking = lock?.at.type === 'CallExpression' ? lock.at : call;
  const releaser = lock ? { lock: lock.lock, isIdempotent: isReleaserIdempotent(l, taking) } : handedOnBy(l, call);
  if (!releaser) return;
  const names = target.type === 'Identifier' ? [target] : target.type === 'ArrayPattern' ? target.elements : target.type === 'ObjectPattern' ? target.properties.map((property) => (property.type === 'Property' ? property.value : property.argument)) : [];
  for (const name of names) {
    const variable = name?.type === 'Identifier' ? l.variable(name) : undefined;
    if (variable) l.releasers.set(variable, releaser);
  }
}

/** `async function enter() { const release = await mutex.acquire(); return release; }`: what a function of the program gives back that got it by taking a lock. */
function handedOnBy(l: Lowering, call: TSESTree.CallExpression): { readonly lock: string; readonly isIdempotent: boolean } | undefined {
  const fn = calleeOf(l, call.callee);
  const returns = fn && l.inlined.has(fn) ? ownNodes(fn.node).filter((node) => node.type === 'ReturnStatement') : [];
  const releasers = returns.map(({ argument }) => (argument?.type === 'Identifier' ? releaserNamed(l, argument) : undefined));
  return releasers.every((one) => one?.lock === releasers[0]?.lock) ? releasers[0] : undefined;
}

/** The lock that a call has just taken: itself, or a function of the program that gives back what it took last, `function lockRow(id) { return redlock.acquire([id], 500); }`. */
function givenBy(call: TSESTree.CallExpression, effects: readonly Effect[]): EffectOf<'acquire'> | undefined {
  const last = effects.findLast(({ kind, at }) => !/^(?:pass|assign|return)$/.test(kind) && !(kind === 'suspend' && at.type === 'AwaitExpression' && unwrap(at.argument) === call));
  if (last?.kind !== 'acquire') return undefined;
  if (last === effects.at(-1)) return last;
  const holder = last.at.parent?.type === 'AwaitExpression' ? last.at.parent.parent : last.at.parent;
  return last.frame.at === call && /^(?:ReturnStatement|ArrowFunctionExpression)$/.test(holder?.type ?? '') ? last : undefined;
}

function lowerUpdate(l: Lowering, node: TSESTree.UpdateExpression): Value {
  const old = lowerExpression(l, node.argument);
  const value = mix([old], node.operator);
  assignTo(l, node.argument, value);
  return value;
}

function lowerUnary(l: Lowering, node: TSESTree.UnaryExpression): Value {
  if (node.operator === 'delete') return lowerDelete(l, node);
  const value = lowerExpression(l, node.argument);
  if (node.operator === '!') return { kind: 'not', of: value };
  if (node.operator === 'void') return { kind: 'constant', isEmpty: true, text: 'undefined' };
  if (value.kind === 'constant') return { ...value, text: node.operator + value.text, isEmpty: value.isEmpty || (node.operator === '-' && value.text === '1') };
  return mix([value]);
}

function lowerDelete(l: Lowering, node: TSESTree.UnaryExpression): Value {
  const target = unwrap(node.argument);
  if (target.type !== 'MemberExpression') return unknownValue;
  lowerTargetParts(l, target);
  assignTo(l, target, { kind: 'constant', isEmpty: true, text: 'undefined' }, 'clear');
  return unknownValue;
}

const TIME = /\b(?:Date|now|performance|time|expir|ttl|age|deadline|timestamp|hrtime)/i;

function lowerBinary(l: Lowering, node: TSESTree.BinaryExpression): Value {
  if (node.operator === 'in') {
    const key = node.left.type === 'PrivateIdentifier' ? unknownValue : lowerExpression(l, node.left);
    const place = placeOf(l, node.right);
    lowerExpression(l, node.right);
    const element = place && stepInto(place, elementStep(l, node.left));
    return element ? readPlace(l, node, element) : mix([key]);
  }
  const left = lowerExpression(l, node.left);
  const right = lowerExpression(l, node.right);
  switch (node.operator) {
    case '==': case '===': case '!=': case '!==': {
      const equal = compareEqual(node, left, right);
      return node.operator.startsWith('!') ? { kind: 'not', of: equal } : equal;
    }
    case '<': case '<=': case '>': case '>=':
      return compareOrder(l, node, left, right);
    case '+': case '-':
      return mix([left, right], node.operator);
    default:
      return mix([left, right]);
  }
}

function compareEqual(node: TSESTree.BinaryExpression, left: Value, right: Value): Value {
  const [constant, other] = left.kind === 'constant' ? [left, right] : [right, left];
  if (constant.kind === 'constant') {
    const asksType = isTypeof(node.left) || isTypeof(node.right);
    if (asksType && constant.text === 'undefined' && other.kind === 'mix' && other.parts[0]) return { kind: 'emptiness', of: other.parts[0] };
    if (!asksType && constant.isEmpty) return { kind: 'emptiness', of: other };
    if (!asksType && constant.text === 'true') return other;
  }
  return { kind: 'comparison', parts: [left, right], isEquality: true, withTime: false };
}

function isTypeof(node: Node): boolean {
  return node.type === 'UnaryExpression' && node.operator === 'typeof';
}

/** `x.length > 0` and `x.length < 1` ask whether there is anything; against a limit with a name they ask something else. */
function compareOrder(l: Lowering, node: TSESTree.BinaryExpression, left: Value, right: Value): Value {
  const counts = node.left.type === 'MemberExpression' && /^(?:length|size)$/.test(calleeText(node.left));
  if (counts && right.kind === 'constant' && node.right.type === 'Literal') {
    const text = `${node.operator}${right.text}`;
    if (text === '>0' || text === '>=1') return left;
    if (text === '<1' || text === '<=0') return { kind: 'emptiness', of: left };
  }
  return { kind: 'comparison', parts: [left, right], isEquality: false, withTime: TIME.test(l.textOf(node)) };
}

function lowerLogical(l: Lowering, node: TSESTree.LogicalExpression, isAwaited: boolean): Value {
  const left = lowerExpression(l, node.left, isAwaited);
  const test: Value = node.operator === '??' ? { kind: 'not', of: { kind: 'emptiness', of: left } } : left;
  const branch = l.graph.add('branch', node.left, { test });
  const end = l.graph.join(node);
  l.graph.continueAt(branch, node.operator !== '&&');
  l.graph.goTo(end);
  l.graph.continueAt(branch, node.operator === '&&');
  const right = lowerExpression(l, node.right, isAwaited);
  l.graph.goTo(end);
  l.graph.continueAt(end);
  return choice([left, right]);
}

function lowerConditional(l: Lowering, node: TSESTree.ConditionalExpression, isAwaited: boolean): Value {
  const branch = l.graph.add('branch', node.test, { test: lowerExpression(l, node.test) });
  const end = l.graph.join(node);
  const values = ([true, false] as const).map((outcome) => {
    l.graph.continueAt(branch, outcome);
    const value = lowerExpression(l, outcome ? node.consequent : node.alternate, isAwaited);
    l.graph.goTo(end);
    return value;
  });
  l.graph.continueAt(end);
  return choice(values);
}

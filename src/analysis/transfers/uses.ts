import type { Node, TSESTree } from '../../language/index.js';
import { unwrap } from '../flow/places.js';
import { calleeText, keyName } from '../model/functions.js';
import { memoryKind } from './memory-kinds.js';
import type { Holdings, Standpoint } from './holdings.js';

/** A use of what was given away. */
export interface SpentUse {
  /** The expression that names it: `buffer`, `this.view`, `channel.port2`. */
  readonly node: Node;
  /** The effect that gave it away. */
  readonly spentBy: number;
}

/** Asking whether it was given away, and letting go of it, is no use. */
const HARMLESS_MEMBER = /^(?:detached|close|terminate|destroy|unref|ref|off|removeListener|removeAllListeners|removeEventListener|locked|closed|constructor)$/;
const HARMLESS_CALLEE = /^(?:delete|has|indexOf|includes|remove\w*|forget\w*|isDetached|is[A-Z]\w*|expect|assert\w*|ok|equal\w*|strictEqual|deepEqual|notEqual|throws|String|Boolean)$/;
/** What buffers and ports have no members of. */
const VIEW_MEMBER = /^(?:length|byteLength|byteOffset|set|fill|subarray|slice|copyWithin|at|map|forEach|reduce|join|reverse|sort|indexOf|find|entries|values|keys|(?:get|set)(?:Int|Uint|Float|BigInt|BigUint)\d+|write\w*|read(?:U?Int|Float|Double|BigU?Int)\w*|copy|toString|equals)$/;
const SIZE = /^(?:byteLength|length|size)$/;

/** The use, if evaluating `mention` and what is made of it there is one. */
export function spentUseAt(mention: Node, at: Standpoint, now: Holdings): SpentUse | undefined {
  if (now.spent.size === 0) return undefined;
  for (let node = mention; ; ) {
    const holder = holderOf(node);
    const own = now.spentAt(now.thingsOf(node, at));
    const spentBy = own ?? (isSeenAsView(node, holder, at) ? now.spentAt(now.buffersOf(node, at)) : undefined);
    const isAboutBuffer = own === undefined && isMemberOf(node, holder) && calleeText(holder) === 'buffer';
    if (spentBy !== undefined && !isAboutBuffer) return isUse(node, holder, at) ? { node, spentBy } : undefined;
    if (!isMemberOf(node, holder)) return undefined;
    node = holder;
  }
}

/** What stands around an expression, assertions and parentheses left out. */
function holderOf(node: Node): Node {
  const holder = node.parent!;
  return unwrap(holder) !== holder && holder.type !== 'TSInstantiationExpression' ? holderOf(holder) : holder;
}

function isMemberOf(node: Node, holder: Node): holder is TSESTree.MemberExpression {
  return holder.type === 'MemberExpression' && unwrap(holder.object) === node;
}

function isSeenAsView(node: Node, holder: Node, { model }: Standpoint): boolean {
  const kind = memoryKind(node, model);
  if (kind) return kind === 'view';
  if (!isMemberOf(node, holder)) return false;
  const name = keyName(holder.property, holder.computed);
  return holder.computed ? holder.property.type !== 'Literal' || typeof holder.property.value === 'number' : name !== undefined && VIEW_MEMBER.test(name);
}

function isUse(node: Node, holder: Node, at: Standpoint): boolean {
  if (isMemberOf(node, holder)) return isMemberUse(holder);
  switch (holder.type) {
    case 'CallExpression':
      return holder.arguments.some((argument) => unwrap(argument) === node) && !isHarmless(holder);
    case 'NewExpression':
      return unwrap(holder.callee) !== node && !/^Weak|Error$/.test(calleeText(holder.callee));
    case 'ForOfStatement':
      return unwrap(holder.right) === node;
    case 'ReturnStatement':
      return memoryKind(node, at.model) !== undefined;
    case 'SpreadElement': case 'Property': case 'ArrayExpression':
      return isHandedOn(holder);
    default:
      return false;
  }
}

function isMemberUse(member: TSESTree.MemberExpression): boolean {
  const name = keyName(member.property, member.computed) ?? '';
  if (HARMLESS_MEMBER.test(name)) return false;
  const holder = holderOf(member);
  if (holder.type === 'AssignmentExpression' && unwrap(holder.left) === member) return !isNothing(holder.right);
  return !(SIZE.test(name) && isAskedForNothing(member, holder));
}

/** `buffer.byteLength === 0`, `!buffer.byteLength`, `expect(buffer.byteLength)`: whoever asks knows. */
function isAskedForNothing(member: Node, holder: Node): boolean {
  switch (holder.type) {
    case 'BinaryExpression':
      return [holder.left, holder.right].some((side) => side.type === 'Literal' && side.value === 0);
    case 'CallExpression':
      return holder.callee !== member && isHarmless(holder);
    case 'UnaryExpression': case 'IfStatement': case 'ConditionalExpression': case 'LogicalExpression':
      return true;
    default:
      return false;
  }
}

function isHarmless({ callee }: TSESTree.CallExpression): boolean {
  return HARMLESS_CALLEE.test(calleeText(callee)) || (callee.type === 'MemberExpression' && /^(?:assert|t|expect)$/.test(calleeText(callee.object)));
}

/** Part of a literal that a call is given. */
function isHandedOn(literal: Node): boolean {
  const holder = holderOf(literal);
  switch (holder.type) {
    case 'CallExpression':
      return !isHarmless(holder);
    case 'NewExpression':
      return true;
    case 'ObjectExpression': case 'ArrayExpression': case 'Property': case 'SpreadElement':
      return isHandedOn(holder);
    default:
      return false;
  }
}

function isNothing(node: Node): boolean {
  return (node.type === 'Literal' && node.value === null) || (node.type === 'Identifier' && node.name === 'undefined');
}

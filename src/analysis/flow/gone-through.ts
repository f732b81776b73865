import type { Node, TSESTree } from '../../language/index.js';
import type { CollectionKind } from '../catalog/collections.js';
import { calleeText } from '../model/functions.js';
import { stepInto } from '../model/location.js';
import type { Location } from '../model/location.js';
import { ownNodes } from '../model/shared-memory.js';
import { collectionKind } from './collection-kinds.js';
import type { Lowering } from './lowering.js';
import { placeOf, unwrap } from './places.js';

/** What a loop takes its elements from. */
interface GoneThrough {
  readonly location: Location;
  readonly collection: CollectionKind;
}

type Loop = TSESTree.ForStatement | TSESTree.WhileStatement | TSESTree.DoWhileStatement;

/** The collection that a loop goes through while it can change: itself, its keys, values or entries, or what a constant name holds. What other objects call their `keys` may be a list made for who asks. */
export function liveContents(l: Lowering, expression: Node): GoneThrough | undefined {
  const node = unwrap(expression);
  const holder = viewed(node);
  const place = placeOf(l, holder);
  const location = place && stepInto(place, { kind: 'element' });
  const collection = place ? collectionKind(place) : 'unknown';
  return location && (holder === node || /^(?:map|set|array)$/.test(collection)) ? { location, collection } : undefined;
}

function viewed(node: Node): Node {
  const isView = node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && /^(?:keys|values|entries)$/.test(calleeText(node.callee)) && node.arguments.length === 0;
  return isView && node.callee.type === 'MemberExpression' ? node.callee.object : node;
}

/** `for (let i = 0; i < list.length; i++)` goes through the list by position, and so does a `while` that counts up itself. */
export function countedContents(l: Lowering, loop: Loop): GoneThrough | undefined {
  const { test } = loop;
  if (test?.type !== 'BinaryExpression' || !/^<=?$/.test(test.operator) || !countsUp(loop, test.left)) return undefined;
  const bound = lengthAt(l, test.right);
  return bound && liveContents(l, bound.object);
}

/** `list.length`, or a name that was given it before the loop. */
function lengthAt(l: Lowering, bound: Node): TSESTree.MemberExpression | undefined {
  const variable = bound.type === 'Identifier' ? l.variable(bound) : undefined;
  const definition = variable && l.model.sharing.isConstant(variable) ? variable.defs[0] : undefined;
  const node = definition?.type === 'Variable' && definition.node.init ? unwrap(definition.node.init) : bound;
  return node.type === 'MemberExpression' && calleeText(node) === 'length' ? node : undefined;
}

function countsUp(loop: Loop, counter: Node): boolean {
  if (loop.type === 'ForStatement') return loop.update?.type === 'UpdateExpression' && loop.update.operator === '++';
  const isCounter = (node: Node): boolean => counter.type === 'Identifier' && node.type === 'Identifier' && node.name === counter.name;
  return loop.type === 'WhileStatement' && ownNodes(loop.body).some((node) => node.type === 'UpdateExpression' && node.operator === '++' && isCounter(node.argument));
}

import type { Node, TSESTree } from '../../language/index.js';
import { isFunction } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { ownNodes } from '../model/shared-memory.js';
import { textOf } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';

/**
 * True of what only the last of several who come does, each of whom counts himself before he looks: `arrived += 1; if (arrived === parties) open()`,
 * `waiting.push(name); if (waiting.length < size) …; else start()`.
 */
export function isForLastOf(act: Node, model: ModuleModel): boolean {
  for (let at = act; at.parent && !isFunction(at); at = at.parent) {
    const { parent } = at;
    if (parent.type === 'IfStatement' && at !== parent.test) return comesLast(parent.test, at === parent.consequent, parent, model);
  }
  return false;
}

function comesLast(given: Node, outcome: boolean, statement: TSESTree.IfStatement, model: ModuleModel): boolean {
  const test = unwrap(given);
  if (test.type !== 'BinaryExpression' || !(outcome ? /^(?:===?|>=?)$/ : /^(?:!==?|<=?)$/).test(test.operator) || isFew(test.right)) return false;
  const count = unwrap(test.left as Node);
  return (count.type === 'UpdateExpression' && count.operator === '++') || isCountedBefore(count, statement, model);
}

/** The first who comes would be the last of them too. */
function isFew(most: Node): boolean {
  const node = unwrap(most);
  return node.type === 'Literal' && (typeof node.value !== 'number' || node.value < 2);
}

function isCountedBefore(count: Node, statement: Node, model: ModuleModel): boolean {
  const isLength = count.type === 'MemberExpression' && /^(?:length|size)$/.test(calleeText(count));
  const counted = textOf(isLength ? (count as TSESTree.MemberExpression).object : count, model);
  const around = model.table.around(statement);
  return around !== undefined && ownNodes(around.node).some((node) => node.range[1] <= statement.range[0] && (isLength ? addedBy(node, counted, model) : steppedBy(node, counted, model)));
}

function steppedBy(node: Node, counted: string, model: ModuleModel): boolean {
  if (node.type === 'UpdateExpression') return node.operator === '++' && textOf(node.argument, model) === counted;
  return node.type === 'AssignmentExpression' && node.operator === '+=' && textOf(node.left, model) === counted;
}

function addedBy(node: Node, list: string, model: ModuleModel): boolean {
  return node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && /^(?:push|add|set|unshift)$/.test(calleeText(node.callee)) && textOf(node.callee.object, model) === list;
}

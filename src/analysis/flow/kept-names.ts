import type { Node, TSESTree, Variable } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import { stepInto } from '../model/location.js';
import type { Location } from '../model/location.js';
import type { Lowering } from './lowering.js';
import { elementStep, placeOf, unwrap } from './places.js';

/**
 * `let list = lists.get(key); if (!list) { list = []; lists.set(key, list); }`: true if whatever else the name is given is put
 * where it was read, so that it is always a name of what stands there.
 */
export function isNameOf(l: Lowering, { references }: Variable, place: Location): boolean {
  return references.every((reference) => {
    if (!reference.isWrite() || reference.init === true) return true;
    const name = reference.identifier as Node;
    const assignment = name.parent;
    return assignment?.type === 'AssignmentExpression' && assignment.left === name && assignment.operator === '=' && isKept(l, assignment, place);
  });
}

/** `lists.set(key, list = [])`, `lists[key] = list = []`, `list = lists[key] = []`, or a statement that puts the name there before the block ends. */
function isKept(l: Lowering, assignment: TSESTree.AssignmentExpression, place: Location): boolean {
  const inner = unwrap(assignment.right);
  if (inner.type === 'AssignmentExpression' && puts(l, inner, inner.right, place)) return true;
  const holder = assignment.parent;
  if (puts(l, holder, assignment, place)) return true;
  const block = holder.type === 'ExpressionStatement' ? holder.parent : undefined;
  if (holder.type !== 'ExpressionStatement' || block?.type !== 'BlockStatement') return false;
  return block.body.slice(block.body.indexOf(holder) + 1).some((statement) => {
    const put = statement.type === 'ExpressionStatement' ? unwrap(statement.expression) : undefined;
    const value = put?.type === 'AssignmentExpression' ? put.right : put?.type === 'CallExpression' ? put.arguments[1] : undefined;
    return put !== undefined && value?.type === 'Identifier' && l.variable(value) === l.variable(assignment.left) && puts(l, put, value, place);
  });
}

/** True if an expression puts `value` at the place. */
function puts(l: Lowering, expression: Node, value: Node, place: Location): boolean {
  if (expression.type === 'AssignmentExpression') return expression.operator === '=' && expression.right === value && placeOf(l, expression.left)?.id === place.id;
  if (expression.type !== 'CallExpression' || expression.callee.type !== 'MemberExpression' || calleeText(expression.callee) !== 'set' || expression.arguments[1] !== value) return false;
  const holder = placeOf(l, expression.callee.object);
  return holder !== undefined && stepInto(holder, elementStep(l, expression.arguments[0]))?.id === place.id;
}

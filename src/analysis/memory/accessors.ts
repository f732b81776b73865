import type { Node, TSESTree } from '../../language/index.js';
import { calledBy } from '../model/called.js';
import { classOfExpression } from '../model/class-of.js';
import { keyName } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { atomicsOperation } from '../model/shared-memory.js';
import { textIn } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';

type Call = TSESTree.CallExpression;

/** `this.count = this.count + 1`, `this.count++` of an accessor pair, `setCount(getCount() + 1)`: one loads a cell of shared memory, the other stores it. Gives the load. */
export function updatedByAccessors(node: Node, model: ModuleModel): Call | undefined {
  const step = stepOf(node, model);
  if (!step) return undefined;
  const [load, store] = [loadIn(step.getter, model), storeIn(step.setter, model)];
  return load && store && isSameCell(load, store, model) ? load : undefined;
}

interface Step {
  readonly getter: FunctionInfo | undefined;
  readonly setter: FunctionInfo | undefined;
}

function stepOf(node: Node, model: ModuleModel): Step | undefined {
  if (node.type === 'CallExpression') return callStep(node, model);
  const target = node.type === 'UpdateExpression' ? node.argument : node.type === 'AssignmentExpression' && isStep(node, model) ? node.left : undefined;
  const name = target?.type === 'MemberExpression' ? keyName(target.property, target.computed) : undefined;
  const owner = target?.type === 'MemberExpression' && name !== undefined ? classOfExpression(target.object, model) : undefined;
  const member = (kind: 'getter' | 'setter'): FunctionInfo | undefined => owner?.members.find((one) => one.ownName === name && one.kind === kind);
  return owner && { getter: member('getter'), setter: member('setter') };
}

const ARITHMETIC = /^(?:[-+*/|^]|\*\*)$/;

function isStep({ operator, left, right }: TSESTree.AssignmentExpression, model: ModuleModel): boolean {
  if (operator !== '=') return ARITHMETIC.test(operator.slice(0, -1));
  const value = unwrap(right);
  const text = textIn(model);
  return value.type === 'BinaryExpression' && ARITHMETIC.test(value.operator) && [value.left, value.right].some((part) => text(part) === text(left));
}

/** `set(get() + n)` */
function callStep(node: Call, model: ModuleModel): Step | undefined {
  const [only, ...more] = node.arguments;
  const value = only && more.length === 0 ? unwrap(only) : undefined;
  if (value?.type !== 'BinaryExpression' || !ARITHMETIC.test(value.operator)) return undefined;
  const read = [value.left, value.right].map(unwrap).find((part): part is Call => part.type === 'CallExpression' && part.arguments.length === 0);
  return read && { getter: calledBy(read, model), setter: calledBy(node, model) };
}

/** The call that is all that a function does. */
function onlyCallOf(fn: FunctionInfo | undefined, model: ModuleModel): Call | undefined {
  if (!fn || fn.isAsync || fn.module !== model.module) return undefined;
  const { body } = fn.node;
  const [only, ...more] = body.type === 'BlockStatement' ? body.body : [];
  const expression = body.type !== 'BlockStatement' ? body : more.length > 0 ? undefined : only?.type === 'ReturnStatement' ? only.argument : only?.type === 'ExpressionStatement' ? only.expression : undefined;
  const call = expression ? unwrap(expression) : undefined;
  return call?.type === 'CallExpression' ? call : undefined;
}

function loadIn(fn: FunctionInfo | undefined, model: ModuleModel): Call | undefined {
  const call = onlyCallOf(fn, model);
  return call && atomicsOperation(call, model) === 'load' ? call : undefined;
}

function storeIn(fn: FunctionInfo | undefined, model: ModuleModel): Call | undefined {
  const call = onlyCallOf(fn, model);
  const [parameter] = fn?.node.params ?? [];
  const stored = call?.arguments[2];
  return call && atomicsOperation(call, model) === 'store' && parameter?.type === 'Identifier' && stored?.type === 'Identifier' && stored.name === parameter.name ? call : undefined;
}

function isSameCell(load: Call, store: Call, model: ModuleModel): boolean {
  const text = textIn(model);
  return [0, 1].every((index) => {
    const [one, other] = [load.arguments[index], store.arguments[index]];
    return one !== undefined && other !== undefined && text(one) === text(other);
  });
}

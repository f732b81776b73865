import { isFunction, walk } from '../../language/index.js';
import type { Node, TSESTree, Variable } from '../../language/index.js';
import { isDoneTogether } from '../catalog/keyed-stores.js';
import { isFinding, isMoving, isRemoving, isSetting } from '../catalog/row-stores.js';
import { calleeText, keyName } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';
import { textOf } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';
import { variablesIn } from '../model/variables-in.js';
import { asRowCall, constantOf, guardsOf, isWaitedFor, storeOf, waitBetween } from './row-calls.js';
import type { Guard, RowCall } from './row-calls.js';

/** Rows that were looked at in memory, and are then changed or taken away by what names them, whatever has become of them by then. */
export interface CheckedRows {
  readonly fn: FunctionInfo;
  readonly rows: Variable;
  /** The field that was looked at; the condition of the call does not speak of it. */
  readonly field: string;
  readonly check: Node;
  readonly wait: Node;
  readonly act: RowCall;
}

export function checkedRowsIn(model: ModuleModel): CheckedRows[] {
  return model.module.nodes.of('CallExpression').flatMap((node) => {
    const act = asRowCall(node);
    const fn = act && model.table.around(act);
    const where = act && conditionOf(act);
    if (!act || !fn || !where || !isWaitedFor(act) || isDoneTogether(textOf(fn.node, model))) return [];
    const named = [...variablesIn(where, model)].flatMap((variable) => [variable, ...madeFrom(variable, model)]);
    return [...new Set(named)].flatMap((rows) => checkedRows(model, fn, act, where, rows) ?? []).slice(0, 1);
  });
}

function checkedRows(model: ModuleModel, fn: FunctionInfo, act: RowCall, where: Node, rows: Variable): CheckedRows | undefined {
  const isFound = isFoundIn(rows, storeOf(act, model), model);
  if (!isFound && !isHandedFrom(rows, storeOf(act, model))) return undefined;
  for (const guard of guardsOf(act)) {
    const field = fieldsAskedIn(guard.test, rows, model).find((name) => !speaksOf(where, name) && isAtStake(guard, name, act));
    const wait = field === undefined ? undefined : (waitBetween(guard.test, act) ?? (isFound ? act : undefined));
    if (field !== undefined && wait) return { fn, rows, field, check: guard.test, wait, act };
  }
  return undefined;
}

/**
 * Whoever does not pass is refused, and the rows go, or get another value of the very field that was checked: not a row that is updated because of some other field.
 * To set one value twice does no harm, unless something else is done once for it.
 */
function isAtStake({ turnsAway, test }: Guard, field: string, act: RowCall): boolean {
  const name = calleeText(act.callee);
  if (turnsAway !== 'throws' || isRemoving(name)) return turnsAway === 'throws';
  return act.arguments.some((argument) => speaksOf(argument, field)) && (isMoving(name) || ownNodes(functionAround(act)).some((node) => node.type === 'AwaitExpression' && node.range[0] > test.range[1] && node !== act.parent));
}

/** `{ where: … }`, or what is given first: an object of fields, the key of a row that was found. */
function conditionOf(act: RowCall): Node | undefined {
  const name = calleeText(act.callee);
  if (!isRemoving(name) && !isSetting(name)) return undefined;
  for (const argument of act.arguments) {
    const given = unwrap(argument);
    const property = given.type === 'ObjectExpression' ? given.properties.find((each) => each.type === 'Property' && keyName(each.key, each.computed) === 'where') : undefined;
    if (property?.type === 'Property') return unwrap(property.value).type === 'ObjectExpression' ? property.value : undefined;
  }
  const first = act.arguments[0] && unwrap(act.arguments[0]);
  if (isMoving(name) || (name === 'update' && act.arguments.length < 2)) return undefined;
  return first?.type === 'MemberExpression' || (first?.type === 'ObjectExpression' && first.properties.length > 0) ? first : undefined;
}

/** What the value of a constant was made from: `ids` of `const ids = documents.map(({ id }) => id)`. */
function madeFrom(variable: Variable, model: ModuleModel): Variable[] {
  const value = constantOf(variable);
  return value && !unwrap(value).type.startsWith('Await') ? [...variablesIn(value, model)] : [];
}

/** `const post = await prisma.post.findUnique(…)`, by the same store that is told to change it. */
function isFoundIn(rows: Variable, store: string, model: ModuleModel): boolean {
  const value = constantOf(rows);
  const call = value?.type === 'AwaitExpression' ? asRowCall(value.argument) : undefined;
  return call !== undefined && isFinding(calleeText(call.callee)) && storeOf(call, model) === store;
}

/** `documents: Document[]`, handed over to somebody who tells `Document` to change them. */
function isHandedFrom({ defs: [definition], identifiers: [name] }: Variable, store: string): boolean {
  let type: Node | undefined = definition?.type === 'Parameter' ? (name as TSESTree.Identifier | undefined)?.typeAnnotation?.typeAnnotation : undefined;
  if (type?.type === 'TSTypeOperator') type = type.typeAnnotation;
  if (type?.type === 'TSArrayType') type = type.elementType;
  const row = type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? type.typeName.name : undefined;
  return row !== undefined && new RegExp(`(?:^|\\W)${row}(?:s|Repository|Model|Repo)?$`, 'i').test(store);
}

/** Fields that say whose a row is, or what it is, are not what changes under one's hands. */
const LASTING = /^(?:_?id|length|size|type|kind|name|title|email|slug|key)$|Ids?$|By$/;

/** The fields of the rows that a condition asks for: itself, of one that it looks for among them, or by a constant that says so. */
function fieldsAskedIn(test: Node, rows: Variable, model: ModuleModel, hops = 0): string[] {
  const fields: string[] = [];
  walk(test, (node) => {
    if (node.type !== 'Identifier') return;
    const variable = model.scopes.variableOf(node);
    const value = variable && variable !== rows && hops === 0 ? constantOf(variable) : undefined;
    if (value && value.type !== 'AwaitExpression' && !isFunction(value)) fields.push(...fieldsAskedIn(value, rows, model, hops + 1));
    if (variable === rows) fields.push(...fieldsAt(node, model));
  });
  return fields.filter((field) => !LASTING.test(field));
}

function fieldsAt(name: Node, model: ModuleModel): string[] {
  const access = name.parent;
  if (access?.type !== 'MemberExpression' || access.object !== name) return [];
  const holder = access.parent;
  const field = calleeText(access);
  if (holder.type !== 'CallExpression' || holder.callee !== access) return [field];
  const [callback] = holder.arguments;
  const parameter = callback && isFunction(callback) && /^(?:find|some|every|filter)$/.test(field) ? callback.params[0] : undefined;
  const each = parameter?.type === 'Identifier' ? model.scopes.variableOf(parameter) : undefined;
  return each ? fieldsAskedIn((callback as TSESTree.ArrowFunctionExpression).body, each, model, 1) : [];
}

/** True if a field is named there, as a key or as what is read. */
function speaksOf(node: Node, field: string): boolean {
  let speaks = false;
  walk(node, (at) => {
    speaks ||= (at.type === 'Property' && keyName(at.key, at.computed) === field) || (at.type === 'Literal' && at.value === field) || (at.type === 'MemberExpression' && calleeText(at) === field);
  });
  return speaks;
}

import type { Node, TSESTree, Variable } from '../../language/index.js';
import { isKeptAtOnce, isStoreRead, isStoreWrite, nounOf } from '../catalog/keyed-stores.js';
import { calleeText } from '../model/functions.js';
import { importOf } from '../model/exports.js';
import { locationAt, stepInto, storedStep } from '../model/location.js';
import type { Location } from '../model/location.js';
import type { ModuleModel } from '../model/module.js';
import { mix } from '../model/value.js';
import type { Value } from '../model/value.js';
import { readPlace } from './access.js';
import { collectionKind } from './collection-kinds.js';
import type { Lowering } from './lowering.js';
import { keyText, placeOf, unwrap } from './places.js';

/** A call that reads or changes what a store outside the program keeps under a key. */
export interface StoredAccess {
  readonly does: 'read' | 'write';
  readonly call: TSESTree.CallExpression;
  readonly place: Location;
  /** What is put there: one of the arguments, or an object that was read from there and changed. */
  readonly given: number | Variable;
  /** True if the store does it in the turn of the call; others do it when they come to it. */
  readonly isAtOnce: boolean;
}

/** What an awaited call does to a store: `storage.getItem(key)`, `client.set(key, value)`, `accounts.update({ where: { id }, data })`. */
export function storedAccessOf(l: Lowering, awaited: Node): StoredAccess | undefined {
  const call = unwrap(awaited);
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return undefined;
  return savedAccessOf(l, call, call.callee) ?? keyedAccessOf(l, call, call.callee);
}

function keyedAccessOf(l: Lowering, call: TSESTree.CallExpression, callee: TSESTree.MemberExpression): StoredAccess | undefined {
  const name = calleeText(callee);
  const does = isStoreRead(name) ? 'read' : isStoreWrite(name) ? 'write' : undefined;
  const [first] = call.arguments;
  if (!does || !first || first.type === 'SpreadElement' || !isReadAndWritten(l, callee.object)) return undefined;
  const receiver = receiverPlace(l, callee.object);
  const key = receiver && collectionKind(receiver) !== 'map' ? keyOf(l, first) : undefined;
  const place = receiver && key !== undefined ? stepInto(receiver, storedStep(`${nounOf(name)} ${key}`.trim())) : undefined;
  const given = call.arguments.length > 1 ? 1 : first.type === 'ObjectExpression' ? 0 : -1;
  if (!place || (does === 'write' && given < 0)) return undefined;
  return { does, call, place, given, isAtOnce: isKeptAtOnce(calleeText(callee.object)) };
}

/** `accounts.save(account)`, `account.save()`: an object that was found in the store goes back there, with a field that was made from what it was. */
function savedAccessOf(l: Lowering, call: TSESTree.CallExpression, { object, property }: TSESTree.MemberExpression): StoredAccess | undefined {
  if (property.type !== 'Identifier' || property.name !== 'save') return undefined;
  const saved = unwrap(call.arguments.length === 1 ? call.arguments[0]! : object);
  const variable = saved.type === 'Identifier' ? l.variable(saved) : undefined;
  const found = variable && foundBy(variable);
  const read = found?.callee.type === 'MemberExpression' ? keyedAccessOf(l, found, found.callee) : undefined;
  return read && variable && isChangedByItself(l, variable, call.arguments.length === 1) ? { ...read, does: 'write', call, given: variable } : undefined;
}

/** `const account = await accounts.findById(id)` */
function foundBy(variable: Variable): TSESTree.CallExpression | undefined {
  const init = initOf(variable);
  const call = init?.type === 'AwaitExpression' ? unwrap(init.argument) : undefined;
  return call?.type === 'CallExpression' && call.callee.type === 'MemberExpression' && isStoreRead(calleeText(call.callee)) ? call : undefined;
}

/**
 * `account.balance += amount`, `account.n = account.n + 1`, and, where the store is handed the whole of it, `account.tags.push(tag)`: an object that saves itself
 * may tell the store of the new element alone, as documents of mongoose do.
 */
function isChangedByItself(l: Lowering, { references }: Variable, isWhole: boolean): boolean {
  return references.some(({ identifier }) => {
    const field = identifier.parent;
    if (field.type !== 'MemberExpression' || field.object !== identifier) return false;
    const holder = field.parent;
    if (holder.type === 'UpdateExpression') return true;
    if (holder.type === 'MemberExpression' && holder.object === field) return isWhole && holder.parent.type === 'CallExpression' && holder.parent.callee === holder && /^(?:push|unshift|splice|pop|shift)$/.test(calleeText(holder));
    if (holder.type !== 'AssignmentExpression' || holder.left !== field) return false;
    return /^[-+*]=$/.test(holder.operator) || (holder.operator === '=' && l.textOf(holder.right).includes(l.textOf(field)));
  });
}

/** Adds what the store does; gives what the call then gives. */
export function lowerStored(l: Lowering, { does, call, place, given }: StoredAccess, value: Value): Value {
  if (value.kind !== 'answer') return value;
  if (does === 'read') return mix([value, readPlace(l, call, place)]);
  // Of an answer the first part is the object that is called.
  const put: Value | undefined = typeof given === 'number' ? value.parts[given + 1] : { kind: 'slot', slot: given };
  if (put) l.graph.add('write', call, { location: place, value: put, mode: 'replace' });
  return value;
}

/** A place of the module's own, or what it imports from a package. */
function receiverPlace(l: Lowering, object: Node): Location | undefined {
  const place = placeOf(l, object);
  if (place) return place;
  const node = unwrap(object);
  const variable = node.type === 'Identifier' ? l.variable(node) : undefined;
  return variable && importOf(variable) ? locationAt({ kind: 'variable', variable }) : undefined;
}

/** A key as text; of `{ where: { id } }` that of its one field. A key that is made anew belongs to one run. */
function keyOf(l: Lowering, node: Node): string | undefined {
  const key = unwrap(node);
  if (key.type === 'ObjectExpression') {
    const [property] = key.properties.filter((each) => each.type === 'Property' && (key.properties.length === 1 || calleeText(each.key) === 'where'));
    return property?.type === 'Property' ? keyOf(l, property.value) : undefined;
  }
  if (!/^(?:Identifier|Literal|TemplateLiteral|MemberExpression)$/.test(key.type)) return undefined;
  const made = key.type === 'Identifier' ? initOf(l.variable(key)) : undefined;
  return made && /uuid|nanoid|random|create|generate|Date\.now/i.test(l.textOf(made)) ? undefined : keyText(l, key);
}

function initOf(variable: Variable | undefined): Node | undefined {
  const definition = variable?.defs[0];
  return definition?.type === 'Variable' ? (definition.node.init ?? undefined) : undefined;
}

const spokenTo = new WeakMap<ModuleModel, ReadonlySet<string>>();

/** True if this module both asks the object and changes what it keeps. */
function isReadAndWritten(l: Lowering, object: Node): boolean {
  let known = spokenTo.get(l.model);
  if (!known) spokenTo.set(l.model, (known = storesIn(l)));
  return known.has(l.textOf(object));
}

function storesIn(l: Lowering): Set<string> {
  const [asked, changed] = [new Set<string>(), new Set<string>()];
  for (const { callee } of l.model.module.nodes.ofAny('CallExpression')) {
    if (callee.type !== 'MemberExpression') continue;
    const name = calleeText(callee);
    if (isStoreRead(name)) asked.add(l.textOf(callee.object));
    else if (isStoreWrite(name)) changed.add(l.textOf(callee.object));
    const variable = name === 'save' && callee.object.type === 'Identifier' ? l.variable(callee.object) : undefined;
    const found = variable && foundBy(variable);
    if (found?.callee.type === 'MemberExpression') changed.add(l.textOf(found.callee.object));
  }
  return new Set([...asked].filter((object) => changed.has(object)));
}

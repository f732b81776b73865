import { isFunction } from '../../language/index.js';
import type { Node, TSESTree, Variable } from '../../language/index.js';
import { collectionMethod } from '../catalog/collections.js';
import { keyName } from '../model/functions.js';
import type { ClassInfo, FunctionInfo } from '../model/functions.js';
import { declarerOf } from '../model/class-line.js';
import { objectAt, onlyInstanceMadeBy } from '../model/instances.js';
import { locationAt, stepInto } from '../model/location.js';
import type { Location, Step } from '../model/location.js';
import { classAt, exportedAs, initialiserOf, originOf } from '../model/origin.js';
import type { Origin } from '../model/origin.js';
import { cellPlace } from './cells.js';
import { collectionKind } from './collection-kinds.js';
import type { Lowering } from './lowering.js';
import { storePlace } from './stores.js';
import { unwrap } from '../model/unwrap.js';

export { unwrap } from '../model/unwrap.js';

/** The shared place that an expression names; undefined if it names none. */
export function placeOf(l: Lowering, expression: Node): Location | undefined {
  const node = unwrap(expression);
  const known = l.places.get(node);
  if (known || l.places.has(node)) return known;
  const place = placeNamed(l, node);
  l.places.set(node, place);
  return place;
}

function placeNamed(l: Lowering, node: Node): Location | undefined {
  switch (node.type) {
    case 'Identifier':
      return variablePlace(l, node);
    case 'ThisExpression':
      return thisPlace(l);
    case 'MemberExpression':
      return l.placesGiven.get(node) ?? memberPlace(l, node);
    case 'CallExpression':
      return storePlace(l, node) ?? cellPlace(l, node) ?? yieldedPlace(l, node) ?? l.placesGiven.get(node);
    // What a function of the program gives is the object itself, waited for or not.
    case 'AwaitExpression':
      return l.placesGiven.get(unwrap(node.argument));
    case 'AssignmentExpression':
      return placeOf(l, node.left);
    default:
      return undefined;
  }
}

function variablePlace(l: Lowering, node: Node): Location | undefined {
  const variable = l.variable(node);
  if (!variable) return undefined;
  return l.aliases.get(variable) ?? originPlace(l, originOf(variable, l.model));
}

/** The place that an origin names: a class, the one instance of a class, a variable. */
function originPlace(l: Lowering, origin: Origin | undefined): Location | undefined {
  const owner = classAt(origin);
  if (owner) return l.modelOf(owner).sharing.isSharedClass(owner) ? locationAt({ kind: 'static', owner }) : undefined;
  // What this run makes itself is not the instance that others have: each run has one of its own.
  const isKept = origin?.kind !== 'variable' || isShared(origin);
  const init = isKept ? initialiserOf(origin) : undefined;
  const held = origin && init && !isOfThisRun(l, origin) ? onlyInstanceMadeBy(init, origin.model) : undefined;
  // A local name is that of an object of this run alone.
  if (held) return locationAt({ kind: 'instance', owner: held });
  return isKept && origin?.kind === 'variable' ? locationAt({ kind: 'variable', variable: origin.variable }) : undefined;
}

function isOfThisRun(l: Lowering, origin: Origin): boolean {
  const activation = origin.kind === 'variable' ? origin.model.sharing.activationOf(origin.variable) : undefined;
  return activation !== undefined && l.stack.includes(activation);
}

function isShared({ variable, model }: Origin & { kind: 'variable' }): boolean {
  const type = variable.defs[0]?.type;
  return type !== undefined && type !== 'FunctionName' && type !== 'Type' && type !== 'TSEnumName' && model.sharing.isSharedVariable(variable);
}

/** True if reading or assigning the variable is an access of a shared place. */
export function isSharedVariable(l: Lowering, variable: Variable): boolean {
  const origin = originOf(variable, l.model);
  return origin?.kind === 'variable' && isShared(origin) && !origin.model.sharing.isConstant(origin.variable);
}

function thisPlace(l: Lowering): Location | undefined {
  const holder = thisHolder(l.fn);
  if (!holder) return undefined;
  const around = ownerAround(l.fn);
  if (around) {
    const { owner, isStatic } = around;
    return l.modelOf(owner).sharing.isSharedClass(owner) ? locationAt({ kind: isStatic ? 'static' : 'instance', owner }) : undefined;
  }
  // A method of an object literal that is bound to a variable.
  const literal = holder.node.parent?.type === 'Property' ? holder.node.parent.parent : undefined;
  const declarator = literal?.parent;
  return declarator?.type === 'VariableDeclarator' ? placeOf(l, declarator.id) : undefined;
}

/** The function that decides what `this` means: arrows take it from around them. */
export function thisHolder(fn: FunctionInfo): FunctionInfo | undefined {
  let at: FunctionInfo | undefined = fn;
  while (at && at.node.type === 'ArrowFunctionExpression' && !at.owner && !at.initialises) at = at.parent;
  return at;
}

/** The class whose code a function is part of. */
export function ownerAround(fn: FunctionInfo): { readonly owner: ClassInfo; readonly isStatic: boolean } | undefined {
  const holder = thisHolder(fn);
  return holder?.owner ? { owner: holder.owner, isStatic: holder.isStatic } : holder?.node.type === 'ArrowFunctionExpression' ? holder.initialises : undefined;
}

function memberPlace(l: Lowering, node: TSESTree.MemberExpression): Location | undefined {
  const namespace = l.origin(unwrap(node.object));
  if (namespace?.kind === 'module') {
    const name = keyName(node.property, node.computed);
    return name === undefined ? undefined : originPlace(l, exportedAs(name, namespace.model));
  }
  const holder = placeOf(l, node.object);
  return holder && stepFrom(l, holder, stepOf(l, node));
}

/** The place one step further. A field of an instance is one place, whichever class of the line speaks of it. */
export function stepFrom(l: Lowering, holder: Location, step: Step): Location | undefined {
  const base = objectAt(holder, l.links);
  const isField = base.root.kind === 'instance' && base.path.length === 0 && step.kind === 'member';
  return isField ? locationAt({ ...base.root, owner: declarerOf(base.root.owner, step.name) }, [step]) : stepInto(base, step);
}

/** The step that a member expression takes. `length` and `size` ask for the contents as a whole, unless a class has fields of these names. */
export function stepOf(l: Lowering, node: TSESTree.MemberExpression): Step {
  const name = keyName(node.property, node.computed);
  if ((name === 'length' || name === 'size') && !(node.object.type === 'ThisExpression' && ownerAround(l.fn)?.owner.fields.has(name))) return { kind: 'element' };
  if (name === undefined) return { kind: 'element', key: keyText(l, node.property) };
  // A table of symbols names fields; what a literal names may as well be a key.
  return node.computed && !name.startsWith('[') ? { kind: 'element', key: keyText(l, node.property) } : { kind: 'member', name };
}

/** `map.get(k)`, `list.find(…)` and the like give an element itself, `list.reverse()` the list. */
function yieldedPlace(l: Lowering, node: TSESTree.CallExpression): Location | undefined {
  if (node.callee.type !== 'MemberExpression') return undefined;
  const own = placeOf(l, node.callee.object);
  const base = own ?? listedPlace(l, node.callee.object);
  if (!base) return undefined;
  const method = collectionMethod(own ? collectionKind(base) : 'array', keyName(node.callee.property, node.callee.computed) ?? '');
  if (method?.returnsItself) return own;
  if (!method?.yields) return undefined;
  return stepInto(base, elementStep(l, method.keyed ? node.arguments[0] : undefined));
}

/** The collection whose elements are in a list that is made of it: `[...jobs.values()]`, `Array.from(jobs)`, `Object.values(jobs)`, what of these is left by `filter`. */
export function listedPlace(l: Lowering, list: Node): Location | undefined {
  const node = unwrap(list);
  if (node.type === 'ArrayExpression') {
    const [only] = node.elements.length === 1 ? node.elements : [];
    return only?.type === 'SpreadElement' ? elementsPlace(l, only.argument) : undefined;
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { object } = node.callee;
  const name = keyName(node.callee.property, node.callee.computed);
  const [first] = node.arguments;
  if (object.type === 'Identifier' && object.name === 'Array' && name === 'from') return node.arguments.length === 1 ? elementsPlace(l, first!) : undefined;
  if (object.type === 'Identifier' && object.name === 'Object' && name === 'values') return first && placeOf(l, first);
  return name === 'filter' || name === 'slice' ? (listedPlace(l, object) ?? elementsPlace(l, object)) : undefined;
}

/** What gives the elements of a collection one after the other: a list or a set itself, and a map's `values()`. */
function elementsPlace(l: Lowering, source: Node): Location | undefined {
  const node = unwrap(source);
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && keyName(node.callee.property, node.callee.computed) === 'values') return placeOf(l, node.callee.object);
  const place = placeOf(l, node);
  return place && /^(?:array|set)$/.test(collectionKind(place)) ? place : undefined;
}

export function elementStep(l: Lowering, key: Node | undefined): Step {
  return key && key.type !== 'SpreadElement' ? { kind: 'element', key: keyText(l, key) } : { kind: 'element' };
}

/** What the caller put into the field of an object that it made for the call: `store({ name, hash })`. */
function fieldGiven(l: Lowering, { object, property }: TSESTree.MemberExpression): Node | undefined {
  const variable = object.type === 'Identifier' ? l.variable(object) : undefined;
  const literal = variable && l.givens.get(variable);
  if (literal?.type !== 'ObjectExpression') return undefined;
  const field = literal.properties.findLast((candidate) => candidate.type === 'SpreadElement' || keyName(candidate.key, candidate.computed) === keyName(property, false));
  return field?.type === 'Property' && !isFunction(field.value) ? field.value : undefined;
}

/** A key as text that is the same for the same key: parameters of inlined functions stand for their arguments. */
export function keyText(l: Lowering, node: Node): string {
  const key = unwrap(node);
  if (key.type === 'Literal') return String(key.value);
  if (key.type === 'Identifier') {
    const variable = l.variable(key);
    return (variable && l.texts.get(variable)) ?? key.name;
  }
  if (key.type === 'MemberExpression' && !key.computed) {
    const field = fieldGiven(l, key);
    return field ? keyText(l, field) : `${keyText(l, key.object)}.${keyName(key.property, false)}`;
  }
  // `name.toLowerCase()`, `keyFor(name)`
  if (key.type === 'CallExpression' && /^(?:MemberExpression|Identifier)$/.test(key.callee.type) && !key.arguments.some(isFunction)) return `${key.callee.type === 'Identifier' ? key.callee.name : keyText(l, key.callee)}(${key.arguments.map((argument) => keyText(l, argument)).join(', ')})`;
  if (key.type === 'TemplateLiteral') return key.quasis.map(({ value }, index) => value.cooked + (key.expressions[index] ? `\${${keyText(l, key.expressions[index])}}` : '')).join('');
  return l.textOf(key).replace(/\s+/g, ' ');
}

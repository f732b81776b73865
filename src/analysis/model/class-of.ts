import type { Node } from '../../language/index.js';
import { isClass } from '../../language/index.js';
import { lineOf } from './class-line.js';
import { keyName } from './functions.js';
import type { ClassInfo } from './functions.js';
import type { ModuleModel } from './module.js';
import { classAt, initialiserOf, originOf } from './origin.js';
import { unwrap } from './unwrap.js';

/** A field as the class or object literal that an expression gives declares it. */
export interface FoundField {
  readonly value: Node | undefined;
  readonly type: Node | undefined;
  readonly model: ModuleModel;
}

/** The class of which an expression gives an instance, as far as its first value or its declared type tells. */
export function classOfExpression(expression: Node, model: ModuleModel, hops = 0): ClassInfo | undefined {
  const node = unwrap(expression);
  if (hops > 6) return undefined;
  if (node.type === 'ThisExpression' || node.type === 'Super') return classAround(node, model);
  if (node.type === 'NewExpression') return classNamed(node.callee, model);
  if (node.type === 'LogicalExpression') return classOfExpression(node.left, model, hops + 1) ?? classOfExpression(node.right, model, hops + 1);
  if (node.type === 'AssignmentExpression') return classOfExpression(node.right, model, hops + 1);
  if (node.type === 'Identifier') {
    const variable = model.scopes.variableOf(node);
    const origin = variable && originOf(variable, model);
    const init = initialiserOf(origin);
    if (origin && init) return classOfExpression(init, origin.model, hops + 1);
    const name = variable?.defs[0]?.name;
    return name?.type === 'Identifier' && name.typeAnnotation ? classOfType(name.typeAnnotation.typeAnnotation, model) : undefined;
  }
  if (node.type !== 'MemberExpression') return undefined;
  const name = keyName(node.property, node.computed);
  const field = name === undefined ? undefined : fieldOf(node.object, name, model, hops + 1);
  return field && ((field.value && classOfExpression(field.value, field.model, hops + 1)) ?? (field.type && classOfType(field.type, field.model)));
}

/** The field of that name of the object that an expression gives. */
export function fieldOf(object: Node, name: string, model: ModuleModel, hops = 0): FoundField | undefined {
  const owner = classOfExpression(object, model, hops);
  for (const at of owner ? lineOf(owner) : []) {
    const field = at.fields.get(name);
    if (field) return { value: field.value, type: field.type, model: model.links.modelOf(at.module) };
  }
  const node = unwrap(object);
  const variable = node.type === 'Identifier' ? model.scopes.variableOf(node) : undefined;
  const origin = variable && originOf(variable, model);
  const staticOwner = classAt(origin);
  const own = staticOwner?.fields.get(name);
  if (staticOwner && own?.isStatic) return { value: own.value, type: own.type, model: model.links.modelOf(staticOwner.module) };
  const init = initialiserOf(origin);
  const literal = init && unwrap(init);
  if (!origin || literal?.type !== 'ObjectExpression') return undefined;
  const property = literal.properties.find((candidate) => candidate.type === 'Property' && keyName(candidate.key, candidate.computed) === name);
  return property?.type === 'Property' ? { value: property.value, type: undefined, model: origin.model } : undefined;
}

function classAround(node: Node, model: ModuleModel): ClassInfo | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (isClass(at)) return model.table.classOf(at);
    const owner = model.table.infoOf(at)?.owner;
    if (owner) return owner;
    if (at.type === 'FunctionDeclaration' || (at.type === 'FunctionExpression' && at.parent.type !== 'MethodDefinition')) return undefined;
  }
  return undefined;
}

function classNamed(name: Node, model: ModuleModel): ClassInfo | undefined {
  const variable = name.type === 'Identifier' ? model.scopes.variableOf(name) : undefined;
  return variable && classAt(originOf(variable, model));
}

function classOfType(type: Node, model: ModuleModel): ClassInfo | undefined {
  if (type.type === 'TSUnionType') return type.types.map((part) => classOfType(part, model)).find((found) => found !== undefined);
  return type.type === 'TSTypeReference' ? classNamed(type.typeName as Node, model) : undefined;
}

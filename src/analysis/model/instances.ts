import type { Node, Variable } from '../../language/index.js';
import { lineOf } from './class-line.js';
import type { ClassInfo } from './functions.js';
import { locationAt } from './location.js';
import type { Location } from './location.js';
import type { Links, ModuleModel } from './module.js';
import { classAt, originOf } from './origin.js';

/** The class of which an expression makes an instance. */
export function classMadeBy(node: Node, model: ModuleModel): ClassInfo | undefined {
  return node.type === 'NewExpression' ? classNamed(node.callee, model) : undefined;
}

function classNamed(name: Node, model: ModuleModel): ClassInfo | undefined {
  const variable = name.type === 'Identifier' ? model.scopes.variableOf(name) : undefined;
  return variable && classAt(originOf(variable, model));
}

/**
 * The same, if it is a shared one and this the only instance that the module at hand makes: two would be told apart by nothing.
 */
export function onlyInstanceMadeBy(node: Node, model: ModuleModel): ClassInfo | undefined {
  const owner = classMadeBy(node, model);
  const variable = node.type === 'NewExpression' ? model.scopes.variableOf(node.callee) : undefined;
  return owner && variable && isMadeOnce(variable) ? ifShared(owner, model.links) : undefined;
}

function isMadeOnce({ references }: Variable): boolean {
  return references.filter(({ identifier }) => identifier.parent.type === 'NewExpression' && identifier.parent.callee === identifier).length === 1;
}

function ifShared(owner: ClassInfo, links: Links): ClassInfo | undefined {
  return links.modelOf(owner.module).sharing.isSharedClass(owner) ? owner : undefined;
}

/** The object that a place holds: the instance of a class, where a field is known to hold the only one; otherwise the place itself. */
export function objectAt(place: Location, links: Links): Location {
  const owner = classHeldBy(place, links);
  return owner ? locationAt({ kind: 'instance', owner }) : place;
}

/** The class whose instance a field holds: the one it was given at first, or that its type names, as that of no other field. */
export function classHeldBy({ root, path: [step, ...deeper] }: Location, links: Links): ClassInfo | undefined {
  if (root.kind === 'variable' || step?.kind !== 'member' || deeper.length > 0) return undefined;
  const { owner } = root;
  const field = owner.fields.get(step.name);
  const model = links.modelOf(owner.module);
  if (field?.value) return onlyInstanceMadeBy(field.value, model) ?? (field.type && injected(owner, field.type, model));
  return field?.type && injected(owner, field.type, model);
}

/** A dependency: the class that the type of one field alone names. A container gives everybody the same instance. */
function injected(owner: ClassInfo, type: Node, model: ModuleModel): ClassInfo | undefined {
  const held = classOfType(type, model);
  if (!held || lineOf(owner).includes(held)) return undefined;
  const alike = lineOf(owner).flatMap(({ fields, module }) => [...fields.values()].filter((other) => other.type && classOfType(other.type, model.links.modelOf(module)) === held));
  return alike.length === 1 ? ifShared(held, model.links) : undefined;
}

/** `Store`, `Store | undefined`, `typeof` and generics are not followed. */
function classOfType(type: Node, model: ModuleModel): ClassInfo | undefined {
  if (type.type === 'TSUnionType') {
    const solid = type.types.filter((part) => part.type !== 'TSUndefinedKeyword' && part.type !== 'TSNullKeyword');
    return solid.length === 1 ? classOfType(solid[0]!, model) : undefined;
  }
  return type.type === 'TSTypeReference' && !type.typeArguments ? classNamed(type.typeName, model) : undefined;
}

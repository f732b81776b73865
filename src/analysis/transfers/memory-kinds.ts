import type { Node, TSESTree } from '../../language/index.js';
import { unwrap } from '../flow/places.js';
import { calleeText, keyName } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { memberType } from '../model/method-type.js';
import { initialiserOf, originOf } from '../model/origin.js';
import { handoverOf } from './transfer-calls.js';

export type MemoryKind = 'buffer' | 'view';

const VIEW_NAME = /^(?:(?:Big)?(?:Int|Uint)(?:8|16|32|64)|Uint8Clamped|Float(?:16|32|64))Array$|^DataView$|^Buffer$|^ArrayBufferView$|^TypedArray$/;
const MOST_HOPS = 5;

/** Whether an expression surely gives a buffer, or a view of one. */
export function memoryKind(node: Node, model: ModuleModel, hops = 0): MemoryKind | undefined {
  const expression = unwrap(node);
  if (hops > MOST_HOPS) return undefined;
  switch (expression.type) {
    case 'AwaitExpression':
      return memoryKind(expression.argument, model, hops + 1);
    case 'NewExpression':
      return kindNamed(calleeText(expression.callee));
    case 'CallExpression':
      return kindOfCall(expression, model, hops);
    case 'MemberExpression': {
      const name = keyName(expression.property, expression.computed);
      if (name === 'buffer') return 'buffer';
      const own = expression.object.type === 'ThisExpression' && name !== undefined ? kindOfField(expression, name, model, hops) : undefined;
      const type = own ? undefined : memberType(expression, model);
      return own ?? (type && kindOfType(type));
    }
    case 'Identifier':
      return kindOfVariable(expression, model, hops);
    default:
      return undefined;
  }
}

export function isViewMaker({ callee }: TSESTree.NewExpression): boolean {
  return VIEW_NAME.test(calleeText(callee));
}

function kindNamed(name: string): MemoryKind | undefined {
  if (/^(?:Shared)?ArrayBuffer(?:Like)?$/.test(name)) return 'buffer';
  return VIEW_NAME.test(name) ? 'view' : undefined;
}

function kindOfCall({ callee }: TSESTree.CallExpression, model: ModuleModel, hops: number): MemoryKind | undefined {
  const name = calleeText(callee);
  if (/^(?:arrayBuffer|transferToFixedLength)$/.test(name)) return 'buffer';
  if (callee.type !== 'MemberExpression') return undefined;
  if (name === 'subarray' || VIEW_NAME.test(calleeText(callee.object))) return 'view';
  return name === 'slice' || name === 'transfer' ? memoryKind(callee.object, model, hops + 1) : undefined;
}

function kindOfField(node: Node, name: string, model: ModuleModel, hops: number): MemoryKind | undefined {
  for (let at: Node | undefined = node; at; at = at.parent) {
    const field = model.table.classOf(at)?.fields.get(name);
    if (field) return (field.type && kindOfType(field.type)) ?? (field.value && memoryKind(field.value, model, hops + 1));
  }
  return undefined;
}

function kindOfVariable(node: TSESTree.Identifier, model: ModuleModel, hops: number): MemoryKind | undefined {
  const variable = model.scopes.variableOf(node);
  if (!variable) return undefined;
  const origin = originOf(variable, model);
  const name = variable.identifiers[0];
  const type = name && 'typeAnnotation' in name ? name.typeAnnotation?.typeAnnotation : undefined;
  const definition = variable.defs[0];
  const init = initialiserOf(origin) ?? (definition?.type === 'Variable' && definition.node.id === name ? definition.node.init : undefined);
  const home = origin && origin.kind !== 'module' ? origin.model : model;
  return (type && kindOfType(type)) ?? (init ? memoryKind(init, home, hops + 1) : undefined) ?? (isHandedOver(variable.references.map(({ identifier }) => identifier as Node)) ? 'buffer' : undefined);
}

function kindOfType(type: Node): MemoryKind | undefined {
  if (type.type === 'TSUnionType') return type.types.map(kindOfType).find((kind) => kind !== undefined);
  return type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? kindNamed(type.typeName.name) : undefined;
}

/** A view cannot be an element of a transfer list; what is there and has views made of it is a buffer. */
function isHandedOver(mentions: readonly Node[]): boolean {
  return mentions.some(({ parent }) => {
    if (parent?.type !== 'ArrayExpression') return false;
    const call = parent.parent.type === 'Property' ? parent.parent.parent.parent : parent.parent;
    const handover = call && handoverOf(call);
    return handover?.kind === 'list' && handover.list === parent;
  });
}

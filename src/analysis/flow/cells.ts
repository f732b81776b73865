import type { Node, TSESTree } from '../../language/index.js';
import { cellKinds, cellReaders } from '../catalog/cells.js';
import type { CellKind } from '../catalog/cells.js';
import { importOf } from '../model/exports.js';
import { calleeText, keyName } from '../model/functions.js';
import { stepInto } from '../model/location.js';
import type { Location } from '../model/location.js';
import type { ModuleModel } from '../model/module.js';
import { initialiserOf } from '../model/origin.js';
import { unknownValue } from '../model/value.js';
import type { Value } from '../model/value.js';
import { readPlace } from './access.js';
import { changedTo } from './changed-to.js';
import type { Lowering } from './lowering.js';
import { placeOf, unwrap } from './places.js';

/** `todos$.next(list)`, `cart.update((items) => …)`, `get(cart)`, `this.count()`: accesses of the one value that a cell holds. */
export function lowerCellCall(l: Lowering, node: TSESTree.CallExpression): Value | undefined {
  const callee = unwrap(node.callee);
  const [argument] = node.arguments;
  if (argument && readsCells(l, callee)) return readCell(l, node, argument);
  const itself = cellOf(l, callee);
  if (itself?.kind.read.includes('()')) return readPlace(l, node, itself.value);
  if (callee.type !== 'MemberExpression') return undefined;
  const cell = cellOf(l, callee.object);
  const method = keyName(callee.property, callee.computed);
  if (!cell || method === undefined) return undefined;
  if (cell.kind.read.includes(method)) return readPlace(l, node, cell.value);
  if (!argument || (!cell.kind.write.includes(method) && !cell.kind.update.includes(method))) return undefined;
  const value = changedTo(l, node, argument, cell.value);
  l.graph.add('write', node, { location: cell.value, value, mode: 'replace' });
  return unknownValue;
}

/** The place of what a cell holds, if a call gives it. */
export function cellPlace(l: Lowering, call: TSESTree.CallExpression): Location | undefined {
  const callee = unwrap(call.callee);
  const [argument] = call.arguments;
  if (argument && readsCells(l, callee)) return cellOf(l, argument)?.value;
  const itself = cellOf(l, callee);
  if (itself?.kind.read.includes('()')) return itself.value;
  const cell = callee.type === 'MemberExpression' ? cellOf(l, callee.object) : undefined;
  return cell && callee.type === 'MemberExpression' && cell.kind.read.includes(calleeText(callee)) ? cell.value : undefined;
}

function readCell(l: Lowering, node: TSESTree.CallExpression, argument: Node): Value | undefined {
  const cell = cellOf(l, argument);
  return cell && readPlace(l, node, cell.value);
}

function readsCells(l: Lowering, callee: Node): boolean {
  const variable = callee.type === 'Identifier' ? l.variable(callee) : undefined;
  const imported = variable && importOf(variable);
  return imported !== undefined && cellReaders.some(({ module, name }) => imported.specifier === module && imported.name === name);
}

function cellOf(l: Lowering, object: Node): { readonly kind: CellKind; readonly value: Location } | undefined {
  const node = unwrap(object);
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return undefined;
  const kind = kindOf(l, node);
  const place = kind && placeOf(l, node);
  const value = place && stepInto(place, { kind: 'member', name: 'value' });
  return value && kind && { kind, value };
}

/** The kind of cell that a variable or field was given at first. */
function kindOf(l: Lowering, node: Node): CellKind | undefined {
  if (node.type === 'Identifier') {
    const origin = l.origin(node);
    const init = initialiserOf(origin);
    return origin && init && made(origin.model, init);
  }
  const place = placeOf(l, node);
  const step = place?.path[0];
  if (!place || place.root.kind === 'variable' || place.path.length !== 1 || step?.kind !== 'member') return undefined;
  const init = place.root.owner.fields.get(step.name)?.value;
  return init && made(l.modelOf(place.root.owner), init);
}

function made(model: ModuleModel, init: Node): CellKind | undefined {
  const node = unwrap(init);
  if ((node.type !== 'NewExpression' && node.type !== 'CallExpression') || node.callee.type !== 'Identifier') return undefined;
  const variable = model.scopes.variableOf(node.callee);
  const imported = variable && importOf(variable);
  return imported && cellKinds.find(({ modules, makers }) => modules.test(imported.specifier) && makers.includes(imported.name));
}

import { isFunction } from '../../language/index.js';
import type { FunctionNode, Node, TSESTree } from '../../language/index.js';
import { locksRows, ordersRows } from '../catalog/transactions.js';
import { calledBy } from '../model/called.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { ownNodes } from '../model/shared-memory.js';
import { textIn } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';

type Call = TSESTree.CallExpression | TSESTree.TaggedTemplateExpression;

/** Two rows of one table that are locked one after the other, as the caller names them: `lockAccount(tx, from)`, `lockAccount(tx, to)`. */
export interface RowOrder {
  readonly fn: FunctionInfo;
  readonly first: Call;
  readonly second: Call;
  /** What chooses the rows. */
  readonly keys: readonly [string, string];
}

export function rowOrdersIn(model: ModuleModel): RowOrder[] {
  const text = textIn(model);
  if (!locksRows(model.module.source.text)) return [];
  return model.table.functions.flatMap((fn) => {
    // Whoever puts them into an order, or compares the two, has thought of it.
    if (ordersRows(text(fn.node))) return [];
    const calls = ownNodes(fn.node).flatMap((node) => (node.type === 'AwaitExpression' ? lockingCall(node.argument, model) ?? [] : []));
    for (const [index, first] of calls.entries()) {
      for (const second of calls.slice(index + 1)) {
        const keys = swappedKeys(text(first), text(second));
        if (keys && keys.every((key) => isGiven(key, fn.node)) && !areCompared(keys, fn.node, text)) return [{ fn, first, second, keys }];
      }
    }
    return [];
  });
}

/** A question that locks the rows it finds, by itself or by way of a function of the program that asks nothing else. */
function lockingCall(awaited: Node, model: ModuleModel): Call | undefined {
  const call = unwrap(awaited);
  if (call.type !== 'CallExpression' && call.type !== 'TaggedTemplateExpression') return undefined;
  const text = textIn(model);
  if (locksRows(text(call))) return call;
  const helper = call.type === 'CallExpression' ? calledBy(call, model) : undefined;
  const body = helper?.module === model.module ? text(helper.node) : '';
  return locksRows(body) && !ordersRows(body) ? call : undefined;
}

const TOKEN = /[\w$]+(?:\.[\w$]+)*|\S/g;

/** What the one text has where the other has something else, if that is the only difference. */
function swappedKeys(first: string, second: string): readonly [string, string] | undefined {
  const [one, other] = [first.match(TOKEN) ?? [], second.match(TOKEN) ?? []];
  if (one.length !== other.length) return undefined;
  const differences = new Set(one.flatMap((token, index) => (token === other[index] ? [] : [`${token} ${other[index]!}`])));
  const [only] = differences;
  const [from, to] = only?.split(' ') ?? [];
  return differences.size === 1 && from !== undefined && to !== undefined && /^[A-Za-z_$]/.test(from) && /^[A-Za-z_$]/.test(to) ? [from, to] : undefined;
}

/** `from`, `order.from`: what a caller chooses, of a function or of one around it. */
function isGiven(key: string, fn: FunctionNode): boolean {
  const root = key.split('.')[0]!;
  for (let at: Node | undefined = fn; at; at = at.parent) {
    if (isFunction(at) && at.params.some((parameter) => namesIn(parameter).includes(root))) return true;
  }
  return false;
}

function namesIn(parameter: Node): string[] {
  if (parameter.type === 'Identifier') return [parameter.name];
  if (parameter.type === 'AssignmentPattern') return namesIn(parameter.left);
  return parameter.type === 'ObjectPattern' ? parameter.properties.flatMap((property) => (property.type === 'Property' ? namesIn(property.value) : [])) : [];
}

/** `from < to`, of either, in the function or one around it. */
function areCompared(keys: readonly string[], fn: FunctionNode, text: (node: Node) => string): boolean {
  for (let at: Node | undefined = fn; at; at = at.parent) {
    if (isFunction(at) && ownNodes(at).some((node) => node.type === 'BinaryExpression' && /^[<>]=?$/.test(node.operator) && [node.left, node.right].every((side) => keys.some((key) => text(side).includes(key))))) return true;
  }
  return false;
}

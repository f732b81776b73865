import type { Node, TSESTree } from '../../language/index.js';
import { isWithin } from '../../language/index.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { atomicsOperation, ownNodes } from '../model/shared-memory.js';
import { textOf } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';

type Call = TSESTree.CallExpression;

/** Memory that a sequence number guards is read when the number says that nobody writes, and the number is not looked at again: a writer may have come in between. */
export interface UnvalidatedRead {
  /** Where the number is looked at. */
  readonly look: Call;
  /** The first and the last read that it should cover. */
  readonly reads: readonly [Node, Node];
  /** Where a writer makes the number odd. */
  readonly write: Call;
  readonly fn: FunctionInfo;
  readonly writer: FunctionInfo;
}

/** `while (Atomics.load(seq, 0) & 1); return [data[0], data[1]]`, where others write between two steps of `seq[0]`. */
export function unvalidatedReadsIn(model: ModuleModel): UnvalidatedRead[] {
  return model.table.functions.flatMap((fn) => {
    const own = ownNodes(fn.node).toSorted((a, b) => a.range[0] - b.range[0]);
    const look = own.find((node): node is Call => isOperation(node, model, /^load$/) && asksIfOdd(node));
    if (!look || steps(own, look, model).length > 0) return [];
    const reads = own.filter((node) => node.range[0] > look.range[1] && isReadBeside(node, look, model));
    const isLookedAtAgain = own.some((node) => node !== look && isOperation(node, model, /^load$/) && isSameCell(node, look, model) && node.range[0] > (reads[0]?.range[1] ?? 0));
    const writer = reads.length > 1 && !isLookedAtAgain ? writerOf(look, fn, model) : undefined;
    return writer ? [{ look, reads: [reads[0]!, reads.at(-1)!], write: writer.write, fn, writer: writer.fn }] : [];
  });
}

function isOperation(node: Node, model: ModuleModel, name: RegExp): node is Call {
  return node.type === 'CallExpression' && name.test(atomicsOperation(node, model) ?? '');
}

/** `… & 1`, `… % 2`, as a condition. */
function asksIfOdd(load: Call): boolean {
  const { parent } = load;
  if (parent.type !== 'BinaryExpression' || parent.left !== load || parent.right.type !== 'Literal') return false;
  return (parent.operator === '&' && parent.right.value === 1) || (parent.operator === '%' && parent.right.value === 2);
}

function isSameCell({ arguments: [view, index] }: Call, { arguments: [otherView, otherIndex] }: Call, { module }: ModuleModel): boolean {
  const text = (node: Node | undefined): string => (node ? textOf(node, { module }) : '');
  return text(view) === text(otherView) && text(index) === text(otherIndex);
}

/** `this.data[0]`, `Atomics.load(this.cells, X)`: of a field of the same object, or a name, but not the number itself. */
function isReadBeside(node: Node, look: Call, model: ModuleModel): boolean {
  if (isOperation(node, model, /^load$/)) return !isSameCell(node, look, model);
  if (node.type !== 'MemberExpression' || !node.computed) return false;
  const holder = node.parent;
  const isWritten = (holder.type === 'AssignmentExpression' && unwrap(holder.left) === node) || holder.type === 'UpdateExpression';
  const [view] = look.arguments;
  return !isWritten && unwrap(node.object).type === (view && unwrap(view).type);
}

/** Where a function moves the number on. */
function steps(own: readonly Node[], look: Call, model: ModuleModel): Call[] {
  return own.filter((node): node is Call => isOperation(node, model, /^(?:add|store)$/) && isSameCell(node, look, model));
}

/** Another function beside it that moves the number on twice, and writes in between. */
function writerOf(look: Call, reader: FunctionInfo, model: ModuleModel): { readonly write: Call; readonly fn: FunctionInfo } | undefined {
  for (const fn of model.table.functions) {
    if (fn === reader || fn.owner !== reader.owner || isWithin(fn.node, reader.node)) continue;
    const own = ownNodes(fn.node).toSorted((a, b) => a.range[0] - b.range[0]);
    const [first, second] = steps(own, look, model);
    if (first && second && own.some((node) => node.range[0] > first.range[1] && node.range[1] < second.range[0] && isWrite(node, model))) return { write: first, fn };
  }
  return undefined;
}

function isWrite(node: Node, model: ModuleModel): boolean {
  return isOperation(node, model, /^store$/) || (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression' && node.left.computed);
}

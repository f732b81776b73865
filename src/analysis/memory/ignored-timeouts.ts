import type { Node, TSESTree } from '../../language/index.js';
import type { ModuleModel } from '../model/module.js';
import { atomicsOperation, functionAround, ownNodes } from '../model/shared-memory.js';
import { textOf } from '../model/text.js';

type Call = TSESTree.CallExpression;

/**
 * `Atomics.wait(cells, READY, 0, 500); return cells[VALUE]`: waits that time may end, where what they waited for is taken to be there.
 * Gives the wait and the first read behind it.
 */
export function ignoredTimeoutsIn(model: ModuleModel): readonly (readonly [Call, Node])[] {
  if (!/\bAtomics\b/.test(model.module.source.text)) return [];
  return model.module.nodes.of('ExpressionStatement').flatMap(({ expression: wait, parent }) => {
    if (wait.type !== 'CallExpression' || atomicsOperation(wait, model) !== 'wait' || !mayTimeOut(wait) || !isBodyOf(parent)) return [];
    const [view, index] = wait.arguments.map((argument) => textOf(argument, model));
    const later = ownNodes(functionAround(wait)).filter((node) => node.range[0] > wait.range[1]);
    const cells = later.map((node) => cellReadAt(node, model)).filter((cell) => cell !== undefined && textOf(cell.view, model) === view);
    const first = cells.reduce<(typeof cells)[number]>((one, other) => (!one || other!.node.range[0] < one.node.range[0] ? other : one), undefined);
    // Who looks at the cell again, or at the clock, knows why the wait is over.
    const isAskedAgain = cells.some((cell) => textOf(cell!.index, model) === index) || later.some((node) => node.type === 'CallExpression' && /\bnow$/.test(textOf(node.callee, model)));
    return first && !isAskedAgain ? [[wait, first.node] as const] : [];
  });
}

function mayTimeOut({ arguments: [, , , timeout] }: Call): boolean {
  return timeout !== undefined && !(timeout.type === 'Identifier' && /^(?:Infinity|undefined)$/.test(timeout.name)) && !(timeout.type === 'MemberExpression' && timeout.property.type === 'Identifier' && timeout.property.name === 'POSITIVE_INFINITY');
}

/** No condition or loop decides about it. */
function isBodyOf(block: Node): boolean {
  return block.type === 'BlockStatement' && /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(block.parent.type);
}

function cellReadAt(node: Node, model: ModuleModel): { readonly node: Node; readonly view: Node; readonly index: Node } | undefined {
  if (node.type === 'CallExpression') {
    const [view, index] = /^(?:load|exchange|compareExchange|wait)$/.test(atomicsOperation(node, model) ?? '') ? node.arguments : [];
    return view && index ? { node, view, index } : undefined;
  }
  const isWritten = node.parent?.type === 'AssignmentExpression' && node.parent.left === node;
  return node.type === 'MemberExpression' && node.computed && !isWritten ? { node, view: node.object, index: node.property } : undefined;
}

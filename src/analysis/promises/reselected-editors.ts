import { isWithin } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { ownNodes } from '../model/shared-memory.js';
import { variablesIn } from '../model/variables-in.js';

/** What a host says is in front of the user is asked for its text, and once more after a wait to say where the answer belongs. */
export interface ReselectedEditor {
  /** `window.activeTextEditor`, where the question was made of it, and where the answer goes. */
  readonly asked: TSESTree.MemberExpression;
  readonly again: TSESTree.MemberExpression;
  readonly wait: TSESTree.AwaitExpression;
  /** What puts the answer there: `editor.edit(…)`. */
  readonly act: TSESTree.CallExpression;
  readonly fn: FunctionInfo;
}

/** The properties of VS Code's `window` that change whenever the user turns to something else. */
const SELECTION = /^active(?:TextEditor|NotebookEditor)$/;
/** What changes the text or the look of an editor. */
const CHANGING = /^(?:edit|insertSnippet|setDecorations)$/;

export function reselectedEditorsIn(model: ModuleModel): ReselectedEditor[] {
  const readings = model.module.nodes.of('MemberExpression').filter((node) => !node.computed && SELECTION.test(calleeText(node)) && isOfWindow(node, model));
  if (readings.length < 2) return [];
  return model.table.functions.flatMap((fn) => (fn.isAsync ? reselectedBy(fn, readings, model) : []));
}

function reselectedBy(fn: FunctionInfo, readings: readonly TSESTree.MemberExpression[], model: ModuleModel): ReselectedEditor[] {
  const nodes = ownNodes(fn.node);
  const own = nodes.filter((node): node is TSESTree.MemberExpression => readings.includes(node as TSESTree.MemberExpression));
  if (own.length < 2) return [];
  for (const wait of nodes) {
    if (wait.type !== 'AwaitExpression') continue;
    const asked = own.find((reading) => reading.range[1] < wait.range[1] && isMadeOf(wait.argument, reading, model));
    const again = asked && own.find((reading) => reading.range[0] > wait.range[1] && calleeText(reading) === calleeText(asked));
    const act = again && nodes.find((node): node is TSESTree.CallExpression => node.type === 'CallExpression' && node.range[0] > wait.range[1] && puts(node, again, wait, model));
    if (asked && again && act && !isComparedBetween(wait, act, nodes, again, model)) return [{ asked, again, wait, act, fn }];
  }
  return [];
}

/** True of `vscode.window.activeTextEditor`, `window.activeTextEditor`: the object that the module has from VS Code. */
function isOfWindow({ object }: TSESTree.MemberExpression, { scopes }: ModuleModel): boolean {
  if (calleeText(object) !== 'window') return false;
  const root = object.type === 'MemberExpression' ? object.object : object;
  const binding = root.type === 'Identifier' ? scopes.variableOf(root)?.defs[0] : undefined;
  return binding?.type === 'ImportBinding' && (binding.parent as TSESTree.ImportDeclaration).source.value === 'vscode';
}

/** True if a call changes the editor that was selected anew, with what the wait has brought. */
function puts(call: TSESTree.CallExpression, again: Node, wait: Node, model: ModuleModel): boolean {
  return call.callee.type === 'MemberExpression' && CHANGING.test(calleeText(call.callee)) && isMadeOf(call.callee.object, again, model) && call.arguments.some((argument) => isMadeOf(argument, wait, model));
}

/** True if an expression has a part in it, or a constant that was made of it. */
function isMadeOf(node: Node, part: Node, model: ModuleModel, seen = new Set<unknown>()): boolean {
  if (isWithin(part, node)) return true;
  return [...variablesIn(node, model)].some((variable) => {
    const definition = variable.defs[0];
    if (seen.has(variable) || definition?.type !== 'Variable' || !definition.node.init) return false;
    seen.add(variable);
    return isMadeOf(definition.node.init, part, model, seen);
  });
}

/** Whoever makes sure that it still is the same editor, document or version has not been taken in. */
function isComparedBetween(wait: Node, act: Node, nodes: readonly Node[], again: Node, model: ModuleModel): boolean {
  return nodes.some((node) => node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator) && node.range[0] > wait.range[1] && node.range[1] < act.range[0]
    && [node.left, node.right].every((side) => !isNothing(side)) && isMadeOf(node, again, model));
}

function isNothing(node: Node): boolean {
  return (node.type === 'Literal' && node.value === null) || (node.type === 'Identifier' && node.name === 'undefined');
}

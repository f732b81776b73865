import type { Node, TSESTree, Variable } from '../../language/index.js';
import { walk } from '../../language/index.js';
import { importOf } from '../model/exports.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround } from '../model/shared-memory.js';
import { FLOATING, isMeant } from './meant.js';

/** A change of a file or folder whose promise is dropped, though what follows counts on it: `mkdir(dir); await writeFile(join(dir, name), text)`. */
export interface UnawaitedChange {
  readonly call: TSESTree.CallExpression;
  /** The later call that is about the same path. */
  readonly use: TSESTree.CallExpression;
  /** What both are about: `dir`. */
  readonly path: string;
  readonly fn: FunctionInfo;
}

const CHANGING = /^(?:appendFile|copyFile|cp|link|mkdir|rename|rm|rmdir|symlink|truncate|unlink|writeFile)$/;
const FILE_PROMISES = /^(?:node:)?fs\/promises$/;
const FILES = /^(?:node:)?fs$/;

/** The changes of a module's asynchronous functions that the same function goes on to count on. */
export function unawaitedChangesIn(model: ModuleModel): UnawaitedChange[] {
  return model.module.nodes.of('CallExpression').flatMap((call) => {
    const statement = call.parent;
    const fn = model.table.around(call);
    if (statement.type !== 'ExpressionStatement' || !fn?.isAsync || !CHANGING.test(calleeText(call.callee)) || isMeant(statement, FLOATING, model)) return [];
    if (!isOfFiles(call, model, true)) return [];
    const paths = call.arguments.flatMap((argument) => (argument.type === 'Identifier' ? (model.scopes.variableOf(argument) ?? []) : []));
    for (const path of paths) {
      const use = laterUse(path, call, model);
      if (use) return [{ call, use, path: path.name, fn }];
    }
    return [];
  });
}

function laterUse(path: Variable, call: TSESTree.CallExpression, model: ModuleModel): TSESTree.CallExpression | undefined {
  let found: TSESTree.CallExpression | undefined;
  walk(functionAround(call), (node) => {
    if (node.type !== 'CallExpression' || node.range[0] < call.range[1] || (found && found.range[0] < node.range[0]) || functionAround(node) !== functionAround(call) || !isOfFiles(node, model, false)) return;
    if (node.arguments.some((argument) => mentions(argument, path, model))) found = node;
  });
  return found;
}

function mentions(argument: Node, path: Variable, model: ModuleModel): boolean {
  let isThere = false;
  walk(argument, (node) => { isThere ||= node.type === 'Identifier' && model.scopes.variableOf(node) === path; });
  return isThere;
}

/** A function of Node's files; of those that give a promise only, with `isPromise`. */
function isOfFiles({ callee, arguments: given }: TSESTree.CallExpression, model: ModuleModel, isPromise: boolean): boolean {
  return given.length > 0 && (isOfFilePromises(callee, model) || (!isPromise && /Sync$/.test(calleeText(callee)) && FILES.test(importOfRoot(callee, model)?.specifier ?? '')));
}

/** `writeFile`, `fs.writeFile` of `node:fs/promises`, `fs.promises.writeFile`, `promises.writeFile` of `node:fs`. */
export function isOfFilePromises(callee: Node, model: ModuleModel): boolean {
  const imported = importOfRoot(callee, model);
  if (!imported) return false;
  return FILE_PROMISES.test(imported.specifier) || (FILES.test(imported.specifier) && callee.type === 'MemberExpression' && (imported.name === 'promises' || /\.promises\./.test(model.module.source.text.slice(...callee.range))));
}

function importOfRoot(callee: Node, model: ModuleModel): ReturnType<typeof importOf> {
  let root: Node = callee;
  while (root.type === 'MemberExpression') root = root.object;
  const variable = root.type === 'Identifier' ? model.scopes.variableOf(root) : undefined;
  return variable && importOf(variable);
}

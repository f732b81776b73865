import type { Node, TSESTree, Variable } from '../../language/index.js';
import { walk } from '../../language/index.js';
import { importOf } from '../model/exports.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { functionCalled } from '../model/request-handlers.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';
import { textOf } from '../model/text.js';
import { FLOATING, isMeant } from './meant.js';

/** A change of a file or folder whose promise is dropped, though what follows counts on it: `mkdir(dir); await writeFile(join(dir, name), text)`. */
export interface UnawaitedChange {
  readonly call: TSESTree.CallExpression;
  /** The later call that is about the same path. */
  readonly use: Node;
  /** What both are about: `dir`. */
  readonly path: string;
  readonly fn: FunctionInfo;
}

const CHANGING = /^(?:appendFile|copyFile|cp|link|mkdir|rename|rm|rmdir|symlink|truncate|unlink|writeFile)$/;
const FILE_PROMISES = /^(?:node:)?fs\/promises$/;
const FILES = /^(?:node:)?fs$/;

/** What a change is about: a variable, or a field of the object at hand. */
interface Path {
  /** `dir`, `this.out` */
  readonly name: string;
  readonly variable?: Variable | undefined;
}

/** The changes of a module's asynchronous functions that the same function goes on to count on. */
export function unawaitedChangesIn(model: ModuleModel): UnawaitedChange[] {
  return model.module.nodes.of('CallExpression').flatMap((call) => {
    const statement = call.parent;
    const fn = model.table.around(call);
    if (statement.type !== 'ExpressionStatement' || !fn?.isAsync) return [];
    const paths = isChange(call, model) ? call.arguments.flatMap((argument) => pathAt(argument, model) ?? []) : changedByHelper(call, model);
    if (paths.length === 0 || isMeant(statement, FLOATING, model)) return [];
    for (const path of paths) {
      const use = laterUse(path, call, model);
      if (use) return [{ call, use, path: path.name, fn }];
    }
    return [];
  });
}

function isChange(call: TSESTree.CallExpression, model: ModuleModel): boolean {
  return CHANGING.test(calleeText(call.callee)) && isOfFiles(call, model, true);
}

/** `prepare(dir)` of a function of the program that makes or changes the file or folder it is given, or one that the object at hand has in a field. */
function changedByHelper(call: TSESTree.CallExpression, model: ModuleModel): Path[] {
  const fn = functionCalled(call, model);
  if (!fn?.isAsync) return [];
  const home = model.links.modelOf(fn.module);
  const changes = ownNodes(fn.node.body).filter((node): node is TSESTree.CallExpression => node.type === 'CallExpression' && isChange(node, home));
  return changes.flatMap((change) => change.arguments.flatMap((argument) => {
    const path = pathAt(argument, home);
    if (!path?.variable) return path && call.callee.type === 'MemberExpression' ? [path] : [];
    const { variable } = path;
    const given = call.arguments[fn.node.params.findIndex((parameter) => parameter.type === 'Identifier' && home.scopes.variableOf(parameter) === variable)];
    return (given && pathAt(given, model)) ?? [];
  }));
}

function pathAt(node: Node, model: ModuleModel): Path | undefined {
  if (node.type === 'MemberExpression' && node.object.type === 'ThisExpression') return { name: `this.${calleeText(node)}` };
  const variable = node.type === 'Identifier' ? model.scopes.variableOf(node) : undefined;
  return variable && { name: variable.name, variable };
}

function laterUse(path: Path, call: TSESTree.CallExpression, model: ModuleModel): TSESTree.CallExpression | undefined {
  let found: TSESTree.CallExpression | undefined;
  walk(functionAround(call), (node) => {
    if (node.type !== 'CallExpression' || node.range[0] < call.range[1] || (found && found.range[0] < node.range[0]) || functionAround(node) !== functionAround(call) || !isOfFiles(node, model, false)) return;
    if (node.arguments.some((argument) => mentions(argument, path, model))) found = node;
  });
  return found;
}

function mentions(argument: Node, { name, variable }: Path, model: ModuleModel): boolean {
  let isThere = false;
  walk(argument, (node) => { isThere ||= variable ? node.type === 'Identifier' && model.scopes.variableOf(node) === variable : pathAt(node, model)?.name === name; });
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
  return FILE_PROMISES.test(imported.specifier) || (FILES.test(imported.specifier) && callee.type === 'MemberExpression' && (imported.name === 'promises' || /\.promises\./.test(textOf(callee, model))));
}

function importOfRoot(callee: Node, model: ModuleModel): ReturnType<typeof importOf> {
  let root: Node = callee;
  while (root.type === 'MemberExpression') root = root.object;
  const variable = root.type === 'Identifier' ? model.scopes.variableOf(root) : undefined;
  return variable && importOf(variable);
}

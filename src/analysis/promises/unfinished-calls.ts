import { walk } from '../../language/index.js';
import type { Node, TSESTree, Variable } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround } from '../model/shared-memory.js';
import { textOf } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';
import { PromiseCalls } from './gives-promise.js';
import { FLOATING, isMeant } from './meant.js';
import { isOfFilePromises } from './unawaited-files.js';

/** A call of something that a function has opened, and closes while the call is under way: nobody has waited for it. */
export interface UnfinishedCall {
  readonly call: TSESTree.CallExpression;
  readonly closing: TSESTree.CallExpression;
  /** What is closed: `file`. */
  readonly name: string;
  readonly fn: FunctionInfo;
  /** True if the promise is waited for, but only then. */
  readonly isWaitedForLate?: true;
}

const CLOSING = /^(?:close|end|release|destroy|disconnect|commit|commitTransaction|rollback|rollbackTransaction|endSession|dispose)$/;
/** Methods of a `FileHandle` of Node that give a promise. */
const OF_FILES = /^(?:appendFile|chmod|chown|datasync|read|readFile|readv|stat|sync|truncate|utimes|write|writeFile|writev)$/;

/** The calls of a module's functions that are still under way when what they are calls of is closed. */
export function unfinishedCallsIn(model: ModuleModel): UnfinishedCall[] {
  const found: UnfinishedCall[] = [];
  for (const node of model.module.nodes.of('VariableDeclarator')) {
    if (node.id.type !== 'Identifier' || !node.init) continue;
    const variable = model.scopes.variableOf(node.id);
    const fn = model.table.around(node);
    const init = unwrap(node.init);
    if (variable && fn?.isAsync && model.sharing.isConstant(variable) && (init.type === 'AwaitExpression' || init.type === 'CallExpression')) found.push(...unfinishedOf(variable, init, fn, model));
  }
  return [...found, ...handedOverIn(model)];
}

/** What gives a thing up at once, whoever still works with it. Who is told that no more comes, by `close` or `end`, may still finish. */
const GIVING_UP = /^(?:dispose|release|free|giveBack)$/;

/** What waits for the end of what it is handed. */
const AWAITING_END = /once|wait|until|closed|ended|finish|exit|release|dispos|event/i;

/** `const adopted = page.adopt(handle); handle.dispose(); return adopted;`: what a call was handed is given up before anybody waits for the call. */
function handedOverIn(model: ModuleModel): UnfinishedCall[] {
  const calls = new PromiseCalls(model);
  return model.module.nodes.of('VariableDeclarator').flatMap((node) => {
    const call = node.init ? unwrap(node.init) : undefined;
    const fn = model.table.around(node);
    const block = node.parent.parent;
    if (!fn || call?.type !== 'CallExpression' || node.id.type !== 'Identifier' || block.type !== 'BlockStatement' || AWAITING_END.test(calleeText(call.callee))) return [];
    const closing = givenUpAfter(node, call, block, model);
    return closing && calls.isPromise(call) && isWaitedForLater(node.id, closing.call, model) ? [{ call, closing: closing.call, name: closing.name, fn, isWaitedForLate: true }] : [];
  });
}

/** The statement that gives an argument up, if nothing is waited for before. */
function givenUpAfter(node: TSESTree.VariableDeclarator, { arguments: handed }: TSESTree.CallExpression, block: TSESTree.BlockStatement, { scopes }: ModuleModel): { readonly call: TSESTree.CallExpression; readonly name: string } | undefined {
  const variables = new Set(handed.flatMap((argument) => (argument.type === 'Identifier' ? (scopes.variableOf(argument) ?? []) : [])));
  for (const statement of block.body.slice(block.body.indexOf(node.parent) + 1)) {
    const end = statement.type === 'ExpressionStatement' ? unwrap(statement.expression) : undefined;
    const object = end?.type === 'CallExpression' && end.callee.type === 'MemberExpression' && GIVING_UP.test(calleeText(end.callee)) ? unwrap(end.callee.object) : undefined;
    const variable = object?.type === 'Identifier' ? scopes.variableOf(object) : undefined;
    if (end?.type === 'CallExpression' && variable && variables.has(variable)) return { call: end, name: variable.name };
    if (waits(statement)) return undefined;
  }
  return undefined;
}

function waits(statement: Node): boolean {
  let found = false;
  walk(statement, (node) => { found ||= node.type === 'AwaitExpression' || node.type === 'ReturnStatement'; });
  return found;
}

/** Whoever returns the promise, or awaits it, wants what it gives. */
function isWaitedForLater(name: TSESTree.Identifier, closing: Node, { scopes }: ModuleModel): boolean {
  const uses = scopes.variableOf(name)?.references.map(({ identifier }) => identifier as Node).filter((use) => use !== name) ?? [];
  return uses.length > 0 && uses.every(({ range, parent }) => range[0] > closing.range[1] && (parent?.type === 'ReturnStatement' || parent?.type === 'AwaitExpression'));
}

function unfinishedOf(variable: Variable, init: Node, fn: FunctionInfo, model: ModuleModel): UnfinishedCall[] {
  const calls = variable.references.flatMap(({ identifier }) => callOn(identifier as Node) ?? []).filter((call) => functionAround(call) === fn.node);
  const isFile = opensFile(init, model);
  // `create` of a schema gives a promise; that of what keeps entities need not.
  const pathOf = ({ callee }: TSESTree.CallExpression): string => textOf(callee, model);
  const isAwaited = (call: TSESTree.CallExpression): boolean => calls.some((other) => other.parent.type === 'AwaitExpression' && pathOf(other) === pathOf(call));
  const closings = calls.filter((call) => CLOSING.test(calleeText(call.callee)));
  return calls.flatMap((call) => {
    const method = calleeText(call.callee);
    if (call.parent.type !== 'ExpressionStatement' || CLOSING.test(method) || isMeant(call.parent, FLOATING, model)) return [];
    const isPromise = isFile ? OF_FILES.test(method) : isAwaited(call) && call.arguments.every(({ type }) => type !== 'ArrowFunctionExpression' && type !== 'FunctionExpression');
    const closing = isPromise ? closings.find(({ range }) => range[0] > call.range[1]) : undefined;
    return closing ? [{ call, closing, name: variable.name, fn }] : [];
  });
}

/** `file.write(…)`, `runner.manager.save(…)`: the call of a method of what a name holds, however deep. */
function callOn(name: Node): TSESTree.CallExpression | undefined {
  let at = name;
  while (at.parent?.type === 'MemberExpression' && at.parent.object === at) at = at.parent;
  return at !== name && at.parent?.type === 'CallExpression' && at.parent.callee === at ? at.parent : undefined;
}

/** `await open(path)` of `node:fs/promises`. */
function opensFile(init: Node, model: ModuleModel): boolean {
  const call = init.type === 'AwaitExpression' ? unwrap(init.argument) : undefined;
  return call?.type === 'CallExpression' && calleeText(call.callee) === 'open' && isOfFilePromises(unwrap(call.callee), model);
}

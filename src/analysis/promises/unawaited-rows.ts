import { walk } from '../../language/index.js';
import type { Node, TSESTree, Variable } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';
import { textIn } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';
import { variablesIn } from '../model/variables-in.js';
import { isDoneEvent, isTelling } from './announcements.js';
import { PromiseCalls } from './gives-promise.js';
import { FLOATING, isMeant } from './meant.js';
import type { UnawaitedChange } from './unawaited-files.js';

const STORING = /^(?:insert|save|create|add|put|set|store|persist|write|upsert|update|delete|remove)(?![a-z])/;
const READING = /^(?:get|find|load|read|fetch|query|select|has|exists)(?![a-z])/;

/**
 * Changes of a store whose promises an asynchronous function drops, though it goes on to ask the store for the same thing, or to tell others
 * that it is there: `repo.insert(order); bus.emit('orderPlaced', order.id)`.
 */
export function unawaitedRowsIn(model: ModuleModel): UnawaitedChange[] {
  const calls = new PromiseCalls(model);
  return model.module.nodes.of('CallExpression').flatMap((call) => {
    const statement = call.parent;
    const block = statement.type === 'ExpressionStatement' ? statement.parent : undefined;
    const filled = block?.type === 'BlockStatement' ? filledTable(call, block.body.slice(block.body.indexOf(statement as TSESTree.Statement) + 1), calls, model) : undefined;
    if (filled) return [filled];
    if (block?.type !== 'BlockStatement' || call.callee.type !== 'MemberExpression' || !STORING.test(calleeText(call.callee))) return [];
    const fn = model.table.around(call);
    const given = new Set(call.arguments.flatMap((argument) => [...variablesIn(argument, model)]));
    const use = fn?.isAsync && given.size > 0 ? laterUse(call, call.callee.object, block.body.slice(block.body.indexOf(statement as TSESTree.Statement) + 1), given, model) : undefined;
    if (!use || !calls.isPromise(call) || isMeant(statement, FLOATING, model)) return [];
    const path = use.arguments.flatMap((argument) => [...variablesIn(argument, model)]).find((variable) => given.has(variable))!.name;
    return [{ call, use, path, fn: fn! }];
  });
}

/** `seedUsers(names); return await this.db.count('users')`, where `seedUsers` is a function of the project that waits for `this.db.insert('users', …)`. */
function filledTable(call: TSESTree.CallExpression, statements: readonly TSESTree.Statement[], calls: PromiseCalls, model: ModuleModel): UnawaitedChange | undefined {
  const fn = model.table.around(call);
  const work = fn?.isAsync && statements.length > 0 ? calls.functionCalled(call) : undefined;
  if (!work?.isAsync || work.isGenerator || work.module !== model.module || isMeant(call.parent, FLOATING, model)) return undefined;
  const stored = ownNodes(work.node).flatMap((node) => (node.type === 'AwaitExpression' ? (tableAsked(node.argument, STORING, model) ?? []) : []));
  const [next] = statements;
  const answer = next?.type === 'ReturnStatement' ? next.argument : next?.type === 'VariableDeclaration' ? next.declarations[0]?.init : undefined;
  const asked = answer && tableAsked(answer.type === 'AwaitExpression' ? answer.argument : answer, ASKING, model);
  const isSame = asked && stored.some(({ store, table }) => store === asked.store && table === asked.table);
  return isSame ? { call, use: asked.call, path: asked.table, fn: fn! } : undefined;
}

const ASKING = new RegExp(`${READING.source}|^count(?![a-z])`);

/** `this.db.count('users')`: a call that names its table. */
function tableAsked(asked: Node, methods: RegExp, model: ModuleModel): { readonly call: TSESTree.CallExpression; readonly store: string; readonly table: string } | undefined {
  const call = unwrap(asked);
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression' || !methods.test(calleeText(call.callee))) return undefined;
  const [table] = call.arguments;
  return table?.type === 'Literal' && typeof table.value === 'string' ? { call, store: textIn(model)(call.callee.object), table: table.value } : undefined;
}

/** The first later call, as long as nothing else is waited for, that asks the same store for what it was given or tells others of it. */
function laterUse(call: TSESTree.CallExpression, store: Node, statements: readonly TSESTree.Statement[], given: ReadonlySet<Variable>, model: ModuleModel): TSESTree.CallExpression | undefined {
  const textOf = textIn(model);
  let use: TSESTree.CallExpression | undefined;
  let isWaiting = false;
  for (const statement of statements) {
    walk(statement, (node) => {
      if (use || isWaiting || functionAround(node) !== functionAround(call)) return;
      if (node.type === 'AwaitExpression') {
        const asked = unwrap(node.argument);
        const isAsking = asked.type === 'CallExpression' && asked.callee.type === 'MemberExpression' && textOf(asked.callee.object) === textOf(store) && READING.test(calleeText(asked.callee));
        if (isAsking && mentions(asked, given, model)) use = asked;
        else isWaiting = true;
      }
      if (node.type === 'CallExpression' && isTelling(calleeText(node.callee)) && isDoneEvent(node) && mentions(node, given, model)) use = node;
    });
    if (use || isWaiting) break;
  }
  return use;
}

function mentions({ arguments: given }: TSESTree.CallExpression, variables: ReadonlySet<Variable>, model: ModuleModel): boolean {
  return given.some((argument) => [...variablesIn(argument, model)].some((variable) => variables.has(variable)));
}

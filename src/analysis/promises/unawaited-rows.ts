import { walk } from '../../language/index.js';
import type { Node, TSESTree, Variable } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround } from '../model/shared-memory.js';
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
    if (block?.type !== 'BlockStatement' || call.callee.type !== 'MemberExpression' || !STORING.test(calleeText(call.callee))) return [];
    const fn = model.table.around(call);
    const given = new Set(call.arguments.flatMap((argument) => [...variablesIn(argument, model)]));
    const use = fn?.isAsync && given.size > 0 ? laterUse(call, call.callee.object, block.body.slice(block.body.indexOf(statement as TSESTree.Statement) + 1), given, model) : undefined;
    if (!use || !calls.isPromise(call) || isMeant(statement, FLOATING, model)) return [];
    const path = use.arguments.flatMap((argument) => [...variablesIn(argument, model)]).find((variable) => given.has(variable))!.name;
    return [{ call, use, path, fn: fn! }];
  });
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

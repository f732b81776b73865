import type { Node, TSESTree, Variable } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';
import { textOf } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';

/** A call of a method of something that keeps rows. */
export type RowCall = TSESTree.CallExpression & { callee: TSESTree.MemberExpression };

export function asRowCall(node: Node | null | undefined): RowCall | undefined {
  const call = node ? unwrap(node) : undefined;
  return call?.type === 'CallExpression' && call.callee.type === 'MemberExpression' ? (call as RowCall) : undefined;
}

/** The text of what is asked, whatever part of its rows it shows: `Document` of `Document.scope('withDrafts').destroy(…)`. */
export function storeOf({ callee }: RowCall, model: ModuleModel): string {
  let at = unwrap(callee.object);
  while (at.type === 'CallExpression' && at.callee.type === 'MemberExpression' && /^(?:scope|unscoped|withDeleted|query)$/.test(calleeText(at.callee))) at = unwrap(at.callee.object);
  return textOf(at, model);
}

/** True if the function that makes the call waits for it, or gives its promise away. */
export function isWaitedFor(call: Node): boolean {
  const holder = call.parent;
  return holder?.type === 'AwaitExpression' || holder?.type === 'ReturnStatement' || (holder?.type === 'ArrowFunctionExpression' && holder.body === call);
}

/** A condition that decided that control comes to a node, in the node's own function. */
export interface Guard {
  readonly test: Node;
  /** How whoever does not pass is told: by an exception, by a return; undefined if the node stands inside the statement. */
  readonly turnsAway: 'throws' | 'returns' | undefined;
}

export function guardsOf(node: Node): Guard[] {
  const guards: Guard[] = [];
  const home = functionAround(node);
  for (let at: Node = node; at !== home && at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'IfStatement' && at !== parent.test) guards.push({ test: parent.test, turnsAway: undefined });
    if (parent.type !== 'BlockStatement') continue;
    for (const statement of parent.body) {
      if (statement === at) break;
      const turnsAway = statement.type === 'IfStatement' && !statement.alternate ? endOf(statement.consequent) : undefined;
      if (statement.type === 'IfStatement' && turnsAway) guards.push({ test: statement.test, turnsAway });
    }
  }
  return guards;
}

function endOf(consequent: TSESTree.Statement): Guard['turnsAway'] {
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
  return last?.type === 'ThrowStatement' ? 'throws' : last?.type === 'ReturnStatement' ? 'returns' : undefined;
}

/** The first value of a constant; undefined for what is given later, or changes. */
export function constantOf({ defs: [definition] }: Variable): Node | undefined {
  return definition?.type === 'Variable' && definition.parent.kind === 'const' ? (definition.node.init ?? undefined) : undefined;
}

/** What a function itself waits for between two of its nodes. */
export function waitBetween(from: Node, to: Node): Node | undefined {
  return ownNodes(functionAround(to)).filter((node) => node.type === 'AwaitExpression' && from.range[1] <= node.range[0] && node.range[1] < to.range[0]).sort((a, b) => a.range[0] - b.range[0])[0];
}

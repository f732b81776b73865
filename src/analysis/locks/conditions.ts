import { isFunction, walk } from '../../language/index.js';
import type { Effect } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { unwrap } from '../model/unwrap.js';

/** `await new Promise((resolve) => { waiting.push(resolve); })`, that promise under a name of its own included: it can only be fulfilled. */
export function isSureToSettle({ kind, at }: Effect, model: ModuleModel): boolean {
  if (kind !== 'suspend' || at.type !== 'AwaitExpression') return false;
  const awaited = unwrap(at.argument);
  const definition = awaited.type === 'Identifier' ? model.scopes.variableOf(awaited)?.defs[0] : undefined;
  const made = definition?.type === 'Variable' && definition.parent.kind === 'const' && definition.node.init ? unwrap(definition.node.init) : awaited;
  if (made.type !== 'NewExpression' || calleeText(made.callee) !== 'Promise') return false;
  const [executor] = made.arguments;
  if (!executor || !isFunction(executor) || executor.params.length > 1 || executor.async) return false;
  let mayFail = false;
  walk(executor.body, (node) => { mayFail ||= node.type === 'ThrowStatement'; });
  return !mayFail;
}

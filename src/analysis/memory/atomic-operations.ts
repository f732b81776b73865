import type { Node, TSESTree } from '../../language/index.js';
import type { ModuleModel } from '../model/module.js';
import { atomicsOperation } from '../model/shared-memory.js';
import { unwrap } from '../model/unwrap.js';
import { PromiseCalls } from '../promises/gives-promise.js';

/** An atomic load or store, and what is stored as the caller of a function that does nothing else gives it. */
export interface AtomicOperation {
  readonly operation: TSESTree.CallExpression;
  readonly stored: Node | undefined;
}

const known = new WeakMap<ModuleModel, PromiseCalls>();

/** `Atomics.store(view, HITS, n)`, or `writeHits(n)` where that is all that `writeHits` does. */
export function operationAt(call: TSESTree.CallExpression, kind: 'load' | 'store', model: ModuleModel): AtomicOperation | undefined {
  const operation = atomicsOperation(call, model);
  if (operation !== undefined) return operation === kind ? { operation: call, stored: call.arguments[2] } : undefined;
  if (!/\bAtomics\b/.test(model.module.source.text)) return undefined;
  let calls = known.get(model);
  if (!calls) known.set(model, (calls = new PromiseCalls(model)));
  const fn = calls.functionCalled(call);
  const only = fn?.module === model.module ? onlyExpression(fn.node.body) : undefined;
  if (!fn || only?.type !== 'CallExpression' || atomicsOperation(only, model) !== kind) return undefined;
  const parameters = fn.node.params.map((parameter) => (parameter.type === 'Identifier' ? parameter.name : ''));
  const [view, index, value] = only.arguments;
  // Which cell it is must not depend on the call.
  if ([view, index].some((part) => part?.type === 'Identifier' && parameters.includes(part.name))) return undefined;
  const position = value?.type === 'Identifier' ? parameters.indexOf(value.name) : -1;
  return kind === 'load' ? { operation: only, stored: undefined } : position < 0 ? undefined : { operation: only, stored: call.arguments[position] };
}

/** What a function consists of, if that is one expression. */
export function onlyExpression(body: Node | null): Node | undefined {
  if (body?.type !== 'BlockStatement') return body ? unwrap(body) : undefined;
  const [statement, ...more] = body.body;
  const value = more.length > 0 ? undefined : statement?.type === 'ReturnStatement' ? statement.argument : statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  return value ? unwrap(value) : undefined;
}

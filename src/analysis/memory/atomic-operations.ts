import { walk } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import type { ModuleModel } from '../model/module.js';
import { atomicsOperation } from '../model/shared-memory.js';
import { textOf } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';
import { PromiseCalls } from '../promises/gives-promise.js';

/** An atomic load or store, and its parts as the caller of a function that does nothing else gives them. */
export interface AtomicOperation {
  readonly operation: TSESTree.CallExpression;
  readonly index: Node;
  /** `this.cells[DONE]`: equal for what one function calls on one cell. */
  readonly cell: string;
  readonly stored: Node | undefined;
}

/** What calls lead to in a module that says `Atomics`; nothing for any other, whose functions cannot be such operations. */
const known = new WeakMap<ModuleModel, PromiseCalls | 'nothing'>();

function callsIn(model: ModuleModel): PromiseCalls | 'nothing' {
  let calls = known.get(model);
  if (!calls) known.set(model, (calls = /\bAtomics\b/.test(model.module.source.text) ? new PromiseCalls(model) : 'nothing'));
  return calls;
}

/** `Atomics.store(view, HITS, n)`, or `writeHits(n)`, `this.#set(HITS, n)` where that is all that the function does. */
export function operationAt(call: TSESTree.CallExpression, kind: 'load' | 'store', model: ModuleModel): AtomicOperation | undefined {
  const operation = atomicsOperation(call, model);
  if (operation !== undefined) return operation === kind ? partsOf(call, (part) => part, model) : undefined;
  const calls = callsIn(model);
  const fn = calls === 'nothing' ? undefined : calls.functionCalled(call);
  const only = fn?.module === model.module ? onlyExpression(fn.node.body) : undefined;
  if (!fn || only?.type !== 'CallExpression' || atomicsOperation(only, model) !== kind) return undefined;
  const parameters = fn.node.params.map((parameter) => (parameter.type === 'Identifier' ? parameter.name : ''));
  return partsOf(only, (part) => (part.type === 'Identifier' && parameters.includes(part.name) ? call.arguments[parameters.indexOf(part.name)] : isToldBy(part, parameters) ? undefined : part), model);
}

function partsOf(operation: TSESTree.CallExpression, given: (part: Node) => Node | undefined, model: ModuleModel): AtomicOperation | undefined {
  const [view, index, value] = operation.arguments.map(given);
  return view && index ? { operation, index, cell: `${textOf(view, model)}[${textOf(index, model)}]`, stored: value } : undefined;
}

/** `base + slot`: made of what the caller gives. */
function isToldBy(part: Node, parameters: readonly string[]): boolean {
  let isTold = false;
  walk(part, (node) => {
    isTold ||= node.type === 'Identifier' && parameters.includes(node.name);
  });
  return isTold;
}

/** What a function consists of, if that is one expression. */
export function onlyExpression(body: Node | null): Node | undefined {
  if (body?.type !== 'BlockStatement') return body ? unwrap(body) : undefined;
  const [statement, ...more] = body.body;
  const value = more.length > 0 ? undefined : statement?.type === 'ReturnStatement' ? statement.argument : statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  return value ? unwrap(value) : undefined;
}

import { walk } from '../../language/index.js';
import type { Node, TSESTree, Variable } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround } from '../model/shared-memory.js';
import { textOf } from '../model/text.js';

/** A question is told with an id, and only afterwards, in the same turn, somebody listens for the event that is named by the id. */
export interface ToldBeforeHeard {
  readonly telling: TSESTree.CallExpression;
  readonly listener: TSESTree.CallExpression;
  /** `id` */
  readonly id: string;
  readonly fn: FunctionInfo;
}

/** `this.emit('request', id, body); this.once(answerTo(id), done)`: listeners are called at once, and one that answers at once is not heard. */
export function toldBeforeHeardIn(model: ModuleModel): ToldBeforeHeard[] {
  const calls = model.module.nodes.of('CallExpression').filter(({ callee }) => callee.type === 'MemberExpression');
  const listeners = calls.filter(({ callee, arguments: [event] }) => LISTENING.test(calleeText(callee)) && event && event.type !== 'Literal');
  if (listeners.length === 0) return [];
  return calls.flatMap((telling) => {
    const fn = model.table.around(telling);
    if (!fn || calleeText(telling.callee) !== 'emit' || telling.parent.type !== 'ExpressionStatement' || telling.arguments[0]?.type !== 'Literal') return [];
    const told = telling.arguments.slice(1).flatMap((argument) => ownVariable(argument, telling, model) ?? []);
    for (const listener of listeners) {
      if (!followsIn(listener, telling, model)) continue;
      const id = told.find((variable) => mentions(listener.arguments[0]!, variable, model));
      if (id) return [{ telling, listener, id: id.name, fn }];
    }
    return [];
  });
}

const LISTENING = /^(?:once|on|addListener|prependOnceListener)$/;

/** A variable that the function at hand has made: nobody else knows yet what is in it. */
function ownVariable(argument: Node, telling: Node, { scopes }: ModuleModel): Variable | undefined {
  const variable = argument.type === 'Identifier' ? scopes.variableOf(argument) : undefined;
  const definition = variable?.defs[0];
  return definition?.type === 'Variable' && functionAround(definition.node as Node) === functionAround(telling) ? variable : undefined;
}

/** The same object is listened to further down in the block, or within a statement there. */
function followsIn(listener: TSESTree.CallExpression, telling: TSESTree.CallExpression, model: ModuleModel): boolean {
  const block = telling.parent.parent;
  const objectOf = ({ callee }: TSESTree.CallExpression): string => (callee.type === 'MemberExpression' ? textOf(callee.object, model) : '');
  return block !== undefined && listener.range[0] > telling.range[1] && listener.range[1] <= block.range[1] && functionAround(listener) === functionAround(telling) && objectOf(listener) === objectOf(telling);
}

/** True if an expression is made of a variable, be it through a constant of this name. */
function mentions(node: Node, variable: Variable, { scopes }: ModuleModel): boolean {
  const definition = node.type === 'Identifier' ? scopes.variableOf(node)?.defs[0] : undefined;
  const made = definition?.type === 'Variable' && definition.parent.kind === 'const' && definition.node.init ? definition.node.init : node;
  let found = false;
  walk(made, (part) => { found ||= part.type === 'Identifier' && scopes.variableOf(part) === variable; });
  return found;
}

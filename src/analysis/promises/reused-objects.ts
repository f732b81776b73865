import { isWithin } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';
import { textIn, textOf } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';
import { PromiseCalls } from './gives-promise.js';

/** One object that is made by the first call, made ready anew by each further one, and worked with over a wait. */
export interface ReusedObject {
  /** `this.formatter` */
  readonly name: string;
  /** `this.formatter.reset(item)` */
  readonly renewal: TSESTree.CallExpression;
  /** The call that works with it, and is waited for. */
  readonly work: TSESTree.CallExpression;
  readonly fn: FunctionInfo;
}

/** `if (!this.formatter) this.formatter = new Formatter(item); else this.formatter.reset(item); return render(text, this.formatter);` where `render` waits. */
export function reusedObjectsIn(model: ModuleModel): ReusedObject[] {
  const calls = new PromiseCalls(model);
  return model.module.nodes.of('IfStatement').flatMap((node) => {
    const fn = model.table.around(node);
    const renewal = fn && renewalAt(node, model);
    if (!renewal) return [];
    const work = model.module.nodes.of('CallExpression').find((call) => isAfter(call, node) && isWaitedFor(call) && calls.isPromise(call) && worksWith(call, renewal.name, calls, model));
    return work ? [{ ...renewal, work, fn }] : [];
  });
}

/** The object is made, and made ready, with the same arguments. */
function renewalAt({ test, consequent, alternate }: TSESTree.IfStatement, model: ModuleModel): Pick<ReusedObject, 'name' | 'renewal'> | undefined {
  const textOf = textIn(model);
  for (const [making, renewing] of [[consequent, alternate], [alternate, consequent]]) {
    const [made, renewed] = [onlyExpression(making), onlyExpression(renewing)];
    const maker = made?.type === 'AssignmentExpression' ? unwrap(made.right) : undefined;
    if (made?.type !== 'AssignmentExpression' || maker?.type !== 'NewExpression' || renewed?.type !== 'CallExpression' || renewed.callee.type !== 'MemberExpression') continue;
    const name = textOf(made.left);
    const isSame = maker.arguments.length > 0 && maker.arguments.map(textOf).join() === renewed.arguments.map(textOf).join();
    if (isSame && textOf(renewed.callee.object) === name && textOf(test).includes(name) && isShared(made.left, model)) return { name, renewal: renewed };
  }
  return undefined;
}

function onlyExpression(statement: Node | null | undefined): Node | undefined {
  const only = statement?.type === 'BlockStatement' && statement.body.length === 1 ? statement.body[0] : statement;
  return only?.type === 'ExpressionStatement' ? unwrap(only.expression) : undefined;
}

/** A field of the object or class at hand, or a variable of the module. */
function isShared(place: Node, { scopes, sharing }: ModuleModel): boolean {
  if (place.type === 'MemberExpression') return place.object.type === 'ThisExpression';
  const variable = place.type === 'Identifier' ? scopes.variableOf(place) : undefined;
  return variable !== undefined && sharing.activationOf(variable) === undefined;
}

function isAfter(call: Node, statement: Node): boolean {
  const block = statement.parent;
  return block !== undefined && isWithin(call, block) && call.range[0] > statement.range[1] && functionAround(call) === functionAround(statement);
}

/** True if the call is handed the object, and what is called turns to it again after a wait. */
function worksWith(call: TSESTree.CallExpression, name: string, calls: PromiseCalls, model: ModuleModel): boolean {
  const index = call.arguments.findIndex((argument) => textOf(unwrap(argument), model) === name);
  const called = calls.functionCalled(call);
  const parameter = called?.node.params[index];
  const variable = called && parameter?.type === 'Identifier' ? model.links.modelOf(called.module).scopes.variableOf(parameter) : undefined;
  if (!called || !variable) return false;
  const nodes = ownNodes(called.node.body);
  return nodes.some((wait) => wait.type === 'AwaitExpression' && variable.references.some(({ identifier }) => comesAfter(identifier as Node, wait, nodes)));
}

/** Further down, or in another round of a loop around both. */
function comesAfter(use: Node, wait: Node, nodes: readonly Node[]): boolean {
  return use.range[0] > wait.range[1] || nodes.some((loop) => /^(?:For|While|DoWhile)\w*Statement$/.test(loop.type) && isWithin(use, loop) && isWithin(wait, loop));
}

function isWaitedFor({ parent }: TSESTree.CallExpression): boolean {
  return parent.type === 'AwaitExpression' || parent.type === 'ReturnStatement';
}

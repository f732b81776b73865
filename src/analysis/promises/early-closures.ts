import type { Node, TSESTree, Variable } from '../../language/index.js';
import { isFunction } from '../../language/index.js';
import { eachElement } from '../catalog/collections.js';
import { isRegistering } from '../catalog/callbacks.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { isChaining } from '../model/promise-chains.js';
import { isTest } from '../model/tests.js';
import { variablesIn } from '../model/variables-in.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';

/** A name that a callback speaks of which may run before the name has its value: until then to speak of it throws (ECMA-262, 9.1.1.1.6). */
export interface EarlyClosure {
  readonly fn: FunctionInfo;
  readonly variable: Variable;
  /** Where the callback speaks of it, and where it gets its value. */
  readonly use: Node;
  readonly declaration: TSESTree.VariableDeclarator;
  /** What is waited for in between. */
  readonly wait: Node;
}

/** `setTimeout(() => clearTimeout(second), 10); await send(); const second = setTimeout(…)` */
export function earlyClosuresIn(model: ModuleModel): EarlyClosure[] {
  // A test knows when what it listens to happens.
  if (isTest(model.file)) return [];
  return model.table.functions.flatMap((fn) => {
    if (!fn.isAsync) return [];
    const own = ownNodes(fn.node);
    const waits = own.filter((node) => node.type === 'AwaitExpression');
    return waits.length === 0 ? [] : own.flatMap((node) => (node.type === 'VariableDeclarator' ? earlyClosuresOf(node, fn, waits, model) : []));
  });
}

function earlyClosuresOf(declaration: TSESTree.VariableDeclarator, fn: FunctionInfo, waits: readonly Node[], model: ModuleModel): EarlyClosure[] {
  const { parent } = declaration;
  if (parent.kind === 'var' || parent.parent.type !== 'BlockStatement') return [];
  for (const variable of model.scopes.declaredBy(declaration)) {
    for (const { identifier } of variable.references) {
      const use = identifier as Node;
      const callback = use.range[1] <= declaration.range[0] && !isHeldBack(use, declaration, model) ? callbackAround(use, fn.node) : undefined;
      const wait = callback && waits.find(({ range }) => range[1] > callback.range[1] && range[0] < declaration.range[1] && range[1] <= declaration.range[1]);
      if (wait) return [{ fn, variable, use, declaration, wait }];
    }
  }
  return [];
}

/** `if (isCreated && client) await client.end()`, where `isCreated` is set only once `client` has its value. */
function isHeldBack(use: Node, declaration: Node, model: ModuleModel): boolean {
  const callback = functionAround(use);
  for (let at = use; at.parent && at.parent !== callback; at = at.parent) {
    const { parent } = at;
    const test = parent.type === 'IfStatement' && parent.consequent === at ? parent.test : parent.type === 'ConditionalExpression' && parent.consequent === at ? parent.test : parent.type === 'LogicalExpression' && parent.operator === '&&' && parent.right === at ? parent.left : undefined;
    if (test && [...variablesIn(test, model)].some((flag) => isRaisedAfter(flag, declaration))) return true;
  }
  return false;
}

/** A `let` that begins as `false` or empty, and that is written only further down than the declaration. */
function isRaisedAfter({ defs: [definition], references }: Variable, declaration: Node): boolean {
  if (definition?.type !== 'Variable' || definition.parent.kind !== 'let') return false;
  const { init } = definition.node;
  const isDown = !init || (init.type === 'Literal' && !init.value) || (init.type === 'Identifier' && init.name === 'undefined');
  return isDown && definition.node !== declaration && references.every(({ identifier, init: isFirst }) => !isWritten(identifier as Node) || isFirst || identifier.range[0] > declaration.range[1]);
}

function isWritten({ parent }: Node): boolean {
  return parent?.type === 'AssignmentExpression' || parent?.type === 'UpdateExpression';
}

/** The callback of `fn` that a node stands in, if it was handed to somebody who calls it when something happens. */
function callbackAround(node: Node, fn: Node): Node | undefined {
  for (let callback = functionAround(node); isFunction(callback) && callback !== fn; callback = functionAround(callback)) if (isHandedOver(callback)) return callback;
  return undefined;
}

/** Given to a timer, an emitter or a promise, or kept as part of an object that is given away: `pending.set(id, { resolve: () => … })`. */
function isHandedOver(callback: Node): boolean {
  const { parent } = callback;
  if (parent?.type === 'Property' && parent.value === callback) return parent.parent.parent?.type === 'CallExpression';
  if (parent?.type !== 'CallExpression' || parent.callee === callback) return false;
  const name = calleeText(parent.callee);
  return !eachElement.has(name) && (isRegistering(name) || isChaining(name));
}

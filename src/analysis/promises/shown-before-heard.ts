import { isFunction, isWithin } from '../../language/index.js';
import type { Node, TSESTree, Variable } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';
import { unwrap } from '../model/unwrap.js';

/** Something is shown to a person, or a page is loaded, and only after a suspension somebody listens for what is done there. */
export interface ShownBeforeHeard {
  /** `quickPick.show()`, `panel.webview.html = page` */
  readonly shown: Node;
  readonly suspension: TSESTree.AwaitExpression;
  /** `quickPick.onDidAccept(done)`, `once(quickPick.onDidAccept)` */
  readonly listener: TSESTree.CallExpression;
  /** `onDidAccept` */
  readonly event: string;
  /** `quickPick` */
  readonly name: string;
  readonly fn: FunctionInfo;
}

/** What editors show as soon as they are told to, and tell of once. */
const MAKER = /^create(?:QuickPick|InputBox|WebviewPanel)$/;
const EVENT = /^onDid(?:Accept|Hide|ReceiveMessage)$/;
/** Answering takes something to choose from; whoever gives up needs nothing. */
const CHOICE = /^onDidAccept$/;

/** `box.show(); await fill(box); box.onDidAccept(done)`: who answers at once, or gives up, is not heard. */
export function shownBeforeHeardIn(model: ModuleModel): ShownBeforeHeard[] {
  const makings = model.module.nodes.of('VariableDeclarator').filter(({ id, init }) => id.type === 'Identifier' && init?.type === 'CallExpression' && MAKER.test(calleeText(init.callee)));
  return makings.flatMap((making) => {
    const variable = model.scopes.variableOf(making.id);
    const fn = model.table.around(making);
    const found = variable && fn?.isAsync ? lateIn(fn, variable, making.init!) : undefined;
    return found ? [found] : [];
  });
}

function lateIn(fn: FunctionInfo, variable: Variable, made: Node): ShownBeforeHeard | undefined {
  const uses = variable.references.map(({ identifier }) => identifier as Node);
  const isSetBefore = (step: string, { range }: Node): boolean => uses.some((use) => {
    const assignment = stepsFrom(use)[0] === step ? use.parent!.parent : undefined;
    return assignment?.type === 'AssignmentExpression' && assignment.left === use.parent && assignment.range[1] <= range[0];
  });
  const shown = uses.map(showingBy).find((node) => node !== undefined);
  const block = shown?.parent?.parent;
  if (!shown || !block || functionAround(shown) !== fn.node) return undefined;
  const suspensions = ownNodes(fn.node).filter((node): node is TSESTree.AwaitExpression => node.type === 'AwaitExpression' && node.range[0] > shown.range[1] && isWithin(node, block));
  const heard = new Set<string>();
  for (const use of uses) {
    const event = stepsFrom(use).find((step) => EVENT.test(step));
    const listener = event === undefined || heard.has(event) ? undefined : listenerAt(use);
    if (event !== undefined) heard.add(event);
    if (!listener || event === undefined || !isWithin(listener, block) || !isRunIn(listener, fn)) continue;
    const suspension = suspensions.find((node) => node.range[1] < listener.range[0] && !leavesBefore(node, listener, block));
    if (!suspension) continue;
    // What cannot be answered yet may be listened to later.
    const canBe = CHOICE.test(event) ? !isSetBefore('enabled', suspension) && (isSetBefore('items', suspension) || isAsked(made)) : true;
    if (canBe) return { shown, suspension, listener, event, name: variable.name, fn };
  }
  return undefined;
}

/** `window.createInputBox()`: there is something to answer from the start. */
function isAsked(made: Node): boolean {
  return made.type === 'CallExpression' && calleeText(made.callee) === 'createInputBox';
}

/** The names of the members that an expression takes of a variable: `webview`, `html`. */
function stepsFrom(use: Node): string[] {
  const holder = use.parent;
  return holder?.type === 'MemberExpression' && holder.object === use ? [calleeText(holder), ...stepsFrom(holder)] : [];
}

/** `box.show()`, `panel.webview.html = page` */
function showingBy(use: Node): Node | undefined {
  const steps = stepsFrom(use).join('.');
  const end = steps === 'show' ? use.parent?.parent : steps === 'webview.html' ? use.parent?.parent?.parent : undefined;
  const isShowing = end?.parent?.type === 'ExpressionStatement' && (steps === 'show' ? end.type === 'CallExpression' : end.type === 'AssignmentExpression');
  return isShowing ? end : undefined;
}

/** The call that takes the event, or is handed it. */
function listenerAt(use: Node): TSESTree.CallExpression | undefined {
  let at = use;
  while (at.parent?.type === 'MemberExpression' && at.parent.object === at) at = at.parent;
  return at.parent?.type === 'CallExpression' && unwrap(at.parent.callee) !== use ? at.parent : undefined;
}

/** True if the function itself comes to the node: it stands in it, or in the executor of a promise that it makes. */
function isRunIn(node: Node, fn: FunctionInfo): boolean {
  const around = functionAround(node);
  if (around === fn.node) return true;
  const maker = around && isFunction(around) ? around.parent : undefined;
  return maker?.type === 'NewExpression' && calleeText(maker.callee) === 'Promise' && isRunIn(maker, fn);
}

/** True if control that comes to the suspension leaves the block before it comes to the listener. */
function leavesBefore(suspension: Node, listener: Node, block: Node): boolean {
  for (let at = suspension.parent; at && at !== block; at = at.parent) {
    const last = at.type === 'BlockStatement' ? at.body.at(-1) : undefined;
    if (last && !isWithin(listener, at) && /^(?:Return|Throw|Continue|Break)Statement$/.test(last.type)) return true;
    if (at.type === 'ReturnStatement') return true;
  }
  return false;
}

import { isFunction, isWithin, walk } from '../../language/index.js';
import type { Node, TSESTree, Variable } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { ownNodes } from '../model/shared-memory.js';
import { textOf } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';

/** A function asks whether something has happened yet, waits for the answer, and only then listens for it. */
export interface AskedBefore {
  readonly asked: TSESTree.AwaitExpression;
  readonly listener: TSESTree.CallExpression;
  /** `isFinished` */
  readonly question: string;
  /** `completed`, or what the event is made of. */
  readonly event: string;
  readonly fn: FunctionInfo;
}

/** Questions about how far something has come. */
const QUESTION = /^#?_?(?:(?:is|has|was|are)(?=[A-Z])|(?:get|fetch|check|read|load|query|poll)?(?:[A-Z]\w*)?(?:state|status|finished|done|ready|completed?|closed|connected|exited|ended|settled)$)/i;
const LISTENING = /^(?:on|once|addListener|addEventListener|prependListener|prependOnceListener)$/;
const WAITING = /^(?:once|waitFor|waitForEvent|pEvent|fromEvent)$/;

export function askedBeforeIn(model: ModuleModel): AskedBefore[] {
  return model.table.functions.flatMap((fn) => (fn.isAsync ? askedBy(fn, model) : []));
}

function askedBy(fn: FunctionInfo, model: ModuleModel): AskedBefore[] {
  const nodes = ownNodes(fn.node);
  const questions = nodes.filter((node): node is TSESTree.AwaitExpression => node.type === 'AwaitExpression' && QUESTION.test(questionOf(node)));
  for (const asked of questions) {
    const decision = nodes.find((node): node is TSESTree.IfStatement => node.type === 'IfStatement' && node.range[1] > asked.range[1] && decidesBy(node.test, asked, model));
    if (!decision) continue;
    for (const wait of nodes) {
      const listener = wait.range[0] >= decision.test.range[1] && isOnTheOtherWay(wait, decision) ? listenerOf(wait, model) : undefined;
      if (listener && !isAskedAgain(wait, nodes, asked) && !isOfNewObject(listener, asked, model)) return [{ asked, listener, question: questionOf(asked), event: eventOf(listener, model), fn }];
    }
  }
  return [];
}

function questionOf({ argument }: TSESTree.AwaitExpression): string {
  const call = unwrap(argument);
  return call.type === 'CallExpression' ? calleeText(call.callee) : '';
}

/** True if a condition looks at the answer, or at what was made of it. */
function decidesBy(test: Node, asked: Node, { scopes }: ModuleModel): boolean {
  if (isWithin(asked, test)) return true;
  const isOfAnswer = (node: Node, seen = new Set<Variable>()): boolean => {
    const names: Variable[] = [];
    walk(node, (part) => {
      const variable = part.type === 'Identifier' ? scopes.variableOf(part) : undefined;
      if (variable) names.push(variable);
    });
    return names.some((variable) => {
      const definition = variable.defs[0];
      if (seen.has(variable) || definition?.type !== 'Variable' || !definition.node.init) return false;
      seen.add(variable);
      return isWithin(asked, definition.node.init) || isOfAnswer(definition.node.init, seen);
    });
  };
  return isOfAnswer(test);
}

/** The listening is what is left to do if it has not happened yet: the other branch, or what follows a branch that leaves. */
function isOnTheOtherWay(node: Node, { consequent, alternate }: TSESTree.IfStatement): boolean {
  if (alternate && isWithin(node, alternate)) return true;
  if (isWithin(node, consequent)) return !alternate && WAITING.test(calleeText(unwrap(node.type === 'AwaitExpression' ? node.argument : node)));
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement';
}

/** `return new Promise((resolve) => events.once('done', resolve))`, `await once(child, 'exit')`: what the listening is done by. */
function listenerOf(node: Node, model: ModuleModel): TSESTree.CallExpression | undefined {
  if (node.type === 'AwaitExpression') {
    const call = unwrap(node.argument);
    return call.type === 'CallExpression' && call.callee.type === 'Identifier' && call.callee.name === 'once' && call.arguments.length > 1 ? call : undefined;
  }
  if (node.type !== 'NewExpression' || calleeText(node.callee) !== 'Promise' || !/^(?:ReturnStatement|AwaitExpression|ArrowFunctionExpression)$/.test(node.parent.type)) return undefined;
  const [executor] = node.arguments;
  const [settle] = executor && isFunction(executor) ? executor.params : [];
  if (!executor || !isFunction(executor) || settle?.type !== 'Identifier') return undefined;
  const resolve = model.scopes.variableOf(settle);
  return ownNodes(executor).find((call): call is TSESTree.CallExpression => call.type === 'CallExpression' && call.callee.type === 'MemberExpression' && LISTENING.test(calleeText(call.callee)) && call.arguments[1] !== undefined && settles(call.arguments[1], resolve, model));
}

/** True if a handler settles the promise: it is what does so, or it calls that. */
function settles(handler: Node, resolve: Variable | undefined, model: ModuleModel, depth = 0): boolean {
  if (!resolve || depth > 2) return false;
  if (handler.type === 'Identifier') {
    const variable = model.scopes.variableOf(handler);
    const definition = variable?.defs[0];
    if (variable === resolve) return true;
    const value = definition?.type === 'FunctionName' ? definition.node : definition?.type === 'Variable' ? definition.node.init : undefined;
    return value ? settles(value, resolve, model, depth + 1) : false;
  }
  return isFunction(handler) && resolve.references.some(({ identifier }) => isWithin(identifier as Node, handler));
}

/** How it goes with a connection, a stream or a process, told by itself. */
const OWN_LIFE = /^(?:error|connect|secureConnect|open|close|end|exit|finish|spawn|timeout)$/;
const MAKING = /^(?:connect|create|open|spawn|fork|exec|request)/;

/** `net.connect(path).on('error', …)`: what is made only after the question has been answered has said nothing of itself before. */
function isOfNewObject(listener: TSESTree.CallExpression, asked: Node, model: ModuleModel): boolean {
  const { callee, arguments: given } = listener;
  if (!OWN_LIFE.test(eventOf(listener, model))) return false;
  const subject = callee.type === 'MemberExpression' ? callee.object : given[0];
  const heard = subject && unwrap(subject);
  const definition = heard?.type === 'Identifier' ? model.scopes.variableOf(heard)?.defs[0] : undefined;
  const made = definition?.type === 'Variable' && definition.node.range[0] > asked.range[1] ? definition.node.init : heard;
  return made?.type === 'NewExpression' || (made?.type === 'CallExpression' && MAKING.test(calleeText(made.callee)));
}

/** True if the question is asked again once somebody listens, or is settled by something else. */
function isAskedAgain(wait: Node, nodes: readonly Node[], asked: TSESTree.AwaitExpression): boolean {
  const question = questionOf(asked);
  let isAgain = false;
  walk(wait, (node) => { isAgain ||= node.type === 'CallExpression' && calleeText(node.callee) === question; });
  return isAgain || nodes.some((node) => node.type === 'CallExpression' && LISTENING.test(calleeText(node.callee)) && node.range[1] < asked.range[0]);
}

function eventOf({ callee, arguments: given }: TSESTree.CallExpression, { module }: ModuleModel): string {
  const event = given[callee.type === 'Identifier' ? 1 : 0];
  return event?.type === 'Literal' ? String(event.value) : event ? textOf(event, { module }) : '';
}

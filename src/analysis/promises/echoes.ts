import { isFunction } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { calleeText, keyName } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import { ownNodes } from '../model/shared-memory.js';
import { unwrap } from '../model/unwrap.js';

/**
 * True if an event, by its name, says that the work of this name has been done: `AccountData` of `setAccountData`, `started` of `start`, `room:joined` of `joinRoom`.
 * An event that only brings what the work speaks of, `message` of `receiveMessages`, is none.
 */
export function tellsOf(event: string, work: string): boolean {
  const [verb = '', ...object] = wordsOf(work);
  const told = wordsOf(event);
  if (told.length === 0 || !DOING.test(verb)) return false;
  const isDone = told.some((word) => isPastOf(word, verb));
  const more = told.filter((word) => !isPastOf(word, verb) && !CHANGED.test(word));
  return isDone ? more.every((word) => object.includes(word)) : object.length > 0 && SETTING.test(verb) && more.join(' ') === object.join(' ');
}

const DOING = /^(?:set|update|save|change|create|delete|remove|start|stop|open|load|join|leave|publish|register|login|sync|init(?:iali[sz]e)?|install|restart|refresh|connect|disconnect|enable|disable|mute|unmute|pause|resume|add|upload|import|export|switch|select)$/;
const SETTING = /^(?:set|update|save|change|switch|select)$/;
const CHANGED = /^(?:on|did|has|was|set|changed?|updated?)$/;

/** `setAccountData`, `account-data`, `ACCOUNT_DATA` */
function wordsOf(name: string): string[] {
  return name.replace(/([a-z\d])(?=[A-Z])/g, '$1 ').toLowerCase().split(/[^a-z\d]+/).filter((word) => word !== '');
}

const IRREGULAR: Readonly<Record<string, string>> = { set: 'set', leave: 'left', login: 'loggedin' };

function isPastOf(word: string, verb: string): boolean {
  return word === (IRREGULAR[verb] ?? (verb.endsWith('e') ? `${verb}d` : `${verb}ed`)) || (/[^aeiouy][aeiou][^aeiouwy]$/.test(verb) && word === `${verb}${verb.at(-1)}ed`);
}

/** The name of the event that a listener is for: `'ready'`, the `Ready` of `ClientEvent.Ready`. */
export function eventNameAt(event: Node | undefined): string | undefined {
  if (event?.type === 'Literal' && typeof event.value === 'string') return event.value;
  return event?.type === 'MemberExpression' && !event.computed ? keyName(event.property, false) : undefined;
}

/**
 * True if a function waits for its listener: `await once(client, 'ready')`, `await new Promise((resolve) => client.once('ready', resolve))`, or a handler that
 * settles something of its own whose promise is waited for further down.
 */
export function isWaitedFor(listener: TSESTree.CallExpression, { node }: FunctionInfo): boolean {
  if (isAwaited(listener)) return true;
  const executor = functionAt(listener);
  const promise = executor?.parent;
  if (executor && promise?.type === 'NewExpression' && calleeText(promise.callee) === 'Promise') return isAwaited(promise);
  const handler = handlerOf(listener, node);
  if (!handler) return false;
  const settled = new Set(within(handler).flatMap((call) => (call.type === 'CallExpression' && call.callee.type === 'MemberExpression' && call.callee.object.type === 'Identifier' && calleeText(call.callee) === 'resolve' ? [call.callee.object.name] : [])));
  return ownNodes(node).some((wait) => isAwaitOf(wait, settled) && wait.range[0] > listener.range[1]);
}

function isAwaited(node: Node): boolean {
  return /^(?:AwaitExpression|ReturnStatement)$/.test(node.parent?.type ?? '');
}

function functionAt(node: Node): Node | undefined {
  let at = node.parent;
  while (at && !isFunction(at)) at = at.parent;
  return at;
}

/** The function that is given to the listener, or that a constant of this name is. */
function handlerOf({ arguments: given }: TSESTree.CallExpression, fn: Node): Node | undefined {
  const last = given.at(-1);
  if (!last || isFunction(last)) return last;
  const made = last.type === 'Identifier' ? ownNodes(fn).find((node): node is TSESTree.VariableDeclarator => node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.id.name === last.name) : undefined;
  return made?.init && isFunction(made.init) ? made.init : undefined;
}

function within(handler: Node): readonly Node[] {
  return isFunction(handler) ? ownNodes(handler) : [];
}

/** `await deferred.promise` */
function isAwaitOf(node: Node, settled: ReadonlySet<string>): boolean {
  const waited = node.type === 'AwaitExpression' ? unwrap(node.argument) : node.type === 'ReturnStatement' && node.argument ? unwrap(node.argument) : undefined;
  return waited?.type === 'MemberExpression' && waited.object.type === 'Identifier' && settled.has(waited.object.name) && calleeText(waited) === 'promise';
}

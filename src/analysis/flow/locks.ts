import type { Node, TSESTree } from '../../language/index.js';
import { isRegistering } from '../catalog/callbacks.js';
import { lockLibrariesOf, lockShape } from '../catalog/locks/index.js';
import type { Acquisition } from '../model/effect.js';
import { importOf } from '../model/exports.js';
import { calleeText, keyName } from '../model/functions.js';
import { lockOf } from '../model/lock-kinds.js';
import { memberTraits } from '../model/lock-traits.js';
import { unknownValue } from '../model/value.js';
import type { Value } from '../model/value.js';
import { declaredLockCall } from './declared-lock-calls.js';
import type { DeclaredLockCall } from './declared-lock-calls.js';
import type { Lowering } from './lowering.js';
import { isWaitedFor } from './waited-for.js';
import { keyText, unwrap } from './places.js';
import { calleeOf, closureOf } from './inline.js';
import { lowerArguments, runUnder } from './run-under.js';
import { given, keyed, lockNamedBy } from './lock-names.js';
import type { NamedLock } from './lock-names.js';
import { webLockOptions } from './web-lock-options.js';

/** Lowers a call that takes, gives back or works under a lock; undefined if it is none of that. */
export function lowerLockCall(l: Lowering, node: TSESTree.CallExpression, isAwaited: boolean): Value | undefined {
  const callee = unwrap(node.callee);
  const declared = declaredLockCall(l, node);
  if (declared) return callDeclared(l, node, declared, isAwaited);
  const module = moduleLock(l, node, callee);
  if (module) return callMethod(l, node, module.lock, module.method, isAwaited);
  const wrapper = callOwnWrapper(l, node, callee, isAwaited);
  if (wrapper) return wrapper;
  if (callee.type === 'Identifier') return releaseByName(l, node, callee) ?? callLock(l, node, callee, isAwaited) ?? callWrapper(l, node, callee.name, isAwaited);
  if (callee.type !== 'MemberExpression') return undefined;
  const method = keyName(callee.property, callee.computed) ?? '';
  const lock = lockNamedBy(l, callee.object, calleeOf(l, callee) !== undefined);
  return releasePart(l, node, callee, method) ?? (lock && callMethod(l, node, lock, method, isAwaited)) ?? callLock(l, node, callee, isAwaited) ?? (calleeOf(l, callee) || isRegistering(method) ? undefined : callWrapper(l, node, method, isAwaited));
}

function callDeclared(l: Lowering, node: TSESTree.CallExpression, { does, lock }: DeclaredLockCall, isAwaited: boolean): Value {
  const callback = does === 'run' ? callbackOf(node) : undefined;
  if (callback) return runUnder(l, node, { lock, form: 'run', isCertain: true, permits: 1 }, callback, isAwaited);
  lowerArguments(l, node);
  if (does === 'acquire') {
    l.suspend(node, unknownValue, lock);
    l.graph.add('acquire', node, { lock, form: 'call', isCertain: true, isAwaited: isWaitedFor(l, node), permits: 1 });
  }
  if (does === 'release') l.graph.add('release', node, { lock, isIdempotent: true });
  return unknownValue;
}

/** `lock(file)`, `lockfile.lock(file)`: functions of a package that keeps its locks itself. */
function moduleLock(l: Lowering, node: TSESTree.CallExpression, callee: Node): { readonly lock: NamedLock; readonly method: string } | undefined {
  const root = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  const variable = root.type === 'Identifier' ? l.model.scopes.variableOf(root) : undefined;
  const imported = variable && importOf(variable);
  const library = imported && lockLibrariesOf(imported.specifier).find(({ isModule }) => isModule);
  const method = callee.type === 'MemberExpression' ? keyName(callee.property, callee.computed) : imported?.name;
  if (!library || method === undefined) return undefined;
  // Where they tell of their end to a callback, what follows the call is no part of it.
  if (node.arguments.some((argument, index) => index > 0 && (argument.type === 'ArrowFunctionExpression' || argument.type === 'FunctionExpression'))) return undefined;
  return { lock: { name: imported!.specifier, library, permits: 1, isQueue: false }, method };
}

function callMethod(l: Lowering, node: TSESTree.CallExpression, lock: NamedLock, method: string, isAwaited: boolean): Value | undefined {
  const { library } = lock;
  const callback = callbackOf(node, library?.keyed === true);
  const runs = library ? library.run.includes(method) : lockShape.run.has(method) || lockShape.queueRun.has(method);
  if (callback && runs && (library ?? isWork(l, callback))) return runMethod(l, node, lock, method, callback, isAwaited);
  if (lock.isQueue && !library) return undefined;
  if (acquires(lock, method)) return acquireByCall(l, node, lock, method);
  const release = library?.release ?? [...lockShape.release];
  if (!release.includes(method)) return undefined;
  const [argument] = node.arguments;
  // `redlock.release(held)`
  const releaser = argument?.type === 'Identifier' ? releaseByName(l, node, argument) : undefined;
  if (releaser) return releaser;
  lowerArguments(l, node);
  for (const name of lock.oneOf ?? []) l.graph.add('release', node, { lock: name, isIdempotent: true });
  l.graph.add('release', node, { lock: keyed(l, lock, argument).name, isIdempotent: !isExact(lock) });
  return unknownValue;
}

function acquires({ library }: NamedLock, method: string): boolean {
  return library ? library.acquire.includes(method) || library.mayFail?.includes(method) === true : lockShape.acquire.has(method);
}

function acquireByCall(l: Lowering, node: TSESTree.CallExpression, lock: NamedLock, method: string): Value | undefined {
  const { library } = lock;
  const mayFail = library?.mayFail?.includes(method) === true;
  // Whoever does not ask whether it was got goes on without it.
  if (mayFail && (isUnused(node) || isNeverAsked(l, node))) return undefined;
  lowerArguments(l, node);
  l.suspend(node, unknownValue, method);
  const one = keyed(l, lock, node.arguments[0]);
  l.graph.add('acquire', node, { lock: one.name, form: 'call', isCertain: isExact(lock) && !mayFail, isAwaited: isWaitedFor(l, node), ...kindOf(one, method), ...(mayFail && { mayFail }) });
  return unknownValue;
}

/** Known to be a lock, and which. */
function isExact({ library, oneOf }: NamedLock): boolean {
  return library !== undefined && !oneOf;
}

function isUnused(node: Node): boolean {
  const holder = node.parent;
  return holder?.type === 'AwaitExpression' ? isUnused(holder) : holder?.type === 'ExpressionStatement';
}

/** `const got = await lock.acquireLock(key)`, and nobody looks at `got`. */
function isNeverAsked(l: Lowering, node: Node): boolean {
  const holder = node.parent?.type === 'AwaitExpression' ? node.parent.parent : node.parent;
  const variable = holder?.type === 'VariableDeclarator' && holder.id.type === 'Identifier' ? l.variable(holder.id) : undefined;
  return variable !== undefined && !variable.references.some((reference) => reference.isRead());
}

type Kind = Pick<Acquisition, 'permits' | 'isShared' | 'expires' | 'saysDoneOnly' | 'takesKeysInOrder' | 'choice' | 'madeBy' | 'mayRefuse'>;

function kindOf({ library, permits, choice, madeBy, mayRefuse }: NamedLock, method: string): Kind {
  return { permits, ...(madeBy && { madeBy }), ...(mayRefuse && { mayRefuse: true }), ...(library?.shared?.includes(method) && { isShared: true }), ...(library?.expires && { expires: true }), ...(library?.takesKeysInOrder && { takesKeysInOrder: true }), ...(library?.callback === 'done' && !library.takesPromises && { saysDoneOnly: true }), ...(choice && { choice }) };
}

function runMethod(l: Lowering, node: TSESTree.CallExpression, lock: NamedLock, method: string, callback: Node, isAwaited: boolean): Value | undefined {
  const [key] = node.arguments;
  const options = method === 'request' ? webLockOptions(l, node, callback) : undefined;
  if (options === 'none') return undefined;
  const list = key && lock.library?.takesKeysInOrder ? unwrap(key) : undefined;
  const keys = list?.type === 'ArrayExpression' && list.elements.length > 1 ? list.elements.flatMap((element) => (element ? [element as Node] : [])) : [key];
  const [first, ...more] = keys.map((one) => keyed(l, lock, one));
  const form = lock.library?.callback === 'done' && takesDone(l, callback) ? 'done' : 'run';
  return runUnder(l, node, { lock: first!.name, form, isCertain: isExact(lock) && !options?.mayFail, ...kindOf(first!, method), ...(options?.isShared && { isShared: true }) }, callback, isAwaited, more);
}

/** A callback of one parameter says itself when it is done. */
function takesDone(l: Lowering, callback: Node): boolean {
  return closureOf(l, callback)?.node.params.length === 1;
}

/** What a name gives back that was got by taking a lock: `release = await mutex.acquire()`. */
export function releaserNamed(l: Lowering, name: Node): { readonly lock: string; readonly isIdempotent: boolean } | undefined {
  const variable = l.variable(name);
  return variable && l.releasers.get(variable);
}

/** `release()` after `release = await mutex.acquire()`. */
function releaseByName(l: Lowering, node: TSESTree.CallExpression, callee: Node): Value | undefined {
  const releaser = releaserNamed(l, callee);
  if (!releaser) return undefined;
  lowerArguments(l, node);
  l.graph.add('release', node, releaser);
  return unknownValue;
}

/** `held.release()`, `held[1]()` after `held = await lock.acquire()`. */
function releasePart(l: Lowering, node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, method: string): Value | undefined {
  const gives = callee.computed || lockShape.release.has(method);
  return gives && callee.object.type === 'Identifier' ? releaseByName(l, node, callee.object) : undefined;
}

/** `limit(fn)`, and `await lock()` of a lock that is a function. */
function callLock(l: Lowering, node: TSESTree.CallExpression, callee: Node, isAwaited: boolean): Value | undefined {
  const lock = lockNamedBy(l, callee);
  if (!lock) return undefined;
  const { library } = lock;
  const callback = callbackOf(node);
  // `channel.sendToQueue(queue, body)` hands over data.
  if (!library && callback && callee.type === 'MemberExpression' && isData(l, node, callback)) return undefined;
  if (callback && library?.callable !== 'acquire' && !(library && library.callable === undefined)) {
    return runUnder(l, node, { lock: lock.name, form: library?.callback === 'done' ? 'done' : 'run', isCertain: isExact(lock), ...kindOf(lock, '') }, callback, isAwaited);
  }
  if (library?.callable !== 'acquire') return undefined;
  l.suspend(node, unknownValue, 'lock');
  l.graph.add('acquire', node, { lock: lock.name, form: 'call', isCertain: isExact(lock), isAwaited: isWaitedFor(l, node), ...kindOf(lock, '') });
  return unknownValue;
}

/** A function of the program that runs its callback when those before have ended: `withLock(key, work)`. */
function callOwnWrapper(l: Lowering, node: TSESTree.CallExpression, callee: Node, isAwaited: boolean): Value | undefined {
  if (!node.arguments.some((argument) => isWork(l, argument))) return undefined;
  const fn = calleeOf(l, callee);
  const traits = fn && memberTraits('', fn.node, l.modelOf(fn));
  if (!fn || !traits?.runsInTurn) return undefined;
  const callback = node.arguments.find((argument) => isWork(l, argument))!;
  const key = traits.key === undefined ? undefined : node.arguments[traits.key];
  const lock = key ? `${fn.name}[${keyText(l, key)}]` : fn.name;
  return runUnder(l, node, { lock, form: 'run', isCertain: true, permits: 1, ...(key && { choice: { family: `${fn.name}[]`, by: given(l, unwrap(key)) } }) }, callback, isAwaited);
}

/** A function from elsewhere whose name says that it runs its callback one at a time. */
function callWrapper(l: Lowering, node: TSESTree.CallExpression, name: string, isAwaited: boolean): Value | undefined {
  const callback = callbackOf(node);
  if (!callback || !lockShape.wrapper.test(name) || isData(l, node, callback) || closureOf(l, node.callee)) return undefined;
  const key = node.arguments[0];
  const isKey = key !== undefined && unwrap(key) !== callback && (key.type === 'Literal' || key.type === 'TemplateLiteral' || key.type === 'Identifier' || key.type === 'MemberExpression');
  return runUnder(l, node, { lock: isKey ? `${name}[${keyText(l, key)}]` : name, form: 'run', isCertain: false, permits: undefined }, callback, isAwaited);
}

function callbackOf(node: TSESTree.CallExpression, isKeyed = false): Node | undefined {
  const written = node.arguments.find((argument) => {
    const inner = unwrap(argument);
    return inner.type === 'ArrowFunctionExpression' || inner.type === 'FunctionExpression' || (inner.type === 'CallExpression' && calleeText(inner.callee) === 'bind');
  });
  const isNamed = ({ type }: Node): boolean => type === 'Identifier' || type === 'MemberExpression';
  if (written || !isKeyed) return written ?? node.arguments.findLast(isNamed);
  // The first one is the key.
  return node.arguments.slice(1).find(isNamed);
}

/** `queue.push(id)` puts something into a list; `queue.push(work)` may run it. */
function isWork(l: Lowering, argument: Node): boolean {
  const node = unwrap(argument);
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression' || node.type === 'CallExpression' || closureOf(l, node) !== undefined || isParameter(l, node);
}

function isParameter(l: Lowering, node: Node): boolean {
  return node.type === 'Identifier' && l.variable(node)?.defs[0]?.type === 'Parameter' && /^(?:fn|func|f|cb|callback|task|work|job|action|operation|thunk|handler)$/i.test(node.name);
}

/** A name in the first place of several is that of what the call is about, unless it is known to be a function. */
function isData(l: Lowering, { arguments: given }: TSESTree.CallExpression, callback: Node): boolean {
  return /^(?:Identifier|MemberExpression)$/.test(callback.type) && given[0] === callback && given.length > 1 && !isWork(l, callback);
}

/** True if the releaser that a call waits for may be called again; of a lock that nobody knows, nothing worse is assumed. */
export function isReleaserIdempotent(l: Lowering, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  const module = moduleLock(l, call, callee);
  const library = module?.lock.library ?? lockOf(callee.type === 'MemberExpression' ? callee.object : callee, l.model)?.library;
  return library?.idempotentReleaser ?? library === undefined;
}

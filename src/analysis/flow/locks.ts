import type { Node, TSESTree } from '../../language/index.js';
import { declaredLock } from '../model/declared-locks.js';
import { registering } from '../catalog/callbacks.js';
import { lockLibraryOf, lockShape } from '../catalog/lock-libraries.js';
import type { LockLibrary } from '../catalog/locks.js';
import { calleeText, keyName } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import { importOf } from '../model/exports.js';
import { describeLocation } from '../model/location.js';
import type { ModuleModel } from '../model/module.js';
import { initialiserOf } from '../model/origin.js';
import { unknownValue } from '../model/value.js';
import type { Value } from '../model/value.js';
import { aside } from './aside.js';
import { declaredLockCall } from './declared-lock-calls.js';
import type { DeclaredLockCall } from './declared-lock-calls.js';
import type { Lowering } from './lowering.js';
import { isAwaited } from '../model/uses.js';
import { keyText, placeOf, unwrap } from './places.js';
import { closureOf, inlineCall, canInline } from './inline.js';
import { awaitedName, lowerExpression } from './expressions.js';

/** A lock as an expression names it. */
interface Lock {
  readonly name: string;
  /** Known exactly if it was made by a catalogued library; otherwise its name says that it is a lock. */
  readonly library: LockLibrary | undefined;
  readonly isQueue: boolean;
}

/** Lowers a call that takes, gives back or works under a lock; undefined if it is none of that. */
export function lowerLockCall(l: Lowering, node: TSESTree.CallExpression, isWaitedFor: boolean): Value | undefined {
  const callee = unwrap(node.callee);
  const declared = declaredLockCall(l, node);
  if (declared) return callDeclared(l, node, declared, isWaitedFor);
  if (callee.type === 'Identifier') return releaseByName(l, node, callee) ?? callLock(l, node, callee, isWaitedFor) ?? callWrapper(l, node, callee.name, isWaitedFor);
  if (callee.type !== 'MemberExpression') return undefined;
  const method = keyName(callee.property, callee.computed) ?? '';
  // A semaphore of more than one lets several in.
  if (makerOf(l, unwrap(callee.object))?.isMutex === false) return undefined;
  const lock = lockNamedBy(l, callee.object);
  return (lock && callMethod(l, node, lock, method, isWaitedFor)) ?? releasePart(l, node, callee) ?? callLock(l, node, callee, isWaitedFor) ?? (calleeIsKnown(l, callee) || registering.has(method) ? undefined : callWrapper(l, node, method, isWaitedFor));
}

function callDeclared(l: Lowering, node: TSESTree.CallExpression, { does, lock }: DeclaredLockCall, isWaitedFor: boolean): Value {
  const callback = does === 'run' ? callbackOf(node) : undefined;
  if (callback) return runUnder(l, node, { lock, isCertain: true, isWaitedFor }, callback);
  lowerArguments(l, node);
  if (does === 'acquire') {
    l.suspend(node, unknownValue, lock);
    l.graph.add('acquire', node, { lock, form: 'call', isCertain: true, isAwaited: isAwaited(node) });
  }
  if (does === 'release') l.graph.add('release', node, { lock, isIdempotent: true });
  return unknownValue;
}

function calleeIsKnown(l: Lowering, callee: Node): boolean {
  return closureOf(l, callee) !== undefined;
}

function callMethod(l: Lowering, node: TSESTree.CallExpression, lock: Lock, method: string, isWaitedFor: boolean): Value | undefined {
  const callback = callbackOf(node);
  const runs = lock.library ? lock.library.run.includes(method) : lockShape.run.has(method) || lockShape.queueRun.has(method);
  if (callback && runs && (lock.library ?? isWork(l, callback))) return runUnder(l, node, { lock: nameFor(l, lock, node), isCertain: lock.library !== undefined, isWaitedFor }, callback);
  if (lock.isQueue && !lock.library) return undefined;
  const { acquire, release } = lock.library ?? { acquire: [...lockShape.acquire], release: [...lockShape.release] };
  if (acquire.includes(method)) {
    lowerArguments(l, node);
    l.suspend(node, unknownValue, method);
    l.graph.add('acquire', node, { lock: lock.name, form: 'call', isCertain: lock.library !== undefined && !lock.library.mayFail, isAwaited: isAwaited(node) });
    return unknownValue;
  }
  if (!release.includes(method)) return undefined;
  l.graph.add('release', node, { lock: lock.name, isIdempotent: lock.library === undefined });
  return unknownValue;
}

/** `release()` after `release = await mutex.acquire()`. */
function releaseByName(l: Lowering, node: TSESTree.CallExpression, callee: Node): Value | undefined {
  const variable = l.variable(callee);
  const releaser = variable && l.releasers.get(variable);
  if (!releaser) return undefined;
  l.graph.add('release', node, releaser);
  return unknownValue;
}

/** `held.release()`, `held[1]()` after `held = await lock.acquire()`. */
function releasePart(l: Lowering, node: TSESTree.CallExpression, callee: TSESTree.MemberExpression): Value | undefined {
  return callee.object.type === 'Identifier' ? releaseByName(l, node, callee.object) : undefined;
}

/** `limit(fn)`, and `await lock()` of a lock that is a function. */
function callLock(l: Lowering, node: TSESTree.CallExpression, callee: Node, isWaitedFor: boolean): Value | undefined {
  const lock = lockNamedBy(l, callee);
  if (!lock) return undefined;
  const callback = callbackOf(node);
  if (callback) return runUnder(l, node, { lock: lock.name, isCertain: lock.library !== undefined, isWaitedFor }, callback);
  if (lock.library?.callable !== 'acquire') return undefined;
  l.suspend(node, unknownValue, 'lock');
  l.graph.add('acquire', node, { lock: lock.name, form: 'call', isCertain: true, isAwaited: isAwaited(node) });
  return unknownValue;
}

/** A function from elsewhere whose name says that it runs its callback one at a time. */
function callWrapper(l: Lowering, node: TSESTree.CallExpression, name: string, isWaitedFor: boolean): Value | undefined {
  const callback = callbackOf(node);
  if (!callback || !lockShape.wrapper.test(name) || closureOf(l, node.callee)) return undefined;
  return runUnder(l, node, { lock: name, isCertain: false, isWaitedFor }, callback);
}

function callbackOf(node: TSESTree.CallExpression): Node | undefined {
  return node.arguments.find((argument) => {
    const inner = unwrap(argument);
    return inner.type === 'ArrowFunctionExpression' || inner.type === 'FunctionExpression' || (inner.type === 'CallExpression' && calleeText(inner.callee) === 'bind');
  }) ?? node.arguments.findLast(({ type }) => type === 'Identifier' || type === 'MemberExpression');
}

/** `queue.push(id)` puts something into a list; `queue.push(work)` may run it. */
function isWork(l: Lowering, argument: Node): boolean {
  const node = unwrap(argument);
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression' || node.type === 'CallExpression' || closureOf(l, node) !== undefined || isParameter(l, node);
}

function isParameter(l: Lowering, node: Node): boolean {
  return node.type === 'Identifier' && l.variable(node)?.defs[0]?.type === 'Parameter' && /^(?:fn|func|f|cb|callback|task|work|job|action|operation|thunk|handler)$/i.test(node.name);
}

/** A lock that a callback runs under. */
export interface Held {
  readonly lock: string;
  readonly isCertain: boolean;
  /** False if what follows does not wait for the callback. */
  readonly isWaitedFor: boolean;
}

/** Waits for the lock, runs the callback, gives the lock back. */
export function runUnder(l: Lowering, node: TSESTree.CallExpression, held: Held, callback: Node): Value {
  lowerArguments(l, node);
  return held.isWaitedFor ? runHeld(l, node, held, callback) : aside(l, node, () => runHeld(l, node, held, callback));
}

function runHeld(l: Lowering, node: TSESTree.CallExpression, { lock, isCertain }: Held, callback: Node): Value {
  const fn = closureOf(l, callback);
  const after = l.graph.join(node);
  l.suspend(node, unknownValue, '');
  l.graph.add('acquire', node, { lock, form: 'run', isCertain, isAwaited: isAwaited(node) });
  const { handler } = l.graph;
  const failed = l.graph.join(node);
  l.graph.handler = failed;
  const value = fn && canInline(l, fn) ? inlineCall(l, fn, node, [], true) : unknownValue;
  l.graph.handler = handler;
  l.graph.add('release', node, { lock });
  l.graph.goTo(after);
  // A callback that fails gives the lock back too.
  if (l.graph.isReached(failed)) {
    l.graph.continueAt(failed);
    l.graph.add('release', node, { lock });
    l.graph.add('throw', node, { value: unknownValue });
    l.graph.continueAt(undefined);
  }
  l.graph.continueAt(after);
  return value;
}

function lowerArguments(l: Lowering, node: TSESTree.CallExpression): void {
  for (const argument of node.arguments) if (argument.type !== 'ArrowFunctionExpression' && argument.type !== 'FunctionExpression') lowerExpression(l, argument);
}

/** `using held = await mutex.lock()`: whatever is declared so is held until its scope ends, here until its function does. */
export function acquireByUsing(l: Lowering, init: Node): void {
  const last = l.graph.effects.at(-1);
  if (last?.kind !== 'acquire') l.graph.add('acquire', init, { lock: awaitedName(init.type === 'AwaitExpression' ? init.argument : init) || 'using', form: 'scope', isCertain: false, isAwaited: true });
}

export function acquireByDecorator(l: Lowering, fn: FunctionInfo): string | undefined {
  const decorator = fn.decorators.find((name) => lockShape.decorator.test(name));
  if (!decorator) return undefined;
  const lock = `@${decorator}`;
  l.graph.add('acquire', fn.node, { lock, form: 'scope', isCertain: false, isAwaited: true });
  return lock;
}

export function releaseAfterDecorator(l: Lowering, fn: FunctionInfo, lock: string): void {
  l.graph.add('release', fn.node, { lock });
}

/** The lock that an expression names: by what made it, or by what it is called. */
function lockNamedBy(l: Lowering, expression: Node): Lock | undefined {
  const node = unwrap(expression);
  const made = makerOf(l, node);
  if (made) return made.isMutex ? { name: lockName(l, node), library: made.library, isQueue: false } : undefined;
  if (node.type === 'CallExpression') return wrappedLock(l, node);
  const name = node.type === 'Identifier' ? node.name : node.type === 'MemberExpression' ? (keyName(node.property, node.computed) ?? calleeText(node.object)) : '';
  const plain = name.replace(/^[#_]+/, '');
  if (lockShape.name.test(plain)) return { name: lockName(l, node), library: undefined, isQueue: false };
  return lockShape.queueName.test(plain) ? { name: lockName(l, node), library: undefined, isQueue: true } : undefined;
}

/** `tryAcquire(mutex)`, `withTimeout(mutex, 100)`, `this.locks.get(key)`, `this.getLock(key)`. */
function wrappedLock(l: Lowering, call: TSESTree.CallExpression): Lock | undefined {
  const name = calleeText(call.callee);
  const [first] = call.arguments;
  if (/^(?:withTimeout|tryAcquire)$/.test(name) && first) return lockNamedBy(l, first);
  if (call.callee.type === 'MemberExpression' && /^(?:get|for|of)$/.test(name)) return lockNamedBy(l, call.callee.object);
  return lockShape.name.test(name) ? { name: lockName(l, call), library: undefined, isQueue: false } : undefined;
}

/** Of a keyed lock each key is a lock of its own. */
function nameFor(l: Lowering, lock: Lock, call: TSESTree.CallExpression): string {
  const [key] = call.arguments;
  return lock.library?.keyed && key && key.type !== 'ArrayExpression' ? `${lock.name}[${keyText(l, key)}]` : lock.name;
}

function lockName(l: Lowering, node: Node): string {
  const place = placeOf(l, node);
  return place ? describeLocation(place) : l.textOf(node).replace(/\s+/g, ' ').slice(0, 60);
}

interface Made {
  readonly library: LockLibrary;
  readonly isMutex: boolean;
}

/** What made the value of a variable or field, if a catalogued library did. */
function makerOf(l: Lowering, node: Node): Made | undefined {
  if (node.type === 'Identifier') {
    const origin = l.origin(node);
    const init = initialiserOf(origin);
    return origin && init && maker(origin.model, init);
  }
  const place = placeOf(l, node);
  const step = place?.path[0];
  if (!place || place.root.kind === 'variable' || place.path.length !== 1 || step?.kind !== 'member') return undefined;
  const init = place.root.owner.fields.get(step.name)?.value;
  return init && maker(l.modelOf(place.root.owner), init);
}

function maker(model: ModuleModel, init: Node): Made | undefined {
  const node = unwrap(init);
  if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return undefined;
  const callee = unwrap(node.callee);
  const root = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  const variable = root.type === 'Identifier' ? model.scopes.variableOf(root) : undefined;
  const imported = variable && importOf(variable);
  const library = imported && (lockLibraryOf(imported.specifier) ?? declaredLock(imported.specifier, model));
  if (!library) return undefined;
  const name = callee.type === 'MemberExpression' ? calleeText(callee) : imported.name;
  if (library.wrappers?.includes(name) && node.arguments[0]) return maker(model, node.arguments[0]);
  return library.makers.includes(name) || library.makers.includes(calleeText(callee)) ? { library, isMutex: capacity(library, node.arguments) <= 1 } : undefined;
}

function capacity(library: LockLibrary, args: readonly Node[]): number {
  if (!library.capacity) return 1;
  const argument = args[library.capacity.argument];
  const { option } = library.capacity;
  const property = argument?.type === 'ObjectExpression' && option ? argument.properties.find((candidate) => candidate.type === 'Property' && keyName(candidate.key, candidate.computed) === option) : undefined;
  const value = property?.type === 'Property' ? property.value : argument;
  return value?.type === 'Literal' && typeof value.value === 'number' ? value.value : 1;
}

/** True if the releaser that a call waits for may be called again; of a lock that nobody knows, nothing worse is assumed. */
export function isReleaserIdempotent(l: Lowering, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  const library = makerOf(l, callee.type === 'MemberExpression' ? unwrap(callee.object) : callee)?.library;
  return library?.idempotentReleaser ?? library === undefined;
}

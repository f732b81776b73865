import type { FunctionNode, Node, TSESTree, Variable } from '../../language/index.js';
import { WEB_LOCKS, lockShape, webLocks } from '../catalog/locks/index.js';
import type { LockLibrary } from '../catalog/locks/index.js';
import { classOfExpression } from '../model/class-of.js';
import type { LockChoice } from '../model/effect.js';
import { calleeText, keyName } from '../model/functions.js';
import type { ClassInfo } from '../model/functions.js';
import { lockOf, makesLockInMemory } from '../model/lock-kinds.js';
import { isUniqueKey } from '../model/unique-keys.js';
import { describeLock } from '../model/location.js';
import { initialiserOf } from '../model/origin.js';
import type { Lowering } from './lowering.js';
import { calleeOf } from './inline.js';
import { keyText, placeOf, unwrap } from './places.js';

/** A lock as an expression names it. */
export interface NamedLock {
  readonly name: string;
  readonly choice?: LockChoice;
  /** Known exactly if a library or the project's own code says what it does; otherwise its name says that it is a lock. */
  readonly library: LockLibrary | undefined;
  readonly permits: number | undefined;
  readonly isQueue: boolean;
  /** The locks of a variable that is now one, now another: nobody knows which. */
  readonly oneOf?: readonly string[];
  /** Each run of this function, or each instance of this class, has one of its own. */
  readonly madeBy?: FunctionNode | ClassInfo;
  readonly mayRefuse?: boolean;
}

/**
 * The lock that an expression names: by what made it, or by what it is called if nothing is known of that.
 * @param isFollowed True if what is called of it is part of the program: then it is followed, if it is no lock.
 */
export function lockNamedBy(l: Lowering, expression: Node, isFollowed = false): NamedLock | undefined {
  const node = unwrap(expression);
  if (isWebLocks(l, node)) return { name: 'navigator.locks', library: webLocks, permits: 1, isQueue: false };
  const known = lockOf(given(l, node), l.model);
  if (known) {
    const madeBy = known.home ?? ownerOf(l, node);
    return { ...identityOf(l, node), library: known.library, permits: known.permits, isQueue: false, ...(madeBy && { madeBy }), ...(known.mayRefuse && { mayRefuse: true }) };
  }
  if (isOtherwiseKnown(l, node, isFollowed)) return undefined;
  if (node.type === 'CallExpression') return wrappedLock(l, node);
  const name = node.type === 'Identifier' ? node.name : node.type === 'MemberExpression' ? (keyName(node.property, node.computed) ?? calleeText(node.object)) : '';
  const plain = name.replace(/^\[.*\.(\w+)\]$/, '$1').replace(/^[#_]+/, '');
  if (lockShape.name.test(plain)) return { ...identityOf(l, node), library: undefined, permits: undefined, isQueue: false };
  return lockShape.queueName.test(plain) ? { ...identityOf(l, node), library: undefined, permits: undefined, isQueue: true } : undefined;
}

/** The class each instance of which makes the lock in a field of its own: `#lock = new Mutex()`. */
function ownerOf(l: Lowering, node: Node): ClassInfo | undefined {
  const place = node.type === 'MemberExpression' ? placeOf(l, node) : undefined;
  const [step, ...deeper] = place?.path ?? [];
  if (place?.root.kind !== 'instance' || step?.kind !== 'member' || deeper.length > 0) return undefined;
  const { owner } = place.root;
  const value = owner.fields.get(step.name)?.value;
  return value && makesLockInMemory(value, l.modelOf(owner)) ? owner : undefined;
}

/** What an inlined parameter was given; the expression itself otherwise. */
export function given(l: Lowering, node: Node): Node {
  const variable = node.type === 'Identifier' ? l.variable(node) : undefined;
  return (variable && l.givens.get(variable)) ?? node;
}

/** A function or class of the program, or a collection, is no lock for its name's sake. */
function isOtherwiseKnown(l: Lowering, node: Node, isFollowed: boolean): boolean {
  if ((isFollowed && classOfExpression(given(l, node), l.model)) || calleeOf(l, node)) return true;
  const init = node.type === 'Identifier' ? initialiserOf(l.origin(node)) : undefined;
  return init !== undefined && (init.type === 'ArrayExpression' || (init.type === 'NewExpression' && /^(?:Set|Map|WeakMap|WeakSet|Array)$/.test(calleeText(init.callee))));
}

/** `navigator.locks`, by whatever name. */
function isWebLocks(l: Lowering, node: Node): boolean {
  if (node.type === 'MemberExpression') return keyName(node.property, node.computed) === 'locks' && WEB_LOCKS.test(l.textOf(node).replace(/\?/g, '')) && isGlobal(l, node);
  if (node.type !== 'Identifier') return false;
  const variable = l.variable(node);
  const definition = variable?.defs[0];
  if (definition?.type !== 'Variable' || !definition.node.init) return false;
  const { id, init } = definition.node;
  if (id.type === 'ObjectPattern') return init.type === 'Identifier' && init.name === 'navigator' && isGlobal(l, init) && id.properties.some((property) => property.type === 'Property' && keyName(property.key, property.computed) === 'locks' && property.value === definition.name);
  return init.type === 'MemberExpression' && WEB_LOCKS.test(l.textOf(init)) && isGlobal(l, init);
}

function isGlobal(l: Lowering, node: Node): boolean {
  let root = unwrap(node);
  while (root.type === 'MemberExpression') root = unwrap(root.object);
  return root.type === 'Identifier' && (l.variable(root)?.defs.length ?? 0) === 0;
}

/** `tryAcquire(mutex)`, `withTimeout(mutex, 100)`, `this.locks.get(key)`, `this.getLock(key)`. */
function wrappedLock(l: Lowering, call: TSESTree.CallExpression): NamedLock | undefined {
  const name = calleeText(call.callee);
  const [first] = call.arguments;
  if (/^(?:withTimeout|tryAcquire)$/.test(name) && first) return lockNamedBy(l, first);
  if (call.callee.type === 'MemberExpression' && /^(?:get|for|of)$/.test(name)) return lockNamedBy(l, call.callee.object);
  return lockShape.name.test(name) ? { ...identityOf(l, call), library: undefined, permits: undefined, isQueue: false } : undefined;
}

type Identity = Pick<NamedLock, 'name' | 'choice' | 'oneOf'>;

/** What a lock is called, the same wherever it is the same, and what chooses it among others. */
export function identityOf(l: Lowering, expression: Node, hops = 0): Identity {
  const node = unwrap(expression);
  const several = severalFor(l, node);
  if (several.length > 1) return { name: keyText(l, node), oneOf: several.map((one) => identityOf(l, one, hops + 1).name) };
  const source = hops < 4 && node.type === 'Identifier' ? sourceOf(l, node) : undefined;
  if (source) return identityOf(l, source, hops + 1);
  const place = placeOf(l, node);
  const name = place ? describeLock(place) : nameOf(l, node);
  const alias = place && node.type === 'Identifier' ? chosenFor(l, node) : undefined;
  const choice = choiceOf(l, alias ?? node);
  return { name, ...(choice && { choice }) };
}

/** What a variable that stands for one of several locks was given: `const left = forks[seat]`, `let lock = locks.get(key); if (!lock) locks.set(key, (lock = new Mutex()))`. */
function chosenFor(l: Lowering, node: TSESTree.Identifier): Node | undefined {
  const variable = l.variable(node);
  const definition = variable?.defs[0];
  if (!variable || definition?.type !== 'Variable' || definition.node.id !== definition.name || !definition.node.init) return undefined;
  const init = unwrap(definition.node.init);
  if (init.type === 'MemberExpression') return init.computed && definition.parent.kind === 'const' ? init : undefined;
  const isLookUp = init.type === 'CallExpression' && init.callee.type === 'MemberExpression' && calleeText(init.callee) === 'get';
  return isLookUp && writesTo(variable).every((written) => unwrap(written) === init || makesLockInMemory(written, l.model)) ? init : undefined;
}

/** What a local name of a lock was given: `const lock = this.lockFor(key)`, a parameter of an inlined function. */
function sourceOf(l: Lowering, node: TSESTree.Identifier): Node | undefined {
  const variable = l.variable(node);
  if (!variable || placeOf(l, node)) return undefined;
  const argument = l.givens.get(variable);
  if (argument) return argument;
  const sources = writesTo(variable).map(unwrap).filter(({ type }) => type === 'CallExpression' || type === 'MemberExpression' || type === 'LogicalExpression');
  const [source] = sources;
  // What makes a lock is no name of it: two may be made alike.
  if (source && makesLockInMemory(source, l.model)) return undefined;
  const chosen = source?.type === 'LogicalExpression' ? unwrap(source.left) : source;
  return chosen?.type === 'CallExpression' || chosen?.type === 'MemberExpression' ? chosen : undefined;
}

/** `let queue = this.first; if (isUrgent) queue = this.second;` */
function severalFor(l: Lowering, node: Node): Node[] {
  const variable = node.type === 'Identifier' ? l.variable(node) : undefined;
  const fields = variable ? writesTo(variable).map(unwrap).filter((source) => source.type === 'MemberExpression' && !source.computed) : [];
  return [...new Map(fields.map((field) => [l.textOf(field), field])).values()];
}

function writesTo(variable: Variable): Node[] {
  return variable.references.flatMap(({ writeExpr, identifier }) => (writeExpr && (identifier.parent.type !== 'Property' && identifier.parent.type !== 'ArrayPattern') ? [writeExpr as Node] : []));
}

function nameOf(l: Lowering, node: Node): string {
  if (node.type === 'CallExpression') {
    const base = node.callee.type === 'MemberExpression' && calleeText(node.callee) === 'get' ? nameOf(l, unwrap(node.callee.object)) : calleeText(node.callee);
    const [key] = node.arguments;
    return key ? `${base}[${keyText(l, key)}]` : `${base}()`;
  }
  if (node.type === 'MemberExpression' && node.computed) return `${nameOf(l, unwrap(node.object))}[${keyText(l, node.property)}]`;
  const place = placeOf(l, node);
  if (place) return describeLock(place);
  if (node.type === 'MemberExpression' || node.type === 'Identifier') return keyText(l, node);
  return l.textOf(node).replace(/\s+/g, ' ').slice(0, 60);
}

function choiceOf(l: Lowering, node: Node): LockChoice | undefined {
  if (node.type === 'CallExpression') {
    const [key] = node.arguments;
    return key && { family: `${familyOf(l, node)}[]`, by: given(l, unwrap(key)) };
  }
  if (node.type !== 'MemberExpression') return undefined;
  if (node.computed) return { family: `${nameOf(l, unwrap(node.object))}[]`, by: given(l, unwrap(node.property)) };
  const object = unwrap(node.object);
  return object.type === 'Identifier' || object.type === 'ThisExpression' ? { family: `.${keyName(node.property, false)}`, by: given(l, object) } : undefined;
}

function familyOf(l: Lowering, node: TSESTree.CallExpression): string {
  const { callee } = node;
  if (callee.type === 'MemberExpression' && calleeText(callee) === 'get') return nameOf(l, unwrap(callee.object));
  return calleeOf(l, callee)?.name ?? calleeText(callee);
}

/** Of a keyed lock each key is a lock of its own. */
export function keyed(l: Lowering, lock: NamedLock, key: Node | undefined): NamedLock {
  if (!lock.library?.keyed || !key || key.type === 'SpreadElement') return lock;
  const node = single(unwrap(key));
  if (isUniqueKey(node, l.model)) return { ...lock, name: `${lock.name}[${keyText(l, node)}]`, permits: Infinity };
  return { ...lock, name: `${lock.name}[${keyText(l, node)}]`, choice: { family: `${lock.name}[]`, by: given(l, node) } };
}

function single(node: Node): Node {
  return node.type === 'ArrayExpression' && node.elements.length === 1 && node.elements[0] ? unwrap(node.elements[0]) : node;
}

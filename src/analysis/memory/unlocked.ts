import { isFunction } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import { unwrap } from '../flow/places.js';
import { calleeText } from '../model/functions.js';
import { functionAround } from '../model/shared-memory.js';
import { textOf } from '../model/text.js';
import type { History, MemoryAccess } from './history.js';
import { acquiresIn, isPlain, isSameCell } from './order.js';

/** A place in the order of a history where a lock is taken or given back. */
interface Step {
  readonly lock: string;
  readonly order: number;
}

interface Locking {
  readonly taken: readonly Step[];
  readonly given: readonly Step[];
  /** Atomic accesses that make up the locks themselves. */
  readonly own: ReadonlySet<MemoryAccess>;
  /** True if something else may keep others out, in a way that is not followed. */
  readonly isOpaque: boolean;
}

const known = new WeakMap<History, Locking>();
const TAKING = /^#?_?(?:lock|acquire|enter)$/i;
const GIVING = /^#?_?(?:unlock|release|leave|exit)$/i;
/** By these names a function says that its callers have the lock, or that it needs none. */
const FOR_HOLDERS = /^_|locked|unsafe|raw|nolock|without|internal/i;

/** True for a plain access outside of the lock under which another agent has the same cell. */
export function isOutsideLock(plain: MemoryAccess, other: MemoryAccess): boolean {
  if (!isSameElement(plain, other) || !isPlain(other) || other.side !== plain.side || !isHeldAt(other) || !isFreeAt(plain)) return false;
  const { fn, turns, isInlined } = plain.root;
  if (isInlined || (fn ? FOR_HOLDERS.test(fn.ownName) || isCallback(fn.node) : plain.side !== 'worker')) return false;
  // Whoever has waited for the others, or has looked at what they tell, may know that they are done.
  const isWaitFor = (order: number): boolean => order < plain.order;
  return !turns.some(({ kind, order }) => /^(?:suspend|start)$/.test(kind) && isWaitFor(order)) && !acquiresIn(plain.root).some((acquire) => isWaitFor(acquire.order) && !lockingIn(plain.root).own.has(acquire));
}

/** One cell; of those that the caller chooses, one that is read here and given a new value there: who has a slot to itself clears it at most. */
function isSameElement(plain: MemoryAccess, other: MemoryAccess): boolean {
  if (isSameCell(plain, other) && plain.index !== 'parameter') return true;
  const isComputed = plain.memory.key === other.memory.key && plain.index === other.index && (plain.index === 'parameter' || (plain.index === undefined && isComputedAlike(plain, other)));
  const { parent } = other.node;
  const isGiven = parent?.type === 'AssignmentExpression' && parent.left === other.node && unwrap(parent.right).type !== 'Literal';
  return isComputed && plain.kind === 'read' && isGiven;
}

/** `prices[symbol * 2]` here and there */
function isComputedAlike({ node, root }: MemoryAccess, { node: other, root: otherRoot }: MemoryAccess): boolean {
  const [one, two] = [node, other].map((each) => (each.type === 'MemberExpression' && each.computed && each.property.type === 'BinaryExpression' ? each.property : undefined));
  return one !== undefined && two !== undefined && textOf(one, root.model) === textOf(two, otherRoot.model);
}

function isHeldAt({ root, order }: MemoryAccess): boolean {
  const { taken, given } = lockingIn(root);
  return taken.some((step) => step.order < order && given.some((end) => end.lock === step.lock && end.order > order) && !given.some((end) => end.lock === step.lock && end.order > step.order && end.order < order));
}

/** Before the first lock is taken, or after the last is given back. */
function isFreeAt({ root, order }: MemoryAccess): boolean {
  const { taken, given, isOpaque } = lockingIn(root);
  if (isOpaque) return false;
  return taken.every((step) => step.order > order || (given.some((end) => end.lock === step.lock) && given.every((end) => end.lock !== step.lock || end.order < order)));
}

function lockingIn(history: History): Locking {
  let locking = known.get(history);
  if (!locking) known.set(history, (locking = readLocking(history)));
  return locking;
}

function readLocking(history: History): Locking {
  const attempts = history.accesses.filter(isAttempt);
  const ends = history.accesses.filter((access) => !attempts.includes(access) && isEnd(access) && attempts.some((attempt) => isSameCell(attempt, access) && attempt.order < access.order && !attempt.loops.some((loop) => access.loops.includes(loop) && loop === attempt.loops.at(-1))));
  const guards = history.turns.filter(({ kind, node }) => /guard$/.test(kind) && !isAwaited(node));
  const named = (pattern: RegExp): Step[] => guards.flatMap(({ node, order }) => (pattern.test(nameOf(node)) ? [{ lock: receiverOf(node, history), order }] : []));
  const own = new Set([...attempts, ...ends]);
  const atomic = new Set([...own].map(({ node }) => node));
  return {
    taken: [...attempts.map(stepOf), ...named(TAKING)],
    given: [...ends.map(stepOf), ...named(GIVING)],
    own: new Set([...own, ...history.accesses.filter((access) => !isPlain(access) && attempts.some((attempt) => isSameCell(attempt, access)))]),
    isOpaque: history.turns.some(({ kind, node }) => kind === 'guard' && (isAwaited(node) || !(atomic.has(node) || TAKING.test(nameOf(node)) || GIVING.test(nameOf(node))))),
  };
}

function stepOf({ memory, index, order }: MemoryAccess): Step {
  return { lock: `${memory.key}[${index ?? ''}]`, order };
}

/** `while (Atomics.compareExchange(view, 0, FREE, TAKEN) !== FREE)`: tried until it is had. */
function isAttempt({ node, operation, loops, index }: MemoryAccess): boolean {
  if (node.type !== 'CallExpression' || index === undefined || !/^(?:compareExchange|exchange)$/.test(operation ?? '')) return false;
  const isTried = loops.length > 0 || TAKING.test(nameAround(node));
  return isTried && node.arguments.slice(2).every(isNamedValue);
}

function isEnd({ node, operation }: MemoryAccess): boolean {
  return node.type === 'CallExpression' && /^(?:store|exchange|compareExchange|sub)$/.test(operation ?? '') && node.arguments.slice(2).every(isNamedValue);
}

/** `0`, `LOCKED`, `State.FREE`: not what was read before. */
function isNamedValue(given: Node): boolean {
  const node = unwrap(given);
  const name = node.type === 'Identifier' ? node.name : node.type === 'MemberExpression' && !node.computed ? calleeText(node) : '';
  return node.type === 'Literal' || /^[A-Z]/.test(name);
}

function isAwaited({ parent }: Node): boolean {
  return parent?.type === 'AwaitExpression';
}

function nameOf(node: Node): string {
  return node.type === 'CallExpression' ? calleeText(unwrap(node.callee)) : '';
}

function nameAround(node: Node): string {
  const fn = functionAround(node);
  const holder = fn.parent;
  if (isFunction(fn) && 'id' in fn && fn.id) return fn.id.name;
  return holder?.type === 'MethodDefinition' || holder?.type === 'Property' ? calleeText(holder.key) : holder?.type === 'VariableDeclarator' && holder.id.type === 'Identifier' ? holder.id.name : '';
}

/** What a lock is told from others by: `this.mutex` of `this.mutex.lock()`, `cells, LOCK` of `lock(cells, LOCK)`. */
function receiverOf(node: Node, { model }: History): string {
  if (node.type !== 'CallExpression') return '';
  const callee = unwrap(node.callee);
  return [...(callee.type === 'MemberExpression' ? [callee.object] : []), ...node.arguments].map((part) => textOf(part, model)).join(', ');
}

/** Called by something that may have the lock, or know that nobody else is left. A worker's handler of messages is called at any time. */
function isCallback({ parent }: Node): boolean {
  if (parent?.type !== 'CallExpression' && parent?.type !== 'NewExpression') return parent?.type === 'AssignmentExpression' && !/^(?:self\.|globalThis\.|)on(?:message|messageerror)$/.test(targetText(parent.left));
  const callee = unwrap(parent.callee);
  return !(callee.type === 'MemberExpression' && /^(?:parentPort|self)$/.test(calleeText(callee.object)));
}

function targetText(target: Node): string {
  if (target.type === 'Identifier') return target.name;
  return target.type === 'MemberExpression' && target.object.type === 'Identifier' ? `${target.object.name}.${calleeText(target)}` : 'other';
}

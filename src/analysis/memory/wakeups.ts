import { isFunction, isWithin } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import type { ModuleModel } from '../model/module.js';
import { atomicsOperation } from '../model/shared-memory.js';
import { textOf } from '../model/text.js';
import { historiesIn } from './history.js';
import type { History, MemoryAccess } from './history.js';
import { isSameCell, mayMeet, mayPrecede, writes } from './order.js';
import { isAlone } from './races.js';
import { workerFilesOf } from './worker-files.js';

/**
 * How a notification comes to be missed. `bare`: nobody ever writes the cell that is waited on. `late`: the cell is written after the notification.
 * `reread`: what the cell holds is read for the wait, after it was decided to wait. `erased`: the cell is given the value that is waited on just before.
 * `silent`: the cell is written, and nobody notifies.
 */
export type MissKind = 'bare' | 'late' | 'reread' | 'erased' | 'silent';

export interface MissedWakeup {
  readonly kind: MissKind;
  /** What is wrong: the notification, the wait or the write. */
  readonly at: MemoryAccess;
  readonly wait: MemoryAccess;
}

/** Waits of a module, and of the workers that it starts, that can sleep through what they wait for. One for each cell. */
export function missedWakeupsIn(model: ModuleModel): readonly MissedWakeup[] {
  const all = [...historiesIn(model), ...workerFilesOf(model).filter((worker) => worker.model !== model).flatMap((worker) => historiesIn(worker.model, 'worker'))];
  const accesses = all.flatMap((history) => history.accesses);
  const found: MissedWakeup[] = [];
  for (const wait of accesses.filter(isEndlessWait)) {
    const missed = missOf(wait, accesses);
    const isNew = missed && missed.at.root.model === model && !found.some(({ at, wait: other }) => at.node === missed.at.node || (isSameCell(other, wait) && missed.kind !== 'reread'));
    if (isNew) found.push(missed);
  }
  return found;
}

function missOf(wait: MemoryAccess, accesses: readonly MemoryAccess[]): MissedWakeup | undefined {
  if (isReread(wait)) return { kind: 'reread', at: wait, wait };
  const erasing = erasingBefore(wait);
  if (erasing) return { kind: 'erased', at: erasing, wait };
  if (wait.index === undefined || wait.index === 'parameter') return undefined;
  const notifications = accesses.filter((access) => access.kind === 'notify' && isSameCell(access, wait));
  const written = accesses.filter((access) => writes(access) && mayMeet(access, wait) && !isAlone(access));
  const first = notifications[0] ?? notifiedByName(wait, accesses);
  if (first && written.length === 0) return { kind: 'bare', at: first, wait };
  const late = notifications.find((notification) => isBeforeItsWrite(notification, written));
  if (late) return { kind: 'late', at: late, wait };
  if (accesses.some((access) => access.kind === 'notify' && mayMeet(access, wait))) return undefined;
  const waiters = new Set(accesses.filter((access) => isWait(access) && isSameCell(access, wait)).map(({ root }) => root));
  const silent = written.find((write) => isSameCell(write, wait) && write.operation !== undefined && (!waiters.has(write.root) || notifiesAnother(write)) && write.root.fn !== undefined && valueOf(write) !== expectedBy(wait));
  return silent && { kind: 'silent', at: silent, wait };
}

/** `Atomics.add(cells, PHASE, 1); Atomics.notify(cells, ARRIVED)` */
function notifiesAnother({ root, memory, index, order }: MemoryAccess): boolean {
  return root.accesses.some((other) => other.kind === 'notify' && other.memory.key === memory.key && other.order > order && other.index !== index && other.index !== undefined && other.index !== 'parameter');
}

/** `Atomics.notify(gate, TURN)` by those who were handed the memory under another name, where nobody ever writes a cell of that name. */
function notifiedByName(wait: MemoryAccess, accesses: readonly MemoryAccess[]): MemoryAccess | undefined {
  const name = nameOfCell(wait);
  if (name === undefined) return undefined;
  const named = accesses.filter((access) => access.root.model === wait.root.model && nameOfCell(access) === name);
  return named.some((access) => writes(access)) || accesses.some((access) => writes(access) && access.index === undefined) ? undefined : named.find(({ kind }) => kind === 'notify');
}

/** The name that stands for a cell's index: `TURN`, `Cell.TURN`. */
function nameOfCell({ node, root }: MemoryAccess): string | undefined {
  const index = node.type === 'CallExpression' ? node.arguments[1] : node.type === 'MemberExpression' ? node.property : undefined;
  const name = index && /^(?:Identifier|MemberExpression)$/.test(index.type) ? textOf(index, root.model) : '';
  return /^[A-Z]/.test(name) ? name : undefined;
}

/** The write comes after the notification in the same function, and none before it. */
function isBeforeItsWrite(notification: MemoryAccess, written: readonly MemoryAccess[]): boolean {
  const own = written.filter(({ root }) => root === notification.root);
  return own.some((write) => isSameCell(write, notification) && write.order > notification.order) && !own.some((write) => mayPrecede(write, notification));
}

/** `Atomics.wait(view, 0, Atomics.load(view, 0))`, or a load for it that comes after the condition was looked at. */
function isReread(wait: MemoryAccess): boolean {
  const expected = argument(wait, 2);
  const { model } = wait.root;
  const load = expected && (isLoad(expected, model) ? expected : loadedInto(expected, model));
  const access = load && wait.root.accesses.find(({ node, order }) => node === load && order < wait.order);
  if (!access || !isSameCell(access, wait)) return false;
  if (load === expected) return true;
  // A look at anything after the load may be the condition.
  const between = wait.root.accesses.some(({ order }) => order > access.order && order < wait.order) || wait.root.turns.some(({ order }) => order > access.order && order < wait.order);
  const condition = conditionAround(load, wait);
  return !between && condition !== undefined && wait.root.accesses.some(({ node }) => isWithin(node, condition)) && !wait.root.turns.some(({ kind }) => kind === 'guard');
}

/** The nearest test that decides about both a load and the wait that follows. */
function conditionAround(load: Node, { node: wait }: MemoryAccess): Node | undefined {
  for (let at: Node | undefined = load.parent; at && !isFunction(at); at = at.parent) {
    if ((at.type === 'WhileStatement' || at.type === 'IfStatement') && isWithin(wait, at) && !isWithin(load, at.test) && !isWithin(wait, at.test)) return at.test;
  }
  return undefined;
}

function loadedInto(expected: Node, model: ModuleModel): Node | undefined {
  const definition = expected.type === 'Identifier' ? model.scopes.variableOf(expected)?.defs[0] : undefined;
  const init = definition?.type === 'Variable' && definition.parent.kind === 'const' ? definition.node.init : undefined;
  return init && isLoad(init, model) ? init : undefined;
}

function isLoad(node: Node, model: ModuleModel): boolean {
  return atomicsOperation(node, model) === 'load';
}

/** `Atomics.store(view, 0, 0); Atomics.wait(view, 0, 0)` with nothing between that would make others act. */
function erasingBefore(wait: MemoryAccess): MemoryAccess | undefined {
  const { root } = wait;
  const before = root.accesses.filter(({ order }) => order < wait.order).at(-1);
  const expected = expectedBy(wait);
  if (before?.operation !== 'store' || !isSameCell(before, wait) || expected === undefined || valueOf(before) !== expected) return undefined;
  const [store, call] = [statementOf(before.node), statementOf(wait.node)];
  const siblings = store.parent?.type === 'BlockStatement' || store.parent?.type === 'Program' ? (store.parent.body as readonly Node[]) : [];
  return siblings.includes(call) && siblings.indexOf(call) === siblings.indexOf(store) + 1 && !root.turns.some(({ order }) => order > before.order && order < wait.order) ? before : undefined;
}

function statementOf(node: Node): Node {
  let at = node;
  while (at.parent && at.parent.type !== 'BlockStatement' && at.parent.type !== 'Program') at = at.parent;
  return at;
}

function isWait({ operation }: MemoryAccess): boolean {
  return operation === 'wait' || operation === 'waitAsync';
}

/** A wait that a timeout ends is a pause. */
function isEndlessWait(access: MemoryAccess): boolean {
  if (!isWait(access)) return false;
  const timeout = argument(access, 3);
  return !timeout || (timeout.type === 'Identifier' && /^(?:Infinity|undefined)$/.test(timeout.name)) || (timeout.type === 'MemberExpression' && textOf(timeout, access.root.model).endsWith('POSITIVE_INFINITY'));
}

function expectedBy(wait: MemoryAccess): string | undefined {
  return literalOf(argument(wait, 2), wait.root);
}

function valueOf(write: MemoryAccess): string | undefined {
  return write.operation === 'store' ? literalOf(argument(write, 2), write.root) : undefined;
}

/** A number, or the name that stands for it. */
function literalOf(node: Node | undefined, root: History): string | undefined {
  return node && (node.type === 'Literal' || node.type === 'Identifier' || node.type === 'MemberExpression') ? textOf(node, root.model) : undefined;
}

function argument({ node }: MemoryAccess, index: number): Node | undefined {
  return (node as TSESTree.CallExpression).arguments[index];
}

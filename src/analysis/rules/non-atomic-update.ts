import { isWithin, rangeOf } from '../../language/index.js';
import type { FunctionNode, Node, TSESTree } from '../../language/index.js';
import type { Finding } from '../../model/index.js';
import { accessedCell } from '../memory/atomic-accessors.js';
import { operationAt } from '../memory/atomic-operations.js';
import type { AtomicOperation } from '../memory/atomic-operations.js';
import { callersIn } from '../memory/callers.js';
import { sideAround } from '../memory/history.js';
import { givenFor, isDrawn, isFixed, isGivenByAnybody, isGivenFixed, isKind } from '../memory/indexes.js';
import { noBindings, SharedViews } from '../memory/shared-views.js';
import type { Memory } from '../memory/shared-views.js';
import { workerFilesOf } from '../memory/worker-files.js';
import type { ModuleModel } from '../model/module.js';
import { atomicsOperation, functionAround, isSharedView, ownNodes } from '../model/shared-memory.js';
import { textIn, textOf } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';
import type { ModuleRule } from './rule.js';

export const nonAtomicUpdate: ModuleRule = {
  id: 'non-atomic-update',
  category: 'shared-memory',
  summary: 'A cell of shared memory is loaded, changed and stored in separate steps.',
  explanation:
    'Another agent can change the cell between the load and the store, and what it wrote is lost. ' +
    'Use one atomic operation: `Atomics.add`, `Atomics.exchange`, or a loop around `Atomics.compareExchange`.',
  findingsIn: ({ model }) => {
    const found: Finding[] = [];
    for (const node of model.module.nodes.ofAny('UpdateExpression', 'AssignmentExpression', 'CallExpression')) {
      const cell = plainlyUpdated(node, model) ?? rewritten(node, model) ?? reloaded(node, model) ?? accessed(node, model) ?? exceeded(node, model);
      if (cell && !isGuarded(node, model)) found.push(findingAt(node, cell, model));
    }
    return found;
  },
};

const known = new WeakMap<ModuleModel, SharedViews>();

function viewsOf(model: ModuleModel): SharedViews {
  const views = known.get(model) ?? new SharedViews(model);
  known.set(model, views);
  return views;
}

/** `+=`, `|=` */
const STEP = /^(?:[-+*/%&|^]|\*\*|<<|>>>?)=$/;

/** `view[0]++`, `view[COUNT] += n`: the cell. One whose index is computed may be an agent's own. */
function plainlyUpdated(node: Node, model: ModuleModel): Node | undefined {
  const isCompound = node.type === 'AssignmentExpression' && (STEP.test(node.operator) || isWrittenOut(node, model));
  const target = node.type === 'UpdateExpression' ? node.argument : isCompound ? node.left : undefined;
  if (target?.type !== 'MemberExpression' || !target.computed || !(isFixed(target.property, model) || isGivenFixed(target.property, model) || isDrawn(target.property, model) || isKind(target.property))) return undefined;
  const memory = viewsOf(model).memoryOf(target.object, noBindings);
  // What the data choose is nobody's own, in memory that is surely shared.
  if (!isFixed(target.property, model) && !isSurelyShared(target.object, model)) return undefined;
  return isSharedView(target.object, model) || isSurelyShared(target.object, model) || (isOfMessage(memory) && isOnlyCounted(target.object, model)) ? target : undefined;
}

/** `this.mask |= bit`, of accessors that load and store a cell: the load. */
function accessed(node: Node, model: ModuleModel): Node | undefined {
  const target = node.type === 'UpdateExpression' ? node.argument : node.type === 'AssignmentExpression' && (STEP.test(node.operator) || isWrittenOut(node, model)) ? node.left : undefined;
  const cell = target && accessedCell(target, model);
  return cell && isFixed(cell.index, model) ? cell.load : undefined;
}

/** `cells[i] = cells[i] + 1`. The end of a ring is moved by its one owner, who then has it round by `%` or `&`. */
function isWrittenOut({ operator, left, right }: TSESTree.AssignmentExpression, { module }: ModuleModel): boolean {
  const value = unwrap(right);
  if (operator !== '=' || left.type !== 'MemberExpression' || value.type !== 'BinaryExpression' || !/^[-+*|^]$/.test(value.operator)) return false;
  const text = textIn({ module });
  return [value.left, value.right].some((part) => text(part) === text(left));
}

/** `view.setUint32(HITS, view.getUint32(HITS) + 1)`, of a view of memory that is surely shared: the read. */
function rewritten(node: Node, model: ModuleModel): Node | undefined {
  const [view, kind] = numberCalled(node, 'set');
  if (node.type !== 'CallExpression' || !view || viewsOf(model).memoryOf(view, noBindings)?.isShared !== true) return undefined;
  const [index, stored] = node.arguments;
  const value = stored && valueOf(stored, node, model);
  if (!index || value?.type !== 'BinaryExpression' || !/^[-+*|^]$/.test(value.operator) || !isFixed(index, model)) return undefined;
  const text = textIn(model);
  return [value.left, value.right].map((part) => valueOf(part, node, model)).find((read) => {
    const [otherView, otherKind] = numberCalled(read, 'get');
    return otherView !== undefined && otherKind === kind && read.type === 'CallExpression' && read.arguments[0] !== undefined && text(otherView) === text(view) && text(read.arguments[0]) === text(index);
  });
}

/** The view of `view.getUint32(…)`, and `Uint32`. */
function numberCalled(node: Node, how: 'get' | 'set'): readonly [Node, string] | readonly [] {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || node.callee.computed || node.callee.property.type !== 'Identifier') return [];
  const [, kind] = new RegExp(`^${how}((?:Big)?(?:Int|Uint|Float)\\d+)$`).exec(node.callee.property.name) ?? [];
  return kind === undefined ? [] : [node.callee.object, kind];
}

/** True for what another agent has sent. */
function isOfMessage(memory: Memory | undefined): boolean {
  return memory !== undefined && /^m(?:\.| |$)/.test(memory.key);
}

/** What a worker counts in a view of what it was sent, and neither looks at nor sends back, it counts for others who see the same memory. */
function isOnlyCounted(view: Node, model: ModuleModel): boolean {
  const variable = view.type === 'Identifier' ? model.scopes.variableOf(view) : undefined;
  const init = variable?.defs[0]?.type === 'Variable' ? variable.defs[0].node.init : undefined;
  if (!variable || init?.type !== 'NewExpression' || !model.sharing.isConstant(variable)) return false;
  return variable.references.every(({ identifier, init: isInitial }) => {
    const access = identifier.parent;
    if (isInitial) return true;
    if (access.type !== 'MemberExpression' || access.object !== identifier) return false;
    const { parent } = access;
    return !access.computed || (parent.type === 'UpdateExpression' && parent.parent.type === 'ExpressionStatement') || (parent.type === 'AssignmentExpression' && parent.left === access && parent.operator !== '=');
  });
}

/** `Atomics.store(view, 0, Atomics.load(view, 0) + 1)`, the load made there or kept under a name before: the load. */
function reloaded(node: Node, model: ModuleModel): Node | undefined {
  const store = node.type === 'CallExpression' ? operationAt(node, 'store', model) : undefined;
  const stored = store?.stored;
  const value = stored && valueOf(stored, node, model);
  // `%` and `&` move the end of a ring, which one agent owns.
  if (!store || value?.type !== 'BinaryExpression' || !/^[-+*|^]$/.test(value.operator) || !isOfSeveral(store, model)) return undefined;
  for (const part of [value.left, value.right]) {
    const load = valueOf(part, node, model);
    const loaded = load.type === 'CallExpression' ? operationAt(load, 'load', model) : undefined;
    if (loaded?.cell === store.cell && (drawsTicket(node, model) || !isEndOfRing([stored!, part], load, loaded, model))) return loaded.operation;
  }
  return undefined;
}

/** `if (size > Atomics.load(view, PEAK)) Atomics.store(view, PEAK, size)`, and in a function that takes a lock `if (Atomics.load(view, 0) === 0) Atomics.store(view, 0, 1)`: the load. */
function exceeded(node: Node, model: ModuleModel): Node | undefined {
  const store = node.type === 'CallExpression' ? operationAt(node, 'store', model) : undefined;
  const stored = store?.stored;
  const isTaking = takes(node, model);
  // Who looks for a free one among several goes through them by number.
  if (!store || !stored || !(isOfSeveral(store, model) || (isTaking && isKeptIndex(store.index)))) return undefined;
  const text = textIn(model);
  for (const { test: given, outcome } of conditionsOf(node)) {
    const test = unwrap(given);
    if (test.type !== 'BinaryExpression') continue;
    const sides = [test.left, test.right];
    const load = sides.map((side) => valueOf(side, node, model)).flatMap((side) => (side.type === 'CallExpression' ? (operationAt(side, 'load', model) ?? []) : [])).at(0);
    if (load?.cell !== store.cell) continue;
    const isKnown = sides.some((side) => text(side) === text(stored));
    // Who takes stores what was not there.
    const isTaken = isTaking && (/^===?$/.test(test.operator) ? isKnown !== outcome : /^!==?$/.test(test.operator) && isKnown === outcome);
    if (isTaken || (outcome && isKnown && /^[<>]=?$/.test(test.operator))) return load.operation;
  }
  return undefined;
}

/** A cell that no agent has to itself, by its index. */
function isOfSeveral({ operation, index }: AtomicOperation, model: ModuleModel): boolean {
  if (isFixed(index, model) || isGivenFixed(index, model)) return true;
  const [view] = operation.arguments;
  return view !== undefined && (isDrawn(index, model) || isGivenByAnybody(index, model)) && isSurelyShared(view, model);
}

function isSurelyShared(view: Node, model: ModuleModel): boolean {
  const given = givenFor(view, model);
  return [view, ...given].some((each) => each !== undefined && viewsOf(model).memoryOf(each, noBindings)?.isShared === true);
}

function takes(node: Node, model: ModuleModel): boolean {
  const name = model.table.around(node)?.ownName ?? '';
  return TAKING.test(name) || TAKING_ONE.test(name);
}

/** Whoever draws a number to wait for his turn shares the numbers with all who come: `ticket = next; next = ticket + 1`. */
function drawsTicket(node: Node, model: ModuleModel): boolean {
  return /^#?_?(?:lock|acquire)$/.test(model.table.around(node)?.ownName ?? '');
}

/** `slot`, `this.slot`: the lock that an object, or a caller, stands for. */
function isKeptIndex(index: Node): boolean {
  return index.type === 'Identifier' || (index.type === 'MemberExpression' && !index.computed && index.object.type === 'ThisExpression');
}

/** What a store depends on, and how that came out where it is reached: an `if` that it stands in, or right before it a loop that waits or an `if` that leaves. */
function conditionsOf(store: Node): { readonly test: Node; readonly outcome: boolean }[] {
  const statement = store.parent;
  if (statement?.type !== 'ExpressionStatement') return [];
  const block = statement.parent;
  const branch = block.type === 'BlockStatement' ? block.parent : block;
  const before = block.type === 'BlockStatement' ? block.body[block.body.indexOf(statement) - 1] : undefined;
  return [
    ...(before?.type === 'WhileStatement' || (before?.type === 'IfStatement' && !before.alternate && leaves(before.consequent)) ? [{ test: before.test, outcome: false }] : []),
    ...(branch?.type === 'IfStatement' && statement.range[1] <= branch.consequent.range[1] ? [{ test: branch.test, outcome: true }] : []),
  ];
}

function leaves(consequent: Node): boolean {
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
  return last !== undefined && /^(?:Return|Throw|Continue|Break)Statement$/.test(last.type);
}

/** Who takes something by these names wants to be the only one. */
const TAKING = /^#?_?(?:try)?_?(?:lock|acquire|claim|enter|take|reserve)(?![a-z])/i;
/** `claimInit`, `tryLockSlot`: what is taken, beside it. */
const TAKING_ONE = /^#?_?(?:lock|claim|try(?:Lock|Acquire|Claim))[A-Z]/;

/** What a constant of the same function is made of; else the node itself. */
function valueOf(node: Node, store: Node, model: ModuleModel): Node {
  const given = unwrap(node);
  const variable = given.type === 'Identifier' ? model.scopes.variableOf(given) : undefined;
  const definition = variable?.defs[0];
  if (definition?.type !== 'Variable' || definition.parent.kind !== 'const' || definition.node.id.type !== 'Identifier' || !definition.node.init || functionAround(definition.node) !== functionAround(store)) return given;
  return unwrap(definition.node.init);
}

/**
 * Whoever moves one end of a queue looks at the other end too, or takes what stands there: no other agent moves that end.
 * @param names Under which the old and the new value were kept; an expression that does all at once has none.
 */
function isEndOfRing(names: readonly Node[], load: Node, { index }: AtomicOperation, model: ModuleModel): boolean {
  const kept = names.flatMap((name) => (name.type === 'Identifier' ? (model.scopes.variableOf(name) ?? []) : []));
  // What several workers of one file take from has no end that one of them owns.
  if (kept.length === 0 || (runsInSeveral(model) && sideAround(load) === 'worker')) return false;
  return kept.some(({ references }) => references.some(({ identifier }) => isWithinIndex(identifier as Node))) || ownNodes(functionAround(load)).some((other) => other.type === 'CallExpression' && other !== load && isLoadElsewhere(other, index, model));
}

function isLoadElsewhere(call: TSESTree.CallExpression, index: Node, model: ModuleModel): boolean {
  const other = operationAt(call, 'load', model);
  return other !== undefined && textOf(other.index, model) !== textOf(index, model);
}

function isWithinIndex(node: Node): boolean {
  for (let at = node; at.parent; at = at.parent) {
    if (at.parent.type === 'MemberExpression' && at.parent.computed && at.parent.property === at) return true;
    if (!/^(?:BinaryExpression|TSAsExpression|CallExpression)$/.test(at.parent.type)) return false;
  }
  return false;
}

const LOCKING = /lock|mutex|acquire|exclusive|semaphore|critical|enter|wait/i;

/** Code that takes a lock, waits, or compares and exchanges has the cell to itself by means of its own, and so has what it calls, or is handed to it. */
function isGuarded(node: Node, model: ModuleModel): boolean {
  const around = functionAround(node);
  const holder = around.parent;
  if (holder?.type === 'CallExpression' && holder.callee !== around && LOCKING.test(textOf(holder.callee, model))) return true;
  const fn = around.type === 'Program' ? undefined : model.table.infoOf(around as FunctionNode);
  const callers = fn ? callersIn(fn, model) : [];
  return isGuardedHere(node, around, model) || (callers.length > 0 && callers.every((caller) => caller && isGuardedHere(caller.node.body, caller.node, model)));
}

function isGuardedHere(node: Node, around: Node, model: ModuleModel): boolean {
  // What runs as the file is loaded comes before there is anybody to share with.
  const side = around.type === 'Program' ? sideAround(node) : undefined;
  if (around.type === 'Program' && !isWorker(model) && !(side === 'worker' && runsInSeveral(model))) return true;
  return ownNodes(around).some((other) => {
    if (other.type !== 'CallExpression' || (side && sideAround(other) !== side)) return false;
    const operation = atomicsOperation(other, model);
    // Telling others of a cell that was changed plainly keeps nobody out.
    if (operation === 'notify') return !isPlainOn(node, other, model);
    // To have waited until a cell looked free is not to have it.
    if (/^wait/.test(operation ?? '') && conditionsOf(node).some(({ test }) => test.parent?.type === 'WhileStatement' && isWithin(other, test.parent))) return false;
    if (/^wait/.test(operation ?? '') && other.range[0] > node.range[1] && drawsTicket(node, model)) return false;
    if (operation !== undefined) return /^(?:compareExchange|wait|waitAsync|exchange)$/.test(operation);
    return LOCKING.test(textOf(other.callee, model));
  });
}

/** `view[0]++; Atomics.notify(view, 0)` */
function isPlainOn(node: Node, { arguments: [view, index] }: TSESTree.CallExpression, model: ModuleModel): boolean {
  const target = node.type === 'UpdateExpression' ? node.argument : node.type === 'AssignmentExpression' ? node.left : undefined;
  const text = textIn(model);
  return target?.type === 'MemberExpression' && view !== undefined && index !== undefined && text(target.object) === text(view) && text(target.property) === text(index);
}

/** True for a file that starts several workers with itself. */
function runsInSeveral(model: ModuleModel): boolean {
  return workerFilesOf(model).some((worker) => worker.model === model && worker.isRepeated);
}

/** True for a file that only workers run: it takes what it works on from whoever started it. */
function isWorker({ module }: ModuleModel): boolean {
  return module.program.body.some((statement) => statement.type === 'ImportDeclaration' || statement.type === 'VariableDeclaration') && /\bworkerData\b/.test(module.source.text) && !/\bisMainThread\b|\bnew Worker\(/.test(module.source.text);
}

function findingAt(node: Node, cell: Node, model: ModuleModel): Finding {
  const { file, module, table } = model;
  const range = rangeOf(node, file);
  const [numbers] = numberCalled(cell, 'get');
  const [view, index] = cell.type === 'MemberExpression' ? [cell.object, cell.property] : cell.type !== 'CallExpression' ? [] : numbers ? [numbers, cell.arguments[0]] : cell.arguments;
  const text = (part: Node | undefined): string => (part ? textOf(part, { module }) : '');
  const location = `${text(view)}[${text(index)}]`;
  const name = table.around(node)?.name ?? '';
  return {
    rule: 'non-atomic-update', category: 'shared-memory', oracle: 'none', range, location,
    message: `\`${location}\` is read and written in two steps at line ${range.start.line}, and another agent can write the shared memory between them.`,
    accesses: [{ kind: 'read', range: rangeOf(cell, file), function: name, locks: [] }, { kind: 'write', range, function: name, locks: [] }],
    region: { location, dependence: 'update', reads: [rangeOf(cell, file)], suspensions: [], acts: [range] },
    overlaps: [],
  };
}

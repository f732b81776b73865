import { isFunction, isWithin, walk } from '../../language/index.js';
import type { Node, TSESTree, Variable } from '../../language/index.js';
import { areKin, memberOf } from '../model/class-line.js';
import { calleeText, keyName } from '../model/functions.js';
import type { ClassInfo, FunctionInfo } from '../model/functions.js';
import { lockOf } from '../model/lock-kinds.js';
import { memberTraits } from '../model/lock-traits.js';
import { classHeldBy, classMadeBy } from '../model/instances.js';
import type { Location } from '../model/location.js';
import type { ModuleModel } from '../model/module.js';
import { exportedAs, functionAt, initialiserOf, originOf } from '../model/origin.js';
import type { Origin } from '../model/origin.js';
import { ownNodes } from '../model/shared-memory.js';
import type { Slot, Value } from '../model/value.js';
import { unknownValue } from '../model/value.js';
import { declarePattern } from './access.js';
import { keeperOf } from './keeper.js';
import { given } from './lock-names.js';
import type { Lowering } from './lowering.js';
import { keyText, ownerAround, placeOf, unwrap } from './places.js';
import { lowerReturn, lowerStatements } from './statements.js';
import { isDropped } from './waited-for.js';
import { workLockedAs } from './wrapping-locks.js';
import { acquireByDecorator, releaseAfterDecorator } from './scoped-locks.js';

/** Calls within calls are followed so far; deeper ones are taken as calls of something unknown. */
const DEEPEST_CALL = 4;

export interface Argument {
  readonly node: Node | undefined;
  readonly value: Value;
  /** The shared place that is handed over, where no expression names it. */
  readonly place?: Location;
}

/** The function that a callee names, in this module or another one, if its body can be followed. */
export function calleeOf(l: Lowering, callee: Node): FunctionInfo | undefined {
  const node = unwrap(callee);
  const known = l.callees.get(node);
  if (known || l.callees.has(node)) return known;
  const fn = functionNamed(l, node);
  l.callees.set(node, fn);
  return fn;
}

function functionNamed(l: Lowering, node: Node): FunctionInfo | undefined {
  if (isFunction(node)) return l.model.table.infoOf(node);
  if (node.type === 'Identifier') {
    const variable = l.variable(node);
    return variable && (l.closures.get(variable) ?? functionAt(originOf(variable, l.model)) ?? workLockedAs(variable, l.model));
  }
  if (node.type !== 'MemberExpression') return undefined;
  const name = keyName(node.property, node.computed);
  if (name === undefined) return undefined;
  const namespace = l.origin(unwrap(node.object));
  return namespace?.kind === 'module' ? functionAt(exportedAs(name, namespace.model)) : methodOf(l, node.object, name, 'method');
}

export function accessorOf(l: Lowering, member: TSESTree.MemberExpression, kind: 'getter' | 'setter'): FunctionInfo | undefined {
  const name = keyName(member.property, member.computed);
  return name === undefined ? undefined : methodOf(l, member.object, name, kind);
}

function methodOf(l: Lowering, object: Node, name: string, kind: 'method' | 'getter' | 'setter'): FunctionInfo | undefined {
  const node = unwrap(object);
  if (node.type === 'Super') {
    const around = ownerAround(l.fn);
    const parent = around?.owner.superclass;
    return around && parent ? memberOf(parent, name, around.isStatic, kind) : undefined;
  }
  const place = placeOf(l, node);
  const at = place && classAtPlace(l, place);
  if (at) return memberOf(at.owner, name, at.isStatic, kind);
  if (node.type !== 'Identifier' || kind !== 'method') return undefined;
  const origin = l.origin(node);
  const init = initialiserOf(origin);
  if (!origin || !init) return undefined;
  if (init.type === 'ObjectExpression') {
    const property = init.properties.find((candidate) => candidate.type === 'Property' && keyName(candidate.key, candidate.computed) === name);
    return property?.type === 'Property' ? functionIn(origin.model, property.value) : undefined;
  }
  const owner = classMadeBy(init, origin.model);
  return owner && !isAnotherOfTheSame(l, origin, owner) ? memberOf(owner, name, false, kind) : undefined;
}

/** The accessor of that name of the object at a place, where a pattern picks it or `Object.assign` sets it. */
export function accessorAt(l: Lowering, place: Location, name: string, kind: 'getter' | 'setter'): FunctionInfo | undefined {
  const at = classAtPlace(l, place);
  return at && memberOf(at.owner, name, at.isStatic, kind);
}

function classAtPlace(l: Lowering, place: Location): { readonly owner: ClassInfo; readonly isStatic: boolean } | undefined {
  if (place.path.length === 0 && place.root.kind !== 'variable') return { owner: place.root.owner, isStatic: place.root.kind === 'static' };
  const held = classHeldBy(place, l.links);
  return held && { owner: held, isStatic: false };
}

/** True for an object that this run makes for itself while it runs a method of another of its class: their fields are not the same places. */
function isAnotherOfTheSame(l: Lowering, origin: Origin, owner: ClassInfo): boolean {
  const isOwn = origin.kind === 'variable' && l.stack.some(({ node }) => node === origin.variable.scope.variableScope.block);
  return isOwn && l.stack.some((fn) => { const around = ownerAround(fn); return around !== undefined && areKin(around.owner, owner); });
}

/** The function that an expression is, or names. */
function functionIn(model: ModuleModel, node: Node): FunctionInfo | undefined {
  const variable = node.type === 'Identifier' ? model.scopes.variableOf(node) : undefined;
  return variable ? functionAt(originOf(variable, model)) : model.table.infoOf(node);
}


/**
 * True if the call of `fn` can become part of the graph at hand.
 * @param isDelegated True for `yield* fn()`: what a generator does comes in place of the call there, and nowhere else.
 */
export function canInline(l: Lowering, fn: FunctionInfo, isDelegated = false): boolean {
  return (isDelegated || !fn.isGenerator) && l.stack.length <= DEEPEST_CALL && l.graph.isReachable && (!l.stack.includes(fn) || mayRunWithinItself(l, fn));
}

const underLock = new WeakMap<FunctionInfo, boolean>();

/** True if a callback in the function, or one that it is handed, runs under a lock of a known library, or by way of a function that is handed it: `limit(async () => …)`, `withLock(async () => …)`, `mutex.runExclusive(work)`. */
function runsUnderLock(fn: FunctionInfo, model: ModuleModel): boolean {
  let runs = underLock.get(fn);
  if (runs === undefined) {
    runs = false;
    const isHanded = (node: Node): boolean => node.type === 'Identifier' && fn.node.params.some((parameter) => parameter.type === 'Identifier' && parameter.name === node.name);
    walk(fn.node.body, (node) => {
      if (node.type !== 'CallExpression' || !node.arguments.some((argument) => isFunction(argument) || isHanded(argument))) return;
      runs ||= lockOf(node.callee.type === 'MemberExpression' ? node.callee.object : node.callee, model) !== undefined || isHandedOn(node.callee, model);
    });
    underLock.set(fn, runs);
  }
  return runs;
}

/** True of a function of the program that calls what it is handed when it has a lock. */
function isHandedOn(callee: Node, model: ModuleModel): boolean {
  const variable = callee.type === 'Identifier' ? model.scopes.variableOf(callee) : undefined;
  const called = variable && functionAt(originOf(variable, model));
  if (!called?.isAsync) return false;
  const home = model.links.modelOf(called.module);
  if (!memberTraits('', called.node, home).callsArgument) return false;
  let locks = false;
  walk(called.node.body, (node) => {
    locks ||= node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && lockOf(node.callee.object, home) !== undefined;
  });
  return locks;
}

const taking = new WeakMap<FunctionInfo, boolean>();

/** True if the function itself asks for a lock of a known library by hand: `await slots.acquire()`. */
function takesLock(fn: FunctionInfo, model: ModuleModel): boolean {
  let takes = taking.get(fn);
  if (takes === undefined) taking.set(fn, (takes = fn.isAsync && ownNodes(fn.node).some((node) => node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && lockOf(node.callee.object, model)?.library.acquire.includes(calleeText(node.callee)) === true)));
  return takes;
}

/** What is handed a function, as `withLock(work)`, or runs its own under a lock, may be called again by it: that is followed once. */
function mayRunWithinItself(l: Lowering, fn: FunctionInfo): boolean {
  if (l.stack.indexOf(fn) !== l.stack.lastIndexOf(fn)) return false;
  return takesLock(fn, l.modelOf(fn)) || (l.stack.at(-1) !== fn && (memberTraits('', fn.node, l.modelOf(fn)).callsArgument || runsUnderLock(fn, l.modelOf(fn))));
}

/** Puts the body of `fn` in place of its call. */
export function inlineCall(l: Lowering, fn: FunctionInfo, at: Node, args: readonly Argument[], isAwaited: boolean): Value {
  const { graph } = l;
  const bindings = args.map((argument) => ({ ...argument, place: argument.place ?? (argument.node && placeOf(l, argument.node)), text: argument.node && keyText(l, argument.node), closure: argument.node && closureOf(l, argument.node), given: argument.node && givenFor(l, fn, argument.node) }));
  const caller = graph.enter(fn, at);
  const { activation } = l;
  const putBack = l.stack.includes(fn) ? namesWithin(l, fn) : undefined;
  const { handler } = graph;
  const end = graph.join(at);
  const slot: Slot = { result: fn.name };
  const isDetached = fn.isAsync && !isAwaited;
  l.activation = { isAwaited, leaveTo: isDetached ? end : activation.leaveTo, keptIn: isAwaited ? undefined : keeperOf(l, at) };
  // What fails in work that nobody waits for is no failure here.
  if (isDetached) graph.handler = end;
  l.stack.push(fn);
  l.forget();
  l.inlined.add(fn);
  const places: (Location | undefined)[] = [];
  l.jumps.push({ kind: 'return', to: end, slot, places });
  bindParameters(l, fn, bindings);
  const decorated = acquireByDecorator(l, fn);
  lowerBody(l, fn);
  l.jumps.pop();
  l.stack.pop();
  setOrDelete(l.placesGiven, at, places.every((place) => place?.id === places[0]?.id) ? places[0] : undefined);
  putBack?.();
  l.forget();
  l.activation = activation;
  graph.handler = handler;
  graph.goTo(end);
  graph.frame = caller;
  graph.continueAt(end);
  if (decorated) releaseAfterDecorator(l, fn, decorated);
  if (isDetached) graph.add('spawn', at, { started: fn, ...(isDropped(at) && { isDropped: true }) });
  return { kind: 'slot', slot };
}

/** What the names of a function stand for in the run that is under way: to be put back when another run within that one has come to its end. */
function namesWithin(l: Lowering, fn: FunctionInfo): () => void {
  const isOwn = ({ scope }: Variable): boolean => isWithin(scope.block as Node, fn.node);
  const keep = <T>(map: Map<Variable, T>): (() => void) => {
    const own = [...map].filter(([variable]) => isOwn(variable));
    return () => {
      for (const variable of [...map.keys()].filter(isOwn)) map.delete(variable);
      for (const [variable, value] of own) map.set(variable, value);
    };
  };
  const all = [keep(l.aliases), keep(l.closures), keep(l.texts), keep(l.givens), keep(l.releasers)];
  return () => { for (const putBack of all) putBack(); };
}

export function lowerBody(l: Lowering, fn: FunctionInfo): void {
  const { body } = fn.node;
  if (body.type === 'BlockStatement') lowerStatements(l, body.body);
  else lowerReturn(l, body, body);
}

export function lowerAccessor(l: Lowering, accessor: FunctionInfo, at: Node, value: Value | undefined): Value {
  if (!canInline(l, accessor)) return unknownValue;
  return inlineCall(l, accessor, at, value ? [{ node: undefined, value }] : [], false);
}

interface Binding extends Omit<Argument, 'place'> {
  readonly place: Location | undefined;
  readonly text: string | undefined;
  readonly closure: FunctionInfo | undefined;
  /** The argument as whoever came first wrote it. */
  readonly given: Node | undefined;
}

/** What an argument was given in its turn; nothing for a function that hands itself on what nobody gave it. */
function givenFor(l: Lowering, fn: FunctionInfo, argument: Node): Node | undefined {
  const node = given(l, unwrap(argument));
  const variable = node.type === 'Identifier' ? l.variable(node) : undefined;
  return variable?.defs[0]?.node === fn.node ? undefined : node;
}

function bindParameters(l: Lowering, fn: FunctionInfo, bindings: readonly Binding[]): void {
  fn.node.params.forEach((parameter, index) => {
    l.forget();
    const binding = bindings[index];
    const name = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    const variable = name.type === 'Identifier' ? l.variable(name) : undefined;
    if (variable) {
      setOrDelete(l.aliases, variable, undefined);
      setOrDelete(l.closures, variable, binding?.closure);
      setOrDelete(l.texts, variable, binding?.text);
      setOrDelete(l.givens, variable, binding?.given);
    }
    declarePattern(l, parameter, binding?.value ?? unknownValue, binding?.place);
  });
}

function setOrDelete<K, V>(map: Map<K, V>, key: K, value: V | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

/** The function that an argument is, or names. */
export function closureOf(l: Lowering, argument: Node): FunctionInfo | undefined {
  const node = unwrap(argument);
  if (isFunction(node)) return l.model.table.infoOf(node);
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && keyName(node.callee.property, false) === 'bind') return closureOf(l, node.callee.object);
  return node.type === 'Identifier' || node.type === 'MemberExpression' ? calleeOf(l, node) : undefined;
}

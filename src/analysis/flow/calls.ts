import { isFunction } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { isAnswerAlone, isContinuation, isErrorFirst, isRegistering, isSubscribing } from '../catalog/callbacks.js';
import { collectionMethod, eachElement } from '../catalog/collections.js';
import type { CollectionMethod } from '../catalog/collections.js';
import { calleeText, keyName } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import { stepInto } from '../model/location.js';
import type { Location } from '../model/location.js';
import { chainStart, isLink } from '../model/promise-chains.js';
import type { Link } from '../model/promise-chains.js';
import { choice, mix, unknownValue } from '../model/value.js';
import type { Value } from '../model/value.js';
import { readBase, readPlace } from './access.js';
import { aside } from './aside.js';
import { lowerCellCall } from './cells.js';
import { awaitedName, lowerContents, lowerExpression, noteReleaser } from './expressions.js';
import { lowerHookSetter, setHookState } from './hook-states.js';
import { accessorAt, calleeOf, canInline, closureOf, inlineCall, lowerAccessor } from './inline.js';
import type { Argument } from './inline.js';
import type { Lowering } from './lowering.js';
import { keptAside } from './keeper.js';
import { lowerAdvisoryLock } from './advisory-locks.js';
import { lowerLockCall, releaserNamed } from './locks.js';
import { runUnder } from './run-under.js';
import { collectionKind } from './collection-kinds.js';
import { elementStep, listedPlace, placeOf, stepFrom, unwrap } from './places.js';
import { lowerStateChange } from './state-holders.js';
import { lowerStoreCall } from './stores.js';
import { lowerSubscription } from './subscriptions.js';
import { tailOf } from './tails.js';
import { isDropped } from './waited-for.js';

export function lowerCall(l: Lowering, node: TSESTree.CallExpression, isAwaited: boolean): Value {
  const callee = unwrap(node.callee);
  const name = calleeText(callee);
  return (
    lowerHookSetter(l, node) ??
    lowerStoreCall(l, node) ??
    lowerCellCall(l, node) ??
    lowerLockCall(l, node, isAwaited) ?? lowerAdvisoryLock(l, node) ??
    lowerSubscription(l, node, callee) ??
    (callee.type === 'MemberExpression' ? lowerMethod(l, node, callee, name, isAwaited) : undefined) ??
    lowerKnown(l, node, isAwaited) ??
    lowerUnknown(l, node, callee, name, isAwaited)
  );
}

function lowerMethod(l: Lowering, node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, name: string, isAwaited: boolean): Value | undefined {
  if (isLink(node)) return lowerChain(l, node, isAwaited);
  if (/^(?:all|allSettled|race|any)$/.test(name) && calleeText(callee.object) === 'Promise') return lowerCombinator(l, node, isAwaited);
  if (callee.object.type === 'Identifier' && callee.object.name === 'Object' && /^(?:assign)$/.test(name)) return lowerObjectAssign(l, node);
  if (callee.object.type === 'Identifier' && callee.object.name === 'Object' && /^(?:keys|values|entries)$/.test(name) && node.arguments[0]) return mix([lowerContents(l, node.arguments[0])], name);
  const changed = lowerStateChange(l, node, callee);
  if (changed) return changed;
  const place = placeOf(l, callee.object);
  const method = place && collectionMethod(collectionKind(place), name);
  if (place && method) return lowerCollection(l, node, callee, place, method, name, isAwaited);
  const shown = place && name === 'replaceChildren' ? stepInto(place, { kind: 'member', name: 'children' }) : undefined;
  if (shown) return lowerReplaced(l, node, shown);
  const listed = !place && /^find(?:Last)?$/.test(name) ? listedPlace(l, callee.object) : undefined;
  if (listed && givesFunction(l, node, false)) return lowerEach(l, node, callee, listed, isAwaited);
  // A class may have a `forEach` of its own, that waits for what it calls.
  if (eachElement.has(name) && givesFunction(l, node, isAwaited && name === 'map') && !calleeOf(l, callee)) return lowerEach(l, node, callee, undefined, isAwaited);
  return undefined;
}

/** `list.replaceChildren(...items)`: what an element of a page shows is put there anew. */
function lowerReplaced(l: Lowering, node: TSESTree.CallExpression, shown: Location): Value {
  const values = node.arguments.map((argument) => lowerExpression(l, argument.type === 'SpreadElement' ? argument.argument : argument));
  l.graph.add('write', node, { location: shown, value: mix(values, 'replaceChildren'), mode: 'replace' });
  return unknownValue;
}

/**
 * True if a function is among the arguments: itself, or an async one by its name.
 * @param isWaitedFor True if what it gives is: then any function by its name.
 */
function givesFunction(l: Lowering, node: TSESTree.CallExpression, isWaitedFor: boolean): boolean {
  return node.arguments.some((argument) => isFunction(argument) || closureOf(l, argument)?.isAsync === true || (isWaitedFor && closureOf(l, argument) !== undefined));
}

// Collections

function lowerCollection(l: Lowering, node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, place: Location, method: CollectionMethod, name: string, isAwaited: boolean): Value {
  if (eachElement.has(name) && givesFunction(l, node, isAwaited && name === 'map')) return lowerEach(l, node, callee, place, isAwaited);
  const base = readBase(l, callee.object);
  const args = node.arguments.map((argument) => lowerExpression(l, argument));
  const element = stepInto(place, elementStep(l, method.keyed ? node.arguments[0] : undefined));
  if (!element) return mix([base, ...args]);
  const through = (value: Value): Value => (value.kind === 'read' ? { ...value, isOptional: false } : value);
  switch (method.effect) {
    case 'read': {
      const read = readPlace(l, node, element);
      if (method.position) return mix([read], 'position');
      // `list.concat(item)`, `list.slice()` make another list of the contents.
      if (method.copies || (!method.yields && !method.tests && args.length > 0)) return mix([base, read, ...args], name);
      return through(read.kind === 'read' && base.kind === 'slot' ? { ...read, through: base } : read);
    }
    case 'set':
      l.graph.add('write', node, { location: element, value: args[1] ?? unknownValue, mode: 'replace', ...(args[0] && { key: args[0] }) });
      return unknownValue;
    case 'grow':
      l.graph.add('write', node, { location: element, value: method.keyed ? truth : mix(args), mode: 'grow' });
      return unknownValue;
    case 'shrink': {
      const read = method.keyed ? unknownValue : readPlace(l, node, element);
      l.graph.add('write', node, { location: element, value: read, mode: 'shrink' });
      return read;
    }
    case 'clear':
      l.graph.add('write', node, { location: element, value: unknownValue, mode: 'clear' });
      return unknownValue;
    case 'rearrange': {
      const removes = name === 'splice' && args.length === 2;
      const taken = name === 'splice' ? readPlace(l, node, element) : unknownValue;
      l.graph.add('write', node, { location: element, value: mix(args.slice(2)), mode: removes ? 'shrink' : 'replace', ...(args[0] && { index: args[0] }) });
      return taken;
    }
  }
}

const truth: Value = { kind: 'constant', isEmpty: false, text: 'true' };

/**
 * A method that calls its argument once per element, in the same turn. What an async callback does is not waited for.
 * @param isAwaited True if what the calls give is: `await Promise.all(list.map((item) => work(item)))`.
 */
function lowerEach(l: Lowering, node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, place: Location | undefined, isAwaited: boolean): Value {
  const base = readBase(l, callee.object);
  const contents = place && stepInto(place, { kind: 'element' });
  const read = contents ? readPlace(l, node, contents) : unknownValue;
  const method = place && collectionMethod(collectionKind(place), calleeText(callee));
  const elements = mix([base, read]);
  const results = node.arguments.map((argument) => {
    const fn = closureOf(l, argument);
    if (fn?.isAsync) l.graph.add('spawn', node, { started: fn, ...(calleeText(callee) === 'forEach' && { isDropped: true }) });
    // `Promise.all(list.map(work))` waits for what it names as for `(item) => work(item)`.
    const isNamed = fn !== undefined && !isFunction(argument) && isAwaited && calleeText(callee) === 'map';
    if (!fn || !(isFunction(argument) || isNamed)) return isFunction(argument) ? unknownValue : lowerExpression(l, argument);
    return fn.isAsync && !isNamed ? unknownValue : perhaps(l, node, () => inlineCall(l, fn, node, [{ node: undefined, value: elements, ...(contents && { place: contents }) }, { node: undefined, value: unknownValue }], isAwaited && calleeText(callee) === 'map'), fn, SEARCH.test(calleeText(callee)) ? 'for each' : 'any number of times');
  });
  // Where something stands is a matter of the elements alone, whatever they were compared with.
  return method?.position ? mix([elements], 'position') : mix([elements, ...results]);
}

/** What these find was looked at: of nothing that was looked at in an earlier search does it say anything. */
const SEARCH = /^(?:find(?:Last)?(?:Index)?|some|every|filter)$/;

/** Runs `body` or not, or any number of times; `for each` of some elements, at least once. */
function perhaps(l: Lowering, at: Node, body: () => Value, fn: FunctionInfo, times: 'once' | 'any number of times' | 'for each' = 'once'): Value {
  if (!canInline(l, fn)) return unknownValue;
  const { graph } = l;
  const [again, end] = [graph.join(at), graph.join(at)];
  graph.goTo(again);
  graph.continueAt(again);
  const first = times === 'for each' ? body() : undefined;
  // Where it always throws, the search finds nothing.
  if (!graph.isReachable) graph.continueAt(again);
  const branch = graph.add('branch', at, { test: unknownValue });
  graph.continueAt(branch, true);
  const value = first ?? body();
  graph.goTo(times === 'once' ? end : again);
  graph.continueAt(branch, false);
  graph.goTo(end);
  graph.continueAt(end);
  return value;
}

function lowerObjectAssign(l: Lowering, node: TSESTree.CallExpression): Value {
  const [target, ...sources] = node.arguments;
  const values = sources.map((source) => lowerExpression(l, source));
  const place = target && placeOf(l, target);
  if (target && !place) lowerExpression(l, target);
  if (place) for (const source of sources) {
    if (source.type !== 'ObjectExpression') continue;
    for (const property of source.properties) {
      const name = property.type === 'Property' ? keyName(property.key, property.computed) : undefined;
      const setter = name === undefined ? undefined : accessorAt(l, place, name, 'setter');
      if (setter) lowerAccessor(l, setter, node, mix(values));
      const location = name === undefined || setter ? undefined : stepFrom(l, place, { kind: 'member', name });
      if (location) l.graph.add('write', node, { location, value: mix(values), mode: 'replace' });
    }
  }
  return mix([mix(values)], 'assign');
}

// Promises

/**
 * `p.then(f)`: `f` runs after a suspension that has the range of the call. If the chain is awaited what follows comes after it;
 * if not, what follows runs at once and `f` later, on a way of its own.
 */
function lowerChain(l: Lowering, node: TSESTree.CallExpression, isAwaited: boolean): Value {
  if (isAwaited) return lowerLinks(l, node);
  const before = l.graph.effects.length;
  const result = keptAside(l, node, () => lowerLinks(l, node));
  const start = chainStart(node);
  // Who asks for a lock and goes on does not wait for it.
  const isLock = l.graph.effects.slice(before).some(({ kind, at }) => kind === 'acquire' && at === start);
  if (!isLock) lowerExpression(l, start);
  return mix([result], awaitedName(node));
}

/** All of a chain, as one that is awaited: the promise it starts from, then link by link. */
function lowerLinks(l: Lowering, node: Node): Value {
  const link = unwrap(node);
  if (!isLink(link)) return lowerExpression(l, link, true);
  const { graph } = l;
  const { handler } = graph;
  // What fails before `catch` and `finally` comes to them.
  const failed = /^(?:catch|finally)$/.test(calleeText(link.callee)) || link.arguments.length > 1 ? graph.join(link) : undefined;
  if (failed !== undefined) graph.handler = failed;
  const value = lowerLinks(l, link.callee.object);
  const tail = tailOf(l, link.callee.object);
  const [first] = link.arguments;
  noteReleaserOf(l, link);
  // Waiting for a lock is a suspension already.
  if ((!tail || !first) && graph.effects.at(-1)?.kind !== 'acquire') l.suspend(link, value, awaitedName(link.callee.object));
  graph.handler = handler;
  if (failed !== undefined && graph.isReached(failed)) {
    const either = graph.join(link);
    graph.goTo(either);
    graph.continueAt(failed);
    graph.goTo(either);
    graph.continueAt(either);
  }
  return tail && first ? runUnder(l, link, { lock: tail.name, form: 'run', isCertain: true, permits: 1, ...(tail.choice && { choice: tail.choice }) }, first, true) : lowerCallbacks(l, link, link.callee, value);
}

/** `mutex.acquire().then((release) => …)` */
function noteReleaserOf(l: Lowering, link: Link): void {
  const fn = closureOf(l, link.arguments[0]!);
  const [releaser] = fn?.node.params ?? [];
  if (calleeText(link.callee) === 'then' && releaser) noteReleaser(l, releaser, link.callee.object);
}

function lowerCallbacks(l: Lowering, node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, value: Value): Value {
  const { graph } = l;
  const name = calleeText(callee);
  const end = graph.join(node);
  const results = node.arguments.map((argument, index) => {
    const fn = closureOf(l, argument);
    const isFailure = name === 'catch' || index === 1;
    const isLast = index === node.arguments.length - 1;
    const branch = isLast && name !== 'catch' ? undefined : graph.add('branch', argument, { test: unknownValue });
    if (branch !== undefined) graph.continueAt(branch, true);
    // `.finally(release)`
    const releaser = argument.type === 'Identifier' ? releaserNamed(l, argument) : undefined;
    if (releaser) graph.add('release', node, releaser);
    const result = fn && canInline(l, fn) ? inlineCall(l, fn, node, [{ node: undefined, value: isFailure ? unknownValue : value }], true) : isFunction(argument) || setHookState(l, argument, isFailure ? unknownValue : value) ? unknownValue : lowerExpression(l, argument);
    graph.goTo(end);
    if (branch !== undefined) graph.continueAt(branch, false);
    return result;
  });
  if (graph.isReachable) graph.goTo(end);
  graph.continueAt(end);
  if (name === 'finally') return value;
  return name === 'catch' ? choice([value, ...results]) : choice(results.length > 0 ? results : [value]);
}

/** `Promise.all([a(), b()])`: all are started; each one's way is followed by itself. */
function lowerCombinator(l: Lowering, node: TSESTree.CallExpression, isAwaited: boolean): Value {
  const { graph } = l;
  const [list] = node.arguments;
  if (list?.type !== 'ArrayExpression') return mix(node.arguments.map((argument) => lowerExpression(l, argument, isAwaited)), 'all');
  const end = graph.join(node);
  const values = list.elements.map((element, index) => {
    if (!element) return unknownValue;
    const branch = index < list.elements.length - 1 ? graph.add('branch', element, { test: unknownValue }) : undefined;
    if (branch !== undefined) graph.continueAt(branch, true);
    const value = lowerExpression(l, element, isAwaited);
    graph.goTo(end);
    if (branch !== undefined) graph.continueAt(branch, false);
    return value;
  });
  if (graph.isReachable) graph.goTo(end);
  graph.continueAt(end);
  return mix(values, 'all');
}

// Functions

function lowerKnown(l: Lowering, node: TSESTree.CallExpression, isAwaited: boolean): Value | undefined {
  const fn = calleeOf(l, node.callee);
  if (!fn) return undefined;
  const args = lowerArguments(l, node.arguments);
  if (!canInline(l, fn, isDelegated(node))) {
    l.graph.add('call', node, { callee: fn.name, values: args.map(({ value }) => value) });
    // To wait for a generator is to wait for a step of it.
    if (fn.isAsync && (!isAwaited || fn.isGenerator)) l.graph.add('spawn', node, { started: fn, ...(isDropped(node) && { isDropped: true }) });
    return mix(args.map(({ value }) => value), fn.ownName || 'call');
  }
  const value = inlineCall(l, fn, node, args, isAwaited);
  return mix([value], fn.ownName || 'call');
}

/** `yield* work()` */
function isDelegated({ parent }: Node): boolean {
  return parent?.type === 'YieldExpression' && parent.delegate;
}

function lowerArguments(l: Lowering, args: readonly Node[]): Argument[] {
  return args.map((node) => ({ node: node.type === 'SpreadElement' ? undefined : node, value: isFunction(node) ? unknownValue : lowerExpression(l, node) }));
}

function lowerUnknown(l: Lowering, node: TSESTree.CallExpression, callee: Node, name: string, isAwaited: boolean): Value {
  const receiver = callee.type === 'MemberExpression' ? readBase(l, callee.object) : callee.type === 'Identifier' || callee.type === 'Super' ? unknownValue : lowerExpression(l, callee);
  const args = lowerArguments(l, node.arguments);
  l.graph.add('call', node, { callee: name, values: [receiver, ...args.map(({ value }) => value)] });
  const parts = [receiver, ...args.map(({ value }) => value)];
  const results = node.arguments.flatMap((argument) => {
    const named = closureOf(l, argument);
    const fn = isFunction(argument) ? named : undefined;
    if (named && !isAwaited && (fn ? isContinuation : isErrorFirst)(name, parametersOf(named))) return [aside(l, node, () => lowerContinuation(l, node, named, { kind: 'answer', parts, name: name || 'call' }, name))];
    if (!fn || isSubscribing(name) || (isRegistering(name) && !isAwaited) || (fn.isAsync && !isAwaited)) return [];
    return [perhaps(l, node, () => inlineCall(l, fn, node, [], isAwaited), fn)];
  });
  return { kind: 'answer', parts: [...parts, ...results], name: name || 'call' };
}

/** `fs.readFile(path, (error, data) => …)`: what the callback does comes after a suspension that has the range of the call. */
function lowerContinuation(l: Lowering, node: TSESTree.CallExpression, fn: FunctionInfo, answer: Value, name: string): Value {
  l.suspend(node, answer, name);
  if (!canInline(l, fn)) return unknownValue;
  const first = isAnswerAlone(name, parametersOf(fn)) ? answer : unknownValue;
  return inlineCall(l, fn, node, [{ node: undefined, value: first }, ...fn.node.params.slice(1).map(() => ({ node: undefined, value: answer }))], true);
}

function parametersOf({ node }: FunctionInfo): string[] {
  return node.params.map((parameter) => (parameter.type === 'Identifier' ? parameter.name : ''));
}

/** The executor of a promise runs at once; what other constructors do with a function is theirs. */
export function lowerNew(l: Lowering, node: TSESTree.NewExpression): Value {
  const name = calleeText(node.callee);
  const args = lowerArguments(l, node.arguments);
  l.graph.add('call', node, { callee: `new ${name}`, values: args.map(({ value }) => value) });
  const [executor] = node.arguments;
  const fn = name === 'Promise' && executor && isFunction(executor) ? closureOf(l, executor) : undefined;
  if (fn && !fn.isAsync && canInline(l, fn)) inlineCall(l, fn, node, [], false);
  // What an async executor does after its first suspension is the task's own, whoever waits for the promise.
  if (fn?.isAsync && canInline(l, fn)) keptAside(l, node, () => inlineCall(l, fn, node, [], true));
  return mix(args.map(({ value }) => value), `new ${name}`);
}


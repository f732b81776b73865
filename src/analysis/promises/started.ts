import type { Node } from '../../language/index.js';
import { eachElement } from '../catalog/collections.js';
import type { Effect, EffectGraph, EffectOf, Frame } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import { isLink } from '../model/promise-chains.js';
import type { ModuleView } from '../rules/index.js';
import { fateOf } from './fate.js';
import type { Fate } from './fate.js';
import { graphIn } from './graphs.js';
import { leavesAtOnce } from './left-at-once.js';
import { FLOATING_CALLBACK, isMeant } from './meant.js';

/** Work that is started and not waited for where it is started. */
export interface StartedWork {
  /** The call, or the chain of `then`s, that gives its promise. */
  readonly at: Node;
  readonly frame: Frame;
  readonly fate: Fate;
  /** What a person calls it: `load`, `forEach`. */
  readonly name: string;
  /** The function that is started; undefined for a chain. */
  readonly started: FunctionInfo | undefined;
  /** From where the code goes on without it. */
  readonly next: readonly number[];
  /** The effects that come after its first suspension. */
  readonly late: readonly Effect[];
  /** The calls whose ends the work itself waits for. */
  readonly awaited: readonly Effect[];
}

/** The works that nobody can wait for; where the code says so itself (`void work()`) it is meant. */
export function droppedIn(graph: EffectGraph, view: ModuleView): StartedWork[] {
  return startedIn(graph, view, (fate) => fate === 'dropped' || fate === 'handled');
}

/** The works that are started in a graph and not waited for at once. */
export function startedIn(graph: EffectGraph, view: ModuleView, isMeant: (fate: Fate) => boolean = () => true): StartedWork[] {
  return graph.effects.flatMap((effect) => {
    const work = effect.kind === 'spawn' ? startedBy(effect, view, isMeant) : effect.kind === 'branch' ? chainAt(effect, graph, view, isMeant) : undefined;
    return work && work.late.length > 0 ? [work] : [];
  });
}

function startedBy(spawn: EffectOf<'spawn'>, view: ModuleView, isMeant: (fate: Fate) => boolean): StartedWork | undefined {
  const { at, frame, started } = spawn;
  // The chain as a whole is the work.
  if (isFollowed(at) || leavesAtOnce(at, started.node)) return undefined;
  const fate = fateOfWork(at, frame, started, view);
  if (!isMeant(fate)) return undefined;
  const isEach = at.type === 'CallExpression' && isCallbackOf(at, started);
  return { at, frame, fate, name: isEach ? `${calleeText(at.callee)}(async …)` : started.ownName || 'the function', started, next: spawn.next.map(({ to }) => to), late: lateIn(graphIn(view, started), view, 0), awaited: awaitedIn(graphIn(view, started)) };
}

/** `forEach` gives nothing back, whatever is done with it. */
function fateOfWork(at: Node, frame: Frame, started: FunctionInfo, { model }: ModuleView): Fate {
  if (at.type === 'CallExpression' && isCallbackOf(at, started)) {
    const name = calleeText(at.callee);
    if (name === 'forEach') return isMeant(at, FLOATING_CALLBACK, model.links.modelOf(frame.fn.module)) ? 'renounced' : 'dropped';
    if (name !== 'map' && name !== 'flatMap' && !(name === 'from' && at.callee.type === 'MemberExpression' && calleeText(at.callee.object) === 'Array')) return 'kept';
  }
  return fateOf(at, frame, model.links);
}

/** True if the function is not what is called, but is run for each element. */
function isCallbackOf(call: Node, started: FunctionInfo): boolean {
  return call.type === 'CallExpression' && call.callee.type === 'MemberExpression' && eachElement.has(calleeText(call.callee)) && calleeText(call.callee) !== started.ownName;
}

/** A chain of `then`s: the way that nobody waits for turns off where the chain is made. */
function chainAt(branch: EffectOf<'branch'>, { effects }: EffectGraph, view: ModuleView, isMeant: (fate: Fate) => boolean): StartedWork | undefined {
  const { at, frame } = branch;
  const aside = branch.next.find(({ outcome }) => outcome === true)?.to;
  if (!isLink(at) || isFollowed(at) || !startsWork(at) || aside === undefined || depthOf(effects[aside]!) <= depthOf(branch)) return undefined;
  const fate = fateOf(at, frame, view.model.links);
  if (!isMeant(fate)) return undefined;
  const isAside = (effect: Effect): boolean => depthOf(effect) > depthOf(branch);
  const ways = reachFrom([aside], effects, isAside);
  const suspensions = ways.filter(({ kind }) => kind === 'suspend');
  return {
    at, frame, fate, name: startName(at), started: undefined,
    next: branch.next.filter(({ outcome }) => outcome === false).map(({ to }) => to),
    awaited: [],
    late: [...reachFrom(suspensions.flatMap(({ next }) => next.map(({ to }) => to)), effects, isAside), ...spawnedLate(ways, view, 0)],
  };
}

/** On how many ways that nobody waits for, one within the other. */
function depthOf({ aside = 0 }: Effect): number {
  return aside;
}

/** True for the promise that `then`, `catch` or `finally` is called on. */
function isFollowed({ parent }: Node): boolean {
  return parent !== undefined && isLink(parent.parent) && parent.parent.callee === parent;
}

/** False if the chain follows a promise that somebody has already, and may wait for. */
function startsWork(node: Node): boolean {
  if (isLink(node)) return startsWork(node.callee.object);
  return node.type === 'CallExpression' || node.type === 'ImportExpression';
}

function startName(node: Node): string {
  if (isLink(node)) return startName(node.callee.object);
  return node.type === 'CallExpression' || node.type === 'NewExpression' ? calleeText(node.callee) || 'the work' : node.type === 'AwaitExpression' ? startName(node.argument) : calleeText(node) || 'the work';
}

/** Work that starts work is followed so far. */
const DEEPEST = 2;

/** What a function does after its first suspension, and what it starts without waiting. */
function lateIn({ effects, isPartial }: EffectGraph, view: ModuleView, depth: number): Effect[] {
  if (isPartial) return [];
  const suspensions = effects.filter(({ kind }) => kind === 'suspend');
  const after = reachFrom(suspensions.flatMap(({ next }) => next.map(({ to }) => to)), effects, () => true);
  return [...after, ...spawnedLate(effects, view, depth)];
}

function awaitedIn({ effects }: EffectGraph): Effect[] {
  const waits = effects.flatMap((effect) => (effect.kind === 'suspend' && effect.at.type === 'AwaitExpression' ? [effect.at.argument] : []));
  return effects.filter(({ kind, at }) => kind === 'call' && waits.includes(at as never));
}

function spawnedLate(effects: readonly Effect[], view: ModuleView, depth: number): Effect[] {
  if (depth >= DEEPEST) return [];
  return effects.flatMap((effect) => (effect.kind === 'spawn' ? lateIn(graphIn(view, effect.started), view, depth + 1) : []));
}

function reachFrom(starts: readonly number[], effects: readonly Effect[], isIn: (effect: Effect) => boolean): Effect[] {
  const seen = new Set<number>();
  const pending = [...starts];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const effect = effects[id]!;
    if (seen.has(id) || !isIn(effect)) continue;
    seen.add(id);
    pending.push(...effect.next.map(({ to }) => to), ...(effect.handler === undefined ? [] : [effect.handler]));
  }
  return [...seen].sort((a, b) => a - b).map((id) => effects[id]!);
}

import { graphOf } from '../flow/graph.js';
import { textAt } from '../places.js';
import { ofKind } from '../model/effect.js';
import type { EffectGraph, EffectOf } from '../model/effect.js';
import type { Entry } from '../model/entries.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { commonFrame } from './candidate.js';
import { candidatesIn } from './candidates.js';
import type { Candidate } from './candidate.js';
import { waysTo, worthFollowing } from './reach.js';
import { solve } from './solve.js';
import type { Solution, Spawned } from './solve.js';
import type { State } from './state.js';

/** One function with everything that follows from its effects. */
export interface Study {
  readonly fn: FunctionInfo;
  /** The entry that runs it: itself, or the one that starts it without waiting. Undefined if only this module runs it, as part of others. */
  readonly entry: Entry | undefined;
  /** Locks that whoever starts it holds until it has ended. */
  readonly locks: ReadonlySet<string>;
  readonly graph: EffectGraph;
  /** Those that lie in this module, or go across its border: what is another module's alone is found there. */
  readonly candidates: readonly Candidate[];
  readonly writes: readonly EffectOf<'write'>[];
  readonly suspends: boolean;
  /** What is known before an effect; undefined where control never comes. */
  stateAt(effect: number): State | undefined;
}

/**
 * Follows every function of a module that can be a task, and what such functions start without waiting for it.
 * @param isWhole True for every other function with a name too.
 */
export function studyModule(model: ModuleModel, isWhole: boolean): Study[] {
  const studies: Study[] = [];
  const spawned = new Map<FunctionInfo, { entry: Entry; locks: ReadonlySet<string> }>();
  const note = (entry: Entry, { fn, locks }: Spawned): void => {
    const known = spawned.get(fn);
    if (fn.module === model.module && !model.entryOf(fn)) spawned.set(fn, { entry: known?.entry ?? entry, locks: known ? new Set([...known.locks].filter((lock) => locks.has(lock))) : locks });
  };
  for (const fn of model.table.functions) {
    const entry = model.entryOf(fn);
    if (!entry && !(isWhole && isNamed(fn))) continue;
    const { study, spawns } = studyFunction(model, fn, entry, []);
    studies.push(study);
    if (entry) for (const spawn of spawns) note(entry, spawn);
  }
  // What they start in their turn comes to the end of the same list.
  for (const [fn, { entry, locks }] of spawned) {
    const { study, spawns } = studyFunction(model, fn, entry, locks);
    studies.push(study);
    for (const spawn of spawns) note(entry, spawn);
  }
  return studies;
}

/** True if what happens within a function of another module is a race by itself: it is found there. */
function isFoundThere({ stale, act }: Candidate, { module }: ModuleModel): boolean {
  return stale.some((read) => commonFrame([read.frame, act.frame]).fn.module !== module);
}

function isNamed(fn: FunctionInfo): boolean {
  return fn.ownName !== '' && fn.kind !== 'constructor';
}

function studyFunction(model: ModuleModel, fn: FunctionInfo, entry: Entry | undefined, locks: Iterable<string>): { study: Study; spawns: readonly Spawned[] } {
  const graph = graphOf(model, fn);
  const writes = ofKind(graph.effects, 'write');
  const suspends = ofKind(graph.effects, 'suspend').length > 0;
  const worth = worthFollowing(graph, (started) => started.module === model.module && !model.entryOf(started));
  const solution: Solution = worth.size === 0 ? { before: [], spawned: [] } : solve(graph, worth, textAt, locks);
  const later = new Map<number, State | undefined>();
  const stateAt = (effect: number): State | undefined => {
    if (worth.has(effect)) return solution.before[effect];
    if (!later.has(effect)) later.set(effect, solve(graph, waysTo(graph, effect), textAt, locks).before[effect]);
    return later.get(effect);
  };
  const candidates = candidatesIn(graph, solution).filter((candidate) => candidate.frame.fn.module === model.module && !isFoundThere(candidate, model));
  return { study: { fn, entry, locks: new Set(locks), graph, candidates, writes, suspends, stateAt }, spawns: solution.spawned };
}

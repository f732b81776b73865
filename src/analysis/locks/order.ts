import { ofKind } from '../model/effect.js';
import type { ModuleModel } from '../model/module.js';
import type { Study } from '../regions/study.js';
import { fixedName } from './choices.js';
import { isNamed } from './guarding.js';
import { excludes, heldIn } from './held.js';
import type { Acquire } from './held.js';
import { isLetGoMeanwhile } from './let-go.js';

/** Somebody who holds one lock waits for another. */
export interface OrderEdge {
  readonly study: Study;
  readonly from: Acquire;
  readonly to: Acquire;
  /** What they are called in a cycle: of locks that a key or an object chooses, all that it may choose among are one. */
  readonly holds: string;
  readonly wants: string;
  /** What else is held then, and keeps others out. */
  readonly gates: ReadonlySet<string>;
}

/** In which order locks are taken, in all the code that is started from outside. */
export function ordersIn(studies: readonly Study[], modelOf: (acquire: Acquire) => ModuleModel): OrderEdge[] {
  return studies.flatMap((study) => (study.entry ? edgesOf(study, modelOf) : []));
}

function edgesOf(study: Study, modelOf: (acquire: Acquire) => ModuleModel): OrderEdge[] {
  const held = heldIn(study.graph);
  return ofKind(study.graph.effects, 'acquire').flatMap((to) => {
    if (!isLock(to)) return [];
    const before = held[to.id] ?? new Map<string, readonly Acquire[]>();
    return [...before].flatMap(([lock, [from]]) => {
      if (lock === to.lock || !from || !isLock(from) || isLetGoMeanwhile(to, from)) return [];
      const gates = new Set([...before].filter(([name, taken]) => name !== lock && taken.some(excludes)).map(([name]) => name));
      return [{ study, from, to, holds: fixedName(from, modelOf(from)), wants: fixedName(to, modelOf(to)), gates }];
    });
  });
}

/** A lock by name and by what is done with it; queues of one's own work are too often something else. */
function isLock({ lock, isAwaited, isCertain, form, permits }: Acquire): boolean {
  return isAwaited && (permits === 1 || (permits === undefined && !isCertain)) && form !== 'scope' && (isNamed(lock) || (isCertain && lock.startsWith('queue ')));
}

/** More than so many tasks waiting for each other in a ring are not looked for. */
const LONGEST_CYCLE = 6;

/** Rings of tasks, each of which waits for what the next one holds, that nothing keeps apart. Shorter ones first; a ring around a shorter one is not told. */
export function cyclesIn(edges: readonly OrderEdge[]): (readonly OrderEdge[])[] {
  const byHeld = groupByHeld(edges);
  const cycles: (readonly OrderEdge[])[] = [];
  let paths: (readonly OrderEdge[])[] = edges.filter(({ holds, wants }) => holds !== wants).map((edge) => [edge]);
  for (let length = 1; length < LONGEST_CYCLE && paths.length > 0 && paths.length < 2_000; length++) {
    const longer: (readonly OrderEdge[])[] = [];
    for (const path of paths) {
      for (const next of byHeld.get(path.at(-1)!.wants) ?? []) {
        if (!path.every((edge) => mayBothRun(edge, next)) || !meets(path.at(-1)!, next)) continue;
        if (next.wants !== path[0]!.holds) {
          if (path.every(({ holds }) => holds !== next.wants) && next.wants !== next.holds) longer.push([...path, next]);
        } else if (meets(next, path[0]!) && !isTold(cycles, [...path, next])) cycles.push([...path, next]);
      }
    }
    paths = longer;
  }
  return cycles;
}

function groupByHeld(edges: readonly OrderEdge[]): Map<string, OrderEdge[]> {
  const groups = new Map<string, OrderEdge[]>();
  for (const edge of edges) groups.set(edge.holds, [...(groups.get(edge.holds) ?? []), edge]);
  return groups;
}

/** True if what the one waits for is really what the other holds: two who only read do not keep each other waiting. */
function meets(waiting: OrderEdge, holding: OrderEdge): boolean {
  return !(waiting.to.isShared && holding.from.isShared);
}

/** Two tasks at once, and no third lock that keeps them apart. */
function mayBothRun(a: OrderEdge, b: OrderEdge): boolean {
  if (a.study === b.study && !a.study.entry!.overlapsItself) return false;
  return ![...a.gates].some((gate) => b.gates.has(gate));
}

function isTold(cycles: readonly (readonly OrderEdge[])[], cycle: readonly OrderEdge[]): boolean {
  const names = new Set(cycle.map(({ holds }) => holds));
  return cycles.some((known) => known.every(({ holds }) => names.has(holds)));
}

import { framesFrom } from '../model/effect.js';
import type { Effect, EffectGraph, EffectOf, Frame } from '../model/effect.js';
import { holderOf, stepInto, isAtOrAbove } from '../model/location.js';
import type { Location } from '../model/location.js';
import { suspensionsBetween } from './between.js';
import { leadsTo, passesOnlyBy } from './order.js';
import { locationOf } from './solve.js';
import type { Solution } from './solve.js';
import type { Facts, Says } from './facts.js';
import type { State } from './state.js';

/**
 * A write of a shared place that rests on an earlier read of the same place, with a suspension between.
 * What rules need to tell a race from an idiom is answered here, from the flow.
 */
export interface Candidate {
  readonly dependence: 'update' | 'guard';
  readonly location: Location;
  /** Reads that were overtaken. */
  readonly stale: readonly EffectOf<'read'>[];
  /** Reads of the place for the same purpose that were not: a re-check. */
  readonly renewed: readonly EffectOf<'read'>[];
  readonly suspensions: readonly EffectOf<'suspend'>[];
  readonly act: EffectOf<'write'>;
  /** The written value. */
  readonly value: Facts;
  /** What the guards say of the place. */
  readonly says: ReadonlySet<Says>;
  /** The act itself reads the place afresh: `x -= 1`, `list.pop()`. */
  readonly isRelative: boolean;
  /** A guard compares the place with the value that is written. */
  readonly isChangeGuard: boolean;
  /** A guard measures the place against what the written value is made of: `if (bid > highest) …; highest = bid`. */
  readonly isMeasured: boolean;
  /** After the last suspension the task made sure that it is still the one that counts. */
  readonly isValidated: boolean;
  /** The same, and what it looked at was the place itself. */
  readonly isCompared: boolean;
  /** Locks held from the reads to the act. Of several checks that control passes one that is covered is enough, of several readings all must be. */
  readonly locks: ReadonlySet<string>;
  /** Locks held at the act, and at the first stale read. */
  readonly locksAtAct: ReadonlySet<string>;
  readonly locksAtRead: ReadonlySet<string>;
  /** The innermost activation that the whole region lies in. */
  readonly frame: Frame;
  readonly branches: readonly number[];
  /** The act drops what was handed over before, and whatever came since. */
  readonly isEmptying: boolean;
  /** A count or a flag that the task changed when it had copied it, and puts back as it was: whatever others have counted since. */
  readonly isPutBack: boolean;
  /** The value is part of the answer to a question that was asked with the old one: a cursor, a token that is spent. */
  readonly isRenewal: boolean;
  /** A position that was asked with is moved on once the answer is there: `await list(page); page++`. */
  readonly isAdvance: boolean;
  /** What comes after the end of a list, as it was when it was asked for, is appended: `list.push(...(await after(list.at(-1))))`. */
  readonly isAppended: boolean;
}

export interface Split {
  readonly stale: number[];
  readonly renewed: number[];
}

/** Tells reads that were overtaken from those that were not; what was acted on already counts for neither. */
export function split(reads: Iterable<number>, state: State): Split {
  const parts: Split = { stale: [], renewed: [] };
  for (const read of reads) {
    const at = state.read(read);
    if (!at) continue;
    if (!at.isOvertaken) parts.renewed.push(read);
    else if (!at.isSpent) parts.stale.push(read);
  }
  return parts;
}

/** `left--; if (!(await take())) left++`: the task takes back its own step, whatever others have counted since. */
export function isUndoing(graph: EffectGraph, act: EffectOf<'write'>): boolean {
  const step = stepOf(act);
  return step !== 0 && graph.effects.some((effect) => effect.kind === 'write' && effect.location.id === act.location.id && stepOf(effect) === -step && leadsTo(graph, effect, act));
}

/** `running.add(job); job.finally(() => running.delete(job))`: the task takes out what it has put there itself, whatever the check before said of the others. */
export function isOwnEntry({ effects }: EffectGraph, act: EffectOf<'write'>): boolean {
  const last = act.location.path.at(-1);
  if (act.mode !== 'shrink' || last?.kind !== 'element' || last.key === undefined) return false;
  const { aside = 0 } = act;
  return effects.some((effect) => effect.kind === 'write' && effect.mode === 'grow' && effect.location.id === act.location.id && aside > (effect.aside ?? 0));
}

function stepOf({ mode, value }: EffectOf<'write'>): -1 | 0 | 1 {
  if (mode !== 'replace' || value.kind !== 'mix') return 0;
  return value.name === '++' || value.name === '+' ? 1 : value.name === '--' || value.name === '-' ? -1 : 0;
}

export function candidate(
  graph: EffectGraph, solution: Solution, dependence: Candidate['dependence'], act: EffectOf<'write'>, state: State, value: Facts,
  stale: readonly number[], renewed: readonly number[], says: ReadonlySet<Says>, branches: readonly number[], { isChangeGuard = false, isMeasured = false, isEmptying = false, isPutBack = false, isRenewal = false, isAdvance = false, isAppended = false } = {},
): Candidate {
  const read = (id: number): EffectOf<'read'> => graph.effects[id] as EffectOf<'read'>;
  let suspensions: EffectOf<'suspend'>[] | undefined;
  const held = stale.map((id) => state.read(id)!.locks);
  const effects: Effect[] = [...stale.map(read), act];
  return {
    dependence,
    location: isEmptying ? (stepInto(holderOf(act.location), { kind: 'element' }) ?? act.location) : act.location,
    stale: stale.map(read),
    renewed: renewed.map(read),
    get suspensions() { return (suspensions ??= suspensionsBetween(graph.effects, stale, act.id)); },
    act,
    value,
    says,
    isRelative: act.mode === 'shrink' || isRelative(graph, act, state, value),
    isChangeGuard,
    isMeasured,
    isValidated: state.decidingGuards().some(([, guard]) => guard.validates && !guard.isOvertaken),
    isCompared: state.decidingGuards().some(([, guard]) => guard.validates && !guard.isOvertaken && [...guard.facts.data].some((read) => isAtOrAbove(act.location, locationOf(graph.effects, read)))),
    locks: dependence === 'guard' ? locksOfChecks(graph, stale, held, act) : new Set([...(held[0] ?? [])].filter((lock) => held.every((locks) => locks.has(lock)))),
    locksAtAct: state.locks,
    locksAtRead: solution.before[stale[0]!]?.locks ?? new Set(),
    frame: commonFrame(effects.map(({ frame }) => frame)),
    branches,
    isEmptying,
    isPutBack,
    isRenewal,
    isAdvance,
    isAppended,
  };
}

/** The locks that a check on each way to the act was made under: one that is made on some ways only covers no other. */
function locksOfChecks(graph: EffectGraph, stale: readonly number[], held: readonly ReadonlySet<string>[], act: Effect): Set<string> {
  return new Set([...new Set(held.flatMap((locks) => [...locks]))].filter((lock) => {
    const covered = new Set(stale.filter((_id, index) => held[index]!.has(lock)));
    const isThere = ({ id }: Effect): boolean => covered.has(id);
    return stale.every((id) => covered.has(id) || passesOnlyBy(graph, id, isThere, act.id) || passesOnlyBy(graph, 0, isThere, id));
  }));
}

export function isRelative(graph: EffectGraph, act: EffectOf<'write'>, state: State, value: Facts): boolean {
  return [...value.data].some((read) => locationOf(graph.effects, read).id === act.location.id && state.read(read)?.isOvertaken === false);
}

/** The innermost activation that all of `frames` lie in. */
export function commonFrame(frames: readonly Frame[]): Frame {
  const chains = frames.map(framesFrom);
  const [first = []] = chains;
  return first.find((frame) => chains.every((chain) => chain.includes(frame))) ?? first.at(-1)!;
}

import type { Effect, EffectOf } from '../model/effect.js';
import { leadsTo } from '../regions/order.js';

/** Work that is started and dropped: no name keeps its promise, and nobody waits for it. */
export interface Loose {
  /** What starts it: a call, or the way aside that a chain of promises goes. */
  readonly start: EffectOf<'spawn'> | EffectOf<'branch'>;
  /** What it does, as far as it is part of the same graph. */
  readonly ids: ReadonlySet<number>;
  /** Locks that are given back without it: by those who started it, and not by itself. */
  isLeftBy(lock: string): boolean;
}

const known = new WeakMap<readonly Effect[], readonly Loose[]>();

/** All work of a graph that nobody waits for. */
export function looseIn(effects: readonly Effect[]): readonly Loose[] {
  let loose = known.get(effects);
  if (!loose) known.set(effects, (loose = effects.flatMap((effect) => looseAt(effect, effects) ?? [])));
  return loose;
}

function looseAt(effect: Effect, effects: readonly Effect[]): Loose | undefined {
  if (effect.kind === 'spawn' && effect.isDropped) return loose(effect, new Set(), effects);
  if (effect.kind === 'spawn' && effect.at.parent?.type === 'VariableDeclarator') return leftEarly(effect, effects);
  if (effect.kind !== 'branch') return undefined;
  if (!effect.startsAside) return isKeptChain(effect, effects) ? leftEarly(effect, effects) : undefined;
  return loose(effect, asideFrom(effect, effects), effects);
}

function loose(start: Loose['start'], ids: ReadonlySet<number>, effects: readonly Effect[]): Loose {
  return {
    start, ids,
    isLeftBy: (lock) => {
      const isOwn = (effect: Effect, kind: 'acquire' | 'release'): boolean => ids.has(effect.id) && effect.kind === kind && effect.lock === lock;
      const released = effects.filter((effect) => effect.kind === 'release' && effect.lock === lock && !ids.has(effect.id));
      // What it takes itself it gives back for itself; of a lock that is to be given back by a call, one of the releases may be that, and a release on another way is none that comes.
      if (effects.some((effect) => isOwn(effect, 'acquire'))) return released.some((effect) => effect.kind === 'release' && !effect.isDue && ((effect.aside ?? 0) < (start.aside ?? 0) || leadsTo({ effects }, start, effect)));
      return released.length > 0 && !effects.some((effect) => isOwn(effect, 'release'));
    },
  };
}

/** `const written = write(row).then(() => { last = row; })` */
function isKeptChain({ at, next, aside = 0 }: EffectOf<'branch'>, effects: readonly Effect[]): boolean {
  return at.parent?.type === 'VariableDeclarator' && next.some(({ to }) => (effects[to]!.aside ?? 0) > aside);
}

/** `const job = work(); release(); await job`: the promise is kept, but the lock is given back before anybody waits for it. */
function leftEarly(start: Loose['start'], effects: readonly Effect[]): Loose | undefined {
  const locks = new Set<string>();
  const seen = new Set<number>();
  const pending = start.next.filter(({ outcome }) => outcome !== true).map(({ to }) => to);
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const effect = effects[id]!;
    if (seen.has(id) || effect.kind === 'suspend' || effect.kind === 'acquire' || effect.kind === 'return') continue;
    seen.add(id);
    if (effect.kind === 'release' && effect.frame === start.frame && !effects.some((other) => other.kind === 'acquire' && other.at === effect.at)) locks.add(effect.lock);
    pending.push(...effect.next.map(({ to }) => to));
  }
  return locks.size === 0 ? undefined : { start, ids: start.kind === 'branch' ? asideFrom(start, effects) : new Set(), isLeftBy: (lock) => locks.has(lock) };
}

/** What lies on a way aside, without what follows the branch itself. */
function asideFrom(branch: EffectOf<'branch'>, effects: readonly Effect[]): Set<number> {
  const depth = branch.aside ?? 0;
  const seen = new Set<number>();
  const pending = branch.next.filter(({ outcome }) => outcome === true).map(({ to }) => to);
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const effect = effects[id]!;
    if (seen.has(id) || (effect.aside ?? 0) <= depth) continue;
    seen.add(id);
    pending.push(...effect.next.map(({ to }) => to), ...(effect.handler === undefined ? [] : [effect.handler]));
  }
  return seen;
}

const left = new WeakMap<readonly Effect[], ReadonlyMap<number, readonly Loose[]>>();

/** The locks among `held` that no longer cover work that nobody waits for, once it is suspended at `suspension`. */
export function leftAt(suspension: number, held: Iterable<string>, effects: readonly Effect[]): string[] {
  let bySuspension = left.get(effects);
  if (!bySuspension) left.set(effects, (bySuspension = suspensionsOf(effects)));
  const around = bySuspension.get(suspension);
  return around ? [...held].filter((lock) => around.some((one) => one.isLeftBy(lock))) : [];
}

function suspensionsOf(effects: readonly Effect[]): Map<number, Loose[]> {
  const found = new Map<number, Loose[]>();
  if (!effects.some(({ kind }) => kind === 'acquire')) return found;
  for (const one of looseIn(effects)) for (const id of one.ids) if (effects[id]!.kind === 'suspend') found.set(id, [...(found.get(id) ?? []), one]);
  return found;
}

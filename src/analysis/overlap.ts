import type { Location } from './model/location.js';
import { areKin } from './model/class-line.js';
import { isAtOrAbove, mayBeSame } from './model/location.js';
import { isOpeningOf } from './model/entries.js';
import type { Entry } from './model/entries.js';
import type { EffectOf } from './model/effect.js';
import type { ClassInfo, FunctionInfo } from './model/functions.js';
import { calleeText } from './model/functions.js';
import { ownNodes } from './model/shared-memory.js';
import { isTestHelper } from './model/tests.js';
import { chainTo } from './model/sharing.js';
import type { ModuleModel } from './model/module.js';
import type { Study } from './regions/study.js';

/** An entry that can write a place while a region on it is suspended. */
export interface Rival {
  readonly entry: Entry;
  readonly writes: readonly EffectOf<'write'>[];
}

/** Everybody who may write `location` while `runner` is suspended in a region on it; the runner itself first. */
export function rivalsOf(runner: Study, location: Location, studies: readonly Study[], model: ModuleModel): Rival[] {
  const { entry } = runner;
  if (!entry) return [];
  const rivals = new Map<Entry, EffectOf<'write'>[]>();
  for (const study of studies) {
    if (!study.entry || !mayMeet(entry, study.entry, location, model)) continue;
    const writes = study.writes.filter((write) => touches(write, location));
    if (writes.length > 0) rivals.set(study.entry, [...(rivals.get(study.entry) ?? []), ...writes]);
  }
  return [...rivals].map(([rival, writes]) => ({ entry: rival, writes })).sort((a, b) => Number(b.entry === entry) - Number(a.entry === entry));
}

/** Taking an object out of its collection leaves the object, and what whoever holds it reads and writes there, as it is. */
function touches({ location: written, mode }: EffectOf<'write'>, place: Location): boolean {
  if (mayBeSame(written, place)) return true;
  return mode !== 'clear' && mode !== 'shrink' && isAtOrAbove(written, place);
}

/** True if runs of both can have the same place before them, not two places that merely look alike. */
export function mayMeet(a: Entry, b: Entry, location: Location, { links }: ModuleModel): boolean {
  if ((a === b && !a.overlapsItself) || [a, b].every(({ fn }) => isTestHelper(fn.module.source.file)) || isOpeningOf(a.fn, b.fn) || isOpeningOf(b.fn, a.fn)) return false;
  if (location.root.kind !== 'variable') {
    const [one, other] = [classAround(a.fn), classAround(b.fn)];
    return !one || !other || location.root.kind === 'static' || areKin(one, other);
  }
  const { variable } = location.root;
  const activation = links.moduleOf(variable).sharing.activationOf(variable);
  if (!activation) return true;
  // Every activation has its own variable: two runs of the function that declares it do not meet in it, be one of them a part of another run.
  if (![a.fn, b.fn].every((fn) => fn === activation || isInside(fn, activation)) || (a.fn === activation && b.fn === activation)) return false;
  if (a.fn === activation) return !isMadeFirst(a.fn, b.fn);
  return b.fn !== activation || !isMadeFirst(b.fn, a.fn);
}

/** A function that never waits has ended before what it makes is called, unless it calls that itself. */
function isMadeFirst(maker: FunctionInfo, made: FunctionInfo): boolean {
  if (maker.isAsync || maker.node.generator) return false;
  return !ownNodes(maker.node).some((node) => node.type === 'CallExpression' && (node.callee === made.node || (made.ownName !== '' && calleeText(node.callee) === made.ownName)));
}

function classAround(fn: FunctionInfo): ClassInfo | undefined {
  return fn.owner ?? fn.initialises?.owner ?? (fn.parent && classAround(fn.parent));
}

function isInside(fn: FunctionInfo, activation: FunctionInfo): boolean {
  return fn !== activation && chainTo(fn, activation).length > 0;
}

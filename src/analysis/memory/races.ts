import type { Node } from '../../language/index.js';
import type { ModuleModel } from '../model/module.js';
import { calleeText } from '../model/functions.js';
import { isChaining } from '../model/promise-chains.js';
import { historiesIn } from './history.js';
import type { History, MemoryAccess, Side } from './history.js';
import { acquiresIn, isPlain, isPublished, isSameCell, mayMeet, mayPrecede, releasesIn, writes } from './order.js';
import { isSpin } from './spins.js';
import { isOutsideLock } from './unlocked.js';
import { workerFilesOf } from './worker-files.js';

/**
 * How two conflicting accesses come to have no order. `mixed`: one of them is atomic, the other is not, and nothing else orders them.
 * `early`: what the other waits for is published before the access. `unlooked`: the access comes before its own look at what the other publishes.
 * `unordered`: neither publishes anything. `siblings`: workers of one file do the same. `unlocked`: the other comes to it under a lock only. `spin`: a loop reads plainly until somebody else has written, whoever that is.
 */
export type RaceKind = 'mixed' | 'early' | 'unlooked' | 'unordered' | 'siblings' | 'unlocked' | 'spin';

export interface MemoryRace {
  readonly kind: RaceKind;
  /** A plain access of the module at hand. */
  readonly plain: MemoryAccess;
  /** What it conflicts with. */
  readonly other: MemoryAccess;
  /** What should have ordered them, for `early` and `unlooked`. */
  readonly flag?: MemoryAccess;
}

/** In this order the kinds tell most. */
const TELLING: readonly RaceKind[] = ['mixed', 'early', 'unlooked', 'unordered', 'siblings', 'unlocked', 'spin'];

/** Before anybody else has the memory, or after everybody is done with it. */
const ALONE = /^(?:constructor|init\w*|reset\w*|clear\w*|setup\w*|create\w*|alloc\w*|make\w*|from\w*|build\w*|new\w*|dispose|destroy|toString|inspect|debug\w*|dump\w*)$/i;

/**
 * Plain accesses of a module that race with accesses of other functions, or of the workers that it starts. One for each pair of functions and memory.
 * @param isTold True for accesses that another rule has told of.
 */
export function racesIn(model: ModuleModel, isTold: (node: Node) => boolean): readonly MemoryRace[] {
  const workers = workerFilesOf(model);
  const own = historiesIn(model);
  const others = workers.filter((worker) => worker.model !== model).flatMap((worker) => historiesIn(worker.model, 'worker'));
  const all = [...own, ...others];
  const shared = sharedBuffers(all);
  const isOpen = (access: MemoryAccess): boolean => shared.has(bufferOf(access)) && access.kind !== 'notify' && !isAlone(access) && !isTold(access.node);
  const open = all.flatMap(({ accesses }) => accesses.filter(isOpen));
  const found: MemoryRace[] = [];
  for (const plain of open) {
    if (!isPlain(plain) || plain.root.model !== model) continue;
    if (writes(plain) && plain.side === 'worker' && plain.index !== undefined && workers.some((worker) => worker.model === model && worker.isRepeated) && isUnsynchronised(plain)) found.push({ kind: 'siblings', plain, other: plain });
    if (isSpin(plain) && !isGuarded(plain)) found.push({ kind: 'spin', plain, other: plain });
    for (const other of open) {
      const race = raceOf(plain, other, all, own);
      if (race) found.push(race);
      else if ((writes(plain) || writes(other)) && isOutsideLock(plain, other)) found.push({ kind: 'unlocked', plain, other });
    }
  }
  return oneForEach(found);
}

function raceOf(plain: MemoryAccess, other: MemoryAccess, all: readonly History[], own: readonly History[]): MemoryRace | undefined {
  const [runner, side] = sidesOf(plain, other);
  const acrossThreads = runner !== undefined && side !== undefined;
  if (!mayMeet(plain, other) || !(writes(plain) || writes(other)) || (acrossThreads ? runner === side : isOnlyLoaded(plain) || isOnlyLoaded(other))) return undefined;
  if (plain.root === other.root && !acrossThreads) return undefined;
  if ((runner === 'main' && isOrderedByThreads(plain, other)) || (side === 'main' && isOrderedByThreads(other, plain)) || isGuarded(plain) || isGuarded(other)) return undefined;
  const early = isPlain(other) ? earlyFlag(plain, other) : undefined;
  if (early) return { kind: 'early', plain, other, flag: early };
  if (isInOrder(plain, other)) return undefined;
  if (!isPlain(other)) return isSameCell(plain, other) && !isOwn(plain, all) ? { kind: 'mixed', plain, other } : undefined;
  const unlooked = unlookedFlag(plain, other);
  if (unlooked) return { kind: 'unlooked', plain, other, flag: unlooked };
  const isBare = acrossThreads ? isReadUnasked(plain, other) : isUnsynchronised(plain) && isUnsynchronised(other);
  const isMeant = acrossThreads || (isSameCell(plain, other) && plain.index !== 'parameter' && own.includes(other.root) && plain.memory.isShared && !hasSides(own));
  return isBare && isMeant && (writes(plain) || !own.includes(other.root)) ? { kind: 'unordered', plain, other } : undefined;
}

/** True if whoever reads learns that the write is over; of two writes either may. */
function isInOrder(a: MemoryAccess, b: MemoryAccess): boolean {
  return (writes(a) && isPublished(a, b)) || (writes(b) && isPublished(b, a));
}

/** A flag that `plain`'s function gives away before it comes to `plain`, and not after, and that the other looks at before its access. */
function earlyFlag(plain: MemoryAccess, other: MemoryAccess): MemoryAccess | undefined {
  const releases = releasesIn(plain.root).filter(({ kind }) => kind !== 'notify');
  const acquires = acquiresIn(other.root).filter(({ order }) => order < other.order);
  const early = releases.find((release) => release.order < plain.order && acquires.some((acquire) => isSameCell(acquire, release)) && !releases.some((later) => later.order > plain.order && isSameCell(later, release)));
  if (!early) return undefined;
  // An answer that is waited for in between gives it back.
  const answers = releasesIn(other.root).filter(({ order }) => order > other.order);
  const isGivenBack = acquiresIn(plain.root).some((acquire) => acquire.order > early.order && acquire.order < plain.order && answers.some((answer) => mayMeet(answer, acquire)));
  return isGivenBack ? undefined : early;
}

/** A flag that a write is published by, and that the reader looks at only when it has read. */
function unlookedFlag(plain: MemoryAccess, other: MemoryAccess): MemoryAccess | undefined {
  if (writes(plain) || !writes(other)) return undefined;
  const published = releasesIn(other.root).filter((release) => release.kind !== 'notify' && mayPrecede(other, release));
  return acquiresIn(plain.root).find((acquire) => acquire.order > plain.order && published.some((release) => isSameCell(acquire, release)));
}

/** Buffers that are surely shared, or that somebody here uses atomics on. */
function sharedBuffers(all: readonly History[]): ReadonlySet<string> {
  const accesses = all.flatMap((history) => history.accesses);
  return new Set([...all.flatMap(({ handedOver }) => [...handedOver]), ...accesses.filter((access) => access.memory.isShared || !isPlain(access)).map(bufferOf)]);
}

function bufferOf({ memory: { key } }: MemoryAccess): string {
  return key.split(' ')[0]!;
}

export function isAlone({ root }: MemoryAccess): boolean {
  return root.fn !== undefined && (root.fn.kind === 'constructor' || ALONE.test(root.fn.ownName.replace(/^[#_]+/, '')));
}

/** The threads that come to two accesses; a file that is run as a worker is another thread's than the file that starts it, or than who imports it. */
function sidesOf(a: MemoryAccess, b: MemoryAccess): readonly [Side | undefined, Side | undefined] {
  if (a.root.model !== b.root.model) return [a.side ?? 'main', b.side ?? 'main'];
  return [a.side ?? sideOfImporter(a, b), b.side ?? sideOfImporter(b, a)];
}

/** A worker that is the whole of its file uses nothing that the file exports but by calls that are seen. */
function sideOfImporter({ root: { fn, model, isInlined } }: MemoryAccess, other: MemoryAccess): Side | undefined {
  const isExported = fn !== undefined && !isInlined && model.entryOf(fn) !== undefined;
  return isExported && other.side === 'worker' && isOnlyLoaded(other) && workerFilesOf(model).some((worker) => worker.model === model) ? 'main' : undefined;
}

/** What the module does while it is loaded comes before anything else that it does. */
function isOnlyLoaded({ root }: MemoryAccess): boolean {
  return root.fn === undefined;
}

function hasSides(histories: readonly History[]): boolean {
  return histories.some(({ accesses }) => accesses.some(({ side }) => side !== undefined));
}

/** What the main thread does before it starts the other, or when the other has answered, has an order. */
function isOrderedByThreads({ root, order }: MemoryAccess, { root: there }: MemoryAccess): boolean {
  // A handler of messages does nothing before there is one.
  const isStarted = there.fn !== undefined && isAnswer(there.fn.node);
  const starts = root.turns.filter(({ kind }) => kind === 'post' || (kind === 'start' && !isStarted));
  const last = starts.findLast((start) => start.order < order);
  if (starts.length > 0 && !last) return true;
  if (root.turns.some((turn) => turn.kind === 'suspend' && turn.order < order && (!last || turn.order > last.order))) return true;
  return starts.length === 0 && (root.fn === undefined || isAnswer(root.fn.node));
}

/** A handler of what a worker sends, or of its end. */
function isAnswer(fn: Node): boolean {
  const holder = fn.parent;
  if (holder?.type === 'CallExpression') return holder.arguments.some((argument) => argument.type === 'Literal' && /^(?:message|exit|error|close|online)$/.test(String(argument.value))) || isChaining(calleeText(holder.callee));
  return holder?.type === 'AssignmentExpression' && /^on(?:message|error|exit)/.test(calleeText(holder.left));
}

function isGuarded({ root }: MemoryAccess): boolean {
  return root.turns.some(({ kind }) => kind === 'guard');
}

/** No atomics at all in the function. */
function isUnsynchronised({ root }: MemoryAccess): boolean {
  return !isGuarded({ root } as MemoryAccess) && root.accesses.every((access) => isPlain(access));
}

/** No atomics on either side; or none where a worker reads while it is loaded, so that nothing there learns of what the other publishes. */
function isReadUnasked(a: MemoryAccess, b: MemoryAccess): boolean {
  const isBareHere = (access: MemoryAccess): boolean => access.root.turns.every(({ kind }) => kind !== 'guard') && access.root.accesses.every((one) => isPlain(one) || one.side !== access.side);
  return [a, b].every(isBareHere) || [a, b].some((access) => !writes(access) && access.side === 'worker' && isOnlyLoaded(access) && isBareHere(access));
}

/** A cell that only one function writes is known to it without looking. */
function isOwn(plain: MemoryAccess, all: readonly History[]): boolean {
  if (writes(plain)) return false;
  const writers = new Set(all.flatMap(({ accesses }) => accesses.filter((access) => writes(access) && mayMeet(access, plain) && !isAlone(access))).map(({ root }) => root));
  return writers.size > 0 && [...writers].every((writer) => writer === plain.root);
}

/** One race for each two functions and their memory, the one that tells most. */
function oneForEach(found: readonly MemoryRace[]): MemoryRace[] {
  const sorted = [...found].sort((a, b) => TELLING.indexOf(a.kind) - TELLING.indexOf(b.kind) || Number(writes(b.plain)) - Number(writes(a.plain)) || a.plain.node.range[0] - b.plain.node.range[0]);
  const told = new Set<unknown>();
  const kept: MemoryRace[] = [];
  for (const race of sorted) {
    const ends = [race.plain, race.other].map(({ root, memory }) => `${root.model.file}:${root.at.range[0]} ${memory.key.split(' ')[0]!}`);
    if (ends.some((end) => told.has(end)) && (race.kind !== 'mixed' || ends.every((end) => told.has(end)))) continue;
    kept.push(race);
    ends.forEach((end) => told.add(end));
  }
  return kept;
}

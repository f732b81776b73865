import type { ByteRange, LoggedStep } from '../../../src/simulator/oracle/index.js';
import type { Step } from './ends.js';

/**
 * All data races of a trace, by the letter of ECMA-262 (29.9 to 29.11): edges between all pairs of steps, their transitive closure,
 * and every pair of accesses compared. Shares nothing with the oracle.
 */
export function racesByClosure(steps: readonly LoggedStep[]): [number, number][] {
  const before = closure(steps.map((later) => steps.map((earlier) => earlier.index < later.index && isEdge(earlier, later, steps))));
  const pairs: [number, number][] = [];
  for (const later of steps) for (const earlier of steps.slice(0, later.index)) if (earlier.agent !== later.agent && !before[later.index]![earlier.index] && collide(earlier, later)) pairs.push([earlier.index, later.index]);
  return pairs;
}

function isEdge(earlier: LoggedStep, later: LoggedStep, steps: readonly LoggedStep[]): boolean {
  if (earlier.agent === later.agent) return true;
  if (later.enabledBy === earlier.index) return !(earlier.kind === 'write' && !earlier.isAtomic);
  if (earlier.kind === 'release' && later.kind === 'acquire') return earlier.resource === later.resource;
  if (later.reads?.some((read) => writes(earlier) && earlier.isAtomic && equal(earlier.bytes!, read) && isReadFrom(earlier, { ...later, bytes: read }, steps))) return true;
  if (isWaiterStep(earlier) && isWaiterStep(later) && earlier.bytes!.buffer === later.bytes!.buffer && earlier.bytes!.offset === later.bytes!.offset) return true;
  return writes(earlier) && earlier.isAtomic && atomicallyReads(later) && equal(earlier.bytes!, later.bytes!) && isReadFrom(earlier, later, steps);
}

/** All its bytes were last written by `write`. */
function isReadFrom(write: LoggedStep, read: LoggedStep, steps: readonly LoggedStep[]): boolean {
  return !steps.slice(write.index + 1, read.index).some((step) => writes(step) && overlaps(step.bytes!, read.bytes!));
}

function closure(before: boolean[][]): boolean[][] {
  before.forEach((_, via) => { for (const row of before) if (row[via]) before[via]!.forEach((is, at) => { row[at] ||= is; }); });
  return before;
}

function collide(a: LoggedStep, b: LoggedStep): boolean {
  if (a.reads !== undefined) return a.reads.some((bytes) => collide({ ...a, kind: 'read', bytes, reads: undefined as never }, b));
  if (b.reads !== undefined) return collide(b, a);
  if (!accesses(a) || !accesses(b) || !overlaps(a.bytes!, b.bytes!) || (!writes(a) && !writes(b))) return false;
  return !(a.isAtomic && b.isAtomic && equal(a.bytes!, b.bytes!));
}

function accesses({ kind, bytes }: LoggedStep): boolean {
  return bytes !== undefined && ['read', 'write', 'update', 'wait'].includes(kind);
}

function writes({ kind, bytes }: LoggedStep): boolean {
  return bytes !== undefined && ['write', 'update'].includes(kind);
}

function atomicallyReads({ kind, bytes, isAtomic }: LoggedStep): boolean {
  return bytes !== undefined && isAtomic && ['read', 'update', 'wait'].includes(kind);
}

function isWaiterStep({ kind, bytes }: LoggedStep): boolean {
  return bytes !== undefined && ['wait', 'notify'].includes(kind);
}

function equal(a: ByteRange, b: ByteRange): boolean {
  return a.buffer === b.buffer && a.offset === b.offset && a.size === b.size;
}

function overlaps(a: ByteRange, b: ByteRange): boolean {
  if (a.buffer !== b.buffer) return false;
  for (let byte = a.offset; byte < a.offset + a.size; byte++) if (byte >= b.offset && byte < b.offset + b.size) return true;
  return false;
}

/** A trace of up to four agents over few bytes, locks, waits and messages. */
export function randomSteps(random: () => number): Step[] {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const agents = ['a', 'b', 'c', 'd'].slice(0, 2 + Math.floor(random() * 3));
  const ranges: ByteRange[] = [[0, 4], [4, 4], [8, 4], ...(random() < 0.3 ? [[0, 8], [6, 1], [4, 2]] : [])].map(([offset, size]) => ({ buffer: 'x', offset: offset!, size: size! }));
  const plainness = random() * 0.6;
  // Beyond it come locks; a third of the traces has mostly these.
  const atomics = random() < 0.3 ? plainness : 0.7;
  const steps: Step[] = [];
  const length = 2 + Math.floor(random() * 14);
  for (let index = 0; index < length; index++) {
    const agent = pick(agents);
    const base = { agent, task: agent, site: -1 };
    const roll = random();
    if (roll < plainness) steps.push({ ...base, kind: pick(['read', 'write']), isAtomic: false, bytes: pick(ranges) });
    else if (roll < atomics) steps.push({ ...base, kind: pick(['read', 'write', 'write', 'update']), isAtomic: true, bytes: pick(ranges) });
    else if (roll < 0.85) steps.push({ ...base, kind: pick(['acquire', 'release']), isAtomic: true, resource: pick(['m', 'n']) });
    else if (roll < 0.92) steps.push({ ...base, kind: pick(['wait', 'notify']), isAtomic: true, bytes: pick(ranges.filter(({ size }) => size === 4)) });
    else steps.push({ ...base, kind: 'receive', isAtomic: true, ...(index > 0 && { enabledBy: Math.floor(random() * index) }) });
  }
  return steps;
}

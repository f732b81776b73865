import type { Problem } from '../../model/index.js';
import type { Asks } from './asks.js';
import { AgentClocks } from './clocks.js';
import type { ByteRange, ExecutionEnd, LoggedStep } from './execution-end.js';
import { SharedRanges, type LastAccesses, type SharedRange } from './shared-ranges.js';
import { Synchronization } from './synchronizes-with.js';
import { stepPlace } from './wording.js';

export interface DataRace {
  readonly first: LoggedStep;
  readonly second: LoggedStep;
}

/**
 * The first data race of an execution (ECMA-262, 29.11): two accesses of overlapping bytes by different agents, one of them at
 * least a write, neither before the other, and not both atomic on the same bytes. First is the one whose later access comes first;
 * what happens after a race may be its consequence. Of the earlier accesses the nearest is named.
 */
export function firstDataRace(steps: readonly LoggedStep[]): DataRace | undefined {
  const clocks = new AgentClocks();
  const ranges = new SharedRanges();
  const synchronization = new Synchronization(steps, clocks, ranges);
  for (const step of steps) {
    const agent = clocks.agent(step.agent);
    synchronization.before(step, agent);
    for (const bytes of accessed(step)) {
      const range = ranges.at(bytes);
      const first = latestUnordered(step, agent, clocks.of(agent), range);
      if (first >= 0) return { first: steps[first]!, second: step };
      lastsOf(step, range).note(agent, clocks.of(agent)[agent]!, step.index);
    }
    synchronization.after(step, agent);
  }
  return undefined;
}

const NONE: readonly ByteRange[] = [];

function accessed({ kind, bytes, reads }: LoggedStep): readonly ByteRange[] {
  if (reads !== undefined) return reads;
  return bytes !== undefined && (kind === 'read' || kind === 'write' || kind === 'update' || kind === 'wait') ? [bytes] : NONE;
}

function isWrite({ kind }: LoggedStep): boolean {
  return kind === 'write' || kind === 'update';
}

function lastsOf(step: LoggedStep, range: SharedRange): LastAccesses {
  if (step.isAtomic) return isWrite(step) ? range.atomicWrites : range.atomicReads;
  return isWrite(step) ? range.plainWrites : range.plainReads;
}

/** The latest access that the step races with, or -1. */
function latestUnordered(step: LoggedStep, agent: number, clock: readonly number[], range: SharedRange): number {
  let latest = latestOf(range, step, !step.isAtomic, agent, clock);
  for (const other of range.overlapping) latest = Math.max(latest, latestOf(other, step, true, agent, clock));
  return latest;
}

function latestOf(range: SharedRange, step: LoggedStep, doAtomicsRace: boolean, agent: number, clock: readonly number[]): number {
  let latest = range.plainWrites.latestUnknown(agent, clock);
  if (doAtomicsRace) latest = Math.max(latest, range.atomicWrites.latestUnknown(agent, clock));
  if (!isWrite(step)) return latest;
  latest = Math.max(latest, range.plainReads.latestUnknown(agent, clock));
  return doAtomicsRace ? Math.max(latest, range.atomicReads.latestUnknown(agent, clock)) : latest;
}

export function dataRace(end: ExecutionEnd, asks: Asks): Problem | undefined {
  if (asks.dataRaces !== true || end.mayRace === false) return undefined;
  const race = firstDataRace(end.steps);
  if (race === undefined) return undefined;
  const { first, second } = race;
  return {
    kind: 'data-race',
    message: `${accessText(first, asks)} and ${accessText(second, asks)}, and nothing orders the two${mixedText(race)}`,
    steps: [first.index, second.index],
  };
}

/** "alice writes x[0] (plain, step 3, at file.ts:4)" */
function accessText(step: LoggedStep, asks: Asks): string {
  const verb = step.kind === 'write' ? 'writes' : step.kind === 'update' ? 'updates' : 'reads';
  return `${step.task} ${verb} ${step.resource ?? 'shared memory'} (${step.isAtomic ? 'atomic' : 'plain'}, ${stepPlace(step, asks)})`;
}

function mixedText({ first, second }: DataRace): string {
  if (first.isAtomic && second.isAtomic) return ': atomic accesses of different sizes do not synchronise';
  return first.isAtomic || second.isAtomic ? ': an atomic access does not make the plain one safe' : '';
}

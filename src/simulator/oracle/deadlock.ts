import type { Problem } from '../../model/index.js';
import type { Asks } from './asks.js';
import type { BlockedTask, ExecutionEnd, Hold } from './execution-end.js';
import { findCycle, waitsOf, type CycleLink, type Wait } from './wait-for.js';
import { listed, stepNumber } from './wording.js';

/**
 * Tasks that can never go on, by the wait-for cycle that keeps them if there is one. At the end of an execution nothing can fire,
 * so whoever is blocked stays so; in one that was cut only a cycle is certain. `lost` are tasks that missed a wake-up: they, and
 * those who wait only for them, are told of there.
 */
export function deadlock(end: ExecutionEnd, asks: Asks, lost: ReadonlySet<string>): Problem | undefined {
  if (end.blocked.length === 0) return undefined;
  const waits = waitsOf(end);
  const cycle = findCycle(end.isTruncated ? waits.filter(({ blocked }) => blocked.waits === 'lock') : waits);
  const stuck = end.isTruncated ? [] : waits.filter((wait) => !dependsOnlyOn(wait, lost, waits));
  if (stuck.length === 0 && cycle === undefined) return undefined;
  const inCycle = new Set(cycle?.map(({ blocked }) => blocked.task));
  const others = stuck.filter(({ blocked }) => !inCycle.has(blocked.task));
  const lines = [...(cycle === undefined ? [] : [cycleText(cycle)]), ...others.map((wait) => waitText(wait, end.blocked, asks))];
  return { kind: 'deadlock', message: lines.join('\n'), steps: stepsOf(end, cycle, stuck) };
}

/** It is a task of `tasks`, or everyone whom it waits for is in the end. */
export function dependsOnlyOn(wait: Wait, tasks: ReadonlySet<string>, waits: readonly Wait[], seen: readonly Wait[] = []): boolean {
  if (tasks.has(wait.blocked.task)) return true;
  if (wait.holds.length === 0 || seen.includes(wait)) return false;
  return wait.holds.every(({ task }) => {
    const holder = waits.find(({ blocked }) => blocked.task === task);
    return holder !== undefined && dependsOnlyOn(holder, tasks, waits, [...seen, wait]);
  });
}

/** "alice holds a (acquired in step 2) and waits for b, which bob holds (step 4) and waits for a" */
function cycleText(cycle: readonly CycleLink[]): string {
  const own = cycle[cycle.length - 1]!.hold;
  if (cycle.length === 1) return `${own.task} waits for ${own.resource}, which ${own.task} itself holds (acquired in ${stepNumber(own.step)})`;
  const rest = cycle.slice(0, -1).map(({ hold }, at) => `, which ${hold.task} holds (${stepNumber(hold.step)}) and waits for ${cycle[at + 1]!.hold.resource}`);
  return `${own.task} holds ${own.resource} (acquired in ${stepNumber(own.step)}) and waits for ${cycle[0]!.hold.resource}${rest.join('')}`;
}

/** Why one task cannot go on. */
export function waitText({ blocked, holds }: Wait, all: readonly BlockedTask[], asks: Asks): string {
  if (holds.length === 0) return nobodyText(blocked, asks);
  const holders = listed(holds.map(({ task, step }) => `${task} (acquired in ${stepNumber(step)})`));
  return `${blocked.task} waits for ${blocked.resource}${placeText(blocked, asks)}, which is held by ${holders}${endedText(holds, all)}`;
}

function endedText(holds: readonly Hold[], all: readonly BlockedTask[]): string {
  const ended = [...new Set(holds.map(({ task }) => task))].filter((holder) => !all.some(({ task }) => task === holder));
  return ended.length === 0 ? '' : `; ${listed(ended)} ended without releasing it`;
}

function nobodyText(blocked: BlockedTask, asks: Asks): string {
  const [what, doing] = neverDone(blocked);
  return `${blocked.task} ${what}${placeText(blocked, asks)}, and nobody is left to ${doing}`;
}

/** What the task does, and what nobody does for it. */
function neverDone({ waits, resource }: BlockedTask): readonly [string, string] {
  switch (waits) {
    case 'lock': return [`waits for ${resource}`, 'release it'];
    case 'semaphore': return [`waits for a unit of ${resource}`, 'release one'];
    case 'notify': return [`waits for a notify of ${resource}`, 'notify'];
    case 'signal': return [`waits for a signal of ${resource}`, 'signal'];
    case 'condition': return ['waits for a condition', 'make it true'];
    case 'memory': return [`spins until ${resource} changes`, 'change it'];
    case 'message': return [`waits for a message on ${resource}`, 'send one'];
    case 'room': return [`waits for room in ${resource}, which is full`, 'read from it'];
    case 'bytes': return [`waits for something to read from ${resource}`, 'write to it'];
    case 'nothing': return ['waits for a promise', 'settle it'];
  }
}

function placeText({ site }: BlockedTask, { placeOf }: Asks): string {
  const place = placeOf?.(site);
  return place === undefined ? '' : ` at ${place}`;
}

/** The acquisitions of the cycle, then where each stuck task asked for what it never got. */
function stepsOf({ steps }: ExecutionEnd, cycle: readonly CycleLink[] | undefined, stuck: readonly Wait[]): number[] {
  const asked = stuck.flatMap(({ blocked }) => {
    const at = steps.findLastIndex(({ kind, task, resource }) => (kind === 'request' || kind === 'wait') && task === blocked.task && resource === blocked.resource);
    return at < 0 ? [] : [at];
  });
  return [...new Set([...(cycle ?? []).map(({ hold }) => hold.step).sort((a, b) => a - b), ...asked])];
}

import type { Schedule, Trace, TraceStep } from '../../model/index.js';
import { applyStep, isThread, leftAt, notStarted, type TaskStatus } from './status.js';

/** Consecutive steps of one task in one turn: nothing else ran in between, nor could have. */
export interface Block {
  readonly lane: number;
  readonly turn: number;
  readonly steps: readonly TraceStep[];
  /** True if promise jobs have handed the turn on from another task: no scheduler chose this. */
  readonly continuesTurn: boolean;
  /** What began the turn: `audit(80) completes`. */
  readonly event?: string;
  /** How the run came here from another lane. */
  readonly handover?: Handover;
  /** Every lane's rail while this block runs. */
  readonly rails: readonly Rail[];
}

export interface Handover {
  readonly from: number;
  readonly to: number;
  /** True if the task that was left could not yet finish: it stays suspended. */
  readonly leavesUnfinished: boolean;
  /** Why the run left that lane: `waits for audit(80)`. */
  readonly reason: string;
  /** Every lane's rail between the two blocks. */
  readonly approach: readonly Rail[];
}

export type Rail = 'none' | 'running' | 'waiting';

export function blocksOf(trace: Trace, schedule?: Schedule): readonly Block[] {
  const lanes = new Map(trace.tasks.map(({ id }, lane) => [id, lane]));
  const statuses: TaskStatus[] = trace.tasks.map(() => notStarted);
  const blocks: Block[] = [];
  const eventBehind = eventReader(trace, schedule);
  for (const steps of groupsOf(trace.steps)) {
    const lane = lanes.get(steps[0].task) ?? 0;
    const previous = blocks.at(-1);
    const handover = previous && previous.lane !== lane && !isBareStart(previous, trace) ? handoverBetween(previous, lane, statuses, trace) : undefined;
    for (const step of steps) statuses[lane] = applyStep(step);
    const continuesTurn = previous?.turn === steps[0].turn;
    const event = continuesTurn ? undefined : eventBehind(steps[0]);
    blocks.push({
      lane,
      turn: steps[0].turn,
      steps,
      continuesTurn,
      ...(event === undefined ? {} : { event }),
      ...(handover ? { handover } : {}),
      rails: statuses.map((status, other) => (other === lane ? 'running' : railOf(status))),
    });
  }
  return blocks;
}

/** A thread that is there from the beginning, and has done nothing yet: whoever goes first interrupts nobody. */
function isBareStart({ steps }: Block, trace: Trace): boolean {
  return steps.every(({ kind, task }) => kind === 'start' && isThread(trace, task));
}

/** Every turn fires one event of the schedule; but a turn in which no task did anything worth a step is not in the trace, and then none can be told. */
function eventReader(trace: Trace, schedule: Schedule | undefined): (step: TraceStep) => string | undefined {
  const turns = [...new Set(trace.steps.map(({ turn }) => turn))];
  const events = schedule?.events.length === turns.length ? new Map(schedule.events.map((event, rank) => [turns[rank], event])) : undefined;
  return ({ turn, task }) => {
    const event = events?.get(turn);
    return event?.task === task ? event.label : undefined;
  };
}

type Steps = [TraceStep, ...TraceStep[]];

function groupsOf(steps: readonly TraceStep[]): readonly Steps[] {
  const groups: Steps[] = [];
  for (const step of steps) {
    const group = groups.at(-1);
    if (group && group[0].task === step.task && group[0].turn === step.turn) group.push(step);
    else groups.push([step]);
  }
  return groups;
}

function handoverBetween(previous: Block, to: number, statuses: readonly TaskStatus[], trace: Trace): Handover {
  const left = statuses[previous.lane] ?? notStarted;
  const reason = left.kind === 'finished' ? 'has finished' : left.kind === 'waiting' ? left.text : leftAt(trace, previous.steps[0]!.task);
  return { from: previous.lane, to, leavesUnfinished: left.kind !== 'finished', reason, approach: statuses.map(railOf) };
}

function railOf(status: TaskStatus): Rail {
  return status.kind === 'not-started' || status.kind === 'finished' ? 'none' : 'waiting';
}

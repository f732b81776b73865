import type { Problem, ProblemKind, ProblemTally, Schedule } from '../../model/index.js';
import type { Asks } from './asks.js';
import { capacityOf } from './capacity.js';
import type { ExecutionEnd } from './execution-end.js';
import { byImportance, judgeEnd } from './judge-end.js';
import { preferred } from './kept-schedule.js';
import { Observer, type Leak, type Sighting } from './noninterference.js';
import { SerializabilityJudge, type SerialOutcomes } from './serializability.js';
import { largestBypass, type Bypass } from './starvation.js';

/** A kind of problem: how many executions have it, and one of them. */
export interface FoundProblem extends ProblemTally {
  /** Steps of the execution that the message tells of. */
  readonly steps: readonly number[];
  /** A schedule that leads to it. */
  readonly schedule?: Schedule | undefined;
  /** Of a leak: the sighting that an execution must give to show it. */
  readonly sighting?: { readonly secret: number; readonly observed: string };
  /** Of a leak: executions in which nothing else is wrong. */
  readonly clean?: number;
}

/** All that a tally knows: plain data, for other threads. */
export interface TallyState {
  readonly problems: readonly FoundProblem[];
  readonly wrong: number;
  readonly serial: SerialOutcomes;
  readonly seen: readonly Sighting[];
  readonly bypass?: Bypass | undefined;
  /** Histories that were too large to be judged. */
  readonly undecided: number;
}

/**
 * Judges executions as they come, and keeps what is to be said of all of them together.
 * Serial executions are told first (`addSerial`), if the scenario asks for serializability.
 */
export class Tally {
  readonly #asks: Asks;
  readonly #problems = new Map<ProblemKind, FoundProblem>();
  readonly #serializability = new SerializabilityJudge();
  readonly #observer = new Observer();
  #wrong = 0;
  #bypass: Bypass | undefined;
  #undecidedElsewhere = 0;

  constructor(asks: Asks, state?: TallyState) {
    this.#asks = asks;
    if (state !== undefined) this.merge(state);
  }

  /** The tasks one after the other: says what is expected, and is not counted. */
  addSerial(end: ExecutionEnd): void {
    this.#serializability.addSerial(end);
  }

  /** An explored execution: what is wrong with it, the most important first. `schedule` is asked for only where it is kept. */
  add(end: ExecutionEnd, schedule?: () => Schedule): readonly Problem[] {
    const problems = this.judge(end);
    if (problems.length > 0) this.#wrong++;
    for (const problem of problems) this.#count({ ...problem, executions: 1 }, schedule);
    if (this.#asks.bypassBound !== undefined) this.#seeBypass(largestBypass(end.steps));
    const form = this.#asks.noninterference;
    if (form === undefined || !this.#observer.add(end, schedule, problems.length === 0)) return problems;
    const leak = this.#observer.leak(form, false, this.#asks);
    return leak === undefined ? problems : [...problems, leak.problem];
  }

  /** As `add`, without counting it. */
  judge(end: ExecutionEnd): readonly Problem[] {
    const problems = judgeEnd(end, this.#asks);
    const unserial = this.#asks.serializable === true ? this.#serializability.judge(end) : undefined;
    return unserial === undefined ? problems : [...problems, unserial].sort(byImportance);
  }

  /** The execution shows this problem: for a search for a shorter schedule. */
  shows(end: ExecutionEnd, { kind, sighting }: FoundProblem): boolean {
    if (sighting !== undefined) return !end.isTruncated && end.observed === sighting.observed && (end.secret ?? 0) === sighting.secret;
    return this.judge(end).some((problem) => problem.kind === kind);
  }

  #count(found: FoundProblem, schedule?: () => Schedule): void {
    const known = this.#problems.get(found.kind);
    if (known === undefined) this.#problems.set(found.kind, schedule === undefined ? found : { ...found, schedule: schedule() });
    else this.#problems.set(found.kind, { ...known, executions: known.executions + found.executions });
  }

  #seeBypass(bypass: Bypass | undefined): void {
    if (bypass !== undefined && bypass.count > (this.#bypass?.count ?? 0)) this.#bypass = bypass;
  }

  merge({ problems, wrong, serial, seen, bypass, undecided }: TallyState): void {
    this.#undecidedElsewhere += undecided;
    this.#wrong += wrong;
    this.#serializability.merge(serial);
    this.#observer.merge(seen);
    this.#seeBypass(bypass);
    for (const found of problems) this.#problems.set(found.kind, merged(this.#problems.get(found.kind), found));
  }

  get state(): TallyState {
    return { problems: [...this.#problems.values()], wrong: this.#wrong, serial: this.#serializability.serial, seen: this.#observer.seen, bypass: this.#bypass, undecided: this.undecided };
  }

  /** All kinds of problems that were found, the most important first. `isExhaustive`: every execution was added, for every secret. */
  problems(isExhaustive: boolean): readonly FoundProblem[] {
    const form = this.#asks.noninterference;
    const leak = form === undefined ? undefined : this.#observer.leak(form, isExhaustive, this.#asks);
    const all = [...this.#problems.values(), ...(leak === undefined ? [] : [foundLeak(leak)])];
    return all.sort(byImportance);
  }

  /** Executions with a problem of their own; a leak is no single execution's. */
  get wrong(): number {
    return this.#wrong;
  }

  /** Bits that the observer learns of the secret, if the scenario has secrets. */
  get capacity(): number | undefined {
    return this.#asks.noninterference === undefined ? undefined : capacityOf(this.#observer.seen);
  }

  /** The largest bypass of all that were added, if the scenario states a bound. */
  get bypass(): Bypass | undefined {
    return this.#bypass;
  }

  /** Histories that were too large to be judged: then the verdict is bounded. */
  get undecided(): number {
    return Object.values(this.#asks.linearizable ?? {}).reduce((sum, { undecided }) => sum + undecided, this.#undecidedElsewhere);
  }
}

/** The same whichever thread found it first: the shorter schedule's message stands. */
function merged(known: FoundProblem | undefined, found: FoundProblem): FoundProblem {
  if (known === undefined) return found;
  const kept = preferred(known.schedule, found.schedule) === known.schedule ? known : found;
  return { ...kept, executions: known.executions + found.executions };
}

function foundLeak({ problem, sighting: { secret, observed, executions, clean, schedule } }: Leak): FoundProblem {
  return { ...problem, executions, clean, schedule, sighting: { secret, observed } };
}

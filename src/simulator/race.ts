import type { Problem, RaceExploration, RaceFile, RaceOptions, RaceProgress, RaceReplay, RaceWitness, Schedule, Trace } from '../model/index.js';
import type { RaceEnd, RaceRunner } from './races/race-end.js';
import { createRaceRunner } from './races/race-runner.js';
import { explore, exploreBySwitches, replay, splitWork, WHOLE_SEARCH, type Path, type Subtree } from './explore/index.js';
import { ExploredParts } from './explored-parts.js';
import { minimise, outcomeKey, Tally, type FoundProblem } from './oracle/index.js';
import { after, Findings, limitOf, maxTurns, sideBudget } from './race-findings.js';
import { mergeParts, type RacePart, type RaceSubtree, type SeenOutcome } from './race-part.js';
import { SubjectFailure, type Failure, type Subject } from './runtime/runner.js';

/** Milliseconds that the search for a shorter witness may take. */
const minimisingTime = 20_000;

/** The explorations of one scenario file. One per file: what it has learnt of the file's agents serves all its parts. */
export class RaceSession {
  readonly race: RaceFile;
  readonly #runner: RaceRunner;
  #parts: ExploredParts | undefined;

  /** @throws SubjectFailure if the file cannot be run at all. */
  constructor(race: RaceFile, subject: Subject) {
    this.race = race;
    this.#runner = createRaceRunner(race, subject);
  }

  /** Explores everything on this thread, and judges it. */
  explore(options: RaceOptions, onProgress?: (progress: RaceProgress) => void): RaceExploration {
    const parts = this.#runner.secrets.map((_, secret) => this.#exploreAll(secret, options, onProgress));
    return this.conclude(options, mergeParts(parts));
  }

  /** Parts that together hold each class once. */
  split(parts: number): RaceSubtree[] {
    const each = Math.ceil(parts / this.#runner.secrets.length);
    return this.#runner.secrets.flatMap((_, secret) => this.#subtreesOf(secret, each).map((subtree, rank) => ({ secret, isFirst: rank === 0, subtree })));
  }

  /** What fails in a sample is told of by the exploration. */
  #subtreesOf(secret: number, parts: number): readonly Subtree[] {
    try {
      return splitWork(() => this.#runner.start(secret), parts);
    } catch (error) {
      if (error instanceof SubjectFailure) return [WHOLE_SEARCH];
      throw error;
    }
  }

  /** What this thread explores of the parts of an exploration. */
  partsOf(exploration: number): ExploredParts {
    if (this.#parts?.exploration !== exploration) this.#parts = new ExploredParts(exploration, this.#runner, this.race.regions.length > 0);
    return this.#parts;
  }

  #exploreAll(secret: number, options: RaceOptions, onProgress?: (progress: RaceProgress) => void): RacePart {
    const findings = new Findings(this.#runner, this.race.regions.length > 0);
    const start = (): ReturnType<RaceRunner['start']> => this.#runner.start(secret);
    const signal = after(options.maxMilliseconds);
    const bounds = { maxTurns, maxExecutions: options.maxExecutions, signal, ...(onProgress && { onProgress }), ...(options.strategySeed !== undefined && { seed: options.strategySeed }) };
    try {
      findings.prepare(start, signal, true);
      const note = (end: RaceEnd, path: Path): 'continue' | 'stop' => (findings.add(end, path) && options.stopAtFirst ? 'stop' : 'continue');
      const summary = options.preemptionBound === undefined ? explore(start, { ...bounds, strategy: options.strategy }, note) : exploreBySwitches(start, options.preemptionBound, bounds, note);
      return findings.part(summary, limitOf(summary, options));
    } catch (error) {
      if (error instanceof SubjectFailure) return findings.failed(error.failure);
      throw error;
    }
  }

  /** Judges what all parts have found together, and makes the witness of the most important problem. */
  conclude(options: RaceOptions, part: RacePart): RaceExploration {
    const { executions, transitions, limit, asked, unmodelled, failure } = part;
    const tally = new Tally(this.#runner.asks);
    for (const state of part.tallies) tally.merge(state);
    // Where something has no model, that may be what keeps a problem from happening.
    const found = unmodelled.length > 0 ? [] : [...tally.problems(limit === undefined && failure === undefined), ...tornProblem(part.outcomes)];
    const witness = found[0] && this.#witness(found[0], tally, part, options);
    return {
      exhaustive: limit === undefined && failure === undefined, ...(limit !== undefined && { limit }), executions, transitions,
      ...capacityIn(tally, part),
      wrong: tally.wrong + sum(found.map(({ clean }) => clean ?? 0)) + sum(part.outcomes.filter(isTornOutcome).map(({ onlyTorn }) => onlyTorn)), outcomes: outcomesOf(part.outcomes), ...(part.otherOutcomes > 0 && { otherOutcomes: part.otherOutcomes }), problems: found.map(({ kind, message, executions }) => ({ kind, message, executions })),
      asked, unmodelled, ...(failure && { failure }), ...(witness && { witness }),
    };
  }

  #witness(found: FoundProblem, tally: Tally, part: RacePart, { maxMilliseconds }: RaceOptions): RaceWitness | undefined {
    const secret = found.sighting?.secret ?? 0;
    const wrongOutcomes = new Set(part.outcomes.filter(isTornOutcome).map(({ outcome }) => outcomeKey(outcome)));
    const shows = (end: RaceEnd): boolean => (found.kind === 'atomicity' ? end.torn.length > 0 && wrongOutcomes.has(outcomeKey(end.outcome)) : tally.shows(end, found));
    // What never ends has no shorter schedule that is as telling.
    const bounds = { maxTurns, maxExecutions: found.kind === 'livelock' ? 0 : sideBudget, signal: after(Math.min(maxMilliseconds, minimisingTime)), ...(found.schedule && { fallback: found.schedule }) };
    const minimal = minimise(() => this.#runner.start(secret), shows, bounds);
    if (!minimal) return undefined;
    const { result } = replay(() => this.#runner.start(secret, true), minimal.schedule);
    const told = tally.judge(result).find(({ kind }) => kind === found.kind);
    const problem: Problem = { kind: found.kind, message: told?.message ?? found.message, steps: told?.steps ?? [] };
    const expectedOutcomes = outcomesOf(part.outcomes).filter(({ expected }) => expected).map(({ outcome }) => outcome);
    return { problem, schedule: minimal.schedule, switches: minimal.switches, isMinimal: minimal.isMinimal, outcome: result.outcome, expectedOutcomes, assumptions: result.asked, trace: colliding(result.trace!, problem) };
  }

  /** @throws ScheduleError if the schedule does not fit. */
  replay(schedule: Schedule, secret = 0): RaceReplay {
    const { result } = replay(() => this.#runner.start(secret, true), schedule);
    const problems = new Tally(this.#runner.asks).judge(result);
    return { trace: problems.reduce(colliding, result.trace!), problems };
  }
}

/** The two accesses of a data race collide. */
function colliding(trace: Trace, { kind, steps }: Problem): Trace {
  const [first, second] = steps;
  return kind === 'data-race' && first !== undefined && second !== undefined && steps.length === 2 ? { ...trace, conflict: [second, first] } : trace;
}

/** A file that cannot be run. */
export function failedExploration({ reason, range, limit }: Failure): RaceExploration {
  const failure = { reason, ...(range && { range }), ...(limit && { limit }) };
  return { exhaustive: false, ...(limit && { limit }), executions: 0, transitions: 0, wrong: 0, outcomes: [], problems: [], asked: [], unmodelled: [], failure };
}

/** Bits of the secret, by execution and by transition. */
function capacityIn({ capacity }: Tally, { executions, transitions }: RacePart): Pick<RaceExploration, 'capacity'> {
  return capacity === undefined || executions === 0 ? {} : { capacity: { bits: capacity, bitsPerStep: (capacity * executions) / transitions } };
}

/** Only executions with a torn region end so (design, section 5.4). */
function isTornOutcome({ torn, count, sound, isSerial }: SeenOutcome): boolean {
  return torn > 0 && torn === count && sound === 0 && !isSerial;
}

function tornProblem(outcomes: readonly SeenOutcome[]): FoundProblem[] {
  const torn = outcomes.filter(isTornOutcome);
  if (torn.length === 0) return [];
  const [{ outcome, tornBy }] = torn as [SeenOutcome];
  const results = Object.entries(outcome.results).map(([task, result]) => `${task} ${result}`);
  const state = Object.entries(outcome.state).map(([name, value]) => `${name} = ${value}`);
  return [{ kind: 'atomicity', message: `only torn regions end so: ${[...state, ...results].join(', ')}`, executions: sum(torn.map((outcome) => outcome.torn)), steps: [], schedule: tornBy }];
}

/** Expected ones first: those in which nothing is wrong but, at most, a region that was torn without harm. */
function outcomesOf(seen: readonly SeenOutcome[]): RaceExploration['outcomes'] {
  const all = seen.filter(({ count }) => count > 0).map(({ outcome, count, sound, onlyTorn, isSerial }) => ({ outcome, count, expected: sound > 0 || (isSerial && onlyTorn > 0) }));
  return [...all.filter(({ expected }) => expected), ...all.filter(({ expected }) => !expected)];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

import type { Limit, RaceOptions, RaceProgress } from '../model/index.js';
import { beginNaively, beginOptimally, type Path, type SearchSummary } from './explore/index.js';
import { after, Findings, limitOf, maxTurns } from './race-findings.js';
import { mergeParts, type RacePart, type RaceSubtree } from './race-part.js';
import type { RaceEnd, RaceRunner } from './races/race-end.js';
import { SubjectFailure, type Failure } from './runtime/runner.js';

/** What became of a part. */
export interface PartEnd {
  readonly executions: number;
  readonly transitions: number;
  /** What ended it before all was explored, or is to be told of it. */
  readonly limit?: Limit | undefined;
  /** The program failed. */
  readonly isFailed: boolean;
}

/** The parts of one exploration that one thread explores, one after the other, and what it has found in all of them. */
export class ExploredParts {
  /** Which exploration that is. */
  readonly exploration: number;
  readonly #runner: RaceRunner;
  readonly #watchesRegions: boolean;
  /** By secret. */
  readonly #findings = new Map<number, Findings>();
  #search: { goOn(isEnough: () => boolean): boolean; readonly summary: SearchSummary } | undefined;
  #options!: RaceOptions;
  #executions = 0;
  #transitions = 0;
  #limit: Limit | undefined;
  #failure: Failure | undefined;

  constructor(exploration: number, runner: RaceRunner, watchesRegions: boolean) {
    this.exploration = exploration;
    this.#runner = runner;
    this.#watchesRegions = watchesRegions;
  }

  begin({ secret, isFirst, subtree }: RaceSubtree, options: RaceOptions, onProgress: (progress: RaceProgress) => void): void {
    this.#options = options;
    const start = (): ReturnType<RaceRunner['start']> => this.#runner.start(secret);
    const signal = after(options.maxMilliseconds);
    this.#orFail(() => {
      const findings = this.#findingsOf(secret, (made) => made.prepare(start, signal, isFirst));
      const note = (end: RaceEnd, path: Path): 'continue' => { findings.add(end, path); return 'continue'; };
      this.#search = (options.strategy === 'naive' ? beginNaively : beginOptimally)(start, { maxTurns, maxExecutions: options.maxExecutions, signal, onProgress, subtree }, note);
    });
  }

  #findingsOf(secret: number, prepare: (findings: Findings) => void): Findings {
    const known = this.#findings.get(secret);
    if (known !== undefined) return known;
    const made = new Findings(this.#runner, this.#watchesRegions);
    this.#findings.set(secret, made);
    prepare(made);
    return made;
  }

  /** False if there is nothing to go on with; `isEnough` is asked between executions. */
  goOn(isEnough: () => boolean): boolean {
    return this.#orFail(() => this.#search!.goOn(isEnough)) ?? false;
  }

  #orFail<T>(run: () => T): T | undefined {
    try {
      return this.#failure === undefined ? run() : undefined;
    } catch (error) {
      if (!(error instanceof SubjectFailure)) throw error;
      this.#failure = error.failure;
      return undefined;
    }
  }

  /** Of the part that was begun last. */
  end(): PartEnd {
    const { executions, transitions } = this.#search?.summary ?? { executions: 0, transitions: 0 };
    const limit = this.#search && limitOf(this.#search.summary, this.#options);
    this.#search = undefined;
    this.#executions += executions;
    this.#transitions += transitions;
    this.#limit ??= limit;
    return { executions, transitions, limit, isFailed: this.#failure !== undefined };
  }

  /** What was found in all parts. */
  get found(): RacePart {
    const failure = this.#failure;
    const nothing = { executions: 0, transitions: 0 };
    const parts = [...this.#findings.values()].map((findings) => (failure === undefined ? findings.part(nothing, this.#limit) : findings.failed(failure)));
    return { ...mergeParts(parts), executions: this.#executions, transitions: this.#transitions };
  }
}

import type { RaceOptions, RaceProgress } from '../../model/index.js';
import type { RaceReport, RaceUnit, RaceUnitEnd, RaceUnits } from '../race-units.js';

/** How a unit is explored slice by slice, with an eye for what comes in between. */
export interface Pace {
  /** Runs something once the messages that have come in are seen to. */
  readonly later: (run: () => void) => void;
  /** Milliseconds that a slice takes. */
  readonly slice: number;
}

interface Listener {
  readonly pace: Pace;
  shared(report: RaceReport): void;
  explored(report: RaceReport & RaceUnitEnd): void;
  fail(error: unknown): void;
}

/** Explores a unit slice by slice, so that it can be asked to share what is left, or to stop. */
export class UnitUnderWay {
  readonly #units: RaceUnits;
  readonly #listener: Listener;
  #isWanted = false;
  #isStopped = false;

  constructor(units: RaceUnits, listener: Listener) {
    this.#units = units;
    this.#listener = listener;
  }

  begin(unit: RaceUnit, options: RaceOptions, onProgress: (progress: RaceProgress) => void): void {
    this.#units.begin(unit, options, onProgress);
    this.#goOn();
  }

  share(): void {
    this.#isWanted = true;
  }

  stop(): void {
    this.#isStopped = true;
  }

  #goOn(): void {
    const { pace: { later, slice } } = this.#listener;
    const end = performance.now() + slice;
    const hasMore = this.#units.goOn(() => performance.now() >= end);
    if (!hasMore || this.#isStopped) return this.#listener.explored({ ...this.#units.report(false), ...this.#units.end() });
    if (this.#isWanted) this.#give();
    later(() => this.#orFail(() => this.#goOn()));
  }

  /** Nothing may be left to give yet. */
  #give(): void {
    const given = this.#units.report(true);
    const { reversals, returned, narrowed } = given.report;
    if (given.isDivisible && reversals.length === 0 && returned.length === 0 && narrowed === undefined) return;
    this.#isWanted = false;
    this.#listener.shared(given);
  }

  #orFail(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#listener.fail(error);
    }
  }
}

import type { Problem, Schedule } from '../../model/index.js';
import type { Asks, NoninterferenceForm } from './asks.js';
import type { ExecutionEnd } from './execution-end.js';
import { preferred } from './kept-schedule.js';

/** Something that the observer saw with one secret. Plain data. */
export interface Sighting {
  /** Rank of the secret. */
  readonly secret: number;
  readonly observed: string;
  readonly executions: number;
  /** Executions with it in which nothing else is wrong. */
  readonly clean: number;
  /** One that shows it. */
  readonly schedule?: Schedule | undefined;
}

/** A sighting that gives the secret away. */
export interface Leak {
  readonly problem: Problem;
  readonly sighting: Sighting;
}

/** Collects what the observer sees over all executions, and compares it (possibilistic: McLean; observational determinism: Zdancewic and Myers). */
export class Observer {
  readonly #seen = new Map<string, Sighting>();

  constructor(seen: readonly Sighting[] = []) {
    this.merge(seen);
  }

  get seen(): readonly Sighting[] {
    return [...this.#seen.values()];
  }

  /** True if it is a new sighting. An execution that was cut, or in which the observer saw nothing, says nothing: both forms are insensitive to termination. */
  add({ observed, secret = 0, isTruncated }: ExecutionEnd, schedule?: () => Schedule, isClean = true): boolean {
    if (observed === undefined || isTruncated) return false;
    const key = `${secret} ${observed}`;
    const known = this.#seen.get(key);
    this.#seen.set(key, known === undefined ? { secret, observed, executions: 1, clean: isClean ? 1 : 0, schedule: schedule?.() } : { ...known, executions: known.executions + 1, clean: known.clean + (isClean ? 1 : 0) });
    return known === undefined;
  }

  merge(others: readonly Sighting[]): void {
    for (const other of others) {
      const key = `${other.secret} ${other.observed}`;
      const known = this.#seen.get(key);
      const executions = other.executions + (known?.executions ?? 0);
      this.#seen.set(key, { ...other, executions, clean: other.clean + (known?.clean ?? 0), schedule: preferred(known?.schedule, other.schedule) });
    }
  }

  /**
   * The first leak. That the observer sees different things is certain once both were seen; that something cannot be seen with
   * another secret only after everything was explored.
   */
  leak(form: NoninterferenceForm, isExhaustive: boolean, asks: Asks): Leak | undefined {
    return form === 'observational-determinism' ? this.#difference(asks) : isExhaustive ? this.#impossible(asks) : undefined;
  }

  #difference(asks: Asks): Leak | undefined {
    const [first, ...others] = this.#sorted();
    const different = others.filter(({ observed }) => observed !== first!.observed);
    const other = different.find(({ secret }) => secret !== first!.secret) ?? different[0];
    if (first === undefined || other === undefined) return undefined;
    const message = first.secret === other.secret
      ? `with ${secretName(first.secret, asks)} the observer sees ${first.observed} or ${other.observed}, as the schedule has it`
      : `the observer sees ${first.observed} with ${secretName(first.secret, asks)}, and ${other.observed} with ${secretName(other.secret, asks)}`;
    return { problem: { kind: 'observational-determinism', message, steps: [] }, sighting: other };
  }

  #impossible(asks: Asks): Leak | undefined {
    const sightings = this.#sorted();
    const secrets = new Set(sightings.map(({ secret }) => secret));
    for (const sighting of sightings) {
      const without = [...secrets].find((secret) => !this.#seen.has(`${secret} ${sighting.observed}`));
      if (without === undefined) continue;
      const message = `the observer may see ${sighting.observed} with ${secretName(sighting.secret, asks)}, but never with ${secretName(without, asks)}`;
      return { problem: { kind: 'noninterference', message, steps: [] }, sighting };
    }
    return undefined;
  }

  /** In an order that does not depend on which execution came first. */
  #sorted(): readonly Sighting[] {
    return this.seen.toSorted((a, b) => a.secret - b.secret || (a.observed < b.observed ? -1 : 1));
  }
}

function secretName(rank: number, { secrets }: Asks): string {
  return `secret ${secrets?.[rank] ?? rank}`;
}

import type { SequentialSpecification } from './specification.js';

/**
 * What a scenario wants judged beyond what is wrong anywhere (deadlock, lost wake-up, lock misuse, unhandled errors, its invariant).
 * What is not asked for costs nothing.
 */
export interface Asks {
  readonly dataRaces?: boolean | undefined;
  /** Demand that the whole outcome be that of a serial order, and one that real time allows. */
  readonly serializable?: boolean | undefined;
  /** Sequential specifications by the names of recorded objects. */
  readonly linearizable?: Readonly<Record<string, SequentialSpecification>> | undefined;
  /** How often a waiting task may be overtaken. */
  readonly bypassBound?: number | undefined;
  readonly noninterference?: NoninterferenceForm | undefined;
  /** What a person calls the secrets, by rank. */
  readonly secrets?: readonly string[] | undefined;
  /** What a person calls a site: `counter.race.ts:12`. Undefined where there is no place. */
  readonly placeOf?: ((site: number) => string | undefined) | undefined;
}

/**
 * `possibilistic`: whatever the secret, the observer may see the same things.
 * `observational-determinism`: the observer sees one thing only, whatever the secret and the schedule.
 */
export type NoninterferenceForm = 'possibilistic' | 'observational-determinism';

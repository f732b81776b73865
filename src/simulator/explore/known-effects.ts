import type { PendingEvent } from './execution.js';
import type { Footprint } from './footprint.js';
import type { TraceClass } from './trace-class.js';

/** What firing an event did. */
export interface Effect {
  readonly footprint: Footprint;
  /** Events that can be fired from then on, in the order in which they came up. */
  readonly created: readonly PendingEvent[];
  /** Tasks that it ended. */
  readonly ended: readonly string[];
}

/** Footprints of one event beyond which trying them all takes longer than running the program. */
const mostFootprints = 8;
/** Effects that are kept. */
const mostEffects = 50_000;

/**
 * What events of a program did after which causal past. An event does the same whenever that past is the same: whatever else was fired
 * before it is independent of it, so it could as well have been fired without (invariant 8 of the event loop).
 *
 * Of programs with movable events (`isMovable`) nothing must be asked here.
 */
export class KnownEffects {
  readonly #byEvent = new Map<string, { readonly footprints: Footprint[]; readonly byPast: Map<string, Effect> }>();
  #count = 0;

  /** After `depth` events of the path that `paths` was told of; undefined if that is not known. */
  of(event: PendingEvent, depth: number, paths: TraceClass): Effect | undefined {
    const known = this.#byEvent.get(event.id);
    if (known === undefined || known.footprints.length > mostFootprints) return undefined;
    for (const footprint of known.footprints) {
      const effect = known.byPast.get(paths.pastOf(depth, event, footprint));
      if (effect?.footprint === footprint) return effect;
    }
    return undefined;
  }

  add(event: PendingEvent, effect: Effect, depth: number, paths: TraceClass): void {
    if (this.#count++ >= mostEffects) return;
    let known = this.#byEvent.get(event.id);
    if (known === undefined) this.#byEvent.set(event.id, (known = { footprints: [], byPast: new Map() }));
    let footprint = known.footprints.find((other) => other.isLike(effect.footprint));
    if (footprint === undefined) known.footprints.push((footprint = effect.footprint));
    known.byPast.set(paths.pastOf(depth, event, footprint), { ...effect, footprint });
  }
}

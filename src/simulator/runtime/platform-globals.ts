import { isSet, type Assumptions } from './assumptions.js';
import type { OpaqueValues } from './opaque.js';

export interface PlatformGlobalsWorld {
  readonly assumptions: Assumptions;
  readonly opaque: OpaqueValues;
  /** A property of the global object that the platform may have, or whoever has loaded the code. */
  readonly mayBeGlobal: (object: object, name: string) => boolean;
  /** A place that a region is about: what it finds there is for the code to say. */
  readonly isExempt: (site: number, name: string) => boolean;
}

/**
 * `globalThis.WebSocket`, `window.__TAURI__`: what the platform the code runs on has beside what every one has. Each is an assumption, false by default,
 * as long as the code has not written it itself.
 */
export class PlatformGlobals {
  readonly #world: PlatformGlobalsWorld;
  #written = new Set<string>();

  constructor(world: PlatformGlobalsWorld) {
    this.#world = world;
  }

  /** A new execution starts. */
  reset(): void {
    if (this.#written.size > 0) this.#written = new Set();
  }

  wrote(object: object, key: PropertyKey): void {
    if (typeof key === 'string' && this.#world.mayBeGlobal(object, key)) this.#written.add(key);
  }

  /** What a read gives that has found nothing. */
  read(site: number, object: object, key: PropertyKey): unknown {
    if (!this.has(site, object, key)) return undefined;
    this.#world.opaque.found({ kind: 'global', value: String(key) });
    return this.#world.opaque.make(String(key));
  }

  has(site: number, object: object, key: PropertyKey): boolean {
    const { assumptions, mayBeGlobal, isExempt } = this.#world;
    if (typeof key !== 'string' || !mayBeGlobal(object, key) || this.#written.has(key) || isExempt(site, key)) return false;
    assumptions.site = site;
    return assumptions.holds(isSet(`globalThis.${key}`), false);
  }
}

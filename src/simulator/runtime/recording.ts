import { RegionMonitor, type TornRegion, type WatchedRegion } from '../oracle/region.js';
import type { EventLoop } from './loop.js';
import { wholeContents, type AccessKind } from './locations.js';
import { lastPlace } from './place.js';
import type { OpaqueValues } from './opaque.js';
import type { Recorder } from './recorder.js';

/** A runtime location that a region reads or acts on, kept so that its final value can be observed. */
export interface ObservedLocation {
  readonly site: number;
  readonly isRead: boolean;
  readonly object: object;
  readonly key: PropertyKey;
  last: unknown;
}

/** One execution as the oracles need it: footprints for the explorer, accesses for the regions, effects. */
export class Recording implements Recorder {
  readonly #loop: EventLoop;
  readonly #opaque: OpaqueValues;
  readonly #monitor: RegionMonitor;
  readonly #reads = new Set<number>();
  readonly #watched = new Set<number>();
  readonly observed = new Map<string, ObservedLocation>();
  readonly #effects: { readonly task: string; readonly step: number; readonly label: string }[] = [];
  readonly #spans: { readonly task: string; readonly from: number; readonly to: number }[] = [];
  readonly #reached: Set<number>;
  readonly #countsEffect: (name: string) => boolean;
  readonly #tasks: ReadonlySet<string>;
  /** Locations that a task has written: what no task writes ends the same in every execution. */
  readonly written = new Set<string>();
  protected steps = 0;
  /** Where the subject was last seen, for messages. */
  lastSite: number | undefined;

  constructor(loop: EventLoop, opaque: OpaqueValues, regions: readonly WatchedRegion[], reached: Set<number>, countsEffect: (name: string) => boolean, tasks: ReadonlySet<string>) {
    this.#countsEffect = countsEffect;
    this.#tasks = tasks;
    this.#loop = loop;
    this.#opaque = opaque;
    this.#monitor = new RegionMonitor(regions);
    this.#reached = reached;
    for (const { reads, acts } of regions) {
      for (const site of reads) { this.#reads.add(site); this.#watched.add(site); }
      for (const site of acts) this.#watched.add(site);
    }
  }

  get torn(): readonly TornRegion[] {
    return this.#monitor.torn;
  }

  /** How often each external call was made between the two ends of a region, by its task. */
  effects(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { task, step, label } of this.#effects) {
      if (this.#tasks.has(task) && this.#spans.some((span) => span.task === task && span.from < step && step < span.to)) counts[label] = (counts[label] ?? 0) + 1;
    }
    return counts;
  }

  access(site: number, kind: AccessKind, object: object, key: PropertyKey, value: unknown): void {
    this.#at(site);
    const isWatched = this.#watched.has(site);
    if (isWatched) this.#reached.add(site);
    const isWrite = kind !== 'read';
    this.#touch(object, key, isWrite ? 'write' : 'read');
    const location = this.locationOf(object, key);
    const step = this.steps++;
    if (isWrite && this.#tasks.has(this.#loop.task)) this.#noteWritten(location, object, key);
    if (isWatched) this.#observe(site, location, object, key, value);
    else if (isWrite) { const known = this.observed.get(location); if (known) known.last = value; }
    this.#note(site, kind, location, step, object, key);
    // An element's write changes what the container as a whole holds.
    if (isWrite && key !== wholeContents && isContainer(object)) this.#note(site, kind, this.locationOf(object, wholeContents), step, object, wholeContents);
  }

  call(site: number, label: string, name: string): void {
    if (this.#countsEffect(name)) this.#effects.push({ task: this.#loop.task, step: this.steps, label });
    if (this.#watched.has(site)) this.#note(site, 'call', `call of ${label}`, this.steps, this, label);
    this.steps++;
  }

  suspend(_site: number, _awaited: unknown): void {}
  resume(_site: number, _value: unknown): void {}

  enter(site: number): void {
    this.#at(site);
  }

  reached(site: number): void {
    this.#at(site);
    if (this.#watched.has(site)) this.#reached.add(site);
  }

  #at(site: number): void {
    this.lastSite = site;
    lastPlace.site[0] = site;
  }

  #noteWritten(location: string, object: object, key: PropertyKey): void {
    this.written.add(location);
    if (key !== wholeContents && isContainer(object)) this.written.add(this.locationOf(object, wholeContents));
  }

  protected locationOf(object: object, key: PropertyKey): string {
    const identity = this.#opaque.is(object) ? this.#opaque.labelOf(object) : this.#loop.identity.exact(object);
    return `${identity}.${String(key)}`;
  }

  #observe(site: number, location: string, object: object, key: PropertyKey, value: unknown): void {
    const known = this.observed.get(location);
    if (known) known.last = value;
    const isRead = this.#reads.has(site);
    if (!known || (isRead && !known.isRead)) this.observed.set(location, { site, isRead, object, key, last: value });
  }

  #note(site: number, kind: AccessKind | 'call', location: string, step: number, object: object, key: PropertyKey): void {
    for (const read of this.#monitor.note({ turn: this.#loop.turn, step, task: this.#loop.task, kind, location, site })) {
      this.#spans.push({ task: read.task, from: read.step, to: step });
      // Orders the act after other tasks' writes, so that being torn is a property of the equivalence class.
      const opened = this.observed.get(String(read.location)) ?? { object, key };
      this.#touch(opened.object, opened.key, 'read');
    }
  }

  #touch(object: object, key: PropertyKey, kind: 'read' | 'write'): void {
    this.#loop.touch(this.#opaque.is(object) ? this.#opaque.labelOf(object) : this.#loop.identity.of(object), key, kind);
  }
}

export function isContainer(object: object): boolean {
  return Array.isArray(object) || object instanceof Map || object instanceof Set;
}

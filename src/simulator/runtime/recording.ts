import { HeldWatch, type HeldSites } from '../oracle/held.js';
import { OrderWatch } from '../oracle/order.js';
import { RegionMonitor, type TornRegion, type WatchedRegion } from '../oracle/region.js';
import { KeptFile } from '../host/kept-files.js';
import type { Moment } from '../host/react/index.js';
import type { EventLoop } from './loop.js';
import type { LocationRecord, ObjectRecord } from './loop-identity.js';
import { VariableScope } from './hook-world.js';
import { constructorName } from './render.js';
import { wholeContents, type AccessKind } from './locations.js';
import { lastPlace } from './place.js';
import type { OpaqueValues } from './opaque.js';
import type { Recorder } from './recorder.js';

/** What all recordings of a scenario look out for. */
export class RecordingPlan {
  readonly regions: readonly WatchedRegion[];
  /** Ids of the tasks. */
  readonly tasks: ReadonlySet<string>;
  readonly #countsEffect: (name: string) => boolean;
  readonly #counted = new Map<string, boolean>();
  /** Sites of functions on the way to the regions, and those of them that any run has entered. */
  readonly #landmarks: Uint8Array;
  readonly passed = new Set<number>();
  /** By site: 0 if it belongs to no region, 1 if it only acts, 2 if it reads. */
  readonly #roles: Uint8Array;
  /** Sites of the regions that any run has executed. */
  readonly reached = new Set<number>();
  /** Those of them at which something from outside was called. */
  readonly outside = new Set<number>();
  /** Some task has waited for something in any run. */
  isSuspended = false;

  /** @param countsOutside Whether external calls count that a task makes outside every region. @param isOrdered Whether what counts is that acts come before reads. @param held Whether what counts is a lock that is left held, and where. */
  constructor(regions: readonly WatchedRegion[], tasks: ReadonlySet<string>, countsEffect: (name: string) => boolean, sites: number, readonly countsOutside = false, landmarks: Iterable<number> = [], readonly isOrdered = false, readonly held?: readonly HeldSites[]) {
    this.regions = regions;
    this.tasks = tasks;
    this.#countsEffect = countsEffect;
    this.#roles = new Uint8Array(sites);
    this.#landmarks = new Uint8Array(sites);
    for (const site of landmarks) this.#landmarks[site] = 1;
    for (const { acts } of regions) for (const site of acts) this.#roles[site] = 1;
    for (const { reads } of regions) for (const site of reads) this.#roles[site] = 2;
  }

  enter(site: number): void {
    if (this.#landmarks[site] === 1) this.passed.add(site);
  }

  isWatched(site: number): boolean {
    return this.#roles[site]! > 0;
  }

  /** True if what a container holds is read there, even if only the container is given to somebody. */
  looksInto(site: number): boolean {
    return this.#roles[site] === 2 && this.regions.some(({ isOfContents, reads }) => isOfContents === true && reads.has(site));
  }

  /** True if a write there takes one of a limited number of places. */
  isCount(site: number): boolean {
    return this.regions.some(({ kind, acts }) => kind === 'cap' && acts.has(site));
  }

  /** True if a call there asks for what a region puts away. */
  isRequest(site: number): boolean {
    return this.regions.some(({ kind, reads }) => kind === 'response' && reads.has(site));
  }

  isRead(site: number): boolean {
    return this.#roles[site] === 2;
  }

  /** Whether calls of this name belong to an outcome. */
  countsEffect(name: string): boolean {
    let counts = this.#counted.get(name);
    if (counts === undefined) this.#counted.set(name, (counts = this.#countsEffect(name)));
    return counts;
  }
}

interface Effect {
  readonly task: string;
  readonly step: number;
  readonly label: string;
  /** What it has started was ended again. */
  readonly isUndone: (() => boolean) | undefined;
}

/** A stretch of a task's steps that lies inside a region. */
interface Span {
  readonly task: string;
  readonly from: number;
  readonly to: number;
}

/** One execution as the oracles need it: footprints for the explorer, accesses for the regions, effects. */
export class Recording implements Recorder {
  protected readonly loop: EventLoop;
  protected readonly opaque: OpaqueValues;
  protected readonly plan: RecordingPlan;
  readonly #monitor: RegionMonitor;
  readonly #order: OrderWatch | undefined;
  readonly #held: HeldWatch | undefined;
  /** Then reads of other tasks count too, and the order of an act and of these is part of what tells executions apart. */
  readonly #hasPairs: boolean;
  /** What regions have read or acted on, in the order in which they did so first. */
  observed: LocationRecord[] = [];
  #effects: Effect[] = [];
  #spans: Span[] = [];
  /** The places of regions that a task came through. */
  #closed: { readonly task: string; readonly location: LocationRecord; /** The place is the one that was read, not that of the act. */ readonly isRead: boolean; readonly isSpanning: boolean; /** The step of its read. */ readonly from: number }[] = [];
  /** Contents of containers that were only given to somebody at the place of a read. */
  #lookedInto = new Set<LocationRecord>();
  /** By task: the step before which it suspended last. */
  #suspended = new Map<string, number>();
  /** By task: when it looked first at what a region is about, since its last act. */
  #looked = new Map<string, { readonly step: number; readonly turn: number }>();
  /** Some task suspended, or went on in another turn, between its first look and its act, whether it has looked again or not. */
  isCrossed = false;
  protected steps = 0;
  /** Where the subject was last seen, for messages. */
  lastSite: number | undefined;

  constructor(loop: EventLoop, opaque: OpaqueValues, plan: RecordingPlan) {
    this.loop = loop;
    this.opaque = opaque;
    this.plan = plan;
    this.#monitor = new RegionMonitor(plan.regions);
    this.#order = plan.isOrdered ? new OrderWatch(plan.regions.map(({ reads, acts }) => ({ early: reads, late: acts })), plan.tasks, (task) => loop.isFinished(task)) : undefined;
    this.#held = plan.held && new HeldWatch(plan.held);
    this.#hasPairs = plan.regions.some(({ kind }) => kind === 'pair');
  }

  /** A new execution starts. */
  reset(): void {
    this.#monitor.reset();
    this.#order?.reset();
    this.#held?.reset();
    if (this.observed.length > 0) this.observed = [];
    if (this.#effects.length > 0) this.#effects = [];
    if (this.#spans.length > 0) this.#spans = [];
    if (this.#closed.length > 0) this.#closed = [];
    if (this.#lookedInto.size > 0) this.#lookedInto = new Set();
    if (this.#suspended.size > 0) this.#suspended = new Map();
    if (this.#looked.size > 0) this.#looked = new Map();
    this.isCrossed = false;
    this.steps = 0;
    this.lastSite = undefined;
    this.lastToAsk = undefined;
    this.extreme = undefined;
  }

  get torn(): readonly TornRegion[] {
    return this.#monitor.torn;
  }

  /** A task did something before what should have come first. */
  get isDisordered(): boolean {
    return this.#order?.isBroken === true;
  }

  /**
   * Some task came through a region, and after its read another one wrote the place that it is about, or looked at it, where some task writes what was
   * read. What another task has only done before says nothing: it may be what let this one through.
   */
  get isContended(): boolean {
    return this.#closed.some(({ task, location, isRead, from }) => location.writes.isByAnother(task, from) || (isRead && location.isWritten && location.uses.isByAnother(task, from)));
  }

  /** Some task wrote the very place that a region had read. Where a library in between keeps the state, and is not linked in, none does. */
  get isCoherent(): boolean {
    return this.#closed.some(({ location, isRead }) => isRead && location.isWritten);
  }

  /** Some region lasted longer than a turn, so that another task may have started in it; or it has no suspension that one could start in. */
  get isSpanning(): boolean {
    return this.#closed.some(({ isSpanning }) => isSpanning);
  }

  /** How often each external call was made between the two ends of a region, by its task; all that tasks made, if they count outside. */
  effects(): Record<string, number> {
    const counts: Record<string, number> = {};
    const { countsOutside } = this.plan;
    if (this.#spans.length === 0 && !countsOutside) return counts;
    for (const { task, step, label, isUndone } of this.#effects) {
      if (isUndone?.() === true) continue;
      if (this.plan.tasks.has(task) && (countsOutside || this.#spans.some((span) => span.task === task && span.from < step && step < span.to))) counts[label] = (counts[label] ?? 0) + 1;
    }
    return counts;
  }

  access(site: number, kind: AccessKind, object: object, key: PropertyKey, value: unknown): void {
    this.#at(site);
    const step = this.steps++;
    const isWrite = kind !== 'read';
    const owner = this.#ownerOf(object);
    const location = this.loop.identity.location(owner, object, key);
    this.#touch(owner, location, isWrite ? 'write' : 'read');
    const isOfTask = isWrite && this.plan.tasks.has(this.loop.task);
    if (isOfTask) noteUse(location, this.loop.task, step);
    const isWatched = this.plan.isWatched(site);
    if (isWatched) {
      this.#observe(site, location);
      if (this.plan.tasks.has(this.loop.task)) noteUse(location, this.loop.task, step, false);
    }
    // That something is there says less than what was put there.
    if (isWrite || (isWatched && !(value === true && location.last !== undefined && isContainer(object)))) location.last = value;
    if (isWrite && this.plan.isCount(site)) this.#noteCount(countOf(object, value));
    // What no region has looked at yet is no concern of theirs.
    if (location.site >= 0) this.#note(site, kind, location, step);
    // An element's write changes what the container as a whole holds.
    if ((isWrite || this.#hasPairs) && key !== wholeContents && isContainer(object)) this.#noteWhole(site, kind, owner, object, step, isOfTask);
    if (isWatched && !isWrite && key !== wholeContents && isHeld(value) && this.plan.looksInto(site)) this.#lookInto(site, value);
  }

  #noteCount(count: number | undefined): void {
    if (count === undefined) return;
    if (this.extreme === undefined || Math.abs(count) > Math.abs(this.extreme) || count < 0) this.extreme = count;
  }

  /** How far the execution is. */
  moment(): Moment {
    return { step: this.steps, position: this.#monitor.position };
  }

  /** A look at what was shown at a moment, however much later it is taken. */
  shown(site: number, object: object, key: PropertyKey, value: unknown, since: Moment): void {
    this.#at(site);
    this.steps++;
    const owner = this.#ownerOf(object);
    const location = this.loop.identity.location(owner, object, key);
    this.#touch(owner, location, 'read');
    if (!this.plan.isWatched(site)) return;
    const { task, turn } = this.loop;
    if (this.plan.isRead(site) && !this.#looked.has(task)) this.#looked.set(task, { step: since.step, turn });
    this.#observe(site, location);
    if (this.plan.tasks.has(task)) noteUse(location, task, since.step, false);
    location.last = value;
    this.#note(site, 'read', location, since.step, since.position);
  }

  /** Whoever takes the container need not look into it at once, so this may show a torn region, and never that another task has met it. */
  #lookInto(site: number, container: object): void {
    this.#lookedInto.add(this.locationOf(container, wholeContents));
    this.access(site, 'read', container, wholeContents, container);
  }

  #noteWhole(site: number, kind: AccessKind, owner: ObjectRecord, object: object, step: number, isOfTask: boolean): void {
    const whole = this.loop.identity.location(owner, object, wholeContents);
    if (isOfTask) noteUse(whole, this.loop.task, step);
    if (whole.site >= 0 || this.plan.isWatched(site)) this.#note(site, kind, whole, step);
  }

  /** See `Identity.latest`. */
  latest(object: object): object {
    return this.loop.identity.latest(object);
  }

  /** The task whose request was the last, where regions are about whose answer should stay. */
  lastToAsk: string | undefined;

  /** The highest that a count with a limit has been, or what it was below zero. */
  extreme: number | undefined;

  call(site: number, label: string, name: string, isUndone?: () => boolean): void {
    if (this.plan.countsEffect(name)) this.#effects.push({ task: this.loop.task, step: this.steps, label, isUndone });
    if (this.plan.isWatched(site)) {
      this.plan.outside.add(site);
      if (!this.plan.isRequest(site)) this.#noteCall(site, label);
    }
    this.steps++;
  }

  /** A call that is an act has no location; that its name is read orders it after nothing. */
  #noteCall(site: number, label: string): void {
    const owner = this.#ownerOf(this);
    if (this.plan.isRequest(site)) {
      this.#look();
      this.lastToAsk = this.loop.task;
      // Who asks last is decided by the order of the requests.
      this.#touch(owner, this.loop.identity.location(owner, this, 'last to ask'), 'write');
    }
    this.#note(site, 'call', this.loop.identity.location(owner, this, label), this.steps);
  }

  suspend(site: number, _awaited: unknown): void {
    this.#suspended.set(this.loop.task, this.steps);
    if (!this.plan.isSuspended && this.plan.tasks.has(this.loop.task)) this.plan.isSuspended = true;
    if (this.#held?.suspend(this.loop.task, site) === true) this.plan.reached.add(site);
  }

  resume(site: number, _value: unknown): void {
    this.#held?.resume(this.loop.task, site);
    // A task ends in a turn in which it goes on.
    if (this.#order?.hasEnds === true) this.#touchOrder();
  }

  /** What the turn at hand runs for has failed; a trace says so. */
  failed(_label: string): void {
    this.#held?.fail(this.loop.task);
  }

  /** A lock was left held, so that another task waits for it for ever. */
  get isHeld(): boolean {
    return this.#held?.isHeld(this.plan.tasks, (task) => this.loop.isFinished(task)) === true;
  }

  enter(site: number): void {
    this.#at(site);
    this.plan.enter(site);
  }

  reached(site: number): void {
    this.#at(site);
    if (!this.plan.isWatched(site)) return;
    this.plan.reached.add(site);
    this.#held?.leave(this.loop.task, site);
    // A request may be a call of the program's own, too.
    if (this.plan.isRequest(site)) this.#noteCall(site, 'request');
  }

  #at(site: number): void {
    this.lastSite = site;
    lastPlace.site[0] = site;
    // Which comes first is part of what tells executions apart.
    if (this.#order?.note(site, this.loop.task) === true) {
      this.plan.reached.add(site);
      this.#touchOrder();
    }
  }

  #touchOrder(): void {
    this.#touch(this.#ownerOf(this), this.locationOf(this, 'order'), 'write');
  }

  /** The runtime location of a property, as this execution knows it. */
  protected locationOf(object: object, key: PropertyKey): LocationRecord {
    return this.loop.identity.location(this.#ownerOf(object), object, key);
  }

  /** Values from outside are known by their labels, and files by their paths. */
  #ownerOf(object: object): ObjectRecord {
    const label = object instanceof KeptFile ? `file ${object.label}` : this.opaque.knownLabel(object);
    return label === undefined ? this.loop.identity.record(object) : this.loop.identity.recordOfText(label);
  }

  #observe(site: number, location: LocationRecord): void {
    this.plan.reached.add(site);
    const isRead = this.plan.isRead(site);
    if (isRead) this.#look();
    if (location.site < 0) this.observed.push(location);
    else if (!isRead || location.isRead) return;
    location.site = site;
    location.isRead = isRead;
  }

  #look(): void {
    const { task, turn } = this.loop;
    if (!this.#looked.has(task)) this.#looked.set(task, { step: this.steps, turn });
  }

  /** A task acts. */
  #cross(task: string): void {
    const looked = this.#looked.get(task);
    if (looked === undefined) return;
    if (looked.turn !== this.loop.turn || (this.#suspended.get(task) ?? -1) >= looked.step) this.isCrossed = true;
    this.#looked.delete(task);
  }

  #note(site: number, kind: AccessKind | 'call', location: LocationRecord, step: number, position?: number): void {
    for (const read of this.#monitor.note({ turn: this.loop.turn, step, task: this.loop.task, kind, location: location.number, site }, position)) {
      this.#spans.push({ task: read.task, from: read.step, to: step });
      this.#cross(read.task);
      // Orders the act after other tasks' writes, so that being torn is a property of the equivalence class.
      const found = this.observed.find(({ number }) => number === read.location);
      const opened = found ?? location;
      if (!this.#lookedInto.has(opened)) this.#closed.push({ task: read.task, location: opened, isRead: found !== undefined, isSpanning: read.turn !== this.loop.turn || (this.#suspended.get(read.task) ?? -1) <= read.step, from: read.step });
      this.#touch(this.#ownerOf(opened.object), opened, this.#hasPairs ? 'write' : 'read');
    }
  }

  #touch(owner: ObjectRecord, location: LocationRecord, kind: 'read' | 'write'): void {
    if (location.touched < 0) location.touched = owner.name.key(location.key);
    this.loop.touchKey(location.touched, kind);
  }
}

function noteUse(location: LocationRecord, task: string, step: number, isWrite = true): void {
  location.uses.note(task, step);
  if (!isWrite) return;
  location.isWritten = true;
  location.writes.note(task, step);
}

/** How many places are taken now: the count that was written, or how much there is in what holds those that have one. */
function countOf(object: object, value: unknown): number | undefined {
  return sizeOf(object) ?? (typeof value === 'number' ? value : sizeOf(value));
}

function sizeOf(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map || value instanceof Set) return value.size;
  return isRecord(value) ? Object.keys(value).length : undefined;
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof VariableScope) && constructorName(value) === 'Object';
}

function isHeld(value: unknown): value is object {
  return typeof value === 'object' && value !== null && isContainer(value);
}

export function isContainer(object: object): boolean {
  return Array.isArray(object) || object instanceof Map || object instanceof Set;
}

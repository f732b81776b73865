import type { Keys } from '../explore/footprint.js';
import { emptied } from './emptied.js';
import type { EventName } from './loop-names.js';

/**
 * What an object is called in footprints. It lives as long as the loop and knows the numbers of its keys, so an execution that takes a
 * known way asks no table.
 */
export class ObjectName {
  readonly id: number | string;
  /** Of the object that it names, if that is one in each execution. */
  readonly record = new ObjectRecord(this);
  readonly #keys: Keys;
  readonly #numbers = new Map<PropertyKey, number>();

  constructor(keys: Keys, id: number | string) {
    this.#keys = keys;
    this.id = id;
  }

  /** The number of a key of this object, as footprints have it. */
  key(property: PropertyKey): number {
    const known = this.#numbers.get(property);
    if (known !== undefined) return known;
    const number = this.#keys.of(this.id, property);
    this.#numbers.set(property, number);
    return number;
  }
}

/** Which task used a place last, and when another one did: enough to know of any task whether another one used it after a step. */
export class LastUses {
  #task: string | undefined = undefined;
  #at = -1;
  #byAnotherAt = -1;

  note(task: string, step: number): void {
    if (this.#task !== undefined && this.#task !== task) this.#byAnotherAt = this.#at;
    this.#task = task;
    this.#at = step;
  }

  isByAnother(task: string, after: number): boolean {
    return (this.#task === task ? this.#byAnotherAt : this.#at) > after;
  }

  clear(): void {
    this.#task = undefined;
    this.#at = this.#byAnotherAt = -1;
  }
}

/** One property of an object, as one execution knows it. */
export class LocationRecord {
  object: object;
  key: PropertyKey;
  /** The key as text: names that read alike are one. */
  readonly name: string;
  /** Different for any two; nothing else is said by it. */
  readonly number: number;
  /** The location of the same object that was added before. */
  readonly next: LocationRecord | undefined;
  /** Its number in footprints, or -1 while that is not known. */
  touched = -1;
  /** A task has written it. What no task writes ends the same in every execution. */
  isWritten = false;
  /** Who has written it, and who has written it or looked at it as a region does. */
  readonly writes = new LastUses();
  readonly uses = new LastUses();
  /** The place of a region that used it, preferably as its read; -1: none did. */
  site = -1;
  isRead = false;
  /** The value that it was last seen with. */
  last: unknown = undefined;
  execution: number;

  constructor(object: object, key: PropertyKey, name: string, number: number, next: LocationRecord | undefined, execution: number) {
    this.object = object;
    this.key = key;
    this.name = name;
    this.number = number;
    this.next = next;
    this.execution = execution;
  }

  /** It serves another execution. */
  renew(object: object, key: PropertyKey, execution: number): void {
    this.object = object;
    this.key = key;
    this.isWritten = false;
    this.writes.clear();
    this.uses.clear();
    this.site = -1;
    this.isRead = false;
    this.last = undefined;
    this.execution = execution;
  }
}

/** Locations of an object beyond which a table finds them faster than a look at each. */
const fewLocations = 12;

/** What one execution knows of one object. That of a birth serves one execution after the other. */
export class ObjectRecord {
  name: ObjectName;
  /** Of an object that is never changed but followed by others: the last of them, in the execution numbered `succeededIn`. */
  successor: object | undefined = undefined;
  succeededIn = -1;
  #last: LocationRecord | undefined = undefined;
  #count = 0;
  #byName: Map<string, LocationRecord> | undefined = undefined;

  constructor(name: ObjectName) {
    this.name = name;
  }

  /** It is known by another name from here on. */
  rename(name: ObjectName): void {
    this.name = name;
    for (let location = this.#last; location !== undefined; location = location.next) location.touched = -1;
  }

  /** The record of a property of this object, which is made if it is new. */
  location(object: object, key: PropertyKey, { execution, nextNumber }: { readonly execution: number; readonly nextNumber: () => number }): LocationRecord {
    const name = typeof key === 'string' ? key : String(key);
    const known = this.#find(name);
    if (known === undefined) return this.#add(new LocationRecord(object, key, name, nextNumber(), this.#last, execution));
    if (known.execution !== execution) known.renew(object, key, execution);
    return known;
  }

  #find(name: string): LocationRecord | undefined {
    if (this.#byName !== undefined) return this.#byName.get(name);
    let location = this.#last;
    while (location !== undefined && location.name !== name) location = location.next;
    return location;
  }

  #add(location: LocationRecord): LocationRecord {
    this.#last = location;
    this.#count++;
    if (this.#byName !== undefined) this.#byName.set(location.name, location);
    else if (this.#count > fewLocations) this.#byName = byName(location);
    return location;
  }
}

function byName(last: LocationRecord): Map<string, LocationRecord> {
  const table = new Map<string, LocationRecord>();
  for (let location: LocationRecord | undefined = last; location !== undefined; location = location.next) table.set(location.name, location);
  return table;
}

/** Objects of one execution that are found by a look at each, which is faster than any table. */
const fewObjects = 12;
/** Objects of one execution that are held by strong references, in a table that is several times faster than one of weak ones. */
const mostHeld = 2_000;

/**
 * Who an object is, for footprints and for the access log.
 *
 * Footprints of different executions are compared, so the identity used there must not depend on the order of events. An object
 * whose birth was announced is known by the turn that made it and its rank among what that turn made. All others share the identity
 * 0: coarser, but sound.
 */
export class Identity {
  readonly #keys: Keys;
  readonly #unborn: ObjectName;
  readonly #first: (object | undefined)[] = new Array<undefined>(fewObjects).fill(undefined);
  readonly #firstRecords: (ObjectRecord | undefined)[] = new Array<undefined>(fewObjects).fill(undefined);
  #size = 0;
  #held = new Map<object, ObjectRecord>();
  #others: WeakMap<object, ObjectRecord> | undefined;
  readonly #names = new Map<string, ObjectName>();
  #turn: EventName | undefined;
  #rank = 0;
  #locations = 0;
  execution = 0;
  readonly nextNumber = (): number => ++this.#locations;

  constructor(keys: Keys) {
    this.#keys = keys;
    this.#unborn = new ObjectName(keys, 0);
  }

  /** Forget all objects: a new execution starts. */
  clear(): void {
    this.execution++;
    this.#first.fill(undefined);
    this.#firstRecords.fill(undefined);
    this.#size = 0;
    this.#held = emptied(this.#held);
    this.#others = undefined;
  }

  /** Births from here on belong to the turn of the event with this name. */
  enterTurn(turn: EventName): void {
    this.#turn = turn;
    this.#rank = 0;
  }

  born(object: object): number | string {
    const known = this.#find(object);
    if (known !== undefined && known.name !== this.#unborn) return known.name.id;
    const name = this.#nextBirth();
    if (known === undefined) this.#add(object, name.record);
    else known.rename(name);
    return name.id;
  }

  /** To footprints `object`, which is new, is the same as `other`: both are views of one memory. */
  alias(object: object, other: object): void {
    this.#add(object, this.record(other));
  }

  /** What was in `of` is in `version` from here on: they are versions of one thing. */
  succeed(version: object, of: object): void {
    const record = this.record(of);
    record.successor = version;
    record.succeededIn = this.execution;
  }

  /** The last version of an object. */
  latest(object: object): object {
    const record = this.#find(object);
    return record?.succeededIn === this.execution ? record.successor! : object;
  }

  #nextBirth(): ObjectName {
    const turn = this.#turn!;
    const rank = ++this.#rank;
    return (turn.births[rank] ??= new ObjectName(this.#keys, `#${turn.id}:${rank}`));
  }

  /** Identity that is the same in every execution in which the object has the same past; for `touch`. */
  of(object: object): number | string {
    return this.#find(object)?.name.id ?? 0;
  }

  /** All that this execution knows of an object. */
  record(object: object): ObjectRecord {
    return this.#find(object) ?? this.#add(object, new ObjectRecord(this.#unborn));
  }

  /** For what is known by a text that is the same in all executions, not by its birth. */
  recordOfText(text: string): ObjectRecord {
    let name = this.#names.get(text);
    if (name === undefined) this.#names.set(text, (name = new ObjectName(this.#keys, text)));
    return name.record;
  }

  #find(object: object): ObjectRecord | undefined {
    const first = this.#first;
    const few = this.#size < fewObjects ? this.#size : fewObjects;
    for (let index = 0; index < few; index++) if (first[index] === object) return this.#firstRecords[index];
    return this.#size <= fewObjects ? undefined : (this.#held.get(object) ?? this.#others?.get(object));
  }

  #add(object: object, record: ObjectRecord): ObjectRecord {
    const place = this.#size++;
    if (place < fewObjects) {
      this.#first[place] = object;
      this.#firstRecords[place] = record;
    } else if (place < mostHeld) this.#held.set(object, record);
    else (this.#others ??= new WeakMap()).set(object, record);
    return record;
  }

  /** The record of a property of `object`, whose own record is `owner`. */
  location(owner: ObjectRecord, object: object, key: PropertyKey): LocationRecord {
    return owner.location(object, key, this);
  }
}

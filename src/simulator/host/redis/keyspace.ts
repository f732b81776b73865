/** A value of Redis. Never changed, only replaced. */
export type RedisValue =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'hash'; readonly fields: ReadonlyMap<string, string> }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'set'; readonly members: ReadonlySet<string> }
  | { readonly kind: 'zset'; readonly scores: ReadonlyMap<string, number> };

export type RedisKind = RedisValue['kind'];

export interface Entry {
  readonly value: RedisValue;
  /** Milliseconds since 1970 at which it is gone. */
  readonly deadline?: number;
}

/** What a command answers: plain data. An error is an answer like any other. */
export type Reply = string | number | null | { readonly error: string } | readonly Reply[];

/** Ends a command with an error. */
export class ReplyError extends Error {}

/** A command asks for the time, and has not been told it. */
export class ClockNeeded extends Error {}

/** What there is, by key. */
export type Keys = ReadonlyMap<string, Entry>;

/**
 * The keys as one command, or one transaction, sees and changes them: nothing takes effect before it is over, and what was looked at is known
 * then. A key whose time is over is as good as gone.
 */
export class Keyspace {
  readonly #keys: Keys;
  readonly #now: number | undefined;
  readonly reads = new Set<string>();
  /** Undefined: the key is gone. */
  readonly changes = new Map<string, Entry | undefined>();
  /** All keys were looked at. */
  seesAll = false;

  constructor(keys: Keys, now: number | undefined) {
    this.#keys = keys;
    this.#now = now;
  }

  /** @throws ClockNeeded */
  get now(): number {
    if (this.#now === undefined) throw new ClockNeeded();
    return this.#now;
  }

  entry(key: string): Entry | undefined {
    this.reads.add(key);
    const entry = this.changes.has(key) ? this.changes.get(key) : this.#keys.get(key);
    return entry?.deadline !== undefined && entry.deadline <= this.now ? undefined : entry;
  }

  has(key: string): boolean {
    return this.entry(key) !== undefined;
  }

  /** @throws ReplyError if the key holds something else. */
  value<K extends RedisKind>(key: string, kind: K): Extract<RedisValue, { readonly kind: K }> | undefined {
    const value = this.entry(key)?.value;
    if (value !== undefined && value.kind !== kind) throw new ReplyError('WRONGTYPE Operation against a key holding the wrong kind of value');
    return value as Extract<RedisValue, { readonly kind: K }> | undefined;
  }

  text(key: string): string | undefined {
    return this.value(key, 'string')?.text;
  }

  /** Keeps the time at which it is gone; what is empty is gone at once. */
  put(key: string, value: RedisValue): void {
    const deadline = this.entry(key)?.deadline;
    this.set(key, isEmpty(value) ? undefined : { value, ...(deadline !== undefined && { deadline }) });
  }

  set(key: string, entry: Entry | undefined): void {
    this.changes.set(key, entry);
  }

  /** All keys there are, in their order. */
  names(): string[] {
    this.seesAll = true;
    return [...new Set([...this.#keys.keys(), ...this.changes.keys()])].filter((key) => this.has(key)).sort();
  }
}

function isEmpty(value: RedisValue): boolean {
  switch (value.kind) {
    case 'string': return false;
    case 'hash': return value.fields.size === 0;
    case 'list': return value.items.length === 0;
    case 'set': return value.members.size === 0;
    case 'zset': return value.scores.size === 0;
  }
}

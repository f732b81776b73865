import { commands, take } from './commands/index.js';
import { ClockNeeded, Keyspace, ReplyError, type Entry, type Keys, type Reply } from './keyspace.js';

/** What the server knows of a connection. Plain data, never changed. */
interface Session {
  /** Commands between MULTI and EXEC. */
  readonly queued?: readonly (readonly string[])[];
  /** One of them was refused. */
  readonly isAborted?: boolean;
  /** How often the watched keys had been changed. */
  readonly watched: ReadonlyMap<string, number>;
  /** Commands behind one that waits. */
  readonly backlog: readonly (readonly string[])[];
}

/** A connection that waits for an element of one of these lists. */
interface Waiter {
  readonly id: string;
  readonly names: readonly string[];
  readonly end: 'left' | 'right';
}

/** One Redis server with one database, at one time. Plain data, never changed. */
export interface Server {
  readonly keys: Keys;
  /** How often each key was changed. */
  readonly versions: ReadonlyMap<string, number>;
  readonly sessions: ReadonlyMap<string, Session>;
  /** In the order in which they began to wait. */
  readonly waiters: readonly Waiter[];
  readonly subscribers: ReadonlyMap<string, readonly string[]>;
}

export const emptyServer: Server = { keys: new Map(), versions: new Map(), sessions: new Map(), waiters: [], subscribers: new Map() };

/** What goes to a connection: the answer to its next command, or a message. */
export type Sent = { readonly id: string; readonly command: string } & ({ readonly reply: Reply } | { readonly message: readonly [channel: string, text: string] });

/** One step of the server. */
export interface Step {
  readonly server: Server;
  readonly sent: readonly Sent[];
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
  /** It cannot be done without the time; nothing has happened. */
  readonly needsClock?: boolean;
}

const newSession: Session = { watched: new Map(), backlog: [] };
const names = 'the names of keys';

/** A command of a connection takes effect: commands are atomic, and so is what stands between MULTI and EXEC. */
export function execute(server: Server, id: string, command: readonly string[], now: number | undefined): Step {
  return new Execution(server, now).run(id, command);
}

/** A command that waits is given up. */
export function giveUp(server: Server, id: string, now: number | undefined): Step {
  return new Execution(server, now).giveUp(id);
}

class Execution {
  #server: Server;
  readonly #before: Server;
  readonly #now: number | undefined;
  readonly #sent: Sent[] = [];
  readonly #reads = new Set<string>();
  readonly #writes = new Set<string>();

  constructor(server: Server, now: number | undefined) {
    this.#server = this.#before = server;
    this.#now = now;
  }

  run(id: string, command: readonly string[]): Step {
    return this.#step(() => this.#take(id, command));
  }

  giveUp(id: string): Step {
    return this.#step(() => {
      const waiter = this.#server.waiters.find((one) => one.id === id);
      this.#writes.add(`session ${id}`);
      if (waiter === undefined) return;
      this.#unblock(waiter, null);
    });
  }

  #step(run: () => void): Step {
    try {
      run();
      this.#serve();
      return { server: this.#server, sent: this.#sent, reads: this.#reads, writes: this.#writes };
    } catch (error) {
      if (!(error instanceof ClockNeeded)) throw error;
      return { server: this.#before, sent: [], reads: new Set([...this.#reads, ...this.#writes]), writes: new Set(), needsClock: true };
    }
  }

  #session(id: string): Session {
    return this.#server.sessions.get(id) ?? newSession;
  }

  #change(id: string, change: Session): void {
    this.#server = { ...this.#server, sessions: new Map(this.#server.sessions).set(id, change) };
  }

  #take(id: string, command: readonly string[]): void {
    this.#writes.add(`session ${id}`);
    const session = this.#session(id);
    if (this.#server.waiters.some((waiter) => waiter.id === id)) return this.#change(id, { ...session, backlog: [...session.backlog, command] });
    const reply = this.#answer(id, session, command);
    if (reply !== undefined) this.#sent.push({ id, command: shortText(command), reply });
  }

  /** Undefined: it waits. */
  #answer(id: string, session: Session, [given = '', ...args]: readonly string[]): Reply | undefined {
    const name = given.toLowerCase();
    const least = commands[name]?.least ?? leastOf[name] ?? 0;
    if (args.length < least) {
      if (session.queued) this.#change(id, { ...session, isAborted: true });
      return { error: `ERR wrong number of arguments for '${name}' command` };
    }
    switch (name) {
      case 'multi': return session.queued ? { error: 'ERR MULTI calls can not be nested' } : (this.#change(id, { ...session, queued: [] }), 'OK');
      case 'exec': return this.#execute(id, session);
      case 'discard': return session.queued ? (this.#change(id, newSession), 'OK') : { error: 'ERR DISCARD without MULTI' };
      case 'watch': return session.queued ? { error: 'ERR WATCH inside MULTI is not allowed' } : this.#watch(id, session, args);
    }
    if (session.queued) return this.#change(id, { ...session, queued: [...session.queued, [name, ...args]] }), 'QUEUED';
    switch (name) {
      case 'unwatch': return this.#change(id, { ...session, watched: new Map() }), 'OK';
      case 'blpop': return this.#pop(id, 'left', args);
      case 'brpop': return this.#pop(id, 'right', args);
      case 'publish': return this.#publish(args[0]!, args[1]!);
      case 'subscribe': return this.#subscribe(id, args, true);
      case 'unsubscribe': return this.#subscribe(id, args, false);
    }
    return this.#withKeys((keys) => replyOf(keys, name, args));
  }

  #withKeys<T>(run: (keys: Keyspace) => T): T {
    const keys = new Keyspace(this.#server.keys, this.#now);
    try {
      const result = run(keys);
      this.#commit(keys);
      return result;
    } finally {
      for (const key of keys.reads) this.#reads.add(`key ${key}`);
      if (keys.seesAll) this.#writes.add(names);
    }
  }

  #commit(space: Keyspace): void {
    if (space.changes.size === 0) return;
    const keys = new Map<string, Entry>(this.#server.keys);
    const versions = new Map(this.#server.versions);
    for (const [key, entry] of space.changes) {
      this.#writes.add(`key ${key}`);
      // Who adds a key and who adds another do not mind each other; who looks at all of them minds both.
      if (keys.has(key) !== (entry !== undefined)) this.#reads.add(names);
      if (entry === undefined) keys.delete(key);
      else keys.set(key, entry);
      versions.set(key, (versions.get(key) ?? 0) + 1);
    }
    this.#server = { ...this.#server, keys, versions };
  }

  #watch(id: string, session: Session, given: readonly string[]): Reply {
    const watched = new Map(session.watched);
    for (const key of given) {
      this.#reads.add(`key ${key}`);
      if (!watched.has(key)) watched.set(key, this.#server.versions.get(key) ?? 0);
    }
    this.#change(id, { ...session, watched });
    return 'OK';
  }

  #execute(id: string, session: Session): Reply {
    if (!session.queued) return { error: 'ERR EXEC without MULTI' };
    this.#change(id, newSession);
    if (session.isAborted === true) return { error: 'EXECABORT Transaction discarded because of previous errors.' };
    for (const key of session.watched.keys()) this.#reads.add(`key ${key}`);
    if ([...session.watched].some(([key, version]) => (this.#server.versions.get(key) ?? 0) !== version)) return null;
    const { queued } = session;
    return this.#withKeys((keys) => queued.map(([name = '', ...args]) => {
      if (name === 'blpop' || name === 'brpop') return popped(keys, args.slice(0, -1), name === 'blpop' ? 'left' : 'right') ?? null;
      if (name === 'publish') return this.#publish(args[0]!, args[1]!);
      return name === 'unwatch' ? 'OK' : replyOf(keys, name, args);
    }));
  }

  #pop(id: string, end: 'left' | 'right', args: readonly string[]): Reply | undefined {
    const lists = args.slice(0, -1);
    const reply = this.#withKeys((keys) => {
      try {
        return popped(keys, lists, end);
      } catch (error) {
        return errorOf(error);
      }
    });
    if (reply !== undefined) return reply;
    // Who pushes to one of them from here on serves it.
    for (const list of lists) this.#writes.add(`key ${list}`);
    this.#server = { ...this.#server, waiters: [...this.#server.waiters, { id, names: lists, end }] };
    return undefined;
  }

  /** Whoever waits for what there is now gets it, in the order of waiting. */
  #serve(): void {
    for (let waiter = this.#next(); waiter !== undefined; waiter = this.#next()) {
      const { names: lists, end } = waiter;
      this.#unblock(waiter, this.#withKeys((keys) => popped(keys, lists, end)) ?? null);
    }
  }

  #next(): Waiter | undefined {
    return this.#server.waiters.find(({ names: lists }) => lists.some((list) => this.#server.keys.get(list)?.value.kind === 'list'));
  }

  #unblock({ id, names: lists }: Waiter, reply: Reply): void {
    this.#writes.add(`session ${id}`);
    for (const list of lists) this.#writes.add(`key ${list}`);
    this.#server = { ...this.#server, waiters: this.#server.waiters.filter((waiter) => waiter.id !== id) };
    this.#sent.push({ id, command: 'BRPOP', reply });
    const session = this.#session(id);
    this.#change(id, { ...session, backlog: [] });
    for (const command of session.backlog) this.#take(id, command);
  }

  #publish(channel: string, text: string): Reply {
    this.#reads.add(`channel ${channel}`);
    const receivers = this.#server.subscribers.get(channel) ?? [];
    for (const id of receivers) {
      this.#writes.add(`session ${id}`);
      this.#sent.push({ id, command: `message on ${channel}`, message: [channel, text] });
    }
    return receivers.length;
  }

  #subscribe(id: string, channels: readonly string[], isOn: boolean): Reply {
    const subscribers = new Map(this.#server.subscribers);
    const left = channels.length > 0 || isOn ? channels : [...subscribers].filter(([, ids]) => ids.includes(id)).map(([channel]) => channel);
    for (const channel of left) {
      this.#writes.add(`channel ${channel}`);
      subscribers.set(channel, [...(subscribers.get(channel) ?? []).filter((other) => other !== id), ...(isOn ? [id] : [])]);
    }
    this.#server = { ...this.#server, subscribers };
    return [...subscribers.values()].filter((ids) => ids.includes(id)).length;
  }
}

const leastOf: Readonly<Record<string, number>> = { watch: 1, blpop: 2, brpop: 2, publish: 2, subscribe: 1 };

function replyOf(keys: Keyspace, name: string, args: readonly string[]): Reply {
  try {
    return commands[name]!.run(keys, args);
  } catch (error) {
    return errorOf(error);
  }
}

function errorOf(error: unknown): Reply {
  if (error instanceof ReplyError) return { error: error.message };
  throw error;
}

function popped(keys: Keyspace, lists: readonly string[], end: 'left' | 'right'): Reply | undefined {
  for (const list of lists) {
    const item = take(keys, end, list);
    if (item !== undefined) return [list, item];
  }
  return undefined;
}

/** What a person reads of a command: its name and its key. */
export function shortText([name = '', key]: readonly string[]): string {
  return key === undefined ? name.toUpperCase() : `${name.toUpperCase()} ${key.length > 40 ? `${key.slice(0, 40)}…` : key}`;
}

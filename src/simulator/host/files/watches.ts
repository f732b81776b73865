import type { Arrival, SharedWorld, Touches } from '../../agents/shared-objects.js';

/** Why Linux tells who watches a file or directory (inotify). */
export type Cause = 'create' | 'delete' | 'from' | 'to' | 'modify' | 'attrib' | 'attrib of directory' | 'moved' | 'gone' | 'ignored';

/** What happened to an inode. `name`: to the entry of a directory that has it; absent: to itself. */
export interface FileNews {
  readonly inode: string;
  readonly cause: Cause;
  readonly name?: string;
}

/** One watch of an agent's; several of one inode are the same, for inotify has but one. */
interface Watch {
  readonly agent: string;
  readonly inode: string;
  readonly id: string;
  /** The name that its own events have. */
  readonly name: string;
  /** Who has asked for it; each is open until it is closed. */
  readonly users: readonly { readonly handle: string; readonly isPersistent: boolean }[];
}

/** What an agent is told in one arrival, first to last. */
export interface WatchEvent {
  readonly watch: string;
  readonly type: 'rename' | 'change';
  readonly name: string;
}

interface Queue {
  readonly events: readonly (WatchEvent & { readonly cause: Cause })[];
  readonly arrival: Arrival;
}

/** Where an agent is told of files. */
export const watchAddress = 'file events';

/** The location that says who watches an inode. */
export function watchersOf(inode: string): string {
  return `watchers of ${inode}`;
}

/**
 * Watches of files and directories, as inotify and libuv have them: one queue an agent. What is in it when the agent's loop looks comes at
 * once, and an event that is the same as the last one in it is not added.
 */
export class Watches {
  readonly #world: SharedWorld;
  readonly #watches = new Map<string, Watch>();
  readonly #queues = new Map<string, Queue>();

  constructor(world: SharedWorld) {
    this.#world = world;
  }

  /** Gives the identity of the watch. */
  add(agent: string, inode: string, name: string, handle: string, isPersistent: boolean): string {
    const known = [...this.#watches.values()].find((watch) => watch.agent === agent && watch.inode === inode);
    const watch = known ?? { agent, inode, id: handle, name, users: [] };
    this.#replace(this.#watches, watch.id, { ...watch, users: [...watch.users, { handle, isPersistent }] });
    return watch.id;
  }

  remove(handle: string): void {
    const watch = this.#usedBy(handle);
    if (watch === undefined) return;
    const users = watch.users.filter((user) => user.handle !== handle);
    this.#replace(this.#watches, watch.id, users.length === 0 ? undefined : { ...watch, users });
  }

  inodeOf(handle: string): string | undefined {
    return this.#usedBy(handle)?.inode;
  }

  #usedBy(handle: string): Watch | undefined {
    return [...this.#watches.values()].find(({ users }) => users.some((user) => user.handle === handle));
  }

  isListening(agent: string): boolean {
    for (const watch of this.#watches.values()) if (watch.agent === agent && watch.users.some(({ isPersistent }) => isPersistent)) return true;
    return false;
  }

  /** What it takes to tell of the news. */
  touches(news: readonly FileNews[]): Touches {
    const inodes = new Set(news.map(({ inode }) => inode));
    const agents = new Set([...this.#watches.values()].filter(({ inode }) => inodes.has(inode)).map(({ agent }) => agent));
    return { reads: [...inodes].map(watchersOf), writes: [...agents].map(eventsOf) };
  }

  tell(news: readonly FileNews[]): void {
    if (this.#watches.size === 0) return;
    for (const each of news) {
      for (const watch of this.#watches.values()) if (watch.inode === each.inode) this.#queue(watch, each);
      if (each.cause === 'ignored') this.#forget(each.inode);
    }
  }

  /** A watch ends with its inode; its users stay open and hear nothing. */
  #forget(inode: string): void {
    for (const watch of this.#watches.values()) if (watch.inode === inode) this.#replace(this.#watches, watch.id, { ...watch, inode: `${inode}, which is gone` });
  }

  #queue({ id, agent, name: own }: Watch, { cause, name = own }: FileNews): void {
    const type = cause === 'modify' || cause === 'attrib' ? 'change' : 'rename';
    const queue = this.#queues.get(agent);
    const last = queue?.events.at(-1);
    if (last?.watch === id && last.cause === cause && last.name === name) return;
    const events = [...(queue?.events ?? []), { watch: id, type, name, cause } as const];
    const payload = events.map((event): WatchEvent => ({ watch: event.watch, type: event.type, name: event.name }));
    const arrival = queue === undefined ? this.#world.post({
      agent, address: watchAddress, payload, label: 'news of files arrives', isOpen: true, touches: { writes: [eventsOf(agent)] },
      fire: () => this.#replace(this.#queues, agent, undefined),
    }) : this.#world.amend(queue.arrival, { payload });
    this.#replace(this.#queues, agent, { events, arrival });
  }

  #replace<T>(map: Map<string, T>, key: string, value: T | undefined): void {
    const before = map.get(key);
    this.#world.undo(() => (before === undefined ? map.delete(key) : map.set(key, before)));
    if (value === undefined) map.delete(key);
    else map.set(key, value);
  }
}

function eventsOf(agent: string): string {
  return `${watchAddress} of ${agent}`;
}

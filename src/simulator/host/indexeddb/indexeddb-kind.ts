import type { Arrival, SharedCall, SharedObjectKind, SharedObjects, SharedWait, SharedWorld, Touches } from '../../agents/shared-objects.js';
import { noDatabase, step, type Asked, type Database, type News, type Told } from './database.js';

export const databaseKind = 'indexeddb';

/**
 * Databases of one site, by their names (`indexeddb shop`), shared by all agents as by the tabs and workers of a browser. What is asked takes effect at once: a request sees what
 * the transactions before its own have left, which nothing changes meanwhile, so when exactly it is answered shows nowhere. What comes of it is told later, each an event in the loop
 * of who has asked; requests of one transaction in their order, others in any, unless one transaction waits for the other.
 */
export const databases: SharedObjectKind = { name: databaseKind, create: (world) => new Databases(world) };

class Databases implements SharedObjects {
  readonly #world: SharedWorld;
  readonly #databases = new Map<string, Database>();
  /** News that are under way, by their channels; the end of a transaction also by its id. */
  readonly #arrivals = new Map<string, readonly Arrival[]>();

  constructor(world: SharedWorld) {
    this.#world = world;
  }

  touches({ object, method, payload }: SharedCall): Touches {
    if (method === 'names') return { writes: [`${databaseKind}s`] };
    const { reads, writes, told, withdrawn } = step(this.#databaseOf(object), payload as Asked);
    const at = (place: string): string => `${object} ${place}`;
    const isAboutAll = writes.has('connections');
    return { reads: [...[...reads].map(at), ...(isAboutAll ? [`${databaseKind}s`] : [])], writes: [...[...writes].map(at), ...told.map(({ channel }) => at(tailOf(channel))), ...withdrawn.map((channel) => at(headOf(channel)))] };
  }

  perform(call: SharedCall): unknown {
    const { object, method, payload } = call;
    if (method === 'names') return [...this.#databases].flatMap(([name, { version }]) => (version > 0 ? [{ name: name.slice(databaseKind.length + 1), version }] : [])).sort((a, b) => (a.name < b.name ? -1 : 1));
    const { database, told, withdrawn } = step(this.#databaseOf(object), payload as Asked);
    this.#set(this.#databases, object, database);
    for (const channel of withdrawn.map((one) => `${object} ${one}`)) {
      for (const arrival of this.#arrivals.get(channel) ?? []) this.#world.withdraw(arrival);
      this.#set(this.#arrivals, channel, []);
    }
    for (const one of told) this.#tell(object, one);
    return undefined;
  }

  #databaseOf(object: string): Database {
    return this.#databases.get(object) ?? noDatabase;
  }

  #set<T>(map: Map<string, T>, key: string, value: T): void {
    const before = map.get(key);
    this.#world.undo(() => (before === undefined ? map.delete(key) : map.set(key, before)));
    map.set(key, value);
  }

  #tell(object: string, { owner, address, channel: short, news, after }: Told): void {
    const channel = `${object} ${short}`;
    const ends = after.flatMap((id) => this.#arrivals.get(`end of ${id}`) ?? []);
    const arrival = this.#world.post({ agent: owner.agent, task: owner.task, address, payload: news, channel, label: `${object}: ${labelOf(news)}`, touches: { reads: after.map((id) => headOf(`${object} ${id}`)), writes: [headOf(channel)] }, ...(ends.length > 0 && { after: ends }) });
    this.#set(this.#arrivals, channel, [...(this.#arrivals.get(channel) ?? []), arrival]);
    if (news.kind === 'complete' || news.kind === 'aborted') this.#set(this.#arrivals, `end of ${address}`, [arrival]);
  }

  /** Transactions that wait for others, and who waits for connections to be closed. */
  waitsAt(agent: string): readonly (SharedWait & { readonly task: string; readonly site: number })[] {
    return [...this.#databases].flatMap(([object, { transactions, openings }]) => {
      const waiting = [...transactions.filter(({ isStarted }) => !isStarted), ...openings.filter(({ id }) => !transactions.some(({ opening }) => opening === id))];
      return waiting.filter((one) => one.agent === agent).map(({ task, site }) => ({ task, site, waits: 'lock' as const, resource: object }));
    });
  }

  logged({ payload, method }: SharedCall): { readonly text: string } {
    return { text: method === 'names' ? 'lists databases' : textOf(payload as Asked) };
  }
}

/** A channel's end where news are put. */
function tailOf(channel: string): string {
  return `${channel} tail`;
}

function headOf(channel: string): string {
  return `${channel} head`;
}

function textOf(asked: Asked): string {
  switch (asked.kind) {
    case 'open': return asked.isDeleting ? 'is to be deleted' : `is opened${asked.version === undefined ? '' : `, version ${asked.version}`}`;
    case 'close': return 'a connection is closed';
    case 'heard': return 'a connection has heard of a new version';
    case 'begin': return `a transaction begins, ${asked.mode}, ${asked.scope.join(', ')}`;
    case 'request': return `${asked.query.kind} in ${asked.store}`;
    case 'change': return `${asked.change.kind} ${asked.change.store}`;
    case 'commit': return 'a transaction commits';
    case 'abort': return 'a transaction is aborted';
  }
}

function labelOf(news: News): string {
  switch (news.kind) {
    case 'result': return news.result.kind === 'error' ? `a request fails: ${news.result.name}` : 'a request is answered';
    case 'aborted request': return 'a request is aborted';
    case 'complete': return 'a transaction is complete';
    case 'aborted': return 'a transaction was aborted';
    case 'upgrade': return 'an upgrade is needed';
    case 'failed': return `fails: ${news.name}`;
    default: return `is ${news.kind}`.replace('is versionchange', 'is about to change');
  }
}

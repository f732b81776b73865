import type { SharedCall, SharedObjectKind, SharedObjects, SharedWait, SharedWorld, Touches } from '../../agents/shared-objects.js';
import { checkDeadlock, close, emptyServer, execute, type Reply, type Sent, type Server, type Step } from './server.js';

export const postgresKind = 'postgres';

export interface PostgresPayload {
  /** Identity of the connection, which is also where it is told what comes of its messages. */
  readonly id: string;
  /** On whose behalf. */
  readonly task: string;
  /** Where the program asked. */
  readonly site: number;
  readonly sql: string;
  readonly parameters?: readonly (string | null)[];
}

/** Where a connection hears: an answer, or that it is time to look for a deadlock. */
export type PostgresNews = Reply | 'check';

/**
 * PostgreSQL servers, by their addresses (`postgres localhost:5432/app`). A statement takes effect in a step of its own, some time after it was sent, or begins to wait for
 * another transaction; what is answered arrives some time later, in an event of the loop of who has asked. Both keep the order of their connection.
 */
export const postgresServers: SharedObjectKind = { name: postgresKind, create: (world) => new PostgresServers(world) };

interface Owner {
  readonly agent: string;
  readonly task: string;
  readonly site: number;
}

class PostgresServers implements SharedObjects {
  readonly #world: SharedWorld;
  readonly #servers = new Map<string, Server>();
  readonly #owners = new Map<string, Owner>();

  constructor(world: SharedWorld) {
    this.#world = world;
  }

  #step({ object, method, payload }: SharedCall): Step {
    const { id, sql, parameters } = payload as PostgresPayload;
    const server = this.#servers.get(object) ?? emptyServer;
    return method === 'check' ? checkDeadlock(server, id) : method === 'close' ? close(server, id) : execute(server, id, sql, parameters);
  }

  touches(call: SharedCall): Touches {
    const { reads, writes } = this.#step(call);
    const at = (place: string): string => `${call.object} ${place}`;
    return { reads: [...reads].map(at), writes: [...writes].map(at) };
  }

  perform(call: SharedCall): undefined {
    const { object, agent, payload } = call;
    const { id, task, site } = payload as PostgresPayload;
    const { server, sent } = this.#step(call);
    const [before, owner] = [this.#servers.get(object), this.#owners.get(id)];
    this.#world.undo(() => {
      restore(this.#servers, object, before);
      restore(this.#owners, id, owner);
    });
    this.#owners.set(id, { agent, task, site });
    this.#servers.set(object, server);
    for (const one of sent) this.#send(one);
    return undefined;
  }

  #send({ id, reply }: Sent): void {
    const { agent, task } = this.#owners.get(id)!;
    this.#world.post({ agent, task, address: id, payload: reply, channel: id, label: labelOf(reply), touches: { writes: [`${id} arrivals`] } });
  }

  /** Who waits for another transaction. */
  waitsAt(agent: string): readonly (SharedWait & { readonly task: string; readonly site: number })[] {
    return [...this.#servers.values()].flatMap(({ sessions }) => [...sessions].flatMap(([id, { waiting }]) => {
      const owner = this.#owners.get(id);
      return waiting && owner?.agent === agent ? [{ task: owner.task, site: owner.site, waits: 'lock' as const, resource: 'a transaction of postgres' }] : [];
    }));
  }

  logged({ payload, method }: SharedCall): { readonly text: string } {
    return { text: method === 'check' ? 'looks for a deadlock' : method === 'close' ? 'closes its connection' : shortSql((payload as PostgresPayload).sql) };
  }
}

function restore<T>(map: Map<string, T>, key: string, before: T | undefined): void {
  if (before === undefined) map.delete(key);
  else map.set(key, before);
}

function labelOf(reply: PostgresNews): string {
  if (reply === 'check') return 'postgres looks for a deadlock';
  if ('error' in reply) return `postgres answers: ${reply.error.message}`;
  if ('notSimulated' in reply) return `postgres cannot say: ${reply.notSimulated}`;
  const { command, rowCount, rows } = reply.answers.at(-1) ?? { command: 'nothing', rowCount: null, rows: [] };
  return `postgres answers ${command}${rowCount === null ? '' : ` ${rowCount}`}${rows.length === 0 ? '' : ` ${JSON.stringify(rows.length === 1 ? rows[0] : rows).slice(0, 60)}`}`;
}

/** A statement in one short line. */
export function shortSql(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

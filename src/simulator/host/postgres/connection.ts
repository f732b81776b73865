import type { AgentHost } from '../../agents/operations.js';
import type { PlatformWorld } from '../platform.js';
import { postgresKind, shortSql, type PostgresNews, type PostgresPayload } from './postgres-kind.js';
import type { Reply } from './server.js';

export interface PostgresWorld extends Pick<PlatformWorld, 'loop' | 'faults'> {
  readonly host: AgentHost;
}

/** One connection to a server: a message at a time, each answered in a turn of its own. */
export class PostgresConnection {
  readonly #world: PostgresWorld;
  readonly #server: string;
  readonly #id: string;
  #heard: ((reply: Reply) => void) | undefined;

  constructor(world: PostgresWorld, address: string) {
    this.#world = world;
    this.#server = `${postgresKind} ${address}`;
    this.#id = world.host.identify(postgresKind);
    world.host.onInput(this.#id, (news) => this.#hear(news as PostgresNews));
  }

  /** Opened some time later. */
  open(opened: () => void): void {
    this.#world.loop.addEvent({ label: 'a connection to postgres opens', fire: opened });
  }

  /** `answered` is told what comes of it; `failed`, if faults are on, that the connection was lost, before it took effect or after. */
  send(sql: string, parameters: readonly (string | null)[] | undefined, answered: (reply: Reply) => void, failed: (error: Error) => void): void {
    const { loop, faults } = this.#world;
    const { task } = loop;
    const { site } = this.#world.host;
    const message = { isOver: false };
    loop.identity.born(message);
    const fate = (kind: 'read' | 'write'): void => loop.touch(loop.identity.of(message), 'is over', kind);
    const cannotFail = faults?.mayFail(shortSql(sql), (error) => { fate('write'); message.isOver = true; failed(error); }) ?? ((): void => undefined);
    this.#heard = (reply) => {
      // Whether it comes before or after the failure decides what the program is told.
      fate('read');
      if (message.isOver) return;
      message.isOver = true;
      cannotFail();
      answered(reply);
    };
    loop.addEvent({ label: `${shortSql(sql)} reaches postgres`, channel: `${this.#id} requests`, fire: () => {
      // What has failed before it left was never there.
      fate('read');
      if (!message.isOver) this.#call('execute', { task, site, sql, ...(parameters && { parameters }) });
    } });
  }

  /** Behind what was sent before. */
  close(closed: () => void): void {
    const { loop, host: { site } } = this.#world;
    const { task } = loop;
    loop.addEvent({ label: 'a connection to postgres closes', channel: `${this.#id} requests`, fire: () => { this.#call('close', { task, site, sql: '' }); closed(); } });
  }

  #call(method: string, given: Omit<PostgresPayload, 'id'>): void {
    const { host } = this.#world;
    host.perform({ kind: 'shared', site: host.site, object: this.#server, method, payload: { id: this.#id, ...given }, name: this.#server });
  }

  #hear(news: PostgresNews): void {
    if (news === 'check') this.#call('check', { task: this.#world.loop.task, site: this.#world.host.site, sql: '' });
    else this.#heard?.(news);
  }
}

import type { AgentHost } from '../../agents/operations.js';
import type { EventLoop } from '../../runtime/loop.js';
import type { PlatformWorld } from '../platform.js';
import type { Reply } from './keyspace.js';
import { redisKind, type RedisNews, type RedisPayload, type Taken } from './redis-kind.js';
import { shortText } from './server.js';

export interface RedisWorld extends Pick<PlatformWorld, 'loop' | 'timers' | 'Promise' | 'faults'> {
  readonly host: AgentHost;
}

interface Pending {
  settle(reply: Reply): void;
  /** Its failure has been told already. */
  isOver: boolean;
}

/** One connection to a server: commands leave it in order, and answers come in that order. */
export class RedisConnection {
  readonly #world: RedisWorld;
  readonly #server: string;
  readonly #id: string;
  /** Commands whose answers are to come. */
  readonly #pending: Pending[] = [];
  onMessage: (channel: string, text: string) => void = () => undefined;

  constructor(world: RedisWorld, address: string) {
    this.#world = world;
    this.#server = `${redisKind} ${address}`;
    this.#id = world.host.identify(redisKind);
    world.host.onInput(this.#id, (news) => this.#hear(news as RedisNews));
  }

  /** Settled in a turn of its own; rejects with `fail(text)` if the answer is an error. */
  send(command: readonly string[], fail: (text: string) => Error, milliseconds = 0): Promise<Reply> {
    const { loop, Promise, faults, timers } = this.#world;
    return new Promise((resolve, reject) => {
      const { task } = loop;
      let timer: unknown;
      const pending: Pending = { isOver: false, settle: (reply) => {
        timers.clearTimeout(timer);
        // Whether it comes before or after the failure decides what the program is told.
        fate('read');
        if (pending.isOver) return;
        pending.isOver = true;
        cannotFail();
        if (isError(reply)) reject(fail(reply.error));
        else resolve(reply);
      } };
      loop.identity.born(pending);
      const fate = (kind: 'read' | 'write'): void => loop.touch(loop.identity.of(pending), 'is over', kind);
      const cannotFail = faults?.mayFail(shortText(command), (error) => { fate('write'); pending.isOver = true; reject(error); }) ?? ((): void => undefined);
      loop.addEvent({ label: `${shortText(command)} reaches redis`, channel: `${this.#id} requests`, fire: () => {
        // What has failed before it left was never there.
        fate('read');
        if (pending.isOver) return;
        this.#pending.push(pending);
        this.#call('execute', { task, command });
        if (milliseconds > 0) timer = timers.setTimeout(() => this.#call('give up', { task, command: [] }), milliseconds);
      } });
    });
  }

  #call(method: string, given: Omit<RedisPayload, 'id' | 'now'>): void {
    const { host, timers } = this.#world;
    const perform = (payload: RedisPayload): Taken => host.perform({ kind: 'shared', site: host.site, object: this.#server, method, payload, name: this.#server }) as Taken;
    const payload = { id: this.#id, ...given };
    if (perform(payload) === 'clock') perform({ ...payload, now: timers.dateNow() });
  }

  #hear(news: RedisNews): void {
    if ('message' in news) this.onMessage(...news.message);
    else this.#pending.shift()!.settle(news.reply);
  }

  get loop(): EventLoop {
    return this.#world.loop;
  }
}

export function isError(reply: Reply): reply is { readonly error: string } {
  return typeof reply === 'object' && reply !== null && 'error' in reply;
}

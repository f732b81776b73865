import type { SharedCall, SharedObjectKind, SharedObjects, SharedWorld, Touches } from '../../agents/shared-objects.js';
import { emptyServer, execute, giveUp, shortText, type Sent, type Server, type Step } from './server.js';

export const redisKind = 'redis';

export interface RedisPayload {
  /** Identity of the connection, which is also where it is told what comes of its commands. */
  readonly id: string;
  /** On whose behalf. */
  readonly task: string;
  readonly command: readonly string[];
  /** Milliseconds since 1970, if the server has asked for them. */
  readonly now?: number;
}

/** What a call gives at once: `clock` if it has to be made again with the time. */
export type Taken = 'taken' | 'clock';

/** Where a connection hears: an answer, or a message. */
export type RedisNews = Pick<Extract<Sent, { readonly reply: unknown }>, 'reply'> | Pick<Extract<Sent, { readonly message: unknown }>, 'message'>;

/**
 * Redis servers, by their addresses (`redis localhost:6379/0`). A command takes effect in a step of its own, some time after it was sent; what is answered
 * arrives some time later, each in an event of the loop of who has asked. Both keep the order of their connection.
 */
export const redisServers: SharedObjectKind = { name: redisKind, create: (world) => new RedisServers(world) };

class RedisServers implements SharedObjects {
  readonly #world: SharedWorld;
  readonly #servers = new Map<string, Server>();
  /** Who has a connection. */
  readonly #owners = new Map<string, { readonly agent: string; readonly task: string }>();

  constructor(world: SharedWorld) {
    this.#world = world;
  }

  #step({ object, method, payload }: SharedCall): Step {
    const { id, command, now } = payload as RedisPayload;
    const server = this.#servers.get(object) ?? emptyServer;
    return method === 'give up' ? giveUp(server, id, now) : execute(server, id, command, now);
  }

  touches(call: SharedCall): Touches {
    const { reads, writes } = this.#step(call);
    const at = (place: string): string => `${call.object} ${place}`;
    return { reads: [...reads].map(at), writes: [...writes].map(at) };
  }

  perform(call: SharedCall): Taken {
    const { object, agent, payload } = call;
    const { id, task } = payload as RedisPayload;
    const { server, sent, needsClock } = this.#step(call);
    if (needsClock === true) return 'clock';
    this.#own(id, agent, task);
    const before = this.#servers.get(object);
    this.#world.undo(() => (before === undefined ? this.#servers.delete(object) : this.#servers.set(object, before)));
    this.#servers.set(object, server);
    for (const one of sent) this.#send(one);
    return 'taken';
  }

  #own(id: string, agent: string, task: string): void {
    const before = this.#owners.get(id);
    this.#world.undo(() => (before === undefined ? this.#owners.delete(id) : this.#owners.set(id, before)));
    this.#owners.set(id, { agent, task });
  }

  #send(sent: Sent): void {
    const { id, command } = sent;
    const { agent, task } = this.#owners.get(id)!;
    const news: RedisNews = 'reply' in sent ? { reply: sent.reply } : { message: sent.message };
    this.#world.post({ agent, task, address: id, payload: news, channel: id, label: 'reply' in sent ? `${command} answers ${JSON.stringify(sent.reply)}` : `${command} arrives`, touches: { writes: [`${id} arrivals`] } });
  }

  logged({ payload, method }: SharedCall, result: unknown): { readonly text: string } | undefined {
    return result === 'clock' ? undefined : { text: method === 'give up' ? 'waits no longer' : shortText((payload as RedisPayload).command) };
  }
}

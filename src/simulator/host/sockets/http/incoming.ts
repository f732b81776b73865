import type { Exchange, Fields } from './exchange.js';
import { headersOf } from './fields.js';
import { connectionReset, type HttpWorld } from './library.js';

export type IncomingMessages = ReturnType<typeof createIncoming>;

/** What the other side sends: `IncomingMessage`, and the socket that it is told to come over. */
export function createIncoming({ world: { timers, loop }, Buffer, EventEmitter, Readable }: HttpWorld) {
  /** One exchange, as a program sees its connection. */
  class Socket extends EventEmitter {
    destroyed = false;
    readonly remoteAddress: string;
    readonly #exchange: () => Exchange | undefined;

    constructor(exchange: () => Exchange | undefined, remoteAddress: string) {
      super();
      this.#exchange = exchange;
      this.remoteAddress = remoteAddress;
    }

    get remoteFamily(): string { return this.remoteAddress.includes(':') ? 'IPv6' : 'IPv4'; }
    get writable(): boolean { return !this.destroyed; }
    setNoDelay(): this { return this; }
    setKeepAlive(): this { return this; }
    ref(): this { return this; }
    unref(): this { return this; }
    write(): never { throw new Error('socket.write of node:http is not simulated'); }
    setTimeout(): never { throw new Error('socket.setTimeout of node:http is not simulated'); }

    destroy(error?: unknown): this {
      if (this.destroyed) return this;
      this.#exchange()?.close();
      this.over(error);
      return this;
    }

    /** The connection is no more. */
    over(error?: unknown): void {
      loop.touch(loop.identity.of(this), '*', 'write');
      if (this.destroyed) return;
      this.destroyed = true;
      timers.nextTick(() => {
        if (error !== undefined && error !== null && this.listenerCount('error') > 0) this.emit('error', error);
        this.emit('close', error !== undefined && error !== null);
      });
    }
  }

  class IncomingMessage extends Readable {
    readonly httpVersion = '1.1';
    readonly httpVersionMajor = 1;
    readonly httpVersionMinor = 1;
    readonly headers: Record<string, string | string[]>;
    readonly rawHeaders: string[];
    readonly trailers = {};
    complete = false;
    aborted = false;
    method: string | null = null;
    url = '';
    statusCode: number | null = null;
    statusMessage: string | null = null;
    readonly socket: Socket;

    constructor(socket: Socket, fields: Fields) {
      super();
      this.socket = socket;
      this.headers = headersOf(fields);
      this.rawHeaders = fields.flat();
    }

    get connection(): Socket { return this.socket; }
    setTimeout(): never { throw new Error('setTimeout of an incoming message is not simulated'); }
    _read(): void {}

    _destroy(error: unknown, callback: (error?: unknown) => void): void {
      if (!this.readableEnded || !this.complete) {
        this.aborted = true;
        this.emit('aborted');
      }
      if (this.aborted) this.socket.destroy(error);
      // As in Node, an error is told only to who listens.
      timers.nextTick(() => callback(this.listenerCount('error') === 0 ? undefined : (error ?? undefined)));
    }
  }

  /** A part of its body has come. */
  function deliver(message: IncomingMessage, bytes: string, isLast: boolean): void {
    if (bytes !== '') message.push(Buffer.from(bytes, 'latin1'));
    if (!isLast) return;
    message.complete = true;
    message.push(null);
  }

  /** The connection has ended before all of it had come. */
  function cutOff(message: IncomingMessage): void {
    if (!message.complete || !message.readableEnded) message.destroy(connectionReset('aborted'));
  }

  return { Socket, IncomingMessage, deliver, cutOff };
}

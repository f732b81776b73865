import type { Emitter, EmitterConstructor } from '../../events/emitter.js';
import { libraryOf } from '../../node-library/index.js';
import type { Helpers } from '../../node-modules.js';
import { bufferOf, type BufferConstructor } from '../../buffer/index.js';
import type { Platform, PlatformWorld } from '../../platform.js';

/** A stream of Node's library, as far as it is used here. */
export interface Stream extends Emitter {
  readonly destroyed: boolean;
  readonly readableEnded: boolean;
  readonly readableDidRead: boolean;
  readonly writableEnded: boolean;
  readonly writableFinished: boolean;
  push(chunk: unknown): boolean;
  resume(): this;
  destroy(error?: unknown): this;
  end(...args: unknown[]): this;
}

export interface NetServer extends Emitter {
  _connections: number;
  _emitCloseIfDrained(): void;
  listen(...args: unknown[]): this;
  close(...args: unknown[]): this;
}

/** What `node:http` is made of. */
export interface HttpWorld {
  readonly platform: Platform;
  readonly world: PlatformWorld;
  readonly Buffer: BufferConstructor;
  readonly EventEmitter: EmitterConstructor;
  readonly Readable: new (options?: object) => Stream;
  readonly Writable: new (options?: object) => Stream;
  readonly NetServer: new (options?: object) => NetServer;
}

export function httpWorld(platform: Platform, world: PlatformWorld, helpers: Helpers): HttpWorld {
  const library = libraryOf(platform, world, helpers);
  const { Readable, Writable } = library('stream') as Pick<HttpWorld, 'Readable' | 'Writable'>;
  const { Server } = library('net') as { readonly Server: HttpWorld['NetServer'] };
  return { platform, world, Buffer: bufferOf(platform, world), EventEmitter: platform.events.emitters.EventEmitter, Readable, Writable, NetServer: Server };
}

/** A connection that ends too early. */
export function connectionReset(message: string): Error {
  return Object.assign(new Error(message), { code: 'ECONNRESET' });
}

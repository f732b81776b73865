import type { AgentHost } from '../../agents/operations.js';
import type { EventLoop } from '../../runtime/loop.js';
import type { Handler } from '../events/emitter.js';
import { invalidArgument, missingArguments, nodeError } from '../events/errors.js';
import type { EventsModel } from '../events/index.js';
import { errnoException } from './errno.js';
import { endAddress, parentOf, type ChannelNews, type Side } from './ipc.js';
import type { MessageCodec } from './message-codec.js';

export interface IpcWorld {
  readonly host: AgentHost;
  readonly loop: EventLoop;
  readonly events: EventsModel;
}

/** What an end of a channel belongs to: `process` of the child, or the `ChildProcess` of who started it. */
export interface IpcTarget {
  emit(type: PropertyKey, ...args: unknown[]): boolean;
  listenerCount(type: PropertyKey): number;
  on(type: PropertyKey, listener: Handler): unknown;
  /** The other end has closed the channel, and there is nothing more to read. */
  onClosed(): void;
}

type Callback = (error: Error | null) => void;

/** An end of the channel that `fork` makes (`setupChannel` in Node's lib/internal/child_process.js). */
export class IpcEnd {
  readonly #world: IpcWorld;
  readonly #process: string;
  readonly #side: Side;
  readonly #codec: MessageCodec;
  readonly #target: IpcTarget;
  /** Messages that nobody listened to when they came. */
  #unheard: unknown[] = [];
  #isConnected = true;
  #control: object | null;

  constructor(world: IpcWorld, process: string, side: Side, codec: MessageCodec, target: IpcTarget) {
    this.#world = world;
    this.#process = process;
    this.#side = side;
    this.#codec = codec;
    this.#target = target;
    this.#control = this.#makeControl();
    world.host.onInput(endAddress(process, side), (news) => this.#told(news as ChannelNews));
    target.on('newListener', () => world.loop.nextTick(() => this.#flush()));
  }

  get connected(): boolean {
    this.#touch('read');
    return this.#isConnected;
  }

  /** What `channel` shows; null once it is closed. */
  get control(): object | null {
    this.#touch('read');
    return this.#control;
  }

  /** Whether it keeps its process alive, as far as nobody has said so with `channel.ref` or `unref`. */
  setRef(isRef: boolean): void {
    if (!this.#isRefSet && this.#control !== null) this.#perform('ref channel', { isRef });
  }

  #isRefSet = false;

  #makeControl(): object {
    const set = (isRef: boolean) => (): void => {
      this.setRef(isRef);
      this.#isRefSet = true;
    };
    const override = (isRef: boolean) => (): void => {
      this.#isRefSet = false;
      set(isRef)();
    };
    return Object.assign(new this.#world.events.emitters.EventEmitter(), { ref: override(true), unref: override(false) });
  }

  /** `send(message, handle, options, callback)`, with the middle ones left out at will. */
  send(message: unknown, handle: unknown, options: unknown, callback: unknown): boolean {
    const done = [handle, options, callback].find((given) => typeof given === 'function') as Callback | undefined;
    const given = typeof handle === 'function' ? undefined : handle;
    const settings = typeof handle === 'function' || typeof options === 'function' ? undefined : options;
    if (settings !== undefined && (typeof settings !== 'object' || settings === null)) throw invalidArgument('options', 'of type object', settings);
    if (!this.connected) {
      this.#fail(nodeError(Error, 'ERR_IPC_CHANNEL_CLOSED', 'Channel closed'), done);
      return false;
    }
    if (message === undefined) throw missingArguments('message');
    if (!['string', 'object', 'number', 'boolean'].includes(typeof message)) throw invalidArgument('message', 'one of type string, object, number, or boolean', message);
    if (given) throw isHandle(given) ? new Error('sending a handle to another process is not simulated') : nodeError(TypeError, 'ERR_INVALID_HANDLE_TYPE', 'This handle type cannot be sent');
    if (this.#perform('send', { record: this.#codec.encode(message) }) !== true) {
      if ((settings as { swallowErrors?: unknown } | undefined)?.swallowErrors !== true) this.#fail(errnoException('EPIPE', 'write'), done);
    } else if (done) this.#world.loop.nextTick(done as never, null);
    return true;
  }

  #fail(error: Error, done: Callback | undefined): void {
    if (done) this.#world.loop.nextTick(done as never, error);
    else this.#world.loop.nextTick(() => void this.#target.emit('error', error));
  }

  disconnect(): void {
    if (!this.connected) {
      this.#target.emit('error', nodeError(Error, 'ERR_IPC_DISCONNECTED', 'IPC channel is already disconnected'));
      return;
    }
    this.#perform('disconnect', {});
    this.#close();
  }

  #close(): void {
    this.#touch('write');
    this.#isConnected = false;
    this.#control = null;
    this.#world.loop.nextTick(() => void this.#target.emit('disconnect'));
  }

  #told(news: ChannelNews): void {
    if (news.kind === 'message') this.#read(news.record);
    else {
      this.#close();
      this.#target.onClosed();
    }
  }

  /** What has come is emitted in ticks, one behind the other; promise jobs run when there is no more. */
  #read(record: unknown): void {
    const { loop } = this.#world;
    const message = this.#codec.decode(record);
    loop.nextTick(() => this.#emit(message));
    loop.nextTick(() => this.#readMore());
  }

  /** Only where jobs wait does it matter whether the next message was read in one go with the last one. */
  #readMore(): void {
    const { loop } = this.#world;
    while (loop.hasJobs && this.#control !== null) {
      const more = this.#perform('more', {}) as { readonly record: unknown } | null;
      if (more === null) return;
      const message = this.#codec.decode(more.record);
      loop.runCallback(loop.task, () => this.#emit(message));
    }
  }

  #emit(message: unknown): void {
    if (this.#control === null) return;
    const type = isInternal(message) ? 'internalMessage' : 'message';
    if (type === 'internalMessage' || this.#target.listenerCount('message') > 0) {
      this.#target.emit(type, message, undefined);
      return;
    }
    this.#touchUnheard('write');
    this.#unheard.push(message);
  }

  #flush(): void {
    this.#touchUnheard('read');
    if (this.#control === null || this.#unheard.length === 0 || this.#target.listenerCount('message') === 0) return;
    this.#touchUnheard('write');
    for (const message of this.#unheard.splice(0)) this.#target.emit('message', message, undefined);
  }

  #perform(method: string, payload: object): unknown {
    const { host } = this.#world;
    return host.perform({ kind: 'shared', site: host.site, object: this.#process, method, payload: { side: this.#side, ...payload }, name: this.#side === 'parent' ? this.#process : parentOf(this.#process) });
  }

  #touch(kind: 'read' | 'write'): void {
    this.#world.loop.touch(`${this.#process} ${this.#side}`, 'connected', kind);
  }

  #touchUnheard(kind: 'read' | 'write'): void {
    this.#world.loop.touch(`${this.#process} ${this.#side}`, 'unheard', kind);
  }
}

/** Sockets and servers, by what they are known for. */
function isHandle(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ['listen', 'connect', 'bind'].some((method) => typeof (value as Readonly<Record<string, unknown>>)[method] === 'function');
}

/** Node keeps messages of its own from programs. */
function isInternal(message: unknown): boolean {
  const command = typeof message === 'object' && message !== null ? (message as { cmd?: unknown }).cmd : undefined;
  return typeof command === 'string' && command.length > 'NODE_'.length && command.startsWith('NODE_');
}


import type { AgentHost } from '../../agents/operations.js';
import type { EventLoop } from '../../runtime/loop.js';
import type { BufferConstructor } from '../buffer/index.js';
import { latin1Of } from './latin1.js';
import { peerOf, serverKind, socketKind, type ConnectionNews, type SocketNews } from './endpoints.js';
import { errnoOf, uvConstants } from './uv.js';

/** Where Node's library looks for more than a call's result. */
const kReadBytesOrError = 0;
const kArrayBufferOffset = 1;
const kBytesWritten = 2;
const kLastWriteWasAsync = 3;
/** Kinds of handles, of `TCP` and `Pipe` alike: for one connection, for a server. */
const handleTypes = { SOCKET: 0, SERVER: 1 };

interface Request {
  oncomplete?: (status: number, handle: unknown, request: unknown, readable: boolean, writable: boolean) => void;
  error?: string;
}

interface Address {
  address: string;
  family: string;
  port: number;
}

export interface HandlesWorld {
  readonly host: AgentHost;
  readonly loop: EventLoop;
  readonly Buffer: BufferConstructor;
  /** Key of a handle's owner, under which Node's library keeps its `Socket` or `Server`. */
  readonly owner: symbol;
}

/** Method of a server whose connections carry messages: it is given each, and where the server listens. */
export const takesMessages = Symbol('takes messages');
type MessageServer = Readonly<Partial<Record<typeof takesMessages, (news: ConnectionNews) => void>>>;

const LOOPBACK = '127.0.0.1';

/** The native part of `node:net` (tcp_wrap, pipe_wrap, stream_wrap, uv) over the simulated network. */
export function createHandles({ host, loop, Buffer, owner }: HandlesWorld): Readonly<Record<string, object>> {
  const streamBaseState = [0, 0, 0, 0, 0];

  function call(object: string, method: string, payload: object = {}): unknown {
    return host.perform({ kind: 'shared', site: host.site, object, method, payload, name: object });
  }

  /** What a stream's handle has in common. */
  class StreamHandle {
    reading = false;
    bytesRead = 0;
    bytesWritten = 0;
    onread: ((bytes: ArrayBuffer | undefined) => unknown) | undefined;
    onconnection: ((status: number, client: unknown) => void) | undefined;
    /** Its end of a connection; undefined before there is one. */
    protected socket: string | undefined;
    /** Where it listens. */
    protected address: string | undefined;
    #isTold = false;
    #wantsToRead = false;
    /** Whether the network lets bytes come; it does so from the start. */
    #mayRead = true;
    #writing: Request | undefined;
    #isClosed = false;
    protected connecting: Request | undefined;

    getAsyncId(): number { return 0; }
    getProviderType(): number { return 0; }
    setBlocking(): number { return 0; }
    ref(): void {}
    unref(): void {}
    hasRef(): boolean { return !this.#isClosed; }

    /** It stands for this end from here on. */
    protected attach(socket: string): void {
      this.socket = socket;
      host.onInput(socket, (news) => this.#hear(news as SocketNews));
    }

    protected told(run: () => void): void {
      this.#isTold = true;
      run();
      this.#tellReading();
    }

    #hear(news: SocketNews): void {
      switch (news.kind) {
        case 'connected': return this.told(() => this.#complete(0));
        case 'failed': this.socket = undefined; return this.#complete(errnoOf(news.code));
        case 'bytes': return this.#receive(news.bytes);
        case 'end': return this.#fail(uvConstants['UV_EOF']!);
        case 'reset': return this.#fail(uvConstants['UV_ECONNRESET']!);
        case 'taken': return this.#taken();
        case 'message': throw new Error('a connection of bytes carries no messages');
      }
    }

    #complete(status: number): void {
      const request = this.connecting!;
      this.connecting = undefined;
      request.oncomplete?.(status, this, request, true, true);
    }

    #receive(text: string): void {
      const bytes = new ArrayBuffer(text.length);
      const view = new Uint8Array(bytes);
      for (let index = 0; index < text.length; index++) view[index] = text.charCodeAt(index);
      this.bytesRead += text.length;
      streamBaseState[kReadBytesOrError] = text.length;
      streamBaseState[kArrayBufferOffset] = 0;
      this.onread?.(bytes);
    }

    #fail(status: number): void {
      streamBaseState[kReadBytesOrError] = status;
      this.onread?.(undefined);
    }

    #taken(): void {
      const request = this.#writing!;
      this.#writing = undefined;
      request.oncomplete!(0, this, undefined, true, true);
    }

    readStart(): number {
      this.#wantsToRead = true;
      this.#tellReading();
      return 0;
    }

    readStop(): number {
      this.#wantsToRead = false;
      this.#tellReading();
      return 0;
    }

    #tellReading(): void {
      if (!this.#isTold || this.socket === undefined || this.#isClosed || this.#wantsToRead === this.#mayRead) return;
      this.#mayRead = this.#wantsToRead;
      call(this.socket, this.#mayRead ? 'start' : 'stop');
    }

    writeBuffer(request: Request, bytes: Uint8Array): number { return this.#write(request, [latin1Of(bytes)]); }
    writeUtf8String(request: Request, text: string): number { return this.#write(request, [latin1Of(Buffer.from(text, 'utf8'))]); }
    writeLatin1String(request: Request, text: string): number { return this.#write(request, [latin1Of(Buffer.from(text, 'latin1'))]); }
    writeAsciiString(request: Request, text: string): number { return this.#write(request, [latin1Of(Buffer.from(text, 'latin1'))]); }
    writeUcs2String(request: Request, text: string): number { return this.#write(request, [latin1Of(Buffer.from(text, 'utf16le'))]); }

    writev(request: Request, chunks: readonly unknown[], areBuffers: boolean): number {
      const writes: string[] = [];
      for (let index = 0; index < chunks.length; index += areBuffers ? 1 : 2) {
        const chunk = chunks[index];
        writes.push(latin1Of(typeof chunk === 'string' ? Buffer.from(chunk, chunks[index + 1]) : (chunk as Uint8Array)));
      }
      return this.#write(request, writes);
    }

    #write(request: Request, writes: readonly string[]): number {
      const count = writes.reduce((sum, { length }) => sum + length, 0);
      streamBaseState[kBytesWritten] = count;
      streamBaseState[kLastWriteWasAsync] = 0;
      if (this.socket === undefined) return errnoOf('EBADF');
      this.bytesWritten += count;
      const result = count === 0 ? 'taken' : call(this.socket, 'write', { writes });
      if (result === 'held') {
        streamBaseState[kLastWriteWasAsync] = 1;
        this.#writing = request;
      }
      return result === 'held' || result === 'taken' ? 0 : errnoOf(result as string);
    }

    /** The end of the stream is sent, and told, in a later turn, as by libuv; one that is closed before that sends its end by that. */
    shutdown(request: Request): number {
      const { socket } = this;
      if (socket === undefined) return errnoOf('ENOTCONN');
      loop.addEvent({ label: `${socket} sends its end`, fire: () => {
        const result = this.#isClosed ? 'ECANCELED' : (call(socket, 'shutdown') as string);
        request.oncomplete?.(result === 'taken' ? 0 : errnoOf(result), this, request, true, true);
      } });
      return 0;
    }

    close(callback?: () => void): void {
      this.#close('close', callback);
    }

    reset(callback?: () => void): number {
      this.#close('reset', callback);
      return 0;
    }

    /** It is told in a later turn, as by libuv. */
    #close(method: 'close' | 'reset', callback: (() => void) | undefined): void {
      if (this.#isClosed) return;
      this.#isClosed = true;
      if (this.socket !== undefined) call(this.socket, method);
      if (this.address !== undefined) call(this.address, 'close');
      if (typeof callback === 'function') loop.addEvent({ label: `${this.socket ?? 'a socket'} closes`, phase: 'any', fire: () => void Reflect.apply(callback, this, []) });
    }

    protected listenAt(address: string, hostName: string): number {
      const server = (this as unknown as Readonly<Record<symbol, MessageServer>>)[owner];
      const takes = server?.[takesMessages];
      const result = call(address, 'listen', { carries: takes ? 'messages' : 'bytes', host: hostName });
      if (typeof result === 'string') return errnoOf(result);
      this.address = address.startsWith(`${serverKind} tcp`) ? `${serverKind} tcp ${result as number}` : address;
      host.onInput(this.address, (news) => (takes ? Reflect.apply(takes, server, [news]) : this.#connection(news as ConnectionNews)));
      return 0;
    }

    #connection({ socket }: ConnectionNews): void {
      const client = this.accepted();
      client.attach(socket);
      client.told(() => this.onconnection?.(0, client));
    }

    protected accepted(): StreamHandle {
      return new StreamHandle();
    }

    protected connectTo(request: Request, address: string, hostName: string): number {
      const socket = host.identify(socketKind);
      this.connecting = request;
      this.attach(socket);
      const refused = call(address, 'connect', { socket, carries: 'bytes', host: hostName });
      if (refused !== undefined) throw new Error(`a connection of node:net to the http server at ${address.slice(serverKind.length + 1)} is not simulated; use node:http or fetch`);
      return 0;
    }
  }

  class TCP extends StreamHandle {
    readonly #type: number;
    #host = '';
    #port = 0;
    /** Of an accepted connection: how the server was reached. */
    #isMapped = false;

    constructor(type: number) {
      super();
      this.#type = type;
    }

    open(): never { throw new Error('sockets of a file descriptor are not simulated'); }
    setNoDelay(): number { return 0; }
    setKeepAlive(): number { return 0; }
    setSimultaneousAccepts(): number { return 0; }

    bind(address: string, port: number): number {
      if (this.#type !== handleTypes.SERVER) throw new Error('net.connect with localAddress or localPort is not simulated');
      this.#host = address;
      this.#port = port;
      return isLocal(address) ? 0 : errnoOf('EADDRNOTAVAIL');
    }

    bind6(address: string, port: number): number { return this.bind(address, port); }

    listen(): number {
      const status = this.listenAt(`${serverKind} tcp ${this.#port}`, this.#host);
      if (status === 0) this.#port = Number(this.address!.split(' ')[2]);
      return status;
    }

    protected override accepted(): StreamHandle {
      const client = new TCP(handleTypes.SOCKET);
      client.#port = this.#port;
      client.#isMapped = this.#host === '::';
      client.#host = client.#isMapped ? `::ffff:${LOOPBACK}` : this.#host === '0.0.0.0' ? LOOPBACK : this.#host;
      return client;
    }

    connect(request: Request, address: string, port: number): number {
      this.#host = address === '0.0.0.0' ? LOOPBACK : address === '::' ? '::1' : address;
      this.#port = port;
      return isLocal(address) ? this.connectTo(request, `${serverKind} tcp ${port}`, this.#host) : errnoOf('ENETUNREACH');
    }

    connect6(request: Request, address: string, port: number): number { return this.connect(request, address, port); }

    getsockname(out: Partial<Address>): number { return this.#name(out, true); }
    getpeername(out: Partial<Address>): number { return this.#name(out, false); }

    /** Both ends of a connection are of one machine, so they have one address and two ports. */
    #name(out: Partial<Address>, isOwn: boolean): number {
      if (this.#type === handleTypes.SERVER) {
        Object.assign(out, addressOf(this.#host, this.#port));
        return 0;
      }
      if (this.socket === undefined) return errnoOf('ENOTCONN');
      const isClient = peerOf(this.socket).endsWith(' accepted');
      const port = isClient === isOwn ? (call(isClient ? this.socket : peerOf(this.socket), 'port') as number) : this.#port;
      Object.assign(out, addressOf(this.#host, port));
      return 0;
    }
  }

  class Pipe extends StreamHandle {
    #path = '';

    open(): never { throw new Error('pipes of a file descriptor are not simulated'); }
    setPendingInstances(): void {}
    fchmod(): number { return 0; }

    bind(path: string): number {
      this.#path = path;
      return 0;
    }

    listen(): number { return this.listenAt(`${serverKind} pipe ${this.#path}`, ''); }
    connect(request: Request, path: string): number { return this.connectTo(request, `${serverKind} pipe ${path}`, ''); }
    protected override accepted(): StreamHandle { return new Pipe(); }
  }

  class Wrap {}
  return {
    uv: uvConstants,
    stream_wrap: { WriteWrap: class WriteWrap {}, ShutdownWrap: class ShutdownWrap {}, streamBaseState, kReadBytesOrError, kArrayBufferOffset, kBytesWritten, kLastWriteWasAsync },
    tcp_wrap: { TCP, TCPConnectWrap: class TCPConnectWrap extends Wrap {}, constants: { ...handleTypes, UV_TCP_IPV6ONLY: 1 } },
    pipe_wrap: { Pipe, PipeConnectWrap: class PipeConnectWrap extends Wrap {}, constants: { ...handleTypes, IPC: 2, UV_READABLE: 1, UV_WRITABLE: 2 } },
  };
}

function isLocal(address: string): boolean {
  return address === '::' || address === '::1' || address === '0.0.0.0' || /^127\.|^::ffff:127\./.test(address);
}

function addressOf(address: string, port: number): Address {
  return { address, family: address.includes(':') ? 'IPv6' : 'IPv4', port };
}

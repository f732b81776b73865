import type { AgentHost } from '../../../agents/operations.js';
import type { PlatformWorld } from '../../platform.js';
import { serverKind, socketKind, type SocketNews } from '../endpoints.js';
import { notFound } from '../net-internals.js';
import { errnoOf, systemErrors } from '../uv.js';

/** Name and value, in the order in which they were set. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** What travels over a connection of HTTP. Bytes are latin1. A message that is the last of its kind says so, so no splitting of it can be seen. */
export type Message =
  | { readonly kind: 'request'; readonly method: string; readonly target: string; readonly fields: Fields; readonly bytes: string; readonly isLast: boolean }
  | { readonly kind: 'response'; readonly status: number; readonly reason: string; readonly fields: Fields; readonly bytes: string; readonly isLast: boolean }
  | { readonly kind: 'body'; readonly bytes: string; readonly isLast: boolean };

/** What one side is told of its exchange. */
export interface ExchangeListener {
  heard(message: Message): void;
  /** The other side has closed; `isReset`: abruptly. Nothing comes after it. */
  closed(isReset: boolean): void;
  /** Nobody listens. */
  failed?(code: string): void;
}

/** One request and its response: one side's end of a connection that serves for nothing else. */
export class Exchange {
  isClosed = false;
  readonly id: string;
  readonly #host: AgentHost;

  constructor(host: AgentHost, id: string, listener: ExchangeListener) {
    this.#host = host;
    this.id = id;
    host.onInput(id, (news) => this.#hear(news as SocketNews, listener));
  }

  #hear(news: SocketNews, listener: ExchangeListener): void {
    if (news.kind === 'message') listener.heard(news.message as Message);
    else if (news.kind === 'failed') {
      this.isClosed = true;
      listener.failed?.(news.code);
    } else if (news.kind === 'end' || news.kind === 'reset') listener.closed(news.kind === 'reset');
  }

  send(message: Message): void {
    if (!this.isClosed) this.#call('write', { messages: [message] });
  }

  /** Sends the last message and closes. */
  finish(message: Message): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#call('finish', { messages: [message] });
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#call('close', {});
  }

  #call(method: string, payload: object): void {
    this.#host.perform({ kind: 'shared', site: this.#host.site, object: this.id, method, payload, name: this.id });
  }
}

export interface Call {
  readonly hostname: string;
  readonly port: number;
  readonly listener: Required<ExchangeListener>;
  /** The first message, asked for when it is sent. */
  first(): Message;
  sent(exchange: Exchange): void;
  /** There is no such host. */
  unknown(error: Error): void;
}

/** Calls a server. A name takes a turn to be looked up. Gives what gives the call up while nothing is sent. */
export function dial({ loop, timers }: PlatformWorld, host: AgentHost, call: Call): () => void {
  const { hostname } = call;
  let isGivenUp = false;
  const go = (): void => { if (!isGivenUp) connect(host, call); };
  const resolved = (): void => {
    if (hostname === 'localhost') go();
    else if (!isGivenUp) call.unknown(notFound(hostname));
  };
  if (isAddress(hostname)) timers.nextTick(go);
  else loop.addEvent({ label: `lookup of ${hostname} completes`, fire: resolved });
  return () => { isGivenUp = true; };
}

function connect(host: AgentHost, { hostname, port, listener, first, sent }: Call): void {
  const object = `${serverKind} tcp ${port}`;
  const socket = host.identify(socketKind);
  const exchange = new Exchange(host, socket, listener);
  const payload = { socket, carries: 'messages', host: addressOf(hostname), first: first() };
  const refusal = host.perform({ kind: 'shared', site: host.site, object, method: 'connect', payload, name: object });
  if (refusal !== undefined) throw new Error(`a request to the server of node:net at port ${port} is not simulated; listen with node:http`);
  sent(exchange);
}

export function refusedError(code: string, hostname: string, port: number): Error {
  return systemErrors.ExceptionWithHostPort(errnoOf(code), 'connect', addressOf(hostname), port);
}

export function resetError(): Error {
  return systemErrors.ErrnoException(errnoOf('ECONNRESET'), 'read');
}

function addressOf(hostname: string): string {
  return hostname === 'localhost' ? '127.0.0.1' : hostname.replace(/^\[|\]$/g, '');
}

function isAddress(hostname: string): boolean {
  return /^[\d.]+$|:/.test(hostname);
}

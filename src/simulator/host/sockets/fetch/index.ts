import { bufferOf } from '../../buffer/index.js';
import type { Platform, PlatformWorld } from '../../platform.js';
import { URL } from '../../web/url.js';
import { dial, refusedError, resetError, type Exchange, type Fields, type Message } from '../http/exchange.js';
import { Body, type BodyWorld } from './body.js';
import { fieldsOf, FetchHeaders } from './headers.js';
import { createFetchMessages, isNullBody, type FetchMessages } from './messages.js';

export interface Fetch extends FetchMessages {
  readonly Headers: typeof FetchHeaders;
  fetch(input: unknown, init?: object): Promise<unknown>;
}

const made = new WeakMap<Platform, Fetch>();

/** `fetch` and its classes, for one execution. */
export function fetchOf(platform: Platform, world: PlatformWorld): Fetch {
  let known = made.get(platform);
  if (known === undefined) made.set(platform, (known = create(platform, world)));
  return known;
}

/** Fields that undici adds to a request. */
const usualFields: Fields = [['accept', '*/*'], ['accept-language', '*'], ['sec-fetch-mode', 'cors'], ['user-agent', 'node'], ['accept-encoding', 'gzip, deflate']];

/** Ports that are not fetched from (Fetch Standard, 2.9). */
const badPorts: ReadonlySet<number> = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636,
  989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

function create(platform: Platform, world: PlatformWorld): Fetch {
  const body: BodyWorld = { loop: world.loop, Promise: world.Promise, Buffer: bufferOf(platform, world) };
  const messages = createFetchMessages(body, platform);

  function fetch(input: unknown, init?: object): Promise<unknown> {
    return new world.Promise((resolve, reject) => {
      const request = new messages.Request(input, init);
      new Fetching(platform, world, body, messages, request, resolve, reject).start();
    });
  }
  return { ...messages, Headers: FetchHeaders, fetch };
}

type Request = InstanceType<FetchMessages['Request']>;

/**
 * One call of `fetch`: a request is a message, and the response's head another; both arrive in turns of their own. It ends with the response's last
 * part, an abort, or the connection.
 */
class Fetching {
  readonly #platform: Platform;
  readonly #world: PlatformWorld;
  readonly #bodyWorld: BodyWorld;
  readonly #messages: FetchMessages;
  readonly #request: Request;
  readonly #resolve: (response: unknown) => void;
  readonly #reject: (error: unknown) => void;
  #exchange: Exchange | undefined;
  #giveUp: (() => void) | undefined;
  #body: Body | undefined;
  #isOver = false;
  #cannotFail: () => void = () => undefined;
  readonly #abort = (): void => this.#fail(this.#request.signal!.reason);

  constructor(platform: Platform, world: PlatformWorld, bodyWorld: BodyWorld, messages: FetchMessages, request: Request, resolve: (response: unknown) => void, reject: (error: unknown) => void) {
    this.#platform = platform;
    this.#world = world;
    this.#bodyWorld = bodyWorld;
    this.#messages = messages;
    this.#request = request;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  start(): void {
    const { signal, url: href } = this.#request;
    if (signal?.aborted === true) return this.#fail(signal.reason);
    const { bytes } = this.#request;
    const url = new URL(href) as unknown as { readonly protocol: string; readonly hostname: string; readonly port: string; readonly host: string; readonly pathname: string; readonly search: string };
    if (url.protocol !== 'http:') throw new Error(`fetch of ${url.protocol}// is not simulated; simulated peers speak http://`);
    const { hostname } = url;
    const port = Number(url.port === '' ? 80 : url.port);
    if (badPorts.has(port)) return this.#fail(failure('fetch failed', new Error('bad port')));
    signal?.addEventListener('abort', this.#abort, { once: true });
    this.#cannotFail = this.#world.faults?.mayFail(`fetch ${href}`, () => this.#fail(failure('fetch failed', resetError()))) ?? this.#cannotFail;
    this.#giveUp = dial(this.#world, this.#platform.host, {
      hostname, port, first: () => this.#message(url.host, url.pathname + url.search, bytes), sent: (exchange) => { this.#exchange = exchange; },
      unknown: (error) => this.#fail(failure('fetch failed', error)),
      listener: { heard: (message) => this.#heard(message), closed: (isReset) => this.#closed(isReset), failed: (code) => this.#fail(failure('fetch failed', refusedError(code, hostname, port))) },
    });
  }

  #message(host: string, target: string, bytes: string | undefined): Message {
    const { method, headers } = this.#request;
    const length: Fields = bytes !== undefined ? [['content-length', String(bytes.length)]] : ['POST', 'PUT', 'PATCH'].includes(method) ? [['content-length', '0']] : [];
    const fields: Fields = [['host', host], ['connection', 'keep-alive'], ...fieldsOf(headers), ...usualFields.filter(([name]) => !headers.has(name)), ...length];
    return { kind: 'request', method, target, bytes: bytes ?? '', isLast: true, fields };
  }

  #heard(message: Message): void {
    if (this.#isOver) return;
    if (message.kind === 'response') this.#respond(message);
    if (this.#isOver) return;
    this.#body!.add(message.bytes, message.isLast);
    if (message.isLast) this.#end();
  }

  #respond({ status, reason, fields }: Extract<Message, { readonly kind: 'response' }>): void {
    const { redirect, url } = this.#request;
    if ([301, 302, 303, 307, 308].includes(status) && redirect !== 'manual') return this.#fail(redirect === 'error' ? failure('fetch failed', new Error('unexpected redirect')) : new Error('fetch: a redirect that is followed is not simulated; say redirect: "manual"'));
    this.#body = new Body(this.#bodyWorld);
    const hasBody = !isNullBody(status) && this.#request.method !== 'HEAD';
    const response = new this.#messages.Response(hasBody ? this.#body : null, { status, statusText: reason, headers: fields });
    this.#resolve(Object.assign(response, { type: 'basic', url }));
  }

  #closed(isReset: boolean): void {
    const cause = isReset ? resetError() : Object.assign(new Error('other side closed'), { name: 'SocketError', code: 'UND_ERR_SOCKET' });
    this.#fail(failure(this.#body === undefined ? 'fetch failed' : 'terminated', cause));
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#end();
    if (this.#body === undefined) this.#reject(error);
    else this.#body.fail(error);
  }

  #end(): void {
    this.#isOver = true;
    this.#cannotFail();
    this.#giveUp?.();
    this.#exchange?.close();
    this.#request.signal?.removeEventListener('abort', this.#abort);
  }
}

function failure(message: string, cause: unknown): Error {
  const error = new TypeError(message);
  Object.defineProperty(error, 'cause', { value: cause, configurable: true, writable: true });
  return error;
}

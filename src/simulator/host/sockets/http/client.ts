import { abortError, nodeError } from '../../events/errors.js';
import { dial, refusedError, resetError, type Exchange, type Message } from './exchange.js';
import type { IncomingMessages } from './incoming.js';
import { connectionReset, type HttpWorld } from './library.js';
import type { createOutgoing } from './outgoing.js';

interface Options {
  readonly protocol?: string;
  readonly hostname?: string;
  readonly host?: string;
  readonly port?: number | string;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: unknown;
  readonly auth?: string;
  readonly timeout?: number;
  readonly signal?: { readonly aborted: boolean; readonly reason: unknown; addEventListener(type: string, listener: () => void, options: object): void };
  readonly socketPath?: unknown;
}

interface Parts {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
}

/** `http.request`. The request is sent when its first part is written, or when it ends; what is there by then goes as one message. */
export function createClient(http: HttpWorld, OutgoingMessage: ReturnType<typeof createOutgoing>, { Socket, IncomingMessage, deliver, cutOff }: IncomingMessages) {
  const { platform, world, Buffer } = http;
  const { timers } = world;

  class ClientRequest extends OutgoingMessage {
    readonly method: string;
    readonly path: string;
    readonly host: string;
    readonly protocol = 'http:';
    readonly socket = new Socket(() => this.#exchange, '127.0.0.1');
    aborted = false;
    reusedSocket = false;
    res: InstanceType<typeof IncomingMessage> | undefined = undefined;
    readonly #port: number;
    #exchange: Exchange | undefined;
    #giveUp: (() => void) | undefined;
    #timer: unknown;
    /** What is written before the request is sent. */
    #waiting: { readonly bytes: string; readonly isLast: boolean }[] | undefined = undefined;

    constructor({ method = 'GET', path = '/', hostname, host = 'localhost', port = 80, headers, auth, timeout, signal }: Options, onResponse: unknown) {
      super({ autoDestroy: false });
      if (/[^\u0021-\u00ff]/.test(path)) throw nodeError(TypeError, 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
      this.method = String(method).toUpperCase();
      this.path = path;
      this.host = hostname ?? host;
      this.#port = Number(port);
      this.fields.setAll(headers);
      if (!this.fields.has('host')) this.fields.set('Host', this.#port === 80 ? this.host : `${this.host}:${this.#port}`);
      if (auth !== undefined && !this.fields.has('authorization')) this.fields.set('Authorization', `Basic ${Reflect.apply((Buffer.from(auth) as unknown as { toString: (encoding: string) => string }).toString, Buffer.from(auth), ['base64'])}`);
      if (typeof onResponse === 'function') this.once('response', onResponse as never);
      if (timeout !== undefined) this.setTimeout(timeout);
      if (signal !== undefined) this.#follow(signal);
      timers.nextTick(() => { if (!this.destroyed) this.emit('socket', this.socket); });
    }

    #follow(signal: NonNullable<Options['signal']>): void {
      const abort = (): void => void this.destroy(abortError(signal.reason));
      if (signal.aborted) timers.nextTick(abort);
      else signal.addEventListener('abort', abort, { once: true });
    }

    get connection(): unknown { return this.socket; }
    setNoDelay(): void {}
    setSocketKeepAlive(): void {}

    setTimeout(milliseconds: number, callback?: unknown): this {
      if (typeof callback === 'function') this.once('timeout', callback as never);
      if (this.#timer !== undefined) timers.clearTimeout(this.#timer as never);
      this.#timer = milliseconds === 0 ? undefined : timers.setTimeout(() => void this.emit('timeout'), milliseconds);
      return this;
    }

    abort(): void {
      if (this.aborted) return;
      this.aborted = true;
      timers.nextTick(() => void this.emit('abort'));
      this.destroy();
    }

    flushHeaders(): void {
      this.touch();
      if (!this.headersSent) this.sendPart('', false);
    }

    protected sendPart(bytes: string, isLast: boolean): void {
      if (this.#exchange !== undefined) return this.#exchange.send({ kind: 'body', bytes, isLast });
      this.headersSent = true;
      if (this.#waiting !== undefined) return void this.#waiting.push({ bytes, isLast });
      this.#waiting = [{ bytes, isLast }];
      this.#giveUp = dial(world, platform.host, {
        hostname: this.host, port: this.#port, first: () => this.#first(), sent: (exchange) => { this.#exchange = exchange; },
        unknown: (error) => void this.destroy(error),
        listener: { heard: (message) => this.#heard(message), closed: (isReset) => this.#closed(isReset), failed: (code) => void this.destroy(refusedError(code, this.host, this.#port)) },
      });
    }

    #first(): Message {
      const parts = this.#waiting!;
      const bytes = parts.map((part) => part.bytes).join('');
      const isLast = parts.some((part) => part.isLast);
      const hasBody = bytes !== '' || !isLast || !['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'].includes(this.method);
      return { kind: 'request', method: this.method, target: this.path, bytes, isLast, fields: this.headFields(isLast ? bytes.length : undefined, hasBody, [['Connection', 'keep-alive']]) };
    }

    #heard(message: Message): void {
      this.touch();
      if (message.kind === 'response') this.#respond(message);
      if (this.destroyed) return;
      deliver(this.res!, message.bytes, message.isLast);
      if (message.isLast) this.#exchange!.close();
    }

    #respond({ status, reason, fields }: Extract<Message, { readonly kind: 'response' }>): void {
      const res = new IncomingMessage(this.socket, fields);
      res.statusCode = status;
      res.statusMessage = reason;
      this.res = res;
      res.once('end', () => { timers.nextTick(() => this.#over()); return undefined; });
      if (!this.emit('response', res)) res.resume();
    }

    #closed(isReset: boolean): void {
      this.#exchange!.close();
      this.socket.over();
      if (this.res === undefined) this.destroy(isReset ? resetError() : connectionReset('socket hang up'));
      else this.destroy();
    }

    #over(): void {
      if (!this.destroyed) super.destroy();
    }

    override destroy(error?: unknown): this {
      this.touch();
      if (this.destroyed) return this;
      return super.destroy(error ?? (this.res === undefined ? connectionReset('socket hang up') : undefined));
    }

    _destroy(error: unknown, callback: (error?: unknown) => void): void {
      this.#giveUp?.();
      this.setTimeout(0);
      const { res } = this;
      const isOver = this.#exchange?.isClosed === true && res?.complete === true;
      this.#exchange?.close();
      if (!isOver) this.socket.over();
      if (res !== undefined && !res.complete) cutOff(res);
      callback(error);
    }
  }

  function request(...args: unknown[]): ClientRequest {
    const callback = args.find((argument) => typeof argument === 'function');
    const [first, second] = args.filter((argument) => typeof argument !== 'function');
    const options: Options = { ...optionsOf(first), ...(second as object | undefined) };
    if ((options.protocol ?? 'http:') !== 'http:') throw nodeError(TypeError, 'ERR_INVALID_PROTOCOL', `Protocol "${options.protocol}" not supported. Expected "http:"`);
    if (options.socketPath !== undefined) throw new Error('http.request with socketPath is not simulated');
    return new ClientRequest(options, callback);
  }

  function optionsOf(given: unknown): Options {
    const { URL } = { URL: platform.global('URL') as new (text: string) => object };
    const isUrl = given instanceof URL;
    if (typeof given !== 'string' && !isUrl) return (given ?? {}) as Options;
    const { protocol, hostname, port, pathname, search } = (isUrl ? given : new URL(given as string)) as Parts;
    return { protocol, hostname, path: pathname + search, ...(port !== '' && { port: Number(port) }) };
  }

  return { ClientRequest, request };
}

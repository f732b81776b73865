import { nodeError } from '../../events/errors.js';
import type { ConnectionNews } from '../endpoints.js';
import { takesMessages } from '../handles.js';
import { Exchange, type Message } from './exchange.js';
import { statusTexts } from './fields.js';
import type { IncomingMessages } from './incoming.js';
import type { HttpWorld } from './library.js';
import { headersAreSent, type createOutgoing } from './outgoing.js';

/**
 * `http.Server` over one exchange a request: a connection that is kept alive orders no more than causality does, since a client sends on it only
 * after the response before.
 */
export function createServer(http: HttpWorld, OutgoingMessage: ReturnType<typeof createOutgoing>, { Socket, IncomingMessage, deliver, cutOff }: IncomingMessages) {
  const { platform: { host }, NetServer } = http;
  type Incoming = InstanceType<typeof IncomingMessage>;

  class ServerResponse extends OutgoingMessage {
    statusCode = 200;
    statusMessage: string | undefined = undefined;
    readonly req: Incoming;
    #exchange: Exchange | undefined;
    #isOver: (() => void) | undefined;

    constructor(req: Incoming) {
      super();
      this.req = req;
    }

    /** Where it goes; `isOver` is told once when it is sent or given up. */
    assign(exchange: Exchange, isOver: () => void): void {
      this.#exchange = exchange;
      this.#isOver = isOver;
    }

    get socket(): Incoming['socket'] | null { return this.#isOver === undefined ? null : this.req.socket; }
    get connection(): Incoming['socket'] | null { return this.socket; }
    writeContinue(): never { throw new Error('response.writeContinue is not simulated'); }
    writeProcessing(): never { throw new Error('response.writeProcessing is not simulated'); }
    writeEarlyHints(): never { throw new Error('response.writeEarlyHints is not simulated'); }
    setTimeout(): never { throw new Error('response.setTimeout is not simulated'); }

    writeHead(status: number, reason?: unknown, headers?: unknown): this {
      this.touch();
      if (this.headersSent) throw headersAreSent('write');
      if (!(status >= 100 && status <= 999)) throw nodeError(RangeError, 'ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${String(status)}`);
      this.statusCode = Math.trunc(status);
      if (typeof reason === 'string') this.statusMessage = reason;
      this.fields.setAll(typeof reason === 'string' ? headers : (headers ?? reason));
      this.#hasHead = true;
      return this;
    }

    /** `writeHead` was called, which settles the head though nothing is sent yet. */
    #hasHead = false;

    override setHeader(name: string, value: unknown): this {
      if (this.#hasHead) throw headersAreSent('set');
      return super.setHeader(name, value);
    }

    flushHeaders(): void {
      this.touch();
      if (!this.headersSent) this.sendPart('', false);
    }

    protected sendPart(given: string, isLast: boolean): void {
      const { statusCode } = this;
      const hasBody = this.req.method !== 'HEAD' && statusCode !== 204 && statusCode !== 304 && statusCode >= 200;
      const bytes = hasBody ? given : '';
      const message: Message = this.headersSent ? { kind: 'body', bytes, isLast } : {
        kind: 'response', status: statusCode, reason: (this.statusMessage ??= statusTexts[statusCode] ?? 'unknown'), bytes, isLast,
        fields: this.headFields(isLast ? bytes.length : undefined, hasBody, [['Connection', 'keep-alive'], ['Keep-Alive', 'timeout=5']]),
      };
      this.headersSent = true;
      if (isLast) this.#exchange?.finish(message);
      else this.#exchange?.send(message);
      if (isLast) this.#over();
    }

    #over(): void {
      const isOver = this.#isOver;
      this.#isOver = undefined;
      isOver?.();
      // Nobody is going to read what was not looked at.
      if (!this.req.readableDidRead) this.req.resume();
    }

    _destroy(error: unknown, callback: (error?: unknown) => void): void {
      this.#exchange?.close();
      const isOver = this.#isOver;
      this.#isOver = undefined;
      isOver?.();
      callback(error);
    }
  }

  class Server extends NetServer {
    timeout = 0;
    keepAliveTimeout = 5_000;
    headersTimeout = 60_000;
    requestTimeout = 300_000;
    maxHeadersCount = null;
    readonly #open = new Set<Exchange>();

    constructor(options?: unknown, onRequest?: unknown) {
      super({ allowHalfOpen: true });
      const listener = typeof options === 'function' ? options : onRequest;
      if (typeof listener === 'function') this.on('request', listener as never);
    }

    setTimeout(): never { throw new Error('server.setTimeout of node:http is not simulated'); }
    closeIdleConnections(): void {}

    closeAllConnections(): void {
      for (const exchange of [...this.#open]) exchange.close();
      for (const exchange of [...this.#open]) this.#over(exchange);
    }

    [takesMessages]({ socket: id, first }: ConnectionNews): void {
      const head = first as Extract<Message, { readonly kind: 'request' }>;
      const socket = new Socket(() => exchange, '::ffff:127.0.0.1');
      const req = new IncomingMessage(socket, head.fields);
      req.method = head.method;
      req.url = head.target;
      const res = new ServerResponse(req);
      const exchange: Exchange = new Exchange(host, id, {
        heard: (message) => deliver(req, message.bytes, message.isLast),
        closed: () => { exchange.close(); this.#over(exchange); socket.over(); cutOff(req); if (!res.writableFinished) res.destroy(); },
      });
      this._connections++;
      this.#open.add(exchange);
      res.assign(exchange, () => this.#over(exchange));
      socket.on('close', () => { if (!res.writableFinished) { cutOff(req); res.destroy(); } });
      this.emit('connection', socket);
      this.emit('request', req, res);
      deliver(req, head.bytes, head.isLast);
    }

    #over(exchange: Exchange): void {
      if (!this.#open.delete(exchange)) return;
      this._connections--;
      this._emitCloseIfDrained();
    }
  }

  return { Server, ServerResponse };
}

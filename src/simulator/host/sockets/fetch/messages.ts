import { URL } from '../../web/url.js';
import type { Platform } from '../../platform.js';
import { Body, bodyBytes, type BodyWorld } from './body.js';
import { FetchHeaders } from './headers.js';

export interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: string, listener: () => void, options: object): void;
  removeEventListener(type: string, listener: () => void): void;
}

interface RequestInit {
  readonly method?: unknown;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly signal?: unknown;
  readonly redirect?: string;
}

interface ResponseInit {
  readonly status?: number;
  readonly statusText?: string;
  readonly headers?: unknown;
}

export type FetchMessages = ReturnType<typeof createFetchMessages>;

/** `Request` and `Response` (Fetch Standard, 5.3 to 5.5). */
export function createFetchMessages(world: BodyWorld, platform: Platform) {
  /** What both have in common. */
  class Message {
    readonly headers: FetchHeaders;
    /** Null: there is none. */
    protected readonly content: Body | null;
    #stream: object | undefined;

    constructor(headers: FetchHeaders, content: Body | null) {
      this.headers = headers;
      this.content = content;
    }

    get body(): object | null { return this.content === null ? null : (this.#stream ??= this.content.stream()); }
    get bodyUsed(): boolean { return this.content?.isUsed ?? false; }

    #consume<T>(make: (bytes: Uint8Array) => T): Promise<T> {
      return (this.content ?? Body.of(world, '')).consume(make);
    }

    text(): Promise<string> { return this.#consume(textOf); }
    json(): Promise<unknown> { return this.#consume((bytes) => JSON.parse(textOf(bytes)) as unknown); }
    arrayBuffer(): Promise<ArrayBuffer> { return this.#consume((bytes) => new Uint8Array(bytes).buffer); }
    blob(): never { throw new Error('the method blob of a body is not simulated'); }
    formData(): never { throw new Error('the method formData of a body is not simulated'); }

    protected cloned(): Body | null {
      if (this.bodyUsed) throw new TypeError(`${this.constructor.name}.clone: Body has already been consumed.`);
      return this.content?.clone() ?? null;
    }
  }

  class Request extends Message {
    readonly url: string;
    readonly method: string;
    readonly signal: Signal | undefined;
    readonly redirect: string;

    constructor(input: unknown, init: RequestInit = {}) {
      const base = input instanceof Request ? input : undefined;
      const url = base?.url ?? parsed(input);
      const method = String(init.method ?? base?.method ?? 'GET').replace(/^(?:get|head|post|put|delete|options)$/i, (name) => name.toUpperCase());
      const headers = new FetchHeaders(init.headers ?? base?.headers);
      const isBodyless = method === 'GET' || method === 'HEAD';
      const given = init.body ?? undefined;
      if (given !== undefined && isBodyless) throw new TypeError('Request with GET/HEAD method cannot have body.');
      const encoded = given === undefined ? undefined : bodyBytes(given, world);
      if (encoded?.type !== undefined && !headers.has('content-type')) headers.append('content-type', encoded.type);
      super(headers, encoded === undefined ? (base?.handOver() ?? null) : Body.of(world, encoded.bytes));
      this.url = url;
      this.method = method;
      this.signal = (init.signal ?? base?.signal) as Signal | undefined;
      this.redirect = init.redirect ?? base?.redirect ?? 'follow';
      if (this.signal !== undefined && !platform.events.targets.isTarget(this.signal)) throw new TypeError('RequestInit: Expected signal ("AbortSignal {}") to be an instance of AbortSignal.');
    }

    /** Its body goes to a request that is made of this one. */
    handOver(): Body | null {
      if (this.content === null) return null;
      if (this.content.isUsed) throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
      const given = this.content.clone();
      this.content.isUsed = true;
      return given;
    }

    /** What is to be sent. */
    get bytes(): string | undefined { return this.content?.whole; }

    clone(): Request {
      const { method, headers, signal, redirect, url } = this;
      const content = this.cloned()?.whole;
      return new Request(url, { method, headers, signal, redirect, ...(content !== undefined && { body: world.Buffer.from(content, 'latin1') }) });
    }
  }

  class Response extends Message {
    readonly status: number;
    readonly statusText: string;
    readonly type: string = 'default';
    readonly url: string = '';
    readonly redirected = false;

    constructor(body: unknown = null, { status = 200, statusText = '', headers }: ResponseInit = {}) {
      const made = new FetchHeaders(headers);
      if (body instanceof Body) super(made, body);
      else {
        if (!(status >= 200 && status <= 599)) throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
        const encoded = body === null || body === undefined ? undefined : bodyBytes(body, world);
        if (encoded !== undefined && isNullBody(status)) throw new TypeError(`Response constructor: Invalid response status code ${status}`);
        if (encoded?.type !== undefined && !made.has('content-type')) made.append('content-type', encoded.type);
        super(made, encoded === undefined ? null : Body.of(world, encoded.bytes));
      }
      this.status = status;
      this.statusText = statusText;
    }

    get ok(): boolean { return this.status >= 200 && this.status <= 299; }

    clone(): Response {
      return new Response(this.cloned(), { status: this.status, statusText: this.statusText, headers: this.headers });
    }

    static json(data: unknown, init: ResponseInit = {}): Response {
      const headers = new FetchHeaders(init.headers);
      if (!headers.has('content-type')) headers.set('content-type', 'application/json');
      return new Response(JSON.stringify(data), { ...init, headers });
    }

    static error(): never { throw new Error('Response.error is not simulated'); }
    static redirect(): never { throw new Error('Response.redirect is not simulated'); }
  }

  function textOf(bytes: Uint8Array): string {
    const text = Reflect.apply((bytes as unknown as { toString: (encoding: string) => string }).toString, bytes, ['utf8']);
    return text.startsWith('\ufeff') ? text.slice(1) : text;
  }

  return { Request, Response };
}

/** A response with this status has no body (Fetch Standard, 2.2.3). */
export function isNullBody(status: number): boolean {
  return [101, 103, 204, 205, 304].includes(status);
}

function parsed(input: unknown): string {
  try {
    return (new URL(String(input)) as unknown as { readonly href: string }).href;
  } catch (error) {
    throw Object.assign(new TypeError(`Failed to parse URL from ${String(input)}`), { cause: error });
  }
}

import { nodeError } from '../../events/errors.js';
import type { Fields } from './exchange.js';

/** Header fields of a message on its way out: names in any case, values as they were set. */
export class FieldList {
  readonly #fields = new Map<string, { readonly name: string; readonly value: unknown }>();

  set(name: unknown, value: unknown): void {
    if (typeof name !== 'string' || !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw nodeError(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Header name must be a valid HTTP token ["${String(name)}"]`);
    if (value === undefined) throw nodeError(TypeError, 'ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "undefined" for header "${name}"`);
    this.#fields.set(name.toLowerCase(), { name, value });
  }

  append(name: unknown, value: unknown): void {
    const before = this.#fields.get(String(name).toLowerCase());
    if (before === undefined) this.set(name, value);
    else this.set(before.name, [before.value, value].flat());
  }

  get(name: string): unknown { return this.#fields.get(name.toLowerCase())?.value; }
  has(name: string): boolean { return this.#fields.has(name.toLowerCase()); }
  delete(name: string): void { this.#fields.delete(name.toLowerCase()); }
  names(): string[] { return [...this.#fields.keys()]; }
  all(): Record<string, unknown> { return Object.assign(Object.create(null) as object, Object.fromEntries([...this.#fields].map(([key, { value }]) => [key, value]))) as Record<string, unknown>; }

  /** From an object; or a list of names and values, in turn or in pairs, where a name may come again. */
  setAll(given: unknown): void {
    if (Array.isArray(given)) {
      const pairs: unknown[][] = Array.isArray(given[0]) ? (given as unknown[][]) : Array.from({ length: given.length / 2 }, (_, index) => given.slice(2 * index, 2 * index + 2) as unknown[]);
      for (const [name] of pairs) if (typeof name === 'string') this.delete(name);
      for (const [name, value] of pairs) this.append(name, value);
    } else for (const [name, value] of Object.entries((given ?? {}) as object)) this.set(name, value);
  }

  toFields(): Fields {
    return [...this.#fields.values()].flatMap(({ name, value }) => (Array.isArray(value) ? (value as unknown[]).map((one): [string, string] => [name, String(one)]) : [[name, String(value)] as [string, string]]));
  }
}

/** Fields of which a second one is dropped. Source: lib/_http_incoming.js of Node 20. */
const single = new Set('age authorization content-length content-type etag expires from host if-modified-since if-unmodified-since last-modified location max-forwards proxy-authorization referer retry-after server user-agent'.split(' '));

/** `IncomingMessage.headers`: lower-case names; what comes twice is joined, a cookie that is set is always a list. */
export function headersOf(fields: Fields): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [given, value] of fields) {
    const name = given.toLowerCase();
    const before = headers[name];
    if (name === 'set-cookie') headers[name] = [...((before as string[] | undefined) ?? []), value];
    else if (before === undefined) headers[name] = value;
    else if (!single.has(name)) headers[name] = `${before as string}${name === 'cookie' ? '; ' : ', '}${value}`;
  }
  return headers;
}

export const statusTexts: Readonly<Record<number, string>> = {
  100: 'Continue', 200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No Content', 206: 'Partial Content', 301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 304: 'Not Modified', 307: 'Temporary Redirect', 308: 'Permanent Redirect',
  400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 406: 'Not Acceptable', 408: 'Request Timeout', 409: 'Conflict', 410: 'Gone', 411: 'Length Required', 412: 'Precondition Failed', 413: 'Payload Too Large', 415: 'Unsupported Media Type', 418: "I'm a Teapot", 422: 'Unprocessable Entity', 423: 'Locked', 425: 'Too Early', 428: 'Precondition Required', 429: 'Too Many Requests',
  500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout',
};

import { computes } from '../../runtime/intrinsics.js';
import { runningLoop } from '../../runtime/loop.js';
import { sealClasses } from '../../runtime/sealed.js';
import { nodeError } from '../events/errors.js';
import { called } from './called.js';
import { ofThisRealm } from './host-errors.js';

const HostURL = URL;
const HostSearchParams = URLSearchParams;
const isOurs = Symbol('of a URL');

/** Parts of a URL depend on each other, and its parameters are a part of it: to footprints it is one location. */
function touch(object: object, kind: 'read' | 'write'): void {
  const loop = runningLoop();
  loop?.touch(loop.identity.of(object), 'url', kind);
}

function born(object: object): void {
  runningLoop()?.identity.born(object);
}

/** `URLSearchParams` (URL Standard, 6.2). The host's own does the work; the program never holds it. */
class SimulatedSearchParams {
  readonly #params: URLSearchParams;
  /** Whose location it is: the URL that it belongs to. */
  readonly #owner: object;

  constructor(init: unknown = '', key?: unknown, owner?: object) {
    this.#owner = owner ?? this;
    if (key === isOurs) this.#params = init as URLSearchParams;
    else {
      born(this);
      this.#params = ofThisRealm(() => new HostSearchParams(initOf(init)));
    }
  }

  #read(): URLSearchParams {
    touch(this.#owner, 'read');
    return this.#params;
  }

  #write(): URLSearchParams {
    touch(this.#owner, 'write');
    return this.#params;
  }

  get size(): number { return [...this.#read()].length; }
  append(key: unknown, value: unknown): void { ofThisRealm(() => this.#write().append(String(key), String(value))); }
  set(key: unknown, value: unknown): void { ofThisRealm(() => this.#write().set(String(key), String(value))); }
  delete(key: unknown, ...value: unknown[]): void { ofThisRealm(() => (this.#write().delete as (...args: unknown[]) => void)(String(key), ...value)); }
  get(key: unknown): string | null { return ofThisRealm(() => this.#read().get(String(key))); }
  getAll(key: unknown): string[] { return ofThisRealm(() => [...this.#read().getAll(String(key))]); }
  has(key: unknown, ...value: unknown[]): boolean { return ofThisRealm(() => (this.#read().has as (...args: unknown[]) => boolean)(String(key), ...value)); }
  sort(): void { this.#write().sort(); }
  toString(): string { return this.#read().toString(); }

  forEach(callback: (value: string, key: string, params: unknown) => void, self?: unknown): void {
    if (typeof callback !== 'function') throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "callback" argument must be of type function.');
    for (const [key, value] of this.entries()) Reflect.apply(callback, self, [value, key, this]);
  }

  *entries(): Generator<[string, string]> {
    for (let index = 0; ; index++) {
      const entry = [...this.#read()][index];
      if (entry === undefined) return;
      yield [entry[0], entry[1]];
    }
  }

  *keys(): Generator<string> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): Generator<string> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): Generator<[string, string]> { return this.entries(); }
}

type Init = string | [string, string][];

/** What the program hands over is read here, so that the host is given plain text only. */
function initOf(init: unknown): Init {
  if (init === undefined || init === null) return '';
  if (typeof init !== 'object' && typeof init !== 'function') return String(init);
  const iterate: unknown = (init as { [Symbol.iterator]?: unknown })[Symbol.iterator];
  if (iterate === undefined || iterate === null) return Object.entries(init).map(([key, value]): [string, string] => [key, String(value)]);
  if (typeof iterate !== 'function') throw nodeError(TypeError, 'ERR_ARG_NOT_ITERABLE', 'Query pairs must be iterable');
  return [...(init as Iterable<unknown>)].map((pair): [string, string] => {
    const two = typeof pair === 'object' && pair !== null && Symbol.iterator in pair ? [...(pair as Iterable<unknown>)] : [];
    if (two.length !== 2) throw nodeError(TypeError, 'ERR_INVALID_TUPLE', 'Each query pair must be an iterable [name, value] tuple');
    return [String(two[0]), String(two[1])];
  });
}

const parts = ['href', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'] as const;

interface Parts {
  href: string; protocol: string; username: string; password: string; host: string; hostname: string; port: string; pathname: string; search: string; hash: string;
}

const urls = new WeakMap<object, URL>();

function hostOf(url: object): URL {
  const host = urls.get(url);
  if (!host) throw nodeError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type URL');
  return host;
}

function parse(input: string, base: string | undefined): URL {
  try {
    return new HostURL(input, base);
  } catch {
    throw Object.assign(nodeError(TypeError, 'ERR_INVALID_URL', 'Invalid URL'), { input, ...(base !== undefined && { base }) });
  }
}

/** `URL` (6.1), with Node's errors. */
class SimulatedURL {
  #params: SimulatedSearchParams | undefined;

  constructor(input: unknown, base?: unknown) {
    born(this);
    if (arguments.length === 0) throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "url" argument must be specified');
    urls.set(this, parse(String(input), base === undefined ? undefined : String(base)));
  }

  static canParse(input: unknown, base?: unknown): boolean {
    try {
      parse(String(input), base === undefined ? undefined : String(base));
      return true;
    } catch {
      return false;
    }
  }

  static createObjectURL(): never {
    throw new Error('URL.createObjectURL is not simulated');
  }

  get origin(): string {
    touch(this, 'read');
    return hostOf(this).origin;
  }

  get searchParams(): SimulatedSearchParams {
    return (this.#params ??= new SimulatedSearchParams(hostOf(this).searchParams, isOurs, this));
  }

  toString(): string {
    touch(this, 'read');
    return hostOf(this).href;
  }

  toJSON(): string {
    return this.toString();
  }

}

for (const part of parts) {
  Object.defineProperty(SimulatedURL.prototype, part, {
    get(this: object) {
      touch(this, 'read');
      return (hostOf(this) as Parts)[part];
    },
    set(this: object, value: unknown) {
      touch(this, 'write');
      setPart(hostOf(this), part, String(value));
    },
    enumerable: true, configurable: true,
  });
}

function setPart(url: URL, part: (typeof parts)[number], text: string): void {
  if (part === 'href') url.href = parse(text, undefined).href;
  else ofThisRealm(() => { (url as Parts)[part] = text; });
}

called(SimulatedURL, 'URL');
called(SimulatedSearchParams, 'URLSearchParams');
sealClasses(SimulatedURL, SimulatedSearchParams);
computes(SimulatedURL, SimulatedSearchParams, ...Object.values(Object.getOwnPropertyDescriptors(SimulatedSearchParams.prototype)).flatMap(({ value }) => (typeof value === 'function' ? [value as object] : [])));

export { SimulatedSearchParams as URLSearchParams, SimulatedURL as URL };

import { called } from '../../web/called.js';
import { seal } from '../../../runtime/sealed.js';
import { runningLoop } from '../../../runtime/loop.js';
import type { Fields } from '../http/exchange.js';

function touch(headers: object, kind: 'read' | 'write'): void {
  const loop = runningLoop();
  loop?.touch(loop.identity.of(headers), 'headers', kind);
}

/** `Headers` (Fetch Standard, 5.1): lower-case names, in their order when iterated; values of one name are joined. */
export class FetchHeaders {
  readonly #values = new Map<string, string[]>();

  constructor(init?: unknown) {
    runningLoop()?.identity.born(this);
    if (init === undefined) return;
    if (typeof init !== 'object' || init === null) throw new TypeError("Headers constructor: init is not a record or sequence");
    for (const [name, value] of entriesOf(init)) this.append(name, value);
  }

  append(name: unknown, value: unknown): void {
    touch(this, 'write');
    const key = keyOf(name);
    this.#values.set(key, [...(this.#values.get(key) ?? []), valueOf(value)]);
  }

  set(name: unknown, value: unknown): void {
    touch(this, 'write');
    this.#values.set(keyOf(name), [valueOf(value)]);
  }

  delete(name: unknown): void {
    touch(this, 'write');
    this.#values.delete(keyOf(name));
  }

  get(name: unknown): string | null {
    touch(this, 'read');
    return this.#values.get(keyOf(name))?.join(', ') ?? null;
  }

  has(name: unknown): boolean {
    touch(this, 'read');
    return this.#values.has(keyOf(name));
  }

  getSetCookie(): string[] {
    touch(this, 'read');
    return [...(this.#values.get('set-cookie') ?? [])];
  }

  forEach(callback: (value: string, name: string, headers: unknown) => void, self?: unknown): void {
    for (const [name, value] of this.#list()) Reflect.apply(callback, self, [value, name, this]);
  }

  entries(): IterableIterator<[string, string]> { return this.#list()[Symbol.iterator](); }
  keys(): IterableIterator<string> { return this.#list().map(([name]) => name)[Symbol.iterator](); }
  values(): IterableIterator<string> { return this.#list().map(([, value]) => value)[Symbol.iterator](); }
  [Symbol.iterator](): IterableIterator<[string, string]> { return this.entries(); }

  #list(): [string, string][] {
    touch(this, 'read');
    return [...this.#values].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, values]): [string, string][] => (name === 'set-cookie' ? values.map((value): [string, string] => [name, value]) : [[name, values.join(', ')]]));
  }
}
called(FetchHeaders, 'Headers');
seal(FetchHeaders);

export function fieldsOf(headers: FetchHeaders): Fields {
  return [...headers];
}

function entriesOf(init: object): Iterable<readonly [unknown, unknown]> {
  if (Symbol.iterator in init) return [...(init as Iterable<readonly [unknown, unknown]>)];
  return Reflect.ownKeys(init).filter((key) => Object.prototype.propertyIsEnumerable.call(init, key)).map((key) => [key, (init as Readonly<Record<PropertyKey, unknown>>)[key]]);
}

function keyOf(name: unknown): string {
  const text = String(name);
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(text)) throw new TypeError(`Headers: ${text} is an invalid header name.`);
  return text.toLowerCase();
}

function valueOf(value: unknown): string {
  return String(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
}

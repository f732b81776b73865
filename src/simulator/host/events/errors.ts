import { seal } from '../../runtime/sealed.js';

type ErrorClass = new (message: string) => Error;

/** An error as Node's own libraries throw it: with a `code`. */
export function nodeError(Class: ErrorClass, code: string, message: string): Error {
  return Object.assign(new Class(message), { code });
}

/** ERR_INVALID_ARG_TYPE; `expected` as Node words it: `of type function`, `an instance of AbortSignal`. */
export function invalidArgument(name: string, expected: string, value: unknown): Error {
  const what = name.includes('.') ? 'property' : 'argument';
  return nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" ${what} must be ${expected}. Received ${received(value)}`);
}

export function missingArguments(...names: readonly string[]): Error {
  const list = names.map((name) => `"${name}"`).join(' and ');
  return nodeError(TypeError, 'ERR_MISSING_ARGS', `The ${list} argument${names.length > 1 ? 's' : ''} must be specified`);
}

export function requireFunction(name: string, value: unknown): void {
  if (typeof value !== 'function') throw invalidArgument(name, 'of type function', value);
}

/** Node's test of a `signal` option: any object with `aborted` passes. */
export function requireSignal(name: string, value: unknown): void {
  if (value !== undefined && (typeof value !== 'object' || value === null || !('aborted' in value))) throw invalidArgument(name, 'an instance of AbortSignal', value);
}

function received(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === 'function') return value.name ? `function ${value.name}` : 'function ';
  if (typeof value !== 'object') return `type ${typeof value} (${typeof value === 'string' ? `'${value}'` : typeof value === 'bigint' ? `${value}n` : String(value)})`;
  const constructor = (value as { constructor?: unknown }).constructor;
  return typeof constructor === 'function' && constructor.name ? `an instance of ${constructor.name}` : '[Object: null prototype] {}';
}

/** The codes of Web IDL's table of DOMException names, as far as the simulated platform throws them. */
const codes: Readonly<Record<string, number>> = { InvalidCharacterError: 5, NotFoundError: 8, NotSupportedError: 9, InvalidStateError: 11, SyntaxError: 12, InvalidAccessError: 15, TypeMismatchError: 17, AbortError: 20, QuotaExceededError: 22, TimeoutError: 23, DataCloneError: 25 };

/** DOMException (Web IDL, 2.8.1): an error whose name is given, not its class's. */
export class DOMException extends Error {
  readonly #name: string;

  constructor(message = '', options: string | { name?: string; cause?: unknown } = 'Error') {
    super(String(message));
    this.#name = typeof options === 'object' && options !== null ? String(options.name ?? 'Error') : String(options);
    if (typeof options === 'object' && options !== null && 'cause' in options) this.cause = options.cause;
  }

  override get name(): string {
    return this.#name;
  }

  get code(): number {
    return codes[this.#name] ?? 0;
  }

  get [Symbol.toStringTag](): string {
    return 'DOMException';
  }
}
seal(DOMException);

/** Node's own AbortError, which its libraries reject with; `AbortSignal.reason` is a DOMException instead. */
export function abortError(reason: unknown): Error {
  const error = new Error('The operation was aborted');
  Object.defineProperty(error, 'cause', { value: reason, configurable: true, writable: true });
  return Object.assign(error, { code: 'ABORT_ERR', name: 'AbortError' });
}

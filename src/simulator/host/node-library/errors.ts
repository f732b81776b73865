import { isAbort } from '../../runtime/loop-abort.js';
import { abortError, nodeError } from '../events/errors.js';
import { outOfRange } from '../buffer/ranges.js';

type ErrorClass = new (message: string) => Error;
type Message = string | ((...args: never[]) => string);

/** `util.inspect` for messages: of the library, which needs these errors itself. */
export type Inspect = (value: unknown, options?: object) => string;

/** Node's `internal/errors`, as far as the library uses it. Source: lib/internal/errors.js of Node 20. */
export function createNodeErrors(inspect: Inspect) {
  const receivedBy = (value: unknown): string => specificType(value, inspect);
  const codes = Object.fromEntries(Object.entries(messages(receivedBy, inspect)).map(([code, [message, ...classes]]) => [code, codeOf(code, message, classes)]));
  // Its wording is shared with other parts of the platform.
  codes['ERR_OUT_OF_RANGE'] = codeOf('ERR_OUT_OF_RANGE', (name: string, range: string, value: unknown) => outOfRange(name, range, value).message, [RangeError]);
  return {
    codes, aggregateTwoErrors, isStackOverflowError: (error: unknown) => error instanceof RangeError && /call stack/.test(error.message), determineSpecificType: receivedBy,
    hideStackFrames: <T extends object>(run: T): T => Object.assign(run, { withoutStackTrace: run }),
    AbortError: function AbortError(message = 'The operation was aborted', options?: { cause?: unknown }): Error {
      const error = abortError(undefined);
      error.message = message;
      if (options === undefined || !('cause' in options)) delete error.cause;
      else error.cause = options.cause;
      return error;
    },
  };
}

type Table = Readonly<Record<string, readonly [Message, ...ErrorClass[]]>>;

function messages(received: (value: unknown) => string, inspect: Inspect): Table {
  return {
    ERR_ILLEGAL_CONSTRUCTOR: ['Illegal constructor', TypeError],
    ERR_INVALID_ARG_TYPE: [(name: string, expected: string | string[], value: unknown) => `The ${name.endsWith(' argument') ? name : `"${name}" ${name.includes('.') ? 'property' : 'argument'}`} must be ${expectation([expected].flat())}. Received ${received(value)}`, TypeError],
    ERR_INVALID_ARG_VALUE: [(name: string, value: unknown, reason = 'is invalid') => `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${cut(inspect(value))}`, TypeError, RangeError],
    ERR_INVALID_RETURN_VALUE: [(input: string, name: string, value: unknown) => `Expected ${input} to be returned from the "${name}" function but got ${received(value)}.`, TypeError, RangeError],
    ERR_INVALID_STATE: ['Invalid state: %s', Error, TypeError, RangeError],
    ERR_INVALID_URI: ['URI malformed', URIError],
    ERR_METHOD_NOT_IMPLEMENTED: ['The %s method is not implemented', Error],
    ERR_MISSING_ARGS: [(...names: (string | string[])[]) => `The ${list(names.map((name) => [name].flat().map((one) => `"${one}"`).join(' or ')), 'and')} argument${names.length > 1 ? 's' : ''} must be specified`, TypeError],
    ERR_MULTIPLE_CALLBACK: ['Callback called multiple times', Error],
    ERR_SOCKET_BAD_PORT: [(name: string, port: unknown) => `${name} should be >= 0 and < 65536. Received ${received(port)}.`, RangeError],
    ERR_STREAM_ALREADY_FINISHED: ['Cannot call %s after a stream was finished', Error],
    ERR_STREAM_CANNOT_PIPE: ['Cannot pipe, not readable', Error],
    ERR_STREAM_DESTROYED: ['Cannot call %s after a stream was destroyed', Error],
    ERR_STREAM_NULL_VALUES: ['May not write null values to stream', TypeError],
    ERR_STREAM_PREMATURE_CLOSE: ['Premature close', Error],
    ERR_STREAM_PUSH_AFTER_EOF: ['stream.push() after EOF', Error],
    ERR_STREAM_UNSHIFT_AFTER_END_EVENT: ['stream.unshift() after end event', Error],
    ERR_STREAM_WRITE_AFTER_END: ['write after end', Error],
    ERR_UNKNOWN_ENCODING: ['Unknown encoding: %s', TypeError],
    ERR_UNKNOWN_SIGNAL: ['Unknown signal: %s', TypeError],
    ERR_FALSY_VALUE_REJECTION: ['Promise was rejected with falsy value', Error],
    ERR_AMBIGUOUS_ARGUMENT: [(name: string, reason: string) => `The "${name}" argument is ambiguous. ${reason}`, TypeError],
  };
}

/** A constructor that gives a plain error with a code, and those for its other classes. */
function codeOf(code: string, message: Message, classes: readonly ErrorClass[]): object {
  const text = (args: unknown[]): string => (typeof message === 'function' ? message(...(args as never[])) : args.reduce<string>((so, argument) => so.replace('%s', () => String(argument)), message));
  const made = (Class: ErrorClass) => function (...args: unknown[]): Error { return nodeError(Class, code, text(args)); };
  const main = made(classes[0]!);
  return Object.assign(main, { HideStackFramesError: main }, Object.fromEntries(classes.slice(1).map((Class) => [Class.name, made(Class)])));
}

const types = new Set(['string', 'function', 'number', 'object', 'Function', 'Object', 'boolean', 'bigint', 'symbol']);

function expectation(expected: readonly string[]): string {
  const kinds = expected.filter((one) => types.has(one)).map((one) => one.toLowerCase());
  const instances = expected.filter((one) => !types.has(one) && /^([A-Z][a-z0-9]*)+$/.test(one));
  const other = expected.filter((one) => !types.has(one) && !instances.includes(one));
  if (instances.length > 0 && kinds.includes('object')) {
    kinds.splice(kinds.indexOf('object'), 1);
    instances.push('Object');
  }
  const parts: string[] = [];
  if (kinds.length > 0) parts.push(`${kinds.length > 1 ? 'one of type' : 'of type'} ${list(kinds, 'or')}`);
  if (instances.length > 0) parts.push(`an instance of ${list(instances, 'or')}`);
  if (other.length > 0) parts.push(other.length > 1 ? `one of ${list(other, 'or')}` : `${other[0]!.toLowerCase() === other[0] ? '' : 'an '}${other[0]}`);
  return parts.join(' or ');
}

function list(items: readonly string[], word: string): string {
  if (items.length < 3) return items.join(` ${word} `);
  return `${items.slice(0, -1).join(', ')}, ${word} ${items.at(-1)}`;
}

function cut(text: string): string {
  return text.length > 128 ? `${text.slice(0, 128)}...` : text;
}

function specificType(value: unknown, inspect: Inspect): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'function') return `function ${value.name}`;
  if (typeof value === 'object') {
    const { constructor } = value as { constructor?: unknown };
    return constructor && 'name' in (constructor as object) ? `an instance of ${String((constructor as { name: unknown }).name)}` : inspect(value, { depth: -1 });
  }
  if (typeof value !== 'string') return `type ${typeof value} (${typeof value === 'bigint' ? `${value}n` : Object.is(value, -0) ? '-0' : String(value)})`;
  const shown = value.length > 28 ? `${value.slice(0, 25)}...` : value;
  return `type string (${shown.includes("'") ? JSON.stringify(shown) : `'${shown}'`})`;
}

function aggregateTwoErrors(inner: unknown, outer: { errors?: unknown; message: string; code?: unknown } | undefined): unknown {
  if (!inner || !outer || inner === outer) return inner || outer;
  if (Array.isArray(outer.errors)) {
    outer.errors.push(inner);
    return outer;
  }
  return Object.assign(new AggregateError([outer, inner], outer.message), { code: outer.code });
}

export function letAbortPass(error: unknown): void {
  if (isAbort(error)) throw error;
}

import { invalidArgument, nodeError } from '../events/errors.js';
import { inspectBriefly } from '../events/inspect.js';
import { execPath, type Serialization } from './process-entry.js';
import { isSignal, signalName, unknownSignal } from './signals.js';

/** Where one of a child's streams leads, as `options.stdio` says it. */
export type Stdio = 'pipe' | 'inherit' | 'ignore' | 'ipc';

export interface SpawnOptions {
  readonly stdio?: unknown;
  readonly silent?: unknown;
  readonly serialization?: unknown;
  readonly env?: Readonly<Record<string, unknown>> | undefined;
  readonly timeout?: unknown;
  readonly killSignal?: unknown;
  readonly signal?: unknown;
  readonly shell?: unknown;
  readonly detached?: unknown;
  readonly execPath?: unknown;
  readonly execArgv?: unknown;
}

/** What is to be run, all of it checked. */
export interface SpawnPlan {
  /** `spawnfile` and `spawnargs`, for who asks. */
  readonly command: string;
  readonly args: readonly string[];
  readonly file: string;
  readonly argv: readonly string[];
  readonly stdio: readonly Stdio[];
  readonly serialization: Serialization;
  /** Undefined: that of the starter. */
  readonly env: Readonly<Record<string, string>> | undefined;
  readonly options: SpawnOptions;
}

/** `fork(modulePath, args, options)` */
export function forkArguments(modulePath: unknown, given: unknown, givenOptions: unknown): SpawnPlan {
  const path = pathOf(modulePath, 'modulePath');
  const isList = Array.isArray(given);
  if (given !== undefined && given !== null && typeof given !== 'object') throw invalidArgument('args', 'an instance of Array', given);
  const list = isList ? (given as unknown[]) : [];
  const options = optionsOf(given !== undefined && given !== null && !isList ? given : givenOptions);
  if (options.execPath !== undefined && options.execPath !== execPath) throw notNode(options.execPath);
  const stdio = forkStdio(options);
  return planOf(execPath, [path, ...list.map(String)], options, stdio);
}

/** `spawn(command, args, options)` of a program of Node. */
export function spawnArguments(command: unknown, given: unknown, givenOptions: unknown): SpawnPlan {
  if (typeof command !== 'string') throw invalidArgument('file', 'of type string', command);
  if (command.length === 0) throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', "The argument 'file' cannot be empty. Received ''");
  if (given !== undefined && given !== null && typeof given !== 'object') throw invalidArgument('args', 'of type object', given);
  const list = Array.isArray(given) ? (given as unknown[]).map(String) : [];
  const options = optionsOf(Array.isArray(given) || given === undefined || given === null ? givenOptions : given);
  if (options.shell !== undefined && options.shell !== false && options.shell !== null) throw new Error(`a shell is not simulated: give ${command} as spawn(process.execPath, ['./child.js'])`);
  if (command !== execPath && command !== 'node') throw notNode(command);
  return planOf(command, list, options, stdioOf(options.stdio ?? 'pipe'));
}

function notNode(command: unknown): Error {
  return new Error(`the command ${String(command)} is not simulated: what runs here are programs of Node, started as fork('./child.js') or spawn(process.execPath, ['./child.js'])`);
}

function planOf(command: string, args: readonly string[], options: SpawnOptions, stdio: readonly Stdio[]): SpawnPlan {
  const serialization = options.serialization ?? 'json';
  if (serialization !== 'json' && serialization !== 'advanced') throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The property 'options.serialization' must be one of: undefined, 'json', 'advanced'. Received ${inspectBriefly(serialization)}`);
  if (options.detached !== undefined && options.detached !== null && typeof options.detached !== 'boolean') throw invalidArgument('options.detached', 'of type boolean', options.detached);
  const at = args.findIndex((arg) => !arg.startsWith('-'));
  const flag = args.find((arg) => ['-e', '--eval', '-p', '--print', '-', '-i'].includes(arg));
  if (at < 0 || (flag !== undefined && args.indexOf(flag) < at)) throw new Error(`node ${args.join(' ')} is not simulated: name a file that it runs`);
  return { command, args, file: args[at]!, argv: args.slice(at + 1), stdio, serialization, env: envOf(options.env), options };
}

function optionsOf(given: unknown): SpawnOptions {
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object' || Array.isArray(given)) throw invalidArgument('options', 'of type object', given);
  return given;
}

/** A path, or a `file:` URL. */
function pathOf(given: unknown, name: string): string {
  if (typeof given === 'string') return given;
  const isUrl = typeof given === 'object' && given !== null && 'href' in given;
  if (!isUrl) throw invalidArgument(name, 'of type string or an instance of Buffer or URL', given);
  return String((given as { href: unknown }).href).replace(/^file:\/\//, '');
}

function envOf(env: SpawnOptions['env']): Readonly<Record<string, string>> | undefined {
  if (env === undefined || env === null) return undefined;
  const pairs: Record<string, string> = {};
  // Inherited ones are meant to count.
  for (const key in env) if (env[key] !== undefined) pairs[key] = String(env[key]);
  return pairs;
}

function forkStdio(options: SpawnOptions): readonly Stdio[] {
  const { stdio, silent } = options;
  if (typeof stdio === 'string') return [...stdioOf(stdio), 'ipc'];
  if (!Array.isArray(stdio)) return [...stdioOf(silent ? 'pipe' : 'inherit'), 'ipc'];
  if (!stdio.includes('ipc')) throw nodeError(Error, 'ERR_CHILD_PROCESS_IPC_REQUIRED', "Forked processes must have an IPC channel, missing value 'ipc' in options.stdio");
  return stdioOf(stdio);
}

/** Standard input, output and error, then what else there is. */
function stdioOf(given: unknown): readonly Stdio[] {
  if (typeof given === 'string') {
    if (!['ignore', 'pipe', 'overlapped', 'inherit'].includes(given)) throw invalidStdio(given);
    const kind = given === 'overlapped' ? 'pipe' : (given as Stdio);
    return [kind, kind, kind];
  }
  if (!Array.isArray(given)) throw invalidStdio(given);
  const list: unknown[] = [...(given as unknown[])];
  while (list.length < 3) list.push(undefined);
  const all = list.map((one, at) => streamOf(one, at));
  if (all.filter((one) => one === 'ipc').length > 1) throw nodeError(Error, 'ERR_IPC_ONE_PIPE', 'Child process can have only one IPC pipe');
  if (all.some((one, at) => at > 2 && one === 'pipe')) throw new Error('pipes beyond standard input, output and error are not simulated');
  return all;
}

function streamOf(given: unknown, at: number): Stdio {
  if (given === undefined || given === null) return at < 3 ? 'pipe' : 'ignore';
  if (given === 'overlapped') return 'pipe';
  if (given === 'pipe' || given === 'ignore' || given === 'ipc' || given === 'inherit') return given;
  if (given === at && at < 3) return 'inherit';
  if (typeof given === 'number' || typeof given === 'object') throw new Error('a file, a socket or another stream as stdio of a child is not simulated');
  throw invalidStdio(given);
}

function invalidStdio(given: unknown): Error {
  return nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'stdio' is invalid. Received ${inspectBriefly(given)}`);
}

/** Names are taken in any case, as Node takes them (`convertToValidSignal`); null is no signal, only a question. */
export function validSignal(given: unknown): string | null {
  if (given === 0) return null;
  const name = given === undefined ? 'SIGTERM' : typeof given === 'number' ? signalName(given) : typeof given === 'string' ? given.toUpperCase() : undefined;
  if (typeof given !== 'undefined' && typeof given !== 'number' && typeof given !== 'string') throw invalidArgument('signal', 'one of type string or number', given);
  if (!isSignal(name)) throw unknownSignal(given);
  return name;
}

import type { LoopError } from '../../runtime/loop.js';
import { invalidArgument, nodeError } from '../events/errors.js';
import type { ProcessEvents } from '../events/index.js';
import { IpcEnd, type IpcWorld } from './ipc-end.js';
import { codecOf, type CodecWorld } from './message-codec.js';
import { utf8Of, type PipeStreams, type PipeStreamsWorld, type Stream } from './pipe-streams.js';
import { execPath, type ProcessEntry } from './process-entry.js';
import type { ProcessNews } from './processes.js';

export type ProcessScope = ReturnType<typeof createProcessScope>;

interface ScopeWorld extends IpcWorld, Omit<CodecWorld, 'realm'>, Pick<PipeStreamsWorld, 'library'> {
  readonly streams: PipeStreams;
}

/** What a child process finds around it: its `process`, how it ends, and the channel to who has started it. */
export function createProcessScope(world: ScopeWorld, realm: () => CodecWorld['realm'], entry: ProcessEntry, { emitter, arrive }: ProcessEvents) {
  const { host, loop } = world;
  let exitCode: number | undefined;
  let isExiting = false;
  const perform = (method: string, payload: object): unknown => host.perform({ kind: 'shared', site: host.site, object: entry.process, method, payload, name: entry.process });
  const location = `${entry.process} exit`;
  const touch = (kind: 'read' | 'write'): void => loop.touch(location, 'code', kind);
  const ipc = entry.serialization === null ? undefined : connect(entry.serialization);

  function connect(serialization: NonNullable<ProcessEntry['serialization']>): IpcEnd {
    const process = emitter();
    const codec = (): ReturnType<typeof codecOf> => codecOf(serialization, { ...world, realm: realm() });
    let listeners = 0;
    const made = new IpcEnd(world, entry.process, 'child', { encode: (message) => codec().encode(message), decode: (record) => codec().decode(record) }, {
      emit: (type, ...args) => process.emit(type, ...args), listenerCount: (type) => process.listenerCount(type), on: (type, listener) => process.on(type, listener), onClosed: () => undefined,
    });
    // Who listens for messages or for the end of the channel keeps the process alive.
    const counts = (type: unknown): boolean => type === 'message' || type === 'disconnect';
    process.on('newListener', (type) => { if (counts(type) && ++listeners === 1) made.setRef(true); });
    process.on('removeListener', (type) => { if (counts(type) && --listeners === 0) made.setRef(false); });
    return made;
  }

  let isEndWatched = false;
  /** An end that nobody listens to needs no turn of its own. */
  function watchEnd(): void {
    if (isEndWatched) return;
    isEndWatched = true;
    perform('watch end', {});
  }

  emitter().on('newListener', (type) => { if (type === 'exit' || type === 'beforeExit') watchEnd(); });
  host.onInput(entry.process, (news) => {
    const { kind } = news as ProcessNews;
    if (kind === 'signal') arrive((news as { signal: string }).signal);
    else if (kind === 'at rest') rest();
  });

  /** The loop has run dry: who listens may give it something to do again. */
  function rest(): void {
    const left = loop.enabled().length;
    const mayEnd = (): boolean => loop.enabled().length <= left && perform('may end', {}) === true;
    if (!mayEnd()) return;
    loop.runMacrotask(loop.task, () => void emitter().emit('beforeExit', code()));
    if (mayEnd()) exit();
  }

  function code(): number {
    touch('read');
    return exitCode ?? 0;
  }

  function setCode(given: unknown): void {
    exitCode = validCode(given);
    touch('write');
  }

  function exit(given?: unknown): never {
    if (given !== undefined) setCode(given);
    if (!isExiting) {
      isExiting = true;
      emitter().emit('exit', code());
    }
    return end();
  }

  function end(): never {
    perform('exit', { code: code() & 0xff });
    perform('be gone', {});
    throw new Error(`${entry.process} goes on after its end`);
  }

  const before = loop.onError;
  loop.onError = (error) => {
    if (before?.(error) === true) return true;
    return fail(error);
  };

  function fail(error: LoopError): never {
    const stderr = entry.stdio[2];
    if (typeof stderr === 'object') world.streams.writeNow(stderr.pipe, utf8Of(reportOf(entry.file, error)));
    if (!isExiting) {
      isExiting = true;
      touch('write');
      exitCode = 1;
      loop.runCallback(loop.task, () => void emitter().emit('exit', 1));
    }
    return end();
  }

  const standard = new Map<number, Stream>();
  /** Made when they are first asked for; undefined: one of the scenario's own, of which nothing is known. */
  function streamAt(at: 0 | 1 | 2): Stream | undefined {
    const to = entry.stdio[at];
    if (to === 'inherit') return undefined;
    let stream = standard.get(at);
    if (stream === undefined) standard.set(at, (stream = Object.assign(to === 'ignore' ? nowhere(at) : at === 0 ? world.streams.reader(to.pipe, false) : world.streams.writer(to.pipe), { fd: at })));
    return stream;
  }

  /** `/dev/null` */
  function nowhere(at: number): Stream {
    const { Readable, Writable } = world.library();
    return at === 0 ? new Readable({ highWaterMark: 1, read() { this.push(null); } }) : new Writable({ highWaterMark: 16_384, write: (_chunk, _encoding, done) => done() });
  }

  const streams = Object.fromEntries((['stdin', 'stdout', 'stderr'] as const).flatMap((name, at) => (entry.stdio[at] === 'inherit' ? [] : [[name, { get: () => streamAt(at as 0 | 1 | 2) }]])));

  /** The pipe behind a standard stream, for calls that block (`fs.readSync(0)`, `fs.writeSync(1)`); undefined: it leads elsewhere. Bytes are characters up to 255. */
  function pipeAt(fd: 0 | 1 | 2): { read(size: number): string | null; write(bytes: string): boolean } | undefined {
    const to = entry.stdio[fd];
    return typeof to !== 'object' ? undefined : { read: (size) => world.streams.readNow(to.pipe, size), write: (bytes) => world.streams.writeNow(to.pipe, bytes) };
  }

  return {
    pipeAt,
    console: { out: () => streamAt(1), err: () => streamAt(2) },
    members: {
      exit, reallyExit: (given?: unknown) => { if (given !== undefined) setCode(given); end(); },
      execPath, argv: [execPath, `/${entry.file}`, ...entry.argv], argv0: 'node', execArgv: [],
      ...(ipc && { send: (message: unknown, handle?: unknown, options?: unknown, callback?: unknown) => ipc.send(message, handle, options, callback), disconnect: () => ipc.disconnect() }),
    },
    env: entry.env,
    /** What changes while the process runs. */
    accessors: {
      ...streams,
      exitCode: { get: () => { touch('read'); return exitCode; }, set: (given: unknown) => { setCode(given); watchEnd(); } },
      ppid: { get: () => (entry.ppid === 1 ? 1 : perform('parent', { pid: entry.pid })) },
      ...(ipc && { connected: { get: () => ipc.connected }, channel: { get: () => ipc.control } }),
    },
  };
}

/** Whole numbers, also as text (`validateInteger` of Node 20). */
function validCode(given: unknown): number | undefined {
  if (given === undefined || given === null) return undefined;
  const value = typeof given === 'string' && given !== '' && String(Number(given)) === given ? Number(given) : given;
  if (typeof value !== 'number') throw invalidArgument('code', 'of type number', given);
  if (!Number.isInteger(value)) throw nodeError(RangeError, 'ERR_OUT_OF_RANGE', `The value of "code" is out of range. It must be an integer. Received ${String(value)}`);
  return value;
}

/** What Node prints of an error that nobody catches, as far as it does not depend on how the file is laid out. */
function reportOf(file: string, { reason, kind }: LoopError): string {
  const isError = typeof reason === 'object' && reason !== null && 'message' in reason;
  const { name, message } = (isError ? reason : {}) as { name?: unknown; message?: unknown };
  const rejected = 'UnhandledPromiseRejection: This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason';
  const text = isError ? `${String(name)}: ${String(message)}` : kind === 'unhandledRejection' ? `${rejected} "${String(reason)}".` : `Uncaught ${String(reason)}`;
  return `/${file}\n\n${text}\n\nNode.js v20.0.0\n`;
}

import { invalidArgument, missingArguments } from '../events/errors.js';
import { name } from '../events/event.js';
import { deserialise } from './deserialise.js';
import { endpointKind, type Delivery } from './endpoints.js';
import type { MessagesWorld, Ports } from './message-port.js';
import type { CloneRecord } from './record.js';
import { serialise } from './serialise.js';
import { transferList } from './structured-clone.js';
import { workerKind, type WorkerEntry, type WorkerNews } from './workers.js';

interface WorkerOptions {
  readonly workerData?: unknown;
  readonly transferList?: unknown;
  readonly name?: unknown;
}

/** `Worker` as Node has it (an emitter) and as the web has it (an event target), over agents of their own. */
export function createWorkers({ host, events, Promise, loop, pid }: MessagesWorld, { realm, MessageEvent }: Ports) {
  const { EventEmitter } = events.emitters;
  const { EventTarget, defineHandler } = events.targets;
  const { Event } = events.events;

  /** The starter's side of one worker, whatever kind of object the program sees. */
  class Thread {
    readonly id = host.identify(workerKind);
    readonly threadId: number;
    readonly #port: string;
    readonly #peer: string;
    hasExited = false;

    constructor(file: unknown, { workerData, transferList: list, name: label }: WorkerOptions, onMessage: (value: unknown) => void, onNews: (news: WorkerNews) => void) {
      if (typeof file !== 'string' && !(typeof file === 'object' && file !== null && 'href' in file)) throw invalidArgument('filename', 'of type string or an instance of URL', file);
      this.#port = host.identify(endpointKind);
      this.#peer = host.identify(endpointKind);
      host.onInput(this.#port, (delivery) => { if ((delivery as Delivery).kind === 'message') onMessage(deserialise((delivery as { record: CloneRecord }).record, realm).value); });
      host.onInput(this.id, (news) => { this.hasExited ||= (news as WorkerNews).kind === 'exit'; onNews(news as WorkerNews); });
      const data = serialise(workerData, transferList(list), realm);
      const entry: Omit<WorkerEntry, 'threadId'> = { file: fileOf(file), worker: this.id, pid, name: label === undefined ? '' : String(label), data, port: { id: this.#peer, peer: this.#port } };
      this.threadId = this.#call('start', { entry }) as number;
    }

    post(args: readonly unknown[]): void {
      if (args.length === 0) throw missingArguments('message');
      const record = serialise(args[0], transferList(args[1]), realm);
      host.perform({ kind: 'shared', site: host.site, object: this.#port, method: 'post', payload: { to: this.#peer, record }, name: this.#port });
    }

    watch(news: string): void {
      this.#call('watch', { news });
    }

    terminate(): void {
      this.#call('terminate', {});
    }

    #call(method: string, payload: object): unknown {
      return host.perform({ kind: 'shared', site: host.site, object: this.id, method, payload, name: this.id });
    }
  }

  class NodeWorker extends EventEmitter {
    readonly #thread: Thread;
    readonly #watched = new Set<PropertyKey>();
    readonly #turn = loop.turn;

    constructor(file: unknown, options: WorkerOptions = {}) {
      super();
      this.#thread = new Thread(file, options, (value) => void this.emit('message', value), (news) => this.#told(news));
      this.on('newListener', (type) => this.#watch(type as PropertyKey));
    }

    /** That it runs is told only to who listens at once. */
    #watch(type: PropertyKey): void {
      if (this.#watched.has(type) || !(type === 'exit' || (type === 'online' && loop.turn === this.#turn))) return;
      this.#watched.add(type);
      this.#thread.watch(type);
    }

    #told(news: WorkerNews): void {
      if (news.kind === 'error') this.emit('error', deserialise(news.record as CloneRecord, realm).value);
      else if (news.kind === 'exit') this.emit('exit', news.code);
      else this.emit('online');
    }

    get threadId(): number {
      return this.#thread.hasExited ? -1 : this.#thread.threadId;
    }

    postMessage(...args: readonly unknown[]): void {
      if (!this.#thread.hasExited) this.#thread.post(args);
    }

    terminate(): Promise<unknown> {
      if (this.#thread.hasExited) return Promise.resolve();
      const ended = new Promise<unknown>((resolve) => void this.once('exit', resolve as never));
      this.#thread.terminate();
      return ended;
    }

    ref(): void {}
    unref(): void {}
  }

  class WebWorker extends EventTarget {
    readonly #thread: Thread;

    constructor(file: unknown, options: WorkerOptions = {}) {
      super();
      this.#thread = new Thread(file, { name: options.name }, (data) => void this.dispatchEvent(new MessageEvent('message', { data })), (news) => this.#told(news));
    }

    #told(news: WorkerNews): void {
      if (news.kind !== 'error') return;
      const error = deserialise(news.record as CloneRecord, realm).value;
      const event = Object.assign(new Event('error', { cancelable: true }), { error, message: error instanceof Error ? `Uncaught ${error.name}: ${error.message}` : `Uncaught ${String(error)}` });
      this.dispatchEvent(event);
    }

    postMessage(...args: readonly unknown[]): void {
      this.#thread.post(args);
    }

    terminate(): void {
      this.#thread.terminate();
    }
  }
  name(WebWorker, 'Worker');
  for (const type of ['message', 'messageerror', 'error']) defineHandler(WebWorker, type);

  return { NodeWorker, WebWorker };
}

/** Paths are those of the linked program: its root is the folder `/`. */
function fileOf(file: unknown): string {
  const text = typeof file === 'string' ? file : String((file as { href: unknown }).href);
  return text.replace(/^file:\/\//, '').replace(/^\.?\//, '');
}

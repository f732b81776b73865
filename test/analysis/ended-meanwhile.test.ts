import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';
import { pair } from './pairs.js';

const told = (code: string): string[] => findings(code).map(({ rule }) => rule);

/** What is begun, ended while it waits, and goes on; and what looks, after the wait, whether it still may. */
const pairs = [
  pair('a watcher that is made after its owner was disposed of', `
    import { watch, type Watcher } from './watch';

    export class Files {
      private watcher: Watcher | undefined;
      private disposed = false;

      async start(path: string) {
        const watcher = await watch(path);
        <<|||if (this.disposed) return watcher.stop();>>
        this.watcher = watcher;
      }

      dispose() {
        this.disposed = true;
        this.watcher?.stop();
      }
    }`),
  pair('an interval that is set after stop', `
    export class Poll {
      private timer: ReturnType<typeof setInterval> | undefined;
      private isOn = false;
      constructor(private readonly load: () => Promise<number>, private readonly tick: () => void) {}

      async start() {
        this.isOn = true;
        const period = await this.load();
        <<|||if (!this.isOn) return;>>
        this.timer = setInterval(this.tick, period);
      }

      stop() {
        this.isOn = false;
        clearInterval(this.timer);
        this.timer = undefined;
      }
    }`),
  pair('a socket that is called ready though it was closed during the handshake', `
    export class Client {
      private isOpen = false;
      private isReady = false;
      constructor(private readonly net: { dial(): Promise<void> }) {}

      async connect() {
        this.isOpen = true;
        await this.net.dial();
        <<|||if (!this.isOpen) throw new Error('closed');>>
        this.isReady = true;
      }

      close() {
        this.isOpen = false;
        this.isReady = false;
      }
    }`),
  pair('two restarts at a time', `
    import { Mutex } from 'async-mutex';

    export class Service {
      private readonly mutex = new Mutex();
      private child: { kill(): Promise<void> } | undefined;
      constructor(private readonly spawn: () => Promise<{ kill(): Promise<void> }>) {}

      async restart() {
        <<|||await this.mutex.runExclusive(async () => {>>
        await this.child?.kill();
        this.child = await this.spawn();
        <<|||});>>
      }
    }`),
  pair('an interval that is set after destroy, which leaves the old one where it is', `
    export class Shard {
      private heartbeat: ReturnType<typeof setInterval> | undefined;
      private destroyed = false;
      constructor(private readonly sleep: (ms: number) => Promise<void>, private readonly beat: () => void) {}

      async hello(period: number) {
        await this.sleep(period * Math.random());
        <<|||if (this.destroyed) return;>>
        this.heartbeat = setInterval(this.beat, period);
      }

      destroy() {
        <<|||this.destroyed = true;>>
        if (this.heartbeat) clearInterval(this.heartbeat);
      }
    }`),
  pair('a call that is made by a chain after it was cancelled, where other ways ask whether it has ended', `
    export class Call {
      private ended = false;
      private halfClosed = false;
      private child: { start(): void; cancelWithStatus(code: number): void; halfClose(): void } | undefined;
      constructor(private readonly channel: Channel, private readonly tell: (code: number) => void) {}

      private end(code: number) {
        if (this.ended) return;
        this.ended = true;
        this.tell(code);
      }

      pick() {
        if (this.ended) return;
        this.channel.credentials().then((found) => {
          <<|||if (this.ended) return;>>
          if (found.isDouble) this.end(13);
          this.child = this.channel.createCall(found);
          if (this.halfClosed) this.child.halfClose();
        }, () => this.end(2));
      }

      halfClose() {
        this.halfClosed = true;
        this.child?.halfClose();
      }

      cancelWithStatus(code: number) {
        this.child?.cancelWithStatus(code);
        this.end(code);
      }
    }`),
];

describe('ended meanwhile', () => {
  test.each(pairs)('%s', (_name, racy, cured) => {
    expect({ racy: told(racy), cured: told(cured) }).toEqual({ racy: ['out-of-order-response'], cured: [] });
  });

  test('a message says who ends it', () => {
    expect(findings(pairs[0]![1])[0]!.message).toBe('`start` suspends at line 9 before it sets `watcher` at line 11, and `dispose` can end it all meanwhile: nobody ends what is put there.');
    expect(findings(pairs[3]![1])[0]!.message).toBe('`restart` suspends at line 12 before it sets `child` at line 12, and another `restart` can end it all meanwhile: one of what both put there is lost.');
  });
});

const silent = {
  'who clears an interval to set another': `
    export class List {
      private interval: ReturnType<typeof setInterval> | undefined;
      constructor(private readonly load: () => Promise<void>) {}

      async refresh() {
        await this.load();
        this.set();
      }

      closeRoom() { this.set(); }

      private set() {
        clearInterval(this.interval);
        this.interval = setInterval(() => void this.refresh(), 1000);
      }
    }`,
  'who ends what is there as its own is put there': `
    export class Rates {
      private interval: ReturnType<typeof setInterval> | undefined;
      constructor(private readonly load: () => Promise<void>) {}

      async restart() {
        clearInterval(this.interval);
        await this.load();
        this.repeat();
      }

      private repeat() {
        if (this.interval) clearInterval(this.interval);
        this.interval = setInterval(() => void this.load(), 1000);
      }
    }`,
  'the end waits for the beginning': `
    export class Files {
      private watcher: { stop(): void } | undefined;
      private starting: Promise<void> | undefined;
      start(path: string) { return (this.starting ??= this.open(path)); }
      private async open(path: string) { this.watcher = await watch(path); }
      async stop() {
        await this.starting;
        this.watcher?.stop();
        this.watcher = undefined;
      }
    }`,
  'the end waits for what is being made, as far as it is': `
    export class Listening {
      private client: { end(): void } | undefined;
      private clientPromise: Promise<void> | undefined;
      open() { return (this.clientPromise ??= this.dial()); }
      private async dial() { this.client = await connect(); }
      async close() {
        await this.clientPromise?.catch(() => undefined);
        this.client?.end();
        this.client = undefined;
      }
    }`,
  'the end is refused before the beginning is done': `
    export class Driver {
      private pool: { end(): Promise<void> } | undefined;
      async connect() { this.pool = await createPool(); }
      async disconnect() {
        if (!this.pool) throw new Error('not connected');
        await this.pool.end();
        this.pool = undefined;
      }
    }`,
  'the end cancels the work': `
    export class Files {
      private watcher: { stop(): void } | undefined;
      private readonly work = new AbortController();
      async start(path: string) { this.watcher = await watch(path, this.work); }
      dispose() {
        this.work.abort();
        this.watcher?.stop();
        this.watcher = undefined;
      }
    }`,
  'the end cancels the work, and what has come of it': `
    export class Files {
      private watcher: { cancel(): void } | undefined;
      private closed = false;
      start(path: string, work: Work) { work.watch(path).then((found) => { this.watcher = work.openWatcher(found); }); this.work = work; }
      close() {
        this.closed = true;
        this.work.cancel();
        this.watcher?.cancel();
      }
    }`,
  'what was made is looked at once more': `
    export class Files {
      private watcher: { stop(): void } | undefined;
      private closed = false;
      async start(path: string) {
        this.watcher = await watch(path);
        if (this.closed) this.watcher.stop();
      }
      close() {
        this.closed = true;
        this.watcher?.stop();
      }
    }`,
};

test.each(Object.entries(silent))('silent: %s', (_name, code) => {
  expect(told(code)).toEqual([]);
});

import { pair } from './pairs.js';
import type { Pair } from './pairs.js';

/** Kinds of bugs that were fixed in the history of real projects, in code of our own; by the rule that accuses the one side and is silent on the other. */
export const fixedBugs: Readonly<Record<string, readonly Pair[]>> = {
  'check-then-act': [
    pair('a switch that is looked at before the one under way has ended', `
      export class KeyHandler {
        enabled = false;
        private enabling?: Deferred;
        constructor(private readonly conference: Conference) {}
        async setEnabled(enabled: boolean) {
      <<|||await this.enabling?.promise;>>
          if (enabled === this.enabled) return;
      <<await this.enabling?.promise;|||>>
          this.enabling = new Deferred();
          this.enabled = enabled;
          await this.conference.apply(enabled);
          this.conference.restart();
          this.enabling.resolve();
        }
      }`),
    pair('a socket that is closed while its last frame is made', `
      export class Feed {
        private socket?: WebSocket;
        open(url: string) { this.socket = new WebSocket(url); }
        close() { this.socket?.close(); this.socket = undefined; }
        async say(text: string) {
          if (!this.socket) throw new Error('closed');
          const frame = await encode(text);
      <<this.socket.send(frame);|||this.socket?.send(frame);>>
        }
      }`),
    pair('a close that waits, and comes twice', `
      export class Line {
        private port: Port | null = null;
        attach(port: Port) { this.port = port; }
        async close() {
          if (this.port) {
            this.port.pause();
            await drained(this.port);
      <<this.port.end();|||if (this.port) this.port.end();>>
          }
          this.port = null;
        }
      }`),
    pair('a connection that is taken out of its place twice', `
      export class Client {
        private link?: Link;
        connect(link: Link) { this.link = link; }
        async close() {
          if (this.link == null) return;
          await endSessions(this.link.name);
          const link = this.link;
      <<|||if (link == null) return;>>
          this.link = undefined;
          link.close();
        }
      }`),
    pair('a look on the way that decides nothing', `
      export class Driver {
        private pool?: Pool;
        open(pool: Pool) { this.pool = pool; }
        async close() {
          if (!this.pool) return;
          await this.flush();
      <<this.pool.end();|||if (this.pool) this.pool.end();>>
          this.pool = undefined;
        }
        private async flush() {
          if (!this.pool) note('nothing is open');
          await sendAll();
        }
      }`),
    pair('a session that is forgotten while its owner is looked up', `
      const sessions = new Map<string, Session>();
      export function forget(name: string) { sessions.delete(name); }
      export function begin(name: string) { sessions.set(name, makeSession(name)); }
      export async function touch(id: string) {
        if (!sessions.has(id)) return;
        const owner = await ownerOf(id);
      <<sessions.get(id)!.owner = owner;|||const session = sessions.get(id);
        if (session) session.owner = owner;>>
      }`),
    pair('an assertion that was made before the wait', `
      export class Player {
        #track: Track | undefined;
        load(track: Track) { this.#track = track; }
        unload() { this.#track = undefined; }
        #assertLoaded() { if (!this.#track) throw new Error('nothing loaded'); }
        async skip() {
          this.#assertLoaded();
          await fadeOut();
      <<|||this.#assertLoaded();>>
          this.#track!.next();
        }
      }`),
  ],
  'lost-update': [
    pair('a handler that is private, and handed over', `
      export class Meter {
        private total = 0;
        constructor(bus: Bus) { bus.on('reading', this.#onReading.bind(this)); }
        async #onReading(value: number) {
      <<const before = this.total;
          await store(value);
          this.total = before + value;|||await store(value);
          this.total += value;>>
        }
      }`),
    pair('a method that is lent under a public name', `
      export class Resource {
        save?: (text: string) => Promise<void>;
        private revision = 0;
        constructor(private readonly files: Files) { this.save = this.doSave; }
        protected doSave = async (text: string) => {
      <<const revision = this.revision;
          await this.files.put(text, revision);
          this.revision = revision + 1;|||await this.files.put(text, ++this.revision);>>
        };
      }`),
  ],
  'torn-update': [
    pair('a list that two runs empty and then both fill', `
      export class Changes {
        protected rows: Row[] = [];
        constructor(repository: Repository) { repository.onDidChange((status) => this.show(status)); }
        protected async show(status: Status) {
      <<this.rows = [];
          for (const change of status.changes) {
            const label = await labelOf(change);
            this.rows.push({ label, change });
          }|||const rows: Row[] = [];
          for (const change of status.changes) {
            const label = await labelOf(change);
            rows.push({ label, change });
          }
          if (status === this.latest) this.rows = rows;>>
          this.draw();
        }
        private latest?: Status;
        private draw() { paint(this.rows); }
      }`),
  ],
  'use-before-ready': [
    pair('a timer that clears one that is yet to be made', `
      export async function call(id: string) {
      <<|||let answer: Timer | undefined;>>
        const ack = setTimeout(() => { fail(id); clearTimeout(answer); }, 1000);
        pending.set(id, () => clearTimeout(ack));
        await publish(id);
      <<const answer = setTimeout(() => fail(id), 5000);|||answer = setTimeout(() => fail(id), 5000);>>
      }
      const pending = new Map<string, () => void>();`),
    pair('a handler that speaks of what is still being opened', `
      export async function serve(port: number) {
      <<process.on('SIGTERM', () => { void server.close(); });
        const server = await listen(port);|||const server = await listen(port);
        process.on('SIGTERM', () => { void server.close(); });>>
        await server.ready;
      }`),
  ],
  'missing-await': [
    pair('a profile that is still being written when the process ends', `
      let session: Session | undefined;
      export function stopProfiler(log: Log): void | Promise<void> {
        if (!session) return;
        return new Promise((done) => { session!.post('stop', (profile: Profile) => { write(profile); log('written'); done(); }); });
      }
      cli.action(async () => {
        try { await build(); } catch (error) {
          <<|||await >>stopProfiler(console.log);
          process.exit(1);
        }
      });`),
    pair('a message that is told of before it is put where it is looked for', `
      export class Messages {
        private readonly open: Message[] = [];
        constructor(private readonly hub: Hub) {}
        async addMessage(message: Message) {
          const checked = await check(message);
          this.open.push(checked);
        }
        find(id: string) { return this.open.find((message) => message.id === id); }
        async submit(message: Message) {
      <<this.addMessage(message);|||await this.addMessage(message);>>
          this.hub.emit('unapprovedMessage', message.id);
        }
      }`),
  ],
  'uncancelled-effect': [
    pair('a subscription that is made after it was cancelled', `
      export function withContext(setter: Setter) {
        return new Observable((observer: Observer) => {
          let handle: Subscription | undefined;
          <<|||let isClosed = false;>>
          Promise.resolve(setter()).then((context) => {
            <<|||if (isClosed) return;>>
            handle = forward(context).subscribe(observer);
          }).catch(report);
          return () => {
            <<|||isClosed = true;>>
            handle?.unsubscribe();
          };
        });
      }`),
    pair('a watcher that starts after its owner is gone', `
      export function watch(path: string, show: (text: string) => void): () => void {
        let stop: (() => void) | undefined;
        <<|||const controller = new AbortController();>>
        const run = async () => {
          const folder = await openFolder(path);
          <<|||if (controller.signal.aborted) return;>>
          stop = folder.onChange(show);
        };
        void run();
        return () => {
          <<|||controller.abort();>>
          if (stop) stop();
        };
      }`),
  ],
  'lock-not-released': [
    pair('a queue of turns, and work that fails', `
      import { AsyncQueue } from '@sapphire/async-queue';
      export class Opener {
        private readonly turns = new AsyncQueue();
        async open(name: string) {
          await this.turns.wait();
      <<const handle = await openFile(name);
          this.turns.shift();
          return handle;|||try {
            return await openFile(name);
          } finally {
            this.turns.shift();
          }>>
        }
      }`),
    pair('a callback that returns early', `
      import { Mutex } from 'async-mutex';
      export class Network {
        private readonly mutex = new Mutex();
        private id = '';
        async look() {
          const release = await this.mutex.acquire();
          this.provider.ask({ method: 'version' }, (error: Error, id: string) => {
      <<if (this.id === id) return;
            this.id = id;
            release();|||try {
              if (this.id === id) return;
              this.id = id;
            } finally {
              release();
            }>>
          });
        }
        constructor(private readonly provider: Provider) {}
      }`),
    pair('a chain that only gives back what went well', `
      import { Mutex } from 'async-mutex';
      const mutex = new Mutex();
      export async function warm(id: string) {
        const release = await mutex.acquire();
        loadPage(id).then((page) => { show(page); <<release(); });|||}).finally(() => release());>>
      }`),
  ],
  'double-initialization': [
    pair('a request in flight, kept in a state that another function gives', `
      const STATES = new Map<App, State>();
      const DEFAULT: State = {};
      export function stateOf(app: App): State { return STATES.get(app) || { ...DEFAULT }; }
      export function setState(app: App, state: State) { STATES.set(app, state); }
      export async function getToken(app: App): Promise<Token> {
        const state = stateOf(app);
        <<|||const key = await keyOf(app);>>
        if (!state.exchanging) {
          state.exchanging = exchange(<<await keyOf(app)|||key>>).finally(() => { state.exchanging = undefined; });
        }
        return await state.exchanging;
      }`),
    pair('a loop that is stopped and started while it sleeps', `
      export class Tracker {
        private isRunning = false;
        <<|||private round = 0;>>
        start() {
          if (this.isRunning) return;
          this.isRunning = true;
          this.begin();
        }
        stop() { this.isRunning = false; }
        private begin() { void this.follow(<<|||++this.round>>); }
        private async follow(<<|||mine: number>>) {
          while (this.isRunning<<||| && mine === this.round>>) {
            show(await fetchLatest());
            await sleep(1000);
          }
        }
      }`),
    pair('a poll that starts the next one', `
      let isActive = false;
      let timer: Timer | undefined;
      <<|||let isBusy = false;>>
      export function enable() {
        if (isActive) return;
        isActive = true;
        <<|||if (isBusy) return;>>
        poll().catch(report);
      }
      export function disable() { clearTimeout(timer); isActive = false; }
      async function poll() {
        <<|||isBusy = true;>>
        await refresh();
        <<|||isBusy = false;>>
        if (isActive) timer = setTimeout(() => poll(), 1000);
      }`),
    pair('an object for each key', `
      const rooms = new Map<string, Room>();
      export async function roomOf(id: string) {
        let room = rooms.get(id);
        if (!room) {
          const settings = await fetchSettings(id);
      <<|||room = rooms.get(id);
          if (room) return room;>>
          room = new Room(settings);
          rooms.set(id, room);
        }
        return room;
      }
      `),
    pair('an object that is kept under the name that it has', `
      export class Stores {
        private readonly open = new Map<string, Store>();
        async get(nameOrId: string) {
          let store = this.open.get(nameOrId);
          if (!store) {
            const found = await this.find(nameOrId);
            <<|||store = this.open.get(found.id);
            if (store) return store;>>
            store = new Store(found);
            this.keep(store);
          }
          return store;
        }
        private keep(store: Store) { this.open.set(store.id, store); }
        private find(nameOrId: string) { return fetchStore(nameOrId); }
      }`),
  ],
};

/** Near twins of them that are right as they are. */
export const nearTwins: Readonly<Record<string, string>> = {
  'a list that only its own loop turns round, and others add to at its end': `
    export class Runner {
      private down: Query[] = [];
      note(query: Query) { this.down.push(query); }
      async undo() { for (const query of this.down.reverse()) await send(query); }
    }`,
  'what is said before the process ends': `
    function say(text: string): void { console.error(text); }
    export function fail(error: Error) { say(error.message); process.exit(1); }`,
  'a copy of the defaults where there is no state, and what a kept promise gives': `
    const STATES = new Map<App, State>();
    const DEFAULT: State = {};
    function stateOf(app: App): State { return STATES.get(app) || { ...DEFAULT }; }
    export function setState(app: App, state: State) { STATES.set(app, state); }
    export async function getToken(app: App) {
      const state = stateOf(app);
      let token = state.token;
      if (!token) {
        state.asking ??= ask(app).finally(() => { state.asking = undefined; });
        token = await state.asking;
      }
      state.token = token;
      return token;
    }`,
  'a function that gives each caller an object of its own': `
    const defaults = new Map<string, Options>();
    function optionsOf(name: string): Options { return { ...defaults.get(name) }; }
    export function setDefault(name: string, options: Options) { defaults.set(name, options); }
    export async function start(name: string) {
      const options = optionsOf(name);
      if (!options.session) options.session = await connect(name);
      return options;
    }`,
  'a value that is compared before the wait for something that nobody else waits for': `
    export class Theme {
      private theme = 'light';
      async set(theme: string) {
        if (theme === this.theme) return;
        await loadStyles(theme);
        this.theme = theme;
      }
    }`,
  'what is used later is what was checked': `
    export class Feed {
      private socket?: WebSocket;
      close() { this.socket = undefined; }
      async say(text: string) { const { socket } = this; if (!socket) return; const frame = await encode(text); socket.send(frame); }
    }`,
  'a private method that runs within another, under its lock': `
    import { Mutex } from 'async-mutex';
    export class Ledger {
      private readonly mutex = new Mutex();
      private sum = 0;
      add(n: number) { return this.mutex.runExclusive(() => this.addNow(n)); }
      sweep() { return this.mutex.runExclusive(this.sweepNow); }
      private async addNow(n: number) { const before = this.sum; await store(n); this.sum = before + n; }
      private sweepNow = async () => { const before = this.sum; await store(before); this.sum = before - 1; };
    }`,
  'a private step that a loop waits for': `
    export class Steps {
      private done = 0;
      constructor(private readonly list: Step[]) { void this.run(); }
      private async run() { for (const step of this.list) await this.one(step); }
      private async one(step: Step) { const before = this.done; await step.work(); this.done = before + 1; }
    }`,
  'nobody takes it away': `
    export class Feed {
      private socket?: WebSocket;
      open(url: string) { this.socket = new WebSocket(url); }
      async say(text: string) { if (!this.socket) return; const frame = await encode(text); this.socket.send(frame); }
    }`,
  'it is put there anew before it is used': `
    export class Feed {
      private socket?: WebSocket;
      close() { this.socket = undefined; }
      async restart(url: string) { if (!this.socket) return; await pause(); this.socket = new WebSocket(url); this.socket.ping(); }
    }`,
  'who takes it away waits for the same lock': `
    import { Mutex } from 'async-mutex';
    export class Feed {
      private readonly mutex = new Mutex();
      private socket?: WebSocket;
      close() { return this.mutex.runExclusive(() => { this.socket = undefined; }); }
      say(text: string) { return this.mutex.runExclusive(async () => { if (!this.socket) return; const frame = await encode(text); this.socket.send(frame); }); }
    }`,
  'a callback that runs at once, or only when it is called below': `
    export async function plan(ids: string[]) {
      const later = () => report(total);
      ids.forEach((id) => note(id));
      const total = await count(ids);
      later();
    }`,
  'a name that has its value before anybody waits': `
    export async function once(emitter: Emitter) {
      const stop = emitter.on('done', () => stop());
      await emitter.start();
    }`,
  'who is handed the lock gives it back on every way': `
    import { Mutex } from 'async-mutex';
    const mutex = new Mutex();
    export async function ask(id: string) {
      const release = await mutex.acquire();
      provider.send(id, (error: Error, answer: string) => { if (error) { release(); return; } show(answer); release(); });
    }`,
  'a loop that whoever stops it waits for': `
    export class Tracker {
      private isRunning = false;
      private done: Promise<void> | undefined;
      start() { if (this.isRunning) return; this.isRunning = true; this.done = this.follow(); }
      async stop() { this.isRunning = false; await this.done; }
      private async follow() { while (this.isRunning) { show(await fetchLatest()); await sleep(1000); } }
    }`,
  'a poll that takes back the timer of another': `
    export class Poll {
      private isOn = false;
      private timer?: Timer;
      start() { if (this.isOn) return; this.isOn = true; void this.next(); }
      stop() { this.isOn = false; }
      private async next() { await refresh(); if (!this.isOn) return; clearTimeout(this.timer); this.timer = setTimeout(() => this.next(), 1000); }
    }`,
  'a loop that is never started again': `
    export class Worker {
      private isRunning = false;
      constructor() { this.isRunning = true; void this.work(); }
      stop() { this.isRunning = false; }
      private async work() { while (this.isRunning) await step(); }
    }`,
  'a clean-up that waits for what is set up': `
    export function watch(path: string) {
      let stop: (() => void) | undefined;
      const ready = openFolder(path).then((folder) => { stop = folder.onChange(show); });
      return () => { void ready.then(() => stop?.()); };
    }`,
  'a handle that is there at once': `
    export function tick() {
      let timer: Timer | undefined;
      timer = setInterval(() => { void beat(); }, 1000);
      return () => clearInterval(timer);
    }`,
  'an event about something else than what is saved': `
    export class Log {
      private readonly lines: string[] = [];
      async addLine(line: string) { const text = await format(line); this.lines.push(text); }
      note(line: string) { this.addLine(line); this.hub.emit('activity'); }
      constructor(private readonly hub: Hub) {}
    }`,
  'plain answers for each key': `
    const names = new Map<string, Set<string>>();
    export async function namesOf(id: string) {
      let found = names.get(id);
      if (!found) { const list = await fetchNames(id); found = new Set(list); names.set(id, found); }
      return found;
    }`,
};

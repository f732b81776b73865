import { pair } from './pairs.js';
import type { Pair } from './pairs.js';

/** Kinds of mistakes that histories of public projects were found to mend again and again, and their cures; by the rule that accuses the one and is silent on the other. */
export const historyPairs: Readonly<Record<string, readonly Pair[]>> = {
  'use-before-ready': [
    pair('a flag says that all is loaded, while it is being loaded', `
      import { fetchItems } from './api';

      export class Items {
        private isLoaded = false;
        private items: string[] = [];
        private <<loading = 0|||loading: Promise<void> | undefined>>;

        private async ensureLoaded() {
          <<if (this.isLoaded) return;
          this.isLoaded = true;
          this.items = await fetchItems();|||await (this.loading ??= this.load());>>
        }

        private async load() {
          this.items = await fetchItems();
          this.isLoaded = true;
        }

        async count() {
          await this.ensureLoaded();
          return this.items.length;
        }
      }`),
    pair('the same, around what is done once for all', `
      import { purge } from './storage';

      const state: { purged?: unknown } = {};

      export async function purgeStorage(force: boolean) {
        if (force || !state.purged) {
          <<state.purged = true;
          await purge();|||state.purged = purge();>>
        }
        <<|||await state.purged;>>
      }`),
    pair('a timer stops another that the function has yet to start', `
      import { radio } from './radio';

      export class Beacon {
        private readonly waiting = new Set<string>();

        async call(station: string) {
          this.waiting.add(station);
    <<||| let answering: ReturnType<typeof setTimeout> | undefined;>>
          const hearing = setTimeout(() => {
            this.waiting.delete(station);
            clearTimeout(answering);
          }, 500);
          await radio.transmit(station);
          <<const |||>>answering = setTimeout(() => this.waiting.delete(station), 5000);
          return [hearing, answering];
        }
      }`),
  ],
  'lock-not-released': [
    pair('a queue of promises that one failure stays in', `
      export class Printer {
        private last: Promise<unknown> = Promise.resolve();
        constructor(private readonly device: { print(page: string): Promise<void> }) {}

        print(page: string) {
          const printed = this.last.<<finally|||catch(() => undefined).then>>(() => this.device.print(page));
          this.last = printed;
          return printed;
        }
      }`),
    pair('a queue of a module, whose next work waits in finally', `
      let writing = Promise.resolve();

      export function append(write: () => Promise<void>) {
        writing = writing.<<finally(() => write())|||then(() => write()).catch(report)>>;
        return writing;
      }

      function report(error: unknown) {
        console.error(error);
      }`),
    pair('a flag that an error of its own leaves set', `
      import { remote } from './remote';

      export class Mirror {
        private isCopying = false;

        async copy(folder: string) {
          if (this.isCopying) return;
          this.isCopying = true;
        <<const names = await remote.names(folder);
          if (names.length === 0) throw new Error('nothing there');
          for (const name of names) await remote.fetch(folder, name);
          this.isCopying = false;|||try {
            const names = await remote.names(folder);
            if (names.length === 0) throw new Error('nothing there');
            for (const name of names) await remote.fetch(folder, name);
          } finally {
            this.isCopying = false;
          }>>
        }
      }`),
    pair('a flag of a module, and a failure of its own', `
      let isTraining = false;

      export async function train(rounds: number, step: () => Promise<number>) {
        if (isTraining) throw new Error('already at it');
        isTraining = true;
        <<|||try {>>
        for (let round = 0; round < rounds; round++) {
          const loss = await step();
          if (Number.isNaN(loss)) throw new Error('diverged');
        }
        <<isTraining = false;|||} finally {
          isTraining = false;
        }>>
      }`),
  ],
  'lost-event': [
    pair('a notice that comes while a loop is being told that there is nothing to do', `
      import { outgoing, deliver } from './machine';

      export class Sender {
        private isRunning = false;
        <<|||private again = false;>>

        onChange() {
          this.pump();
        }

        private async pump() {
          if (this.isRunning) {
            <<|||this.again = true;>>
            return;
          }
          this.isRunning = true;
          try {
            while (true) {
              <<|||this.again = false;>>
              const requests = await outgoing();
              if (requests.length === 0<<||| && !this.again>>) return;
              for (const request of requests) await deliver(request);
            }
          } finally {
            this.isRunning = false;
          }
        }
      }`),
    pair('who asks whether it is over, and listens after that', `
      import type { EventEmitter } from 'node:events';

      export class Ticket {
        constructor(private readonly kitchen: EventEmitter, private readonly board: { isServed(id: string): Promise<boolean> }, private readonly id: string) {}

        async served() {
        <<if (await this.board.isServed(this.id)) return;
          return new Promise<void>((resolve) => this.kitchen.once('served:' + this.id, resolve));|||const told = new Promise<void>((resolve) => this.kitchen.once('served:' + this.id, resolve));
          if (await this.board.isServed(this.id)) return;
          return told;>>
        }
      }`),
    pair('the state is fetched, and then its change is waited for', `
      import { once } from 'node:events';
      import type { EventEmitter } from 'node:events';

      export async function landed(tower: EventEmitter & { flightState(flight: string): Promise<string> }, flight: string) {
      <<const state = await tower.flightState(flight);
        if (state !== 'landed') {
          await once(tower, 'landed');
        }|||const landing = once(tower, 'landed');
        const state = await tower.flightState(flight);
        if (state !== 'landed') {
          await landing;
        }>>
        return flight;
      }`),
    pair('both outcomes are listened for once the answer is no', `
      export class Render {
        constructor(private readonly farm: any, private readonly frame: number) {}

        async result() {
        <<const status = await this.farm.getStatus(this.frame);
          const isOver = status === 'ok' || status === 'failed';
          if (isOver) {
            return status;
          } else {
            return new Promise((resolve, reject) => {
              const drawn = () => resolve('ok');
              const broken = () => reject(new Error('failed'));
              this.farm.on('drawn', drawn);
              this.farm.on('broken', broken);
            });
          }|||return new Promise((resolve, reject) => {
            const drawn = () => resolve('ok');
            const broken = () => reject(new Error('failed'));
            this.farm.on('drawn', drawn);
            this.farm.on('broken', broken);
            this.farm.getStatus(this.frame).then((status: string) => (status === 'ok' ? drawn() : status === 'failed' && broken()), reject);
          });>>
        }
      }`),
  ],
  'missing-await': [
    pair('a key that is stored, and waited for everywhere else', `
      export class Keys {
        constructor(private readonly store: { save(id: string, key: string): Promise<void> }, private readonly sign: (id: string) => Promise<void>) {}

        async renew(id: string, key: string) {
          <<|||await >>this.store.save(id, key);
          await this.sign(id);
        }

        async restore(id: string, key: string) {
          await this.store.save(id, key);
          return id;
        }

        async copy(from: string, to: string, key: string) {
          await this.store.save(to, key);
          await this.sign(from);
        }
      }`),
    pair('what is asked is the promise, under a name', `
      export class Vault {
        private async find(id: string): Promise<{ secret: string } | null> {
          const answer = await fetch('/vault/' + id);
          return answer.ok ? answer.json() : null;
        }

        async reveal(id: string) {
          const entry = <<|||await >>this.find(id);
          if (!entry) return 'nothing';
          return entry.secret;
        }
      }`),
    pair('the last of several conditions is a promise', `
      import { settings } from './settings';

      async function hasBackup(): Promise<boolean> {
        return (await fetch('/backup')).ok;
      }

      export async function isSafe() {
        const isStored = !settings.needsBackup || <<|||(await >>hasBackup()<<|||)>>;
        return !!(settings.isSigned && isStored);
      }`),
    pair('a condition that ends with a promise', `
      async function isAllowed(user: string): Promise<boolean> {
        return (await fetch('/allowed/' + user)).ok;
      }

      export async function open(user: string, door: { unlock(): void }) {
        if (user !== '' && <<|||(await >>isAllowed(user)<<|||)>>) door.unlock();
      }`),
  ],
  'double-initialization': [
    pair('the place is emptied before it is filled anew', `
      import { Line } from './line';

      export class Phone {
        private line: Line | undefined;
        private hangUp() {
          this.line?.drop();
          this.line = undefined;
        }

        async dial() {
          if (this.line && this.line.isOpen) return this.line;
          this.hangUp();
          const line = new Line();
        <<await line.ring();
          this.line = line;|||this.line = line;
          await line.ring();>>
          return line;
        }
      }`),
    pair('a cache that is dropped when it is out of date', `
      import { issue } from './issuer';

      let pass: { text: string; validUntil: number } | null = null;
      <<|||let issuing: Promise<string> | null = null;>>

      export async function getPass() {
        if (pass && pass.validUntil > Date.now()) return pass.text;
        pass = null;
      <<const next = await issue('door');
        pass = next;
        return next.text;|||issuing ??= issue('door').then((next: { text: string; validUntil: number }) => {
          pass = next;
          issuing = null;
          return next.text;
        });
        return issuing;>>
      }`),
    pair('a check that is made on some ways only, under what is chosen once', `
      export class SignIn {
        private flow: string[] | undefined;
        private ticket: string | undefined;
        <<|||private isSending = false;>>
        constructor(private readonly flows: string[][], private readonly api: { sendTicket(address: string): Promise<{ id: string }> }) {}

        async attempt(address: string) {
          this.choose();
          if (this.ticket <<||||| this.isSending >>|| !this.flow!.includes('mail')) return;
          <<|||this.isSending = true;>>
          const sent = await this.api.sendTicket(address);
          this.ticket = sent.id;
          <<|||this.isSending = false;>>
        }

        private choose() {
          if (this.flow === undefined) this.flow = this.choice();
        }

        private choice() {
          const hasTicket = Boolean(this.ticket);
          const flow = this.flows.find((one) => one.includes('mail'));
          if (hasTicket || flow) return flow ?? [];
          throw new Error('no way to sign in');
        }
      }`),
  ],
  'lost-update': [
    pair('a number is moved on only after it was used', `
      export class Journal {
        private next = 1;
        constructor(private readonly disk: { write(at: number, line: string): Promise<void> }) {}

        async append(line: string) {
        <<await this.disk.write(this.next, line);
          this.next += 1;|||const at = this.next;
          this.next += 1;
          await this.disk.write(at, line);>>
        }
      }`),
    pair('the same in a closure, through a local name', `
      export function createSender(wire: { post(packet: { id: number; body: string }): Promise<void> }) {
        let sequence = 0;
        return {
          async send(body: string) {
            const id = sequence<<|||++>>;
            await wire.post({ id, body });
            <<sequence++;|||>>
          },
        };
      }`),
  ],
  'stale-context': [
    pair('what is started for the one that was selected, once it has been loaded', `
      import { Fetcher } from './fetcher';

      export class Store {
        private selected: Repository | null = null;
        private fetcher: Fetcher | null = null;
        constructor(private readonly refresh: (repository: Repository) => Promise<void>) {}

        async select(repository: Repository) {
          this.selected = repository;
          await this.refresh(repository);
          <<|||if (this.selected !== repository) return;>>
          this.startFetching(repository);
        }

        private startFetching(repository: Repository) {
          const fetcher = new Fetcher(repository.url);
          fetcher.start();
          this.fetcher = fetcher;
        }

        stopFetching() { this.fetcher?.stop(); }
        name() { return this.selected?.name; }
      }`),
  ],
  'out-of-order-response': [
    pair('what is wrong with a name, as an earlier check of it says', `
      import { registry } from './registry';

      export class NameField {
        name = '';
        problem: string | undefined;

        async change(name: string) {
          this.name = name;
          const isTaken = await registry.check(name);
          <<|||if (this.name !== name) return;>>
          this.problem = isTaken ? 'taken' : undefined;
        }
      }`),
    pair('a problem that a branch puts together', `
      import { registry } from './registry';

      export class NameField {
        name = '';
        problem: Error | null = null;

        async change(name: string) {
          this.name = name;
          const isTaken = await registry.check(name);
          <<|||if (this.name !== name) return;>>
          let problem: Error | null = null;
          if (isTaken) problem = new Error('taken');
          this.problem = problem;
        }
      }`),
    pair('a folder that is looked for, over a callback that gets no error', `
      import { exists } from 'fs';

      export class FolderField {
        path = '';
        problem: Error | null = null;

        change(path: string) {
          this.path = path;
          exists(path, (isThere) => {
            <<|||if (this.path !== path) return;>>
            let problem: Error | null = null;
            if (isThere) problem = new Error('it is there already');
            this.problem = problem;
          });
        }

        async make(make: (path: string) => Promise<void>) {
          if (!this.problem) await make(this.path);
        }
      }`),
    pair('the same, where nothing else in the file waits', `
      import * as fs from 'fs';

      export class FolderField {
        path = '';
        isTaken = false;

        change(path: string) {
          this.path = path;
          fs.exists(path, (isThere) => {
            <<|||if (this.path !== path) return;>>
            this.isTaken = isThere;
          });
        }
      }`),
    pair('the end of an earlier run drops what a later one could be stopped by', `
      export class Preview {
        private running: AbortController | undefined;

        cancel() {
          this.running?.abort();
        }

        async show(page: string) {
          const controller = new AbortController();
          this.running?.abort();
          this.running = controller;
          try {
            await draw(page, controller.signal);
          } finally {
            <<|||if (this.running === controller) >>this.running = undefined;
          }
        }
      }
      declare function draw(page: string, signal: AbortSignal): Promise<void>;`),
    pair('the entry of a later run is taken out by an earlier one', `
      export class Uploads {
        private readonly jobs = new Map<string, { stop(): void }>();

        stop(file: string) {
          this.jobs.get(file)?.stop();
        }

        async upload(file: string, job: { run(): Promise<void>; stop(): void }) {
          this.jobs.set(file, job);
          await job.run();
          <<|||if (this.jobs.get(file) === job) >>this.jobs.delete(file);
        }
      }`),
    pair('what was closed while it was opened is open', `
      export class Shop {
        private state: 'shut' | 'opening' | 'open' = 'shut';
        constructor(private readonly lights: { on(): Promise<void> }) {}

        async open() {
          this.state = 'opening';
          await this.lights.on();
          <<|||if (this.state !== 'opening') return;>>
          this.state = 'open';
        }

        close() {
          this.state = 'shut';
        }
      }`),
  ],
};

/** Code of the same make that is right. */
export const historyTwins: Readonly<Record<string, string>> = {
  'a loop that is called again after a while, whatever it was told': `
    import { outgoing, deliver } from './machine';

    export class Sender {
      private isRunning = false;

      start() {
        setInterval(() => void this.pump(), 1000);
        this.pump();
      }

      private async pump() {
        if (this.isRunning) return;
        this.isRunning = true;
        while (true) {
          const request = await outgoing();
          if (!request) break;
          await deliver(request);
        }
        this.isRunning = false;
      }
    }`,
  'a loop over a list of its own': `
    import { deliver } from './machine';

    export class Sender {
      private isRunning = false;
      private readonly jobs: Job[] = [];

      add(job: Job) {
        this.jobs.push(job);
        void this.pump();
      }

      private async pump() {
        if (this.isRunning) return;
        this.isRunning = true;
        for (;;) {
          const job = this.jobs.shift();
          if (!job) break;
          await deliver(job);
        }
        this.isRunning = false;
      }
    }`,
  'what is stored without waiting in more than one place': `
    export class Keys {
      constructor(private readonly store: { save(id: string): Promise<void> }, private readonly sign: (id: string) => Promise<void>) {}

      async renew(id: string) { await this.store.save(id); await this.sign(id); }
      async restore(id: string) { await this.store.save(id); return id; }
      async touch(id: string) { this.store.save(id); await this.sign(id); }
      async touchBoth(a: string, b: string) { this.store.save(a); await this.sign(b); }
    }`,
  'what is stored without waiting, on purpose or at the end': `
    export class Keys {
      constructor(private readonly store: { save(id: string): Promise<void>; remove(id: string): Promise<void> }, private readonly sign: (id: string) => Promise<void>) {}

      async renew(id: string) { await this.store.save(id); await this.store.remove(id); await this.sign(id); }
      async restore(id: string) { await this.store.save(id); await this.store.remove(id); return id; }
      async touch(id: string) { void this.store.save(id); await this.sign(id); }
      async forget(id: string) { await this.sign(id); this.store.remove(id); }
    }`,
  'a flag that says that the work has begun': `
    export class Service {
      private started = false;
      constructor(private readonly watch: () => Promise<void>) {}

      async ensureStarted() {
        if (this.started) return;
        this.started = true;
        await this.watch();
      }

      async state() {
        await this.ensureStarted();
        return this.started;
      }
    }`,
  'a flag that is lowered at the end': `
    export class Mirror {
      private synced = false;
      constructor(private readonly copy: () => Promise<void>) {}

      async ensureCopied() {
        if (this.synced) return;
        this.synced = true;
        try { await this.copy(); } finally { this.synced = false; }
      }
    }`,
  'who finds the flag set waits for what is kept': `
    export class Items {
      private loaded = false;
      private loading: Promise<void> = Promise.resolve();
      constructor(private readonly fetch: () => Promise<void>) {}

      async ensureLoaded() {
        if (this.loaded) return this.loading;
        this.loaded = true;
        this.loading = this.fetch();
        await this.fetch();
      }
    }`,
  'an application is initialized once, by whoever starts it': `
    export class App {
      private initialized = false;
      constructor(private readonly migrate: () => Promise<void>) {}

      async init() {
        if (this.initialized) return;
        this.initialized = true;
        await this.migrate();
      }

      async start() {
        await this.init();
        this.listen();
      }

      private listen() {}
    }`,
  'what is selected, and what is set with it at once': `
    export class Store {
      private selected: Item | null = null;
      private title = '';
      constructor(private readonly save: (item: Item) => Promise<void>) {}

      async select(item: Item) {
        await this.save(item);
        this.selected = item;
        this.title = item.name;
      }

      text() { return this.title; }
    }`,
  'what is set after a wait, whoever is selected': `
    export class Store {
      private selected: Item | null = null;
      private isSaved = false;
      private readonly saved: Item[] = [];
      constructor(private readonly save: (item: Item) => Promise<void>) {}

      async select(item: Item) {
        this.selected = item;
        await this.save(item);
        this.saved.push(item);
        this.isSaved = true;
      }

      name() { return this.isSaved ? this.selected?.name : ''; }
    }`,
  'an answer that decides something else than what is written': `
    import { registry } from './registry';
    export class NameField {
      name = '';
      async change(name: string) {
        const isTaken = await registry.check(name);
        if (isTaken) console.warn('taken');
        let shown = name;
        if (name === '') shown = 'nobody';
        this.name = shown;
      }
    }`,
  'an answer that decides what is asked next, whose answer is written once': `
    import { registry } from './registry';
    export class Entry {
      endedAt: number | undefined;
      async close(name: string) {
        const isShared = await registry.check(name);
        let endedAt;
        if (isShared) await registry.release(name);
        else endedAt = (await registry.end(name)).at;
        this.endedAt = endedAt;
      }
    }`,
  'an answer that decides whether there is anything to write': `
    import { registry } from './registry';
    export class NameField {
      seen = 0;
      async change(name: string) {
        if (!(await registry.check(name))) return;
        const length = name.length > 3 ? 3 : name.length;
        this.seen += length;
      }
    }`,
  'the name is declared before anything waits': `
    import { radio } from './radio';
    export async function call(station: string) {
      const first = setTimeout(() => clearTimeout(second), 500);
      const second = setTimeout(() => clearTimeout(first), 5000);
      await radio.transmit(station);
    }`,
  'a callback that is run at once and waited for': `
    import { retry, dial } from './net';
    export async function connect() {
      await retry(() => dial());
      const line = await dial();
      line.on('close', () => line.release());
      return line;
    }`,
  'a queue that stops at the first failure': `
    export class Printer {
      private last = Promise.resolve();
      constructor(private readonly device: { print(page: string): Promise<void> }) {}
      print(page: string) {
        this.last = this.last.then(() => this.device.print(page));
        return this.last;
      }
    }`,
  'a queue whose work catches what fails': `
    export class Printer {
      private last: Promise<unknown> = Promise.resolve();
      constructor(private readonly device: { print(page: string): Promise<void> }) {}
      print(page: string) {
        this.last = this.last.finally(async () => {
          try {
            await this.device.print(page);
          } catch (error) {
            console.error(error);
          }
        });
        return this.last;
      }
    }`,
  'steps of one call that are done one after the other': `
    export async function all(steps: readonly (() => Promise<void>)[]) {
      let chain: Promise<void> = Promise.resolve();
      for (const step of steps) chain = chain.then(() => step());
      await chain;
    }`,
  'a queue that each run begins anew': `
    export class Course {
      private work: Promise<void> = Promise.resolve();
      constructor(private readonly log: { note(line: string): Promise<void> }) {}
      begin() {
        this.work = Promise.resolve();
      }
      note(line: string) {
        this.work = this.work.finally(() => this.log.note(line));
      }
      end() {
        return this.work;
      }
    }`,
  'a flag that somebody else resets too': `
    import { remote } from './remote';
    export class Mirror {
      private isCopying = false;
      async copy(folder: string) {
        if (this.isCopying) return;
        this.isCopying = true;
        await remote.fetch(folder);
        this.isCopying = false;
      }
      reset() {
        this.isCopying = false;
      }
    }`,
  'a flag over work that may fail': `
    import { remote } from './remote';
    export class Mirror {
      private isCopying = false;
      async copy(folder: string) {
        if (this.isCopying) return;
        this.isCopying = true;
        await remote.fetch(folder);
        this.isCopying = false;
      }
    }`,
  'a question about one thing, and a wait for another': `
    import type { EventEmitter } from 'node:events';
    export async function follow(users: { find(id: string): Promise<string | null> }, stream: EventEmitter, id: string) {
      const user = await users.find(id);
      if (!user) return null;
      return new Promise((resolve) => stream.once('message', resolve));
    }`,
  'the question is asked again once somebody listens': `
    import type { EventEmitter } from 'node:events';
    export async function over(game: EventEmitter & { isOver(): Promise<boolean> }) {
      if (await game.isOver()) return;
      await new Promise<void>((resolve) => {
        game.once('over', resolve);
        void game.isOver().then((isOver) => isOver && resolve());
      });
    }`,
  'a promise that is there, or not, and is waited for': `
    export class Loader {
      private async load(): Promise<string> {
        return (await fetch('/')).text();
      }
      async get(isCold: boolean) {
        const pending = this.load();
        if (isCold && pending) return await pending;
        return 'warm';
      }
    }`,
  'what is taken out is put back after the work': `
    import { flush } from './disk';
    export class Buffer {
      private batch: string[] | undefined;
      async write() {
        const batch = this.batch;
        this.batch = undefined;
        if (batch) await flush(batch);
      }
      add(line: string) {
        (this.batch ??= []).push(line);
      }
    }`,
  'a count of attempts that the next one is told of': `
    export class Client {
      private attempts = 0;
      constructor(private readonly net: { connect(attempt: number): Promise<void> }) {}
      async connect() {
        await this.net.connect(this.attempts);
        this.attempts++;
      }
    }`,
  'only one run at a time puts its own there': `
    export class Preview {
      private running: AbortController | undefined;
      cancel() {
        this.running?.abort();
      }
      async show(page: string) {
        if (this.running) return;
        this.running = new AbortController();
        try {
          await fetch(page, { signal: this.running.signal });
        } finally {
          this.running = undefined;
        }
      }
    }`,
  'whoever closes waits until it is open': `
    export class Shop {
      private state: 'shut' | 'opening' | 'open' = 'shut';
      constructor(private readonly lights: { on(): Promise<void> }) {}
      async open() {
        this.state = 'opening';
        await this.lights.on();
        this.state = 'open';
      }
      close() {
        if (this.state !== 'open') throw new Error('not open');
        this.state = 'shut';
      }
    }`,
};

import { pair } from './pairs.js';
import type { Pair } from './pairs.js';

/** Code that tells its callers what it refuses, and code that others call as soon as they can. */
export const contractPairs: Readonly<Record<string, readonly Pair[]>> = {
  'check-then-act': [
    pair('a name that is taken answers so', `
      import bcrypt from 'bcrypt';

      interface User { name: string; hash: string }

      export class Users {
        #users = new Map<string, User>();

        async register(name: string, password: string) {
        <<if (this.#users.has(name)) return { error: 'taken' };
          const hash = await bcrypt.hash(password, 12);|||const hash = await bcrypt.hash(password, 12);
          if (this.#users.has(name)) return { error: 'taken' };>>
          this.#users.set(name, { name, hash });
          return { ok: true };
        }
      }`),
    pair('a code that is good for one premium', `
      import { sendMail } from './mail';

      const unused = new Set(['A1', 'B2', 'C3']);
      const premium: string[] = [];

      export async function redeem(code: string, email: string) {
      <<if (!unused.has(code)) throw new Error('used');|||if (!unused.delete(code)) throw new Error('used');>>
        await sendMail(email, 'Your code ' + code + ' was accepted');
      <<unused.delete(code);|||>>
        return grant(email);
      }

      function grant(email: string) {
        premium.push(email);
        return premium.length;
      }`),
  ],
  'lost-update': [
    pair('a lock that each run makes for itself', `
      import { Mutex } from 'async-mutex';
      import { api } from './api';

      let credits = 100;
      <<|||const mutex = new Mutex();>>

      export async function use(n: number) {
        <<const mutex = new Mutex();|||>>
        return mutex.runExclusive(async () => {
          const left = credits - n;
          await api.report(n);
          credits = left;
          return left;
        });
      }`),
  ],
  'lock-not-released': [
    pair('a callback that an error leaves by', `
      import mutexify from 'mutexify';
      import { db } from './db';

      const lock = mutexify();

      export function put(key: string, value: string, told: (error?: unknown, old?: string) => void) {
        lock((release) => {
          db.get(key, (error: unknown, old: string) => {
            if (error) return <<told(error)|||release(told, error)>>;
            db.put(key, value, (failure: unknown) => {
              release(told, failure, old);
            });
          });
        });
      }`),
    pair('what gives the lock back is handed to the end of the work', `
      import { Mutex } from '@livekit/mutex';
      import { negotiate } from './remote';

      export class Peer {
        private lock = new Mutex();

        async offer(kind: string) {
        <<const unlock = await this.lock.lock();
          if (kind === 'none') return;|||if (kind === 'none') return;
          const unlock = await this.lock.lock();>>
          await negotiate(kind).finally(unlock);
        }
      }`),
  ],
  'missing-await': [
    pair('a folder that is still being made', `
      import { mkdir, writeFile } from 'node:fs/promises';
      import { join } from 'node:path';

      export async function scaffold(dir: string) {
        <<|||await >>mkdir(dir, { recursive: true });
        await writeFile(join(dir, 'index.ts'), 'export {};');
      }`),
  ],
  'out-of-order-response': [
    pair('an answer that Angular is subscribed to', `
      import { Component } from '@angular/core';
      import { HttpClient } from '@angular/common/http';
      import { map, type Subscription } from 'rxjs';

      @Component({ selector: 'app-search', template: '' })
      export class SearchComponent {
        results: string[] = [];
        private running?: Subscription;

        constructor(private readonly http: HttpClient) {}

        onInput(term: string) {
        <<|||this.running?.unsubscribe();
          this.running = >>this.http.get<{ items: string[] }>('/search', { params: { term } }).pipe(map(({ items }) => items)).subscribe({
            next: (items) => { this.results = items; },
          });
        }
      }`),
  ],
  'lost-event': [
    pair('an event that is named by what was sent', `
      import { EventEmitter, once } from 'node:events';

      export class Calls extends EventEmitter {
        constructor(private readonly socket: { write(text: string): Promise<void> }) { super(); }

        async call(id: string, body: string) {
        <<|||const answered = once(this, \`reply:\${id}\`);>>
          await this.socket.write(JSON.stringify({ id, body }));
          const [reply] = await <<once(this, \`reply:\${id}\`)|||answered>>;
          return reply;
        }

        receive(id: string, reply: unknown) {
          this.emit(\`reply:\${id}\`, reply);
        }
      }`),
    pair('a connection by a name that is imported', `
      import { once } from 'node:events';
      import { connect } from 'node:net';

      export async function open(port: number, pause: (ms: number) => Promise<void>) {
        const socket = connect(port);
      <<await pause(100);
        await once(socket, 'connect');|||await once(socket, 'connect');
        await pause(100);>>
        return socket;
      }`),
  ],
  'use-before-ready': [
    pair('a function whose name begins as the end of something does', `
      import { fetchConfig } from './remote';

      let config: { url: string } | undefined;

      async function load() {
        config = await fetchConfig();
      }

      <<void load();|||const loaded = load();>>

      export async function endpoint(path: string) {
        <<|||await loaded;>>
        return config!.url + path;
      }`),
  ],
};

/** Code of the same shapes in which a second one takes nothing from the first. */
export const contractTwins: Readonly<Record<string, string>> = {
  'what is kept under a key is the answer about that key': `
    import { download } from './remote';

    const pages = new Map<string, { url: string; body: string }>();

    export async function prefetch(url: string) {
      if (pages.has(url)) return { hit: true };
      const body = await download(url);
      pages.set(url, { url, body });
      return { hit: false };
    }`,
  'an operator that gives up the request before': `
    import { Component, inject } from '@angular/core';
    import { HttpClient } from '@angular/common/http';
    import { Subject, switchMap } from 'rxjs';

    @Component({ selector: 'app-search', template: '' })
    export class SearchComponent {
      results: string[] = [];
      private readonly http = inject(HttpClient);
      private readonly terms = new Subject<string>();

      constructor() {
        this.terms.pipe(switchMap((term) => this.http.get<string[]>('/search?q=' + term))).subscribe((results) => { this.results = results; });
      }

      onInput(term: string) {
        this.terms.next(term);
      }
    }`,
  'a lock that the tasks of one run share': `
    import { Mutex } from 'async-mutex';
    import { fetchPart } from './remote';

    export async function total(parts: string[]) {
      const mutex = new Mutex();
      let sum = 0;
      await Promise.all(parts.map((part) => mutex.runExclusive(async () => {
        const before = sum;
        sum = before + await fetchPart(part);
      })));
      return sum;
    }`,
  'a file that nothing counts on': `
    import { rm, writeFile } from 'node:fs/promises';

    export async function save(path: string, text: string, old: string) {
      void rm(old, { force: true });
      rm(old + '.lock').catch(() => undefined);
      await writeFile(path, text);
    }`,
  'what was closed twice is closed': `
    import { backend } from './backend';

    const sessions = new Map<string, { user: string }>();

    export function open(id: string, user: string) {
      sessions.set(id, { user });
    }

    export async function close(id: string) {
      if (!sessions.has(id)) throw new Error('no such session');
      await backend.close(id);
      sessions.delete(id);
    }`,
};

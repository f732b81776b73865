import { describe, expect, it } from 'vitest';
import { runInNode, runWithPackages } from './library-run.js';

/** Each program logs what only the library decides: who enters when, and what it says to misuse. */
const programs: Readonly<Record<string, { readonly packages: readonly string[]; readonly text: string }>> = {
  'p-limit: two at a time, in order of arrival, also after a failure': {
    packages: ['p-limit', 'yocto-queue'],
    text: `import pLimit from 'p-limit';
      const limit = pLimit(2);
      const work = (name, ms) => limit(async () => { log('in', name, limit.activeCount, limit.pendingCount); await new Promise((r) => setTimeout(r, ms)); log('out', name); if (name === 'b') throw new Error('b failed'); return name; });
      const all = [work('a', 30), work('b', 10), work('c', 20), work('d', 5)];
      log('asked', limit.activeCount, limit.pendingCount);
      for (const one of await Promise.allSettled(all)) log(one.status, one.value ?? one.reason.message);`,
  },
  'p-limit: a nested call of a limit of one waits for ever': {
    packages: ['p-limit'],
    text: `import pLimit from 'p-limit';
      const limit = pLimit(1);
      limit(async () => { log('outer'); await limit(async () => log('inner')); log('never'); });
      setTimeout(() => log('active', limit.activeCount, 'pending', limit.pendingCount), 50);`,
  },
  'p-queue: priorities, pause, idle, and a size that is told': {
    packages: ['p-queue', 'eventemitter3'],
    text: `import PQueue from 'p-queue';
      const queue = new PQueue({ concurrency: 1, autoStart: false });
      queue.on('idle', () => log('idle'));
      const add = (name, priority) => queue.add(async () => { log('in', name); await new Promise((r) => setTimeout(r, 5)); log('out', name); return name; }, { priority }).then((v) => log('got', v));
      add('low', 0); add('high', 2); add('middle', 1);
      log(queue.size, queue.pending, queue.isPaused);
      queue.start();
      await queue.onIdle();
      log('done', queue.size, queue.pending);`,
  },
  'async-lock: by key, reentry is refused by time, errors pass': {
    packages: ['async-lock'],
    text: `import AsyncLock from 'async-lock';
      const lock = new AsyncLock({ timeout: 40 });
      const hold = (key, name, ms) => lock.acquire(key, async () => { log('in', key, name); await new Promise((r) => setTimeout(r, ms)); log('out', key, name); });
      const a = hold('k', 'one', 10), b = hold('k', 'two', 5), c = hold('other', 'three', 1);
      log('busy', lock.isBusy('k'), lock.isBusy('none'));
      await Promise.all([a, b, c]);
      await lock.acquire('k', async () => { log('outer'); await lock.acquire('k', () => log('inner')).catch((e) => log('refused', e.message)); });
      await lock.acquire('k', (done) => { log('callback'); setTimeout(() => done(new Error('bad')), 1); }).catch((e) => log('failed', e.message));
      log('busy', lock.isBusy());`,
  },
  'async-sema: permits, drain, double release': {
    packages: ['async-sema'],
    text: `import { Sema } from 'async-sema';
      const sema = new Sema(1);
      const use = async (name) => { await sema.acquire(); log('in', name, sema.nrWaiting()); await new Promise((r) => setTimeout(r, 3)); log('out', name); sema.release(); };
      await Promise.all([use('a'), use('b'), use('c')]);
      log('try', sema.tryAcquire() !== undefined, sema.tryAcquire());
      sema.release(); sema.release();
      log('after a double release', sema.tryAcquire() !== undefined, sema.tryAcquire() !== undefined, sema.tryAcquire());`,
  },
  'await-lock: order, tryAcquire, double release throws': {
    packages: ['await-lock'],
    text: `import AwaitLock from 'await-lock';
      const lock = new (AwaitLock.default ?? AwaitLock)();
      const use = async (name) => { await lock.acquireAsync(); log('in', name, lock.acquired); await new Promise((r) => setTimeout(r, 2)); log('out', name); lock.release(); };
      await Promise.all([use('a'), use('b'), use('c')]);
      log(lock.tryAcquire(), lock.tryAcquire());
      lock.release();
      try { lock.release(); } catch (error) { log('threw', error.message); }
      await lock.acquireAsync();
      await lock.acquireAsync({ timeout: 10 }).catch((error) => log('timed out', error.message));`,
  },
  'mutexify: callbacks in order, release tells the result': {
    packages: ['mutexify'],
    text: `import mutexify from 'mutexify';
      const lock = mutexify();
      for (const name of ['a', 'b', 'c']) lock((release) => { log('in', name, lock.locked); setTimeout(() => { log('out', name); release((error, value) => log('told', name, error, value), null, name); }, 2); });
      log('asked', lock.locked);`,
  },
  'mutexify/promise: double release': {
    packages: ['mutexify'],
    text: `import mutexify from 'mutexify/promise.js';
      const lock = mutexify();
      const use = async (name) => { const release = await lock(); log('in', name); await new Promise((r) => setTimeout(r, 2)); log('out', name); release(); };
      await Promise.all([use('a'), use('b')]);
      const release = await lock();
      release();
      log('locked', lock.locked);`,
  },
  'semaphore-async-await: a mutex, drain and execute': {
    packages: ['semaphore-async-await'],
    text: `import * as all from 'semaphore-async-await';
      const { Lock } = all.Lock ? all : all.default;
      const lock = new Lock();
      const use = async (name) => { await lock.acquire(); log('in', name, lock.getPermits()); await new Promise((r) => setTimeout(r, 2)); log('out', name); lock.release(); };
      await Promise.all([use('a'), use('b'), use('c')]);
      log(lock.tryAcquire(), lock.tryAcquire());
      log(await lock.waitFor(5));
      lock.signal();
      log(await lock.execute(async () => 'executed'), lock.getPermits());`,
  },
  'eventemitter3: order, once, removal while emitting': {
    packages: ['eventemitter3'],
    text: `import EventEmitter from 'eventemitter3';
      const bus = new EventEmitter();
      const second = () => log('second');
      bus.on('x', (v) => { log('first', v); bus.off('x', second); bus.on('x', () => log('late')); });
      bus.on('x', second); bus.once('x', () => log('once'));
      log(bus.emit('x', 1), bus.listenerCount('x')); log(bus.emit('x', 2)); log(bus.emit('none'));`,
  },
  'mitt: all events, removal while emitting': {
    packages: ['mitt'],
    text: `import mitt from 'mitt';
      const bus = mitt();
      const a = (v) => { log('a', v); bus.off('e', a); };
      bus.on('*', (type, v) => log('*', type, v)); bus.on('e', a); bus.on('e', (v) => log('b', v));
      bus.emit('e', 1); bus.emit('e', 2); log(bus.all.get('e').length);`,
  },
  'nanoid: two are never the same': {
    packages: ['nanoid'],
    text: `import { nanoid, customAlphabet } from 'nanoid';
      const ids = new Set(Array.from({ length: 50 }, () => nanoid())); log(ids.size, [...ids].every((id) => /^[\\w-]{21}$/.test(id))); log(/^[ab]{5}$/.test(customAlphabet('ab', 5)()));`,
  },
  'lodash pieces: debounce, once, memoize': {
    packages: ['lodash'],
    text: `import debounce from 'lodash/debounce.js'; import once from 'lodash/once.js'; import memoize from 'lodash/memoize.js';
      let count = 0; const one = once(() => ++count); log(one(), one());
      const known = memoize((n) => { log('computed', n); return n * 2; }); log(known(2), known(2), known(3));
      const later = debounce((v) => log('debounced', v), 10, { maxWait: 25 }); later(1); later(2); setTimeout(() => later(3), 5); setTimeout(() => later(4), 30);`,
  },
  'zustand: subscribers hear old and new state': {
    packages: ['zustand'],
    text: `import { createStore } from 'zustand/vanilla';
      const store = createStore((set, get) => ({ n: 0, add: () => set({ n: get().n + 1 }) }));
      const stop = store.subscribe((now, before) => log(before.n, '->', now.n));
      store.getState().add(); store.setState((s) => ({ n: s.n + 10 })); stop(); store.getState().add(); log(store.getState().n);`,
  },
  // A model stands for it, so that the versions of an object are one place; what it does is what the package does.
  'immer: drafts, shared structure, freezing': {
    packages: [],
    text: `import { produce } from 'immer';
      const before = { list: [1], other: { a: 1 } };
      const after = produce(before, (draft) => { draft.list.push(2); draft.more = true; });
      log(JSON.stringify(before), JSON.stringify(after), after.other === before.other, Object.isFrozen(after)); log(produce(before, () => {}) === before);
      try { after.list.push(3); } catch (error) { log(error.constructor.name); }`,
  },
};

describe('libraries do as in Node', () => {
  it.each(Object.entries(programs))('%s', (_title, { packages, text }) => {
    const { lines, code } = runWithPackages(text);
    for (const name of packages) expect(code).toContain(`node_modules/${name}/`);
    expect(lines).toEqual(runInNode(text));
    expect(lines.length).toBeGreaterThan(1);
  });
});

import * as real from 'async-mutex';
import { beforeEach, expect, it } from 'vitest';
import { createAsyncMutex } from '../../../src/simulator/host/async-mutex.js';
import { seededRandom } from '../../../src/simulator/host/random.js';
import { simulatedWorld } from '../simulated-run.js';

type Library = typeof real;
type Step = (use: Use) => unknown;

/** What a program of lock operations works with: the package, or the model of it. */
interface Use {
  readonly library: Library;
  readonly mutex: real.Mutex;
  readonly semaphore: real.Semaphore;
  readonly limited: real.MutexInterface;
  readonly trying: real.SemaphoreInterface;
  readonly held: (() => void)[];
  readonly log: (line: string) => void;
  /** Ticks later. */
  readonly after: (ticks: number, run: () => void) => void;
}

const world = simulatedWorld();

beforeEach(() => { world.loop.reset(); world.timers.reset(); });

function useOf(library: Library, log: (line: string) => void, after: Use['after']): Use {
  const mutex = new library.Mutex();
  const semaphore = new library.Semaphore(2);
  return { library, mutex, semaphore, limited: library.withTimeout(new library.Mutex(), 5), trying: library.tryAcquire(new library.Semaphore(1)), held: [], log, after };
}

async function runReal(steps: readonly Step[]): Promise<string[]> {
  const lines: string[] = [];
  const after: Use['after'] = (ticks, run) => void (ticks === 0 ? run() : Promise.resolve().then(() => after(ticks - 1, run)));
  const use = useOf(real, (line) => lines.push(line), after);
  for (const step of steps) step(use);
  await new Promise((resolve) => setTimeout(resolve, 30));
  return lines;
}

function runModel(steps: readonly Step[]): string[] {
  const lines: string[] = [];
  const { loop, Promise, names, timers } = world;
  const library = createAsyncMutex({ Promise, awaiter: names.__awaiter as never, setTimeout: timers.setTimeout as never, clearTimeout: timers.clearTimeout as never }) as unknown as Library;
  const after: Use['after'] = (ticks, run) => void (ticks === 0 ? run() : Promise.resolve().then(() => after(ticks - 1, run)));
  loop.setup(() => { const use = useOf(library, (line) => lines.push(line), after); for (const step of steps) step(use); });
  for (let event = loop.enabled()[0]; event !== undefined; event = loop.enabled()[0]) loop.fire(event);
  for (const { reason } of loop.errors) lines.push(`unhandled ${String(reason)}`);
  return lines;
}

/** A random program of twenty operations, wrong uses included. */
function randomSteps(seed: number): Step[] {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return Array.from({ length: 20 }, (_, index) => operation(`${index}`, below(13), below(4), below(3), below(6)));
}

function operation(id: string, kind: number, weight: number, priority: number, ticks: number): Step {
  const settled = ({ log }: Use, promise: PromiseLike<unknown>): void => void promise.then((value) => log(`${id} ${typeof value === 'object' ? 'granted' : String(value)}`), (error: Error) => log(`${id} ${error.message}`));
  const attempt = (use: Use, run: () => unknown): void => { try { const made = run(); if (made !== undefined) settled(use, made as PromiseLike<unknown>); } catch (error) { use.log(`${id} threw ${(error as Error).message}`); } };
  const held = (use: Use, promise: Promise<(() => void) | [number, () => void]>): void => void promise.then((ticket) => {
    const release = Array.isArray(ticket) ? ticket[1] : ticket;
    use.log(`${id} holds ${Array.isArray(ticket) ? ticket[0] : ''} ${use.mutex.isLocked()} ${use.semaphore.getValue()}`);
    use.held.push(release);
    use.after(ticks, release);
  }, (error: Error) => use.log(`${id} ${error.message}`));
  switch (kind) {
    case 0: case 1: return (use) => use.after(ticks, () => held(use, use.mutex.acquire(priority)));
    case 2: case 3: return (use) => use.after(ticks, () => attempt(use, () => use.semaphore.acquire(weight, priority).then(([value, release]) => { use.log(`${id} got ${value}`); use.after(ticks, release); })));
    case 4: return (use) => attempt(use, () => use.mutex.runExclusive(() => { use.log(`${id} in`); return `ran ${id}`; }, priority));
    case 5: return (use) => attempt(use, () => use.semaphore.runExclusive((value) => { use.log(`${id} in ${value}`); if (ticks === 5) throw new Error('inside'); return ticks; }, Math.max(1, weight), priority));
    case 6: return (use) => use.after(ticks, () => attempt(use, () => use.mutex.waitForUnlock(priority)));
    case 7: return (use) => use.after(ticks, () => attempt(use, () => use.semaphore.waitForUnlock(weight, priority)));
    case 8: return (use) => use.after(ticks, () => { use.mutex.cancel(); use.semaphore.cancel(); use.log(`${id} cancelled`); });
    case 9: return (use) => use.after(ticks, () => { use.mutex.release(); use.log(`${id} released ${use.mutex.isLocked()}`); });
    case 10: return (use) => use.after(ticks, () => attempt(use, () => { use.semaphore.release(weight); use.log(`${id} value ${use.semaphore.getValue()}`); }));
    case 11: return (use) => use.after(ticks, () => { use.held.forEach((release) => release()); use.semaphore.setValue(weight); use.log(`${id} set ${use.semaphore.isLocked()}`); });
    default: return (use) => {
      held(use, use.limited.acquire(priority) as Promise<() => void>);
      attempt(use, () => use.trying.runExclusive((value) => `${id} tried ${value}`));
      attempt(use, () => use.limited.waitForUnlock());
    };
  }
}

for (let seed = 1; seed <= 60; seed++) {
  it(`grants in the order of the package: random program ${seed}`, async () => {
    const steps = randomSteps(seed);
    expect(runModel(steps)).toEqual(await runReal(steps));
  });
}

it('lets two in after a double release of the lock itself, and none after a releaser that is called twice', async () => {
  const steps: Step[] = [({ mutex, log, after }) => {
    void mutex.acquire().then((release) => { log('first'); release(); release(); });
    void mutex.acquire().then(() => { log('second'); after(3, () => mutex.release()); after(4, () => mutex.release()); });
    void mutex.acquire().then(() => log('third'));
    void mutex.acquire().then(() => log('fourth'));
  }];
  expect(runModel(steps)).toEqual(await runReal(steps));
});

it('never grants a nested acquire', async () => {
  const steps: Step[] = [({ mutex, log }) => void mutex.runExclusive(() => { log('outer'); return mutex.runExclusive(() => log('inner')); })];
  expect(runModel(steps)).toEqual(['outer']);
  expect(await runReal(steps)).toEqual(['outer']);
});

it('gives up after the time limit, and gives back what comes too late', async () => {
  const steps: Step[] = [({ limited, log }) => {
    void limited.acquire().then(() => { log('held'); });
    void limited.acquire().then(() => log('never'), (error: Error) => log(error.message));
  }];
  expect(runModel(steps)).toEqual(['held', 'timeout while waiting for mutex to become available']);
  expect(await runReal(steps)).toEqual(['held', 'timeout while waiting for mutex to become available']);
});

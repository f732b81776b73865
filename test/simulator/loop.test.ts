import { describe, expect, it } from 'vitest';
import { isAbort } from '../../src/simulator/runtime/loop.js';
import { createPromise } from '../../src/simulator/runtime/promise.js';
import { EventLoop } from '../../src/simulator/runtime/loop.js';
import { simulatedWorld } from './simulated-run.js';

const ids = (loop: EventLoop): string[] => loop.enabled().map((event) => event.id);
const fire = (loop: EventLoop, id: string) => loop.fire(loop.enabled().find((event) => event.id === id)!);

describe('the event loop (numbers are its invariants)', () => {
  it('1: a turn runs to its end, jobs and all, before the next choice', () => {
    const { loop, Promise } = simulatedWorld();
    const log: string[] = [];
    const body = (name: string) => () => void Promise.resolve().then(() => log.push(`${name} 1`)).then(() => log.push(`${name} 2`));
    loop.reset();
    loop.addTask({ task: 'a', label: 'a starts', fire: body('a') });
    loop.addTask({ task: 'b', label: 'b starts', fire: body('b') });
    fire(loop, 'b');
    fire(loop, 'a');
    expect(log).toEqual(['b 1', 'b 2', 'a 1', 'a 2']);
  });

  it('6: reactions, microtasks, ticks, timers and awaits run under the task that made them', () => {
    const { loop, core, names } = simulatedWorld();
    const { Promise, __awaiter, queueMicrotask, nextTick, setTimeout, setInterval } = names;
    const seen: string[] = [];
    const see = (what: string) => () => void seen.push(`${what} ${loop.task}`);
    loop.reset();
    const shared = core.create();
    loop.addTask({ task: 'a', label: '', fire: () => {
      void shared.then(see('then'));
      void __awaiter(undefined, [], undefined, function* () { yield shared; see('await')(); });
      nextTick(see('tick')); queueMicrotask(see('microtask')); setTimeout(see('timer'), 5);
      const interval = setInterval(() => { see('interval')(); interval.close(); }, 6);
      void Promise.resolve({ then: (resolve: () => void) => { see('thenable')(); resolve(); } });
      loop.addEvent({ label: 'external', fire: see('event') });
    } });
    loop.addTask({ task: 'b', label: '', fire: () => core.resolve(shared, 1) });
    while (loop.enabled().length > 0) loop.fire(loop.enabled()[0]!);
    expect(seen.sort()).toEqual(['await a', 'event a', 'interval a', 'microtask a', 'then a', 'thenable a', 'tick a', 'timer a']);
    expect(loop.runAs('c', () => loop.bind(() => loop.task))()).toBe('c');
  });

  it('7: ids tell the creator and the rank, whatever fires in between', () => {
    const loop = new EventLoop();
    const start = () => {
      loop.reset();
      loop.setup(() => void loop.addEvent({ label: 'connect', fire: () => undefined }));
      for (const task of ['a', 'b']) loop.addTask({ task, label: '', fire: () => [1, 2].forEach(() => loop.addEvent({ label: '', fire: () => void loop.addEvent({ label: '', fire: () => undefined }) })) });
    };
    start();
    expect(ids(loop)).toEqual(['setup.1', 'a', 'b']);
    fire(loop, 'a'); fire(loop, 'b'); fire(loop, 'a.2');
    expect(ids(loop).sort()).toEqual(['a.1', 'a.2.1', 'b.1', 'b.2', 'setup.1']);
    start();
    fire(loop, 'b'); fire(loop, 'a'); fire(loop, 'a.2');
    expect(ids(loop).sort()).toEqual(['a.1', 'a.2.1', 'b.1', 'b.2', 'setup.1']);
    expect(loop.enabled().find((event) => event.id === 'a.2.1')).toMatchObject({ task: 'a', creator: 'a.2' });
  });

  it('8: footprints conflict where a write meets a touch of the same property, or of the whole', () => {
    const loop = new EventLoop();
    const footprint = (object: string, property: string, kind: 'read' | 'write') => {
      loop.reset();
      loop.addTask({ task: 't', label: '', fire: () => loop.touch(object, property, kind) });
      return loop.fire(loop.enabled()[0]!);
    };
    const conflict = (a: Parameters<typeof footprint>, b: Parameters<typeof footprint>) => footprint(...a).conflictsWith(footprint(...b));
    expect(conflict(['o', 'x', 'write'], ['o', 'x', 'read'])).toBe(true);
    expect(conflict(['o', 'x', 'read'], ['o', 'x', 'write'])).toBe(true);
    expect(conflict(['o', 'x', 'read'], ['o', 'x', 'read'])).toBe(false);
    expect(conflict(['o', 'x', 'write'], ['o', 'y', 'write'])).toBe(false);
    expect(conflict(['o', 'x', 'write'], ['p', 'x', 'write'])).toBe(false);
    expect(conflict(['o', '*', 'write'], ['o', 'y', 'read'])).toBe(true);
    expect(conflict(['o', 'y', 'write'], ['o', '*', 'read'])).toBe(true);
    expect(conflict(['o', '*', 'read'], ['o', 'y', 'read'])).toBe(false);
  });

  it('8: an announced object is the same in all executions, any other is coarse', () => {
    const loop = new EventLoop();
    const births = (order: string[]) => {
      loop.reset();
      const found: Record<string, unknown> = {};
      for (const task of ['a', 'b']) loop.addTask({ task, label: '', fire: () => { const object = {}; loop.identity.born(object); found[task] = loop.identity.of(object); found.unborn = loop.identity.of({}); } });
      order.forEach((id) => fire(loop, id));
      return found;
    };
    expect(births(['a', 'b'])).toEqual(births(['b', 'a']));
    expect(births(['a', 'b']).a).not.toBe(births(['a', 'b']).b);
    expect(births(['a', 'b']).unborn).toBe(0);
  });

  it('9: a rejection is unhandled at the end of its turn, not before', () => {
    const { loop, core } = simulatedWorld();
    loop.reset();
    loop.addTask({ task: 'a', label: '', fire: () => {
      core.reject(core.create(), 'lost');
      const late = core.create();
      core.reject(late, 'handled');
      loop.queueMicrotask(() => loop.nextTick(() => void late.catch(() => undefined)));
    } });
    fire(loop, 'a');
    expect(loop.errors).toMatchObject([{ kind: 'unhandledRejection', reason: 'lost', task: 'a', turn: 1 }]);
  });

  it('what a callback throws is noted, and ends neither the turn nor the loop', () => {
    const { loop } = simulatedWorld();
    const log: string[] = [];
    loop.reset();
    loop.addTask({ task: 'a', label: '', fire: () => { loop.queueMicrotask(() => log.push('after')); throw new Error('bang'); } });
    fire(loop, 'a');
    expect(log).toEqual(['after']);
    expect(loop.errors).toMatchObject([{ kind: 'uncaught', task: 'a' }]);
  });

  it('10: once over budget every step throws, through catch, finally and promises', () => {
    const { loop, names } = simulatedWorld();
    let caught = 0;
    loop.reset({ steps: 100 });
    loop.addTask({ task: 'a', label: '', fire: () => void names.__awaiter(undefined, [], undefined, function* () {
      for (;;) {
        try {
          loop.tick();
          yield 0;
        } catch {
          if (++caught > 3) throw new Error('gave in');
        }
      }
    }) });
    const end = (() => { try { fire(loop, 'a'); return undefined; } catch (error) { return error; } })();
    expect(isAbort(end)).toBe(true);
    expect(() => loop.tick()).toThrow('limit of steps');
    loop.reset();
    expect(() => loop.tick()).not.toThrow();
  });

  it('10: promise jobs alone use the budget up', () => {
    const loop = new EventLoop();
    const { Promise } = createPromise(loop);
    loop.reset({ steps: 500 });
    const again = (): unknown => Promise.resolve().then(again);
    loop.addTask({ task: 'a', label: '', fire: () => void again() });
    expect(() => fire(loop, 'a')).toThrow('limit of steps');
  });

  it('an event outside any turn is an error, and so is firing one twice', () => {
    const loop = new EventLoop();
    loop.reset();
    expect(() => loop.addEvent({ label: 'stray', fire: () => undefined })).toThrow('"stray" was created outside any turn');
    const start = loop.addTask({ task: 'a', label: '', fire: () => undefined });
    loop.fire(start);
    expect(() => loop.fire(start)).toThrow('"a" is not pending');
  });
});

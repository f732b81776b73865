import { beforeEach, describe, expect, it } from 'vitest';
import { createGlobals } from '../../../src/simulator/host/globals.js';
import { Assumptions } from '../../../src/simulator/runtime/assumptions.js';
import { OpaqueValues } from '../../../src/simulator/runtime/opaque.js';
import { simulatedWorld } from '../simulated-run.js';

const world = simulatedWorld();
beforeEach(() => { world.loop.reset(); world.timers.reset(); });

function globals(seed = 1): Record<string, never> {
  const assumptions = new Assumptions({});
  const opaque = new OpaqueValues({ assumptions, complete: () => world.core.create(), later: () => undefined, effect: () => undefined, unmodelled: () => undefined });
  const get = createGlobals({ loop: world.loop, opaque, assumptions, timers: world.timers, Promise: world.Promise, require: () => undefined, seed });
  return new Proxy({}, { get: (_target, name) => get(String(name)) });
}

function runAll(start: () => void): void {
  world.loop.setup(start);
  for (let event = world.loop.enabled()[0]; event !== undefined; event = world.loop.enabled()[0]) world.loop.fire(event);
}

describe('Date', () => {
  it('stands at the same instant in every run and moves with the timers', () => {
    const { Date: Virtual, setTimeout: later } = globals() as unknown as { Date: DateConstructor; setTimeout: (run: () => void, ms: number) => void };
    const seen: number[] = [];
    runAll(() => { seen.push(Virtual.now(), new Virtual().getTime()); later(() => seen.push(Virtual.now()), 250); });
    expect(seen).toEqual([1_704_067_200_000, 1_704_067_200_000, 1_704_067_200_250]);
  });

  it('is otherwise the Date of the language', () => {
    const { Date: Virtual } = globals() as unknown as { Date: DateConstructor };
    expect([Virtual.name, Virtual.length, Virtual.UTC(2000, 1), typeof Virtual()]).toEqual(['Date', 7, Date.UTC(2000, 1), 'string']);
    expect(new Virtual(2020, 1, 29).getDate()).toBe(29);
    expect(new Virtual('2020-01-01T00:00:00Z').toISOString()).toBe('2020-01-01T00:00:00.000Z');
    expect([new Virtual(5) instanceof Virtual, structuredClone(new Virtual(5)) instanceof Virtual, new Virtual(5).constructor === Virtual]).toEqual([true, true, true]);
    class Day extends Virtual {}
    expect([new Day(5) instanceof Day, new Day(5) instanceof Virtual, new Virtual(5) instanceof Day]).toEqual([true, true, false]);
  });
});

describe('randomness', () => {
  const drawn = (seed: number): unknown[] => {
    const { Math: math, crypto } = globals(seed) as unknown as { Math: Math; crypto: Crypto };
    return [math.random(), math.random(), crypto.randomUUID(), [...crypto.getRandomValues(new Uint8Array(4))]];
  };
  it('comes from the seed', () => {
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1)).not.toEqual(drawn(2));
  });
  it('has the shape of the platform', () => {
    const [first, , uuid] = drawn(3) as [number, number, string];
    expect(first >= 0 && first < 1).toBe(true);
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('AbortController', () => {
  type Aborting = { AbortController: typeof AbortController; AbortSignal: typeof AbortSignal };

  /** What a program logs with the platform's own signals, and with the simulated ones. */
  function both(program: (use: Aborting, log: (...values: unknown[]) => void) => void): readonly [string[], string[]] {
    const run = (use: Aborting): string[] => {
      const lines: string[] = [];
      program(use, (...values) => lines.push(values.map(String).join(' ')));
      return lines;
    };
    return [run({ AbortController, AbortSignal }), run(globals() as unknown as Aborting)];
  }

  const programs: Record<string, (use: Aborting, log: (...values: unknown[]) => void) => void> = {
    'listeners fire once, in order, with the reason set': ({ AbortController: Controller }, log) => {
      const controller = new Controller();
      const { signal } = controller;
      const twice = (): void => log('same');
      signal.addEventListener('abort', () => log('first', signal.aborted, signal.reason));
      signal.addEventListener('abort', twice);
      signal.addEventListener('abort', twice);
      signal.addEventListener('abort', { handleEvent: (event) => log('object', event.type) });
      signal.addEventListener('other' as 'abort', () => log('never'));
      const removed = (): void => log('removed');
      signal.addEventListener('abort', removed);
      signal.removeEventListener('abort', removed);
      log(signal.aborted, signal.reason);
      controller.abort('why');
      controller.abort('again');
      log(signal.aborted, signal.reason);
      signal.addEventListener('abort', () => log('too late'));
    },
    'the default reason is an AbortError, and throwIfAborted throws it': ({ AbortController: Controller, AbortSignal: Signal }, log) => {
      const controller = new Controller();
      controller.signal.throwIfAborted();
      controller.abort();
      log((controller.signal.reason as Error).name, (controller.signal.reason as Error).message);
      try { controller.signal.throwIfAborted(); } catch (error) { log((error as Error).name, error === controller.signal.reason); }
      log(Signal.abort('now').aborted, Signal.abort('now').reason);
      log(controller.signal instanceof Signal, controller instanceof Controller);
    },
    'any follows the first of its signals': ({ AbortController: Controller, AbortSignal: Signal }, log) => {
      const [one, two] = [new Controller(), new Controller()];
      const any = Signal.any([one.signal, two.signal]);
      any.addEventListener('abort', () => log('any', any.reason));
      two.abort(2);
      one.abort(1);
      log(any.aborted, any.reason, Signal.any([one.signal]).reason, Signal.any([]).aborted);
    },
  };
  for (const [what, program] of Object.entries(programs)) it(what, () => { const [native, simulated] = both(program); expect(simulated).toEqual(native); });

  it('timeout aborts on the virtual clock', () => {
    const { AbortSignal: Signal } = globals() as unknown as Aborting;
    const lines: string[] = [];
    runAll(() => { const signal = Signal.timeout(1000); signal.addEventListener('abort', () => lines.push(`${(signal.reason as Error).name} at ${world.loop.now()}`)); });
    expect(lines).toEqual(['TimeoutError at 1000']);
  });
});

describe('the rest of the platform', () => {
  it('clones as the platform does, and refuses what it refuses', () => {
    const { structuredClone: clone, atob: decode } = globals() as unknown as { structuredClone: typeof structuredClone; atob: typeof atob };
    expect(clone(new Map([[1, { a: [new Date(5)] }]]))).toEqual(new Map([[1, { a: [new Date(5)] }]]));
    for (const refused of [() => clone(() => 1), () => decode('é')]) {
      let error: unknown;
      try { refused(); } catch (caught) { error = caught; }
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(DOMException);
      expect((error as Error).name).toMatch(/^(DataCloneError|InvalidCharacterError)$/);
    }
  });

  it('keeps the console silent and the process frozen', () => {
    const { console: silent, process: own } = globals() as unknown as { console: Console; process: NodeJS.Process };
    expect(silent.log('nothing')).toBeUndefined();
    expect([own.cwd(), own.platform, Object.isFrozen(own)]).toEqual(['/', 'linux', true]);
    expect(() => own.exit()).toThrow('process.exit() was called');
  });

  it('makes whatever else is asked for a value from outside', () => {
    const given = globals() as unknown as Record<string, unknown>;
    expect(typeof given['fetch']).toBe('function');
    for (const absent of ['Atomics', 'SharedArrayBuffer', 'WebAssembly', 'Compartment', 'lockdown', 'harden']) expect(given[absent]).toBeUndefined();
  });
});

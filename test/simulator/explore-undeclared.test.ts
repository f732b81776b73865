import { describe, expect, it } from 'vitest';
import { explore, randomNumbers, type Execution, type PendingEvent } from '../../src/simulator/explore/index.js';
import { bruteForce, classOf } from './equivalence.js';
import { randomThreads } from './explore-random-threads.js';
import { acquire, load, lock, release, store, ThreadMachine, unlock, type Thread, type ThreadProgram, type ThreadResult } from './thread-programs.js';

type Hides = (event: PendingEvent) => boolean;

/** The same executions, but some events say what they touch only once they have been fired, as turns of an event loop do. Guards stay. */
function hiding(machine: ThreadMachine, hides: Hides): () => Execution<ThreadResult> {
  const shown = new Map<PendingEvent, PendingEvent>();
  const real = new Map<PendingEvent, PendingEvent>();
  const show = (event: PendingEvent): PendingEvent => {
    if (!hides(event)) return event;
    let copy = shown.get(event);
    if (copy === undefined) {
      copy = { ...event, footprint: undefined, footprintAt: undefined };
      shown.set(event, copy);
      real.set(copy, event);
    }
    return copy;
  };
  return () => {
    const execution = machine.start();
    return {
      enabled: () => execution.enabled().map(show),
      blocked: () => execution.blocked().map(show),
      fire: (event) => execution.fire(real.get(event) ?? event),
      rewind: (depth) => execution.rewind(depth),
      isFinished: (task) => execution.isFinished(task),
      result: () => execution.result(),
    };
  };
}

function foundBy(machine: ThreadMachine, hides: Hides): string[] {
  const found: string[] = [];
  explore(hiding(machine, hides), { maxExecutions: 1_000_000, strategy: 'optimal' }, ({ touches }, path) => {
    found.push(classOf(path.steps.map(({ id }) => id), touches));
    return 'continue';
  });
  return found.sort();
}

const classesOf = (machine: ThreadMachine): string[] => [...bruteForce(machine.start).classes].sort();

/** Half of the events, the same ones throughout. */
function someOf(seed: number): Hides {
  const random = randomNumbers(seed);
  const isHidden = new Map<string, boolean>();
  return ({ id }) => {
    if (!isHidden.has(id)) isHidden.set(id, random() < 0.5);
    return isHidden.get(id)!;
  };
}

const isGuarded: Hides = ({ guard }) => guard !== undefined;

describe('optimal exploration where some events do not say beforehand what they touch', () => {
  it('two turns of one agent, one at a time, that read what another stores: 12', () => {
    const turn = function* (): ReturnType<Thread> { yield lock('turns'); const seen = yield load('m1'); yield unlock('turns'); return seen; };
    const program: ThreadProgram = { threads: { a: function* () { return yield load('m0'); }, b: function* () { yield store('m1', 1); yield store('m0', 1); return 0; }, t: turn, u: turn } };
    const machine = new ThreadMachine(program);
    const expected = classesOf(machine);
    expect(expected.length).toBe(12);
    for (const hides of [isGuarded, () => true]) expect(foundBy(machine, hides)).toEqual(expected);
  });

  it('what wakes a sleeper later is not kept away by it where a branch ends', () => {
    const machine = new ThreadMachine({
      memory: { s: 0 },
      threads: {
        t0: function* () { yield release('s'); return 0; },
        t1: function* () { yield lock('n'); yield store('y', 1); yield unlock('n'); return 0; },
        t2: function* () { yield release('s'); return 0; },
        t3: function* () { yield acquire('s'); return yield load('y'); },
      },
    });
    expect(foundBy(machine, (event) => !isGuarded(event))).toEqual(classesOf(machine));
  });

  it('random programs: each class exactly once', { timeout: 120_000 }, () => {
    // The last two have waits that ask for other locations once the first one has another value.
    for (const seed of [...Array.from({ length: 300 }, (_, i) => i + 1), 5720, 12972]) {
      const machine = new ThreadMachine(randomThreads(randomNumbers(seed), seed % 4 === 0 ? 7 : 5 + (seed % 2)));
      const expected = classesOf(machine);
      const hidden: Record<string, Hides> = { guarded: isGuarded, unguarded: (event) => !isGuarded(event), some: someOf(seed), all: () => true };
      for (const [which, hides] of Object.entries(hidden)) expect({ seed, which, classes: foundBy(machine, hides) }).toEqual({ seed, which, classes: expected });
    }
  });
});

import type { Outcome } from '../../../src/model/index.js';
import { createSharedMemory, type SharedMemoryOfAgent } from '../../../src/simulator/agents/shared-memory.js';
import { explore, type Strategy } from '../../../src/simulator/explore/index.js';
import { createPromise } from '../../../src/simulator/runtime/promise.js';
import { plainSystem, type Body } from './plain-agents.js';

/** Shared memory and what a program does with it, by the names that programs use. */
export interface World extends Pick<typeof globalThis, 'Int32Array' | 'SharedArrayBuffer' | 'Atomics'> {
  /** Eight shared numbers. */
  readonly m: Int32Array;
  readonly memory: SharedMemoryOfAgent;
}

export interface Explored {
  /** Ends that differ, as `results | final memory`, sorted; blocked agents are named. */
  readonly ends: readonly string[];
  readonly executions: number;
  readonly outcomes: readonly Outcome[];
}

/** Runs plain functions as agents in every order that matters. `setUp` makes more of what they share; it runs in every agent. */
export function litmus<S>(setUp: (world: World) => S, agents: Readonly<Record<string, (world: World & S) => unknown>>, options: { readonly memoryModel?: 'sc' | 'tso'; readonly strategy?: Strategy } = {}): Explored {
  const worlds = new WeakMap<object, World & S>();
  const bodies = Object.entries(agents).map(([name, agent]): [string, Body] => [name, (port) => agent(worlds.get(port)!)]);
  const system = plainSystem({
    memoryModel: options.memoryModel ?? 'sc',
    setUp: (port, loop) => {
      const memory = createSharedMemory(port, { Promise: createPromise(loop).Promise, tick: () => loop.tick() });
      const { Int32Array, SharedArrayBuffer, Atomics } = memory.globals as unknown as typeof globalThis;
      const world: World = { memory, Int32Array, SharedArrayBuffer, Atomics, m: new Int32Array(new SharedArrayBuffer(32)) };
      memory.name(world.m, 'm');
      worlds.set(port, { ...world, ...setUp(world) });
    },
    agents: Object.fromEntries(bodies),
  });
  const ends = new Set<string>();
  const outcomes: Outcome[] = [];
  const { executions, exhaustive } = explore(() => system.start(), { maxExecutions: 200_000, strategy: options.strategy ?? 'optimal' }, ({ outcome, blocked, failure, unhandled }) => {
    if (failure) throw new Error(failure.reason);
    const results = Object.keys(agents).map((name) => outcome.results[name]!.replace('returned undefined', 'done').replace('returned ', ''));
    ends.add(`${results.join(', ')}${blocked.length > 0 ? ` | blocked: ${blocked.map(({ agent, waits }) => `${agent} (${waits})`).sort().join(', ')}` : ''}${unhandled.map(({ text }) => ` | ${text}`).join('')}`);
    outcomes.push(outcome);
    return 'continue';
  });
  if (!exhaustive) throw new Error('not explored in full');
  return { ends: [...ends].sort(), executions, outcomes };
}

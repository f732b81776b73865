import { agent, type ScenarioPlan } from 'raceproof';
import { integers } from './agents.js';

/** `rounds` times x += y, beside as many y += x, beside a reader of both (SV-COMP, fib_bench). */
export function fib(rounds: number): ScenarioPlan {
  const x = integers(1);
  const y = integers(1);
  x[0] = y[0] = 1;
  const add = (to: Int32Array, from: Int32Array): void => {
    for (let i = 0; i < rounds; i++) Atomics.store(to, 0, Atomics.load(to, 0) + Atomics.load(from, 0));
  };
  return { tasks: { a: agent(() => add(x, y)), b: agent(() => add(y, x)), reader: agent(() => [Atomics.load(x, 0), Atomics.load(y, 0)]) } };
}

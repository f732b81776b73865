import { agent, type AgentTask } from 'raceproof';

/** `count` shared integers, all 0. */
export function integers(count: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * count));
}

/** `count` agents that differ in their rank only: `reader0`, `reader1` ... */
export function agents(count: number, name: string, body: (rank: number) => unknown): Record<string, AgentTask> {
  return Object.fromEntries(Array.from({ length: count }, (_, rank) => [`${name}${rank}`, agent(() => body(rank))]));
}

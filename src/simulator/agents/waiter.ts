/** Somebody in a list of waiters: an agent that is suspended, or a promise of one (Atomics.waitAsync). */
export interface Waiter {
  readonly agent: string;
  /** Of a promise: the address of the input that settles it. */
  readonly token?: string;
}

export function without(waiters: readonly Waiter[], gone: readonly Waiter[]): readonly Waiter[] {
  return waiters.filter((waiter) => !gone.includes(waiter));
}

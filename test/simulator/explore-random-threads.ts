import { acquire, cas, fetchAdd, load, lock, release, store, tryLock, unlock, until, type Op, type Thread, type ThreadProgram } from './thread-programs.js';

type Plan =
  | { readonly op: Op }
  /** Only if the last result has this parity. */
  | { readonly parity: number; readonly then: readonly Plan[] };

/** Small random threads: loads, stores, updates, locks, semaphores, waits for one or two locations, branches on what was read. */
export function randomThreads(random: () => number, size: number): ThreadProgram {
  const pick = <T>(...options: readonly T[]): T => options[Math.floor(random() * options.length)]!;
  const place = (): string => pick('x', 'y');
  const value = (): number => pick(0, 1, 2);
  const plain = (): Op => pick<() => Op>(
    () => load(place()), () => store(place(), value()), () => store(place(), value()), () => fetchAdd(place(), 1), () => cas(place(), value(), value()),
    () => lock('m'), () => unlock('m'), () => tryLock('m'), () => acquire('s'), () => release('s'), () => waits(),
  )();
  const waits = (): Op => {
    const [one, other, a, b] = [place(), place(), value(), value()];
    return pick(
      until((now) => now(one) === a), until((now) => now(one) !== a),
      until((now) => now('x') === a && now('y') === b), until((now) => now('x') === a || now('y') === b), until((now) => now(one) === now(other)),
    );
  };
  const locked = (): Plan[] => { const at = pick('m', 'n'); return [{ op: lock(at) }, { op: plain() }, { op: unlock(at) }]; };
  const plan = (left: number): Plan[] => {
    if (left <= 0) return [];
    if (random() < 0.15) return [...locked(), ...plan(left - 3)];
    if (random() < 0.15) return [{ op: pick(load(place()), cas(place(), value(), value()), tryLock('m')) }, { parity: pick(0, 1), then: plan(Math.min(2, left - 1)) }, ...plan(left - 2)];
    return [{ op: plain() }, ...plan(left - 1)];
  };
  const body = (plans: readonly Plan[]): Thread => function* () {
    let last = 0;
    function* run(some: readonly Plan[]): Generator<Op, void, number> {
      for (const one of some) {
        if ('op' in one) last = yield one.op;
        else if (last % 2 === one.parity) yield* run(one.then);
      }
    }
    yield* run(plans);
    return last;
  };
  const threads = pick(2, 2, 3, 3, 4);
  return {
    memory: { s: pick(0, 1), x: pick(0, 0, 1) },
    threads: Object.fromEntries(Array.from({ length: threads }, (_, i) => [`t${i}`, body(plan(Math.max(1, Math.round((size / threads) * (0.6 + random() * 0.8)))))])),
  };
}

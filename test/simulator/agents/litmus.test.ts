import { describe, expect, it } from 'vitest';
import { explore } from '../../../src/simulator/explore/index.js';
import { overPort, type Program } from './brute-force.js';
import { ops, plainSystem } from './plain-agents.js';

/** The results of the threads, in their order, in every outcome: `1,0 | 0`. */
function resultsOf(memoryModel: 'sc' | 'tso', ...programs: Program[]): Set<string> {
  const system = plainSystem({ agents: Object.fromEntries(programs.map((program, rank) => [`t${rank}`, overPort(program)])), memoryModel });
  const results = new Set<string>();
  const { exhaustive } = explore(() => system.start(), { maxExecutions: 1_000_000, strategy: 'optimal' }, ({ outcome }) => {
    results.add(programs.map((_, rank) => outcome.results[`t${rank}`]!.replace(/^returned (undefined)?|[[\]]/g, '')).filter(Boolean).join(' | '));
    return 'continue';
  });
  expect(exhaustive).toBe(true);
  return results;
}

const both = (...programs: Program[]) => ({ sc: resultsOf('sc', ...programs), tso: resultsOf('tso', ...programs) });

describe('litmus tests (Owens, Sarkar, Sewell: A better x86 memory model, 2009)', () => {
  it('SB, store buffering: both may miss the other under tso only', () => {
    const { sc, tso } = both(
      function* () { yield ops.write(0, 1); return yield ops.read(1); },
      function* () { yield ops.write(1, 1); return yield ops.read(0); },
    );
    expect([...sc].sort()).toEqual(['0 | 1', '1 | 0', '1 | 1']);
    expect([...tso].sort()).toEqual(['0 | 0', '0 | 1', '1 | 0', '1 | 1']);
  });

  it('SB with an atomic operation between as a fence: never', () => {
    const { tso } = both(
      function* () { yield ops.write(0, 1); yield ops.add(2, 0); return yield ops.read(1); },
      function* () { yield ops.write(1, 1); yield ops.add(3, 0); return yield ops.read(0); },
    );
    expect([...tso].sort()).toEqual(['0 | 1', '1 | 0', '1 | 1']);
  });

  it('SB with atomic accesses: never', () => {
    const { tso } = both(
      function* () { yield ops.store(0, 1); return yield ops.load(1); },
      function* () { yield ops.store(1, 1); return yield ops.load(0); },
    );
    expect(tso.has('0 | 0')).toBe(false);
  });

  it('MP, message passing: who sees the flag sees the data', () => {
    for (const results of Object.values(both(
      function* () { yield ops.write(0, 1); yield ops.write(1, 1); },
      function* () { const flag: number = yield ops.read(1); const data: number = yield ops.read(0); return [flag, data]; },
    ))) expect([...results].sort()).toEqual(['0,0', '0,1', '1,1']);
  });

  it('LB, load buffering: nobody reads what comes later', () => {
    for (const results of Object.values(both(
      function* () { const x: number = yield ops.read(0); yield ops.write(1, 1); return x; },
      function* () { const y: number = yield ops.read(1); yield ops.write(0, 1); return y; },
    ))) expect([...results].sort()).toEqual(['0 | 0', '0 | 1', '1 | 0']);
  });

  it('n6: a thread sees its own store early, so x = 1 may be the last of three stores', () => {
    const outcomes = (memoryModel: 'sc' | 'tso') => {
      const system = plainSystem({ memoryModel, agents: {
        p: overPort(function* () { yield ops.write(0, 1); const x: number = yield ops.read(0); const y: number = yield ops.read(1); return [x, y]; }),
        q: overPort(function* () { yield ops.write(1, 2); yield ops.write(0, 2); }),
      } });
      const seen = new Set<string>();
      explore(() => system.start(), { maxExecutions: 1_000_000, strategy: 'optimal' }, ({ outcome }) => { seen.add(`${outcome.results['p']} x=${outcome.state['m[0]']}`); return 'continue'; });
      return seen;
    };
    expect(outcomes('sc').has('returned [1,0] x=1')).toBe(false);
    expect(outcomes('tso').has('returned [1,0] x=1')).toBe(true);
  });

  it('IRIW: two readers agree on the order of two independent writes', () => {
    const reader = (first: number, second: number): Program => function* () { const a: number = yield ops.read(first); const b: number = yield ops.read(second); return [a, b]; };
    const { tso } = both(function* () { yield ops.write(0, 1); }, function* () { yield ops.write(1, 1); }, reader(0, 1), reader(1, 0));
    expect(tso.has('1,0 | 1,0')).toBe(false);
    expect(tso.size).toBe(15);
  });

  it('own stores are seen at once', () => {
    const { tso } = both(function* () { yield ops.write(0, 1); yield ops.write(0, 2); return yield ops.read(0); });
    expect([...tso]).toEqual(['2']);
  });

  it('stores of one thread reach memory in their order', () => {
    const { tso } = both(
      function* () { for (const value of [1, 2, 3]) yield ops.write(0, value); },
      function* () { const a: number = yield ops.read(0); const b: number = yield ops.read(0); return a <= b; },
    );
    expect([...tso]).toEqual(['true']);
  });
});

describe('mutual exclusion without locks', () => {
  /** How many are in the critical section when a thread enters it. */
  type Access = { readonly set: typeof ops.write; readonly get: typeof ops.read };
  const peterson = ({ set, get }: Access, me: number): Program => function* () {
    yield set(me, 1);
    yield set(2, 1 - me);
    for (;;) {
      const other: number = yield get(1 - me);
      const turn: number = yield get(2);
      if (other === 0 || turn === me) break;
      yield ops.park([1 - me, other], [2, turn]);
    }
    const inside: number = yield ops.add(3, 1);
    yield ops.add(3, -1);
    yield set(me, 0);
    return inside;
  };
  const plain = { set: ops.write, get: ops.read };
  const atomic = { set: ops.store, get: ops.load };
  const isBroken = (memoryModel: 'sc' | 'tso', access: Access) => [...resultsOf(memoryModel, peterson(access, 0), peterson(access, 1))].some((results) => results.includes('1'));

  it('Peterson on plain memory holds under sc and breaks under tso; with Atomics it holds under both', () => {
    expect([isBroken('sc', plain), isBroken('tso', plain), isBroken('sc', atomic), isBroken('tso', atomic)]).toEqual([false, true, false, false]);
  });

  it("Dekker's entry, likewise", () => {
    const dekker = ({ set, get }: Access, me: number): Program => function* () {
      yield set(me, 1);
      const other: number = yield get(1 - me);
      return other === 0 ? 1 : 0;
    };
    const bothEnter = (memoryModel: 'sc' | 'tso', access: Access) => resultsOf(memoryModel, dekker(access, 0), dekker(access, 1)).has('1 | 1');
    expect([bothEnter('sc', plain), bothEnter('tso', plain), bothEnter('tso', atomic)]).toEqual([false, true, false]);
  });
});

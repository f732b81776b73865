import { describe, expect, it } from 'vitest';
import { explore, randomNumbers } from '../../src/simulator/explore/index.js';
import { simulatedWorld } from './simulated-run.js';

type Log = (line: string) => () => void;
type SetUp = (world: ReturnType<typeof simulatedWorld>, log: Log) => void;

/** The orders in which the callbacks that `set` sets up may run. */
function orders(set: SetUp, { strategy = 'naive' as 'naive' | 'optimal', areTimersLate = false } = {}): string[] {
  const world = simulatedWorld();
  const { loop, timers } = world;
  const found: string[] = [];
  const start = () => {
    const lines: string[] = [];
    loop.reset({ areTimersLate });
    timers.reset();
    loop.setup(() => set(world, (line) => () => void lines.push(`${line}@${loop.now()}`)));
    return { enabled: () => loop.enabled(), fire: (event: (typeof found)[number] | object) => loop.fire(event as never), result: () => lines.join(' ') };
  };
  explore(start, { strategy, maxExecutions: 20_000 }, (result) => { found.push(result); return 'continue'; });
  return found.sort();
}

/** Of each class of executions, as of every single one: the order among timers, and that among all others, for only these are dependent. */
function same(set: SetUp, areTimersLate: boolean): void {
  const logsOf = (strategy: 'naive' | 'optimal'): string[] => [...new Set(orders(set, { strategy, areTimersLate }).map((lines) => {
    const names = lines.split(' ').map((line) => line.replace(/@.*/, ''));
    return [names.filter((name) => name.startsWith('t')), names.filter((name) => !name.startsWith('t'))].join(' | ');
  }))].sort();
  expect(logsOf('optimal')).toEqual(logsOf('naive'));
}

describe('immediates, as Node leaves their order open', () => {
  const io = (loop: ReturnType<typeof simulatedWorld>['loop'], fire: () => void) => void loop.addEvent({ label: 'io', fire });

  it('from set-up, an immediate comes before or after a timer of 0', () => {
    expect(orders(({ timers }, log) => { timers.setTimeout(log('t'), 0); timers.setImmediate(log('i')); })).toEqual(['i@0 t@1', 't@1 i@1']);
  });

  it('from an I/O callback, the immediate comes first, before timers that were due already, too', () => {
    expect(orders(({ loop, timers }, log) => io(loop, () => { timers.setTimeout(log('t'), 0); timers.setImmediate(log('i')); }))).toEqual(['i@0 t@1']);
    expect(orders(({ loop, timers }, log) => { timers.setTimeout(log('due'), 1); io(loop, () => { log('io')(); timers.setImmediate(log('i')); }); })).toEqual(['due@1 io@1 i@1', 'io@0 i@0 due@1']);
  });

  it('I/O behind a waiting immediate puts it before the timers', () => {
    expect(orders(({ loop, timers }, log) => { timers.setImmediate(log('i')); timers.setTimeout(log('t'), 1); io(loop, log('io')); })).toEqual(['i@0 io@0 t@1', 'i@0 t@1 io@1', 'io@0 i@0 t@1', 't@1 i@1 io@1', 't@1 io@1 i@1']);
  });

  it('an immediate from an immediate runs in the next round, where timers and I/O may come before it', () => {
    expect(orders(({ timers }, log) => timers.setImmediate(() => { log('i1')(); timers.setImmediate(log('i2')); timers.setTimeout(log('t'), 0); }))).toEqual(['i1@0 i2@0 t@1', 'i1@0 t@1 i2@1']);
  });

  it('jobs run between immediates, and one may clear the next', () => {
    const lines: string[] = [];
    const { loop, timers, Promise } = simulatedWorld();
    loop.reset();
    loop.setup(() => {
      timers.setImmediate(() => { lines.push('i1'); timers.nextTick(() => lines.push('tick')); void Promise.resolve().then(() => lines.push('job')); timers.clearImmediate(cleared); });
      const cleared = timers.setImmediate(() => lines.push('never'));
      timers.setImmediate(() => lines.push('i3'));
    });
    while (loop.enabled().length > 0) loop.fire(loop.enabled()[0]!);
    expect(lines).toEqual(['i1', 'tick', 'job', 'i3']);
  });

  it('clearing the last one frees the timers', () => {
    expect(orders(({ loop, timers }, log) => { const i = timers.setImmediate(log('never')); timers.setTimeout(log('t'), 1); io(loop, () => { log('io')(); timers.queueMicrotask(() => timers.clearImmediate(i)); }); })).toContain('io@0 t@1');
  });
});

describe('timers that may be late', () => {
  const late = (set: SetUp): string[] => orders(set, { areTimersLate: true });

  it('a longer one that was armed first may be overtaken or not; a shorter one armed first is not overtaken', () => {
    expect(late(({ timers }, log) => { timers.setTimeout(log('long'), 20); timers.setTimeout(log('short'), 10); })).toEqual(['long@20 short@20', 'short@10 long@20']);
    expect(late(({ timers }, log) => { timers.setTimeout(log('short'), 10); timers.setTimeout(log('long'), 20); })).toEqual(['short@10 long@20']);
  });

  it('those of one delay keep their order, and clearing one frees those behind it', () => {
    expect(late(({ timers }, log) => { timers.setTimeout(log('a'), 10); timers.setTimeout(log('b'), 10); timers.setTimeout(log('c'), 5); })).toEqual(['a@10 b@10 c@10', 'a@10 c@10 b@10', 'c@5 a@10 b@10']);
    expect(late(({ loop, timers }, log) => { const a = timers.setTimeout(log('a'), 5); timers.setTimeout(log('b'), 10); loop.addEvent({ label: '', fire: () => { log('x')(); timers.clearTimeout(a); } }); })).toEqual(['a@5 b@10 x@10', 'a@5 x@5 b@10', 'x@0 b@10']);
  });

  it('one that is set later with a longer delay may fire first, unlike in time', () => {
    const set: SetUp = ({ timers }, log) => { timers.setTimeout(log('far'), 100); timers.setTimeout(() => { log('near')(); timers.setTimeout(log('next'), 20); }, 10); };
    expect(orders(set)).toEqual(['near@10 next@30 far@100']);
    expect(late(set)).toEqual(['far@100 near@100 next@120', 'near@10 far@100 next@100', 'near@10 next@30 far@100']);
  });
});

describe('the explorer finds every order of timers, immediates and I/O', () => {
  for (let seed = 1; seed <= 60; seed++) {
    it(`random programs, seed ${seed}`, () => {
      for (const areTimersLate of [false, true]) same(randomTimers(seed), areTimersLate);
    });
  }
});

/** A few turns that set up others, by one means or another. */
function randomTimers(seed: number): SetUp {
  return ({ loop, timers }, log) => {
    const random = randomNumbers(seed);
    const below = (limit: number): number => Math.floor(random() * limit);
    let left = 5;
    const plan = (depth: number): (() => void) => {
      const kind = below(5);
      const group = kind === 2 || kind === 3 ? 'other' : 'timer';
      const name = `${group[0]}${left--}`;
      const delay = 1 + below(3);
      const inner = depth > 0 && left > 0 ? Array.from({ length: below(3) }, () => plan(depth - 1)) : [];
      const run = (): void => { loop.touch('log', group, 'write'); log(name)(); for (const each of inner) each(); };
      return () => void (kind < 2 ? timers.setTimeout(run, delay) : kind === 2 ? timers.setImmediate(run) : kind === 3 ? loop.addEvent({ label: name, fire: run }) : timers.clearTimeout(timers.setTimeout(run, delay)));
    };
    for (let count = 0; count < 3 && left > 0; count++) plan(2)();
  };
}

describe('timers (invariants 4 and 5 of the loop)', () => {
  it('fire in deadline order, ties in creation order', () => {
    expect(orders(({ timers }, log) => { timers.setTimeout(log('c'), 20); timers.setTimeout(log('a'), 10); timers.setTimeout(log('b'), 10); timers.setTimeout(log('zero')); })).toEqual(['zero@1 a@10 b@10 c@20']);
  });

  it('a timer set later stands behind one that is due earlier', () => {
    expect(orders(({ timers }, log) => { timers.setTimeout(() => { log('first')(); timers.setTimeout(log('nested'), 15); }, 10); timers.setTimeout(log('second'), 20); })).toEqual(['first@10 second@20 nested@25']);
  });

  it('external events and immediates stand in no order with timers; immediates that wait run together', () => {
    expect(orders(({ timers }, log) => { timers.setImmediate(log('i1')); timers.setImmediate(log('i2')); timers.setTimeout(log('t'), 5); })).toEqual(['i1@0 i2@0 t@5', 't@5 i1@5 i2@5']);
    expect(orders(({ loop, timers }, log) => { loop.addEvent({ label: '', fire: log('x') }); timers.setTimeout(log('t'), 5); })).toEqual(['t@5 x@5', 'x@0 t@5']);
  });

  it('messages of one channel arrive in order, of two in any', () => {
    const send = (loop: ReturnType<typeof simulatedWorld>['loop'], channel: string, fire: () => void) => void loop.addEvent({ label: '', channel, fire });
    expect(orders(({ loop }, log) => { send(loop, 'p', log('p1')); send(loop, 'p', log('p2')); send(loop, 'q', log('q')); })).toEqual(['p1@0 p2@0 q@0', 'p1@0 q@0 p2@0', 'q@0 p1@0 p2@0']);
  });

  it('clearing works by handle, by number, from the callback, and too late', () => {
    expect(orders(({ timers }, log) => {
      timers.clearTimeout(timers.setTimeout(log('never'), 1));
      timers.clearTimeout(Number(timers.setTimeout(log('never'), 1)));
      timers.clearImmediate(timers.setImmediate(log('never')));
      const interval = timers.setInterval(() => { log('once')(); timers.clearInterval(interval); timers.clearInterval(interval); }, 3);
    })).toEqual(['once@3']);
  });

  it('refresh starts the delay anew', () => {
    expect(orders(({ timers }, log) => { const late = timers.setTimeout(log('late'), 10); timers.setTimeout(() => { log('early')(); late.refresh(); }, 5); })).toEqual(['early@5 late@15']);
  });

  it('an endless interval is bounded, and says so', () => {
    const { loop, timers } = simulatedWorld();
    loop.reset({ intervalFirings: 2 });
    loop.setup(() => void timers.setInterval(() => undefined, 10));
    let firings = 0;
    while (loop.enabled().length > 0) { loop.fire(loop.enabled()[0]!); firings++; }
    expect(firings).toBe(2);
    expect(loop.bounded).toBe('the interval of 10 ms was stopped after 2 firings');
  });

  it('the clock starts at the same time in every execution, and moves with timers only', () => {
    expect(orders(({ loop, timers }, log) => { const began = timers.dateNow(); timers.setTimeout(() => log(`${timers.dateNow() - began} ${timers.performanceNow()}`)(), 2.9); void loop; })).toEqual(['2 2@2']);
  });
});

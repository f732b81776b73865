import { describe, expect, it } from 'vitest';
import { explore } from '../../src/simulator/explore/index.js';
import { simulatedWorld } from './simulated-run.js';

/** The orders in which the callbacks that `set` sets up may run. */
function orders(set: (world: ReturnType<typeof simulatedWorld>, log: (line: string) => () => void) => void): string[] {
  const world = simulatedWorld();
  const { loop, timers } = world;
  const found: string[] = [];
  const start = () => {
    const lines: string[] = [];
    loop.reset();
    timers.reset();
    loop.setup(() => set(world, (line) => () => void lines.push(`${line}@${loop.now()}`)));
    return { enabled: () => loop.enabled(), fire: (event: (typeof found)[number] | object) => loop.fire(event as never), result: () => lines.join(' ') };
  };
  explore(start, { strategy: 'naive', maxExecutions: 1000 }, (result) => { found.push(result); return 'continue'; });
  return found.sort();
}

describe('timers (invariants 4 and 5 of the loop)', () => {
  it('fire in deadline order, ties in creation order', () => {
    expect(orders(({ timers }, log) => { timers.setTimeout(log('c'), 20); timers.setTimeout(log('a'), 10); timers.setTimeout(log('b'), 10); timers.setTimeout(log('zero')); })).toEqual(['zero@1 a@10 b@10 c@20']);
  });

  it('a timer set later stands behind one that is due earlier', () => {
    expect(orders(({ timers }, log) => { timers.setTimeout(() => { log('first')(); timers.setTimeout(log('nested'), 15); }, 10); timers.setTimeout(log('second'), 20); })).toEqual(['first@10 second@20 nested@25']);
  });

  it('external events and immediates stand in no order with timers; immediates keep their own', () => {
    expect(orders(({ timers }, log) => { timers.setImmediate(log('i1')); timers.setImmediate(log('i2')); timers.setTimeout(log('t'), 5); })).toEqual(['i1@0 i2@0 t@5', 'i1@0 t@5 i2@5', 't@5 i1@5 i2@5']);
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

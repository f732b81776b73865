import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../../../src/simulator/explore/index.js';
import { runNatively } from '../native-run.js';
import { runSimulated } from '../simulated-run.js';
import { prelude, randomEventProgram } from './random-events.js';

describe('random programs of emitters, targets, signals, iterators and clones log the same as in Node', () => {
  for (let first = 1; first <= 500; first += 125) {
    it(`seeds ${first} to ${first + 124}`, () => {
      const programs = Array.from({ length: 125 }, (_, index) => randomEventProgram(randomNumbers(first + index)));
      const native = runNatively(programs);
      const simulated = runSimulated(programs);
      const differing = programs.findIndex((_, index) => simulated[index]!.join('\n') !== native[index]!.join('\n'));
      expect(differing < 0 ? 'no difference' : programs[differing]).toBe('no difference');
      expect(native.flat().length).toBeGreaterThan(1000);
    });
  }
});

describe('facts that random programs seldom meet', () => {
  const programs: Readonly<Record<string, string>> = {
    'what is exported': `const e = require('events'); log([typeof e, e === EventEmitter, e.EventEmitter === e, e.once === once, e.default === undefined, typeof e.errorMonitor, String(e.captureRejectionSymbol), e.defaultMaxListeners, EventEmitter.name, e.captureRejections].slice(0, 4).concat(String(e.captureRejectionSymbol), e.defaultMaxListeners, e.name, e.captureRejections).join());`,
    'emitters without a constructor': `const mixed = Object.assign({ own: 1 }, EventEmitter.prototype); mixed.on('a', f[0]); log(mixed.emit('a', 1) + ' ' + mixed.listenerCount('a'));
      function Old() { EventEmitter.call(this); } Object.setPrototypeOf(Old.prototype, EventEmitter.prototype); const old = new Old(); old.once('a', f[1]); old.emit('a', 2); log(String(old.emit('a', 3)) + (old instanceof EventEmitter));
      const bare = Object.create(EventEmitter.prototype); bare.on('a', f[2]); bare.emit('a');`,
    'all emitters capture, if they are told so': `require('events').captureRejections = true; const e = new EventEmitter(); require('events').captureRejections = false; e.on('a', async () => { throw 5; }); e.on('error', (error) => log('error ' + error)); e.emit('a'); guard('x', () => { require('events').captureRejections = 3; });`,
    'listeners that change the list while it runs': `const e = new EventEmitter(); const a = () => { log('a'); e.off('x', b); e.on('x', c); }; const b = () => log('b'); const c = () => log('c'); e.on('x', a); e.on('x', b); e.emit('x'); e.emit('x');
      const t = new EventTarget(); const ta = () => { log('ta'); t.removeEventListener('x', tb); t.addEventListener('x', tc); }; const tb = () => log('tb'); const tc = () => log('tc'); t.addEventListener('x', ta); t.addEventListener('x', tb); t.dispatchEvent(new Event('x')); t.dispatchEvent(new Event('x'));
      const u = new EventTarget(); u.addEventListener('x', () => { log('u'); u.addEventListener('x', tc); }); u.dispatchEvent(new Event('x'));`,
    'an event': `const e = new Event('x', { bubbles: true, cancelable: true }); log([e.type, e.bubbles, e.cancelable, e.composed, e.defaultPrevented, e.returnValue, e.cancelBubble, e.eventPhase, e.target, e.currentTarget, e.isTrusted, e.composedPath().length, Event.AT_TARGET, String(e), Object.prototype.toString.call(new CustomEvent('y'))].join());
      e.preventDefault(); e.stopPropagation(); log([e.defaultPrevented, e.returnValue, e.cancelBubble].join()); const t = new EventTarget(); t.addEventListener('x', (v) => log([v === e, v.currentTarget === t, v.composedPath()[0] === t, v.eventPhase].join())); log(String(t.dispatchEvent(e))); e.initEvent('z'); log(e.type);
      guard('none', () => new Event()); guard('kind', () => new Event('x', 3)); guard('again', () => { t.addEventListener('q', (v) => t.dispatchEvent(v)); t.dispatchEvent(new Event('q')); });`,
    'handlers by attribute keep their place': `const c = new AbortController(); c.signal.onabort = () => log('first'); c.signal.addEventListener('abort', () => log('second')); c.signal.onabort = () => log('first, changed'); log(typeof c.signal.onabort); c.abort(); log(String(c.signal.onabort === null));`,
    'a signal takes listeners away': `const c = new AbortController(); const t = new EventTarget(); t.addEventListener('x', f[0], { signal: c.signal }); t.addEventListener('x', f[1], { signal: AbortSignal.abort() }); t.dispatchEvent(new Event('x')); c.abort(); t.dispatchEvent(new Event('x'));`,
    'stopping does not keep the platform from hearing an abort': `const c = new AbortController(); c.signal.addEventListener('abort', (e) => { e.stopImmediatePropagation(); log('stopped'); }); c.signal.addEventListener('abort', () => log('never')); settle('once', once(new EventEmitter(), 'a', { signal: c.signal })); c.abort();`,
    'any follows through others, in order': `const [a, b] = [new AbortController(), new AbortController()]; const one = AbortSignal.any([a.signal, b.signal]); const two = AbortSignal.any([one]); one.onabort = () => log('one ' + two.aborted); two.onabort = () => log('two ' + one.reason); a.signal.onabort = () => log('a ' + one.aborted); a.abort(7); b.abort(8); log(two.reason + ' ' + AbortSignal.any([]).aborted); guard('x', () => AbortSignal.any(3));`,
    'iteration ends on close events, and holds what has come': `const e = new EventEmitter(); const it = on(e, 'a', { close: ['end'] }); e.emit('a', 1); e.emit('a', 2); e.emit('end'); (async () => { for await (const v of it) log(show(v)); log('over ' + e.listenerCount('a') + e.listenerCount('error')); })();`,
    'iteration with water marks pauses its source': `const e = Object.assign(new EventEmitter(), { pause() { log('pause'); }, resume() { log('resume'); } }); const it = on(e, 'a', { highWaterMark: 2, lowWaterMark: 1 }); for (let n = 0; n < 4; n++) e.emit('a', n); (async () => { for (let n = 0; n < 4; n++) log(show((await it.next()).value)); })();`,
    'addAbortListener': `const c = new AbortController(); const { addAbortListener } = require('events'); const d = addAbortListener(c.signal, () => log('first')); addAbortListener(c.signal, () => log('second')); d[Symbol.dispose]?.(); c.abort(); addAbortListener(c.signal, () => log('late')); log('sync');`,
    'timers/promises': `const { setTimeout: sleep, setImmediate: soon, scheduler } = require('timers/promises'); const c = new AbortController(); settle('a', sleep(1, 'value', { signal: c.signal })); settle('b', sleep(1, 'kept')); c.abort('why'); settle('c', sleep(1, 1, { signal: c.signal })); settle('d', sleep('x')); settle('e', sleep(1, 1, 3)); settle('f', soon(1, { signal: 3 })); settle('g', scheduler.wait(2));`,
    'an interval to iterate over': `const { setInterval: every } = require('timers/promises'); (async () => { let n = 0; for await (const v of every(1, 'v')) { log(v + n); if (++n === 3) break; } log('over'); const c = new AbortController(); try { for await (const v of every(1, 'w', { signal: c.signal })) { log(v); c.abort(); } } catch (error) { log(show(error)); } })();`,
    'AbortSignal.timeout': `const s = AbortSignal.timeout(1); s.onabort = () => log('timeout ' + show(s.reason)); require('timers/promises').setTimeout(5).then(() => log('later ' + s.aborted)); guard('x', () => AbortSignal.timeout('x'));`,
  };
  const names = Object.keys(programs);
  const texts = names.map((name) => `${prelude}\n${programs[name]}`);
  const native = runNatively(texts);
  const simulated = runSimulated(texts);
  names.forEach((name, index) => it(name, () => {
    expect(native[index]!.length).toBeGreaterThan(0);
    expect(simulated[index]).toEqual(native[index]);
  }));
});

import { describe, expect, it } from 'vitest';
import { runNatively } from '../native-run.js';
import { runSimulated } from '../simulated-run.js';

const prelude = `
const { AsyncLocalStorage, AsyncResource } = require('async_hooks');
const als = new AsyncLocalStorage(), other = new AsyncLocalStorage();
const say = (...values) => log(values.map((v) => v instanceof Error ? v.name + ' ' + v.code : String(v)).join(' '));
const here = (label) => say(label, als.getStore(), other.getStore());
const turn = () => new Promise((resolve) => setImmediate(resolve));
`;

const programs: Readonly<Record<string, string>> = {
  'run, and what comes after it': `here(0); say(als.run('a', (x, y) => { here(1); other.run('b', () => here(2)); als.run('c', () => here(3)); here(4); return x + y; }, 1, 2)); here(5);`,
  'an error leaves run': `try { als.run('a', () => { throw new TypeError(); }); } catch (e) { say(e); } here('after');`,
  'promise jobs and awaits': `als.run('a', async () => { here(1); await null; here(2); await turn(); here(3); Promise.resolve().then(() => here(4)); }); Promise.resolve().then(() => here('outside'));`,
  'then is bound where it is called': `let resolve; const p = new Promise((r) => { resolve = r; }); als.run('a', () => p.then(() => here('a'))); als.run('b', () => p.then(() => here('b'))); p.then(() => here('none')); als.run('c', () => resolve());`,
  'two requests do not mix': `const serve = (id) => als.run(id, async () => { for (let n = 0; n < 3; n++) { await turn(); here(id); await null; here(id); } }); serve('x'); serve('y');`,
  'timers, ticks, microtasks': `als.run('a', () => { setImmediate(() => { here('immediate'); process.nextTick(() => here('tick')); queueMicrotask(() => here('micro')); }); process.nextTick(() => here('tick')); queueMicrotask(() => here('micro')); }); setImmediate(() => here('outside'));`,
  'a timer and an interval': `als.run('a', () => setTimeout(() => here('timer'), 1)); setTimeout(() => here('outside'), 1);`,
  'enterWith': `(async () => { als.enterWith('a'); here(1); await null; here(2); als.enterWith('b'); await turn(); here(3); })(); here('caller'); als.enterWith('c'); here('caller'); process.nextTick(() => here('tick')); setImmediate(() => here('immediate'));`,
  'enterWith inside run ends with it': `als.run('a', () => { als.enterWith('b'); here(1); }); here(2);`,
  'enterWith in a callee is seen after its first await only there': `const f = async () => { await null; als.enterWith('inner'); here('f'); }; (async () => { als.enterWith('outer'); await f(); here('after'); })();`,
  'exit': `als.run('a', () => { als.exit(() => { here(1); setImmediate(() => here('later')); }); here(2); other.run('o', () => als.exit(() => here(3))); });`,
  'disable': `als.run('a', () => { als.disable(); here(1); process.nextTick(() => here('tick')); als.run('b', () => here(2)); });`,
  'listeners run where they are called from': `const { EventEmitter } = require('events'); const e = new EventEmitter(); als.run('a', () => e.on('x', () => here('listener'))); e.emit('x'); als.run('b', () => e.emit('x'));`,
  'AsyncResource': `const r = als.run('a', () => new AsyncResource('R')); als.run('b', () => { say(r.runInAsyncScope(function (x) { here(this.n + x); return 5; }, { n: 1 }, 2)); here('b'); }); r.runInAsyncScope(() => setImmediate(() => here('later'))); const f = r.bind((x, y) => here(x + y)); f(1, 2); say(f.length); try { new AsyncResource(); } catch (e) { say(e); } say(r.emitDestroy() === r);`,
  'bind and snapshot': `const f = als.run('a', () => AsyncLocalStorage.bind((x) => here(x))), s = als.run('b', () => AsyncLocalStorage.snapshot()), g = als.run('c', () => AsyncResource.bind(function (x) { here(x); return this; })); f('bound'); s((x) => here(x), 'snapshot'); say(g.call('self', 'resource') == 'self'); als.run('d', () => { f(1); s(() => here(2)); here(3); }); try { AsyncLocalStorage.bind(5); } catch (e) { say(e); }`,
  'async generators': `async function* items() { here('gen'); yield 1; here('gen'); await turn(); here('gen'); yield 2; } als.run('a', async () => { for await (const x of items()) here(x); }); als.run('b', async () => { const it = items(); await it.next(); als.run('c', () => it.next()); });`,
  'combinators': `als.run('a', () => Promise.all([turn(), turn()]).then(() => here('all'))); als.run('b', () => Promise.race([turn()]).finally(() => here('race')));`,
  'thenables': `als.run('a', async () => { await { then(f) { here('then'); setImmediate(() => { here('later'); f(); }); } }; here('after'); });`,
  'streams': `const { Readable, Transform } = require('stream'); als.run('a', () => { const r = Readable.from([1, 2]); r.on('data', (x) => here('data ' + x)); r.on('end', () => here('end')); }); als.run('b', async () => { for await (const x of Readable.from([1])) here('item'); });`,
  'messages': `const { port1, port2 } = als.run('ports', () => new MessageChannel()); als.run('listener', () => port2.on('message', () => { here('message'); port1.close(); })); als.run('sender', () => port1.postMessage(1));`,
  'abort signals': `const c = new AbortController(); als.run('a', () => c.signal.addEventListener('abort', () => here('aborted'))); als.run('b', () => c.abort());`,
  'once of events': `const { EventEmitter, once } = require('events'); const e = new EventEmitter(); als.run('a', async () => { await once(e, 'x'); here('once'); }); als.run('b', () => e.emit('x'));`,
  'a falsy store, the same store': `als.run(undefined, () => here(1)); als.run(0, () => als.run(0, () => { als.enterWith(1); here(2); })); als.run(0, () => { als.run(0, () => als.enterWith(5)); here(3); });`,
};

describe('async_hooks carries what Node carries', () => {
  const names = Object.keys(programs);
  const texts = names.map((name) => `${prelude}\n${programs[name]}`);
  const native = runNatively(texts, 5);
  const simulated = runSimulated(texts);
  names.forEach((name, index) => it(name, () => {
    expect(native[index]!.length).toBeGreaterThan(0);
    expect(simulated[index]).toEqual(native[index]);
  }));
});

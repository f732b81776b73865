import { describe, expect, it } from 'vitest';
import { createAsyncHelpers, disposalSymbols, suppressedError } from '../../src/simulator/runtime/async.js';
import { EventLoop } from '../../src/simulator/runtime/loop.js';
import { createPromise } from '../../src/simulator/runtime/promise.js';
import { lower, simulatedWorld } from './simulated-run.js';

/** Runs a program as one task to its end, beside a row of ticks that are logged as numbers. */
function run(program: string, more: Record<string, unknown> = {}): string[] {
  const { loop, names } = simulatedWorld();
  const lines: string[] = [];
  const scope: Record<string, unknown> = { ...names, log: (line: unknown) => lines.push(String(line)), ...disposalSymbols, ...more };
  const ticks = 'let row = Promise.resolve(); for (let i = 1; i <= 6; i++) row = row.then(() => log(i));';
  const body = new Function(...Object.keys(scope), lower(`${program}\n${ticks}`)) as (...args: unknown[]) => void;
  loop.reset();
  loop.addTask({ task: 'main', label: '', fire: () => body(...Object.values(scope)) });
  while (loop.enabled().length > 0) loop.fire(loop.enabled()[0]!);
  return lines;
}

/** What was logged before the given tick. */
const before = (lines: string[], entry: string): number => Number(lines.slice(0, lines.indexOf(entry)).filter((line) => /^\d$/.test(line)).pop() ?? 0);

describe('Promise, beyond what Node 20 has', () => {
  it('withResolvers and try', () => {
    const lines = run(`
      const { promise, resolve } = Promise.withResolvers(); promise.then((v) => log('resolved ' + v)); resolve(1);
      Promise.try((a, b) => a + b, 2, 3).then((v) => log('tried ' + v)); Promise.try(() => { throw 4; }).catch((e) => log('caught ' + e));`);
    expect(lines.filter((line) => !/^\d$/.test(line)).sort()).toEqual(['caught 4', 'resolved 1', 'tried 5']);
  });
});

describe('what the host sees of promises', () => {
  it('a value that stands for a promise counts as native: one tick to await, three to return', () => {
    const loop = new EventLoop();
    const opaque = { external: true, then: () => { throw new Error('must not be called'); } };
    const { Promise, core } = createPromise(loop, { isExternal: (value) => (value === opaque ? stood : undefined) });
    const stood = core.create();
    const { __awaiter } = createAsyncHelpers(loop, core);
    const lines: string[] = [];
    loop.reset();
    loop.addTask({ task: 'a', label: '', fire: () => {
      core.resolve(stood, 'value');
      void __awaiter(undefined, [], undefined, function* () { lines.push(`awaited ${String(yield opaque)}`); });
      void __awaiter(undefined, [], undefined, function* () { if (lines.length > 99) yield; return opaque; }).then((value) => lines.push(`returned ${String(value)}`));
      let row: Promise<unknown> = Promise.resolve();
      for (let i = 1; i <= 4; i++) row = row.then(() => lines.push(String(i)));
      expect(Promise.resolve(opaque)).toBe(stood);
    } });
    loop.fire(loop.enabled()[0]!);
    expect(lines).toEqual(['awaited value', '1', '2', 'returned value', '3', '4']);
  });

  it('peeks at states without handling anything', () => {
    const { loop, core } = simulatedWorld();
    loop.reset();
    loop.addTask({ task: 'a', label: '', fire: () => {
      const promise = core.create();
      expect(core.state(promise)).toBe('pending');
      core.reject(promise, 3);
      expect([core.state(promise), core.result(promise)]).toEqual(['rejected', 3]);
      const quiet = core.create();
      core.markHandled(quiet);
      core.reject(quiet, 4);
    } });
    loop.fire(loop.enabled()[0]!);
    expect(loop.errors.map((error) => error.reason)).toEqual([3]);
    expect(core.isPromise(Object.create(Object.getPrototypeOf(core.create()) as object))).toBe(false);
  });

  it('suspensions are told with a token that comes back at the resume, in the right task', () => {
    const loop = new EventLoop();
    const { core } = createPromise(loop);
    const told: string[] = [];
    let next = 0;
    const helpers = createAsyncHelpers(loop, core, { onSuspend: (awaited) => { told.push(`${loop.task} waits for ${String(awaited)}`); return ++next; }, onResume: (token) => told.push(`${loop.task} resumes ${String(token)}`) });
    loop.reset();
    for (const task of ['a', 'b']) loop.addTask({ task, label: '', fire: () => void helpers.__awaiter(undefined, [], undefined, function* () { yield task; }) });
    for (let event = loop.enabled()[0]; event; event = loop.enabled()[0]) loop.fire(event);
    expect(told).toEqual(['a waits for a', 'a resumes 1', 'b waits for b', 'b resumes 2']);
  });
});

describe('using and await using (ECMA-262, DisposeResources)', () => {
  const prelude = `const res = (name, fail) => ({ [dispose]() { log('dispose ' + name); if (fail) throw name; }, async [asyncDispose]() { log('async ' + name); if (fail) throw name; } });`;
  const withSymbols = (program: string) => run(`${prelude}\n${program}`, { SuppressedError: suppressedError() });

  it('disposes in reverse, after the block, and a sync scope takes no tick', () => {
    expect(withSymbols(`(async () => { { using a = res('a'); using b = res('b'); log('block'); } log('after'); })();`).slice(0, 4)).toEqual(['block', 'dispose b', 'dispose a', 'after']);
  });

  it('each async disposal is one await of what it gave', () => {
    const lines = withSymbols(`(async () => { { await using a = res('a'); await using b = res('b'); } log('after'); })();`);
    expect([before(lines, 'async b'), before(lines, 'async a'), before(lines, 'after')]).toEqual([0, 0, 1]);
    expect(lines.indexOf('async a')).toBeLessThan(lines.indexOf('1'));
  });

  it('await using of null still takes one tick, once', () => {
    const lines = withSymbols(`(async () => { { await using a = null; await using b = undefined; } log('after'); })();`);
    expect(lines.slice(0, 2)).toEqual(['after', '1']);
    expect(withSymbols(`(async () => { { using a = null; } log('after'); })();`)[0]).toBe('after');
  });

  it('a sync method stands in for an async one, and its result is not awaited', () => {
    const lines = withSymbols(`(async () => { { await using a = { [dispose]() { log('dispose'); return new Promise(() => {}); } }; } log('after'); })();`);
    expect(lines.slice(0, 3)).toEqual(['dispose', 'after', '1']);
  });

  it('later errors suppress earlier ones', () => {
    const lines = withSymbols(`(async () => { try { await using a = res('a', true); using b = res('b', true); throw 'body'; } catch (e) { log([e.name, e.error, e.suppressed.error, e.suppressed.suppressed].join()); } })();`);
    expect(lines).toContain('SuppressedError,a,b,body');
  });

  it('what cannot be disposed of is refused at its declaration', () => {
    expect(withSymbols(`(async () => { try { using a = {}; log('never'); } catch (e) { log(e.name); } })();`)[0]).toBe('TypeError');
  });
});

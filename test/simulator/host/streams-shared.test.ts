import { describe, expect, it } from 'vitest';
import { closeRace } from '../../../src/proof/index.js';
import { randomNumbers } from '../../../src/simulator/explore/index.js';
import { RaceSession } from '../../../src/simulator/race.js';
import type { Subject } from '../../../src/simulator/runtime/runner.js';

/** What a scenario's `log` holds at the end of each execution; every single one, and one of each class, must say the same. */
function logs(tasks: string, setUp: string): { readonly found: string[]; readonly executions: number } {
  const text = `import { scenario } from 'raceproof'; import { Readable, Writable, Transform, PassThrough, finished } from 'node:stream'; import { pipeline } from 'node:stream/promises';
    export default scenario(() => { const log: unknown[] = []; const turn = () => new Promise((resolve) => setTimeout(resolve, 1)); ${setUp} return { tasks: { ${tasks} }, observe: () => ({ log }) }; });`;
  const { race } = closeRace({ file: 'main.race.ts', text }, () => undefined);
  const subject = (0, eval)(race.program.code) as Subject;
  const explored = (strategy: 'naive' | 'optimal') => {
    const { exhaustive, failure, outcomes, executions } = new RaceSession(race, subject).explore({ strategy, maxExecutions: 20_000, maxMilliseconds: 60_000, stopAtFirst: false });
    expect({ failure, exhaustive }).toEqual({ failure: undefined, exhaustive: true });
    return { found: outcomes.map(({ outcome }) => outcome.state['log']!).sort(), executions };
  };
  const optimal = explored('optimal');
  expect(explored('naive').found).toEqual(optimal.found);
  return optimal;
}

describe('tasks that share a stream are dependent', () => {
  it('writes of two tasks', () => {
    expect(logs(`a: () => { w.write(1); w.write(2); }, b: () => { w.write(3); }`, `const w = new Writable({ objectMode: true, write(c, _e, f) { log.push(c); setImmediate(f); } });`).found).toEqual(['[1, 2, 3]', '[3, 1, 2]']);
  });

  it('whether a write is told to wait', () => {
    expect(logs(`a: () => { log.push('a ' + w.write('xx')); }, b: () => { log.push('b ' + w.write('xx')); }`, `const w = new Writable({ highWaterMark: 3, write(_c, _e, f) { setImmediate(f); } });`).found).toEqual(['["a true", "b false"]', '["a true", "b true"]', '["b true", "a false"]', '["b true", "a true"]']);
  });

  it('a callback that comes in a later turn', () => {
    expect(logs(`a: async () => { w.write(1); await turn(); done!(); }, b: async () => { await turn(); log.push(w.writableLength); }`, `let done: undefined | (() => void); const w = new Writable({ objectMode: true, write(_c, _e, f) { done = f; } });`).found).toEqual(['[0]', '[1]']);
  });

  it('what is pushed is there or not when somebody reads', () => {
    expect(logs(`a: () => { r.push('x'); }, b: () => { log.push(String(r.read())); }`, `const r = new Readable({ read() {} });`).found).toEqual(['["null"]', '["x"]']);
  });

  it('write after end', () => {
    expect(logs(`a: () => { w.end(); }, b: () => { w.write('x', (e) => { log.push(e ? e.code : 'written'); }); }`, `const w = new Writable({ write(_c, _e, f) { f(); } }); w.on('error', () => 0);`).found).toEqual(['["ERR_STREAM_WRITE_AFTER_END"]', '["written"]']);
  });

  it('destroy while it is read', () => {
    expect(logs(`a: async () => { try { for await (const x of r) log.push(x); log.push('end'); } catch (e) { log.push(e.code); } }, b: () => { r.destroy(); }`, `let n = 0; const r = new Readable({ objectMode: true, read() { setTimeout(() => { if (!r.destroyed) r.push(n < 2 ? n++ : null); }, 1); } });`).found).toEqual(['["ERR_STREAM_PREMATURE_CLOSE"]', '[0, "ERR_STREAM_PREMATURE_CLOSE"]', '[0, 1, "ERR_STREAM_PREMATURE_CLOSE"]', '[0, 1, "end"]']);
  });

  it('two pipes into one', () => {
    expect(logs(`a: async () => { await turn(); one.push('a'); }, b: async () => { await turn(); two.push('b'); }`, `const one = new Readable({ objectMode: true, read() {} }), two = new Readable({ objectMode: true, read() {} }); const w = new Writable({ objectMode: true, write(c, _e, f) { log.push(c); f(); } }); one.pipe(w); two.pipe(w);`).found).toEqual(['["a", "b"]', '["b", "a"]']);
  });

  it('a state that is read directly', () => {
    expect(logs(`a: () => { p.write('x'); }, b: () => { log.push(p.writableLength + p.readableLength, p._readableState.length); }`, `const p = new PassThrough() as any;`).found).toEqual(['[0, 0]', '[1, 1]']);
  });

  it('a pipeline that another task aborts', () => {
    expect(logs(`a: async () => { try { await pipeline(r, w, { signal: c.signal }); log.push('done'); } catch (e) { log.push(e.name); } }, b: () => { c.abort(); }`, `const c = new AbortController(); let n = 0; const r = new Readable({ objectMode: true, read() { setTimeout(() => { if (!r.destroyed) r.push(n < 1 ? n++ : null); }, 1); } }); const w = new Writable({ objectMode: true, write(x, _e, f) { log.push(x); f(); } });`).found).toEqual(['["AbortError"]', '[0, "AbortError"]', '[0, "done"]']);
  });
});

it('tasks with streams of their own are independent', () => {
  expect(logs(`a: () => { a.write('x'); }, b: () => { b.write('x'); b.end(); }, c: () => { c.push('x'); }`, `const [a, b, c] = [new PassThrough(), new PassThrough(), new Readable({ read() {} })];`).executions).toBe(1);
});

describe('random tasks over shared streams', () => {
  const actions = ['w.write(1)', 'w.write(2, () => { log.push("written"); })', 'w.end()', 'r.push(1)', 'r.push(null)', 'log.push(String(r.read()))', 'r.pipe(w)', 'r.unpipe(w)', 'r.pause()', 'r.resume()', 'w.destroy()', 'r.destroy(new Error("x"))', 'log.push(w.writableLength, r.readableFlowing, w.destroyed)', 'w.cork()', 'w.uncork()', 'r.on("data", (x) => { log.push("data " + x); })', 'finished(w, () => { log.push("w over"); })', 'done?.()', 't.write(3)', 't.pipe(w)', 't.on("data", (x) => { log.push("t " + x); })', 't.end()'];
  it.each(Array.from({ length: 30 }, (_, index) => index + 1))('seed %i', (seed) => {
    const random = randomNumbers(seed);
    const pick = (): string => actions[Math.floor(random() * actions.length)]!;
    const tasks = ['a', 'b'].map((name) => `${name}: async () => { ${pick()}; ${pick()}; await turn(); ${pick()}; }`).join(', ');
    const setUp = `let done: undefined | (() => void); const w = new Writable({ objectMode: true, highWaterMark: 1, write(c, _e, f) { log.push(c); done = f; } }); const r = new Readable({ objectMode: true, read() {} });
      const t = new Transform({ objectMode: true, transform(c, _e, f) { f(null, c * 2); } }); for (const [name, s] of Object.entries({ r, w, t })) for (const type of ['error', 'close', 'end', 'finish', 'drain']) s.on(type, () => { log.push(name + ' ' + type); });`;
    expect(logs(tasks, setUp).found.length).toBeGreaterThan(0);
  });
});

describe('Buffers that tasks share', () => {
  it('a slice is the same memory', () => {
    expect(logs(`a: () => { part[0] = 65; }, b: () => { log.push(whole.toString()); }`, `const whole = Buffer.from('xyz'), part = whole.subarray(1);`).found).toEqual(['["xAz"]', '["xyz"]']);
  });

  it('methods read and write it', () => {
    for (const [write, read] of [['whole.write("A", 1)', 'whole[1]'], ['whole.fill(65)', 'whole.readUInt8(1)'], ['whole.set([65], 1)', 'whole.indexOf(65)'], ['Buffer.from("A").copy(whole, 1)', 'whole.equals(Buffer.from("xAzw"))'], ['whole.writeInt8(65, 1)', '[...whole].join()'], ['whole.reverse()', 'whole.at(0)'], ['whole.swap16()', 'Buffer.concat([whole]).toString()']]) {
      expect(logs(`a: () => { ${write}; }, b: () => { log.push(${read}); }`, `const whole = Buffer.from('xyzw');`).found, `${write} ${read}`).toHaveLength(2);
    }
  });

  it('Buffers of their own are independent', () => {
    expect(logs(`a: () => { a.write('x'); Buffer.from('abc'); }, b: () => { b.fill(0); Buffer.concat([b, b]).toString(); }`, `const a = Buffer.alloc(3), b = Buffer.alloc(3);`).executions).toBe(1);
  });

  it('memory that was used shows what it held, and whose it was depends on the order', () => {
    const setUp = `Buffer.poolSize = 64; const use = (text: string) => { for (let n = 0; n < 4; n++) Buffer.from(text); }; `;
    expect(logs(`a: () => { use('secret-secret-'); }, b: () => { use('public'); log.push(Buffer.allocUnsafe(14).toString('latin1').includes('secret')); }`, setUp).found).toEqual(['[false]', '[true]']);
  });
});

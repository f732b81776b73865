import { describe, expect, it } from 'vitest';
import { closeRace } from '../../../src/proof/index.js';
import { RaceSession } from '../../../src/simulator/race.js';
import type { Subject } from '../../../src/simulator/runtime/runner.js';
import { explored, scenario } from './scenario-logs.js';

/** What is told of a scenario, the most important first; every single execution must tell the same kinds. */
function problems(files: Readonly<Record<string, string>>): string[] {
  const { race } = closeRace({ file: 'main.race.ts', text: files['main.race.ts']! }, (file) => (files[file] === undefined ? undefined : { kind: 'file', text: files[file] }));
  const subject = (0, eval)(race.program.code) as Subject;
  const told = (strategy: 'naive' | 'optimal'): readonly { readonly kind: string; readonly message: string }[] => {
    const { exhaustive, failure, problems: found } = new RaceSession(race, subject).explore({ strategy, maxExecutions: 50_000, maxMilliseconds: 60_000, stopAtFirst: false });
    expect({ failure, exhaustive }).toEqual({ failure: undefined, exhaustive: true });
    return found;
  };
  const found = told('optimal');
  expect(told('naive').map(({ kind }) => kind)).toEqual(found.map(({ kind }) => kind));
  return found.map(({ kind, message }) => `${kind}: ${message}`);
}

const one = (tasks: string, setUp = ''): Record<string, string> => ({ 'main.race.ts': scenario(tasks, setUp) });
const counter = (enter: string): Record<string, string> => one(`a: add, b: add`, `let count = 0; const pause = () => new Promise((resolve) => setImmediate(resolve)); const work = async () => { const seen = count; await pause(); count = seen + 1; log.push(count); }; const add = async () => { ${enter} };`);
const shared = `const x = new Int32Array(new SharedArrayBuffer(4));`;
const order = (first: string, second: string): string => `async () => { await navigator.locks.request('${first}', () => navigator.locks.request('${second}', () => undefined)); }`;

describe('locks of one thread', () => {
  it('keep a counter whole, which is torn without them', () => {
    expect(explored(counter('await work();')).logs).toEqual(['[1, 1]', '[1, 2]']);
    expect(explored(counter(`await navigator.locks.request('count', work);`)).logs).toEqual(['[1, 2]']);
    expect(explored(counter(`await navigator.locks.request('count', { mode: 'shared' }, work);`)).logs).toEqual(['[1, 1]', '[1, 2]']);
  });

  it('are had by whoever asks first, who goes on before the next has it', () => {
    const task = (name: string): string => `${name}: async () => { await navigator.locks.request('l', () => { log.push('${name}'); }); log.push('${name} after'); }`;
    expect(explored(one(`${task('a')}, ${task('b')}`)).logs).toEqual(['["a", "a after", "b", "b after"]', '["b", "b after", "a", "a after"]']);
  });

  it('are given up by a signal or had, and stolen or kept', () => {
    const setUp = `const control = new AbortController();`;
    expect(explored(one(`a: async () => { try { await navigator.locks.request('l', { signal: control.signal }, () => { log.push('had'); }); } catch (error) { log.push(error.name); } }, b: async () => { control.abort(); }`, setUp)).logs).toEqual(['["AbortError"]', '["had"]']);
    const pause = `const pause = () => new Promise((resolve) => setImmediate(resolve));`;
    expect(explored(one(`a: async () => { try { log.push(await navigator.locks.request('l', async () => { await pause(); return 'kept'; })); } catch (error) { log.push(error.name); } }, b: async () => { await navigator.locks.request('l', { steal: true }, () => { log.push('b'); }); }`, pause)).logs).toEqual(['["AbortError", "b"]', '["b", "kept"]', '["kept", "b"]']);
  });

  it('are seen by a query as they are at that time', () => {
    expect(explored(one(`a: async () => { await navigator.locks.request('l', () => undefined); }, b: async () => { const { held, pending } = await navigator.locks.query(); log.push(held.length + pending.length); }`)).logs).toEqual(['[0]', '[1]']);
  });

  it('in opposite orders are a deadlock, told with both holds; in one order they are none', () => {
    expect(problems(one(`alice: ${order('orders', 'stock')}, bob: ${order('stock', 'orders')}`))).toEqual([
      expect.stringMatching(/^deadlock: (?:alice holds lock orders \(acquired in step \d+\) and waits for lock stock, which bob holds \(step \d+\) and waits for lock orders|bob holds lock stock \(acquired in step \d+\) and waits for lock orders, which alice holds \(step \d+\) and waits for lock stock)$/),
    ]);
    expect(problems(one(`alice: ${order('orders', 'stock')}, bob: ${order('orders', 'stock')}`))).toEqual([]);
  });

  it('asked for again by who holds them hang', () => {
    expect(problems(one(`alice: ${order('orders', 'orders')}`))).toEqual([expect.stringMatching(/^deadlock: alice waits for lock orders, which alice itself holds \(acquired in step \d+\)$/)]);
    expect(problems(one(`alice: async () => { await navigator.locks.request('orders', { mode: 'shared' }, () => navigator.locks.request('orders', { mode: 'shared' }, () => undefined)); }`))).toEqual([]);
  });

  it('may be kept for good, as by who is elected', () => {
    expect(problems(one(`a: async () => { void navigator.locks.request('leader', () => new Promise(() => undefined)); }, b: async () => { void navigator.locks.request('leader', () => new Promise(() => undefined)); }`))).toEqual([]);
  });
});

describe('locks of several threads', () => {
  it('keep shared memory whole, and order plain accesses', () => {
    const task = (body: string): string => `agent(async () => { ${body} })`;
    const locked = task(`await navigator.locks.request('x', () => { x[0] = x[0] + 1; });`);
    const open = task(`x[0] = x[0] + 1;`);
    const files = (each: string): Record<string, string> => ({ 'main.race.ts': `import { scenario, agent } from 'raceproof'; export default scenario(() => { ${shared} return { tasks: { a: ${each}, b: ${each} }, invariant: () => x[0] === 2 }; });` });
    expect(problems(files(locked))).toEqual([]);
    expect(problems(files(open)).map((problem) => problem.replace(/:.*/s, ''))).toEqual(['invariant', 'data-race']);
  });

  it('in opposite orders are a deadlock between a task and an agent', () => {
    expect(problems({ 'main.race.ts': `import { scenario, agent } from 'raceproof'; export default scenario(() => ({ tasks: { alice: ${order('a', 'b')}, bob: agent(${order('b', 'a')}) } }));` })).toEqual([expect.stringMatching(/^deadlock: \w+ holds lock \w \(acquired in step \d+\) and waits for lock \w, which \w+ holds \(step \d+\) and waits for lock \w$/)]);
  });

  it('are shared with workers, and free again some time after one was ended', () => {
    const files = {
      'main.race.ts': `import { scenario } from 'raceproof'; import { Worker } from 'node:worker_threads';
        export default scenario(() => { const log: unknown[] = []; return { tasks: { main: async () => {
          const worker = new Worker('./worker.ts');
          await new Promise((resolve) => worker.on('message', resolve));
          await navigator.locks.request('l', { ifAvailable: true }, (lock) => { log.push(lock === null ? 'taken' : 'free'); });
          await worker.terminate();
          await navigator.locks.request('l', { ifAvailable: true }, (lock) => { log.push(lock === null ? 'still taken' : 'free again'); });
          await navigator.locks.request('l', () => { log.push('had'); });
        } }, observe: () => ({ log }) }; });`,
      'worker.ts': `import { parentPort } from 'node:worker_threads'; void navigator.locks.request('l', () => { parentPort!.postMessage('held'); return new Promise(() => undefined); });`,
    };
    expect(explored(files).logs).toEqual(['["taken", "free again", "had"]', '["taken", "still taken", "had"]']);
  });

  it('are a process\'s own', () => {
    const files = {
      'main.race.ts': `import { scenario } from 'raceproof'; import { fork } from 'node:child_process';
        export default scenario(() => { const log: unknown[] = []; return { tasks: { main: async () => { await navigator.locks.request('l', async () => { const child = fork('./child.ts'); await new Promise((resolve) => child.on('message', (message) => { log.push(message); resolve(message); })); child.disconnect(); }); } }, observe: () => ({ log }) }; });`,
      'child.ts': `void navigator.locks.request('l', async () => { const { held } = await navigator.locks.query(); process.send!(held.length); });`,
    };
    expect(explored(files, 0).logs).toEqual(['[1]']);
  });
});

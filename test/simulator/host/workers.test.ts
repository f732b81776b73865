import { describe, expect, it } from 'vitest';
import { closeRace } from '../../../src/proof/index.js';
import { RaceSession } from '../../../src/simulator/race.js';
import type { Subject } from '../../../src/simulator/runtime/runner.js';

/** What a scenario's `log` holds at the end of each execution; every single one, and one of each class, must say the same. */
function logs(files: Readonly<Record<string, string>>): string[] {
  const { race } = closeRace({ file: 'main.race.ts', text: files['main.race.ts']! }, (file) => (files[file] === undefined ? undefined : { kind: 'file', text: files[file] }));
  const subject = (0, eval)(race.program.code) as Subject;
  const explored = (strategy: 'naive' | 'optimal'): string[] => {
    const { exhaustive, failure, outcomes } = new RaceSession(race, subject).explore({ strategy, maxExecutions: 20_000, maxMilliseconds: 60_000, stopAtFirst: false });
    expect({ failure, exhaustive }).toEqual({ failure: undefined, exhaustive: true });
    return outcomes.map(({ outcome }) => outcome.state['log']!).sort();
  };
  const found = explored('optimal');
  expect(explored('naive')).toEqual(found);
  return found;
}

function problems(files: Readonly<Record<string, string>>): string[] {
  const { race } = closeRace({ file: 'main.race.ts', text: files['main.race.ts']! }, (file) => (files[file] === undefined ? undefined : { kind: 'file', text: files[file] }));
  return new RaceSession(race, (0, eval)(race.program.code) as Subject).explore({ strategy: 'optimal', maxExecutions: 20_000, maxMilliseconds: 60_000, stopAtFirst: false }).problems.map(({ kind }) => kind);
}

const scenario = (tasks: string, setUp = '') => `import { scenario, agent } from 'raceproof'; import { Worker } from 'node:worker_threads';
  export default scenario(() => { const log: unknown[] = []; ${setUp} return { tasks: { ${tasks} }, observe: () => ({ log }) }; });`;

describe('channels between agents', () => {
  it('a port keeps the order of each sender', () => {
    expect(logs({ 'main.race.ts': scenario(`a: agent(() => { port1.postMessage(1); port1.postMessage(2); }), b: agent(() => port1.postMessage(3))`, `const { port1, port2 } = new MessageChannel(); port2.on('message', (v) => { log.push(v); });`) }))
      .toEqual(['[1, 2, 3]', '[1, 3, 2]', '[3, 1, 2]']);
  });

  it('two ports stand in no order', () => {
    const setUp = `const one = new MessageChannel(), two = new MessageChannel(); one.port2.on('message', (v) => { log.push(v); }); two.port2.on('message', (v) => { log.push(v); });`;
    expect(logs({ 'main.race.ts': scenario(`a: agent(() => { one.port1.postMessage(1); two.port1.postMessage(2); })`, setUp) })).toEqual(['[1, 2]', '[2, 1]']);
  });

  it('a message is a copy, taken when it is sent; shared memory is not', () => {
    const setUp = `const { port1, port2 } = new MessageChannel(); port2.on('message', (v) => { log.push(v.plain[0], v.shared[0]); });`;
    expect(logs({ 'main.race.ts': scenario(`a: agent(() => { const v = { plain: [1], shared: new Int32Array(new SharedArrayBuffer(4)) }; port1.postMessage(v); v.plain[0] = 2; v.shared[0] = 5; })`, setUp) })).toEqual(['[1, 0]', '[1, 5]']);
  });
});

describe('workers', () => {
  it('have heaps of their own, their data, and shared memory; they end once nobody listens', () => {
    const main = scenario(`main: () => new Promise<void>((resolve) => {
      const memory = new Int32Array(new SharedArrayBuffer(8));
      const worker = new Worker(new URL('./echo.ts', import.meta.url), { workerData: { hello: 'x', memory } });
      worker.on('message', (m) => { log.push(m, Atomics.load(memory, 0)); worker.postMessage('stop'); });
      worker.on('exit', (code) => { log.push('exit ' + code); resolve(); });
      worker.postMessage(new Map([[1, [2]]]));
    })`);
    const echo = `import { parentPort, workerData, isMainThread, threadId } from 'node:worker_threads';
      parentPort!.on('message', (m) => { if (m === 'stop') return parentPort!.close(); Atomics.store(workerData.memory, 0, 42); parentPort!.postMessage([workerData.hello, isMainThread, threadId, m instanceof Map, m.get(1)]); });`;
    expect(logs({ 'main.race.ts': main, 'echo.ts': echo })).toEqual(['[["x", false, 1, true, [2]], 42, "exit 0"]']);
  });

  it('an error that nobody catches is told to who started it, behind what was sent before', () => {
    const main = scenario(`main: () => { const worker = new Worker('./boom.ts'); for (const type of ['online', 'exit', 'message']) worker.on(type, (v) => { log.push(type + ' ' + v); }); worker.on('error', (e) => { log.push(e.name + ' ' + (e instanceof TypeError)); }); }`);
    expect(logs({ 'main.race.ts': main, 'boom.ts': `import { parentPort } from 'node:worker_threads'; parentPort!.postMessage(1); throw new TypeError('boom');` })).toEqual(['["message 1", "online undefined", "TypeError true", "exit 1"]', '["online undefined", "message 1", "TypeError true", "exit 1"]']);
  });

  it('what a worker has done is done before its end is told, also to who asks late', () => {
    const main = `import { scenario } from 'raceproof'; import { once } from 'node:events'; import { Worker } from 'node:worker_threads';
      export default scenario(() => { const total = new Int32Array(new SharedArrayBuffer(4)); return { tasks: { main: async () => {
        const workers = [1, 2].map(() => new Worker('./add.ts', { workerData: total }));
        await Promise.all(workers.map((worker) => once(worker, 'exit')));
        return total[0];
      } } }; });`;
    expect(problems({ 'main.race.ts': main, 'add.ts': `import { workerData } from 'node:worker_threads'; Atomics.add(workerData, 0, 1);` })).toEqual([]);
    expect(problems({ 'main.race.ts': main, 'add.ts': `import { workerData } from 'node:worker_threads'; workerData[0] += 1;` })).toContain('data-race');
  });

  it('can be ended from outside, and by themselves', () => {
    const main = scenario(`main: async () => { const worker = new Worker('./endless.ts'); worker.on('message', async () => { log.push(await worker.terminate()); log.push(await worker.terminate()); }); }, other: () => { new Worker('./exit.ts').on('exit', (code) => { log.push('other ' + code); }); }`);
    const files = { 'main.race.ts': main, 'endless.ts': `import { parentPort } from 'node:worker_threads'; parentPort!.on('message', () => {}); parentPort!.postMessage('ready');`, 'exit.ts': `process.exit(3);` };
    expect(logs(files)).toEqual(['["other 3", 1, undefined]', '[1, undefined, "other 3"]']);
  });

  it('of the web: onmessage, self, and a broadcast', () => {
    const main = `import { scenario } from 'raceproof'; export default scenario(() => { const log: unknown[] = []; const all = new BroadcastChannel('x'); all.onmessage = (e) => { log.push('all ' + e.data); };
      return { tasks: { main: () => { const worker = new Worker(new URL('./web.ts', import.meta.url)); worker.onmessage = (e) => { log.push(e.data); }; worker.postMessage({ n: 20 }); } }, observe: () => ({ log }) }; });`;
    expect(logs({ 'main.race.ts': main, 'web.ts': `self.onmessage = (e) => { self.postMessage(e.data.n + 1); new BroadcastChannel('x').postMessage('told'); }; export {};` })).toEqual(['["all told", 21]', '[21, "all told"]']);
  });
});

describe('emitters that tasks share', () => {
  it('whether a listener is there in time depends on the order of the tasks', () => {
    const setUp = `const { EventEmitter, once } = require('events'); const e = new EventEmitter();`;
    expect(logs({ 'main.race.ts': scenario(`a: () => { e.once('x', (v) => { log.push('heard ' + v); }); }, b: () => { log.push(e.emit('x', 1)); }`, setUp) })).toEqual(['["heard 1", true]', '[false]']);
    expect(logs({ 'main.race.ts': scenario(`a: async () => { log.push('a ' + await once(e, 'x')); }, b: async () => { log.push('b ' + await once(e, 'x')); }, c: () => { e.emit('x', 1); }`, setUp) })).toEqual(['["a 1", "b 1"]', '["a 1"]', '["b 1", "a 1"]', '["b 1"]', '[]']);
  });

  it('a signal is seen as aborted or not', () => {
    expect(logs({ 'main.race.ts': scenario(`a: () => { log.push(controller.signal.aborted); controller.signal.onabort = () => { log.push('told'); }; }, b: () => { controller.abort(); }`, 'const controller = new AbortController();') })).toEqual(['[false, "told"]', '[true]']);
  });
});

describe('promises that tasks share', () => {
  it('those who wait go on in the order in which they began to', () => {
    const gate = `let open!: () => void; const gate = new Promise<void>((resolve) => { open = resolve; });`;
    expect(logs({ 'main.race.ts': scenario(`a: async () => { await gate; log.push('a'); }, b: async () => { await gate; log.push('b'); }, c: () => open()`, gate) })).toEqual(['["a", "b"]', '["b", "a"]']);
  });

  it('a reaction that is there before the promise settles runs in another turn than one that comes later', () => {
    const gate = `let open!: () => void; const gate = new Promise<void>((resolve) => { open = resolve; });`;
    expect(logs({ 'main.race.ts': scenario(`a: () => { gate.then(() => { log.push('a'); }); Promise.resolve().then(() => { log.push('b'); }); }, c: () => open()`, gate) })).toEqual(['["a", "b"]', '["b", "a"]']);
  });
});

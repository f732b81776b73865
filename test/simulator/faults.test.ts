import { describe, expect, it } from 'vitest';
import { closeRace } from '../../src/proof/index.js';
import { RaceSession } from '../../src/simulator/race.js';
import type { Subject } from '../../src/simulator/runtime/runner.js';
import type { RaceOptions } from '../../src/model/index.js';

/** Every log that a scenario file with faults may end with; all executions, and one of each class, must give the same. */
function logs(text: string, { faults = true, most = 20_000 } = {}): string[] {
  const { race } = closeRace({ file: 'main.race.ts', text }, () => undefined, { faults });
  const subject = (0, eval)(race.program.code) as Subject;
  const found = (strategy: RaceOptions['strategy']): string[] => {
    const { exhaustive, failure, outcomes } = new RaceSession(race, subject).explore({ strategy, maxExecutions: most, maxMilliseconds: 60_000, stopAtFirst: false });
    expect({ exhaustive, failure }).toEqual({ exhaustive: true, failure: undefined });
    return [...new Set(outcomes.map(({ outcome }) => outcome.state['log']!))].sort();
  };
  const optimal = found('optimal');
  expect(found('naive')).toEqual(optimal);
  return optimal;
}

const scenario = (tasks: string, setUp = '', options = ''): string => `import { scenario, agent } from 'raceproof'; import * as fs from 'node:fs'; import { append, load } from 'outside';
  export default scenario(() => { const log: unknown[] = []; ${setUp} return { tasks: { ${tasks} }, observe: () => ({ log }) }; }${options});`;
const told = (call: string): string => `async () => { try { await ${call}; log.push('done'); } catch (error) { log.push(error.message); } }`;

describe('faults', () => {
  it('are off unless asked for, by who runs the file or by the scenario', () => {
    expect(logs(scenario(`a: ${told('append(80)')}`), { faults: false })).toEqual(['["done"]']);
    expect(logs(scenario(`a: ${told('append(80)')}`))).toEqual(['["append(80) rejects"]', '["done"]']);
    expect(logs(scenario(`a: ${told('append(80)')}`, '', ', { faults: true }'), { faults: false })).toEqual(['["append(80) rejects"]', '["done"]']);
  });

  it('come once for each call: who tries again succeeds', () => {
    expect(logs(scenario(`a: async () => { for (let attempt = 1; ; attempt++) { try { await append(80); log.push(attempt); return; } catch { log.push('again'); } } }`))).toEqual(['["again", 2]', '[1]']);
  });

  it('of two equal calls fail one or the other', () => {
    const task = (name: string): string => `${name}: async () => { try { await append(80); log.push('${name}'); } catch { log.push('not ${name}'); } }`;
    expect(logs(scenario(`${task('a')}, ${task('b')}`))).toEqual(['["a", "b"]', '["a", "not b"]', '["b", "a"]', '["b", "not a"]', '["not a", "b"]', '["not b", "a"]']);
  });

  it('of two different calls may fail both', () => {
    const task = (name: string): string => `${name}: async () => { try { await append('${name}'); log.push('${name}'); } catch { log.push('not ${name}'); } }`;
    expect(logs(scenario(`${task('a')}, ${task('b')}`))).toHaveLength(8);
  });

  it('leave set-up alone', () => {
    expect(logs(scenario(`a: async () => { log.push(await ready); }`, `const ready = append(1).then(() => 'ready', () => 'failed');`))).toEqual(['["ready"]']);
  });

  it('reach the disk, before it has done anything', () => {
    expect(logs(scenario(`a: async () => { try { await fs.promises.writeFile('/x', 'new'); } catch (error) { log.push(error.code, error.message); } log.push(fs.readFileSync('/x', 'utf8')); }`, `fs.writeFileSync('/x', 'old');`)))
      .toEqual([`["EIO", "EIO: i/o error, writeFile '/x'", "old"]`, '["new"]']);
    expect(logs(scenario(`a: () => { fs.readFile('/x', 'utf8', (error, text) => { log.push(error?.code ?? text); }); }`, `fs.writeFileSync('/x', 'old');`))).toEqual(['["EIO"]', '["old"]']);
  });

  it('reach agents of their own', () => {
    const text = `import { scenario, agent } from 'raceproof'; import { append } from 'outside';
      export default scenario(() => { const x = new Int32Array(new SharedArrayBuffer(4)); return { tasks: { a: agent(async () => { try { await append(80); Atomics.store(x, 0, 1); } catch { Atomics.store(x, 0, 2); } }) }, observe: () => ({ log: Atomics.load(x, 0) }) }; });`;
    expect(logs(text)).toEqual(['1', '2']);
    expect(logs(text, { faults: false })).toEqual(['1']);
  });

  it('reach a server before or after it has done what was asked', () => {
    const text = `import { scenario } from 'raceproof'; import Redis from 'ioredis';
      export default scenario(() => { const redis = new Redis(); return { tasks: { a: async () => { try { await redis.incr('n'); } catch { await redis.incr('n'); } } }, observe: async () => ({ log: await redis.get('n') }) }; });`;
    expect(logs(text)).toEqual(['"1"', '"2"']);
    expect(logs(text, { faults: false })).toEqual(['"1"']);
  });

  it('find what is held for ever when a call fails', () => {
    const locked = (release: string): string => `import { scenario } from 'raceproof'; import { Mutex } from 'async-mutex'; import { append } from 'outside';
      export default scenario(() => { const log: unknown[] = []; const mutex = new Mutex(); const add = async () => { const release = await mutex.acquire(); ${release} };
      return { tasks: { a: add, b: add }, observe: () => ({ log: mutex.isLocked() }) }; });`;
    expect(logs(locked(`await append(1); release();`))).toEqual(['false', 'true']);
    expect(logs(locked(`try { await append(1); } finally { release(); }`))).toEqual(['false']);
  });

  it('are told in the trace', () => {
    const { race } = closeRace({ file: 'main.race.ts', text: scenario(`a: ${told('append(80)')}`).replace('observe:', `invariant: () => !log.some((line) => String(line).includes('rejects')), observe:`) }, () => undefined, { faults: true });
    const { witness } = new RaceSession(race, (0, eval)(race.program.code) as Subject).explore({ strategy: 'optimal', maxExecutions: 100, maxMilliseconds: 60_000, stopAtFirst: false });
    expect(witness!.trace.steps.map(({ text }) => text)).toContain('goes on: append(80) rejects');
  });
});

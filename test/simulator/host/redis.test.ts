import { describe, expect, it } from 'vitest';
import { closeRace, verdictOf } from '../../../src/proof/index.js';
import { RaceSession } from '../../../src/simulator/race.js';
import type { Subject } from '../../../src/simulator/runtime/runner.js';
import { explored } from './scenario-logs.js';

const scenario = (tasks: string, setUp = '', more = ''): Record<string, string> => ({ 'main.race.ts': `import { scenario, agent } from 'raceproof'; import Redis from 'ioredis'; import { createClient, WatchError } from 'redis'; import { fork } from 'node:child_process';
  export default scenario(() => { const log: unknown[] = []; const redis = new Redis(); const other = new Redis(); ${setUp} return { tasks: { ${tasks} }, observe: () => ({ log }), ${more} }; });` });
/** What a counter comes to. */
const counted = (add: string, setUp = '', mostNaive = 20_000): readonly string[] => explored({ 'main.race.ts': scenario(`a: () => add(redis), b: () => add(other)`, `${setUp} const add = async (redis: Redis) => { ${add} };`)['main.race.ts']!.replace('observe: () => ({ log })', `observe: async () => ({ log: await redis.get('n') })`) }, mostNaive).logs;

describe('a Redis server', () => {
  it('loses an update that reads and then writes, and none of INCR', () => {
    expect(counted(`const n = Number(await redis.get('n')); await redis.set('n', n + 1);`)).toEqual(['"1"', '"2"']);
    expect(counted(`await redis.incr('n');`)).toEqual(['"2"']);
  });

  it('keeps transactions whole, and refuses one whose watched key was changed', () => {
    expect(counted(`await redis.multi().incr('n').incr('n').exec();`, '', 0)).toEqual(['"4"']);
    expect(counted(`for (let done = false; !done;) { await redis.watch('n'); const n = Number(await redis.get('n')); done = (await redis.multi().set('n', n + 1).exec()) !== null; }`, '', 0)).toEqual(['"2"']);
    expect(counted(`await redis.watch('n'); const n = Number(await redis.get('n')); await redis.multi().set('n', n + 1).exec();`, '', 0)).toEqual(['"1"', '"2"']);
  });

  it('is a lock by SET NX that only its owner gives back', () => {
    const locked = (release: string): string => `const token = redis === other ? 'b' : 'a'; while ((await redis.set('lock', token, 'PX', 1000, 'NX')) === null) await new Promise((resolve) => setTimeout(resolve, 10)); const n = Number(await redis.get('n')); await redis.set('n', n + 1); ${release}`;
    const script = `await redis.eval("if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end", 1, 'lock', token);`;
    expect(explored({ 'main.race.ts': scenario(`a: () => add(redis)`, `const add = async (redis: Redis) => { ${locked(script)} log.push(await redis.exists('lock'), await redis.get('n')); };`)['main.race.ts']! }).logs).toEqual(['[0, "1"]']);
  });

  it('tells an answer later than it took effect, so what was read may be stale by then', () => {
    const cache = scenario(`a: async () => { cache = await redis.get('n'); }, b: async () => { await other.set('n', '1'); cache = '1'; }`, `let cache: string | null = ''; void redis.set('n', '0');`)['main.race.ts']!.replace('observe: () => ({ log })', 'observe: () => ({ log: cache })');
    expect(explored({ 'main.race.ts': cache }).logs).toEqual(['"0"', '"1"']);
  });

  it('lets commands on different keys pass each other without another interleaving', () => {
    expect(explored(scenario(`a: async () => { await redis.set('x', 1); }, b: async () => { await other.set('y', 1); }`)).executions).toBe(1);
    expect(explored(scenario(`a: async () => { await redis.get('x'); }, b: async () => { await other.get('x'); }`)).executions).toBe(1);
    expect(explored(scenario(`a: async () => { await redis.set('x', 1); }, b: async () => { await other.set('x', 2); }`)).executions).toBe(2);
    expect(explored(scenario(`a: async () => { await redis.set('x', 1); }, b: async () => { await other.keys('*'); }`)).executions).toBe(2);
  });

  it('answers one connection in order', () => {
    expect(explored(scenario(`a: async () => { redis.incr('n').then((n) => log.push(n)); redis.incr('n').then((n) => log.push(n)); }, b: async () => { log.push('b'); }`)).logs).toEqual(['["b", 1, 2]', '[1, "b", 2]', '[1, 2, "b"]']);
  });

  it('gives an element to whoever waited first, and nothing when the time is over', () => {
    expect(explored(scenario(`a: async () => { log.push(await redis.brpop('jobs', 0)); }, b: async () => { await other.lpush('jobs', 'one'); }`)).logs).toEqual(['[["jobs", "one"]]']);
    expect(explored(scenario(`a: async () => { log.push(await redis.brpop('jobs', 1)); }`)).logs).toEqual(['[null]']);
    expect(explored(scenario(`a: async () => { log.push(await redis.brpop('jobs', 1)); }, b: async () => { await other.lpush('jobs', 'one'); }`)).logs).toEqual(['[["jobs", "one"]]', '[null]']);
  });

  it('forgets keys as virtual time goes by', () => {
    expect(explored(scenario(`a: async () => { await redis.set('k', 'v', 'PX', 100); await new Promise((resolve) => setTimeout(resolve, 50)); log.push(await redis.get('k'), await redis.pttl('k')); await new Promise((resolve) => setTimeout(resolve, 60)); log.push(await redis.get('k')); }`)).logs).toEqual(['["v", 50, null]']);
  });

  it('carries messages to who has subscribed', () => {
    expect(explored(scenario(`a: async () => { await redis.subscribe('news'); redis.on('message', (channel, text) => log.push(channel, text)); await other.publish('news', 'one'); await other.publish('news', 'two'); }`)).logs).toEqual(['["news", "one", "news", "two"]']);
    expect(explored(scenario(`a: async () => { redis.on('message', (channel, text) => log.push(text)); await redis.subscribe('news'); }, b: async () => { log.push(await other.publish('news', 'one')); }`)).logs).toEqual(['["one", 1]', '[0]', '[1, "one"]']);
  });

  it('is the same for the package redis', () => {
    const client = `const first = createClient(); const second = createClient(); void first.connect(); void second.connect();`;
    expect(explored(scenario(`a: () => add(first), b: () => add(second)`, `${client} const add = async (client: any) => { const n = Number(await client.get('n')); await client.set('n', String(n + 1)); log.push(n); };`), 0).logs).toEqual(['[0, 0]', '[0, 1]', '[1, 0]']);
    expect(explored(scenario(`a: () => add(first), b: () => add(second)`, `${client} const add = async (client: any) => { try { await client.watch('n'); const n = Number(await client.get('n')); await client.multi().set('n', String(n + 1)).exec(); log.push('done'); } catch (error) { log.push(error instanceof WatchError); } };`), 0).logs).toEqual(['["done", "done"]', '["done", true]', '[true, "done"]']);
    expect(explored(scenario(`a: async () => { log.push(await first.set('k', 'v', { NX: true, PX: 5 }), await first.set('k', 'w', { NX: true }), await first.hSet('h', { a: 1, b: 2 }), await first.hGetAll('h'), await first.zAdd('z', [{ score: 2, value: 'b' }, { score: 1, value: 'a' }]), await first.zRange('z', 0, -1), await first.zScore('z', 'b'), await first.exists(['k', 'h', 'none'])); }`, client)).logs).toEqual(['["OK", null, 2, { a: "1", b: "2" }, 2, ["a", "b"], 2, 2]']);
  });

  it('is one for agents of their own', () => {
    const add = (command: string): string => `agent(async () => { const redis = new Redis(); ${command} Atomics.add(done, 0, 1); Atomics.store(last, 0, Number(await redis.get('n'))); })`;
    const files = (command: string): Record<string, string> => ({ 'main.race.ts': `import { scenario, agent } from 'raceproof'; import Redis from 'ioredis';
      export default scenario(() => { const done = new Int32Array(new SharedArrayBuffer(4)); const last = new Int32Array(new SharedArrayBuffer(4)); return { tasks: { a: ${add(command)}, b: ${add(command)} }, observe: () => ({ log: Atomics.load(last, 0) }) }; });` });
    expect(explored(files(`await redis.incr('n');`), 0).logs).toEqual(['1', '2']);
    expect(explored(files(`const n = Number(await redis.get('n')); await redis.set('n', n + 1);`), 0).logs).toEqual(['1', '2']);
  });

  it('says what it does not know', () => {
    const told = (call: string): readonly string[] => explored(scenario(`a: async () => { try { await ${call}; } catch (error) { log.push(error.message); } }`)).logs;
    expect(told(`redis.xadd('s', '*', 'a', 'b')`)).toEqual(['["ioredis: xadd is not simulated"]']);
    expect(told(`redis.call('OBJECT', 'k')`)).toEqual(['["ioredis: the command OBJECT is not simulated"]']);
    expect(told(`redis.eval('return 1', 0)`)[0]).toContain('this one is not');
    expect(told(`redis.incr()`)).toEqual([`["ERR wrong number of arguments for 'incr' command"]`]);
  });

  it('makes a verdict of a scenario whose invariant asks it', () => {
    const judged = (add: string, faults = false): { readonly verdict: string; readonly steps: readonly string[] } => {
      const { race } = closeRace({ file: 'main.race.ts', text: `import { scenario } from 'raceproof'; import Redis from 'ioredis';
        export default scenario(() => { const redis = new Redis(); const other = new Redis(); let done = 0; const add = async (redis: Redis) => { ${add} done++; };
        return { tasks: { alice: () => add(redis), bob: () => add(other) }, invariant: async () => Number(await redis.get('visits')) === done }; });` }, () => undefined, { faults });
      const exploration = new RaceSession(race, (0, eval)(race.program.code) as Subject).explore({ strategy: 'optimal', maxExecutions: 50_000, maxMilliseconds: 60_000, stopAtFirst: false });
      return { verdict: verdictOf(exploration), steps: exploration.witness?.trace.steps.map(({ text }) => text) ?? [] };
    };
    const lost = judged(`const visits = Number(await redis.get('visits')); await redis.set('visits', visits + 1);`);
    expect(lost.verdict).toBe('confirmed');
    expect(lost.steps).toContain('goes on: GET visits answers null');
    expect(judged(`await redis.incr('visits');`)).toEqual({ verdict: 'refuted', steps: [] });
    // An answer may be lost behind a command that took effect.
    const again = judged(`try { await redis.incr('visits'); } catch { await redis.incr('visits'); }`, true);
    expect(again.verdict).toBe('confirmed');
    expect(again.steps).toContain('goes on: INCR visits rejects');
  });

  it('may lose an answer, or a command before it has taken effect, or neither', () => {
    const lost = scenario(`a: async () => { await redis.incr('n').catch(() => log.push('lost')); }`)['main.race.ts']!.replace('observe: () => ({ log })', `observe: async () => ({ log: [await redis.get('n'), ...log] })`).replace(/\}\);$/, '}, { faults: true });');
    expect(explored({ 'main.race.ts': lost }).logs).toEqual(['["1", "lost"]', '["1"]', '[null, "lost"]']);
  });
});

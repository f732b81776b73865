import { describe, expect, it } from 'vitest';
import { runNatively } from '../native-run.js';
import { runSimulated } from '../simulated-run.js';
import { explored } from './scenario-logs.js';
import { prelude, webCryptoPrograms } from './web-crypto-programs.js';

const whole = (program: string): string => `track(1); (async () => { ${prelude}\n${program} })().finally(() => track(-1));`;

describe('Web Crypto, as in Node', () => {
  const names = Object.keys(webCryptoPrograms);
  const texts = names.map((name) => whole(webCryptoPrograms[name]!));
  const native = runNatively(texts);
  const simulated = runSimulated(texts);
  it.each(names.map((name, index) => [name, index] as const))('%s', (_name, index) => {
    expect(native[index]!.length).toBeGreaterThan(0);
    expect(simulated[index]).toEqual(native[index]);
  });
});

describe('Web Crypto in the simulator alone', () => {
  const run = (program: string): string[] => runSimulated([whole(program)])[0]!;

  it('draws the same in every run, and never the same twice', () => {
    const program = `const { privateKey } = await subtle.generateKey('Ed25519', true, ['sign']); is(crypto.getRandomValues(new Uint8Array(8)), crypto.randomUUID(), (await subtle.exportKey('jwk', privateKey)).d, require('crypto').randomBytes(8));`;
    expect(run(program)).toEqual(run(program));
    expect(run(`const each = () => [hex(crypto.getRandomValues(new Uint8Array(8))), require('crypto').randomBytes(8).toString('hex')]; is(new Set([...each(), ...each()]).size);`)).toEqual(['4']);
  });

  it('names what is not simulated', () => {
    const calls = ['generateKey({ name: "RSA-PSS" }, true, [])', 'importKey("raw", k, "AES-CBC", true, ["encrypt"])', 'importKey("spki", k, "Ed25519", true, ["verify"])', 'wrapKey(1, 2, 3, 4)'];
    expect(run(`const k = bytes('k'); for (const call of [${calls.map((call) => `() => subtle.${call}`).join()}]) await call().catch((error) => log(error.message));`).every((line) => / is not simulated/.test(line))).toBe(true);
  });

  it('lets nobody have what is not extractable, in the words of the specification', () => {
    expect(run(`const key = await subtle.importKey('raw', bytes('k'), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']); await fails(() => subtle.exportKey('raw', key)); const material = await subtle.importKey('raw', bytes('k'), 'HKDF', false, ['deriveBits']); await fails(() => subtle.exportKey('raw', material));`)).toEqual(['InvalidAccessError 15', 'NotSupportedError 9']);
  });
});

describe('Web Crypto between tasks', () => {
  it('is done at any later time', () => {
    const { logs } = explored({ 'main.race.ts': `import { scenario } from 'raceproof'; export default scenario(() => { const log: unknown[] = []; const sum = (name: string) => async () => { await crypto.subtle.digest('SHA-256', new Uint8Array(3)); log.push(name); }; return { tasks: { a: sum('a'), b: sum('b') }, observe: () => ({ log }) }; });` });
    expect(logs).toEqual(['["a", "b"]', '["b", "a"]']);
  });

  it('makes of what comes from outside what comes from outside', () => {
    const { logs } = explored({ 'main.race.ts': `import { scenario } from 'raceproof'; import { load } from 'somewhere'; export default scenario(() => { const log: unknown[] = []; return { tasks: { a: async () => { log.push(await crypto.subtle.digest('SHA-256', load()), await crypto.subtle.digest({ name: load() }, new Uint8Array(1))); } }, observe: () => ({ log }) }; });` });
    expect(logs).toEqual([expect.stringMatching(/^\[crypto\.subtle\.digest\("SHA-256", load\(\)\), crypto\.subtle\.digest\(/)]);
  });

  it('draws depend on who draws first', () => {
    const { logs } = explored({ 'main.race.ts': `import { scenario } from 'raceproof'; export default scenario(() => { const log: unknown[] = []; const draw = (name: string) => async () => { log.push(name + crypto.randomUUID().slice(0, 4)); }; return { tasks: { a: draw('a'), b: draw('b') }, observe: () => ({ log: [...log].sort() }) }; });` });
    expect(logs).toHaveLength(2);
  });
});

import { describe, expect, it } from 'vitest';
import { runNatively } from '../native-run.js';
import { runSimulated } from '../simulated-run.js';
import { cryptoPrograms, prelude } from './crypto-programs.js';

describe('crypto, as in Node', () => {
  const names = Object.keys(cryptoPrograms);
  const texts = names.map((name) => `${prelude}\n${cryptoPrograms[name]}`);
  const native = runNatively(texts);
  const simulated = runSimulated(texts);
  it.each(names.map((name, index) => [name, index] as const))('%s', (_name, index) => {
    expect(native[index]!.length).toBeGreaterThan(0);
    expect(simulated[index]).toEqual(native[index]);
  });
});

describe('crypto in the simulator alone', () => {
  const run = (program: string): string[] => runSimulated([`${prelude}\n${program}`])[0]!;

  it('gives the same by chance in every run', () => {
    const program = `is(c.randomBytes(8), c.randomInt(1000), c.randomUUID(), c.generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }).d);`;
    expect(run(program)).toEqual(run(program));
  });

  it('names what is not simulated', () => {
    const calls = ['createSign("a")', 'createHash("md5")', 'createHmac("sha3-256", k)', 'createCipheriv("aes-256-cbc", k, iv)', 'generateKeyPairSync("rsa")', 'scryptSync("a", "b", 3)', 'randomBytes(3, () => 0)', 'createHash("sha256").pipe()'];
    const lines = run(`guard(${calls.map((call) => `() => c.${call}`).join()});`);
    expect(lines.map((line) => /^Error \| {2}\| .* is not simulated/.test(line))).toEqual(calls.map(() => true));
  });
});

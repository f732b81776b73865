import { describe, expect, it } from 'vitest';
import { runNatively } from '../native-run.js';
import { runSimulated } from '../simulated-run.js';
import { fetchPrograms, prelude } from './fetch-programs.js';

describe('fetch, as in Node', () => {
  const names = Object.keys(fetchPrograms);
  const texts = names.map((name) => `${prelude}\n${fetchPrograms[name]}`);
  const native = runNatively(texts, 10);
  const simulated = runSimulated(texts);
  names.forEach((name, index) => it(name, () => {
    expect(native[index]!.length).toBeGreaterThan(0);
    expect(simulated[index]).toEqual(native[index]);
  }));
});

import { describe, expect, it } from 'vitest';
import { runNatively } from '../native-run.js';
import { runSimulated } from '../simulated-run.js';
import { libraryPrograms, prelude } from './library-programs.js';

/** Each program has the same log as in Node itself. */
describe("Node's modules that compute, as in Node", () => {
  const names = Object.keys(libraryPrograms);
  const texts = names.map((name) => `${prelude}\n${libraryPrograms[name]}`);
  const native = runNatively(texts);
  const simulated = runSimulated(texts);
  names.forEach((name, index) => it(name, () => {
    expect(native[index]!.length).toBeGreaterThan(0);
    expect(simulated[index]).toEqual(native[index]);
  }));
});

import { describe, expect, it } from 'vitest';
import { runNatively } from '../native-run.js';
import { runSimulated } from '../simulated-run.js';
import { httpPrograms, prelude, unordered } from './http-programs.js';

describe('HTTP, as in Node', () => {
  const names = Object.keys(httpPrograms);
  const texts = names.map((name) => `${prelude}\n${httpPrograms[name]}`);
  const native = runNatively(texts, 10);
  const simulated = runSimulated(texts);
  names.forEach((name, index) => it(name, () => {
    const inOrder = (lines: readonly string[]): readonly string[] => (unordered.has(name) ? [...lines].sort() : lines);
    expect(native[index]!.length).toBeGreaterThan(0);
    expect(inOrder(simulated[index]!)).toEqual(inOrder(native[index]!));
  }));
});

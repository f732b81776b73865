import { describe, expect, it } from 'vitest';
import { runNatively } from '../native-run.js';
import { runSimulated } from '../simulated-run.js';
import { netPrograms, prelude, unordered } from './net-programs.js';

describe('sockets, as in Node', () => {
  const names = Object.keys(netPrograms);
  const texts = names.map((name) => `${prelude}\n${netPrograms[name]}`);
  const native = runNatively(texts, 5);
  const simulated = runSimulated(texts);
  names.forEach((name, index) => it(name, () => {
    expect(native[index]!.length).toBeGreaterThan(0);
    const inOrder = (lines: readonly string[]): readonly string[] => (unordered.has(name) ? [...lines].sort() : lines);
    expect(inOrder(simulated[index]!)).toEqual(inOrder(native[index]!));
  }));
});

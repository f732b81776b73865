import { describe, expect, it } from 'vitest';
import { runNatively } from '../native-run.js';
import { runSimulated } from '../simulated-run.js';
import { bufferPrograms, prelude, webPrograms } from './buffer-programs.js';

/** Each program has the same log as in Node itself. */
function compare(programs: Readonly<Record<string, string>>): void {
  const names = Object.keys(programs);
  const texts = names.map((name) => `${prelude}\n${programs[name]}`);
  const native = runNatively(texts);
  const simulated = runSimulated(texts);
  names.forEach((name, index) => it(name, () => {
    expect(native[index]!.length).toBeGreaterThan(0);
    expect(simulated[index]).toEqual(native[index]);
  }));
}

describe('Buffer, as in Node', () => compare(bufferPrograms));
describe('texts and URLs, as in Node', () => compare(webPrograms));

import { describe, expect, it } from 'vitest';
import { runNatively } from '../native-run.js';
import { runSimulated } from '../simulated-run.js';
import { randomNumbers } from '../../../src/simulator/explore/index.js';
import { randomStreamProgram } from './random-streams.js';
import { prelude, streamPrograms } from './stream-programs.js';

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

describe('streams, as in Node', () => compare(streamPrograms));

describe('random programs over streams log the same as in Node', () => {
  for (let first = 1; first <= 400; first += 100) {
    it(`seeds ${first} to ${first + 99}`, () => {
      const programs = Array.from({ length: 100 }, (_, index) => randomStreamProgram(randomNumbers(first + index)));
      const native = runNatively(programs);
      const simulated = runSimulated(programs);
      const differing = programs.findIndex((_, index) => simulated[index]!.join('\n') !== native[index]!.join('\n'));
      expect(differing < 0 ? 'no difference' : programs[differing]).toBe('no difference');
      expect(native.flat().length).toBeGreaterThan(1000);
    });
  }
});

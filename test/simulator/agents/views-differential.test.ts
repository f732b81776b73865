import { describe, expect, it } from 'vitest';
import { createSharedMemory } from '../../../src/simulator/agents/shared-memory.js';
import { SequentialPort } from './sequential-port.js';
import { randomProgram, type ProgramShape } from './views-programs.js';
import { nativeGlobals, runProgram } from './views-run.js';

const programs = 200;

function simulatedGlobals(): Readonly<Record<string, unknown>> {
  return createSharedMemory(new SequentialPort(), { Promise, tick: () => undefined }).globals;
}

describe('sequential programs over shared memory see what they see in Node', () => {
  const shapes: readonly ProgramShape[] = [
    { memory: 'integers', isGrowable: false }, { memory: 'integers', isGrowable: true }, { memory: 'Float32', isGrowable: false }, { memory: 'Float64', isGrowable: true },
  ];
  it.each(shapes)('$memory, growable: $isGrowable', (shape) => {
    let lines = 0;
    for (let seed = 1; seed <= programs; seed++) {
      const body = randomProgram(seed, shape);
      const real = runProgram(body, nativeGlobals);
      const simulated = runProgram(body, simulatedGlobals());
      const at = real.findIndex((line, index) => line !== simulated[index]);
      if (at !== -1) expect({ seed, line: simulated[at], body }).toEqual({ seed, line: real[at], body });
      expect(simulated.length).toBe(real.length);
      lines += real.length;
    }
    expect(lines).toBeGreaterThan(programs * 40);
  });
});

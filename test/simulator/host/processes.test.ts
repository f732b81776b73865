import { describe, expect, it } from 'vitest';
import { openPrograms, orderedPrograms } from './process-programs.js';
import { logs, nativeLog } from './process-runs.js';

describe('processes, as in Node', () => {
  for (const [name, files] of Object.entries(orderedPrograms)) it(name, () => {
    const native = nativeLog(files);
    expect(native).not.toBe('[]');
    expect(logs(files)).toEqual([native]);
  });
});

describe('where Node leaves an order open, its own is among those that are explored', () => {
  for (const [name, files] of Object.entries(openPrograms)) it(name, () => {
    const found = logs(files);
    expect(found.length).toBeGreaterThan(1);
    expect(found).toContain(nativeLog(files));
  });
});


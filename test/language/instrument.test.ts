import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runInstrumented, runNatively } from './differential.js';

const programs = new URL('./fixtures/instrumented/', import.meta.url);

// Each program logs what it computes, and in which order; the instrumented one logs the same.
for (const name of readdirSync(fileURLToPath(programs))) {
  it(`changes nothing in ${name}`, async () => {
    const text = readFileSync(new URL(name, programs), 'utf8');
    const native = await runNatively(text, name);
    expect(native.at(-2) ?? '').not.toMatch(/^threw/);
    expect(runInstrumented(text, name)).toEqual(native);
  });
}

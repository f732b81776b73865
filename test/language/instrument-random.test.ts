import { expect, it } from 'vitest';
import { runInstrumented, runNatively } from './differential.js';
import { randomProgram } from './random-program.js';

/** Programs of one test case: one by one they would take a compiler's start each. */
const perCase = 20;

for (let first = 1; first <= 100; first += perCase) {
  it(`changes nothing in the random programs ${first} to ${first + perCase - 1}`, async () => {
    const seeds = Array.from({ length: perCase }, (_, index) => first + index);
    const text = seeds.map((seed) => `log('program ${seed}');\n(() => {\n${randomProgram(seed)}\n})();`).join('\n');
    expect(runInstrumented(text)).toEqual(await runNatively(text));
  });
}

import { describe, expect, it } from 'vitest';
import { closeRace } from '../../src/proof/index.js';
import { RaceSession } from '../../src/simulator/race.js';
import type { Subject } from '../../src/simulator/runtime/runner.js';
import { runNatively } from '../simulator/native-run.js';

/** Bodies of async generators: a `return` without a value awaits nothing (ECMA-262, 14.10.1), one with a value does. */
const bodies = [
  'return;', 'return undefined;', 'return void 0;', 'return 1;', 'return await 1;', 'yield 1; return;', 'if (true) return; yield 1;', 'for (const each of [1, 2]) { yield each; return; }',
  `try { return; } finally { log('finally'); }`, 'try { yield 1; return; } finally { await null; }', `try { yield 1; } finally { log('closed'); return; }`,
  'const inner = () => { return; }; inner(); yield inner();', 'async function inner() { return; } await inner(); yield 1;', 'yield* (async function* () { return; })();', '',
];
const uses = (body: string): string[] => [
  `async function* made() { ${body} } const given = made(); ticks(8); log(JSON.stringify(await given.next())); ticks(8); log(JSON.stringify(await given.next()));`,
  `const object = { async *made() { ${body} } }; ticks(9); for await (const each of object.made()) log('got ' + each); log('end');`,
  `class Made { async *[Symbol.asyncIterator]() { ${body} } } ticks(9); for await (const each of new Made()) { log('got ' + each); break; } log('end');`,
];
const ticks = `const ticks = (count) => { let last = Promise.resolve(); for (let each = 0; each < count; each++) last = last.then(() => log('tick ' + each)); };`;

/** What the one task of a scenario logs: the file is compiled as a user's is. */
function simulated(program: string): string[] {
  const text = `import { scenario } from 'raceproof'; export default scenario(() => { const lines: string[] = []; const log = (line: string) => { lines.push(line); }; ${ticks} return { tasks: { only: async () => { ${program} } }, observe: () => ({ lines: lines.join('; ') }) }; });`;
  const { race } = closeRace({ file: 'main.race.ts', text }, () => undefined);
  const { outcomes } = new RaceSession(race, (0, eval)(race.program.code) as Subject).explore({ strategy: 'optimal', maxExecutions: 10, maxMilliseconds: 10_000, stopAtFirst: false });
  expect(outcomes).toHaveLength(1);
  return (JSON.parse(outcomes[0]!.outcome.state['lines']!) as string).split('; ');
}

describe('an async generator returns in as many ticks as in Node', () => {
  const programs = bodies.flatMap(uses);
  const native = runNatively(programs.map((program) => `${ticks} (async () => { ${program} })();`));
  it.each(programs.map((program, index) => [program, index] as const))('%s', (program, index) => {
    expect(simulated(program)).toEqual(native[index]);
  });
});

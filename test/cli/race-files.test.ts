import { describe, expect, it } from 'vitest';
import { folder, run } from './command.js';

const scenario = (body: string, head = ''): string => `import { agent, scenario } from 'raceproof';\n${head}export default scenario(() => {\n${body}\n});\n`;

describe('a scenario file that cannot be run is status 2, and says where and what to do', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ['nothing that is there', {}, /a\.race\.ts: there is no such file/],
    ['no default export', { 'a.race.ts': 'export const x = 1;' }, /a\.race\.ts: it has no default export; a scenario file ends in export default scenario\(.*\), with scenario from 'raceproof'/],
    ['a syntax error', { 'a.race.ts': `export default\n  scenario(() => {;` }, /a\.race\.ts:2:\d+: syntax error: /],
    ['a syntax error in an import', { 'a.race.ts': scenario(`return { tasks: { a: b } };`, `import { b } from './b';\n`), 'b.ts': '\nexport const b = ;' }, /b\.ts:2:18: syntax error: Expression expected\./],
    ['an import of nothing', { 'a.race.ts': scenario('return { tasks: { b } };', `import { b } from './b';\n`) }, /a\.race\.ts:2:19: there is no file '.\/b'/],
    ['an assignment that is lost', { 'a.race.ts': scenario('let n = 0; return { tasks: { a: agent(() => { n = 1; }) } };') }, /a\.race\.ts:3:47: an agent assigns n, .*SharedArrayBuffer/],
    ['no source', { 'a.race.ts': 'a\0b' }, /a\.race\.ts: it is binary/],
  ])('%s', (_what, files, message) => {
    const { status, stdout, stderr } = run(['simulate', 'a.race.ts'], { cwd: folder(files) });
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  it('what only scenario files know is refused with a line', () => {
    const cwd = folder({ 'a.ts': 'export async function f() {\n  await 1;\n}\n' });
    for (const option of [['--memory-model', 'tso'], ['--preemption-bound', '1'], ['--seed', '1'], ['--late-timers'], ['--jobs', '2'], ['--max-seconds', '5']]) {
      const { status, stderr } = run(['simulate', 'a.ts:1', ...option], { cwd });
      expect(stderr).toContain(`${option[0]} is for scenario files`);
      expect(status).toBe(2);
    }
  });
});

describe('raceproof test that finds nothing to run is status 2', () => {
  it.each<[string[], RegExp]>([
    [[], /there is no scenario file \(\*\.race\.ts\) below this folder/],
    [['nowhere'], /nowhere: there is no such file or folder/],
    [['**/*.race.ts'], /\*\*\/\*\.race\.ts: no file matches/],
  ])('%j', (args, message) => {
    const { status, stderr } = run(['test', ...args], { cwd: folder({ 'a.ts': '' }) });
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});

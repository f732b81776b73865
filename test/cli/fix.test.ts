import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, run } from './command.js';

const counter = `import { far } from './far';

let total = 0;

export async function add(): Promise<void> {
  const before = total; // as it was
  await far();
  total = before + 1;
}
`;
const cured = `import { far } from './far';

let total = 0;

export async function add(): Promise<void> {
  await far();
  const before = total; // as it was
  total = before + 1;
}
`;

describe('raceproof check --fix', () => {
  it('applies what is proved, says so, and finds nothing any more', () => {
    const cwd = folder({ 'src/counter.ts': counter });
    const { status, stdout, stderr } = run(['check', '--fix'], { cwd });
    expect(stderr).toBe('');
    expect(stdout).toContain('1 fix applied, each proved');
    expect(stdout).toContain('src/counter.ts:8  lost-update  Read `total` after the await');
    expect(stdout).toContain('no race found');
    expect(status).toBe(0);
    expect(readFileSync(join(cwd, 'src/counter.ts'), 'utf8')).toBe(cured);
    expect(readdirSync(join(cwd, 'src'))).toEqual(['counter.ts']);
  });

  it('changes nothing without being asked, and tells that it could', () => {
    const cwd = folder({ 'counter.ts': counter });
    const { stdout } = run(['check'], { cwd });
    expect(stdout).toContain('proved fix: Read `total` after the await');
    expect(stdout).toContain('raceproof check --fix');
    expect(readFileSync(join(cwd, 'counter.ts'), 'utf8')).toBe(counter);
  });

  it('fixes one finding after the other in one file', () => {
    const other = counter.replaceAll('total', 'sum').replace('add()', 'gather()').replace("import { far } from './far';\n", '');
    const cwd = folder({ 'counter.ts': counter + other });
    const { stdout } = run(['check', '--fix', '--format', 'json'], { cwd });
    const { fixed, findings } = JSON.parse(stdout) as { fixed: { rule: string; location: string }[]; findings: unknown[] };
    expect(fixed.map(({ location }) => location)).toEqual(['total', 'sum']);
    expect(findings).toEqual([]);
  });

  it('leaves alone what has no proved fix', () => {
    const text = `import { readFileSync } from 'node:fs';\nimport express from 'express';\nconst app = express();\napp.get('/', (_request, response) => {\n  response.send(readFileSync('page.html'));\n});\n`;
    const cwd = folder({ 'server.ts': text });
    const { stdout } = run(['check', '--fix'], { cwd });
    expect(stdout).toContain('blocked-event-loop');
    expect(stdout).toContain('nothing was changed');
    expect(readFileSync(join(cwd, 'server.ts'), 'utf8')).toBe(text);
  });

  it('keeps the mode of the file, its byte-order mark, and a link to it', () => {
    const cwd = folder({ 'real.ts': `\uFEFF${counter.replaceAll('\n', '\r\n')}` });
    chmodSync(join(cwd, 'real.ts'), 0o640);
    symlinkSync('real.ts', join(cwd, 'counter.ts'));
    expect(run(['check', '--fix', 'counter.ts'], { cwd }).stdout).toContain('1 fix applied');
    expect(lstatSync(join(cwd, 'counter.ts')).isSymbolicLink()).toBe(true);
    expect(statSync(join(cwd, 'real.ts')).mode & 0o777).toBe(0o640);
    expect(readFileSync(join(cwd, 'real.ts'), 'utf8')).toBe(`\uFEFF${cured.replaceAll('\n', '\r\n')}`);
  });

  it('does not touch a file that it cannot write back as it was', () => {
    const bytes = Buffer.concat([Buffer.from(counter), Buffer.from('// caf'), Buffer.from([0xe9]), Buffer.from('\n')]);
    const cwd = folder({ 'counter.ts': bytes });
    const { status, stderr } = run(['check', '--fix'], { cwd });
    expect(stderr).toContain('UTF-8');
    expect(status).toBe(2);
    expect(readFileSync(join(cwd, 'counter.ts')).equals(bytes)).toBe(true);
  });

  it('uses the lock library that the project depends on', () => {
    // Each number is to be written once, so that only a lock over all of it helps.
    const numbered = counter.replace('far();', 'write(before);').replace("{ far } from './far'", "{ write } from './far'");
    const cwd = folder({ 'package.json': '{ "dependencies": { "async-mutex": "^0.5.0" } }', 'counter.ts': numbered });
    run(['check', '--fix'], { cwd });
    const text = readFileSync(join(cwd, 'counter.ts'), 'utf8');
    expect(text).toContain("import { Mutex } from 'async-mutex';");
    expect(text).not.toContain('class Mutex');
    expect(run(['check'], { cwd }).stdout).toContain('no race found');
  });

  it('is refused together with --no-prove', () => {
    const { status, stderr } = run(['check', '--fix', '--no-prove']);
    expect(status).toBe(2);
    expect(stderr).toContain('--fix and --no-prove exclude each other');
  });
});

it('simulate names the proved fixes', () => {
  const { stdout } = run(['simulate', 'counter.ts:8'], { cwd: folder({ 'counter.ts': counter }) });
  expect(stdout).toContain('Read `total` after the await');
  expect(stdout).toContain('raceproof check --fix counter.ts');
});

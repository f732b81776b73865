import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, run } from './command.js';

const counter = (take: string): string => `export class Counter {
  value = 0;
  constructor(store) {
    this.store = store;
  }
  async bump() {
    ${take}
  }
}
`;
const racy = counter('const before = this.value;\n    await this.store.save();\n    this.value = before + 1;');
const typed = 'export class Counter {\n  value = 0;\n  async bump(save: () => Promise<void>): Promise<void> {\n    const before = this.value;\n    await save();\n    this.value = before + 1;\n  }\n}\n';
const hidden = 'let hits = 0;\nexport async function hit(save) {\n  const before = hits;\n  await save();\n  hits = before + 1;\n}\n';
const manifest = JSON.stringify({ type: 'module', scripts: { test: 'node --test' } });
const project = (files: Record<string, string> = {}): string => folder({ 'package.json': manifest, 'src/counter.js': racy, ...files });
const runInNode = (cwd: string, file: string) => spawnSync(process.execPath, ['--test', file], { cwd, encoding: 'utf8', env: { ...process.env, NODE_TEST_CONTEXT: undefined } });

describe('raceproof check --export', () => {
  it('writes a test for each confirmed finding, which Node runs without Raceproof: it fails on the code as it is, and passes once --fix has cured it', () => {
    const cwd = project();
    const { status, stdout, stderr } = run(['check', '--export', 'test'], { cwd });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/test written: src\/counter\.race\.test\.js; it fails on the code as it is/);
    expect(status).toBe(1);
    const today = runInNode(cwd, 'src/counter.race.test.js');
    expect(today.stdout).toContain('ERR_ASSERTION');
    expect(today.status).toBe(1);
    expect(run(['check', '--fix'], { cwd }).status).toBe(0);
    expect(runInNode(cwd, 'src/counter.race.test.js').status).toBe(0);
  });

  it('never writes over a file, and knows its own test again', () => {
    const cwd = project({ 'src/counter.race.test.js': '// somebody else\'s\n' });
    run(['check', '--export', 'node'], { cwd });
    expect(readFileSync(join(cwd, 'src/counter.race.test.js'), 'utf8')).toBe("// somebody else's\n");
    writeFileSync(join(cwd, 'src/counter.js'), `\n${racy}`);
    expect(run(['check', '--export', 'node'], { cwd }).stdout).toContain('its test is there: src/counter.race-2.test.js');
    expect(readdirSync(join(cwd, 'src'))).toEqual(['counter.js', 'counter.race-2.test.js', 'counter.race.test.js']);
  });

  it('runs TypeScript with what the project has for it', () => {
    const register = `const ts = require(${JSON.stringify(createRequire(import.meta.url).resolve('typescript'))});
require.extensions['.ts'] = (module, file) => module._compile(ts.transpileModule(require('node:fs').readFileSync(file, 'utf8'), { compilerOptions: { module: 'commonjs', esModuleInterop: true } }).outputText, file);
`;
    const cwd = folder({
      'package.json': JSON.stringify({ scripts: { test: 'node --require ts-node/register --test' } }), 'src/counter.ts': typed,
      'node_modules/ts-node/package.json': '{ "name": "ts-node" }', 'node_modules/ts-node/register/transpile-only.js': register,
    });
    expect(run(['check', '--export', 'test'], { cwd }).stdout).toMatch(/test written: src\/counter\.race\.test\.ts; it fails on the code as it is/);
  });

  it('says why there is none, and what would make it possible', () => {
    const cwd = folder({ 'package.json': manifest, 'hits.js': hidden });
    const { tests } = JSON.parse(run(['check', '--export', 'test', '--format', 'json'], { cwd }).stdout) as { tests: unknown[] };
    expect(tests).toEqual([{ file: 'hits.js', line: 5, rule: 'lost-update', reason: expect.stringMatching(/cannot be seen from outside.*an exported function that returns hits/) as string }]);
    expect(readdirSync(cwd)).toEqual(['hits.js', 'package.json']);
  });

  it('tells programs what was written', () => {
    const { tests } = JSON.parse(run(['check', '--export', 'test', '--format', 'json'], { cwd: project() }).stdout) as { tests: unknown[] };
    expect(tests).toEqual([{ file: 'src/counter.js', line: 9, rule: 'lost-update', test: 'src/counter.race.test.js', isNew: true, failure: expect.any(String) as string, passesWith: 'Read `value` after the await' }]);
  });

  it.each([['--no-prove'], ['--fix']])('is refused together with %s', (flag) => {
    const { status, stderr } = run(['check', '--export', 'test', flag], { cwd: project() });
    expect(stderr).toContain('exclude each other');
    expect(status).toBe(2);
  });
});

describe('raceproof simulate --export test', () => {
  it('tells how the test ended with the proved fix', () => {
    const { stdout, stderr } = run(['simulate', 'src/counter.js:9', '--export', 'test'], { cwd: project() });
    expect(stdout).toContain("from 'node:test'");
    expect(stderr).toMatch(/fails on the code as it is: [\s\S]* It passes with the proved fix “Read `value` after the await”\./);
  });
});

describe('raceproof simulate --export race', () => {
  const guarded = `export class Account {
  balance = 100;
  constructor(private readonly ledger: { isOpen(): Promise<boolean>; append(sum: number): Promise<void> }) {}
  async withdraw(amount: number) {
    if (!(await this.ledger.isOpen())) return;
    if (this.balance < amount) return;
    await this.ledger.append(amount);
    this.balance -= amount;
  }
}
`;

  it('writes a scenario that runs, and that shows the other case when what it assumes is changed', () => {
    const cwd = folder({ 'account.ts': guarded });
    const { stdout, stderr } = run(['simulate', 'account.ts:8', '--export', 'race'], { cwd });
    expect(stderr).toContain('belongs into account.race.ts');
    writeFileSync(join(cwd, 'account.race.ts'), stdout);
    expect(run(['simulate', 'account.race.ts'], { cwd }).stdout).toMatch(/^confirmed: 2 of 4 executions/m);
    writeFileSync(join(cwd, 'account.race.ts'), stdout.replace("'ledger.isOpen() is truthy': true", "'ledger.isOpen() is truthy': false"));
    expect(run(['test'], { cwd }).status).toBe(0);
  });

  it('refuses assumptions that are not said by condition', () => {
    const text = "import { scenario } from 'raceproof';\nexport default scenario(() => ({ tasks: { a: () => 1 } }), { assume: { 'x is truthy': 'no' } });\n";
    expect(run(['simulate', 'a.race.ts'], { cwd: folder({ 'a.race.ts': text }) }).stderr).toContain('what a scenario assumes is said by condition');
  });
});

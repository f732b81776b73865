import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, racyAccount, run } from './command.js';

interface Report {
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly file: string; readonly start: { readonly line: number } }[];
  readonly suppressions: readonly { readonly kind: string; readonly severity: string; readonly file: string; readonly start: { readonly line: number; readonly column: number } }[];
  readonly stats: { readonly files: number; readonly suppressed: number };
}

const counter = 'let n = 0;\nexport async function count(load) {\n  n = n + (await load());\n}\n';
const json = (configuration: unknown) => JSON.stringify(configuration);

function check(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = run(['check', '--no-prove', '--format', 'json', ...args], { cwd });
  const report = JSON.parse(stdout) as Report;
  return { status, stderr, report, files: report.findings.map(({ file }) => file) };
}

describe('raceproof.config.json', () => {
  it('with comments and trailing commas switches a rule off', () => {
    const cwd = folder({ 'a.js': counter, 'raceproof.config.json': '\ufeff{\n  // one writer\n  "rules": { "lost-update": "off", }, /* all */\n}' });
    expect(check(cwd)).toMatchObject({ status: 0, stderr: '', files: [] });
    expect(check(cwd, '--rule', 'lost-update').files).toEqual(['a.js']);
  });

  it('gives what is confirmed the severity of its rule, and each verdict its own', () => {
    const severityWith = (configuration: unknown, ...args: string[]) => {
      const { status, stdout } = run(['check', '--format', 'json', ...args], { cwd: folder({ 'account.ts': racyAccount, 'raceproof.config.json': json(configuration) }) });
      return [status, ...(JSON.parse(stdout) as Report).findings.map(({ severity }) => severity)];
    };
    expect(severityWith({})).toEqual([1, 'warning']);
    expect(severityWith({ rules: { 'check-then-act': 'error' } }, '--fail-on', 'error')).toEqual([1, 'error']);
    expect(severityWith({ severities: { confirmed: 'information' } })).toEqual([0, 'information']);
    expect(severityWith({ severities: { confirmed: 'off' } })).toEqual([0]);
    expect(severityWith({ severities: { unproven: 'error' } }, '--no-prove')).toEqual([1, 'error']);
    expect(severityWith({ severities: { unproven: 'off' } }, '--no-prove')).toEqual([0]);
  });

  it('leaves files out, and checks those that are named all the same', () => {
    const cwd = folder({ 'src/a.js': counter, 'src/made/b.js': counter, 'src/c.test.js': counter, 'lib/d.js': counter, 'raceproof.config.json': json({ include: ['src'], exclude: ['src/made', '**/*.test.js'] }) });
    expect(check(cwd).files).toEqual(['src/a.js']);
    expect(check(cwd).report.stats.files).toBe(1);
    expect(check(cwd, 'src/made/b.js').files).toEqual(['src/made/b.js']);
  });

  it('nearest to a file is the one that counts, from wherever the command is run', () => {
    const off = json({ rules: { 'lost-update': 'off' } });
    const cwd = folder({ 'a.js': counter, 'one/b.js': counter, 'one/deep/c.js': counter, 'two/d.js': counter, 'raceproof.config.json': off, 'one/raceproof.config.json': json({ exclude: ['deep'] }) });
    expect(check(cwd).files).toEqual(['one/b.js']);
    expect(check(join(cwd, 'one')).files).toEqual(['b.js']);
    expect(check(join(cwd, 'one/deep')).files).toEqual([]);
    expect(check(join(cwd, 'two')).files).toEqual([]);
    expect(check(join(cwd, 'two'), '../one').files).toEqual(['../one/b.js']);
  });

  it('says which functions overlap, and what locks there are', () => {
    const guarded = `import { guard } from '../gate.js';\n${counter.replace('n = n + (await load());', 'await guard(async () => { n = n + (await load()); });')}`;
    const cwd = folder({ 'src/a.js': counter, 'src/b.js': guarded, 'raceproof.config.json': json({ entryPoints: { once: ['src/a.js#count'] }, locks: [{ modules: ['./gate'], run: ['guard'] }] }) });
    expect(check(cwd).files).toEqual([]);
    expect(check(join(cwd, 'src')).files).toEqual([]);
    writeFileSync(join(cwd, 'raceproof.config.json'), '{}');
    expect(check(cwd).files).toEqual(['src/a.js', 'src/b.js']);
  });

  it('that is wrong is told, with its place, and nothing is checked by it', () => {
    const { status, stderr, report } = check(folder({ 'src/a.js': counter, 'raceproof.config.json': '{\n  "exlude": []\n}' }));
    expect(stderr).toBe('raceproof: raceproof.config.json:2:3: There is no setting `exlude`; did you mean `exclude`?\n');
    expect({ status, findings: report.findings }).toEqual({ status: 2, findings: [] });
  });

  it('that is wrong stops nothing else', () => {
    const cwd = folder({ 'a.js': counter, 'bad/b.js': counter, 'bad/c.js': counter, 'bad/raceproof.config.json': '{ "x": 1 }', 'odd/d.js': counter });
    mkdirSync(join(cwd, 'odd/raceproof.config.json'));
    const { status, stderr, files } = check(cwd);
    expect({ status, files }).toEqual({ status: 2, files: ['a.js'] });
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
    expect(stderr).toContain('odd/raceproof.config.json: ');
  });

  it('that cannot be read is told', () => {
    const cwd = folder({ 'a.js': counter });
    // A link to itself: nobody can follow it, whoever he is.
    symlinkSync('raceproof.config.json', join(cwd, 'raceproof.config.json'));
    expect(check(cwd)).toMatchObject({ status: 2, files: [] });
  });
});

describe('simulate', () => {
  it('reads the configuration too, and a suppressed finding can be looked at', () => {
    const line = racyAccount.split('\n').findIndex((each) => each.includes('await')) + 1;
    const text = racyAccount.split('\n').toSpliced(line, 0, '      // raceproof-ignore-next-line check-then-act: one customer').join('\n');
    const cwd = folder({ 'account.ts': text, 'raceproof.config.json': '{}' });
    expect(check(cwd).report.stats.suppressed).toBe(1);
    expect(run(['simulate', `account.ts:${line + 2}`], { cwd }).stdout).toContain('check-then-act');
    writeFileSync(join(cwd, 'raceproof.config.json'), '{ "x": 1 }');
    expect(run(['simulate', `account.ts:${line + 2}`], { cwd })).toMatchObject({ status: 2, stderr: expect.stringContaining('raceproof.config.json:1:3: There is no setting') as string });
  });
});

describe('suppressed findings', () => {
  const suppressed = counter.replace('  n = n', '  // raceproof-ignore-next-line lost-update: one writer\n  n = n');

  it('are counted and not shown', () => {
    const { status, report } = check(folder({ 'a.js': suppressed }), '--fail-on', 'information');
    expect({ status, ...report }).toMatchObject({ status: 0, findings: [], suppressions: [], stats: { suppressed: 1 } });
    expect(run(['check'], { cwd: folder({ 'a.js': suppressed }) }).stdout).toContain('; 1 suppressed');
  });

  it('are told where the comment is wrong, which makes the status 1, or of no use', () => {
    const cwd = folder({ 'a.js': suppressed.replace(': one writer', ''), 'b.js': suppressed.replace('n = n + (await load());', 'await load();') });
    const { status, report } = check(cwd);
    expect(report.suppressions).toMatchObject([
      { kind: 'no-reason', severity: 'warning', file: 'a.js', start: { line: 3, column: 3 } },
      { kind: 'unused', severity: 'information', file: 'b.js', start: { line: 3, column: 3 } },
    ]);
    expect(status).toBe(1);
    expect(check(cwd, 'b.js').status).toBe(0);
    expect(check(cwd, 'b.js', '--rule', 'check-then-act').report.suppressions).toEqual([]);
  });
});

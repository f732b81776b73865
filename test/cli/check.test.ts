import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { curedAccount, folder, racyAccount, run, runShell } from './command.js';

interface CheckJson {
  readonly version: number;
  readonly findings: readonly { readonly rule: string; readonly verdict: string; readonly severity: string; readonly file: string; readonly start: { readonly line: number; readonly column: number }; readonly witness?: { readonly switches: number } }[];
  readonly stats: { readonly files: number; readonly lines: number; readonly parsed: number; readonly ms: number; readonly executions: number };
}

const json = (text: string) => JSON.parse(text) as CheckJson;
const filesOf = (text: string) => json(text).findings.map(({ file }) => file);

describe('findings', () => {
  it('confirms a race, exits 1, and shows how it ends', () => {
    const cwd = folder({ 'account.ts': racyAccount });
    const { status, stdout, stderr } = run(['check'], { cwd });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^account\.ts$/m);
    expect(stdout).toMatch(/7:7 +warning confirmed/);
    expect(stdout).toContain('see it run: raceproof simulate account.ts:7');
    expect(stdout).toContain('1 confirmed');
    expect(status).toBe(1);
  });

  it('is silent on the cure, and exits 0', () => {
    const { status, stdout, stderr } = run(['check', 'account.ts'], { cwd: folder({ 'account.ts': curedAccount }) });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('no race found');
  });

  it('prints one JSON object as the contract says', () => {
    const { status, stdout } = run(['check', '--format', 'json', '.'], { cwd: folder({ 'src/account.ts': racyAccount }) });
    const report = json(stdout);
    expect(Object.keys(report)).toEqual(['version', 'findings', 'suppressions', 'stats']);
    expect(Object.keys(report.stats)).toEqual(['files', 'lines', 'parsed', 'ms', 'executions', 'suppressed']);
    const [finding] = report.findings;
    expect(finding).toMatchObject({ verdict: 'confirmed', severity: 'warning', file: 'src/account.ts', start: { line: 7, column: 7 }, fixes: [{ verdict: 'proved' }] });
    expect(Object.keys(finding!)).toEqual(['rule', 'category', 'severity', 'verdict', 'message', 'file', 'start', 'end', 'location', 'accesses', 'witness', 'fixes']);
    expect(Object.keys(finding!.witness!)).toEqual(['schedule', 'switches', 'assumptions', 'outcome', 'expectedOutcomes']);
    expect(report.stats).toMatchObject({ files: 1, parsed: 1, lines: racyAccount.trimEnd().split('\n').length });
    expect(report.stats.executions).toBeGreaterThan(0);
    expect(status).toBe(1);
  });

  it('is told as SARIF, with the schedule as a flow of threads, the fix, the pages of the rules, and what could not be checked', () => {
    const { status, stdout } = run(['check', '--format', 'sarif', '.'], { cwd: folder({ 'src/a b.ts': racyAccount, 'src/broken.ts': 'async function { await 1; this.x += 1;' }) });
    const { runs: [log] } = JSON.parse(stdout) as Log;
    const [result] = log!.results!;
    expect(result).toMatchObject({ level: 'warning', properties: { verdict: 'confirmed' }, locations: [{ physicalLocation: { artifactLocation: { uri: 'src/a%20b.ts' }, region: { startLine: 7, startColumn: 7 } } }] });
    expect(log!.tool.driver.rules![result!.ruleIndex!]).toMatchObject({ id: result!.ruleId, help: { markdown: expect.stringContaining(result!.ruleId!) } });
    const flows = result!.codeFlows![0]!.threadFlows;
    expect(flows).toHaveLength(2);
    const order = flows.flatMap(({ locations }) => locations.map(({ executionOrder }) => executionOrder)).sort((a, b) => a! - b!);
    expect(order).toEqual(order.map((_, index) => index));
    expect(result!.fixes![0]!.artifactChanges[0]!.replacements.length).toBeGreaterThan(0);
    expect(log!.invocations).toEqual([{ executionSuccessful: false, toolExecutionNotifications: [{ level: 'error', message: { text: expect.stringContaining('src/broken.ts:1:16') } }] }]);
    expect(status).toBe(2);
  });

  it('is told as an annotation a line, and as Markdown', () => {
    const cwd = folder({ 'account.ts': racyAccount });
    const github = run(['check', '--format', 'github'], { cwd });
    expect(github.stdout).toMatch(/^::warning file=account.ts,line=7,endLine=7,col=7,endColumn=\d+,title=[a-z-]+ \(confirmed\)::/);
    expect(github.stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(github.status).toBe(1);
    expect(run(['check', '--format', 'markdown'], { cwd }).stdout).toMatch(/^## Raceproof: 1 finding \(1 confirmed\)[^]*### `account.ts`[^]*\*\*7:7\*\*[^]*<details>/);
  });

  it('--no-prove finds and runs nothing', () => {
    const { status, stdout } = run(['check', '--no-prove', '--format', 'json'], { cwd: folder({ 'account.ts': racyAccount }) });
    expect(json(stdout)).toMatchObject({ findings: [{ verdict: 'unproven', severity: 'information' }], stats: { executions: 0 } });
    expect(status).toBe(0);
  });

  it('--fail-on moves the limit', () => {
    const cwd = folder({ 'account.ts': racyAccount });
    expect(run(['check', '--no-prove', '--fail-on', 'information'], { cwd }).status).toBe(1);
    expect(run(['check', '--fail-on', 'error'], { cwd }).status).toBe(0);
  });

  it('--rule keeps to one rule', () => {
    const cwd = folder({ 'account.ts': racyAccount });
    const found = json(run(['check', '--format', 'json'], { cwd }).stdout).findings.map(({ rule }) => rule);
    const other = found.includes('double-initialization') ? 'lost-update' : 'double-initialization';
    expect(json(run(['check', '--format', 'json', '--rule', other], { cwd }).stdout).findings).toEqual([]);
    expect(json(run(['check', '--format', 'json', '--rule', found[0]!], { cwd }).stdout).findings).toHaveLength(1);
  });

  it('gives the same report, in the order of the files, whatever the number of jobs', () => {
    const cwd = folder(Object.fromEntries(['c', 'a', 'b', 'd/e'].map((name) => [`${name}.ts`, racyAccount])));
    const [one, four] = ['1', '4'].map((jobs) => json(run(['check', '--format', 'json', '--jobs', jobs], { cwd }).stdout));
    expect(one!.findings).toEqual(four!.findings);
    expect(one!.findings.map(({ file }) => file)).toEqual(['a.ts', 'b.ts', 'c.ts', 'd/e.ts']);
  });
});

describe('what is checked', () => {
  it('leaves out what is no source below a folder', () => {
    const cwd = folder({
      'src/a.ts': racyAccount,
      'node_modules/x/src/a.ts': racyAccount,
      'dist/a.ts': racyAccount,
      '.cache/a.ts': racyAccount,
      'src/types.d.ts': 'export declare const x: number;',
      'src/a.min.js': racyAccount,
      'src/bundle.js': `let balance = 1;${'async function f(){const b=balance;await 0;balance=b+1}'.repeat(400)}`,
      'src/p-5479268c.entry.js': `let balance = 1;${'async function f(){const b=balance;await 0;balance=b+1}'.repeat(50)}`,
      'src/video.ts': new Uint8Array([0x47, 0, 0x11, 0]),
      'src/notes.md': 'await',
    });
    const { stdout, stderr } = run(['check', '--format', 'json'], { cwd });
    expect(stderr).toBe('');
    expect(filesOf(stdout)).toEqual(['src/a.ts']);
    expect(json(stdout).stats.files).toBe(1);
  });

  it('checks what is named, wherever it lies, once', () => {
    const cwd = folder({ 'node_modules/x/src/a.ts': racyAccount, 'dist/b.ts': racyAccount, 'c.min.js': racyAccount.replace(': { audit(amount: number): Promise<void> }', '').replace('private readonly ', '').replace('{}', '{ this.bank = bank }') });
    expect(filesOf(run(['check', '--format', 'json', 'node_modules/x', 'dist', 'c.min.js', './dist/b.ts', 'dist'], { cwd }).stdout)).toEqual(['c.min.js', 'dist/b.ts', 'node_modules/x/src/a.ts']);
  });

  it('reads every extension of TypeScript and JavaScript', () => {
    const plain = 'let total = 0;\nexport async function add(load) {\n  const before = total;\n  const more = await load();\n  total = before + more;\n}\n';
    const typed = plain.replace('(load)', '(load: () => Promise<number>)');
    const extensions = ['cjs', 'cts', 'js', 'jsx', 'mjs', 'mts', 'ts', 'tsx'];
    const { stdout, stderr } = run(['check', '--format', 'json', '--no-prove'], { cwd: folder(Object.fromEntries(extensions.map((extension) => [`a.${extension}`, extension.includes('t') ? typed : plain]))) });
    expect(stderr).toBe('');
    expect(filesOf(stdout)).toEqual(extensions.map((extension) => `a.${extension}`));
  });

  it('follows links, in a circle too, and reads each file once', () => {
    const cwd = folder({ 'a/account.ts': racyAccount });
    symlinkSync('..', join(cwd, 'a/up'));
    symlinkSync('a', join(cwd, 'b'));
    symlinkSync('nowhere', join(cwd, 'broken.ts'));
    symlinkSync('self.ts', join(cwd, 'self.ts'));
    const { stdout, stderr } = run(['check', '--format', 'json'], { cwd });
    expect(filesOf(stdout)).toEqual(['a/account.ts']);
    expect(stderr).toMatch(/self\.ts: its symbolic links lead in a circle/);
  });

  it('names files from the working directory, outside of it too', () => {
    const cwd = folder({ 'here/x.ts': '', 'there/account.ts': racyAccount });
    expect(filesOf(run(['check', '--format', 'json', '../there'], { cwd: join(cwd, 'here') }).stdout)).toEqual(['../there/account.ts']);
  });

  it('counts lines and columns as editors do, behind a byte order mark and CRLF too', () => {
    const { stdout } = run(['check', '--format', 'json'], { cwd: folder({ 'account.ts': `\ufeff${racyAccount.replaceAll('\n', '\r\n')}` }) });
    expect(json(stdout).findings).toMatchObject([{ start: { line: 7, column: 7 } }]);
  });
});

describe('what cannot be checked', () => {
  it('is told, makes the status 2, and stops nothing else', () => {
    const cwd = folder({
      'good.ts': racyAccount,
      'bad.ts': 'export async function f( {\n  await 1;\n',
      'notes.md': '# x',
      'video.ts': new Uint8Array([0x47, 0, 1]),
      'huge.ts': `// ${'x'.repeat(6 * 1024 * 1024)}`,
    });
    const { status, stdout, stderr } = run(['check', '--format', 'json', 'nowhere', 'good.ts/x', 'bad.ts', 'notes.md', 'video.ts', 'huge.ts', '/dev/null', '\u001b[31mred.ts', 'good.ts'], { cwd });
    const told = [
      /^raceproof: nowhere: there is no such file or folder; check the path\.$/m,
      /^raceproof: good\.ts\/x: a part of this path is not a folder; check the path\.$/m,
      /^raceproof: bad\.ts:\d+:\d+: syntax error: .+ The file was not checked\.$/m,
      /^raceproof: notes\.md: this is neither TypeScript nor JavaScript; files end in .+\.$/m,
      /^raceproof: video\.ts: it is binary, not text; .+\.$/m,
      /^raceproof: huge\.ts: it is larger than 5 MB; .+\.$/m,
      /^raceproof: .*dev\/null: this is no regular file; .+\.$/m,
      /^raceproof: \\x1b\[31mred\.ts: there is no such file/m,
    ];
    for (const message of told) expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(told.length);
    expect(filesOf(stdout)).toEqual(['good.ts']);
    expect(status).toBe(2);
  });

  it('an empty folder is no error, and no success either', () => {
    const { status, stdout } = run(['check'], { cwd: folder({ 'notes.md': '# x' }) });
    expect(stdout).toContain('! nothing was checked');
    expect(status).toBe(0);
  });

  it('files and folders without permission are told too', () => {
    if (process.getuid?.() === 0) return expectUnreadableAsAnotherUser();
    const cwd = folder({ 'good.ts': racyAccount, 'secret.ts': racyAccount, 'vault/a.ts': racyAccount });
    for (const name of ['secret.ts', 'vault']) chmodSync(join(cwd, name), 0);
    const { status, stderr } = run(['check', '--no-prove'], { cwd });
    chmodSync(join(cwd, 'vault'), 0o700);
    expect(stderr).toMatch(/secret\.ts: it may not be read; change its permissions/);
    expect(stderr).toMatch(/vault: it may not be read/);
    expect(status).toBe(2);
  });
});

/** Root may read everything, so the command is run as nobody. */
function expectUnreadableAsAnotherUser(): void {
  const cwd = folder({ 'good.ts': racyAccount, 'secret.ts': racyAccount });
  mkdirSync(join(cwd, 'vault'));
  for (const [name, mode] of [['.', 0o755], ['good.ts', 0o644], ['secret.ts', 0o600], ['vault', 0o700]] as const) chmodSync(join(cwd, name), mode);
  const { status, stdout, stderr } = runShell(`export -f raceproof; setpriv --reuid=65534 --regid=65534 --clear-groups bash -c 'raceproof check --no-prove --format json .'`, { cwd });
  expect(stderr).toMatch(/secret\.ts: it may not be read; change its permissions/);
  expect(stderr).toMatch(/vault: it may not be read/);
  expect(filesOf(stdout)).toEqual(['good.ts']);
  expect(status).toBe(2);
}

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, run } from './command.js';

const counter = 'let n = 0;\nexport async function count(load) {\n  n = n + (await load());\n}\n';
const names = Array.from({ length: 120 }, (_, index) => `src/${String(index).padStart(3, '0')}.js`);

describe('files shared among threads', () => {
  it('give the same report whatever the number of jobs, problems too', () => {
    const files = Object.fromEntries(names.map((name, index) => [name, index % 50 === 7 ? 'export async function f( {' : index % 3 === 0 ? counter : '// nothing\n']));
    const cwd = folder(files);
    const [one, three] = ['1', '3'].map((jobs) => {
      const { status, stdout, stderr } = run(['check', '--no-prove', '--format', 'json', '--jobs', jobs], { cwd });
      return { status, stderr, ...(JSON.parse(stdout) as { findings: { file: string }[]; stats: { files: number; lines: number; ms: number } }) };
    });
    expect({ ...three!, stats: { ...three!.stats, ms: 0 } }).toEqual({ ...one!, stats: { ...one!.stats, ms: 0 } });
    expect(one!.findings.map(({ file }) => file)).toEqual(names.filter((_, index) => index % 3 === 0 && index % 50 !== 7));
    expect(one!.stats).toMatchObject({ files: 117 });
    expect(one!.stderr.trimEnd().split('\n').map((line) => /\d+\.js/.exec(line)![0])).toEqual(['007.js', '057.js', '107.js']);
    expect(one!.status).toBe(2);
  });
});

describe('changed files', () => {
  const git = (cwd: string, ...args: string[]) => {
    const { status, stderr } = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main', '-c', 'commit.gpgsign=false', ...args], { cwd, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  const filesOf = (cwd: string, ...args: string[]) => (JSON.parse(run(['check', '--no-prove', '--format', 'json', ...args], { cwd }).stdout) as { findings: { file: string }[] }).findings.map(({ file }) => file);

  it('are those that differ from where the branch began, and new ones', () => {
    const cwd = folder({ 'old.js': counter, 'edited.js': '', 'src/committed.js': '', 'gone.js': counter, '.gitignore': 'ignored.js\n' });
    git(cwd, 'init', '-q');
    expect(filesOf(cwd, '--changed')).toEqual(['gone.js', 'old.js']);
    git(cwd, 'add', '.');
    git(cwd, 'commit', '-qm', 'first');
    git(cwd, 'checkout', '-qb', 'work');
    writeFileSync(join(cwd, 'src/committed.js'), counter);
    git(cwd, 'commit', '-qam', 'second');
    writeFileSync(join(cwd, 'edited.js'), counter);
    writeFileSync(join(cwd, 'ü new.js'), counter);
    writeFileSync(join(cwd, 'ignored.js'), counter);
    git(cwd, 'rm', '-q', 'gone.js');
    expect(filesOf(cwd, '--changed')).toEqual(['edited.js', 'ü new.js']);
    expect(filesOf(cwd, '--since', 'main')).toEqual(['edited.js', 'src/committed.js', 'ü new.js']);
    git(cwd, 'update-ref', 'refs/remotes/origin/main', 'main');
    expect(filesOf(cwd, '--changed')).toEqual(['edited.js', 'src/committed.js', 'ü new.js']);
    expect(filesOf(join(cwd, 'src'), '--changed')).toEqual(['committed.js']);
    expect(filesOf(cwd, '--changed', 'edited.js', 'old.js')).toEqual(['edited.js']);
  });

  it('are not to be had without git, or of a commit that is none', () => {
    const cwd = folder({ 'a.js': counter });
    expect(run(['check', '--changed'], { cwd, env: { GIT_CEILING_DIRECTORIES: '/' , GIT_DIR: join(cwd, 'none') } })).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('in no git repository') as string });
    git(cwd, 'init', '-q');
    expect(run(['check', '--since', '--nowhere'], { cwd }).status).toBe(2);
    expect(run(['check', '--since=nowhere'], { cwd }).stderr).toContain('--since nowhere: git knows no such commit');
  });
});

import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { folder, racyAccount, run, runShell, start } from './command.js';

describe('in a pipe', () => {
  it('prints no colour, no progress and no control characters', () => {
    const hostile = racyAccount.replace('this.bank.audit(amount)', "this.bank.audit(amount) /* \u001b]0;pwned\u0007\u009b31m\u202e */");
    const cwd = folder({ 'account.ts': hostile });
    for (const args of [['check'], ['check', '--format', 'json'], ['simulate', 'account.ts:7'], ['simulate', 'account.ts:7', '--format', 'json']]) {
      const { stdout, stderr } = run(args, { cwd });
      expect(stderr).toBe('');
      expect(stdout).not.toMatch(/[^\P{Control}\n]|\p{Format}/u);
    }
  });

  it('lets the reader stop early, without a word', () => {
    const cwd = folder(Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`a${at}.ts`, racyAccount])));
    const { stdout, stderr } = runShell('raceproof check --no-prove --format json | head -c 10', { cwd });
    expect(stderr).toBe('');
    expect(stdout).toHaveLength(10);
  });

  it('writes a long report to its end', () => {
    const cwd = folder(Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`a${at}.ts`, racyAccount])));
    const { stdout } = runShell('raceproof check --no-prove --format json | (sleep 1; cat)', { cwd });
    expect((JSON.parse(stdout) as { findings: unknown[] }).findings).toHaveLength(100);
  });
});

describe('interrupted', () => {
  it('ends with 130, and says nothing more', async () => {
    const cwd = folder(Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`a${at}.ts`, racyAccount])));
    const child = await start(['check', '--jobs', '2'], { cwd });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => (output += data.toString()));
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]); // with its workers, as they hold its pipes
    expect(output).toBe('');
  });
});

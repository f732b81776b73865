import { describe, expect, it } from 'vitest';
import { folder, racyAccount, runShell } from './command.js';

const escape = '\u001b';

/**
 * Runs `script` with standard output on a terminal of 80 columns.
 * `script(1)` goes through $SHELL, or `sh` where that is unset; a shell other than bash loses the exported function.
 */
function onTerminal(script: string, cwd: string, env: NodeJS.ProcessEnv = {}): string {
  const inner = `stty cols 80; ${script}`;
  return runShell(`export -f raceproof; script -qec ${JSON.stringify(`bash -c ${JSON.stringify(inner)}`)} /dev/null`, { cwd, env: { TERM: 'xterm', NO_COLOR: '', LANG: 'C.UTF-8', LC_ALL: '', SHELL: '/bin/bash', ...env } }).stdout.replaceAll('\r\n', '\n');
}

describe('on a terminal', () => {
  it('has colour, progress on standard error, and keeps to the width', () => {
    const cwd = folder({ 'account.ts': racyAccount });
    expect(onTerminal('raceproof simulate account.ts:7 2>/dev/null', cwd)).toContain(`${escape}[31mconfirmed${escape}[0m`);
    expect(onTerminal('raceproof check --no-prove', cwd)).toContain(`\r${escape}[2K`);
    const plain = onTerminal('raceproof simulate account.ts:7 2>/dev/null', cwd, { NO_COLOR: '1' });
    expect(plain).toContain('confirmed');
    for (const line of plain.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('has none with NO_COLOR or on a dumb terminal', () => {
    const cwd = folder({ 'account.ts': racyAccount });
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      const shown = onTerminal('raceproof check 2>/dev/null', cwd, env);
      expect(shown).toContain('account.ts');
      expect(shown).not.toContain(escape);
    }
    expect(onTerminal('raceproof check', cwd, { TERM: 'dumb' })).not.toContain(escape);
  });

  it('draws with ASCII where the locale has no more', () => {
    const cwd = folder({ 'account.ts': racyAccount });
    const drawn = onTerminal('raceproof simulate account.ts:7 2>/dev/null', cwd, { LC_ALL: 'C', NO_COLOR: '1' });
    expect(drawn).not.toMatch(/[^\x20-\x7e\n]/);
    expect(drawn).toContain('20 -> -60');
  });
});

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The command as it ships. */
export const command = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
if (!existsSync(command)) throw new Error('The command is not built; run `npm run build` first.');

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

export function run(args: readonly string[], { cwd, env }: RunOptions = {}): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { cwd, env: { ...process.env, ...env }, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** Through a shell, for pipes; `raceproof` stands for the command. */
export function runShell(script: string, { cwd, env }: RunOptions = {}): Run {
  const text = `raceproof() { '${process.execPath}' '${command}' "$@"; }\n${script}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', text], { cwd, env: { ...process.env, ...env }, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** Tells over the channel to its parent when the command listens to signals. */
const tellWhenReady = `data:text/javascript,${encodeURIComponent(`
  const timer = setInterval(() => {
    if (process.listenerCount('SIGINT') === 0) return;
    clearInterval(timer);
    process.send?.('ready');
  }, 5);`)}`;

/** Starts the command and leaves it running; resolves when it listens to signals. */
export async function start(args: readonly string[], { cwd }: RunOptions = {}): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', tellWhenReady, command, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  await once(child, 'message');
  return child;
}

/** A folder of its own for one test, removed when the test ends. */
export function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), 'raceproof-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

export const racyAccount = `export class Account {
  balance = 100;
  constructor(private readonly bank: { audit(amount: number): Promise<void> }) {}
  async withdraw(amount = 80) {
    if (this.balance >= amount) {
      await this.bank.audit(amount);
      this.balance -= amount;
    }
  }
}
`;

export const curedAccount = `export class Account {
  balance = 100;
  constructor(private readonly bank: { audit(amount: number): Promise<void> }) {}
  async withdraw(amount = 80) {
    if (this.balance >= amount) {
      this.balance -= amount;
      await this.bank.audit(amount);
    }
  }
}
`;

#!/usr/bin/env node
import { parentPort, workerData } from 'node:worker_threads';
import { delegate } from './delegate.js';
import { runEngine } from './engine-thread.js';
import { explain } from './explain.js';
import { parseCheck, parseExplain, parseSimulate } from './options.js';
import { parseTest } from './race-options.js';
import { version } from './package-version.js';
import { createShell, endQuietly, type Shell, type Status } from './shell.js';
import { systems } from './systems.js';
import { parseSystems } from './systems-options.js';
import { help, isCommand, UsageError, type Command } from './usage.js';
import type { Work } from './work.js';
import { printable } from '../report/index.js';

async function main(args: readonly string[], shell: Shell): Promise<Status> {
  const [name, ...rest] = args;
  if (name === '-h' || name === '--help' || name === 'help') return tell(shell, help[rest[0] !== undefined && isCommand(rest[0]) ? rest[0] : 'main']);
  if (name === '-v' || name === '--version') return tell(shell, version());
  if (name === undefined) throw new UsageError(`no command given.\n\n${help.main}`);
  if (!isCommand(name)) throw unknownCommand(name);
  const end = rest.indexOf('--');
  if ((end < 0 ? rest : rest.slice(0, end)).some((argument) => argument === '-h' || argument === '--help')) return tell(shell, help[name]);
  return run(name, rest, shell);
}

async function run(command: Command, args: readonly string[], shell: Shell): Promise<Status> {
  switch (command) {
    case 'explain':
      return explain(parseExplain(args), shell);
    case 'check':
      return delegate({ command, options: parseCheck(args) }, shell);
    case 'simulate':
      return delegate({ command, options: parseSimulate(args) }, shell);
    case 'test':
      return delegate({ command, options: parseTest(args) }, shell);
    case 'systems':
      return systems(parseSystems(args), shell);
  }
}

function unknownCommand(name: string): UsageError {
  if (['mcp'].includes(name)) return new UsageError(`${name} is not supported yet. See: raceproof --help`);
  if (name.startsWith('-')) return new UsageError(`unknown option '${name}'. See: raceproof --help`);
  return new UsageError(`unknown command '${name}'. To check a path: raceproof check ${name}. See: raceproof --help`);
}

function tell(shell: Shell, text: string): Status {
  shell.print(text);
  return 0;
}

function complain(shell: Shell, error: unknown): Status {
  if (error instanceof UsageError) shell.complain(error.message.split('\n').map(printable).join('\n'));
  else shell.complain(`internal error, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return 2;
}

if (parentPort) await runEngine(parentPort, workerData as Work);
else {
  endQuietly(process);
  const shell = createShell(process);
  process.exitCode = await main(process.argv.slice(2), shell).catch((error: unknown) => complain(shell, error));
}

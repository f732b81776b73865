import childProcess from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import workers from 'node:worker_threads';
import { bounds, realPath, refusal, started } from './node-bounds.js';

const preload = ['--require', bounds.guard];
const node = realPath(process.execPath, false);
const { statSync } = fs;

/** esbuild's service, which only answers who has started it. */
const serviceOfBuild = /[\\/]node_modules[\\/](?:esbuild|@esbuild[\\/][^\\/]+)[\\/]/;

interface Spawning {
  file: string;
  args?: string[];
  envPairs?: string[];
}

/** Processes of Node alone, each with the guard; threads with the guard whatever they are started with; no signals to others. */
export function guardProcesses(): void {
  const { ChildProcess } = childProcess as unknown as { ChildProcess: { prototype: { spawn(options: Spawning): unknown; pid?: number } } };
  const { spawn } = ChildProcess.prototype;
  ChildProcess.prototype.spawn = function (options) {
    const failure = spawn.call(this, guarded(options));
    if (this.pid !== undefined) started(this.pid);
    return failure;
  };
  guardSynchronous();
  guardThreads();
  guardSignals();
}

/** What is started, with the guard; `args` begin with the name that the program has. @throws the refusal. */
function guarded(options: Spawning): Spawning {
  const real = programAt(options.file);
  if (real !== node && !serviceOfBuild.test(real)) throw refusal(`start ${options.args && options.args.length > 0 ? options.args.join(' ') : options.file}`.slice(0, 200));
  const [name = options.file, ...rest] = options.args ?? [];
  const editor = process.env['ELECTRON_RUN_AS_NODE'];
  if (editor !== undefined && options.envPairs && !options.envPairs.some((pair) => pair.startsWith('ELECTRON_RUN_AS_NODE='))) options.envPairs.push(`ELECTRON_RUN_AS_NODE=${editor}`);
  return real === node ? { ...options, args: [name, ...preload, ...rest] } : options;
}

/** A program's real path; a bare name is looked for as the system does. */
function programAt(file: string): string {
  if (/[\\/]/.test(file)) return realPath(file, false);
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const found = folders.map((folder) => path.join(folder, file)).find((one) => statSync(one, { throwIfNoEntry: false })?.isFile() === true);
  return found === undefined ? file : realPath(found, false);
}

type Run = (file: string, ...rest: unknown[]) => unknown;

function guardSynchronous(): void {
  const all = childProcess as unknown as Record<'spawnSync' | 'execFileSync' | 'execSync', Run>;
  for (const name of ['spawnSync', 'execFileSync'] as const) {
    const run = all[name];
    all[name] = (file, ...rest) => {
      const given = Array.isArray(rest[0]) ? (rest.shift() as string[]) : [];
      const [options] = rest as [{ shell?: unknown } | undefined];
      if (options?.shell) throw refusal(`start ${[file, ...given].join(' ')}`);
      const { args = [] } = guarded({ file, args: [file, ...given] });
      return run(file, args.slice(1), ...rest);
    };
  }
  all.execSync = (command) => {
    throw refusal(`start ${command}`);
  };
}

/** A thread that says itself what Node is started with would leave out what its parent was started with. */
function guardThreads(): void {
  const { Worker } = workers;
  workers.Worker = class extends Worker {
    constructor(file: string | URL, options: workers.WorkerOptions = {}) {
      super(file, options.execArgv ? { ...options, execArgv: [...preload, ...options.execArgv] } : options);
    }
  };
}

function guardSignals(): void {
  const { kill } = process;
  process.kill = (pid, signal) => {
    // 0 only asks whether it is there.
    if (signal !== 0 && pid !== process.pid) throw refusal(`send a signal to process ${pid}`);
    return kill.call(process, pid, signal);
  };
}

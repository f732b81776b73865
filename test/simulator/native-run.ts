import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const runner = fileURLToPath(new URL('./native-run.mjs', import.meta.url));

/** In milliseconds: for one program to come to rest, and for all of them, one of which may loop. */
const oneLimit = 20_000;
const wholeLimit = 300_000;

/**
 * What each program logs in Node itself, each run to its end before the next; `rest` is the time in milliseconds that it is given beyond that.
 * @throws if one does not come to rest within `limit` milliseconds, or all of them not within `whole`.
 */
export function runNatively(programs: readonly string[], rest = 0, { limit = oneLimit, whole = wholeLimit } = {}): string[][] {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--no-warnings', runner, String(rest), String(limit)], { input: JSON.stringify(programs), encoding: 'utf8', maxBuffer: 2 ** 28, timeout: whole, killSignal: 'SIGKILL' });
  if (status === null) throw new Error(`Node was stopped after ${whole} ms: one of ${programs.length} programs does not return to its event loop. ${stderr}`);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as string[][];
}

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const runner = fileURLToPath(new URL('./native-run.mjs', import.meta.url));

/** What each program logs in Node itself, each run to its end before the next; `rest` is the time in milliseconds that it is given beyond that. */
export function runNatively(programs: readonly string[], rest = 0): string[][] {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--no-warnings', runner, String(rest)], { input: JSON.stringify(programs), encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as string[][];
}

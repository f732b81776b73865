import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scenario } from 'raceproof';

// A child submits jobs, each with a signal, and each signal does one of them. But a signal that is pending already is not pending twice: two become one.
export default scenario(() => {
  let done = 0;
  writeFileSync('/jobs', '');

  process.on('SIGUSR2', () => {
    const jobs = readFileSync('/jobs', 'utf8').length;
    done = Math.min(jobs, done + 1);
  });

  const parent = async () => {
    const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)));
    await once(child, 'exit');
  };

  return {
    tasks: { parent },
    invariant: () => {
      if (done !== 2) throw new Error(`2 jobs were submitted, and ${done} done`);
    },
  };
});

import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { scenario } from 'raceproof';

// The self-pipe trick: all that the handler does is to write a byte into a pipe of its own. The main loop reads it, and does all that there is, one job after the
// other. So a signal that comes during the work waits in the pipe, and two that have become one are none too few.
export default scenario(() => {
  let done = 0;
  let working = 0; // jobs that are under way
  let most = 0;
  const pipe = new PassThrough();
  writeFileSync('/jobs', '');

  process.on('SIGUSR2', () => {
    pipe.write('!');
  });

  const work = async () => {
    most = Math.max(most, ++working);
    await new Promise((resolve) => setTimeout(resolve, 10));
    working--;
    done++;
  };

  const server = async () => {
    fork(fileURLToPath(new URL('./child.ts', import.meta.url)));
    for await (const _byte of pipe) {
      while (done < readFileSync('/jobs', 'utf8').length) await work();
      if (done === 2) break;
    }
  };

  return {
    tasks: { server },
    invariant: () => {
      if (most > 1) throw new Error(`${most} jobs were under way at the same time`);
      if (done !== 2) throw new Error(`2 jobs were submitted, and ${done} done`);
    },
  };
});

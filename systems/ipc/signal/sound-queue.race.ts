import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scenario } from 'raceproof';

// A signal says that there is something, not how much: whoever hears it does all that there is. The work itself waits in a file, as bytes wait in
// the pipe of the self-pipe trick.
export default scenario(() => {
  let done = 0;
  writeFileSync('/jobs', '');

  process.on('SIGUSR2', () => {
    const jobs = readFileSync('/jobs', 'utf8').length;
    done = jobs;
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

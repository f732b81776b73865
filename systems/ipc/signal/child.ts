import { appendFileSync } from 'node:fs';

// Two jobs for the parent, each with a signal that it is there.
for (const job of ['a', 'b']) {
  appendFileSync('/jobs', job);
  process.kill(process.ppid, 'SIGUSR2');
}

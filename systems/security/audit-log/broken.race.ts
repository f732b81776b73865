import { createHash } from 'node:crypto';
import { scenario } from 'raceproof';

interface Entry { readonly event: string; readonly hash: string }

// Two servers append to one log: each takes what is there, writes to the disk, and puts back what it has taken with its own entry. Of two that do so
// at the same time one is lost.
export default scenario(() => {
  let log: readonly Entry[] = [];
  let count = 0; // of what has happened
  let isAlarmed = false;
  let wasTamperedWith = false;

  const hashOf = (before: string, event: string) => createHash('sha256').update(before).update(event).digest('hex');

  const append = async (what: string) => {
    const event = `${++count} ${what}`;
    const entries = log;
    const entry = { event, hash: hashOf(head, event) };
    await write();
    log = [...entries, entry];
    head = entry.hash;
  };

  const write = () => new Promise<void>((resolve) => setTimeout(resolve, 1)); // to a disk

  /** Each hash covers all that was before it, and the auditor has the last one from the server. */
  const audit = (head: string) => {
    let hash = '';
    for (const entry of log) hash = hashOf(hash, entry.event);
    if (hash !== head) isAlarmed = true;
  };

  let head = '';
  const isLogin = ({ event }: Entry) => event.endsWith('login');
  const intruder = () => {
    wasTamperedWith = log.some(isLogin);
    log = log.filter((entry) => !isLogin(entry));
  };

  return {
    tasks: { login: () => append('login'), transfer: () => append('transfer'), intruder },
    invariant: () => {
      audit(head);
      if (wasTamperedWith && !isAlarmed) throw new Error('somebody has removed an entry, and nobody was alarmed');
      if (log.some(({ event }, at) => at > 0 && Number.parseInt(event) < Number.parseInt(log[at - 1].event))) throw new Error(`the log has ${log.map(({ event }) => event).join(' before ')}`);
      if (!wasTamperedWith && log.length !== 2) throw new Error(`2 events, and ${log.length} in the log`);
    },
  };
});

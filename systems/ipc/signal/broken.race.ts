import { scenario } from 'raceproof';

// A server saves its state when it is told to stop. Told a second time while it saves, it begins once more: a handler that waits
// may be entered again.
export default scenario(() => {
  let saving = 0; // saves that are under way
  let most = 0;

  const save = async () => {
    most = Math.max(most, ++saving);
    await new Promise((resolve) => setTimeout(resolve, 10)); // writes to a disk
    saving--;
  };

  process.on('SIGTERM', () => {
    void save();
  });

  const ask = () => process.kill(process.pid, 'SIGTERM');

  return {
    tasks: { user: ask, supervisor: ask },
    invariant: () => {
      if (most > 1) throw new Error(`${most} saves were under way at the same time`);
    },
  };
});

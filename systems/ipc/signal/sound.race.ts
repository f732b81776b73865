import { scenario } from 'raceproof';

// A server saves its state when it is told to stop. What is set in the same turn as it is looked at tells a second signal that the first
// one is being dealt with.
export default scenario(() => {
  let saving = 0; // saves that are under way
  let most = 0;
  let isStopping = false;

  const save = async () => {
    most = Math.max(most, ++saving);
    await new Promise((resolve) => setTimeout(resolve, 10)); // writes to a disk
    saving--;
  };

  process.on('SIGTERM', () => {
    if (isStopping) return;
    isStopping = true;
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

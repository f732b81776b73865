import { agent, scenario } from 'raceproof';

/** A request that begins while the driver stops (SCTBench, bluetooth_driver_bad; first in KISS, PLDI 2004). */
export default scenario(() => {
  const pending = new Int32Array(new SharedArrayBuffer(4));
  const stopping = new Int32Array(new SharedArrayBuffer(4));
  const idle = new Int32Array(new SharedArrayBuffer(4));
  const stopped = new Int32Array(new SharedArrayBuffer(4));
  pending[0] = 1;

  const begin = (): boolean => {
    if (Atomics.load(stopping, 0)) return false;
    Atomics.add(pending, 0, 1);
    return true;
  };
  const end = (): void => {
    if (Atomics.sub(pending, 0, 1) === 1) Atomics.store(idle, 0, 1);
  };
  return {
    tasks: {
      stop: agent(() => {
        Atomics.store(stopping, 0, 1);
        end();
        if (Atomics.load(idle, 0)) Atomics.store(stopped, 0, 1);
      }),
      request: agent(() => {
        if (begin() && Atomics.load(stopped, 0)) throw new Error('a request works on a driver that has stopped');
        end();
      }),
    },
  };
});

import { agent, blockUntil, scenario, Semaphore } from 'raceproof';

const chairs = 1;
const customers = 3;

// The barber sleeps until somebody sits in a chair. A semaphore counts those who do, so a customer who comes while the barber falls asleep is not forgotten.
export default scenario(() => {
  const waiting = new Semaphore(0); // customers in chairs, and at last the sign that says closed
  const ready = new Semaphore(0);
  const room = new Semaphore(1);
  const seated = new Int32Array(new SharedArrayBuffer(4));
  const gone = new Int32Array(new SharedArrayBuffer(8)); // with a haircut, without

  const customer = () => {
    room.acquire();
    if (seated[0] === chairs) {
      room.release();
      Atomics.add(gone, 1, 1);
      return;
    }
    seated[0]++;
    room.release();
    waiting.release();
    ready.acquire();
    Atomics.add(gone, 0, 1);
  };

  const barber = () => {
    for (;;) {
      waiting.acquire();
      if (Atomics.load(gone, 0) + Atomics.load(gone, 1) === customers) return;
      room.acquire();
      seated[0]--;
      room.release();
      ready.release();
    }
  };

  const close = () => {
    blockUntil(() => Atomics.load(gone, 0) + Atomics.load(gone, 1) === customers);
    waiting.release();
  };

  return {
    tasks: { barber: agent(barber), customer1: agent(customer), customer2: agent(customer), customer3: agent(customer), evening: agent(close) },
    invariant: () => seated[0] === 0 && gone[0] >= 1,
  };
});

import { agent, scenario } from 'raceproof';

const customers = 2;

// The barber looks whether somebody waits, and lies down to sleep if not. A customer who comes between the look and the sleep rings the bell before there is
// anybody who could hear it: both wait for ever.
export default scenario(() => {
  const seated = new Int32Array(new SharedArrayBuffer(4));
  const bell = new Int32Array(new SharedArrayBuffer(4));
  const haircuts = new Int32Array(new SharedArrayBuffer(4));

  const customer = () => {
    Atomics.add(seated, 0, 1);
    Atomics.notify(bell, 0);
  };

  const barber = () => {
    while (Atomics.load(haircuts, 0) < customers) {
      if (Atomics.load(seated, 0) === 0) Atomics.wait(bell, 0, 0);
      Atomics.sub(seated, 0, 1);
      Atomics.add(haircuts, 0, 1);
    }
  };

  return { tasks: { barber: agent(barber), customer1: agent(customer), customer2: agent(customer) } };
});

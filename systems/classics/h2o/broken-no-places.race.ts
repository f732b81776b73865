import { agent, scenario, Semaphore } from 'raceproof';

// One oxygen at a time collects two hydrogens and lets two go on, but not these two: a hydrogen that is free again may take the bond that was meant for
// the other one.
export default scenario(() => {
  const collecting = new Semaphore(1);
  const hydrogen = new Semaphore(0); // arrived, and not yet in a molecule
  const bond = new Semaphore(0);

  const addHydrogen = () => {
    hydrogen.release();
    bond.acquire();
  };

  const addOxygen = () => {
    collecting.acquire();
    hydrogen.acquire();
    hydrogen.acquire();
    bond.release();
    bond.release();
    collecting.release();
  };

  const twice = () => { addHydrogen(); addHydrogen(); };

  return { tasks: { hydrogen1: agent(twice), hydrogen2: agent(twice), oxygen1: agent(addOxygen), oxygen2: agent(addOxygen) } };
});

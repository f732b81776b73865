import { agent, scenario, Semaphore } from 'raceproof';

// Both oxygens collect at the same time: each gets one hydrogen, and waits for a second one that is bound up with the other.
export default scenario(() => {
  const hydrogen = new Semaphore(0); // arrived, and not yet in a molecule
  const bond = new Semaphore(0);
  const bonded = new Semaphore(0);
  const places = new Semaphore(2); // for the hydrogens of one molecule

  const addHydrogen = () => {
    places.acquire();
    hydrogen.release();
    bond.acquire();
    bonded.release();
  };

  const addOxygen = () => {
    hydrogen.acquire();
    hydrogen.acquire();
    bond.release();
    bond.release();
    bonded.acquire();
    bonded.acquire();
    places.release();
    places.release();
  };

  const twice = () => { addHydrogen(); addHydrogen(); };

  return { tasks: { hydrogen1: agent(twice), hydrogen2: agent(twice), oxygen1: agent(addOxygen), oxygen2: agent(addOxygen) } };
});

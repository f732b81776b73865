import { agent, scenario, Semaphore } from 'raceproof';

// Two hydrogen atoms and one oxygen atom bond, and no atom goes on before its molecule is complete. One oxygen at a time collects two hydrogens,
// lets exactly these two go on, and makes place for others only then.
export default scenario(() => {
  const collecting = new Semaphore(1);
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
    collecting.acquire();
    hydrogen.acquire();
    hydrogen.acquire();
    bond.release();
    bond.release();
    bonded.acquire();
    bonded.acquire();
    places.release();
    places.release();
    collecting.release();
  };

  const twice = () => { addHydrogen(); addHydrogen(); };

  return { tasks: { hydrogen1: agent(twice), hydrogen2: agent(twice), oxygen1: agent(addOxygen), oxygen2: agent(addOxygen) } };
});

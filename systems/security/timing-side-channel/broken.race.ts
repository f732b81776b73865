import { agent, scenario } from 'raceproof';

const guess = [...'open'];

// A password is compared letter by letter, and the comparison ends at the first that differs. The answer is no for each of these passwords; the time that it
// took tells how many letters were right.
export default scenario((password: string) => {
  const clock = new Int32Array(new SharedArrayBuffer(4)); // what the attacker can measure: steps of the server
  const answer = new Int32Array(new SharedArrayBuffer(4));

  const isEqual = (given: readonly string[], expected: string) => {
    for (let at = 0; at < expected.length; at++) {
      Atomics.add(clock, 0, 1);
      if (given[at] !== expected[at]) return false;
    }
    return true;
  };

  const server = () => {
    answer[0] = isEqual(guess, password) ? 1 : 0;
  };

  return { tasks: { server: agent(server) }, observer: () => [answer[0], clock[0]] };
}, { secrets: ['shut', 'oven', 'opal'] });

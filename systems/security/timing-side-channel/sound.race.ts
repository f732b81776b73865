import { agent, scenario } from 'raceproof';

const guess = [...'open'];

// All letters are compared, whatever the first ones were: what differs is collected, and the time is the same for every password of this length.
export default scenario((password: string) => {
  const clock = new Int32Array(new SharedArrayBuffer(4)); // what the attacker can measure: steps of the server
  const answer = new Int32Array(new SharedArrayBuffer(4));

  const isEqual = (given: readonly string[], expected: string) => {
    let difference = 0;
    for (let at = 0; at < expected.length; at++) {
      Atomics.add(clock, 0, 1);
      difference |= given[at].charCodeAt(0) ^ expected.charCodeAt(at);
    }
    return difference === 0;
  };

  const server = () => {
    answer[0] = isEqual(guess, password) ? 1 : 0;
  };

  return { tasks: { server: agent(server) }, observer: () => [answer[0], clock[0]] };
}, { secrets: ['shut', 'oven', 'opal'] });

import type { SharedOp } from '../../../src/simulator/agents/index.js';
import { randomNumbers } from '../../../src/simulator/explore/index.js';
import type { Program } from './brute-force.js';
import { ops } from './plain-agents.js';


/** Programs of two or three threads with a few operations each. */
export function randomPrograms(count: number, isTso: boolean): [seed: number, Readonly<Record<string, Program>>][] {
  return Array.from({ length: count }, (_, seed) => [seed, randomThreads(randomNumbers(seed + 1), isTso)]);
}

function randomThreads(random: () => number, isTso: boolean): Record<string, Program> {
  const below = (limit: number): number => Math.floor(random() * limit);
  const number = isTso ? 2 : 2 + below(2);
  // As many schedules as an interpreter without any reduction can run.
  const most = number === 2 ? (isTso ? 3 : 4) : 2;
  return Object.fromEntries(Array.from({ length: number }, (_, rank) => {
    const steps: Step[] = [];
    while (steps.length < most) {
      const more = randomAct(below, isTso);
      if (steps.length > 0 && steps.length + more.length > most) break;
      steps.push(...more);
    }
    return [`t${rank}`, function* () {
      const seen: unknown[] = [];
      let last = 0;
      for (const step of steps) {
        const result: unknown = yield step(last);
        if (typeof result === 'number') last = result;
        seen.push(result ?? null);
      }
      return seen;
    }];
  }));
}

type Step = (last: number) => SharedOp;

function randomAct(below: (limit: number) => number, isTso: boolean): Step[] {
  const index = below(2);
  const value = 1 + below(2);
  const plain: Step[][] = [[() => ops.read(index)], [() => ops.write(index, value)], [(last) => ops.write(index, last + 1)]];
  const atomic: Step[][] = [
    [() => ops.load(index)], [() => ops.store(index, value)], [() => ops.add(index, value)], [() => ops.cas(index, 0, value)], [() => ops.exchange(index, value)],
    [() => ops.lock('m'), () => ops.read(index), (last) => ops.write(index, last + 1), () => ops.unlock('m')],
    [() => ops.wait(index, 0)], [() => ops.wait(index, value, 10)], [() => ops.notify(index, value)], [() => ops.until(index, value)],
    [() => ops.acquire('s', 1)], [() => ops.release('s', 1)], [() => ops.observe(`saw ${index}`)], [() => ops.park([index, 0])],
    [() => ops.lock('m'), () => ops.await('c', 'm'), () => ops.lock('m'), () => ops.unlock('m')], [() => ops.signal('c')], [() => ops.signal('c', true)],
  ];
  const choices = below(2) === 0 || isTso && below(3) > 0 ? plain : atomic;
  return choices[below(choices.length)]!;
}


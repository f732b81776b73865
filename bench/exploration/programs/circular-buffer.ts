import { agent, Mutex, type ScenarioPlan } from 'raceproof';
import { integers } from './agents.js';

/** `count` puts and as many gets, each under the one lock: C(2 count, count) classes (SV-COMP, circular_buffer). */
export function circularBuffer(count: number): ScenarioPlan {
  const lock = new Mutex();
  const buffer = integers(count);
  const ends = integers(2);
  const [head, tail] = [0, 1];
  return {
    tasks: {
      producer: agent(() => {
        for (let value = 1; value <= count; value++) lock.run(() => { buffer[ends[tail]!++ % count] = value; });
      }),
      consumer: agent(() => {
        for (let i = 0; i < count; i++) lock.run(() => (ends[head]! < ends[tail]! ? buffer[ends[head]!++ % count] : undefined));
      }),
    },
  };
}

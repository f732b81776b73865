import { randomNumbers } from '../../src/simulator/explore/index.js';
import { randomEventProgram } from './host/random-events.js';
import { randomStreamProgram } from './host/random-streams.js';
import { runNatively } from './native-run.js';
import { randomAsyncProgram } from './random-async.js';
import { runSimulated } from './simulated-run.js';

const kinds = { async: randomAsyncProgram, events: randomEventProgram, streams: randomStreamProgram };
const batch = 250;

/** Runs fresh random programs in Node and in the simulator; prints the first that differ, and how many did. */
export function compareMany(kind: keyof typeof kinds, count: number, first: number): number {
  let differing = 0;
  let lines = 0;
  for (let from = first; from < first + count; from += batch) {
    const programs = Array.from({ length: Math.min(batch, first + count - from) }, (_, index) => kinds[kind](randomNumbers(from + index)));
    const native = runNatively(programs);
    const simulated = runSimulated(programs);
    programs.forEach((program, index) => {
      lines += native[index]!.length;
      if (native[index]!.join('\n') === simulated[index]!.join('\n')) return;
      if (differing++ < 3) console.log(`seed ${from + index}\n${program}\n--- Node\n${native[index]!.join('\n')}\n--- simulated\n${simulated[index]!.join('\n')}\n`);
    });
  }
  console.log(`${kind}: ${count} programs from seed ${first}, ${lines} lines, ${differing} differ`);
  return differing;
}

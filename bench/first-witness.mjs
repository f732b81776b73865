// Milliseconds to the first witness of the same bug: raceproof's simulator (`--stop-at-first`: found, minimised, its trace written) beside
// fast-check's scheduler: until the property first fails, and until `fc.assert` has shrunk that too, as ours is minimised. Both are warm, in one run. Usage: node bench/first-witness.mjs
import { pathToFileURL } from 'node:url';
import { bundleEngine } from './bundle.mjs';
import { measureFastCheck } from './event-loop/fast-check.mjs';
import { bugs, scenarioOf } from './event-loop/subjects.mjs';

const seeds = Array.from({ length: 31 }, (_, index) => index + 1);
const mostRuns = 100_000;

/** One row a bug, with the medians of all runs. */
export async function measureFirstWitness(engine) {
  const simulator = engine.createNodeSimulator({ workerPath: engine.workerPath });
  try {
    const rows = [];
    for (const bug of bugs) {
      const ours = await measureOurs(simulator, scenarioOf(bug, engine));
      const theirs = await measureFastCheck(bug, seeds, mostRuns);
      if (theirs.some(({ found }) => !found)) throw new Error(`fast-check did not find ${bug.name} in ${mostRuns} runs`);
      const times = { ours: median(ours.map(({ milliseconds }) => milliseconds)), theirs: median(theirs.map(({ milliseconds }) => milliseconds)), shrunk: median(theirs.map(({ shrunk }) => shrunk)) };
      rows.push({ bug: bug.name, ...times, executions: ours[0].executions, runs: median(theirs.map(({ runs }) => runs)), ratio: times.theirs / times.ours, shrunkRatio: times.shrunk / times.ours });
    }
    return rows;
  } finally {
    await simulator.dispose();
  }
}

/** The same scenario once for each seed, for the scheduler needs none. */
async function measureOurs(simulator, scenario) {
  const explore = () => simulator.explore(scenario, { strategy: 'optimal', maxExecutions: 100_000, maxMilliseconds: 10_000, stopAtFirst: true });
  for (let warmUp = 0; warmUp < 50; warmUp++) await explore();
  const times = [];
  while (times.length < seeds.length) {
    const start = performance.now();
    const { witness, executions } = await explore();
    if (!witness) throw new Error('no witness');
    times.push({ milliseconds: performance.now() - start, executions });
  }
  return times;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

export function printFirstWitness(rows) {
  console.log('bug      raceproof ms  executions  fast-check ms   runs  ratio  shrunk ms  ratio');
  for (const row of rows) {
    console.log(`${row.bug.padEnd(7)}  ${row.ours.toFixed(2).padStart(12)}  ${String(row.executions).padStart(10)}  ${row.theirs.toFixed(2).padStart(13)}  ${String(row.runs).padStart(5)}  ${row.ratio.toFixed(1).padStart(5)}  ${row.shrunk.toFixed(2).padStart(9)}  ${row.shrunkRatio.toFixed(1).padStart(5)}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const engine = await bundleEngine();
  try {
    printFirstWitness(await measureFirstWitness(engine));
  } finally {
    engine.dispose();
  }
}

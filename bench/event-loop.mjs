// Transitions a second on event-loop scenarios: from real source text, instrumented and lowered, in the hardened compartment of a worker
// thread, every outcome judged. A transition is a fired event. Usage: node bench/event-loop.mjs
import { pathToFileURL } from 'node:url';
import { bundleEngine } from './bundle.mjs';
import { larger, scenarioOf, subjects } from './event-loop/subjects.mjs';

const executions = { naive: 100_000, optimal: 60_000 };
/** Milliseconds that a subject is explored for, again and again, once it is warm. */
const duration = 1_000;

/** One row a subject and strategy: the median of at least three rounds, after one that warms up, in one worker. */
export async function measureTransitions(engine) {
  const simulator = engine.createNodeSimulator({ workerPath: engine.workerPath });
  try {
    const rows = [];
    for (const subject of [...subjects, ...larger]) {
      const scenario = scenarioOf(subject, engine);
      for (const strategy of ['naive', 'optimal']) {
        const { milliseconds: cold } = await explore(simulator, scenario, strategy);
        const runs = [];
        for (let spent = 0; spent < duration || runs.length < 3; spent += runs.at(-1).milliseconds) runs.push(await explore(simulator, scenario, strategy));
        runs.sort((a, b) => a.milliseconds - b.milliseconds);
        const run = runs[Math.floor(runs.length / 2)];
        rows.push({ subject: subject.name, strategy, cold, ...run, rate: Math.round((run.transitions / run.milliseconds) * 1000) });
      }
    }
    return rows;
  } finally {
    await simulator.dispose();
  }
}

async function explore(simulator, scenario, strategy) {
  const start = performance.now();
  const exploration = await simulator.explore(scenario, { strategy, maxExecutions: executions[strategy], maxMilliseconds: 60_000, stopAtFirst: false });
  if (exploration.failure) throw new Error(exploration.failure.reason);
  return { executions: exploration.executions, transitions: exploration.transitions, exhaustive: exploration.exhaustive, milliseconds: performance.now() - start };
}

export function printTransitions(rows) {
  console.log('subject    strategy  executions  transitions  exhaustive  cold ms     ms  transitions/s');
  for (const row of rows) {
    console.log(`${row.subject.padEnd(9)}  ${row.strategy.padEnd(8)}  ${String(row.executions).padStart(10)}  ${String(row.transitions).padStart(11)}  ${String(row.exhaustive).padStart(10)}  ${row.cold.toFixed(0).padStart(7)}  ${row.milliseconds.toFixed(0).padStart(5)}  ${String(row.rate).padStart(13)}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const engine = await bundleEngine();
  try {
    printTransitions(await measureTransitions(engine));
  } finally {
    engine.dispose();
  }
}

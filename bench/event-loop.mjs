// Transitions a second on event-loop scenarios: from real source text, instrumented and lowered, in the hardened compartment of a worker
// thread, every outcome judged. A transition is a fired event. Usage: node bench/event-loop.mjs
import { pathToFileURL } from 'node:url';
import { bundleEngine } from './bundle.mjs';
import { scenarioOf, subjects } from './event-loop/subjects.mjs';

const rounds = 3;
const executions = { naive: 60_000, optimal: 60_000 };

/** One row a subject and strategy: the best of some rounds, in one worker. */
export async function measureTransitions(engine) {
  const simulator = engine.createNodeSimulator({ workerPath: engine.workerPath });
  try {
    const rows = [];
    for (const subject of subjects) {
      const scenario = scenarioOf(subject, engine);
      for (const strategy of ['naive', 'optimal']) {
        const runs = [];
        for (let round = 0; round < rounds; round++) runs.push(await explore(simulator, scenario, strategy));
        runs.sort((a, b) => a.milliseconds - b.milliseconds);
        rows.push({ subject: subject.name, strategy, ...runs[0], rate: Math.round((runs[0].transitions / runs[0].milliseconds) * 1000) });
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
  return { executions: exploration.executions, transitions: exploration.transitions, exhaustive: exploration.exhaustive, milliseconds: Math.round(performance.now() - start) };
}

export function printTransitions(rows) {
  console.log('subject   strategy  executions  transitions  exhaustive     ms  transitions/s');
  for (const row of rows) {
    console.log(`${row.subject.padEnd(8)}  ${row.strategy.padEnd(8)}  ${String(row.executions).padStart(10)}  ${String(row.transitions).padStart(11)}  ${String(row.exhaustive).padStart(10)}  ${String(row.milliseconds).padStart(5)}  ${String(row.rate).padStart(13)}`);
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

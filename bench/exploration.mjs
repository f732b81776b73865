// Executions a second, and how many the reduction saves, on the whole path from source text to outcome in the sandboxed worker.
// The peer is the naive strategy in the same run. Usage: node bench/exploration.mjs (after `npm run build`).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const scratch = mkdtempSync(join(tmpdir(), 'raceproof-bench-'));
try {
  console.log('suspensions  strategy  executions  transitions  exhaustive  ms');
  for (const suspensions of [1, 2, 3, 4, 5]) {
    const file = join(scratch, `counter${suspensions}.ts`);
    writeFileSync(file, counter(suspensions));
    const [optimal, naive] = ['optimal', 'naive'].map((strategy) => simulate(file, strategy));
    for (const [strategy, result] of [['optimal', optimal], ['naive', naive]]) {
      console.log(`${String(suspensions).padStart(11)}  ${strategy.padEnd(8)}  ${String(result.executions).padStart(10)}  ${String(result.transitions).padStart(11)}  ${String(result.exhaustive).padStart(10)}  ${String(result.milliseconds).padStart(4)}`);
    }
    console.log(`${''.padStart(11)}  executions optimal : naive = ${(optimal.executions / naive.executions).toFixed(3)}`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** A task that reads a counter, waits some times, and writes what it read plus one. */
function counter(suspensions) {
  const waits = Array.from({ length: suspensions }, (_, index) => `    await step(${index});`).join('\n');
  return `import { step } from './steps';
export class Counter {
  count = 0;
  async add() {
    const before = this.count;
${waits}
    this.count = before + 1;
  }
}
`;
}

function simulate(file, strategy) {
  const start = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, ['dist/cli.js', 'simulate', `${file}:4`, '--format', 'json', '--strategy', strategy], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status === null || status > 1) throw new Error(stderr);
  const { executions, transitions, exhaustive } = JSON.parse(stdout);
  return { executions, transitions, exhaustive, milliseconds: Math.round(performance.now() - start) };
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { RaceExploration } from '../../../src/model/index.js';
import { closeRace } from '../../../src/proof/index.js';
import { RaceSession } from '../../../src/simulator/race.js';
import type { Subject } from '../../../src/simulator/runtime/runner.js';

/** Files by their names; `main.js` is a function body that may use `log` and `require`. */
export type Files = Readonly<Record<string, string>>;

/** JSON, in pieces that are shown whole: what a scenario observes is cut where it is long. */
export const inPieces = "(value: unknown) => Object.fromEntries((JSON.stringify(value).match(/.{1,30}/gu) ?? []).map((piece, at) => [String(at).padStart(4, '0'), piece]))";

/** A scenario of one task, the text of `main.js`; what it logs is what is observed. */
function scenarioOf(main: string): string {
  return `import { scenario } from 'raceproof';
    export default scenario(() => { const lines: unknown[] = []; const log = (...all: unknown[]) => { lines.push(...all); }; return { tasks: { main: () => { ${main} } }, observe: () => (${inPieces})(lines) }; });`;
}

export function explored(files: Files, strategy: 'naive' | 'optimal', maxExecutions = 100_000): RaceExploration {
  const all: Files = { ...files, ...(files['main.race.ts'] === undefined && { 'main.race.ts': scenarioOf(files['main.js']!) }) };
  const { race } = closeRace({ file: 'main.race.ts', text: all['main.race.ts']! }, (file) => (all[file] === undefined ? undefined : { kind: 'file', text: all[file] }));
  const subject = (0, eval)(race.program.code) as Subject;
  return new RaceSession(race, subject).explore({ strategy, maxExecutions, maxMilliseconds: 60_000, stopAtFirst: false });
}

function logsOf({ exhaustive, failure, limit, outcomes }: RaceExploration): string[] {
  expect({ failure, exhaustive, limit }).toEqual({ failure: undefined, exhaustive: true, limit: undefined });
  return outcomes.map(({ outcome: { state } }) => Object.keys(state).sort().map((at) => String(JSON.parse(state[at]!))).join('')).sort();
}

/** What `log` holds at the end of each execution; every single one, and one of each class, must say the same. */
export function logs(files: Files): string[] {
  const optimal = explored(files, 'optimal');
  const found = logsOf(optimal);
  const naive = explored(files, 'naive');
  if (process.env['COUNT'] !== undefined) console.log(`optimal ${optimal.executions}, naive ${naive.executions}`);
  expect(logsOf(naive)).toEqual(found);
  return found;
}

/** What Node itself logs: real processes, in a folder of their own. */
export function nativeLog(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'raceproof-'));
  try {
    for (const [name, text] of Object.entries(files)) if (name !== 'main.js') writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'main.js'), `const lines = []; const log = (...all) => { lines.push(...all); }; process.on('exit', () => { require('fs').writeSync(1, JSON.stringify(lines)); }); ${files['main.js']}`);
    const { stdout, stderr, status, signal } = spawnSync(process.execPath, ['main.js'], { cwd: folder, encoding: 'utf8', timeout: 20_000 });
    if (status !== 0) throw new Error(`${status} ${signal} ${stderr}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

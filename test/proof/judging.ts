import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import { bundles, settingsOf } from '../../esbuild.mjs';
import { analyse } from '../../src/analysis/index.js';
import type { ReadModule } from '../../src/language/index.js';
import type { Finding } from '../../src/model/index.js';
import { prove, simulate, type ScenarioProof } from '../../src/proof/index.js';
import type { Simulator } from '../../src/simulator/index.js';
import { createNodeSimulator } from '../../src/simulator/node.js';

export interface Judged {
  readonly finding: Finding;
  readonly proof: ScenarioProof;
}

/** The whole engine over real worker threads, as the command uses it, from a worker bundled for the tests at hand. */
export function useEngine() {
  let folder = '';
  let simulator: Simulator;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'raceproof-worker-'));
    const workerPath = join(folder, 'simulator-worker.mjs');
    const bundle = bundles.find(({ outfile }) => outfile === 'dist/simulator-worker.js')!;
    await build({ ...settingsOf(bundle), outfile: workerPath, sourcemap: false });
    simulator = createNodeSimulator({ workerPath });
  });
  afterAll(async () => {
    await simulator.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    get simulator() { return simulator; },
    /** Every finding of a file with its proof. */
    async check(text: string, file = 'subject.ts', read?: ReadModule): Promise<Judged[]> {
      const analysis = analyse({ file, text });
      const judged: Judged[] = [];
      for (const finding of analysis.findings) judged.push({ finding, proof: await prove(finding, { file, text }, simulator, read ? { read } : {}) });
      return judged;
    },
    /** The proof of running the function of this name, whatever the rules think of it. */
    async run(text: string, name: string, file = 'subject.ts', read?: ReadModule): Promise<ScenarioProof> {
      const subject = analyse({ file, text }).functions.find(({ entry }) => entry.name === name);
      if (!subject) throw new Error(`no function ${name}`);
      return simulate(subject, { file, text }, simulator, { maxExecutions: 5_000, maxMilliseconds: 5_000, ...(read && { read }) });
    },
  };
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '../runner.js';
import { closeAll } from './documents.js';
import { watchThreads } from './threads.js';
import './activation.js';
import './diagnostics.js';
import './configuration.js';
import './actions.js';
import './simulation.js';
import './engine.js';
import './systems.js';

declare const FILTER: string;

/** The extension host calls this. */
export async function run(): Promise<void> {
  watchThreads();
  const counts = await runTests({ afterEach: closeAll, filter: FILTER });
  writeFileSync(join(__dirname, 'counts.json'), JSON.stringify(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} failed`);
}

// The engine bundled from the sources as they stand, as esbuild.mjs bundles it, for benchmarks that call it from inside.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundles, settingsOf } from '../esbuild.mjs';

const exported = `
export { checkModule, compile } from './src/language/index.ts';
export { analyse } from './src/analysis/index.ts';
export { createAnalyser } from './src/analysis/index.ts';
export { closeRace, prove, proveFixes } from './src/proof/index.ts';
export { applyEdits } from './src/fixes/index.ts';
export { Compiling } from './src/cli/compiling.ts';
export { discover } from './src/cli/discover.ts';
export { readModules } from './src/cli/read-modules.ts';
export { readSource } from './src/cli/read-source.ts';
export { WorkspaceAnalyser } from './src/extension/workspace-analyser.ts';
export { createNodeSimulator } from './src/simulator/node.ts';
export { testFor } from './src/regression/node.ts';
`;

/** What `exported` says, and `workerPath`, a simulator's worker; `dispose` removes the bundles. */
export async function bundleEngine() {
  const folder = mkdtempSync(join(tmpdir(), 'raceproof-bench-'));
  const workerPath = join(folder, 'simulator-worker.mjs');
  const worker = settingsOf(bundles.find(({ outfile }) => outfile === 'dist/simulator-worker.js'), { production: true });
  const command = settingsOf(bundles.find(({ outfile }) => outfile === 'dist/cli-engine.js'), { production: true });
  await build({ ...worker, outfile: workerPath });
  await build({ ...command, entryPoints: undefined, stdin: { contents: exported, resolveDir: worker.absWorkingDir, loader: 'ts' }, outfile: join(folder, 'engine.mjs') });
  return { ...(await import(pathToFileURL(join(folder, 'engine.mjs')).href)), workerPath, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

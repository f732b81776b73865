// Runs the tests of a checkout of test262 that are about promises and async code against the simulator; see README.md.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildMain, buildRealms } from './bundles.mjs';

const { values, positionals: [root] } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', default: '' }, json: { type: 'string' } },
});
if (root === undefined) {
  console.error('Usage: node test/test262/run.mjs PATH [--only TEXT] [--json FILE]\nPATH is a checkout of test262.');
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), 'raceproof-test262-'));
try {
  const [bundles, file] = await Promise.all([buildRealms(folder), buildMain(folder)]);
  const { main } = await import(pathToFileURL(file));
  process.exitCode = main({ root: resolve(root), bundles, ...values });
} finally {
  await rm(folder, { recursive: true });
}

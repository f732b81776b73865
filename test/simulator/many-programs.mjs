// node test/simulator/many-programs.mjs [async|events|streams] [COUNT] [FIRST SEED]: compares fresh random programs with Node itself, line by line.
import { rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { nodeLibrary } from '../../build/node-library.mjs';

const [kind = 'async', count = '10000', first = '1000001'] = process.argv.slice(2);
const outfile = fileURLToPath(new URL('./many-programs.bundle.mjs', import.meta.url));
try {
  await build({ entryPoints: [fileURLToPath(new URL('./many-programs.ts', import.meta.url))], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', external: ['typescript'], plugins: [nodeLibrary.esbuild], logLevel: 'error' });
  const { compareMany } = await import(pathToFileURL(outfile).href);
  process.exitCode = compareMany(kind, Number(count), Number(first)) > 0 ? 1 : 0;
} finally {
  rmSync(outfile, { force: true });
}

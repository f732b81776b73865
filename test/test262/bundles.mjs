import { build } from 'esbuild';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeLibrary } from '../../build/node-library.mjs';

const common = { absWorkingDir: fileURLToPath(new URL('.', import.meta.url)), bundle: true, legalComments: 'none', logLevel: 'warning', target: 'es2022', plugins: [nodeLibrary.esbuild] };

/** Bundles the simulator with its world for tests, once for each mode; gives the files by mode. */
export async function buildRealms(folder) {
  const bundles = { machinery: join(folder, 'machinery.js'), subject: join(folder, 'subject.js') };
  await Promise.all(Object.entries(bundles).map(([mode, outfile]) => build({ ...common, entryPoints: [`suite/${mode}-realm.ts`], format: 'iife', globalName: 'simulatorRealm', outfile })));
  return bundles;
}

/** TypeScript is CommonJS and asks for what an ES module has to find out for itself. */
const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url), __filename = '', __dirname = '';" };

/** Bundles what runs the suite; gives the file. */
export async function buildMain(folder) {
  const outfile = join(folder, 'main.mjs');
  await build({ ...common, entryPoints: ['suite/main.ts'], format: 'esm', platform: 'node', banner, outfile });
  return outfile;
}

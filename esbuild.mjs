// Builds every bundle under dist/. Usage: node esbuild.mjs [--production] [--watch]
import { context } from 'esbuild';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { writeSchema } from './build/configuration-schema.mjs';
import { nodeLibrary } from './build/node-library.mjs';
import { testGuard } from './build/test-guard.mjs';
import { typescriptOnce } from './build/typescript-once.mjs';

/** TypeScript is CommonJS and asks for node's built-ins and its own place, which an ES module has to find out for itself. */
const requireBanner = {
  js: [
    "import { createRequire as __createRequire } from 'node:module';",
    "import { fileURLToPath as __fileURLToPath } from 'node:url';",
    'const require = __createRequire(import.meta.url), __filename = __fileURLToPath(import.meta.url), __dirname = __fileURLToPath(new URL(".", import.meta.url));',
  ].join(' '),
};

const node = { platform: 'node', target: 'node20' };
const web = { platform: 'browser', format: 'iife', target: 'es2022' };

/** One bundle a process: hosts stay small, and what is heavy is loaded when it is needed. */
export const bundles = [
  { ...node, format: 'cjs', external: ['vscode'], entryPoints: ['src/extension/extension.ts'], outfile: 'dist/extension.cjs' },
  { ...node, format: 'cjs', entryPoints: ['src/extension/engine-worker.ts'], outfile: 'dist/engine.cjs' },
  { ...node, format: 'esm', entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.js' },
  { ...node, format: 'esm', banner: requireBanner, entryPoints: ['src/cli/engine.ts'], outfile: 'dist/cli-engine.js' },
  { ...node, format: 'esm', banner: requireBanner, entryPoints: ['src/simulator/worker/node-entry.ts'], outfile: 'dist/simulator-worker.js' },
  { ...web, entryPoints: ['src/simulator/worker/web-entry.ts'], outfile: 'dist/simulator-web.js' },
  { ...web, jsx: 'automatic', jsxImportSource: 'preact', entryPoints: ['src/webview/main.tsx'], outfile: 'dist/webview.js' },
];

/** Names are kept in production too: stack traces and the simulator's function names are shown to people. */
export function settingsOf(bundle, { production = false } = {}) {
  return {
    ...bundle,
    absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' }, // its other form, UMD, asks for its parts at run time
    bundle: true,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    minifySyntax: production,
    minifyWhitespace: production,
    plugins: [nodeLibrary.esbuild, testGuard.esbuild, typescriptOnce],
    sourcemap: production ? false : 'linked',
  };
}

async function build({ production, watch }) {
  writeSchema();
  const contexts = await Promise.all(bundles.map((bundle) => context(settingsOf(bundle, { production }))));
  if (watch) {
    await Promise.all(contexts.map((each) => each.watch()));
    console.log('Watching for changes; Ctrl+C ends.');
    return;
  }
  const built = await Promise.allSettled(contexts.map((each) => each.rebuild())); // so that every bundle tells its errors
  await Promise.all(contexts.map((each) => each.dispose()));
  if (built.some(({ status }) => status === 'rejected')) throw new Error('not everything could be built');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const has = (flag) => process.argv.includes(flag);
  await build({ production: has('--production'), watch: has('--watch') }).catch(() => process.exit(1)); // esbuild has printed the errors
}

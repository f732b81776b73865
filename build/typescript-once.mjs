// TypeScript is a CommonJS module with 2,400 names. Whoever imports it in another form gets a copy of all of them, made anew for each file that does so:
// sixty copies take as long as TypeScript itself does to start. So all share the one object there is.
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const real = "require('typescript/lib/typescript.js')";
const texts = {
  'import-statement': `export default ${real};`,
  // What TypeScript compiles asks whether a module is in the form of ES modules already, and copies it if not.
  'require-call': `const ts = ${real}; if (!ts.__esModule) { Object.defineProperty(ts, '__esModule', { value: true }); ts.default = ts; } module.exports = ts;`,
};

/** For esbuild. @type {import('esbuild').Plugin} */
export const typescriptOnce = {
  name: 'typescript-once',
  setup(build) {
    build.onResolve({ filter: /^typescript$/ }, ({ kind }) => (kind in texts ? { path: kind, namespace: 'typescript-once' } : undefined));
    build.onLoad({ filter: /./, namespace: 'typescript-once' }, ({ path }) => ({ contents: texts[path], resolveDir: root }));
  },
};

// How long the rules take beside ESLint's `require-atomic-updates` on the same files, in one run. Usage: node bench/check.mjs [FOLDER…]
// Needs `npm run build`. Both are run as whole processes, in turns, so that start-up and machine noise fall on both alike.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const rounds = 5;
const folders = process.argv.slice(2);
const targets = folders.length > 0 ? folders : ['@tanstack/query-core', 'expo-av', 'gotrue-old', 'stompjs-old'].map((name) => `node_modules/${name}/src`);
const scratch = mkdtempSync(join(tmpdir(), 'raceproof-bench-'));

// ESLint ignores node_modules, so both read a copy.
const names = targets.map((target, index) => {
  cpSync(target, join(scratch, `s${index}`), { recursive: true, dereference: true });
  return `s${index}`;
});
writeFileSync(join(scratch, 'eslint.config.mjs'), `import tseslint from ${JSON.stringify(resolve('node_modules/typescript-eslint/dist/index.js'))};
export default [{ files: ['**/*.ts', '**/*.tsx'], languageOptions: { parser: tseslint.parser }, linterOptions: { reportUnusedDisableDirectives: 'off', noInlineConfig: true }, rules: { 'require-atomic-updates': 'warn' } }];
`);

const contenders = {
  raceproof: () => run([resolve('dist/cli.js'), 'check', '--no-prove', '--format', 'json', ...names]),
  eslint: () => run([resolve('node_modules/eslint/bin/eslint.js'), '--format', 'json', ...names]),
};

try {
  const times = { raceproof: [], eslint: [] };
  const outputs = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, contender] of Object.entries(contenders)) {
      const { milliseconds, output } = contender();
      times[name].push(milliseconds);
      outputs[name] = JSON.parse(output);
    }
  }
  const { stats, findings } = outputs.raceproof;
  const reports = outputs.eslint.reduce((sum, { messages }) => sum + messages.length, 0);
  console.log(`${stats.files} files, ${stats.lines} lines, median of ${rounds} runs`);
  console.log(`raceproof check --no-prove   ${median(times.raceproof)} ms, ${findings.length} findings`);
  console.log(`eslint require-atomic-updates ${median(times.eslint)} ms, ${reports} reports`);
  console.log(`ratio ${(median(times.raceproof) / median(times.eslint)).toFixed(2)}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function run(args) {
  const start = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28, cwd: scratch });
  if (status === null || status > 1) throw new Error(`${args[0]} failed: ${stderr}`);
  return { milliseconds: Math.round(performance.now() - start), output: stdout };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

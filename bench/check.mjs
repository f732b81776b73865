// How long the rules take, and what they need, beside two peers on the same files in one run: ESLint with `require-atomic-updates` alone, and
// typescript-estree, which only parses them. Usage: node bench/check.mjs [--rounds N] [FOLDER…]; needs `npm run build`.
// All are whole processes, taken in turns, so that start-up and the noise of the machine fall on all alike; medians of the rounds.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const args = process.argv.slice(2);
const rounds = args[0] === '--rounds' ? Number(args.splice(0, 2)[1]) : 5;
const targets = args.length > 0 ? args : ['@tanstack/query-core', 'expo-av', 'gotrue-old', 'stompjs-old'].map((name) => `node_modules/${name}/src`);
const scratch = mkdtempSync(join(tmpdir(), 'raceproof-bench-'));
const usage = join(scratch, 'usage.json');

// ESLint ignores node_modules, so all read a copy: of what `raceproof check` takes for sources below a folder.
const isSource = (path) => !/^(?:node_modules|dist|\..*)$/.test(basename(path)) && !/\.d\.(?:[^.]+\.)?[cm]?ts$|[.-]min\.[cm]?js$/i.test(path);
const names = targets.map((target, index) => {
  cpSync(target, join(scratch, `s${index}`), { recursive: true, dereference: true, filter: (path) => path === target || isSource(path) });
  return `s${index}`;
});
writeFileSync(join(scratch, 'eslint.config.mjs'), `import tseslint from ${JSON.stringify(pathToFileURL(resolve('node_modules/typescript-eslint/dist/index.js')).href)};
export default [{ files: ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'], languageOptions: { parser: tseslint.parser }, linterOptions: { reportUnusedDisableDirectives: 'off', noInlineConfig: true }, rules: { 'require-atomic-updates': 'warn' } }];
`);
// What a process has used, all its threads together, it says itself when it ends.
writeFileSync(join(scratch, 'usage.mjs'), `import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => writeFileSync(${JSON.stringify(usage)}, JSON.stringify(process.resourceUsage())));
`);

const check = ['dist/cli.js', 'check', '--no-prove', '--format', 'json'];
const contenders = {
  'raceproof check --no-prove --jobs 1': [...check, '--jobs', '1', ...names],
  'raceproof check --no-prove': [...check, ...names],
  'eslint require-atomic-updates': ['node_modules/eslint/bin/eslint.js', '--format', 'json', ...names],
  'typescript-estree alone': ['bench/parse-all.mjs', ...names],
};

try {
  const figures = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  const outputs = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, [script, ...rest]] of Object.entries(contenders)) {
      const { output, ...figure } = run([resolve(script), ...rest]);
      figures[name].push(figure);
      outputs[name] = JSON.parse(output);
    }
  }
  const [alone, shared, eslint, parser] = Object.keys(contenders);
  const { stats, findings } = outputs[alone];
  console.log(`${stats.files} files, ${stats.lines} lines; medians of ${rounds} runs; ${findings.length} findings, ESLint ${outputs[eslint].reduce((sum, { messages }) => sum + messages.length, 0)} reports, parsed ${outputs[parser].parsed} and failed ${outputs[parser].failed}`);
  for (const [name, all] of Object.entries(figures)) console.log(`${name.padEnd(36)} ${of(all, 'wall')} ms, processor ${of(all, 'processor')} ms, peak ${of(all, 'megabytes')} MB`);
  for (const measure of ['wall', 'processor']) {
    const ratio = (a, b) => (of(figures[a], measure) / of(figures[b], measure)).toFixed(2);
    console.log(`${measure}: ESLint / --jobs 1 ${ratio(eslint, alone)} (goal: at least 3); typescript-estree / --jobs 1 ${ratio(parser, alone)} (goal: more than 1)${measure === 'wall' ? `; --jobs 1 / all ${ratio(alone, shared)}` : ''}`);
  }
  console.log(`peak of --jobs 1: ${of(figures[alone], 'megabytes')} MB (goal for 300,000 lines: less than 1000)`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function run([script, ...rest]) {
  const start = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', pathToFileURL(join(scratch, 'usage.mjs')).href, script, ...rest], { encoding: 'utf8', maxBuffer: 1 << 28, cwd: scratch });
  // 1 says that something was found, 2 that a file cannot be checked; ESLint reports what it cannot parse as a message.
  if (status === null || status > 2 || stdout === '') throw new Error(`${script} failed: ${stderr}`);
  const wall = Math.round(performance.now() - start);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usage, 'utf8'));
  return { wall, processor: Math.round((userCPUTime + systemCPUTime) / 1000), megabytes: Math.round(maxRSS / 1024), output: stdout };
}

function of(figures, key) {
  const values = figures.map((figure) => figure[key]).sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)];
}

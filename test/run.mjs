#!/usr/bin/env node
// `npm test`: everything there is, from a fresh clone. Each stage runs even when an earlier one has failed, unless it needs that one.
// Ends with what failed, by name, and one line, `N passed, N failed`: the tests of vitest and of the editor suites; any other stage that breaks counts as one failure.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setUp } from './set-up.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'raceproof-test-'));
const total = { passed: 0, failed: 0 };
/** What failed, a line each: who sees only the end of the output has to be told. */
const failures = [];
/** More test files than this do not fail because the machine is busy. */
const mostAgain = 4;

try {
  setUp();
  await must('type check', 'npx', ['tsc', '-p', '.']);
  await must('type check of the textbook systems', 'npx', ['tsc', '-p', 'systems']);
  await must('lint', 'npx', ['eslint', '.']);
  if (await must('build', process.execPath, ['esbuild.mjs', '--production'])) {
    await vitest();
    await editor();
  }
} catch (error) {
  fail(error.message);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
if (failures.length > 0) console.log(`\nfailed:\n${failures.map((line) => `  ${line}`).join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** What failed is run once more by itself: the clocks of a busy machine are no defect of what is tested. Whatever fails then has failed. */
async function vitest() {
  const first = await vitestRun('unit, command and webview tests', []);
  const files = first.brokenFiles;
  const isWorthIt = first.status !== 0 && files.length > 0 && files.length <= mostAgain;
  const again = isWorthIt ? await vitestRun(`once more, by themselves: ${files.join(', ')}`, files) : undefined;
  const { passed, failed } = first.counts ?? { passed: 0, failed: 0 };
  if (again?.status === 0) {
    console.log(`\npassed when run by themselves: ${[...first.names, ...files].join(', ')}`);
    count('unit tests', 0, { passed: passed + failed, failed: 0 });
  } else {
    count('unit tests', first.status, first.counts, (again ?? first).names);
  }
}

async function vitestRun(title, files) {
  const results = join(scratch, 'vitest.json');
  rmSync(results, { force: true });
  const { status, output } = await run(title, 'npx', ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`, ...files]);
  const { counts, broken, names } = readResults(results);
  const outside = [...output.matchAll(/originated in "([^"]+)" test file/g)].map(([, file]) => file);
  return { status, counts, names, brokenFiles: [...new Set([...broken, ...outside])] };
}

/** Its last line that reads `N passed, N failed` is believed. */
async function editor() {
  const { status, output } = await run('editor tests', process.execPath, ['test/editor/run.mjs']);
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  count('editor tests', status, last && { passed: Number(last[1]), failed: Number(last[2]) });
}

function readResults(file) {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(file, 'utf8'));
    const broken = testResults.filter(({ status }) => status === 'failed');
    return {
      counts: { passed: numPassedTests, failed: numFailedTests },
      broken: broken.map(({ name }) => relative(process.cwd(), name)),
      names: broken.flatMap(({ assertionResults }) => assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName)),
    };
  } catch {
    return { counts: undefined, broken: [], names: [] };
  }
}

/** A suite that broke outside its tests, or that tested nothing, has failed. */
function count(title, status, { passed, failed } = { passed: 0, failed: 0 }, names = []) {
  total.passed += passed;
  if (failed > 0) {
    total.failed += failed;
    failures.push(...(names.length > 0 ? names : [`${failed} of the ${title}`]));
  } else if (status !== 0 || passed === 0) {
    fail(passed === 0 ? `${title}: nothing was tested` : `${title}: the run ended with ${status}, though every test passed`);
  }
}

function fail(what) {
  total.failed += 1;
  failures.push(what);
}

async function must(title, program, args) {
  const { status } = await run(title, program, args);
  if (status !== 0) fail(title);
  return status === 0;
}

/** Shows the output as it comes, and keeps it. */
function run(title, program, args) {
  console.log(`\n== ${title}`);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (text) => {
        output += text;
        process[name].write(text);
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ status: code ?? 1, output }));
  });
}

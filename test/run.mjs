#!/usr/bin/env node
// `npm test`: everything there is, from a fresh clone. Each stage runs even when an earlier one has failed, unless it needs that one.
// Ends with one line, `N passed, N failed`: the tests of vitest and of the editor suites; any other stage that breaks counts as one failure.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setUp } from './set-up.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'raceproof-test-'));
const total = { passed: 0, failed: 0 };

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
  console.error(error.message);
  total.failed += 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

async function vitest() {
  const results = join(scratch, 'vitest.json');
  const { status } = await run('unit, command and webview tests', 'npx', ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`]);
  count(status, readCounts(results));
}

/** Its last line that reads `N passed, N failed` is believed. */
async function editor() {
  const { status, output } = await run('editor tests', process.execPath, ['test/editor/run.mjs']);
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  count(status, last && { passed: Number(last[1]), failed: Number(last[2]) });
}

function readCounts(file) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return undefined;
  }
}

/** A suite that broke outside its tests, or that tested nothing, has failed. */
function count(status, { passed, failed } = { passed: 0, failed: 0 }) {
  total.passed += passed;
  total.failed += failed === 0 && (status !== 0 || passed === 0) ? 1 : failed;
}

async function must(title, program, args) {
  const { status } = await run(title, program, args);
  if (status !== 0) total.failed += 1;
  return status === 0;
}

/** Shows the output as it comes, and keeps it. */
function run(title, program, args) {
  console.log(`\n== ${title}`);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      process.stdout.write(text);
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ status: code ?? 1, output }));
  });
}

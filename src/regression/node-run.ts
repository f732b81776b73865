import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ancestors, manifestOf, type TestPlace } from './node-project.js';
import type { Overlay } from './node-overlay.js';
import { NoTest } from './plan.js';

/** How a test file has ended. `broken`: not by an assertion, so that it says nothing about the code. */
export interface TestRun {
  readonly status: 'passed' | 'failed' | 'broken';
  readonly message: string;
}

/** The project's settings leave the test out. */
export class NotTaken extends NoTest {}

/** Milliseconds that one run of the framework may take. */
const longest = 90_000;

/** How long a run may take, and who may end it before. */
interface RunLimits {
  readonly signal?: AbortSignal | undefined;
  readonly milliseconds?: number;
}

/**
 * Runs test files, given as absolute paths within the overlay, as the project would, in Node; none counts of a run that wanted to reach beyond the overlay.
 * @throws NoTest if the framework cannot be run, or does not end in time.
 */
export async function runTests(overlay: Overlay, place: TestPlace, files: readonly string[], limits: RunLimits = {}): Promise<TestRun[]> {
  overlay.guard.forget();
  try {
    const runs = await runAll(overlay, place, files, limits);
    const message = overlay.guard.refusal();
    return message === undefined ? runs : files.map(() => ({ status: 'broken', message }));
  } catch (error) {
    const refusal = error instanceof NoTest ? overlay.guard.refusal() : undefined;
    throw refusal === undefined ? error : new NoTest(`${place.framework} cannot be run: ${refusal}`);
  }
}

async function runAll(overlay: Overlay, place: TestPlace, files: readonly string[], limits: RunLimits): Promise<TestRun[]> {
  if (place.framework === 'mocha') return Promise.all(files.map((file) => runMocha(overlay, place, file, limits)));
  if (place.framework === 'node') return Promise.all(files.map((file) => runNode(overlay, place, file, limits)));
  return runFramework(place.framework, overlay, place, files, limits);
}

async function runNode(overlay: Overlay, place: TestPlace, file: string, limits: RunLimits): Promise<TestRun> {
  const flags = place.style.isTypeScript ? loaderFor(place) : [];
  const { code, output } = await run(overlay, [...flags, '--test', '--test-reporter=tap', file], overlay.at(place.home), limits);
  if (code === 0 && !/^# fail 0$/m.test(output)) return { status: 'broken', message: lastLines(output) };
  if (code === 0) return { status: 'passed', message: '' };
  const message = /^\s*error: (?:\|-\n\s*)?([\s\S]*?)\n\s*(?:code|name|stack|expected):/m.exec(output)?.[1]?.trim() ?? lastLines(output);
  return { status: /ERR_ASSERTION/.test(output) ? 'failed' : 'broken', message };
}

/** What Node needs to run TypeScript. */
function loaderFor({ home }: TestPlace): string[] {
  const has = (name: string): boolean => ancestors(home).some((folder) => existsSync(join(folder, 'node_modules', name, 'package.json')));
  if (has('tsx')) return ['--import', 'tsx'];
  // What else there is loads CommonJS only.
  if (has('ts-node') && manifestOf(home).type !== 'module') return ['--require', 'ts-node/register/transpile-only'];
  if ('typescript' in process.features && process.features.typescript !== false) return [];
  throw new NoTest(`Node ${process.versions.node} does not run TypeScript by itself, and the project has neither tsx nor ts-node`);
}

interface JsonReport {
  readonly testResults: readonly { readonly name: string; readonly status: string; readonly message: string; readonly assertionResults: readonly { readonly status: string; readonly failureMessages?: readonly string[] }[] }[];
}

interface MochaReport {
  readonly stats: { readonly tests: number };
  readonly failures: readonly { readonly err: { readonly message?: string; readonly code?: string } }[];
}

/** Without the project's own settings, which may name all of its tests. */
async function runMocha(overlay: Overlay, place: TestPlace, file: string, limits: RunLimits): Promise<TestRun> {
  const bin = binOf(place, join('mocha', 'bin', 'mocha.js'), 'mocha');
  const report = `${file}.report.json`;
  const flags = place.style.isTypeScript ? loaderFor(place) : [];
  const { output } = await run(overlay, [...flags, bin, '--no-config', '--no-package', '--exit', '--reporter', 'json', '--reporter-option', `output=${report}`, file], overlay.at(place.home), limits);
  if (!existsSync(report)) return { status: 'broken', message: lastLines(output) };
  const { stats, failures } = JSON.parse(readFileSync(report, 'utf8')) as MochaReport;
  if (failures.length === 0) return stats.tests > 0 ? { status: 'passed', message: '' } : { status: 'broken', message: lastLines(output) };
  return { status: failures.every(({ err }) => err.code === 'ERR_ASSERTION') ? 'failed' : 'broken', message: firstLine(failures[0]!.err.message ?? '') };
}

/** A file of a package that the project has installed. */
function binOf(place: TestPlace, bin: string, name: string): string {
  const path = ancestors(place.home).map((folder) => join(folder, 'node_modules', bin)).find((one) => existsSync(one));
  if (path === undefined) throw new NoTest(`${name} is not installed in the project`);
  return path;
}

async function runFramework(name: 'vitest' | 'jest', overlay: Overlay, place: TestPlace, files: readonly string[], limits: RunLimits): Promise<TestRun[]> {
  const bin = name === 'vitest' ? join('vitest', 'vitest.mjs') : join('jest', 'bin', 'jest.js');
  const home = binOf(place, bin, name);
  const report = join(overlay.folder, 'raceproof-report.json');
  const root = overlay.at(place.home);
  const names = files.map((file) => relative(root, file).replaceAll('\\', '/'));
  const flags = name === 'vitest'
    ? ['run', ...names, '--root', root, '--reporter=json', `--outputFile=${report}`, '--coverage.enabled=false', '--typecheck.enabled=false', '--watch=false', '--passWithNoTests=false']
    : ['--runTestsByPath', ...files, '--rootDir', root, '--json', `--outputFile=${report}`, '--coverage=false', '--watchAll=false', '--watchman=false', '--ci'];
  const { output } = await run(overlay, [home, ...flags], root, limits);
  if (!existsSync(report)) throw new NoTest(`${name} could not be run: ${lastLines(output)}`);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as JsonReport;
  return files.map((file) => resultOf(testResults.find((result) => result.name === file || result.name.endsWith(relative(overlay.folder, file))), name, output));
}

function resultOf(result: JsonReport['testResults'][number] | undefined, framework: string, output: string): TestRun {
  if (!result) throw new NotTaken(`${framework} does not take it for a test where it belongs: ${lastLines(output)}`);
  const messages = result.assertionResults.flatMap(({ failureMessages = [] }) => failureMessages);
  if (result.assertionResults.length > 0 && result.assertionResults.every(({ status }) => status === 'passed')) return { status: result.status === 'passed' ? 'passed' : 'broken', message: result.message };
  const message = messages[0] ?? result.message;
  return { status: /AssertionError|JestAssertionError|expect\(/.test(message) ? 'failed' : 'broken', message: firstLine(message) };
}

function run({ guard }: Overlay, args: readonly string[], cwd: string, { signal, milliseconds = longest }: RunLimits): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:VITEST|JEST|NODE_OPTIONS$|NODE_TEST_CONTEXT$|NODE_V8_COVERAGE$|FORCE_COLOR$|TEST$|MODE$|DEV$|PROD$|SSR$|BASE_URL$|NODE_ENV$|ELECTRON_RUN_AS_NODE$)/.test(name)));
    const child = spawn(process.execPath, [...guard.flags, ...args], { cwd, env: { ...env, ...guard.environment, NO_COLOR: '1', CI: '1', ...(process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' }) }, stdio: ['ignore', 'pipe', 'pipe'], timeout: milliseconds, killSignal: 'SIGKILL', ...(signal && { signal }) });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => { output = (output + chunk).slice(-200_000); });
    child.on('error', (error) => {
      guard.endStarted();
      reject(error);
    });
    // What it has left behind may hold its output open.
    child.on('exit', () => { if (child.killed) guard.endStarted(); });
    child.on('close', (code) => {
      if (child.killed) reject(new NoTest(`its trial run had not ended after ${milliseconds / 1000} s${output.trim() === '' ? '' : `: ${lastLines(output)}`}`));
      else resolve({ code, output });
    });
  });
}

/** What jest puts above why a file could not be run is no reason. */
function firstLine(message: string): string {
  const lines = message.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !/^● Test suite failed to run$/.test(line));
  return (/^Jest encountered an unexpected token$/.test(lines[0] ?? '') ? lines.find((line) => /^\w*Error: /.test(line)) : undefined) ?? lines[0] ?? message.trim();
}

function lastLines(output: string): string {
  return output.trim().split('\n').map((line) => line.trim()).filter(Boolean).slice(-6).join(' | ').slice(-500);
}

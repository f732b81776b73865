#!/usr/bin/env node
// The tests in a real editor. Usage: node test/editor/run.mjs [host|restricted|click]…   (npm run test:editor does the set-up first)
//   host        in the extension host: diagnostics, actions, lenses, commands, the engine thread
//   restricted  the same editor before Workspace Trust is given
//   click       as a person: squiggle, hover, lens, timeline, arrow keys, window reload
// The first two use the desktop VS Code where it can be downloaded and started, otherwise the one served to a browser; `click` always uses
// the latter. RACEPROOF_EDITOR=desktop|browser decides it; RACEPROOF_FILTER runs the tests whose title contains it. Screenshots go to RACEPROOF_SCREENSHOTS.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { setUp } from '../set-up.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'raceproof-editor-'));
const screenshots = process.env.RACEPROOF_SCREENSHOTS ?? join(tmpdir(), 'raceproof-screenshots');
const total = { passed: 0, failed: 0 };

const stages = { host: () => inHost('host', []), restricted: () => inHost('restricted', ['--workspace-trust']), click };
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in stages));

try {
  if (unknown.length > 0) throw new Error(`No such editor suite: ${unknown.join(', ')}. There are ${Object.keys(stages).join(', ')}.`);
  if (!existsSync(join(root, 'dist/extension.cjs'))) throw new Error('The extension is not built. Run `npm run build` first.');
  for (const name of chosen.length > 0 ? chosen : Object.keys(stages)) await stage(name);
} catch (error) {
  console.error(error.message);
  total.failed += 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

async function stage(name) {
  console.log(`\n-- editor: ${name}`);
  const before = snapshot(workspace(name));
  const counts = await stages[name]();
  const touched = changes(before, snapshot(workspace(name)));
  if (touched.length > 0) console.log(`  FAIL  no file of the workspace is changed: ${touched.join(', ')}`);
  total.passed += counts.passed + (touched.length === 0 ? 1 : 0);
  total.failed += counts.failed + (touched.length === 0 ? 0 : 1);
}

/** Runs a suite inside the extension host; it leaves its counts beside its bundle. */
async function inHost(name, flags) {
  const out = join(scratch, name);
  await bundle(`${name}/index.ts`, join(out, 'index.js'), 'cjs');
  const launch = { extensionDevelopmentPath: root, extensionTestsPath: join(out, 'index.js'), folder: workspace(name) };
  const desktop = await desktopEditor();
  try {
    if (flags.length > 0) await runUntrusted(desktop, flags, launch);
    else await runTests({ ...launch, vscodeExecutablePath: desktop ?? servedEditor(), launchArgs: [launch.folder] });
  } catch (error) {
    console.log(`The editor ended badly: ${error.message}`);
  }
  return countsIn(join(out, 'counts.json'));
}

async function click() {
  const drive = join(scratch, 'click/index.mjs');
  await bundle('click/index.ts', drive, 'esm');
  mkdirSync(screenshots, { recursive: true });
  console.log(`screenshots: ${screenshots}`);
  await run(servedEditor(), [`--extensionDevelopmentPath=${root}`, workspace('click')], { DRIVE: drive, RACEPROOF_SCREENSHOTS: screenshots, RACEPROOF_WORKSPACE: workspace('click') });
  return countsIn(join(scratch, 'click/counts.json'));
}

/** `runTests` switches Workspace Trust off, so this suite is started without it. */
async function runUntrusted(desktop, flags, { extensionDevelopmentPath, extensionTestsPath, folder }) {
  const args = [`--extensionDevelopmentPath=${extensionDevelopmentPath}`, `--extensionTestsPath=${extensionTestsPath}`, folder];
  if (!desktop) return run(servedEditor(), [...flags, ...args]);
  const profile = join(scratch, 'profile');
  mkdirSync(join(profile, 'User'), { recursive: true });
  writeFileSync(join(profile, 'User/settings.json'), '{ "security.workspace.trust.startupPrompt": "never" }');
  return run(desktop, ['--no-sandbox', '--disable-gpu-sandbox', '--skip-welcome', '--skip-release-notes', `--user-data-dir=${profile}`, ...args]);
}

/** The desktop program, unless there is no screen or no way to get it. */
async function desktopEditor() {
  const wanted = process.env.RACEPROOF_EDITOR;
  const hasScreen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (wanted === 'browser' || (!hasScreen && wanted !== 'desktop')) return undefined;
  try {
    return await downloadAndUnzipVSCode({ cachePath: join(tmpdir(), 'vscode-desktop'), version: '1.100.3' });
  } catch (error) {
    if (wanted === 'desktop') throw error;
    console.log(`The desktop VS Code cannot be had (${error.message}); taking the one served to a browser.`);
    return undefined;
  }
}

function servedEditor() {
  setUp();
  return join(here, 'vscode.mjs');
}

function bundle(entry, outfile, format) {
  return build({ entryPoints: [join(here, entry)], outfile, format, bundle: true, platform: 'node', target: 'node20', external: ['vscode', 'playwright-core'], sourcemap: 'inline', logLevel: 'warning', define: { FILTER: JSON.stringify(process.env.RACEPROOF_FILTER ?? '') } });
}

/** A fresh copy of the files that the suite opens. */
function workspace(name) {
  const folder = join(scratch, `${name}-workspace`);
  if (!existsSync(folder)) cpSync(join(here, 'fixtures/workspace'), folder, { recursive: true });
  return folder;
}

function snapshot(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(files.map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), 'utf8')]));
}

function changes(before, after) {
  return [...new Set([...before.keys(), ...after.keys()])].filter((file) => before.get(file) !== after.get(file));
}

/** A suite that did not get as far as counting has failed. */
function countsIn(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 1 };
}

function run(program, args, environment = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...environment } });
    child.once('error', reject);
    child.once('close', resolve);
  });
}

#!/usr/bin/env node
// Stands in for the VS Code desktop program where that cannot be downloaded, and takes the same command line:
//   vscode.mjs --extensionDevelopmentPath=DIR [--extensionTestsPath=FILE.js] [--workspace-trust] [FOLDER]
// It serves a real VS Code on loopback, opens it in headless Chromium, and exits with the status of the extension test run.
// Without --extensionTestsPath it opens the workbench and hands its Playwright page to the default export of the module that DRIVE
// names, for tests that click as a person would:  export default async (page, print) => numberOfFailedTests
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { chromium as chromiumPath, editorDirectory } from '../set-up.mjs';

const { flags, folder } = parse(process.argv.splice(2)); // The server reads the command line too, and knows other flags.
const print = console.log.bind(console);
if (!process.env.RACEPROOF_VERBOSE) for (const method of ['log', 'info', 'warn', 'error']) console[method] = () => {}; // It is chatty about all that a test lacks.
const data = mkdtempSync(join(tmpdir(), 'vscode-'));
const origin = await serve();
const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });

let status = 1;
try {
  const ended = flags.has('extensionTestsPath') ? testRun() : drive();
  status = await ended;
} catch (error) {
  print(error);
}
await browser.close().catch(() => {});
rmSync(data, { recursive: true, force: true });
process.exit(status);

function parse(args) {
  const flags = new Map();
  let folder = tmpdir();
  for (const arg of args) {
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(arg);
    if (match) flags.set(match[1], match[2] ?? 'true');
    else folder = resolve(arg);
  }
  return { flags, folder };
}

async function serve() {
  const { loadCodeWithNls } = await import(pathToFileURL(join(editorDirectory, 'node_modules/code-server/lib/vscode/out/server-main.js')).href);
  const { createServer } = await loadCodeWithNls();
  const code = await createServer(null, {
    'accept-server-license-terms': true, compatibility: '1.64', 'without-connection-token': true, 'enable-smoke-test-driver': true,
    'disable-telemetry': true, 'disable-workspace-trust': !flags.has('workspace-trust'), log: ['info'],
    'user-data-dir': join(data, 'user'), 'extensions-dir': join(data, 'extensions'), 'server-data-dir': data,
  });
  const server = createHttpServer((request, response) => {
    request.originalUrl = request.url;
    code.handleRequest(request, response);
  });
  server.on('upgrade', (request, socket) => {
    code.handleUpgrade(request, socket);
    socket.resume();
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return `127.0.0.1:${server.address().port}`;
}

async function testRun() {
  const ended = new Promise((exit) => page.exposeFunction('codeAutomationExit', exit)); // The workbench calls it when the run ends,
  await page.exposeFunction('codeAutomationLog', log); //                                  and this for each console line of it.
  await open();
  return ended;
}

async function drive() {
  await open();
  await page.locator('.monaco-workbench').waitFor();
  const { default: play } = await import(pathToFileURL(resolve(process.env.DRIVE)).href);
  return (await play(page, print)) > 0 ? 1 : 0;
}

async function open() {
  const payload = [['skipWelcome', 'true']];
  for (const name of ['extensionDevelopmentPath', 'extensionTestsPath'])
    if (flags.has(name)) payload.push([name, `vscode-remote://${origin}${resolve(flags.get(name))}`]);
  await page.goto(`http://${origin}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
}

/** Lines of the tests, and errors but for those that this set-up always gives: it has no network and no native modules. */
function log(type, args) {
  const line = args.map(String).join(' ');
  const isNoise = /ENOTFOUND|Creating a socket|Resolv(ing|ed) connection|service.?worker|vsda|gallery|bindings file|spdlog|watchdog|refused to show dialog/i.test(line);
  if (process.env.RACEPROOF_VERBOSE || /^ {2}(ok|FAIL) /.test(line) || (type === 'error' && !isNoise)) print(line);
}

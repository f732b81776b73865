#!/usr/bin/env node
// `npm run editor`: VS Code with this extension in your own browser, for when there is no desktop editor at hand.
// Usage: npm run editor [-- FOLDER]   (default: samples). Serves on loopback, behind a secret in the address, until Ctrl+C.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { editorDirectory, setUp } from '../../test/set-up.mjs';

const extension = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const folder = resolve(process.argv[2] ?? join(extension, 'samples'));

setUp();
const data = mkdtempSync(join(tmpdir(), 'raceproof-editor-'));
const program = join(editorDirectory, 'node_modules/code-server/lib/vscode/out/server-main.js');
const options = ['--host=127.0.0.1', `--port=${process.env.PORT ?? 0}`, '--accept-server-license-terms', '--telemetry-level=off', '--disable-workspace-trust', `--server-data-dir=${data}`];
const server = spawn(process.execPath, [program, ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
server.on('exit', (code) => process.exit(code ?? 0));
process.on('exit', () => {
  server.kill();
  rmSync(data, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));

server.stdout.setEncoding('utf8').on('data', (text) => {
  const [, port, secret] = /localhost:(\d+)\/?\?tkn=(\S+)/.exec(text) ?? [];
  if (port) console.log(`Open this in a browser; Ctrl+C here ends it:\n\n  ${addressOf(`127.0.0.1:${port}`, secret)}\n`);
});

function addressOf(origin, secret) {
  const payload = JSON.stringify([['skipWelcome', 'true'], ['extensionDevelopmentPath', `vscode-remote://${origin}${extension}`]]);
  return `http://${origin}/?tkn=${secret}&folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(payload)}`;
}

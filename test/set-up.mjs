#!/usr/bin/env node
// Puts in place what the browser and editor suites need and npm does not bring: Chromium, ripgrep, and a real VS Code.
// Safe to run again: what is there already is left alone. Says what it does, on standard error.
//
// The editor is the unmodified VS Code 1.100.3 that code-server 4.100.3 packs, the last line whose extension host runs on Node 20.
// It comes as an npm package and needs no download from elsewhere, so it can be had wherever `npm ci` works.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const version = '4.100.3';

/** Where the editor lives between runs. */
export const editorDirectory = process.env.VSCODE_FOR_TESTS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'vscode-for-tests');

/** The browser that drives the editor and the panel's page. */
export const chromium = process.env.CHROMIUM ?? find('chromium') ?? '/usr/bin/chromium';

export function setUp() {
  installDebianPackages();
  installEditor();
}

function installDebianPackages() {
  const missing = [existsSync(chromium) ? '' : 'chromium', find('rg') ? '' : 'ripgrep'].filter(Boolean);
  if (missing.length === 0) return;
  if (!find('apt-get') || process.getuid?.() !== 0)
    throw new Error(`The editor tests need ${missing.join(' and ')}. Install what is missing (on Debian, as root: apt-get install ${missing.join(' ')}), or name the browser in CHROMIUM, then run this again.`);
  say(`installing ${missing.join(' and ')} with apt-get`);
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing, ...(missing.includes('chromium') ? ['fonts-dejavu-core'] : [])], { DEBIAN_FRONTEND: 'noninteractive' });
}

function installEditor() {
  const ready = join(editorDirectory, `.ready-${version}`);
  if (existsSync(ready)) return;
  say(`installing VS Code 1.100.3 (code-server ${version}) under ${editorDirectory}`);
  mkdirSync(editorDirectory, { recursive: true });
  if (!existsSync(join(editorDirectory, 'package.json'))) writeFileSync(join(editorDirectory, 'package.json'), '{"private":true}\n');
  // Install scripts stay off: one of them fetches ripgrep from elsewhere, and Debian's takes its place. Native modules stay unbuilt; the tests need none.
  const install = (folder, ...more) => run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', ...more], {}, folder);
  const editor = join(editorDirectory, 'node_modules/code-server/lib/vscode');
  install(editorDirectory, '--save-exact', `code-server@${version}`);
  install(editor, '--omit=dev');
  install(join(editor, 'extensions'), '--omit=dev'); // the built-in TypeScript support
  mkdirSync(join(editor, 'node_modules/@vscode/ripgrep/bin'), { recursive: true });
  link(find('rg'), join(editor, 'node_modules/@vscode/ripgrep/bin/rg'));
  link('node_modules', join(editor, 'node_modules.asar'));
  writeFileSync(ready, '');
}

function find(program) {
  return (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program)).find(existsSync);
}

function link(target, path) {
  rmSync(path, { force: true });
  symlinkSync(target, path);
}

function run(program, args, environment = {}, cwd) {
  execFileSync(program, args, { cwd, stdio: ['ignore', 2, 2], env: { ...process.env, ...environment } });
}

function say(text) {
  console.error(`set-up: ${text}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    setUp();
  } catch (error) {
    say(error.message);
    process.exit(1);
  }
}

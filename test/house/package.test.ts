import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const manifest = JSON.parse(read('package.json')) as { engines: { vscode: string; node: string }; license: string; dependencies?: object; devDependencies: Record<string, string>; bin: Record<string, string>; main: string };

describe('package', () => {
  it('holds what runs, and nothing of how it is made', () => {
    const [packed] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=silent'], { cwd: root, encoding: 'utf8' })) as [{ files: { path: string }[] }];
    const files = packed.files.map(({ path }) => path);
    for (const path of ['dist/cli.js', 'dist/cli-engine.js', 'dist/simulator-worker.js', 'dist/extension.cjs', 'docs/rules/lost-update.md', 'docs/scenario-files.md', 'docs/systems.md', 'raceproof.d.ts', 'systems/families.json', 'systems/exclusion/peterson/system.json', 'systems/exclusion/peterson/sound.race.ts', 'LICENSE', 'README.md', 'CHANGELOG.md']) expect(files).toContain(path);
    expect(files.filter((path) => /^(src|test|samples|\.ci)\/|\.map$/.test(path))).toEqual([]);
  });

  it('needs nothing at run time that is not bundled', () => {
    expect(manifest.dependencies ?? {}).toEqual({});
    expect(Object.values(manifest.bin)).toEqual(['./dist/cli.js']);
    expect(read('dist/cli.js').split('\n')[0]).toBe('#!/usr/bin/env node');
  });

  it('asks for an editor that the tests have', () => {
    expect(manifest.engines).toEqual({ node: '>=20', vscode: '^1.100.0' });
    expect(manifest.devDependencies['@types/vscode']).toBe('~1.100.0');
  });

  it('is MIT', () => {
    expect(manifest.license).toBe('MIT');
    expect(read('LICENSE')).toMatch(/^MIT License/);
  });

  it('the extension leaves at home what the editor does not load', () => {
    const kept = read('.vscodeignore').split('\n').filter((line) => line.startsWith('!dist/')).map((line) => line.slice('!dist/'.length));
    expect(kept.sort()).toEqual(['engine.cjs', 'extension.cjs', 'simulator-web.js', 'simulator-worker.js', 'webview.css', 'webview.js']);
  });
});

describe('repository', () => {
  it('has the files that a stranger looks for', () => {
    expect(readdirSync(root)).toEqual(expect.arrayContaining(['ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md']));
  });

  it('.ci/run is npm test from a clean checkout', () => {
    expect(read('.ci/run')).toMatch(/^npm ci .*\nnpm test$/m);
  });
});

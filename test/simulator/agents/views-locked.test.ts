import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('shared memory is the same in a realm that is locked down, where a program can change nothing of it', async () => {
  const entry = fileURLToPath(new URL('views-locked.ts', import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'iife', write: false, logLevel: 'silent' });
  const said: unknown = JSON.parse(execFileSync(process.execPath, ['-'], { input: outputFiles[0]!.text, encoding: 'utf8' }));
  expect(said).toEqual({ differences: [], changed: [], first: 2, mapped: [3, 1, 1, 1], own: 3 });
});

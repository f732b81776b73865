import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('a program can change nothing of the prototypes that are frozen member by member, and has the freeze of the engine', async () => {
  const entry = fileURLToPath(new URL('freezing-locked.ts', import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'iife', write: false, logLevel: 'silent' });
  const said: unknown = JSON.parse(execFileSync(process.execPath, ['-'], { input: outputFiles[0]!.text, encoding: 'utf8' }));
  expect(said).toEqual({ changed: [], isNative: true });
});

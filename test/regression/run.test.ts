import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Overlay } from '../../src/regression/node-overlay.js';
import { surveyProject } from '../../src/regression/node-project.js';
import { runTests } from '../../src/regression/node-run.js';
import { makeProject } from './project.js';

/** A test of `node:test`, which runs each file in a process of its own; that one says which it is. */
const endless = `import test from 'node:test';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
test('endless', () => {
  writeFileSync(join(tmpdir(), 'pid'), String(process.pid));
  console.log('I have begun');
  for (;;);
});
`;

/** Runs it until `end` or the limit, and says how that ended, and who ran it. */
async function runEndless(limits: (begun: () => boolean) => Parameters<typeof runTests>[3]): Promise<{ readonly ended: unknown; readonly isAlive: () => boolean }> {
  const { folder, dispose } = makeProject({ 'package.json': '{ "type": "module" }', 'subject.js': '' });
  const overlay = new Overlay(folder);
  try {
    const place = surveyProject(join(folder, 'subject.js'), { framework: 'node', isCommonJs: false });
    const file = overlay.write(join(folder, 'endless.test.js'), endless);
    const pidFile = join(overlay.guard.environment['TMPDIR']!, 'pid');
    writeFileSync(pidFile, '');
    const pid = (): number => Number(readFileSync(pidFile, 'utf8'));
    const ended = await runTests(overlay, place, [file], limits(() => pid() > 0)).catch((error: unknown) => error);
    const runner = pid();
    expect(runner).toBeGreaterThan(0);
    return { ended, isAlive: () => isAlive(runner) };
  } finally {
    overlay.dispose();
    dispose();
  }
}

/** One that has ended may still be listed, where nobody has asked how it did. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a test that does not end', () => {
  it('is ended with all that it has started, and the reason says so', async () => {
    const { ended, isAlive } = await runEndless(() => ({ milliseconds: 5000 }));
    expect(String(ended)).toMatch(/its trial run had not ended after 5 s/);
    await expect.poll(isAlive).toBe(false);
  });

  it('is ended when nobody wants it any more', async () => {
    const stop = new AbortController();
    const { ended, isAlive } = await runEndless((hasBegun) => {
      const watch = setInterval(() => {
        if (!hasBegun()) return;
        clearInterval(watch);
        stop.abort();
      }, 20);
      return { signal: stop.signal };
    });
    expect(ended).toMatchObject({ name: 'AbortError' });
    await expect.poll(isAlive).toBe(false);
  });
});

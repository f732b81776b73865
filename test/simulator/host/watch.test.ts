import { describe, expect, it } from 'vitest';
import { runNatively } from '../native-run.js';
import { runSimulated } from '../simulated-run.js';
import { explored } from './scenario-logs.js';
import { prelude, watchPrograms } from './watch-programs.js';

const whole = (program: string): string => `track(1); (async () => { ${prelude} try { ${program} } finally { fs.rmSync(dir, { recursive: true, force: true }); } })().catch((error) => log(String(error))).finally(() => track(-1));`;

describe('fs.watch, as in Node', () => {
  const names = Object.keys(watchPrograms);
  const texts = names.map((name) => whole(watchPrograms[name]!));
  const native = runNatively(texts);
  const simulated = runSimulated(texts);
  it.each(names.map((name, index) => [name, index] as const))('%s', (_name, index) => {
    expect(native[index]!.length).toBeGreaterThan(0);
    expect(simulated[index]).toEqual(native[index]);
  });
});

const file = (setUp: string, tasks: string): Record<string, string> => ({ 'main.race.ts': `import { scenario, agent } from 'raceproof'; import * as fs from 'node:fs'; import { writeFile, rename, access } from 'node:fs/promises';
  export default scenario(() => { const log: unknown[] = []; ${setUp} return { tasks: { ${tasks} }, observe: () => ({ log }) }; });` });

describe('watched files between tasks', () => {
  it('are told of by whatever came after the watch, and what is read together comes together', () => {
    const watch = `watch: () => { const watcher = fs.watch('/tmp', (type, name) => { log.push(name); }); void watcher; }`;
    expect(explored(file('', `${watch}, a: () => { fs.mkdirSync('/tmp/a'); }`)).logs).toEqual(['["a"]', '[]']);
    expect(explored(file(`fs.watch('/tmp', (type, name) => { log.push(name); });`, `a: () => { fs.mkdirSync('/tmp/a'); fs.mkdirSync('/tmp/b'); }, other: () => { log.push('other'); }`)).logs).toEqual(['["a", "b", "other"]', '["other", "a", "b"]']);
  });

  it('join what is the same before it is read', () => {
    expect(explored(file(`fs.writeFileSync('/tmp/a', ''); fs.watch('/tmp', (type, name) => { log.push(type); });`, `a: () => { fs.appendFileSync('/tmp/a', 'x'); }, b: () => { fs.appendFileSync('/tmp/a', 'y'); }`)).logs).toEqual(['["change", "change"]', '["change"]']);
  });

  it('show a reader what a writer has not finished, unless it is renamed into place', () => {
    const setUp = `fs.writeFileSync('/tmp/a', 'old'); fs.watch('/tmp', (type, name) => { if (name === 'a') log.push(fs.readFileSync('/tmp/a', 'utf8')); });`;
    const torn = explored(file(setUp, `write: async () => { await writeFile('/tmp/a', 'new'); }`)).logs;
    expect(torn).toEqual(['["", "new"]', '["new"]']);
    expect(explored(file(setUp, `write: async () => { await writeFile('/tmp/t', 'new'); await rename('/tmp/t', '/tmp/a'); }`)).logs).toEqual(['["new"]']);
  });

  it('are told of by other agents', () => {
    expect(explored(file('', `main: () => { fs.watch('/tmp', (type, name) => { log.push(name); }); }, other: agent(() => { fs.mkdirSync('/tmp/a'); fs.mkdirSync('/tmp/b'); })`)).logs).toEqual(['["a", "b"]', '["b"]', '[]']);
  });
});

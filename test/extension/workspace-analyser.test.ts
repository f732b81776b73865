import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WorkspaceAnalyser } from '../../src/extension/workspace-analyser.js';

const subject = { file: 'a.ts', text: `import { through } from './lock';\nlet n = 0;\nexport const inc = () => through(async () => { const before = n; await work(); n = before + 1; });` };
const open = `export const through = async (f: () => Promise<void>) => { await f(); };`;
const locked = `import { Mutex } from 'async-mutex';\nconst m = new Mutex();\nexport const through = (f: () => Promise<void>) => m.runExclusive(f);`;

let root = '';
beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'raceproof-workspace-')); });
afterEach(() => { rmSync(root, { recursive: true, force: true }); });

function save(text: string, seconds: number): void {
  writeFileSync(join(root, 'lock.ts'), text);
  utimesSync(join(root, 'lock.ts'), seconds, seconds);
}

it('reads what a file imports anew once it has changed on disk', () => {
  const analyser = new WorkspaceAnalyser();
  const rules = (): string[] => analyser.analyse(subject, { root }, {}).findings.map(({ rule }) => rule);
  save(locked, 1);
  expect(rules()).toEqual([]);
  save(open, 2);
  expect(rules()).toEqual(['lost-update']);
});

it('takes what is open and not saved before what is on disk', () => {
  const analyser = new WorkspaceAnalyser();
  const rules = (texts: Record<string, string>): string[] => analyser.analyse(subject, { root, texts }, {}).findings.map(({ rule }) => rule);
  save(locked, 1);
  expect(rules({})).toEqual([]);
  expect(rules({ 'lock.ts': open })).toEqual(['lost-update']);
  expect(rules({})).toEqual([]);
});

it('notices a file that comes later', () => {
  const analyser = new WorkspaceAnalyser();
  const rules = (): string[] => analyser.analyse(subject, { root }, {}).findings.map(({ rule }) => rule);
  const before = rules();
  save(locked, 1);
  expect(rules()).toEqual([]);
  save(open, 2);
  expect([before.length <= 1, rules()]).toEqual([true, ['lost-update']]);
});

it('trusts who watches the disk: what was read stays until a change is told', () => {
  const analyser = new WorkspaceAnalyser();
  const rules = (revision: number, texts: Record<string, string> = {}): string[] => analyser.analyse(subject, { root, texts, revision }, {}).findings.map(({ rule }) => rule);
  save(locked, 1);
  expect(rules(1)).toEqual([]);
  save(open, 2);
  expect(rules(2)).toEqual(['lost-update']);
  expect(rules(2, { 'lock.ts': locked })).toEqual([]);
  expect(rules(2)).toEqual(['lost-update']);
});

it('finds in time what nobody told of', () => {
  const analyser = new WorkspaceAnalyser();
  const rules = (): string[] => analyser.analyse(subject, { root, revision: 1 }, {}).findings.map(({ rule }) => rule);
  save(locked, 1);
  expect(rules()).toEqual([]);
  save(open, 2);
  expect(Array.from({ length: 8 }, rules).at(-1)).toEqual(['lost-update']);
});

it('does not look at every file while no change is told of', () => {
  const numbers = Array.from({ length: 100 }, (_, index) => index);
  for (const index of numbers) writeFileSync(join(root, `m${index}.ts`), 'export let a = 0;');
  const text = [...numbers.map((index) => `import { a as a${index} } from './m${index}';`), `export const all = () => [${numbers.map((index) => `a${index}`).join()}];`, subject.text].join('\n');
  const analyser = new WorkspaceAnalyser();
  const rules = (revision: number): string[] => analyser.analyse({ ...subject, text }, { root, revision }, {}).findings.map(({ rule }) => rule);
  save(locked, 1);
  expect(rules(1)).toEqual([]);
  save(open, 2);
  expect(rules(1)).toEqual([]);
  expect(rules(2)).toEqual(['lost-update']);
});

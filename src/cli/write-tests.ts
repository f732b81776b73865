import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { SourceText } from '../language/index.js';
import type { JudgedFinding } from '../model/index.js';
import type { ScenarioProof } from '../proof/index.js';
import { NoTest, type FrameworkName } from '../regression/index.js';
import type { ProvedTest } from '../regression/node.js';
import type { ReportedTest } from '../report/index.js';
import { explainError } from './problem.js';
import type { Provers } from './provers.js';
import type { Shell } from './shell.js';

/** A finding with all that is known of it. */
export interface ProvedFinding {
  readonly finding: JudgedFinding;
  readonly source: SourceText;
  readonly proof: ScenarioProof;
}

/** Writes a test for each confirmed finding, where the project has its tests. No file that is there is changed. */
export async function writeTests(confirmed: readonly ProvedFinding[], framework: FrameworkName | undefined, provers: Provers, { cwd, showProgress }: Pick<Shell, 'cwd' | 'showProgress'>): Promise<ReportedTest[]> {
  const told: ReportedTest[] = [];
  for (const { finding, source, proof } of confirmed) {
    const { rule, range: { file, start }, fixes } = finding;
    const about = { file, line: start.line, rule };
    showProgress(`a test for ${file}:${start.line}`);
    try {
      const test = await provers.test({ subject: finding, source, proof, fixes }, framework, cwd);
      const { failure, passesWith } = test;
      told.push({ ...about, ...put(test, cwd), failure, ...(passesWith !== undefined && { passesWith }) });
    } catch (error) {
      if (!(error instanceof NoTest) && !isFileError(error)) throw error;
      told.push({ ...about, reason: error instanceof NoTest ? error.message : explainError(error) });
    }
  }
  return told;
}

/** Writes the test, unless a file beside it says the same already: then that one is named. */
function put({ text, file }: ProvedTest, cwd: string): { readonly test: string; readonly isNew: boolean } {
  const path = resolve(cwd, file);
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  const stem = /^.*?\.race/.exec(basename(path))![0];
  const same = readdirSync(folder).find((name) => name.startsWith(stem) && essence(readFileSync(join(folder, name), 'utf8')) === essence(text));
  if (same !== undefined) return { test: join(dirname(file), same).replaceAll('\\', '/'), isNew: false };
  writeFileSync(path, text, { flag: 'wx' });
  return { test: file, isNew: true };
}

/** A test without its comments, which name lines of the code. */
function essence(text: string): string {
  return text.replace(/^\s*\/\/.*\n/gm, '').replace(/\s+/g, ' ');
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

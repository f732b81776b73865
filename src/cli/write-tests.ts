import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
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

/** Writes the test, unless one that is there says the same: then that one is named. */
function put({ text, file, neighbour }: ProvedTest, cwd: string): { readonly test: string; readonly isNew: boolean } {
  if (neighbour?.isSame === true) return { test: neighbour.file, isNew: false };
  const path = resolve(cwd, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { flag: 'wx' });
  return { test: file, isNew: true };
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

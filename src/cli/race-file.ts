import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CompileError, type ReadModule, type SourceText } from '../language/index.js';
import { formatPlace, scenarioLine } from '../model/index.js';
import { closeRace, type ClosedRace } from '../proof/index.js';
import type { SourceLines } from '../report/index.js';
import { explainError } from './problem.js';
import { readSource } from './read-source.js';
import { UsageError } from './usage.js';
import type { RaceRun } from './race-options.js';

/** By its name: such a file is a scenario or a mistake. */
export const raceFileName = /\.race\.[cm]?[jt]sx?$/i;

const example = "export default scenario(() => ({ tasks: { … } })), with scenario from 'raceproof'";

/** True if a file says what runs, so that no line has to be named. */
export function isScenario(source: SourceText): boolean {
  return raceFileName.test(source.file) || scenarioLine(source) !== undefined;
}

/** A scenario file with everything that it imports. @throws UsageError that says what is wrong, where, and what to do. */
export function openRace(source: SourceText, cwd: string, { memoryModel, areTimersLate }: Pick<RaceRun, 'memoryModel' | 'areTimersLate'>): ClosedRace {
  try {
    if (!/\bexport\s+default\b|\bas\s+default\b|\bexports\b/.test(source.text)) throw new UsageError(`${source.file}: it has no default export; a scenario file ends in ${example}.`);
    return closeRace(source, readBelow(cwd), { memoryModel, areTimersLate });
  } catch (error) {
    if (error instanceof CompileError) throw new UsageError(`${error.range ? formatPlace(error.range) : source.file}: ${error.message}.`);
    throw error;
  }
}

/** What imports lead to. */
function readBelow(cwd: string): ReadModule {
  return (file) => {
    const path = resolve(cwd, file);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) return { kind: 'folder' };
    if (!stats?.isFile()) return undefined;
    const reading = readSource({ path, file, isNamed: true });
    if (reading.kind === 'text') return { kind: 'file', text: reading.text };
    throw new UsageError(`${file}: ${reading.kind === 'problem' ? reading.message : explainError(new Error('it cannot be read'))}`);
  };
}

export function linesOf(sources: readonly SourceText[]): SourceLines {
  const lines = new Map(sources.map(({ file, text }) => [file, text.split(/\r\n|[\n\r\u2028\u2029]/)]));
  return (file, line) => lines.get(file)?.[line - 1];
}

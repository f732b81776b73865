import { CompileError, type SourceText } from '../language/index.js';
import { formatPlace, scenarioLine } from '../model/index.js';
import { closeRace, type ClosedRace } from '../proof/index.js';
import type { SourceLines } from '../report/index.js';
import { readBelow, splitLines } from './read-modules.js';
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
export function openRace(source: SourceText, cwd: string, { memoryModel, areTimersLate, faults = false }: Pick<RaceRun, 'memoryModel' | 'areTimersLate'> & Partial<Pick<RaceRun, 'faults'>>): ClosedRace {
  try {
    if (!/\bexport\s+default\b|\bas\s+default\b|\bexports\b/.test(source.text)) throw new UsageError(`${source.file}: it has no default export; a scenario file ends in ${example}.`);
    return closeRace(source, readBelow(cwd), { memoryModel, areTimersLate, faults });
  } catch (error) {
    if (error instanceof CompileError) throw new UsageError(`${error.range ? formatPlace(error.range) : source.file}: ${error.message}.`);
    throw error;
  }
}

export function linesOf(sources: readonly SourceText[]): SourceLines {
  const lines = new Map(sources.map(({ file, text }) => [file, splitLines(text)]));
  return (file, line) => lines.get(file)?.[line - 1];
}

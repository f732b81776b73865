import { createAnalyser, type Analyser } from '../analysis/index.js';
import { countLineFeeds } from '../language/index.js';
import type { SourceText } from '../language/index.js';
import { formatPlace, type Configuration, type Finding, type SuppressionProblem } from '../model/index.js';
import type { Candidate } from './discover.js';
import type { Problem } from './problem.js';
import { readModules } from './read-modules.js';
import { readSource } from './read-source.js';

/** A file to check, and how. Plain data that survives a structured clone. */
export interface FileTask {
  readonly candidate: Candidate;
  /** Empty: those that the configuration asks. */
  readonly rules: readonly string[];
  readonly configuration: Configuration;
}

/** What checking a file without proof gives; plain data. `left-out`: no program of a person. */
export type CheckedFile =
  | { readonly kind: 'left-out' }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | {
      readonly kind: 'checked';
      readonly lines: number;
      readonly parsed: boolean;
      readonly findings: readonly Finding[];
      readonly suppressed: number;
      readonly suppressionProblems: readonly SuppressionProblem[];
      /** Only where there is something to prove. */
      readonly source?: SourceText;
    };

export type CheckFile = (task: FileTask) => CheckedFile;

/** Checks files one after the other, each with what it imports. */
export function createFileChecker(cwd: string): CheckFile {
  const analyser = createAnalyser(readModules(cwd));
  return (task) => checkFile(task, analyser);
}

function checkFile({ candidate, rules, configuration }: FileTask, analyser: Analyser): CheckedFile {
  const { file } = candidate;
  const reading = readSource(candidate);
  if (reading.kind === 'left-out') return reading;
  if (reading.kind === 'problem') return problemAt(file, reading.message);
  const source: SourceText = { file, text: reading.text };
  try {
    const { failure, parsed, findings, suppressed, suppressionProblems } = analyser.analyse(source, { configuration, functions: false, ...(rules.length > 0 ? { rules } : {}) });
    if (failure) return problemAt(formatPlace(failure.range), `syntax error: ${failure.message} The file was not checked.`);
    return { kind: 'checked', lines: countLines(reading.text), parsed, findings, suppressed: suppressed.length, suppressionProblems, ...(findings.length > 0 ? { source } : {}) };
  } catch (error) {
    return problemAt(file, `internal error, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

export function problemAt(place: string, message: string): CheckedFile & { kind: 'problem' } {
  return { kind: 'problem', problem: { place, message } };
}

/** As `wc` counts them, and a last one that does not end. */
function countLines(text: string): number {
  return countLineFeeds(text) + (text === '' || text.endsWith('\n') ? 0 : 1);
}

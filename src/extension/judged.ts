import { levelOf, type Configuration, type Finding, type Level, type Proof } from '../model/index.js';

/** A finding as far as it is known now. */
export interface Judged {
  readonly finding: Finding;
  readonly fingerprint: string;
  readonly proof?: Proof;
  /** Not proved in the present text: `proof`, if any, is of an earlier one in which this function read the same. */
  readonly isProvisional: boolean;
}

/** What a finding is worth now; a refuted one is not shown at all (rules.md), one that no one has judged yet is. */
export function levelNow({ finding, proof }: Judged, configuration: Configuration): Level {
  return proof ? levelOf(finding, proof.verdict, configuration) : 'information';
}

export function isShown(judged: Judged, configuration: Configuration): boolean {
  return levelNow(judged, configuration) !== 'off';
}

/**
 * What makes a finding the same one after an edit elsewhere in the file: its rule, its location and the text of the function that runs it.
 * A verdict is carried over on it, provisionally, so that squiggles do not change colour at every key press.
 */
export function fingerprint(finding: Finding, lines: readonly string[]): string {
  const task = finding.overlaps[0]?.[0].range ?? finding.range;
  return JSON.stringify([finding.rule, finding.location, finding.range.start.line - task.start.line, finding.range.start.column, lines.slice(task.start.line - 1, task.end.line)]);
}

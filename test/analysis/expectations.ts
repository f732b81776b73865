import { analyse } from '../../src/analysis/index.js';
import type { Finding } from '../../src/model/index.js';

/** `rule location` of every finding in a piece of code, in source order. */
export function findingsIn(text: string, file = 'subject.ts'): string[] {
  return findings(text, file).map(({ rule, location }) => `${rule} ${location}`);
}

export function findings(text: string, file = 'subject.ts'): readonly Finding[] {
  const { findings: found, failure } = analyse({ file, text });
  if (failure) throw new Error(`${failure.message} at ${failure.range.start.line}:${failure.range.start.column}`);
  return found;
}

/**
 * Compares findings with carets under the code: a line of `^^^ rule` marks the line above it.
 * Gives both sides as `line:column rule`, so that a difference is readable.
 */
export function compareWithCarets(marked: string): { readonly expected: string[]; readonly found: string[] } {
  const lines: string[] = [];
  const expected: string[] = [];
  for (const line of marked.split('\n')) {
    const caret = /^\s*(?:\/\/ ?)?(\s*)(\^+) ([a-z-]+)$/.exec(line);
    if (caret) expected.push(`${lines.length}:${line.indexOf('^') + 1} ${caret[3]}`);
    else lines.push(line);
  }
  return { expected, found: findings(lines.join('\n')).map(({ rule, range }) => `${range.start.line}:${range.start.column} ${rule}`) };
}

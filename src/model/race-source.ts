import type { SourceRange } from './source.js';

/** The line with the default export of a scenario file (it imports `raceproof`); undefined in any other file. Only the words are looked at. */
export function scenarioLine({ file, text }: { readonly file: string; readonly text: string }): SourceRange | undefined {
  if (!/\bfrom\s*['"]raceproof['"]/.test(text)) return undefined;
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/);
  const index = lines.findIndex((line) => /^\s*export\s+default\b/.test(line));
  if (index < 0) return undefined;
  return { file, start: { line: index + 1, column: 1 }, end: { line: index + 1, column: lines[index]!.length + 1 } };
}

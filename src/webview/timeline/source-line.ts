import type { SourceRange } from '../../model/index.js';

/** A line of source without its indentation, cut where the step's range begins and ends. */
export interface MarkedLine {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** What may stand before the mark, so that a long line still shows it. */
const longestLead = 48;

/** The line that a range begins on. Of a range over several lines the mark runs to the end of the first. */
export function markLine(line: string, { start, end }: SourceRange): MarkedLine {
  const from = Math.min(start.column - 1, line.length);
  const to = end.line === start.line ? Math.min(Math.max(end.column - 1, from), line.length) : line.length;
  const lead = line.slice(0, from).trimStart();
  return {
    before: lead.length > longestLead ? `…${lead.slice(1 - longestLead)}` : lead,
    marked: lead === '' ? line.slice(from, to).trimStart() : line.slice(from, to),
    after: line.slice(to).trimEnd(),
  };
}

/** Looks lines up by file and number (from 1); undefined where the text was not sent. */
export function lineReader(sources: readonly { readonly file: string; readonly text: string }[]): (file: string, line: number) => string | undefined {
  const lines = new Map(sources.map(({ file, text }) => [file, text.split(/\r\n|[\n\r\u2028\u2029]/)]));
  return (file, line) => lines.get(file)?.[line - 1];
}

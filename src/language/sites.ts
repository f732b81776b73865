import type ts from 'typescript';
import type { Position, Site, SourceRange } from '../model/index.js';

const longestText = 60;

/** The instrumented places of one source file, numbered in the order of their creation; the same range is the same site. */
export class SiteTable {
  readonly #indices = new Map<string, number>();

  readonly all: Site[] = [];

  constructor(readonly source: ts.SourceFile, readonly file: string) {}

  /** `start`: where the place begins, if that is not where the node does. */
  of(node: ts.Node, start = node.getStart(this.source)): number {
    const key = `${start}:${node.end}`;
    const known = this.#indices.get(key);
    if (known !== undefined) return known;
    const index = this.all.push({ range: rangeOfText(this.source, this.file, start, node.end - start), text: shorten(this.source.text.slice(start, node.end)) }) - 1;
    this.#indices.set(key, index);
    return index;
  }
}

export function rangeOf(source: ts.SourceFile, node: ts.Node, file = source.fileName): SourceRange {
  const start = node.getStart(source);
  return rangeOfText(source, file, start, node.end - start);
}

export function rangeOfText(source: ts.SourceFile, file: string, start = 0, length = 0): SourceRange {
  return { file, start: positionAt(source, start), end: positionAt(source, start + length) };
}

function positionAt(source: ts.SourceFile, offset: number): Position {
  const { line, character } = source.getLineAndCharacterOfPosition(offset);
  return { line: line + 1, column: character + 1 };
}

/** Of a whole class only its beginning is looked at, unless that is mostly white. */
function shorten(text: string): string {
  const line = onOneLine(text.slice(0, 4 * longestText));
  const whole = text.length > 4 * longestText && line.length <= longestText ? onOneLine(text) : line;
  return whole.length <= longestText ? whole : `${whole.slice(0, longestText - 1)}…`;
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** A place in a text. `line` and `column` count from 1; columns are UTF-16 code units, as editors count them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A stretch of one file; `end` is exclusive. `file` is relative to the working directory, with `/` separators. */
export interface SourceRange {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** Negative if `a` is before `b`, 0 if they are the same place, positive if it is after. */
export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column;
}

/** True if both ranges cover exactly the same stretch of the same file. */
export function isSameRange(a: SourceRange, b: SourceRange): boolean {
  return a.file === b.file && comparePositions(a.start, b.start) === 0 && comparePositions(a.end, b.end) === 0;
}

/** True if `outer` covers all of `inner`, in the same file. */
export function containsRange(outer: SourceRange, inner: SourceRange): boolean {
  return outer.file === inner.file && comparePositions(outer.start, inner.start) <= 0 && comparePositions(inner.end, outer.end) <= 0;
}

/** `file:line:column` of the start, as terminals and editors link it. */
export function formatPlace(range: SourceRange): string {
  return `${range.file}:${range.start.line}:${range.start.column}`;
}

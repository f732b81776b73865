/** As much of an editor's content change as decides where the lines below it go; lines count from 0. */
export interface Edit {
  readonly range: { readonly start: { readonly line: number; readonly character: number }; readonly end: { readonly line: number } };
  readonly text: string;
}

/** The line, counted from 1, on which a line stands after the edits, applied in their order. A line inside a replaced stretch goes to its start. */
export function moveLine(line: number, edits: readonly Edit[]): number {
  return edits.reduce((now, edit) => moveOver(now, edit), line);
}

function moveOver(line: number, { range: { start, end }, text }: Edit): number {
  const index = line - 1;
  const startsAbove = start.line < index || (start.line === index && start.character === 0);
  if (!startsAbove) return line;
  if (end.line > index) return start.line + 1;
  return line + text.split('\n').length - 1 - (end.line - start.line);
}

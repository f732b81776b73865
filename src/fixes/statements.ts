import { isFunction, type Node, type Variable } from '../language/index.js';
import type { Draft, Piece } from './draft.js';
import type { FlaggedCode } from './flagged-code.js';
import { isWithin, type Statement } from './syntax.js';

/** A statement with what belongs to it: the comments above it, one behind it, its lines. */
export interface Extent {
  readonly from: number;
  readonly to: number;
  /** True if it has its lines to itself. */
  readonly isWholeLines: boolean;
}

export function extentOf(code: FlaggedCode, first: Statement, last: Statement = first): Extent {
  const { layout, text } = code;
  const [from, to] = [first.range[0], last.range[1]];
  if (!layout.isFirst(from) || !layout.isLast(to)) return { from, to, isWholeLines: false };
  let start = layout.lineStart(from);
  for (let above = commentAbove(code, start); above !== undefined; above = commentAbove(code, start)) start = above;
  const end = layout.nextLine(to);
  return { from: start, to: end === 0 ? text.length : end, isWholeLines: true };
}

/** Where the comment begins that fills the line above, if one does. */
function commentAbove({ layout, text }: FlaggedCode, lineStart: number): number | undefined {
  if (lineStart === 0) return undefined;
  const start = layout.lineStart(lineStart - 1);
  const line = text.slice(start, layout.lineEnd(start)).trim();
  if (line.startsWith('//')) return start;
  if (!line.endsWith('*/')) return undefined;
  const opening = text.lastIndexOf('/*', lineStart);
  return opening >= 0 && layout.isFirst(opening) ? layout.lineStart(opening) : undefined;
}

/** Takes statements away, with the line that they leave empty. */
export function removeStatement(code: FlaggedCode, draft: Draft, statement: Statement): void {
  const { from, to, isWholeLines } = extentOf(code, statement);
  const behind = isWholeLines ? to : to + /^[ \t]*/.exec(code.text.slice(to))![0].length;
  draft.replace(from, behind);
}

/** Moves a statement, its comments with it, to before another, and to that one's indentation. */
export function moveStatement(code: FlaggedCode, draft: Draft, statement: Statement, before: Statement): void {
  const { layout } = code;
  const extent = extentOf(code, statement);
  const target = extentOf(code, before);
  if (!extent.isWholeLines || !target.isWholeLines) {
    draft.insert(before.range[0], { from: statement.range[0], to: statement.range[1] }, ' ');
    removeStatement(code, draft, statement);
    return;
  }
  const [here, there] = [layout.indentAt(statement.range[0]), layout.indentAt(before.range[0])];
  const [from, to] = [layout.lineStart(extent.from), extent.to];
  const deeper = there.startsWith(here) ? there.slice(here.length) : '';
  const pieces = there === here ? [{ from, to }] : deeper === '' && here.startsWith(there) ? layout.shifted(from + (here.length - there.length), to, { less: here.length - there.length }, code.fixed) : [deeper, ...layout.shifted(from, to, deeper, code.fixed)];
  draft.insert(target.from, ...pieces);
  draft.replace(from, to);
}

/** Puts statements between an opening and a closing, one level deeper: `try {` … `} finally { … }`. `closing` may have several lines. */
export function wrapStatements(code: FlaggedCode, draft: Draft, [first, last]: readonly [Statement, Statement], opening: string | readonly Piece[], closing: readonly string[]): void {
  const { layout } = code;
  const { from, to, isWholeLines } = extentOf(code, first, last);
  const pieces = typeof opening === 'string' ? [opening] : opening;
  if (!isWholeLines) {
    draft.insert(first.range[0], ...pieces, ' ');
    draft.insert(last.range[1], ` ${closing.map((line) => line.trim()).join(' ')}`);
    return;
  }
  const indent = layout.indentAt(first.range[0]);
  draft.insert(from, indent, ...pieces, layout.newline);
  indentLines(code, draft, from, to);
  const end = layout.lineEnd(last.range[1]);
  draft.insert(end, closing.map((line) => `${layout.newline}${line === '' ? '' : indent + line}`).join(''));
}

/** Indents the lines of a stretch that begins and ends with a line, but for those that are taken away. */
function indentLines({ layout, fixed }: FlaggedCode, draft: Draft, from: number, to: number): void {
  for (let start = from; start < to; ) {
    const isEmpty = layout.lineEnd(start) === start;
    const at = start;
    if (!isEmpty && !draft.isReplaced(at) && !fixed.some(([a, b]) => a < at && at < b)) draft.insert(start, layout.unit);
    const next = layout.nextLine(start);
    if (next === 0) return;
    start = next;
  }
}

/** Variables that the statements declare and that something outside them uses. */
export function declaredFor({ scopes }: FlaggedCode, statements: readonly Statement[]): Variable[] {
  const isInside = (node: Node): boolean => statements.some((statement) => isWithin(node, statement));
  const declared = statements.flatMap((statement) => (statement.type === 'VariableDeclaration' ? statement.declarations.flatMap((one) => scopes.declaredBy(one)) : isFunction(statement) || statement.type === 'ClassDeclaration' ? scopes.declaredBy(statement) : []));
  return declared.filter((variable) => variable.references.some(({ identifier }) => !isInside(identifier)));
}

import { isFunction, type Node } from '../language/index.js';
import type { Draft, Piece } from './draft.js';
import type { FlaggedCode } from './flagged-code.js';
import { around, listOf } from './syntax.js';

/** The statement, or the body of an arrow function, in which an expression is evaluated. */
export function hostOf(expression: Node): Node {
  for (const at of around(expression)) {
    if (/(?:Statement|Declaration)$/.test(at.type) || (at.parent && isFunction(at.parent) && at.parent.body === at)) return at;
  }
  return expression;
}

/** Puts lines before the statement that an expression is part of, making a block where there is none. */
export function putBefore(code: FlaggedCode, draft: Draft, expression: Node, lines: readonly (readonly Piece[])[]): void {
  const { layout } = code;
  const host = hostOf(expression);
  const [start, end] = host.range;
  const inline = lines.flatMap((pieces) => [...trimmed(pieces), ' ']);
  if (!/(?:Statement|Declaration)$/.test(host.type)) {
    draft.insert(start, '{ ', ...inline, 'return ');
    draft.insert(end, `${layout.semicolon} }`);
  } else if (listOf(host)) {
    if (!layout.isFirst(start)) return draft.insert(start, ...inline);
    const indent = layout.indentAt(start);
    draft.insert(start, ...lines.flatMap((pieces) => [...pieces, layout.newline + indent]));
  } else putIntoBlock(code, draft, host, lines, inline);
}

/** The branch of an `if` or a loop that had no braces gets them. */
function putIntoBlock({ layout, text }: FlaggedCode, draft: Draft, host: Node, lines: readonly (readonly Piece[])[], inline: readonly Piece[]): void {
  const [start, end] = host.range;
  const owner = host.parent!;
  const before = text.slice(0, start).trimEnd().length;
  if (!layout.isFirst(owner.range[0]) || /\/[/*]/.test(text.slice(layout.lineStart(before), before))) {
    draft.insert(start, '{ ', ...inline);
    draft.insert(end, ' }');
    return;
  }
  const indent = layout.indentAt(owner.range[0]);
  const inner = layout.newline + indent + layout.unit;
  draft.replace(before, start, ' {', ...lines.flatMap((pieces) => [inner, ...pieces]), inner);
  draft.insert(layout.isLast(end) ? layout.lineEnd(end) : end, `${layout.newline}${indent}}`);
}

function trimmed([first, ...rest]: readonly Piece[]): Piece[] {
  return [typeof first === 'string' ? first.trimStart() : first!, ...rest];
}

import type { Node } from '../../language/index.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { partsOf } from '../region-parts.js';
import { extentOf } from '../statements.js';
import { isWithin, ownNodes, statementOf } from '../syntax.js';
import { bareName, joinedName, shortLocation } from '../wording.js';

/** What is selected is read once, before the suspension, and meant ever after. */
export function captureContext(code: FlaggedCode): Cure | undefined {
  const parts = partsOf(code);
  const read = parts?.reads[0];
  const statement = read && statementOf(read);
  if (!parts || !statement) return undefined;
  const text = code.textOf(read);
  const same = ownNodes(parts.fn).filter((node) => node.range[0] >= read.range[0] && (node.type === 'MemberExpression' || node.type === 'Identifier') && code.textOf(node) === text && isReadOf(node, read));
  const chosen = bareName(code.finding.location).replace(/^[#_]+/, '');
  const name = code.freshLocal(chosen, joinedName(chosen, 'before'));
  const draft = code.draft();
  const { layout } = code;
  const { from, isWholeLines } = extentOf(code, statement);
  const pieces = [`const ${name} = `, { from: read.range[0], to: read.range[1] }, layout.semicolon] as const;
  if (isWholeLines) draft.insert(from, layout.indentAt(statement.range[0]), ...pieces, layout.newline);
  else draft.insert(statement.range[0], ...pieces, ' ');
  for (const node of same) draft.replace(node.range[0], node.range[1], name);
  return { title: `Keep what ${shortLocation(code)} is before the await`, draft };
}

function isReadOf(node: Node, read: Node): boolean {
  const { parent } = node;
  if (node.type !== read.type || (parent?.type === 'AssignmentExpression' && parent.left === node) || parent?.type === 'UpdateExpression') return false;
  if (parent?.type === 'Property' && parent.shorthand) return false;
  return !(parent?.type === 'MemberExpression' && parent.property === node && !parent.computed) && !isWithin(read, node.parent?.type === 'VariableDeclarator' && node.parent.id === node ? node.parent : { range: [-1, -1] });
}

import type { Node, TSESTree } from '../../language/index.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { partsOf, type RegionParts } from '../region-parts.js';
import { staleDeclarations } from '../stale-declarations.js';
import { declaredFor, extentOf, wrapStatements } from '../statements.js';
import { around, isWithin, listOf, ownNodes, statementOf, type Statement } from '../syntax.js';
import { shortLocation } from '../wording.js';
import type { Draft, Piece } from '../draft.js';

/** After the suspension the check is made once more, and answers as it did before: the guard that leaves is repeated, the guard around the act is put around it again. */
export function checkAgain(code: FlaggedCode): Cure | undefined {
  const parts = partsOf(code);
  const act = parts && statementOf(parts.acts[0]!);
  const guard = parts && guardOf(code, parts);
  if (!act || !guard) return undefined;
  const draft = code.draft();
  const condition = conditionOf(code, parts, guard.test);
  if (!condition || !(leavesAlways(guard.consequent) ? repeat(code, draft, guard, act, condition) : surround(code, draft, act, condition))) return undefined;
  return { title: `Check ${shortLocation(code)} again after the await`, draft };
}

/** The `if` that decides. */
function guardOf(code: FlaggedCode, parts: RegionParts): TSESTree.IfStatement | undefined {
  const ifs = ownNodes(parts.fn).filter((node): node is TSESTree.IfStatement => node.type === 'IfStatement' && node.range[0] < parts.acts[0]!.range[0]);
  return ifs.find((one) => parts.reads.some((read) => isWithin(read, one.test))) ?? ifs.find((one) => staleDeclarations(code, parts, one.test).length > 0 || testsOf(code, parts, one));
}

/** A local that holds the answer: `const isEnough = this.money >= sum; if (!isEnough) return`. */
function testsOf(code: FlaggedCode, { reads }: RegionParts, { test }: TSESTree.IfStatement): boolean {
  return ownNodes(test).some((node) => { const init = node.type === 'Identifier' && initOf(code, node); return !!init && reads.some((read) => isWithin(read, init)); });
}

function initOf({ scopes }: FlaggedCode, identifier: Node): Node | undefined {
  const definition = scopes.variableOf(identifier)?.defs[0];
  return definition?.type === 'Variable' && definition.node.id.type === 'Identifier' ? (definition.node.init ?? undefined) : undefined;
}

/** The condition as it can be asked anew: what a local knows of the place is looked up again. */
function conditionOf(code: FlaggedCode, { reads }: RegionParts, test: Node): Piece[] | undefined {
  if (ownNodes(test).some((node) => node.type === 'AwaitExpression')) return undefined;
  const pieces: Piece[] = [];
  let at = test.range[0];
  for (const node of ownNodes(test)) {
    const init = node.type === 'Identifier' ? initOf(code, node) : undefined;
    if (!init || !reads.some((read) => isWithin(read, init))) continue;
    pieces.push({ from: at, to: node.range[0] }, '(', { from: init.range[0], to: init.range[1] }, ')');
    at = node.range[1];
  }
  return [...pieces, { from: at, to: test.range[1] }];
}

function leavesAlways(consequent: Statement): boolean {
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement' || last?.type === 'ContinueStatement';
}

function repeat(code: FlaggedCode, draft: Draft, guard: TSESTree.IfStatement, act: Statement, condition: readonly Piece[]): boolean {
  const { layout } = code;
  if (guard.alternate || !listOf(act)) return false;
  const pieces: Piece[] = [{ from: guard.range[0], to: guard.test.range[0] }, ...condition, { from: guard.test.range[1], to: guard.range[1] }];
  const { from, isWholeLines } = extentOf(code, act);
  const indent = layout.indentAt(act.range[0]);
  if (isWholeLines) draft.insert(from, indent, ...pieces, layout.newline);
  else draft.insert(act.range[0], ...pieces, ' ');
  return true;
}

/** From the act on to the end of its block. */
function surround(code: FlaggedCode, draft: Draft, act: Statement, condition: readonly Piece[]): boolean {
  const list = listOf(act)!;
  const rest = list.slice(list.indexOf(act));
  if (declaredFor(code, rest).length > 0 || [...around(act)].some((at) => at.type === 'SwitchCase')) return false;
  wrapStatements(code, draft, [act, list.at(-1)!], ['if (', ...condition, ') {'], ['}']);
  return true;
}

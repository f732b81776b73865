import type { Node } from '../../language/index.js';
import { shortLocation } from '../wording.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { partsOf } from '../region-parts.js';
import { staleDeclarations, type StaleDeclaration } from '../stale-declarations.js';
import { moveStatement } from '../statements.js';
import { ancestorIn, isWithin, listOf, statementOf, suspends, type Statement } from '../syntax.js';

/** `const n = x; await f(); x = n + 1`: the declaration moves down to where it is used first, in the turn that writes. */
export function readAfterAwait(code: FlaggedCode): Cure | undefined {
  const parts = partsOf(code);
  const act = parts?.acts.find((one) => parts.suspensions.some(({ range }) => range[1] <= one.range[0]));
  const statement = act && statementOf(act);
  if (!parts || !statement) return undefined;
  const last = Math.max(...parts.suspensions.filter(({ range }) => range[1] <= act.range[0]).map(({ range }) => range[1]));
  const moved = withDependents(code, staleDeclarations(code, parts, statement), last);
  const target = moved && firstUse(moved, last);
  if (!target) return undefined;
  const draft = code.draft();
  for (const declaration of moved) moveStatement(code, draft, declaration.statement, target);
  return { title: `Read ${shortLocation(code)} after the await`, draft };
}

/** With what is declared from it before the suspension; undefined if something else uses it before. */
function withDependents(code: FlaggedCode, found: readonly StaleDeclaration[], last: number): StaleDeclaration[] | undefined {
  const moved = [...found];
  for (let at = 0; at < moved.length; at++) {
    for (const use of usesOf(moved[at]!)) {
      if (use.range[0] >= last || moved.some(({ statement }) => isWithin(use, statement))) continue;
      const around = statementOf(use);
      if (around?.type !== 'VariableDeclaration' || suspends(around) || around.range[1] > last) return undefined;
      const [declarator] = around.declarations;
      if (around.declarations.length > 1 || !declarator?.init) return undefined;
      moved.push({ statement: around, init: declarator.init, variables: code.scopes.declaredBy(declarator) });
    }
  }
  return moved.length === 0 ? undefined : moved.sort((a, b) => a.statement.range[0] - b.statement.range[0]);
}

function usesOf({ statement, variables }: StaleDeclaration): Node[] {
  return variables.flatMap(({ references }) => references.map(({ identifier }) => identifier)).filter((use) => !isWithin(use, statement));
}

/** The statement before which all are declared that is used: it stands after the suspension, in a list that holds every use. */
function firstUse(moved: readonly StaleDeclaration[], last: number): Statement | undefined {
  const uses = moved.flatMap(usesOf).filter((use) => !moved.some(({ statement }) => isWithin(use, statement))).sort((a, b) => a.range[0] - b.range[0]);
  for (let at = uses[0] && statementOf(uses[0]); at; at = at.parent && statementOf(at.parent)) {
    const list = listOf(at)!;
    if (uses.every((use) => ancestorIn(list, use))) return at.range[0] >= last ? at : undefined;
  }
  return undefined;
}

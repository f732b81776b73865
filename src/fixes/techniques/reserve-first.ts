import type { Node, TSESTree } from '../../language/index.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { partsOf, type RegionParts } from '../region-parts.js';
import { declaredFor, moveStatement, wrapStatements } from '../statements.js';
import { ancestorIn, isPlain, isWithin, leaves, listOf, ownNodes, statementOf, type Statement, type StatementList } from '../syntax.js';
import { shortLocation } from '../wording.js';

/** `if (x < n) …; await f(); x -= n`: what is taken is taken in the turn of the check, and given back if the work fails. */
export function reserveFirst(code: FlaggedCode): Cure | undefined {
  const parts = partsOf(code);
  const act = parts && statementOf(parts.acts[0]!);
  const list = act && listOf(act);
  const undone = act && undoing(code, act);
  const isFlag = act && flagOf(act) !== undefined;
  if (!parts || !list || undone === undefined || (isFlag && !isRefused(code, parts))) return undefined;
  const first = ancestorIn(list, parts.suspensions[0]!);
  if (!first || list.indexOf(first) >= list.indexOf(act)) return undefined;
  const between = list.slice(list.indexOf(first), list.indexOf(act));
  const amount = amountOf(act);
  if (leaves(between) || declaredFor(code, between).length > 0 || between.some((one) => isWithin(parts.reads[0]!, one)) || (amount && !isPlain(amount))) return undefined;
  const draft = code.draft();
  const ending = givesBackItself(list, act, code);
  if (ending) {
    takeIntoTry(code, draft, between, ending);
  } else {
    moveStatement(code, draft, act, first);
    const { layout } = code;
    wrapStatements(code, draft, [first, between.at(-1)!], 'try {', ['} catch (error) {', `${layout.unit}${undone}${layout.semicolon}`, `${layout.unit}throw error${layout.semicolon}`, '}']);
  }
  return { title: isFlag ? `Set ${shortLocation(code)} before the await, and back on failure` : `Take from ${shortLocation(code)} before the await, and give it back on failure`, draft };
}

/** What a statement sets a flag to: `this.isActive = true`. */
function flagOf(act: Statement): boolean | undefined {
  const assignment = act.type === 'ExpressionStatement' && act.expression.type === 'AssignmentExpression' && act.expression.operator === '=' ? act.expression : undefined;
  return assignment?.right.type === 'Literal' && typeof assignment.right.value === 'boolean' ? assignment.right.value : undefined;
}

/** Who finds the flag set is refused: with any other answer it would rely on what is not done yet. */
export function isRefused(code: FlaggedCode, { fn, reads, acts }: RegionParts): boolean {
  const place = code.textOf(acts[0]!);
  return ownNodes(fn).some((node) => {
    if (node.type !== 'IfStatement' || node.alternate || !reads.some((read) => isWithin(read, node.test) && code.textOf(read) === place)) return false;
    const last = node.consequent.type === 'BlockStatement' ? node.consequent.body.at(-1) : node.consequent;
    return last?.type === 'ThrowStatement';
  });
}

/** The statement that makes up for the act. */
function undoing(code: FlaggedCode, act: Statement): string | undefined {
  const expression = act.type === 'ExpressionStatement' ? act.expression : undefined;
  if (expression?.type === 'UpdateExpression') return `${code.textOf(expression.argument)}${expression.operator === '++' ? '--' : '++'}`;
  if (expression?.type !== 'AssignmentExpression') return undefined;
  const target = code.textOf(expression.left);
  const flag = flagOf(act);
  if (flag !== undefined) return `${target} = ${!flag}`;
  if (expression.operator === '-=' || expression.operator === '+=') return `${target} ${expression.operator === '-=' ? '+=' : '-='} ${code.textOf(expression.right)}`;
  const { right } = expression;
  if (expression.operator !== '=' || right.type !== 'BinaryExpression' || !/^[-+]$/.test(right.operator) || code.textOf(right.left) !== target) return undefined;
  return `${target} ${right.operator === '-' ? '+=' : '-='} ${code.textOf(right.right)}`;
}

function amountOf(act: Statement): Node | undefined {
  const expression = act.type === 'ExpressionStatement' ? act.expression : undefined;
  if (expression?.type !== 'AssignmentExpression') return undefined;
  return expression.right.type === 'BinaryExpression' && expression.operator === '=' ? expression.right.right : expression.right;
}

/** `x++; try { … } finally { x-- }`: then the work goes into that `try`. */
function givesBackItself(list: StatementList, act: Statement, code: FlaggedCode): TSESTree.TryStatement | undefined {
  const next = list[list.indexOf(act) + 1];
  const text = undoing(code, act)!;
  return next?.type === 'TryStatement' && next.finalizer && ownNodes(next.finalizer).some((node) => node.type === 'ExpressionStatement' && code.textOf(node).replace(/;$/, '') === text) ? next : undefined;
}

function takeIntoTry(code: FlaggedCode, draft: ReturnType<FlaggedCode['draft']>, between: readonly Statement[], ending: TSESTree.TryStatement): void {
  const inner = ending.block.body[0];
  if (!inner) return;
  for (const one of between) moveStatement(code, draft, one, inner);
}

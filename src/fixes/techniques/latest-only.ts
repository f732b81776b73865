import type { Cure, FlaggedCode } from '../flagged-code.js';
import { hostOf } from '../expression-hosts.js';
import { declareBeside, homeAround, homeOf } from '../homes.js';
import type { Node } from '../../language/index.js';
import { nameOf, partsOf, type RegionParts } from '../region-parts.js';
import { bodyOf, ancestorIn, around, functionAround, isOfEntry, isWithin, listOf, ownNodes, statementOf, type Statement } from '../syntax.js';
import { extentOf, wrapStatements } from '../statements.js';
import { joinedName, bareName } from '../wording.js';

/** Requests are counted, and only the answer to the latest one is put away. */
export function latestOnly(code: FlaggedCode): Cure | undefined {
  const parts = partsOf(code);
  const act = parts?.acts[0];
  // `this.update((state) => { state.x = answer })`: the call that puts it away.
  const isHandedIn = act && functionAround(act) !== parts.fn;
  const statement = isHandedIn ? [...around(act)].map(statementOf).find((at) => at && functionAround(at) === parts.fn) : act && statementOf(act);
  const body = parts && bodyOf(parts.fn);
  const home = act && (homeOf(code, act, parts!.fn) ?? (isHandedIn ? homeAround(parts.fn) : undefined));
  const first = body && ancestorIn(body, parts.suspensions[0]!);
  if (!parts || !statement || !home || !first || !listOf(statement) || isOfEntry(act) || (!isHandedIn && hostOf(act) !== statement)) return undefined;
  const { layout } = code;
  const draft = code.draft();
  const looks = looksBack(code, parts, statement, act);
  if (!looks) return undefined;
  const latest = declareBeside(code, draft, home, { name: code.fresh(joinedName('latest', bareName(code.finding.location).replace(/^[#_]+/, '')), joinedName('latest', nameOf(parts.fn)?.replace(/^#/, '') ?? 'request')), value: '0' });
  const own = code.freshLocal('request', 'ownRequest');
  const { from, isWholeLines } = extentOf(code, first);
  const line = `const ${own} = ++${latest}${layout.semicolon}`;
  if (isWholeLines) draft.insert(from, `${layout.indentAt(first.range[0])}${line}${layout.newline}`);
  else draft.insert(first.range[0], `${line} `);
  const awaited = ownNodes(statement).find((node) => node.type === 'AwaitExpression');
  if (awaited) {
    if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression' || !isWithin(awaited, statement.expression.right)) return undefined;
    const answer = code.freshLocal('answer', 'gotAnswer');
    const [start, end] = statement.expression.right.range;
    const indent = layout.newline + layout.indentAt(statement.range[0]);
    draft.insert(statement.range[0], `const ${answer} = `, { from: start, to: end }, `${layout.semicolon}${layout.isFirst(statement.range[0]) ? indent : ' '}if (${own} === ${latest}) `);
    draft.replace(start, end, answer);
    for (const look of looks) draft.replace(look.range[0], look.range[1], answer);
  } else if (looks.length > 0) {
    const answer = nameOfAnswer(statement);
    if (answer === undefined) return undefined;
    for (const look of looks) draft.replace(look.range[0], look.range[1], answer);
    draft.insert(statement.range[0], `if (${own} === ${latest}) `);
  } else if (statement.type === 'ExpressionStatement' && !code.textOf(statement).includes('\n')) draft.insert(statement.range[0], `if (${own} === ${latest}) `);
  else wrapStatements(code, draft, [statement, statement], `if (${own} === ${latest}) {`, ['}']);
  return { title: `Put away only the answer to the latest request`, draft };
}

/** Where the function then looks at what it has put away: that is its own answer there, also if a later one is kept. Undefined where it cannot be told. */
function looksBack(code: FlaggedCode, { fn }: RegionParts, statement: Statement, act: Node): Node[] | undefined {
  const place = code.textOf(act);
  const same = ownNodes(fn).filter((node) => node.type === act.type && node.range[0] >= statement.range[1] && code.textOf(node) === place);
  const isWritten = same.some(({ parent, ...node }) => (parent?.type === 'AssignmentExpression' && parent.left.range[0] === node.range[0]) || parent?.type === 'UpdateExpression');
  return isWritten || (same.length > 0 && ownNodes(fn).some((node) => node.type === 'AwaitExpression' && node.range[0] >= statement.range[1])) ? undefined : same;
}

/** `answer` of `this.x = answer`. */
function nameOfAnswer(statement: Statement): string | undefined {
  const assignment = statement.type === 'ExpressionStatement' && statement.expression.type === 'AssignmentExpression' ? statement.expression : undefined;
  return assignment?.operator === '=' && assignment.right.type === 'Identifier' ? assignment.right.name : undefined;
}

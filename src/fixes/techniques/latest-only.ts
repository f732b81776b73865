import type { Cure, FlaggedCode } from '../flagged-code.js';
import { hostOf } from '../expression-hosts.js';
import { declareBeside, homeAround, homeOf } from '../homes.js';
import { nameOf, partsOf } from '../region-parts.js';
import { bodyOf, ancestorIn, around, functionAround, isOfEntry, isWithin, listOf, ownNodes, statementOf } from '../syntax.js';
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
  const home = act && (homeOf(code, act) ?? (isHandedIn ? homeAround(parts.fn) : undefined));
  const first = body && ancestorIn(body, parts.suspensions[0]!);
  if (!parts || !statement || !home || !first || !listOf(statement) || isOfEntry(act) || (!isHandedIn && hostOf(act) !== statement)) return undefined;
  const { layout } = code;
  const draft = code.draft();
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
  } else if (statement.type === 'ExpressionStatement' && !code.textOf(statement).includes('\n')) draft.insert(statement.range[0], `if (${own} === ${latest}) `);
  else wrapStatements(code, draft, [statement, statement], `if (${own} === ${latest}) {`, ['}']);
  return { title: `Put away only the answer to the latest request`, draft };
}

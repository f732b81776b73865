import type { Node, TSESTree } from '../../language/index.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { putBefore } from '../expression-hosts.js';
import { moveStatement } from '../statements.js';
import { allNodes, isWithin, listOf, statementOf, suspends, type StatementList } from '../syntax.js';

/** What uses it is done first, in the same turn; then it is given away. */
export function useBeforeTransfer(code: FlaggedCode): Cure | undefined {
  const [transfer, use] = [code.nodeAt(code.finding.region.reads[0]!), code.nodeAt(code.finding.region.acts[0]!)];
  const [given, user] = [transfer && statementOf(transfer), use && statementOf(use)];
  const list = given && listOf(given);
  if (!list || !user || given.type !== 'ExpressionStatement' || given === user || !list.includes(user)) return undefined;
  const between = list.slice(list.indexOf(given) + 1, list.indexOf(user));
  if (list.indexOf(user) < list.indexOf(given) || [...between, user].some((one) => suspends(one) || dependsOn(one))) return undefined;
  const draft = code.draft();
  if (user.type === 'ReturnStatement') {
    if (!user.argument) return undefined;
    const name = code.freshLocal('result', 'resultBefore');
    putBefore(code, draft, given, [[`const ${name} = `, { from: user.argument.range[0], to: user.argument.range[1] }, code.layout.semicolon]]);
    draft.replace(user.argument.range[0], user.argument.range[1], name);
  } else if (/^(?:ExpressionStatement|VariableDeclaration|ForOfStatement|ForStatement)$/.test(user.type)) {
    if (!movesAlone(code, user, between)) return undefined;
    moveStatement(code, draft, user, given);
  } else return undefined;
  return { title: `Finish with \`${code.finding.location}\` before it is transferred`, draft };
}

/** Leaves, or may. */
function dependsOn(statement: Node): boolean {
  return allNodes(statement).some(({ type }) => type === 'BreakStatement' || type === 'ContinueStatement' || type === 'ThrowStatement');
}

/** Nothing that is declared between is used by it. */
function movesAlone(code: FlaggedCode, user: Node, between: StatementList): boolean {
  const declared = between.flatMap((one) => (one.type === 'VariableDeclaration' ? one.declarations.flatMap((each) => code.scopes.declaredBy(each)) : []));
  return declared.every(({ references }) => references.every(({ identifier }) => !isWithin(identifier, user)));
}

/** Without its entry in the list of what is transferred a buffer is copied, and stays. */
export function sendCopy(code: FlaggedCode): Cure | undefined {
  const at = code.nodeAt(code.finding.region.reads[0]!);
  const call = at && allNodes(at).find((node): node is TSESTree.CallExpression => node.type === 'CallExpression' && node.arguments.some((one) => listIn(one) !== undefined));
  const argument = call?.arguments.find((one) => listIn(one) !== undefined);
  const list = argument && listIn(argument);
  if (!call || !list || !list.elements.every((element) => element && /\.buffer$/.test(code.textOf(element)))) return undefined;
  const kept = list.elements.filter((element) => element && !isOf(code, element, code.finding.location));
  if (kept.length === list.elements.length) return undefined;
  const draft = code.draft();
  const before = call.arguments[call.arguments.indexOf(argument!) - 1];
  if (kept.length === 0 && before && argument === call.arguments.at(-1)) draft.replace(before.range[1], argument!.range[1]);
  else draft.replace(list.range[0], list.range[1], `[${kept.map((element) => code.textOf(element!)).join(', ')}]`);
  return { title: `Send a copy of \`${code.finding.location}\` instead of transferring it`, draft, caution: 'a copy takes time and memory, and the sender goes on with a buffer of its own: that this is wanted cannot be seen' };
}

/** `[a.buffer]`, `{ transfer: [a.buffer] }` */
function listIn(argument: Node): TSESTree.ArrayExpression | undefined {
  if (argument.type === 'ArrayExpression') return argument;
  if (argument.type !== 'ObjectExpression') return undefined;
  const transfer = argument.properties.find((one) => one.type === 'Property' && one.key.type === 'Identifier' && one.key.name === 'transfer');
  return transfer?.type === 'Property' && transfer.value.type === 'ArrayExpression' ? transfer.value : undefined;
}

function isOf(code: FlaggedCode, element: Node, location: string): boolean {
  const text = code.textOf(element);
  return text === location || text === `${location}.buffer` || location === text.replace(/\.buffer$/, '') || location.startsWith(`${text}.`);
}

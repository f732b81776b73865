import { isFunction, type FunctionNode, type Node, type TSESTree } from '../../language/index.js';
import { lockShape } from '../../analysis/index.js';
import type { Draft, Piece } from '../draft.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { calledName, nameOf } from '../region-parts.js';
import { allNodes, around, functionAround, isWithin } from '../syntax.js';

/** `lock.runExclusive(work)`. */
interface Run {
  readonly call: TSESTree.CallExpression;
  readonly lock: string;
  readonly work: TSESTree.ArrowFunctionExpression;
}

function runAt(code: FlaggedCode, place: Node | undefined): Run | undefined {
  const call = place && (flaggedRun(place) ?? ([...allNodes(place), ...around(place)].find((node) => node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && lockShape.run.has(calledName(node.callee) ?? '')) as TSESTree.CallExpression | undefined));
  const work = call?.arguments.at(-1);
  if (!call || work?.type !== 'ArrowFunctionExpression' || work.params.length > 0) return undefined;
  return { call, lock: lockOf(code, call), work };
}

/** What is flagged takes the lock for the work that it is given, whatever it is called: `limit(() => …)`, `navigator.locks.request('tab', async () => …)`. */
function flaggedRun(place: Node): TSESTree.CallExpression | undefined {
  const call = place.type === 'AwaitExpression' ? place.argument : place;
  return call.type === 'CallExpression' && call.arguments.at(-1)?.type === 'ArrowFunctionExpression' && !['then', 'catch', 'finally'].includes(calledName(call.callee) ?? '') ? call : undefined;
}

/** `mutex` of `mutex.runExclusive(work)`, `limit` of `limit(work)`; of a lock that is named where it is taken, the name: `'tab'`. */
function lockOf(code: FlaggedCode, { callee, arguments: given }: TSESTree.CallExpression): string {
  const [named] = given.length > 1 ? given : [];
  if (named) return code.textOf(named);
  return code.textOf(callee.type === 'MemberExpression' ? callee.object : callee);
}

/** Both locks are taken where the first was, the other one first, as the other task does; inside, the work is done without. */
export function orderLocks(code: FlaggedCode): Cure | undefined {
  const { reads, acts } = code.finding.region;
  const [held, waited] = [reads, acts].map((ranges) => ranges.flatMap((range) => runAt(code, code.nodeAt(range)) ?? []));
  const runs = [...held!, ...waited!];
  const nested = runs.flatMap((outer) => runs.flatMap((inner) => (inner !== outer && isWithin(inner.call, outer.work) && inner.lock !== outer.lock ? [[outer, inner] as const] : [])));
  // The other task may come to its second lock through a function that it calls.
  const found = nested.findLast(([, inner]) => held!.some(({ lock, work }) => lock === inner.lock && !isWithin(inner.call, work)));
  if (!found) return undefined;
  const [outer, inner] = found;
  const draft = code.draft();
  draft.insert(outer.call.range[0], `${code.text.slice(inner.call.range[0], inner.work.range[0])}() => `);
  draft.insert(outer.call.range[1], ')');
  if (!doWithout(draft, inner)) return undefined;
  return { title: `Take \`${inner.lock}\` before \`${outer.lock}\`, as is done elsewhere`, draft };
}

/** The work alone, without its lock. */
function doWithout(draft: Draft, { call, work }: Run): boolean {
  if (work.body.type !== 'BlockStatement') {
    draft.replace(call.range[0], call.range[1], { from: work.body.range[0], to: work.body.range[1] });
    return true;
  }
  draft.replace(call.range[0], work.range[0], '(');
  draft.replace(work.range[1], call.range[1], ')()');
  return true;
}

/** What takes the lock that is held is split in two: one part takes the lock, the other expects it to be held and is called here. */
export function callUnlocked(code: FlaggedCode): Cure | undefined {
  const outer = runAt(code, code.nodeAt(code.finding.region.reads[0]!));
  const inner = runAt(code, code.nodeAt(code.finding.region.acts[0]!));
  const helper = inner && functionAround(inner.call);
  if (!outer || !inner || !helper) return undefined;
  const draft = code.draft();
  if (inner.call !== outer.call && isWithin(inner.call, outer.work)) return doWithout(draft, inner) ? { title: `Do the work inside without taking \`${inner.lock}\` again`, draft } : undefined;
  const name = nameOf(helper);
  if (name === undefined || !isNothingBut(helper, inner.call)) return undefined;
  const unlocked = unlockedAlready(code, helper, inner);
  const under = unlocked ? [unlocked.fn] : [outer.work, ...calledOnlyIn(code, outer.work)];
  const calls = under.flatMap(allNodes).filter((node): node is TSESTree.CallExpression => node.type === 'CallExpression' && calledName(node.callee) === name);
  if (calls.length === 0) return undefined;
  const own = unlocked?.name ?? code.fresh(`${name.replace(/^#/, '')}Locked`, `${name.replace(/^#/, '')}Unlocked`);
  if (unlocked) for (const { callee } of calls) rename(draft, callee, own);
  else if (!split(code, draft, helper, inner, own, calls)) return undefined;
  return { title: unlocked ? `Call \`${own}\`, which expects \`${inner.lock}\` to be held, instead of \`${name}\`` : `Call a version of \`${name}\` that expects \`${inner.lock}\` to be held`, draft };
}

function rename(draft: Draft, callee: Node, name: string): void {
  const named = callee.type === 'MemberExpression' ? callee.property : callee;
  draft.replace(named.range[0], named.range[1], name);
}

/** `function visit(id) { return limit(() => walk(id)); }`, where nobody but `visit` and `walk` itself calls `walk`: it is the version of `visit` that expects the lock to be held. */
function unlockedAlready(code: FlaggedCode, helper: FunctionNode, { work }: Run): { readonly fn: FunctionNode; readonly name: string } | undefined {
  const call = work.body.type === 'CallExpression' ? work.body : undefined;
  const name = call && calledName(call.callee);
  if (!call || name === undefined || call.arguments.length !== helper.params.length) return undefined;
  const isHandedOn = call.arguments.every((argument, at) => argument.type === 'Identifier' && parameterName(helper.params[at]!) === argument.name);
  const fn = allNodes(code.module.program).find((node): node is FunctionNode => isFunction(node) && nameOf(node) === name);
  return isHandedOn && fn && callsOf(code, name).every((one) => one === call || isWithin(one, fn)) ? { fn, name } : undefined;
}

function parameterName(parameter: Node): string | undefined {
  const named = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  return named.type === 'Identifier' ? named.name : undefined;
}

function callsOf(code: FlaggedCode, name: string): TSESTree.CallExpression[] {
  return allNodes(code.module.program).filter((node): node is TSESTree.CallExpression => node.type === 'CallExpression' && calledName(node.callee) === name);
}

/** Functions that nobody can call but the work, so that they run under its lock only. */
function calledOnlyIn(code: FlaggedCode, work: Node): FunctionNode[] {
  return allNodes(code.module.program).filter((node): node is FunctionNode => {
    const name = isFunction(node) && !isWithin(node, work) && isHidden(node) ? nameOf(node) : undefined;
    const calls = name === undefined ? [] : callsOf(code, name);
    return calls.length > 0 && calls.every((call) => isWithin(call, work));
  });
}

/** A private method, or a function that the module keeps to itself. */
function isHidden(fn: FunctionNode): boolean {
  const { parent } = fn;
  if (parent?.type === 'MethodDefinition') return parent.accessibility === 'private' || parent.key.type === 'PrivateIdentifier';
  return fn.type === 'FunctionDeclaration' && parent?.type === 'Program';
}

/** True if taking the lock is all that the function does. */
function isNothingBut({ body }: FunctionNode, call: Node): boolean {
  if (body?.type !== 'BlockStatement' || body.body.length !== 1) return false;
  const [only] = body.body;
  const expression = only?.type === 'ExpressionStatement' ? only.expression : only?.type === 'ReturnStatement' ? only.argument : undefined;
  return expression === call || (expression?.type === 'AwaitExpression' && expression.argument === call);
}

function split(code: FlaggedCode, draft: Draft, helper: FunctionNode, { work }: Run, unlocked: string, calls: readonly TSESTree.CallExpression[]): boolean {
  const { layout } = code;
  const member = helper.parent?.type === 'MethodDefinition' ? helper.parent : undefined;
  const declared = member ?? (helper.type === 'FunctionDeclaration' ? helper : undefined);
  if (!declared || !helper.params.every((parameter) => parameter.type === 'Identifier')) return false;
  const indent = layout.indentAt(declared.range[0]);
  const parameters = helper.params.map((parameter) => code.textOf(parameter)).join(', ');
  const given = helper.params.map((parameter) => (parameter as TSESTree.Identifier).name).join(', ');
  const type = helper.returnType ? code.textOf(helper.returnType) : '';
  const isHidden = member && code.layout.isTyped;
  const own = member ? `this.${unlocked}` : unlocked;
  const line = layout.newline + indent;
  const head = `${isHidden ? 'private ' : ''}async ${member ? '' : 'function '}${unlocked}(${parameters})${type} `;
  const from = work.body.range[0];
  const to = work.body.range[1];
  const moved = work.body.type === 'BlockStatement' ? layout.shifted(from, to, { less: layout.indentAt(to).length - indent.length }, code.fixed) : ['{', `${line}${layout.unit}return `, { from, to }, `${layout.semicolon}${line}}`];
  const [inside, outside] = [true, false].map((isInside) => calls.filter((call) => isWithin(call, work) === isInside).map(({ callee }) => (callee.type === 'MemberExpression' ? callee.property : callee)));
  const body = moved.flatMap((piece) => renamed(piece, inside!, unlocked));
  const exported = declared.parent?.type === 'ExportNamedDeclaration' ? declared.parent : declared;
  draft.insert(exported.range[1], `${layout.newline}${line}${head}`, ...body);
  draft.replace(work.range[0], work.range[1], `() => ${own}(${given})`);
  for (const named of outside!) draft.replace(named.range[0], named.range[1], unlocked);
  return isFunction(helper);
}

/** A stretch that moves, with other names in it. */
function renamed(piece: Piece, names: readonly Node[], name: string): Piece[] {
  if (typeof piece === 'string') return [piece];
  const inside = names.filter(({ range: [from, to] }) => piece.from <= from && to <= piece.to).sort((a, b) => a.range[0] - b.range[0]);
  const ends = [...inside.map(({ range }) => range[0]), piece.to];
  return ends.flatMap((to, at): Piece[] => [...(at === 0 ? [] : [name]), { from: at === 0 ? piece.from : inside[at - 1]!.range[1], to }]);
}

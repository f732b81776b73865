import { isFunction, type FunctionNode, type Node, type TSESTree } from '../../language/index.js';
import { lockShape } from '../../analysis/index.js';
import type { Draft } from '../draft.js';
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
  const call = place && ([...allNodes(place), ...around(place)].find((node) => node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && lockShape.run.has(calledName(node.callee) ?? '')) as TSESTree.CallExpression | undefined);
  const work = call?.arguments.at(-1);
  if (!call || call.callee.type !== 'MemberExpression' || work?.type !== 'ArrowFunctionExpression' || work.params.length > 0) return undefined;
  return { call, lock: code.textOf(call.callee.object), work };
}

/** Both locks are taken where the first was, the other one first, as the other task does; inside, the work is done without. */
export function orderLocks(code: FlaggedCode): Cure | undefined {
  const { reads, acts } = code.finding.region;
  const runs = [...reads, ...acts].flatMap((range) => runAt(code, code.nodeAt(range)) ?? []);
  const nested = runs.flatMap((outer) => runs.flatMap((inner) => (inner !== outer && isWithin(inner.call, outer.work) && inner.lock !== outer.lock ? [[outer, inner] as const] : [])));
  const found = nested.at(-1);
  if (!found || !nested.some(([outer, inner]) => outer.lock === found[1].lock && inner.lock === found[0].lock)) return undefined;
  const [outer, inner] = found;
  const draft = code.draft();
  const method = code.textOf((inner.call.callee as TSESTree.MemberExpression).property);
  draft.insert(outer.call.range[0], `${inner.lock}.${method}(() => `);
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
  if (isWithin(inner.call, outer.work)) return doWithout(draft, inner) ? { title: `Do the work inside without taking \`${inner.lock}\` again`, draft } : undefined;
  const name = nameOf(helper);
  const calls = allNodes(outer.work).filter((node): node is TSESTree.CallExpression => node.type === 'CallExpression' && calledName(node.callee) === name);
  if (name === undefined || calls.length === 0 || !isNothingBut(helper, inner.call)) return undefined;
  const unlocked = code.fresh(`${name.replace(/^#/, '')}Locked`, `${name.replace(/^#/, '')}Unlocked`);
  return split(code, draft, helper, inner, unlocked, calls) ? { title: `Call a version of \`${name}\` that expects \`${inner.lock}\` to be held`, draft } : undefined;
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
  const body = work.body.type === 'BlockStatement' ? layout.shifted(from, to, { less: layout.indentAt(to).length - indent.length }, code.fixed) : ['{', `${line}${layout.unit}return `, { from, to }, `${layout.semicolon}${line}}`];
  const exported = declared.parent?.type === 'ExportNamedDeclaration' ? declared.parent : declared;
  draft.insert(exported.range[1], `${layout.newline}${line}${head}`, ...body);
  draft.replace(work.range[0], work.range[1], `() => ${own}(${given})`);
  for (const { callee } of calls) {
    const named = callee.type === 'MemberExpression' ? callee.property : callee;
    draft.replace(named.range[0], named.range[1], unlocked);
  }
  return isFunction(helper);
}

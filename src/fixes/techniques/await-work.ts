import type { FunctionNode, Node, TSESTree } from '../../language/index.js';
import type { Draft } from '../draft.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { madeAsync } from '../made-async.js';
import { calledName } from '../region-parts.js';
import { around, functionAround } from '../syntax.js';

/** The promise that nobody waits for is awaited where it is made; for each element of a `forEach`, all of them together. */
export function awaitWork(code: FlaggedCode): Cure | undefined {
  const found = code.nodeAt(code.finding.range);
  const work = found?.type === 'ExpressionStatement' ? found.expression : found;
  if (!work || !isPromise(work)) return undefined;
  const draft = code.draft();
  if (!mayAwait(code, draft, functionAround(work))) return undefined;
  return forEachOf(draft, work) ?? plainAwait(code, draft, work);
}

function isPromise({ type }: Node): boolean {
  return /^(?:CallExpression|NewExpression|Identifier|MemberExpression|ImportExpression)$/.test(type);
}

/** `await` stands in an async function, one that may become so, or at the top of a module. */
function mayAwait(code: FlaggedCode, draft: Draft, fn: FunctionNode | undefined): boolean {
  if (fn) return fn.async || madeAsync(code, draft, fn);
  return !/\.c[jt]s$/.test(code.finding.range.file) && code.module.program.body.some(({ type }) => type === 'ImportDeclaration' || /^Export/.test(type));
}

/** `list.forEach(async …)` becomes `await Promise.all(list.map(async …))`. */
function forEachOf(draft: Draft, work: Node): Cure | undefined {
  if (work.type !== 'CallExpression' || work.callee.type !== 'MemberExpression' || calledName(work.callee) !== 'forEach' || work.parent?.type !== 'ExpressionStatement') return undefined;
  const { property } = work.callee;
  draft.insert(work.range[0], 'await Promise.all(');
  draft.replace(property.range[0], property.range[1], 'map');
  draft.insert(work.range[1], ')');
  return { title: 'Wait for all of them: `await Promise.all(….map(…))`', draft };
}

function plainAwait(code: FlaggedCode, draft: Draft, work: Node): Cure | undefined {
  if (calledName(work.type === 'CallExpression' ? work.callee : work) === 'forEach' || isAtOnceUsed(work)) return undefined;
  const { parent } = work;
  const isCovered = parent?.type === 'MemberExpression' || (parent?.type === 'BinaryExpression' && parent.operator === '**') || (parent?.type === 'CallExpression' && parent.callee === work);
  draft.insert(work.range[0], isCovered ? '(await ' : 'await ');
  if (isCovered) draft.insert(work.range[1], ')');
  return { title: `Await ${named(code, work)}`, draft };
}

/** A link of a chain that goes on: `load().then(…)`. */
function isAtOnceUsed({ parent }: Node): boolean {
  return parent?.type === 'MemberExpression' && /^(?:then|catch|finally)$/.test(calledName(parent) ?? '');
}

function named(code: FlaggedCode, work: Node): string {
  const call = [...around(work)].find((at): at is TSESTree.CallExpression => at.type === 'CallExpression');
  const name = call === work ? calledName(call.callee) : code.textOf(work);
  return name === undefined || name.length > 30 || /^(?:then|catch|finally)$/.test(name) ? 'the work' : `\`${name}\``;
}

import { walk } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { isAdvisory } from '../catalog/locks/index.js';
import type { Effect } from '../model/effect.js';
import { unwrap } from '../model/unwrap.js';
import type { Acquire } from './held.js';

/** Where control goes when a try for a lock has got it, and when it has not. */
export interface Tried {
  readonly got: number;
  readonly missed: number;
}

/** `if (!lock.tryAcquire()) return`, `const got = await lock.acquireLock(key); if (got) …`: the first question after a try, if it asks for the answer and nothing else. */
export function triedAt(effects: readonly Effect[], acquire: Acquire): Tried | undefined {
  let at: Effect = acquire;
  for (const seen = new Set<number>(); at.kind !== 'branch'; at = effects[at.next[0]!.to]!) {
    if (seen.has(at.id) || at.next.length !== 1 || at.kind === 'suspend') return undefined;
    seen.add(at.id);
  }
  const gotWhen = at.frame === acquire.frame ? answerOf(at.at, acquire.at, isAdvisory(acquire.lock)) : undefined;
  if (gotWhen === undefined) return undefined;
  const way = (outcome: boolean): number | undefined => at.next.find((edge) => edge.outcome === outcome)?.to;
  const [got, missed] = [way(gotWhen), way(!gotWhen)];
  return got === undefined || missed === undefined ? undefined : { got, missed };
}

/**
 * Which outcome of a condition says that the call answered true; undefined if it asks something else.
 * @param isRow True if the answer is a part of what the call gives: `answer.rows[0].got`.
 */
function answerOf(condition: Node, call: Node, isRow: boolean): boolean | undefined {
  const node = unwrap(condition);
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const inner = answerOf(node.argument, call, isRow);
    return inner === undefined ? undefined : !inner;
  }
  if (node.type === 'BinaryExpression') {
    const says = saysYes(node);
    const inner = says === undefined ? undefined : answerOf(node.left, call, isRow);
    return inner === undefined ? undefined : inner === says;
  }
  if (node.type === 'AwaitExpression') return answerOf(node.argument, call, isRow);
  if (node.type === 'MemberExpression' && isRow) return answerOf(node.object, call, isRow);
  if (node === call) return true;
  return node.type === 'Identifier' && namesGiven(call, isRow).includes(node.name) ? true : undefined;
}

/** `=== true`, `!== undefined`: whether a comparison is true of a yes. */
function saysYes({ operator, right }: TSESTree.BinaryExpression): boolean | undefined {
  const isSame = /^===?$/.test(operator);
  if (!isSame && !/^!==?$/.test(operator)) return undefined;
  const other = unwrap(right);
  if (other.type === 'Literal' && typeof other.value === 'boolean') return other.value === isSame;
  const isNothing = (other.type === 'Literal' && other.value === null) || (other.type === 'Identifier' && other.name === 'undefined');
  return isNothing ? !isSame : undefined;
}

/** The name of a constant that holds the answer of a call, or of what it promises; or the names of parts of it. */
function namesGiven(call: Node, isRow: boolean): readonly string[] {
  let node = call;
  while (node.parent && /^(?:AwaitExpression|TSNonNullExpression|TSAsExpression)$/.test(node.parent.type)) node = node.parent;
  const declarator = node.parent?.type === 'VariableDeclarator' && node.parent.init === node ? node.parent : undefined;
  if (!declarator || (declarator.parent as TSESTree.VariableDeclaration).kind !== 'const') return [];
  if (declarator.id.type === 'Identifier') return [declarator.id.name];
  const names: string[] = [];
  if (isRow) walk(declarator.id, (at) => { if (at.type === 'Identifier') names.push(at.name); });
  return names;
}

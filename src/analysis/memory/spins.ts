import { walk } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import type { MemoryAccess } from './history.js';
import { isPlain, writes } from './order.js';

/** True for a plain read that a loop repeats until somebody else has written the cell: nothing in the loop can. */
export function isSpin(access: MemoryAccess): boolean {
  const loop = access.loops.at(-1);
  if (!isPlain(access) || access.kind !== 'read' || access.index === undefined || access.index === 'parameter' || !loop) return false;
  if (loop.type !== 'WhileStatement' && loop.type !== 'DoWhileStatement' && loop.type !== 'ForStatement') return false;
  const { test } = loop;
  if (!test || access.node.range[0] < test.range[0] || access.node.range[1] > test.range[1]) return false;
  const hasOwnWrite = access.root.accesses.some((other) => writes(other) && other.memory.key === access.memory.key && other.loops.includes(loop));
  return !hasOwnWrite && !mayChangeBy(loop.body) && !(loop.type === 'ForStatement' && loop.update);
}

/** A call, a wait or a way out may be what the loop is for. */
function mayChangeBy(body: Node): boolean {
  let mayChange = false;
  walk(body, (node) => {
    if (/^(?:AwaitExpression|YieldExpression|CallExpression|BreakStatement|ReturnStatement|ThrowStatement)$/.test(node.type)) mayChange = true;
  });
  return mayChange;
}

import { walk } from '../../language/index.js';
import type { FunctionInfo, FunctionTable } from './functions.js';

/** The functions that call a private method by `this.#name(…)`; the constructor first. Nobody outside its class can. */
export function callersOf({ owner, ownName }: FunctionInfo, table: FunctionTable): readonly FunctionInfo[] {
  if (!owner || !ownName.startsWith('#')) return [];
  const callers = new Set<FunctionInfo>();
  walk(owner.node.body, (node) => {
    if (node.type !== 'MemberExpression' || node.property.type !== 'PrivateIdentifier' || `#${node.property.name}` !== ownName) return;
    const caller = node.parent.type === 'CallExpression' && node.parent.callee === node ? table.around(node) : undefined;
    if (caller) callers.add(caller);
  });
  return [...callers].sort((a, b) => Number(b.kind === 'constructor') - Number(a.kind === 'constructor'));
}

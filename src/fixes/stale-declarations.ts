import type { Node, TSESTree, Variable } from '../language/index.js';
import type { FlaggedCode } from './flagged-code.js';
import type { RegionParts } from './region-parts.js';
import { allNodes, isWithin, listOf, suspends } from './syntax.js';

/** A local that keeps what was read, or something made from it. */
export interface StaleDeclaration {
  readonly statement: TSESTree.VariableDeclaration;
  readonly init: Node;
  readonly variables: readonly Variable[];
}

/** The declarations that an expression rests on and that carry a stale read over a suspension, in the order of the text. */
export function staleDeclarations(code: FlaggedCode, { fn, reads, suspensions }: RegionParts, expression: Node): StaleDeclaration[] {
  const found = new Map<Node, StaleDeclaration | undefined>();
  const visit = (root: Node): boolean => {
    let isStale = reads.some((read) => isWithin(read, root) && root !== expression);
    for (const node of allNodes(root)) {
      const declared = node.type === 'Identifier' ? declarationOf(code, node) : undefined;
      if (!declared || !isWithin(declared.statement, fn)) continue;
      if (found.has(declared.statement)) {
        isStale ||= found.get(declared.statement) !== undefined;
        continue;
      }
      found.set(declared.statement, undefined);
      if (suspends(declared.statement) || !suspensions.some(({ range }) => declared.statement.range[1] <= range[0]) || !visit(declared.init)) continue;
      found.set(declared.statement, declared);
      isStale = true;
    }
    return isStale;
  };
  visit(expression);
  return [...found.values()].flatMap((one) => one ?? []).sort((a, b) => a.statement.range[0] - b.statement.range[0]);
}

function declarationOf({ scopes }: FlaggedCode, identifier: Node): StaleDeclaration | undefined {
  const variable = scopes.variableOf(identifier);
  const definition = variable?.defs[0];
  if (definition?.type !== 'Variable' || !definition.node.init || !listOf(definition.parent)) return undefined;
  const statement = definition.parent;
  return { statement, init: definition.node.init, variables: statement.declarations.flatMap((one) => scopes.declaredBy(one)) };
}

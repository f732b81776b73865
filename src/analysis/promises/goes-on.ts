import type { Node } from '../../language/index.js';

/** True if something follows, in its block, the statement that an expression is. */
export function goesOn({ parent: statement }: Node): boolean {
  const block = statement?.parent;
  return statement?.type === 'ExpressionStatement' && block?.type === 'BlockStatement' && block.body.at(-1) !== statement;
}

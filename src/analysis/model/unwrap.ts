import type { Node } from '../../language/index.js';

/** The expression inside assertions, parentheses and chains. */
export function unwrap(node: Node): Node {
  switch (node.type) {
    case 'ChainExpression': case 'TSAsExpression': case 'TSNonNullExpression': case 'TSSatisfiesExpression': case 'TSTypeAssertion': case 'TSInstantiationExpression':
      return unwrap(node.expression);
    default:
      return node;
  }
}

import type { Node } from '../../language/index.js';
import { keyName } from '../model/functions.js';
import type { Candidate } from './candidate.js';

/** `button.disabled = true`, between the check and the first suspension: whoever runs it by that button cannot do so again before it is enabled. */
export function isDisarmed({ frame: { fn }, stale, suspensions }: Candidate): boolean {
  const [from, to] = [Math.max(...stale.map(({ at }) => at.range[1])), Math.min(...suspensions.filter((suspension) => suspension.frame.fn === fn).map(({ at }) => at.range[1]))];
  return fn.module.nodes.of('AssignmentExpression').some((node) => {
    const { left, right, range: [start, end] } = node;
    const disables = left.type === 'MemberExpression' && keyName(left.property, left.computed) === 'disabled' && right.type === 'Literal' && right.value === true;
    return disables && start >= from && end <= to && isOwnStatement(node, fn.node);
  });
}

/** A statement of the body itself: nothing decides whether it is run but what returns before it. */
function isOwnStatement(node: Node, fn: Node): boolean {
  return node.parent?.type === 'ExpressionStatement' && node.parent.parent.type === 'BlockStatement' && node.parent.parent.parent === fn;
}

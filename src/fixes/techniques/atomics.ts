import type { Node, TSESTree } from '../../language/index.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { around } from '../syntax.js';

const operations: Readonly<Record<string, string>> = { '++': 'add', '--': 'sub', '+=': 'add', '-=': 'sub', '&=': 'and', '|=': 'or', '^=': 'xor', '+': 'add', '-': 'sub', '&': 'and', '|': 'or', '^': 'xor' };

/** `view[0] += n`, and a store of what a load gave, become one atomic operation; where nobody uses the value. */
export function atomicOperation(code: FlaggedCode): Cure | undefined {
  const node = code.nodeAt(code.finding.range);
  const expression = node?.type === 'ExpressionStatement' ? node.expression : node;
  if (expression?.parent?.type !== 'ExpressionStatement') return undefined;
  const update = plainUpdate(code, expression) ?? storedUpdate(code, expression);
  if (!update) return undefined;
  const { view, index, operation, amount } = update;
  const draft = code.draft();
  draft.replace(expression.range[0], expression.range[1], `Atomics.${operation}(${code.textOf(view)}, ${code.textOf(index)}, ${amount})`);
  return { title: `Use \`Atomics.${operation}\``, draft };
}

interface Update {
  readonly view: Node;
  readonly index: Node;
  readonly operation: string;
  readonly amount: string;
}

function plainUpdate(code: FlaggedCode, node: Node): Update | undefined {
  const target = node.type === 'UpdateExpression' ? node.argument : node.type === 'AssignmentExpression' ? node.left : undefined;
  const operation = node.type === 'UpdateExpression' || node.type === 'AssignmentExpression' ? operations[node.operator] : undefined;
  if (target?.type !== 'MemberExpression' || operation === undefined) return undefined;
  return { view: target.object, index: target.property, operation, amount: node.type === 'AssignmentExpression' ? code.textOf(node.right) : '1' };
}

function storedUpdate(code: FlaggedCode, node: Node): Update | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const [view, index, value] = node.arguments;
  const operation = value?.type === 'BinaryExpression' ? operations[value.operator] : undefined;
  if (!view || !index || value?.type !== 'BinaryExpression' || operation === undefined) return undefined;
  const isLoad = (part: Node): boolean => part.type === 'CallExpression' && /\.load$/.test(code.textOf(part.callee));
  // What is subtracted from cannot stand on the right.
  if (isLoad(value.left)) return { view, index, operation, amount: code.textOf(value.right) };
  return isLoad(value.right) && value.operator !== '-' ? { view, index, operation, amount: code.textOf(value.left) } : undefined;
}

/** `if (taken) wait` becomes `while`: who is woken tries again. */
export function waitInLoop(code: FlaggedCode): Cure | undefined {
  const wait = code.nodeAt(code.finding.range);
  const attempt = code.nodeAt(code.finding.region.reads[0]!);
  const condition = wait && [...around(wait)].find((at): at is TSESTree.IfStatement => at.type === 'IfStatement' && !!attempt && [...around(attempt)].includes(at.test));
  if (!condition || condition.alternate) return undefined;
  const draft = code.draft();
  draft.replace(condition.range[0], condition.range[0] + 'if'.length, 'while');
  return { title: 'Try again after waiting, in a loop', draft };
}

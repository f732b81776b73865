import type { Node, TSESTree } from '../../language/index.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { around, isPlain } from '../syntax.js';

const operations: Readonly<Record<string, string>> = { '+': 'add', '-': 'sub', '&': 'and', '|': 'or', '^': 'xor' };

/** `view[0] += n`, and a store of what a load gave, become one atomic operation. */
export function atomicOperation(code: FlaggedCode): Cure | undefined {
  const update = updateAt(code);
  const operation = update && operations[update.operator];
  if (!update || operation === undefined) return undefined;
  const { view, index, amount, operator, expression, isOld } = update;
  const call = `Atomics.${operation}(${view}, ${index}, ${amount})`;
  // What is put away is what the expression gives, but for `view[0]++`; the operation gives what was there before.
  if (isUsed(expression) && !isOld && !update.isSimple) return undefined;
  const draft = code.draft();
  draft.replace(expression.range[0], expression.range[1], isUsed(expression) && !isOld ? `${call} ${operator} ${amount}` : call);
  return { title: `Use \`Atomics.${operation}\``, draft };
}

/** Any other operator: the cell is written only if it still holds what the new value was made from. */
export function exchangeInLoop(code: FlaggedCode): Cure | undefined {
  const update = updateAt(code);
  if (!update || isUsed(update.expression) || operations[update.operator] !== undefined) return undefined;
  const { view, index, operator, amount, expression, isFlipped } = update;
  const statement = expression.parent!;
  const { semicolon } = code.layout;
  const before = code.freshLocal('before', 'valueBefore');
  const load = `Atomics.load(${view}, ${index})`;
  const value = isFlipped ? `${amount} ${operator} ${before}` : `${before} ${operator} ${amount}`;
  const draft = code.draft();
  draft.replace(statement.range[0], statement.range[1], `for (let ${before} = ${load}; Atomics.compareExchange(${view}, ${index}, ${before}, ${value}) !== ${before}; ${before} = ${load})${semicolon || ' {}'}`);
  return { title: 'Write it only if nobody else has, in a loop around `Atomics.compareExchange`', draft };
}

interface Update {
  readonly expression: Node;
  readonly view: string;
  readonly index: string;
  /** What the new value is made with. */
  readonly operator: string;
  /** What stands on its other side, in brackets where it takes them. */
  readonly amount: string;
  /** True if writing the amount twice does no harm. */
  readonly isSimple: boolean;
  /** The amount stands on the left. */
  readonly isFlipped: boolean;
  /** What the expression gives is the old value. */
  readonly isOld: boolean;
}

function updateAt(code: FlaggedCode): Update | undefined {
  const node = code.nodeAt(code.finding.range);
  const expression = node?.type === 'ExpressionStatement' ? node.expression : node;
  return expression && (plainUpdate(code, expression) ?? storedUpdate(code, expression));
}

/** `view[0]++`, `view[0] += n` */
function plainUpdate(code: FlaggedCode, expression: Node): Update | undefined {
  const target = expression.type === 'UpdateExpression' ? expression.argument : expression.type === 'AssignmentExpression' ? expression.left : undefined;
  if (target?.type !== 'MemberExpression' || !isPlain(target) || (expression.type !== 'UpdateExpression' && expression.type !== 'AssignmentExpression')) return undefined;
  const isStep = expression.type === 'UpdateExpression';
  const right = isStep ? undefined : expression.right;
  return {
    expression, view: code.textOf(target.object), index: code.textOf(target.property), operator: expression.operator.slice(0, isStep ? 1 : -1),
    amount: right ? asOperand(code, right) : '1', isSimple: !right || isPlain(right), isFlipped: false, isOld: isStep && !expression.prefix,
  };
}

/** `Atomics.store(view, 0, Atomics.load(view, 0) + n)` */
function storedUpdate(code: FlaggedCode, expression: Node): Update | undefined {
  if (expression.type !== 'CallExpression') return undefined;
  const [view, index, value] = expression.arguments;
  if (!view || !index || value?.type !== 'BinaryExpression' || !isPlain(view) || !isPlain(index)) return undefined;
  const isLoad = (part: Node): boolean => part.type === 'CallExpression' && /\.load$/.test(code.textOf(part.callee));
  const isFlipped = !isLoad(value.left);
  const amount = isFlipped ? value.left : value.right;
  // What is subtracted from cannot stand on the right.
  if (isFlipped && (!isLoad(value.right) || value.operator === '-')) return undefined;
  return { expression, view: code.textOf(view), index: code.textOf(index), operator: value.operator, amount: asOperand(code, amount), isSimple: isPlain(amount), isFlipped, isOld: false };
}

function asOperand(code: FlaggedCode, node: Node): string {
  return /^(?:Literal|Identifier|MemberExpression|CallExpression)$/.test(node.type) ? code.textOf(node) : `(${code.textOf(node)})`;
}

function isUsed({ parent }: Node): boolean {
  return parent?.type !== 'ExpressionStatement';
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

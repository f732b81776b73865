import { walk } from '../../language/index.js';
import type { FunctionNode, Node, TSESTree } from '../../language/index.js';

/** True for `select(null)` of a function that begins with `if (!id) { …; return; }`: this call has ended before anything is waited for. */
export function leavesAtOnce(call: Node, started: FunctionNode): boolean {
  if (call.type !== 'CallExpression' || started.body.type !== 'BlockStatement') return false;
  const nothing = new Set(call.arguments.flatMap((argument, index) => {
    const parameter = started.params[index];
    return isNothing(argument) && parameter?.type === 'Identifier' ? [parameter.name] : [];
  }));
  if (nothing.size === 0) return false;
  for (const statement of started.body.body) {
    if (statement.type === 'IfStatement' && leaves(statement.consequent) && asksForNothing(statement.test, nothing)) return !waits(statement);
    if (waits(statement)) return false;
  }
  return false;
}

function isNothing(node: Node): boolean {
  return (node.type === 'Literal' && (node.value === null || node.value === false)) || (node.type === 'Identifier' && node.name === 'undefined');
}

/** `!id`, `id === null`, of a parameter that is handed nothing. */
function asksForNothing(test: TSESTree.Expression, nothing: ReadonlySet<string>): boolean {
  const asked = test.type === 'UnaryExpression' && test.operator === '!' ? test.argument : test.type === 'BinaryExpression' && /^===?$/.test(test.operator) && isNothing(test.right) ? test.left : undefined;
  return asked?.type === 'Identifier' && nothing.has(asked.name);
}

function leaves(statement: TSESTree.Statement): boolean {
  const last = statement.type === 'BlockStatement' ? statement.body.at(-1) : statement;
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement';
}

function waits(node: Node): boolean {
  let found = false;
  walk(node, (at) => { found ||= at.type === 'AwaitExpression'; });
  return found;
}

import { childrenOf, isFunction, walk, type FunctionNode, type Node, type TSESTree } from '../language/index.js';

export { isWithin } from '../language/index.js';

export type Statement = TSESTree.Statement;

/** What stands in a list of statements of its own. */
export type StatementList = readonly Statement[];

/** The statement around a node that stands in a list of statements. */
export function statementOf(node: Node): Statement | undefined {
  for (let at: Node | undefined = node; at; at = at.parent) if (listOf(at)) return at as Statement;
  return undefined;
}

/** The list of statements in which a node stands, if it does. */
export function listOf({ parent, ...node }: Node): StatementList | undefined {
  if (parent?.type === 'BlockStatement' || parent?.type === 'Program' || parent?.type === 'StaticBlock') return parent.body as StatementList;
  return parent?.type === 'SwitchCase' && parent.test?.range[0] !== node.range[0] ? parent.consequent : undefined;
}

/** The innermost function around a node, itself excluded. */
export function functionAround(node: Node): FunctionNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at)) return at;
  return undefined;
}

/** The node and those around it, innermost first. */
export function* around(node: Node): Generator<Node> {
  for (let at: Node | undefined = node; at; at = at.parent) yield at;
}

/** The nodes below that belong to the same function, the root first. */
export function ownNodes(root: Node): Node[] {
  const found: Node[] = [];
  const pending: Node[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    found.push(node);
    if (node === root || !isFunction(node)) pending.push(...childrenOf(node).reverse());
  }
  return found;
}

export function allNodes(root: Node): Node[] {
  const found: Node[] = [];
  walk(root, (node) => found.push(node));
  return found;
}

/** True if it suspends the function that it stands in. */
export function suspends(node: Node): boolean {
  return ownNodes(node).some((one) => one.type === 'AwaitExpression' || one.type === 'YieldExpression' || (one.type === 'ForOfStatement' && one.await));
}

/** True if control can leave the statements by `return`, or by a `break` or `continue` of something around them. */
export function leaves(statements: readonly Node[]): boolean {
  return statements.some((statement) => ownNodes(statement).some((node) => node.type === 'ReturnStatement' || node.type === 'YieldExpression' || isJumpOut(node, statement)));
}

function isJumpOut(node: Node, statement: Node): boolean {
  if (node.type !== 'BreakStatement' && node.type !== 'ContinueStatement') return false;
  const loops = node.type === 'BreakStatement' ? /^(?:For|While|DoWhile|Switch)/ : /^(?:For|While|DoWhile)/;
  for (const at of around(node)) {
    if (at === node) continue;
    if (node.label ? at.type === 'LabeledStatement' && at.label.name === node.label.name : loops.test(at.type)) return false;
    if (at === statement) return true;
  }
  return true;
}

/** The list of statements that make up the function's body; undefined where it is an expression. */
export function bodyOf(fn: FunctionNode): StatementList | undefined {
  return fn.body?.type === 'BlockStatement' ? fn.body.body : undefined;
}

/** The same function and list, as a node that stands in it. */
export function ancestorIn(list: StatementList, node: Node): Statement | undefined {
  for (const at of around(node)) if (list.includes(at as Statement)) return at as Statement;
  return undefined;
}

/** What an expression stands in that only covers it: `(x)!`, `x as T`. */
export function unwrapped(node: Node): Node {
  switch (node.type) {
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'ChainExpression':
      return unwrapped(node.expression);
    default:
      return node;
  }
}

/** True if evaluating it again gives the same and does nothing, while nobody writes. */
export function isPlain(node: Node): boolean {
  return ownNodes(node).every((one) => /^(?:Identifier|PrivateIdentifier|ThisExpression|Super|Literal|MemberExpression|UnaryExpression|BinaryExpression|LogicalExpression|ConditionalExpression|TemplateLiteral|TemplateElement|ChainExpression|TS\w+)$/.test(one.type) && !(one.type === 'UnaryExpression' && one.operator === 'delete'));
}

/** True if what it means hangs on a key: `list[at].name`, `map.get(id)`. */
export function isOfEntry(place: Node): boolean {
  const at = unwrapped(place);
  if (at.type === 'CallExpression') return at.arguments.length > 0 || isOfEntry(at.callee);
  return at.type === 'MemberExpression' && ((at.computed && at.property.type !== 'Literal') || isOfEntry(at.object));
}

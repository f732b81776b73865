import { isFunction, walk } from '../../language/index.js';
import type { Node, Scopes, TSESTree, Variable } from '../../language/index.js';
import { calleeText } from './functions.js';
import type { FunctionInfo, FunctionTable } from './functions.js';
import { hookStateOf } from './hook-states.js';
import { ownNodes } from './shared-memory.js';

/** What a control is told that nobody should use it now. */
const OFF = /^(?:disabled|isDisabled|loading|isLoading)$/;

/**
 * `<button disabled={saving} onClick={save}>` where `save` calls `setSaving(true)` before it first waits: while its work is done nobody can
 * start it there again. True if all controls of a component that start the function are such, and nothing else does.
 */
export function isSwitchedOff(fn: FunctionInfo, scopes: Scopes, table: FunctionTable): boolean {
  const controls = controlsOf(fn, scopes);
  if (!controls || controls.length === 0) return false;
  const states = new Set([fn, ...calledBy(fn, scopes, table)].flatMap(({ node }) => statesSetFirst(node, scopes)));
  return states.size > 0 && controls.every((control) => isOff(control, states, scopes));
}

/** The attributes that a function is the handler of; undefined if it is used for anything else but calls. */
function controlsOf({ node, bound }: FunctionInfo, scopes: Scopes): TSESTree.JSXAttribute[] | undefined {
  const own = attributeOf(node);
  if (own) return [own];
  const name = nameOf(node, scopes) ?? bound;
  const uses = name?.references.filter((reference) => reference.isRead() && !isCallee(reference.identifier as Node)).map(({ identifier }) => attributeOf(identifier as Node));
  return uses?.every((use) => use !== undefined) ? uses : undefined;
}

/** `const save = useCallback(async () => …, [])` */
function nameOf(node: Node, scopes: Scopes): Variable | undefined {
  const call = node.parent;
  const declarator = call?.type === 'CallExpression' && calleeText(call.callee) === 'useCallback' ? call.parent : undefined;
  return declarator?.type === 'VariableDeclarator' && declarator.id.type === 'Identifier' ? scopes.variableOf(declarator.id) : undefined;
}

function attributeOf({ parent }: Node): TSESTree.JSXAttribute | undefined {
  return parent?.type === 'JSXExpressionContainer' && parent.parent.type === 'JSXAttribute' ? parent.parent : undefined;
}

function isCallee(name: Node): boolean {
  return name.parent?.type === 'CallExpression' && name.parent.callee === name;
}

/** Functions of the component that it hands its work to: `onClick={() => save(item)}`. */
function calledBy({ node }: FunctionInfo, scopes: Scopes, table: FunctionTable): FunctionInfo[] {
  const called: FunctionInfo[] = [];
  walk(node.body, (at) => {
    const variable = at.type === 'CallExpression' && at.callee.type === 'Identifier' ? scopes.variableOf(at.callee) : undefined;
    const definition = variable?.defs[0];
    const init = definition?.type === 'Variable' ? definition.node.init : undefined;
    const [work] = init?.type === 'CallExpression' && calleeText(init.callee) === 'useCallback' ? init.arguments : [];
    const fn = variable && (table.boundTo(variable) ?? (work && table.infoOf(work)));
    if (fn) called.push(fn);
  });
  return called;
}

/** The states of a component that are set to something fixed before the function first waits. */
function statesSetFirst({ body }: FunctionInfo['node'], scopes: Scopes): Variable[] {
  const states: Variable[] = [];
  /** False when what follows comes after a suspension. */
  const visit = (statements: readonly Node[]): boolean => statements.every((statement) => {
    if (statement.type === 'TryStatement') return visit(statement.block.body);
    if (statement.type === 'ExpressionStatement') states.push(...stateSetBy(statement.expression, scopes));
    return !suspends(statement);
  });
  if (body.type === 'BlockStatement') visit(body.body);
  return states;
}

/** `setSaving(true)`, `setPhase('saving')` */
function stateSetBy(call: Node, scopes: Scopes): Variable[] {
  if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier' || call.arguments.length !== 1) return [];
  const [value] = call.arguments;
  const setter = scopes.variableOf(call.callee);
  const state = setter && hookStateOf(setter);
  const isOn = value?.type === 'Literal' && (value.value === true || (typeof value.value === 'string' && value.value !== ''));
  const shown = isOn && state?.value && state.setter && setter!.identifiers.includes(state.setter) ? scopes.variableOf(state.value) : undefined;
  return shown ? [shown] : [];
}

function suspends(statement: Node): boolean {
  return !isFunction(statement) && ownNodes(statement).some((node) => node.type === 'AwaitExpression' || (node.type === 'CallExpression' && calleeText(node.callee) === 'then'));
}

/** The control is off while one of the states is set; a form is where a control within it is that sends it. */
function isOff(handler: TSESTree.JSXAttribute, states: ReadonlySet<Variable>, scopes: Scopes): boolean {
  const tells = ({ type, name, value }: TSESTree.JSXAttribute): boolean => type === 'JSXAttribute' && OFF.test(String(name.name)) && value !== null && mentions(value, states, scopes);
  const element = handler.parent as TSESTree.JSXOpeningElement;
  const told = (opening: TSESTree.JSXOpeningElement): boolean => opening.attributes.some((attribute) => attribute.type === 'JSXAttribute' && tells(attribute));
  if (handler.name.name !== 'onSubmit') return told(element);
  let isTold = false;
  if (element.parent) walk(element.parent, (node) => { isTold ||= node.type === 'JSXOpeningElement' && told(node); });
  return isTold;
}

function mentions(node: Node, states: ReadonlySet<Variable>, scopes: Scopes): boolean {
  let found = false;
  walk(node, (at) => {
    const variable = at.type === 'Identifier' ? scopes.variableOf(at) : undefined;
    found ||= variable !== undefined && states.has(variable);
  });
  return found;
}

import type { Node, TSESTree, Variable } from '../../language/index.js';
import { calleeText } from './functions.js';
import type { Location } from './location.js';

/** `const [cart, setCart] = useState(…)`: what a component's state is called, and what changes it. */
export interface HookState {
  readonly value: TSESTree.Identifier | undefined;
  readonly setter: TSESTree.Identifier | undefined;
}

/** The state of a component that a variable is the value or the setter of. */
export function hookStateOf({ defs: [definition] }: Variable): HookState | undefined {
  if (definition?.type !== 'Variable') return undefined;
  const { id, init } = definition.node as TSESTree.VariableDeclarator;
  if (id.type !== 'ArrayPattern' || init?.type !== 'CallExpression' || calleeText(init.callee) !== 'useState') return undefined;
  const [value, setter] = id.elements;
  return { value: nameIn(value), setter: nameIn(setter) };
}

/** True if the variable holds what the state was when the component was last rendered. */
export function isHookState(variable: Variable): boolean {
  const state = hookStateOf(variable);
  return state?.value !== undefined && variable.identifiers.includes(state.value);
}

/** True if a place is a component's state, or part of it. */
export function isInHookState({ root }: Location): boolean {
  return root.kind === 'variable' && isHookState(root.variable);
}

function nameIn(node: Node | null | undefined): TSESTree.Identifier | undefined {
  return node?.type === 'Identifier' ? node : undefined;
}

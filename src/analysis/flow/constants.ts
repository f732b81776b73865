import type { Node, TSESTree } from '../../language/index.js';
import { keyName } from '../model/functions.js';
import type { Value } from '../model/value.js';
import type { Lowering } from './lowering.js';
import { unwrap } from './places.js';

/** `Gate`, `GateState`, `OPEN`: what names an enumeration or one of its members, by everybody's habit. */
const CAPITALISED = /^[A-Z]/;

/** The value of a name that always means the same: a member of an enumeration, a constant with a literal. A named state is never nothing. */
export function constantOf(l: Lowering, node: TSESTree.Identifier | TSESTree.MemberExpression): Value | undefined {
  if (node.type === 'Identifier') return constantVariable(l, node);
  const name = keyName(node.property, node.computed);
  const object = unwrap(node.object);
  if (name === undefined || object.type !== 'Identifier') return undefined;
  const origin = l.origin(object);
  const definition = origin?.kind === 'variable' ? origin.variable.defs[0] : l.variable(object)?.defs[0];
  const isMember = definition?.type === 'TSEnumName'
    || (definition?.type === 'ImportBinding' && CAPITALISED.test(object.name) && CAPITALISED.test(name))
    || (definition?.type === 'Variable' && isFrozenLiteral(definition.node.init));
  return isMember ? { kind: 'constant', isEmpty: false, text: l.textOf(node) } : undefined;
}

/** `if (!(item instanceof Model))` in a function that is given `{ id, … }`: how a condition comes out that the caller's text decides. */
export function outcomeOf(l: Lowering, test: Node): boolean | undefined {
  const node = unwrap(test);
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const outcome = outcomeOf(l, node.argument);
    return outcome === undefined ? undefined : !outcome;
  }
  if (node.type !== 'BinaryExpression' || node.operator !== 'instanceof') return undefined;
  const variable = node.left.type === 'Identifier' ? l.variable(node.left) : undefined;
  const isGivenLiteral = variable !== undefined && l.model.sharing.isConstant(variable) && l.givens.get(variable)?.type === 'ObjectExpression';
  return isGivenLiteral ? false : undefined;
}

function constantVariable(l: Lowering, node: TSESTree.Identifier): Value | undefined {
  const origin = l.origin(node);
  const definition = origin?.kind === 'variable' ? origin.variable.defs[0] : undefined;
  if (definition?.type !== 'Variable' || definition.parent.kind !== 'const' || definition.node.id.type !== 'Identifier') return undefined;
  const init = definition.node.init && unwrap(definition.node.init);
  if (init?.type !== 'Literal' || typeof init.value === 'boolean' || init.value === null) return undefined;
  return { kind: 'constant', isEmpty: init.value === 0 || init.value === '', text: String(init.value) };
}

/** `{ Idle: 'idle' } as const`, `Object.freeze({ … })`: an enumeration without the keyword. */
function isFrozenLiteral(init: Node | null): boolean {
  if (init?.type === 'TSSatisfiesExpression') return isFrozenLiteral(init.expression);
  if (init?.type === 'TSAsExpression') return init.typeAnnotation.type === 'TSTypeReference' && init.typeAnnotation.typeName.type === 'Identifier' && init.typeAnnotation.typeName.name === 'const' && hasLiteralsOnly(init.expression);
  return init?.type === 'CallExpression' && init.callee.type === 'MemberExpression' && keyName(init.callee.property, init.callee.computed) === 'freeze' && init.arguments[0] !== undefined && hasLiteralsOnly(init.arguments[0]);
}

function hasLiteralsOnly(node: Node): boolean {
  return node.type === 'ObjectExpression' && node.properties.every((property) => property.type === 'Property' && property.value.type === 'Literal');
}

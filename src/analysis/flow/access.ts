import type { Node, TSESTree, Variable } from '../../language/index.js';
import { STATE } from '../catalog/state-holders.js';
import { keyName } from '../model/functions.js';
import type { Location } from '../model/location.js';
import { mix, unknownValue } from '../model/value.js';
import type { Value } from '../model/value.js';
import type { WriteMode } from '../model/effect.js';
import type { Lowering } from './lowering.js';
import { lowerExpression } from './expressions.js';
import { constantOf } from './constants.js';
import { isNameOf } from './kept-names.js';
import { isSharedVariable, placeOf, stepFrom, stepOf, unwrap } from './places.js';
import { accessorAt, accessorOf, lowerAccessor } from './inline.js';
import { readHookState } from './hook-states.js';
import { readsHeldState } from './state-holders.js';

/** Reads a variable: a shared one is an access, a local one gives what was put into it. */
export function readVariable(l: Lowering, node: TSESTree.Identifier): Value {
  const variable = l.variable(node);
  if (variable) l.mention(node);
  if (!variable) return node.name === 'undefined' ? { kind: 'constant', isEmpty: true, text: 'undefined' } : unknownValue;
  const rendered = readHookState(l, node, variable);
  if (rendered) return rendered;
  if (isSharedVariable(l, variable)) return readPlace(l, node, placeOf(l, node));
  return constantOf(l, node) ?? { kind: 'slot', slot: variable };
}

/** Reads a property, and what leads to it. */
export function readMember(l: Lowering, node: TSESTree.MemberExpression): Value {
  if (unwrap(node.object).type === 'ThisExpression') l.mention(node);
  const constant = constantOf(l, node);
  if (constant) return constant;
  const base = readBase(l, node.object);
  const place = placeOf(l, node);
  if (node.computed) lowerExpression(l, node.property);
  const getter = accessorOf(l, node, 'getter');
  if (getter && !readsHeldState(l, node, getter)) return lowerAccessor(l, getter, node, undefined);
  if (!place) return base.kind === 'unknown' ? base : { kind: 'part', of: base, ...(base.kind === 'slot' && 'result' in base.slot && { isField: true }) };
  const value = readPlace(l, node, place);
  return value.kind === 'read' ? { ...value, through: base, isOptional: node.optional } : value;
}

/** The object of a member access. `this`, and a constant that holds a shared object, are no accesses themselves. */
export function readBase(l: Lowering, object: Node): Value {
  const node = unwrap(object);
  return node.type === 'ThisExpression' || node.type === 'Super' ? unknownValue : lowerExpression(l, node);
}

export function readPlace(l: Lowering, at: Node, place: Location | undefined): Value {
  if (!place) return unknownValue;
  const read = l.graph.add('read', at, { location: place });
  return read < 0 ? unknownValue : { kind: 'read', read };
}

/** Assigns to whatever stands left of `=`: a variable, a property, a pattern. `at` of a property is the whole member expression. */
export function assignTo(l: Lowering, target: Node, value: Value, mode: WriteMode = 'replace'): void {
  const node = unwrap(target);
  switch (node.type) {
    case 'Identifier':
      return assignVariable(l, node, value);
    case 'MemberExpression':
      return assignMember(l, node, value, mode);
    case 'AssignmentPattern': {
      const fallback = lowerExpression(l, node.right);
      return assignTo(l, node.left, { kind: 'choice', parts: [value, fallback] });
    }
    case 'ObjectPattern':
      for (const property of node.properties) assignTo(l, property.type === 'RestElement' ? property.argument : property.value, mix([value]));
      return;
    case 'ArrayPattern':
      for (const element of node.elements) if (element) assignTo(l, element.type === 'RestElement' ? element.argument : element, mix([value]));
      return;
    case 'RestElement':
      return assignTo(l, node.argument, mix([value]));
    default:
  }
}

function assignVariable(l: Lowering, node: TSESTree.Identifier, value: Value): void {
  const variable = l.variable(node);
  if (!variable) return;
  l.mention(node);
  if (isSharedVariable(l, variable)) {
    const location = placeOf(l, node);
    if (location && !isDeclaration(variable, node)) l.graph.add('write', node, { location, value, mode: 'replace' });
    return;
  }
  l.graph.add('assign', node, { slot: variable, value });
}

/** Declaring a variable starts its life; nobody else can see it before. */
function isDeclaration(variable: Variable, node: Node): boolean {
  return variable.identifiers.includes(node as TSESTree.Identifier) && isInFunction(variable);
}

function isInFunction(variable: Variable): boolean {
  return variable.scope.variableScope.block.type !== 'Program';
}

function assignMember(l: Lowering, node: TSESTree.MemberExpression, value: Value, mode: WriteMode): void {
  l.mention(node);
  const setter = accessorOf(l, node, 'setter');
  if (setter) {
    lowerAccessor(l, setter, node, value);
    return;
  }
  const base = placeOf(l, node.object);
  if (!base) {
    const variable = node.object.type === 'Identifier' ? l.variable(node.object) : undefined;
    if (variable && isFromAround(l, variable)) l.graph.add('fill', node, { variable, value });
    return;
  }
  const step = stepOf(l, node);
  const location = stepFrom(l, base, step);
  if (!location) return;
  const index = step.kind === 'element' && node.computed ? indexValue(l, node.property) : undefined;
  const isClearing = step.kind === 'element' && keyName(node.property, node.computed) === 'length';
  const key = l.keys.get(node);
  l.graph.add('write', node, { location, value, mode: isClearing ? 'clear' : mode, ...(index && { index }), ...(key && { key }) });
}

/** True for a variable whose object somebody else may hold too: that of a function around the one at hand, or a parameter. */
function isFromAround(l: Lowering, variable: Variable): boolean {
  const activation = l.model.sharing.activationOf(variable);
  return activation !== undefined && (activation !== l.fn || variable.defs[0]?.type === 'Parameter');
}

/** The value of a key that was evaluated already. */
function indexValue(l: Lowering, key: Node): Value | undefined {
  const variable = key.type === 'Identifier' ? l.variable(key) : undefined;
  return variable && { kind: 'slot', slot: variable };
}

/** Declares the names of a pattern from a value; where the value is a shared object, its picked properties are reads of it. */
export function declarePattern(l: Lowering, pattern: Node, value: Value, place: Location | undefined): void {
  switch (pattern.type) {
    case 'Identifier': {
      const variable = l.variable(pattern);
      if (variable && place && (l.model.sharing.isConstant(variable) || isNameOf(l, variable, place))) {
        l.aliases.set(variable, place);
        l.forget();
      }
      return assignVariable(l, pattern, value);
    }
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') {
          declarePattern(l, property.argument, mix([value], 'snapshot'), undefined);
          continue;
        }
        const name = keyName(property.key, property.computed);
        const getter = place && name !== undefined && name !== STATE ? accessorAt(l, place, name, 'getter') : undefined;
        if (getter) {
          const given = lowerAccessor(l, getter, property, undefined);
          declarePattern(l, property.value, given, l.placesGiven.get(property));
          continue;
        }
        const picked = place && name !== undefined ? stepFrom(l, place, name === 'length' || name === 'size' ? { kind: 'element' } : { kind: 'member', name }) : undefined;
        const read: Value = picked ? readPlace(l, property, picked) : { kind: 'part', of: value };
        declarePattern(l, property.value, read, picked);
      }
      return;
    case 'AssignmentPattern': {
      const fallback = lowerExpression(l, pattern.right);
      return declarePattern(l, pattern.left, { kind: 'choice', parts: [value, fallback] }, place);
    }
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element) declarePattern(l, element.type === 'RestElement' ? element.argument : element, mix([value]), undefined);
      return;
    case 'TSParameterProperty':
      return declarePattern(l, pattern.parameter, value, place);
    case 'RestElement':
      return declarePattern(l, pattern.argument, mix([value]), undefined);
    default:
      assignTo(l, pattern, value);
  }
}

import type { Node } from '../../language/index.js';
import { calleeText, keyName } from '../model/functions.js';
import { stepInto } from '../model/location.js';
import type { Location } from '../model/location.js';
import type { Value } from '../model/value.js';
import { aside } from './aside.js';
import type { Lowering } from './lowering.js';
import { elementStep, placeOf } from './places.js';

/** Work aside whose promise may be kept: then whoever finds it there waits for it, as for a latch. */
export function keptAside(l: Lowering, promise: Node, work: () => Value): Value {
  const keeper = keeperOf(l, promise);
  return aside(l, promise, () => {
    if (keeper) l.graph.add('claim', promise, { place: keeper });
    return work();
  });
}

/** The shared place that a promise is put into: at once, by way of a constant, or by whoever called the function that gives it. */
export function keeperOf(l: Lowering, value: Node): Location | undefined {
  const holder = value.parent;
  switch (holder?.type) {
    case 'AssignmentExpression':
      return holder.right === value ? (placeOf(l, holder.left) ?? keeperOf(l, holder)) : undefined;
    case 'CallExpression':
      if (holder.callee.type !== 'MemberExpression' || calleeText(holder.callee) !== 'set' || holder.arguments[1] !== value) return undefined;
      return elementPlace(l, holder.callee.object, holder.arguments[0]);
    case 'VariableDeclarator': {
      const variable = holder.id.type === 'Identifier' ? l.variable(holder.id) : undefined;
      for (const reference of variable?.references ?? []) {
        const kept = reference.isRead() ? keeperOf(l, reference.identifier as Node) : undefined;
        if (kept) return kept;
      }
      return undefined;
    }
    case 'TSAsExpression': case 'TSNonNullExpression': case 'ChainExpression': case 'LogicalExpression':
      return keeperOf(l, holder);
    // `entries.set(key, { pending })`: the promise is a field of what is kept.
    case 'Property': {
      const name = holder.value === value && holder.parent.type === 'ObjectExpression' ? keyName(holder.key, holder.computed) : undefined;
      const owner = name === undefined ? undefined : keeperOf(l, holder.parent);
      return owner && name !== undefined ? stepInto(owner, { kind: 'member', name }) : undefined;
    }
    case 'ReturnStatement':
      return l.activation.keptIn;
    case 'ArrowFunctionExpression':
      return holder.body === value ? l.activation.keptIn : undefined;
    default:
      return undefined;
  }
}

function elementPlace(l: Lowering, object: Node, key: Node | undefined): Location | undefined {
  const place = placeOf(l, object);
  return place && stepInto(place, elementStep(l, key));
}

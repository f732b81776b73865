import { isFunction } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import type { Frame } from '../model/effect.js';
import { calleeText, keyName } from '../model/functions.js';
import { unwrap } from '../flow/places.js';

/** Where the value comes from that a mentioned name is given. */
export interface Source {
  /** Undefined for a value that no expression names. */
  readonly node: Node | undefined;
  /** The activation whose names the expression uses. */
  readonly frame: Frame;
  /** The property of it that is meant, where a pattern takes it apart. */
  readonly property?: string;
}

/** What a mention gives its name; undefined if the name is only evaluated. */
export function sourceOf(mention: Node, frame: Frame): Source | undefined {
  const holder = mention.parent;
  const unknown: Source = { node: undefined, frame };
  switch (holder?.type) {
    case 'VariableDeclarator':
      if (holder.id !== mention) return undefined;
      return isIterated(holder.parent) ? unknown : { node: holder.init ?? undefined, frame };
    case 'AssignmentExpression':
      if (holder.left !== mention) return undefined;
      return holder.operator === '=' ? { node: holder.right, frame } : unknown;
    case 'UpdateExpression':
      return unknown;
    case 'AssignmentPattern':
      return holder.left === mention ? sourceOf(holder, frame) : undefined;
    case 'Property':
      return holder.parent.type === 'ObjectPattern' && holder.value === mention ? pickedFrom(holder.parent, keyName(holder.key, holder.computed), frame) : undefined;
    case 'ArrayPattern': case 'RestElement': case 'CatchClause': case 'TSParameterProperty':
      return unknown;
    case 'ForOfStatement': case 'ForInStatement':
      return holder.left === mention ? unknown : undefined;
    default:
      return holder && isFunction(holder) && (holder.params as readonly Node[]).includes(mention) ? argumentFor(holder.params.indexOf(mention as never), frame) : undefined;
  }
}

function isIterated(declaration: Node | undefined): boolean {
  return declaration?.parent?.type === 'ForOfStatement' || declaration?.parent?.type === 'ForInStatement';
}

function pickedFrom(pattern: Node, property: string | undefined, frame: Frame): Source {
  const whole = sourceOf(pattern, frame);
  return whole?.node && whole.property === undefined && property !== undefined ? { ...whole, property } : { node: undefined, frame };
}

/** What a call hands to a parameter, where it is a call of the function and not one that is given it. */
function argumentFor(index: number, frame: Frame): Source {
  const call = frame.at;
  const isDirect = frame.caller && call.type === 'CallExpression' && (unwrap(call.callee) === frame.fn.node || (frame.fn.ownName !== '' && calleeText(unwrap(call.callee)) === frame.fn.ownName));
  const argument = isDirect && !call.arguments.slice(0, index + 1).some(({ type }) => type === 'SpreadElement') ? call.arguments[index] : undefined;
  return { node: argument, frame: frame.caller ?? frame };
}

import type { Node, TSESTree } from '../../language/index.js';
import { unwrap } from '../flow/places.js';
import { calleeText, keyName } from '../model/functions.js';

/** Without one of these words nothing in a file is transferred. */
export const TRANSFERRING_WORD = /\bpostMessage\b|\bstructuredClone\b|\.transfer(?:To\w+)?\(|\btransferList\b|\btransfer\s*:/;

/** What a call hands over for good: a list, by the expression that gives it, or its own receiver. */
export type Handover = { readonly kind: 'list'; readonly list: Node } | { readonly kind: 'receiver'; readonly receiver: Node };

/** What a call or construction transfers, as far as it can be read off; undefined if it transfers nothing. */
export function handoverOf(node: Node): Handover | undefined {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
  const list = listOf(node);
  if (list) return { kind: 'list', list };
  const callee = unwrap(node.callee);
  const isMove = callee.type === 'MemberExpression' && /^transfer(?:ToFixedLength|ToImmutable)?$/.test(calleeText(callee)) && node.arguments.length <= 1;
  return isMove ? { kind: 'receiver', receiver: callee.object } : undefined;
}

/** `postMessage(m, list)`, `postMessage(m, origin, list)`, `f(…, { transfer: list })`, Comlink's `transfer(m, list)`. */
function listOf(node: TSESTree.CallExpression | TSESTree.NewExpression): Node | undefined {
  const name = calleeText(unwrap(node.callee));
  const [, second, third] = node.arguments;
  const last = node.arguments.at(-1);
  if (last?.type === 'ObjectExpression') {
    const option = last.properties.find((property) => property.type === 'Property' && /^transfer(?:List)?$/.test(keyName(property.key, property.computed) ?? ''));
    return option?.type === 'Property' ? option.value : undefined;
  }
  if (name === 'postMessage') return third ?? second;
  return /^transfer$/i.test(name) && second?.type === 'ArrayExpression' ? second : undefined;
}

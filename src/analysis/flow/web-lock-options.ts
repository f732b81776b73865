import type { Node, TSESTree } from '../../language/index.js';
import { keyName } from '../model/functions.js';
import { initialiserOf } from '../model/origin.js';
import { closureOf } from './inline.js';
import type { Lowering } from './lowering.js';
import { unwrap } from './places.js';

export interface WebLockOptions {
  readonly isShared: boolean;
  /** The callback may be run without the lock, and asks. */
  readonly mayFail: boolean;
}

/** What `request(name, options, callback)` asks for; `none` where the callback may run while another holds the lock. */
export function webLockOptions(l: Lowering, node: TSESTree.CallExpression, callback: Node): WebLockOptions | 'none' {
  const options = node.arguments.slice(1).map(unwrap).find((argument) => argument !== unwrap(callback));
  if (!options) return { isShared: false, mayFail: false };
  const literal = options.type === 'Identifier' ? initialiserOf(l.origin(options)) : options;
  if (literal?.type !== 'ObjectExpression') return { isShared: false, mayFail: true };
  const valueOf = (name: string): Node | undefined => {
    const property = literal.properties.find((candidate) => candidate.type === 'Property' && keyName(candidate.key, candidate.computed) === name);
    return property?.type === 'Property' ? unwrap(property.value) : undefined;
  };
  const isTrue = (value: Node | undefined): boolean => value?.type === 'Literal' && value.value === true;
  if (isTrue(valueOf('steal'))) return 'none';
  const mode = valueOf('mode');
  const mayBeNull = isTrue(valueOf('ifAvailable'));
  if (mayBeNull && !asksForLock(l, callback)) return 'none';
  return { isShared: mode?.type === 'Literal' && mode.value === 'shared', mayFail: mayBeNull };
}

function asksForLock(l: Lowering, callback: Node): boolean {
  const fn = closureOf(l, callback);
  const [lock] = fn?.node.params ?? [];
  const variable = lock?.type === 'Identifier' ? l.variable(lock) : undefined;
  return !fn || (variable?.references.some((reference) => reference.isRead() && !isPrinted(reference.identifier as Node)) ?? false);
}

/** `console.debug(lock)` */
function isPrinted({ parent }: Node): boolean {
  return parent?.type === 'CallExpression' && parent.callee.type === 'MemberExpression' && parent.callee.object.type === 'Identifier' && parent.callee.object.name === 'console';
}

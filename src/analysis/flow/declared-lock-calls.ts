import type { TSESTree } from '../../language/index.js';
import type { LockLibrary } from '../catalog/locks/index.js';
import { declaredLock } from '../model/declared-locks.js';
import { importOf } from '../model/exports.js';
import { keyName } from '../model/functions.js';
import type { Lowering } from './lowering.js';
import { unwrap } from './places.js';

/** A function that the project's configuration says takes a lock, gives it back, or runs its callback under it. */
export interface DeclaredLockCall {
  readonly does: 'acquire' | 'release' | 'run';
  /** The same for calls with the same arguments, but for callbacks: `withLock('orders', fn)`. */
  readonly lock: string;
}

/** What the configuration says of a call of an imported function: `withLock(key, fn)`, `locks.withLock(key, fn)`. */
export function declaredLockCall(l: Lowering, node: TSESTree.CallExpression): DeclaredLockCall | undefined {
  if (l.model.links.configuration.locks.length === 0) return undefined;
  const callee = unwrap(node.callee);
  const root = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  const variable = root.type === 'Identifier' ? l.model.scopes.variableOf(root) : undefined;
  const imported = variable && importOf(variable);
  const library = imported && declaredLock(imported.specifier, l.model);
  const name = callee.type === 'MemberExpression' ? keyName(callee.property, callee.computed) : imported?.name;
  if (!library || name === undefined) return undefined;
  const does = roleOf(name, library);
  return does && { does, lock: `${library.modules[0]} ${keysOf(l, node)}`.trim() };
}

function roleOf(name: string, { acquire, release, run }: LockLibrary): DeclaredLockCall['does'] | undefined {
  if (run.includes(name)) return 'run';
  if (acquire.includes(name)) return 'acquire';
  return release.includes(name) ? 'release' : undefined;
}

function keysOf(l: Lowering, { arguments: args }: TSESTree.CallExpression): string {
  const isCallback = ({ type }: TSESTree.Node): boolean => type === 'ArrowFunctionExpression' || type === 'FunctionExpression';
  return args.filter((argument) => !isCallback(unwrap(argument) as TSESTree.Node)).map((argument) => l.textOf(argument)).join(', ');
}

import type { Node } from '../../language/index.js';
import { lockShape } from '../catalog/locks/index.js';
import type { FunctionInfo } from '../model/functions.js';
import { wrapsInLock } from '../model/written-locks.js';
import { awaitedName } from './expressions.js';
import type { Lowering } from './lowering.js';

/** `using held = await mutex.lock()`: whatever is declared so is held until its scope ends, here until its function does. */
export function acquireByUsing(l: Lowering, init: Node): void {
  const last = l.graph.effects.at(-1);
  if (last?.kind !== 'acquire') l.graph.add('acquire', init, { lock: awaitedName(init.type === 'AwaitExpression' ? init.argument : init) || 'using', form: 'scope', isCertain: false, isAwaited: true, permits: undefined });
}

/** A decorator that runs the method one at a time: one of the program by what it does, any other by its name. */
export function acquireByDecorator(l: Lowering, fn: FunctionInfo): string | undefined {
  const decorator = fn.decorators.find((name) => lockShape.decorator.test(name) || decoratorNamed(l, fn, name));
  if (!decorator) return undefined;
  const known = decoratorNamed(l, fn, decorator);
  if (known && !wrapsInLock(known, l.links)) return undefined;
  const lock = `@${decorator}`;
  l.graph.add('acquire', fn.node, { lock, form: 'scope', isCertain: false, isAwaited: true, permits: undefined });
  return lock;
}

function decoratorNamed(l: Lowering, fn: FunctionInfo, name: string): FunctionInfo | undefined {
  return l.modelOf(fn).table.functions.find(({ ownName, parent }) => ownName === name && !parent);
}

export function releaseAfterDecorator(l: Lowering, fn: FunctionInfo, lock: string): void {
  l.graph.add('release', fn.node, { lock });
}

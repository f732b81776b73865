import type { Node } from '../../language/index.js';
import { lockShape } from '../catalog/locks/index.js';
import type { FunctionInfo } from '../model/functions.js';
import { functionAt, originOf } from '../model/origin.js';
import { lockKeptFor } from '../model/decorator-locks.js';
import { sharesPromise, wrapsInLock } from '../model/written-locks.js';
import { SCOPE } from '../regions/lock-sets.js';
import { awaitedName } from './expressions.js';
import type { Lowering } from './lowering.js';
import { acquireByWrapper } from './wrapping-locks.js';

/**
 * `using held = await mutex.lock()`: what is declared so is held until its scope ends, here until its function does. What is waited for may be
 * a lock by any name; what is there at once keeps nobody waiting, unless it says so: a span, a stopwatch, a logger.
 */
export function acquireByUsing(l: Lowering, init: Node): void {
  if (l.graph.effects.at(-1)?.kind === 'acquire') return;
  const isAwaited = init.type === 'AwaitExpression';
  const name = awaitedName(isAwaited ? init.argument : init);
  const isLock = LOCKING.test(name) || lockShape.acquire.has(name);
  if (isLock || isAwaited) l.graph.add('acquire', init, { lock: isLock ? name : `${SCOPE}${name || 'using'}`, form: 'scope', isCertain: false, isAwaited: true, permits: undefined });
}

const LOCKING = /(?<![bc])lock|mutex|semaphore|permit|exclusive|acquire|critical/i;

/** A decorator that runs the method one at a time, one of the program by what it does, any other by its name; or a function that makes one of it that runs so. */
export function acquireByDecorator(l: Lowering, fn: FunctionInfo): string | undefined {
  const decorator = fn.decorators.find((name) => lockShape.decorator.test(name) || decoratorNamed(l, fn, name));
  if (!decorator) return acquireByWrapper(l, fn);
  const known = decoratorNamed(l, fn, decorator);
  if (known && !wrapsInLock(known, l.links) && !sharesPromise(known)) return undefined;
  const kept = known && lockKeptFor(known, l.modelOf(known));
  const lock = kept === 'object' && fn.owner ? `@${decorator} of ${fn.owner.name}` : `@${decorator}`;
  // What all its methods share keeps out those that a method calls itself.
  const isOne = kept === 'all' || (kept === 'object' && fn.owner !== undefined);
  l.graph.add('acquire', fn.node, isOne ? { lock, form: 'run', isCertain: true, isAwaited: true, permits: 1 } : { lock, form: 'scope', isCertain: false, isAwaited: true, permits: undefined });
  return lock;
}

function decoratorNamed(l: Lowering, fn: FunctionInfo, name: string): FunctionInfo | undefined {
  const model = l.modelOf(fn);
  const own = model.table.functions.find(({ ownName, parent }) => ownName === name && !parent);
  const member = fn.node.parent?.type === 'MethodDefinition' ? fn.node.parent : undefined;
  const callee = member?.decorators.map(({ expression }) => (expression.type === 'CallExpression' ? expression.callee : expression)).find((decorator) => decorator.type === 'Identifier' && decorator.name === name);
  const variable = callee?.type === 'Identifier' ? model.scopes.variableOf(callee) : undefined;
  return own ?? (variable && functionAt(originOf(variable, model)));
}

export function releaseAfterDecorator(l: Lowering, fn: FunctionInfo, lock: string): void {
  l.graph.add('release', fn.node, { lock });
}

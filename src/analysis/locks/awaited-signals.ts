import type { TSESTree } from '../../language/index.js';
import type { Effect } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import { unwrap } from '../model/unwrap.js';
import type { Study } from '../regions/study.js';
import type { ModuleView } from '../rules/rule.js';
import { heldIn } from './held.js';
import type { Acquire } from './held.js';
import type { Awaited } from './locked-waits.js';

/** `await full.acquire()` of a semaphore that tells others that something is there: nobody who has taken it gives it back. */
export function awaitedSignal(view: ModuleView, _study: Study, acquire: Acquire, wait: Effect): Awaited | undefined {
  if (wait.kind !== 'acquire' || wait.form !== 'call' || !wait.isCertain || !wait.isAwaited || wait.expires || wait.lock === acquire.lock) return undefined;
  const name = wait.at.type === 'CallExpression' ? nameOf(wait.at) : '';
  const isRelease = (effect: Effect): boolean => effect.kind === 'release' && effect.lock === wait.lock;
  const isGivenBack = view.studies.some(({ graph }) => graph.effects.some((effect) => isRelease(effect) && heldIn(graph)[effect.id]?.has(wait.lock)));
  if (name === '' || isGivenBack) return undefined;
  return { text: `\`${wait.lock}\``, ending: 'releases it', name, studies: view.studies, roleOf: (effect) => (isRelease(effect) ? 'ends' : undefined) };
}

/** `full` of `this.full.acquire()` */
function nameOf({ callee }: TSESTree.CallExpression): string {
  const method = unwrap(callee);
  return method.type === 'MemberExpression' ? calleeText(unwrap(method.object)) : '';
}

import type { Node } from '../../language/index.js';
import { ofKind } from '../model/effect.js';
import type { Effect } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import { lockOf } from '../model/lock-kinds.js';
import type { ModuleModel } from '../model/module.js';
import { textOf } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';
import type { Study } from '../regions/study.js';
import type { ModuleView } from '../rules/rule.js';
import { heldIn } from './held.js';
import type { Acquire } from './held.js';
import { isSurelyHeld } from './locked-waits.js';
import type { LockedWait } from './locked-waits.js';

/** `await queue.onIdle()` under a lock that work of the queue has yet to take. */
export function awaitedIdle({ model, studies }: ModuleView, study: Study, acquire: Acquire, wait: Effect): LockedWait | undefined {
  const queue = wait.kind === 'suspend' && wait.callee === 'onIdle' ? queueAwaited(wait.at, model) : undefined;
  if (queue === undefined) return undefined;
  for (const ender of studies) {
    const held = heldIn(ender.graph);
    const end = ender.entry && ofKind(ender.graph.effects, 'acquire').find((effect) => effect.lock === acquire.lock && isSurelyHeld(effect) && runsIn(queue, held[effect.id]?.values() ?? [], model));
    if (end) return { study, acquire, wait, text: `the work in \`${queue}\``, ending: 'ends it', ender, end };
  }
  return undefined;
}

/** Work of a queue that waits until the queue has no work left, and where it was taken in. However many the queue lets in, it never has. */
export function idleWithin({ graph, fn }: Study, model: ModuleModel): readonly { readonly outer: Acquire; readonly wait: Effect }[] {
  if (ofKind(graph.effects, 'acquire').length === 0) return [];
  const held = heldIn(graph);
  return graph.effects.flatMap((wait) => {
    const queue = wait.kind === 'suspend' && !wait.aside && wait.frame.fn.module === fn.module && IDLE.test(wait.callee) ? queueAwaited(wait.at, model) : undefined;
    const outer = queue === undefined ? undefined : [...(held[wait.id]?.values() ?? [])].flat().find((acquire) => acquire.isAwaited && runsIn(queue, [[acquire]], model));
    return outer ? [{ outer, wait }] : [];
  });
}

/** p-queue: no work waits, and none is under way. */
const IDLE = /^on(?:Idle|PendingZero)$/;

/** The queue of a known library whose end is waited for, as its module names it. */
function queueAwaited(at: Node, model: ModuleModel): string | undefined {
  const call = at.type === 'AwaitExpression' || at.type === 'ReturnStatement' ? unwrap(at.argument ?? at) : at;
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression' || !IDLE.test(calleeText(call.callee))) return undefined;
  return lockOf(call.callee.object, model) ? textOf(call.callee.object, model) : undefined;
}

function runsIn(queue: string, held: Iterable<readonly Acquire[]>, model: ModuleModel): boolean {
  return [...held].flat().some(({ at, isCertain, form }) => isCertain && form === 'run' && at.type === 'CallExpression' && at.callee.type === 'MemberExpression' && textOf(at.callee.object, model) === queue);
}

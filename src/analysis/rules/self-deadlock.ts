import type { Finding } from '../../model/index.js';
import { heldIn } from '../locks/held.js';
import type { Acquire } from '../locks/held.js';
import { lineOf, squiggleOf } from '../places.js';
import type { Study } from '../regions/study.js';
import { lockFinding } from './lock-finding.js';
import type { ModuleRule, ModuleView } from './rule.js';
import { ofKind } from '../model/effect.js';

export const selfDeadlock: ModuleRule = {
  id: 'self-deadlock',
  category: 'deadlock',
  summary: 'Code that holds a lock, which lets nobody in twice, waits for the same lock.',
  explanation:
    'The task waits for itself, and everybody else for it. ' +
    'Call a version of the function that expects the lock to be held, or take the lock in one of the two only.',
  findingsIn(view) {
    const found = new Map<unknown, Finding>();
    for (const study of view.studies) {
      for (const [outer, inner] of nestedIn(study)) {
        const at = callTo(inner, outer, view.model.module);
        if (at && !found.has(at)) found.set(at, findingOf(view, study, outer, inner));
      }
    }
    return [...found.values()];
  },
};

/** The acquisition itself, or the call by which a module comes to it while the lock is held; undefined if another module does all of it within itself. */
function callTo({ at, frame }: Acquire, outer: Acquire, module: Study['fn']['module']): Acquire['at'] | undefined {
  let from = at;
  for (let one: Acquire['frame'] | undefined = frame; one; from = one.at, one = one.caller) {
    if (one.fn.module === module) return from;
    if (one === outer.frame) return undefined;
  }
  return from;
}

/** Acquisitions of what is held already, on every way there. */
function nestedIn({ graph }: Study): [Acquire, Acquire][] {
  return ofKind(graph.effects, 'acquire').flatMap((effect) => {
    if (!isCertain(effect)) return [];
    const outer = heldIn(graph)[effect.id]?.get(effect.lock);
    // What nobody here gives back is given back elsewhere, perhaps by now.
    if (outer?.some(({ form, lock }) => form === 'call' && !graph.effects.some((other) => other.kind === 'release' && other.lock === lock))) return [];
    return outer?.every((one) => one !== effect && isCertain(one) && !(one.isShared && effect.isShared)) ? [[outer[0]!, effect] as [Acquire, Acquire]] : [];
  });
}

/** Known to be a lock, and waited for: work that nobody waits for runs when the lock is free again. */
function isCertain({ isCertain: isKnown, isAwaited, form, permits }: Acquire): boolean {
  return isKnown && isAwaited && permits === 1 && form !== 'scope';
}

function findingOf(view: ModuleView, study: Study, outer: Acquire, inner: Acquire): Finding {
  const through = inner.frame.fn === outer.frame.fn ? '' : ` through \`${inner.frame.fn.name || 'a callback'}\``;
  return lockFinding(selfDeadlock, 'deadlock', view, study, {
    lock: inner.lock, reads: [outer], acts: [inner], range: squiggleOf(inner, view.model),
    message: `\`${inner.lock}\` is taken at ${lineOf(outer, view.model)}, and waited for again at ${lineOf(inner, view.model)}${through} by the task that holds it: it waits for itself.`,
  });
}

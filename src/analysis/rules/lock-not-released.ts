import type { Finding } from '../../model/index.js';
import { leaksIn } from '../locks/leaks.js';
import type { Leak } from '../locks/leaks.js';
import { lineOf, placeOf, textAt } from '../places.js';
import type { Study } from '../regions/study.js';
import { lockFinding } from './lock-finding.js';
import type { ModuleRule, ModuleView } from './rule.js';

export const lockNotReleased: ModuleRule = {
  id: 'lock-not-released',
  category: 'locking',
  summary: 'On some way out of the code, by a return or an error, a lock that was taken is never given back.',
  explanation:
    'Everybody who waits for the lock then waits for ever, from the first failure on. ' +
    'Give it back in `finally`, or let the lock run the work (`mutex.runExclusive(…)`, `using`).',
  findingsIn(view) {
    const found = new Map<unknown, Finding>();
    for (const study of view.studies) {
      for (const leak of leaksIn(study.graph, textAt)) {
        const { at, frame } = leak.acquire;
        // Whoever calls what takes the lock may do much before, which a run would have to come through.
        const isDirect = frame.fn === study.fn && study.entry?.point.isPublic === true;
        if (frame.fn.module !== view.model.module || (found.has(at) && !isDirect)) continue;
        found.set(at, findingOf(view, study, leak));
      }
    }
    return [...found.values()];
  },
};

function findingOf(view: ModuleView, study: Study, { acquire, exit, isFailure }: Leak): Finding {
  const at = lineOf(exit, view.model);
  const way = exit === acquire ? 'when all is done' : isFailure ? `if what is awaited at ${at} fails` : `by the return at ${at}`;
  const how = isFailure && exit.kind === 'throw' ? `by the error thrown at ${at}` : way;
  return lockFinding(lockNotReleased, 'held-lock', view, study, {
    lock: acquire.lock, reads: [acquire], acts: [exit],
    message: `\`${acquire.lock}\` is acquired at ${lineOf(acquire, view.model)}, and ${how} it is never released: whoever wants it next waits for ever.`,
    range: placeOf(acquire),
  });
}

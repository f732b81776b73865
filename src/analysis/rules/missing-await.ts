import { rangeOf } from '../../language/index.js';
import type { Access, Finding } from '../../model/index.js';
import type { Effect, EffectGraph } from '../model/effect.js';
import { describeLocation, shortName } from '../model/location.js';
import { lineOf, placeOf } from '../places.js';
import { droppedIn } from '../promises/dropped.js';
import type { DroppedWork } from '../promises/dropped.js';
import { droppingGraphsIn } from '../promises/graphs.js';
import { lateWritesOf } from '../promises/late-writes.js';
import type { LateWrite } from '../promises/late-writes.js';
import { earlyUseOf } from '../promises/early-use.js';
import type { EarlyUse } from '../promises/early-use.js';
import type { ModuleRule, ModuleView } from './rule.js';

export const missingAwait: ModuleRule = {
  id: 'missing-await',
  category: 'ordering',
  summary: 'A promise is dropped, and later code counts on what the work behind it has yet to do.',
  explanation:
    'Nothing waits for work whose promise nobody has: what follows runs first and sees the old state, and an error of the work comes to no `catch`. ' +
    'Await it, return it, or collect the promises and await `Promise.all`; `forEach` waits for no async callback.',
  findingsIn(view) {
    const found = new Map<unknown, Finding>();
    for (const graph of droppingGraphsIn(view)) {
      for (const work of droppedIn(graph, view)) {
        if (found.has(work.at) || work.frame.fn.module !== view.model.module) continue;
        const use = earlyUseOf(work, lateWritesOf(work, view.model.links), graph);
        if (use) found.set(work.at, earlyUseFinding(view, graph, work, use));
      }
    }
    return [...found.values()];
  },
};

function earlyUseFinding(view: ModuleView, graph: EffectGraph, work: DroppedWork, { write, use, isLater }: EarlyUse): Finding {
  const name = nameOf(write);
  const start = rangeOf(work.at, work.frame.fn.module.source.file);
  const when = isLater ? 'may be read' : 'is read';
  const message = `\`${work.name}\` is started at line ${start.start.line} and nobody waits for it: \`${name}\` ${when} at ${lineOf(use, view.model)} before it is written at ${lineOf(write.effect, view.model)}.`;
  return orderFinding(view, graph, message, write.location ? describeLocation(write.location) : name, work, use, write.effect);
}

function nameOf({ location, variable }: LateWrite): string {
  return location ? shortName(location) : variable!.name;
}

function orderFinding({ model }: ModuleView, { entry }: EffectGraph, message: string, location: string, work: DroppedWork, early: Effect, late: Effect): Finding {
  const own = model.entryFinder.pointOf(entry, model.entryOf(entry) !== undefined);
  const access = (effect: Effect, kind: Access['kind']): Access => ({ kind, range: placeOf(effect), function: effect.frame.fn.name || entry.name, locks: [] });
  return {
    rule: missingAwait.id, category: missingAwait.category, oracle: 'none', message, range: rangeOf(work.at, model.file), location,
    accesses: [access(early, 'read'), access(late, 'write')],
    region: { location, dependence: 'update', reads: [placeOf(early)], suspensions: [], acts: [placeOf(late)] },
    overlaps: [[own, own]],
  };
}

import type { Finding } from '../../model/index.js';
import { uncancelledEffectsIn } from '../model/effects.js';
import type { ComponentEffect } from '../model/effects.js';
import { nodeFinding } from '../node-finding.js';
import { lineOf, placeOf } from '../places.js';
import { lateAnswerOf } from '../promises/late-answers.js';
import type { LateAnswer } from '../promises/late-answers.js';
import { lateHandlesIn } from '../promises/late-handles.js';
import type { LateHandle } from '../promises/late-handles.js';
import type { ModuleRule, ModuleView } from './rule.js';

export const uncancelledEffect: ModuleRule = {
  id: 'uncancelled-effect',
  category: 'ordering',
  summary: 'An effect shows the answer to what it asked, or sets something up, though it was cleaned up meanwhile.',
  explanation:
    'Whenever what an effect depends on changes it runs again, and asks again; the answer to the earlier question may come last, and is shown for the new one. ' +
    'Set a flag in the clean-up and look at it before the answer is shown, or abort the request there. ' +
    'What is set up only after a wait is not there yet for a clean-up that comes early, and then stays: the same flag tells that it is not wanted any more.',
  findingsIn: (view) => [
    ...uncancelledEffectsIn(view.model).flatMap((effect) => {
      const late = lateAnswerOf(effect, view);
      return late ? [findingOf(view, effect, late)] : [];
    }),
    ...lateHandlesIn(view.model).map((late) => lateHandleFinding(view, late)),
  ],
};

function lateHandleFinding({ model }: ModuleView, { fn, variable: { name }, filled, wait, sought }: LateHandle): Finding {
  return nodeFinding(uncancelledEffect, model, {
    fn, location: name, dependence: 'guard', from: sought, waits: [wait], to: filled, accesses: [['write', filled], ['read', sought]],
    message: `\`${name}\` gets at line ${filled.loc.start.line}, after a wait, what the clean-up at line ${sought.loc.start.line} undoes: a clean-up that comes before finds nothing there, and what is set up afterwards is never undone.`,
  });
}

function findingOf(view: ModuleView, { fn }: ComponentEffect, { request, write, shown, asked }: LateAnswer): Finding {
  const { model } = view;
  const own = model.entryFinder.pointOf(fn, false);
  const location = shown.name;
  return {
    rule: uncancelledEffect.id, category: uncancelledEffect.category, oracle: 'none', location, range: placeOf(write),
    message: `\`${location}\` gets the answer of \`${request.callee === 'all' ? 'Promise.all' : request.callee}\` at ${lineOf(write, model)}, waited for at ${lineOf(request, model)}; when \`${asked.name}\` changes meanwhile the effect runs again, and the answer for the earlier \`${asked.name}\` can come last and stay.`,
    accesses: [
      { kind: 'read', range: placeOf(request), function: fn.name, locks: [] },
      { kind: 'write', range: placeOf(write), function: write.frame.fn.name || fn.name, locks: [] },
    ],
    region: { location, dependence: 'response', reads: [placeOf(request)], suspensions: [placeOf(request)], acts: [placeOf(write)] },
    overlaps: [[own, own]],
  };
}

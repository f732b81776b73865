import type { Finding } from '../../model/index.js';
import { uncancelledEffectsIn } from '../model/effects.js';
import type { ComponentEffect } from '../model/effects.js';
import { lineOf, placeOf } from '../places.js';
import { lateAnswerOf } from '../promises/late-answers.js';
import type { LateAnswer } from '../promises/late-answers.js';
import type { ModuleRule, ModuleView } from './rule.js';

export const uncancelledEffect: ModuleRule = {
  id: 'uncancelled-effect',
  category: 'ordering',
  summary: 'An effect of a component shows the answer to what it asked, though the effect was cleaned up and has run again meanwhile.',
  explanation:
    'Whenever what an effect depends on changes it runs again, and asks again; the answer to the earlier question may come last, and is shown for the new one. ' +
    'Set a flag in the clean-up and look at it before the answer is shown, or abort the request there.',
  findingsIn: (view) => uncancelledEffectsIn(view.model).flatMap((effect) => {
    const late = lateAnswerOf(effect, view);
    return late ? [findingOf(view, effect, late)] : [];
  }),
};

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

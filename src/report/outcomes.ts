import type { Outcome } from '../model/index.js';
import { printable } from './printable.js';

/** One line a fact, in the order in which a person asks: what is left behind, what each task saw, what reached the outside. */
export function factsOf(outcome: Outcome): string[] {
  return [
    ...Object.entries(outcome.state).map(([location, value]) => `${location} = ${value}`),
    ...Object.entries(outcome.results).map(([task, result]) => `${task} ${result}`),
    ...Object.entries(outcome.effects).map(([call, times]) => `${call} happens ${times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`}`),
  ].map(printable);
}

/** The facts of an outcome that none of the others shares in full: what tells it from them. */
export function tellingFacts(outcome: Outcome, others: readonly Outcome[]): string[] {
  const known = others.map((other) => new Set(factsOf(other)));
  const facts = factsOf(outcome);
  const telling = facts.filter((fact) => !known.some((each) => each.has(fact)));
  return telling.length > 0 ? telling : facts;
}

import type { FunctionNode } from '../../language/index.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { declareBeside, homeAround } from '../homes.js';
import { nameOf, partsOf } from '../region-parts.js';
import { allNodes, bodyOf, functionAround, isOfEntry } from '../syntax.js';
import { joinedName } from '../wording.js';
import { isRefused } from './reserve-first.js';
import { givesValue, keepOne, promiseOf } from './share-rest.js';

/** A function that is told nothing does the same for everybody who calls it: the promise of the whole call is kept while it is pending. */
export function shareCall(code: FlaggedCode): Cure | undefined {
  const parts = partsOf(code);
  // Who is to be refused may not be told that it was done.
  // An entry is chosen by state that may be another by the next call.
  const fn = parts && !isRefused(code, parts) && ![...parts.acts, ...parts.reads].some(isOfEntry) ? parts.fn : undefined;
  const body = fn && bodyOf(fn);
  const name = fn && nameOf(fn);
  const home = fn && homeAround(fn);
  const type = fn && promiseOf(code, fn);
  if (!body?.[0] || name === undefined || !home || !isToldNothing(fn) || (code.layout.isTyped && !type)) return undefined;
  const draft = code.draft();
  const flight = declareBeside(code, draft, home, { name: code.fresh(joinedName(name.replace(/^[#_]+/, ''), 'inFlight')), type: `${type} | undefined` });
  const isGiven = givesValue(fn);
  keepOne(code, draft, { first: body[0], last: body.at(-1)!, end: isGiven ? 'return' : 'await' }, { flight, run: `(async ()${isGiven && type ? `: ${type}` : ''} => {` });
  return { title: `Keep the promise of \`${name}\` in flight, so that who calls it meanwhile gets the same one`, draft };
}

/** Neither by arguments nor by variables of a function around it. */
function isToldNothing(fn: FunctionNode): boolean {
  return fn.async && !fn.generator && fn.params.length === 0 && functionAround(fn) === undefined && !allNodes(fn).some((node) => node.type === 'Identifier' && node.name === 'arguments');
}

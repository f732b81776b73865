import type { FunctionNode, Node } from '../language/index.js';
import type { FlaggedCode } from './flagged-code.js';
import { declaredFor } from './statements.js';
import { ancestorIn, around, bodyOf, leaves, listOf, ownNodes, statementOf, type Statement } from './syntax.js';

/** Statements of one function that can be put under a lock. */
export interface Section {
  readonly fn: FunctionNode;
  readonly first: Statement;
  readonly last: Statement;
  /** True if what it returns is what the function returns. */
  readonly isReturned: boolean;
}

/**
 * The fewest statements of the function that hold all the places; to the end of its body, where they return or declare what follows needs.
 * @param isWhole The whole body in any case: what is inside may rest on what the compiler knows from before, and what follows on what it knows from inside.
 */
export function sectionOf(code: FlaggedCode, fn: FunctionNode, places: readonly Node[], isWhole = false): Section | undefined {
  const body = bodyOf(fn);
  if (!body || fn.generator || places.length === 0) return undefined;
  const least = isWhole ? undefined : leastOf(code, body, places);
  if (least) return { fn, ...least, isReturned: false };
  const first = isWhole ? body[0] : ancestorIn(body, places.reduce((a, b) => (a.range[0] <= b.range[0] ? a : b)));
  return first && { fn, first, last: body.at(-1)!, isReturned: ownNodes(fn).some((node) => node.type === 'ReturnStatement' && node.argument !== null && node.range[0] >= first.range[0]) };
}

function leastOf(code: FlaggedCode, body: readonly Statement[], places: readonly Node[]): Pick<Section, 'first' | 'last'> | undefined {
  for (const at of around(places[0]!)) {
    const list = statementOf(at) === at ? listOf(at) : undefined;
    const held = list && places.map((place) => ancestorIn(list, place));
    if (!list || held!.includes(undefined)) continue;
    const order = (held as Statement[]).map((one) => list.indexOf(one));
    const [from, to] = [Math.min(...order), Math.max(...order)];
    const statements = list.slice(from, to + 1);
    if (!leaves(statements) && declaredFor(code, statements).length === 0) return { first: list[from]!, last: list[to]! };
    if (list === body) return undefined;
  }
  return undefined;
}

import type { Node } from '../../language/index.js';
import { eachElement } from '../catalog/collections.js';
import type { Effect } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import type { Slot, Value } from '../model/value.js';

/** What a value may have been made from, whichever way control took. */
export interface Provenance {
  /** Reads that flowed into it. */
  readonly reads: ReadonlySet<number>;
  /** Of these the ones that a call was asked with whose answer it is made from. */
  readonly asked: ReadonlySet<number>;
  /** Names of the functions, and of the operators, that made it. */
  readonly makers: ReadonlySet<string>;
}

/** What whoever starts an entry asks it for. */
export const PARAMETER = 'parameter';

/** `tabs.forEach((tab) => tab.onclick = …)`, `for (const tab of tabs) tab.onclick = …`: each handler is asked with a tab of its own. */
function isOfEach(slot: Slot): boolean {
  const definition = 'defs' in slot ? slot.defs[0] : undefined;
  if (definition?.type === 'Variable') return definition.parent.parent.type === 'ForOfStatement' && definition.parent.parent.left === definition.parent;
  const call = definition?.type === 'Parameter' ? (definition.node as Node).parent : undefined;
  return call?.type === 'CallExpression' && eachElement.has(calleeText(call.callee));
}

const known = new WeakMap<readonly Effect[], Provenances>();

/** Those of a finished graph, made once: several rules ask for the same values, some for each pair of writes. */
export function provenancesOf(effects: readonly Effect[]): Provenances {
  let provenances = known.get(effects);
  if (!provenances) known.set(effects, (provenances = new Provenances(effects)));
  return provenances;
}

/** Follows values back through the local variables and the results of a graph. */
export class Provenances {
  readonly #assigned = new Map<Slot, Value[]>();
  readonly #known = new Map<Value, Provenance>();

  constructor(effects: readonly Effect[]) {
    for (const effect of effects) {
      if (effect.kind !== 'assign') continue;
      const values = this.#assigned.get(effect.slot);
      if (values) values.push(effect.value);
      else this.#assigned.set(effect.slot, [effect.value]);
    }
  }

  of(value: Value): Provenance {
    let known = this.#known.get(value);
    if (!known) this.#known.set(value, (known = this.#provenanceOf(value)));
    return known;
  }

  #provenanceOf(value: Value): Provenance {
    const found = { reads: new Set<number>(), asked: new Set<number>(), makers: new Set<string>() };
    this.#follow(value, false, found, [new Set(), new Set()]);
    return found;
  }

  #follow(value: Value, isAsked: boolean, found: { reads: Set<number>; asked: Set<number>; makers: Set<string> }, seen: readonly [Set<Slot>, Set<Slot>]): void {
    const follow = (part: Value, asks = isAsked): void => this.#follow(part, asks, found, seen);
    switch (value.kind) {
      case 'unknown': case 'constant':
        return;
      case 'read':
        found.reads.add(value.read);
        if (isAsked) found.asked.add(value.read);
        if (value.through) follow(value.through);
        return;
      case 'slot':
        if (seen[Number(isAsked) as 0 | 1].has(value.slot)) return;
        seen[Number(isAsked) as 0 | 1].add(value.slot);
        for (const assigned of this.#assigned.get(value.slot) ?? []) follow(assigned);
        if (!this.#assigned.has(value.slot) && isOfEach(value.slot)) found.makers.add(PARAMETER);
        return;
      case 'part': case 'not': case 'emptiness':
        return follow(value.of);
      case 'answer':
        found.makers.add(value.name);
        for (const part of value.parts) follow(part, true);
        return;
      default:
        if (value.kind === 'mix' && value.name) found.makers.add(value.name);
        for (const part of value.parts) follow(part);
    }
  }
}

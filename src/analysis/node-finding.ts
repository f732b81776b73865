import { rangeOf } from '../language/index.js';
import type { Node } from '../language/index.js';
import type { Access, Category, EntryPoint, Finding, Region } from '../model/index.js';
import type { FunctionInfo } from './model/functions.js';
import type { ModuleModel } from './model/module.js';

/** The stretch of a run between two nodes of its code that somebody else should not come into, where the code tells and no effects are asked (see `Stretch`). */
export interface NodeStretch {
  /** Whose run it is: undefined for that of the module. */
  readonly fn: FunctionInfo | undefined;
  readonly location: string;
  readonly message: string;
  readonly dependence: Region['dependence'];
  readonly from: Node;
  readonly waits?: readonly Node[];
  readonly to: Node;
  /** What is squiggled; otherwise `to`. */
  readonly at?: Node;
  /** Who does what where; otherwise the run reads at `from` and writes at `to`. */
  readonly accesses?: readonly (readonly [Access['kind'], Node, FunctionInfo?])[];
  /** Who comes in between; otherwise another run of `fn`. */
  readonly intruder?: FunctionInfo;
}

export function nodeFinding(rule: { readonly id: string; readonly category: Category }, model: ModuleModel, stretch: NodeStretch): Finding {
  const { fn, location, message, dependence, from, waits = [], to, at = to, accesses = [['read', from], ['write', to]], intruder = fn } = stretch;
  const place = (node: Node): Access['range'] => rangeOf(node, model.file);
  return {
    rule: rule.id, category: rule.category, oracle: 'none', message, range: place(at), location,
    accesses: accesses.map(([kind, node, who = fn]) => ({ kind, range: place(node), function: who ? who.name : '<module>', locks: [] })),
    region: { location, dependence, reads: [place(from)], suspensions: waits.map(place), acts: [place(to)] },
    overlaps: fn && intruder ? [[ownPoint(fn, model), ownPoint(intruder, model)]] : [],
  };
}

function ownPoint(fn: FunctionInfo, model: ModuleModel): EntryPoint {
  return model.entryFinder.pointOf(fn, model.entryOf(fn) !== undefined);
}

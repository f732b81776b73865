import type { Node, TSESTree, Variable } from '../../language/index.js';
import { isStarting } from '../catalog/work.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import { isAtOrAbove, lastName, mayBeSame } from '../model/location.js';
import type { Location } from '../model/location.js';
import type { ModuleModel } from '../model/module.js';
import { textIn } from '../model/text.js';
import type { Value } from '../model/value.js';
import type { StartedWork } from './started.js';
import type { LateWrite } from './late-writes.js';
import { leadsTo } from '../regions/order.js';
import { provenancesOf } from '../regions/provenance.js';
import { needsValue } from './early-callers.js';
import { isAnsweredInTurn, isMereStep } from './in-turn.js';
import { isLookedAtAgain } from './looked-at-again.js';
import { meanwhile } from './meanwhile.js';
import { holdsHandle, isNotMissed } from './not-missed.js';
import { isEmptyLet, isNothing } from './setups.js';

/** The run that dropped some work goes on, and looks at what the work has yet to write. */
export interface EarlyUse {
  readonly write: LateWrite;
  readonly use: Effect;
  /** True if the run may be suspended in between, so that the work may be done by then. */
  readonly isLater: boolean;
}

/** The first effect after the start of the work that depends on something it writes late. */
export function earlyUseOf(work: StartedWork, all: readonly LateWrite[], graph: EffectGraph, model: ModuleModel): EarlyUse | undefined {
  const writes = all.filter((late) => !isThereBefore(late, work, graph));
  if (writes.length === 0) return undefined;
  for (const { effect, isLater, isOfHelper } of meanwhile(work, graph, (at) => replaces(at, writes))) {
    if (isOfHelper) {
      const missed = isLater ? undefined : writes.find((late) => failsWithout(effect, late, graph) && isFilledByItAlone(late, work, model));
      if (missed) return { write: missed, use: effect, isLater };
      continue;
    }
    const write = writes.find((late) => dependsOn(effect, late) && !isGivenAwayUnfilled(effect, late, work) && !isNotMissed(effect, late, work) && !isLookedAtAgain(effect, late, work) && !isMereStep(effect) && !isAnsweredInTurn(effect, work));
    if (write && !isPartOf(effect, work)) return { write, use: effect, isLater };
  }
  return undefined;
}

/** `pending.set(key, entry); ask(key); return entry`, where `ask` puts an entry there only `if (!entry)`: that of the run stays. */
function isThereBefore({ effect, location }: LateWrite, { at, frame }: StartedWork, graph: EffectGraph): boolean {
  const start = graph.effects.find((one) => one.at === at && one.frame === frame);
  return location !== undefined && start !== undefined && isForNothing(effect.at, effect.frame.fn.node) && graph.effects.some((put) => put.kind === 'write' && put.frame === frame && put.location.id === location.id && put.mode === 'replace' && leadsTo(graph, put, start));
}

/** True of what is done only `if (!entry)`, or `if (!entries.has(key))`. */
function isForNothing(node: Node, home: Node): boolean {
  for (let at = node; at.parent && at !== home; at = at.parent) {
    if (at.parent.type === 'IfStatement' && at.parent.consequent === at && at.parent.test.type === 'UnaryExpression' && at.parent.test.operator === '!') return true;
  }
  return false;
}

/** `setUp(); render(title())`, where `title` takes a field of what only `setUp` fills: a function that fails on nothing, and does not look first. */
function failsWithout(effect: Effect, { location, effect: late }: LateWrite, graph: EffectGraph): boolean {
  const { effects } = graph;
  if (effect.kind !== 'read' || !location || location.id !== effect.location.id || late.kind !== 'write' || late.mode !== 'replace' || !needsValue(effect.at) || !isEmptyAtFirst(location)) return false;
  return !effects.some((branch) => branch.kind === 'branch' && branch.frame === effect.frame && leadsTo(graph, branch, effect) && [...provenancesOf(effects).of(branch.test).reads].some((read) => {
    const asked = effects[read];
    return asked?.kind === 'read' && asked.location.id === location.id;
  }));
}

function isEmptyAtFirst({ root, path: [step, ...deeper] }: Location): boolean {
  if (root.kind === 'variable') return step === undefined && isEmptyLet(root.variable.defs[0]);
  const field = root.kind === 'instance' && step?.kind === 'member' && deeper.length === 0 ? root.owner.fields.get(step.name) : undefined;
  return field !== undefined && isNothing(field.value);
}

/** True if nothing else fills the place, and nobody else in the module calls what does: whoever comes here finds nothing there. */
function isFilledByItAlone({ location }: LateWrite, { at, started }: StartedWork, model: ModuleModel): boolean {
  const name = started?.ownName;
  if (!name || !location || !isStarting(name.replace(/^[#_]+/, ''))) return false;
  const others = model.module.nodes.of('CallExpression').filter((call) => call !== at && calleeText(call.callee) === name);
  const written = model.module.nodes.of('AssignmentExpression').filter(({ left, range }) => calleeText(left) === lastName(location) && !(started.node.range[0] <= range[0] && range[1] <= started.node.range[1]));
  return others.length === 0 && written.length === 0;
}

/** What a run, or a callback that it has left, starts anew is another run of the same: this one goes by what it has put there itself. */
function isPartOf({ frame }: Effect, { started }: StartedWork): boolean {
  for (let fn: FunctionInfo | undefined = started && frame.fn; fn; fn = fn.parent) if (fn === started) return true;
  return false;
}

/** `return settings`: a `return`, and what it makes the result of the call. */
function isGivingAway(effect: Effect, { variable }: LateWrite): boolean {
  return (effect.kind === 'return' || (effect.kind === 'assign' && 'result' in effect.slot)) && effect.value.kind === 'slot' && effect.value.slot === variable;
}

/** An object that is given away before it is filled, as the code means it. */
function isGivenAwayUnfilled(effect: Effect, late: LateWrite, work: StartedWork): boolean {
  return isGivingAway(effect, late) && (isFilledAside(late, work) || holdsHandle(late.variable!));
}

/** `load().then((loaded) => { settings.size = loaded.size; }).catch(report); return settings`: an object is given away that is filled in aside, as the code means it. */
function isFilledAside({ effect, location }: LateWrite, { at }: StartedWork): boolean {
  const isMember = location ? location.path.at(-1)?.kind === 'member' : effect.kind === 'fill' && effect.at.type === 'MemberExpression';
  return isMember && chainOf(at).some((call) => calleeText(call.callee) === 'catch');
}

/** The calls of a chain of promises that a call is part of. */
function chainOf(part: Node): TSESTree.CallExpression[] {
  const chain: TSESTree.CallExpression[] = [];
  let last = part;
  while (last.parent?.type === 'MemberExpression' && last.parent.object === last && last.parent.parent.type === 'CallExpression') last = last.parent.parent;
  for (let at: Node | undefined = last; at?.type === 'CallExpression'; at = at.callee.type === 'MemberExpression' ? at.callee.object : undefined) chain.push(at);
  return chain;
}

function dependsOn(effect: Effect, { variable, location, isLocal }: LateWrite): boolean {
  if (isLocal && location && isReordering(effect)) return concerns(effect.location, location, effect.at);
  if (effect.kind === 'read' && location) return concerns(effect.location, location, effect.at) && !isAddedTo(effect);
  const readWhole = (one: Effect): readonly Value[] => (isWholeOf(location) && one.kind === 'call' && READING_ALL.test(one.callee) ? one.values.slice(1) : []);
  // Who calls a method of an object does not look at what is set deep inside it.
  const isWhole = !location || location.path.every(({ kind }) => kind === 'element');
  if (isOfHook(effect.kind === 'call' ? effect.at : effect.at.parent)) return false;
  const values = isWhole || effect.kind !== 'call' ? valuesOf(effect) : location.path.length === 1 ? valuesOf(effect).slice(1) : [];
  return variable !== undefined && (isLocal ? values : readWhole(effect)).some((value) => mentions(value, variable));
}

/** `const show = useCallback(…, [ref])`: a hook compares the boxes that it is given, and does not look at what is in them. */
function isOfHook(node: Node | undefined): boolean {
  const call = node?.type === 'VariableDeclarator' ? node.init : node;
  return call?.type === 'CallExpression' && /^use[A-Z]/.test(calleeText(call.callee));
}

/** `lines.sort()` is written down as a change, and puts in order what is there by then. */
function isReordering(effect: Effect): effect is EffectOf<'write'> {
  return effect.kind === 'write' && effect.at.type === 'CallExpression' && /^(?:sort|reverse)$/.test(calleeText(effect.at.callee));
}

/** What goes through all that a collection of the module's own holds. */
const READING_ALL = /^(?:stringify|structuredClone)$/;

function isWholeOf(location: Location | undefined): boolean {
  return location !== undefined && location.path.length === 1 && location.path[0]!.kind === 'element';
}

/** `info = { ...info, icon }`, `list = [...list, item]`: whatever is there by then is kept, so that nothing is missed. */
function isAddedTo({ at, frame }: EffectOf<'read'>): boolean {
  const spread = at.parent;
  const assignment = spread?.type === 'SpreadElement' ? spread.parent.parent : undefined;
  if (assignment?.type !== 'AssignmentExpression' || assignment.right !== spread?.parent) return false;
  const textOf = textIn(frame.fn);
  return textOf(assignment.left) === textOf(at);
}

function concerns(read: Location, written: Location, at: Node): boolean {
  if (mayBeSame(written, read) || isAtOrAbove(written, read)) return true;
  return isAtOrAbove(read, written) && written.path.at(-1)?.kind === 'element' && !(at.parent?.type === 'MemberExpression' && at.parent.object === at);
}

/** The values that an effect makes use of. What is put into a collection is no use of it. */
function valuesOf(effect: Effect): readonly Value[] {
  switch (effect.kind) {
    case 'write': case 'return': case 'throw': case 'assign':
      return [effect.value];
    case 'branch':
      return [effect.test];
    case 'call':
      return /^(?:push|unshift|set|add|append|delete|clear)$/.test(effect.callee) ? effect.values.slice(1) : effect.values;
    default:
      return [];
  }
}

export function mentions(value: Value, variable: Variable): boolean {
  switch (value.kind) {
    case 'slot':
      return value.slot === variable;
    case 'not': case 'emptiness': case 'part':
      return mentions(value.of, variable);
    case 'mix': case 'answer': case 'comparison': case 'choice':
      return value.parts.some((part) => mentions(part, variable));
    case 'read':
      return value.through !== undefined && mentions(value.through, variable);
    default:
      return false;
  }
}

/** The run itself writes the place, and sees that. */
function replaces(effect: Effect, writes: readonly LateWrite[]): boolean {
  return writes.some(({ location, variable }) => (effect.kind === 'write' && effect.mode === 'replace' && effect.location.id === location?.id) || (effect.kind === 'assign' && effect.slot === variable && variable !== undefined));
}

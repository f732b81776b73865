import { isFunction } from '../../language/index.js';
import type { FunctionNode, Node } from '../../language/index.js';
import { ofKind } from '../model/effect.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import type { Value } from '../model/value.js';
import type { Study } from '../regions/study.js';
import { textAt } from '../places.js';
import type { Acquire } from './held.js';
import { ASKS_FOR_LOCK } from './leaks.js';

/** A callback that has to say when it is done, and on some way does not. */
export interface Unfinished {
  readonly acquire: Acquire;
  /** What it is handed for that: `done`; undefined if it does not even take it. */
  readonly done: string | undefined;
  /** Where the way leaves: what fails, a return, or the acquisition itself if the callback never says so. */
  readonly exit: Effect;
  readonly isFailure: boolean;
}

/** @param graphOf The effects of one run of a function. */
export function unfinishedIn(study: Study, modelOf: (acquire: Acquire) => ModuleModel, graphOf: (fn: FunctionInfo) => EffectGraph): Unfinished[] {
  const { effects, isPartial } = study.graph;
  return ofKind(effects, 'acquire').flatMap((effect) => {
    if (effect.form !== 'done' || isPartial) return [];
    const due = effects.find((other): other is EffectOf<'release'> => other.kind === 'release' && other.at === effect.at && other.isDue === true && other.frame === effect.frame);
    const uses = due && usesOfDone(effects, effect, modelOf(effect));
    if (!uses) return [];
    if (uses.own + uses.passed === 0) return [{ acquire: effect, done: uses.name, exit: effect, isFailure: false }];
    // Whoever else is handed it may call it at any time.
    const way = uses.passed === 0 ? wayAround(effects, effect) : (wayPast(uses, graphOf) ?? silentWay(effects, effect, uses));
    return way ? [{ acquire: effect, done: uses.name, ...way }] : [];
  });
}

interface Uses {
  readonly name: string | undefined;
  /** Calls in the callback itself. */
  readonly own: number;
  /** All other uses: as an argument, in a function within. */
  readonly passed: number;
  /** The callback that takes an error first, and in which all uses but the own calls are calls: `db.get(key, (error, value) => { …; done(); })`. */
  readonly continuation: FunctionInfo | undefined;
  readonly calls: readonly Node[];
  /** For each use the statement of the callback that says that it is done, or sees to it that somebody will; undefined if a function with a name of its own may. */
  readonly says: readonly (Node | undefined)[];
}

function usesOfDone(effects: readonly Effect[], acquire: Acquire, model: ModuleModel): Uses | undefined {
  const callback = effects.find(({ frame }) => frame.caller === acquire.frame && frame.at === acquire.at)?.frame.fn;
  if (!callback) return undefined;
  const [parameter] = callback.node.params;
  if (!parameter) return { name: undefined, own: 0, passed: 0, continuation: undefined, calls: [], says: [] };
  const variable = parameter.type === 'Identifier' ? model.scopes.variableOf(parameter) : undefined;
  if (!variable) return undefined;
  const uses = variable.references.filter((reference) => reference.isRead()).map(({ identifier }) => identifier);
  const calls = uses.flatMap((use) => (use.parent.type === 'CallExpression' && use.parent.callee === use ? [use.parent as Node] : []));
  const handed = calls.filter((call) => model.table.around(call) !== callback);
  const own = calls.length - handed.length;
  const within = new Set(handed.map((call) => childAround(call, callback, model)));
  const [only] = within;
  const continuation = calls.length === uses.length && within.size === 1 && only && takesError(only.node) ? only : undefined;
  return { name: variable.name, own, passed: uses.length - own, continuation, calls, says: uses.map((use) => statementAround(use as Node, callback.node)) };
}

/** The outermost statement that is not just a branch around it; undefined where a function around the use is more than an argument. */
function statementAround(use: Node, callback: FunctionNode): Node | undefined {
  let statement: Node | undefined;
  for (let at = use; at.parent && at !== callback.body; at = at.parent) {
    if (isFunction(at)) {
      if (at.parent.type !== 'CallExpression' || at.parent.callee === at) return undefined;
      statement = undefined;
    }
    if (/^(?:For|While|DoWhile)/.test(at.type)) statement = at;
    else if (/(?:Statement|Declaration)$/.test(at.type) && !/^(?:Block|If|Try|Switch)/.test(at.type)) statement ??= at;
  }
  return statement ?? callback.body ?? undefined;
}

/** The function directly inside `outer` that a node stands in. */
function childAround(node: Node, outer: FunctionInfo, { table }: ModuleModel): FunctionInfo | undefined {
  for (let fn = table.around(node); fn; fn = fn.parent) if (fn.parent === outer) return fn;
  return undefined;
}

/** `(error, value) => …`, handed to a call. */
function takesError({ params: [first], parent }: FunctionNode): boolean {
  return first?.type === 'Identifier' && /^_?(?:e|er|err|error)$/.test(first.name) && parent?.type === 'CallExpression';
}

/** The way through the continuation that its error takes, if nobody says there that the work is done. */
function wayPast({ continuation, calls }: Uses, graphOf: (fn: FunctionInfo) => EffectGraph): Pick<Unfinished, 'exit' | 'isFailure'> | undefined {
  const graph = continuation && graphOf(continuation);
  const [error] = continuation?.node.params ?? [];
  if (!graph || graph.isPartial || error?.type !== 'Identifier') return undefined;
  const isOf = (test: Value): boolean => test.kind === 'slot' && 'name' in test.slot && test.slot.name === error.name;
  const says = ({ at }: Effect): boolean => calls.some(({ range }) => at.range[0] <= range[0] && range[1] <= at.range[1]);
  for (const branch of ofKind(graph.effects, 'branch')) {
    const failed = isOf(branch.test) ? branch.next.find(({ outcome }) => outcome === true)?.to : undefined;
    const exit = failed === undefined ? undefined : silentExit(graph.effects, failed, says);
    if (exit) return { exit, isFailure: false };
  }
  return undefined;
}

/** The return that control comes to by some way without an effect of that kind. */
function silentExit(effects: readonly Effect[], from: number, says: (effect: Effect) => boolean): Effect | undefined {
  const seen = new Set<number>();
  const pending = [from];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const effect = effects[id]!;
    if (seen.has(id) || (effect.kind === 'call' && says(effect))) continue;
    seen.add(id);
    if (effect.kind === 'return') return effect;
    pending.push(...effect.next.map(({ to }) => to));
  }
  return undefined;
}

/** A way from the acquisition to the end of the callback that comes past no statement which uses what it is handed, and past no question about that. */
function silentWay(effects: readonly Effect[], acquire: Acquire, { says }: Uses): Pick<Unfinished, 'exit' | 'isFailure'> | undefined {
  if (says.includes(undefined)) return undefined;
  const saying = (says as readonly Node[]).map(({ range }) => range);
  const seen = new Set<number>();
  const pending: { readonly id: number; readonly exit: Effect }[] = acquire.next.map(({ to }) => ({ id: to, exit: acquire }));
  for (let at = pending.shift(); at; at = pending.shift()) {
    const effect = effects[at.id]!;
    if (seen.has(at.id) || (effect.aside ?? 0) > (acquire.aside ?? 0)) continue;
    seen.add(at.id);
    if (effect.kind === 'release' && effect.lock === acquire.lock) {
      if (effect.isDue && at.exit !== acquire) return { exit: at.exit, isFailure: false };
      continue;
    }
    if (saying.some(([start, end]) => start <= effect.at.range[0] && effect.at.range[1] <= end) || effect.kind === 'throw') continue;
    const isOwn = effect.frame.at === acquire.at && effect.frame.caller === acquire.frame;
    const exit = isOwn && (effect.kind === 'return' || effect.kind === 'branch') ? effect : at.exit;
    if (effect.kind === 'branch' && textAt(effect).match(ASKS_FOR_LOCK)) continue;
    pending.push(...effect.next.map(({ to }) => ({ id: to, exit })));
  }
  return undefined;
}

/** The first way from the acquisition to the end of the callback on which nobody says that it is done. */
function wayAround(effects: readonly Effect[], acquire: Acquire): Pick<Unfinished, 'exit' | 'isFailure'> | undefined {
  const seen = new Set<number>();
  const pending: { readonly id: number; readonly exit: Effect; readonly isFailure: boolean }[] = acquire.next.map(({ to }) => ({ id: to, exit: acquire, isFailure: false }));
  for (let at = pending.shift(); at; at = pending.shift()) {
    if (seen.has(at.id)) continue;
    seen.add(at.id);
    const effect = effects[at.id]!;
    if ((effect.aside ?? 0) > (acquire.aside ?? 0)) continue;
    if (effect.kind === 'release' && effect.lock === acquire.lock) {
      if (effect.isDue) return { exit: at.exit, isFailure: at.isFailure };
      continue;
    }
    const isExit = effect.kind === 'return' || effect.kind === 'throw';
    const exit = isExit && !at.isFailure ? effect : at.exit;
    const isFailing = effect.kind === 'suspend' || effect.kind === 'throw';
    if (isFailing && effect.handler !== undefined) pending.push({ id: effect.handler, exit: effect, isFailure: true });
    pending.push(...effect.next.map(({ to }) => ({ id: to, exit, isFailure: at.isFailure })));
  }
  return undefined;
}

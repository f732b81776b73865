import { isFunction, isWithin, walk } from '../../language/index.js';
import type { Node, TSESTree, Variable } from '../../language/index.js';
import { shownCells } from '../catalog/effect-hooks.js';
import { mayAsk } from '../catalog/work.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import { startedBeside } from '../model/effects.js';
import type { ComponentEffect } from '../model/effects.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import { isHookState } from '../model/hook-states.js';
import type { ModuleModel } from '../model/module.js';
import { chainStart } from '../model/promise-chains.js';
import { textOf } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';
import type { Value } from '../model/value.js';
import { variablesIn } from '../model/variables-in.js';
import { leadsTo } from '../regions/order.js';
import { provenancesOf } from '../regions/provenance.js';
import type { Provenances } from '../regions/provenance.js';
import type { ModuleView } from '../rules/rule.js';
import { graphIn } from './graphs.js';

/** An effect shows the answer to a question that may no longer be the one that is asked. */
export interface LateAnswer {
  readonly request: EffectOf<'suspend'>;
  readonly write: Showing['effect'];
  readonly shown: Variable;
  /** What the question is made of, and is another when the effect runs again. */
  readonly asked: Variable;
}

/** A value is put into state that a component shows. */
interface Showing {
  readonly effect: EffectOf<'write'> | EffectOf<'fill'> | EffectOf<'call'>;
  readonly value: Value;
  readonly shown: Variable;
}

/** The first answer that a run of an effect shows, whatever has become of the effect meanwhile. */
export function lateAnswerOf(effect: ComponentEffect, view: ModuleView): LateAnswer | undefined {
  for (const { graph, given } of runsOf(effect, view)) {
    const provenances = provenancesOf(graph.effects);
    for (const showing of graph.effects.flatMap((one) => showingBy(one, view.model) ?? [])) {
      const { effect: write, value, shown } = showing;
      if (write.frame.fn.module !== view.model.module || isDecidedLater(write, effect, view.model)) continue;
      const requests = graph.effects.filter((request): request is EffectOf<'suspend'> => request.kind === 'suspend' && mayAsk(request.callee) && provenances.of(value).makers.has(request.callee) && leadsTo(graph, request, write));
      for (const request of requests) {
        const asked = write.kind === 'call' && saysWhose(write, provenances, request, view.model) ? undefined : askedWith(request, effect, view.model, given);
        if (asked && !isOtherwiseDecided(graph, provenances, request, showing, view.model)) return { request, write, shown, asked };
      }
    }
  }
  return undefined;
}

interface Run {
  readonly graph: EffectGraph;
  /** The arguments of the call that started it. */
  readonly given: readonly Node[];
}

/** What an effect does: itself, and the asynchronous functions of its own and of its component that it starts. */
function runsOf(effect: ComponentEffect, view: ModuleView): Run[] {
  const { fn } = effect;
  const runs: Run[] = [];
  const pending: { readonly fn: FunctionInfo; readonly given: readonly Node[] }[] = [{ fn, given: [] }, ...startedBeside(effect, view.model)];
  const seen = new Set<FunctionInfo>();
  for (let next = pending.shift(); next && runs.length < 8; next = pending.shift()) {
    if (seen.has(next.fn)) continue;
    seen.add(next.fn);
    const graph = graphIn(view, next.fn);
    if (graph.isPartial) continue;
    runs.push({ graph, given: next.given });
    for (const again of repeatedIn(next.fn, view.model)) pending.push({ fn: again, given: [] });
    for (const effect of graph.effects) if (effect.kind === 'spawn' && effect.started.module === view.model.module && isWithin(effect.started.node, fn.node)) pending.push({ fn: effect.started, given: effect.at.type === 'CallExpression' ? effect.at.arguments : [] });
  }
  return runs;
}

/** `setInterval(async () => …)`: a timer that is cleared is called no more, but what it has begun goes on. */
function repeatedIn({ node }: FunctionInfo, { table }: ModuleModel): FunctionInfo[] {
  const found: FunctionInfo[] = [];
  walk(node.body, (call) => {
    const [callback] = call.type === 'CallExpression' && calleeText(call.callee) === 'setInterval' ? call.arguments : [];
    const fn = callback && isFunction(callback) ? table.infoOf(callback) : undefined;
    if (fn) found.push(fn);
  });
  return found;
}

/** State of `useState` or `useReducer`, or the value of a cell. */
function showingBy(effect: Effect, model: ModuleModel): Showing | undefined {
  if (effect.kind === 'call') return dispatchedBy(effect, model);
  if (effect.kind === 'fill') return isCell(effect.variable) && effect.at.type === 'MemberExpression' && calleeText(effect.at) === 'value' ? { effect, value: effect.value, shown: effect.variable } : undefined;
  if (effect.kind !== 'write' || effect.mode !== 'replace' || effect.location.root.kind !== 'variable') return undefined;
  const { root: { variable }, path: [step, ...deeper] } = effect.location;
  const isValue = step?.kind === 'member' && step.name === 'value' && deeper.length === 0 && isCell(variable);
  return isValue || (!step && isHookState(variable)) ? { effect, value: effect.value, shown: variable } : undefined;
}

/** `dispatch({ type: 'loaded', rows })`, where `dispatch` is a reducer's. */
function dispatchedBy(effect: EffectOf<'call'>, model: ModuleModel): Showing | undefined {
  const { at, values: [, action], frame } = effect;
  const dispatch = at.type === 'CallExpression' && at.callee.type === 'Identifier' && frame.fn.module === model.module ? model.scopes.variableOf(at.callee) : undefined;
  const shown = dispatch && action && reducedBy(dispatch, model);
  return shown ? { effect, value: action, shown } : undefined;
}

/** Of `const [rows, dispatch] = useReducer(…)` what `dispatch` changes. */
function reducedBy({ defs: [definition], name }: Variable, { scopes }: ModuleModel): Variable | undefined {
  const { id, init } = definition?.type === 'Variable' ? definition.node : {};
  if (id?.type !== 'ArrayPattern' || init?.type !== 'CallExpression' || calleeText(init.callee) !== 'useReducer') return undefined;
  const [state, dispatch] = id.elements;
  return state?.type === 'Identifier' && dispatch?.type === 'Identifier' && dispatch.name === name ? scopes.variableOf(state) : undefined;
}

/** True if an action says more than what has come: a reducer can tell by it which question was answered. */
function saysWhose({ at }: Effect, provenances: Provenances, request: EffectOf<'suspend'>, model: ModuleModel): boolean {
  const action = at.type === 'CallExpression' && at.arguments[0] ? unwrap(at.arguments[0]) : undefined;
  if (action?.type !== 'ObjectExpression') return true;
  return [...variablesIn(action, model)].some((variable) => !provenances.of({ kind: 'slot', slot: variable }).makers.has(request.callee));
}

function isCell({ defs: [definition] }: Variable): boolean {
  const init = definition?.type === 'Variable' ? definition.node.init : undefined;
  return init?.type === 'CallExpression' && shownCells.has(calleeText(init.callee));
}

/** What is put away with its question, or laid over what is there by then, is told apart when it is shown. */
function isDecidedLater({ at }: Effect, { changing }: ComponentEffect, model: ModuleModel): boolean {
  const value = at.type === 'CallExpression' ? at.arguments[0] : at.parent?.type === 'AssignmentExpression' ? at.parent.right : undefined;
  if (!value) return false;
  if (isFunction(value)) return true;
  let isTold = false;
  walk(value, (node) => {
    const variable = node.type === 'Identifier' ? model.scopes.variableOf(node) : undefined;
    isTold ||= (variable !== undefined && changing.has(variable) && !isWithinCall(node, value)) || (node.type === 'Property' && node.computed) || node.type === 'SpreadElement';
  });
  return isTold;
}

function isWithinCall(node: Node, outer: Node): boolean {
  for (let at: Node | undefined = node; at && at !== outer.parent; at = at.parent) if (at.type === 'CallExpression') return true;
  return false;
}

/** Of what changes between two runs, what a request is asked with. */
function askedWith({ at }: EffectOf<'suspend'>, { changing }: ComponentEffect, model: ModuleModel, given: readonly Node[]): Variable | undefined {
  const call = unwrap(chainStart(at.type === 'AwaitExpression' ? at.argument : at));
  if (call.type !== 'CallExpression' || /\b(?:signal|abort|cancel)/i.test(textOf(call, model))) return undefined;
  return changingIn(argumentsOf(call), changing, model, given, new Set());
}

/** `storage.ref(path).getDownloadURL()` is asked with `path` too. */
function argumentsOf(call: TSESTree.CallExpression): Node[] {
  const inner = call.callee.type === 'MemberExpression' ? unwrap(call.callee.object) : undefined;
  return [...(inner?.type === 'CallExpression' ? argumentsOf(inner) : []), ...call.arguments];
}

/** Looks through constants that are made here, and through parameters to what they were given. */
function changingIn(nodes: readonly Node[], changing: ReadonlySet<Variable>, model: ModuleModel, given: readonly Node[], seen: Set<Variable>): Variable | undefined {
  let found: Variable | undefined;
  for (const node of nodes) {
    walk(node, (at) => {
      const variable = at.type === 'Identifier' && !(at.parent.type === 'Property' && at.parent.key === at && at.parent.value !== at) ? model.scopes.variableOf(at) : undefined;
      if (found || !variable || seen.has(variable)) return;
      seen.add(variable);
      if (changing.has(variable)) {
        found = variable;
        return;
      }
      const definition = variable.defs[0];
      if (definition?.type === 'Variable' && definition.parent.kind === 'const' && definition.node.init && !isFunction(definition.node.init)) found = changingIn([definition.node.init], changing, model, given, seen);
      if (definition?.type === 'Parameter') {
        const index = isFunction(definition.node as Node) ? (definition.node as TSESTree.FunctionExpression).params.indexOf(definition.name as TSESTree.Parameter) : -1;
        const argument = given[index];
        if (argument) found = changingIn([argument], changing, model, [], seen);
      }
    });
  }
  return found;
}

/** True if something else than the answer itself decides, after it has come or before it is asked for, whether it is shown. */
function isOtherwiseDecided(graph: EffectGraph, provenances: Provenances, request: EffectOf<'suspend'>, { effect: write, shown }: Showing, model: ModuleModel): boolean {
  return graph.effects.some((branch) => {
    const test = branch.kind === 'branch' ? testOf(branch) : undefined;
    if (!test) return false;
    if (leadsTo(graph, request, branch)) return leadsTo(graph, branch, write) && asksOthers(test, branch, provenances, request, model);
    return leadsTo(graph, branch, request) && asksState(test, shown, model);
  });
}

/** The condition that decides at a branch; none for ways that the graph takes on its own account. */
function testOf({ at }: Effect): Node | undefined {
  const holder = at.parent;
  switch (holder?.type) {
    case 'IfStatement': case 'ConditionalExpression': case 'WhileStatement': case 'DoWhileStatement': case 'ForStatement':
      return holder.test === at ? at : undefined;
    case 'LogicalExpression':
      return holder.left === at ? at : undefined;
    case 'SwitchCase':
      return at;
    default:
      return at.type === 'LogicalExpression' ? at.left : at.type === 'ConditionalExpression' ? at.test : undefined;
  }
}

function asksOthers(test: Node, { frame }: Effect, provenances: Provenances, request: EffectOf<'suspend'>, model: ModuleModel): boolean {
  let asks = false;
  walk(test, (node) => {
    if (node.type === 'ThisExpression') asks = true;
    const variable = node.type === 'Identifier' && !(node.parent.type === 'MemberExpression' && node.parent.property === node && !node.parent.computed) ? model.scopes.variableOf(node) : undefined;
    if (!variable || frame.fn.module !== model.module || model.sharing.activationOf(variable) === undefined) return;
    asks ||= !provenances.of({ kind: 'slot', slot: variable }).makers.has(request.callee);
  });
  return asks;
}

/** A flag, or what is shown already: `if (isLoading) return`, `if (user) return`. */
function asksState(test: Node, shown: Variable, model: ModuleModel): boolean {
  let asks = false;
  walk(test, (node) => {
    const variable = node.type === 'Identifier' ? model.scopes.variableOf(node) : undefined;
    asks ||= variable !== undefined && (variable === shown || (isHookState(variable) && isOfWork(variable.name)));
    if (node.type === 'MemberExpression' && calleeText(node) === 'current') asks = true;
  });
  return asks;
}

/** `isLoading`, `busy`, `initialized`: says what the component is about. */
function isOfWork(name: string): boolean {
  return /load|fetch|busy|pending|progress|submitt|saving|searching|initiali|ready|done|status|started/i.test(name);
}

import { isFunction, isWithin, walk } from '../../language/index.js';
import type { FunctionNode, Node, TSESTree, Variable } from '../../language/index.js';
import { effectHooks } from '../catalog/effect-hooks.js';
import type { EffectHooks } from '../catalog/effect-hooks.js';
import { importOf } from './exports.js';
import { calleeText } from './functions.js';
import type { FunctionInfo } from './functions.js';
import { hookStateOf } from './hook-states.js';
import type { ModuleModel } from './module.js';
import { ownNodes } from './shared-memory.js';
import { variablesIn } from './variables-in.js';

/** An effect of a component, which runs again when what it depends on has changed. */
export interface ComponentEffect {
  readonly fn: FunctionInfo;
  /** What may be another value when it runs again. */
  readonly changing: ReadonlySet<Variable>;
}

/** True if a function is given to a hook as a component's effect. */
export function isComponentEffect({ node: { parent } }: FunctionInfo, model: ModuleModel): boolean {
  if (parent?.type !== 'CallExpression') return false;
  const [name, hooks] = hookNamed(parent.callee, model);
  return hooks !== undefined && [...hooks.listed, ...hooks.watching, ...hooks.tracking].includes(name);
}

/** The effects of a module's components that run again, and that nothing stops when they do. */
export function uncancelledEffectsIn(model: ModuleModel): ComponentEffect[] {
  const found: ComponentEffect[] = [];
  for (const call of model.module.nodes.of('CallExpression')) {
    const effect = effectAt(call, model);
    if (effect && effect.changing.size > 0 && !isStopped(effect.fn.node, model)) found.push(effect);
  }
  return found;
}

function effectAt(call: TSESTree.CallExpression, model: ModuleModel): ComponentEffect | undefined {
  const [name, hooks] = hookNamed(call.callee, model);
  if (!hooks) return undefined;
  const [first, second] = call.arguments;
  const made = (callback: Node | undefined, changing: Iterable<Variable>): ComponentEffect | undefined => {
    const fn = callback && isFunction(callback) ? model.table.infoOf(callback) : undefined;
    return fn && { fn, changing: new Set([...changing].flatMap((variable) => [variable, ...behindCallback(variable, model)]).filter((variable) => mayChange(variable, model))) };
  };
  if (hooks.listed.includes(name)) return second?.type === 'ArrayExpression' ? made(first, variablesIn(second, model)) : undefined;
  if (hooks.watching.includes(name) && first && second && isFunction(second)) return made(second, [...variablesIn(first, model), ...(second.params[0] ? variablesIn(second.params[0], model) : [])]);
  return hooks.tracking.includes(name) && first && isFunction(first) && first.params.length === 0 ? made(first, [...variablesIn(first, model)].filter(({ identifiers: [name] }) => name && !isWithin(name as Node, first))) : undefined;
}

function hookNamed(callee: Node, model: ModuleModel): [string, EffectHooks | undefined] {
  const root = callee.type === 'MemberExpression' ? callee.object : callee;
  const variable = root.type === 'Identifier' ? model.scopes.variableOf(root) : undefined;
  const imported = variable && importOf(variable);
  const name = callee.type === 'MemberExpression' ? calleeText(callee) : (imported?.name ?? '');
  return [name, imported && effectHooks.find(({ modules }) => modules.test(imported.specifier))];
}

/** `const load = useCallback(async () => …, [id])` is another function whenever `id` has changed. */
function behindCallback(variable: Variable, model: ModuleModel): Variable[] {
  const call = callbackCallOf(variable);
  const dependencies = call?.arguments[1];
  return dependencies?.type === 'ArrayExpression' ? [...variablesIn(dependencies, model)] : [];
}

function callbackCallOf({ defs: [definition] }: Variable): TSESTree.CallExpression | undefined {
  const init = definition?.type === 'Variable' ? definition.node.init : undefined;
  return init?.type === 'CallExpression' && calleeText(init.callee) === 'useCallback' ? init : undefined;
}

/**
 * The asynchronous functions of its component that an effect starts: `const load = useCallback(async () => …, [id]); useEffect(() => { void load(); }, [load])`.
 * What gives up its own earlier request is none of them.
 */
export function startedBeside({ fn }: ComponentEffect, { scopes, table }: ModuleModel): { readonly fn: FunctionInfo; readonly given: readonly Node[] }[] {
  return ownNodes(fn.node).flatMap((call) => {
    const variable = call.type === 'CallExpression' && call.callee.type === 'Identifier' ? scopes.variableOf(call.callee) : undefined;
    if (call.type !== 'CallExpression' || !variable) return [];
    const callback = callbackCallOf(variable)?.arguments[0];
    const work = table.boundTo(variable) ?? (callback && table.infoOf(callback));
    return work?.isAsync && work.parent !== undefined && work.parent === fn.parent && !givesUp(work.node) ? [{ fn: work, given: call.arguments }] : [];
  });
}

function givesUp({ body }: FunctionNode): boolean {
  let gives = false;
  walk(body, (node) => { gives ||= (node.type === 'CallExpression' || node.type === 'NewExpression') && (STOPPING.test(calleeText(node.callee)) || /^(?:abort|cancel)/.test(calleeText(node.callee))); });
  return gives;
}

/** Services and the like: what everybody has one of. */
const ONE_OF_A_KIND = /(?:client|api|service|stores?|repository|manager|dispatch|navigate|router|history|logger|toasts?|dialogs?|auth|i18n|theme|editor|provider|controller|context|config|settings|options|ref)$|^(?:t|ui|db|env)$/i;

/** False for what is the same whenever the component is shown: functions, references, setters, what the module itself holds. */
function mayChange(variable: Variable, { table, sharing }: ModuleModel): boolean {
  const definition = variable.defs[0];
  if (!definition || sharing.activationOf(variable) === undefined || ONE_OF_A_KIND.test(variable.name) || table.boundTo(variable)) return false;
  const state = hookStateOf(variable);
  if (state && variable.identifiers.includes(state.setter!)) return false;
  const init = definition.type === 'Variable' ? definition.node.init : undefined;
  return !(init?.type === 'CallExpression' && /^use(?:Ref|Callback|Reducer|Dispatch|Navigate|Router|Store|Stores)$/.test(calleeText(init.callee)));
}

/** Calls by which an effect is told that its time is over. */
const STOPPING = /^(?:onCleanup|onWatcherCleanup|onScopeDispose|onInvalidate|AbortController)$/;

/** True if something is called when the effect runs again that may end what is under way. A timer that has fired is not ended by clearing it. */
function isStopped({ params, body }: FunctionNode, model: ModuleModel): boolean {
  const [, , onCleanup] = params;
  let isStopped = onCleanup !== undefined && onCleanup.type !== 'Identifier';
  walk(body, (node) => {
    if (onCleanup?.type === 'Identifier' && node.type === 'Identifier' && node.name === onCleanup.name) isStopped = true;
    if ((node.type === 'CallExpression' || node.type === 'NewExpression') && STOPPING.test(calleeText(node.callee))) isStopped = true;
    if (node.type === 'ReturnStatement' && node.argument && isOwn(node, body)) isStopped ||= !isHarmless(node.argument, model);
  });
  return isStopped || (body.type !== 'BlockStatement' && isFunction(body));
}

function isOwn(node: Node, body: Node): boolean {
  for (let at: Node | undefined = node; at && at !== body; at = at.parent) if (isFunction(at)) return false;
  return true;
}

/**
 * What is returned to be called before the next run sets flags, clears timers, and listens no more: whether the flags are looked at is seen where the
 * answer comes, and who has stopped listening still gets the answer to what was asked.
 */
function isHarmless(cleanup: Node, model: ModuleModel): boolean {
  if (!isFunction(cleanup)) return (cleanup.type === 'Identifier' && cleanup.name === 'undefined') || stopsListening(cleanup, model);
  let isHarmless = true;
  walk(cleanup.body, (node) => {
    if (node.type === 'CallExpression' || node.type === 'NewExpression') isHarmless &&= /^(?:clear(?:Timeout|Interval)|off|remove(?:Event)?Listener)$/.test(calleeText(node.callee)) || (node.callee.type === 'Identifier' && stopsListening(node.callee, model));
  });
  return isHarmless;
}

/** `const stop = rooms.onChange(show)`: the function by which a listener is taken away again. */
function stopsListening(node: Node, { scopes }: ModuleModel): boolean {
  const definition = node.type === 'Identifier' ? scopes.variableOf(node)?.defs[0] : undefined;
  const init = definition?.type === 'Variable' && definition.parent.kind === 'const' && definition.node.id.type === 'Identifier' ? definition.node.init : undefined;
  return init?.type === 'CallExpression' && LISTENING.test(calleeText(init.callee));
}

const LISTENING = /^(?:on(?![a-z])|(?:add|register)\w*Listener$|listen$)/;

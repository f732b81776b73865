import { childrenOf, isFunction } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { blockedBy } from '../catalog/blocking.js';
import { eachElement } from '../catalog/collections.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { isChaining } from '../model/promise-chains.js';
import { answersRequests, functionCalled, listensToEditor } from '../model/request-handlers.js';
import { atomicsOperation } from '../model/shared-memory.js';
import { textIn, textOf } from '../model/text.js';
import { threadsAround } from './threads.js';

/** A call that keeps a thread which others wait for. */
export interface BlockingCall {
  readonly call: TSESTree.CallExpression;
  readonly model: ModuleModel;
  /** What it waits for: `a child process`. */
  readonly waitsFor: string;
  /** Who runs it: the handler of requests, a listener to what happens in the editor, or the thread that shows the page. */
  readonly in: { readonly kind: 'handler' | 'listener'; readonly fn: FunctionInfo } | { readonly kind: 'main' | 'page' };
  /** The call in the module at hand that leads to it; itself, if it stands there. */
  readonly at: Node;
}

const DEEPEST_CALL = 3;
/** What runs once, in development, or on the way out, keeps nobody. */
const RARE = /production|development|isDev|__DEV__|DEBUG|\bonce\b|memo/;

export function blockingCallsIn(model: ModuleModel): readonly BlockingCall[] {
  const found = new Map<Node, BlockingCall>();
  for (const fn of model.table.functions) {
    const kind = answersRequests(fn, model) ? 'handler' : listensToEditor(fn, model) ? 'listener' : undefined;
    if (!kind) continue;
    for (const blocking of callsUnder(fn, model, [])) {
      const at = blocking.model === model ? blocking.call : blocking.path[0]!;
      // An extension reads small files of its own at once; other programs take their time.
      if (!found.has(at) && (kind === 'handler' || blocking.waitsFor === 'a child process')) found.set(at, { ...blocking, in: { kind, fn }, at });
    }
  }
  for (const [call, kind] of onMainThread(model)) if (!found.has(call)) found.set(call, { call, model, waitsFor: waitedFor(call, model)!, in: { kind }, at: call });
  return [...found.values()];
}

interface Reached {
  readonly call: TSESTree.CallExpression;
  readonly model: ModuleModel;
  readonly waitsFor: string;
  readonly path: readonly Node[];
}

/** Blocking calls of a function, and of those that it calls. */
function callsUnder(fn: FunctionInfo, model: ModuleModel, path: readonly Node[], seen = new Set<FunctionInfo>()): Reached[] {
  if (seen.has(fn) || path.length > DEEPEST_CALL) return [];
  seen.add(fn);
  return ownCalls(fn.node.body, model).flatMap((call) => {
    const waitsFor = waitedFor(call, model);
    if (waitsFor !== undefined) return isRare(call, model) ? [] : [{ call, model, waitsFor, path }];
    const called = functionCalled(call, model);
    if (!called || RARE.test(called.ownName) || isRare(call, model)) return [];
    return callsUnder(called, model.links.modelOf(called.module), [...path, call], seen);
  });
}

const known = new WeakMap<Node, readonly TSESTree.CallExpression[]>();

/** Calls that running a body makes, not those of functions that it only passes on. */
function ownCalls(body: Node, model: ModuleModel): readonly TSESTree.CallExpression[] {
  let calls = known.get(body);
  if (!calls) known.set(body, (calls = callsIn(body, model)));
  return calls;
}

function callsIn(body: Node, model: ModuleModel): TSESTree.CallExpression[] {
  const calls: TSESTree.CallExpression[] = [];
  const visit = (node: Node): void => {
    if (isFunction(node) && !isRunInPlace(node)) return;
    if (node.type === 'CallExpression') calls.push(node);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(body);
  return calls.filter((call) => model.table.around(call) !== undefined);
}

function isRunInPlace({ parent }: Node): boolean {
  return parent?.type === 'CallExpression' && (isFunction(parent.callee) || eachElement.has(calleeText(parent.callee)) || isChaining(calleeText(parent.callee)));
}

function waitedFor(call: TSESTree.CallExpression, model: ModuleModel): string | undefined {
  if (atomicsOperation(call, model) === 'wait') return 'another agent';
  if (/^ipc(?:Renderer)?$/.test(call.callee.type === 'MemberExpression' ? calleeText(call.callee.object) : '') && calleeText(call.callee) === 'sendSync') return 'the main process';
  if (isSyncRequest(call, model)) return 'the network';
  return blockedBy(calleeText(call.callee));
}

/** `request.open('GET', url, false)` of an XMLHttpRequest. */
function isSyncRequest({ callee, arguments: [, , isAsync] }: TSESTree.CallExpression, model: ModuleModel): boolean {
  if (calleeText(callee) !== 'open' || callee.type !== 'MemberExpression' || isAsync?.type !== 'Literal' || isAsync.value !== false || callee.object.type !== 'Identifier') return false;
  const definition = model.scopes.variableOf(callee.object)?.defs[0];
  return definition?.type === 'Variable' && definition.node.init?.type === 'NewExpression' && calleeText(definition.node.init.callee) === 'XMLHttpRequest';
}

/** Waits on a thread that must not wait: where the code asks for the main thread, and in a page. */
function onMainThread(model: ModuleModel): [TSESTree.CallExpression, 'main' | 'page'][] {
  const threads = threadsAround(model);
  const found: [TSESTree.CallExpression, 'main' | 'page'][] = [];
  for (const node of model.module.nodes.of('CallExpression')) {
    if (!/^(?:another agent|the main process|the network)$/.test(waitedFor(node, model) ?? '')) continue;
    const isIpc = calleeText(node.callee) === 'sendSync';
    if (isIpc ? model.table.around(node) : threads.isInPage(node)) found.push([node, 'page']);
    else if (!isIpc && threads.isMainOnly(node)) found.push([node, 'main']);
  }
  return found;
}

/** Done the first time only, outside of production, or before the process ends. */
function isRare(call: TSESTree.CallExpression, model: ModuleModel): boolean {
  const text = textIn(model);
  for (let at: Node = call; at.parent && !isFunction(at); at = at.parent) {
    const { parent } = at;
    if (parent.type === 'AssignmentExpression' && /^(?:\?\?|\|\|)=$/.test(parent.operator)) return true;
    const test = (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') && at !== parent.test ? parent.test : undefined;
    if (test && (RARE.test(text(test)) || isFilledThere(test, call, model))) return true;
    if (parent.type === 'BlockStatement' && parent.body.some((statement) => /\bprocess\.exit\(/.test(text(statement)))) return true;
  }
  return false;
}

/** `if (!page) page = readFileSync(…)`, `if (!cache.has(key)) cache.set(key, readFileSync(…))`: what is asked for is filled. */
function isFilledThere(test: Node, call: Node, model: ModuleModel): boolean {
  const text = textOf(test, model);
  for (let at: Node = call; at.parent && !isFunction(at); at = at.parent) {
    const { parent } = at;
    const target = parent.type === 'AssignmentExpression' && parent.right === at ? parent.left : parent.type === 'CallExpression' && parent.callee.type === 'MemberExpression' && calleeText(parent.callee) === 'set' ? parent.callee.object : undefined;
    if (target && text.includes(textOf(target, model))) return true;
  }
  return false;
}

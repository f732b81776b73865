import type { Node, TSESTree, Variable } from '../../language/index.js';
import { importOf } from '../model/exports.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { ownNodes } from '../model/shared-memory.js';
import { textIn } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';
import { ownWorkAt } from './own-ends.js';

/** A function begins something, or tells somebody something, is suspended, and only then listens for what comes of it. */
export interface LateListener {
  /** What is begun or sent: `new WebSocket(url)`, `child.send(message)`. */
  readonly start: Node;
  readonly suspension: TSESTree.AwaitExpression;
  readonly listener: TSESTree.CallExpression;
  /** `open` */
  readonly event: string;
  /** `WebSocket`, `send` */
  readonly name: string;
  readonly fn: FunctionInfo;
}

/** What goes on by itself as soon as it is made, and tells of it once. */
const BEGINNING = /^(?:WebSocket|EventSource|Worker|SharedWorker|fork|spawn|exec|execFile|createConnection|(?:net|tls|http2)\.connect|indexedDB\.open)$/;
const BEGINNING_EVENT = /^(?:open|message|exit|close|spawn|online|ready|connect|secureConnect|success|upgradeneeded|blocked)$/;
/** What goes on by itself from when it is told that no more will come. */
const STREAM = /^(?:createWriteStream|createGzip|createGunzip|createDeflate|createBrotliCompress)$/;
/** A file is opened as soon as its stream is made, and an error that nobody hears ends the process. */
const FILE = /^create(?:Read|Write)Stream$/;
const ENDING_EVENT = /^(?:finish|close)$/;
const TELLING = /^(?:send|postMessage|emit)$/;
/** That something has come to its end is no answer. */
export const NO_ANSWER = /^(?:error|close|end|exit|finish|drain|disconnect|abort)$/;
const LISTENING = /^(?:on|once|addListener|addEventListener|prependListener|prependOnceListener)$/;

export function lateListenersIn(model: ModuleModel): LateListener[] {
  let known: readonly Listener[] | undefined;
  const listening = (): readonly Listener[] => (known ??= model.module.nodes.of('CallExpression').flatMap((call) => listenerAt(call) ?? []));
  return model.table.functions.flatMap((fn) => (fn.isAsync ? lateIn(fn, model, listening) : []));
}

interface Listener {
  readonly call: TSESTree.CallExpression;
  readonly event: string | undefined;
  /** Whom it listens to. */
  readonly source: Node;
}

function lateIn(fn: FunctionInfo, model: ModuleModel, listening: () => readonly Listener[]): LateListener[] {
  const nodes = ownNodes(fn.node);
  const suspensions = nodes.filter((node): node is TSESTree.AwaitExpression => node.type === 'AwaitExpression');
  if (suspensions.length === 0) return [];
  return nodes.flatMap((node) => {
    const begun = node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init ? begunBy(unwrap(node.init), model) : undefined;
    const variable = begun !== undefined && node.type === 'VariableDeclarator' ? model.scopes.variableOf(node.id) : undefined;
    const made = begun === undefined && node.type === 'VariableDeclarator' && node.init?.type === 'NewExpression' && node.id.type === 'Identifier' ? model.scopes.variableOf(node.id) : undefined;
    const late = variable ? afterBeginning(fn, node, begun!, variable, suspensions) : made && node.type === 'VariableDeclarator' ? afterOwnWork(fn, node.init!, made, suspensions, model) : node.type === 'CallExpression' ? afterTelling(fn, node, suspensions, model, listening) : undefined;
    return late ? [late] : [];
  });
}

function begunBy(init: Node, model: ModuleModel): string | undefined {
  if (init.type !== 'NewExpression' && init.type !== 'CallExpression') return undefined;
  const receiver = init.callee.type === 'MemberExpression' ? calleeText(init.callee.object) : '';
  const method = calleeText(init.callee);
  const name = (method === 'open' && receiver === 'indexedDB') || (method === 'connect' && /^(?:net|tls|http2)$/.test(receiver)) ? `${receiver}.${method}` : connectionBy(init.callee, model) ?? method;
  return BEGINNING.test(name) || STREAM.test(name) || (FILE.test(name) && /^(?:fs)?$/.test(receiver)) ? name : undefined;
}

/** `connect(port)`, where the name comes from `node:net`. */
function connectionBy(callee: Node, model: ModuleModel): string | undefined {
  const variable = callee.type === 'Identifier' ? model.scopes.variableOf(callee) : undefined;
  const imported = variable && importOf(variable);
  const module = imported?.name === 'connect' ? /^(?:node:)?(net|tls|http2)$/.exec(imported.specifier)?.[1] : undefined;
  return module && `${module}.connect`;
}

/** `source.pipe(file);`, `file.end(text);`: from there the stream comes to its end by itself. */
function endingBy(use: Node): Node | undefined {
  const holder = use.parent;
  const call = holder?.type === 'MemberExpression' && holder.object === use && calleeText(holder) === 'end' ? holder.parent : holder;
  if (call?.type !== 'CallExpression' || call.parent.type !== 'ExpressionStatement') return undefined;
  return call === holder ? (calleeText(call.callee) === 'pipe' && call.arguments[0] === use ? call : undefined) : call;
}

/** The first listener for errors, if there is a suspension before it and nobody else was handed the stream. */
function lateForErrors(start: Node, uses: readonly Node[], suspensions: readonly TSESTree.AwaitExpression[]): Pick<LateListener, 'suspension' | 'listener'> | undefined {
  for (const use of uses) {
    const listener = listeningTo(use);
    if (!listener && (isHandedOver(use) || isHandlerOf(use) || use.parent?.type === 'ForOfStatement')) return undefined;
    if (listener?.event !== 'error') continue;
    const suspension = suspensions.find(({ range }) => range[0] > start.range[1] && range[1] < listener.call.range[0] && !isAround(use, range));
    return suspension && { suspension, listener: listener.call };
  }
  return undefined;
}

function afterBeginning(fn: FunctionInfo, start: Node, name: string, { references }: Variable, suspensions: readonly TSESTree.AwaitExpression[]): LateListener | undefined {
  const uses = references.map(({ identifier }) => identifier as Node).filter(({ range }) => range[0] >= start.range[1]);
  const failing = FILE.test(name) ? lateForErrors(start, uses, suspensions) : undefined;
  if (failing) return { start, ...failing, event: 'error', name, fn };
  if (name === 'createReadStream') return undefined;
  let ending: Node | undefined;
  for (const use of uses) {
    const listener = listeningTo(use);
    // Whoever is handed it may listen; a handler that is assigned does.
    if (!listener) {
      const end = STREAM.test(name) ? endingBy(use) : undefined;
      ending ??= end;
      if (end) continue;
      if (isHandedOver(use) || isHandlerOf(use)) return undefined;
      continue;
    }
    if (ANSWERING.test(name) && listener.event === 'message' && isAskedAfter(listener, uses)) return undefined;
    const begun = STREAM.test(name) ? ending : start;
    const suspension = begun && suspensions.find(({ range }) => range[0] > begun.range[1] && range[1] < listener.call.range[0] && !isAround(use, range));
    if (suspension && listener.event !== undefined && (STREAM.test(name) ? ENDING_EVENT : BEGINNING_EVENT).test(listener.event)) return { start, suspension, listener: listener.call, event: listener.event, name, fn };
    // Whoever listens for errors as late may listen for the rest right after.
    if (!suspension || listener.event !== 'error') return undefined;
  }
  return undefined;
}

/** What answers what it is asked. */
const ANSWERING = /^(?:Worker|SharedWorker|fork)$/;

/** `worker.once('message', resolve); worker.postMessage(job)`: what is listened for is the answer to what has yet to be asked. */
function isAskedAfter({ call: { range: [, heard] } }: Listener, uses: readonly Node[]): boolean {
  const asked = uses.filter(({ parent }) => parent?.type === 'MemberExpression' && /^(?:postMessage|send)$/.test(calleeText(parent)) && parent.parent.type === 'CallExpression');
  return asked.length > 0 && asked.every(({ range }) => range[0] > heard);
}

/** `const importer = new Importer(); importer.start(rows); await log(); await once(importer, 'finished')`, where `start` emits that once. */
function afterOwnWork(fn: FunctionInfo, made: Node, { references }: Variable, suspensions: readonly TSESTree.AwaitExpression[], model: ModuleModel): LateListener | undefined {
  const uses = references.map(({ identifier }) => identifier as Node).filter(({ range }) => range[0] >= made.range[1]);
  const [work, again] = uses.flatMap((use) => ownWorkAt(use, made, model) ?? []);
  if (!work || again) return undefined;
  const heard = new Set<string>();
  for (const use of uses) {
    const listener = listeningTo(use);
    if (!listener && isHandedOver(use)) return undefined;
    if (listener && use.range[0] > work.call.range[1] && listener.event !== undefined && work.events.has(listener.event) && !heard.has(listener.event)) {
      const { call: start, name } = work;
      const suspension = start.parent.type === 'AwaitExpression' ? start.parent : suspensions.find(({ range }) => range[0] > start.range[1] && range[1] < listener.call.range[0] && !isAround(use, range));
      if (suspension) return { start, suspension, listener: listener.call, event: listener.event, name, fn };
    }
    if (listener?.event !== undefined) heard.add(listener.event);
  }
  return undefined;
}

function afterTelling(fn: FunctionInfo, start: TSESTree.CallExpression, suspensions: readonly TSESTree.AwaitExpression[], model: ModuleModel, listening: () => readonly Listener[]): LateListener | undefined {
  const name = calleeText(start.callee);
  if (start.callee.type !== 'MemberExpression' || !TELLING.test(name) || start.parent.type !== 'ExpressionStatement') return undefined;
  const textOf = textIn(model);
  const source = textOf(start.callee.object);
  // Of those who are told by many, as a bus, none is the one who answers.
  if (source === 'this' || start.callee.object.type === 'Super') return undefined;
  const listeners = listening().filter((listener) => textOf(listener.source) === source);
  const late = listeners.find(({ call }) => call.range[0] > start.range[1] && call.range[1] <= fn.node.range[1]);
  if (!late || late.event === undefined || NO_ANSWER.test(late.event) || listeners.some((other) => other !== late && other.event === late.event)) return undefined;
  const suspension = suspensions.find(({ range }) => range[0] > start.range[1] && range[1] < late.call.range[0]);
  return suspension && { start, suspension, listener: late.call, event: late.event, name, fn };
}

function isAround(node: Node, [from, to]: readonly [number, number]): boolean {
  return from <= node.range[0] && node.range[1] <= to;
}

/** `socket.once('open', …)`, `once(socket, 'open')` */
function listenerAt(call: TSESTree.CallExpression): Listener | undefined {
  const { callee } = call;
  const isMethod = callee.type === 'MemberExpression' && LISTENING.test(calleeText(callee));
  const source = isMethod ? callee.object : callee.type === 'Identifier' && callee.name === 'once' ? call.arguments[0] : undefined;
  const event = call.arguments[isMethod ? 0 : 1];
  return source && { call, event: event?.type === 'Literal' ? String(event.value) : undefined, source };
}

function listeningTo(use: Node): Listener | undefined {
  const holder = use.parent;
  const call = holder?.type === 'MemberExpression' && holder.object === use ? holder.parent : holder;
  const listener = call?.type === 'CallExpression' ? listenerAt(call) : undefined;
  return listener?.source === use ? listener : undefined;
}

function isHandedOver({ parent, range }: Node): boolean {
  return (parent?.type === 'CallExpression' && parent.callee.range !== range) || parent?.type === 'NewExpression' || parent?.type === 'Property' || parent?.type === 'ReturnStatement' || parent?.type === 'ArrayExpression' || (parent?.type === 'AssignmentExpression' && parent.right.range === range);
}

/** `socket.onopen = …` */
function isHandlerOf({ parent }: Node): boolean {
  return parent?.type === 'MemberExpression' && parent.parent.type === 'AssignmentExpression' && parent.parent.left === parent && /^on[a-z]/.test(calleeText(parent));
}

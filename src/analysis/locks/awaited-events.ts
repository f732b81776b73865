import { isFunction } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { Effect } from '../model/effect.js';
import type { ModuleModel } from '../model/module.js';
import { unwrap } from '../model/unwrap.js';
import { textAt } from '../places.js';
import { leadsTo } from '../regions/order.js';
import type { Study } from '../regions/study.js';
import type { ModuleView } from '../rules/rule.js';
import type { Acquire } from './held.js';
import type { Awaited } from './locked-waits.js';

/** An event of an emitter of the class's or the module's own, as it is written. */
interface AwaitedEvent {
  readonly emitter: string;
  readonly by: Node;
  readonly event: string;
  /** `once` of Node ends with an `error` too. */
  readonly endsWithError: boolean;
}

/** `await once(this, 'opened')`, `await new Promise((resolve) => this.once('opened', resolve))`: whoever emits it ends the wait. */
export function awaitedEvent(view: ModuleView, study: Study, _acquire: Acquire, wait: Effect): Awaited | undefined {
  const awaited = wait.kind === 'suspend' && wait.at.type === 'AwaitExpression' ? eventAwaited(wait.at.argument, (node) => textAt({ at: node, frame: wait.frame })) : undefined;
  if (!awaited || !(isOwn(awaited.emitter) || isKept(awaited.by, view.model)) || study.fn.module !== wait.frame.fn.module) return undefined;
  const { emitter, event, endsWithError } = awaited;
  return {
    text: `\`${event}\` to be emitted`, ending: 'emits it', name: 'emit', studies: view.studies,
    roleOf: (effect) => {
      const emitted = effect.kind === 'call' ? emittedBy(effect, emitter) : undefined;
      return emitted === undefined ? undefined : emitted === event || (endsWithError && emitted === 'error') ? 'ends' : emitted === '' ? 'touches' : undefined;
    },
    isTooEarly: (effect) => !leadsTo(study.graph, wait, effect),
  };
}

/** What others have in their hands they emit on as they like. */
function isOwn(emitter: string): boolean {
  return /^this(?:\.#?\w+)?$/.test(emitter);
}

/** `const bus = new EventEmitter()` of a module that only listens to it and emits on it, and hands it to nobody else. */
function isKept(emitter: Node, { scopes, links }: ModuleModel): boolean {
  const variable = emitter.type === 'Identifier' ? scopes.variableOf(emitter) : undefined;
  const definition = variable?.defs[0];
  if (!variable || definition?.type !== 'Variable' || definition.parent.kind !== 'const' || definition.node.init?.type !== 'NewExpression' || !/Emitter$/.test(calleeText(definition.node.init.callee))) return false;
  const isExported = [...links.moduleOf(variable).exports.names.values()].some((exported) => exported.kind === 'variable' && exported.variable === variable);
  return !isExported && variable.references.every(({ identifier, init }) => init || isListenedTo(identifier as Node));
}

/** `bus.emit(…)`, `once(bus, …)` */
function isListenedTo(use: Node): boolean {
  const { parent } = use;
  if (parent?.type === 'MemberExpression') return parent.object === use && parent.parent.type === 'CallExpression' && parent.parent.callee === parent;
  return parent?.type === 'CallExpression' && parent.arguments[0] === use && /^(?:once|on)$/.test(calleeText(parent.callee));
}

export function eventAwaited(awaited: Node, textOf: (node: Node) => string): AwaitedEvent | undefined {
  const node = unwrap(awaited);
  if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'once' && node.arguments.length === 2) {
    const event = literal(node.arguments[1]);
    return event === undefined ? undefined : { emitter: textOf(node.arguments[0]!), by: unwrap(node.arguments[0]!), event, endsWithError: true };
  }
  const listening = node.type === 'NewExpression' && calleeText(node.callee) === 'Promise' && node.arguments[0] && isFunction(node.arguments[0]) ? onlyCallIn(node.arguments[0]) : undefined;
  if (listening?.callee.type !== 'MemberExpression' || !/^(?:once|on)$/.test(calleeText(listening.callee))) return undefined;
  const event = literal(listening.arguments[0]);
  return event === undefined ? undefined : { emitter: textOf(listening.callee.object), by: unwrap(listening.callee.object), event, endsWithError: false };
}

/** The one call that a function makes, where it does nothing else. */
function onlyCallIn({ body }: TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.TSEmptyBodyFunctionExpression): TSESTree.CallExpression | undefined {
  if (!body) return undefined;
  const [statement, ...more] = body.type === 'BlockStatement' ? body.body : [];
  const node = body.type !== 'BlockStatement' ? body : more.length === 0 && statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  return node?.type === 'CallExpression' ? node : undefined;
}

/** The event that a call emits on the emitter: its name, or nothing if that is computed. */
export function emittedBy(effect: Effect, emitter: string): string | undefined {
  if (effect.at.type !== 'CallExpression' || effect.at.callee.type !== 'MemberExpression' || calleeText(effect.at.callee) !== 'emit') return undefined;
  return textAt({ at: effect.at.callee.object, frame: effect.frame }) === emitter ? (literal(effect.at.arguments[0]) ?? '') : undefined;
}

function literal(node: Node | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

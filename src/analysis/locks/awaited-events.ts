import { isFunction } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { Effect } from '../model/effect.js';
import { unwrap } from '../model/unwrap.js';
import { textAt } from '../places.js';
import type { Study } from '../regions/study.js';
import type { ModuleView } from '../rules/rule.js';
import type { Acquire } from './held.js';
import type { Awaited } from './locked-waits.js';

/** An event of an emitter of the class's own, as it is written. */
interface AwaitedEvent {
  readonly emitter: string;
  readonly event: string;
  /** `once` of Node ends with an `error` too. */
  readonly endsWithError: boolean;
}

/** `await once(this, 'opened')`, `await new Promise((resolve) => this.once('opened', resolve))`: whoever emits it ends the wait. */
export function awaitedEvent(view: ModuleView, study: Study, _acquire: Acquire, wait: Effect): Awaited | undefined {
  const awaited = wait.kind === 'suspend' && wait.at.type === 'AwaitExpression' ? eventAwaited(wait.at.argument, (node) => textAt({ at: node, frame: wait.frame })) : undefined;
  if (!awaited || !isOwn(awaited.emitter) || study.fn.module !== wait.frame.fn.module) return undefined;
  const { emitter, event, endsWithError } = awaited;
  return {
    text: `\`${event}\` to be emitted`, ending: 'emits it', name: 'emit', studies: view.studies,
    roleOf: (effect) => {
      const emitted = effect.kind === 'call' ? emittedBy(effect, emitter) : undefined;
      return emitted === undefined ? undefined : emitted === event || (endsWithError && emitted === 'error') ? 'ends' : emitted === '' ? 'touches' : undefined;
    },
  };
}

/** What others have in their hands they emit on as they like. */
function isOwn(emitter: string): boolean {
  return /^this(?:\.#?\w+)?$/.test(emitter);
}

export function eventAwaited(awaited: Node, textOf: (node: Node) => string): AwaitedEvent | undefined {
  const node = unwrap(awaited);
  if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'once' && node.arguments.length === 2) {
    const event = literal(node.arguments[1]);
    return event === undefined ? undefined : { emitter: textOf(node.arguments[0]!), event, endsWithError: true };
  }
  const listening = node.type === 'NewExpression' && calleeText(node.callee) === 'Promise' && node.arguments[0] && isFunction(node.arguments[0]) ? onlyCallIn(node.arguments[0]) : undefined;
  if (listening?.callee.type !== 'MemberExpression' || !/^(?:once|on)$/.test(calleeText(listening.callee))) return undefined;
  const event = literal(listening.arguments[0]);
  return event === undefined ? undefined : { emitter: textOf(listening.callee.object), event, endsWithError: false };
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

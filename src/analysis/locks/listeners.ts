import { isFunction, walk } from '../../language/index.js';
import type { FunctionNode, Node } from '../../language/index.js';
import { ofKind } from '../model/effect.js';
import type { EffectOf } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';
import { textIn } from '../model/text.js';
import type { Study } from '../regions/study.js';

/** A lock that its holder gives back in any case, and a listener for the end of something gives back too. */
export interface Listening {
  readonly own: EffectOf<'release'>;
  /** The call in the listener. */
  readonly heard: Node;
  readonly event: string;
}

const LISTENING = /^(?:on|once|addListener|addEventListener|prependListener)$/;
const UNLISTENING = /\.(?:off|removeListener|removeAllListeners|removeEventListener)\b/;

/** What comes once whatever is connected, read or run has ended. */
const OF_AN_END = /^(?:close|finish|end|exit|abort|aborted|disconnect)$/;

/** `res.on('close', () => permits.release())` beside `finally { permits.release(); }`: the event comes while the work goes on, or after it. */
export function givenBackByListener({ graph: { effects } }: Study): Listening[] {
  return ofKind(effects, 'release').flatMap((own) => {
    const home = functionAround(own.at);
    if (own.isIdempotent !== false || own.aside || own.at.type !== 'CallExpression' || own.at.arguments.length > 0 || isDecided(own.at, home)) return [];
    const textOf = textIn(own.frame.fn);
    if (UNLISTENING.test(textOf(home))) return [];
    for (const call of ownNodes(home)) {
      if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression' || !LISTENING.test(calleeText(call.callee))) continue;
      const [event, listener] = call.arguments;
      const name = event?.type === 'Literal' && typeof event.value === 'string' ? event.value : undefined;
      if (name === undefined || !OF_AN_END.test(name) || !listener || !isFunction(listener)) continue;
      const heard = callIn(listener, textOf(own.at), textOf);
      if (heard) return [{ own, heard, event: name }];
    }
    return [];
  });
}

/** The same call in a listener that asks nothing. */
function callIn(listener: FunctionNode, text: string, textOf: (node: Node) => string): Node | undefined {
  let found: Node | undefined;
  let asks = false;
  walk(listener.body, (node) => {
    asks ||= DECIDING.test(node.type);
    if (!found && node.type === 'CallExpression' && textOf(node) === text && functionAround(node) === listener) found = node;
  });
  return asks ? undefined : found;
}

const DECIDING = /^(?:If|Switch)Statement$|^(?:Conditional|Logical)Expression$|^CatchClause$/;

/** True if a condition decides about it, or it comes only where something has failed. */
function isDecided(node: Node, home: Node): boolean {
  for (let at: Node | undefined = node; at && at !== home; at = at.parent) if (DECIDING.test(at.type)) return true;
  return false;
}

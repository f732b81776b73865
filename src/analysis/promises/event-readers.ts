import { walk } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { Location } from '../model/location.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround } from '../model/shared-memory.js';

const LISTENING = /^(?:on|once|addListener|prependListener|addEventListener)$/;

/** True if a listener for an event, in the same module, looks at a place as soon as it hears: `orders.on('imported', (id) => show(orders.byId.get(id)))`. */
export function isReadOnEvent(event: string, place: Location, { module: { nodes } }: ModuleModel): boolean {
  const name = ownNameOf(place);
  return name !== undefined && nodes.of('CallExpression').some(({ callee, arguments: [first, listener] }) =>
    LISTENING.test(calleeText(callee)) && first?.type === 'Literal' && first.value === event
    && (listener?.type === 'ArrowFunctionExpression' || listener?.type === 'FunctionExpression') && mentionsAtOnce(listener, name));
}

/** The field or the variable that holds a place: `byId` of `this.byId[id]`. */
function ownNameOf({ root, path }: Location): string | undefined {
  const last = path.findLast((step) => step.kind === 'member');
  return last?.kind === 'member' ? last.name : root.kind === 'variable' ? root.variable.name : undefined;
}

/** What a callback within the listener looks at is looked at later. */
function mentionsAtOnce(listener: Node, name: string): boolean {
  let found = false;
  walk(listener, (node) => {
    found ||= (node.type === 'Identifier' || node.type === 'PrivateIdentifier') && node.name === name.replace(/^#/, '') && functionAround(node) === listener;
  });
  return found;
}

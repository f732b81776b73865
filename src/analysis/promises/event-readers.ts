import { walk } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { Location } from '../model/location.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';

const LISTENING = /^(?:on|once|addListener|prependListener|addEventListener)$/;

/** True if a listener for an event, in the same module, looks at a place as soon as it hears: `orders.on('imported', (id) => show(orders.byId.get(id)))`. */
export function isReadOnEvent(event: string, place: Location, model: ModuleModel): boolean {
  const name = ownNameOf(place);
  return name !== undefined && listenersFor(event, model).some((listener) => mentionsAtOnce(listener, name));
}

/** The same where it takes for granted that something is there: `session.on('login', () => greet(session.profile!.name))`. */
export function isNeededOnEvent(event: string, place: Location, model: ModuleModel): boolean {
  const name = ownNameOf(place)?.replace(/^#/, '');
  return name !== undefined && listenersFor(event, model).some((listener) => {
    const mentions = ownNodes(listener).filter((node) => node.type === 'Identifier' && node.name === name).map(placeAround);
    return mentions.some(isTakenFrom) && !mentions.some(isTested);
  });
}

function listenersFor(event: string, { module: { nodes } }: ModuleModel): readonly Node[] {
  return nodes.of('CallExpression').flatMap(({ callee, arguments: [first, listener] }) =>
    LISTENING.test(calleeText(callee)) && first?.type === 'Literal' && first.value === event && (listener?.type === 'ArrowFunctionExpression' || listener?.type === 'FunctionExpression') ? [listener] : []);
}

/** `session.profile!`, of the name in it. */
function placeAround(name: Node): Node {
  const holder = name.parent;
  const whole = holder?.type === 'MemberExpression' && holder.property === name && !holder.computed ? holder : name;
  return whole.parent?.type === 'TSNonNullExpression' ? whole.parent : whole;
}

function isTakenFrom(place: Node): boolean {
  return place.parent?.type === 'MemberExpression' && place.parent.object === place && !place.parent.optional;
}

/** Asked for, or given, by whoever hears. */
function isTested(place: Node): boolean {
  const { parent } = place;
  return /^(?:If|While)Statement$|^(?:Logical|Conditional|Unary|Binary|Assignment)Expression$/.test(parent?.type ?? '') || (parent?.type === 'MemberExpression' && parent.object === place && parent.optional);
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

import { isFunction, walk } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { isWaiting } from '../catalog/work.js';
import { textAt } from '../places.js';
import type { Effect, EffectOf } from '../model/effect.js';
import { keyName } from '../model/functions.js';
import { isAtOrAbove, lastName, mayBeSame, shortName } from '../model/location.js';
import type { Location } from '../model/location.js';
import type { Links } from '../model/module.js';
import { unwrap } from '../model/unwrap.js';
import { leadsTo } from '../regions/order.js';
import type { Study } from '../regions/study.js';
import type { ModuleView } from '../rules/rule.js';
import type { Acquire } from './held.js';
import type { Awaited } from './locked-waits.js';

/** `while (!ready) await sleep(10)`: whoever writes what the loop asks for ends the wait. */
export function awaitedFlag(view: ModuleView, { graph }: Study, _acquire: Acquire, wait: Effect): Awaited | undefined {
  const loop = wait.kind === 'suspend' && passesTime(wait) ? loopAround(wait.at) : undefined;
  const asked = loop && askedIn(loop.test!);
  const read = asked && graph.effects.find((effect): effect is EffectOf<'read'> => effect.kind === 'read' && effect.at === asked && effect.frame === wait.frame);
  if (!read || isLeft(loop!) || !isHidden(read.location, view.model.links)) return undefined;
  const { location } = read;
  return {
    text: `\`${shortName(location)}\` to change`, ending: 'writes it', isPolled: true, name: lastName(location), studies: view.studiesAround(location),
    roleOf: (effect) => (effect.kind === 'write' && (mayBeSame(effect.location, location) || isAtOrAbove(effect.location, location)) ? 'ends' : undefined),
    // The loop asks again after whatever was written before it.
    isTooEarly: (effect) => !leadsTo(graph, wait, effect),
  };
}

/** Nothing is done meanwhile but to let others run. */
function passesTime(wait: EffectOf<'suspend'>): boolean {
  return isWaiting(wait.callee) || (wait.callee === 'new Promise' && /\bset(?:Timeout|Immediate)\b/.test(textAt(wait)));
}

type Loop = TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement;

function loopAround(node: Node): Loop | undefined {
  for (let at = node.parent; at && !isFunction(at); at = at.parent) {
    if (at.type === 'WhileStatement' || at.type === 'DoWhileStatement') return at;
    if (at.type === 'ForStatement') return at.test && !at.update ? at : undefined;
    if (at.type === 'ForOfStatement' || at.type === 'ForInStatement') return undefined;
  }
  return undefined;
}

/** The one place whose value decides, if nothing else does. */
function askedIn(test: Node): Node | undefined {
  const node = unwrap(test);
  if (node.type === 'UnaryExpression' && node.operator === '!') return askedIn(node.argument);
  if (node.type === 'BinaryExpression') {
    if (isLiteral(unwrap(node.right))) return askedIn(node.left);
    return isLiteral(unwrap(node.left)) ? askedIn(node.right) : undefined;
  }
  return node.type === 'Identifier' || node.type === 'MemberExpression' || node.type === 'CallExpression' ? node : undefined;
}

function isLiteral(node: Node): boolean {
  return node.type === 'Literal' || (node.type === 'Identifier' && node.name === 'undefined');
}

/** True if the loop has another way out, or does something itself. */
function isLeft(loop: Loop): boolean {
  let isLeft = false;
  walk(loop.body, (node) => {
    isLeft ||= /^(?:BreakStatement|ReturnStatement|ThrowStatement|AssignmentExpression|UpdateExpression|TryStatement)$/.test(node.type);
  });
  return isLeft;
}

/** False for what other modules may write: an exported variable, a public field. */
function isHidden({ root, path: [step] }: Location, links: Links): boolean {
  if (root.kind === 'variable') {
    const { variable } = root;
    return ![...links.moduleOf(variable).exports.names.values()].some((exported) => exported.kind === 'variable' && exported.variable === variable);
  }
  if (step?.kind !== 'member') return false;
  if (/^[#_]/.test(step.name)) return true;
  return root.owner.node.body.body.some((member) => member.type === 'PropertyDefinition' && keyName(member.key, member.computed) === step.name && member.accessibility === 'private');
}

import { isFunction, type Node } from '../../language/index.js';
import type { Draft } from '../draft.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { hookStateAt } from '../hook-states.js';
import { partsOf } from '../region-parts.js';
import { ownNodes } from '../syntax.js';
import { joinedName, shortLocation } from '../wording.js';

/** `setCount(count + n)` becomes `setCount((currentCount) => currentCount + n)`: React hands over what the state is when it is set, not what it was when the component was rendered. */
export function passUpdater(code: FlaggedCode): Cure | undefined {
  const draft = code.draft();
  for (const act of partsOf(code)?.acts ?? []) if (update(code, draft, act)) return { title: `Set ${shortLocation(code)} from what it is by then`, draft };
  return undefined;
}

function update(code: FlaggedCode, draft: Draft, act: Node): boolean {
  const name = hookStateAt(code, act)?.value?.name;
  const value = act.type === 'CallExpression' ? act.arguments[0] : undefined;
  if (name === undefined || !value || isFunction(value)) return false;
  const nodes = ownNodes(value);
  const uses = nodes.filter((node) => node.type === 'Identifier' && code.scopes.variableOf(node)?.name === name);
  // What is waited for is no updater's business, and what a function inside sees is another matter.
  if (uses.length === 0 || nodes.some((node) => node.type === 'AwaitExpression' || isFunction(node))) return false;
  const current = code.freshLocal(joinedName('current', name), joinedName('latest', name));
  const isObject = value.type === 'ObjectExpression';
  draft.insert(value.range[0], `(${current}) => ${isObject ? '(' : ''}`);
  for (const { range, parent } of uses) draft.replace(range[0], range[1], parent?.type === 'Property' && parent.shorthand ? `${name}: ${current}` : current);
  if (isObject) draft.insert(value.range[1], ')');
  return true;
}

import { hookStateOf, type HookState } from '../analysis/index.js';
import type { Node } from '../language/index.js';
import type { FlaggedCode } from './flagged-code.js';
import { rootOf } from './homes.js';

/** The state of a component that a place is, or that a call sets. */
export function hookStateAt({ scopes }: FlaggedCode, place: Node): HookState | undefined {
  const root = rootOf(place);
  const variable = root.type === 'Identifier' ? scopes.variableOf(root) : undefined;
  return variable && hookStateOf(variable);
}

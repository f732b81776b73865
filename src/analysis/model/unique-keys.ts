import { isWithin, walk } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { calleeText } from './functions.js';
import type { ModuleModel } from './module.js';
import { functionAround } from './shared-memory.js';
import { textOf } from './text.js';
import { unwrap } from './unwrap.js';

/** What never gives the same twice. */
const UNIQUE = /^(?:randomUUID|uuid|uuidv[1-7]|nanoid|ulid|cuid|createId|randomBytes|hrtime|Math\.random)$/;

/** ``lock(`job:${randomUUID()}`)``: a key that nobody else comes to, as each run makes one of its own; directly, or under a name in the function at hand. */
export function isUniqueKey(key: Node, model: ModuleModel, hops = 0): boolean {
  let isUnique = false;
  walk(key, (node) => {
    if (isUnique) return;
    if (node.type === 'CallExpression') isUnique = UNIQUE.test(calleeText(node.callee)) || UNIQUE.test(textOf(node.callee, model)) || (isTime(node, model) && !isReckoned(node, key));
    if (node.type === 'Identifier' && hops < 3) {
      const variable = model.scopes.variableOf(node);
      const definition = variable?.defs[0];
      const init = definition?.type === 'Variable' && definition.parent.kind === 'const' && definition.node.id === definition.name ? definition.node.init : undefined;
      isUnique = init != null && variable!.scope.variableScope.block === functionAround(node) && /^(?:TemplateLiteral|CallExpression|BinaryExpression)$/.test(unwrap(init).type) && isUniqueKey(init, model, hops + 1);
    }
  });
  return isUnique;
}

function isTime(node: TSESTree.CallExpression, model: ModuleModel): boolean {
  return /^(?:Date|performance)\.now$/.test(textOf(node.callee, model));
}

/** `Math.floor(Date.now() / 60_000)`: those who come at about the same time have the same. */
function isReckoned(node: Node, key: Node): boolean {
  for (let at = node.parent; at && isWithin(at, key); at = at.parent) if (at.type === 'CallExpression' || (at.type === 'BinaryExpression' && at.operator !== '+')) return true;
  return false;
}

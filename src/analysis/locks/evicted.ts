import { isFunction } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import { lockOf, makesLockInMemory } from '../model/lock-kinds.js';
import { memberTraits } from '../model/lock-traits.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';
import { textIn } from '../model/text.js';

type Call = TSESTree.CallExpression;
type Removal = Call | TSESTree.UnaryExpression;

/** Whoever has held the lock of a key takes it out of the collection of locks, whoever waits for it: `finally { release(); locks.delete(key); }`. */
export interface Evicted {
  /** Where the lock is looked up, or the end of the line that one waits behind. */
  readonly lookup: Node;
  readonly removal: Removal;
  /** The collection as the program names it. */
  readonly collection: string;
  readonly fn: FunctionInfo;
}

/** Of three who come for one key, the second waits for the lock that the first takes away, and the third makes a new one: both go on. */
export function evictedIn(model: ModuleModel): Evicted[] {
  const textOf = textIn(model);
  return model.module.nodes.ofAny('CallExpression', 'UnaryExpression').flatMap((removal) => {
    if (removal.type === 'UnaryExpression') return deletedAt(removal, model, textOf);
    if (removal.type !== 'CallExpression' || !isOn(removal, 'delete')) return [];
    const home = homeOf(removal);
    const fn = home && model.table.infoOf(home);
    if (!fn) return [];
    const [collection, key] = [textOf(removal.callee.object), textOf(removal.arguments[0]!)];
    const isSame = (node: Node, method: string): node is Call => node.type === 'CallExpression' && isOn(node, method) && textOf(node.callee.object) === collection && textOf(node.arguments[0]!) === key;
    const own = ownNodes(home);
    const lookup = own.find((node) => isSame(node, 'get')) as Call | undefined;
    const put = own.find((node) => isSame(node, 'set'));
    if (!lookup || !put || put.range[0] > removal.range[0]) return [];
    // What is only put there where nothing was is one piece of work for all who come meanwhile, no line of them.
    const isLock = lockOf(lookup, model)?.permits === 1 || (chains(fn, model) && !isConditional(put, home));
    return isLock ? [{ lookup, removal, fn, collection }] : [];
  });
}

/** `delete this.locks[key]`, of what `this.locks[key] ??= new Mutex()` has put there. */
function deletedAt(removal: TSESTree.UnaryExpression, model: ModuleModel, textOf: (node: Node) => string): Evicted[] {
  const { operator, argument } = removal;
  if (operator !== 'delete' || argument.type !== 'MemberExpression' || !argument.computed) return [];
  const home = homeOf(removal);
  const fn = home && model.table.infoOf(home);
  const lookup = home && ownNodes(home).find((node) => node.type === 'AssignmentExpression' && textOf(node.left) === textOf(argument) && makesLockInMemory(node.right, model) && lockOf(node.right, model)?.permits === 1);
  return fn && lookup && lookup.range[0] < removal.range[0] ? [{ lookup, removal, fn, collection: textOf(argument.object) }] : [];
}

function isOn(call: Call, method: string): call is Call & { readonly callee: TSESTree.MemberExpression } {
  return call.callee.type === 'MemberExpression' && calleeText(call.callee) === method && call.arguments.length >= 1;
}

function chains(fn: FunctionInfo, model: ModuleModel): boolean {
  const traits = memberTraits('', fn.node, model);
  return traits.runsInTurn || traits.chains;
}

/** What decides whether, or how often, control comes to what is in it. */
const DECIDING = /^(?:If|Switch|While|For\w*)Statement$|^(?:Conditional|Logical)Expression$/;

/** The function at whose end, of its work or of its chain of promises, it is removed whatever is so then. */
function homeOf(removal: Node): FunctionInfo['node'] | undefined {
  for (let at = removal; at.parent; at = at.parent) {
    const { parent } = at;
    if (DECIDING.test(parent.type) || isPassed(at, parent)) return undefined;
    const isEnd = parent.type === 'TryStatement' && parent.finalizer === at;
    if (!isEnd && !isFunction(parent)) continue;
    const call = isEnd ? undefined : parent.parent;
    if (!isEnd && !(call?.type === 'CallExpression' && calleeText(call.callee) === 'finally')) return undefined;
    const home = functionAround(parent);
    return isFunction(home) ? home : undefined;
  }
  return undefined;
}

/** True if a condition of the function itself decides whether it comes to the node. */
function isConditional(node: Node, home: Node): boolean {
  for (let at = node.parent; at && at !== home; at = at.parent) if (DECIDING.test(at.type)) return true;
  return false;
}

/** True if a condition before it in the same block may leave: `if (mutex.isLocked()) return;` */
function isPassed(statement: Node, block: Node): boolean {
  return block.type === 'BlockStatement' && block.body.slice(0, block.body.indexOf(statement as TSESTree.Statement)).some(({ type }) => type === 'IfStatement');
}

import { walk } from '../../language/index.js';
import type { Node, Variable } from '../../language/index.js';
import { isChangingCount, isCounting, keepsOthersOff } from '../catalog/row-stores.js';
import { calleeText, keyName } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { textOf } from '../model/text.js';
import { variablesIn } from '../model/variables-in.js';
import { asRowCall, guardsOf, isWaitedFor, storeOf } from './row-calls.js';
import type { RowCall } from './row-calls.js';

/** Rows are counted, and whether there may be one more or one less is decided by how many there were. */
export interface CountedRows {
  readonly fn: FunctionInfo;
  readonly count: RowCall;
  readonly check: Node;
  readonly act: RowCall;
}

export function countedRowsIn(model: ModuleModel): CountedRows[] {
  return model.module.nodes.of('CallExpression').flatMap((node) => {
    const act = asRowCall(node);
    const fn = act && model.table.around(act);
    if (!act || !fn || !isChangingCount(calleeText(act.callee)) || !isWaitedFor(act) || keepsOthersOff(textOf(fn.node, model))) return [];
    for (const { test } of guardsOf(act)) {
      const count = countAskedIn(test, act, model);
      if (count && changesWhatIsCounted(act, count)) return [{ fn, count, check: test, act }];
    }
    return [];
  });
}

/** The count, of rows of the store that is told to change, that a condition compares. */
function countAskedIn(test: Node, act: RowCall, model: ModuleModel): RowCall | undefined {
  for (const variable of variablesIn(test, model)) {
    const count = countedIn(variable);
    if (count && count.range[1] <= test.range[0] && isSameStore(count, act, model)) return count;
  }
  return undefined;
}

/** `const n = await Pin.count(…)`, `const { count } = await Pin.findAndCountAll(…)`, `const found = await Pin.findAndCountAll(…)` */
function countedIn({ defs: [definition], identifiers: [name] }: Variable): RowCall | undefined {
  if (definition?.type !== 'Variable' || definition.node.init?.type !== 'AwaitExpression') return undefined;
  const { id, init } = definition.node;
  const call = asRowCall(init.argument);
  if (!call || !isCounting(calleeText(call.callee))) return undefined;
  const isCount = id.type === 'Identifier' || (id.type === 'ObjectPattern' ? id.properties.some((property) => property.type === 'Property' && keyName(property.key, false) === 'count' && property.value === name) : id.type === 'ArrayPattern' && id.elements[1] === name);
  return isCount ? call : undefined;
}

/** A row that is updated counts as before, unless something is set that the rows are counted by. What cannot be seen may be that. */
function changesWhatIsCounted(act: RowCall, count: RowCall): boolean {
  if (!/^update/i.test(calleeText(act.callee))) return true;
  const set = namesIn(dataOf(act));
  const asked = namesIn(count.arguments);
  return set.size === 0 || asked.size === 0 || [...set].some((name) => asked.has(name));
}

/** What an update sets, and not which rows it names: `update({ where, data })`, `updateOne(where, data)`. */
function dataOf({ arguments: given }: RowCall): readonly Node[] {
  const [first] = given;
  const parts = first?.type === 'ObjectExpression' ? first.properties.flatMap((property) => (property.type === 'Property' && /^(?:data|set|values)$/.test(keyName(property.key, property.computed) ?? '') ? [property.value] : [])) : [];
  return parts.length > 0 ? parts : given.length > 1 && first?.type === 'ObjectExpression' ? given.slice(1) : given;
}

/** The names of all properties of the object literals there. */
function namesIn(nodes: readonly Node[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodes) walk(node, (inner) => { if (inner.type === 'Property') names.add(keyName(inner.key, inner.computed) ?? ''); });
  return names;
}

/** The same model; or the object's own, which it asks by its class: `this.constructor.count(…)` and `this.update(…)`. */
function isSameStore(count: RowCall, act: RowCall, model: ModuleModel): boolean {
  const [counted, changed] = [storeOf(count, model), storeOf(act, model)];
  return counted === changed || (changed === 'this' && /^\(?this\.constructor\b/.test(counted));
}

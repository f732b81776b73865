import type { Node, TSESTree } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { textOf } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';
import { goesOn } from './goes-on.js';
import { FLOATING, isMeant } from './meant.js';

/** A call that stores or removes something is waited for wherever it stands but in one place. */
export interface DroppedOnce {
  readonly call: TSESTree.CallExpression;
  /** Where it is waited for. */
  readonly awaited: readonly TSESTree.CallExpression[];
  readonly fn: FunctionInfo;
}

/** What others come to look for, by its name; what is shown, or told, nobody need wait for. */
const STORING = /^[#_]*(?:save|store|write|put|persist|insert|upsert|delete|remove|set|doTxn)(?![a-z])/;
const SHOWING = /^[#_]*(?:set(?:Timeout|Interval|Immediate|State|Context|Status|Loading|Busy|Progress|Visible|Title)|write(?:Line|Log|ln)?$|put$|removeListener|removeAllListeners)/;

/** How often the others have to wait, for the one to be a slip. */
const FEWEST = 2;

export function droppedOnceIn(model: ModuleModel): DroppedOnce[] {
  return [...samesIn(model)].flatMap((same) => {
    const awaited = same.filter(({ parent }) => parent.type === 'AwaitExpression');
    const call = same.find(({ parent }) => parent.type === 'ExpressionStatement');
    const fn = call && awaited.length >= FEWEST ? model.table.around(call) : undefined;
    // Handed on, kept or caught in a third place it is waited for in other ways.
    if (!call || !fn?.isAsync || same.length !== awaited.length + 1 || !goesOn(call) || isMeant(call, FLOATING, model)) return [];
    return [{ call, awaited, fn }];
  });
}

/** The calls of one function, or of one method of one object: `this.cache.put` in the methods of one class. */
function* samesIn(model: ModuleModel): Generator<readonly TSESTree.CallExpression[]> {
  const calls = new Map<string, Map<unknown, TSESTree.CallExpression[]>>();
  for (const call of model.module.nodes.of('CallExpression')) {
    if (!isStoring(call.callee)) continue;
    const text = textOf(call.callee, model);
    const root = rootOf(call.callee);
    const of = root.type === 'Identifier' ? model.scopes.variableOf(root) : model.table.around(call)?.owner;
    if (!calls.has(text)) calls.set(text, new Map());
    calls.get(text)!.set(of, [...(calls.get(text)!.get(of) ?? []), call]);
  }
  for (const byObject of calls.values()) yield* byObject.values();
}

function isStoring(callee: Node): boolean {
  const name = calleeText(callee);
  return STORING.test(name) && !SHOWING.test(name);
}

function rootOf(node: Node): Node {
  const at = unwrap(node);
  return at.type === 'MemberExpression' ? rootOf(at.object) : at;
}

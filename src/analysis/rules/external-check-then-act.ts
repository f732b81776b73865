import type { Node } from '../../language/index.js';
import type { Finding } from '../../model/index.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import { isTest } from '../model/tests.js';
import { nodeFinding } from '../node-finding.js';
import { checkedRowsIn } from '../rows/checked-rows.js';
import type { CheckedRows } from '../rows/checked-rows.js';
import { countedRowsIn } from '../rows/counted-rows.js';
import type { CountedRows } from '../rows/counted-rows.js';
import { storeOf } from '../rows/row-calls.js';
import { shortEntry } from '../stretch.js';
import { isOnce } from './external-lost-update.js';
import type { ModuleRule, ModuleView } from './rule.js';

export const externalCheckThenAct: ModuleRule = {
  id: 'external-check-then-act',
  category: 'external-state',
  summary: 'Rows outside the program are checked, and then changed or taken away whatever has become of them meanwhile.',
  explanation:
    'Between the check and the act another request, or another process, changes the rows: one that was restored is destroyed, the last one goes, one too many comes. ' +
    'Put what was checked into the condition of the act itself, lock the rows that were read in the same transaction, or have the database hold a constraint.',
  findingsIn(view) {
    const { model } = view;
    if (isTest(model.file)) return [];
    const isAsked = ({ fn }: { readonly fn: FunctionInfo }): boolean => !isOnce(fn);
    return [...checkedRowsIn(model).filter(isAsked).map((rows) => checkedFinding(view, rows)), ...countedRowsIn(model).filter(isAsked).map((rows) => countedFinding(view, rows))];
  },
};

function checkedFinding(view: ModuleView, { fn, rows, field, check, wait, act }: CheckedRows): Finding {
  const suspends = wait === act ? '' : `, \`${shortEntry(view.model.entryFinder.pointOf(fn, false))}\` suspends at ${line(wait)}`;
  const message = `\`${field}\` of \`${rows.name}\` is checked at ${line(check)}${suspends}, and \`${calleeText(act.callee)}\` at ${line(act)} names the rows without it: one where it has changed by then is not spared.`;
  return finding(view, fn, `${storeOf(act, view.model)}.${field}`, message, check, wait, act);
}

function countedFinding(view: ModuleView, { fn, count, check, act }: CountedRows): Finding {
  const store = storeOf(act, view.model);
  const message = `Rows are counted by \`${calleeText(count.callee)}\` at ${line(count)}, and \`${calleeText(act.callee)}\` at ${line(act)} goes by the number: two who count at the same time both do.`;
  return finding(view, fn, store, message, check, count, act);
}

function line(node: Node): string {
  return `line ${node.loc.start.line}`;
}

function finding({ model }: ModuleView, fn: FunctionInfo, location: string, message: string, check: Node, wait: Node, act: Node): Finding {
  return { ...nodeFinding(externalCheckThenAct, model, { fn, location, message, dependence: 'guard', from: check, waits: [wait], to: act }), oracle: 'region' };
}

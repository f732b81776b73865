import { isWithin, rangeOf, walk } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import type { Finding } from '../../model/index.js';
import type { ModuleModel } from '../model/module.js';
import { atomicsOperation, functionAround, ownNodes } from '../model/shared-memory.js';
import { textOf } from '../model/text.js';
import { ignoredTimeoutsIn } from '../memory/ignored-timeouts.js';
import { unrepeatedWaitsIn } from '../promises/unrepeated-waits.js';
import type { UnrepeatedWait } from '../promises/unrepeated-waits.js';
import type { ModuleRule } from './rule.js';

type Call = TSESTree.CallExpression;

export const uncheckedWait: ModuleRule = {
  id: 'unchecked-wait',
  category: 'shared-memory',
  summary: 'An agent, or a task, waits because there is nothing to take, and when woken takes it without looking again.',
  explanation:
    'Being woken says that something was changed, not that it is free now: another may have taken it first. ' +
    'Look again in a loop: `while (items.length === 0) await notEmpty.wait()`, `while (Atomics.compareExchange(view, 0, 0, 1) !== 0) Atomics.wait(view, 0, 1)`.',
  findingsIn: ({ model }) => {
    const found: Finding[] = [];
    for (const node of /\bAtomics\b/.test(model.module.source.text) ? model.module.nodes.of('IfStatement') : []) {
      if (partsWays(node) || (isRepeated(node) && !isTakenEachTime(node, model)) || isTried(node, model)) continue;
      const attempt = ownCalls(node.test, model, /^(?:compareExchange|exchange)$/)[0] ?? ownCalls(node.test, model, /^load$/).find((load) => isTakenAfter(node, load, model));
      const changed = attempt ? undefined : changeAwaited(node, model);
      if (changed) found.push(changeFinding(...changed, model));
      const wait = attempt && ownCalls(node.consequent, model, WAIT).find((call) => cellOf(call, model) === cellOf(attempt, model));
      if (wait) found.push(findingAt(attempt, wait, model));
    }
    for (const [wait, read] of ignoredTimeoutsIn(model)) found.push(timeoutFinding(wait, read, model));
    return [...found, ...unrepeatedWaitsIn(model).map((unrepeated) => takenAnyway(unrepeated, model))];
  },
};

const WAIT = /^wait(?:Async)?$/;

/** `if (Atomics.load(view, 0) === 0) Atomics.wait(view, 0, 0); …; Atomics.store(view, 0, 0)`: what was looked at is taken, or emptied, once the wait is over. */
function isTakenAfter(node: TSESTree.IfStatement, load: Call, model: ModuleModel): boolean {
  const [waited] = ownCalls(node.consequent, model, WAIT);
  return ownNodes(functionAround(node)).some((other) => other.type === 'CallExpression' && other.range[0] > node.range[1] && cellOf(other, model) === cellOf(load, model) && (atomicsOperation(other, model) === 'sub' || (atomicsOperation(other, model) === 'store' && waited !== undefined && argumentText(other, model) === argumentText(waited, model))));
}

/**
 * `const left = Atomics.load(view, 0); if (left > 0) Atomics.wait(view, 0, left)`: the wait is for any change, and the condition asks for more than one.
 * Gives the load and the wait.
 */
function changeAwaited({ test, consequent }: TSESTree.IfStatement, model: ModuleModel): readonly [Call, Call] | undefined {
  if (test.type !== 'BinaryExpression' || !/^(?:[<>]=?|!==?)$/.test(test.operator)) return undefined;
  const statement = consequent.type === 'BlockStatement' && consequent.body.length === 1 ? consequent.body[0]! : consequent;
  const wait = statement.type === 'ExpressionStatement' && statement.expression.type === 'CallExpression' ? statement.expression : undefined;
  const expected = wait && WAIT.test(atomicsOperation(wait, model) ?? '') ? wait.arguments[2] : undefined;
  const variable = expected?.type === 'Identifier' ? model.scopes.variableOf(expected) : undefined;
  const definition = variable?.defs[0];
  const load = definition?.type === 'Variable' ? definition.node.init : undefined;
  if (!wait || load?.type !== 'CallExpression' || atomicsOperation(load, model) !== 'load' || cellOf(load, model) !== cellOf(wait, model)) return undefined;
  return [test.left, test.right].some((side) => side.type === 'Identifier' && model.scopes.variableOf(side) === variable) ? [load, wait] : undefined;
}

/** The third argument of a call: the value that is stored, or that a wait expects. */
function argumentText({ arguments: [, , value] }: Call, { module }: ModuleModel): string {
  return value ? textOf(value, { module }) : '';
}

/** True if who had to wait does something else than who took the cell: then the cell says who does the work, once, and is no lock. */
function partsWays({ alternate, consequent }: TSESTree.IfStatement): boolean {
  let leaves = alternate !== null;
  walk(consequent, (node) => {
    if (/^(?:Return|Throw|Break|Continue)Statement$/.test(node.type)) leaves = true;
  });
  return leaves;
}

/** True if a loop around it, in its own function, comes back to it. */
function isRepeated(node: Node): boolean {
  const end = functionAround(node);
  for (let at = node.parent; at && at !== end; at = at.parent) if (/^(?:For|While|DoWhile)/.test(at.type)) return true;
  return false;
}

/** `for (;;) { if (Atomics.load(view, 0) === 0) Atomics.wait(view, 0, 0); Atomics.sub(view, 0, 1); … }`: the loop comes back only when one more has been taken, and nobody looks at how many were left. */
function isTakenEachTime(node: TSESTree.IfStatement, model: ModuleModel): boolean {
  const { parent } = node;
  const load = ownCalls(node.test, model, /^load$/)[0];
  const [wait] = ownCalls(node.consequent, model, WAIT);
  if (!load || !wait || parent.type !== 'BlockStatement' || cellOf(load, model) !== cellOf(wait, model)) return false;
  const next = parent.body[parent.body.indexOf(node) + 1];
  const [taken] = next ? ownCalls(next, model, /^sub$/) : [];
  if (!taken || cellOf(taken, model) !== cellOf(load, model)) return false;
  if (next!.type === 'ExpressionStatement') return next!.expression === taken;
  const name = next!.type === 'VariableDeclaration' && next!.declarations.length === 1 && next!.declarations[0]!.init === taken ? next!.declarations[0]!.id : undefined;
  const variable = name?.type === 'Identifier' ? model.scopes.variableOf(name) : undefined;
  return variable !== undefined && !variable.references.some(({ identifier }) => isComparedIn(identifier as Node));
}

function isComparedIn({ parent }: Node): boolean {
  return parent?.type === 'BinaryExpression' || parent?.type === 'UnaryExpression' || parent?.type === 'IfStatement' || parent?.type === 'ConditionalExpression' || parent?.type === 'LogicalExpression';
}

/** True if the cell is tried again elsewhere in the function, or the function calls something that may do so: itself, an acquire of its own. */
function isTried(node: TSESTree.IfStatement, model: ModuleModel): boolean {
  return ownNodes(functionAround(node)).some((other) => {
    if (other.type !== 'CallExpression' || isWithin(other, node.test)) return false;
    const operation = atomicsOperation(other, model);
    if (operation !== undefined) return /^(?:compareExchange|exchange)$/.test(operation);
    return isWithin(other, node.consequent) || /lock|acquire|enter|try|take/i.test(textOf(other.callee, model));
  });
}

function ownCalls(root: Node, model: ModuleModel, operation: RegExp): Call[] {
  const calls: Call[] = [];
  walk(root, (node) => {
    if (node.type === 'CallExpression' && functionAround(node) === functionAround(root) && operation.test(atomicsOperation(node, model) ?? '')) calls.push(node);
  });
  return calls;
}

function cellOf({ arguments: [view, index] }: Call, { module }: ModuleModel): string {
  return view && index ? `${textOf(view, { module })}[${textOf(index, { module })}]` : '';
}

function takenAnyway({ fn, test, wait, taking, collection }: UnrepeatedWait, model: ModuleModel): Finding {
  const [asked, suspension, range] = [test, wait, taking].map((node) => rangeOf(node, model.file)) as [Finding['range'], Finding['range'], Finding['range']];
  return {
    rule: 'unchecked-wait', category: 'shared-memory', oracle: 'none', range, location: collection,
    message: `\`${collection}\` is empty at line ${asked.start.line}, \`${fn.ownName || fn.name}\` waits at line ${suspension.start.line}, and another task can take what has come before this one goes on: it is not looked at again before line ${range.start.line}.`,
    accesses: [{ kind: 'read', range: asked, function: fn.name, locks: [] }, { kind: 'update', range, function: fn.name, locks: [] }],
    region: { location: collection, dependence: 'guard', reads: [asked], suspensions: [suspension], acts: [range] },
    overlaps: [],
  };
}

function changeFinding(load: Call, wait: Call, model: ModuleModel): Finding {
  const range = rangeOf(wait, model.file);
  const message = `\`${cellOf(wait, model)}\` is loaded at line ${load.loc.start.line}, and the wait at line ${range.start.line} ends with any change of it, or at once if it has changed since: what the condition asks for is not looked at again.`;
  return { ...findingAt(load, wait, model), message };
}

function timeoutFinding(wait: Call, read: Node, model: ModuleModel): Finding {
  const range = rangeOf(wait, model.file);
  const message = `The wait for \`${cellOf(wait, model)}\` at line ${range.start.line} may also end because its time is up, and nobody looks: \`${textOf(read, model)}\` at line ${read.loc.start.line} then has what was there before.`;
  return { ...findingAt(wait, wait, model), message };
}

function findingAt(attempt: Call, wait: Call, model: ModuleModel): Finding {
  const { file, table } = model;
  const [first, range] = [rangeOf(attempt, file), rangeOf(wait, file)];
  const name = table.around(wait)?.name ?? '';
  const location = cellOf(wait, model);
  return {
    rule: 'unchecked-wait', category: 'shared-memory', oracle: 'none', range, location,
    message: `\`${location}\` could not be taken at line ${first.start.line}, this waits at line ${range.start.line}, and another agent can take it before this one has woken: it is not tried again.`,
    accesses: [{ kind: 'update', range: first, function: name, locks: [] }, { kind: 'read', range, function: name, locks: [] }],
    region: { location, dependence: 'guard', reads: [first], suspensions: [], acts: [range] },
    overlaps: [],
  };
}

import { isWithin, walk } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { memberOf } from '../model/class-line.js';
import { calleeText } from '../model/functions.js';
import type { ClassInfo, FunctionInfo } from '../model/functions.js';
import { classMadeBy } from '../model/instances.js';
import type { ModuleModel } from '../model/module.js';
import { ownNodes } from '../model/shared-memory.js';

/** What an object of the program was told to do, and the events by which it tells once that it has. */
export interface OwnWork {
  readonly call: TSESTree.CallExpression;
  readonly name: string;
  readonly events: ReadonlySet<string>;
}

/** `importer.start(rows);`, where `importer` was made by `new Importer()` and its `start` says `this.emit('finished')` when it has waited for something. */
export function ownWorkAt(use: Node, made: Node, model: ModuleModel): OwnWork | undefined {
  const member = use.parent;
  const call = member?.type === 'MemberExpression' && member.object === use ? member.parent : undefined;
  if (call?.type !== 'CallExpression' || call.callee !== member || !isStatement(call)) return undefined;
  const owner = made.type === 'NewExpression' ? classMadeBy(made, model) : undefined;
  const name = calleeText(call.callee);
  const method = owner && memberOf(owner, name, false, 'method');
  const events = owner && method?.isAsync ? endsOf(method, owner) : new Set<string>();
  return events.size > 0 ? { call, name, events } : undefined;
}

/** A statement of its own, be it with `void` or `await`. */
function isStatement({ parent }: Node): boolean {
  return parent?.type === 'ExpressionStatement' || ((parent?.type === 'AwaitExpression' || (parent?.type === 'UnaryExpression' && parent.operator === 'void')) && parent.parent.type === 'ExpressionStatement');
}

/** Events that no other code of the class emits, and this method once, after it was suspended. */
function endsOf({ node }: FunctionInfo, { node: whole }: ClassInfo): Set<string> {
  const own = ownNodes(node);
  const wait = own.find(({ type }) => type === 'AwaitExpression');
  const emitted = new Map<string, TSESTree.CallExpression[]>();
  walk(whole, (call) => {
    const event = call.type === 'CallExpression' && call.callee.type === 'MemberExpression' && call.callee.object.type === 'ThisExpression' && calleeText(call.callee) === 'emit' ? call.arguments[0] : undefined;
    if (call.type === 'CallExpression' && event?.type === 'Literal') emitted.set(String(event.value), [...(emitted.get(String(event.value)) ?? []), call]);
  });
  const isEnd = (call: TSESTree.CallExpression): boolean => wait !== undefined && own.includes(call) && call.range[0] > wait.range[1] && !isInLoop(call, node);
  return new Set([...emitted].filter(([, calls]) => calls.length === 1 && isEnd(calls[0]!)).map(([event]) => event));
}

function isInLoop(node: Node, outer: Node): boolean {
  for (let at = node.parent; at && isWithin(at, outer); at = at.parent) if (/^(?:For|While|DoWhile)/.test(at.type)) return true;
  return false;
}

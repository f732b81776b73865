import { isFunction, isWithin, walk } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';
import { textIn } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';

/** A loop asks for work, is told that there is none, and ends; who tells it meanwhile that there is some is turned away, since it still runs. */
export interface MissedNotice {
  readonly fn: FunctionInfo;
  /** `this.running` */
  readonly flag: string;
  /** `if (this.running) return;` */
  readonly refusal: TSESTree.IfStatement;
  /** `const requests = await outgoing()` */
  readonly question: TSESTree.AwaitExpression;
  /** `if (requests.length === 0) return;` */
  readonly end: TSESTree.IfStatement;
  /** `this.pump()`, whose promise nobody takes: who calls it only gives notice. */
  readonly notice: TSESTree.CallExpression;
}

export function missedNoticesIn(model: ModuleModel): MissedNotice[] {
  return model.table.functions.flatMap((fn) => (fn.isAsync ? (missedNoticeOf(fn, model) ?? []) : []));
}

function missedNoticeOf(fn: FunctionInfo, model: ModuleModel): MissedNotice | undefined {
  const textOf = textIn(model);
  const [first] = fn.node.body?.type === 'BlockStatement' ? fn.node.body.body : [];
  if (first?.type !== 'IfStatement' || first.alternate || !onlyReturns(first.consequent)) return undefined;
  const flag = textOf(first.test);
  const nodes = ownNodes(fn.node);
  const isSetTo = (node: Node, value: boolean): boolean => node.type === 'AssignmentExpression' && node.right.type === 'Literal' && node.right.value === value && textOf(node.left) === flag;
  if (!nodes.some((node) => isSetTo(node, true)) || !nodes.some((node) => isSetTo(node, false))) return undefined;
  for (const loop of nodes) {
    const asked = isLoop(loop) && loop.body.type === 'BlockStatement' ? questionIn(loop.body, textOf) : undefined;
    const notice = asked && noticeOf(fn, model);
    if (asked && notice) return { fn, flag, refusal: first, ...asked, notice };
  }
  return undefined;
}

function isLoop(node: Node): node is TSESTree.WhileStatement | TSESTree.ForStatement | TSESTree.DoWhileStatement {
  return node.type === 'WhileStatement' || node.type === 'ForStatement' || node.type === 'DoWhileStatement';
}

/** Whoever is turned away leaves nothing behind, not even a word to look once more. */
function onlyReturns(consequent: Node): boolean {
  const statements = consequent.type === 'BlockStatement' ? consequent.body : [consequent];
  const last = statements.at(-1);
  return last?.type === 'ReturnStatement' && last.argument === null && statements.slice(0, -1).every((statement) => /^(?:console|log\w*|debug\w*)\b/.test(nameOf(statement)));
}

/** `logger.debug('busy')`: the name that a statement begins with. */
function nameOf(statement: Node): string {
  let at: Node = statement.type === 'ExpressionStatement' ? unwrap(statement.expression) : statement;
  while (at.type === 'CallExpression' || at.type === 'MemberExpression') at = at.type === 'CallExpression' ? at.callee : at.object.type === 'ThisExpression' ? at.property : at.object;
  return at.type === 'Identifier' ? at.name : '';
}

/** An answer that is waited for in the loop, and that ends it in the same turn if there is nothing in it. */
function questionIn({ body }: TSESTree.BlockStatement, textOf: (node: Node) => string): Pick<MissedNotice, 'question' | 'end'> | undefined {
  const [declaration, end] = body.flatMap((statement, index) => (statement.type === 'VariableDeclaration' && body[index + 1] ? [[statement, body[index + 1]!] as const] : []))[0] ?? [];
  const declared = declaration?.type === 'VariableDeclaration' && declaration.declarations.length === 1 ? declaration.declarations[0] : undefined;
  const question = declared?.init ? unwrap(declared.init) : undefined;
  if (declared?.id.type !== 'Identifier' || question?.type !== 'AwaitExpression' || end?.type !== 'IfStatement') return undefined;
  const name = declared.id.name;
  return endsLoop(end.consequent) && partsOf(end.test).some((part) => isNothing(part, name, textOf)) ? { question, end } : undefined;
}

function endsLoop(consequent: Node): boolean {
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
  return last?.type === 'BreakStatement' || (last?.type === 'ReturnStatement' && last.argument === null);
}

function partsOf(test: Node): Node[] {
  return test.type === 'LogicalExpression' && test.operator === '||' ? [...partsOf(test.left), ...partsOf(test.right)] : [test];
}

/** `jobs.length === 0`, `!job`, `job === undefined` */
function isNothing(test: Node, name: string, textOf: (node: Node) => string): boolean {
  return new RegExp(String.raw`^!${name}(?:\??\.(?:length|size))?$|^${name}(?:\??\.(?:length|size))?\s*(?:===?\s*(?:0|null|undefined)|<\s*1)$`).test(textOf(test));
}

/** A call that drops the promise, outside of what is called at intervals anyway. */
function noticeOf(fn: FunctionInfo, model: ModuleModel): TSESTree.CallExpression | undefined {
  if (fn.ownName === '') return undefined;
  const calls = model.module.nodes.of('CallExpression').filter((call) => calleeText(call.callee) === fn.ownName && !isWithin(call, fn.node));
  if (model.module.nodes.of('CallExpression').some((call) => /^set(?:Interval|Timeout)$/.test(calleeText(call.callee)) && mentions(call, fn.ownName))) return undefined;
  return calls.find((call) => {
    const holder = call.parent.type === 'UnaryExpression' && call.parent.operator === 'void' ? call.parent.parent : call.parent;
    const around = functionAround(call);
    return holder.type === 'ExpressionStatement' && isFunction(around) && model.table.infoOf(around)?.kind !== 'constructor';
  });
}

function mentions(node: Node, name: string): boolean {
  let found = false;
  walk(node, (part) => { found ||= part.type === 'Identifier' && part.name === name; });
  return found;
}

import { isWithin, walk } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { memberOf } from '../model/class-line.js';
import { keyName } from '../model/functions.js';
import type { ClassInfo, FunctionInfo } from '../model/functions.js';
import { classMadeBy } from '../model/instances.js';
import type { ModuleModel } from '../model/module.js';
import { initialiserOf, originOf } from '../model/origin.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';
import { FLOATING, isMeant } from './meant.js';
import type { UnawaitedChange } from './unawaited-files.js';

/** `const session = new Session(); session.load(); return session.get('user')`: what the object is asked for is yet to be loaded. */
export function unfinishedObjectsIn(model: ModuleModel): UnawaitedChange[] {
  return model.module.nodes.of('CallExpression').flatMap((call) => {
    const statement = call.parent;
    const fn = model.table.around(call);
    const { callee } = call;
    if (statement.type !== 'ExpressionStatement' || !fn || callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return [];
    const owner = classOfLocal(callee.object, call, model);
    const method = owner && memberOf(owner, keyName(callee.property, callee.computed) ?? '', false, 'method');
    if (!owner || !method?.isAsync || isMeant(statement, FLOATING, model)) return [];
    const use = firstUse(callee.object, call, owner, lateFields(method), model);
    return use ? [{ call, use: use.at, path: `${callee.object.name}.${use.field}`, fn }] : [];
  });
}

/** The class of an object that the function at hand has made itself. */
function classOfLocal(name: TSESTree.Identifier, call: Node, model: ModuleModel): ClassInfo | undefined {
  const variable = model.scopes.variableOf(name);
  const made = variable && initialiserOf(originOf(variable, model));
  return made && functionAround(made) === functionAround(call) ? classMadeBy(made, model) : undefined;
}

/** The fields that a method gives what it has waited for. */
function lateFields({ node }: FunctionInfo): ReadonlySet<string> {
  const nodes = ownNodes(node.body);
  const waits = nodes.filter(({ type }) => type === 'AwaitExpression');
  return new Set(nodes.flatMap((write) => {
    const isLate = write.type === 'AssignmentExpression' && write.operator === '=' && write.right.type !== 'Literal' && waits.some((wait) => wait.range[1] <= write.right.range[1]);
    return isLate ? (ownField(write.left) ?? []) : [];
  }));
}

function ownField(node: Node): string | undefined {
  return node.type === 'MemberExpression' && node.object.type === 'ThisExpression' ? keyName(node.property, node.computed) : undefined;
}

/** What follows at once and needs one of the fields: nothing is waited for in between, and the object goes to nobody else. */
function firstUse(object: TSESTree.Identifier, call: TSESTree.CallExpression, owner: ClassInfo, fields: ReadonlySet<string>, model: ModuleModel): { readonly at: Node; readonly field: string } | undefined {
  const block = call.parent.parent;
  if (fields.size === 0 || block?.type !== 'BlockStatement') return undefined;
  for (const statement of block.body.slice(block.body.indexOf(call.parent as TSESTree.ExpressionStatement) + 1)) {
    for (const { identifier } of model.scopes.variableOf(object)?.references ?? []) {
      const access = (identifier as Node).parent;
      if (!isWithin(identifier as Node, statement) || functionAround(identifier as Node) !== functionAround(call)) continue;
      if (access?.type !== 'MemberExpression' || access.object !== identifier || access.optional) return undefined;
      const field = fieldNeeded(access, owner, fields);
      if (field !== undefined) return { at: access, field };
    }
    if (suspends(statement)) return undefined;
  }
  return undefined;
}

function fieldNeeded(access: TSESTree.MemberExpression, owner: ClassInfo, fields: ReadonlySet<string>): string | undefined {
  const name = keyName(access.property, access.computed) ?? '';
  const holder = access.parent;
  if (holder.type !== 'CallExpression' || holder.callee !== access) return fields.has(name) && !(holder.type === 'AssignmentExpression' && holder.left === access) ? name : undefined;
  const method = memberOf(owner, name, false, 'method');
  return method && [...fields].find((field) => needs(method, field));
}

/** A method that goes into the field without asking first whether there is anything. */
function needs({ node, isAsync }: FunctionInfo, field: string): boolean {
  const nodes = ownNodes(node.body);
  const mentions = nodes.filter((mention) => ownField(mention) === field);
  const isGoneInto = ({ parent }: Node, mention: Node): boolean => parent?.type === 'MemberExpression' && parent.object === mention && !parent.optional;
  const isAsked = (mention: Node): boolean => nodes.some((other) => (other.type === 'IfStatement' || other.type === 'ConditionalExpression') ? isWithin(mention, other.test) : other.type === 'LogicalExpression' && isWithin(mention, other.left));
  return !isAsync && mentions.length > 0 && mentions.every((mention) => isGoneInto(mention, mention) && !isAsked(mention));
}

function suspends(statement: Node): boolean {
  let isSuspended = false;
  walk(statement, (node) => { isSuspended ||= node.type === 'AwaitExpression' && functionAround(node) === functionAround(statement); });
  return isSuspended;
}

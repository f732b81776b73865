import { isFunction, walk } from '../../language/index.js';
import type { FunctionNode, Node, TSESTree } from '../../language/index.js';
import { lockShape } from '../catalog/locks/index.js';
import type { LockLibrary } from '../catalog/locks/index.js';
import { lineOf } from './class-line.js';
import { calleeText, keyName } from './functions.js';
import { lockHandingOn } from './handed-on-locks.js';
import type { ClassInfo, FunctionInfo } from './functions.js';
import type { Links, ModuleModel } from './module.js';
import { memberTraits } from './lock-traits.js';
import type { MemberTraits } from './lock-traits.js';
import { ownNodes } from './shared-memory.js';
import { textIn } from './text.js';
import { unwrap } from './unwrap.js';

const classes = new WeakMap<ClassInfo, LockLibrary | 'none'>();
const factories = new WeakMap<FunctionInfo, LockLibrary | 'none'>();

/**
 * A lock that a project writes itself, known by what it does: whoever comes while it is taken waits in line, as a resolver that is
 * kept, behind the end of a chain of promises, or trying again and again; and somebody lets the next one in.
 * Undefined for a class that keeps nobody out, whatever it is called.
 */
export function lockWrittenAs(owner: ClassInfo, links: Links): LockLibrary | undefined {
  return remembered(classes, owner, () => {
    const members = lineOf(owner).flatMap(({ members: own }) => own.filter(({ kind, isStatic }) => kind === 'method' && !isStatic));
    const constructor = lineOf(owner).flatMap(({ members: own }) => own.filter(({ kind }) => kind === 'constructor'))[0];
    const named = new Map(members.map((member) => [member.ownName, { node: member.node, model: links.modelOf(member.module), isPublic: member.visibility === 'public' }]));
    return describe(named, constructor?.node);
  });
}

/** The same of an object that a function makes: `createMutex()`. */
export function lockWrittenBy(fn: FunctionInfo, links: Links, lockOf: Parameters<typeof lockHandingOn>[1]): LockLibrary | undefined {
  return remembered(factories, fn, () => {
    const model = links.modelOf(fn.module);
    const literal = returnedLiteral(fn.node, model);
    if (!literal) return undefined;
    const named = new Map<string, Written>();
    for (const property of literal.properties) {
      const name = property.type === 'Property' ? keyName(property.key, property.computed) : undefined;
      const node = property.type === 'Property' && name !== undefined ? functionOf(property.value, model) : undefined;
      if (node && name !== undefined) named.set(name, { node, model, isPublic: true });
    }
    return describe(named, fn.node) ?? lockHandingOn(named, lockOf);
  });
}

function remembered<K extends object>(known: WeakMap<K, LockLibrary | 'none'>, key: K, find: () => LockLibrary | undefined): LockLibrary | undefined {
  let found = known.get(key);
  if (found === undefined) {
    // A class that holds one of its own kind asks about itself.
    known.set(key, 'none');
    known.set(key, (found = find() ?? 'none'));
  }
  return found === 'none' ? undefined : found;
}

interface Written {
  readonly node: FunctionNode;
  readonly model: ModuleModel;
  /** False for a part of the lock itself, which its users do not call. */
  readonly isPublic: boolean;
}

function describe(members: ReadonlyMap<string, Written>, maker: FunctionNode | undefined): LockLibrary | undefined {
  const traits = new Map([...members].map(([name, { node, model }]) => [name, memberTraits(name, node, model)]));
  const drained = new Set([...traits.values()].flatMap(({ takesFrom }) => [...takesFrom]));
  const whole = new Map([...traits].map(([name, one]) => [name, withWork(withHelpers(one, traits), drained)]));
  const isPublic = (name: string): boolean => members.get(name)!.isPublic;
  const parts = [...whole].filter(([, { waitsOn }]) => waitsOn.size > 0);
  const run = parts.filter(([name, one]) => one.callsArgument && isPublic(name) && keepsOut(one, one)).map(([name]) => name);
  const leaving = [...whole].filter(([name, one]) => isPublic(name) && one.waitsOn.size === 0 && (!one.isAsync || lockShape.release.has(name)));
  const acquire = parts.filter(([name, one]) => !run.includes(name) && !traits.get(name)!.callsArgument && isPublic(name) && isThin(name, traits)
    && (one.givesReleaser || leaving.some(([, other]) => lets(other, one))) && (keepsOut(one, one) || leaving.some(([, other]) => keepsOut(one, other)))).map(([name]) => name);
  if (run.length + acquire.length === 0) return undefined;
  const release = leaving.filter(([, other]) => acquire.some((name) => lets(other, whole.get(name)!))).map(([name]) => name);
  return { modules: [], makers: [], acquire, release, run, idempotentReleaser: false, ...capacityOf([...traits.values()], maker) };
}

/** Work that is kept in a queue from which it is taken again waits there, as a resolver does. */
function withWork(one: MemberTraits, drained: ReadonlySet<string>): MemberTraits {
  const queues = [...one.keepsWork].filter((state) => drained.has(state));
  return queues.length === 0 ? one : { ...one, callsArgument: true, waitsOn: new Set([...one.waitsOn, ...queues]) };
}

/** A method with all that it calls of its own object. */
function withHelpers(one: MemberTraits, traits: ReadonlyMap<string, MemberTraits>): MemberTraits {
  const parts = new Set([one]);
  for (const part of parts) for (const name of part.calls) if (traits.has(name)) parts.add(traits.get(name)!);
  const union = (pick: (part: MemberTraits) => ReadonlySet<string>): Set<string> => new Set([...parts].flatMap((part) => [...pick(part)]));
  const some = (is: (part: MemberTraits) => boolean): boolean => [...parts].some(is);
  return {
    ...one, waitsOn: union(({ waitsOn }) => waitsOn), chains: some(({ chains }) => chains), retries: some(({ retries }) => retries), tested: union(({ tested }) => tested), taken: union(({ taken }) => taken),
    letsIn: union(({ letsIn }) => letsIn), keepsWork: union(({ keepsWork }) => keepsWork), givesReleaser: some(({ givesReleaser, waitsOn }) => givesReleaser && waitsOn.size > 0),
  };
}

/** It waits itself, or does nothing but call what does: `acquire() { return this.wait(); }`. */
function isThin(name: string, traits: ReadonlyMap<string, MemberTraits>): boolean {
  const one = traits.get(name)!;
  return one.waitsOn.size > 0 || one.isForwarding;
}

/** Who comes while somebody is in has to wait: a chain, or a flag or count that is asked and set on the way in, and set back on the way out. */
function keepsOut(entering: MemberTraits, leaving: MemberTraits): boolean {
  return entering.chains || entering.retries || [...entering.tested].some((state) => entering.taken.has(state) && leaving.letsIn.has(state));
}

/** It lets in whoever waits there, or says that nobody is in. */
function lets(leaving: MemberTraits, entering: MemberTraits): boolean {
  return [...leaving.letsIn].some((state) => entering.waitsOn.has(state));
}

/** A flag lets in one; a count as many as the maker is told. */
function capacityOf(traits: readonly MemberTraits[], maker: FunctionNode | undefined): Pick<LockLibrary, 'capacity' | 'permits'> {
  const isFlag = traits.some(({ chains, retries, flags }) => chains || retries || flags.size > 0);
  if (isFlag) return {};
  const index = maker?.params.findIndex((parameter) => {
    const name = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
    const target = name.type === 'AssignmentPattern' ? name.left : name;
    const type = target.type === 'Identifier' ? target.typeAnnotation?.typeAnnotation.type : undefined;
    return type === undefined || type === 'TSNumberKeyword';
  }) ?? -1;
  if (index >= 0) {
    const parameter = maker!.params[index]!;
    const name = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
    const fallback = name.type === 'AssignmentPattern' && name.right.type === 'Literal' && typeof name.right.value === 'number' ? name.right.value : undefined;
    return { capacity: { argument: index }, ...(fallback !== undefined && { permits: fallback }) };
  }
  return traits.some(({ countsToOne }) => countsToOne) ? {} : { capacity: { argument: 0 }, permits: Infinity };
}

function returnedLiteral(node: FunctionNode, model: ModuleModel): TSESTree.ObjectExpression | undefined {
  if (node.body.type === 'ObjectExpression') return node.body;
  let literal: TSESTree.ObjectExpression | undefined;
  if (node.body.type === 'BlockStatement') {
    for (const statement of node.body.body) {
      if (statement.type !== 'ReturnStatement' || !statement.argument) continue;
      const { argument } = statement;
      const variable = argument.type === 'Identifier' ? model.scopes.variableOf(argument) : undefined;
      const init = variable?.defs[0]?.type === 'Variable' ? variable.defs[0].node.init : argument;
      if (init?.type === 'ObjectExpression') literal = init;
    }
  }
  return literal;
}

function functionOf(value: Node, model: ModuleModel): FunctionNode | undefined {
  if (isFunction(value)) return value;
  const variable = value.type === 'Identifier' ? model.scopes.variableOf(value) : undefined;
  return variable && model.table.boundTo(variable)?.node;
}

/** True if a decorator that the program defines runs the method one at a time. */
export function wrapsInLock(fn: FunctionInfo, links: Links): boolean {
  let found = false;
  const model = links.modelOf(fn.module);
  walk(fn.node, (node) => {
    if (found || !isFunction(node)) return;
    const traits = memberTraits('', node, model);
    found = traits.waitsOn.size > 0 && keepsOut(traits, traits);
  });
  if (found) return true;
  walk(fn.node, (node) => {
    if (node.type === 'CallExpression') found ||= /^(?:runExclusive|withLock|acquire|acquireAsync|lock)$/.test(calleeText(node.callee));
  });
  return found;
}

/**
 * True if a decorator that the program defines lets all who come while a call is under way wait for that one:
 * `let promise = this[key]; if (promise === undefined) this[key] = promise = fn.apply(this, args).finally(…); return promise`.
 */
export function sharesPromise(fn: FunctionInfo): boolean {
  const textOf = textIn(fn);
  let shares = false;
  walk(fn.node, (inner) => {
    if (shares || !isFunction(inner) || inner.body.type !== 'BlockStatement') return;
    const nodes = ownNodes(inner);
    const runs = nodes.some((at) => at.type === 'CallExpression' && at.callee.type === 'MemberExpression' && /^(?:apply|call)$/.test(calleeText(at.callee)));
    const kept = nodes.flatMap((at) => (at.type === 'AssignmentExpression' && at.left.type === 'MemberExpression' ? [textOf(at.left)] : at.type === 'CallExpression' && at.callee.type === 'MemberExpression' && calleeText(at.callee) === 'set' && at.arguments.length === 2 ? [`${textOf(at.callee.object)}.get(${textOf(at.arguments[0]!)})`] : []));
    const found = nodes.flatMap((at) => (at.type === 'VariableDeclarator' && at.id.type === 'Identifier' && at.init && kept.includes(textOf(unwrap(at.init))) ? [at.id.name] : []));
    shares = runs && nodes.some((at) => at.type === 'ReturnStatement' && at.argument?.type === 'Identifier' && found.includes(at.argument.name));
  });
  return shares;
}

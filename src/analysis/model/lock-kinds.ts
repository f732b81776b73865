import type { FunctionNode, Node, TSESTree, Variable } from '../../language/index.js';
import { isFunction, walk } from '../../language/index.js';
import { lockLibrariesOf } from '../catalog/locks/index.js';
import type { LockLibrary } from '../catalog/locks/index.js';
import { calledBy } from './called.js';
import { classOfExpression, fieldOf } from './class-of.js';
import { declaredLock } from './declared-locks.js';
import { importOf } from './exports.js';
import { calleeText, keyName } from './functions.js';
import type { FunctionInfo } from './functions.js';
import type { ModuleModel } from './module.js';
import { classAt, functionAt, initialiserOf, originOf } from './origin.js';
import { functionAround } from './shared-memory.js';
import { textOf } from './text.js';
import { lockWrittenAs, lockWrittenBy } from './written-locks.js';
import { unwrap } from './unwrap.js';

/** What is known of a lock from what made it, or from its type. */
export interface KnownLock {
  readonly library: LockLibrary;
  /** How many may hold it at a time; undefined if the code does not tell. */
  readonly permits: number | undefined;
  /** The function of which each run makes one for itself. */
  readonly home?: FunctionNode;
  /** Made so that it refuses whoever waits too long, or comes while it is taken. */
  readonly mayRefuse?: boolean;
}

/** Definitions of names by names are followed so far. */
const MOST_HOPS = 8;

/** The lock that an expression gives: a maker's call, a variable or field that holds one, an element of a collection of locks, the answer of a function that returns one. */
export function lockOf(expression: Node, model: ModuleModel): KnownLock | undefined {
  if (!model.locks.has(expression)) {
    const known = lockBehind(expression, model, 0);
    // What is made anew for each call is nobody else's.
    model.locks.set(expression, known && isMadeAnew(unwrap(expression), model) ? { ...known, permits: Infinity } : known);
  }
  return model.locks.get(expression);
}

function lockBehind(expression: Node, model: ModuleModel, hops: number): KnownLock | undefined {
  const node = unwrap(expression);
  if (hops > MOST_HOPS) return undefined;
  switch (node.type) {
    case 'NewExpression':
      return madeBy(node, model, hops);
    case 'CallExpression':
      return madeBy(node, model, hops) ?? givenBy(node, model, hops);
    case 'Identifier':
      return heldByVariable(node, model, hops);
    case 'MemberExpression':
      return heldByMember(node, model, hops);
    case 'LogicalExpression':
      return lockBehind(node.left, model, hops + 1) ?? lockBehind(node.right, model, hops + 1);
    case 'ConditionalExpression':
      return lockBehind(node.consequent, model, hops + 1) ?? lockBehind(node.alternate, model, hops + 1);
    case 'AssignmentExpression':
      return lockBehind(node.right, model, hops + 1);
    case 'AwaitExpression':
      return lockBehind(node.argument, model, hops + 1);
    default:
      return undefined;
  }
}

/** `new Mutex()`, `pLimit(1)`, `withTimeout(new Mutex(), 100)`, `new OurLock()`, `createLock()`. */
function madeBy(node: TSESTree.NewExpression | TSESTree.CallExpression, model: ModuleModel, hops: number): KnownLock | undefined {
  const callee = unwrap(node.callee);
  const library = librariesNamed(callee, model);
  if (library) {
    const [first] = node.arguments;
    if (library.name !== undefined && library.all.some(({ wrappers }) => wrappers?.includes(library.name!)) && first) return refusing(lockBehind(first, model, hops + 1));
    const made = library.all.find(({ makers }) => library.name !== undefined && makers.includes(library.name));
    return made && { library: made, permits: permitsOf(made, node.arguments) };
  }
  const variable = callee.type === 'Identifier' ? model.scopes.variableOf(callee) : undefined;
  const origin = variable && originOf(variable, model);
  const owner = node.type === 'NewExpression' ? classAt(origin) : undefined;
  const written = owner ? lockWrittenAs(owner, model.links) : undefined;
  if (written) return { library: written, permits: permitsOf(written, node.arguments) };
  const fn = node.type === 'CallExpression' ? functionAt(origin) : undefined;
  const factory = fn && lockWrittenBy(fn, model.links, lockOf);
  return factory && { library: factory, permits: permitsOf(factory, node.arguments) };
}

function refusing(lock: KnownLock | undefined): KnownLock | undefined {
  return lock && { ...lock, mayRefuse: true };
}

/** True if an expression makes a lock that lies in the memory of this program: of any other, two objects may be one lock. */
export function makesLockInMemory(node: Node, model: ModuleModel): boolean {
  if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return false;
  const named = librariesNamed(unwrap(node.callee), model);
  return named?.all.some(({ makers, expires }) => named.name !== undefined && makers.includes(named.name) && !expires) === true;
}

interface Named {
  readonly all: readonly LockLibrary[];
  /** As the library exports it. */
  readonly name: string | undefined;
}

/** What a name of an imported package stands for, and the libraries that it may belong to. */
function librariesNamed(callee: Node, model: ModuleModel): Named | undefined {
  const root = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  const variable = root.type === 'Identifier' ? model.scopes.variableOf(root) : undefined;
  const imported = variable && importOf(variable);
  const declared = imported && declaredLock(imported.specifier, model);
  const all = imported ? [...lockLibrariesOf(imported.specifier), ...(declared ? [declared] : [])] : [];
  if (all.length === 0) return undefined;
  const isWhole = imported!.name === '*' || imported!.name === '=';
  const name = callee.type === 'MemberExpression' ? keyName(callee.property, callee.computed) : isWhole ? 'default' : imported!.name;
  return { all, name };
}

function permitsOf(library: LockLibrary, args: readonly Node[]): number | undefined {
  const { capacity, permits } = library;
  if (!capacity) return permits ?? 1;
  const argument = args[capacity.argument];
  if (!argument) return permits ?? 1;
  const property = argument.type === 'ObjectExpression' && capacity.option ? argument.properties.find((candidate) => candidate.type === 'Property' && keyName(candidate.key, candidate.computed) === capacity.option) : undefined;
  if (argument.type === 'ObjectExpression' && !property) return argument.properties.some(({ type }) => type === 'SpreadElement') ? undefined : (permits ?? 1);
  const value = property?.type === 'Property' ? property.value : argument;
  return value.type === 'Literal' && typeof value.value === 'number' ? value.value : undefined;
}

function heldByVariable(node: TSESTree.Identifier, model: ModuleModel, hops: number): KnownLock | undefined {
  const variable = model.scopes.variableOf(node);
  const origin = variable && originOf(variable, model);
  if (!variable || !origin) return undefined;
  if (origin.kind === 'value') return lockBehind(origin.node, origin.model, hops + 1);
  return origin.kind === 'variable' ? heldBy(origin.variable, origin.model, hops) : undefined;
}

function heldBy(variable: Variable, model: ModuleModel, hops: number): KnownLock | undefined {
  const definition = variable.defs[0];
  const name = definition?.name;
  const type = name?.type === 'Identifier' ? name.typeAnnotation?.typeAnnotation : undefined;
  for (const { writeExpr } of variable.references) {
    const written = writeExpr ? fromPattern(variable, writeExpr as Node, model, hops) : undefined;
    if (!written) continue;
    if (isOfOneRun(variable, model) && !written.library.expires) return { ...written, permits: Infinity };
    const home = homeOf(variable, model);
    return home ? { ...written, home } : written;
  }
  return type && lockOfType(type, model);
}

/** `const mutex = new Mutex(); return mutex.runExclusive(…)`: each run makes a lock of its own, which nobody else comes to. */
function isOfOneRun({ defs: [definition], references }: Variable, model: ModuleModel): boolean {
  if (definition?.type !== 'Variable' || !definition.node.init || !(definition.node.init.type === 'NewExpression' || isMadeAnew(definition.node.init, model))) return false;
  const home = functionAround(definition.node);
  return home.type !== 'Program' && references.every(({ identifier, init }) => {
    const use = identifier as Node;
    const isMethod = use.parent?.type === 'MemberExpression' && use.parent.object === use && use.parent.parent.type === 'CallExpression' && use.parent.parent.callee === use.parent;
    return init || (isMethod && functionAround(use) === home);
  });
}

/** `this.guard()`, of a method that does nothing but `return new Semaphore(1)`: a lock in memory that each call makes for itself. */
function isMadeAnew(node: Node, model: ModuleModel): boolean {
  if (node.type !== 'CallExpression') return false;
  const fn = calledBy(node, model);
  const body = fn?.node.body;
  const [only, ...more] = body?.type === 'BlockStatement' ? body.body : [];
  const given = more.length > 0 ? undefined : only?.type === 'ReturnStatement' ? only.argument : body?.type === 'BlockStatement' ? undefined : body;
  return fn !== undefined && given?.type === 'NewExpression' && makesLockInMemory(given, model.links.modelOf(fn.module));
}

/** The function of which each run makes the lock anew, where that never leaves it: `const limit = pLimit(1); await Promise.all(jobs.map((job) => limit(job)))`. */
function homeOf({ defs: [definition], references }: Variable, model: ModuleModel): FunctionNode | undefined {
  if (definition?.type !== 'Variable' || definition.parent.kind !== 'const' || !definition.node.init || !makesLockInMemory(definition.node.init, model)) return undefined;
  const home = functionAround(definition.node);
  const isCalled = (called: Node | undefined, use: Node): boolean => called?.type === 'CallExpression' && called.callee === use;
  const stays = references.every(({ identifier, init }) => {
    const { parent } = identifier as Node;
    return init || isCalled(parent, identifier as Node) || (parent?.type === 'MemberExpression' && parent.object === identifier && isCalled(parent.parent, parent));
  });
  return stays && isFunction(home) ? home : undefined;
}

/** `lock = …`, `{ lock } = …`, `for (const lock of locks)`. */
function fromPattern(variable: Variable, source: Node, model: ModuleModel, hops: number): KnownLock | undefined {
  const [identifier] = variable.identifiers;
  const holder = identifier?.parent as Node | undefined;
  if (holder?.type === 'VariableDeclarator' && holder.id !== identifier) return undefined;
  if (holder?.type === 'Property' && holder.parent.type === 'ObjectPattern') {
    const name = keyName(holder.key, holder.computed);
    const field = name === undefined ? undefined : fieldOf(source, name, model);
    return field && heldByField(field.value, field.type, field.model, hops);
  }
  const loop = holder?.type === 'VariableDeclarator' ? holder.parent.parent : undefined;
  if (loop?.type === 'ForOfStatement' && loop.left === holder?.parent) return lockIn(loop.right, model, hops + 1);
  return lockBehind(source, model, hops + 1);
}

function heldByMember(node: TSESTree.MemberExpression, model: ModuleModel, hops: number): KnownLock | undefined {
  const name = keyName(node.property, node.computed);
  const field = name === undefined ? undefined : fieldOf(node.object, name, model);
  const held = field && heldByField(field.value, field.type, field.model, hops);
  if (held) return held;
  const owner = name === undefined ? undefined : classOfExpression(node.object, model);
  const getter = owner?.members.find(({ ownName, kind }) => ownName === name && kind === 'getter');
  if (getter) return returnedBy(getter, model.links.modelOf(getter.module), hops);
  return node.computed ? lockIn(node.object, model, hops + 1) : undefined;
}

function heldByField(value: Node | undefined, type: Node | undefined, model: ModuleModel, hops: number): KnownLock | undefined {
  return (value && lockBehind(value, model, hops + 1)) ?? (type && lockOfType(type, model));
}

/** `locks.get(key)`, `this.lockFor(key)`. */
function givenBy(node: TSESTree.CallExpression, model: ModuleModel, hops: number): KnownLock | undefined {
  const callee = unwrap(node.callee);
  if (callee.type === 'MemberExpression') {
    const name = keyName(callee.property, callee.computed) ?? '';
    if (name === 'get' || name === 'at') return lockIn(callee.object, model, hops + 1);
  }
  const fn = calledBy(node, model);
  return fn && returnedBy(fn, model.links.modelOf(fn.module), hops);
}

function returnedBy(fn: FunctionInfo, model: ModuleModel, hops: number): KnownLock | undefined {
  const { node } = fn;
  const annotated = node.returnType && lockOfType(node.returnType.typeAnnotation, model);
  if (annotated || hops > 3) return annotated;
  if (node.body.type !== 'BlockStatement') return lockBehind(node.body, model, hops + 1);
  let found: KnownLock | undefined;
  walk(node.body, (at) => {
    if (!found && at.type === 'ReturnStatement' && at.argument && model.table.around(at) === fn) found = lockBehind(at.argument, model, hops + 1);
  });
  return found;
}

/** The locks that a collection holds, by its type or by what is put into it. */
function lockIn(collection: Node, model: ModuleModel, hops: number): KnownLock | undefined {
  const node = unwrap(collection);
  if (hops > MOST_HOPS) return undefined;
  switch (node.type) {
    case 'NewExpression': {
      const type = node.typeArguments?.params.at(-1);
      return type && lockOfType(type, model);
    }
    case 'ArrayExpression': {
      const [first] = node.elements;
      return first ? (first.type === 'SpreadElement' ? lockIn(first.argument, model, hops + 1) : lockBehind(first, model, hops + 1)) : undefined;
    }
    case 'CallExpression':
      return lockOfMaker(node, model, hops) ?? (node.callee.type === 'MemberExpression' && /^(?:values|slice|sort|toSorted|filter)$/.test(calleeText(node.callee)) ? lockIn(node.callee.object, model, hops + 1) : undefined);
    case 'Identifier': {
      const variable = model.scopes.variableOf(node);
      const origin = variable && originOf(variable, model);
      const init = initialiserOf(origin);
      const type = variable?.defs[0]?.name;
      return (init && origin && lockIn(init, origin.model, hops + 1))
        ?? (type?.type === 'Identifier' && type.typeAnnotation ? lockInType(type.typeAnnotation.typeAnnotation, model) : undefined)
        ?? lockPutInto(node, origin ? origin.model : model, hops);
    }
    case 'MemberExpression': {
      const name = keyName(node.property, node.computed);
      const field = name === undefined ? undefined : fieldOf(node.object, name, model);
      return (field?.value && lockIn(field.value, field.model, hops + 1)) ?? (field?.type && lockInType(field.type, field.model)) ?? lockPutInto(node, model, hops);
    }
    default:
      return undefined;
  }
}

/** `Array.from({ length: 5 }, () => new Mutex())`, `names.map(() => new Mutex())`. */
function lockOfMaker(node: TSESTree.CallExpression, model: ModuleModel, hops: number): KnownLock | undefined {
  const last = node.arguments.at(-1);
  return last?.type === 'ArrowFunctionExpression' && last.body.type !== 'BlockStatement' ? lockBehind(last.body, model, hops + 1) : undefined;
}

const ADDING = /^(?:set|push|add)$/;

/** What `locks.set(key, lock)`, `locks.push(lock)` or `locks[key] = lock` puts into a collection of the same name. */
function lockPutInto(collection: Node, model: ModuleModel, hops: number): KnownLock | undefined {
  if (hops > 3) return undefined;
  for (const put of putsIn(model).get(textOf(collection, model)) ?? []) {
    const lock = lockBehind(put, model, hops + 2);
    if (lock) return lock;
  }
  return undefined;
}

const puts = new WeakMap<ModuleModel, ReadonlyMap<string, readonly Node[]>>();

/** What a module puts into collections, by the text that names the collection. */
function putsIn(model: ModuleModel): ReadonlyMap<string, readonly Node[]> {
  const known = puts.get(model);
  if (known) return known;
  const found = new Map<string, Node[]>();
  const note = (collection: Node, value: Node): void => {
    const name = textOf(collection, model);
    const others = found.get(name);
    if (others) others.push(value);
    else found.set(name, [value]);
  };
  for (const { callee, arguments: given } of model.module.nodes.of('CallExpression')) {
    const last = callee.type === 'MemberExpression' && ADDING.test(calleeText(callee)) ? given.at(-1) : undefined;
    if (callee.type === 'MemberExpression' && last) note(callee.object, last);
  }
  for (const { left, right } of model.module.nodes.of('AssignmentExpression')) if (left.type === 'MemberExpression' && left.computed) note(left.object, right);
  puts.set(model, found);
  return found;
}

/** `Mutex`, `MutexInterface | undefined`, `ReturnType<typeof pLimit>`, `Promise<Mutex>`. */
function lockOfType(type: Node, model: ModuleModel): KnownLock | undefined {
  if (type.type === 'TSUnionType') return type.types.map((part) => lockOfType(part, model)).find((found) => found !== undefined);
  if (type.type !== 'TSTypeReference') return undefined;
  const [inner] = type.typeArguments?.params ?? [];
  const name = calleeText(type.typeName as Node);
  if (name === 'ReturnType' && inner?.type === 'TSTypeQuery') return lockNamed(inner.exprName as Node, model);
  if ((name === 'Promise' || name === 'InstanceType' || name === 'Readonly') && inner) return lockOfType(inner, model);
  return lockNamed(type.typeName as Node, model);
}

function lockNamed(name: Node, model: ModuleModel): KnownLock | undefined {
  const plain = name.type === 'TSQualifiedName' ? undefined : name;
  const named = plain && librariesNamed(plain, model);
  const library = named?.all.find(({ makers, types }) => named.name !== undefined && (makers.includes(named.name) || types?.includes(named.name)));
  if (library) return { library, permits: library.capacity ? undefined : (library.permits ?? 1) };
  const variable = plain?.type === 'Identifier' ? model.scopes.variableOf(plain) : undefined;
  const owner = variable && classAt(originOf(variable, model));
  const written = owner ? lockWrittenAs(owner, model.links) : undefined;
  return written && { library: written, permits: written.capacity ? undefined : (written.permits ?? 1) };
}

/** `Map<string, Mutex>`, `Mutex[]`, `Record<string, Mutex>`. */
function lockInType(type: Node, model: ModuleModel): KnownLock | undefined {
  if (type.type === 'TSArrayType') return lockOfType(type.elementType, model);
  if (type.type === 'TSTypeOperator' && type.typeAnnotation) return lockInType(type.typeAnnotation, model);
  const last = type.type === 'TSTypeReference' ? type.typeArguments?.params.at(-1) : undefined;
  return last && lockOfType(last, model);
}

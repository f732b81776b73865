import { isFunction } from '../../language/index.js';
import type { Node, TSESTree, Variable } from '../../language/index.js';
import type { LockLibrary } from '../catalog/locks/index.js';
import { ofKind } from '../model/effect.js';
import type { Effect } from '../model/effect.js';
import { calleeText, keyName } from '../model/functions.js';
import { lockOf } from '../model/lock-kinds.js';
import type { ModuleModel } from '../model/module.js';
import { textOf } from '../model/text.js';
import { unwrap } from '../model/unwrap.js';
import type { Study } from '../regions/study.js';
import type { Acquire } from './held.js';

/** A lock that nobody gives back, because nobody keeps what would do so. */
export interface NeverReturned {
  readonly acquire: Acquire;
  /** The call whose answer is dropped: the acquisition, or that of a function which hands its releaser on. */
  readonly dropped: Effect['frame'] | undefined;
}

/** `await mutex.acquire();` of a mutex that no other code comes to, `const held = await hold(door)` where `using held` would have given it back. */
export function neverReturnedIn({ graph: { effects, isPartial }, entry }: Study, modelOf: (effect: Pick<Effect, 'frame'>) => ModuleModel): NeverReturned[] {
  if (!entry || isPartial) return [];
  return ofKind(effects, 'acquire').flatMap((acquire) => {
    const { form, isCertain, isAwaited, mayFail, expires, permits, lock } = acquire;
    if (form !== 'call' || !isCertain || !isAwaited || mayFail || expires || !Number.isFinite(permits) || effects.some((other) => other.kind === 'release' && other.lock === lock)) return [];
    if (!isAlone(acquire, modelOf(acquire))) return [];
    const dropped = droppedBy(acquire, modelOf);
    return dropped ? [{ acquire, dropped: dropped.frame }] : [];
  });
}

/** True if the module at hand is all that comes to the lock, and calls nothing that gives one back. */
function isAlone({ at }: Acquire, model: ModuleModel): boolean {
  const callee = at.type === 'CallExpression' ? unwrap(at.callee) : undefined;
  const object = callee?.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  const library = object && lockOf(object, model)?.library;
  return object !== undefined && library !== undefined && !library.isModule && isHidden(object, model) && !model.module.nodes.of('CallExpression').some((call) => givesBack(call, library, model));
}

function givesBack({ callee }: TSESTree.CallExpression, { release }: LockLibrary, model: ModuleModel): boolean {
  if (callee.type !== 'MemberExpression' || !(/^(?:release|unlock|cancel)$/.test(calleeText(callee)) || release.includes(calleeText(callee)))) return false;
  // `this.release()` of a guard calls what it was handed.
  return callee.object.type !== 'ThisExpression' || lockOf(callee.object, model) !== undefined;
}

/** A variable of the module that it does not export, a private field, a local name of either. */
function isHidden(object: Node, model: ModuleModel): boolean {
  if (object.type === 'MemberExpression') return object.property.type === 'PrivateIdentifier' || (unwrap(object.object).type === 'ThisExpression' && isPrivate(object, model));
  const variable = object.type === 'Identifier' ? model.scopes.variableOf(object) : undefined;
  if (!variable || variable.defs[0]?.type !== 'Variable') return false;
  const isExported = [...model.exports.names.values()].some((exported) => exported.kind === 'variable' && exported.variable === variable);
  return !isExported && variable.references.every(({ identifier, writeExpr }) => writeExpr !== undefined || isUse(identifier as Node));
}

function isPrivate({ property, computed }: TSESTree.MemberExpression, { table }: ModuleModel): boolean {
  const name = keyName(property, computed) ?? '';
  for (let at: Node | undefined = property; at; at = at.parent) {
    const owner = table.classOf(at);
    if (owner) return name.startsWith('_') || owner.node.body.body.some((member) => member.type === 'PropertyDefinition' && keyName(member.key, member.computed) === name && member.accessibility === 'private');
  }
  return false;
}

/** `mutex.acquire()`, `!mutex`, `locks.set(key, mutex)`; but it is not handed on. */
function isUse(use: Node): boolean {
  const { parent } = use;
  if (parent?.type === 'MemberExpression') return true;
  if (parent?.type === 'CallExpression') return parent.callee === use || calleeText(parent.callee) === 'set';
  return parent?.type === 'UnaryExpression' || parent?.type === 'LogicalExpression' || parent?.type === 'IfStatement' || parent?.type === 'BinaryExpression';
}

interface Dropped {
  readonly frame: Effect['frame'] | undefined;
}

/** Where what the acquisition gives is dropped, be it handed on by functions that were followed. */
function droppedBy(acquire: Acquire, modelOf: (effect: Pick<Effect, 'frame'>) => ModuleModel): Dropped | undefined {
  let at = acquire.at;
  for (let frame: Effect['frame'] | undefined = acquire.frame, call: Effect['frame'] | undefined; frame; call = frame, at = frame.at, frame = frame.caller) {
    const fate = fateOf(at, modelOf({ frame }));
    if (fate === 'dropped') return { frame: call };
    if (fate !== 'returned' || frame.at.type !== 'CallExpression') return undefined;
  }
  return undefined;
}

type Fate = 'dropped' | 'returned';

function fateOf(given: Node, model: ModuleModel): Fate | undefined {
  const node = wholeOf(given, model);
  const { parent } = node;
  if (parent?.type === 'ExpressionStatement') return 'dropped';
  if (parent?.type === 'CallExpression' && isKeptInVain(parent, model)) return 'dropped';
  if (parent?.type === 'ReturnStatement' || (parent?.type === 'ArrowFunctionExpression' && parent.body === node)) return 'returned';
  const declaration = parent?.type === 'VariableDeclarator' && parent.init === node ? (parent.parent as TSESTree.VariableDeclaration) : undefined;
  if (parent?.type !== 'VariableDeclarator' || !declaration || /using/.test(declaration.kind)) return undefined;
  const uses = variablesOf(parent.id, model)?.flatMap(({ references }) => references.filter((reference) => reference.isRead()).map(({ identifier }) => identifier as Node));
  const fates = uses?.filter((use) => !isPrinted(use, model)).map((use) => fateOf(guardAround(use, model) ?? use, model));
  if (!fates) return undefined;
  return fates.length === 0 ? 'dropped' : fates.every((fate) => fate === 'returned') ? 'returned' : undefined;
}

/** `stack.defer(release)` of a `new DisposableStack()` that is declared without `using`, and asked to do nothing but to keep more. */
function isKeptInVain({ callee }: TSESTree.CallExpression, { scopes }: ModuleModel): boolean {
  const variable = callee.type === 'MemberExpression' && callee.object.type === 'Identifier' ? scopes.variableOf(callee.object) : undefined;
  const definition = variable?.defs[0];
  if (definition?.type !== 'Variable' || /using/.test(definition.parent.kind) || definition.node.init?.type !== 'NewExpression' || !/^(?:Async)?DisposableStack$/.test(calleeText(definition.node.init.callee))) return false;
  return variable!.references.every(({ identifier, init }) => init || (identifier.parent.type === 'MemberExpression' && identifier.parent.object === identifier && /^(?:defer|use|adopt)$/.test(calleeText(identifier.parent))));
}

/** With `await`, and the guard that is made of it. */
function wholeOf(node: Node, model: ModuleModel): Node {
  const { parent } = node;
  const isPart = parent && (/^(?:AwaitExpression|TSNonNullExpression|TSAsExpression)$/.test(parent.type) || (parent.type === 'NewExpression' && isGuard(parent, model)));
  return isPart ? wholeOf(parent, model) : node;
}

function variablesOf(pattern: Node, { scopes }: ModuleModel): readonly Variable[] | undefined {
  const names = pattern.type === 'Identifier' ? [pattern] : pattern.type === 'ArrayPattern' ? pattern.elements.filter((element) => element !== null) : undefined;
  return names?.every((name) => name.type === 'Identifier') ? names.flatMap((name) => scopes.variableOf(name) ?? []) : undefined;
}

function isPrinted(use: Node, model: ModuleModel): boolean {
  const { parent } = use;
  return parent?.type === 'CallExpression' && parent.callee !== use && parent.callee.type === 'MemberExpression' && textOf(parent.callee.object, model) === 'console';
}

/** The object with `[Symbol.dispose]` that a use is part of. */
function guardAround(use: Node, model: ModuleModel): Node | undefined {
  for (let at = use.parent; at; at = at.parent) {
    if (at.type === 'ObjectExpression') return isDisposable(at, model) ? at : undefined;
    if (isFunction(at) && at.parent.type !== 'Property') return undefined;
  }
  return undefined;
}

function isDisposable({ properties }: TSESTree.ObjectExpression, model: ModuleModel): boolean {
  return properties.some((property) => property.type === 'Property' && property.computed && isDisposeKey(property.key, model));
}

/** `new Held(release)` of a class with `[Symbol.dispose]`. */
function isGuard({ callee }: TSESTree.NewExpression, model: ModuleModel): boolean {
  const variable = callee.type === 'Identifier' ? model.scopes.variableOf(callee) : undefined;
  const owner = variable?.defs[0]?.node;
  return owner?.type === 'ClassDeclaration' && owner.body.body.some((member) => member.type === 'MethodDefinition' && member.computed && isDisposeKey(member.key, model));
}

function isDisposeKey(key: Node, model: ModuleModel): boolean {
  return /^Symbol\.(?:asyncDispose|dispose)$/.test(textOf(key, model));
}

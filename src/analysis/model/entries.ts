import type { Configuration, EntryPath, EntryPoint, EntryStep } from '../../model/index.js';
import { rangeOf, walk } from '../../language/index.js';
import { componentOnce, runOnce, streamMakers, streamMethods } from '../catalog/callbacks.js';
import { declaredEntry } from './declared-entries.js';
import { calleeText } from './functions.js';
import type { ClassInfo, FunctionInfo } from './functions.js';
import { isTest, isTestHelper } from './tests.js';
import type { Use } from './uses.js';

/** A function that somebody outside can start. */
export interface Entry {
  readonly fn: FunctionInfo;
  readonly point: EntryPoint;
  /** False for what runs once in the life of the state it touches. */
  readonly overlapsItself: boolean;
}

/** What is known of a module's functions. */
export interface EntryWorld {
  readonly usesOf: (fn: FunctionInfo) => readonly Use[];
  /** What becomes of a method that its class hands over. */
  readonly usesAsValue: (fn: FunctionInfo) => readonly Use[];
  /** Who calls a private method. */
  readonly callersOf: (fn: FunctionInfo) => readonly FunctionInfo[];
  readonly isShared: (owner: ClassInfo) => boolean;
  /** True of a handler whose controls are off while its work is done. */
  readonly isSwitchedOff: (fn: FunctionInfo) => boolean;
  readonly file: string;
  readonly configuration: Configuration;
}

/** Calls that lead from what can be named to a closure. */
const mostCalls = 5;

const startedFromOutside = new Set(['exported', 'returned', 'stored', 'registered', 'registeredOnce', 'forked']);

/** A `register(name)` is for whoever comes with a name; a migration's `up(runner)` is not. */
function isAskedWith({ node, owner, ownName }: FunctionInfo): boolean {
  return node.params.length > 0 && (ownName === 'register' || (owner !== undefined && /^(?:activate|deactivate|seed|setup|teardown)$/.test(ownName)));
}

/** What a stream of Node calls one at a time. */
function isStreamMethod({ ownName }: FunctionInfo, owner: ClassInfo): boolean {
  return streamMethods.has(ownName) && isStream(owner);
}

/** `_open` of a stream: it asks nothing else of it until that has ended, but may destroy it. */
export function isOpeningOf(opening: FunctionInfo, { ownName, owner }: FunctionInfo): boolean {
  return owner !== undefined && opening.owner === owner && /^_(?:open|construct)$/.test(opening.ownName) && isStream(owner) && streamMethods.has(ownName) && !/destroy$/i.test(ownName);
}

function isStream({ superName, superclass }: ClassInfo): boolean {
  return superclass ? isStream(superclass) : superName !== undefined && (streamMakers.has(superName) || /Stream$/.test(superName));
}

/** What a framework calls once in the life of an object that it makes. */
function isRunOnce({ ownName }: FunctionInfo, { object }: ClassInfo): boolean {
  return object === 'options' && componentOnce.test(ownName);
}

const calledWithin = new WeakMap<ClassInfo, ReadonlySet<string>>();

/** `_tryOpen()` of a class that calls it itself: an underscore says that nobody else should. */
function isInternal({ ownName }: FunctionInfo, owner: ClassInfo): boolean {
  if (!/^_[A-Za-z]/.test(ownName)) return false;
  let names = calledWithin.get(owner);
  if (!names) calledWithin.set(owner, (names = ownCallsOf(owner)));
  return names.has(ownName);
}

/** The names of what a class calls of its own objects: `this.load()`. */
function ownCallsOf({ node }: ClassInfo): Set<string> {
  const names = new Set<string>();
  walk(node.body, (at) => {
    const callee = at.type === 'CallExpression' ? at.callee : undefined;
    if (callee?.type === 'MemberExpression' && !callee.computed && callee.object.type === 'ThisExpression') names.add(calleeText(callee));
  });
  return names;
}

/** Decides who can be started from outside, and says how. */
export class EntryFinder {
  readonly #usesOf: (fn: FunctionInfo) => readonly Use[];
  readonly #usesAsValue: (fn: FunctionInfo) => readonly Use[];
  readonly #callersOf: (fn: FunctionInfo) => readonly FunctionInfo[];
  readonly #isShared: (owner: ClassInfo) => boolean;
  readonly #isSwitchedOff: (fn: FunctionInfo) => boolean;
  readonly #file: string;
  readonly #configuration: Configuration;

  constructor({ usesOf, usesAsValue, callersOf, isShared, isSwitchedOff, file, configuration }: EntryWorld) {
    this.#usesOf = usesOf;
    this.#usesAsValue = usesAsValue;
    this.#callersOf = callersOf;
    this.#isShared = isShared;
    this.#isSwitchedOff = isSwitchedOff;
    this.#file = file;
    this.#configuration = configuration;
  }

  /** The entry that a function is; undefined for one that only this module calls. */
  entryOf(fn: FunctionInfo): Entry | undefined {
    const declared = declaredEntry(fn, this.#configuration);
    const seen = this.#seenEntryOf(fn);
    if (!declared) return seen;
    // A file that is named says how its entries run; a function that is named is an entry.
    return seen || declared.isNamed ? { fn, point: this.pointOf(fn, true), overlapsItself: declared.runs === 'overlapping' } : undefined;
  }

  /** As the code itself tells. */
  #seenEntryOf(fn: FunctionInfo): Entry | undefined {
    if (fn.owner && fn.owner.object !== 'literal') return fn.kind !== 'constructor' && this.#isShared(fn.owner) ? this.#memberEntryOf(fn, fn.owner) : undefined;
    const outside = this.#usesOf(fn).filter(({ kind }) => startedFromOutside.has(kind));
    return outside.length === 0 ? undefined : this.#entry(fn, outside.some(({ kind }) => kind !== 'registeredOnce') && !this.#isOfOneTest(fn) && !this.#isSwitchedOff(fn));
  }

  /** A public method, or one that the class hands to somebody who calls it. */
  #memberEntryOf(fn: FunctionInfo, owner: ClassInfo): Entry | undefined {
    if (fn.visibility === 'public' && !isInternal(fn, owner)) return this.#entry(fn, !isStreamMethod(fn, owner) && !isRunOnce(fn, owner));
    const outside = this.#usesAsValue(fn).filter(({ kind }) => startedFromOutside.has(kind));
    return outside.length === 0 ? undefined : this.#entry(fn, outside.some(({ kind }) => kind !== 'registeredOnce'));
  }

  /** What a test hands to the code that it tests is called as that test has arranged it. */
  #isOfOneTest(fn: FunctionInfo): boolean {
    for (let at = isTest(this.#file) ? fn.parent : undefined; at; at = at.parent) if (this.#usesOf(at).some(({ kind }) => kind === 'sequential')) return true;
    return false;
  }

  /** The entry point of any function, started from outside or not. */
  pointOf(fn: FunctionInfo, isPublic: boolean): EntryPoint {
    const path = this.#path(fn, 0);
    return { name: fn.name || 'callback', range: rangeOf(fn.node, this.#file), isPublic, ...(path && { path }) };
  }

  #entry(fn: FunctionInfo, mayRepeat: boolean): Entry {
    const isOnce = !fn.parent && runOnce.test(fn.ownName) && fn.kind !== 'closure' && !isAskedWith(fn);
    return { fn, point: this.pointOf(fn, true), overlapsItself: mayRepeat && !isOnce && !isTestHelper(this.#file) };
  }

  #path(fn: FunctionInfo, depth: number): EntryPath | undefined {
    if (depth > mostCalls) return undefined;
    if (fn.owner && fn.owner.object !== 'literal') return this.#memberPath(fn, fn.owner);
    const uses = this.#usesOf(fn);
    const named = uses.find((use) => use.root !== undefined && use.steps.every(({ kind }) => kind !== 'closure'));
    if (named?.root !== undefined) return { root: named.root, steps: named.steps };
    if (!fn.parent && fn.bound) return { root: fn.bound.name, steps: [] };
    if (!fn.parent) return this.#initialiserPath(fn) ?? { root: '<module>', steps: [this.#closure(fn)] };
    const run = this.#run(fn.parent, depth + 1);
    if (!run) return undefined;
    const returned = uses.find(({ kind, inside }) => kind === 'returned' && inside === fn.parent);
    // What a caller makes of it nobody knows.
    const isGiven = !fn.parent.isAsync && this.#path(fn.parent, depth + 1) !== undefined;
    const steps = returned && isGiven ? returned.steps : [this.#closure(fn)];
    return { root: run.root, steps: [...run.steps, ...steps] };
  }

  /** What makes a function run: a call of it, or of whoever calls it where only its own class can. */
  #run(fn: FunctionInfo, depth: number): EntryPath | undefined {
    const path = this.#path(fn, depth);
    if (path) return fn.kind === 'constructor' ? path : { root: path.root, steps: [...path.steps, { kind: 'call' }] };
    if (depth > mostCalls) return undefined;
    for (const caller of this.#callersOf(fn)) {
      const run = this.#run(caller, depth + 1);
      if (run) return run;
    }
    return undefined;
  }

  /** A function that the initialiser of a field makes is there once an object is made. */
  #initialiserPath(fn: FunctionInfo): EntryPath | undefined {
    const { initialises } = fn;
    const root = initialises && !initialises.isStatic ? rootOf(initialises.owner) : undefined;
    return root === undefined ? undefined : { root, steps: [{ kind: 'construct' }, this.#closure(fn)] };
  }

  #memberPath(fn: FunctionInfo, owner: ClassInfo): EntryPath | undefined {
    const root = rootOf(owner);
    if (root === undefined) return undefined;
    if (fn.kind === 'constructor') return { root, steps: [{ kind: 'construct' }] };
    if (fn.ownName.startsWith('#')) return this.#isGivenAway(fn) ? { root, steps: [{ kind: 'construct' }, this.#closure(fn)] } : undefined;
    const member: EntryStep = { kind: 'member', name: fn.ownName };
    return { root, steps: fn.isStatic ? [member] : [{ kind: 'construct' }, member] };
  }

  /** Once an object is made somebody has its private method: `new Client({ sign: this.#sign.bind(this) })`. */
  #isGivenAway(fn: FunctionInfo): boolean {
    return !fn.isStatic && this.#usesAsValue(fn).some(({ kind, inside }) => startedFromOutside.has(kind) && this.#isRunByMaking(inside, 0));
  }

  #isRunByMaking(fn: FunctionInfo | undefined, depth: number): boolean {
    if (!fn || fn.kind === 'constructor') return true;
    return depth <= mostCalls && this.#callersOf(fn).some((caller) => this.#isRunByMaking(caller, depth + 1));
  }

  #closure(fn: FunctionInfo): EntryStep {
    return { kind: 'closure', range: rangeOf(fn.node, this.#file) };
  }
}

/** The name by which a module knows a class; undefined where only a framework, or the function around it, knows how to make the object. */
function rootOf(owner: ClassInfo): string | undefined {
  const isTopLevel = /^(?:Program|ExportNamedDeclaration|ExportDefaultDeclaration)$/.test(owner.node.parent?.type ?? '') || owner.node.parent?.parent?.parent?.type === 'Program';
  return owner.object || !isTopLevel ? undefined : owner.node.id?.name ?? (owner.name === '<class>' ? 'default' : owner.name);
}

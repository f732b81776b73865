import { isFunction } from '../../language/index.js';
import type { FunctionNode, Node, TSESTree } from '../../language/index.js';
import { childrenOf } from '../../language/index.js';
import { eachElement } from '../catalog/collections.js';
import { unwrap } from '../flow/places.js';
import { calleeText, keyName } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { atomicsOperation } from '../model/shared-memory.js';
import { textOf } from '../model/text.js';
import { noBindings, SharedViews } from './shared-views.js';
import type { Bindings, Memory } from './shared-views.js';

/** One access of memory that may be shared, as a function comes to it. */
export interface MemoryAccess {
  readonly node: Node;
  readonly kind: 'read' | 'write' | 'update' | 'notify';
  /** Of `Atomics`; undefined for a plain access. */
  readonly operation: string | undefined;
  readonly memory: Memory;
  /** Text that is equal for equal indexes; undefined for any. */
  readonly index: string | undefined;
  /** The thread that comes to it, where the code asks which one it is. */
  readonly side: Side | undefined;
  /** Loops around it, through calls too. */
  readonly loops: readonly Node[];
  readonly root: History;
  /** Its place in the order of the text, calls followed. */
  readonly order: number;
}

export type Side = 'main' | 'worker';

/** What happens where agents are started, spoken to or waited for. */
export interface Turn {
  readonly node: Node;
  readonly kind: 'start' | 'post' | 'suspend' | 'guard' | 'unguard';
  readonly order: number;
}

/** All that a function does with memory, with what it calls in the same module. */
export interface History {
  readonly model: ModuleModel;
  /** A function, or the module as it is loaded. */
  readonly at: Node;
  readonly fn: FunctionInfo | undefined;
  /** Names in messages under which shared buffers are handed to other agents. */
  readonly handedOver: ReadonlySet<string>;
  readonly accesses: readonly MemoryAccess[];
  readonly turns: readonly Turn[];
  /** True for a function that others of the module call: what they do before counts for it too. */
  readonly isInlined: boolean;
}

const DEEPEST_CALL = 3;
const LOOP = /^(?:For|While|DoWhile)/;
const LOCK = /lock|mutex|acquire|exclusive|semaphore|critical/i;
const UNLOCK = /^#?_?(?:release|leave|exit)$/i;
const READING = /^(?:slice|reduce|reduceRight|join|map|filter|forEach|find\w*|indexOf|includes|some|every|at|values|entries|toString|get(?:Int|Uint|Float|BigInt|BigUint)\d+)$/;
const WRITING = /^(?:set|fill|sort|reverse|copyWithin|set(?:Int|Uint|Float|BigInt|BigUint)\d+)$/;

/**
 * Histories of the functions that somebody else calls, and of the module's body.
 * @param side The thread that runs all of the module, if that is known.
 */
export function historiesIn(model: ModuleModel, side?: Side): readonly History[] {
  const views = new SharedViews(model);
  const inlined = new Set<FunctionInfo>();
  const all = [undefined, ...model.table.functions].map((fn) => new Reader(model, views, inlined, side).read(fn));
  return all.filter(({ fn, accesses }) => !fn || (accesses.length > 0 && (!inlined.has(fn) || model.entryOf(fn) !== undefined)));
}

class Reader {
  readonly #model: ModuleModel;
  readonly #views: SharedViews;
  readonly #inlined: Set<FunctionInfo>;
  readonly #accesses: MemoryAccess[] = [];
  readonly #turns: Turn[] = [];
  readonly #stack: FunctionInfo[] = [];
  #bindings: Bindings = noBindings;
  #loops: readonly Node[] = [];
  #order = 0;
  #side: Side | undefined;
  #history!: History;

  readonly #wholeSide: Side | undefined;

  constructor(model: ModuleModel, views: SharedViews, inlined: Set<FunctionInfo>, side: Side | undefined) {
    this.#wholeSide = side;
    this.#model = model;
    this.#views = views;
    this.#inlined = inlined;
  }

  read(fn: FunctionInfo | undefined): History {
    const at = fn?.node ?? this.#model.module.program;
    const inlined = this.#inlined;
    this.#history = { model: this.#model, at, fn, handedOver: this.#views.sharedMessages, accesses: this.#accesses, turns: this.#turns, get isInlined() { return fn !== undefined && inlined.has(fn); } };
    this.#side = this.#wholeSide ?? sideAround(at);
    if (fn) this.#stack.push(fn);
    if (fn) this.#visit(fn.node.body);
    else for (const statement of this.#model.module.program.body) this.#visit(statement);
    return this.#history;
  }

  #visit(node: Node): void {
    if (isFunction(node) || /^(?:Class|TS)/.test(node.type) && unwrap(node) === node) return;
    const isLoop = LOOP.test(node.type);
    if (isLoop) this.#loops = [...this.#loops, node];
    this.#visitKind(node);
    if (isLoop) this.#loops = this.#loops.slice(0, -1);
  }

  #visitKind(node: Node): void {
    switch (node.type) {
      case 'CallExpression': case 'NewExpression':
        return this.#visitCall(node);
      case 'AssignmentExpression':
        this.#visit(node.right);
        return this.#visitTarget(node.left, node.operator === '=' ? 'write' : 'update');
      case 'UpdateExpression':
        return this.#visitTarget(node.argument, 'update');
      case 'MemberExpression':
        return this.#visitTarget(node, 'read');
      case 'AwaitExpression':
        this.#visit(node.argument);
        return this.#turn(node, 'suspend');
      case 'IfStatement':
        return this.#visitIf(node);
      case 'ForOfStatement':
        this.#visit(node.right);
        this.#note(node.right, 'read', this.#views.memoryOf(node.right, this.#bindings), undefined);
        return this.#visit(node.body);
      default:
        for (const child of childrenOf(node)) this.#visit(child);
    }
  }

  #visitIf({ test, consequent, alternate }: TSESTree.IfStatement): void {
    this.#visit(test);
    const side = this.#side;
    this.#side = sideOf(test, true) ?? side;
    this.#visit(consequent);
    this.#side = sideOf(test, false) ?? side;
    if (alternate) this.#visit(alternate);
    this.#side = side;
  }

  #visitTarget(given: Node, kind: 'read' | 'write' | 'update'): void {
    const target = unwrap(given);
    if (target.type !== 'MemberExpression') return kind === 'read' ? undefined : this.#visitParts(target);
    this.#visitParts(target);
    if (!target.computed || (target.property.type === 'Literal' && typeof target.property.value !== 'number')) return;
    this.#note(target, kind, this.#views.memoryOf(target.object, this.#bindings), this.#indexText(target.property));
  }

  #visitParts(node: Node): void {
    for (const child of childrenOf(node)) this.#visit(child);
  }

  #visitCall(call: TSESTree.CallExpression | TSESTree.NewExpression): void {
    const callee = unwrap(call.callee);
    if (callee.type === 'MemberExpression') this.#visit(callee.object);
    for (const argument of call.arguments) this.#visit(argument);
    const name = calleeText(callee);
    const operation = atomicsOperation(call, this.#model);
    if (operation !== undefined) return this.#noteAtomic(call, operation);
    if (name === 'Worker' && call.type === 'NewExpression') this.#turn(call, 'start');
    if (name === 'postMessage') this.#turn(call, 'post');
    if (LOCK.test(name)) this.#turn(call, 'guard');
    else if (UNLOCK.test(name)) this.#turn(call, 'unguard');
    if (callee.type === 'MemberExpression' && (READING.test(name) || WRITING.test(name))) {
      // A DataView is asked for a number at a place.
      const place = /^[gs]et\w+\d$/.test(name) ? call.arguments[0] : undefined;
      this.#note(call, WRITING.test(name) ? 'write' : 'read', this.#views.memoryOf(callee.object, this.#bindings), place && this.#indexText(place));
      if (!eachElement.has(name)) return;
    }
    const fn = this.#calledBy(call);
    if (fn) this.#inline(fn, call.arguments);
    for (const argument of call.arguments) if (isFunction(argument) && eachElement.has(name)) this.#inlineEach(argument, call);
  }

  #noteAtomic(call: TSESTree.CallExpression | TSESTree.NewExpression, operation: string): void {
    const [view, index] = call.arguments;
    if (/^(?:compareExchange|exchange)$/.test(operation)) this.#turn(call, 'guard');
    const kind = operation === 'notify' || operation === 'wake' ? 'notify' : /^(?:load|wait|waitAsync)$/.test(operation) ? 'read' : operation === 'store' ? 'write' : 'update';
    if (view && index) this.#note(call, kind, this.#views.memoryOf(view, this.#bindings), this.#indexText(index), operation);
  }

  #note(node: Node, kind: MemoryAccess['kind'], memory: Memory | undefined, index: string | undefined, operation?: string): void {
    if (memory) this.#accesses.push({ node, kind, operation, memory, index, side: this.#side, loops: this.#loops, root: this.#history, order: this.#order++ });
  }

  #turn(node: Node, kind: Turn['kind']): void {
    this.#turns.push({ node, kind, order: this.#order++ });
  }

  #calledBy({ callee }: TSESTree.CallExpression | TSESTree.NewExpression): FunctionInfo | undefined {
    const node = unwrap(callee);
    const { table, scopes } = this.#model;
    if (isFunction(node)) return table.infoOf(node);
    if (node.type === 'Identifier') {
      const variable = scopes.variableOf(node);
      return variable && table.boundTo(variable);
    }
    const name = node.type === 'MemberExpression' && node.object.type === 'ThisExpression' ? keyName(node.property, node.computed) : undefined;
    const owner = name === undefined ? undefined : this.#ownerOf(node);
    return owner?.members.find((member) => member.ownName === name && member.kind === 'method');
  }

  #ownerOf(node: Node): FunctionInfo['owner'] {
    for (let at: Node | undefined = node; at; at = at.parent) {
      const owner = this.#model.table.classOf(at);
      if (owner) return owner;
    }
    return undefined;
  }

  #inline(fn: FunctionInfo, args: readonly Node[]): void {
    if (this.#stack.includes(fn) || this.#stack.length > DEEPEST_CALL) return;
    this.#inlined.add(fn);
    const outer = this.#bindings;
    const bindings = new Map(outer);
    fn.node.params.forEach((parameter, index) => {
      const variable = parameter.type === 'Identifier' ? this.#model.scopes.variableOf(parameter) : undefined;
      const node = args[index];
      if (variable && node) bindings.set(variable, { node, bindings: outer });
    });
    this.#bindings = bindings;
    this.#stack.push(fn);
    this.#visit(fn.node.body);
    this.#stack.pop();
    this.#bindings = outer;
  }

  #inlineEach(fn: FunctionNode, call: Node): void {
    const info = this.#model.table.infoOf(fn);
    this.#loops = [...this.#loops, call];
    if (info) this.#inline(info, []);
    this.#loops = this.#loops.slice(0, -1);
  }

  /** A number, a name for one, or a parameter by its name. */
  #indexText(given: Node): string | undefined {
    const node = unwrap(given);
    if (node.type === 'Literal') return String(node.value);
    if (node.type === 'MemberExpression') return textOf(node, this.#model);
    const variable = node.type === 'Identifier' ? this.#model.scopes.variableOf(node) : undefined;
    const bound = variable && this.#bindings.get(variable);
    if (bound) return this.#indexText(bound.node);
    const definition = variable?.defs[0];
    if (!variable || !definition) return undefined;
    if (definition.type === 'Parameter') return definition.node === this.#history.at ? 'parameter' : undefined;
    const isFixed = definition.type === 'Variable' && definition.parent.kind === 'const' && definition.node.init;
    if (definition.type === 'ImportBinding') return variable.name;
    return isFixed && definition.node.init ? this.#indexText(definition.node.init) : undefined;
  }
}

/** Which thread goes on where a test of `isMainThread` or `parentPort` has this outcome. */
function sideOf(given: Node, outcome: boolean): Side | undefined {
  const test = unwrap(given);
  if (test.type === 'UnaryExpression' && test.operator === '!') return sideOf(test.argument, !outcome);
  const name = test.type === 'Identifier' || test.type === 'MemberExpression' ? calleeText(test) : '';
  if (name === 'isMainThread') return outcome ? 'main' : 'worker';
  return name === 'parentPort' ? (outcome ? 'worker' : 'main') : undefined;
}

export function sideAround(node: Node): Side | undefined {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    const side = parent.type === 'IfStatement' && at !== parent.test ? sideOf(parent.test, at === parent.consequent) : undefined;
    if (side) return side;
  }
  return undefined;
}

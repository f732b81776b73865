import { isFunction, walk } from '../../language/index.js';
import type { FunctionNode, Node, TSESTree, Variable } from '../../language/index.js';
import { fieldOf } from './class-of.js';
import { calleeText, keyName } from './functions.js';
import type { ModuleModel } from './module.js';
import { isLink } from './promise-chains.js';
import { textOf } from './text.js';
import { unwrap } from './unwrap.js';

/** What a method does that a lock's methods do. State is named by its field, or by the variable around the method. */
export interface MemberTraits {
  readonly name: string;
  readonly isAsync: boolean;
  /** State in which whoever waits is kept: a queue of resolvers or of work, the end of a chain of promises. */
  readonly waitsOn: ReadonlySet<string>;
  /** It waits for the end of a chain, and puts its own end in that place in the same turn. */
  readonly chains: boolean;
  /** It waits in a loop until a flag is free, and then sets it. */
  readonly retries: boolean;
  /** State that decides something here. */
  readonly tested: ReadonlySet<string>;
  /** State that is set to say that somebody is in: a flag, a count. */
  readonly taken: ReadonlySet<string>;
  readonly flags: ReadonlySet<string>;
  /** State from which the next one is let in, or that says that nobody is in. */
  readonly letsIn: ReadonlySet<string>;
  /** Queues that it puts work into that it was given, and promises the end of; and queues that it takes the next of. */
  readonly keepsWork: ReadonlySet<string>;
  readonly takesFrom: ReadonlySet<string>;
  /** All that it does is to call another. */
  readonly isForwarding: boolean;
  /** Own methods that it calls. */
  readonly calls: ReadonlySet<string>;
  /** It calls a function that it is given. */
  readonly callsArgument: boolean;
  /** That function is called when those before have ended. */
  readonly runsInTurn: boolean;
  /** The parameter that chooses among several chains. */
  readonly key: number | undefined;
  /** What it gives, or gives in time, is a function: calling it lets the next one in. */
  readonly givesReleaser: boolean;
  /** A count is compared with one, or starts at it. */
  readonly countsToOne: boolean;
}

const TAKING_OUT = /^(?:shift|pop|dequeue|delete|splice|next|values|poll)$/;
const PUTTING_IN = /^(?:push|unshift|add|enqueue|append)$/;

/** The next in line, whoever it is. */
const QUEUE_TAKING = /^(?:shift|pop|dequeue|splice|poll)$/;

/** By model, as what names stand for may change while the tree stays. */
const known = new WeakMap<ModuleModel, Map<FunctionNode, MemberTraits>>();

export function memberTraits(name: string, fn: FunctionNode, model: ModuleModel): MemberTraits {
  let ofModel = known.get(model);
  if (!ofModel) known.set(model, (ofModel = new Map()));
  let traits = ofModel.get(fn);
  if (traits?.name !== name) ofModel.set(fn, (traits = new TraitReader(fn, model).read(name)));
  return traits;
}

class TraitReader {
  readonly #fn: FunctionNode;
  readonly #model: ModuleModel;
  readonly #waitsOn = new Set<string>();
  readonly #tested = new Set<string>();
  readonly #taken = new Set<string>();
  readonly #flags = new Set<string>();
  readonly #keepsWork = new Set<string>();
  readonly #takesFrom = new Set<string>();
  readonly #letsIn = new Set<string>();
  readonly #calls = new Set<string>();
  #chains = false;
  #retries = false;
  #callsArgument = false;
  #countsToOne = false;
  #runsInTurn = false;
  #key: number | undefined;

  constructor(fn: FunctionNode, model: ModuleModel) {
    this.#fn = fn;
    this.#model = model;
  }

  read(name: string): MemberTraits {
    walk(this.#fn.body, (node) => this.#visit(node));
    this.#readTail();
    return {
      name, isAsync: this.#fn.async, waitsOn: this.#waitsOn, chains: this.#chains, retries: this.#retries, tested: this.#tested, taken: this.#taken, flags: this.#flags,
      letsIn: this.#letsIn, keepsWork: this.#promises() ? this.#keepsWork : new Set(), takesFrom: this.#takesFrom, isForwarding: this.#isForwarding(), calls: this.#calls, callsArgument: this.#callsArgument, runsInTurn: this.#runsInTurn, key: this.#key, givesReleaser: this.#givesReleaser(), countsToOne: this.#countsToOne,
    };
  }

  #visit(node: Node): void {
    switch (node.type) {
      case 'NewExpression':
        if (calleeText(node.callee) === 'Promise' && node.arguments[0]) this.#readExecutor(functionGiven(node.arguments[0], this.#model));
        return;
      case 'CallExpression':
        return this.#readCall(node);
      case 'IfStatement': case 'ConditionalExpression':
        return this.#readTest(node.test);
      case 'WhileStatement': case 'DoWhileStatement':
        this.#readTest(node.test);
        return this.#readRetry(node);
      case 'LogicalExpression':
        return this.#readTest(node.left);
      case 'AssignmentExpression':
        return this.#readAssignment(node);
      case 'UpdateExpression': {
        const state = this.#stateOf(node.argument);
        if (state !== undefined) this.#note(state);
        return;
      }
      default:
    }
  }

  /** Counts go up for some and down for others: which way lets in cannot be told. */
  #note(state: string): void {
    this.#taken.add(state);
    this.#letsIn.add(state);
  }

  /** A resolver that is kept where others find it. */
  #readExecutor(executor: FunctionNode | undefined): void {
    const parameter = executor?.params[0];
    const resolve = parameter?.type === 'Identifier' ? this.#model.scopes.variableOf(parameter) : undefined;
    if (!executor || !resolve) return;
    walk(executor.body, (node) => {
      if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && PUTTING_IN.test(calleeText(node.callee))) {
        const state = this.#stateOf(node.callee.object);
        if (state !== undefined && node.arguments.some((argument) => this.#mentions(argument, resolve) || this.#isWaiter(argument, resolve))) this.#waitsOn.add(state);
      }
      if (node.type === 'AssignmentExpression' && this.#mentions(node.right, resolve)) {
        const state = this.#stateOf(node.left);
        if (state !== undefined) this.#waitsOn.add(state);
      }
    });
  }

  #readCall(node: TSESTree.CallExpression): void {
    const callee = unwrap(node.callee);
    if (callee.type === 'Identifier' && this.#isParameter(callee)) this.#callsArgument = true;
    if (node.arguments.some((argument) => argument.type === 'Identifier' && this.#isParameter(argument)) && /^(?:then|finally|runExclusive|withLock|acquire|run|add|use|request|schedule|exec|execute|limit|dispatch)$/.test(calleeText(callee))) this.#callsArgument = true;
    if (callee.type !== 'MemberExpression') return;
    const method = keyName(callee.property, callee.computed) ?? '';
    const object = unwrap(callee.object);
    if (object.type === 'ThisExpression') {
      this.#calls.add(method);
      return;
    }
    const state = this.#stateOf(object);
    if (state === undefined) return;
    if (TAKING_OUT.test(method)) this.#letsIn.add(state);
    if (QUEUE_TAKING.test(method)) this.#takesFrom.add(state);
    if (PUTTING_IN.test(method) && node.arguments.some((argument) => this.#isWork(argument))) {
      this.#keepsWork.add(state);
    }
    // Whoever comes waits for the promises of all who are there: `await Promise.all([...this.queue])`.
    if (PUTTING_IN.test(method) && node.arguments.some((argument) => this.#isPromise(argument)) && this.#awaitsAll(state)) {
      this.#waitsOn.add(state);
      this.#chains = true;
    }
    // A resolver from elsewhere: `const { promise, resolve } = Promise.withResolvers()`.
    if (PUTTING_IN.test(method) && node.arguments.some((argument) => this.#isResolver(argument))) this.#waitsOn.add(state);
  }

  #isPromise(argument: Node): boolean {
    const definition = argument.type === 'Identifier' ? this.#model.scopes.variableOf(argument)?.defs[0] : undefined;
    return definition?.type === 'Variable' && definition.node.init?.type === 'NewExpression' && calleeText(definition.node.init.callee) === 'Promise';
  }

  #awaitsAll(state: string): boolean {
    let awaits = false;
    walk(this.#fn.body, (node) => {
      if (node.type !== 'AwaitExpression' || node.argument.type !== 'CallExpression' || calleeText(node.argument.callee) !== 'all') return;
      const [list] = node.argument.arguments;
      const definition = list?.type === 'Identifier' ? this.#model.scopes.variableOf(list)?.defs[0] : undefined;
      const source = definition?.type === 'Variable' && definition.node.init ? definition.node.init : list;
      if (source) walk(source, (at) => { awaits ||= this.#stateOf(at) === state; });
    });
    return awaits;
  }

  /** Something that holds a function which was given: the work itself, or what wraps it. */
  #isWork(argument: Node): boolean {
    const node = unwrap(argument);
    if (node.type === 'Identifier') {
      if (this.#isParameter(node)) return this.#isFunctionParameter(node);
      const definition = this.#model.scopes.variableOf(node)?.defs[0];
      return definition?.type === 'Variable' && definition.node.init ? this.#holdsParameter(definition.node.init) : false;
    }
    return this.#holdsParameter(node);
  }

  #holdsParameter(node: Node): boolean {
    const inner = unwrap(node);
    if (!isFunction(inner) && inner.type !== 'ObjectExpression') return false;
    let holds = false;
    walk(inner, (at) => { holds ||= at.type === 'Identifier' && this.#isParameter(at) && this.#isFunctionParameter(at); });
    return holds;
  }

  /** By its type, or because it is called. */
  #isFunctionParameter(node: TSESTree.Identifier): boolean {
    const variable = this.#model.scopes.variableOf(node);
    const name = variable?.identifiers[0];
    if (name?.typeAnnotation?.typeAnnotation.type === 'TSFunctionType') return true;
    if (variable?.references.some(({ identifier }) => identifier.parent.type === 'CallExpression' && identifier.parent.callee === identifier)) return true;
    return /^(?:fn|func|task|work|job|callback|cb|thunk|action|operation)$/i.test(node.name);
  }

  /** It makes a promise of its own, for whoever waits for the work. */
  #promises(): boolean {
    let promises = false;
    walk(this.#fn.body, (node) => {
      if (node.type === 'NewExpression') promises ||= calleeText(node.callee) === 'Promise';
      if (node.type === 'CallExpression') promises ||= /withResolvers|defer|resolver/i.test(calleeText(node.callee));
    });
    return promises;
  }

  #isForwarding(): boolean {
    const { body } = this.#fn;
    const [only, ...more] = body.type === 'BlockStatement' ? body.body : [];
    const expression = body.type !== 'BlockStatement' ? body : only?.type === 'ReturnStatement' ? only.argument : only?.type === 'ExpressionStatement' ? only.expression : undefined;
    const call = expression?.type === 'AwaitExpression' ? expression.argument : expression;
    return more.length === 0 && call?.type === 'CallExpression';
  }

  #givesReleaser(): boolean {
    let gives = false;
    walk(this.#fn.body, (node) => {
      if (node.type === 'ReturnStatement' && node.argument) gives ||= this.#isReleaser(node.argument);
      // `resolve(() => …)`, `.then(() => release)`
      if (node.type === 'CallExpression' && node.arguments.length === 1 && node.callee.type === 'Identifier' && !this.#isParameter(node.callee)) gives ||= isFunction(node.arguments[0]!) || this.#isReleaser(node.arguments[0]!);
      if (node.type === 'ArrowFunctionExpression' && node.body.type === 'Identifier') gives ||= this.#isReleaser(node.body);
    });
    return gives;
  }

  #isReleaser(expression: Node): boolean {
    const node = unwrap(expression);
    if (isFunction(node)) return true;
    // `this.release.bind(this)`, `() => this.release()`
    if (node.type === 'CallExpression') return calleeText(node.callee) === 'bind';
    if (node.type === 'NewExpression' || node.type === 'ObjectExpression') return this.#isDisposable(node);
    const variable = node.type === 'Identifier' ? this.#model.scopes.variableOf(node) : undefined;
    const name = variable?.identifiers[0];
    if (!variable || this.#isParameter(node as TSESTree.Identifier)) return false;
    if (name?.typeAnnotation?.typeAnnotation.type === 'TSFunctionType') return true;
    return variable.references.some(({ writeExpr }) => {
      const written = writeExpr ? unwrap(writeExpr as Node) : undefined;
      return written !== undefined && (isFunction(written) || (written.type === 'Identifier' && this.#model.scopes.variableOf(written)?.defs[0]?.type === 'Parameter'));
    }) || this.#isResolver(node);
  }

  /** `new Guard(free)` of a class with `[Symbol.dispose]`, or an object that has it: what `using` gives back. */
  #isDisposable(node: TSESTree.NewExpression | TSESTree.ObjectExpression): boolean {
    const disposes = (key: Node): boolean => /^Symbol\.(?:asyncDispose|dispose)$/.test(textOf(key, this.#model));
    if (node.type === 'ObjectExpression') return node.properties.some((property) => property.type === 'Property' && property.computed && disposes(property.key));
    const variable = node.callee.type === 'Identifier' ? this.#model.scopes.variableOf(node.callee) : undefined;
    const owner = variable?.defs[0]?.node;
    return owner?.type === 'ClassDeclaration' && owner.body.body.some((member) => member.type === 'MethodDefinition' && member.computed && disposes(member.key));
  }

  #isResolver(argument: Node): boolean {
    const variable = argument.type === 'Identifier' ? this.#model.scopes.variableOf(argument) : undefined;
    const definition = variable?.defs[0];
    return definition?.type === 'Variable' && definition.node.init?.type === 'CallExpression' && /withResolvers|defer|resolver/i.test(calleeText(definition.node.init.callee));
  }

  #readTest(test: Node): void {
    walk(test, (node) => {
      const state = this.#stateOf(node);
      if (state !== undefined) this.#tested.add(state);
    });
    if (test.type === 'BinaryExpression' && test.right.type === 'Literal' && test.right.value === 1 && /^(?:>=|<)$/.test(test.operator)) this.#countsToOne = true;
  }

  #readRetry(loop: TSESTree.WhileStatement | TSESTree.DoWhileStatement): void {
    let waits = false;
    walk(loop.body, (node) => { waits ||= node.type === 'AwaitExpression'; });
    if (!waits) return;
    walk(loop.test, (node) => {
      const state = this.#stateOf(node);
      if (state === undefined || !this.#setsAfter(loop, state)) return;
      this.#waitsOn.add(state);
      this.#retries = true;
    });
  }

  #setsAfter(loop: Node, state: string): boolean {
    let sets = false;
    walk(this.#fn.body, (node) => { sets ||= node.type === 'AssignmentExpression' && node.range[0] > loop.range[1] && this.#stateOf(node.left) === state; });
    return sets;
  }

  #readAssignment(node: TSESTree.AssignmentExpression): void {
    const state = this.#stateOf(node.left);
    if (state === undefined) return;
    if (node.operator === '+=' || node.operator === '-=') return this.#note(state);
    const right = unwrap(node.right);
    if (right.type === 'Literal' && right.value === true) {
      this.#taken.add(state);
      this.#flags.add(state);
    } else if ((right.type === 'Literal' && !right.value) || (right.type === 'Identifier' && right.name === 'undefined')) this.#letsIn.add(state);
    else if (right.type !== 'ArrayExpression') this.#taken.add(state);
  }

  /** `const before = this.tail; this.tail = …; await before`, `this.tail = this.tail.then(…)`. */
  #readTail(): void {
    const awaits = this.#firstAwait();
    walk(this.#fn.body, (node) => {
      if (node.range[0] > awaits || this.#isNested(node)) return;
      const target = node.type === 'AssignmentExpression' && node.operator === '=' ? node.left : isSetting(node) ? node.callee.object : undefined;
      const state = target && this.#chainOf(target);
      if (state !== undefined && this.#isAwaitedPromise(state, node)) {
        this.#waitsOn.add(state);
        this.#chains = true;
      }
    });
  }

  /** True if what stood in the place before the assignment is waited for: by `await`, by `then`. */
  #isAwaitedPromise(state: string, assignment: Node): boolean {
    let isWaitedFor = false;
    const before = this.#namesOf(state, assignment);
    const isBefore = (node: Node): boolean => {
      const plain = unwrap(node);
      if (plain.type === 'LogicalExpression') return isBefore(plain.left);
      if (isLink(plain)) return isBefore(plain.callee.object);
      if (plain.type === 'Identifier') {
        const variable = this.#model.scopes.variableOf(plain);
        if (variable && before.has(variable)) return true;
      }
      return this.#chainOf(plain) === state && plain.range[0] < assignment.range[1];
    };
    walk(this.#fn.body, (node) => {
      if (node.type === 'AwaitExpression' && isBefore(node.argument) && (node.range[0] > assignment.range[0] || unwrap(node.argument).type === 'Identifier')) {
        isWaitedFor = true;
        this.#runsInTurn ||= this.#callsWithin(this.#fn.body, node.range[1]);
      }
      if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && calleeText(node.callee) === 'then' && isBefore(node.callee.object)) {
        isWaitedFor = true;
        this.#runsInTurn ||= node.arguments.some((argument) => (argument.type === 'Identifier' ? this.#isParameter(argument) : this.#callsWithin(argument, 0)));
      }
    });
    return isWaitedFor;
  }

  /** True if a function that was given is called in `node`, after `from`. */
  #callsWithin(node: Node, from: number): boolean {
    let calls = false;
    walk(node, (at) => { calls ||= at.type === 'CallExpression' && at.range[0] >= from && at.callee.type === 'Identifier' && this.#isParameter(at.callee); });
    return calls;
  }

  /** Local names that the state had its value copied to before. */
  #namesOf(state: string, assignment: Node): Set<Variable> {
    const names = new Set<Variable>();
    walk(this.#fn.body, (node) => {
      if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier' || !node.init || node.range[0] > assignment.range[0]) return;
      const init = unwrap(node.init);
      const from = init.type === 'LogicalExpression' ? init.left : init.type === 'CallExpression' && init.callee.type === 'MemberExpression' && calleeText(init.callee) === 'catch' ? init.callee.object : init;
      const variable = this.#model.scopes.variableOf(node.id);
      if (variable && this.#chainOf(from) === state) names.add(variable);
    });
    return names;
  }

  #firstAwait(): number {
    let first = Infinity;
    walk(this.#fn.body, (node) => {
      if (node.type === 'AwaitExpression' && !this.#isNested(node)) first = Math.min(first, node.range[1]);
    });
    return first;
  }

  #isNested(node: Node): boolean {
    for (let at = node.parent; at && at !== this.#fn; at = at.parent) if (isFunction(at)) return true;
    return false;
  }

  /** Where the end of a chain is kept: in state, or in a field of an object that the function is given, which then chooses among chains: `session.queue`. */
  #chainOf(expression: Node): string | undefined {
    const node = unwrap(expression);
    if (node.type !== 'MemberExpression' || node.computed || node.object.type !== 'Identifier' || !this.#isParameter(node.object)) return this.#stateOf(node);
    this.#noteKey(node.object);
    return keyName(node.property, false);
  }

  /** `this.waiting`, `this.#tail`, `tails.get(key)`, a variable around the method. */
  #stateOf(expression: Node): string | undefined {
    const node = unwrap(expression);
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && calleeText(node.callee) === 'get') {
      this.#noteKey(node.arguments[0]);
      return this.#stateOf(node.callee.object);
    }
    if (node.type === 'MemberExpression') {
      if (node.computed) this.#noteKey(node.property);
      const object = unwrap(node.object);
      if (object.type === 'ThisExpression') return keyName(node.property, node.computed);
      // What lies deeper is part of something larger than a lock; an element of its own is none.
      return node.computed ? this.#stateOf(object) : undefined;
    }
    if (node.type !== 'Identifier') return undefined;
    const variable = this.#model.scopes.variableOf(node);
    if (!variable || variable.defs.length === 0 || variable.defs[0]!.type === 'FunctionName') return undefined;
    const { block } = variable.scope.variableScope;
    const isOutside = block.range[0] < this.#fn.range[0] && block.range[1] >= this.#fn.range[1];
    return isOutside && variable.defs[0]!.type !== 'ImportBinding' ? variable.name : undefined;
  }

  #noteKey(key: Node | undefined): void {
    const variable = key?.type === 'Identifier' ? this.#model.scopes.variableOf(key) : undefined;
    const index = variable ? this.#fn.params.findIndex((parameter) => variable.identifiers.includes(parameter as TSESTree.Identifier)) : -1;
    if (index >= 0) this.#key = index;
  }

  #isParameter(node: TSESTree.Identifier): boolean {
    const variable = this.#model.scopes.variableOf(node);
    return variable?.defs[0]?.type === 'Parameter' && variable.scope.block === this.#fn;
  }

  /** A function under a name that calls the resolver: `const enter = () => { …; resolve(); }; this.waiting.add(enter)`. */
  #isWaiter(argument: Node, resolve: Variable): boolean {
    const definition = argument.type === 'Identifier' ? this.#model.scopes.variableOf(argument)?.defs[0] : undefined;
    const init = definition?.type === 'Variable' ? definition.node.init : definition?.type === 'FunctionName' ? definition.node : undefined;
    return init ? isFunction(init) && this.#mentions(init, resolve) : false;
  }

  #mentions(node: Node, variable: Variable): boolean {
    return variable.references.some(({ identifier }) => identifier.range[0] >= node.range[0] && identifier.range[1] <= node.range[1]);
  }
}

/** A function as an argument: written there, or by the name of a constant or of a field of the own class that holds it (`new Promise(this.enqueue)`). */
function functionGiven(argument: Node, model: ModuleModel): FunctionNode | undefined {
  const node = unwrap(argument);
  if (isFunction(node)) return node;
  const name = node.type === 'MemberExpression' && node.object.type === 'ThisExpression' ? keyName(node.property, node.computed) : undefined;
  const field = node.type === 'MemberExpression' && name !== undefined ? fieldOf(node.object, name, model) : undefined;
  if (field) return field.value && field.model === model && isFunction(field.value) ? field.value : undefined;
  const variable = node.type === 'Identifier' ? model.scopes.variableOf(node) : undefined;
  return variable && model.table.boundTo(variable)?.node;
}

/** `tails.set(key, next)` */
function isSetting(node: Node): node is TSESTree.CallExpression & { callee: TSESTree.MemberExpression } {
  return node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && calleeText(node.callee) === 'set';
}

import type { EntryStep } from '../../model/index.js';
import { rangeOf, walk } from '../../language/index.js';
import type { Node, Scopes, TSESTree, Variable } from '../../language/index.js';
import { eachElement } from '../catalog/collections.js';
import { forking, isFiringOnce, isRegistering, isSubscribing, oneAtATime, sequential, streamMakers, streamSteps } from '../catalog/callbacks.js';
import { importOf } from './exports.js';
import { calleeText, keyName } from './functions.js';
import type { ClassInfo, FunctionInfo, FunctionTable } from './functions.js';
import { isChaining, isLink } from './promise-chains.js';

/**
 * What becomes of a function value.
 * `called`: only called, by name. `inline`: run by the call it is given to, which ends when it has run. `sequential`: run by a test runner.
 * The rest can be started from outside: `exported`, `returned`, `stored` in something that outlives the call, `registered` as
 * a handler, `forked` once per element.
 */
export type UseKind = 'called' | 'inline' | 'sequential' | 'exported' | 'returned' | 'stored' | 'registered' | 'registeredOnce' | 'forked';

export interface Use {
  readonly kind: UseKind;
  /** For `exported` and `stored` at the top level: the variable that leads to it, and how. */
  readonly root?: string;
  readonly steps: readonly EntryStep[];
  /** The function in which the use stands. */
  readonly inside: FunctionInfo | undefined;
}

const MOST_HOPS = 12;

/** Follows a function value through the module. */
export class UseFinder {
  readonly #scopes: Scopes;
  readonly #table: FunctionTable;
  readonly #file: string;
  readonly #byClass = new Map<ClassInfo, Map<string, Node[]>>();

  constructor(scopes: Scopes, table: FunctionTable, file: string) {
    this.#scopes = scopes;
    this.#table = table;
    this.#file = file;
  }

  usesOf(fn: FunctionInfo): readonly Use[] {
    if (fn.node.type !== 'FunctionDeclaration') return this.#from(fn.node, [], 0);
    return this.#usesOfBinding(fn.node, fn.bound, [], 0);
  }

  /** What becomes of a method that its own class hands over: `socket.on('message', this.onMessage)`, `new Timer(this.tick.bind(this))`. */
  usesAsValue({ owner, ownName }: FunctionInfo): readonly Use[] {
    return owner ? (this.#membersGiven(owner).get(ownName) ?? []).flatMap((member) => this.#from(member, [], 0)) : [];
  }

  /** Where a class speaks of members of its own without calling or setting them, by their names. */
  #membersGiven(owner: ClassInfo): ReadonlyMap<string, readonly Node[]> {
    let given = this.#byClass.get(owner);
    if (given) return given;
    given = new Map<string, Node[]>();
    this.#byClass.set(owner, given);
    walk(owner.node.body, (node) => {
      if (node.type !== 'MemberExpression' || node.computed || node.object.type !== 'ThisExpression') return;
      const { parent } = node;
      if ((parent.type === 'CallExpression' && parent.callee === node) || (parent.type === 'AssignmentExpression' && parent.left === node)) return;
      const name = node.property.type === 'PrivateIdentifier' ? `#${node.property.name}` : keyName(node.property, false);
      if (name !== undefined) given!.set(name, [...(given!.get(name) ?? []), node]);
    });
    return given;
  }

  /** Uses of the value that `node` evaluates to; `steps` lead from that value to the function. */
  #from(node: Node, steps: readonly EntryStep[], hops: number): Use[] {
    const holder = node.parent;
    const inside = this.#table.around(node);
    const use = (kind: UseKind, root?: string): Use[] => [{ kind, steps, inside, ...(root !== undefined && { root }) }];
    if (!holder || hops > MOST_HOPS) return use('stored');
    switch (holder.type) {
      case 'ChainExpression': case 'TSAsExpression': case 'TSNonNullExpression': case 'TSSatisfiesExpression': case 'TSTypeAssertion': case 'LogicalExpression': case 'SpreadElement':
        return this.#from(holder, steps, hops + 1);
      case 'ConditionalExpression':
        return node === holder.test ? [] : this.#from(holder, steps, hops + 1);
      case 'ArrayExpression':
        return this.#from(holder, [{ kind: 'member', name: String(holder.elements.indexOf(node as never)) }, ...steps], hops + 1);
      case 'Property': {
        if (node !== holder.value) return [];
        const name = keyName(holder.key, holder.computed);
        return this.#from(holder.parent, name === undefined ? [{ kind: 'closure', range: this.#rangeOf(node) }] : [{ kind: 'member', name }, ...steps], hops + 1);
      }
      case 'ReturnStatement':
        return this.#returned(inside, steps, hops);
      case 'ArrowFunctionExpression':
        return node === holder.body ? this.#returned(this.#table.infoOf(holder), steps, hops) : [];
      case 'ExportDefaultDeclaration':
        return use('exported', 'default');
      case 'VariableDeclarator':
        return holder.id.type === 'Identifier' && node === holder.init ? this.#usesOfBinding(holder.parent, this.#scopes.variableOf(holder.id), steps, hops + 1) : use('stored');
      case 'AssignmentExpression':
        return node === holder.right ? this.#assigned(holder.left, steps, hops) : [];
      case 'CallExpression': case 'NewExpression':
        return this.#given(node, holder, steps, hops);
      case 'AwaitExpression': case 'YieldExpression': case 'ExpressionStatement': case 'UnaryExpression': case 'BinaryExpression': case 'IfStatement': case 'TemplateLiteral':
        return use('called');
      case 'MemberExpression':
        return this.#member(holder, steps, hops);
      case 'PropertyDefinition':
        return use('stored');
      default:
        return holder.type.startsWith('JSX') ? use('registered') : use('stored');
    }
  }

  #returned(from: FunctionInfo | undefined, steps: readonly EntryStep[], hops: number): Use[] {
    if (!from) return [];
    // What a callback of `map(…)` or an immediately called function returns is its caller's value.
    const { node } = from;
    const call = node.parent;
    if (call?.type === 'CallExpression' && (call.callee === node || eachElement.has(calleeText(call.callee)) || /^use(?:Memo|Callback)$/.test(calleeText(call.callee)))) return this.#from(call, steps, hops + 1);
    return [{ kind: 'returned', steps, inside: from }];
  }

  #usesOfBinding(declaration: Node, variable: Variable | undefined, steps: readonly EntryStep[], hops: number): Use[] {
    const inside = this.#table.around(declaration);
    const uses: Use[] = [];
    const isExported = declaration.parent?.type === 'ExportNamedDeclaration' || declaration.parent?.type === 'ExportDefaultDeclaration';
    if (isExported && variable) uses.push({ kind: 'exported', root: variable.name, steps, inside });
    if (isExported && !variable) uses.push({ kind: 'exported', root: 'default', steps, inside });
    for (const reference of variable?.references ?? []) {
      if (!reference.isRead() || hops > MOST_HOPS) continue;
      const name = reference.identifier as Node;
      const at = name.parent;
      if (at?.type === 'CallExpression' && at.callee === name) uses.push({ kind: 'called', steps, inside: this.#table.around(name) });
      else if (at?.type === 'ExportSpecifier') uses.push({ kind: 'exported', root: variable!.name, steps, inside: undefined });
      else if (at?.type === 'ExportDefaultDeclaration') uses.push({ kind: 'exported', root: variable!.name, steps, inside: undefined });
      else {
        const found = this.#from(name, steps, hops + 1);
        // A value that is bound at the top level is reached by that name, whoever takes it.
        uses.push(...(inside ? found : found.map((use) => ({ ...use, root: variable!.name, steps }))));
      }
    }
    return uses;
  }

  #assigned(left: Node, steps: readonly EntryStep[], hops: number): Use[] {
    const inside = this.#table.around(left);
    if (left.type === 'MemberExpression') {
      const path = calleeText(left.object);
      const isExport = path === 'exports' || (path === 'module' && calleeText(left) === 'exports');
      const kept = HANDLER.test(calleeText(left)) && steps.length === 0 ? 'registered' : 'inline';
      return [{ kind: isExport ? 'exported' : this.#isLent(left) ? kept : 'stored', steps, inside }];
    }
    const variable = left.type === 'Identifier' ? this.#scopes.variableOf(left) : undefined;
    const declaration = variable?.defs[0]?.node as Node | undefined;
    if (!variable || !declaration || hops > MOST_HOPS) return [{ kind: 'stored', steps, inside }];
    return [...this.#usesOfBinding(declaration, variable, steps, hops + 1), { kind: 'called', steps, inside }];
  }

  /** What is put on an object that belongs to one call, a parameter or a local, is that call's. */
  #isLent(target: TSESTree.MemberExpression): boolean {
    let root: Node = target.object;
    while (root.type === 'MemberExpression' || root.type === 'TSNonNullExpression' || root.type === 'TSAsExpression') root = root.type === 'MemberExpression' ? root.object : root.expression;
    if (root.type !== 'Identifier') return root.type === 'CallExpression';
    const variable = this.#scopes.variableOf(root);
    return variable !== undefined && this.#table.infoOf(variable.scope.variableScope.block as Node) !== undefined;
  }

  #given(node: Node, call: TSESTree.CallExpression | TSESTree.NewExpression, steps: readonly EntryStep[], hops: number): Use[] {
    const inside = this.#table.around(call);
    const use = (kind: UseKind): Use[] => [{ kind, steps: isFunctionValue ? steps : [], inside }];
    const isFunctionValue = steps.length === 0;
    if (node === call.callee) return use('called');
    const name = calleeText(call.callee);
    const isAsync = this.#table.infoOf(node)?.isAsync ?? false;
    const isForked = isAsync || givesChain(node) || (name === 'from' && this.#named(node)?.isAsync === true);
    if (call.type === 'NewExpression') return use(name === 'Promise' ? 'inline' : this.#isSerialWorker(call) || isStreamStep(name, steps) ? 'registeredOnce' : 'stored');
    const rootName = calleeText(call.callee.type === 'MemberExpression' ? call.callee.object : call.callee);
    if (sequential.has(name) || sequential.has(rootName)) return use('sequential');
    if (isChaining(name)) return use('inline');
    if (oneAtATime.has(name) || (name === 'mergeMap' && isOne(call.arguments[1]))) return use('registeredOnce');
    if (isForked && forking.has(name)) return use('forked');
    if (eachElement.has(name) && !isRegistering(name)) return use('inline');
    if (HAS_DEPENDENCIES.test(name) && node !== call.arguments[0]) return use('stored');
    if (/^(?:useCallback|useMemo|memo|debounce|throttle|bind|wrap\w*|with[A-Z]\w*|forwardRef|asyncHandler|catchAsync|action|cache)$/.test(name) && (!isAwaited(call) || GIVES_BACK.test(name))) return [...this.#from(call, steps, hops + 1), ...use('called')];
    if (isSubscribing(name) || (isRegistering(name) && !isAwaited(call))) return use(isFiringOnce(name) ? 'registeredOnce' : 'registered');
    if (!isFunctionValue) return use(inside ? 'inline' : 'stored');
    return use(isAsync && !inside && isGivenAway(call) ? 'stored' : 'inline');
  }

  /** `Array.from({ length: lanes }, lane)`: what is given by its name. What `items.map(work)` runs is followed as part of the caller, under the caller's locks. */
  #named(node: Node): FunctionInfo | undefined {
    const variable = node.type === 'Identifier' ? this.#scopes.variableOf(node) : undefined;
    return variable && this.#table.boundTo(variable);
  }

  #member(member: TSESTree.MemberExpression, steps: readonly EntryStep[], hops: number): Use[] {
    const name = keyName(member.property, member.computed);
    const inside = this.#table.around(member);
    if (steps.length === 0) {
      // `fn.bind(this)`, `fn.call(…)`
      const call = member.parent;
      if (name === 'bind' && call?.type === 'CallExpression') return this.#from(call, [], hops + 1);
      return [{ kind: 'called', steps, inside }];
    }
    const [first, ...rest] = steps;
    if (first?.kind !== 'member' || (name !== undefined && first.name !== name)) return [];
    if (member.parent?.type === 'CallExpression' && member.parent.callee === member) return [{ kind: 'called', steps, inside }];
    return this.#from(member, rest, hops + 1);
  }

  /** A worker of bullmq takes one job after the other, unless it is told how many at a time. */
  #isSerialWorker(call: TSESTree.NewExpression): boolean {
    const variable = call.callee.type === 'Identifier' ? this.#scopes.variableOf(call.callee) : undefined;
    const imported = variable && importOf(variable);
    if (imported?.specifier !== 'bullmq' || imported.name !== 'Worker') return false;
    const [, , options] = call.arguments;
    if (!options) return true;
    if (options.type !== 'ObjectExpression' || options.properties.some(({ type }) => type === 'SpreadElement')) return false;
    const concurrency = options.properties.find((property) => property.type === 'Property' && keyName(property.key, property.computed) === 'concurrency');
    return concurrency?.type !== 'Property' || isOne(concurrency.value);
  }

  #rangeOf(node: Node): ReturnType<typeof rangeOf> {
    return rangeOf(node, this.#file);
  }
}

/** What stands behind the first argument is compared, and not given back. */
const HAS_DEPENDENCIES = /^use(?:Callback|Memo)$/;

/** `port.onmessage = (event) => …`: whoever's the port is, it calls that for each one that comes. */
const HANDLER = /^on(?:message|data|packet|request|notification|input|change|click)$/i;

/** What never calls a function itself: `return useCallback(async () => …, [])` is the function. */
const GIVES_BACK = /^(?:useCallback|debounce|throttle)$/;

/** `(item) => work(item).then(…)` */
function givesChain(node: Node): boolean {
  return node.type === 'ArrowFunctionExpression' && isLink(node.body);
}

/** `export const load = cached(async (id) => …)`: what a call makes of a function is what others call. */
function isGivenAway({ parent }: Node): boolean {
  if (parent?.type === 'VariableDeclarator') return parent.parent.parent.type === 'ExportNamedDeclaration';
  return parent?.type === 'PropertyDefinition' || parent?.type === 'ExportDefaultDeclaration';
}

/** `new ReadableStream({ pull })`: what a stream calls one at a time. */
function isStreamStep(maker: string, [first, ...rest]: readonly EntryStep[]): boolean {
  return streamMakers.has(maker) && first?.kind === 'member' && streamSteps.has(first.name) && rest.length === 0;
}

function isOne(node: Node | undefined): boolean {
  return node?.type === 'Literal' && node.value === 1;
}

/** True if the value of a call is awaited or returned, so that its end is waited for. */
export function isAwaited(call: Node): boolean {
  const holder = call.parent;
  switch (holder?.type) {
    case 'AwaitExpression': case 'ReturnStatement':
      return true;
    case 'ArrowFunctionExpression':
      return holder.body === call;
    case 'ChainExpression': case 'TSAsExpression': case 'TSNonNullExpression': case 'ConditionalExpression': case 'LogicalExpression':
      return isAwaited(holder);
    default:
      return false;
  }
}

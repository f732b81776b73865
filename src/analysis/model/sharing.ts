import type { Node, ParsedModule, Scopes, Variable } from '../../language/index.js';
import { calleeText, keyName } from './functions.js';
import type { ClassInfo, FunctionInfo, FunctionTable } from './functions.js';
import type { Use } from './uses.js';

/** Which variables and instances more than one task can reach. */
export interface Sharing {
  isSharedVariable(variable: Variable): boolean;
  isSharedClass(owner: ClassInfo): boolean;
  /** True if the variable keeps its first value. */
  isConstant(variable: Variable): boolean;
  /** The function whose activation holds the variable; undefined for the module's own. */
  activationOf(variable: Variable): FunctionInfo | undefined;
}

const startsLater = new Set(['exported', 'returned', 'stored', 'registered', 'registeredOnce', 'forked']);

export function findSharing(module: ParsedModule, scopes: Scopes, table: FunctionTable, usesOf: (fn: FunctionInfo) => readonly Use[]): Sharing {
  const classes = sharedClasses(module, scopes, table);
  const known = new Map<Variable, boolean>();
  const constant = new Map<Variable, boolean>();
  const activationOf = (variable: Variable): FunctionInfo | undefined => table.infoOf(variable.scope.variableScope.block as Node);

  /** True if `fn`, which is nested in `activation`, can run while or after the activation itself runs. */
  const outlives = (fn: FunctionInfo, activation: FunctionInfo, seen: Set<FunctionInfo>): boolean => {
    if (seen.has(fn)) return false;
    seen.add(fn);
    if (fn.owner) return true;
    return usesOf(fn).some(({ kind, inside }) => startsLater.has(kind) || (kind === 'called' && inside !== undefined && chainTo(inside, activation).some((caller) => outlives(caller, activation, seen))));
  };

  const isCaptured = (variable: Variable, activation: FunctionInfo): boolean => {
    const seen = new Set<FunctionInfo>();
    return variable.references.some((reference) => {
      const user = table.around(reference.identifier as Node);
      return user !== undefined && user !== activation && chainTo(user, activation).some((fn) => outlives(fn, activation, seen) );
    });
  };

  return {
    isSharedClass: (owner) => classes.has(owner),
    isConstant(variable) {
      let answer = constant.get(variable);
      if (answer === undefined) constant.set(variable, (answer = variable.references.every((reference) => !reference.isWrite() || reference.init === true)));
      return answer;
    },
    activationOf,
    isSharedVariable(variable) {
      let answer = known.get(variable);
      if (answer === undefined) {
        const activation = activationOf(variable);
        answer = activation ? isCaptured(variable, activation) : variable.defs.length > 0;
        known.set(variable, answer);
      }
      return answer;
    },
  };
}

/** The functions from `inner` outward, up to but without `outer`; none if `inner` is not inside `outer`. */
export function chainTo(inner: FunctionInfo, outer: FunctionInfo): FunctionInfo[] {
  const chain: FunctionInfo[] = [];
  for (let at: FunctionInfo | undefined = inner; at; at = at.parent) {
    if (at === outer) return chain;
    chain.push(at);
  }
  return [];
}

function sharedClasses(module: ParsedModule, scopes: Scopes, table: FunctionTable): Set<ClassInfo> {
  const shared = new Set<ClassInfo>();
  for (const owner of table.classes) if (owner.object || (!isPerUse(owner) && (isExported(owner, scopes) || owner.node.decorators.length > 0))) shared.add(owner);
  for (const node of module.nodes.of('NewExpression')) {
    const variable = node.callee.type === 'Identifier' ? scopes.variableOf(node.callee) : undefined;
    const owner = variable && table.classBoundTo(variable);
    if (owner && isKept(node, table)) shared.add(owner);
  }
  // What is true of a class is true of the one it extends.
  for (const owner of shared) if (owner.superclass?.module === module) shared.add(owner.superclass);
  return shared;
}

/** Rows, messages, commands: every use has an object of its own, as a request has. */
const PER_USE_BASE = /(?:Model|Entity|Task|Job|Command|Request|Response|Context|Processor|Migration|Seeder|Event|Error|Exception|Record|Dto|Factory|Visitor|Transform|Generator|Builder)$/;
const PER_USE_DECORATOR = /^(?:Table|Entity|ObjectType|InputType|Schema|Embeddable|ViewEntity|Scopes|DefaultScope|ArgsType)$/;

/** What is ended some day lives longer than one use of it: `dispose`, and for what is no row (`ticket.close()`) `close` and `destroy` too. */
const ENDED = /^(?:dispose|stop|shut_?down|disconnect|tear_?down)$/i;
const ENDED_OR_GONE = /^(?:dispose|stop|shut_?down|disconnect|tear_?down|close|destroy)$/i;

function isPerUse({ node, superName, name }: ClassInfo): boolean {
  const base = superName ?? (node.superClass ? calleeText(node.superClass) : '');
  if (has(node, base === '' ? ENDED_OR_GONE : ENDED)) return false;
  if (/Factory$|Builder$|Visitor$|Context$|Command$/.test(name)) return true;
  return PER_USE_BASE.test(base) || node.decorators.some(({ expression }) => PER_USE_DECORATOR.test(calleeText(expression)));
}

function has({ body }: ClassInfo['node'], name: RegExp): boolean {
  return body.body.some((member) => member.type === 'MethodDefinition' && !member.static && name.test(keyName(member.key, member.computed) ?? ''));
}

function isExported(owner: ClassInfo, scopes: Scopes): boolean {
  const { node } = owner;
  const declaration = node.type === 'ClassDeclaration' ? node : node.parent?.parent;
  if (node.parent?.type === 'ExportDefaultDeclaration' || declaration?.parent?.type === 'ExportNamedDeclaration' || declaration?.parent?.type === 'ExportDefaultDeclaration') return true;
  if (node.parent?.type === 'ReturnStatement' || node.parent?.type === 'ArrowFunctionExpression' || node.parent?.type === 'Property') return true;
  if (node.parent?.type === 'AssignmentExpression') return true;
  const name = node.id ?? (node.parent?.type === 'VariableDeclarator' && node.parent.id.type === 'Identifier' ? node.parent.id : undefined);
  const variable = name && scopes.variableOf(name);
  return variable?.references.some(({ identifier }) => {
    const holder = (identifier as Node).parent?.type;
    return holder === 'ExportSpecifier' || holder === 'ExportDefaultDeclaration' || holder === 'ReturnStatement' || holder === 'CallExpression' || holder === 'AssignmentExpression' || holder === 'Property';
  }) ?? false;
}

/** True if a new instance is put where others can find it. */
function isKept(node: Node, table: FunctionTable): boolean {
  const holder = node.parent;
  switch (holder?.type) {
    case 'VariableDeclarator':
      return !table.around(holder);
    case 'PropertyDefinition': case 'ReturnStatement': case 'Property': case 'ArrowFunctionExpression': case 'ExportDefaultDeclaration': case 'CallExpression':
      return true;
    case 'AssignmentExpression':
      return holder.left.type === 'MemberExpression' || !table.around(holder) || holder.operator !== '=';
    case 'LogicalExpression': case 'ConditionalExpression': case 'TSAsExpression': case 'AwaitExpression':
      return isKept(holder, table);
    default:
      return false;
  }
}

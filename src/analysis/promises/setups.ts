import { isFunction } from '../../language/index.js';
import { isStarting } from '../catalog/work.js';
import type { FunctionNode, Node } from '../../language/index.js';
import { lowerExpression } from '../flow/expressions.js';
import { graphOfBody } from '../flow/graph.js';
import { Lowering } from '../flow/lowering.js';
import type { EffectGraph, EffectOf } from '../model/effect.js';
import { lineOf } from '../model/class-line.js';
import { calleeText } from '../model/functions.js';
import type { ClassInfo, FunctionInfo } from '../model/functions.js';
import type { Location } from '../model/location.js';
import type { ModuleModel } from '../model/module.js';
import { ownNodes } from '../model/shared-memory.js';
import type { ModuleView } from '../rules/index.js';
import { graphIn } from './graphs.js';
import { isResult } from './late-writes.js';
import { startedIn } from './started.js';
import type { StartedWork } from './started.js';

/** An asynchronous set-up: what makes an object, or loads a module, starts it and does not wait for it. */
export interface SetUp {
  readonly work: StartedWork;
  /** Who starts it: `the constructor of Store`, `the module`, `createStore`. */
  readonly starter: string;
  /** The class whose instances it sets up; undefined for variables. */
  readonly owner: ClassInfo | undefined;
  /** What it fills, and where; until then there is nothing in it. */
  readonly fills: readonly EffectOf<'write'>[];
  /** True if its promise is for outsiders to wait for. */
  readonly isOffered: boolean;
  /** Of the places it fills those with something in them before. They count if other methods wait for the promise that is kept of it: who does not finds an empty list. */
  readonly refilled: ReadonlySet<Location['id']>;
}

/** The set-ups that a module starts: in constructors and fields, when it is loaded, in functions that make closures, and in those that others call to set it up. */
export function setUpsIn(view: ModuleView): SetUp[] {
  const { model } = view;
  return [...model.table.classes.flatMap((owner) => setUpsOfClass(owner, view)), ...setUpsOfModule(view), ...model.table.functions.flatMap((fn) => (isSuite(fn) ? [] : [...setUpsOfFactory(fn, view), ...setUpsOfStarter(fn, view)]))];
}

/** `describe('limits', function limits() { … })`: the tests in it run one after the other, each with what it has made for itself. */
function isSuite({ node: { parent } }: FunctionInfo): boolean {
  return parent?.type === 'CallExpression' && /^(?:describe|suite|context)$/.test(calleeText(parent.callee));
}

function setUpsOfClass(owner: ClassInfo, view: ModuleView): SetUp[] {
  if (!view.model.sharing.isSharedClass(owner)) return [];
  const graphs = makingOf(owner, view);
  const inherited = lineOf(owner).slice(1);
  const given = [...graphs, ...inherited.flatMap((base) => makingOf(base, view))];
  const isField = ({ root, path }: Location): boolean => root.kind === 'instance' && path.length === 1;
  const isNothingYet = (location: Location): boolean => ![owner, ...inherited].some((one) => hasValue(one, location)) && !isGiven(location, given);
  const byMaking = graphs.flatMap((graph) => setUpsOf(graph, view, `the constructor of \`${owner.name}\``, owner, (location, work) => isField(location) && ((work !== undefined && isAwaitedBy(work, owner)) || isNothingYet(location))));
  const byStarting = owner.members.filter(isStarter).flatMap((method) => setUpsOf(graphIn(view, method), view, `\`${method.ownName}\``, owner, (location) => isField(location) && isNothingYet(location)).filter(isLost));
  return [...byMaking, ...byStarting];
}

/** `onModuleInit() { connect().then((made) => { this.channel = made; }); }`: whoever calls it gets nothing to wait for. */
function isStarter({ ownName, isAsync, isStatic, visibility, kind }: FunctionInfo): boolean {
  return kind === 'method' && !isAsync && !isStatic && visibility === 'public' && STARTER.test(ownName);
}

/** What is called once, before all else, by a framework or whoever has made the object. */
const STARTER = /^(?:onModuleInit|onApplicationBootstrap|activate|init(?:iali[sz]e)?|start|connect|open|set_?up|boot(?:strap)?)$/i;

function isLost({ work: { fate } }: SetUp): boolean {
  return fate !== 'kept';
}

/** What an instance is made by, as far as the class itself says: the first values of its fields, and its constructor. */
function makingOf(owner: ClassInfo, view: ModuleView): EffectGraph[] {
  const constructor = owner.members.find(({ kind }) => kind === 'constructor');
  return [graphOfFields(owner, view.model.links.modelOf(owner.module)), ...(constructor ? [graphIn(view, constructor)] : [])];
}

function setUpsOfModule(view: ModuleView): SetUp[] {
  const { model } = view;
  if (!hasEmptyVariable(model)) return [];
  const graph = graphOfBody(model);
  // What a module waits for at its top level its importers wait for too.
  if (graph.effects.some(({ kind, aside, frame }) => kind === 'suspend' && !aside && frame.id === 0)) return [];
  return setUpsOf(graph, view, 'the module', undefined, (location) => isEmptyVariable(location, model));
}

function setUpsOfFactory(fn: FunctionInfo, view: ModuleView): SetUp[] {
  const { model } = view;
  if (fn.isAsync || fn.owner || !declaresEmptyLet(fn, model)) return [];
  return setUpsOf(graphIn(view, fn), view, `\`${fn.name}\``, undefined, (location) => isEmptyVariable(location, model, fn));
}

/** `export function init() { connect().then((made) => { client = made; }); }`: whoever calls it gets nothing to wait for. */
function setUpsOfStarter(fn: FunctionInfo, view: ModuleView): SetUp[] {
  const { model } = view;
  if (!hasEmptyVariable(model) || fn.isAsync || fn.owner || fn.parent || model.entryOf(fn) === undefined || !isStarting(fn.ownName)) return [];
  return setUpsOf(graphIn(view, fn), view, `\`${fn.name}\``, undefined, (location) => isEmptyVariable(location, model));
}

/** True for a variable without a first value, of the module or of each activation of `fn`. */
function isEmptyVariable({ root, path }: Location, { sharing }: ModuleModel, fn?: FunctionInfo): boolean {
  return root.kind === 'variable' && path.length === 0 && isEmptyLet(root.variable.defs[0]) && sharing.activationOf(root.variable) === fn;
}

function hasEmptyVariable({ scopes }: ModuleModel): boolean {
  return scopes.moduleVariables.some(({ defs: [definition] }) => isEmptyLet(definition));
}

function setUpsOf(graph: EffectGraph, view: ModuleView, starter: string, owner: ClassInfo | undefined, isEmpty: (location: Location, work?: StartedWork) => boolean): SetUp[] {
  if (graph.isPartial) return [];
  return startedIn(graph, view).flatMap((work) => {
    const fills = work.late.filter((effect): effect is EffectOf<'write'> => effect.kind === 'write' && effect.mode === 'replace' && isResult(effect) && isEmpty(effect.location, work));
    return fills.length > 0 ? [{ work, starter, owner, fills, isOffered: isOffered(work.at), refilled: new Set(fills.flatMap(({ location }) => (isEmpty(location) ? [] : [location.id]))) }] : [];
  });
}

/** The effects of the first values of a class's fields. */
function graphOfFields(owner: ClassInfo, model: ModuleModel): EffectGraph {
  const making: FunctionInfo = {
    id: -1, module: model.module, node: owner.node as Node as FunctionNode, name: owner.name, ownName: owner.name, kind: 'constructor', isAsync: false, isGenerator: false,
    isStatic: false, visibility: 'public', owner, parent: undefined, bound: undefined, decorators: [],
  };
  const l = new Lowering(model, making);
  for (const member of owner.node.body.body) if (member.type === 'PropertyDefinition' && !member.static && member.value && !isFunction(member.value)) lowerExpression(l, member.value);
  return l.finish();
}

/** True if the class declares the field with a value. */
function hasValue(owner: ClassInfo, { path: [step] }: Location): boolean {
  return owner.node.body.body.some((member) => member.type === 'PropertyDefinition' && step?.kind === 'member' && (member.key.type === 'PrivateIdentifier' ? `#${member.key.name}` : member.key.type === 'Identifier' ? member.key.name : '') === step.name && !isNothing(member.value));
}

/** True if making the object gives the place a value at once. */
function isGiven(location: Location, graphs: readonly EffectGraph[]): boolean {
  return graphs.some(({ effects }) => effects.some((effect) => effect.kind === 'write' && !effect.aside && effect.location.id === location.id && !(effect.value.kind === 'constant' && effect.value.isEmpty)));
}

/** True of a `let` that has no first value. */
export function isEmptyLet(definition: unknown): boolean {
  const { type, node, parent } = (definition ?? {}) as { type?: string; node?: Node; parent?: Node | null };
  return type === 'Variable' && node?.type === 'VariableDeclarator' && parent?.type === 'VariableDeclaration' && parent.kind !== 'const' && isNothing(node.init);
}

function declaresEmptyLet(fn: FunctionInfo, model: ModuleModel): boolean {
  return fn.node.body?.type === 'BlockStatement' && fn.node.body.body.some((statement) => statement.type === 'VariableDeclaration' && model.scopes.declaredBy(statement.declarations[0]!).some(({ defs: [definition] }) => isEmptyLet(definition)));
}

export function isNothing(value: Node | null | undefined): boolean {
  return !value || (value.type === 'Literal' && value.value === null) || (value.type === 'Identifier' && value.name === 'undefined');
}

/** `this.ready = this.load()` in the constructor, and `await this.ready` in a method of the class. */
function isAwaitedBy({ at }: StartedWork, { members }: ClassInfo): boolean {
  const holder = at.parent;
  const field = holder?.type === 'AssignmentExpression' && holder.left.type === 'MemberExpression' && holder.left.object.type === 'ThisExpression' ? calleeText(holder.left) : holder?.type === 'PropertyDefinition' ? calleeText(holder.key) : '';
  return field !== '' && members.some(({ node }) => ownNodes(node).some((node) => node.type === 'AwaitExpression' && node.argument.type === 'MemberExpression' && node.argument.object.type === 'ThisExpression' && calleeText(node.argument) === field));
}

/** True if the promise is exported, or kept in a field that others can see. */
function isOffered(work: Node): boolean {
  for (let at = work.parent; at; at = at.parent) {
    switch (at.type) {
      case 'PropertyDefinition':
        return at.key.type !== 'PrivateIdentifier' && (at.accessibility ?? 'public') === 'public';
      case 'VariableDeclarator':
        return at.parent.parent?.type === 'ExportNamedDeclaration';
      case 'CallExpression': case 'MemberExpression': case 'AwaitExpression': case 'TSAsExpression': case 'ChainExpression':
        break;
      default:
        return false;
    }
  }
  return false;
}

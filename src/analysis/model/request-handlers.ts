import { isFunction } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { answering, requestExport, requestName, router, routerMaker, routing } from '../catalog/blocking.js';
import { calleeText, keyName } from './functions.js';
import type { FunctionInfo } from './functions.js';
import type { ModuleModel } from './module.js';
import { functionAt, initialiserOf, originOf } from './origin.js';

/** True if a function is run for each request that a server gets. */
export function answersRequests(fn: FunctionInfo, model: ModuleModel): boolean {
  if (fn.owner) return fn.decorators.some((decorator) => answering.test(decorator));
  return isGivenToServer(fn.node, fn, model) || isNamedHandler(fn, model) || isExportedHandler(fn);
}

/** True if VS Code runs a function whenever something happens in the editor: `workspace.onDidSaveTextDocument(…)`. */
export function listensToEditor({ node, bound }: FunctionInfo, { module }: ModuleModel): boolean {
  if (!module.program.body.some((statement) => statement.type === 'ImportDeclaration' && statement.source.value === 'vscode')) return false;
  const isGiven = (given: Node): boolean => given.parent?.type === 'CallExpression' && given.parent.callee !== given && /^on(?:Did|Will)[A-Z]/.test(calleeText(given.parent.callee));
  return isGiven(node) || (bound?.references ?? []).some(({ identifier }) => isGiven(identifier as Node));
}

/** A named function that a server is given: `app.get('/', list)`. */
function isNamedHandler(fn: FunctionInfo, model: ModuleModel): boolean {
  return (fn.bound?.references ?? []).some(({ identifier }) => isGivenToServer(identifier as Node, fn, model));
}

function isGivenToServer(given: Node, fn: FunctionInfo, model: ModuleModel): boolean {
  const holder = given.parent;
  if (holder?.type === 'ArrayExpression') return isGivenToServer(holder, fn, model);
  if (holder?.type === 'CallExpression' && holder.callee !== given) {
    // `asyncHandler(async (req, res) => …)`
    return isServerCall(holder, fn, model) || (holder.callee.type === 'Identifier' && holder.arguments.length === 1 && takesRequest(fn) && isGivenToServer(holder, fn, model));
  }
  return holder?.type === 'Property' && holder.value === given && isServerOption(holder, fn);
}

function isServerCall({ callee, arguments: [first, ...rest] }: TSESTree.CallExpression, fn: FunctionInfo, model: ModuleModel): boolean {
  const name = calleeText(callee);
  if (name === 'createServer' || name === 'createSecureServer') return fn.node.params.length === 2;
  if (name === 'serve') return takesRequest(fn);
  if (callee.type !== 'MemberExpression') return false;
  // `app.get('/log', async () => …)`: one that needs to know nothing of the request.
  if (fn.node.params.length === 0) return routing.has(name) && name !== 'use' && isPath(first) && isMadeRouter(callee.object, model);
  if (!takesRequest(fn)) return false;
  if (/^(?:on|addListener)$/.test(name)) return first?.type === 'Literal' && first.value === 'request';
  if (!routing.has(name)) return false;
  const receiver = callee.object.type === 'ThisExpression' ? '' : calleeText(callee.object);
  // `router.route('/x').get(…)`, or a path.
  return receiver === 'route' || ((router.test(receiver) || isMadeRouter(callee.object, model)) && (name === 'use' || name === 'addHook' || isPath(first) || rest.length > 0));
}

/** `const orders = Router()`, `new Hono()`: whatever it is called. */
function isMadeRouter(receiver: Node, model: ModuleModel): boolean {
  const variable = receiver.type === 'Identifier' ? model.scopes.variableOf(receiver) : undefined;
  const init = variable && initialiserOf(originOf(variable, model));
  return (init?.type === 'CallExpression' || init?.type === 'NewExpression') && routerMaker.test(calleeText(init.callee));
}

function isPath(node: Node | undefined): boolean {
  return node !== undefined && ((node.type === 'Literal' && (typeof node.value === 'string' || 'regex' in node)) || node.type === 'TemplateLiteral' || node.type === 'ArrayExpression');
}

/** `fastify.route({ method, url, handler })`, `Bun.serve({ fetch })`, `export default { fetch }`. */
function isServerOption({ key, computed, parent }: TSESTree.Property, fn: FunctionInfo): boolean {
  const name = keyName(key, computed);
  if (name !== 'handler' && name !== 'fetch') return false;
  const keys = parent.type === 'ObjectExpression' ? parent.properties.map((each) => (each.type === 'Property' ? keyName(each.key, each.computed) : undefined)) : [];
  if (name === 'handler') return takesRequest(fn) && keys.includes('method') && (keys.includes('url') || keys.includes('path'));
  const holder = parent.parent;
  return takesRequest(fn) && ((holder?.type === 'CallExpression' && calleeText(holder.callee) === 'serve') || holder?.type === 'ExportDefaultDeclaration');
}

/** Next's `export default function handler(req, res)`, `export async function GET(request)`, Remix's `loader({ request })`. */
function isExportedHandler({ node, ownName }: FunctionInfo): boolean {
  const holder = node.type === 'FunctionDeclaration' ? node.parent : node.parent?.type === 'VariableDeclarator' ? node.parent.parent.parent : undefined;
  const names = node.params.map(parameterName);
  if (holder?.type === 'ExportDefaultDeclaration') return /^req(?:uest)?$/.test(names[0] ?? '') && /^res(?:ponse)?$/.test(names[1] ?? '');
  if (holder?.type !== 'ExportNamedDeclaration' || !requestExport.test(ownName)) return false;
  return /^[A-Z]+$/.test(ownName) ? node.params.length === 0 || takesRequestNode(node.params[0]!) : node.params[0]?.type === 'ObjectPattern' || names[0] === 'args' || requestName.test(names[0] ?? '');
}

function takesRequest({ node }: FunctionInfo): boolean {
  return node.params[0] !== undefined && takesRequestNode(node.params[0]);
}

function takesRequestNode(parameter: Node): boolean {
  const names = parameter.type === 'ObjectPattern' ? parameter.properties.map((property) => (property.type === 'Property' ? (keyName(property.key, property.computed) ?? '') : '')) : [parameterName(parameter)];
  return names.some((name) => requestName.test(name));
}

function parameterName(parameter: Node): string {
  return parameter.type === 'Identifier' ? parameter.name : '';
}

/** The function that a call runs, in whichever module. */
export function functionCalled(call: TSESTree.CallExpression, model: ModuleModel): FunctionInfo | undefined {
  const { callee } = call;
  if (isFunction(callee)) return model.table.infoOf(callee);
  if (callee.type === 'Identifier') {
    const variable = model.scopes.variableOf(callee);
    return variable && functionAt(originOf(variable, model));
  }
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'ThisExpression') return undefined;
  const name = keyName(callee.property, callee.computed);
  for (let at: Node | undefined = callee; at; at = at.parent) {
    const owner = model.table.classOf(at);
    if (owner) return owner.members.find((member) => member.ownName === name && member.kind === 'method');
  }
  return undefined;
}

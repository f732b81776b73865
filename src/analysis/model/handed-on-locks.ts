import type { FunctionNode, Node, TSESTree } from '../../language/index.js';
import type { LockLibrary } from '../catalog/locks/index.js';
import { calleeText } from './functions.js';
import type { KnownLock } from './lock-kinds.js';
import type { ModuleModel } from './module.js';
import { textOf } from './text.js';
import { unwrap } from './unwrap.js';

/** A method of what a factory makes. */
export interface HandingOn {
  readonly node: FunctionNode;
  readonly model: ModuleModel;
}

type Role = 'acquire' | 'release' | 'run';

/**
 * A lock that only hands on to another one, which the factory keeps for it: `const m = new Mutex(); return { run: (work) => m.runExclusive(work) }`.
 * Undefined where its methods hand on to several, where nobody can tell how many that one lets in, and for locks with keys.
 */
export function lockHandingOn(members: ReadonlyMap<string, HandingOn>, lockOf: (expression: Node, model: ModuleModel) => KnownLock | undefined): LockLibrary | undefined {
  const methods: Record<Role, string[]> = { acquire: [], release: [], run: [] };
  const kept = new Map<string, KnownLock>();
  for (const [name, { node, model }] of members) {
    const call = onlyCallOf(node);
    const object = call?.callee.type === 'MemberExpression' ? call.callee.object : undefined;
    const inner = object && lockOf(object, model);
    const role = inner && !inner.library.keyed ? roleOf(calleeText(call!.callee), inner.library) : undefined;
    if (!role || (role === 'run' && !handsOn(call!, node))) continue;
    methods[role].push(name);
    kept.set(textOf(object!, model), inner!);
  }
  const [one, another] = kept.values();
  if (!one || another || one.permits === undefined || methods.run.length + methods.acquire.length === 0) return undefined;
  const { library: { idempotentReleaser }, permits } = one;
  return { modules: [], makers: [], ...methods, ...(idempotentReleaser !== undefined && { idempotentReleaser }), permits };
}

function roleOf(method: string, { acquire, release, run }: LockLibrary): Role | undefined {
  return run.includes(method) ? 'run' : acquire.includes(method) ? 'acquire' : release.includes(method) ? 'release' : undefined;
}

/** The one call that a function consists of. */
function onlyCallOf({ body }: FunctionNode): TSESTree.CallExpression | undefined {
  const [statement, ...others] = body.type === 'BlockStatement' ? body.body : [];
  const expression = body.type !== 'BlockStatement' ? body : others.length > 0 ? undefined : statement?.type === 'ReturnStatement' ? statement.argument : statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  const node = expression && unwrap(expression);
  const call = node?.type === 'AwaitExpression' ? unwrap(node.argument) : node;
  return call?.type === 'CallExpression' ? call : undefined;
}

/** The work that the method is given: itself, or called by a function that does nothing else. */
function handsOn(call: TSESTree.CallExpression, { params }: FunctionNode): boolean {
  const names = params.flatMap((parameter) => (parameter.type === 'Identifier' ? [parameter.name] : []));
  return call.arguments.some((argument) => {
    const node = unwrap(argument);
    if (node.type === 'Identifier') return names.includes(node.name);
    const inner = node.type === 'ArrowFunctionExpression' ? onlyCallOf(node) : undefined;
    return inner?.callee.type === 'Identifier' && names.includes(inner.callee.name);
  });
}

import { isFunction } from '../../language/index.js';
import type { FunctionNode, Node, TSESTree } from '../../language/index.js';
import { ofKind } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { ownNodes } from '../model/shared-memory.js';
import type { Study } from '../regions/study.js';
import type { Acquire } from './held.js';

/** A callback that says that it is done while what it has started has only begun. */
export interface EarlyRelease {
  readonly acquire: Acquire;
  /** The call whose answer comes later, to a function that it is handed. */
  readonly started: TSESTree.CallExpression;
  readonly release: Node;
  readonly done: string;
}

/** `lock((release) => { storage.write(data, (error) => { … }); release(); })` */
export function earlyReleasesIn({ graph: { effects } }: Study, modelOf: (acquire: Acquire) => ModuleModel): EarlyRelease[] {
  return ofKind(effects, 'acquire').flatMap((acquire) => {
    const callback = acquire.form === 'done' && acquire.isCertain && acquire.at.type === 'CallExpression' ? acquire.at.arguments.find((argument): argument is FunctionNode & typeof argument => isFunction(argument)) : undefined;
    const [parameter] = callback?.params ?? [];
    if (callback?.body.type !== 'BlockStatement' || parameter?.type !== 'Identifier') return [];
    const done = modelOf(acquire).scopes.variableOf(parameter);
    if (!done) return [];
    const statements = callback.body.body;
    const at = statements.findIndex((statement) => statement.type === 'ExpressionStatement' && statement.expression.type === 'CallExpression' && modelOf(acquire).scopes.variableOf(statement.expression.callee) === done);
    const started = at < 0 ? undefined : statements.slice(0, at).map(startedBy).find((call) => call !== undefined);
    // Whoever also says it in the answer says it twice: that is another mistake.
    return started && done.references.length === 1 ? [{ acquire, started, release: statements[at]!, done: done.name }] : [];
  });
}

/** A call that answers by an error or a result to a function which goes on with the work. */
function startedBy(statement: Node): TSESTree.CallExpression | undefined {
  const call = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
  if (call?.type !== 'CallExpression') return undefined;
  const answer = call.arguments.at(-1);
  return answer && isFunction(answer) && takesError(answer) && goesOn(answer) ? call : undefined;
}

function takesError({ params: [first] }: FunctionNode): boolean {
  return first?.type === 'Identifier' && /^_?(?:e|er|err|error)$/.test(first.name);
}

/** It writes something, or calls what is no report of a failure. */
function goesOn(answer: FunctionNode): boolean {
  return ownNodes(answer).some((node) => node.type === 'AssignmentExpression' || node.type === 'UpdateExpression' || (node.type === 'CallExpression' && !/^(?:log|error|warn|debug|info)$/.test(calleeText(node.callee))));
}

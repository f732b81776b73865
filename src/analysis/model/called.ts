import type { TSESTree } from '../../language/index.js';
import { classOfExpression } from './class-of.js';
import { keyName } from './functions.js';
import type { FunctionInfo } from './functions.js';
import type { ModuleModel } from './module.js';
import { functionAt, originOf } from './origin.js';
import { unwrap } from './unwrap.js';

/** The function of the program that a call is of: a method of an object whose class is known, or what a name stands for. */
export function calledBy(call: TSESTree.CallExpression, model: ModuleModel): FunctionInfo | undefined {
  const callee = unwrap(call.callee);
  if (callee.type === 'MemberExpression') {
    const name = keyName(callee.property, callee.computed);
    return name === undefined ? undefined : classOfExpression(callee.object, model)?.members.find(({ ownName, kind }) => ownName === name && kind === 'method');
  }
  const variable = callee.type === 'Identifier' ? model.scopes.variableOf(callee) : undefined;
  return variable && functionAt(originOf(variable, model));
}

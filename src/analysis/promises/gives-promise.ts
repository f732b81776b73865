import type { Node, TSESTree } from '../../language/index.js';
import { calleeOf } from '../flow/inline.js';
import { Lowering } from '../flow/lowering.js';
import { importOf } from '../model/exports.js';
import type { FunctionInfo } from '../model/functions.js';
import { methodType } from '../model/method-type.js';
import type { ModuleModel } from '../model/module.js';
import { isLink } from '../model/promise-chains.js';
import { textOf } from '../model/text.js';

/** Tells of the calls in a module whether they give a promise, by the body, the return type or the declaration of what is called. */
export class PromiseCalls {
  readonly #model: ModuleModel;
  readonly #lowerings = new Map<FunctionInfo, Lowering>();

  constructor(model: ModuleModel) {
    this.#model = model;
  }

  /** True if a call surely gives a promise. */
  isPromise(call: TSESTree.CallExpression): boolean {
    if (isLink(call)) return true;
    const fn = this.functionCalled(call);
    if (fn) return (fn.isAsync && !fn.isGenerator) || isPromiseType(fn.node.returnType?.typeAnnotation);
    return this.#isKnown(call) || isPromiseType(this.#declaredType(call)) || isPromiseType(methodType(call.callee, this.#model));
  }

  /** True if what is called is declared to give a promise on some ways: `work: () => T | Promise<T>`. */
  mayBePromise(call: TSESTree.CallExpression): boolean {
    const fn = this.functionCalled(call);
    return partsOf(fn ? fn.node.returnType?.typeAnnotation : (this.#declaredType(call) ?? methodType(call.callee, this.#model))).some(isPromiseType);
  }

  /** The function of the program that a call runs. */
  functionCalled(call: TSESTree.CallExpression): FunctionInfo | undefined {
    const around = this.#model.table.around(call);
    return around && calleeOf(this.#loweringOf(around), call.callee);
  }

  #loweringOf(fn: FunctionInfo): Lowering {
    let lowering = this.#lowerings.get(fn);
    if (!lowering) this.#lowerings.set(fn, (lowering = new Lowering(this.#model, fn)));
    return lowering;
  }

  /** `fetch`, and what the promise modules of Node give. */
  #isKnown({ callee }: TSESTree.CallExpression): boolean {
    const root = rootOf(callee);
    if (root.type !== 'Identifier') return false;
    const variable = this.#model.scopes.variableOf(root);
    if (!variable?.defs.length) return callee === root && root.name === 'fetch';
    const imported = importOf(variable);
    if (!imported) return false;
    return /^(?:node:)?(?:fs|timers|stream|dns|readline)\/promises$/.test(imported.specifier) || (/^(?:node:)?fs$/.test(imported.specifier) && (imported.name === 'promises' || /\bpromises\b/.test(textOf(callee, this.#model))));
  }

  /** `declare function load(): Promise<Config>`; of a variable or a parameter what the function in it is declared to give. */
  #declaredType({ callee }: TSESTree.CallExpression): Node | undefined {
    const definition = callee.type === 'Identifier' ? this.#model.scopes.variableOf(callee)?.defs[0] : undefined;
    const node = definition?.node as Node | undefined;
    if (node?.type === 'TSDeclareFunction') return node.returnType?.typeAnnotation;
    const type = node?.type === 'VariableDeclarator' ? node.id.typeAnnotation?.typeAnnotation : definition?.name.type === 'Identifier' ? definition.name.typeAnnotation?.typeAnnotation : undefined;
    return type?.type === 'TSFunctionType' ? type.returnType?.typeAnnotation : undefined;
  }
}

function isPromiseType(type: Node | undefined): boolean {
  return type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && /^Promise(?:Like)?$/.test(type.typeName.name);
}

function partsOf(type: Node | undefined): readonly (Node | undefined)[] {
  return type?.type === 'TSUnionType' ? type.types : [type];
}

function rootOf(node: Node): Node {
  return node.type === 'MemberExpression' ? rootOf(node.object) : node;
}

import type { Node, TSESTree } from '../../language/index.js';
import { isFunction } from '../../language/index.js';
import { lineOf } from '../model/class-line.js';
import { classOfExpression, fieldOf } from '../model/class-of.js';
import { importOf } from '../model/exports.js';
import { calleeText, keyName } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { unknownValue } from '../model/value.js';
import type { Value } from '../model/value.js';
import { aside } from './aside.js';
import { lowerExpression } from './expressions.js';
import { canInline, closureOf, inlineCall } from './inline.js';
import type { Lowering } from './lowering.js';
import { unwrap } from './places.js';

/** `this.http.get(url).subscribe((answer) => …)`: Angular asks when it is subscribed to, and calls back once, later. */
export function lowerSubscription(l: Lowering, node: TSESTree.CallExpression, callee: Node): Value | undefined {
  if (callee.type !== 'MemberExpression' || calleeText(callee) !== 'subscribe') return undefined;
  const request = requestBy(callee.object, l.model);
  if (request === undefined) return undefined;
  const asked = lowerExpression(l, callee.object);
  const answer: Value = { kind: 'answer', parts: [asked], name: request };
  const told = toldBy(node.arguments[0]);
  const fn = told && closureOf(l, told);
  aside(l, node, () => {
    l.suspend(node, asked, request);
    return fn && canInline(l, fn) ? inlineCall(l, fn, node, [{ node: undefined, value: answer }], true) : unknownValue;
  });
  return unknownValue;
}

/** The callback itself, or the `next` of an observer. */
function toldBy(observer: Node | undefined): Node | undefined {
  if (observer?.type !== 'ObjectExpression') return observer;
  const next = observer.properties.find((property) => property.type === 'Property' && keyName(property.key, property.computed) === 'next');
  return next?.type === 'Property' && isFunction(next.value) ? next.value : undefined;
}

/** What a request is called that an observable makes for each subscriber: a call of Angular's client, or of a function of the project that gives one. */
function requestBy(observable: Node, model: ModuleModel, hops = 0): string | undefined {
  const call = unwrap(observable);
  if (call.type !== 'CallExpression' || hops > MOST_HOPS) return undefined;
  const callee = unwrap(call.callee);
  if (callee.type === 'MemberExpression') {
    const name = calleeText(callee);
    // Operators that keep answers apart, or start others, make it something else.
    if (name === 'pipe') return call.arguments.every((operator) => operator.type === 'CallExpression' && ALIKE.test(calleeText(operator.callee))) ? requestBy(callee.object, model, hops + 1) : undefined;
    if (METHOD.test(name) && isClient(callee.object, model)) return name;
  }
  const fn = methodBy(callee, model);
  const last = fn?.node.body?.type === 'BlockStatement' ? fn.node.body.body.at(-1) : undefined;
  const given = last?.type === 'ReturnStatement' ? last.argument : fn?.node.body?.type === 'BlockStatement' ? undefined : fn?.node.body;
  return fn && given && requestBy(given, model.links.modelOf(fn.module), hops + 1) !== undefined ? fn.ownName : undefined;
}

/** `this.products.search`, of a class of the project. */
function methodBy(callee: Node, model: ModuleModel): FunctionInfo | undefined {
  if (callee.type !== 'MemberExpression') return undefined;
  const [owner, name] = [classOfExpression(callee.object, model), keyName(callee.property, callee.computed)];
  const methods = (owner ? lineOf(owner) : []).flatMap(({ members }) => members);
  return methods.find((member) => member.kind === 'method' && !member.isStatic && member.ownName === name);
}

const MOST_HOPS = 4;
const METHOD = /^(?:get|post|put|patch|delete|head|request|jsonp)$/;
/** Operators that give what comes, when it comes. */
const ALIKE = /^(?:map|tap|catchError|finalize|retry|timeout|first|take|delay|filter|takeUntil(?:Destroyed)?|shareReplay|share|pluck|startWith)$/;

/** True for a field that holds the client: by its declared type, or by what it is filled with. */
function isClient(object: Node, model: ModuleModel): boolean {
  const holder = unwrap(object);
  const name = holder.type === 'MemberExpression' ? keyName(holder.property, holder.computed) : undefined;
  const field = holder.type === 'MemberExpression' && name !== undefined ? fieldOf(holder.object, name, model) : undefined;
  if (!field) return false;
  const isNamedClient = (named: Node | undefined): boolean => {
    const variable = named?.type === 'Identifier' ? field.model.scopes.variableOf(named) : undefined;
    const imported = variable && importOf(variable);
    return imported?.name === 'HttpClient' && imported.specifier === '@angular/common/http';
  };
  const { type, value } = field;
  const injected = value?.type === 'CallExpression' && calleeText(value.callee) === 'inject' ? value.arguments[0] : undefined;
  return isNamedClient(type?.type === 'TSTypeReference' ? (type.typeName as Node) : undefined) || isNamedClient(injected);
}

import { isFunction, type FunctionNode, type Node, type TSESTree } from '../../language/index.js';
import type { Draft } from '../draft.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { declareBeside, homeAround, homeOf, type Home } from '../homes.js';
import { inFlightClass } from '../in-flight.js';
import { nameOf, partsOf, type RegionParts } from '../region-parts.js';
import { wrapStatements } from '../statements.js';
import { around, bodyOf, functionAround, isOfEntry, isPlain, isWithin, listOf, ownNodes, unwrapped, type Statement, type StatementList } from '../syntax.js';
import { bareName, joinedName } from '../wording.js';

/**
 * All that an async function does behind its look at the cache becomes one promise, which is kept while it is pending, per key if the cache has keys: `if (cached) return cached; …; return made`.
 * What it gives is what the later calls would have found, so it may return from anywhere.
 */
export function shareRest(code: FlaggedCode): Cure | undefined {
  const parts = partsOf(code);
  const rest = parts && restOf(code, parts);
  const key = parts && keyOf(code, parts);
  const home = parts && (homeOf(code, parts.acts[0]!, parts.fn) ?? homeOf(code, parts.reads[0]!, parts.fn) ?? homeAround(parts.fn));
  const type = parts && promiseOf(code, parts.fn);
  const isNameless = code.layout.isTyped && !type;
  if (!rest || !home || key === 'unclear' || (isNameless && !key) || dependsOnCaller(code, parts, rest, key)) return undefined;
  if (key && !isKnownBefore(code, key, rest)) return undefined;
  const draft = code.draft();
  const name = code.fresh(joinedName(nameOf(parts.fn)?.replace(/^[#_]+/, '') ?? bareName(code.finding.location), 'inFlight'));
  const run = `(async ()${type && givesValue(parts.fn) ? `: ${type}` : ''} => {`;
  if (key && isNameless) {
    const value = `new ${inFlightClass(code, draft, home)}<${keyType(code, key, home)}>()`;
    runPerKey(code, draft, rest, { flights: declareBeside(code, draft, home, { name, value, isConstant: true }), key: code.textOf(key) });
  } else if (key) {
    const value = `new Map${code.layout.isTyped ? `<${keyType(code, key, home)}, ${type}>` : ''}()`;
    keepPerKey(code, draft, rest, { flights: declareBeside(code, draft, home, { name, value, isConstant: true }), key: code.textOf(key), run });
  } else keepOne(code, draft, rest, { flight: declareBeside(code, draft, home, { name, type: `${type} | undefined` }), run });
  const caller = nameOf(parts.fn);
  return { title: `Keep the promise in flight${key ? ' for each key' : ''}, so that ${caller === undefined ? 'the next call' : `the next \`${caller}\``} gets the same one`, draft };
}

/** What the compiler works out for itself what it gives: no type has to be written. */
function runPerKey(code: FlaggedCode, draft: Draft, { first, last, end }: Rest, { flights, key }: { readonly flights: string; readonly key: string }): void {
  wrapStatements(code, draft, [first, last], `${end} ${flights}.run(${key}, async () => {`, [`})${code.layout.semicolon}`]);
}

export function keepOne(code: FlaggedCode, draft: Draft, rest: Pick<Rest, 'first' | 'last' | 'end'>, { flight, run }: { readonly flight: string; readonly run: string }): void {
  const { semicolon, unit } = code.layout;
  wrapStatements(code, draft, [rest.first, rest.last], `${flight} ??= ${run}`, ['})().finally(() => {', `${unit}${flight} = undefined${semicolon}`, `})${semicolon}`, `${rest.end} ${flight}${semicolon}`]);
}

function keepPerKey(code: FlaggedCode, draft: Draft, { first, last, guard, end }: Rest, { flights, key, run }: { readonly flights: string; readonly key: string; readonly run: string }): void {
  const { layout } = code;
  const { semicolon, unit } = layout;
  const [found, own] = [code.freshLocal('inFlight', 'foundInFlight'), code.freshLocal('work', 'ownWork')];
  const isOwnLine = layout.isFirst(first.range[0]);
  const line = isOwnLine ? layout.newline + layout.indentAt(first.range[0]) : ' ';
  const answer = `${end === 'return await' ? end : 'return'} ${found}${semicolon}`;
  const branch = guard.consequent.type !== 'BlockStatement' ? answer : isOwnLine ? `{${line}${unit}${answer}${line}}` : `{ ${answer} }`;
  const opening = [`const ${found} = ${flights}.get(${key})${semicolon}`, `if (${found}) ${branch}`, `const ${own} = ${run}`].join(line);
  wrapStatements(code, draft, [first, last], opening, ['})().finally(() => {', `${unit}${flights}.delete(${key})${semicolon}`, `})${semicolon}`, `${flights}.set(${key}, ${own})${semicolon}`, `${end} ${own}${semicolon}`]);
}

type Found = Omit<Rest, 'end'>;

/** The statements from the guard on to where the function ends. */
interface Rest {
  readonly list: StatementList;
  readonly first: Statement;
  readonly last: Statement;
  readonly guard: TSESTree.IfStatement;
  /** What stands there to hand out what is there already. */
  readonly answers: readonly Node[];
  /** How the function gives on what the promise gives. */
  readonly end: 'return' | 'return await' | 'await';
}

function restOf(code: FlaggedCode, parts: RegionParts): Rest | undefined {
  if (!parts.fn.async || parts.fn.generator) return undefined;
  for (const at of around(parts.acts.at(-1)!)) {
    if (at === parts.fn) return undefined;
    const list = functionAround(at) === parts.fn ? listOf(at) : undefined;
    const found = list && (behind(code, parts, list, at as Statement) ?? inside(code, parts, list, at as Statement));
    if (found && isTail(found, parts.fn) && parts.suspensions.some((one) => isWithin(one, { range: [found.first.range[0], found.last.range[1]] }))) return { ...found, end: endOf(found, parts.fn) };
  }
  return undefined;
}

/** In a `try` the promise is waited for there; what returns nothing waits and ends. */
function endOf({ first, list }: Found, fn: FunctionNode): Rest['end'] {
  if ([...around(first)].some((at) => at.type === 'TryStatement' && isWithin(at, fn))) return 'return await';
  return givesValue(fn) || list !== bodyOf(fn) ? 'return' : 'await';
}

/** `if (cached) return cached; …` */
function behind(code: FlaggedCode, parts: RegionParts, list: StatementList, act: Statement): Found | undefined {
  const before = list.slice(0, list.indexOf(act));
  const guard = before.findLast((one): one is TSESTree.IfStatement => one.type === 'IfStatement' && !one.alternate && looksAt(code, parts, one) && returnsIn(one).length > 0);
  return guard && returnsIn(guard).every(({ argument }) => !argument || isPlain(argument)) ? { list, first: list[list.indexOf(guard) + 1]!, last: list.at(-1)!, guard, answers: [guard] } : undefined;
}

/** `if (!cached) { cached = … } return cached` */
function inside(code: FlaggedCode, parts: RegionParts, list: StatementList, act: Statement): Found | undefined {
  const [answer, ...more] = list.slice(list.indexOf(act) + 1);
  if (act.type !== 'IfStatement' || act.alternate || !looksAt(code, parts, act.test) || answer?.type !== 'ReturnStatement' || more.length > 0 || !answer.argument || !isPlain(answer.argument)) return undefined;
  return { list, first: act, last: answer, guard: act, answers: [act.test, answer] };
}

function returnsIn(node: Node): TSESTree.ReturnStatement[] {
  return ownNodes(node).filter((one) => one.type === 'ReturnStatement');
}

/** The place itself, or a local that was made from it. */
function looksAt(code: FlaggedCode, { reads }: RegionParts, node: Node): boolean {
  return reads.some((read) => isWithin(read, node)) || ownNodes(node).some((one) => one.type === 'Identifier' && reads.some((read) => initsOf(code, one).some((init) => isWithin(read, init))));
}

function initsOf({ scopes }: FlaggedCode, identifier: Node): Node[] {
  return (scopes.variableOf(identifier)?.defs ?? []).flatMap((one) => (one.type === 'Variable' && one.node.init ? [one.node.init] : []));
}

/** Nothing is done behind it, whichever way it ends. */
function isTail({ list, last, first }: Found, fn: FunctionNode): boolean {
  if (list === bodyOf(fn)) return true;
  const ancestors = [...around(first)];
  return (last.type === 'ReturnStatement' || last.type === 'ThrowStatement') && ancestors.slice(1, ancestors.indexOf(fn)).every(({ type }) => type === 'BlockStatement' || type === 'IfStatement' || type === 'TryStatement');
}

/** What the answer depends on besides the place: then another call's work is no answer to this one. */
function dependsOnCaller(code: FlaggedCode, { fn }: RegionParts, { answers }: Rest, key: Node | undefined): boolean {
  const isOfCaller = (node: Node, depth: number): boolean =>
    ownNodes(node).some((one) => {
      if (one.type !== 'Identifier' || isPartOfKey(one)) return false;
      const definition = code.scopes.variableOf(one)?.defs[0];
      if (!definition || !isWithin(definition.name, fn)) return false;
      return definition.type === 'Parameter' ? isWithin(definition.name, { range: [fn.range[0], fn.body!.range[0]] }) : definition.type === 'Variable' && (depth > 4 || !!definition.node.init && isOfCaller(definition.node.init, depth + 1));
    });
  const isPartOfKey = (node: Node): boolean => key !== undefined && [...around(node)].some((at) => isKeyPosition(at) && code.textOf(at) === code.textOf(key));
  return answers.some((answer) => isOfCaller(answer, 0));
}

function isKeyPosition(node: Node): boolean {
  const { parent } = node;
  return (parent?.type === 'MemberExpression' && parent.computed && parent.property === node) || (parent?.type === 'CallExpression' && parent.arguments[0] === node);
}

/** The key under which the act puts something away; undefined if the place is a single one, 'unclear' if the check looks under another. */
function keyOf(code: FlaggedCode, { acts, reads }: RegionParts): Node | 'unclear' | undefined {
  const [put, ...others] = acts.map(keyIn);
  const asked = reads.map(keyIn);
  if (put === undefined && others.every((key) => key === undefined) && asked.every((key) => key === undefined)) return [...acts, ...reads].some(isOfEntry) ? 'unclear' : undefined;
  const isSame = (key: Node | undefined): boolean => key !== undefined && code.textOf(key) === code.textOf(put!);
  return put && others.every(isSame) && asked.every(isSame) && isPlain(put) ? put : 'unclear';
}

function keyIn(access: Node): Node | undefined {
  const at = unwrapped(access);
  const call = at.type === 'CallExpression' ? at : at.parent?.type === 'MemberExpression' && at.parent.object === at && at.parent.parent.type === 'CallExpression' && at.parent.parent.callee === at.parent ? at.parent.parent : undefined;
  if (call) return call.arguments[0];
  return at.type === 'MemberExpression' && at.computed ? at.property : undefined;
}

/** It means the same before the work as when it is done. */
function isKnownBefore({ scopes }: FlaggedCode, key: Node, { first }: Rest): boolean {
  return ownNodes(key).every((node) => {
    if (node.type === 'MemberExpression') return false;
    const variable = node.type === 'Identifier' ? scopes.variableOf(node) : undefined;
    return !variable || variable.references.filter((one) => one.isWrite()).every((one) => one.init === true) && variable.defs.every(({ name }) => name.range[1] <= first.range[0]);
  });
}

function keyType(code: FlaggedCode, key: Node, home: Home): string {
  const definition = key.type === 'Identifier' ? code.scopes.variableOf(key)?.defs[0]?.name : undefined;
  const annotation = definition && 'typeAnnotation' in definition ? definition.typeAnnotation?.typeAnnotation : undefined;
  if (annotation) return code.textOf(annotation);
  const collection = home.kind === 'class' ? home.member : home.kind === 'variable' ? home.statement : undefined;
  const typed = collection && ownNodes(collection).find((node) => (node.type === 'NewExpression' || node.type === 'TSTypeReference') && node.typeArguments);
  return typed && 'typeArguments' in typed && typed.typeArguments ? code.textOf(typed.typeArguments.params[0]!) : 'string';
}

/** What the function's type says that it gives; nothing, if nothing is returned. */
export function promiseOf(code: FlaggedCode, fn: FunctionNode): string | undefined {
  if (fn.returnType) return code.textOf(fn.returnType.typeAnnotation);
  return givesValue(fn) ? undefined : 'Promise<void>';
}

export function givesValue(fn: FunctionNode): boolean {
  return fn.body !== null && fn.body !== undefined && (fn.body.type !== 'BlockStatement' || ownNodes(fn.body).some((node) => node.type === 'ReturnStatement' && node.argument !== null && !isFunction(node)));
}

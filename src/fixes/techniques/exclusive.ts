import type { FunctionNode, Node } from '../../language/index.js';
import { lockShape } from '../../analysis/index.js';
import type { Draft } from '../draft.js';
import type { Cure, FlaggedCode, Technique } from '../flagged-code.js';
import { homeAround, homeOf, rootOf, type Home } from '../homes.js';
import { hookStateAt } from '../hook-states.js';
import { makeLock, makeLockOf } from '../locks.js';
import { madeAsync } from '../made-async.js';
import { calledName, nameOf, partsOf, type RegionParts } from '../region-parts.js';
import { sectionOf, type Section } from '../sections.js';
import { wrapStatements } from '../statements.js';
import { allNodes, around, functionAround, isWithin, listOf, suspends } from '../syntax.js';
import { shortLocation } from '../wording.js';

/** The region runs under a new lock, so that it does not overlap itself. */
export const exclusive: readonly Technique[] = [false, true].map((isWhole) => (code) => underNewLock(code, sectionsOf(code, () => false, isWhole, true)));

/** The region runs under a lock of the object that it was handed. */
export const exclusiveForEach: readonly Technique[] = [false, true].map((isWhole) => (code) => underLockOfParameter(code, sectionsOf(code, () => false, isWhole, true)));

/** The region, and what others do to the place, run under a new lock. */
export const exclusiveEverywhere: readonly Technique[] = [false, true].map((isWhole) => (code) => underNewLock(code, sectionsOf(code, () => false, isWhole)));

function underNewLock(code: FlaggedCode, sections: readonly Section[] | undefined): Cure | undefined {
  const parts = partsOf(code);
  const home = parts && lockHome(code, parts);
  if (!sections || !home) return undefined;
  const draft = code.draft();
  const { lock, from } = makeLock(code, draft, home);
  return guard(code, draft, sections, `${lock}.runExclusive`) ? { title: `Guard ${shortLocation(code)} with a mutex${from}`, draft } : undefined;
}

function underLockOfParameter(code: FlaggedCode, sections: readonly Section[] | undefined): Cure | undefined {
  const parts = partsOf(code);
  const owner = parts && ownerOf(code, parts);
  if (!sections || owner === undefined) return undefined;
  const draft = code.draft();
  const { lock, from } = makeLockOf(code, draft, parts!.fn, owner);
  return guard(code, draft, sections, `${lock}.runExclusive`) ? { title: `Guard ${shortLocation(code)} with a mutex${from} for each \`${owner}\``, draft } : undefined;
}

/** The parameter that has the state: `session` of `session.manager = …`. */
function ownerOf(code: FlaggedCode, { acts: [act], fn }: RegionParts): string | undefined {
  const root = act!.type === 'MemberExpression' ? rootOf(act!) : undefined;
  if (root?.type !== 'Identifier') return undefined;
  const variable = code.scopes.variableOf(root);
  const isPlain = variable?.defs[0]?.type === 'Parameter' && fn.params.some((one) => one.type === 'Identifier' && one.name === root.name && isWithin(variable.defs[0]!.name, one));
  return isPlain && variable.references.every((one) => !one.isWrite()) ? root.name : undefined;
}

/**
 * A component's state is seen as it was rendered, whatever is waited for: no lock helps there. And what a function starts several times over, to run at once, is not made
 * to run one after the other.
 */
function lockHome(code: FlaggedCode, { acts: [act], fn }: RegionParts): Home | undefined {
  if (hookStateAt(code, act!)) return undefined;
  const home = homeOf(code, act!, fn) ?? homeAround(fn);
  return home?.kind === 'variable' && functionAround(home.statement)?.async === true ? undefined : home;
}

/** What is done without it runs under the lock that the others take. */
export function guardAsOthersDo(code: FlaggedCode): Cure | undefined {
  const known = lockInUse(code);
  const sections = known && sectionsOf(code, (node) => [...around(node)].some((at) => at.type === 'CallExpression' && code.textOf(at.callee) === known.run));
  if (!sections || sections.length === 0) return undefined;
  const draft = code.draft();
  return guard(code, draft, sections, known.run) ? { title: `Take \`${known.lock}\` here, as others do around ${shortLocation(code)}`, draft } : undefined;
}

/** The lock over other accesses of the place, as it is written where it is taken. */
function lockInUse(code: FlaggedCode): { readonly lock: string; readonly run: string } | undefined {
  const { accesses, message } = code.finding;
  const name = accesses.flatMap(({ locks }) => locks)[0] ?? / under `([^`]+)`/.exec(message)?.[1];
  const last = name?.split(/[.#]/).at(-1);
  for (const node of allNodes(code.module.program)) {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || !lockShape.run.has(calledName(node.callee) ?? '')) continue;
    const lock = code.textOf(node.callee.object);
    if (last !== undefined && lock.split(/[.#]/).at(-1) === last) return { lock, run: code.textOf(node.callee) };
  }
  return undefined;
}

/** A section for the region, and one for each further function that touches the place, unless it is about the region alone; undefined if one of them cannot wait for a lock. */
function sectionsOf(code: FlaggedCode, isGuarded: (node: Node) => boolean, isWhole = false, isAlone = false): Section[] | undefined {
  const parts = partsOf(code);
  if (!parts) return undefined;
  const places = new Map<FunctionNode, Node[]>();
  if (!parts.acts.every(isGuarded)) places.set(parts.fn, [...parts.reads, ...parts.suspensions, ...parts.acts]);
  const isOfRegion = (node: Node): boolean => isWithin(node, parts.fn) || (nameOf(functionAround(node) ?? parts.fn) !== undefined && parts.acts.some((act) => act.type === 'CallExpression' && calledName(act.callee) === nameOf(functionAround(node)!)));
  for (const node of code.nodesAt(code.finding.accesses.filter(({ kind }) => kind !== 'read').map(({ range }) => range))) {
    const fn = functionAround(node);
    if (isAlone || isGuarded(node) || isOfRegion(node) || !fn) continue;
    places.set(fn, [...(places.get(fn) ?? []), node]);
  }
  const sections = [...places].map(([fn, nodes]) => sectionOf(code, fn, nodes, isWhole && fn === parts.fn));
  return sections.every((section) => section !== undefined) ? sections : undefined;
}

/** @param run What runs a function under the lock: `this.mutex.runExclusive`. */
function guard(code: FlaggedCode, draft: Draft, sections: readonly Section[], run: string): boolean {
  return sections.every((section) => {
    const { fn, first, last, isReturned } = section;
    if (!fn.async && !madeAsync(code, draft, fn)) return false;
    const list = listOf(first)!;
    const waits = isReturned || list.slice(list.indexOf(first), list.indexOf(last) + 1).some(suspends);
    wrapStatements(code, draft, [first, last], `${isReturned ? 'return' : 'await'} ${run}(${waits ? 'async ' : ''}() => {`, [`})${code.layout.semicolon}`]);
    return true;
  });
}

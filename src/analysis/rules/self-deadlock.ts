import { isFunction, isWithin } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import type { ModuleModel } from '../model/module.js';
import type { Finding } from '../../model/index.js';
import { idleWithin } from '../locks/awaited-idle.js';
import { heldIn } from '../locks/held.js';
import type { Acquire } from '../locks/held.js';
import { isLetGoMeanwhile } from '../locks/let-go.js';
import { lineOf, squiggleOf } from '../places.js';
import type { Study } from '../regions/study.js';
import { lockFinding } from './lock-finding.js';
import type { ModuleRule, ModuleView } from './rule.js';
import { framesFrom, ofKind } from '../model/effect.js';
import type { Effect } from '../model/effect.js';

export const selfDeadlock: ModuleRule = {
  id: 'self-deadlock',
  category: 'deadlock',
  summary: 'Code that holds a lock, which lets nobody in twice, waits for the same lock.',
  explanation:
    'The task waits for itself, and everybody else for it. ' +
    'Call a version of the function that expects the lock to be held, or take the lock in one of the two only.',
  findingsIn(view) {
    const found = new Map<unknown, Finding>();
    for (const study of view.studies) {
      for (const [outer, inner] of nestedIn(study, ({ frame }) => view.model.links.modelOf(frame.fn.module))) {
        // Where several are let in, one wait is enough to tell of all that follow.
        const at = inner.permits === 1 ? callTo(inner, outer, view.model.module) : outer.at;
        if (at && !found.has(at)) found.set(at, inner.permits === 1 ? findingOf(view, study, outer, inner) : crowdedFinding(view, study, outer, inner));
      }
      for (const { outer, wait } of idleWithin(study, view.model)) if (!found.has(wait.at)) found.set(wait.at, idleFinding(view, study, outer, wait));
    }
    return [...found.values()];
  },
};

/** The acquisition itself, or the call by which a module comes to it while the lock is held; undefined if another module does all of it within itself. */
function callTo({ at, frame }: Acquire, outer: Acquire, module: Study['fn']['module']): Acquire['at'] | undefined {
  let from = at;
  for (let one: Acquire['frame'] | undefined = frame; one; from = one.at, one = one.caller) {
    if (one.fn.module === module) return from;
    if (one === outer.frame) return undefined;
  }
  return from;
}

/** Acquisitions of what is held already, on every way there. */
function nestedIn({ graph }: Study, modelOf: (acquire: Acquire) => ModuleModel): [Acquire, Acquire][] {
  return ofKind(graph.effects, 'acquire').flatMap((effect) => {
    if (!isCertain(effect) && !effect.saysDoneOnly) return [];
    const outer = heldIn(graph)[effect.id]?.get(effect.lock);
    // What nobody here gives back is given back elsewhere, perhaps by now.
    if (outer?.some(({ form, lock }) => form === 'call' && !graph.effects.some((other) => other.kind === 'release' && other.lock === lock))) return [];
    return outer?.every((one) => one !== effect && !isLetGoMeanwhile(effect, one) && (isCertain(one) ? isCertain(effect) : isGivenBackAfter(effect, one, modelOf(one))) && !(one.isShared && effect.isShared) && !isMadeAgain(one, effect) && (effect.permits === 1 || comesBack(effect, one))) ? [[outer[0]!, effect] as [Acquire, Acquire]] : [];
  });
}

/** Known to be a lock, and waited for: work that nobody waits for runs when the lock is free again. One that lets in several is full when as many wait in it. */
function isCertain({ isCertain: isKnown, isAwaited, form, permits, mayFail, mayRefuse }: Acquire): boolean {
  return isKnown && isAwaited && form !== 'scope' && (permits === 1 || (permits !== undefined && permits > 1 && Number.isFinite(permits) && !mayFail && !mayRefuse));
}

/** `lock((release) => { this.append(line, () => release()); })`: what gives the lock back is handed to the call that waits for it. */
function isGivenBackAfter({ at, frame, saysDoneOnly, permits }: Acquire, outer: Acquire, { scopes }: ModuleModel): boolean {
  const callback = outer.at.type === 'CallExpression' ? outer.at.arguments.find((argument: Node) => isFunction(argument)) : undefined;
  const [parameter] = callback && isFunction(callback) ? callback.params : [];
  const done = parameter?.type === 'Identifier' ? scopes.variableOf(parameter) : undefined;
  if (!callback || !done || !saysDoneOnly || !outer.saysDoneOnly || !outer.isCertain || permits !== 1) return false;
  const calls = [at, ...framesFrom(frame).map((one) => one.at)].filter((call) => call.type === 'CallExpression' && isWithin(call, callback));
  return calls.some((call) => call.type === 'CallExpression' && call.arguments.some((argument) => done.references.some(({ identifier }) => isWithin(identifier as Node, argument))));
}

/** Of a lock that each run of a function makes for itself, a run within a run takes another one. */
function isMadeAgain(outer: Acquire, inner: Acquire): boolean {
  const runOf = ({ frame, madeBy }: Acquire): Acquire['frame'] | undefined => framesFrom(frame).find(({ fn }) => fn.node === madeBy);
  return runOf(outer) !== runOf(inner);
}

function findingOf(view: ModuleView, study: Study, outer: Acquire, inner: Acquire): Finding {
  const through = inner.frame.fn === outer.frame.fn ? '' : ` through \`${inner.frame.fn.name || 'a callback'}\``;
  return lockFinding(selfDeadlock, 'deadlock', view, study, {
    lock: inner.lock, reads: [outer], acts: [inner], range: squiggleOf(inner, view.model),
    message: `\`${inner.lock}\` is taken at ${lineOf(outer, view.model)}, and waited for again at ${lineOf(inner, view.model)}${through} by the task that holds it: it waits for itself.`,
  });
}

function idleFinding(view: ModuleView, study: Study, outer: Acquire, wait: Effect): Finding {
  return lockFinding(selfDeadlock, 'deadlock', view, study, {
    lock: outer.lock, reads: [outer], acts: [wait], range: squiggleOf(wait, view.model),
    message: `\`${outer.lock}\` is waited for at ${lineOf(wait, view.model)} until it has no work left, by work that it runs itself since ${lineOf(outer, view.model)}: it waits for itself.`,
  });
}

/** In a function that runs itself under the lock, as deep as its data go: `limit(() => walk(child))` in `walk`. What does so once may do with the places that there are. */
function comesBack({ frame }: Acquire, { frame: outer }: Acquire): boolean {
  const underWay = framesFrom(outer).map(({ fn }) => fn);
  return framesFrom(frame).some((at, index, all) => !all.slice(0, index + 1).includes(outer) && underWay.includes(at.fn));
}

/** Of a lock that lets in several, each of them waits for a place that only the others could leave. */
function crowdedFinding(view: ModuleView, study: Study, outer: Acquire, inner: Acquire): Finding {
  const through = inner.frame.fn === outer.frame.fn ? '' : ` through \`${inner.frame.fn.name || 'a callback'}\``;
  // As many runs as it lets in have to meet, which the two of a scenario are not.
  return lockFinding(selfDeadlock, 'none', view, study, {
    lock: inner.lock, reads: [outer], acts: [inner], range: squiggleOf(inner, view.model),
    message: `\`${inner.lock}\` lets in ${inner.permits}; whoever is in since ${lineOf(outer, view.model)} waits for another place at ${lineOf(inner, view.model)}${through}: once ${inner.permits} are in, all of them wait for each other.`,
  });
}

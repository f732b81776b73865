import { isFunction, isWithin } from '../../language/index.js';
import type { Node, NodeOf } from '../../language/index.js';
import { isAsking, isMaking, isRepeatable, isWaiting } from '../catalog/work.js';
import { nodeFinding } from '../node-finding.js';
import { leadsInOneTurn, leadsTo, suspensionsFrom } from '../regions/order.js';
import { PARAMETER, provenancesOf } from '../regions/provenance.js';
import { locationOf } from '../regions/solve.js';
import type { Effect } from '../model/effect.js';
import { isAtOrAbove } from '../model/location.js';
import { unwrap } from '../model/unwrap.js';
import type { Value } from '../model/value.js';
import type { Finding } from '../../model/index.js';
import { restartedLoopsIn } from '../promises/restarted-loops.js';
import type { RestartedLoop } from '../promises/restarted-loops.js';
import type { ModuleRule, ModuleView, RegionInQuestion, Rule } from './rule.js';

export const doubleInitialization: Rule & ModuleRule = {
  id: 'double-initialization',
  category: 'atomicity',
  summary: 'Something that should be set up once is found missing, set up over a suspension, and only then put in its place.',
  explanation:
    'A second caller that comes while the first is suspended finds the place still empty and does the work again. ' +
    'Keep the promise of the work in flight (`this.ready ??= connect()`), or set the flag in the same turn as its check.',
  accuses: (region) => {
    const { candidate } = region;
    if (candidate.dependence !== 'guard' || (candidate.value.isEmpty && !isNewHolder(candidate)) || candidate.act.mode === 'clear' || candidate.act.mode === 'shrink') return false;
    if (!candidate.says.has('empty') && !candidate.says.has('expired')) return false;
    return (isNewHolder(candidate) || isLatch(region) || isCounted(region) || isFilledLater(region) || isFlight(region) || !isReadThrough(region)) && !isGiven(region) && !isOfKeptPromise(region) && !isPutBack(region) && !isPolled(candidate) && !isMomentary(region);
  },
  findingsIn: (view) => restartedLoopsIn(view.model).map((restarted) => restartedLoopFinding(view, restarted)),
};

/** `if (busy) return; await ready(); busy = true; …; busy = false`: what must not be done twice at a time comes after the act, whatever was waited for before it. */
function isLatch({ candidate: { act, value }, study: { graph } }: RegionInQuestion): boolean {
  if (act.mode !== 'replace' || !value.isConstant || value.isEmpty) return false;
  return graph.effects.some((effect) => effect.kind === 'write' && effect !== act && effect.mode === 'replace' && effect.location.id === act.location.id && effect.value.kind === 'constant' && /^(?:false|null|undefined)$/.test(effect.value.text) && suspensionsFrom(graph, act, effect).length > 0);
}

/** `state.asking = ask(await key()).finally(() => { state.asking = undefined; })`: whoever comes is to wait for the work under way, which then goes on twice. */
function isFlight({ candidate: { act }, study: { graph } }: RegionInQuestion): boolean {
  const assignment = act.at.parent;
  if (assignment?.type !== 'AssignmentExpression' || assignment.left !== act.at) return false;
  const work = unwrap(assignment.right);
  return work.type === 'CallExpression' && graph.effects.some((effect) => effect.kind === 'write' && effect.location.id === act.location.id && isWithin(effect.at, work) && effect.mode === 'replace' && effect.value.kind === 'constant' && effect.value.isEmpty);
}

/** A loop that was stopped and started again while it waited goes on beside the new one. */
function restartedLoopFinding({ model }: ModuleView, { loop, flag, test, wait, starter, start, stop }: RestartedLoop): Finding {
  const name = flag.replace(/^this\./, '');
  return nodeFinding(doubleInitialization, model, {
    fn: starter, location: name, dependence: 'guard', from: test, waits: [wait], to: start, accesses: [['read', test, loop], ['write', stop]],
    message: `\`${loop.ownName}\` waits at line ${wait.loc.start.line} and goes on as \`${name}\` says at line ${test.loc.start.line}: cleared at line ${stop.loc.start.line} and set again meanwhile, it stops nothing, and \`${starter.ownName}\` starts a second loop at line ${start.loc.start.line}.`,
  });
}

/** `value = await this.opening`: the work is that of a promise that all who come wait for, and all put the same into the place. */
function isOfKeptPromise({ candidate: { act, suspensions }, view }: RegionInQuestion): boolean {
  const assigned = act.at.parent?.type === 'AssignmentExpression' && act.at.parent.left === act.at ? act.at.parent.right : undefined;
  const { scopes } = view.model.links.modelOf(act.frame.fn.module);
  const variable = assigned?.type === 'Identifier' ? scopes.variableOf(assigned) : undefined;
  // `const value = await this.opening; …; this.value = value`, or `value = await this.opening`
  const named = ({ parent }: Node): boolean => {
    const name = parent?.type === 'VariableDeclarator' ? parent.id : parent?.type === 'AssignmentExpression' ? parent.left : undefined;
    return name?.type === 'Identifier' && scopes.variableOf(name) === variable;
  };
  const waits = suspensions.filter(({ at }) => at === assigned || (variable && named(at)));
  return waits.length > 0 && waits.every(({ awaited }) => awaited.kind === 'read');
}

/** `draft.parts = await this.ensureParts(draft)`: what the place holds by then is put there once more. */
function isPutBack({ candidate: { act, value }, study: { graph } }: RegionInQuestion): boolean {
  return value.isCopy && value.data.size > 0 && [...value.data].every((read) => locationOf(graph.effects, read).id === act.location.id);
}

/** `while (!this.isOpen) { await sleep(200); this.isOpen = !(await isBusy()) }`: whether it is so by now is asked again and again, and nothing is set up. */
function isPolled({ act, stale, value }: RegionInQuestion['candidate']): boolean {
  if (value.isConstant || (act.value.kind !== 'not' && act.value.kind !== 'comparison')) return false;
  return stale.every(({ at }) => loopsAround(act.at).some(({ test }) => test && isWithin(at, test)));
}

/** `this.isLocked = true; draw(); this.isLocked = false`: set and lowered in one turn, so that nobody else ever sees it set. */
function isMomentary({ candidate: { act, value }, study: { graph } }: RegionInQuestion): boolean {
  const isLowering = (effect: Effect): boolean => effect.kind === 'write' && effect !== act && effect.location.id === act.location.id && effect.value.kind === 'constant' && /^(?:false|null|undefined)$/.test(effect.value.text);
  return act.mode === 'replace' && value.isConstant && graph.effects.some((effect) => isLowering(effect) && leadsInOneTurn(graph, act, effect) && suspensionsFrom(graph, act, effect).length === 0);
}

type Loop = NodeOf<'WhileStatement' | 'DoWhileStatement' | 'ForStatement'>;

function loopsAround(node: Node): Loop[] {
  const around: Loop[] = [];
  for (let at = node.parent; at && !isFunction(at); at = at.parent) if (at.type === 'WhileStatement' || at.type === 'DoWhileStatement' || at.type === 'ForStatement') around.push(at);
  return around;
}

/** `lists[key] = []`: others put into the one they find, and it is replaced by another empty one. */
function isNewHolder({ value, location: { path } }: RegionInQuestion['candidate']): boolean {
  return value.isFresh && path.at(-1)?.kind === 'element';
}

/** `entries.set(key, made); bytes += made.length`: what goes with a new entry is counted twice, though the entry is there once. */
function isCounted({ candidate: { act, suspensions, location }, study: { graph } }: RegionInQuestion): boolean {
  if (location.path.at(-1)?.kind !== 'element') return false;
  const provenances = provenancesOf(graph.effects);
  const { makers } = provenances.of(act.value);
  return graph.effects.some((effect) => effect.kind === 'write' && effect.frame === act.frame && effect.mode === 'replace' && effect.location.path.length > 0 && effect.location.id !== act.location.id && effect.value.kind === 'mix' && /^[-+]$/.test(effect.value.name ?? '')
    && leadsInOneTurn(graph, act, effect) && suspensions.some((suspension) => leadsTo(graph, suspension, effect)) && [...provenances.of(effect.value).makers].some((name) => makers.has(name)));
}

const FILLING = /^(?:push|unshift|add|set|append|concat)$/;

/** What was made for the place is no answer that is the same for all: this run goes on to put something into it. */
function isFilledLater({ candidate: { act, location }, makers, study: { graph } }: RegionInQuestion): boolean {
  const { value } = act;
  if (location.path.at(-1)?.kind !== 'element' || !makers().some((name) => name === 'literal' || name.startsWith('new '))) return false;
  const isOfIt = (of: Value): boolean => (of.kind === 'slot' ? value.kind === 'slot' && of.slot === value.slot : of.kind === 'part' && isOfIt(of.of));
  const fills = (effect: Effect): boolean => (effect.kind === 'call' ? FILLING.test(effect.callee) && effect.values[0] !== undefined && isOfIt(effect.values[0]) : effect.kind === 'write' && effect.location.path.length > location.path.length && isAtOrAbove(location, effect.location));
  return graph.effects.some((effect) => fills(effect) && leadsTo(graph, act, effect));
}

/** What the caller came with is put in a free place: that is nothing set up, but a place taken. */
export function isGiven({ candidate, makers }: RegionInQuestion): boolean {
  const made = makers();
  return candidate.act.mode === 'replace' && candidate.location.path.length > 0 && made.length === 1 && made[0] === PARAMETER;
}

/** `seen.add(url)` keeps no answer: it says that what goes with it has been done, and that is then done twice. */
function isMark({ candidate, study: { graph } }: RegionInQuestion): boolean {
  const { act, suspensions } = candidate;
  if (act.mode !== 'grow' || act.location.path.at(-1)?.kind !== 'element') return false;
  return graph.effects.some((effect) => effect.kind === 'write' && effect !== act && effect.mode === 'grow' && effect.frame === act.frame && effect.location.id !== act.location.id && suspensions.some((suspension) => leadsTo(graph, suspension, effect)));
}

/** `new Storage(answer)`: of two objects made for one key, each caller has one, and what it changes in its own the other does not see. */
function isInstanceMaker(name: string): boolean {
  return name.startsWith('new ') && !PLAIN.test(name.slice('new '.length));
}

const PLAIN = /^(?:Map|Set|Weak\w+|Array|Object|Date|URL\w*|RegExp|\w*Error|\w*Array|\w*Buffer|DataView|Blob|File|Headers|String|Number|Boolean|Promise|Proxy|Intl|\w*Format|\w*Collator|Text\w+)$/;

/** `await import('zeromq'); send(Events.Supported); this.isSupported = true`: others are told, in the turn in which the place is filled, by each who comes. */
function tellsOthers({ candidate: { act, suspensions }, study: { graph } }: RegionInQuestion): boolean {
  if (act.location.path.some(({ kind }) => kind === 'element')) return false;
  const isTelling = (effect: Effect): boolean => (effect.frame === act.frame ? effect.kind === 'call' && TELLING.test(effect.callee) : effect.frame.caller === act.frame && TELLING.test(effect.frame.fn.ownName));
  const tells = (effect: Effect): boolean => isTelling(effect) && suspensions.some((suspension) => leadsInOneTurn(graph, suspension, effect));
  return graph.effects.some((effect) => tells(effect) && (leadsInOneTurn(graph, effect, act) || leadsInOneTurn(graph, act, effect)));
}

const TELLING = /^(?:send|emit|publish|notify|fire|dispatch)(?![a-z])/;

/** `const { models } = await import('./models'); cached = models`: a module is loaded once, and what it exports is the same for all. */
function isOfImport({ candidate: { act }, view }: RegionInQuestion): boolean {
  const { scopes } = view.model.links.modelOf(act.frame.fn.module);
  let source: Node | undefined = act.at.parent?.type === 'AssignmentExpression' && act.at.parent.left === act.at ? unwrap(act.at.parent.right) : undefined;
  while (source?.type === 'MemberExpression') source = unwrap(source.object);
  const definition = source?.type === 'Identifier' ? scopes.variableOf(source)?.defs[0] : undefined;
  const given = definition?.type === 'Variable' && definition.node.init ? unwrap(definition.node.init) : source;
  return given?.type === 'AwaitExpression' && given.argument.type === 'ImportExpression';
}

/** A cache filled with the answer to a question: asked twice, it ends the same. */
export function isReadThrough(region: RegionInQuestion): boolean {
  const { candidate, work, makers } = region;
  const serious = work.filter((name) => !isWaiting(name));
  if (isOfImport(region)) return !tellsOthers(region);
  if (serious.every(isRepeatable)) return !tellsOthers(region) && !(serious.includes('import') && candidate.location.path.every(({ kind }) => kind === 'member') && makers().some(isMaking));
  const isKeyed = candidate.location.path.some((step) => step.kind === 'element') && !isMark(region) && !makers().some(isInstanceMaker);
  return isKeyed && (serious.every(isAsking) || (isAsking(candidate.frame.fn.ownName) && !serious.some(isMaking)));
}

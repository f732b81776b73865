import { isEnding } from '../catalog/work.js';
import { ofKind } from '../model/effect.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import { lastName } from '../model/location.js';
import { textOf } from '../model/text.js';
import { isNamedLock } from './lock-sets.js';
import { leadsInOneTurn, leadsTo, suspensionsFrom } from './order.js';
import { provenancesOf } from './provenance.js';
import { endsAll } from './revived.js';
import type { Study } from './study.js';

/** What a run puts in its place after a wait, though all of it may have been ended meanwhile: nobody ends that any more. */
export interface Outlived {
  readonly suspensions: readonly EffectOf<'suspend'>[];
  /** `this.watcher = await watch(path)`, `this.isReady = true` */
  readonly kept: EffectOf<'write'>;
  /** `this.watcher.stop()`, or `this.isReady = false`, by whoever ends it all: `dispose`, or another run of the same that begins with it. */
  readonly ended: Effect;
  readonly ender: Study;
}

/** The first place that a run fills after a wait and that another entry, whose name says that it ends things, empties. */
export function outlivedIn(study: Study, others: readonly Study[]): Outlived | undefined {
  const { graph, fn, suspends } = study;
  if (!suspends || graph.isPartial || endsAll(fn.ownName) || CANCELLABLE.test(textOf(fn.node, fn))) return undefined;
  for (const kept of study.writes) {
    if (kept.location.path.length !== 1 || kept.location.path[0]!.kind !== 'member' || !(isHandle(kept, study) || isFlag(kept))) continue;
    const suspensions = suspensionsFrom(graph, graph.effects[0]!, kept);
    if (suspensions.length === 0) continue;
    for (const ender of others) {
      const ended = ender === study ? endBefore(study, kept, suspensions) : ender.entry && ender.fn !== fn && endsAll(ender.fn.ownName) ? endIn(ender, kept) : undefined;
      if (ended && !areKeptApart(study, kept, suspensions, ender, ended) && !isLookedAtLater(study, kept, suspensions, ender, others)) return { suspensions, kept, ended, ender };
    }
  }
  return undefined;
}

/** Whoever gives up work that is cancelled tells it so by other means. */
const CANCELLABLE = /aborted\b|throwIfAborted|isCancell|CancellationRequested|generation|epoch|\bsignal\b|sequence(?:Number|Id)?\s*[!=]==|[!=]==\s*[\w.#]*sequence/i;

/** Something made by or after a wait of the run, that must be ended some day. */
function isHandle(kept: EffectOf<'write'>, { graph }: Study): boolean {
  const { mode, value } = kept;
  if (mode !== 'replace' || value.kind === 'constant' || value.kind === 'unknown') return false;
  const { makers, reads } = provenancesOf(graph.effects).of(value);
  return ![...reads].some((read) => isReadOf(graph.effects[read], kept)) && [...makers].some((name) => MADE.test(name.replace(/^[#_]+/, '')));
}

const MADE = /^(?:new (?!Map|Set|Array|Date|Error|URL|Promise)|setInterval$|watch|connect|open|spawn|create|start|launch|listen|subscribe|acquire|on[A-Z])/;

/** `this.isReady = true` */
function isFlag({ mode, value, location }: EffectOf<'write'>): boolean {
  return mode === 'replace' && value.kind === 'constant' && value.text === 'true' && /ready|open|connected|running|started|active|listening|entered|joined|online|attached/i.test(lastName(location));
}

/** Where the ender ends what is in the place, or lowers the flag, and says that it is over. */
function endIn(ender: Study, kept: EffectOf<'write'>): Effect | undefined {
  const { graph, writes } = ender;
  // What is told to stop need not be looked for.
  const ends = endingOf(graph, kept);
  if (graph.isPartial || ofKind(graph.effects, 'call').some((call) => /^(?:abort|cancel)/.test(call.callee) && !ends.includes(call))) return undefined;
  const emptied = writes.find(({ location, mode, value, aside }) => !aside && location.id === kept.location.id && mode === 'replace' && value.kind === 'constant' && value.isEmpty);
  if (isFlag(kept)) return emptied;
  const isOver = emptied ?? writes.some(({ location, value }) => value.kind === 'constant' && value.text === 'true' && ENDED.test(lastName(location)));
  // What has not begun to repeat cannot be stopped, and then repeats for ever: nothing more need be said of it.
  return ends.find((end) => isOver || (end.callee === 'clearInterval' && !isSetAnew(graph, end, kept)));
}

/** Whoever clears an interval to set another ends nothing. */
function isSetAnew(graph: EffectGraph, end: Effect, { location }: EffectOf<'write'>): boolean {
  return ofKind(graph.effects, 'write').some((write) => write.location.id === location.id && !(write.value.kind === 'constant' && write.value.isEmpty) && leadsTo(graph, end, write));
}

/** `if (this.server) await this.server.close(); this.server = await listen()`: two who do that at a time both end the old one, and one of the new ones is lost. */
function endBefore(study: Study, kept: EffectOf<'write'>, suspensions: readonly EffectOf<'suspend'>[]): Effect | undefined {
  const { graph, entry } = study;
  if (!entry?.overlapsItself || isFlag(kept) || (study.stateAt(kept.id)?.locks.size ?? 1) > 0) return undefined;
  const ends = endingOf(graph, kept);
  // Whoever ends what is there in the turn in which its own is put there loses nothing.
  if (ends.some((end) => leadsInOneTurn(graph, end, kept))) return undefined;
  return ends.find((end) => suspensions.some((suspension) => leadsTo(graph, end, suspension)) && leadsTo(graph, end, kept));
}

/** The calls that end what is in the place of what is kept. */
function endingOf({ effects }: EffectGraph, kept: EffectOf<'write'>): EffectOf<'call'>[] {
  const provenances = provenancesOf(effects);
  return ofKind(effects, 'call').filter(({ callee, values, aside }) => !aside && (isEnding(callee) || /^(?:unsubscribe|unwatch|off|release|remove|leave)/.test(callee)) && values.some((value) => [...provenances.of(value).reads].some((read) => isReadOf(effects[read], kept))));
}

function isReadOf(effect: Effect | undefined, { location }: EffectOf<'write'>): boolean {
  return effect?.kind === 'read' && effect.location.id === location.id;
}

/** A lock over both, or a promise of the run that the ender waits for. */
function areKeptApart(study: Study, kept: EffectOf<'write'>, suspensions: readonly EffectOf<'suspend'>[], ender: Study, ended: Effect): boolean {
  if (study === ender) return false;
  const [own, others] = [study.stateAt(kept.id)?.locks, ender.stateAt(ended.id)?.locks];
  if (!own || !others || [...own].some((lock) => others.has(lock) && isNamedLock(lock))) return true;
  if (refuses(ender, study, suspensions, kept)) return true;
  return [...ender.graph.inlined].some((fn) => UNDER_WAY.test(textOf(fn.node, fn))) || ofKind(ender.graph.effects, 'suspend').some((suspension) => suspension.awaited.kind === 'read' && leadsTo(ender.graph, suspension, ended));
}

/** A promise of what is being done, by its name, is waited for. */
const UNDER_WAY = /\bawait\s[\w.#?!([\s]*(?:promise|pending|(?:start|open|connect|load|initiali[sz]|launch|mount|runn)ing)\b/i;

/** `if (!this.pool) throw new Error('not connected')`: whoever would end what has only begun is told so, or comes back when a flag is set. */
function refuses({ graph }: Study, run: Study, suspensions: readonly EffectOf<'suspend'>[], kept: EffectOf<'write'>): boolean {
  if (!isFlag(kept) && ofKind(graph.effects, 'throw').length === 0) return false;
  const late = new Set(run.writes.filter((write) => write.id === kept.id || suspensions.some((suspension) => leadsTo(run.graph, suspension, write))).map(({ location }) => location.id));
  const early = new Set(run.writes.filter((write) => leadsTo(run.graph, write, kept) && suspensions.every((suspension) => !leadsTo(run.graph, suspension, write))).map(({ location }) => location.id));
  const provenances = provenancesOf(graph.effects);
  return ofKind(graph.effects, 'branch').some((branch) => [...provenances.of(branch.test).reads].some((read) => {
    const effect = graph.effects[read];
    return effect?.kind === 'read' && late.has(effect.location.id) && !early.has(effect.location.id);
  }));
}

/** True if the run looks, after its last wait, at anything that the end of it all changes, or that says by its name whether it has ended. */
function isLookedAtLater(study: Study, kept: EffectOf<'write'>, suspensions: readonly EffectOf<'suspend'>[], ender: Study, others: readonly Study[]): boolean {
  const { graph } = study;
  const changed = new Set(ender.writes.map(({ location }) => location.id));
  const provenances = provenancesOf(graph.effects);
  // What others set, and who ends it all does not, speaks of another end.
  const saysSo = ({ location }: EffectOf<'read'>): boolean => ENDED.test(lastName(location)) && !others.some(({ fn, writes }) => fn !== study.fn && writes.some((write) => write.location.id === location.id));
  // What is asked on another way, or sends nobody off this one, is asked for something else.
  const decides = (branch: EffectOf<'branch'>): boolean => {
    const goOn = branch.next.filter(({ to }) => to === kept.id || leadsTo(graph, graph.effects[to]!, kept));
    return goOn.length > 0 && goOn.length < branch.next.length;
  };
  return ofKind(graph.effects, 'branch').some((branch) => [...provenances.of(branch.test).reads].some((read) => {
    const effect = graph.effects[read]!;
    if (effect.kind !== 'read' || !(changed.has(effect.location.id) || saysSo(effect))) return false;
    return leadsTo(graph, kept, effect) || (decides(branch) && suspensions.some((suspension) => leadsInOneTurn(graph, suspension, effect) && leadsInOneTurn(graph, suspension, kept)));
  }));
}

const ENDED = /dispos|clos|stop|destroy|abort|cancel|ended|leav|left|unmount|terminat|shut|alive|kill|teardown/i;

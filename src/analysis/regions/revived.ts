import { isEnding } from '../catalog/work.js';
import type { EffectOf } from '../model/effect.js';
import type { Value } from '../model/value.js';
import { isCovered, leadsTo, suspensionsFrom } from './order.js';
import type { Study } from './study.js';

/** A run that says it has begun, is suspended, and says it has come to its end, whatever has been said in between. */
export interface Revived {
  /** `this.state = 'connecting'` */
  readonly begun: EffectOf<'write'>;
  readonly suspensions: readonly EffectOf<'suspend'>[];
  /** `this.state = 'connected'` */
  readonly done: EffectOf<'write'>;
  /** `this.state = 'closed'`, by whoever ends it all. */
  readonly ended: EffectOf<'write'>;
  readonly ender: Study;
}

/** The states that a function sets in two steps, and that somebody who ends all of it sets without asking for the first. */
export function revivedIn(study: Study, others: readonly Study[]): Revived[] {
  const { graph, writes, fn, suspends } = study;
  if (!suspends || graph.isPartial || endsAll(fn.ownName)) return [];
  for (const done of writes) {
    const value = stateOf(done);
    if (value === undefined) continue;
    const begun = writes.find((write) => write !== done && write.location.id === done.location.id && stateOf(write) !== undefined && stateOf(write) !== value && leadsTo(graph, write, done) && !leadsTo(graph, done, write));
    const suspensions = begun ? suspensionsFrom(graph, begun, done) : [];
    if (!begun || suspensions.length === 0 || isCovered(study, begun, done)) continue;
    for (const ender of others) {
      const ended = ender.entry && ender.fn !== fn && endsAll(ender.fn.ownName) && !asks(ender, done) ? ender.writes.find((write) => write.location.id === done.location.id && isOther(write, [value, stateOf(begun)!])) : undefined;
      if (ended && !isLookedAtAgain(study, done, ender)) return [{ begun, suspensions, done, ended, ender }];
    }
  }
  return [];
}

/** True of a name that says that all of it comes to its end. */
export function endsAll(name: string): boolean {
  return isEnding(name) || /^[#_]*(?:leave|hang_?up|log_?out|sign_?out)/i.test(name);
}

/** The constant that is put there, if it names a state. */
function stateOf({ mode, value, location }: EffectOf<'write'>): string | undefined {
  if (mode !== 'replace' || value.kind !== 'constant' || value.isEmpty || location.path.at(-1)?.kind === 'element') return undefined;
  return /^(?:true|\d+|\[\]|\{\})$/.test(value.text) ? undefined : value.text;
}

function isOther({ mode, value }: EffectOf<'write'>, states: readonly string[]): boolean {
  return mode === 'replace' && value.kind === 'constant' && !states.includes(value.text);
}

/** Whoever asks for the state before ending it may well leave one that has only begun alone. */
function asks({ graph }: Study, { location }: EffectOf<'write'>): boolean {
  const reads = new Set(graph.effects.flatMap((effect) => (effect.kind === 'read' && effect.location.id === location.id ? [effect.id] : [])));
  const mentions = (value: Value): boolean => {
    switch (value.kind) {
      case 'read': return reads.has(value.read);
      case 'not': case 'emptiness': case 'part': return mentions(value.of);
      case 'comparison': case 'mix': case 'choice': case 'answer': return value.parts.some(mentions);
      default: return false;
    }
  };
  return graph.effects.some((effect) => effect.kind === 'branch' && mentions(effect.test));
}

/** True if the run looks, after its last suspension, at anything that the end of it all changes. */
function isLookedAtAgain(study: Study, done: EffectOf<'write'>, ender: Study): boolean {
  const changed = new Set(ender.writes.map(({ location }) => location.id));
  return study.stateAt(done.id)?.decidingGuards().some(([, guard]) => !guard.isOvertaken && (guard.validates || [...guard.facts.data].some((read) => {
    const effect = study.graph.effects[read];
    return effect?.kind === 'read' && changed.has(effect.location.id);
  }))) ?? true;
}

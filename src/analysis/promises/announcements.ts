import { isWithin } from '../../language/index.js';
import type { TSESTree } from '../../language/index.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import type { ModuleModel } from '../model/module.js';
import { isRenderedField } from '../model/rendered-fields.js';
import { isNeededOnEvent, isReadOnEvent } from './event-readers.js';
import type { StartedWork } from './started.js';
import { isResult } from './late-writes.js';
import { meanwhile } from './meanwhile.js';

/** Code that tells others that something is done, by an event or a flag. */
export interface Announcement {
  readonly effect: Effect;
  /** What is told: `loaded`. */
  readonly name: string;
}

/** Where a run says that the dropped work is done while nothing says that it is. */
export function earlyAnnouncement(work: StartedWork, graph: EffectGraph, model: ModuleModel): Announcement | undefined {
  for (const { effect, isLater, isOfHelper } of meanwhile(work, graph)) {
    if (isOfHelper) continue;
    const name = isLater ? undefined : announcedBy(effect);
    if (name !== undefined && tellsOf(name, work.name, work.late)) return { effect, name };
    const event = isLater ? undefined : eventOf(effect);
    if (event !== undefined && (isOfWhatIsPut(event, work) || (effect.frame.fn === graph.entry && isOfWholeCall(event, work, graph, model)))) return { effect, name: event };
  }
  return undefined;
}

/** An event, and after a suspension the first result that the same run writes: what the event tells of is not there when it is told. */
export function announcedTooEarly({ effects, entry }: EffectGraph, model: ModuleModel): { readonly announcement: Announcement; readonly write: EffectOf<'write'> } | undefined {
  let isSuspended = false;
  let announcement: Announcement | undefined;
  let told: Announcement | undefined;
  let started: EffectOf<'write'> | undefined;
  for (const effect of effects) {
    if (effect.aside) {
      if (!announcement && effect.kind === 'write' && isResult(effect)) started ??= effect;
      continue;
    }
    if (announcement && started && isWaitFor(effect, started)) return { announcement, write: started };
    if (effect.kind === 'suspend' && (announcement ?? told)) isSuspended = true;
    if (effect.kind === 'write' && isResult(effect)) {
      const early = announcement ?? (told && isNeededOnEvent(told.name, effect.location, model) ? told : undefined);
      return early && isSuspended && effect.frame.fn === early.effect.frame.fn ? { announcement: early, write: effect } : undefined;
    }
    // Where an `if` or a loop decides, one way may tell of what another has done.
    if (announcement || effect.kind !== 'call' || effect.frame.fn !== entry || !isUnconditional(effect)) continue;
    const name = announcedBy(effect);
    if (name !== undefined && (isStemOf(entry.ownName, name) || GENERAL.test(name) || CHANGED.test(name))) announcement = { effect, name };
    const event = eventOf(effect);
    if (event !== undefined && !AHEAD.test(event)) told ??= { effect, name: event };
  }
  return undefined;
}

/** Events that tell of what is about to happen. */
const AHEAD = /^(?:will|before|pre|start|begin|request)|ing$|(?:start|begin)$/i;

/** `const next = load().then((loaded) => { this.rows = loaded; }); this.emit('reloaded'); await next` */
function isWaitFor(effect: Effect, { at }: EffectOf<'write'>): boolean {
  const slot = effect.kind === 'suspend' && effect.awaited.kind === 'slot' ? effect.awaited.slot : undefined;
  const definition = slot && 'defs' in slot ? slot.defs[0] : undefined;
  return definition?.type === 'Variable' && definition.node.init !== null && isWithin(at, definition.node.init);
}

const TELLING = /^(?:emit|dispatchEvent|fire|publish|trigger|notify)$/;
const CHANGED = /chang(?:e|ed)$|^updated?$/i;

export function isTelling(callee: string): boolean {
  return TELLING.test(callee);
}

const DONE = /(?:ed|ready|done|complete|open|finish|end|loaded|success|change)$/i;
const GENERAL = /^(?:is|has)?_?(?:ready|done|completed?|loaded|finish(?:ed)?|initiali[sz]ed|connected|open(?:ed)?|settled|available)$/i;

function announcedBy(effect: Effect): string | undefined {
  const event = eventOf(effect);
  if (event !== undefined) return DONE.test(event) ? event : undefined;
  if (effect.kind !== 'write' || effect.value.kind !== 'constant' || effect.value.text !== 'true') return undefined;
  if (isRenderedField(effect.location)) return undefined;
  const last = effect.location.path.at(-1);
  const name = last?.kind === 'member' ? last.name.replace(/^[#_]+/, '') : last ? '' : effect.location.root.kind === 'variable' ? effect.location.root.variable.name : '';
  return GENERAL.test(name) || /ed$/.test(name) ? name : undefined;
}

/** The name of the event that a call tells others of. */
function eventOf(effect: Effect): string | undefined {
  return effect.kind === 'call' && isTelling(effect.callee) && effect.at.type === 'CallExpression' ? eventNamedBy(effect.at) : undefined;
}

/** True if a call tells that something has been done: `emit('order-placed', id)`. */
export function isDoneEvent(call: TSESTree.CallExpression): boolean {
  return DONE.test(eventNamedBy(call) ?? '');
}

function eventNamedBy({ arguments: [first] }: TSESTree.CallExpression): string | undefined {
  if (first?.type === 'TemplateLiteral' && first.expressions.length === 0) return first.quasis[0]!.value.cooked ?? undefined;
  return first?.type === 'Literal' && typeof first.value === 'string' ? first.value : undefined;
}

const PUTTING = /^(?:add|insert|create|register|save|store)(?=[A-Z])/;

/** `addMessage(message); emit('newMessage')`: who hears of the message looks for it where the work has yet to put it. */
function isOfWhatIsPut(event: string, { name, late }: StartedWork): boolean {
  const thing = name.replace(/^[#_]+/, '');
  if (!PUTTING.test(thing)) return false;
  const words = wordsOf(thing.replace(PUTTING, ''));
  return words.every((word) => wordsOf(event).includes(word)) && late.some((effect) => effect.kind === 'write' && effect.mode === 'grow' && isResult(effect));
}

/** `import(id) { this.pull(id); this.emit('imported', id); }`: who hears it looks for what the part of the import that nobody waits for has yet to put there. */
function isOfWholeCall(event: string, { late }: StartedWork, { entry }: EffectGraph, model: ModuleModel): boolean {
  // Work that tells of its own end is listened to for that.
  if (!DONE.test(event) || !isStemOf(entry.ownName, event) || late.some((effect) => effect.kind === 'call' && isTelling(effect.callee))) return false;
  return late.some((effect) => effect.kind === 'write' && isResult(effect) && isReadOnEvent(event, effect.location, model));
}

/** `saved` tells of `save`, and `ready` of whatever leaves something behind. */
function tellsOf(event: string, work: string, late: readonly Effect[]): boolean {
  return isStemOf(work, event) || (GENERAL.test(event) && late.some((effect) => effect.kind === 'write' && isResult(effect)));
}

/** `save` and `saved`, `loadUsers` and `users:loaded`, `connect` and `connected`. */
function isStemOf(work: string, event: string): boolean {
  const verb = /^[a-z]+/.exec(work.replace(/^[#_]+/, ''))?.[0] ?? '';
  const stem = verb.replace(/e$|y$/, '');
  return stem.length >= 3 && event.toLowerCase().includes(stem) && /(?:ed|ready|done|complete|finish|open|nt)$/i.test(event) && isOfSameThing(work, event, stem);
}

/** `loaded` and `users:loaded` tell of `loadUsers`, `statusLoaded` of something else. */
function isOfSameThing(work: string, event: string, stem: string): boolean {
  const things = wordsOf(work).slice(1);
  const told = wordsOf(event).filter((word) => !word.startsWith(stem) && !/^(?:is|has|all|data|ready|done|complete|finish|open)$/.test(word));
  return told.every((word) => things.some((thing) => thing.startsWith(word.replace(/s$/, '')) || word.startsWith(thing.replace(/s$/, ''))));
}

function wordsOf(name: string): string[] {
  return name.split(/[^A-Za-z]+|(?=[A-Z])/).filter((word) => word !== '').map((word) => word.toLowerCase());
}

function isUnconditional({ at }: Effect): boolean {
  for (let node = at.parent; node; node = node.parent) {
    if (/^(?:If|For|While|DoWhile|Switch|Try)|^CatchClause|^Conditional|^Logical/.test(node.type)) return false;
    if (/Function/.test(node.type)) return true;
  }
  return true;
}

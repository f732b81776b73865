import type { Execution, PendingEvent } from '../../src/simulator/explore/index.js';
import { EventLoop } from '../../src/simulator/runtime/loop.js';
import { createTimers } from '../../src/simulator/runtime/timers.js';

/** What one event does: touches variables, may depend on what it reads, and makes further events possible. */
export type Act =
  | { readonly kind: 'read'; readonly variable: string }
  | { readonly kind: 'write'; readonly variable: string; readonly value: number }
  | { readonly kind: 'add'; readonly variable: string; readonly value: number }
  | { readonly kind: 'if'; readonly variable: string; readonly equals: number; readonly then: readonly Act[]; readonly else: readonly Act[] }
  | { readonly kind: 'event'; readonly acts: readonly Act[] }
  | { readonly kind: 'message'; readonly channel: string; readonly acts: readonly Act[] }
  | { readonly kind: 'timer'; readonly name: string; readonly delay: number; readonly acts: readonly Act[] }
  | { readonly kind: 'clear'; readonly name: string }
  | { readonly kind: 'clock' };

/** A program of events alone: for each task what its first event does. */
export type EventProgram = Readonly<Record<string, readonly Act[]>>;

export const read = (variable: string): Act => ({ kind: 'read', variable });
export const write = (variable: string, value = 1): Act => ({ kind: 'write', variable, value });
export const add = (variable: string, value: number): Act => ({ kind: 'add', variable, value });
export const timer = (name: string, delay: number, ...acts: Act[]): Act => ({ kind: 'timer', name, delay, acts });
export const clear = (name: string): Act => ({ kind: 'clear', name });
export const event = (...acts: Act[]): Act => ({ kind: 'event', acts });

/** A chain of events, as a thread is one: each step makes the next one possible. */
export function thread(...steps: Act[]): Act[] {
  return steps.length === 0 ? [] : [steps[0]!, ...(steps.length > 1 ? [event(...thread(...steps.slice(1)))] : [])];
}

/** One access of a turn, written down by the program itself, so that tests need not trust the loop's footprints. */
export interface Touch {
  readonly variable: string;
  readonly isWrite: boolean;
}

export interface ProgramResult {
  /** Everything that any event read, by event, and the final variables. */
  readonly outcome: string;
  /** The touches of each fired event. */
  readonly touches: ReadonlyMap<string, readonly Touch[]>;
}

/**
 * Starts fresh executions of `program`, all on one loop. `declares`: each event says beforehand what it touches, as a thread's next
 * access does; every event must then be a single read, write or condition, followed by nothing but the next event.
 */
export function executionsOf(program: EventProgram, { declares = false } = {}): () => Execution<ProgramResult> {
  const loop = new EventLoop();
  const footprint = ([first]: readonly Act[]) => {
    if (!declares || first === undefined || !('variable' in first)) return undefined;
    return loop.footprintOf([{ object: 'variables', property: first.variable, kind: first.kind === 'write' ? 'write' : 'read' }]);
  };
  const timers = createTimers(loop);
  return () => {
    loop.reset();
    timers.reset();
    const handles = new Map<string, ReturnType<typeof timers.setTimeout>>();
    const variables = new Map<string, number>();
    const touches = new Map<string, Touch[]>();
    const seen: Record<string, number[]> = {};
    const note = (variable: string, isWrite: boolean): void => {
      const { id } = loop.turnEvent!;
      touches.set(id, [...(touches.get(id) ?? []), { variable, isWrite }]);
    };
    const touch = (variable: string, kind: 'read' | 'write'): void => {
      loop.touch('variables', variable, kind);
      note(variable, kind === 'write');
    };
    /** Who sends first is received first: sends depend on each other, and so do receipts. */
    const send = (channel: string, acts: readonly Act[]): void => {
      note(`sends on ${channel}`, true);
      loop.addEvent({
        label: 'message',
        channel,
        fire: () => {
          note(`receipts on ${channel}`, true);
          perform(acts);
        },
      });
    };
    const get = (variable: string): number => {
      touch(variable, 'read');
      const value = variables.get(variable) ?? 0;
      (seen[loop.turnEvent!.id] ??= []).push(value);
      return value;
    };
    const set = (variable: string, value: number): void => {
      touch(variable, 'write');
      variables.set(variable, value);
    };
    /** A new deadline depends on the clock, and any two creations on each other. A firing moves the clock. */
    const setTimer = (name: string, delay: number, acts: readonly Act[]): void => {
      note('clock', false);
      note('timers', true);
      touch(`timer ${name}`, 'write');
      const fire = (): void => {
        note('clock', true);
        perform(acts);
      };
      handles.set(name, timers.setTimeout(fire, delay));
    };
    const clear = (name: string): void => {
      touch(`timer ${name}`, 'read');
      if (!handles.has(name)) return;
      note('clock', false);
      timers.clearTimeout(handles.get(name));
    };
    const readClock = (): void => {
      note('clock', false);
      (seen[loop.turnEvent!.id] ??= []).push(timers.performanceNow());
    };
    const perform = (acts: readonly Act[]): void => acts.forEach(performOne);
    const performOne = (act: Act): void => {
      if (act.kind === 'read') get(act.variable);
      else if (act.kind === 'write') set(act.variable, act.value);
      else if (act.kind === 'add') set(act.variable, get(act.variable) + act.value);
      else if (act.kind === 'if') perform(get(act.variable) === act.equals ? act.then : act.else);
      else if (act.kind === 'event') loop.addEvent({ label: 'step', fire: () => perform(act.acts), footprint: footprint(act.acts), ...(declares && { phase: 'any' }) });
      else if (act.kind === 'message') send(act.channel, act.acts);
      else if (act.kind === 'timer') setTimer(act.name, act.delay, act.acts);
      else if (act.kind === 'clear') clear(act.name);
      else readClock();
    };
    for (const [task, acts] of Object.entries(program)) loop.addTask({ task, label: `${task} starts`, fire: () => perform(acts), footprint: footprint(acts) });
    return {
      enabled: () => loop.enabled(),
      fire: (pending: PendingEvent) => loop.fire(pending as Parameters<EventLoop['fire']>[0]),
      result: () => ({ outcome: JSON.stringify([Object.entries(seen).sort(), [...variables].sort()]), touches }),
    };
  };
}

/** A random program: data decides which events there are and what they touch. `timers`: how likely an act has to do with time. */
export function randomProgram(random: () => number, events: number, timers = 0): EventProgram {
  const tasks = 2 + Math.floor(random() * 2);
  let left = events - tasks;
  const variable = (): string => 'xyz'[Math.floor(random() * 3)]!;
  const acts = (depth: number): Act[] => Array.from({ length: 1 + Math.floor(random() * 2) }, () => act(depth));
  const timed = (depth: number): Act => {
    const name = 'ab'[Math.floor(random() * 2)]!;
    const dice = random();
    if (dice < 0.3) return { kind: 'clear', name };
    if (dice < 0.4 || left <= 0) return { kind: 'clock' };
    left--;
    return { kind: 'timer', name, delay: 5 + 5 * Math.floor(random() * 3), acts: acts(depth) };
  };
  const act = (depth: number): Act => {
    if (random() < timers) return timed(depth);
    const dice = random();
    if (dice < 0.25) return read(variable());
    if (dice < 0.45) return write(variable(), Math.floor(random() * 2));
    if (dice < 0.55) return add(variable(), 1);
    if (dice < 0.75 && depth < 3) return { kind: 'if', variable: variable(), equals: Math.floor(random() * 2), then: acts(depth + 1), else: random() < 0.5 ? [] : acts(depth + 1) };
    if (left <= 0) return read(variable());
    left--;
    return random() < 0.15 ? { kind: 'message', channel: 'port', acts: acts(depth) } : event(...acts(depth));
  };
  return Object.fromEntries(Array.from({ length: tasks }, (_, index) => [`t${index}`, acts(0)]));
}

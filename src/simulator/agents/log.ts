import type { Hold, LoggedKind, LoggedStep } from '../oracle/execution-end.js';
import { text } from './access-actions.js';
import type { Effect } from './action.js';
import type { LocalStep } from './agent.js';
import type { AgentEvent } from './agent-event.js';
import type { Fired } from './execution.js';
import type { Next, TableNode } from './node.js';
import type { BufferedStore } from './store-buffer.js';

type Draft = Omit<LoggedStep, 'index' | 'agent' | 'task' | 'site' | 'kind' | 'isAtomic'>;

/** An agent's first node. */
export interface Beginning {
  readonly agent: string;
  readonly root: TableNode;
}

export interface ExecutionLog {
  readonly steps: readonly LoggedStep[];
  readonly holds: readonly Hold[];
  readonly misuses: readonly { readonly step: number; readonly text: string }[];
}

/** Writes down what the fired events of an execution did, step by step, as oracles read it. */
export function logOf(beginnings: readonly Beginning[], fired: readonly Fired[], agentOf: (player: number) => string): ExecutionLog {
  const writer = new LogWriter();
  for (const { agent, root } of beginnings) writer.locals(agent, root.steps);
  for (const one of fired) writer.fired(one, agentOf(one.event.player));
  return { steps: writer.steps, holds: [...writer.holds.values()].flat(), misuses: writer.misuses };
}

class LogWriter {
  readonly steps: LoggedStep[] = [];
  readonly misuses: { step: number; text: string }[] = [];
  /** By task and resource, the acquisitions that were not released. */
  readonly holds = new Map<string, Hold[]>();
  /** The last release of each resource, the first step of each event. */
  readonly #releases = new Map<string, number>();
  readonly #events = new Map<string, number>();
  readonly #starts = new Map<string, number>();

  fired({ event, result, before, to, isRefused, moved }: Fired, agent: string): void {
    const at = this.steps.length;
    this.#events.set(event.id, at);
    if (event.kind === 'op') this.#operation(event, agent, result, before);
    else if (event.kind === 'loop') this.#add('event', agent, event.task, -1, true, {});
    else if (event.kind === 'arrival') this.#arrival(event, agent);
    else if (event.kind === 'flush') this.#flush(result as BufferedStore, agent, event.task, before);
    else if (event.kind === 'happening') this.#add('event', agent, event.task, -1, true, { resource: event.label });
    else if (event.kind === 'timeout') this.#add('wake', agent, event.task, siteOf(event.standing), true, { resource: event.standing?.action.resource ?? '' });
    if (to !== undefined) this.#arrivedAt(agent, to, isRefused);
    for (const { player, to: stands } of moved) this.#moved(player, stands, this.steps.findLastIndex(({ index, kind }) => index >= at && (kind === 'notify' || kind === 'spawn')));
  }

  locals(agent: string, steps: readonly LocalStep[], enabledBy?: number): void {
    for (const { kind, task, site, call } of steps) {
      // The first step of a task that another one started.
      const cause = kind === 'start' && enabledBy !== undefined ? { enabledBy } : {};
      this.#add(kind, agent, task, site, true, { ...cause, ...(call && { call }) });
    }
  }

  #operation(event: AgentEvent, agent: string, result: unknown, before: unknown): void {
    const { action } = event.standing!;
    const { site } = action.op;
    const side = action.sideEffect(result);
    if (side !== undefined) this.#effect(side, agent, event.task, site);
    const effect = action.effect(result, before);
    if (effect !== undefined) this.#effect(effect, agent, event.task, site, action.op.kind === 'acquire' || action.op.kind === 'release' ? 'semaphore' : undefined);
    if (action.op.kind === 'unlock' && result !== 'ok') this.#misuse(agent, event, `${event.task} unlocks ${action.resource}, which ${result === 'not-held' ? 'nobody holds' : 'another agent holds'}`);
    if (action.op.kind === 'condition-wait' && result === 'not-held') this.#misuse(agent, event, `${event.task} waits for ${action.resource} without holding its mutex`);
  }

  #misuse(agent: string, event: AgentEvent, text: string): void {
    this.misuses.push({ step: this.#add('event', agent, event.task, siteOf(event.standing), true, {}), text });
  }

  #effect({ kind, resource, isAtomic, bytes, reads, before, after }: Effect, agent: string, task: string, site: number, of?: Hold['of']): void {
    const enabledBy = kind === 'acquire' ? this.#releases.get(resource) : undefined;
    const step = this.#add(kind, agent, task, site, isAtomic, { resource, ...(bytes && { bytes }), ...(reads && { reads }), ...(before !== undefined && { before }), ...(after !== undefined && { after }), ...(enabledBy !== undefined && { enabledBy }) });
    const key = `${task}\n${resource}`;
    if (kind === 'acquire') this.holds.set(key, [...(this.holds.get(key) ?? []), { task, resource, step, ...(of && { of }) }]);
    if (kind === 'release') {
      this.#releases.set(resource, step);
      this.holds.set(key, (this.holds.get(key) ?? []).slice(0, -1));
    }
  }

  #flush({ slot, value, event, site }: BufferedStore, agent: string, task: string, before: unknown): void {
    const enabledBy = this.#events.get(event);
    this.#add('flush', agent, task, site, true, { resource: slot.name, before: text(before), after: text(value), ...(enabledBy !== undefined && { enabledBy }) });
  }

  #arrival({ id, task, arrival }: AgentEvent, agent: string): void {
    const enabledBy = this.#events.get(arrival!.cause ?? id.slice(0, id.lastIndexOf('>')));
    const { logged } = arrival!;
    if (logged !== undefined) return this.#effect({ ...logged, isAtomic: true }, agent, logged.task, logged.site, 'web-lock');
    this.#add('receive', agent, task, -1, true, { resource: arrival!.channel ?? arrival!.address, ...(enabledBy !== undefined && { enabledBy }) });
  }

  #arrivedAt(agent: string, to: TableNode, isRefused: boolean): void {
    this.locals(agent, to.steps, this.#starts.get(agent));
    if (isRefused && to.next?.kind === 'op') this.#add('request', agent, to.next.task, siteOf(to.next), true, { resource: to.next.action.resource });
  }

  #moved(agent: string, to: TableNode, by: number): void {
    const cause = by < 0 ? {} : { enabledBy: by };
    const { parent } = to;
    if (parent?.next?.kind === 'op') this.#add('wake', agent, parent.next.task, siteOf(parent.next), true, { resource: parent.next.action.resource, ...cause });
    else if (by >= 0) this.#starts.set(agent, by);
    this.locals(agent, to.steps, by < 0 ? undefined : by);
  }

  #add(kind: LoggedKind, agent: string, task: string, site: number, isAtomic: boolean, more: Draft): number {
    const index = this.steps.length;
    this.steps.push({ index, agent, task, site, kind, isAtomic, ...more });
    return index;
  }
}

function siteOf(next: Next | undefined): number {
  return next?.kind === 'op' ? next.action.op.site : -1;
}

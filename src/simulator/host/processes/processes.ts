import type { Arrival, Happening, SharedCall, SharedGuard, SharedObjectKind, SharedObjects, SharedWorld, Touches } from '../../agents/shared-objects.js';
import { lifeOf } from '../../agents/shared-objects.js';
import { workersOf, type Workers } from '../messages/workers.js';
import { channelOf, closeTouches, headOf, IpcChannels, moreTouches, sendTouches, tailOf, type Side } from './ipc.js';
import { pipesOf, type Pipes } from './pipes.js';
import { processKind, rootPid, type ProcessEnd, type ProcessEntry, type StandardStream } from './process-entry.js';
import { defaultAction } from './signals.js';

/** What calls name that are about no process of their own: those that know a process by its pid. */
export const processTable = `${processKind} table`;

/** What the loop of a process is told. */
export type ProcessNews =
  /** To who has started it. */
  | ({ readonly kind: 'exit' } & ProcessEnd)
  /** To itself. */
  | { readonly kind: 'signal'; readonly signal: string }
  /** To itself: it has nothing left to do. */
  | { readonly kind: 'at rest' };

/** What `kill` gives: `ended` to a process that has ended itself; `stops` where nothing has been done, for that is not simulated. */
export type KillResult = 'ok' | 'ended' | 'ends scenario' | 'ESRCH' | 'stops';

interface ProcessState {
  readonly pid: number;
  /** Its main thread, and its identity. */
  readonly agent: string;
  /** Which agent has started it, in which process. */
  readonly parent: { readonly pid: number; readonly agent: string };
  /** A zombie has ended and its parent does not know yet. */
  readonly phase: 'running' | 'zombie' | 'gone';
  /** Signals that it has handlers for. */
  readonly handled: readonly string[];
  /** Signals that were sent and that the kernel has not delivered yet. Another one of the same kind is lost in them. */
  readonly pending: readonly { readonly signal: string; readonly delivery: Happening }[];
  /** It wants to be told when it has nothing left to do. */
  readonly watchesEnd: boolean;
  readonly rest: Arrival | undefined;
  /** Who has started it goes on until it ends. */
  readonly isRef: boolean;
  /** The pipe that its parent writes to. It is closed when the parent hears that the process has ended. */
  readonly stdin: string | undefined;
}

interface Payload {
  readonly entry?: Omit<ProcessEntry, 'pid' | 'ppid'>;
  readonly pid?: number;
  readonly signal?: string | null;
  readonly isHandled?: boolean;
  readonly side?: Side;
  readonly record?: unknown;
  readonly code?: number;
  readonly isRef?: boolean;
}

/**
 * Processes: an agent each, with its threads. What passes between them is messages, signals, pipes and files; memory is not shared.
 *
 *  1. A signal is first pending, once for each kind of signal (signal(7): standard signals do not queue). Some time later the kernel delivers
 *     it: to a handler (libuv's, which puts it in line for the event loop, once for each delivery), or it does what it does by default. What a
 *     process sends itself is delivered before `kill` returns.
 *  2. A process ends between two of its operations: by its own wish, by a signal, or when it has nothing left to do and nothing can come.
 *  3. Who has started it is told in this order: what it has sent, that its channel is closed, that it has ended. Until then it is a zombie, which
 *     signals reach without effect.
 */
export const processes: SharedObjectKind = { name: processKind, create: (world) => new Processes(world) };

class Processes implements SharedObjects {
  readonly #world: SharedWorld;
  readonly #threads: Workers;
  readonly #channels: IpcChannels;
  readonly #pipes: Pipes;
  readonly #states = new Map<number, ProcessState>();
  readonly #pids = new Map<string, number>();

  constructor(world: SharedWorld) {
    this.#world = world;
    this.#threads = workersOf(world);
    this.#channels = new IpcChannels(world);
    this.#pipes = pipesOf(world);
    this.#states.set(rootPid, { pid: rootPid, agent: 'main', parent: { pid: 0, agent: '' }, phase: 'running', handled: [], pending: [], watchesEnd: false, rest: undefined, isRef: true, stdin: undefined });
    this.#pids.set('main', rootPid);
  }

  areTouchesFixed({ agent, method, payload }: SharedCall): boolean {
    if (method === 'kill') return (payload as Payload).pid !== this.#processOf(agent).pid;
    return method !== 'start' && method !== 'exit';
  }

  touches(call: SharedCall): Touches {
    const { agent, object, method } = call;
    const { pid, signal, side } = call.payload as Payload;
    switch (method) {
      case 'start': return { writes: ['process count', stateOf(this.#states.size + 1), lifeOf(object), ...pipesIn((call.payload as Payload).entry!)] };
      case 'exit': return { writes: this.#endTouches(this.#processOf(agent)) };
      case 'kill': return this.#killTouches(agent, pid!, signal ?? null);
      case 'handle': return { writes: [signalAt(pid!, signal!)] };
      case 'send': return sendTouches(object, side!);
      case 'more': return moreTouches(object, side!);
      case 'disconnect': return { writes: closeTouches(object, side!) };
      case 'ref channel': return { writes: [`${object} ${side} ref`] };
      case 'ref': case 'watch end': return { writes: [`${object} ${method}`] };
      case 'parent': return { reads: [parentAt(pid!)] };
      case 'may end': case 'be gone': return {};
      default: throw new Error(`a process has no method ${method}`);
    }
  }

  logged({ method, payload }: SharedCall): 'spawn' | 'send' | undefined {
    if (method === 'kill') return (payload as Payload).signal === null ? undefined : 'send';
    return method === 'start' ? 'spawn' : method === 'send' ? 'send' : undefined;
  }

  /** Who has ended does not go on. */
  guardOf({ method }: SharedCall): SharedGuard | undefined {
    return method === 'be gone' ? { holds: () => false } : undefined;
  }

  perform({ agent, object, method, payload }: SharedCall): unknown {
    const given = payload as Payload;
    switch (method) {
      case 'start': return this.#start(object, agent, given.entry!);
      case 'exit': return this.#end(this.#processOf(agent), { code: given.code!, signal: null });
      case 'kill': return this.#kill(agent, given.pid!, given.signal ?? null);
      case 'handle': return this.#handle(given.pid!, given.signal!, given.isHandled!);
      case 'send': return this.#channels.send(object, given.side!, given.record);
      case 'more': return this.#channels.more(object, given.side!);
      case 'disconnect': return this.#channels.close(object, given.side!);
      case 'ref channel': return this.#channels.setRef(object, given.side!, given.isRef!);
      case 'ref': return this.#set(this.#of(object).pid, { isRef: given.isRef! });
      case 'watch end': return this.#set(this.#of(object).pid, { watchesEnd: true });
      case 'may end': return !this.#world.isHeld(agent);
      case 'parent': return this.#states.get(given.pid!)!.parent.pid;
      default: throw new Error(`a process has no method ${method}`);
    }
  }

  #of(process: string): ProcessState {
    return this.#states.get(this.#pids.get(process)!)!;
  }

  /** The process that an agent belongs to: tasks that are agents are threads of the scenario's own. */
  #processOf(agent: string): ProcessState {
    return this.#states.get(this.#pids.get(this.#threads.mainThreadOf(agent)) ?? rootPid)!;
  }

  #set(pid: number, change: Partial<ProcessState>): void {
    const before = this.#states.get(pid)!;
    this.#world.undo(() => this.#states.set(pid, before));
    this.#states.set(pid, { ...before, ...change });
  }

  /** Gives its pid. */
  #start(agent: string, starter: string, entry: Omit<ProcessEntry, 'pid' | 'ppid'>): number {
    const pid = this.#states.size + 1;
    const [stdin] = entry.stdio;
    const parent = { pid: this.#processOf(starter).pid, agent: starter };
    this.#world.undo(() => { this.#states.delete(pid); this.#pids.delete(agent); });
    this.#states.set(pid, { pid, agent, parent, phase: 'running', handled: [], pending: [], watchesEnd: false, rest: undefined, isRef: true, stdin: typeof stdin === 'object' && stdin.isNew ? stdin.pipe : undefined });
    this.#pids.set(agent, pid);
    if (entry.serialization !== null) this.#channels.open(agent, starter);
    entry.stdio.forEach((stream, at) => { if (typeof stream === 'object') this.#connect(stream, at, pid, parent, entry.pipeCapacity); });
    this.#world.spawn({ agent, entry: { ...entry, pid, ppid: parent.pid } satisfies ProcessEntry });
    return pid;
  }

  /** A pipe that is new leads to who has started the process; one that it inherits leads where it led. */
  #connect({ pipe, isNew }: Extract<StandardStream, object>, at: number, pid: number, parent: ProcessState['parent'], capacity: number): void {
    const isInput = at === 0;
    if (!isNew) return this.#pipes.share(pipe, isInput ? 'readers' : 'writers', pid);
    this.#pipes.open(pipe, { label: `${['stdin', 'stdout', 'stderr'][at]} of process ${pid}`, capacity, writers: [isInput ? parent.pid : pid], readers: [isInput ? pid : parent.pid], reading: isInput ? undefined : parent.agent });
  }

  // Signals

  #handle(pid: number, signal: string, isHandled: boolean): void {
    const { handled } = this.#states.get(pid)!;
    this.#set(pid, { handled: isHandled ? [...handled, signal] : handled.filter((known) => known !== signal) });
  }

  #killTouches(agent: string, pid: number, signal: string | null): Touches {
    const target = this.#states.get(pid);
    if (signal === null) return { reads: [stateOf(pid)] };
    const isOwn = target !== undefined && this.#processOf(agent) === target;
    return isOwn ? this.#deliveryTouches(pid, signal) : { reads: [stateOf(pid)], writes: [signalAt(pid, signal)] };
  }

  #kill(agent: string, pid: number, signal: string | null): KillResult {
    const target = this.#states.get(pid);
    if (target === undefined || target.phase === 'gone') return 'ESRCH';
    if (signal === null || target.phase === 'zombie') return 'ok';
    const isHandled = target.handled.includes(signal);
    if (!isHandled && defaultAction(signal) === 'ignore') return 'ok';
    if (!isHandled && defaultAction(signal) === 'stop') return 'stops';
    if (!isHandled && pid === rootPid) return 'ends scenario';
    if (agent === target.agent) return this.#deliver(pid, signal);
    if (target.pending.some((known) => known.signal === signal)) return 'ok';
    const delivery = this.#world.schedule({
      agent: target.agent, label: `${signal} is delivered to process ${pid}`,
      touches: () => this.#deliveryTouches(pid, signal), fire: () => void this.#deliver(pid, signal),
    });
    this.#set(pid, { pending: [...target.pending, { signal, delivery }] });
    return 'ok';
  }

  #deliveryTouches(pid: number, signal: string): Touches {
    const target = this.#states.get(pid)!;
    const own = [signalAt(pid, signal), `pid ${pid} signals`];
    const ends = target.phase === 'running' && pid !== rootPid && !target.handled.includes(signal);
    return { reads: [stateOf(pid)], writes: ends ? [...own, ...this.#endTouches(target)] : own };
  }

  #deliver(pid: number, signal: string): KillResult {
    const target = this.#states.get(pid)!;
    for (const known of target.pending) if (known.signal === signal) this.#world.cancel(known.delivery);
    this.#set(pid, { pending: target.pending.filter((known) => known.signal !== signal) });
    if (!target.handled.includes(signal) && pid !== rootPid) {
      this.#end(target, { code: null, signal });
      return 'ended';
    }
    const news: ProcessNews = { kind: 'signal', signal };
    this.#world.post({ agent: target.agent, address: target.agent, payload: news, channel: `signals of process ${pid}`, label: `${signal} arrives`, touches: { writes: [`pid ${pid} signal head`] }, isUnref: true });
    return 'ok';
  }

  // The end

  #end({ pid }: ProcessState, end: ProcessEnd): void {
    const state = this.#states.get(pid)!;
    const { agent, parent, pending, stdin } = state;
    if (state.phase !== 'running') return;
    for (const { delivery } of pending) this.#world.cancel(delivery);
    if (state.rest) this.#world.withdraw(state.rest);
    this.#set(pid, { phase: 'zombie', pending: [], rest: undefined });
    for (const thread of this.#threads.threadsOf(agent)) this.#threads.stop(thread);
    this.#world.terminate(agent);
    this.#pipes.closeAll(pid);
    this.#channels.close(agent, 'child');
    for (const child of this.#childrenOf(pid)) {
      this.#channels.close(child.agent, 'parent');
      this.#set(child.pid, { parent: { pid: rootPid, agent: '' } });
    }
    if (parent.agent === '') this.#set(pid, { phase: 'gone' });
    else this.#world.post({
      agent: parent.agent, address: agent, payload: { kind: 'exit', ...end } satisfies ProcessNews, channel: channelOf(agent, 'parent'), isUnref: true, label: `process ${pid} has ended`,
      touches: { writes: [headOf(agent, 'parent'), stateOf(pid), ...(stdin === undefined ? [] : [stdin])] }, fire: () => {
        this.#set(pid, { phase: 'gone' });
        if (stdin !== undefined) this.#pipes.close(stdin, 'writers', parent.pid);
      },
    });
  }

  #childrenOf(pid: number): readonly ProcessState[] {
    return [...this.#states.values()].filter(({ parent }) => parent.pid === pid && parent.agent !== '');
  }

  #endTouches({ pid, agent, pending }: ProcessState): string[] {
    const threads = this.#threads.threadsOf(agent).map(lifeOf);
    const children = this.#childrenOf(pid).flatMap((child) => [parentAt(child.pid), ...closeTouches(child.agent, 'parent')]);
    return [stateOf(pid), lifeOf(agent), ...threads, ...this.#pipes.of(pid), ...closeTouches(agent, 'child'), tailOf(agent, 'parent'), ...children, ...pending.map(({ signal }) => signalAt(pid, signal))];
  }

  atRest(agent: string): Touches | undefined {
    const pid = this.#pids.get(agent);
    const state = pid === undefined || pid === rootPid ? undefined : this.#states.get(pid)!;
    if (state === undefined || state.phase !== 'running' || state.rest !== undefined || this.#world.isHeld(agent)) return undefined;
    if (!state.watchesEnd) {
      const touched = { writes: this.#endTouches(state) };
      this.#end(state, { code: 0, signal: null });
      return touched;
    }
    const rest = this.#world.post({ agent, address: agent, payload: { kind: 'at rest' } satisfies ProcessNews, label: `process ${pid} has nothing left to do`, touches: {}, isUnref: true, fire: () => this.#set(pid!, { rest: undefined }) });
    this.#set(pid!, { rest });
    return {};
  }

  /** Messages may come to it, or news of processes that it has started. */
  keepsAlive(agent: string): boolean {
    if (this.#channels.isHolding(agent, 'child')) return true;
    for (const child of this.#states.values()) if (child.parent.agent === agent && ((child.phase !== 'gone' && child.isRef) || this.#channels.isHolding(child.agent, 'parent'))) return true;
    return false;
  }
}

function pipesIn({ stdio }: Pick<ProcessEntry, 'stdio'>): string[] {
  return stdio.flatMap((stream) => (typeof stream === 'object' ? [stream.pipe] : []));
}

/** Whether the process runs, is a zombie, or is there no more. */
function stateOf(pid: number): string {
  return `pid ${pid} state`;
}

/** Whether the signal is pending, and what is done on it. */
function signalAt(pid: number, signal: string): string {
  return `pid ${pid} ${signal}`;
}

function parentAt(pid: number): string {
  return `pid ${pid} parent`;
}

import type { Arrival, SharedCall, SharedGuard, SharedObjectKind, SharedObjects, SharedWait, SharedWorld, Touches } from '../../agents/shared-objects.js';

export const pipeKind = 'pipe';

/** Bytes that a pipe holds if nobody says otherwise (pipe(7)). Node joins processes by socket pairs, which hold some more; no program may build on how much. */
export const pipeCapacity = 65_536;
/** Bytes that Node reads at once. */
const mostRead = 65_536;
/** Writes of up to so many bytes are not torn by a full pipe, if they block (POSIX, PIPE_BUF). */
const atomicWrite = 4096;

/** What is told to who uses an end: `ready`: there is something to read, or room to write; `end`: there is nothing to read any more, and the end is closed. */
export type PipeNews = 'ready' | 'end';

export interface PipePlan {
  /** What a person calls it: `stdout of process 2`. */
  readonly label: string;
  readonly capacity: number;
  /** Pids of the processes that have a writing, and a reading end. */
  readonly writers: readonly number[];
  readonly readers: readonly number[];
  /** Which agent of the (only) reader reads from the start. */
  readonly reading: string | undefined;
}

/** An agent's interest in an end. The arrival is pending if the end is ready. */
interface Interest {
  readonly agent: string;
  readonly pid: number;
  readonly arrival: Arrival | undefined;
}

/** A state is never changed, only replaced, so that an undo is the state before. */
interface PipeState extends Omit<PipePlan, 'reading'> {
  /** A character for each byte. */
  readonly content: string;
  readonly reading: Interest | undefined;
  /** Who waits for room. */
  readonly waiting: readonly Interest[];
}

interface Payload {
  readonly bytes?: string;
  readonly pid?: number;
  readonly size?: number;
}

/** What guards look at. */
interface Shape {
  readonly length: number;
  readonly isWritten: boolean;
  readonly isRead: boolean;
}

export function readerAddress(pipe: string): string {
  return `${pipe} reader`;
}

export function writerAddress(pipe: string): string {
  return `${pipe} writer`;
}

/**
 * Pipes: bytes in order, up to a capacity; who writes more has to wait for room.
 *
 *  - As Node uses them (on Linux too, whatever its documentation says of pipes that are synchronous): a write takes what there is room for, and
 *    the rest follows when there is room again; the loop goes on meanwhile, but the process does not end by itself.
 *  - As the calls of `fs` use them: `read` and `write` block the whole agent.
 *  - At the end of file there is no writer left; a write that nobody can read any more fails with EPIPE.
 */
export const pipes: SharedObjectKind = { name: pipeKind, create: pipesOf };

const ofWorlds = new WeakMap<SharedWorld, Pipes>();

/** Processes close their ends when they end: the same objects serve both kinds. */
export function pipesOf(world: SharedWorld): Pipes {
  let made = ofWorlds.get(world);
  if (made === undefined) ofWorlds.set(world, (made = new Pipes(world)));
  return made;
}

export class Pipes implements SharedObjects {
  readonly areTouchesFixed = true;
  readonly #world: SharedWorld;
  readonly #states = new Map<string, PipeState>();
  /** As set-up has left them. */
  readonly #settled = new Map<string, Shape>();

  constructor(world: SharedWorld) {
    this.#world = world;
  }

  /** How much is taken at once is seen by the other side, so all that is done to a pipe stands in an order. */
  touches({ object }: SharedCall): Touches {
    return { writes: [object] };
  }

  logged({ method }: SharedCall): 'send' | undefined {
    return method.startsWith('write') ? 'send' : undefined;
  }

  guardOf({ object, method, payload }: SharedCall): SharedGuard | undefined {
    const { bytes = '' } = payload as Payload;
    if (method === 'read, blocking') return { holds: (valueOf) => isReadable(valueOf(object) as Shape) };
    if (method !== 'write, blocking') return undefined;
    const needed = bytes.length <= atomicWrite ? bytes.length : 1;
    const { capacity } = this.#states.get(object) ?? { capacity: pipeCapacity };
    return { holds: (valueOf) => { const { length, isRead } = valueOf(object) as Shape; return !isRead || length + Math.min(needed, capacity) <= capacity; } };
  }

  valueAt(location: string, when: 'now' | 'after set-up'): Shape | undefined {
    return when === 'now' ? this.#shape(location) : this.#settled.get(location) ?? untouched;
  }

  #shape(pipe: string): Shape | undefined {
    const state = this.#states.get(pipe);
    return state && { length: state.content.length, isWritten: state.writers.length > 0, isRead: state.readers.length > 0 };
  }

  settle(): void {
    for (const pipe of this.#states.keys()) this.#settled.set(pipe, this.#shape(pipe)!);
  }

  waitOf({ object, method }: SharedCall): SharedWait {
    const label = this.#states.get(object)?.label ?? object;
    return method === 'read, blocking' ? { waits: 'bytes', resource: label } : { waits: 'room', resource: label };
  }

  perform({ agent, object, method, payload }: SharedCall): unknown {
    const given = payload as Payload;
    switch (method) {
      case 'write': return this.#write(object, { agent, pid: given.pid!, arrival: undefined }, given.bytes!);
      case 'write, blocking': return this.#writeNow(object, given.bytes!);
      case 'start': return this.#start(object, { agent, pid: given.pid!, arrival: undefined });
      case 'stop': return this.#stop(object);
      case 'read': case 'read, blocking': return this.#read(object, given.size ?? mostRead);
      case 'close writer': return this.close(object, 'writers', given.pid!);
      case 'close reader': return this.close(object, 'readers', given.pid!);
      default: throw new Error(`a pipe has no method ${method}`);
    }
  }

  open(pipe: string, { reading, ...plan }: PipePlan): void {
    this.#world.undo(() => this.#states.delete(pipe));
    this.#states.set(pipe, { ...plan, content: '', waiting: [], reading: reading === undefined ? undefined : { agent: reading, pid: plan.readers[0]!, arrival: undefined } });
  }

  /** A process has come by an end of a pipe that others have too. */
  share(pipe: string, end: 'writers' | 'readers', pid: number): void {
    this.#set(pipe, { [end]: [...this.#states.get(pipe)![end], pid] });
  }

  /** What `closeAll` touches. */
  of(pid: number): string[] {
    return [...this.#states].filter(([, { writers, readers }]) => writers.includes(pid) || readers.includes(pid)).map(([pipe]) => pipe);
  }

  closeAll(pid: number): void {
    for (const pipe of this.of(pid)) {
      this.close(pipe, 'writers', pid);
      this.close(pipe, 'readers', pid);
    }
  }

  keepsAlive(agent: string): boolean {
    for (const { reading, waiting } of this.#states.values()) if (reading?.agent === agent || waiting.some((waiter) => waiter.agent === agent)) return true;
    return false;
  }

  stuckAt(agent: string): SharedWait | undefined {
    for (const { label, capacity, waiting } of this.#states.values()) {
      if (waiting.some((waiter) => waiter.agent === agent && waiter.arrival === undefined)) return { waits: 'room', resource: `${label}, a pipe of ${capacity} bytes` };
    }
    return undefined;
  }

  #set(pipe: string, change: Partial<PipeState>): void {
    const before = this.#states.get(pipe)!;
    this.#world.undo(() => this.#states.set(pipe, before));
    this.#states.set(pipe, { ...before, ...change });
  }

  /** Gives how many bytes were taken; who is left with some is told when there is room. */
  #write(pipe: string, own: Interest, bytes: string): number | 'EPIPE' {
    const taken = this.#writeNow(pipe, bytes);
    const { waiting } = this.#states.get(pipe)!;
    const others = waiting.filter((waiter) => waiter.agent !== own.agent);
    if (taken !== 'EPIPE' && taken < bytes.length) this.#set(pipe, { waiting: [...others, own] });
    else if (others.length < waiting.length) this.#set(pipe, { waiting: others });
    this.#tellWriters(pipe);
    return taken;
  }

  #writeNow(pipe: string, bytes: string): number | 'EPIPE' {
    const { content, capacity, readers } = this.#states.get(pipe)!;
    if (readers.length === 0) return 'EPIPE';
    const taken = bytes.slice(0, capacity - content.length);
    this.#set(pipe, { content: content + taken });
    this.#tellReader(pipe);
    return taken.length;
  }

  #start(pipe: string, reading: Interest): void {
    this.#set(pipe, { reading });
    this.#tellReader(pipe);
  }

  #stop(pipe: string): void {
    const { reading } = this.#states.get(pipe)!;
    if (reading?.arrival) this.#world.withdraw(reading.arrival);
    this.#set(pipe, { reading: undefined });
  }

  /** What is there; null at the end of file. Empty: somebody else was faster. */
  #read(pipe: string, size: number): string | null {
    const { content, reading, writers } = this.#states.get(pipe)!;
    if (reading?.arrival) this.#world.withdraw(reading.arrival);
    const isEnd = content === '' && writers.length === 0;
    this.#set(pipe, { content: content.slice(size), reading: reading && { ...reading, arrival: undefined } });
    this.#tellReader(pipe);
    this.#tellWriters(pipe);
    return isEnd ? null : content.slice(0, size);
  }

  close(pipe: string, end: 'writers' | 'readers', pid: number): void {
    const state = this.#states.get(pipe)!;
    if (!state[end].includes(pid)) return;
    this.#set(pipe, { [end]: state[end].filter((other) => other !== pid) });
    if (end === 'readers' && state.reading?.pid === pid) this.#stop(pipe);
    this.#tellReader(pipe);
    this.#tellWriters(pipe);
  }

  #tellReader(pipe: string): void {
    const { reading, label, content } = this.#states.get(pipe)!;
    if (reading === undefined || reading.arrival !== undefined || !isReadable(this.#shape(pipe)!)) return;
    const arrival = content === '' ? this.#postEnd(pipe, reading) : this.#post(reading.agent, readerAddress(pipe), label, `there is something to read from ${label}`);
    this.#set(pipe, { reading: { ...reading, arrival } });
  }

  /** Nothing can come any more, so that nobody has to look. */
  #postEnd(pipe: string, { agent, pid }: Interest): Arrival {
    const { label } = this.#states.get(pipe)!;
    return this.#world.post({
      agent, address: readerAddress(pipe), payload: 'end' satisfies PipeNews, channel: label, label: `the end of ${label} is read`, touches: { writes: [pipe] }, isUnref: true,
      fire: () => this.close(pipe, 'readers', pid),
    });
  }

  #tellWriters(pipe: string): void {
    const { waiting, content, capacity, readers, label } = this.#states.get(pipe)!;
    if (waiting.length === 0 || (readers.length > 0 && content.length >= capacity)) return;
    this.#set(pipe, { waiting: waiting.map((waiter) => (waiter.arrival !== undefined ? waiter : { ...waiter, arrival: this.#post(waiter.agent, writerAddress(pipe), `room in ${label}`, `there is room in ${label}`) })) });
  }

  /** Changes nothing: what is there is seen when it is taken. */
  #post(agent: string, address: string, channel: string, label: string): Arrival {
    return this.#world.post({ agent, address, payload: 'ready' satisfies PipeNews, channel, label, touches: {}, isUnref: true });
  }
}

const untouched: Shape = { length: 0, isWritten: true, isRead: true };

function isReadable({ length, isWritten }: Shape): boolean {
  return length > 0 || !isWritten;
}

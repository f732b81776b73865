import { AgentSystem, NOTHING_YET, type AgentCode, type AgentHost, type AgentInstance, type AgentReport, type Cell, type SharedObjectKind, type SharedOp } from '../../../src/simulator/agents/index.js';
import { EventLoop } from '../../../src/simulator/runtime/loop.js';

/** What a test's agent runs: plain code over a port, a task in an agent of its own. */
export type Body = (port: AgentHost, loop: EventLoop) => unknown;

export const cell = (index: number): Cell => ({ buffer: 'buffer 1', offset: 4 * index, type: 'Int32', name: `m[${index}]` });

/** Operations as a test writes them down. */
export const ops = {
  read: (index: number): SharedOp => ({ site: -1, kind: 'load', cell: cell(index), isAtomic: false }),
  write: (index: number, value: number): SharedOp => ({ site: -1, kind: 'store', cell: cell(index), value, isAtomic: false }),
  load: (index: number): SharedOp => ({ site: -1, kind: 'load', cell: cell(index), isAtomic: true }),
  store: (index: number, value: number): SharedOp => ({ site: -1, kind: 'store', cell: cell(index), value, isAtomic: true }),
  add: (index: number, value: number): SharedOp => ({ site: -1, kind: 'modify', operator: 'add', cell: cell(index), value }),
  exchange: (index: number, value: number): SharedOp => ({ site: -1, kind: 'modify', operator: 'exchange', cell: cell(index), value }),
  cas: (index: number, expected: number, replacement: number): SharedOp => ({ site: -1, kind: 'compare-exchange', cell: cell(index), expected, replacement }),
  lock: (mutex: string): SharedOp => ({ site: -1, kind: 'lock', mutex, name: mutex }),
  tryLock: (mutex: string): SharedOp => ({ site: -1, kind: 'try-lock', mutex, name: mutex }),
  unlock: (mutex: string): SharedOp => ({ site: -1, kind: 'unlock', mutex, name: mutex }),
  acquire: (semaphore: string, initial: number): SharedOp => ({ site: -1, kind: 'acquire', semaphore, initial, name: semaphore }),
  release: (semaphore: string, initial: number): SharedOp => ({ site: -1, kind: 'release', semaphore, initial, name: semaphore }),
  wait: (index: number, expected: number, timeout = Infinity): SharedOp => ({ site: -1, kind: 'wait', cell: cell(index), expected, timeout }),
  notify: (index: number, count = Infinity): SharedOp => ({ site: -1, kind: 'notify', cell: cell(index), count }),
  await: (condition: string, mutex: string): SharedOp => ({ site: -1, kind: 'condition-wait', condition, mutex, name: condition }),
  signal: (condition: string, isBroadcast = false): SharedOp => ({ site: -1, kind: 'signal', condition, isBroadcast, name: condition }),
  park: (...seen: (readonly [index: number, value: number])[]): SharedOp => ({ site: -1, kind: 'park', seen: seen.map(([index, value]) => ({ cell: cell(index), value })) }),
  until: (index: number, value: number): SharedOp => ({ site: -1, kind: 'block-until', name: `m[${index}] === ${value}`, guard: { holds: (valueOf) => ({ isTrue: valueOf(cell(index)) === value, reads: [cell(index)] }) } }),
  observe: (text: string): SharedOp => ({ site: -1, kind: 'observe', log: 'output', text }),
};

class PlainInstance implements AgentInstance {
  readonly loop: EventLoop;
  readonly site = -1;
  report: AgentReport = NOTHING_YET;
  readonly #begin: () => ReturnType<AgentInstance['start']>;
  readonly evaluate?: NonNullable<AgentInstance['evaluate']>;

  constructor(loop: EventLoop, begin: (instance: PlainInstance) => ReturnType<AgentInstance['start']>, evaluate?: NonNullable<AgentInstance['evaluate']>) {
    this.loop = loop;
    this.#begin = () => begin(this);
    loop.reset();
    if (evaluate) this.evaluate = evaluate;
  }

  start(): ReturnType<AgentInstance['start']> {
    return this.#begin();
  }

  enabled(): ReturnType<AgentInstance['enabled']> {
    return this.loop.enabled();
  }

  fire(event: Parameters<AgentInstance['fire']>[0]): ReturnType<AgentInstance['fire']> {
    return this.loop.fire(event);
  }

  takeSteps(): [] {
    return [];
  }

  finish(task: string, result: unknown): void {
    this.report = { ...this.report, finished: new Set([...this.report.finished, task]), results: { ...this.report.results, [task]: `returned ${JSON.stringify(result)}` } };
  }
}

export interface Plain {
  /** Run in agents of their own. */
  readonly agents: Readonly<Record<string, Body>>;
  /** Run in the main agent, as events of its loop. */
  readonly tasks?: Readonly<Record<string, Body>>;
  readonly setUp?: Body;
  readonly evaluate?: (port: AgentHost) => Record<string, string>;
  readonly memoryModel?: 'sc' | 'tso';
  readonly kinds?: readonly SharedObjectKind[];
  readonly spawned?: Readonly<Record<string, Body>>;
  /** Instances made, for tests of the tables. */
  readonly made?: { count: number };
  readonly mostNodes?: number;
}

export function plainSystem({ agents, tasks = {}, setUp = () => undefined, evaluate, memoryModel = 'sc', kinds = [], spawned = {}, made = { count: 0 }, mostNodes }: Plain): AgentSystem {
  const task = (instance: PlainInstance, name: string, port: AgentHost, body: Body) => instance.loop.addTask({ task: name, label: `${name} starts`, fire: () => instance.finish(name, body(port, instance.loop)) });
  const codeOf = (name: string, begin: (instance: PlainInstance, port: AgentHost) => ReturnType<AgentInstance['start']>): AgentCode => {
    const loop = new EventLoop({ agent: name });
    return { name, instance: (port) => { made.count++; return new PlainInstance(loop, (instance) => begin(instance, port), name === 'main' && evaluate ? () => ({ state: evaluate(port) }) : undefined); } };
  };
  const main = codeOf('main', (instance, port) => {
    instance.loop.setup(() => void setUp(port, instance.loop));
    for (const [name, body] of Object.entries(tasks)) task(instance, name, port, body);
    return undefined;
  });
  const others = Object.entries(agents).map(([name, body]) => codeOf(name, (instance, port) => {
    instance.loop.setup(() => void setUp(port, instance.loop));
    return task(instance, name, port, body);
  }));
  return new AgentSystem({
    memoryModel, agents: [main, ...others], kinds,
    tasks: [...Object.keys(tasks).map((id) => ({ id, agent: 'main' })), ...Object.keys(agents).map((id) => ({ id, agent: id }))],
    hasFinalQuestions: evaluate !== undefined, ...(mostNodes !== undefined && { mostNodes }),
    spawned: ({ agent, entry }) => codeOf(agent, (instance, port) => task(instance, agent, port, spawned[String(entry)]!)),
  });
}

import type { MemoryModel } from '../../model/index.js';
import { WHOLE, type Footprint, type Keys } from '../explore/footprint.js';
import type { AgentCode, FinalAnswer } from './agent.js';
import { AgentsExecution } from './execution.js';
import { FinalAnswers } from './final.js';
import { canonicalText } from './plain-data.js';
import type { SharedOp } from './operations.js';
import { OutcomeParts } from './outcomes.js';
import { Player } from './player.js';
import type { SharedObjectKind, SpawnPlan } from './shared-objects.js';
import { AgentTable } from './table.js';
import { AgentWorld } from './world.js';

export interface SystemOptions {
  readonly memoryModel: MemoryModel;
  /** The main agent, and one for each task that runs in an agent of its own. */
  readonly agents: readonly AgentCode[];
  /** What a spawned agent runs. */
  readonly spawned?: (plan: SpawnPlan) => AgentCode;
  readonly kinds?: readonly SharedObjectKind[];
  /** The tasks, and the agents that they run in. */
  readonly tasks: readonly { readonly id: string; readonly agent: string }[];
  /** An answer is to be had from the main agent at the end. */
  readonly hasFinalQuestions?: boolean;
  /** Nodes of all tables together, beyond which they are pruned and grow again. */
  readonly mostNodes?: number;
  /** Logs of `observe` operations that are no part of outcomes. */
  readonly isHidden?: (log: string) => boolean;
}

const mostNodes = 400_000;

/**
 * Agents, their tables, and the one world that they share. Set-up is run once in the main agent, for the world; and once more in
 * every instance of any agent, on a world that is thrown away. Executions start by taking the world back to where set-up left it.
 */
export class AgentSystem {
  readonly options: SystemOptions;
  readonly world: AgentWorld;
  readonly outcomes: OutcomeParts;
  /** The tasks by the agents that they run in. */
  readonly tasksOf: ReadonlyMap<string, readonly string[]>;
  /** By task: the rank of the agent that it runs in. */
  readonly agentOf: ReadonlyMap<string, number>;
  /** The agents of the present execution, spawned ones included. */
  readonly players: Player[] = [];
  readonly #tables = new Map<string, AgentTable>();
  /** Nodes made since the tables were pruned. */
  #nodes = 0;
  readonly #settled: number;
  readonly #final: FinalAnswers | undefined;

  constructor(options: SystemOptions) {
    this.options = options;
    this.world = this.#newWorld();
    this.outcomes = new OutcomeParts(options.tasks.map(({ id }) => id));
    this.tasksOf = new Map(options.tasks.map(({ agent }) => [agent, options.tasks.filter((task) => task.agent === agent).map(({ id }) => id)]));
    this.agentOf = new Map(options.tasks.map(({ id, agent }) => [id, options.agents.findIndex(({ name }) => name === agent)]));
    const [main, ...others] = options.agents.map((code) => this.#table(code, code.name, code === options.agents[0]));
    main!.begin();
    this.world.settle();
    // Each up to its first operation, so that the elements in use are known before the first footprint is made.
    for (const table of others) table.begin();
    for (const table of [main!, ...others]) this.#add(table);
    for (const plan of this.world.spawned.splice(0)) this.#beginAt(this.spawn(plan));
    for (const ended of this.world.terminated.splice(0)) for (const player of this.players) if (player.name === ended) player.isAlive.value = false;
    if (options.hasFinalQuestions === true) this.#final = new FinalAnswers(main!, this.world);
    this.#settled = this.world.log.mark();
  }

  start(): AgentsExecution {
    this.world.log.rewind(this.#settled);
    return new AgentsExecution(this);
  }

  /** In the middle of an execution. */
  spawn(plan: SpawnPlan): Player {
    const { world, options } = this;
    const identity = `${plan.agent} ${canonicalText(plan.entry)}`;
    let table = this.#tables.get(identity);
    if (table === undefined) {
      if (options.spawned === undefined) throw new Error(`nobody knows what ${plan.agent} runs`);
      table = this.#table(options.spawned(plan), identity, false);
    }
    const player = this.#add(table, world.event);
    world.log.onUndo(() => void this.players.pop());
    return player;
  }

  /** Set-up has started it: one that asks for nothing is done at once. */
  #beginAt({ name, node: { value: { next } } }: Player): void {
    if (next?.kind === 'idle' && next.choices.length === 0) this.world.atRest(name);
  }

  /** Keeps the tables from growing beyond all bounds; what the present execution stands on stays. */
  boundTables(): void {
    if (this.#nodes < (this.options.mostNodes ?? mostNodes)) return;
    this.#nodes = 0;
    for (const table of this.#tables.values()) table.prune(this.players.find((player) => player.table === table)?.node.value ?? table.root);
  }

  /** What the main agent says of the state at the end of an execution. */
  finalAnswer(): FinalAnswer {
    const [main] = this.players;
    return this.#final === undefined || main!.node.value.next?.kind !== 'idle' ? {} : this.#final.answer(main!.node.value);
  }

  #add(table: AgentTable, movedBy?: string): Player {
    const player = new Player(this.players.length, table, this.world.actor(table.name), this.world.places, table.begin(), movedBy);
    this.players.push(player);
    return player;
  }

  #newWorld(): AgentWorld {
    return new AgentWorld({ memoryModel: this.options.memoryModel, kinds: this.options.kinds ?? [] });
  }

  #table(code: AgentCode, identity: string, isMain: boolean): AgentTable {
    const { world } = this;
    let isFirst = isMain;
    const table = new AgentTable({
      code, world, actor: world.actor(code.name),
      setUp: () => {
        const image = isFirst ? world : this.#newWorld();
        isFirst = false;
        return (op: SharedOp) => image.performAtOnce(code.name, op);
      },
      grown: () => void this.#nodes++,
      heapFootprint: (agent, footprint, keys) => this.#heapFootprint(agent, footprint, keys),
    });
    this.#tables.set(identity, table);
    return table;
  }

  /** Agents number the places of their own heaps each for itself. A turn without operations runs while no other turn is under way. */
  #heapFootprint(agent: string, { reads, writes }: Footprint, keys: Keys): Footprint {
    const { places } = this.world;
    const keyOf = (key: number): number => places.keys.of(`heap of ${agent}: ${keys.whole[key]!}`, keys.whole[key] === key ? WHOLE : String(key));
    return places.footprint([...reads.map(keyOf), places.of(`${agent}'s turns`).key], writes.map(keyOf));
  }
}

import { SUSPENDED } from './action.js';
import type { FinalAnswer } from './agent.js';
import { inputKey, TableNode } from './node.js';
import type { SharedOp } from './operations.js';
import type { AgentTable } from './table.js';
import type { AgentWorld } from './world.js';

/**
 * What a scenario's questions (its invariant, what it observes) are answered at the end, by the main agent's last node and what the
 * questions read: the same state is asked once. Reads are no transitions; what the questions change is taken back.
 */
export class FinalAnswers {
  readonly #table: AgentTable;
  readonly #world: AgentWorld;
  readonly #roots = new WeakMap<TableNode, TableNode>();
  readonly #answers = new WeakMap<TableNode, FinalAnswer>();

  constructor(table: AgentTable, world: AgentWorld) {
    this.#table = table;
    this.#world = world;
  }

  answer(node: TableNode): FinalAnswer {
    let root = this.#roots.get(node);
    if (root === undefined) this.#roots.set(node, (root = new TableNode(undefined, { kind: 'start' })));
    return this.#known(root) ?? this.#ask(node, root);
  }

  #known(root: TableNode): FinalAnswer | undefined {
    const mark = this.#world.log.mark();
    let at: TableNode | undefined = root;
    while (at?.next?.kind === 'op') at = at.child(at.next.action.perform());
    this.#world.log.rewind(mark);
    return at && this.#answers.get(at);
  }

  #ask(node: TableNode, root: TableNode): FinalAnswer {
    const { log } = this.#world;
    const actor = this.#world.actor(this.#table.name);
    // The pass that brings an instance here takes back what it did itself.
    const pass = this.#table.instanceAt(node, false);
    const before = this.#world.setAside();
    const mark = log.mark();
    let at = root;
    const answer = pass.ask((op: SharedOp) => {
      const action = this.#world.action(actor, op);
      if (!action.isEnabled()) throw new Error(`${action.describe('the final check')}, for ever`);
      at.next ??= { kind: 'op', action, id: '', task: '', isLooping: false, isUnsure: false, creator: undefined, event: undefined };
      const value = action.perform();
      if (value === SUSPENDED) throw new Error(`${action.describe('the final check')}, for ever`);
      const input = { kind: 'result', value } as const;
      at = at.child(inputKey(input)) ?? at.add(inputKey(input), input);
      return value;
    }, (instance) => instance.evaluate?.() ?? {});
    log.rewind(mark);
    Object.assign(this.#world, before);
    this.#answers.set(at, answer);
    return answer;
  }
}

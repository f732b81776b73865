/** A vector clock: by agent (a small number), how much of what it did has happened before. What is missing is 0. */
export type Clock = number[];

export function join(into: Clock, from: readonly number[]): void {
  for (let agent = into.length; agent < from.length; agent++) into.push(0);
  for (let agent = 0; agent < from.length; agent++) if (from[agent]! > into[agent]!) into[agent] = from[agent]!;
}

/** The clocks of the agents of one execution. Steps of one agent are ordered as they happen, whatever its tasks. */
export class AgentClocks {
  readonly #clocks: Clock[] = [];
  readonly #agents = new Map<string, number>();

  /** The agent's small number. */
  agent(name: string): number {
    let agent = this.#agents.get(name);
    if (agent === undefined) {
      this.#agents.set(name, (agent = this.#agents.size));
      const clock = new Array<number>(agent + 1).fill(0);
      clock[agent] = 1;
      this.#clocks.push(clock);
    }
    return agent;
  }

  of(agent: number): readonly number[] {
    return this.#clocks[agent]!;
  }

  /** All that the agent has done and known so far. What it does afterwards is not part of it. */
  publish(agent: number): Clock {
    const clock = this.#clocks[agent]!;
    const published = clock.slice();
    clock[agent]!++;
    return published;
  }

  learn(agent: number, published: readonly number[] | undefined): void {
    if (published !== undefined) join(this.#clocks[agent]!, published);
  }
}

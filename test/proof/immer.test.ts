import { describe, expect, it } from 'vitest';
import { useEngine } from './judging.js';

const engine = useEngine();

/** State that is never changed but replaced, by recipes: what a library of controllers does. */
const controller = (add: string): string => `
  import { produceWithPatches } from 'immer';
  interface State { readonly rates: Record<string, number>; readonly orders: { count: number } }
  class Base {
    #state: State;
    constructor(state: State) { this.#state = state; }
    get state(): State { return this.#state; }
    protected update(recipe: (draft: any) => void): void {
      const [next, patches] = produceWithPatches(this.#state, recipe);
      if (patches.length > 0) this.#state = next;
    }
  }
  export class Orders extends Base {
    constructor(private readonly service: { log(count: number): Promise<void> }) { super({ rates: {}, orders: { count: 0 } }); }
    async add() {
      const { count } = this.state.orders;
      await this.service.log(count);
      ${add}
    }
  }`;

describe('what recipes of immer write', () => {
  it('is what others read of the state', async () => {
    const proof = await engine.run(controller('this.update((draft) => { draft.orders.count = count + 1; });'), 'Orders.add');
    expect(proof.verdict, proof.reason).toBe('confirmed');
    expect(proof.witness!.outcome.state).toEqual({ 'Orders#state.orders.count': '1' });
  });

  it('is seen by who reads it in the recipe', async () => {
    const proof = await engine.run(controller('this.update((draft) => { draft.orders.count = draft.orders.count + 1; });'), 'Orders.add');
    expect(proof.verdict, proof.reason).not.toBe('confirmed');
  });
});

import { describe, expect, it } from 'vitest';
import { useEngine } from './judging.js';

const engine = useEngine();

describe('who waits first for a value from outside', () => {
  it('makes the event for all that wait for it, in whatever order they come', async () => {
    const proof = await engine.run(`
      export class Session {
        private done = 0;
        constructor(private readonly client: { readonly ready: Promise<void>; send(): Promise<void> }) {}
        async add() { await this.client.ready; const before = this.done; await this.client.send(); this.done = before + 1; }
      }`, 'Session.add');
    expect(proof.verdict, proof.reason).toBe('confirmed');
    expect(proof.exhaustive).toBe(true);
  });
});

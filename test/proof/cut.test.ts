import { describe, expect, it } from 'vitest';
import { useEngine } from './judging.js';

const engine = useEngine();

/** To what `how` names no name in the text leads. */
const counter = (add: string) => `
  import { load } from 'far-away';
  export class Counter {
    private count = 0;
    private last: Promise<unknown> = Promise.resolve();
    private async ask(): Promise<void> {
      await load('what is to be added to the count');
    }
    private async increment(how: 'ask'): Promise<void> {
      const before = this.count;
      await this[how]();
      this.count = before + 1;
    }
    ${add}
  }`;

describe('code that was left out of a program is put back where a run comes to it', () => {
  it('a race over it is confirmed', async () => {
    const proof = await engine.run(counter(`async add(how: 'ask') { await this.increment(how); }`), 'Counter.increment');
    expect(proof.verdict).toBe('confirmed');
    expect(proof.scenario!.program.code).toContain('what is to be added to the count');
  });

  it('its cured twin is refuted', async () => {
    const proof = await engine.run(counter(`async add(how: 'ask') { const next = this.last.then(() => this.increment(how)); this.last = next.catch(() => undefined); await next; }`), 'Counter.increment');
    expect(proof.verdict).toBe('refuted');
    expect(proof.scenario!.program.code).toContain('what is to be added to the count');
  });
});

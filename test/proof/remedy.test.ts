import { describe, expect, it } from 'vitest';
import { useEngine } from './judging.js';

const engine = useEngine();

/** What is said of the only finding of a class whose method comes to its update, or not. */
async function reasonOf(before: string): Promise<string> {
  const [judged] = await engine.check(`
    import { far } from 'far-away';
    export class Counter {
      private count = 0;
      private readonly mode: string = 'closed';
      async add() {
        ${before}
        const now = this.count;
        await far.save(now);
        this.count = now + 1;
      }
    }`);
  const { verdict, reason } = judged!.proof;
  return `${verdict}: ${reason}`;
}

describe('why there is no verdict', () => {
  it('ends with what a person can write: what brings the task there', async () => {
    expect(await reasonOf("if (this.mode === 'closed') return;")).toMatch(/^unproven: no run of \d+ scenarios reached the flagged accesses; a scenario file \(simulate --export race\) can set up what brings add\(\) there$/);
  });

  it('or what spares it an error', async () => {
    expect(await reasonOf("if (this.mode === 'closed') throw new Error('closed');")).toMatch(/^unproven: no run of \d+ scenarios reached the flagged accesses: the task threw Error: closed; a scenario file \(simulate --export race\) can set up what spares add\(\) that$/);
  });
});

import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/index.js';
import { prove } from '../../src/proof/index.js';
import type { Simulator } from '../../src/simulator/index.js';
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

  it('what was explored without it is not explored anew', async () => {
    const source = { file: 'subject.ts', text: `
      export class Sender {
        private mode = 'closed';
        private sent = 0;
        constructor(private readonly far: { send(): Promise<void>; accepts(words: string): boolean }) {}
        open(words: string) {
          if (this.far.accepts(words)) this.mode = 'open';
          if (!this.far.accepts('any words at all')) this.mode = 'closed';
        }
        async send() {
          if (this.mode !== 'open') throw new Error('closed');
          const before = this.sent;
          await this.far.send();
          this.sent = before + 1;
        }
      }` };
    const explored: string[] = [];
    const real = engine.simulator;
    const simulator: Simulator = Object.assign(Object.create(real) as Simulator, {
      explore: (...[{ program: _, ...scenario }, options, signal]: Parameters<Simulator['explore']>) => {
        explored.push(JSON.stringify([scenario.setup, scenario.prelude, scenario.tasks, scenario.assumptions, scenario.presumes, options]));
        return real.explore({ ...scenario, program: _ }, options, signal);
      },
    });
    const [finding] = analyse(source).findings;
    const proof = await prove(finding!, source, simulator);
    expect(proof.verdict, proof.reason).toBe('confirmed');
    expect(proof.scenario!.prelude.map(({ name }) => name)).toEqual(['open("words")']);
    const isAgain = explored.filter((one, index) => explored.indexOf(one) < index);
    // The one that came to what was left out.
    expect(isAgain).toHaveLength(1);
  });
});

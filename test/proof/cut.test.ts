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

  it('with the other methods of its class, and no more', async () => {
    const source = { file: 'subject.ts', text: `
      import { load } from 'far-away';
      class Steps {
        async ask(): Promise<void> { await load('the first step of a task, with as much text as is worth leaving out'); }
        async check(): Promise<void> { await load('the second step of a task, with as much text as is worth leaving out'); }
        async tell(): Promise<void> { await load('a step that no task takes, with as much text as is worth leaving out'); }
      }
      export class Counter {
        private count = 0;
        private readonly steps = new Steps();
        async add(names: ('ask' | 'check')[] = ['ask', 'check']): Promise<void> {
          const before = this.count;
          for (const name of names) await this.steps[name]();
          this.count = before + 1;
        }
      }
      export function report(counter: Counter): string { return 'what nobody asks for, whatever the count may be: ' + JSON.stringify(counter); }` };
    const programs = new Set<string>();
    const real = engine.simulator;
    const simulator: Simulator = Object.assign(Object.create(real) as Simulator, {
      explore: (...[scenario, options, signal]: Parameters<Simulator['explore']>) => {
        programs.add(scenario.program.code);
        return real.explore(scenario, options, signal);
      },
    });
    const [finding] = analyse(source).findings;
    const proof = await prove(finding!, source, simulator);
    expect(proof.verdict, proof.reason).toBe('confirmed');
    const [without, withAll, ...others] = programs;
    expect(without).not.toContain('step of a task');
    for (const step of ['the first step of a task', 'the second step of a task']) expect(withAll).toContain(step);
    expect(withAll).not.toContain('what nobody asks for');
    expect(others).toEqual([]);
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

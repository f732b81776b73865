import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exploration } from '../../src/model/index.js';
import { prove, simulate, type ScenarioProof } from '../../src/proof/index.js';
import type { Simulator } from '../../src/simulator/index.js';
import { bundledSimulator, counter, findingIn } from './hostile.js';

let simulator: Simulator;
beforeAll(async () => { simulator = await bundledSimulator({ heapMegabytes: 128 }); });
afterAll(() => simulator.dispose());

function proofOf(text: string, options: { maxExecutions?: number; maxMilliseconds?: number } = {}): Promise<ScenarioProof> {
  return simulate(findingIn(text), { file: 'subject.ts', text }, simulator, { maxExecutions: 500, maxMilliseconds: 2_000, ...options });
}

/** Whoever comes second is sent away, so no order goes wrong. */
const correct = counter({ top: 'let busy = false;', inside: 'if (busy) return -1; busy = true;' });

describe('each limit ends in a bounded verdict that names it', () => {
  it('executions', async () => {
    expect(await proofOf(correct)).toMatchObject({ verdict: 'refuted', exhaustive: true });
    const proof = await proofOf(correct, { maxExecutions: 1 });
    expect(proof).toMatchObject({ verdict: 'bounded', limit: 'executions', exhaustive: false });
    expect(proof.reason).toMatch(/^none of \d+ interleavings in \d+ scenarios ended wrongly; not all could be tried: the exploration ended at the limit of executions; --budget N allows more$/);
  });

  it('time', async () => {
    const proof = await proofOf(correct, { maxMilliseconds: 0 });
    expect(proof).toMatchObject({ verdict: 'bounded', limit: 'time' });
    expect(proof.reason).toMatch(/; the exploration ended at the time limit; a scenario file \(simulate --export race\) with smaller tasks takes less$/);
  });

  it('turns', async () => {
    const proof = await proofOf(counter({ between: 'for (;;) await save(1);' }));
    expect(proof).toMatchObject({ verdict: 'bounded', limit: 'turns' });
    expect(proof.reason).toContain('the limit of turns in one execution');
  });

  it('steps', async () => {
    const proof = await proofOf(counter({ inside: 'for (;;);' }));
    expect(proof).toMatchObject({ verdict: 'bounded', limit: 'steps', reason: 'the code ran 200000 steps without coming to rest (near subject.ts:5)' });
  });

  it('memory, of a value that is too large and of many that are not', async () => {
    expect(await proofOf(counter({ inside: 'new Uint8Array(4e9);' }))).toMatchObject({ verdict: 'bounded', limit: 'heap' });
    const proof = await proofOf(counter({ inside: 'const a: unknown[] = []; for (;;) a.push(new Array(10_000).fill(0));' }));
    expect(proof).toMatchObject({ verdict: 'bounded', limit: 'heap' });
    expect(proof.reason).toContain('the code used more than 128 MB of memory');
  });
});

describe('a run that asks ever more of values from outside', () => {
  const texts = {
    'and runs out of stack': counter({ top: "function bare(text: string): string { return text.startsWith('(') ? bare(text.slice(1)) : text; }", inside: 'await save(bare((await save(0)) as any) as any);' }),
    'and goes on after that': counter({ top: 'function level(node: any): number { try { return node ? 1 + level(node.next) : 0; } catch { return 0; } }', inside: 'await save(level(await save(0)));' }),
  };
  it.each(Object.entries(texts))('%s is ended, and its first answer turned round', async (_, text) => {
    const explorations: Exploration[] = [];
    const watched: Simulator = Object.assign(Object.create(simulator) as Simulator, {
      async explore(...given: Parameters<Simulator['explore']>) {
        const exploration = await simulator.explore(...given);
        explorations.push(exploration);
        return exploration;
      },
    });
    const proof = await prove(findingIn(text), { file: 'subject.ts', text }, watched);
    expect(proof.verdict, proof.reason).toBe('confirmed');
    expect(explorations[0]!.failure).toMatchObject({ limit: 'steps', reason: 'the code asked 2000 things of values from outside without coming to rest' });
    expect(explorations.length).toBeLessThan(5);
  });

  it('refutes nothing', async () => {
    const text = counter({ top: "let busy = false; function bare(text: string): string { return text.startsWith('(') ? bare(text.slice(1)) : text; }", inside: 'if (busy) return -1; busy = true; await save(bare((await save(0)) as any) as any);' });
    expect(await proofOf(text)).toMatchObject({ verdict: 'bounded' });
  });
});

it('code that would end its process is no matter of limits', async () => {
  const proof = await proofOf(counter({ inside: 'process.exit(1);' }));
  expect([proof.verdict, proof.limit]).toEqual(['unproven', undefined]);
});

describe('how many interleavings go wrong', () => {
  const text = counter({ top: 'let steps = 0;', between: 'for (let step = 0; step < 5; step++) { await save(step); steps++; }' });

  it('is counted among the first ones where a finding is proved', async () => {
    const proof = await prove(findingIn(text), { file: 'subject.ts', text }, simulator);
    expect(proof.reason).toMatch(/^at least \d+ of the first 100 interleavings /);
  });

  it('is counted in full where somebody wants to see them all', async () => {
    const proof = await proofOf(text, { maxExecutions: 5_000, maxMilliseconds: 60_000 });
    expect(proof.verdict).toBe('confirmed');
    expect(proof.executions).toBeGreaterThan(100);
  });
});

import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/index.js';
import { prove } from '../../src/proof/index.js';
import { useEngine } from './judging.js';

const journal = (body: string): string => `import { Mutex } from 'async-mutex'; import { append } from './store';
export class Journal {
  private readonly mutex = new Mutex();
  private size = 0;
  async add(line: string): Promise<void> {
    const release = await this.mutex.acquire();
    ${body}
  }
}`;

describe('proofs with faults', () => {
  const engine = useEngine();

  it('confirm a lock that is kept when a call fails, which no run without faults reaches', async () => {
    const source = { file: 'subject.ts', text: journal('const size = this.size; await append(line); this.size = size + 1; release();') };
    const finding = analyse(source).findings.find(({ rule }) => rule === 'lock-not-released')!;
    const { verdict, witness } = await prove(finding, source, engine.simulator, { faults: true });
    expect(verdict).toBe('confirmed');
    expect(witness!.trace.steps.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^goes on: append\(.*\) rejects$/));
    expect((await prove(finding, source, engine.simulator)).verdict).toBe('unproven');
  });
});

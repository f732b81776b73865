import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/index.js';
import { prove, proveFixes } from '../../src/proof/index.js';
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
  });

  it('are tried unasked where a finding says that a failure keeps the lock', async () => {
    const source = { file: 'subject.ts', text: journal('const size = this.size; await this.write(line); this.size = size + 1; release();').replace(/\}$/, '  private async write(line: string) { await append(line); } }') };
    const finding = analyse(source).findings.find(({ rule }) => rule === 'lock-not-released')!;
    const proof = await prove(finding, source, engine.simulator);
    const { verdict, reason, witness } = proof;
    expect([verdict, reason]).toEqual(['confirmed', expect.stringContaining('a lock that nobody gives back')]);
    expect(Object.values(witness!.outcome.results)).toContain('never finished');
    expect((await proveFixes(finding, source, engine.simulator, { proof })).map(({ title, verdict: proved }) => `${title}: ${proved}`)).toEqual([expect.stringMatching(/finally.*: proved$/)]);
  });

  it('are tried in calls of the function that takes the lock, not of one that calls it', () => {
    const text = journal('await append(line); release();').replace('  async add', '  async start() { await this.add("started"); }\n  async add');
    const findings = analyse({ file: 'subject.ts', text }).findings.filter(({ rule }) => rule === 'lock-not-released');
    expect(findings.map(({ overlaps }) => overlaps[0]![0].name)).toEqual(['Journal.add']);
  });

  it('that lead to another wait without end say nothing of the lock', async () => {
    const text = journal('await Promise.resolve(line); release();').replace('    const release', `    let told = () => {};
    const done = new Promise<void>((end) => { told = end; });
    append(line).then(told, () => undefined);
    await done;
    const release`);
    const source = { file: 'subject.ts', text };
    const finding = analyse(source).findings.find(({ rule }) => rule === 'lock-not-released')!;
    const { verdict } = await prove(finding, source, engine.simulator);
    expect(verdict).toBe('unproven');
  });

  it('that are tried unasked refute nothing', async () => {
    const source = { file: 'subject.ts', text: journal('await Promise.resolve(line); release();') };
    const finding = analyse(source).findings.find(({ rule }) => rule === 'lock-not-released');
    expect((await prove(finding!, source, engine.simulator)).verdict).toBe('unproven');
  });
});

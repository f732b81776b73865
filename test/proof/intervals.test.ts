import { describe, expect, it } from 'vitest';
import { useEngine } from './judging.js';

const engine = useEngine();

/** No call of the outside lies between the check and the act, so that the interval is all that is done. */
const poller = (start: string): string => `
  export class Poller {
    private readonly running = new Map<string, unknown>();
    constructor(private readonly far: { readonly rate: Promise<number>; poll(): void }) {}
    async start(id: string) {
      if (this.running.get(id)) return;
      ${start}
    }
    private async rate() {
      const rate = await this.far.rate;
      return 2 * rate;
    }
  }`;

describe('an interval that is started', () => {
  it('twice, so that nobody can end the first one, is work done twice', async () => {
    const [judged] = await engine.check(poller('const rate = await this.rate(); const timer = setInterval(() => this.far.poll(), rate); this.running.set(id, { stop: () => clearInterval(timer), rate });'));
    expect(judged?.finding.rule).toBe('double-initialization');
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
  });

  it('in the turn of the check is started once', async () => {
    const proof = await engine.run(poller('const timer = setInterval(() => this.far.poll(), 1_000); this.running.set(id, { stop: () => clearInterval(timer), rate: 1_000 }); await this.rate();'), 'Poller.start');
    expect(proof.verdict).not.toBe('confirmed');
  });

  it('and ended again by whoever was late does no harm', async () => {
    const proof = await engine.run(poller('const rate = await this.rate(); const timer = setInterval(() => this.far.poll(), rate); if (this.running.has(id)) { clearInterval(timer); return; } this.running.set(id, { stop: () => clearInterval(timer), rate });'), 'Poller.start');
    expect(proof.verdict).not.toBe('confirmed');
  });
});

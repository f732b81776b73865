import { describe, expect, it } from 'vitest';
import { prove } from '../../src/proof/index.js';
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

/** What it asks is asked only where there is something to refresh. */
const watcher = (start: string): string => `
  export class Watcher {
    private timer: unknown;
    private readonly known = new Map<string, string>();
    constructor(private readonly api: { load(name: string): Promise<string> }) {}
    async start(): Promise<void> { ${start} }
    stop(): void { if (this.timer) clearInterval(this.timer as number); }
    private async refresh(): Promise<void> { for (const [name] of this.known) await this.one(name); }
    private async one(name: string): Promise<void> { this.known.set(name, await this.api.load(name)); }
  }`;

const keeper = (start: string): string => `
  export class Keeper {
    private timer: unknown;
    constructor(private readonly api: { load(): Promise<string> }) {}
    async start(): Promise<void> { ${start} }
    stop(): void { if (this.timer) clearInterval(this.timer as number); }
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

  it('beside one that a later start has put there meanwhile goes on for ever; which call asks is told by where it waits, if nothing is asked in it', async () => {
    const [{ finding, proof } = expect.fail('nothing found')] = await engine.check(watcher('this.stop(); await this.refresh(); this.timer = setInterval(() => void this.refresh(), 1_000);'));
    expect(finding.region.reads[0]!.start.line).toBeGreaterThan(finding.region.acts[0]!.start.line);
    expect([finding.rule, proof.verdict]).toEqual(['out-of-order-response', 'confirmed']);
    expect(proof.witness!.outcome.effects).toEqual({ 'setInterval(ƒ, 1000)': 2 });
    expect(proof.witness!.expectedOutcomes.map(({ effects }) => effects)).toEqual([{ 'setInterval(ƒ, 1000)': 1 }, { 'setInterval(ƒ, 1000)': 1 }]);
  });

  it('in place of one that is ended is told from it by nothing', async () => {
    const [{ finding } = expect.fail('nothing found')] = await engine.check(keeper('if (this.timer) return; await this.api.load(); this.timer = setInterval(() => undefined, 1_000);'));
    const cured = keeper('if (this.timer) return; await this.api.load(); clearInterval(this.timer as number); this.timer = setInterval(() => undefined, 1_000);');
    const act = finding.region.acts[0]!;
    const line = cured.split('\n')[act.start.line - 1]!;
    const column = line.indexOf('this.timer = set') + 1;
    const moved = { ...act, start: { line: act.start.line, column }, end: { line: act.end.line, column: column + act.end.column - act.start.column } };
    // That it is asked twice is no matter here.
    const proof = await prove({ ...finding, rule: 'check-then-act', region: { ...finding.region, acts: [moved] } }, { file: 'subject.ts', text: cured }, engine.simulator);
    expect(proof.verdict, JSON.stringify([proof.witness?.outcome, proof.witness?.expectedOutcomes])).not.toBe('confirmed');
  });
});

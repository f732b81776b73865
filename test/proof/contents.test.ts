import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/index.js';
import { prove } from '../../src/proof/index.js';
import { analyse } from '../../src/analysis/index.js';
import { useEngine } from './judging.js';

const engine = useEngine();

const outbox = (flush: string) => `
  import { send } from 'far-away';
  export class Outbox {
    private pending = new Set<string>();
    add(message: string): void { this.pending.add(message); }
    private async deliver(messages: Set<string>): Promise<void> {
      await Promise.all(Array.from(messages).map((message) => send(message)));
    }
    async flush(): Promise<void> {
      ${flush}
    }
  }`;

describe('a container that is given to another function is looked into there', () => {
  it('what is added while it is delivered is lost', async () => {
    const judged = await engine.check(outbox('await Promise.all([this.deliver(this.pending)]); this.pending.clear();'));
    expect(judged.map(({ finding, proof }) => [finding.location, proof.verdict])).toEqual([['Outbox#pending[*]', 'confirmed']]);
  });

  it('not if it is taken out before', async () => {
    const judged = await engine.check(outbox('const taken = this.pending; this.pending = new Set(); await Promise.all([this.deliver(taken)]);'));
    expect(judged.filter(({ proof }) => proof.verdict === 'confirmed')).toEqual([]);
  });
});

describe('that a container was given away refutes nothing', () => {
  // Whoever adds to it is kept out by a flag that no run sets.
  const text = `
    import { connect, send } from 'far-away';
    export class Outbox {
      private readonly pending = new Set(['first']);
      private isOpen = false;
      private async deliver(messages: Set<string>): Promise<void> {
        await connect();
        await Promise.all(Array.from(messages).map((message) => send(message)));
      }
      add(message: string): void {
        if (!this.isOpen) return;
        this.pending.add(message);
      }
      async flush(): Promise<void> {
        if (this.pending.size === 0) return;
        await Promise.all([this.deliver(this.pending)]);
        this.pending.clear();
      }
    }`;

  it('for whoever takes it need not look into it at once', async () => {
    const judged = await engine.check(text);
    expect(judged.map(({ finding }) => finding.location)).toContain('Outbox#pending[*]');
    expect(judged.map(({ proof }) => proof.verdict)).not.toContain('refuted');
  });
});

describe('nothing is refuted before every pair that may overlap was tried', () => {
  const text = `
    import { load } from 'far-away';
    export class Counter {
      private count = 0;
      async add(): Promise<void> { const before = this.count; await load(); this.count = before + 1; }
      look1(): void { this.count = this.count + 0; }
      look2(): void { this.count = this.count + 0; }
      look3(): void { this.count = this.count + 0; }
      look4(): void { this.count = this.count + 0; }
      refill(): void { this.count = 5; }
    }`;

  it('be it the last', async () => {
    const finding = analyse({ file: 'subject.ts', text }).findings.find(({ location }) => location === 'Counter#count')!;
    const harmless = finding.overlaps.filter(([one, other]) => one.name === 'Counter.add' && other.name.includes('look'));
    const harmful = finding.overlaps.filter(([, other]) => other.name === 'Counter.refill');
    expect([harmless.length, harmful.length]).toEqual([4, 1]);
    const verdictOf = async (overlaps: Finding['overlaps']) => (await prove({ ...finding, overlaps }, { file: 'subject.ts', text }, engine.simulator)).verdict;
    // They do write in between, with what is there already.
    expect(await verdictOf(harmless)).toBe('unproven');
    expect(await verdictOf([...harmless, ...harmful])).toBe('confirmed');
  });

  /** What a key is made of comes from outside, anew for each task. */
  const keyed = (body: string): string => `
    import { parse, digest, open } from 'far-away';
    const known = new Map<string, unknown>();
    const busy = new Set<string>();
    export async function use(text: string) {
      const { key } = parse(text);
      ${body}
    }`;

  it('two tasks whose keys are equal meet at one entry', async () => {
    const [judged] = await engine.check(keyed('if (!known.has(key)) known.set(key, await open(key)); return known.get(key);'));
    expect(judged?.finding.rule).toBe('double-initialization');
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
  });

  it('so they do where the key is what a call gives', async () => {
    const [judged] = await engine.check(keyed('const name = digest(key); if (!known.has(name)) known.set(name, await open(name)); return known.get(name);'));
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
  });

  it('and one that is busy with a key keeps the other out', async () => {
    const proof = await engine.run(keyed('if (busy.has(key)) return; busy.add(key); try { if (!known.has(key)) known.set(key, await open(key)); } finally { busy.delete(key); }'), 'use');
    expect(proof.verdict).not.toBe('confirmed');
  });
});

describe('how much there is in a list that somebody else puts there as a whole', () => {
  const markets = (load: string): string => `
    import { trim } from 'far-away';
    export class Markets {
      #pools: string[] = [];
      #loading: Promise<unknown> | undefined;
      constructor(private readonly far: { markets(): Promise<string[]>; tickers(names: string[]): Promise<string[]> }) {}
      async markets(): Promise<string[]> {
        const pools = await this.far.markets();
        this.#pools = trim(pools);
        return this.#pools.map((pool) => pool);
      }
      async prices(): Promise<string[]> {
        ${load}
        const names = this.#pools.map((pool) => pool);
        const tickers = await this.far.tickers(names);
        return this.#pools.filter((pool) => tickers.includes(pool));
      }
    }`;

  it('is looked at with the list', async () => {
    const [judged] = await engine.check(markets('if (this.#pools.length === 0) await this.markets();'));
    expect(judged?.finding.rule).toBe('double-initialization');
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
  });

  it('is nothing to both who wait for the same loading', async () => {
    const proof = await engine.run(markets('if (this.#pools.length === 0) await (this.#loading ??= this.markets());'), 'Markets.prices');
    expect(proof.verdict).not.toBe('confirmed');
  });
});

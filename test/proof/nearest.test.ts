import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/index.js';
import type { Finding } from '../../src/model/index.js';
import { nearestFirst } from '../../src/proof/nearest.js';
import { useEngine } from './judging.js';

const engine = useEngine();

describe('tasks with the shortest way to the region', () => {
  const text = `
    import { far } from 'far-away';
    export class Prices {
      private cached: number | undefined;
      private async load() {
        if (this.cached !== undefined) return this.cached;
        const found = await far.price();
        this.cached = found;
        return found;
      }
      private async rounded() { return Math.round(await this.load()); }
      async order() { return this.checked(); }
      private async checked() { return this.rounded(); }
      async price() { return this.load(); }
    }`;

  it('are tried first; pairs of one task and pairs of two keep their places', () => {
    const [finding] = analyse({ file: 'subject.ts', text }).findings;
    const named = (overlaps: Finding['overlaps']) => overlaps.map((pair) => pair.map(({ name }) => name.replace('Prices.', '')).join());
    expect(named(finding!.overlaps).slice(0, 2)).toEqual(['order,order', 'price,price']);
    const sorted = named(nearestFirst(finding!.overlaps, [finding!.region], { file: 'subject.ts', text }));
    expect(sorted.slice(0, 2)).toEqual(['price,price', 'order,order']);
    expect([...sorted].sort()).toEqual([...named(finding!.overlaps)].sort());
  });

  it('are those that a witness shows', async () => {
    const [judged] = await engine.check(text);
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
    expect(judged!.proof.scenario!.tasks.map(({ name }) => name)).toEqual(['price()', 'price()']);
  });
});

describe('what a scenario is given', () => {
  it('has the fields that may be left out, where no run comes to the region without', async () => {
    const [judged] = await engine.check(`
      import { far } from 'far-away';
      interface Query { quick?: boolean; user?: string; signal?: AbortSignal }
      export class Prices {
        private cached: number | undefined;
        async price(query?: Query) {
          if (!query?.quick || !query.user) return undefined;
          if (this.cached === undefined) this.cached = await far.price();
          return this.cached;
        }
      }`);
    const { proof } = judged!;
    expect(proof.verdict, proof.reason).toBe('confirmed');
    expect(proof.scenario!.tasks[0]!.name).toBe('price({"quick":true,"user":"user"})');
  });

  it('has other keys for the second task, where the same let both do the same, and what lets them in is presumed', async () => {
    const [judged] = await engine.check(`
      import { far } from 'far-away';
      export class Pending {
        private isOpen = false;
        private readonly pending = new Map<string, Set<string>>();
        constructor(bus: { on(type: string, handler: () => void): void }) { bus.on('open', () => { this.isOpen = true; }); }
        private timer: ReturnType<typeof setTimeout> | undefined;
        set(id: string, key: string): void {
          if (!this.isOpen) throw new Error('not open');
          if (!this.pending.has(id)) this.pending.set(id, new Set());
          this.pending.get(id)!.add(key);
          clearTimeout(this.timer);
          this.timer = setTimeout(() => void this.flush(), 500);
        }
        private async flush() {
          if (this.pending.size === 0) return;
          await Promise.all([...this.pending.entries()].map(([id, keys]) => far.write(id, [...keys])));
          this.pending.clear();
        }
      }`);
    const { proof } = judged!;
    expect(proof.verdict, proof.reason).toBe('confirmed');
    expect(proof.scenario!.tasks.map(({ name }) => name)).toEqual(['set("id", "key")', 'set("id2", "key2")']);
  });
});

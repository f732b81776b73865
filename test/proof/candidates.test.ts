import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/index.js';
import { compileSubject } from '../../src/language/index.js';
import { candidateScenarios } from '../../src/proof/scenarios.js';

const text = `
  interface Order { readonly id: number }
  export class Stock {
    private left = 10;
    constructor(private readonly store: { save(left: number): Promise<void> }) {}
    async take(order: Order) {
      const before = this.left;
      await this.store.save(order.id);
      this.left = before - 1;
    }
  }`;

/** The candidates of the first finding, and where types were looked up so far. */
function candidates() {
  const [finding] = analyse({ file: 'subject.ts', text }).findings;
  const subject = compileSubject({ file: 'subject.ts', text }, { closures: new Set(), places: [finding!.range], hasModel: () => false, matters: () => false });
  const asked: string[] = [];
  const findType: typeof subject.findType = (source, name) => (asked.push(name), subject.findType(source, name));
  return { asked, candidates: candidateScenarios({ subject: { ...subject, findType }, regions: [finding!.region], effects: 'changing', overlaps: finding!.overlaps }) };
}

describe('scenarios of a finding', () => {
  it('are made when they are asked for, and what a task takes is looked up once', () => {
    const { asked, candidates: { likely, plain } } = candidates();
    expect(asked).toEqual([]);
    expect(likely()).not.toEqual([]);
    expect(asked).toEqual(['Order']);
    expect(plain().length).toBeGreaterThan(1);
    expect(asked).toEqual(['Order']);
  });

  it('are the same whichever list is asked for first', () => {
    const { candidates: one } = candidates();
    const { candidates: other } = candidates();
    const after = [other.plain(), other.complete(), other.likely()];
    expect([one.likely(), one.complete(), one.plain()].reverse()).toEqual(after);
  });
});

import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/model/index.js';
import { outcomeDigest } from '../../src/simulator/oracle/index.js';
import { SeenOutcomes } from '../../src/simulator/seen-outcomes.js';

const outcome = (x: number): Outcome => ({ state: { x: String(x), y: '0' }, results: { a: `returned ${x % 7}` }, effects: {} });
const kept = (seen: SeenOutcomes) => seen.kept().map(({ outcome: { state }, count }) => `${state['x']} ${count}`).sort();

/** Every outcome as often as its rank in its hundred says. */
function seenBy(most: number, ranks: readonly number[]): SeenOutcomes {
  const seen = new SeenOutcomes(most);
  for (const rank of ranks) {
    const entry = seen.of({ outcome: outcome(rank) });
    if (entry) entry.count++;
  }
  return seen;
}

describe('outcomes that were seen', () => {
  const ranks = Array.from({ length: 3_000 }, (_, rank) => (rank * 7_919) % 1_000);

  it('are counted', () => {
    expect(kept(seenBy(2_000, ranks))).toEqual(Array.from({ length: 1_000 }, (_, x) => `${x} 3`).sort());
  });

  it('are kept up to a number, the same ones in whatever order they come, and none is lost count of', () => {
    const one = seenBy(100, ranks);
    const other = seenBy(100, ranks.toSorted((a, b) => b - a));
    expect(kept(one)).toHaveLength(100);
    expect(kept(other)).toEqual(kept(one));
    expect(kept(one).every((text) => text.endsWith(' 3'))).toBe(true);
    expect([one.others, other.others]).toEqual([2_700, 2_700]);
  });

  it('are told with their digests, which are not worked out again', () => {
    const seen = seenBy(2_000, ranks);
    expect(seen.kept().every(({ outcome: of, digest }) => digest === outcomeDigest(of))).toBe(true);
    const other = new SeenOutcomes(2_000);
    const told = new Proxy(outcome(1), { ownKeys: () => { throw new Error('looked through'); } });
    other.add([{ ...seen.kept()[0]!, outcome: told }]);
    expect(other.kept().map(({ count }) => count)).toEqual([3]);
  });

  it('are the same ones where parts were explored apart', () => {
    const parts = [ranks.slice(0, 1_100), ranks.slice(1_100)].map((part) => seenBy(100, part));
    const merged = new SeenOutcomes(100);
    for (const part of parts) merged.add(part.kept());
    expect(kept(merged).map((text) => text.split(' ')[0])).toEqual(kept(seenBy(100, ranks)).map((text) => text.split(' ')[0]));
  });

  it('are told apart where their digests are equal', () => {
    const seen = new SeenOutcomes(10);
    for (const x of [1, 2, 1, 3, 2, 1]) seen.of({ outcome: outcome(x), digest: 5 })!.count++;
    expect(kept(seen)).toEqual(['1 3', '2 2', '3 1']);
  });

  it('are not built where one that is known can be recognised without', () => {
    const seen = new SeenOutcomes(10);
    seen.of({ outcome: outcome(1), digest: 5 });
    const known = { digest: 5, hasOutcome: ({ state }: Outcome) => state['x'] === '1', get outcome(): Outcome { throw new Error('built'); } };
    expect(seen.of(known)?.outcome).toEqual(outcome(1));
  });

  it('are not built beyond those that are kept', () => {
    const seen = seenBy(10, ranks);
    seen.kept();
    const digest = outcomeDigest(outcome(ranks.find((rank) => seen.of({ outcome: outcome(rank) }) === undefined)!));
    expect(seen.of({ digest, get outcome(): Outcome { throw new Error('built'); } })).toBeUndefined();
  });
});

describe('a digest', () => {
  it('does not depend on the order of fields', () => {
    expect(outcomeDigest({ state: { x: '1', y: '2' }, results: { b: 'q', a: 'p' }, effects: {} })).toBe(outcomeDigest({ state: { y: '2', x: '1' }, results: { a: 'p', b: 'q' }, effects: {} }));
  });

  it('depends on which field has which value, and in what part', () => {
    const different: Outcome[] = [
      { state: { x: '1', y: '2' }, results: {}, effects: {} }, { state: { x: '2', y: '1' }, results: {}, effects: {} }, { state: { x: '1' }, results: { y: '2' }, effects: {} },
      { state: { 'x 1': '2' }, results: {}, effects: {} }, { state: { x: '1 2' }, results: {}, effects: {} }, { state: {}, results: {}, effects: { x: 1, y: 2 } }, { state: {}, results: {}, effects: {} },
    ];
    expect(new Set(different.map(outcomeDigest)).size).toBe(different.length);
  });
});

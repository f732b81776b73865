import { describe, expect, it } from 'vitest';
import type { Trace, TraceStep, Witness } from '../../src/model/index.js';
import { formatMermaid, formatPicture } from '../../src/report/index.js';
import { confirmed, finding, sourceLine } from './account-trace.js';
import { deadlocked, raceLine, starving } from './race-trace.js';

const { problem, ...witness } = deadlocked.witness!;
const deadlock = { about: 'dining.race.ts', kind: problem.kind, sentence: problem.message, steps: problem.steps };
const torn = { about: 'Account.withdraw', kind: finding.rule, sentence: finding.message, steps: [] };
const golden = (name: string, text: string) => expect(`${text}\n`).toMatchFileSnapshot(`golden/${name}`);

/** An agent that does the same thing again and again. */
function long(count: number, conflict?: readonly [number, number]): Witness {
  const step = (index: number): TraceStep => ({ index, turn: index, task: index % 2 === 0 ? 'a' : 'b', kind: 'write', text: `writes x[${index}]`, file: 'x.ts', start: { line: 1, column: 1 }, end: { line: 1, column: 2 }, locks: [] });
  const trace: Trace = { tasks: [{ id: 'a', name: 'a', agent: 'a' }, { id: 'b', name: 'b', agent: 'b' }], steps: Array.from({ length: count }, (_, index) => step(index)), ...(conflict && { conflict }), outcome: witness.outcome };
  return { ...witness, trace };
}

const shownSteps = (svg: string): number[] => [...svg.matchAll(/>writes x\[(\d+)\]</g)].map(([, index]) => Number(index));
const heightOf = (svg: string): number => Number(/ height="([\d.]+)"/.exec(svg)![1]);

describe('a picture', () => {
  it('of a deadlock', () => golden('picture-deadlock.svg', formatPicture(deadlock, witness, raceLine)));
  it('of a torn region', () => golden('picture-torn.svg', formatPicture(torn, confirmed.witness!, sourceLine)));

  it('marks what collides, and joins the two', () => {
    const svg = formatPicture(torn, confirmed.witness!, sourceLine);
    expect(svg.match(/<rect class="tint"/g)).toHaveLength(2);
    expect(svg.match(/class="bracket"/g)).toHaveLength(1);
  });

  it('asks for nothing from elsewhere, and lets no text of a program be markup', () => {
    const evil = '</text><script>alert(1)</script>&\u202e"';
    const svg = formatPicture({ ...deadlock, about: evil, sentence: evil }, { ...witness, trace: { ...starving(3), tasks: starving(3).tasks.map((task) => ({ ...task, name: evil })) } }, () => evil);
    expect(svg).not.toMatch(/<script|@import|@font-face|url\(|href|\u202e/);
    expect(svg.match(/https?:[^"]*/g)).toEqual(['http://www.w3.org/2000/svg']);
  });

  it('gets neither too wide nor too high: what is in the middle of a long trace is folded, with its count', () => {
    const svg = formatPicture(deadlock, long(5_000, [2_000, 3_001]), () => undefined);
    const shown = shownSteps(svg);
    expect(shown.length).toBeLessThanOrEqual(60);
    expect(shown).toEqual(expect.arrayContaining([0, 1, 2_000, 3_001, 4_998, 4_999]));
    const folded = [...svg.matchAll(/· {2}([\d]+) steps more {2}·/g)].reduce((sum, [, count]) => sum + Number(count), 0);
    expect(folded + shown.length).toBe(5_000);
    expect(heightOf(svg)).toBeLessThan(4_000);
    expect(svg.length).toBeLessThan(100_000);
  });

  it('folds nothing that fits', () => expect(shownSteps(formatPicture({ ...deadlock, steps: [] }, long(20), () => undefined))).toHaveLength(20));
});

describe('a sequence diagram', () => {
  it('of a deadlock', () => golden('mermaid-deadlock.txt', formatMermaid(deadlock, witness)));
  it('of a torn region', () => golden('mermaid-torn.txt', formatMermaid(torn, confirmed.witness!)));
  it('lets no text end a statement', () => expect(formatMermaid({ ...deadlock, sentence: 'a; b # c\nd' }, witness).split('\n')[1]).toBe('  title deadlock: a#59; b #35; c d'));
});

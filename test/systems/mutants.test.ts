import { describe, expect, it } from 'vitest';
import { Bench, chosenIn, mutantLists, mutantsOf, mutated, systems, type Judged, type Mutant } from './bench.js';

/**
 * Whoever takes one essential line out of a sound variant is told so: otherwise the variant was refuted in vain.
 * Run those of one system: `npx vitest run test/systems -t peterson`.
 */
describe.concurrent('every mutant turns the verdict', { timeout: 0 }, () => {
  const bench = new Bench();
  const all = systems.flatMap(({ name }) => mutantsOf(name).map((mutant) => [`${name}:${mutant.variant} if ${mutant.what}`, name, mutant] as const));

  it.each(all)('%s', async (_title, system, mutant) => {
    const { verdict, exploration } = await judge(system, mutant);
    expect({ verdict, problems: exploration.problems.map(({ kind }) => kind), failure: exploration.failure?.reason }).toMatchObject({ verdict: 'confirmed', problems: expect.arrayContaining([mutant.problem]) as string[] });
  });

  /** The first problem is mostly the one; only where it is another, everything is explored. */
  async function judge(system: string, mutant: Mutant): Promise<Judged> {
    const chosen = chosenIn(system, mutant.variant);
    expect(chosen.variant.expected, 'mutants are of variants that are refuted').toBe('refuted');
    const texts = mutated(system, mutant);
    const first = await bench.judge(chosen, texts, { stopAtFirst: true });
    return first.exploration.problems.some(({ kind }) => kind === mutant.problem) ? first : bench.judge(chosen, texts);
  }
});

describe('the lists of mutants', () => {
  it('are of systems that exist, and hold what a mutant needs', () => {
    expect(mutantLists().filter((name) => !systems.some((system) => system.name === name))).toEqual([]);
    for (const { name } of systems) for (const mutant of mutantsOf(name)) expect(Object.keys(mutant).sort(), name).toEqual(['file', 'problem', 'replace', 'variant', 'what']);
  });

  it('have at least two for every sound file', () => {
    const poor = systems.flatMap(({ name, variants }) => {
      const files = new Set(variants.filter(({ name: variant, expected }) => expected === 'refuted' && !/-\d+$/.test(variant)).map(({ file }) => file));
      return [...files].filter((file) => mutantsOf(name).filter(({ variant }) => variants.some((each) => each.name === variant && each.file === file)).length < 2);
    });
    expect(poor).toEqual([]);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { labelOf, surpriseOf, type Chosen } from '../../src/systems/index.js';
import { exportRace } from '../../src/cli/export.js';
import { linesOf } from '../../src/cli/race-file.js';
import { Bench, close, problems, systemsFolder, variants, type Judged } from './bench.js';
import { figuresOf, figuresOn } from './figures.js';

/** Run one of them: `npx vitest run test/systems -t peterson`. */
describe.concurrent('every variant of every system is judged as its manifest says', { timeout: 0 }, () => {
  const bench = new Bench();

  it.each(variants.map((chosen) => [labelOf(chosen), chosen] as const))('%s', async (_label, chosen) => {
    const { verdict, exploration } = await bench.judge(chosen);
    expect(surpriseOf(chosen.variant, verdict, exploration)).toBe(undefined);
    expect(exploration.exhaustive || chosen.variant.expected === 'confirmed').toBe(true);
    const told = figuresOn(chosen);
    expect(told, 'the page tells of other numbers').toEqual(figuresOf(told, exploration));
    if (isPictured(chosen)) expect(pictureIn(chosen), `${chosen.system.name}/timeline.svg is another than its witness; npm run systems:pictures makes it anew`).toBe(pictureOf(chosen, exploration));
  });
});

it('every manifest is in order', () => {
  expect(problems).toEqual([]);
  expect(variants.length).toBeGreaterThan(0);
});

/** The first variant that goes wrong is the one in the page's picture. */
function isPictured({ system, variant }: Chosen): boolean {
  return system.variants.find(({ expected }) => expected === 'confirmed') === variant;
}

function pictureIn({ system }: Chosen): string | undefined {
  const path = join(systemsFolder, system.name, 'timeline.svg');
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function pictureOf(chosen: Chosen, { witness }: Judged['exploration']): string {
  if (!witness) throw new Error('there is no witness');
  return `${exportRace('svg', { file: `systems/${chosen.variant.file}`, memoryModel: chosen.variant.memoryModel }, witness, linesOf(close(chosen).sources))}\n`;
}

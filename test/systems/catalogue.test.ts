import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { manifestProperties, problemKinds, readFamilies, readManifest } from '../../src/systems/index.js';
import { readCatalogue } from '../../src/systems/node.js';
import { folder } from '../cli/command.js';
import { systemsFolder } from './bench.js';

const good = { title: 'A', topic: 'b', summary: 'C.', variants: { broken: { expected: 'confirmed', problem: 'deadlock' }, sound: { expected: 'refuted', executions: 4, memoryModel: 'tso', file: 'other.race.ts', options: { lateTimers: true } } } };
const complaints = (manifest: unknown): string[] => readManifest('exclusion/a', typeof manifest === 'string' ? manifest : JSON.stringify(manifest)).problems.map(({ place, message }) => `${place}: ${message}`);

describe('a manifest', () => {
  it('is read with its defaults', () => {
    expect(readManifest('exclusion/a', JSON.stringify(good))).toEqual({
      problems: [],
      value: {
        name: 'exclusion/a', title: 'A', topic: 'b', summary: 'C.',
        variants: [
          { name: 'broken', file: 'exclusion/a/broken.race.ts', expected: 'confirmed', problem: 'deadlock', memoryModel: 'sc', options: {} },
          { name: 'sound', file: 'exclusion/a/other.race.ts', expected: 'refuted', executions: 4, memoryModel: 'tso', options: { lateTimers: true } },
        ],
      },
    });
  });

  it.each<[string, unknown, string]>([
    ['no JSON', '{', 'exclusion/a/system.json: this is no JSON: '],
    ['another type', '[]', 'exclusion/a/system.json: variants: an object is needed.'],
    ['a missing title', { ...good, title: undefined }, 'exclusion/a/system.json: title: one line of text is needed, without space around it.'],
    ['a slip of the pen', { ...good, variant: {} }, 'exclusion/a/system.json: variant: there is no such property; use $schema, title, topic, summary or variants.'],
    ['no variants', { ...good, variants: {} }, 'exclusion/a/system.json: variants: at least one variant is needed.'],
    ['an unknown verdict', { ...good, variants: { a: { expected: 'wrong' } } }, 'exclusion/a/system.json: variants.a.expected: "wrong" is none of its values; use confirmed or refuted.'],
    ['a missing verdict', { ...good, variants: { a: {} } }, 'exclusion/a/system.json: variants.a.expected: it is missing; use confirmed or refuted.'],
    ['a missing problem', { ...good, variants: { a: { expected: 'confirmed' } } }, 'exclusion/a/system.json: variants.a.problem: it is missing: a variant that goes wrong says which kind of problem it has.'],
    ['an unknown problem', { ...good, variants: { a: { expected: 'confirmed', problem: 'hang' } } }, 'exclusion/a/system.json: variants.a.problem: "hang" is none of its values; use atomicity, '],
    ['a problem of a sound variant', { ...good, variants: { a: { expected: 'refuted', problem: 'deadlock' } } }, 'exclusion/a/system.json: variants.a.problem: a variant that is refuted has none; leave it out.'],
    ['a bound on what is refuted', { ...good, variants: { a: { expected: 'refuted', options: { preemptionBound: 2 } } } }, 'exclusion/a/system.json: variants.a.options.preemptionBound: refuted means that every interleaving was explored; leave the bound out.'],
    ['a number that is none', { ...good, variants: { a: { expected: 'refuted', executions: 1.5 } } }, 'exclusion/a/system.json: variants.a.executions: a whole number from 1 on is needed.'],
    ['a file elsewhere', { ...good, variants: { a: { expected: 'refuted', file: '../x.race.ts' } } }, 'exclusion/a/system.json: variants.a.file: the name of a scenario file (*.race.ts) in the folder of the system is needed.'],
    ['a name in capitals', { ...good, variants: { Sound: { expected: 'refuted' } } }, 'exclusion/a/system.json: variants.Sound: a variant is named by small letters, digits and hyphens, such as broken or sound-4.'],
  ])('with %s is told what, where, and what to do', (_what, manifest, complaint) => {
    expect(complaints(manifest).some((each) => each.startsWith(complaint)), complaints(manifest).join('\n')).toBe(true);
  });
});

describe('a folder of systems', () => {
  const families = JSON.stringify([{ slug: 'exclusion', title: 'E', summary: 'S.', systems: ['b', 'a'] }]);
  const one = JSON.stringify({ ...good, variants: { broken: { expected: 'confirmed', problem: 'deadlock' } } });

  it('is read in the order of its families, what is not named after the rest', () => {
    const files = ['a', 'b', '0'].flatMap((name) => [[`exclusion/${name}/system.json`, one], [`exclusion/${name}/broken.race.ts`, '']] as const);
    const { catalogue, problems } = readCatalogue(folder({ 'families.json': families, ...Object.fromEntries(files) }));
    expect(problems).toEqual([]);
    expect(catalogue.families.map(({ systems }) => systems.map(({ name }) => name))).toEqual([['exclusion/b', 'exclusion/a', 'exclusion/0']]);
  });

  it('tells what is missing in it, and reads the rest', () => {
    const root = folder({ 'families.json': families, 'exclusion/a/system.json': one, 'exclusion/b/x.race.ts': '', 'other/x/system.json': one, 'exclusion/c/system.json': one, 'exclusion/c/broken.race.ts': '' });
    const { catalogue, problems } = readCatalogue(root);
    expect(problems.map(({ place, message }) => `${place}: ${message}`)).toEqual([
      'other: families.json does not name this family; add it there.',
      'exclusion/b: there is no system.json in this folder; write one, as docs/systems.md tells.',
      'exclusion/a/system.json: variants.broken: there is no file broken.race.ts beside the manifest; write it, or correct its name.',
    ]);
    expect(catalogue.families[0]!.systems.map(({ name }) => name)).toEqual(['exclusion/c']);
  });

  it('says what is wrong with its families', () => {
    expect(readFamilies('[{"slug": 1}]').problems.map(({ message }) => message)).toContain('[0].slug: one line of text is needed, without space around it.');
  });
});

describe('systems/system.schema.json', () => {
  interface Schema { readonly properties: Record<string, Schema>; readonly definitions: { readonly variant: Schema }; readonly enum: readonly string[] }
  const schema = JSON.parse(readFileSync(join(systemsFolder, 'system.schema.json'), 'utf8')) as Schema;
  const { properties } = schema.definitions.variant;

  it('tells an editor what the reader of manifests knows', () => {
    expect(Object.keys(schema.properties)).toEqual(manifestProperties.system);
    expect(Object.keys(properties)).toEqual(manifestProperties.variant);
    expect(Object.keys(properties.options!.properties)).toEqual(manifestProperties.options);
    expect(properties.problem!.enum).toEqual(problemKinds);
  });
});

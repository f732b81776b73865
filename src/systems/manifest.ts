import type { CatalogueProblem, Family, System, Variant, VariantOptions } from './catalogue.js';
import { problemKinds } from './problem-kinds.js';
import { Shape } from './shape.js';

/** What a manifest (`system.json`, `families.json`) says, and all that is wrong with it. */
export interface Reading<T> {
  readonly value: T;
  readonly problems: readonly CatalogueProblem[];
}

/** The names that a manifest may hold; `systems/system.schema.json` tells an editor the same. */
export const manifestProperties = {
  system: ['$schema', 'title', 'topic', 'summary', 'variants'],
  variant: ['title', 'file', 'expected', 'problem', 'executions', 'memoryModel', 'options'],
  options: ['lateTimers', 'strategy', 'preemptionBound', 'maxExecutions'],
} as const;

const slug = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** `systems/<name>/system.json`. */
export function readManifest(name: string, text: string): Reading<System> {
  return reading(`${name}/system.json`, text, (shape) => {
    shape.only(manifestProperties.system);
    const variants = shape.at('variants').entries();
    if (variants.length === 0) shape.at('variants').wrong('at least one variant is needed');
    return {
      name,
      title: shape.at('title').text(),
      topic: shape.at('topic').text(),
      summary: shape.at('summary').text(),
      variants: variants.map(([each, variant]) => variantOf(name, each, variant)),
    };
  });
}

/** `systems/families.json`: the order of families, and of the systems in each; systems that it does not name come after these. */
export function readFamilies(text: string): Reading<readonly (Omit<Family, 'systems'> & { readonly order: readonly string[] })[]> {
  return reading('families.json', text, (shape) => shape.list().map((family) => {
    family.only(['slug', 'title', 'summary', 'systems']);
    return { slug: family.at('slug').text(), title: family.at('title').text(), summary: family.at('summary').text(), order: family.at('systems').list().map((system) => system.text()) };
  }));
}

function variantOf(system: string, name: string, shape: Shape): Variant {
  shape.only(manifestProperties.variant);
  if (!slug.test(name)) shape.wrong('a variant is named by small letters, digits and hyphens, such as broken or sound-4');
  const expected = shape.at('expected').oneOf(['confirmed', 'refuted']);
  const problem = shape.at('problem').optional((each) => each.oneOf(problemKinds));
  if (expected === 'confirmed' && problem === undefined) shape.at('problem').wrong('it is missing: a variant that goes wrong says which kind of problem it has');
  if (expected === 'refuted' && problem !== undefined) shape.at('problem').wrong('a variant that is refuted has none; leave it out');
  const title = shape.at('title').optional((each) => each.text());
  const executions = shape.at('executions').optional((each) => each.count());
  const file = shape.at('file').optional((each) => each.text()) ?? `${name}.race.ts`;
  if (file.includes('/') || !/\.race\.tsx?$/.test(file)) shape.at('file').wrong('the name of a scenario file (*.race.ts) in the folder of the system is needed');
  return {
    name,
    ...(title !== undefined && { title }),
    file: `${system}/${file}`,
    expected,
    ...(problem !== undefined && { problem }),
    ...(executions !== undefined && { executions }),
    memoryModel: shape.at('memoryModel').optional((each) => each.oneOf(['sc', 'tso'])) ?? 'sc',
    options: shape.at('options').optional((each) => optionsOf(each, expected)) ?? {},
  };
}

function optionsOf(shape: Shape, expected: Variant['expected']): VariantOptions {
  shape.only(manifestProperties.options);
  const lateTimers = shape.at('lateTimers').optional((each) => each.flag());
  const strategy = shape.at('strategy').optional((each) => each.oneOf(['optimal', 'naive']));
  const preemptionBound = shape.at('preemptionBound').optional((each) => each.count(0));
  const maxExecutions = shape.at('maxExecutions').optional((each) => each.count());
  if (expected === 'refuted' && preemptionBound !== undefined) shape.at('preemptionBound').wrong('refuted means that every interleaving was explored; leave the bound out');
  return { ...(lateTimers !== undefined && { lateTimers }), ...(strategy !== undefined && { strategy }), ...(preemptionBound !== undefined && { preemptionBound }), ...(maxExecutions !== undefined && { maxExecutions }) };
}

function reading<T>(place: string, text: string, read: (shape: Shape) => T): Reading<T> {
  const problems: CatalogueProblem[] = [];
  const complain = (message: string): void => void problems.push({ place, message });
  const value = read(new Shape(parsed(text, complain), complain));
  return { value, problems: problems.some(({ message }) => message.startsWith('this is no JSON')) ? problems.slice(0, 1) : problems };
}

function parsed(text: string, complain: (message: string) => void): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    complain(`this is no JSON: ${error instanceof Error ? error.message : String(error)}; correct its syntax.`);
    return undefined;
  }
}

import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { configurationSchema } from '../../build/configuration-schema.mjs';
import { ruleCatalogue } from '../../src/analysis/index.js';
import { parseConfiguration } from '../../src/configuration/index.js';
import { formatPlace } from '../../src/model/index.js';

const rules = ruleCatalogue.map(({ id }) => id);
const parse = (text: string) => parseConfiguration({ file: 'raceproof.config.json', text, folder: '', above: '' }, rules);
const problemsIn = (text: string) => parse(text).problems.map(({ range, message }) => `${formatPlace(range).replace(/^[^:]*:/, '')}: ${message}`);
const isValid = new Ajv().compile(configurationSchema());

const whole = {
  $schema: './node_modules/raceproof/dist/raceproof.config.schema.json',
  rules: { 'lost-update': 'error', 'check-then-act': 'off' },
  severities: { confirmed: 'warning', bounded: 'information', unproven: 'off' },
  include: ['src', './lib/**/*.{ts,tsx}'],
  exclude: ['**/made'],
  entryPoints: { overlapping: ['src/jobs/**', '#Account.*'], once: ['src/main.ts#run'] },
  locks: [{ modules: ['./src/gate', '@acme/lock'], makers: ['Gate'], wrappers: ['timed'], acquire: ['pass'], release: ['leave'], run: ['guard'], callable: 'run', capacity: { argument: 0, option: 'most' } }],
};

/** Each with the first problem that is told. */
const wrong: readonly (readonly [string, string, string])[] = [
  ['a setting that is none', '{ "exlude": [] }', '1:3: There is no setting `exlude`; did you mean `exclude`?'],
  ['a rule that is none', '{\n  "rules": { "lost-updates": "off" }\n}', '2:14: There is no rule `lost-updates`; did you mean `lost-update`?'],
  ['a level that is none', '{ "rules": { "lost-update": "warn" } }', '1:29: `lost-update` must be "error", "warning", "information" or "off".'],
  ['a verdict that is none', '{ "severities": { "refuted": "off" } }', '1:19: There is no verdict `refuted`; there are `confirmed`, `bounded`, `unproven`.'],
  ['no list', '{ "exclude": "dist" }', '1:14: `exclude` must be a list of strings: ["…"].'],
  ['no string', '{ "exclude": ["dist", 1] }', '1:23: `exclude` takes strings that are not empty.'],
  ['a pattern that leaves', '{ "include": ["../src"] }', '1:15: Patterns cannot leave the folder of this file; move the file up, or the pattern into another one.'],
  ['a pattern that is not closed', '{ "include": ["src/{a,b"] }', '1:15: A `{` of this pattern is not closed; write {a,b} for one of several.'],
  ['a backslash', '{ "include": ["src\\\\a"] }', '1:15: Write `/` between folders, on every system.'],
  ['a negation', '{ "include": ["!src"] }', '1:15: There are no patterns with `!`; write what is left out into `exclude`.'],
  ['a function without a name', '{ "entryPoints": { "once": ["src#"] } }', '1:29: Write a file pattern, `#function` or `file#function`; a method is `#Class.method`.'],
  ['a lock without modules', '{ "locks": [{ "run": ["x"] }] }', '1:13: A lock needs `modules`: the packages or files that it is imported from.'],
  ['a lock that nothing takes', '{ "locks": [{ "modules": ["x"] }] }', '1:13: A lock needs `acquire`, `run` or `callable`: what takes it.'],
  ['a setting twice', '{ "include": [], "include": ["src"] }', '1:18: `include` is here a second time; keep one of the two.'],
  ['a list', '[]', '1:1: The configuration must be an object: { … }.'],
  ['a comma too few', '{\n  "include": []\n  "exclude": []\n}', '3:3: A comma is expected here; correct the JSON.'],
  ['nothing', '', '1:1: The file is empty; write {} for a configuration that changes nothing.'],
  ['no level', '{ "rules": [] }', '1:12: `rules` must be an object: { … }.'],
  ['no object of a lock', '{ "locks": ["x"] }', '1:13: A lock must be an object: { … }.'],
  ['no list of locks', '{ "locks": {} }', '1:12: `locks` must be a list of objects: [{ "modules": ["…"], … }].'],
  ['a negative argument', '{ "locks": [{ "modules": ["x"], "run": ["r"], "capacity": { "argument": -1 } }] }', '1:73: `argument` must be the index of an argument: 0 is the first.'],
  ['a capacity of nothing', '{ "locks": [{ "modules": ["x"], "run": ["r"], "capacity": {} }] }', '1:59: `capacity` needs `argument`: the index of the argument that says how many may hold the lock.'],
  ['an empty name', '{ "locks": [{ "modules": [""], "run": ["r"] }] }', '1:27: `modules` takes strings that are not empty.'],
  ['a key without quotes', '{ include: [] }', '1:3: Invalid symbol here; correct the JSON.'],
];

describe('a configuration', () => {
  it('is read whole', () => {
    const { configuration, problems } = parse(JSON.stringify(whole));
    const { $schema: _, ...settings } = whole;
    expect(problems).toEqual([]);
    expect(configuration).toEqual({ folder: '', above: '', ...settings });
  });

  it.each(wrong)('with %s is told with its place', (_name, text, message) => {
    expect(problemsIn(text)[0]).toBe(message);
  });

  it('keeps what is right beside what is wrong', () => {
    expect(parse('{ "exclude": ["a", "../b"], "include": ["c"], "x": 1 }').configuration).toMatchObject({ exclude: ['a'], include: ['c'] });
  });
});

describe('the schema', () => {
  /** What a schema cannot say. */
  const beyond = /pattern|backslash|negation|function without|twice|comma|nothing$|key without/;

  it('accepts what is accepted', () => {
    for (const each of [whole, {}, { rules: Object.fromEntries(rules.map((rule) => [rule, 'off'])) }, { locks: [{ modules: ['x'], acquire: ['a'] }, { modules: ['x'], callable: 'run' }] }])
      expect([isValid(each), problemsIn(JSON.stringify(each))]).toEqual([true, []]);
  });

  it.each(wrong.filter(([name]) => !beyond.test(name)))('refuses what is refused: %s', (_name, text) => {
    expect(isValid(JSON.parse(text))).toBe(false);
  });

  it('knows the rules', () => {
    expect(Object.keys(configurationSchema().properties.rules.properties).sort()).toEqual([...rules].sort());
  });
});

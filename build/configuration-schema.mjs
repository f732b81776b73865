// The JSON schema of raceproof.config.json, with the rules that have a page: what an editor completes and explains.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const level = { enum: ['error', 'warning', 'information', 'off'] };
const strings = (description, more = {}) => ({ type: 'array', items: { type: 'string', minLength: 1 }, description, ...more });
const object = (description, properties, more = {}) => ({ type: 'object', additionalProperties: false, description, properties, ...more });

export function configurationSchema() {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Raceproof configuration',
    ...object('What a project says of itself to Raceproof. The nearest raceproof.config.json around a file is the one that counts.', {
      $schema: { type: 'string' },
      rules: object('What a confirmed finding of each rule is worth; off: the rule is not asked.', Object.fromEntries(rules().map(([id, summary]) => [id, { ...level, description: summary }]))),
      severities: object('What findings are worth by their verdict; off: they are not shown. The level of a rule comes before `confirmed`.', {
        confirmed: { ...level, description: 'A schedule that breaks the code was run.' },
        bounded: { ...level, description: 'No such schedule was found within the budget.' },
        unproven: { ...level, description: 'The code could not be run.' },
      }),
      include: strings('Patterns of the files that are checked, relative to this folder; default: all.'),
      exclude: strings('Patterns of files that are not checked, relative to this folder.'),
      entryPoints: object('Which functions may overlap, where the code does not tell. A pattern of files (src/jobs/**), a function (#Account.withdraw), or a function of files (src/api/*#handle).', {
        overlapping: strings('Two runs of these may overlap.'),
        once: strings('These run once in the life of what they touch, so they do not overlap themselves.'),
      }),
      locks: {
        type: 'array',
        description: 'Locks, limiters and queues that Raceproof does not know.',
        items: object(
          'How one library or module of locks is used.',
          {
            modules: strings('Packages, as they are imported, or files (./src/lock), relative to this folder.', { minItems: 1 }),
            makers: strings('Exported classes or functions that make a lock.'),
            wrappers: strings('Exported functions that take a lock and give one.'),
            acquire: strings('Methods of a lock, or exported functions, that wait for it.'),
            release: strings('Methods of a lock, or exported functions, that give it back.'),
            run: strings('Methods of a lock, or exported functions, that run a callback under it.'),
            callable: { enum: ['run', 'acquire'], description: 'A lock is itself a function: one that runs a callback under it, or one that waits for it.' },
            capacity: object('The argument of a maker that says how many may hold the lock; more than one is no mutex.', { argument: { type: 'integer', minimum: 0 }, option: { type: 'string', minLength: 1 } }, { required: ['argument'] }),
          },
          { required: ['modules'], anyOf: [...['acquire', 'run'].map((name) => ({ required: [name], properties: { [name]: { minItems: 1 } } })), { required: ['callable'] }] },
        ),
      },
    }),
  };
}

export function writeSchema() {
  mkdirSync(new URL('dist/', root), { recursive: true });
  writeFileSync(new URL('dist/raceproof.config.schema.json', root), `${JSON.stringify(configurationSchema(), undefined, 2)}\n`);
}

/** Each rule with the first paragraph of its page. */
function rules() {
  const pages = readdirSync(new URL('docs/rules/', root)).filter((name) => name.endsWith('.md') && name !== 'README.md').sort();
  return pages.map((name) => {
    const blocks = readFileSync(new URL(`docs/rules/${name}`, root), 'utf8').split(/\r?\n\r?\n/);
    return [name.slice(0, -'.md'.length), (blocks.find((block) => /^[^#>|`\s-]/.test(block)) ?? '').replaceAll(/\s+/g, ' ').trim()];
  });
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { closeRace, verdictOf } from '../../../src/proof/index.js';
import { RaceSession } from '../../../src/simulator/race.js';
import type { Subject } from '../../../src/simulator/runtime/runner.js';
import { indexedDbPrograms, prelude } from './indexeddb-programs.js';
import { explored } from './scenario-logs.js';

/** What Chromium logs; `test/webview/indexeddb.test.ts` compares it with the browser that is there. */
const facts = JSON.parse(readFileSync(new URL('./indexeddb-facts.json', import.meta.url), 'utf8')) as Record<string, string[]>;

/** What one execution logs, the one in which everything happens as early as it may. */
function loggedBy(program: string): string[] {
  const { race } = closeRace({ file: 'main.race.ts', text: `import { scenario } from 'raceproof';
    export default scenario(() => { const lines: string[] = []; const log = (line: unknown) => { lines.push(String(line)); }; return { tasks: { a: async () => { ${prelude} ${program} } }, observe: () => Object.fromEntries(lines.map((line, at) => ['line ' + at, line])) }; });` }, () => undefined);
  const { outcomes, failure } = new RaceSession(race, (0, eval)(race.program.code) as Subject).explore({ strategy: 'optimal', maxExecutions: 1, maxMilliseconds: 60_000, stopAtFirst: false });
  expect(failure).toBeUndefined();
  const { state } = outcomes[0]!.outcome;
  return Object.keys(state).map((_, at) => JSON.parse(state[`line ${at}`]!) as string);
}

describe('IndexedDB, as in Chromium', () => {
  it.each(Object.entries(indexedDbPrograms))('%s', (name, program) => expect(loggedBy(program)).toEqual(facts[name]));
});

/** A database with two stores is open when the tasks begin. */
const tasks = (setUp: string, body: string): Record<string, string> => ({ 'main.race.ts': `import { scenario } from 'raceproof'; export default scenario(() => { const log: unknown[] = []; ${prelude.replace(/^const logged.*$/m, '')}
  let db: any; void open('shop', 1, (made) => { for (const name of ['items', 'notes']) made.createObjectStore(name); }).then((made) => { db = made; }); ${setUp} return { tasks: { ${body} }, observe: () => ({ log }) }; });` });

describe('IndexedDB that is shared', () => {
  const add = (isOne: boolean): string => `const add = async () => {
    const first = db.transaction('items', '${isOne ? 'readwrite' : 'readonly'}').objectStore('items');
    const n = (await done(first.get('n'))) ?? 0;
    const second = ${isOne ? 'first' : "db.transaction('items', 'readwrite').objectStore('items')"};
    log.push(n + 1);
    await done(second.put(n + 1, 'n'));
  };`;

  it('loses an update that reads in one transaction and writes in another, and none within one', () => {
    expect(explored(tasks(add(false), 'a: add, b: add')).logs).toEqual(['[1, 1]', '[1, 2]']);
    expect(explored(tasks(add(true), 'a: add, b: add')).logs).toEqual(['[1, 2]']);
  });

  it('serves transactions in the order in which they are made, however their answers arrive', () => {
    const run = (stores: string, mode: string): string => `(async () => { const t = db.transaction('${stores}', '${mode}'); await done(t.objectStore('${stores}').get(1)); log.push('${stores} ${mode}'); })`;
    expect(explored(tasks('', `a: async () => { const one = ${run('items', 'readwrite')}(); const other = ${run('items', 'readonly')}(); await one; await other; }`)).logs).toEqual(['["items readwrite", "items readonly"]']);
    expect(explored(tasks('', `a: async () => { const one = ${run('items', 'readonly')}(); const other = ${run('notes', 'readonly')}(); await one; await other; }`)).logs).toEqual(['["items readonly", "notes readonly"]', '["notes readonly", "items readonly"]']);
  });

  it('has an interleaving more only where transactions mind each other', () => {
    const begin = (store: string, mode = 'readwrite'): string => `() => { db.transaction('${store}', '${mode}'); }`;
    const both = (one: string, other: string): number => explored(tasks('', `a: ${one}, b: ${other}`)).executions;
    expect(both(begin('items'), begin('notes'))).toBe(1);
    expect(both(begin('items', 'readonly'), begin('items', 'readonly'))).toBe(1);
    expect(both(begin('items'), begin('items'))).toBe(2);
    expect(both(begin('items'), begin('items', 'readonly'))).toBe(2);
  });

  it('does not commit while somebody else is awaited', () => {
    const { logs } = explored(tasks('', `a: async () => { const t = db.transaction('items', 'readwrite'); await done(t.objectStore('items').put(1, 1)); await pause(); try { t.objectStore('items').put(2, 2); } catch (error) { log.push(error.name); } }`));
    // Whether its end has been told by then is open.
    expect(logs).toEqual(['["InvalidStateError"]', '["TransactionInactiveError"]']);
  });

  it('lets a new version wait for whoever keeps the old one open', () => {
    const stuck = explored(tasks('', `a: async () => { await open('shop', 2); log.push('upgraded'); }`));
    expect([stuck.logs, stuck.problems]).toEqual([['[]'], ['deadlock']]);
    expect(explored(tasks('', `a: async () => { db.onversionchange = (event) => event.target.close(); await open('shop', 2); log.push('upgraded'); }`)).logs).toEqual(['["upgraded"]']);
  });

  it('is one for all agents, between which a transaction is not torn', () => {
    const agents = (isOne: boolean): Record<string, string> => {
      const first = isOne ? 'readwrite' : 'readonly';
      const task = `agent(async () => {
        const done = (request: any) => new Promise<any>((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });
        const opening = indexedDB.open('shop', 1); opening.onupgradeneeded = () => { opening.result.createObjectStore('items'); };
        const db = await done(opening);
        const read = db.transaction('items', '${first}').objectStore('items');
        const n = (await done(read.get('n'))) ?? 0;
        await done((${isOne ? 'read' : "db.transaction('items', 'readwrite').objectStore('items')"}).put(n + 1, 'n'));
        Atomics.add(sum, 0, n + 1);
      })`;
      return { 'main.race.ts': `import { scenario, agent } from 'raceproof'; export default scenario(() => { const sum = new Int32Array(new SharedArrayBuffer(4)); return { tasks: { a: ${task}, b: ${task} }, observe: () => ({ log: Atomics.load(sum, 0) }) }; });` };
    };
    expect(explored(agents(true), 0).logs).toEqual(['3']);
    expect(explored(agents(false), 0).logs).toEqual(['2', '3']);
  });

  it('keeps no value from outside', () => {
    const { race } = closeRace({ file: 'main.race.ts', text: tasks('declare const outside: any;', `a: async () => { db.transaction('items', 'readwrite').objectStore('items').put(outside(), 1); }`)['main.race.ts']! }, () => undefined);
    const exploration = new RaceSession(race, (0, eval)(race.program.code) as Subject).explore({ strategy: 'optimal', maxExecutions: 100, maxMilliseconds: 10_000, stopAtFirst: false });
    expect([verdictOf(exploration), exploration.unmodelled]).toEqual(['unproven', ['`indexedDB` is to keep a value from outside: it']]);
  });
});

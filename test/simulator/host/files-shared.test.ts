import { describe, expect, it } from 'vitest';
import { closeRace } from '../../../src/proof/index.js';
import { RaceSession } from '../../../src/simulator/race.js';
import type { Subject } from '../../../src/simulator/runtime/runner.js';

/** What scenarios observe at the end; every single execution, and one of each class, must say the same. */
function outcomes(text: string): string[] {
  const { race } = closeRace({ file: 'main.race.ts', text }, () => undefined);
  const subject = (0, eval)(race.program.code) as Subject;
  const explored = (strategy: 'naive' | 'optimal'): string[] => {
    const { exhaustive, failure, outcomes: found, problems } = new RaceSession(race, subject).explore({ strategy, maxExecutions: 50_000, maxMilliseconds: 60_000, stopAtFirst: false });
    expect({ failure, exhaustive, problems: problems.map(({ kind, message }) => `${kind} ${message}`) }).toEqual({ failure: undefined, exhaustive: true, problems: [] });
    return found.map(({ outcome }) => outcome.state['seen']!).sort();
  };
  const found = explored('optimal');
  expect(explored('naive')).toEqual(found);
  return found;
}

interface Given {
  readonly setUp?: string;
  readonly seen?: string;
}

/** Tasks by name, each the body of an async function; `log` is theirs if they run in one agent. */
const scenario = (tasks: Readonly<Record<string, string>>, { setUp = '', seen = 'log' }: Given, wrap: string) => `import { scenario, agent } from 'raceproof'; import * as fs from 'node:fs'; import { readFile, writeFile, rename, open, appendFile, readdir, mkdir, unlink } from 'node:fs/promises';
  const attempt = (run) => { try { return run(); } catch (error) { return error.code; } };
  export default scenario(() => { const log: unknown[] = []; ${setUp} return { tasks: { ${Object.entries(tasks).map(([name, body]) => `${name}: ${wrap}(async () => { ${body} })`).join(', ')} }, observe: () => ({ seen: ${seen} }) }; });`;

/** The same tasks on one thread, then on threads of their own. */
const inOne = (tasks: Readonly<Record<string, string>>, given: Given = {}): string[] => outcomes(scenario(tasks, given, ''));
const inAgents = (tasks: Readonly<Record<string, string>>, given: Given = {}): string[] => outcomes(scenario(tasks, given, 'agent'));

const counter = { setUp: `fs.writeFileSync('/n', '0');`, seen: `fs.readFileSync('/n', 'utf8')` };

describe('read, modify, write', () => {
  const add = `const n = Number(await readFile('/n', 'utf8')); await writeFile('/n', String(n + 1));`;
  const addSync = `fs.writeFileSync('/n', String(Number(fs.readFileSync('/n', 'utf8')) + 1));`;

  it('loses updates', () => {
    expect(inOne({ a: add, b: add }, counter)).toEqual(['"1"', '"2"']);
    expect(inAgents({ a: addSync, b: addSync }, counter)).toEqual(['"1"', '"2"']);
  });

  it('is one step on one thread if it is synchronous', () => expect(inOne({ a: addSync, b: addSync }, counter)).toEqual(['"2"']));

  it('loses none behind a lock file, whose loser sees EEXIST', () => {
    const locked = (add: string) => `if (attempt(() => fs.closeSync(fs.openSync('/lock', 'wx'))) !== 'EEXIST') { ${add} fs.unlinkSync('/lock'); } else fs.appendFileSync('/busy', 'x');`;
    const seen = `fs.readFileSync('/n', 'utf8') + (fs.existsSync('/busy') ? ' busy' : '')`;
    expect(inOne({ a: locked(add), b: locked(add) }, { ...counter, seen })).toEqual(['"1 busy"', '"2"']);
    expect(inAgents({ a: locked(addSync), b: locked(addSync) }, { ...counter, seen })).toEqual(['"1 busy"', '"2"']);
  });

  it('appends are lost neither', () => {
    expect(inOne({ a: `await appendFile('/n', 'a');`, b: `await appendFile('/n', 'b');` }, counter)).toEqual(['"0ab"', '"0ba"']);
    expect(inAgents({ a: `fs.appendFileSync('/n', 'a');`, b: `fs.appendFileSync('/n', 'b');` }, counter)).toEqual(['"0ab"', '"0ba"']);
  });
});

it('a copy by cp is of what is there when its turn comes: the old, the new, or the file that was just emptied', () => {
  const given = { setUp: `fs.writeFileSync('/n', 'old');`, seen: `fs.readFileSync('/copy', 'utf8')` };
  expect(inOne({ copier: `await fs.promises.cp('/n', '/copy');`, writer: `await writeFile('/n', 'new');` }, given)).toEqual(['""', '"new"', '"old"']);
  expect(inAgents({ copier: `fs.cpSync('/n', '/copy');`, writer: `fs.writeFileSync('/n', 'new');` }, given)).toEqual(['""', '"new"', '"old"']);
});

describe('a file that is written anew', () => {
  const given = { setUp: `fs.writeFileSync('/c', 'old'); fs.writeFileSync('/seen', '');` };

  it('is seen empty', () => {
    expect(inOne({ w: `await writeFile('/c', 'new');`, r: `log.push(await readFile('/c', 'utf8'));` }, given)).toEqual(['[""]', '["new"]', '["old"]']);
    expect(inAgents({ w: `fs.writeFileSync('/c', 'new');`, r: `fs.writeFileSync('/seen', '<' + fs.readFileSync('/c', 'utf8') + '>');` }, { ...given, seen: `fs.readFileSync('/seen', 'utf8')` })).toEqual(['"<>"', '"<new>"', '"<old>"']);
  });

  it('is seen old or new if it is renamed into place', () => {
    expect(inOne({ w: `await writeFile('/t', 'new'); await rename('/t', '/c');`, r: `log.push(await readFile('/c', 'utf8'));` }, given)).toEqual(['["new"]', '["old"]']);
    expect(inAgents({ w: `fs.writeFileSync('/t', 'new'); fs.renameSync('/t', '/c');`, r: `fs.writeFileSync('/seen', fs.readFileSync('/c', 'utf8'));` }, { ...given, seen: `fs.readFileSync('/seen', 'utf8')` })).toEqual(['"new"', '"old"']);
  });
});

describe('check, then create', () => {
  it('both may find it missing; of two exclusive opens one fails', () => {
    const check = `if (!fs.existsSync('/x')) { await appendFile('/made', 'x'); fs.writeFileSync('/x', ''); }`;
    const exclusive = `if (attempt(() => fs.writeFileSync('/x', '', { flag: 'wx' })) === undefined) await appendFile('/made', 'x');`;
    const seen = `fs.readFileSync('/made', 'utf8')`;
    expect(inOne({ a: check, b: check }, { seen })).toEqual(['"x"', '"xx"']);
    expect(inOne({ a: exclusive, b: exclusive }, { seen })).toEqual(['"x"']);
    const checkSync = check.replace('await appendFile', 'fs.appendFileSync');
    expect(inAgents({ a: checkSync, b: checkSync }, { seen })).toEqual(['"x"', '"xx"']);
    expect(inAgents({ a: exclusive.replace('await appendFile', 'fs.appendFileSync'), b: exclusive.replace('await appendFile', 'fs.appendFileSync') }, { seen })).toEqual(['"x"']);
  });
});

describe('directories', () => {
  it('a listing depends on what is made and removed', () => {
    const given = { setUp: `fs.mkdirSync('/d'); fs.writeFileSync('/d/a', ''); fs.writeFileSync('/seen', '');` };
    expect(inOne({ r: `log.push((await readdir('/d')).join(''));`, b: `await writeFile('/d/b', '');`, c: `await unlink('/d/a');` }, given)).toEqual(['[""]', '["a"]', '["ab"]', '["b"]']);
    expect(inAgents({ r: `fs.writeFileSync('/seen', fs.readdirSync('/d').join(''));`, b: `fs.writeFileSync('/d/b', '');`, c: `fs.unlinkSync('/d/a');` }, { ...given, seen: `fs.readFileSync('/seen', 'utf8')` })).toEqual(['""', '"a"', '"ab"', '"b"']);
  });

  it('rmdir and a file made in it: one of the two fails', () => {
    const given = { setUp: `fs.mkdirSync('/d');`, seen: `fs.readFileSync('/seen', 'utf8')` };
    const tasks = { a: `fs.appendFileSync('/seen', 'a' + attempt(() => fs.rmdirSync('/d')));`, b: `fs.appendFileSync('/seen', 'b' + attempt(() => fs.writeFileSync('/d/x', '')));` };
    expect(inOne(tasks, given)).toEqual(['"aundefinedbENOENT"', '"bundefinedaENOTEMPTY"']);
    expect(inAgents(tasks, given)).toEqual(['"aENOTEMPTYbundefined"', '"aundefinedbENOENT"', '"bENOENTaundefined"', '"bundefinedaENOTEMPTY"']);
  });

  it('a renamed directory takes its files with it', () => {
    const given = { setUp: `fs.mkdirSync('/d'); fs.writeFileSync('/d/x', '1');`, seen: `fs.readFileSync('/seen', 'utf8')` };
    expect(inAgents({ a: `fs.renameSync('/d', '/e');`, b: `fs.appendFileSync('/seen', attempt(() => fs.readFileSync('/d/x', 'utf8')) + attempt(() => fs.readFileSync('/e/x', 'utf8')));` }, given)).toEqual(['"11"', '"1ENOENT"', '"ENOENT1"']);
  });
});

describe('open files', () => {
  it('operations of one FileHandle stand in no order', () => {
    const given = { setUp: `fs.writeFileSync('/f', '');`, seen: `fs.readFileSync('/f', 'utf8')` };
    expect(inOne({ a: `const h = await open('/f', 'w'); await Promise.all([h.write('a'), h.write('b')]); await h.close();` }, given)).toEqual(['"ab"', '"ba"']);
  });

  it('numbers are the lowest that are free', () => {
    expect(inOne({ a: `log.push('a' + fs.openSync('/a', 'w'));`, b: `log.push('b' + fs.openSync('/b', 'w'));` })).toEqual(['["a3", "b4"]', '["b3", "a4"]']);
  });

  const results = (setUp: string, a: string, b: string): string[] => inAgents({ a: `fs.appendFileSync('/seen', 'a' + (${a}));`, b: `fs.appendFileSync('/seen', 'b' + (${b}));` }, { setUp, seen: `fs.readFileSync('/seen', 'utf8')` });

  it('a FileHandle is closed, or not yet', () => {
    const given = { setUp: `fs.writeFileSync('/f', 'x'); let h; const opened = open('/f').then((made) => { h = made; });` };
    const read = `await opened; try { log.push(await h.readFile('utf8')); } catch (error) { log.push(error.code); }`;
    expect(inOne({ a: read, b: `await opened; await h.close();` }, given)).toEqual(['["EBADF"]', '["x"]']);
  });

  it('temporary directories have the first number that is free', () => {
    const made = `log.push(fs.mkdtempSync('/tmp/x-'));`;
    expect(inOne({ a: made, b: made, c: `fs.rmdirSync('/tmp/x-000000');` }, { setUp: `fs.mkdtempSync('/tmp/x-');` })).toEqual(['["/tmp/x-000000", "/tmp/x-000001"]', '["/tmp/x-000001", "/tmp/x-000000"]', '["/tmp/x-000001", "/tmp/x-000002"]']);
  });

  it('have one position for all who read', () => {
    const read = `(() => { const byte = Buffer.alloc(1); fs.readSync(fd, byte); return byte.toString(); })()`;
    expect(results(`fs.writeFileSync('/f', 'xy'); const fd = fs.openSync('/f', 'r');`, read, read)).toEqual(['"axby"', '"aybx"', '"bxay"', '"byax"']);
  });

  it('see how many names are left, whoever removes or replaces one', () => {
    const setUp = `fs.writeFileSync('/f', ''); fs.writeFileSync('/g', ''); const fd = fs.openSync('/f', 'r');`;
    for (const call of [`fs.unlinkSync('/f')`, `fs.renameSync('/g', '/f')`]) {
      expect(results(setUp, `fs.fstatSync(fd).nlink`, `${call}`)).toEqual(['"a0bundefined"', '"a1bundefined"', '"bundefineda0"', '"bundefineda1"']);
    }
  });

  it('a reader keeps the file that it has opened', () => {
    const given = { setUp: `fs.writeFileSync('/f', 'old'); fs.writeFileSync('/g', 'new');` };
    expect(inOne({ a: `const h = await open('/f'); log.push(await h.readFile('utf8'), await readFile('/f', 'utf8'));`, b: `await rename('/g', '/f');` }, given)).toEqual(['["new", "new"]', '["old", "new"]', '["old", "old"]']);
  });
});

describe('different files', () => {
  it('are independent', () => {
    const count = (text: string): number => {
      const { race } = closeRace({ file: 'main.race.ts', text }, () => undefined);
      return new RaceSession(race, (0, eval)(race.program.code) as Subject).explore({ strategy: 'optimal', maxExecutions: 50_000, maxMilliseconds: 60_000, stopAtFirst: false }).executions;
    };
    const tasks = { a: `fs.writeFileSync('/a', '1'); fs.renameSync('/a', '/aa'); fs.readFileSync('/aa'); fs.mkdirSync('/ad');`, b: `fs.writeFileSync('/b', '2'); fs.unlinkSync('/b'); fs.mkdirSync('/bd');` };
    expect(count(scenario(tasks, { seen: '0' }, 'agent'))).toBe(1);
    expect(count(scenario({ a: `await writeFile('/a', '1'); await rename('/a', '/aa');`, b: `await writeFile('/b', '2'); await unlink('/b');` }, { seen: '0' }, ''))).toBe(1);
  });
});

it('what is not simulated says so', () => {
  expect(inOne({ a: `for (const name of ['watchFile', 'statfs', 'chownSync']) try { fs[name]('/x'); } catch (error) { log.push(error.message); }` })).toEqual(['["fs.watchFile is not simulated", "fs.statfs is not simulated", "fs.chownSync is not simulated"]']);
  expect(inOne({ a: `try { fs.cpSync('/x', '/y', { filter: () => true }); } catch (error) { log.push(error.message); }` })).toEqual(['["the option \\"filter\\" of fs.cp is not simulated"]']);
});

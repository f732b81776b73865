import { describe, expect, it } from 'vitest';
import { analyse, createAnalyser } from '../../src/analysis/index.js';
import { noConfiguration, type Configuration } from '../../src/model/index.js';

const found = (text: string, configuration: Partial<Configuration> = {}, file = 'src/subject.ts') =>
  analyse({ file, text }, { configuration: { ...noConfiguration, ...configuration } }).findings.map(({ rule }) => rule);

const counter = `let n = 0;
export async function count(g) { n = n + (await g()); }`;

describe('rules', () => {
  it('that are off are not asked', () => {
    expect(found(counter)).toEqual(['lost-update']);
    expect(found(counter, { rules: { 'lost-update': 'off' } })).toEqual([]);
    expect(found(counter, { rules: { 'lost-update': 'error' } })).toEqual(['lost-update']);
  });

  it('that are off do not come back under the name of another', () => {
    const text = 'let client;\nexport async function get(open) { if (!client) client = await open(); return client; }';
    expect(found(text)).toEqual(['double-initialization']);
    expect(found(text, { rules: { 'double-initialization': 'off' } })).toEqual([]);
  });

  it('that are named on the command line are asked all the same', () => {
    expect(analyse({ file: 'a.ts', text: counter }, { rules: ['lost-update'], configuration: { ...noConfiguration, rules: { 'lost-update': 'off' } } }).findings).toHaveLength(1);
  });
});

describe('entry points', () => {
  const entryPoints = (overlapping: string[], once: string[] = []) => ({ entryPoints: { overlapping, once } });

  it.each([[['#count']], [['src/subject.ts#count']], [['src/**']], [['src']], [['src/*#c*']]])('%j runs once and does not overlap itself', (once) => {
    expect(found(counter, entryPoints([], once))).toEqual([]);
  });

  it.each([[['#other']], [['src/other.ts#count']], [['lib/**']]])('%j is somebody else', (once) => {
    expect(found(counter, entryPoints([], once))).toEqual(['lost-update']);
  });

  it('that overlap are seen where the code does not tell', () => {
    const hidden = 'let n = 0;\nasync function count(g) { n = n + (await g()); }';
    expect(found(hidden)).toEqual([]);
    expect(found(hidden, entryPoints(['#count']))).toEqual(['lost-update']);
    expect(found(hidden, entryPoints(['src/**']))).toEqual([]);
  });

  it('of a file that overlaps do so whatever their names say', () => {
    const main = counter.replace('count', 'main');
    expect(found(main)).toEqual([]);
    expect(found(main, entryPoints(['src/**']))).toEqual(['lost-update']);
  });

  it('are decided by their own name before their file, and run once if said both ways', () => {
    expect(found(counter, entryPoints(['#count'], ['src/**']))).toEqual(['lost-update']);
    expect(found(counter, entryPoints(['src/**'], ['#count']))).toEqual([]);
    expect(found(counter, entryPoints(['#count'], ['#count']))).toEqual([]);
  });

  it('are methods too', () => {
    const text = 'export class Account { balance = 0; async withdraw(g) { this.balance = this.balance + (await g()); } }';
    expect(found(text)).toEqual(['lost-update']);
    expect(found(text, entryPoints([], ['#Account.withdraw']))).toEqual([]);
    expect(found(text, { folder: 'src', ...entryPoints([], ['subject.ts']) })).toEqual([]);
  });
});

describe('own locks', () => {
  const lock = { modules: ['@acme/gate'], makers: ['Gate'], acquire: ['pass'], release: ['leave'], run: ['guard', 'guarded'] };

  it.each([
    ['a method that runs a callback', `import { Gate } from '@acme/gate'; const g = new Gate(); let n = 0;\nexport async function f(h) { await g.guard(async () => { n = n + (await h()); }); }`],
    ['methods that take and give back', `import { Gate } from '@acme/gate'; const g = new Gate(); let n = 0;\nexport async function f(h) { await g.pass(); try { n = n + (await h()); } finally { g.leave(); } }`],
    ['a function that runs a callback', `import { guard } from '@acme/gate'; let n = 0;\nexport async function f(h) { await guard('n', async () => { n = n + (await h()); }); }`],
    ['functions that take and give back', `import * as gate from '@acme/gate'; let n = 0;\nexport async function f(h) { await gate.pass('n'); try { n = n + (await h()); } finally { gate.leave('n'); } }`],
  ])('are understood: %s', (_name, text) => {
    expect(found(text)).toEqual(['lost-update']);
    expect(found(text, { locks: [lock] })).toEqual([]);
    expect(found(text, { locks: [{ ...lock, makers: [], acquire: [], run: [] }] })).toEqual(['lost-update']);
  });

  it('hold only what lies under them', () => {
    expect(found(`import { guard } from '@acme/gate'; let n = 0;\nexport async function f(h) { const old = n; await guard('n', async () => { await h(); }); n = old + 1; }`, { locks: [lock] })).toEqual(['lost-update']);
  });

  it('are given back by their own key only', () => {
    const text = (key: string) => `import { pass, leave } from '@acme/gate'; let n = 0;\nexport async function f(h) { await pass('n'); try { const old = n; await h(); leave(${key}); await h(); n = old + 1; } finally { leave('n'); } }`;
    expect(found(text(`'m'`), { locks: [lock] })).toEqual([]);
    expect(found(text(`'n'`), { locks: [lock] })).toEqual(['lost-update']);
  });

  it.each(['./gate', './gate.js', './gate/index'])('are files, imported as %s', (specifier) => {
    const text = `import { guard } from '${specifier}'; let n = 0;\nexport async function f(h) { await guard(async () => { n = n + (await h()); }); }`;
    expect(found(text, { locks: [{ ...lock, modules: ['./src/gate.ts'] }] })).toEqual([]);
    expect(found(text, { folder: 'src', locks: [{ ...lock, modules: ['./gate.ts'] }] })).toEqual([]);
    expect(found(text, { locks: [{ ...lock, modules: ['./gate.ts'] }] })).toEqual(['lost-update']);
  });
});

it('one analyser serves several configurations', () => {
  const analyser = createAnalyser();
  const once = { ...noConfiguration, entryPoints: { overlapping: [], once: ['#count'] } };
  const count = (configuration: Configuration) => analyser.analyse({ file: 'a.ts', text: counter }, { configuration }).findings.length;
  expect([noConfiguration, once, noConfiguration, { ...once, folder: 'src' }, once].map(count)).toEqual([1, 0, 1, 0, 0]);
});

import { describe, expect, test } from 'vitest';
import { analyse, subjectAt } from '../../src/analysis/index.js';

const analyseText = (text: string, file = 'subject.ts') => analyse({ file, text });

describe('a file that nothing can be said of', () => {
  test('is skipped if no word that can matter occurs', () => {
    expect(analyseText('let n = 0; export function f() { n++; }')).toMatchObject({ parsed: false, findings: [], functions: [] });
  });

  test('is skipped if it is a test where only the runner waits, and nobody asks for its functions', () => {
    const inTest = (text: string) => analyse({ file: 'src/orders.test.ts', text }, { functions: false }).parsed;
    const runner = "let n = 0;\nbeforeEach(async () => { n = await reset(); });\nit('counts', async () => { expect(await count()).toBe(n); });\n";
    expect(inTest(runner)).toBe(false);
    expect(inTest(`${runner}async function count() { const before = n; await tick(); n = before + 1; }`)).toBe(true);
    expect(inTest(`${runner}it('each', () => { items.forEach(async (item) => { n += await item.count(); }); });`)).toBe(true);
    expect(inTest(`${runner}it('later', () => load().then(() => { n++; }));`)).toBe(true);
    expect(analyse({ file: 'src/orders.ts', text: runner }, { functions: false }).parsed).toBe(true);
    expect(analyse({ file: 'src/orders.test.ts', text: runner }).parsed).toBe(true);
  });

  test.each(['// First this, then that.', 'fail(err);', `const ask = 'if so then';`])('is skipped for words that tell of nothing: %s', (text) => {
    expect(analyseText(`let n = 0;\n${text}`).parsed).toBe(false);
  });

  test.each(['load()\n  .then(use);', 'load()?.then(use);', `const p = { then(use) {} };`, `const { then } = p;`, `p['then'](use);`, 'load((err) => { n += 1; });', 'load(function (error) { n += 1; });', 'load((err, data) => { n = data; });'])('is read for %s', (text) => {
    expect(analyseText(`let n = 0;\n${text}`).parsed).toBe(true);
  });

  test('is reported with the place of its syntax error', () => {
    const { failure } = analyseText('async function f() {\n  let x = ;\n}');
    expect(failure).toMatchObject({ message: 'Expression expected.', range: { start: { line: 2, column: 11 } } });
  });

  test('is reported where only the analysis of its scopes finds it wrong', () => {
    const { failure } = analyseText('async function f() {\n  for (await using of x);\n}');
    expect(failure).toMatchObject({ range: { start: { line: 2 } } });
  });

  test.each([
    ['brackets', `await ${'('.repeat(20_000)}`],
    ['binary operators', `export async function f() { return ${Array.from({ length: 20_000 }, () => 'a').join(' + ')}; }`],
    ['blocks', `export async function f() { ${'{'.repeat(20_000)}${'}'.repeat(20_000)} }`],
    ['a long line', `export async function f() { ${'a(b);'.repeat(60_000)} }`],
    ['nested finally', `let n = 0; export async function f() { ${'try { if (g()) return; await a(); '.repeat(40)} n += await a(); ${'} finally { await b(); }'.repeat(40)} }`],
    ['a chain of calls', `let n = 0; export async function f(q: Query) { const before = n; await q${'.and()'.repeat(60)}.run(); n = before + 1; }`],
    ['nothing', ''],
  ])('does not crash on %s', (_name, text) => {
    expect(analyseText(text).findings.length).toBeLessThan(2);
  });
});

describe('syntax by extension', () => {
  test.each(['a.tsx', 'a.jsx', 'a.js'])('%s may hold elements', (file) => {
    expect(analyseText('let n = 0; export async function f() { n += await g(); return <b>{n}</b>; }', file).findings).toHaveLength(1);
  });

  test.each(['a.ts', 'a.mts', 'a.cts'])('%s may hold assertions', (file) => {
    expect(analyseText('let n = 0; export async function f() { n += <number>await g(); }', file).findings).toHaveLength(1);
  });
});

describe('subjects', () => {
  const analysis = analyseText(`import { Mutex } from 'async-mutex';
export class Counter {
  private mutex = new Mutex();
  private n = 0;
  async inc() {
    await this.mutex.runExclusive(async () => {
      const n = this.n;
      await work();
      this.n = n + 1;
    });
  }
  async reset() {
    await this.mutex.runExclusive(() => { this.n = 0; });
  }
}`);

  test('keep the regions that a lock makes safe', () => {
    expect(analysis.findings).toEqual([]);
    expect(analysis.functions.find(({ entry }) => entry.name === 'Counter.inc')).toMatchObject({ isAsync: true, regions: [{ location: 'Counter#n', dependence: 'update' }] });
  });

  test('know who else touches their places', () => {
    expect(analysis.functions.find(({ entry }) => entry.name === 'Counter.inc')?.partners.map(({ name }) => name)).toEqual(['Counter.inc', 'Counter.reset']);
  });

  test('are found by line', () => {
    expect(subjectAt(analysis, { line: 8, column: 1 })).toMatchObject({ entry: { name: 'Counter.inc' } });
    expect(subjectAt(analysis, { line: 1, column: 1 })).toBeUndefined();
  });
});

test('only the rules that are asked for speak', () => {
  const text = 'let n = 0; export async function f() { n += await g(); }';
  expect(analyse({ file: 'a.ts', text }, { rules: ['check-then-act'] }).findings).toEqual([]);
});

test('a callback that calls the function around it with its own parameter ends no analysis', () => {
  const { parsed, findings } = analyseText(`
    interface Line { servers(): Promise<string[]>; known: string[]; timer: unknown }

    function keepServers(line: Line) {
      line.servers().then((servers) => {
        line.known = servers;
        line.timer = setTimeout(() => keepServers(line), 60_000);
      }, () => {
        line.timer = setTimeout(() => keepServers(line), 1_000);
      });
    }

    export class Calls {
      private versions: string[] | null = null;
      constructor(private readonly line: Line, private readonly ask: (path: string) => Promise<string[]>) {}

      start() {
        keepServers(this.line);
      }

      async getVersions() {
        if (this.versions === null) this.versions = await this.ask('/versions');
        return this.versions;
      }
    }`);
  expect({ parsed, rules: findings.map(({ rule }) => rule) }).toEqual({ parsed: true, rules: ['double-initialization'] });
});

import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/index.js';
import type { Finding } from '../../src/model/index.js';
import { prove } from '../../src/proof/index.js';
import { useEngine } from './judging.js';

const engine = useEngine();

const board = (parameter: string, asked: string, types = '') => `
  import { api } from './api';
  ${types}
  export class Board {
    entries: unknown;
    async refresh(${parameter}): Promise<void> {
      const answer = await api.load(${asked});
      this.entries = answer.entries;
    }
  }`;

/** As the analysis of a whole program says it: the request is made in another file, which is too large to take part. */
const askedElsewhere = (finding: Finding): Finding => {
  const place = { file: 'far/large.ts', start: { line: 7, column: 3 }, end: { line: 7, column: 12 } };
  return { ...finding, region: { ...finding.region, reads: [place], suspensions: [place] } };
};

describe('an answer that overwrites that to a later question', () => {
  it('is seen where all that may be asked is optional', async () => {
    const judged = await engine.check(board('options?: Options', 'options', 'interface Options { readonly page?: number; readonly signal?: AbortSignal }'));
    expect(judged.map(({ finding, proof }) => [finding.rule, proof.verdict])).toEqual([['out-of-order-response', 'confirmed']]);
    expect(judged[0]!.proof.scenario!.tasks.map(({ name }) => name)).toEqual(['refresh({"page":1})', 'refresh({"page":2})']);
  });

  it('and where a field of what is asked has a default', async () => {
    const judged = await engine.check(board('{ page }: Options = {}', 'page', 'interface Options { readonly page?: number }'));
    expect(judged.map(({ proof }) => proof.verdict)).toEqual(['confirmed']);
  });

  it('is not refuted where all ask the same', async () => {
    const judged = await engine.check(board('', '"all"'));
    expect(judged.map(({ proof }) => proof.verdict)).not.toContain('refuted');
  });

  it('is seen where the request is made in a file that takes no part', async () => {
    const source = { file: 'subject.ts', text: board('page: number', 'page') };
    const [finding] = analyse(source).findings;
    const proof = await prove(askedElsewhere(finding!), source, engine.simulator);
    expect(proof.verdict, proof.reason).toBe('confirmed');
  });

  it('and not where only the last to ask may show its answer', async () => {
    const source = { file: 'subject.ts', text: board('page: number', 'page') };
    const cured = { file: 'subject.ts', text: source.text.replace('const answer', 'const turn = ++this.turn; const answer').replace('this.entries =', 'if (turn === this.turn) this.entries =').replace('entries: unknown;', 'entries: unknown; private turn = 0;') };
    const [finding] = analyse(source).findings;
    const moved = (text: string): number => cured.text.split('\n').findIndex((line) => line.includes(text)) + 1;
    const act = finding!.region.acts[0]!;
    const [line, before] = [moved('this.entries ='), cured.text.split('\n')[moved('this.entries =') - 1]!];
    const column = before.indexOf('this.entries') + 1;
    const at = { file: 'subject.ts', start: { line, column }, end: { line, column: column + act.end.column - act.start.column } };
    const { region } = askedElsewhere(finding!);
    const proof = await prove({ ...finding!, region: { ...region, acts: [at] } }, cured, engine.simulator);
    expect(proof.verdict).not.toBe('confirmed');
  });
});

describe('what is put in its place after the end of all', () => {
  const player = `
    import { launch, find, type Browser } from './browsers';
    export class Player {
      private browser: Browser | undefined;
      async launchBrowser(): Promise<void> {
        const path = await find();
        this.browser = await launch(path);
      }
      async closeBrowser(): Promise<void> {
        if (!this.browser) return;
        await this.browser.close();
        this.browser = undefined;
      }
    }`;

  it('is not refuted, though all ends as if the end had come first', async () => {
    const source = { file: 'subject.ts', text: player };
    const [finding] = analyse(source).findings;
    expect([finding?.rule, finding?.message.split(': ').at(-1)]).toEqual(['out-of-order-response', 'nobody ends what is put there.']);
    const proof = await prove(askedElsewhere(finding!), source, engine.simulator);
    expect(proof.verdict).toBe('unproven');
    expect(proof.reason).toMatch(/^all \d+ interleavings end as if what ends it all had come first or last/);
  });
});

it('where nothing was asked in any run nothing is refuted, though the last to come always wins', async () => {
  const text = `export class Watcher {
    shown = '';
    private turn = 0;
    private readonly known = new Map<string, string>();
    constructor(private readonly api: { load(name: string): Promise<string> }) {}
    async show(name: string): Promise<void> { const turn = ++this.turn; await this.refresh(); await this.api.ready(); if (turn === this.turn) this.shown = name; }
    private async refresh(): Promise<void> { for (const [name] of this.known) this.known.set(name, await this.api.load(name)); }
  }`;
  const at = (piece: string): Finding['region']['acts'][number] => {
    const [before, offset] = [text.slice(0, text.indexOf(piece)).split('\n'), text.indexOf(piece)];
    const start = { line: before.length, column: offset - text.lastIndexOf('\n', offset) };
    return { file: 'subject.ts', start, end: { line: start.line, column: start.column + piece.length } };
  };
  const { entry } = analyse({ file: 'subject.ts', text }).functions.find(({ entry: { name } }) => name === 'Watcher.show')!;
  const act = at('this.shown');
  const region = { location: 'Watcher#shown', dependence: 'response', reads: [at('this.api.load(name)')], suspensions: [at('await this.refresh()'), at('await this.api.ready()')], acts: [act] } as const;
  const finding: Finding = { rule: 'out-of-order-response', category: 'ordering', oracle: 'region', message: '', range: act, location: region.location, accesses: [], region, overlaps: [[entry, entry]] };
  const proof = await prove(finding, { file: 'subject.ts', text }, engine.simulator);
  expect(proof.executions).toBeGreaterThan(0);
  expect(['bounded', 'unproven'], proof.reason).toContain(proof.verdict);
});

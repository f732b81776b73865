import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { EntryPoint, Finding, SourceRange } from '../../src/model/index.js';
import { simulate, type ScenarioProof } from '../../src/proof/index.js';
import type { Simulator } from '../../src/simulator/index.js';
import { createNodeSimulator, type NodeSimulatorOptions } from '../../src/simulator/node.js';

/** A simulator whose worker is bundled for this test alone, as esbuild.mjs would. */
export async function bundledSimulator(options: Omit<NodeSimulatorOptions, 'workerPath'> = {}): Promise<Simulator> {
  const directory = mkdtempSync(join(tmpdir(), 'raceproof-worker-'));
  const { bundles, settingsOf } = (await import(new URL('../../esbuild.mjs', import.meta.url).href)) as { bundles: { outfile: string }[]; settingsOf: (bundle: object, mode: object) => object };
  const bundle = bundles.find(({ outfile }) => outfile.endsWith('simulator-worker.js'))!;
  const outfile = join(directory, 'worker.mjs');
  await build({ ...settingsOf({ ...bundle, outfile }, { production: true }), outfile });
  const simulator = createNodeSimulator({ workerPath: outfile, ...options });
  return {
    explore: (...args) => simulator.explore(...args),
    replay: (...args) => simulator.replay(...args),
    study: (...args) => simulator.study(...args),
    exploreRace: (...args) => simulator.exploreRace(...args),
    replayRace: (...args) => simulator.replayRace(...args),
    dispose: async () => { await simulator.dispose(); rmSync(directory, { recursive: true }); },
  };
}

const file = 'subject.ts';

/** A counter that loses updates, with `hostile` text beside and inside it. */
export function counter(hostile: { readonly top?: string; readonly inside?: string; readonly between?: string; readonly result?: string }): string {
  return [
    'declare function save(value: number): Promise<void>;',
    'let count = 0;',
    hostile.top ?? '',
    'export async function bump() {',
    `  ${hostile.inside ?? ''}`,
    '  const seen = count;',
    '  await save(seen);',
    `  ${hostile.between ?? ''}`,
    '  count = seen + 1;',
    `  return ${hostile.result ?? 'seen'};`,
    '}',
  ].join('\n');
}

export function findingIn(text: string): Finding {
  const range = (from: number, to: number): SourceRange => ({ file, start: position(text, from), end: position(text, to) });
  const at = (needle: string, offset: number, length: number): SourceRange => range(text.indexOf(needle) + offset, text.indexOf(needle) + offset + length);
  const read = at('const seen = count', 'const seen = '.length, 'count'.length);
  const act = at('count = seen + 1', 0, 'count'.length);
  const entry: EntryPoint = { name: 'bump', range: range(text.indexOf('export async function bump'), text.length), path: { root: 'bump', steps: [] }, isPublic: true };
  return {
    rule: 'lost-update', category: 'atomicity', oracle: 'region', message: 'count may lose updates', range: act, location: 'count', accesses: [],
    region: { location: 'count', dependence: 'update', reads: [read], suspensions: [at('await save(seen)', 0, 'await save(seen)'.length)], acts: [act] }, overlaps: [[entry, entry]],
  };
}

function position(text: string, offset: number): SourceRange['start'] {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}

export function run(text: string, simulator: Simulator, signal?: AbortSignal): Promise<ScenarioProof> {
  return simulate(findingIn(text), { file, text }, simulator, { maxExecutions: 500, maxMilliseconds: 1_000, ...(signal && { signal }) });
}

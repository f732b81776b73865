import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { exceptions } from '../exceptions.js';
import { changed, classify, type Outcome } from './exceptions.js';
import { realmFactory, type Mode } from './realms.js';
import { Compiler, failureOf } from './run-test.js';
import { areas, exclusionOf, isAbout, proposalsOf } from './selection.js';
import { parseTest } from './test-file.js';

export interface MainOptions {
  /** A checkout of the suite. */
  readonly root: string;
  /** Only tests whose path contains this. */
  readonly only: string;
  readonly bundles: Readonly<Record<Mode, string>>;
  /** Where to write every result as JSON. */
  readonly json?: string;
}

type Result = { readonly path: string; readonly excluded: string } | Outcome;

/** Runs what is selected and prints the rates and what is not as written down. Gives the exit code. */
export function main(options: MainOptions): number {
  const results = [...runAll(options)];
  if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(results));
  const outcomes = results.filter((result): result is Outcome => !('excluded' in result));
  printRates(results, outcomes);
  const { counts, unexpected } = classify(outcomes, exceptions);
  for (const [{ mode, reason }, count] of counts) if (count > 0) console.log(`  ${count} fail (${mode}): ${reason}`);
  const wrong = [...unexpected, ...(options.only === '' ? changed(counts) : [])];
  for (const line of wrong) console.log(line);
  return wrong.length === 0 ? 0 : 1;
}

function* runAll({ root, only, bundles }: MainOptions): Generator<Result> {
  const proposals = proposalsOf(readFileSync(join(root, 'features.txt'), 'utf8'));
  const compiler = new Compiler(root);
  const machinery = realmFactory(bundles.machinery);
  const subject = realmFactory(bundles.subject)();
  for (const file of areas.map((area) => join(root, 'test', area)).filter(existsSync).flatMap((folder) => [...filesIn(folder)])) {
    const path = relative(join(root, 'test'), file);
    if (!path.includes(only) || !isAbout(path)) continue;
    const test = parseTest(path, readFileSync(file, 'utf8'));
    const excluded = exclusionOf(test, proposals);
    if (excluded !== undefined) {
      yield { path, excluded };
      continue;
    }
    const pieces = compiler.piecesOf(test);
    if (typeof pieces === 'string') yield { path, machinery: pieces, subject: pieces };
    else yield { path, machinery: failureOf(test, pieces, machinery()), subject: failureOf(test, pieces, subject) };
  }
}

function* filesIn(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else if (entry.name.endsWith('.js') && !entry.name.includes('_FIXTURE')) yield path;
  }
}

function printRates(results: readonly Result[], outcomes: readonly Outcome[]): void {
  const excluded = new Map<string, number>();
  for (const result of results) if ('excluded' in result) excluded.set(result.excluded, (excluded.get(result.excluded) ?? 0) + 1);
  console.log(`${results.length} tests, ${outcomes.length} run`);
  for (const [reason, count] of excluded) console.log(`  ${count} not run: ${reason}`);
  for (const mode of ['machinery', 'subject'] as const) {
    const passed = outcomes.filter((outcome) => outcome[mode] === undefined).length;
    console.log(`${mode}: ${passed} of ${outcomes.length} pass (${((100 * passed) / outcomes.length).toFixed(2)} %)`);
  }
}

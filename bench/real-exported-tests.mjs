// Which of the findings of whole repositories that are confirmed get a regression test, how it fails on the code as it is, whether it passes on a cure, and why the others have none.
// The repositories need their packages installed. Usage: node bench/real-exported-tests.mjs FOLDER… [--match TEXT] [--findings FILE] [--proofs FILE] [--cures FOLDER] [--show] [--patience N] [--export FRAMEWORK] [--without-fixes]
// `--match`, `--findings`, `--proofs`, `--patience`: as in `bench/real-fixes.mjs`; proofs are kept with their fixes. `--show`: the tests. `--without-fixes`: no fixes are looked for. `--export`: not in the project's own framework but in this one.
// `--cures`: files that a person has cured, as `REPOSITORY/PATH@LINE` for the finding in that line of that file; they go before the proved fix.
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleEngine } from './bundle.mjs';
import { findingsIn, grouped, keep, keptIn, printReasons, provable, sourceOf } from './real-findings.mjs';

const { values: options, positionals: folders } = parseArgs({ allowPositionals: true, options: { match: { type: 'string' }, findings: { type: 'string' }, proofs: { type: 'string' }, show: { type: 'boolean' }, patience: { type: 'string' }, export: { type: 'string' }, cures: { type: 'string' }, 'without-fixes': { type: 'boolean' } } });
const engine = await bundleEngine();
const { readModules, prove, proveFixes, testFor, createNodeSimulator, workerPath, dispose } = engine;
const kept = keptIn(options.findings);
const proofs = keptIn(options.proofs);
const patience = Number(options.patience ?? 1);
const rows = [];
const byPerson = 'what a person has cured';
try {
  for (const folder of folders) await judge(resolve(folder));
} finally {
  dispose();
  keep(options.proofs, proofs);
}
console.log('\n| repository | confirmed | with a test that fails | of them run on a cure | and pass | of them a person\'s |\n| --- | --- | --- | --- | --- | --- |');
for (const [name, all] of [...grouped(rows, ({ repository }) => repository), ['all', rows]]) {
  const tests = all.filter(({ test }) => test);
  const cured = all.filter(({ hasCure, test, failsOnCure }) => hasCure && (test || failsOnCure));
  console.log(`| ${name} | ${all.length} | ${tests.length} | ${cured.length} | ${tests.filter(({ test }) => test.passesWith !== undefined).length} | ${tests.filter(({ test }) => test.passesWith === byPerson).length} |`);
}
printReasons(rows.filter(({ test }) => !test));

async function judge(folder) {
  const read = readModules(folder);
  kept[folder] ??= findingsIn(folder, read, engine);
  keep(options.findings, kept);
  const simulator = createNodeSimulator({ workerPath });
  for (const finding of provable(kept[folder], options.match)) {
    const { rule, range: { file, start: { line } } } = finding;
    const source = sourceOf(finding, folder, engine);
    const known = (proofs[`${folder} ${rule} ${file}:${line}`] ??= { proof: await prove(finding, source, simulator, { read, patience }) });
    if (known.proof.verdict === 'confirmed' && !options['without-fixes']) known.fixes ??= await fixesOf(finding, source, known.proof, simulator, read);
    keep(options.proofs, proofs);
    const { proof } = known;
    if (proof.verdict !== 'confirmed') continue;
    const fixes = [...curesOf(folder, source, line), ...(known.fixes ?? []).filter(({ verdict }) => verdict === 'proved')];
    const row = { repository: basename(folder), hasCure: fixes.length > 0, ...(await testOf({ subject: finding, source, proof, fixes, read }, simulator, folder)) };
    rows.push(row);
    const { test, reason } = row;
    console.log(`${basename(folder)}/${file}:${line} ${rule}: ${test ? `${test.file} fails: ${test.failure}${test.passesWith === undefined ? '' : `; passes with “${test.passesWith}”`}` : `none. ${reason}`}`);
    if (options.show && test) console.log(test.text);
  }
  await simulator.dispose();
}

function fixesOf(finding, source, proof, simulator, read) {
  return proveFixes(finding, source, simulator, { read, proof, most: 1, signal: AbortSignal.timeout(10_000 * patience) }).catch(() => []);
}

/** What a person has made of the file, as a fix. */
function curesOf(folder, { file, text }, line) {
  const path = options.cures && join(options.cures, basename(folder), `${file}@${line}`);
  if (!path || !existsSync(path)) return [];
  const lines = text.split('\n');
  const range = { file, start: { line: 1, column: 1 }, end: { line: lines.length, column: lines.at(-1).length + 1 } };
  return [{ title: byPerson, verdict: 'proved', edits: [{ range, text: readFileSync(path, 'utf8') }] }];
}

async function testOf(about, simulator, folder) {
  try {
    return { test: await testFor(about, simulator, { cwd: folder, ...(options.export && { framework: options.export }) }) };
  } catch (error) {
    const reason = error.name === 'NoTest' ? error.message : error.stack;
    return { reason, failsOnCure: /the code with the fix/.test(reason) };
  }
}

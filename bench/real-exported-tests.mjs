// Which of the findings of whole repositories that are confirmed get a regression test, how it fails on the code as it is, whether it passes with the proved fix, and why the others have none.
// The repositories need their packages installed. Usage: node bench/real-exported-tests.mjs FOLDER… [--match TEXT] [--findings FILE] [--proofs FILE] [--show] [--patience N] [--export FRAMEWORK] [--without-fixes]
// `--match`, `--findings`, `--proofs`, `--patience`: as in `bench/real-fixes.mjs`; proofs are kept with their fixes. `--show`: the tests. `--without-fixes`: tests run on the code as it is only. `--export`: not in the project's own framework but in this one.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleEngine } from './bundle.mjs';

const { values: options, positionals: folders } = parseArgs({ allowPositionals: true, options: { match: { type: 'string' }, findings: { type: 'string' }, proofs: { type: 'string' }, show: { type: 'boolean' }, patience: { type: 'string' }, export: { type: 'string' }, 'without-fixes': { type: 'boolean' } } });
const { createAnalyser, readModules, discover, readSource, prove, proveFixes, testFor, createNodeSimulator, workerPath, dispose } = await bundleEngine();
const kept = keptIn(options.findings);
const proofs = keptIn(options.proofs);
const patience = Number(options.patience ?? 1);
const rows = [];
try {
  for (const folder of folders) await judge(resolve(folder));
} finally {
  dispose();
  keep(options.proofs, proofs);
}
console.log('\n| repository | confirmed | with a test | of them pass with a proved fix |\n| --- | --- | --- | --- |');
for (const [name, all] of [...grouped(rows, ({ repository }) => repository), ['all', rows]]) console.log(`| ${name} | ${all.length} | ${all.filter(({ test }) => test).length} | ${all.filter(({ test }) => test?.passesWith !== undefined).length} |`);
const reasons = grouped(rows.filter(({ test }) => !test), ({ reason }) => reason.replace(/`[^`]*`|'[^']*'|“[^”]*”|\d+/g, '…').slice(0, 160));
console.log('\n| why there is none | findings |\n| --- | --- |');
for (const [reason, all] of [...reasons].sort(([, a], [, b]) => b.length - a.length)) console.log(`| ${reason.replaceAll('|', '\\|')} | ${all.length} |`);

async function judge(folder) {
  const read = readModules(folder);
  kept[folder] ??= analyse(folder, read);
  keep(options.findings, kept);
  const simulator = createNodeSimulator({ workerPath });
  for (const finding of kept[folder].filter(({ oracle, rule, range }) => oracle !== 'none' && (!options.match || `${range.file}:${range.start.line} ${rule}`.includes(options.match)))) {
    const { rule, range: { file, start: { line } } } = finding;
    const source = { file, text: readSource({ path: resolve(folder, file), file, isNamed: true }).text };
    const known = (proofs[`${folder} ${rule} ${file}:${line}`] ??= { proof: await prove(finding, source, simulator, { read, patience }) });
    if (known.proof.verdict === 'confirmed' && !options['without-fixes']) known.fixes ??= await fixesOf(finding, source, known.proof, simulator, read);
    keep(options.proofs, proofs);
    const { proof, fixes = [] } = known;
    if (proof.verdict !== 'confirmed') continue;
    const row = { repository: basename(folder), ...(await testOf({ subject: finding, source, proof, fixes, read }, simulator, folder)) };
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

async function testOf(about, simulator, folder) {
  try {
    return { test: await testFor(about, simulator, { cwd: folder, ...(options.export && { framework: options.export }) }) };
  } catch (error) {
    return { reason: error.name === 'NoTest' ? error.message : error.stack };
  }
}

function analyse(folder, read) {
  const analyser = createAnalyser(read);
  return discover([folder], folder).candidates.flatMap((candidate) => {
    const reading = readSource(candidate);
    return reading.kind === 'text' ? analyser.analyse({ file: candidate.file, text: reading.text }, { functions: false }).findings : [];
  });
}

function keptIn(file) {
  return file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function keep(file, value) {
  if (file) writeFileSync(file, JSON.stringify(value));
}

function grouped(all, keyOf) {
  const groups = new Map();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

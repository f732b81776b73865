// Which of the findings of whole repositories that are confirmed get a proved fix, why the others do not, and what looking for one takes.
// Usage: node bench/real-fixes.mjs FOLDER… [--match TEXT] [--findings FILE] [--proofs FILE] [--show] [--patience N]
// `--match`: only findings whose file or rule contains the text. `--findings`: keeps what was found (as `bench/verdicts.mjs --findings` does), not to analyse the same folders again;
// `--proofs`: keeps the proofs too, so that a second run only looks for fixes. `--show`: what each proved fix changes.
// `--patience N`: fixes of one finding have N times their 10 s, for a busy machine.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleEngine } from './bundle.mjs';
import { findingsIn, grouped, keep, keptIn, printReasons, provable, sourceOf } from './real-findings.mjs';

const { values: options, positionals: folders } = parseArgs({ allowPositionals: true, options: { match: { type: 'string' }, findings: { type: 'string' }, proofs: { type: 'string' }, show: { type: 'boolean' }, patience: { type: 'string' } } });
const engine = await bundleEngine();
const { readModules, prove, proveFixes, applyEdits, createNodeSimulator, workerPath, dispose } = engine;
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
report('repository', ({ repository }) => repository);
report('rule', ({ rule }) => rule);
printReasons(rows.filter(({ isProved }) => !isProved));

async function judge(folder) {
  const read = readModules(folder);
  kept[folder] ??= findingsIn(folder, read, engine);
  keep(options.findings, kept);
  const simulator = createNodeSimulator({ workerPath });
  for (const finding of provable(kept[folder], options.match)) {
    const { rule, range: { file, start: { line } } } = finding;
    const source = sourceOf(finding, folder, engine);
    const proof = (proofs[`${folder} ${rule} ${file}:${line}`] ??= await prove(finding, source, simulator, { read, patience }));
    if (proof.verdict !== 'confirmed') continue;
    const start = process.cpuUsage();
    const fixes = await proveFixes(finding, source, simulator, { read, proof, most: 1, signal: AbortSignal.timeout(10_000 * patience) }).catch(() => 'late');
    const { user, system } = process.cpuUsage(start);
    const proved = fixes === 'late' ? undefined : fixes.find(({ verdict }) => verdict === 'proved');
    const reason = fixes === 'late' ? 'it took too long' : fixes.length === 0 ? 'nothing fits' : fixes.map((fix) => `${fix.title}: ${fix.reason}`).at(0);
    rows.push({ repository: basename(folder), rule, isProved: proved !== undefined, cpu: (user + system) / 1000, reason });
    console.log(`${basename(folder)}/${file}:${line} ${rule}: ${proved ? proved.title : `none. ${fixes === 'late' || fixes.length === 0 ? reason : fixes.map((fix) => `${fix.title}: ${fix.reason}`).join(' || ')}`} (${Math.round((user + system) / 1000)} ms)`);
    if (options.show && proved) console.log(changed(source.text, applyEdits(source.text, proved.edits)));
  }
  await simulator.dispose();
}

/** What `diff` says of two texts. */
function changed(before, after) {
  const folder = mkdtempSync(join(tmpdir(), 'raceproof-diff-'));
  try {
    const files = [before, after].map((text, at) => {
      const file = join(folder, String(at));
      writeFileSync(file, text);
      return file;
    });
    return spawnSync('diff', ['-U4', ...files], { encoding: 'utf8' }).stdout.split('\n').slice(2).join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(title, groupOf) {
  console.log(`\n| ${title} | confirmed | with a proved fix | median cpu ms | most cpu ms |\n| --- | --- | --- | --- | --- |`);
  for (const [name, all] of [...grouped(rows, groupOf), ['all', rows]]) {
    const times = all.map(({ cpu }) => cpu).sort((a, b) => a - b);
    const proved = all.filter(({ isProved }) => isProved).length;
    console.log(`| ${name} | ${all.length} | ${proved} (${Math.round((100 * proved) / Math.max(all.length, 1))}%) | ${Math.round(times[times.length >> 1] ?? 0)} | ${Math.round(times.at(-1) ?? 0)} |`);
  }
}

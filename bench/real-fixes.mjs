// Which of the findings of whole repositories that are confirmed get a proved fix, why the others do not, and what looking for one takes.
// Usage: node bench/real-fixes.mjs FOLDER… [--match TEXT] [--findings FILE] [--patience N]
// `--match`: only findings whose file or rule contains the text. `--findings`: what `bench/verdicts.mjs --findings` kept of the same folders, not to analyse them again.
// `--patience N`: fixes of one finding have N times their 10 s, for a busy machine.
import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleEngine } from './bundle.mjs';

const { values: options, positionals: folders } = parseArgs({ allowPositionals: true, options: { match: { type: 'string' }, findings: { type: 'string' }, patience: { type: 'string' } } });
const { createAnalyser, readModules, discover, readSource, prove, proveFixes, createNodeSimulator, workerPath, dispose } = await bundleEngine();
const kept = options.findings && existsSync(options.findings) ? JSON.parse(readFileSync(options.findings, 'utf8')) : {};
const patience = Number(options.patience ?? 1);
const rows = [];
try {
  for (const folder of folders) await judge(resolve(folder));
} finally {
  dispose();
}
report('repository', ({ repository }) => repository);
report('rule', ({ rule }) => rule);
const reasons = grouped(rows.filter(({ isProved }) => !isProved), ({ reason }) => reason.replace(/`[^`]*`|'[^']*'|\d+/g, '…').slice(0, 160));
console.log('\n| why there is none | findings |\n| --- | --- |');
for (const [reason, all] of [...reasons].sort(([, a], [, b]) => b.length - a.length)) console.log(`| ${reason.replaceAll('|', '\\|')} | ${all.length} |`);

async function judge(folder) {
  const read = readModules(folder);
  const findings = (kept[folder] ?? analyse(folder, read)).filter(({ oracle, rule, range }) => oracle !== 'none' && (!options.match || `${range.file} ${rule}`.includes(options.match)));
  const simulator = createNodeSimulator({ workerPath });
  for (const finding of findings) {
    const { rule, range: { file, start: { line } } } = finding;
    const source = { file, text: readSource({ path: resolve(folder, file), file, isNamed: true }).text };
    const proof = await prove(finding, source, simulator, { read, patience });
    if (proof.verdict !== 'confirmed') continue;
    const start = process.cpuUsage();
    const fixes = await proveFixes(finding, source, simulator, { read, proof, most: 1, signal: AbortSignal.timeout(10_000 * patience) }).catch(() => 'late');
    const { user, system } = process.cpuUsage(start);
    const proved = fixes === 'late' ? undefined : fixes.find(({ verdict }) => verdict === 'proved');
    const reason = fixes === 'late' ? 'it took too long' : fixes.length === 0 ? 'nothing fits' : fixes.map((fix) => `${fix.title}: ${fix.reason}`).at(0);
    rows.push({ repository: basename(folder), rule, isProved: proved !== undefined, cpu: (user + system) / 1000, reason });
    console.log(`${basename(folder)}/${file}:${line} ${rule}: ${proved ? proved.title : `none. ${fixes === 'late' || fixes.length === 0 ? reason : fixes.map((fix) => `${fix.title}: ${fix.reason}`).join(' || ')}`} (${Math.round((user + system) / 1000)} ms)`);
  }
  await simulator.dispose();
}

function analyse(folder, read) {
  const analyser = createAnalyser(read);
  return discover([folder], folder).candidates.flatMap((candidate) => {
    const reading = readSource(candidate);
    return reading.kind === 'text' ? analyser.analyse({ file: candidate.file, text: reading.text }, { functions: false }).findings : [];
  });
}

function grouped(all, keyOf) {
  const groups = new Map();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

function report(title, groupOf) {
  console.log(`\n| ${title} | confirmed | with a proved fix | median cpu ms | most cpu ms |\n| --- | --- | --- | --- | --- |`);
  for (const [name, all] of [...grouped(rows, groupOf), ['all', rows]]) {
    const times = all.map(({ cpu }) => cpu).sort((a, b) => a - b);
    const proved = all.filter(({ isProved }) => isProved).length;
    console.log(`| ${name} | ${all.length} | ${proved} (${Math.round((100 * proved) / Math.max(all.length, 1))}%) | ${Math.round(times[times.length >> 1] ?? 0)} | ${Math.round(times.at(-1) ?? 0)} |`);
  }
}

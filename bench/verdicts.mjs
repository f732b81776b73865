// How the findings of whole repositories are judged, and how long that takes: a table per repository and rule, and why the rest has no verdict.
// What follows from the text alone (`oracle: 'none'`) is not run, and not counted.
// Usage: node bench/verdicts.mjs FOLDER… [--match TEXT] [--findings FILE] [--json FILE] [--patience N]
// `--match`: only findings whose file or rule contains the text. `--findings`: a file that keeps what the analysis found, to prove the same again.
// `--patience N`: what has a limit by the clock may take N times as long, on a busy machine.
// `--json`: every finding with its verdict and time. One prover, one after the other, so that times are those of a single proof;
// `cpu` is the processor time of prover and simulator, which a busy machine does not stretch.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleEngine } from './bundle.mjs';

const { values: options, positionals: folders } = parseArgs({ allowPositionals: true, options: { match: { type: 'string' }, findings: { type: 'string' }, json: { type: 'string' }, patience: { type: 'string' }, verbose: { type: 'boolean' } } });
const engine = await bundleEngine();
const kept = options.findings && existsSync(options.findings) ? JSON.parse(readFileSync(options.findings, 'utf8')) : {};
const judged = [];
const compiling = new engine.Compiling();
try {
  for (const folder of folders) judged.push(...(await judge(resolve(folder))));
} finally {
  engine.dispose();
}
if (options.findings) writeFileSync(options.findings, JSON.stringify(kept));
if (options.json) writeFileSync(options.json, JSON.stringify(judged, undefined, 1));
report('repository', ({ repository }) => repository);
report('rule', ({ rule }) => rule);
reasons();

async function judge(folder) {
  const repository = basename(folder);
  const findings = (kept[folder] ??= analyse(folder)).filter(({ oracle }) => oracle !== 'none').filter(({ rule, range }) => !options.match || `${range.file}:${range.start.line} ${rule}`.includes(options.match));
  const simulator = engine.createNodeSimulator({ workerPath: engine.workerPath });
  const read = engine.readModules(folder);
  const results = [];
  for (const finding of findings) {
    const source = { file: finding.range.file, text: sourceOf(resolve(folder, finding.range.file), finding.range.file) };
    const start = performance.now();
    const cpu = process.cpuUsage();
    const proof = await compiling.during(() => engine.prove(finding, source, simulator, { read, patience: Number(options.patience ?? 1) }));
    const ms = Math.round(performance.now() - start);
    const { user, system } = process.cpuUsage(cpu);
    const cpuMs = Math.round((user + system) / 1000);
    const { rule, range: { file, start: { line } }, location, message, oracle } = finding;
    const { verdict, reason, limit, executions, witness } = proof;
    results.push({ repository, rule, oracle, file, line, location, message, verdict, ms, cpuMs, reason, limit, executions, assumptions: witness?.assumptions.map(({ text }) => text), tasks: proof.scenario?.tasks.map(({ name }) => name), presumes: proof.scenario?.presumes });
    if (options.verbose) console.log(`${String(ms).padStart(6)} ms ${String(cpuMs).padStart(6)} cpu  ${verdict.padEnd(9)} ${rule.padEnd(24)} ${repository}/${file}:${line}  ${reason.slice(0, 400)}`);
  }
  await simulator.dispose();
  return results;
}

function analyse(folder) {
  const analyser = engine.createAnalyser(engine.readModules(folder));
  return engine.discover([folder], folder).candidates.flatMap((candidate) => {
    const reading = engine.readSource(candidate);
    return reading.kind === 'text' ? analyser.analyse({ file: candidate.file, text: reading.text }, { functions: false }).findings : [];
  });
}

function sourceOf(path, file) {
  const reading = engine.readSource({ path, file, isNamed: true });
  if (reading.kind !== 'text') throw new Error(`${path} cannot be read`);
  return reading.text;
}

function report(title, groupOf) {
  console.log(`\n| ${title} | findings | confirmed | refuted | bounded | unproven | definite | median ms | 95% ms | median cpu ms | 95% cpu ms |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |`);
  for (const name of [...new Set(judged.map(groupOf))].sort()) row(name, judged.filter((each) => groupOf(each) === name));
  row('all', judged);
}

function row(name, all) {
  const count = (...verdicts) => all.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const at = (share, of) => all.map(of).sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0;
  const times = [({ ms }) => ms, ({ cpuMs }) => cpuMs].flatMap((of) => [at(0.5, of), at(0.95, of)]);
  const definite = all.length === 0 ? 0 : Math.round((100 * count('confirmed', 'refuted')) / all.length);
  console.log(`| ${[name, all.length, count('confirmed'), count('refuted'), count('bounded'), count('unproven'), `${definite}%`, ...times].join(' | ')} |`);
}

/** Reasons with what is special to one finding taken out. */
function reasons() {
  const counts = new Map();
  for (const { verdict, reason } of judged) {
    if (verdict === 'confirmed' || verdict === 'refuted') continue;
    const key = `${verdict}: ${reason.slice(0, 400).replace(/`[^`]*`|'[^']*'|\d[\d,]*/g, '…').replace(/\(near [^)]*\)/, '(near …)').replace(/threw .*/, 'threw …').replace(/to start \S+ from/, 'to start … from')}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  console.log('\n| why there is no verdict | findings |\n| --- | --- |');
  for (const [reason, count] of [...counts].sort((a, b) => b[1] - a[1])) console.log(`| ${reason.replaceAll('|', '\\|')} | ${count} |`);
}

import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { createAnalyser, ruleCatalogue, type Analyser, type FileAnalysis } from '../analysis/index.js';
import type { SourceText } from '../language/index.js';
import { comparePositions, formatPlace, severityOf, type Finding, type JudgedFinding, type Proof, type Severity } from '../model/index.js';
import { formatCheckJson, formatStylish, type CheckReport } from '../report/index.js';
import { discover, type Candidate } from './discover.js';
import type { CheckOptions } from './options.js';
import { readModules } from './read-modules.js';
import { report, type Problem } from './problem.js';
import { createProvers, unproven, type Provers } from './provers.js';
import { readSource } from './read-source.js';
import type { Shell, Status } from './shell.js';
import { UsageError } from './usage.js';

const mostJobs = 4;

/** `raceproof check`: what cannot be checked is told and makes the status 2; everything else is checked all the same. */
export async function check(options: CheckOptions, shell: Shell): Promise<Status> {
  const { checked, problems } = await runCheck(options, shell);
  report(problems, shell);
  shell.print(options.format === 'json' ? formatCheckJson(checked) : formatStylish(checked, shell.terminal));
  if (problems.length > 0) return 2;
  return checked.findings.some(({ severity }) => isAtLeast(severity, options.failOn)) ? 1 : 0;
}

export async function runCheck(options: CheckOptions, shell: Pick<Shell, 'cwd' | 'showProgress'>): Promise<{ readonly checked: CheckReport; readonly problems: readonly Problem[] }> {
  const startedAt = performance.now();
  refuseUnknownRules(options.rules);
  const { candidates, problems: notFound } = discover(options.paths, shell.cwd);
  const read = readModules(shell.cwd);
  const provers = options.isProved ? createProvers(options.jobs ?? Math.min(mostJobs, availableParallelism()), options.budget, read) : undefined;
  try {
    const files = await analyseAll(candidates, createAnalyser(read), options, provers, shell.showProgress);
    const judged = (await Promise.all(files.proofs)).sort(inOrder);
    const findings = judged.filter(({ proof }) => proof.verdict !== 'refuted');
    const problems = [...notFound, ...files.problems];
    return {
      checked: {
        findings,
        stats: {
          files: files.files,
          lines: files.lines,
          parsed: files.parsed,
          ms: Math.round(performance.now() - startedAt),
          executions: judged.reduce((sum, { proof }) => sum + proof.executions, 0),
          refuted: judged.length - findings.length,
          failed: problems.length,
        },
      },
      problems,
    };
  } finally {
    await provers?.dispose();
  }
}

interface Analysed {
  files: number;
  lines: number;
  parsed: number;
  readonly problems: Problem[];
  readonly proofs: Promise<JudgedFinding>[];
}

/** Reading goes on while what was found is proved. */
async function analyseAll(candidates: readonly Candidate[], analyser: Analyser, options: CheckOptions, provers: Provers | undefined, showProgress: Shell['showProgress']): Promise<Analysed> {
  const all: Analysed = { files: 0, lines: 0, parsed: 0, problems: [], proofs: [] };
  let proved = 0;
  let current = '';
  const tellProgress = () => showProgress(`${all.files} of ${candidates.length} files, ${proved} of ${all.proofs.length} findings proved  ${current}`);
  for (const candidate of candidates) {
    current = candidate.file;
    tellProgress();
    const reading = readSource(candidate);
    if (reading.kind === 'problem') all.problems.push({ place: candidate.file, message: reading.message });
    if (reading.kind !== 'text') continue;
    const source: SourceText = { file: candidate.file, text: reading.text };
    const analysis = tryAnalyse(analyser, source, options.rules);
    if ('message' in analysis) {
      all.problems.push(analysis);
      continue;
    }
    all.files += 1;
    all.lines += countLines(reading.text);
    all.parsed += analysis.parsed ? 1 : 0;
    for (const finding of analysis.findings)
      all.proofs.push(
        judge(finding, source, provers).finally(() => {
          proved += 1;
          current = '';
          tellProgress();
        }),
      );
    if (analysis.parsed) await setImmediate();
  }
  return all;
}

function tryAnalyse(analyser: Analyser, source: SourceText, rules: readonly string[]): FileAnalysis | Problem {
  try {
    const analysis = analyser.analyse(source, { functions: false, ...(rules.length > 0 && { rules }) });
    if (analysis.failure) return { place: formatPlace(analysis.failure.range), message: `syntax error: ${analysis.failure.message} The file was not checked.` };
    return analysis;
  } catch (error) {
    return { place: source.file, message: `internal error, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` };
  }
}

/** As `wc` counts them, and a last one that does not end. */
function countLines(text: string): number {
  return text.split('\n').length - (text === '' || text.endsWith('\n') ? 1 : 0);
}

async function judge(finding: Finding, source: SourceText, provers: Provers | undefined): Promise<JudgedFinding> {
  const proof: Proof = provers ? await provers.prove(finding, source) : unproven('no proof was asked for');
  return { ...finding, proof, severity: severityOf(finding, proof.verdict) };
}

function refuseUnknownRules(rules: readonly string[]): void {
  const unknown = rules.find((rule) => !ruleCatalogue.some(({ id }) => id === rule));
  if (unknown !== undefined) throw new UsageError(`--rule ${unknown}: there is no such rule. The rules are: ${ruleCatalogue.map(({ id }) => id).join(', ')}.`);
}

function inOrder(a: Finding, b: Finding): number {
  if (a.range.file !== b.range.file) return a.range.file < b.range.file ? -1 : 1;
  return comparePositions(a.range.start, b.range.start) || (a.rule < b.rule ? -1 : 1);
}

function isAtLeast(severity: Severity, least: Severity): boolean {
  const order: readonly Severity[] = ['information', 'warning', 'error'];
  return order.indexOf(severity) >= order.indexOf(least);
}

import { ruleCatalogue } from '../analysis/index.js';
import type { SourceText } from '../language/index.js';
import { comparePositions, levelOf, type Configuration, type Finding, type Severity } from '../model/index.js';
import type { AppliedFix, CheckReport, ReportedSuppression } from '../report/index.js';
import { onlyChanged } from './changed.js';
import type { CheckedFile } from './check-file.js';
import { jobsOf, type Ahead } from './checker-threads.js';
import { configured } from './configured.js';
import { discover } from './discover.js';
import { fixFile } from './fix-files.js';
import { checkFiles } from './file-checkers.js';
import type { CheckOptions } from './options.js';
import { readModules } from './read-modules.js';
import { formatted } from './formats.js';
import { report, type Problem } from './problem.js';
import { createProvers, unproven, type Provers } from './provers.js';
import type { Shell, Status } from './shell.js';
import { UsageError } from './usage.js';
import { writeTests, type ProvedFinding } from './write-tests.js';

/** `raceproof check`: what cannot be checked is told and makes the status 2; everything else is checked all the same. */
export async function check(options: CheckOptions, shell: Shell, ahead?: Ahead): Promise<Status> {
  const { checked, problems } = options.fixes ? await fixAndCheck(options, shell, ahead) : await runCheck(options, shell, ahead);
  report(problems, shell);
  shell.print(formatted(checked, problems, options.format, shell));
  if (problems.length > 0) return 2;
  return [...checked.findings, ...checked.suppressions].some(({ severity }) => isAtLeast(severity, options.failOn)) ? 1 : 0;
}

/** Applies what is proved, then checks again: what is told is what is left. */
async function fixAndCheck(options: CheckOptions, shell: Pick<Shell, 'cwd' | 'showProgress'>, ahead: Ahead | undefined): Promise<Awaited<ReturnType<typeof runCheck>>> {
  const first = await runCheck(options, shell, ahead);
  const fixable = new Set(first.checked.findings.flatMap(({ fixes: [fix], range }) => (fix?.verdict === 'proved' ? [range.file] : [])));
  if (fixable.size === 0) return { ...first, checked: { ...first.checked, fixed: [] } };
  const { applied, problems } = await fixFiles([...fixable], options, shell);
  const second = await runCheck(options, shell);
  return { checked: { ...second.checked, fixed: applied }, problems: [...second.problems, ...problems] };
}

async function fixFiles(files: readonly string[], options: CheckOptions, shell: Pick<Shell, 'cwd' | 'showProgress'>): Promise<{ readonly applied: readonly AppliedFix[]; readonly problems: readonly Problem[] }> {
  const { tasks } = configured(discover(options.paths, shell.cwd).candidates.filter(({ file }) => files.includes(file)), options.rules, shell.cwd);
  const provers = createProvers(1, options.budget, readModules(shell.cwd));
  try {
    const applied: AppliedFix[] = [];
    const problems: Problem[] = [];
    for (const task of tasks) {
      shell.showProgress(`fixing ${task.candidate.file}`);
      const fixing = await fixFile(task, shell.cwd, provers);
      applied.push(...fixing.applied);
      if (fixing.problem) problems.push(fixing.problem);
    }
    return { applied, problems };
  } finally {
    await provers.dispose();
  }
}

/** @param ahead What has been begun already. */
export async function runCheck(options: CheckOptions, shell: Pick<Shell, 'cwd' | 'showProgress'>, ahead?: Ahead): Promise<{ readonly checked: CheckReport; readonly problems: readonly Problem[] }> {
  const startedAt = performance.now();
  refuseUnknownRules(options.rules);
  const found = ahead?.found ?? discover(options.paths, shell.cwd);
  const candidates = options.changed ? onlyChanged(found.candidates, options.changed, shell.cwd) : found.candidates;
  const { tasks, problems: misconfigured } = configured(candidates, options.rules, shell.cwd);
  const jobs = jobsOf(options);
  const provers = options.isProved ? createProvers(jobs, options.budget, readModules(shell.cwd)) : undefined;
  const progress = { files: 0, findings: 0, proved: 0 };
  const tellProgress = (now: string): void => shell.showProgress(`${progress.files} of ${tasks.length} files, ${progress.proved} of ${progress.findings} findings proved  ${now}`);
  const files: CheckedFile[] = [];
  const proofs: Promise<ProvedFinding | undefined>[] = [];
  try {
    // Reading goes on while what was found is proved.
    await checkFiles(tasks, shell.cwd, jobs, (index, file) => {
      const { candidate, configuration } = tasks[index]!;
      files[index] = file;
      progress.files += 1;
      tellProgress(candidate.file);
      if (file.kind !== 'checked' || !file.source) return;
      const { source } = file;
      progress.findings += file.findings.length;
      for (const finding of file.findings)
        proofs.push(
          judge(finding, source, configuration, provers).finally(() => {
            progress.proved += 1;
            tellProgress('');
          }),
        );
    }, { ready: ahead?.checkers ?? [] });
    const judged = (await Promise.all(proofs)).filter((each) => each !== undefined).sort((a, b) => inOrder(a.finding, b.finding));
    const shown = judged.filter(({ proof }) => proof.verdict !== 'refuted');
    const findings = shown.map(({ finding }) => finding);
    const tests = options.exported && provers && (await writeTests(shown.filter(({ proof }) => proof.verdict === 'confirmed'), options.exported === 'test' ? undefined : options.exported, provers, shell));
    const problems = [...found.problems, ...misconfigured, ...files.flatMap((file) => (file.kind === 'problem' ? [file.problem] : []))];
    const checked = files.filter((file) => file.kind === 'checked');
    return {
      checked: {
        findings,
        suppressions: checked.flatMap(({ suppressionProblems }) => suppressionProblems.map(reported)).sort(inOrder),
        ...(tests && { tests }),
        stats: {
          files: checked.length,
          lines: checked.reduce((sum, { lines }) => sum + lines, 0),
          parsed: checked.filter(({ parsed }) => parsed).length,
          ms: Math.round(performance.now() - startedAt),
          executions: judged.reduce((sum, { proof }) => sum + proof.executions, 0),
          suppressed: checked.reduce((sum, { suppressed }) => sum + suppressed, 0),
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

/** Nothing for a finding that the configuration does not show at its verdict. */
async function judge(finding: Finding, source: SourceText, configuration: Configuration, provers: Provers | undefined): Promise<ProvedFinding | undefined> {
  const { proof, fixes } = provers ? await provers.prove(finding, source, configuration) : { proof: unproven('no proof was asked for'), fixes: [] };
  const level = proof.verdict === 'refuted' ? 'information' : levelOf(finding, proof.verdict, configuration);
  return level === 'off' ? undefined : { finding: { ...finding, proof, fixes, severity: level }, source, proof };
}

/** A comment that is of no use any more is told; one that does not do what it says is wrong. */
function reported(problem: Omit<ReportedSuppression, 'severity'>): ReportedSuppression {
  return { ...problem, severity: problem.kind === 'unused' ? 'information' : 'warning' };
}

function refuseUnknownRules(rules: readonly string[]): void {
  const unknown = rules.find((rule) => !ruleCatalogue.some(({ id }) => id === rule));
  if (unknown !== undefined) throw new UsageError(`--rule ${unknown}: there is no such rule. The rules are: ${ruleCatalogue.map(({ id }) => id).join(', ')}.`);
}

function inOrder(a: Pick<Finding, 'range'> & { readonly rule?: string }, b: Pick<Finding, 'range'> & { readonly rule?: string }): number {
  if (a.range.file !== b.range.file) return a.range.file < b.range.file ? -1 : 1;
  return comparePositions(a.range.start, b.range.start) || (a.rule === b.rule ? 0 : (a.rule ?? '') < (b.rule ?? '') ? -1 : 1);
}

function isAtLeast(severity: Severity, least: Severity): boolean {
  const order: readonly Severity[] = ['information', 'warning', 'error'];
  return order.indexOf(severity) >= order.indexOf(least);
}

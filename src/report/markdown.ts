import type { Access, JudgedFinding, Trace, TraceStep } from '../model/index.js';
import type { CheckReport, ReportedSuppression } from './check-report.js';
import { judgement, nothingFixed, summaryText, testSentence } from './plain.js';
import { printable } from './printable.js';

const signs = { confirmed: '❌', bounded: '❔', unproven: '❔', refuted: '✅' } as const;

/** GitHub-flavoured Markdown, for a comment or the summary of a job: a section a file, the witness of a confirmed finding to unfold. */
export function formatMarkdown(report: CheckReport): string {
  const files = [...new Set([...report.findings, ...report.suppressions].map(({ range }) => range.file))].sort((a, b) => (a < b ? -1 : 1));
  const sections = files.map((file) => [
    `### ${code(file)}`,
    ...report.findings.filter(({ range }) => range.file === file).map(findingText),
    ...report.suppressions.filter(({ range }) => range.file === file).map(suppressionText),
  ].join('\n\n'));
  return [`## Raceproof: ${prose(summaryText(report))}`, ...appliedText(report), ...sections, ...testsText(report)].join('\n\n');
}

function appliedText({ fixed }: CheckReport): string[] {
  if (fixed === undefined) return [];
  if (fixed.length === 0) return [nothingFixed];
  return [['Fixed, each proved:', '', ...fixed.map(({ file, line, rule, title }) => `- ${code(`${file}:${line}`)} ${code(rule)}: ${prose(title)}`)].join('\n')];
}

function testsText({ tests }: CheckReport): string[] {
  if (tests === undefined) return [];
  if (tests.length === 0) return ['No finding is confirmed; no test was written.'];
  return [['### Tests', '', ...tests.map((each) => `- ${code(`${each.file}:${each.line}`)} ${code(each.rule)}: ${prose(testSentence(each))}`)].join('\n')];
}

function findingText(finding: JudgedFinding): string {
  const { rule, range, proof, severity, message, accesses } = finding;
  const head = `${signs[proof.verdict]} **${range.start.line}:${range.start.column}** ${code(rule)}, ${severity}, ${proof.verdict}: ${prose(message)}`;
  const facts = [...accesses.map((access) => accessText(access, range.file)), ...judgement(finding).map(prose)].map((line) => `- ${line}`);
  return [head, facts.join('\n'), ...(proof.witness ? [witnessText(proof.witness.trace)] : [])].join('\n\n');
}

function suppressionText({ range, severity, kind, message }: ReportedSuppression): string {
  return `⚠️ **${range.start.line}:${range.start.column}** suppression, ${kind.replace('-', ' ')}, ${severity}: ${prose(message)}`;
}

function accessText({ kind, range, function: name, locks }: Access, file: string): string {
  const place = `${range.file === file ? '' : `${range.file}:`}${range.start.line}:${range.start.column}`;
  return `${kind} at ${code(place)} in ${code(name)}${locks.length > 0 ? `, holding ${locks.map(code).join(', ')}` : ''}`;
}

/** A table of the schedule: a row a step, a column a task; the two steps that collide are bold. */
function witnessText({ tasks, steps, conflict }: Trace): string {
  const header = ['line', ...tasks.map(({ id, name }) => `${id}: ${name}`)].map(cell);
  const rows = steps.map((step) => [cell(String(step.start.line)), ...tasks.map(({ id }) => (step.task === id ? stepText(step, conflict) : ''))]);
  return ['<details><summary>The schedule that breaks it</summary>', '', ...[header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`), '', '</details>'].join('\n');
}

function stepText({ index, text }: TraceStep, conflict: Trace['conflict']): string {
  return conflict?.includes(index) === true ? `**${cell(text)}**` : cell(text);
}

function cell(text: string): string {
  return prose(text).replaceAll('|', '\\|');
}

/** Text in which backticks may mark code, and nothing else means anything. */
function prose(text: string): string {
  return printable(text).split(/(`[^`]+`)/).map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[\\*_[\]<>#~`]/g, (sign) => `\\${sign}`))).join('');
}

/** A code span that survives backticks in it (CommonMark 6.1). */
function code(text: string): string {
  const shown = printable(text);
  const fence = '`'.repeat(Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return shown.includes('`') ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`;
}

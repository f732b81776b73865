import type { Access, JudgedFinding, SourceRange, Verdict, Witness } from '../model/index.js';
import type { CheckReport, ReportedSuppression } from './check-report.js';
import { pad, wrap } from './columns.js';
import { asideTexts, counted, foundText, nothingFixed, testSentence, witnessTexts } from './plain.js';
import { printable } from './printable.js';
import { paint, signsOf, type Paint, type Terminal } from './terminal.js';

const indent = 9;

/** The findings of `raceproof check` for a person, grouped by file, and one line that sums them up. */
export function formatStylish(report: CheckReport, terminal: Terminal): string {
  const files = new Set([...report.findings, ...report.suppressions].map(({ range }) => range.file));
  const groups = [...files].sort(byText).map((file) => {
    const findings = report.findings.filter(({ range }) => range.file === file);
    const suppressions = report.suppressions.filter(({ range }) => range.file === file);
    return [paint(terminal, 'strong', printable(file)), ...findings.flatMap((finding) => findingLines(finding, terminal)), ...suppressions.flatMap((each) => suppressionLines(each, terminal))].join('\n');
  });
  return [...appliedLines(report, terminal), ...groups, ...testLines(report, terminal), summaryOf(report, terminal)].join('\n\n');
}

function findingLines(finding: JudgedFinding, terminal: Terminal): string[] {
  const { proof, range, rule, severity } = finding;
  const head = `${placeColumn(range, terminal)}  ${paint(terminal, paintOf(proof.verdict), `${severity} ${proof.verdict}`)}  ${paint(terminal, 'faint', printable(rule))}`;
  const body = [
    ...wrapped(finding.message, terminal),
    ...finding.accesses.map((access) => accessLine(access, finding, terminal)),
    ...(proof.witness ? witnessLines(proof.witness, terminal) : wrapped(proof.reason, terminal)),
    ...provedFixLines(finding, terminal),
    ...(proof.witness ? [paint(terminal, 'faint', `see it run: raceproof simulate ${shellWord(range.file)}:${range.start.line}`)] : []),
  ];
  return [head, ...body.map((line) => ' '.repeat(indent) + line)];
}

function provedFixLines({ fixes: [fix] }: JudgedFinding, terminal: Terminal): string[] {
  return fix?.verdict === 'proved' ? wrapped(`proved fix: ${fix.title}`, terminal).map((line) => paint(terminal, 'good', line)) : [];
}

/** What `--fix` has done. */
function appliedLines({ fixed }: CheckReport, terminal: Terminal): string[] {
  if (fixed === undefined) return [];
  if (fixed.length === 0) return [nothingFixed];
  return [[`${paint(terminal, 'good', `${signsOf(terminal).good} ${counted(fixed.length, 'fix', 'fixes')} applied, each proved`)}`, ...fixed.map(({ file, line, rule, title }) => `  ${printable(`${file}:${line}`)}  ${paint(terminal, 'faint', printable(rule))}  ${printable(title)}`)].join('\n')];
}

/** What `--export` has done. */
function testLines({ tests }: CheckReport, terminal: Terminal): string[] {
  if (tests === undefined) return [];
  if (tests.length === 0) return ['No finding is confirmed; no test was written.'];
  return [tests.map((each) => `${printable(`${each.file}:${each.line}`)}  ${paint(terminal, 'faint', printable(each.rule))}\n${wrapped(testSentence(each), terminal).map((line) => ' '.repeat(indent) + line).join('\n')}`).join('\n')];
}

function suppressionLines({ range, severity, kind, message }: ReportedSuppression, terminal: Terminal): string[] {
  const head = `${placeColumn(range, terminal)}  ${paint(terminal, 'notice', severity)}  ${paint(terminal, 'faint', `suppression: ${kind.replace('-', ' ')}`)}`;
  return [head, ...wrapped(message, terminal).map((line) => ' '.repeat(indent) + line)];
}

function placeColumn({ start }: SourceRange, terminal: Terminal): string {
  return paint(terminal, 'faint', `${start.line}:${start.column}`.padStart(7));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function accessLine({ kind, range, function: name, locks }: Access, { range: { file } }: JudgedFinding, terminal: Terminal): string {
  const place = `${range.file === file ? '' : `${range.file}:`}${range.start.line}:${range.start.column}`;
  return paint(terminal, 'faint', printable(`${pad(kind, 6)} ${place} in ${name}${locks.length > 0 ? `, holding ${locks.join(', ')}` : ''}`));
}

function witnessLines(witness: Witness, terminal: Terminal): string[] {
  const { ending, expected, assumptions } = witnessTexts(witness);
  return [...wrapped(ending, terminal).map((line) => paint(terminal, 'bad', line)), ...[expected, ...assumptions].flatMap((text) => wrapped(text, terminal))];
}

function summaryOf(report: CheckReport, terminal: Terminal): string {
  const { findings, stats } = report;
  const signs = signsOf(terminal);
  const isBad = findings.some(({ proof }) => proof.verdict === 'confirmed');
  const isDoubtful = findings.length > 0 || stats.failed > 0 || stats.files === 0;
  const found = `${isBad ? signs.bad : isDoubtful ? signs.doubt : signs.good} ${foundText(report)}`;
  const fixable = findings.filter(({ fixes: [fix] }) => fix?.verdict === 'proved').length;
  const cures = fixable > 0 ? `\n  ${counted(fixable, 'finding has', 'findings have')} a proved fix: raceproof check --fix applies ${fixable === 1 ? 'it' : 'them'}` : '';
  const effort = `${counted(stats.files, 'file', 'files')}, ${counted(stats.lines, 'line', 'lines')}, ${counted(stats.executions, 'execution', 'executions')}, ${(stats.ms / 1000).toFixed(1)} s`;
  return `${[paint(terminal, isBad ? 'bad' : isDoubtful ? 'notice' : 'good', found), ...asideTexts(report)].join('; ')}${cures}\n${paint(terminal, 'faint', `  ${effort}`)}`;
}

export function paintOf(verdict: Verdict): Paint {
  return verdict === 'confirmed' ? 'bad' : verdict === 'refuted' ? 'good' : 'notice';
}

/** A path as it can be pasted into a shell. */
export function shellWord(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${printable(path).replaceAll("'", "'\\''")}'`;
}

function wrapped(text: string, { width }: Terminal): string[] {
  return wrap(printable(text), Math.max(30, width - indent));
}

import type { JudgedFinding, Severity, SourceRange } from '../model/index.js';
import type { CheckReport, ReportedSuppression } from './check-report.js';
import { judgement, summaryText } from './plain.js';
import { printable } from './printable.js';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'notice' };

/**
 * Workflow commands, a line each, which GitHub shows at the lines of a pull request: `::warning file=…,line=…::message`
 * ("Workflow commands for GitHub Actions"). The last line sums up and is no command.
 */
export function formatGithub(report: CheckReport): string {
  return [...report.findings.map(findingCommand), ...report.suppressions.map(suppressionCommand), summaryText(report)].join('\n');
}

function findingCommand(finding: JudgedFinding): string {
  const { severity, range, rule, proof } = finding;
  return command(severity, range, `${rule} (${proof.verdict})`, [finding.message, ...judgement(finding)].join('\n'));
}

function suppressionCommand({ severity, range, kind, message }: ReportedSuppression): string {
  return command(severity, range, `suppression: ${kind.replace('-', ' ')}`, message);
}

/** Columns are for one line only; GitHub's last column is part of the range. */
function command(severity: Severity, { file, start, end }: SourceRange, title: string, message: string): string {
  const columns = start.line === end.line ? { col: start.column, endColumn: Math.max(start.column, end.column - 1) } : {};
  const properties = Object.entries({ file, line: start.line, endLine: end.line, ...columns, title }).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${commands[severity]} ${properties.join(',')}::${message.split('\n').map((line) => data(line)).join('%0A')}`;
}

function data(text: string): string {
  return printable(text).replaceAll('%', '%25');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

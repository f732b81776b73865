import type { CodeFlow, Fix, Location, Log, ReportingDescriptor, Result, ThreadFlow } from 'sarif';
import type { JudgedFinding, JudgedFix, Severity, SourceRange, Trace } from '../model/index.js';
import type { CheckReport, ReportedSuppression } from './check-report.js';
import { judgement } from './plain.js';
import { printableJson } from './printable.js';

/** What a reader of the log is told of a rule; `help` is its page, in Markdown. */
export interface SarifRule {
  readonly id: string;
  readonly category: string;
  readonly summary: string;
  readonly explanation: string;
  readonly help?: string;
}

export interface SarifTool {
  readonly version: string;
  readonly rules: readonly SarifRule[];
}

/** What could not be checked: `place` is a path, with a line and column where there is one. */
export interface SarifNotification {
  readonly place: string;
  readonly message: string;
}

const levels = { error: 'error', warning: 'warning', information: 'note' } as const satisfies Record<Severity, Result.level>;
const suppressionRule = 'suppression';

/**
 * SARIF 2.1.0 (OASIS), one run. A witness is a code flow with a thread flow a task; `executionOrder` is the schedule. A proved fix is a `fix`.
 * Paths are relative to the working directory (`%SRCROOT%`), columns count UTF-16 units.
 */
export function formatSarif({ findings, suppressions }: CheckReport, tool: SarifTool, notifications: readonly SarifNotification[]): string {
  const rules = [...tool.rules.map(ruleDescriptor), { id: suppressionRule, shortDescription: { text: 'A comment that should keep a finding quiet does not, or need not.' } }];
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'Raceproof', semanticVersion: tool.version, rules } },
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: { SRCROOT: { description: { text: 'The folder in which the check was started.' } } },
      invocations: [{
        executionSuccessful: notifications.length === 0,
        toolExecutionNotifications: notifications.map(({ place, message }) => ({ level: 'error', message: { text: `${place}: ${message}` } })),
      }],
      results: [...findings.map((finding) => resultOf(finding, indexOf)), ...suppressions.map((each) => suppressionResult(each, indexOf))],
    }],
  };
  return printableJson(log);
}

function ruleDescriptor({ id, category, summary, explanation, help }: SarifRule): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: explanation },
    help: { text: `${summary} ${explanation}`, ...(help !== undefined && { markdown: help }) },
    properties: { tags: ['concurrency', category] },
  };
}

function resultOf(finding: JudgedFinding, indexOf: ReadonlyMap<string, number>): Result {
  const { rule, severity, range, message, accesses, proof, location } = finding;
  const fixes = finding.fixes.filter(({ verdict }) => verdict === 'proved');
  return {
    ruleId: rule,
    ...indexed(rule, indexOf),
    level: levels[severity],
    message: { text: [message, ...judgement(finding)].join('\n') },
    locations: [locationOf(range)],
    relatedLocations: accesses.map((access, id) => ({ ...locationOf(access.range), id, message: { text: `${access.kind} in ${access.function}${access.locks.length > 0 ? `, holding ${access.locks.join(', ')}` : ''}` } })),
    partialFingerprints: { 'raceproof/v1': [rule, range.file, location, ...accesses.map((access) => `${access.kind} ${access.function}`)].join('|') },
    ...(proof.witness && { codeFlows: [flowOf(proof.witness.trace, message)] }),
    ...(fixes.length > 0 && { fixes: fixes.map(fixOf) }),
    properties: { verdict: proof.verdict, exhaustive: proof.exhaustive, executions: proof.executions },
  };
}

function suppressionResult({ severity, range, message }: ReportedSuppression, indexOf: ReadonlyMap<string, number>): Result {
  return { ruleId: suppressionRule, ...indexed(suppressionRule, indexOf), level: levels[severity], message: { text: message }, locations: [locationOf(range)] };
}

function indexed(rule: string, indexOf: ReadonlyMap<string, number>): { readonly ruleIndex?: number } {
  const ruleIndex = indexOf.get(rule);
  return ruleIndex === undefined ? {} : { ruleIndex };
}

function flowOf({ tasks, steps }: Trace, message: string): CodeFlow {
  const threadFlows: ThreadFlow[] = tasks.flatMap(({ id, name, agent }) => {
    const own = steps.filter(({ task }) => task === id);
    if (own.length === 0) return [];
    return [{
      id,
      message: { text: `${name} (${agent})` },
      locations: own.map((step) => ({ executionOrder: step.index, location: { ...locationOf(step), message: { text: step.text } } })),
    }];
  });
  return { message: { text: message }, threadFlows };
}

function fixOf({ title, edits }: JudgedFix): Fix {
  const files = [...new Set(edits.map(({ range }) => range.file))];
  return {
    description: { text: title },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifactOf(file),
      replacements: edits.filter(({ range }) => range.file === file).map(({ range, text }) => ({ deletedRegion: regionOf(range), insertedContent: { text } })),
    })),
  };
}

function locationOf(range: SourceRange): Location {
  return { physicalLocation: { artifactLocation: artifactOf(range.file), region: regionOf(range) } };
}

function regionOf({ start, end }: SourceRange) {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** A path is a URI when what is not for paths is escaped (RFC 3986). */
function artifactOf(file: string) {
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' };
}

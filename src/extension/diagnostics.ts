import * as vscode from 'vscode';
import { isSameRange, type Access, type Finding, type Severity, type SourceRange, type SuppressionProblem } from '../model/index.js';
import { levelNow, type Judged } from './judged.js';
import type { CheckedVersion } from './open-file.js';
import type { OpenFiles } from './open-files.js';
import { plain } from './prose.js';
import { editorRange } from './ranges.js';
import { rulePage } from './rule-pages.js';

/** Keeps the squiggles of every open document at what is known of it. */
export function publishDiagnostics(files: OpenFiles, extensionUri: vscode.Uri): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('raceproof');
  const changes = files.onDidChange((document) => {
    const file = files.of(document);
    if (!file) return collection.delete(document.uri);
    if (file.current) collection.set(document.uri, [...findingsOf(file.current, document.uri, extensionUri), ...file.current.analysis.suppressionProblems.map(suppressionDiagnostic)]);
  });
  return vscode.Disposable.from(collection, changes);
}

/** The rule's id in a diagnostic of ours. */
export function ruleOf(diagnostic: vscode.Diagnostic): string | undefined {
  if (diagnostic.source !== 'raceproof' || typeof diagnostic.code !== 'object') return undefined;
  return String(diagnostic.code.value);
}

function findingsOf({ findings, configuration }: CheckedVersion, uri: vscode.Uri, extensionUri: vscode.Uri): vscode.Diagnostic[] {
  return findings.flatMap((judged) => {
    const level = levelNow(judged, configuration);
    return level === 'off' ? [] : [diagnosticOf(judged, level, uri, extensionUri)];
  });
}

/** A comment that should keep a finding quiet and does not, or need not: then it is greyed out. */
function suppressionDiagnostic({ kind, message, range }: SuppressionProblem): vscode.Diagnostic {
  const isUnused = kind === 'unused';
  const diagnostic = new vscode.Diagnostic(editorRange(range), message, isUnused ? vscode.DiagnosticSeverity.Information : vscode.DiagnosticSeverity.Warning);
  diagnostic.source = 'raceproof';
  diagnostic.code = 'suppression';
  if (isUnused) diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  return diagnostic;
}

function diagnosticOf(judged: Judged, level: Severity, uri: vscode.Uri, extensionUri: vscode.Uri): vscode.Diagnostic {
  const { finding } = judged;
  const diagnostic = new vscode.Diagnostic(editorRange(finding.range), plain(finding.message), editorSeverity[level]);
  diagnostic.source = 'raceproof';
  diagnostic.code = { value: finding.rule, target: rulePage(extensionUri, finding.rule) };
  diagnostic.relatedInformation = collision(finding).flatMap(({ range, text }) => {
    const place = range.file === finding.range.file ? uri : besides(uri, range.file);
    return place ? [new vscode.DiagnosticRelatedInformation(new vscode.Location(place, editorRange(range)), text)] : [];
  });
  return diagnostic;
}

/** Another file, by its name in the folder that a document belongs to. */
function besides(uri: vscode.Uri, file: string): vscode.Uri | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder && vscode.Uri.joinPath(folder.uri, file);
}

const editorSeverity: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** The places that collide, as the story runs: the read that goes stale, the suspension, the other task's write. */
function collision(finding: Finding): readonly { readonly range: SourceRange; readonly text: string }[] {
  const { region, location, oracle } = finding;
  if (oracle !== 'region') return [...region.reads, ...region.acts].map((range) => ({ range, text: `${location}: this is one of the places` }));
  return [
    ...region.reads.map((range) => ({ range, text: `${location} is ${region.dependence === 'guard' ? 'checked' : 'read'} here` })),
    ...region.suspensions.map((range) => ({ range, text: 'other tasks may run while this one is suspended here' })),
    ...intrusions(finding).map(({ range, kind, by }) => ({ range, text: `meanwhile ${by} may ${kind} ${location} here` })),
  ];
}

/** Where other tasks may write meanwhile. If no other place does, another run of the same function does, where this one acts. */
function intrusions({ accesses, overlaps, range }: Finding): readonly { readonly range: SourceRange; readonly kind: Access['kind']; readonly by: string }[] {
  const [, act, ...others] = accesses;
  const elsewhere = others.filter((other) => other.kind !== 'read' && !isSameRange(other.range, range));
  if (elsewhere.length > 0) return elsewhere.map((other) => ({ range: other.range, kind: other.kind, by: other.function }));
  return [{ range, kind: act?.kind ?? 'write', by: `another call of ${act?.function ?? overlaps[0]?.[1].name ?? 'the function'}` }];
}

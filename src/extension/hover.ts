import * as vscode from 'vscode';
import type { Proof } from '../model/index.js';
import { commands } from './commands.js';
import { documentSelector } from './documents.js';
import { isShown, type Judged } from './judged.js';
import type { OpenFiles } from './open-files.js';
import { prose, sentence } from './prose.js';
import { editorRange } from './ranges.js';
import { rulePage } from './rule-pages.js';
import { settingsFor } from './settings.js';
import { assumptionsOf, verdictHeadline } from './verdict-text.js';

/** Beside the squiggle's own message: the verdict, how it was proved, and where to go from here. */
export function provideHovers(files: OpenFiles, extensionUri: vscode.Uri): vscode.Disposable {
  return vscode.languages.registerHoverProvider(documentSelector, {
    provideHover(document, position) {
      const current = files.of(document)?.current;
      const found = current?.findings.filter((judged) => isShown(judged, current.configuration) && editorRange(judged.finding.range).contains(position)) ?? [];
      const [first] = found;
      return first && new vscode.Hover(found.map((judged) => describe(judged, document, extensionUri)), editorRange(first.finding.range));
    },
  });
}

function describe(judged: Judged, document: vscode.TextDocument, extensionUri: vscode.Uri): vscode.MarkdownString {
  const { finding, proof } = judged;
  const text = new vscode.MarkdownString('', true);
  text.isTrusted = { enabledCommands: [commands.simulate, commands.openRule, commands.manageTrust] };
  text.appendMarkdown(`**${finding.rule}** — ${proof ? judgement(proof, judged.isProvisional) : unjudged(document)}\n\n`);
  for (const clause of [proof?.reason, proof && assumptionsOf(proof)]) if (clause) text.appendMarkdown(`${prose(sentence(clause))}\n\n`);
  return text.appendMarkdown(links(judged, document, extensionUri).join(' &nbsp;·&nbsp; '));
}

function judgement({ verdict }: Proof, isProvisional: boolean): string {
  return verdictHeadline(verdict) + (isProvisional && vscode.workspace.isTrusted ? ', before the last edit; it is being proved again' : '');
}

function unjudged(document: vscode.TextDocument): string {
  if (!vscode.workspace.isTrusted) return `Not proved: nothing is run before you ${link('trust this workspace', commands.manageTrust, [])}`;
  return settingsFor(document).prove ? 'Found by reading the code; the proof is under way' : 'Found by reading the code; not proved, as `raceproof.prove` is off';
}

function links({ finding }: Judged, { uri }: vscode.TextDocument, extensionUri: vscode.Uri): readonly string[] {
  const page = link(`$(book) ${finding.rule}`, commands.openRule, [rulePage(extensionUri, finding.rule).toString()]);
  return vscode.workspace.isTrusted ? [link('$(play) Simulate interleavings', commands.simulate, [uri.toString(), finding.range.start]), page] : [page];
}

function link(label: string, command: string, args: readonly unknown[]): string {
  return `[${label}](command:${command}?${encodeURIComponent(JSON.stringify(args))})`;
}

import * as vscode from 'vscode';
import type { JudgedFix } from '../model/index.js';
import { commands } from './commands.js';
import { ruleOf } from './diagnostics.js';
import { documentSelector } from './documents.js';
import { CallCancelled, type Engine } from './engine.js';
import { Fixes } from './fixes.js';
import type { Judged } from './judged.js';
import type { OpenFiles } from './open-files.js';
import { plain } from './prose.js';
import { editorRange, modelPosition } from './ranges.js';

/** In the quick-fix menu of each of our squiggles: the fixes, proved ones first, a test where there is a witness, a scenario, and `Simulate interleavings`. */
export function provideCodeActions(files: OpenFiles, engine: Engine): vscode.Disposable {
  const fixes = new Fixes(engine, files);
  return vscode.languages.registerCodeActionsProvider(
    documentSelector,
    {
      async provideCodeActions(document, _range, { diagnostics }) {
        if (!vscode.workspace.isTrusted) return [];
        const actions = await Promise.all(diagnostics.filter(ruleOf).map(async (diagnostic) => [...(await cures(document, diagnostic, files, fixes)), ...exports(document, diagnostic, files), simulation(document, diagnostic)]));
        return actions.flat();
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

/** Of a finding whose verdict is of this text; a fix is proved against it. */
async function cures(document: vscode.TextDocument, diagnostic: vscode.Diagnostic, files: OpenFiles, fixes: Fixes): Promise<vscode.CodeAction[]> {
  const judged = judgedBy(document, diagnostic, files);
  if (!judged?.proof || judged.isProvisional) return [];
  try {
    const found = await fixes.of(document, judged);
    const isConfirmed = judged.proof.verdict === 'confirmed';
    return found.filter(({ verdict }) => !isConfirmed || verdict === 'proved').map((fix, at) => cure(document, diagnostic, fix, at === 0));
  } catch (error) {
    // What went wrong stands in the output; the simulation can be had all the same.
    if (!(error instanceof CallCancelled)) return [];
    throw error;
  }
}

function judgedBy(document: vscode.TextDocument, diagnostic: vscode.Diagnostic, files: OpenFiles): Judged | undefined {
  return files.of(document)?.current?.findings.find((one) => isShownBy(one, diagnostic));
}

function isShownBy({ finding }: Judged, diagnostic: vscode.Diagnostic): boolean {
  return finding.rule === ruleOf(diagnostic) && editorRange(finding.range).isEqual(diagnostic.range) && plain(finding.message) === diagnostic.message;
}

function cure({ uri }: vscode.TextDocument, diagnostic: vscode.Diagnostic, { title, edits, verdict }: JudgedFix, isFirst: boolean): vscode.CodeAction {
  const action = new vscode.CodeAction(`${plain(title)} (${verdict === 'proved' ? 'proved' : 'not proved'})`, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.edit = new vscode.WorkspaceEdit();
  for (const { range, text } of edits) action.edit.replace(uri, editorRange(range), text);
  action.isPreferred = verdict === 'proved' && isFirst;
  return action;
}

/** A test where there is a witness to force, in a file that Node can load; else a scenario, in which a person can say what could not be closed. */
function exports(document: vscode.TextDocument, diagnostic: vscode.Diagnostic, files: OpenFiles): vscode.CodeAction[] {
  const judged = judgedBy(document, diagnostic, files);
  if (!judged?.proof || judged.isProvisional || document.isUntitled) return [];
  const scenario = commanding('Write a scenario for this finding', commands.writeScenario, document, diagnostic);
  return judged.proof.verdict === 'confirmed' && document.uri.scheme === 'file' ? [commanding('Write a regression test', commands.writeTest, document, diagnostic), scenario] : [scenario];
}

function simulation(document: vscode.TextDocument, diagnostic: vscode.Diagnostic): vscode.CodeAction {
  return commanding('Simulate interleavings', commands.simulate, document, diagnostic);
}

function commanding(title: string, command: string, { uri }: vscode.TextDocument, diagnostic: vscode.Diagnostic): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.command = { title, command, arguments: [uri.toString(), modelPosition(diagnostic.range.start)] };
  return action;
}

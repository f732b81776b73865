import * as vscode from 'vscode';
import { commands } from './commands.js';
import { ruleOf } from './diagnostics.js';
import { documentSelector } from './documents.js';
import { modelPosition } from './ranges.js';

/** `Simulate interleavings` in the quick-fix menu of each of our squiggles. */
export function provideCodeActions(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    documentSelector,
    {
      provideCodeActions(document, _range, { diagnostics }) {
        if (!vscode.workspace.isTrusted) return [];
        return diagnostics.filter(ruleOf).map((diagnostic) => simulation(document, diagnostic));
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

function simulation(document: vscode.TextDocument, diagnostic: vscode.Diagnostic): vscode.CodeAction {
  const action = new vscode.CodeAction('Simulate interleavings', vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.command = { title: action.title, command: commands.simulate, arguments: [document.uri.toString(), modelPosition(diagnostic.range.start)] };
  return action;
}

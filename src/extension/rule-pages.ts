import * as vscode from 'vscode';

/** The rule's page inside the extension, so that it opens without a network. */
export function rulePage(extensionUri: vscode.Uri, rule: string): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'docs', 'rules', `${rule}.md`);
}

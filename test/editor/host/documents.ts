import { deepStrictEqual, ok } from 'node:assert';
import * as vscode from 'vscode';
import { eventually } from '../runner.js';

export function fileUri(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  ok(folder, 'a folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** As from the explorer: a document that the extension API has opened itself stays open for minutes after its editor is closed. */
export async function open(name: string): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand('vscode.open', fileUri(name), { viewColumn: vscode.ViewColumn.One, preview: false });
  return eventually(`the editor of ${name}`, () => vscode.window.visibleTextEditors.find(({ document, viewColumn }) => viewColumn !== undefined && document.uri.toString() === fileUri(name).toString()));
}

/** A document that no file stands behind. */
export async function openText(content: string, language = 'typescript'): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }), vscode.ViewColumn.One);
}

export function diagnosticsOf(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'raceproof');
}

export function finding(uri: vscode.Uri, what: string, isIt: (diagnostic: vscode.Diagnostic) => boolean = () => true): Promise<vscode.Diagnostic> {
  return eventually(what, () => diagnosticsOf(uri).find(isIt));
}

/** The confirmed finding of a document; if there is none, the error says what there is instead. */
export async function confirmed(uri: vscode.Uri): Promise<vscode.Diagnostic> {
  try {
    return await finding(uri, 'a confirmed finding', ({ severity }) => severity === vscode.DiagnosticSeverity.Warning);
  } catch (error) {
    const hovers = await Promise.all(diagnosticsOf(uri).map(({ range }) => hoverAt(uri, range.start)));
    throw new Error(`no confirmed finding, but ${hovers.length} others: ${hovers.join('\n')}`, { cause: error });
  }
}

/** The range in the text where `part` stands, the only time or the `nth`. */
export function rangeOf(document: vscode.TextDocument, part: string, nth = 0): vscode.Range {
  let at = -1;
  for (let count = 0; count <= nth; count++) at = document.getText().indexOf(part, at + 1);
  ok(at >= 0, `${part} stands in the text`);
  return new vscode.Range(document.positionAt(at), document.positionAt(at + part.length));
}

export function sameRange(actual: vscode.Range, expected: vscode.Range): void {
  deepStrictEqual(plain(actual), plain(expected));
}

function plain({ start, end }: vscode.Range): string {
  return `${start.line}:${start.character}-${end.line}:${end.character}`;
}

export async function replace(editor: vscode.TextEditor, range: vscode.Range, text: string): Promise<void> {
  ok(await editor.edit((edit) => edit.replace(range, text)));
}

/** Closes every editor, and forgets what was typed. */
export async function closeAll(): Promise<void> {
  const untitled = vscode.workspace.textDocuments.filter(({ isUntitled }) => isUntitled).map(({ uri }) => uri);
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  // The next text without a name may get the name of one of these, and must not find anything said of it.
  const gone = untitled.filter((uri) => vscode.workspace.textDocuments.every((document) => document.uri.toString() !== uri.toString()));
  await eventually('nothing is said of texts that are gone', () => gone.every((uri) => diagnosticsOf(uri).length === 0));
}

export async function lensesOf(uri: vscode.Uri): Promise<readonly vscode.CodeLens[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
  return lenses.filter(({ command }) => command?.command === 'raceproof.simulate');
}

export async function actionsAt(uri: vscode.Uri, range: vscode.Range): Promise<readonly vscode.CodeAction[]> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range);
  return actions.filter(({ command, title }) => (command !== undefined && ['raceproof.simulate', 'raceproof.writeTest'].includes(command.command)) || /proved\)$/.test(title));
}

export async function hoverAt(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers.flatMap(({ contents }) => contents.map((part) => (typeof part === 'string' ? part : part.value))).join('\n');
}

export function timelineTab(): vscode.Tab | undefined {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('raceproof.timeline'));
}

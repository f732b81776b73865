import * as vscode from 'vscode';
import type { SourceText } from '../language/index.js';
import { isSystemUri, systemFile } from './systems/uris.js';

const extensionOf: Readonly<Record<string, string>> = { typescript: '.ts', typescriptreact: '.tsx', javascript: '.js', javascriptreact: '.jsx' };

export const languages = Object.keys(extensionOf);
export const documentSelector: vscode.DocumentSelector = languages;

/** Only documents that a person edits: not the left side of a diff, not an output channel. */
export function isChecked(document: vscode.TextDocument): boolean {
  if (!languages.includes(document.languageId) || document.isClosed) return false;
  return ['file', 'untitled'].includes(document.uri.scheme) || vscode.workspace.getWorkspaceFolder(document.uri) !== undefined;
}

/** Code of a workspace is run when the workspace is trusted; the textbook systems are the extension's own. */
export function mayRun({ uri }: vscode.TextDocument): boolean {
  return vscode.workspace.isTrusted || isSystemUri(uri);
}

/** What the engine reads: the text in the editor, saved or not, under a name whose extension tells the language. */
export function sourceOf(document: vscode.TextDocument): SourceText {
  const file = systemFile(document.uri) ?? vscode.workspace.asRelativePath(document.uri, false).replaceAll('\\', '/');
  const tellsLanguage = /\.[cm]?[jt]sx?$/i.test(file);
  return { file: tellsLanguage ? file : file + (extensionOf[document.languageId] ?? '.ts'), text: document.getText() };
}

/** The open document of a place, if it is open. */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

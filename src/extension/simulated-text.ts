import * as vscode from 'vscode';
import type { Position } from '../model/index.js';
import type { ShowMessage } from '../webview/index.js';
import { openDocument } from './documents.js';
import { isSystemUri, uriOfSystemFile } from './systems/uris.js';
import { moveLine, type Edit } from './edits.js';

/** The text that a timeline tells of, and where it is now: ranges in it mean nothing once the document says something else. */
export class SimulatedText {
  readonly uri: vscode.Uri;
  readonly #file: string;
  readonly #text: string;
  readonly #editsSince: Edit[] = [];

  constructor(uri: vscode.Uri, { subject, sources }: Pick<ShowMessage, 'subject' | 'sources'>) {
    this.uri = uri;
    this.#file = subject.range.file;
    this.#text = sources.find(({ file }) => file === subject.range.file)?.text ?? '';
  }

  /** The document that a range of the trace is in; files that were linked in lie in the same workspace folder. */
  uriOf(file: string): vscode.Uri | undefined {
    if (file === this.#file) return this.uri;
    if (isSystemUri(this.uri)) return uriOfSystemFile(file);
    const folder = vscode.workspace.getWorkspaceFolder(this.uri);
    if (folder) return vscode.Uri.joinPath(folder.uri, file);
    return this.uri.scheme === 'file' ? vscode.Uri.file(file.startsWith('/') ? file : `/${file}`) : undefined; // Outside the workspace names are whole paths.
  }

  isSameAs(document: vscode.TextDocument): boolean {
    return document.getText() === this.#text;
  }

  /** The open document no longer says what was simulated. */
  get isStale(): boolean {
    const document = openDocument(this.uri);
    return document !== undefined && !this.isSameAs(document);
  }

  edited(edits: readonly Edit[]): void {
    this.#editsSince.push(...edits);
  }

  /** Where a place of the simulated text stands now. */
  positionNow({ line, column }: Position): Position {
    return { line: moveLine(line, this.#editsSince), column };
  }
}

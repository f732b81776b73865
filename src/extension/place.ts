import * as vscode from 'vscode';
import type { Position } from '../model/index.js';
import { documentSelector } from './documents.js';
import { modelPosition } from './ranges.js';

/** Somewhere in a document. */
export interface Place {
  readonly document: vscode.TextDocument;
  readonly position: Position;
}

/** The place that a command was given, else that of the cursor. */
export async function placeOf(uri: unknown, position: unknown): Promise<Place | undefined> {
  if (typeof uri === 'string' && isPosition(position)) return { document: await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true)), position };
  const editor = vscode.window.activeTextEditor;
  if (!editor || !vscode.languages.match(documentSelector, editor.document)) return undefined;
  return { document: editor.document, position: modelPosition(editor.selection.active) };
}

function isPosition(value: unknown): value is Position {
  return typeof value === 'object' && value !== null && 'line' in value && typeof value.line === 'number' && 'column' in value && typeof value.column === 'number';
}

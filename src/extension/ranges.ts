import * as vscode from 'vscode';
import type { Position, SourceRange } from '../model/index.js';

/** Model positions count from 1, the editor's from 0; both count columns in UTF-16 code units. */
export function editorRange(range: SourceRange): vscode.Range {
  return new vscode.Range(editorPosition(range.start), editorPosition(range.end));
}

export function editorPosition(position: Position): vscode.Position {
  return new vscode.Position(Math.max(0, position.line - 1), Math.max(0, position.column - 1));
}

export function modelPosition(position: vscode.Position): Position {
  return { line: position.line + 1, column: position.character + 1 };
}

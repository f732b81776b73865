import * as vscode from 'vscode';

/** What to mark for the step that the timeline shows. */
export interface Step {
  readonly range: vscode.Range;
  /** `alice reads 100`; stands behind the line. */
  readonly label: string;
  /** The other colliding place, at a step that collides. */
  readonly partner?: vscode.Range;
}

/** Marks the line of the current step in an editor, in colours of the theme. */
export class StepMark implements vscode.Disposable {
  readonly #line = decoration('editor.stackFrameHighlightBackground', 'editorOverviewRuler.rangeHighlightForeground');
  readonly #collision = decoration('diffEditor.removedLineBackground', 'editorOverviewRuler.errorForeground');
  readonly #place = vscode.window.createTextEditorDecorationType({ borderWidth: '1px', borderStyle: 'solid', borderColor: new vscode.ThemeColor('focusBorder'), borderRadius: '2px' });

  show(editor: vscode.TextEditor, { range, label, partner }: Step): void {
    const marked = { range, renderOptions: { after: { contentText: label, color: new vscode.ThemeColor('editorCodeLens.foreground'), margin: '0 0 0 2em', fontStyle: 'italic' } } };
    editor.setDecorations(this.#line, partner ? [] : [marked]);
    editor.setDecorations(this.#collision, partner ? [marked, ...(partner.start.line === range.start.line ? [] : [{ range: partner }])] : []);
    editor.setDecorations(this.#place, partner ? [range, partner] : [range]);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  clear(): void {
    for (const editor of vscode.window.visibleTextEditors) for (const type of [this.#line, this.#collision, this.#place]) editor.setDecorations(type, []);
  }

  dispose(): void {
    vscode.Disposable.from(this.#line, this.#collision, this.#place).dispose();
  }
}

function decoration(background: string, ruler: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor(background),
    overviewRulerColor: new vscode.ThemeColor(ruler),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
  });
}

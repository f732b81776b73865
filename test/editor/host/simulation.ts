import { ok, strictEqual } from 'node:assert';
import * as vscode from 'vscode';
import { describe, eventually, it } from '../runner.js';
import { confirmed, diagnosticsOf, lensesOf, open, openText, rangeOf, timelineTab } from './documents.js';

describe('raceproof.simulate', () => {
  it('opens the timeline beside the code, from the lens', async () => {
    const { document } = await open('account.ts');
    await confirmed(document.uri);
    const [lens] = await lensesOf(document.uri);
    ok(lens?.command);
    await vscode.commands.executeCommand(lens.command.command, ...(lens.command.arguments as unknown[]));
    const tab = await eventually('the timeline is open', timelineTab);
    strictEqual(tab.group.viewColumn, vscode.ViewColumn.Two);
    strictEqual(vscode.window.activeTextEditor?.document, document, 'the focus stays in the code');
  });

  it('takes the function under the cursor, also without a finding', async () => {
    const editor = await openText('let total = 0;\n\nexport async function add(load: () => Promise<number>): Promise<void> {\n  const more = await load();\n  total += more;\n}\n');
    editor.selection = new vscode.Selection(3, 4, 3, 4);
    await vscode.commands.executeCommand('raceproof.simulate');
    await eventually('the timeline is open', timelineTab);
    strictEqual(diagnosticsOf(editor.document.uri).length, 0);
  });

  it('keeps to one panel', async () => {
    const editor = await open('account.ts');
    for (let count = 0; count < 2; count++) {
      const { start } = rangeOf(editor.document, 'await audit');
      (await open('account.ts')).selection = new vscode.Selection(start, start);
      await vscode.commands.executeCommand('raceproof.simulate');
    }
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(({ input }) => input instanceof vscode.TabInputWebview);
    strictEqual(tabs.length, 1);
  });

  for (const [what, name, line] of [['no function stands there', 'account.ts', 0], ['the file has a syntax error', 'broken.ts', 1]] as const) {
    it(`opens nothing where ${what}`, async () => {
      const editor = await open(name);
      editor.selection = new vscode.Selection(line, 0, line, 0);
      await vscode.commands.executeCommand('raceproof.simulate');
      strictEqual(timelineTab(), undefined);
    });
  }

  it('changes no text', async () => {
    const { document } = await open('account.ts');
    const before = document.getText();
    await confirmed(document.uri);
    await vscode.commands.executeCommand('raceproof.simulate', document.uri.toString(), { line: 9, column: 7 });
    strictEqual(document.getText(), before);
    strictEqual(document.isDirty, false);
  });
});

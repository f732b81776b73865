import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import * as vscode from 'vscode';
import { describe, eventually, it } from '../runner.js';
import { confirmed, diagnosticsOf, fileUri, finding, hoverAt, open, openText, rangeOf, replace, sameRange } from './documents.js';

describe('diagnostics', () => {
  it('mark the act, name the rule, and lead to its page', async () => {
    const { document } = await open('account.ts');
    const diagnostic = await confirmed(document.uri);
    sameRange(diagnostic.range, rangeOf(document, 'this.balance', 1));
    const code = diagnostic.code as { readonly value: string; readonly target: vscode.Uri };
    strictEqual(code.value, 'check-then-act');
    ok((await vscode.workspace.fs.stat(code.target)).size > 0, 'the page exists');
    ok(code.target.path.endsWith('/docs/rules/check-then-act.md'));
    strictEqual(diagnosticsOf(document.uri).length, 1);
  });

  it('relate the stale read, the suspension and the other task', async () => {
    const { document } = await open('account.ts');
    const { relatedInformation = [] } = await confirmed(document.uri);
    const [read, suspension, other] = relatedInformation;
    sameRange(range(read), rangeOf(document, 'this.balance', 0));
    sameRange(range(suspension), rangeOf(document, 'await audit(amount)'));
    sameRange(range(other), rangeOf(document, 'this.balance', 1));
    ok(relatedInformation.every(({ location }) => location.uri.toString() === document.uri.toString()));
  });

  for (const name of ['counter.tsx', 'plain.js']) {
    it(`appear in ${name}`, async () => {
      await open(name);
      strictEqual(((await confirmed(fileUri(name))).code as { readonly value: string }).value, 'lost-update');
    });
  }

  it('appear in a text that was never saved', async () => {
    const { document } = await openText((await vscode.workspace.openTextDocument(fileUri('account.ts'))).getText());
    await confirmed(document.uri);
  });

  it('leave correct code alone', async () => {
    await open('session.ts');
    await open('account.ts');
    await confirmed(fileUri('account.ts'));
    deepStrictEqual(diagnosticsOf(fileUri('session.ts')), []);
  });

  it('follow what is typed, and vanish on the cure', async () => {
    const editor = await open('account.ts');
    const { document } = editor;
    await confirmed(document.uri);
    await replace(editor, new vscode.Range(0, 0, 0, 0), '// A line more.\n');
    const moved = rangeOf(document, 'this.balance', 1);
    await finding(document.uri, 'the finding one line further down', ({ range }) => range.isEqual(moved));
    await replace(editor, rangeOf(document, '      await audit(amount);\n'), '');
    await eventually('no finding is left', () => diagnosticsOf(document.uri).length === 0);
    await vscode.commands.executeCommand('undo');
    await confirmed(document.uri);
  });

  it('stay while the text is broken, and are right again after', async () => {
    const editor = await open('account.ts');
    const { document } = editor;
    await confirmed(document.uri);
    await replace(editor, new vscode.Range(0, 0, 0, 0), 'const broken = (\n');
    await openText('let other = 0;\nexport async function f(g: () => Promise<number>) {\n  other = other + (await g());\n}\n').then(({ document }) => finding(document.uri, 'a finding in another file, analysed later'));
    strictEqual(diagnosticsOf(document.uri).length, 1);
    await replace(await open('account.ts'), rangeOf(document, 'const broken = (\n'), '');
    await confirmed(document.uri);
  });

  it('go with the file', async () => {
    await open('counter.tsx');
    await confirmed(fileUri('counter.tsx'));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await eventually('no finding is left', () => diagnosticsOf(fileUri('counter.tsx')).length === 0);
  });

  it('end with the setting, and come back with it', async () => {
    await open('account.ts');
    await confirmed(fileUri('account.ts'));
    const settings = vscode.workspace.getConfiguration('raceproof');
    await settings.update('enable', false, vscode.ConfigurationTarget.Global);
    await eventually('no finding is left', () => diagnosticsOf(fileUri('account.ts')).length === 0);
    await settings.update('enable', undefined, vscode.ConfigurationTarget.Global);
    await confirmed(fileUri('account.ts'));
  });

  it('go when all of a text is replaced by one that is broken', async () => {
    const editor = await openText((await vscode.workspace.openTextDocument(fileUri('account.ts'))).getText());
    const { document } = editor;
    await confirmed(document.uri);
    await replace(editor, new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end), 'export class Half {\n  async open( {\n');
    await eventually('nothing is said of what is gone', () => diagnosticsOf(document.uri).length === 0);
  });

  it('stay information where proving is switched off', async () => {
    const settings = vscode.workspace.getConfiguration('raceproof');
    await settings.update('prove', false, vscode.ConfigurationTarget.Global);
    const { document } = await open('account.ts');
    const { severity, range } = await finding(document.uri, 'a finding');
    strictEqual(severity, vscode.DiagnosticSeverity.Information);
    ok((await hoverAt(document.uri, range.start)).includes('not proved, as'));
    await settings.update('prove', undefined, vscode.ConfigurationTarget.Global);
    await confirmed(document.uri);
  });
});

function range(related: vscode.DiagnosticRelatedInformation | undefined): vscode.Range {
  ok(related, 'there is related information');
  return related.location.range;
}

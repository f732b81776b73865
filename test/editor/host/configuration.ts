import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import * as vscode from 'vscode';
import { describe, eventually, it } from '../runner.js';
import { confirmed, diagnosticsOf, fileUri, finding, open, openText, replace } from './documents.js';

const file = () => fileUri('raceproof.config.json');
const write = (configuration: string) => vscode.workspace.fs.writeFile(file(), new TextEncoder().encode(configuration));
const remove = () => vscode.workspace.fs.delete(file());
const none = (name: string) => eventually(`no finding is left in ${name}`, () => diagnosticsOf(fileUri(name)).length === 0);

describe('configuration', () => {
  it('is read when it comes, changes and goes', async () => {
    await open('account.ts');
    await confirmed(fileUri('account.ts'));
    try {
      await write('{ "rules": { "check-then-act": "off" } /* for now */ }');
      await none('account.ts');
      await write('{ "rules": { "check-then-act": "error" } }');
      await finding(fileUri('account.ts'), 'a finding that is an error', ({ severity }) => severity === vscode.DiagnosticSeverity.Error);
      await write('{ "exclude": ["*.ts"] }');
      await none('account.ts');
    } finally {
      await remove();
    }
    await confirmed(fileUri('account.ts'));
  });

  it('is marked where it is wrong, and the rest of it counts', async () => {
    await open('account.ts');
    await confirmed(fileUri('account.ts'));
    try {
      await write('{\n  "exlude": [],\n  "exclude": ["account.ts"]\n}');
      const problem = await finding(file(), 'a mark in the configuration');
      strictEqual(problem.message, 'There is no setting `exlude`; did you mean `exclude`?');
      deepStrictEqual([problem.range.start.line, problem.range.start.character], [1, 2]);
      await none('account.ts');
    } finally {
      await remove();
    }
    await eventually('no mark is left', () => diagnosticsOf(file()).length === 0);
    await confirmed(fileUri('account.ts'));
  });

  it('of the person comes before that of the project', async () => {
    await open('account.ts');
    await confirmed(fileUri('account.ts'));
    const settings = vscode.workspace.getConfiguration('raceproof');
    await settings.update('rules', { 'check-then-act': 'off' }, vscode.ConfigurationTarget.Global);
    await none('account.ts');
    await settings.update('rules', undefined, vscode.ConfigurationTarget.Global);
    await confirmed(fileUri('account.ts'));
  });
});

describe('suppressions', () => {
  it('keep a finding quiet, and are marked where they need not be there', async () => {
    // A text of its own: what is typed here must not be left to others.
    const editor = await openText((await open('account.ts')).document.getText());
    const { document } = editor;
    const { range } = await confirmed(document.uri);
    const above = new vscode.Range(range.start.line, 0, range.start.line, 0);
    await replace(editor, above, '      // raceproof-ignore-next-line check-then-act: one customer only\n');
    await eventually('no finding is left', () => diagnosticsOf(document.uri).length === 0);
    await replace(editor, new vscode.Range(range.start.line + 1, 0, range.start.line + 1, 0), '      void 0;\n');
    const unused = await finding(document.uri, 'an unused suppression', ({ code }) => code === 'suppression');
    ok(unused.message.startsWith('Nothing is suppressed here'));
    deepStrictEqual(unused.tags, [vscode.DiagnosticTag.Unnecessary]);
    await confirmed(document.uri);
  });
});

import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { actionsAt, closeAll, diagnosticsOf, fileUri, finding, hoverAt, lensesOf, open, timelineTab } from '../host/documents.js';
import { describe, eventually, it, runTests } from '../runner.js';

declare const FILTER: string;

describe('before Workspace Trust is given', () => {
  it('the workspace is not trusted', () => strictEqual(vscode.workspace.isTrusted, false));

  it('findings are shown, and none is proved', async () => {
    const { document } = await open('account.ts');
    const { severity, range } = await finding(document.uri, 'a finding');
    strictEqual(severity, vscode.DiagnosticSeverity.Information);
    ok((await hoverAt(document.uri, range.start)).includes('nothing is run before you'));
    await finding((await open('counter.tsx')).document.uri, 'a finding of a file opened later');
    deepStrictEqual([...diagnosticsOf(fileUri('account.ts')), ...diagnosticsOf(fileUri('counter.tsx'))].map((diagnostic) => diagnostic.severity), [severity, severity]);
  });

  it('nothing offers to simulate', async () => {
    const { document } = await open('account.ts');
    const { range } = await finding(document.uri, 'a finding');
    deepStrictEqual(await lensesOf(document.uri), []);
    deepStrictEqual(await actionsAt(document.uri, range), []);
  });

  it('the command runs nothing', async () => {
    const { document } = await open('account.ts');
    await finding(document.uri, 'a finding');
    void vscode.commands.executeCommand('raceproof.simulate'); // It asks for trust, and waits for the answer.
    await finding((await open('counter.tsx')).document.uri, 'a finding in another file, analysed later');
    strictEqual(timelineTab(), undefined);
  });
});

describe('a regression test before Workspace Trust is given', () => {
  it('is neither run nor written', async () => {
    const { document } = await open('tested/counter.js');
    await finding(document.uri, 'a finding');
    void vscode.commands.executeCommand('raceproof.writeTest', document.uri.toString(), { line: 9, column: 5 }); // It asks for trust, and waits for the answer.
    await open('counter.tsx');
    await finding(fileUri('counter.tsx'), 'a finding in another file, analysed later');
    deepStrictEqual((await vscode.workspace.fs.readDirectory(fileUri('tested/test'))).map(([name]) => name), ['other.test.js']);
  });
});

describe('the textbook systems before Workspace Trust is given', () => {
  it('run: they are the extension\'s own; a copy in the workspace does not', async () => {
    const uri = vscode.Uri.parse('raceproof-systems:/race/lost-increment/broken.race.ts?broken', true);
    await vscode.window.showTextDocument(uri);
    strictEqual((await lensesOf(uri)).length, 1);
    await open('dining.race.ts');
    deepStrictEqual(await lensesOf(fileUri('dining.race.ts')), []);
    void vscode.commands.executeCommand('raceproof.simulate', fileUri('dining.race.ts').toString(), { line: 1, column: 1 }); // It asks for trust.
    await vscode.commands.executeCommand('raceproof.simulate', uri.toString(), { line: 4, column: 1 });
    await eventually('the timeline tells of it', () => timelineTab()?.label.endsWith('The lost increment: broken') === true);
  });
});

/** The extension host calls this. */
export async function run(): Promise<void> {
  const counts = await runTests({ afterEach: closeAll, filter: FILTER });
  writeFileSync(join(__dirname, 'counts.json'), JSON.stringify(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} failed`);
}

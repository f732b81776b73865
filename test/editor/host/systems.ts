import { deepStrictEqual, match, ok, rejects, strictEqual } from 'node:assert';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { writeCopy } from '../../../src/extension/systems/copy.js';
import { Shelf } from '../../../src/extension/systems/shelf.js';
import { SystemTree, type SystemNode } from '../../../src/extension/systems/tree.js';
import { systemUri } from '../../../src/extension/systems/uris.js';
import { describe, eventually, it } from '../runner.js';
import { closeAll, lensesOf, open, timelineTab } from './documents.js';

const log = vscode.window.createOutputChannel('test', { log: true });
const shelf = new Shelf(vscode.extensions.getExtension('raceproof.raceproof')!.extensionUri, log);
const tree = new SystemTree(shelf);

/** The line of the view with this label, below the one that the labels before it lead to. */
function nodeAt(...labels: string[]): SystemNode {
  return labels.reduce<SystemNode | undefined>((parent, label) => tree.getChildren(parent).find((node) => tree.getTreeItem(node).label === label), undefined) ?? fail(labels.join(' > '));
}

function fail(what: string): never {
  throw new Error(`there is no ${what}`);
}

const peterson = (variant: string): SystemNode => nodeAt('Mutual exclusion', "Peterson's algorithm", variant);
const iconOf = (node: SystemNode): string => (tree.getTreeItem(node).iconPath as vscode.ThemeIcon).id;

describe('the textbook systems', () => {
  it('are in a view: families, systems, variants with what is expected of them', () => {
    deepStrictEqual(tree.getChildren().slice(0, 1).map((node) => tree.getTreeItem(node).label), ['Race conditions']);
    strictEqual(iconOf(peterson('sound')), 'pass');
    strictEqual(iconOf(peterson('broken')), 'error');
    match(String(tree.getTreeItem(peterson('broken')).tooltip), /Goes wrong: invariant/);
    for (const family of tree.getChildren()) for (const system of tree.getChildren(family)) ok(tree.getChildren(system).length > 0);
  });

  it('open read-only, as they come with the extension', async () => {
    await vscode.commands.executeCommand('raceproof.systems.open', peterson('broken'));
    const editor = vscode.window.activeTextEditor!;
    strictEqual(editor.document.uri.toString(), systemUri('exclusion/peterson/broken.race.ts', 'broken').toString());
    strictEqual(editor.document.languageId, 'typescript');
    strictEqual(editor.document.getText(), readFileSync(join(shelf.root.fsPath, 'exclusion/peterson/broken.race.ts'), 'utf8'));
    strictEqual(vscode.workspace.fs.isWritableFileSystem(editor.document.uri.scheme), false);
    await rejects(async () => vscode.workspace.fs.writeFile(editor.document.uri, new Uint8Array()));
    strictEqual((await lensesOf(editor.document.uri)).length, 1);
  });

  it('run as their manifest says: plain memory with store buffers, and without', async () => {
    for (const [variant, invariants] of [['broken', true], ['broken-in-order', false]] as const) {
      await vscode.commands.executeCommand('raceproof.systems.run', peterson(variant));
      await eventually(`the timeline tells of ${variant}`, () => timelineTab()?.label.endsWith(`Peterson's algorithm: ${variant}`) === true);
      strictEqual(shelf.variantAt(systemUri('exclusion/peterson/broken.race.ts', variant))?.variant.memoryModel, invariants ? 'tso' : 'sc');
    }
  });

  it('bring what they import along', async () => {
    await vscode.commands.executeCommand('raceproof.systems.run', nodeAt('Dining philosophers', 'Dining philosophers: everybody left first', 'broken-4'));
    await eventually('the timeline tells of it', () => timelineTab()?.label.endsWith(': broken-4') === true);
  });

  it('show their page, and lead from it to the read-only file', async () => {
    await vscode.commands.executeCommand('raceproof.systems.openPage', nodeAt('Mutual exclusion', "Peterson's algorithm"));
    await eventually('a preview is open', () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ input, label }) => input instanceof vscode.TabInputWebview && label.includes('README')));
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.joinPath(shelf.root, 'exclusion/peterson/sound.race.ts')); // as a link does
    await eventually('the read-only twin is shown', () => vscode.window.activeTextEditor?.document.uri.toString() === systemUri('exclusion/peterson/sound.race.ts').toString());
    await eventually('the file itself is closed', () => !vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).some(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === 'file'));
  });

  it('are copied whole, once, and a copy runs as its manifest says, with its changes', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'raceproof-copy-'));
    try {
      const { system, variant } = peterson('broken') as SystemNode & { kind: 'variant' };
      const copy = await writeCopy({ system, variant }, shelf, vscode.Uri.file(scratch));
      strictEqual(copy.fsPath, join(scratch, 'peterson'));
      const path = join(copy.fsPath, 'broken.race.ts');
      strictEqual(shelf.variantAt(vscode.Uri.file(path))?.variant.memoryModel, 'tso');
      writeFileSync(path, `${readFileSync(path, 'utf8')}// mine\n`);
      await writeCopy({ system, variant }, shelf, vscode.Uri.file(scratch));
      match(readFileSync(path, 'utf8'), /\/\/ mine\n$/);
      await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path), { preview: false });
      const editor = await eventually('the copy is open', () => vscode.window.visibleTextEditors.find(({ document }) => document.uri.fsPath === path));
      await vscode.commands.executeCommand('raceproof.simulate', editor.document.uri.toString(), { line: 8, column: 1 });
      await eventually('the timeline tells of it', () => timelineTab()?.label.endsWith("Peterson's algorithm: broken") === true);
      const errors = (): vscode.Diagnostic[] => vscode.languages.getDiagnostics(editor.document.uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
      deepStrictEqual(errors().map(({ message }) => message), []);
    } finally {
      await closeAll();
      rmSync(scratch, { recursive: true, force: true });
    }
  });

  it('of which nothing is known until somebody asks: opening a file reads no manifest', async () => {
    const fresh = new Shelf(vscode.Uri.file(join(tmpdir(), 'nowhere')), log); // would throw if it read
    await open('plain.js');
    strictEqual(fresh.variantAt(vscode.Uri.file('/x/y.race.ts')), undefined);
  });

  it('a manifest that is broken is no manifest', () => {
    const scratch = mkdtempSync(join(tmpdir(), 'raceproof-copy-'));
    try {
      mkdirSync(join(scratch, 'x'));
      writeFileSync(join(scratch, 'x/system.json'), '{');
      strictEqual(shelf.variantAt(vscode.Uri.file(join(scratch, 'x/a.race.ts'))), undefined);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
});

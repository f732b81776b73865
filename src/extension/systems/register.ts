import * as vscode from 'vscode';
import { scenarioLine } from '../../model/index.js';
import { allOf, labelOf, type Chosen } from '../../systems/index.js';
import { commands } from '../commands.js';
import { sourceOf } from '../documents.js';
import { copyToEdit } from './copy.js';
import { SystemFiles } from './file-system.js';
import type { Shelf } from './shelf.js';
import { SystemTree, type SystemNode } from './tree.js';
import { systemsScheme, systemUri } from './uris.js';

/** The view of the textbook systems, their read-only files, and what can be done with them. */
export function registerSystems(shelf: Shelf): vscode.Disposable {
  const command = (id: string, run: (chosen: Chosen) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (node?: unknown) => {
      const chosen = chosenBy(node) ?? (await pick(shelf));
      if (chosen) await run(chosen);
    });
  return vscode.Disposable.from(
    vscode.workspace.registerFileSystemProvider(systemsScheme, new SystemFiles(shelf.root), { isReadonly: true, isCaseSensitive: true }),
    vscode.window.registerTreeDataProvider('raceproof.systems', new SystemTree(shelf)),
    command(commands.openSystem, (chosen) => show(chosen)),
    command(commands.runSystem, run),
    command(commands.openSystemPage, ({ system }) => vscode.commands.executeCommand('markdown.showPreview', shelf.pageOf(system))),
    command(commands.copySystem, (chosen) => copyToEdit(chosen, shelf)),
    vscode.window.onDidChangeActiveTextEditor((editor) => void insteadOfReal(editor, shelf)),
  );
}

/** A system stands for its first variant. */
function chosenBy(node: unknown): Chosen | undefined {
  if (typeof node !== 'object' || node === null || !('kind' in node)) return undefined;
  const chosen = node as SystemNode;
  if (chosen.kind === 'variant') return { system: chosen.system, variant: chosen.variant };
  return chosen.kind === 'system' ? { system: chosen.system, variant: chosen.system.variants[0]! } : undefined;
}

async function pick(shelf: Shelf): Promise<Chosen | undefined> {
  const items = allOf(shelf.catalogue).map((chosen) => ({ label: labelOf(chosen), description: chosen.system.title, detail: chosen.variant.title ?? '', chosen }));
  return (await vscode.window.showQuickPick(items, { title: 'Textbook Systems', placeHolder: 'Which system?', matchOnDescription: true, matchOnDetail: true }))?.chosen;
}

async function show({ variant }: Chosen): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(systemUri(variant.file, variant.name), { viewColumn: vscode.ViewColumn.One, preview: true });
}

async function run(chosen: Chosen): Promise<void> {
  const { document } = await show(chosen);
  const line = scenarioLine(sourceOf(document))?.start ?? { line: 1, column: 1 };
  await vscode.commands.executeCommand(commands.simulate, document.uri.toString(), line);
}

/** A link of a page leads to the file on disk, which is the extension's own: its read-only twin is shown instead. */
async function insteadOfReal(editor: vscode.TextEditor | undefined, { root }: Shelf): Promise<void> {
  const uri = editor?.document.uri;
  if (uri?.scheme !== 'file' || !uri.path.startsWith(`${root.path}/`) || !uri.path.endsWith('.ts')) return;
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  await vscode.window.showTextDocument(systemUri(uri.path.slice(root.path.length + 1)), { viewColumn: editor!.viewColumn ?? vscode.ViewColumn.Active, preview: true });
  if (tab?.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString()) await vscode.window.tabGroups.close(tab);
}
